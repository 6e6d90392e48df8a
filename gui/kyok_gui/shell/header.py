"""The header: where everything can be reached from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSpacerItem

from kyok.domain.translation import tr
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.commands import COMMANDS, in_menu
from kyok_gui.context import Account
from kyok_gui.shell.header_parts import HEIGHT, BrandButton, HeaderButton, ModePill
from kyok_gui.shell.header_room import NARROW, Setting, settings
from kyok_gui.shell.search import HeaderSearch
from kyok_gui.theme import theme
from kyok_gui.times import at, clock_time
from kyok_gui.widgets.basics import named, tip
from kyok_gui.widgets.buttons import IconButton, MenuEntry, fill_menu, pop_under
from kyok_gui.widgets.frames import Frame

if TYPE_CHECKING:
    from kyok_gui.people import Person
    from kyok_gui.shell.finding import Result

_SEARCH_WIDTH, _SEARCH_GROWN = 376, 640
_AFTER_BRAND, _AIR = 3, 3
_LEAST_MODE = 88


class Header(Frame):
    """48 pixels, in the dark theme's colours in every theme."""

    menu_pressed = Signal()
    commanded = Signal(str)
    clock_pressed = Signal()
    mode_pressed = Signal()
    account_chosen = Signal(str)
    person_chosen = Signal(str)

    def __init__(self, clock: CloudClock, results: Callable[[str], Sequence[Result]]) -> None:
        super().__init__("header", name="header")
        self.setAccessibleName(tr("Header"))
        self.setFixedHeight(HEIGHT)
        self._clock = clock
        self._grown = False
        self._user_words = ""
        self._cloud = "emulated"
        self._setting = Setting()
        self.menu_button = IconButton("menu", tr("Side navigation"), name="header.menu", size=HEIGHT, header=True)
        self.home = BrandButton()
        self.catalog = HeaderButton(tr("Catalog"), name="header.catalog")
        self.manage = HeaderButton(tr("Manage"), name="header.manage", trail="chevron--down")
        self.search = HeaderSearch(results)
        self.mode = ModePill()
        self.clock_button = HeaderButton("", name="header.clock", accessible=tr("The cloud's clock"), lead="time")
        self.account = HeaderButton(
            "", name="header.account", accessible=tr("Account"), trail="chevron--down", tone="textPrimary"
        )
        self.theme_button = IconButton("asleep", tr("Dark theme"), name="header.theme", size=HEIGHT, header=True)
        self.help = IconButton("help", tr("Help"), name="header.help", size=HEIGHT, header=True)
        self._manage_menu = self._menu("manage", tr("Manage"), self.manage)
        self._help_menu = self._menu("help", tr("Help"), self.help)
        self._account_menu = QMenu(self)
        named(self._account_menu, "header.account.menu", tr("Account"))
        self.user = HeaderButton(
            "", name="header.user", accessible=tr("Signed in"), lead="user--avatar", trail="chevron--down"
        )
        self._user_menu = QMenu(self)
        named(self._user_menu, "header.user.menu", tr("Sign in as"))
        self._before_search, self._after_search = QSpacerItem(0, 0), QSpacerItem(0, 0)
        self._lay_out()
        self._connect()
        self.show_theme()
        self.account.hide()
        self.user.hide()
        self.clock_button.hide()

    def _menu(self, menu: str, accessible: str, owner: HeaderButton | IconButton) -> QMenu:
        made = QMenu(self)
        named(made, f"header.{menu}.menu", accessible)
        fill_menu(made, [MenuEntry(command.id, command.title, icon=command.icon) for command in in_menu(menu)])
        made.triggered.connect(lambda action: self.commanded.emit(str(action.data())))
        owner.clicked.connect(lambda: pop_under(made, owner, align_left=menu == "manage"))
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(0)
        row.addWidget(self.menu_button)
        row.addWidget(self.home)
        row.addSpacing(_AFTER_BRAND)
        row.addWidget(self.catalog)
        row.addWidget(self.manage)
        row.addItem(self._before_search)
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search)
        row.addItem(self._after_search)
        row.addWidget(self.mode)
        row.addWidget(self.clock_button)
        row.addWidget(self.account)
        row.addStretch(1)
        row.addWidget(self.help)
        row.addWidget(self.theme_button)
        row.addWidget(self.user)

    def _connect(self) -> None:
        self.menu_button.clicked.connect(self.menu_pressed)
        self.home.clicked.connect(lambda: self.commanded.emit("go.resources"))
        self.catalog.clicked.connect(lambda: self.commanded.emit("go.catalog"))
        self.theme_button.clicked.connect(lambda: self.commanded.emit("theme"))
        self.mode.clicked.connect(self.mode_pressed)
        self.clock_button.clicked.connect(self.clock_pressed)
        self.account.clicked.connect(lambda: pop_under(self._account_menu, self.account))
        self._account_menu.triggered.connect(lambda action: self.account_chosen.emit(str(action.data())))
        self.user.clicked.connect(lambda: pop_under(self._user_menu, self.user))
        self._user_menu.triggered.connect(lambda action: self.person_chosen.emit(str(action.data())))
        self.search.grown.connect(self._grow)
        self._clock.second.connect(self.show_time)

    # what is shown ------------------------------------------------------------

    def show_account(self, account: Account) -> None:
        """Shows whose account this is."""
        self.account.setText(account.title)
        self.account.setAccessibleName(tr("Account {title}", title=account.title))
        entries = [
            MenuEntry("copy-id", tr("Copy the account ID"), icon="copy"),
            MenuEntry("settings", tr("Settings"), icon="settings"),
            MenuEntry("lock", tr("Lock the window"), icon="locked"),
        ]
        fill_menu(self._account_menu, entries)
        self._fit()

    def show_people(self, account: Account, persons: Sequence[Person]) -> None:
        """Shows who is signed in, and whom one may go on as."""
        self._user_words = account.user or account.email
        self.user.setAccessibleName(
            tr("Signed in as {user_words}. Sign in as somebody else", user_words=self._user_words)
        )
        self.user.setToolTip(tip(tr("Signed in as {user_words}", user_words=self._user_words)))
        entries = [
            MenuEntry(
                person.iam_id,
                f"{person.title}: {person.main_roles}",
                icon="checkmark" if person.iam_id == account.iam_id else "user",
            )
            for person in persons
        ]
        more = [
            MenuEntry("go.users", tr("Users and their roles"), icon="user--multiple", rule_above=True),
            MenuEntry("go.api-keys", tr("API keys"), icon="password"),
        ]
        fill_menu(self._user_menu, [*entries, *more])
        self.user.show()
        self._fit()

    def hide_people(self) -> None:
        """Nobody is signed in, or a cloud where nobody else can be."""
        self.user.hide()
        self._fit()

    def show_mode(self, kind: str, words: str) -> None:
        """Shows which cloud this is ("emulated", "url" or "ibm-cloud"), and offers what means something there."""
        self.mode.set_kind(kind, words)
        self._cloud = "ibm-cloud" if kind == "ibm-cloud" else "emulated"
        self._fill_manage()
        self._fit()

    def _fill_manage(self) -> None:
        """The commands of the menu, and the catalog where its button has no room."""
        commands = in_menu("manage", self._cloud)
        if self._has_catalog and not self._setting.catalog:
            commands = [*(one for one in COMMANDS if one.id == "go.catalog"), *commands]
        fill_menu(self._manage_menu, [MenuEntry(one.id, one.title, icon=one.icon) for one in commands])

    def show_time(self) -> None:
        """Shows the cloud's time; once it is known."""
        if self._clock.known and self._time_words(self._setting) != self.clock_button.text():
            self._fit()
        self._name_clock()

    def _time_words(self, setting: Setting) -> str:
        now = self._clock.now()
        if setting.clock == "icon":
            return ""
        return at(now) if setting.clock == "date" else tr("{clock_time} UTC", clock_time=clock_time(now))

    def _name_clock(self) -> None:
        if not self._clock.known:
            return
        now = at(self._clock.now())
        name = tr("The cloud's clock: {now}. Turn it forward", now=now)
        if name != self.clock_button.accessibleName():
            self.clock_button.setAccessibleName(name)
            self.clock_button.setToolTip(now if not self.clock_button.text() else "")

    def show_theme(self) -> None:
        """The button shows the theme that it switches to."""
        dark = theme().dark
        self.theme_button.set_icon_name("light" if dark else "asleep", tr("Light theme") if dark else tr("Dark theme"))

    # width --------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words shorten where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _grow(self, grown: bool) -> None:
        self._grown = grown
        self._fit()

    @property
    def _has_catalog(self) -> bool:
        return self._cloud == "emulated"

    @property
    def _gives_way(self) -> bool:
        """Whether cloud and clock make room for the search."""
        return self._grown and self.width() < NARROW

    def _fit(self) -> None:
        """Sets the parts in the most generous way that fits."""
        self.search.set_narrow(self.width() < NARROW)
        found = settings(self.width(), grown=self._grown)
        chosen = next((one for one in found if self._taken(one) + one.search <= self.width()), found[-1])
        spare = self.width() - self._taken(chosen)
        # In the end the words of the cloud are cut, which its tooltip and the settings say whole.
        missing = max(0, chosen.search - spare)
        self.mode.set_room(max(_LEAST_MODE, self.mode.whole - missing) if missing else 0)
        self._set(chosen)
        wanted = _SEARCH_GROWN if self._grown else _SEARCH_WIDTH
        self.search.setFixedWidth(max(chosen.search, min(wanted, spare - _AIR)))

    def _taken(self, setting: Setting) -> int:
        """The width of everything but the search."""
        fixed = (self.menu_button, self.home, self.manage, self.help, self.theme_button)
        taken = sum(min(max(part.sizeHint().width(), part.minimumWidth()), part.maximumWidth()) for part in fixed)
        taken += _AFTER_BRAND + setting.before_search + setting.after_search
        if self._has_catalog and setting.catalog:
            taken += self.catalog.sizeHint().width()
        if not self._gives_way:
            taken += self.mode.whole
            taken += self.clock_button.width_with(self._time_words(setting)) if self._clock.known else 0
        if setting.account and self.account.text():
            taken += self.account.sizeHint().width()
        if not self.user.isHidden():
            taken += self.user.width_with(self._user_words if setting.named else "", trail=setting.arrow)
        return taken

    def _set(self, setting: Setting) -> None:
        moved = setting.catalog != self._setting.catalog
        self._setting = setting
        if moved:
            self._fill_manage()
        self._before_search.changeSize(setting.before_search, 0)
        self._after_search.changeSize(setting.after_search, 0)
        self.catalog.setVisible(self._has_catalog and setting.catalog)
        self.mode.setVisible(not self._gives_way)
        if self._clock.known:
            self.clock_button.setText(self._time_words(setting))
            self._name_clock()
        self.clock_button.setVisible(self._clock.known and not self._gives_way)
        self.account.setVisible(setting.account and bool(self.account.text()))
        self.user.setText(self._user_words if setting.named else "")
        self.user.show_trail(setting.arrow)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()

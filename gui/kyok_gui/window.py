"""The window: header, side navigation, bars, and the page of the present place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.commands import COMMANDS, bind
from kyok_gui.connection import about_person_gone
from kyok_gui.context import PageContext
from kyok_gui.navigation import page_class
from kyok_gui.page import NARROW, Page
from kyok_gui.places import HOME, PLACES, Place, first_page
from kyok_gui.shell.acting import Acting
from kyok_gui.shell.bars import ActingBar, ConnectionBar, DemoBanner
from kyok_gui.shell.clock_turning import ClockTurning
from kyok_gui.shell.finding import found_for
from kyok_gui.shell.header import Header
from kyok_gui.shell.leaving import Leaving
from kyok_gui.shell.mode import show_mode
from kyok_gui.shell.nav_peek import NavPeek
from kyok_gui.shell.opening import ask_api_key, ask_passphrase, await_cloud
from kyok_gui.shell.sidenav import SideNav
from kyok_gui.shell.start import StartPage
from kyok_gui.shell.window_lock import WindowLock
from kyok_gui.widgets.focus_rest import FocusKeeping
from kyok_gui.widgets.toast import ToastStack

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.connection import Connected
    from kyok_gui.notices import Notice
    from kyok_gui.people import People
    from kyok_gui.shell.finding import Result

_PAGES_KEPT = 24
_WARM_MS = 400
_FIRST_SIZE = QSize(1440, 900)
_FRAME = QSize(0, 40)
"""What a window manager puts around a window; it must not push the lower edge off the screen."""
_LEAST_SIZE = QSize(800, 560)


class ConsoleWindow(FocusKeeping):
    """Puts the parts together; what they show comes from the context."""

    painted = Signal()
    closed = Signal()

    def __init__(self, context: PageContext, link: CloudLink, people: People) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(tr("KYOK Console"))
        self.setAccessibleName(tr("KYOK Console"))
        self.setMinimumSize(_LEAST_SIZE)
        self.context = context
        self._link = link
        self._people = people
        self._painted = False
        self._pages: dict[tuple[str, str | None, str | None], Page] = {}
        self._ready = False
        self.header = Header(context.clock, self._results)
        self.banner = DemoBanner()
        self.acting = ActingBar()
        self.connection = ConnectionBar()
        self.sidenav = SideNav(context.directory)
        self.stack = QStackedWidget()
        self.start = StartPage()
        self.lock = WindowLock(self, context, link)
        self.clock = ClockTurning(self, self.header.clock_button, context, link)
        self.stack.addWidget(self.start)
        self.leaving = Leaving(self)
        self._who = Acting(self, context, link, people)
        self.toasts = ToastStack(self, self._free_room)
        self._lay_out()
        self._connect()
        self.actions_by_id = bind(self, self._acts())
        if link.is_remote:
            await_cloud(self, link)
        self._restore_geometry()
        self._fold()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidenav)
        middle.addWidget(self.stack, 1)
        self.peek = NavPeek(self, self.sidenav, middle, self.header.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.banner, self.acting, self.connection):
            column.addWidget(part)
        column.addLayout(middle, 1)

    def _connect(self) -> None:
        context, header = self.context, self.header
        # The first page's parts are loaded while the cloud is being reached, else the moment of its answer is long.
        self.painted.connect(lambda: context.tasks.run(lambda: page_class(context.navigator.here.kind)))
        header.menu_pressed.connect(lambda: self._command("navigation"))
        header.commanded.connect(self._command)
        header.clock_pressed.connect(lambda: self._command("clock"))
        header.mode_pressed.connect(lambda: self._command("go.settings"))
        header.account_chosen.connect(self._account_entry)
        header.person_chosen.connect(self._person_entry)
        self._link.person_changed.connect(self._person_changed)
        header.search.chosen.connect(context.navigator.go)
        header.search.left.connect(self._focus_page)
        self.sidenav.chosen.connect(context.navigator.go)
        self.start.again.connect(self._open_again)
        self.start.panel_changed.connect(self._panel_changed)
        context.navigator.may_leave = self.leaving.may
        context.navigator.moved.connect(self._show_place)
        context.notices.posted.connect(self._show_notice)
        context.tasks.failed_unheard.connect(self._unheard)
        context.directory.failed.connect(self._unheard)
        context.tasks.crashed.connect(self.show_crash)
        context.live.changed.connect(self._changed)
        context.live.lost.connect(self._link.suspect)
        context.theme.switched.connect(self._theme_switched)
        self._link.connected.connect(self._connected)
        self._link.lost.connect(self._lost)
        self._link.returned.connect(self._returned)
        self._link.failed.connect(self.show_no_cloud)
        self._link.moving.connect(self.start.show_moving)
        self._link.passphrase_wanted.connect(lambda wanted: ask_passphrase(self, self._link, wanted))
        self._link.key_wanted.connect(lambda wanted: ask_api_key(self, self._link, wanted))
        self._link.left.connect(self._leave_cloud)
        self.start.use_local.connect(context.use_local)
        self.lock.opened.connect(self._came_back)
        self.lock.left_alone.connect(self._left_alone)

    # commands -------------------------------------------------------------------

    def _acts(self) -> dict[str, Callable[[], object]]:
        navigator = self.context.navigator
        acts: dict[str, Callable[[], object]] = {
            command.id: partial(navigator.go, Place(command.place)) for command in COMMANDS if command.place
        }
        acts.update(
            {
                "go.back": navigator.back,
                "go.forward": navigator.forward,
                "search": lambda: self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
                "refresh": self._look_afresh,
                "theme": self.context.theme.toggle,
                "navigation": self._toggle_navigation,
                "clock": self.clock.open,
                "help": self._show_help,
                "shortcuts": self._show_shortcuts,
                "about": self._show_about,
                "lock": self._lock,
                "quit": self.close,
            }
        )
        return acts

    def _lock(self) -> None:
        if not self._ready:
            self.lock.say_not_yet()
        elif self.lock.shut():
            for command, action in self.actions_by_id.items():
                action.setEnabled(command == "quit")

    def _left_alone(self) -> None:
        if self._ready:
            self._lock()

    def _command(self, command_id: str) -> None:
        self.actions_by_id[command_id].trigger()

    def _results(self, text: str) -> list[Result]:
        return found_for(text, self.context.directory.entries, self.context.cloud.kind)

    def _account_entry(self, entry: str) -> None:
        if entry == "copy-id":
            QGuiApplication.clipboard().setText(self.context.account.id)
            self.context.notices.success(tr("Account ID copied"), self.context.account.id)
        else:
            self._command("lock" if entry == "lock" else "go.settings")

    def _person_entry(self, entry: str) -> None:
        """A command of the menu, or the IAM id of whom one goes on as."""
        if entry in self.actions_by_id:
            self._command(entry)
        else:
            self.leaving.do(partial(self._who.choose, entry))

    def _look_afresh(self) -> None:
        self.context.directory.refresh()
        page = self.page
        if page is not None:
            page.look_afresh()

    # places ---------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in sight; none before there is a cloud, unless it needs none."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def pages(self) -> list[Page]:
        """Every page that is kept, those seen last first."""
        return list(reversed(self._pages.values()))

    def _show_place(self, place: Place) -> None:
        if not self._ready and PLACES[place.kind].needs_cloud:
            self._show_start()
            return
        if not PLACES[place.kind].fits(self.context.cloud.kind):
            self.context.navigator.go(places.home_of(self.context.cloud.kind))
            return
        page = self._pages.pop(place.page_key, None)
        if page is None:
            page = page_class(place.kind)(self.context, place)
            page.panel_changed.connect(self._panel_changed)
            self.stack.addWidget(page)
        self._pages[place.page_key] = page
        self._forget_old_pages()
        self.peek.close()
        self.sidenav.set_place(place)
        self._panel_changed(0)
        focused = QApplication.focusWidget()
        leaves = focused is None or self.stack.isAncestorOf(focused)
        self.stack.setCurrentWidget(page)
        if leaves:
            # Else Qt hands the focus of the page that goes to whatever comes next, which is the header's menu.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        page.come(place)
        self._name_window()

    def _show_start(self) -> None:
        self.peek.close()
        self.sidenav.set_place(places.home_of(self.context.cloud.kind))
        self.stack.setCurrentWidget(self.start)
        self.setWindowTitle(tr("KYOK Console"))

    def forget_pages(self) -> None:
        """Opens the present page anew: nothing that pages remember stays."""
        self._clear_pages()
        self._show_place(self.context.navigator.here)

    def _clear_pages(self) -> None:
        for page in self._pages.values():
            self._let_go(page)
        self._pages.clear()

    def _let_go(self, page: Page) -> None:
        page.retire()
        self.stack.removeWidget(page)
        page.deleteLater()

    def _forget_old_pages(self) -> None:
        while len(self._pages) > _PAGES_KEPT:
            self._let_go(self._pages.pop(next(iter(self._pages))))

    def _name_window(self) -> None:
        here = self.context.navigator.here
        name = self.context.directory.name_of(here.instance, "") if here.instance else ""
        parts = [PLACES[here.kind].title, name, tr("KYOK Console")]
        self.setWindowTitle(" - ".join(part for part in parts if part))

    def _panel_changed(self, width: int) -> None:
        self.toasts.right_room = width
        self.toasts.arrange()

    # the cloud ------------------------------------------------------------------

    def _connected(self, found: Connected) -> None:
        self._take(found)
        self._ready = True
        self._clear_pages()  # they knew of no cloud
        self.context.directory.refresh()
        navigator = self.context.navigator
        if navigator.here == HOME and not navigator.can_go_back and found.facts.kind == "emulated":
            navigator.replace(first_page(self.context.settings.value("first_page"), operates=found.operates))
        self._show_place(navigator.here)
        QTimer.singleShot(_WARM_MS, self._warm_pages)

    def _warm_pages(self) -> None:
        """Imports the pages that take long in a worker, so that the first visit of each is as quick as the second.

        These take 10 to 20 ms, any other 1 to 5, and the others together 3 MB for people who never go there.
        """
        self.context.tasks.run(
            lambda: [page_class(kind) for kind in (places.KEYS, places.NODES, places.AUTHORIZATIONS)]
        )

    def _take(self, found: Connected) -> None:
        self.context.cloud = found.facts
        self.context.clock.set(found.now)
        self._take_account(found)
        show_mode(self, found.facts.kind, self._link.profile)
        self.banner.setVisible(found.facts.insecure_demo)
        if found.facts.kind == "emulated":
            self.context.live.start(self._link.own.emulator.changes)
            self._people.refresh()

    def _leave_cloud(self) -> None:
        """Another profile is used: nothing of the cloud before stays."""
        self._ready = False
        for part in (self.banner, self.acting, self.connection):
            part.hide()
        self.stack.setCurrentWidget(self.start)
        self._clear_pages()
        self.context.leave_cloud()
        self._people.forget()
        await_cloud(self, self._link)

    def _lost(self, words: str) -> None:
        self.connection.show_lost(words)

    def _returned(self, found: Connected) -> None:
        before = self.context.account
        self._take(found)
        self.connection.show_back()
        if before.acting and not found.account.acting:
            self._who.tell_gone(before)
        self.context.directory.refresh()
        for page in self._pages.values():
            page.mark_stale()

    def show_no_cloud(self, error: KyokError) -> None:
        """Why nothing can be shown, or nothing new."""
        if self._ready:
            self.connection.show_lost(f"{error.summary} {error.remedy}".strip())
            return
        self.start.show_failure(error, elsewhere=self._link.is_remote)
        if self.page is not None:
            self.context.notices.failure(error)

    def _open_again(self) -> None:
        if self._link.is_remote:
            await_cloud(self, self._link)
        else:
            self.start.show_waiting()
        self._link.open()

    def _came_back(self) -> None:
        show_mode(self, self.context.cloud.kind, self._link.profile)
        self._name_window()

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        if "clock" in kinds and self._link.is_connected:
            self.clock.read()
        if "identities" in kinds and self._link.is_connected:
            self._link.read_account(self._take_account, self)

    def _take_account(self, found: Connected) -> None:
        self.context.account = found.account
        self.header.show_account(found.account)
        self.sidenav.set_account(found.account)
        self._who.take(found.account)

    # who one is -------------------------------------------------------------------

    def _person_changed(self, found: Connected) -> None:
        """Somebody else looks at the window: nothing that the one before saw stays in it."""
        self._take_account(found)
        self.context.rights.forget(cautious=found.account.acting)
        self.context.directory.refresh()
        self.forget_pages()

    # notices --------------------------------------------------------------------

    def _free_room(self) -> QRect:
        """Where notices cover nothing: below the lines of the side navigation."""
        foot = self.sidenav.free_foot()
        return foot.translated(self.sidenav.mapTo(self, QPoint(0, 0)))

    def _show_notice(self, notice: Notice) -> None:
        if self.lock.is_shut:
            return  # it may name what only the person in front of an open window shall read
        self.toasts.post(notice.level, notice.title, notice.detail)

    def _unheard(self, error: KyokError) -> None:
        if self.lock.is_shut:
            return  # what a page asked for meanwhile could not be signed; it asks again when it is back
        if about_person_gone(error):
            self._people.refresh()  # the list of users says who it is, and then the window leaves him
        else:
            self.tell_failure(error)

    def tell_failure(self, error: KyokError) -> None:
        """Something failed that no page tells of."""
        if not self.suspect(error):
            self.context.notices.failure(error)

    def suspect(self, error: KyokError) -> bool:
        """Looks whether the cloud is gone, when that is what the error says."""
        from kyok.client.errors import CloudUnreachable

        unreachable = isinstance(error, CloudUnreachable)
        if unreachable:
            self._link.suspect()
        return unreachable

    def show_crash(self, report: str) -> None:
        """Shows the report of a fault."""
        from kyok_gui.shell.dialogs import crash_dialog

        if self.findChild(QWidget, "crash") is None:
            crash_dialog(report, lambda: self.context.notices.success(tr("Report copied"))).open_over(self)

    def _show_help(self) -> None:
        page = self.page
        if page is not None:
            page.show_help()
        else:
            self.start.show_help_of(places.home_of(self.context.cloud.kind).kind)

    def _show_shortcuts(self) -> None:
        from kyok_gui.shell.shortcut_sheet import shortcuts_dialog

        if self.findChild(QWidget, "shortcuts") is None:
            shortcuts_dialog(self.context.cloud.kind).open_over(self)

    def _show_about(self) -> None:
        from kyok_gui.shell.dialogs import about_dialog

        about_dialog(self.context.cloud).open_over(self)

    # look -----------------------------------------------------------------------

    def _theme_switched(self) -> None:
        self.header.show_theme()
        self.context.settings.theme = self.context.theme.wish

    def _toggle_navigation(self) -> None:
        if self.width() < NARROW:
            self.peek.toggle()
            return
        settings = self.context.settings
        settings.set("side_navigation", "rail" if settings.value("side_navigation") == "open" else "open")
        self._fold()

    def _fold(self) -> None:
        wide = self.width() >= NARROW
        if wide:
            self.peek.close()
        elif self.peek.is_open:
            return
        self.sidenav.set_rail(not wide or self.context.settings.value("side_navigation") == "rail")

    def _restore_geometry(self) -> None:
        kept = self.context.settings.geometry
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1056 pixels the side navigation is a rail, which opens over the page."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells when the first frame is there."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def raise_to_front(self) -> None:
        """Comes to the front, as when the program is started again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers the geometry, unless something typed would be lost: then a person is asked first."""
        if not self.leaving.may(None, self.close):
            event.ignore()
            return
        self.context.settings.geometry = self.saveGeometry()
        self.context.settings.save()
        super().closeEvent(event)
        self.closed.emit()

"""The side navigation: the account's own, or the present instance's with what is linked to it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.context import Account
from kyok_gui.directory import Directory, Entry
from kyok_gui.places import PLACES, Place, activity_of
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import Text, chain_tabs, named
from kyok_gui.widgets.buttons import paint_focus
from kyok_gui.widgets.frames import Frame, Rule, scrolled
from kyok_gui.widgets.status import Status, StatusLabel

WIDTH, RAIL = 256, 48
MOST_LINKED = 20
"""Linked instances that have a line of their own."""


_TITLE_WIDTH = 224
"""Pixels: the side navigation less its margins."""


class NavItem(QPushButton):
    """One line of the navigation; the present one has a bar at its left."""

    def __init__(self, text: str, icon: str, place: Place, *, name: str, status: Status | None = None) -> None:
        super().__init__(text)
        self.place = place
        self._icon = icon
        self._status = status
        self.rail = False
        state = f", {status.word}" if status is not None else ""
        named(self, name, f"{text}{state}")
        self.setCheckable(True)
        self.setFont(font("heading01"))
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_rail(self, rail: bool) -> None:
        """Shows the icon alone; the words become a tooltip."""
        self.rail = rail
        self.setToolTip(self.accessibleName() if rail else "")
        self.update()

    def nextCheckState(self) -> None:
        """Only the window says which one is the present one."""

    def sizeHint(self) -> QSize:
        """The whole width."""
        return QSize(120, 32)

    def minimumSizeHint(self) -> QSize:
        """The icon alone, so that nothing scrolls sideways in a rail."""
        return QSize(RAIL, 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, bar, icon, words and state."""
        painter = QPainter(self)
        rect, here = self.rect(), self.isChecked()
        if here or self.underMouse():
            painter.fillRect(rect, colour("layerSelected01" if here else "backgroundHover"))
        if here:
            painter.fillRect(0, 0, 3, rect.height(), colour("borderInteractive"))
        token = "iconPrimary" if here or self.underMouse() else "iconSecondary"
        paint_icon(painter, 16, 8, self._icon, token, 16)
        if not self.rail:
            room = QRect(44, 0, rect.width() - 44 - (40 if self._status else 12), rect.height())
            painter.setFont(font("heading01"))
            painter.setPen(colour("textPrimary" if here or self.underMouse() else "textSecondary"))
            words = QFontMetrics(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            if self._status is not None:
                paint_icon(painter, rect.width() - 32, 8, self._status.icon, self._status.token, 16)
        if self.hasFocus():
            paint_focus(painter, rect, False)
        painter.end()


class SideNav(Frame):
    """Follows the present place; below 1056 pixels it is a rail."""

    chosen = Signal(object)

    def __init__(self, directory: Directory) -> None:
        super().__init__("sidenav", name="sidenav")
        self.setAccessibleName(tr("Side navigation"))
        self._directory = directory
        self._account = Account()
        self._cloud = "emulated"
        self._place = places.HOME
        self._rail = False
        self._shown: object = None
        self._items: list[NavItem] = []
        self._only_wide: list[QWidget] = []
        self._rules: list[QVBoxLayout] = []
        self._scroll = scrolled(QWidget())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.setFixedWidth(WIDTH)
        directory.changed.connect(self._show)
        self._show()

    def items(self) -> list[NavItem]:
        """The lines, from top to bottom."""
        return list(self._items)

    def focus_present(self) -> None:
        """The keyboard goes to the line of the present place."""
        for item in self._items:
            if item.isChecked():
                item.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_account(self, account: Account) -> None:
        """Whose account it is."""
        self._account = account
        self._show()

    def set_cloud(self, kind: str) -> None:
        """Which kind of cloud it is: pages that do not work with it are left out."""
        self._cloud = kind
        self._show()

    def set_place(self, place: Place) -> None:
        """Shows the navigation of a place and marks it."""
        self._place = place
        self._show()

    def free_foot(self) -> QRect:
        """The room below the last line, where notices cover nothing; empty while it is folded or away."""
        inside = self._scroll.widget()
        layout = inside.layout() if inside is not None else None
        if self._rail or self.isHidden() or layout is None:
            return QRect()
        return self.rect().adjusted(0, layout.sizeHint().height(), 0, 0)

    def set_rail(self, rail: bool) -> None:
        """Folds to icons, or opens."""
        self._rail = rail
        self.setFixedWidth(RAIL if rail else WIDTH)
        self._fold()

    def _show(self) -> None:
        side = PLACES[self._place.kind].side
        if side == "none":
            self.hide()
        elif self.parentWidget() is not None:  # shown without a parent it would be a window of its own
            self.show()
        entry = self._directory.entry(self._place.instance) if side in ("kms", "database") else None
        others = [self._directory.entry(guid) for guid in entry.linked] if entry is not None else []
        linked = tuple(sorted((one for one in others if one is not None), key=lambda one: one.name.lower()))
        shown = (side, self._place.instance, entry, linked, self._account, self._cloud)
        if shown != self._shown and side != "none":
            self._shown = shown
            self._build(side, entry, list(linked))
        for item in self._items:
            item.setChecked(self._is_here(item.place))

    def _is_here(self, place: Place) -> bool:
        kind = self._place.kind
        if kind == places.SECURE_DELETION:
            kind = places.SECURE_DELETION_LIST
        return place.kind == kind and place.instance in (None, self._place.instance)

    # building -------------------------------------------------------------------

    def _build(self, side: str, entry: Entry | None, linked: list[Entry]) -> None:
        self._items = []
        self._only_wide = []
        self._rules = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8 if self._rail else 16, 0, 16)
        column.setSpacing(0)
        if side == "account":
            self._build_account(column)
        else:
            self._build_instance(column, side, entry, linked)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        chain_tabs(self, self._items)
        self._fold()

    def _build_account(self, column: QVBoxLayout) -> None:
        known = tr("Account {account}", account=self._account.short) if self._account.id else tr("Not connected")
        self._head(column, self._account.name or tr("Account"), known, None)
        if self._cloud == "ibm-cloud":
            self._line(column, places.REAL_CLOUD, None)
        else:
            for kind in places.ACCOUNT_PAGES:
                self._line(column, kind, None)
            self._label(column, tr("Access (IAM)"), 23)
            for kind in places.ACCESS_PAGES:
                self._line(column, kind, None)
        self._label(column, tr("Console"), 23)
        for kind in places.CONSOLE_PAGES:
            if PLACES[kind].fits(self._cloud):
                self._line(column, kind, None)

    def _build_instance(self, column: QVBoxLayout, side: str, entry: Entry | None, linked: list[Entry]) -> None:
        name = entry.name if entry is not None else tr("Instance")
        service = entry.service_name if entry is not None else ""
        status = entry.status.saying(entry.status_line or entry.status.word) if entry is not None else None
        self._head(column, name, service, status)
        kinds = places.DATABASE_PAGES if side == "database" else places.KMS_PAGES
        for kind in kinds:
            if kind == places.CRYPTO_UNITS and entry is not None and entry.service != "hs-crypto":
                continue
            self._line(column, kind, self._place.instance)
        there = activity_of(instance=self._place.instance or "", name=entry.name if entry is not None else "")
        self._add(column, NavItem(tr("Activity"), "activity", there, name="sidenav.instance-activity"))
        rule = Rule(strength="page")
        box = QVBoxLayout()
        box.setContentsMargins(16, 16, 16, 14)
        box.addWidget(rule)
        column.addLayout(box)
        self._rules.append(box)
        self._label(column, tr("Linked"), 0)
        for other in linked[:MOST_LINKED]:
            item = NavItem(other.name, other.icon, other.home, name=f"sidenav.linked.{other.name}", status=other.status)
            self._add(column, item)
        if len(linked) > MOST_LINKED:
            more = Text(
                tr("And {linked} more", linked=f"{len(linked) - MOST_LINKED:,}"),
                "label01",
                "helper",
                name="sidenav.linked.more",
            )
            more.setContentsMargins(16, 4, 16, 0)
            column.addWidget(more)
            self._only_wide.append(more)
        if entry is not None and not linked:
            words = tr("No database uses it yet.") if side == "kms" else tr("Default key: no key service.")
            text = Text(words, "label01", "secondary")
            text.setContentsMargins(16, 4, 16, 0)
            column.addWidget(text)
            self._only_wide.append(text)

    def _head(self, column: QVBoxLayout, name: str, below: str, status: Status | None) -> None:
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(0)
        title = Text(name, "name", name="sidenav.title")
        title.setFixedHeight(23)
        title.setText(title.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _TITLE_WIDTH))
        title.setToolTip(name if title.text() != name else "")
        title.setAccessibleName(name)
        inner.addWidget(title)
        service = Text(below, "label01", "helper")
        service.setFixedHeight(16)
        inner.addWidget(service)
        if status is not None:
            inner.addSpacing(4)
            line = StatusLabel(status, size="sm", name="sidenav.status", tone="secondary")
            line.setFixedHeight(24)
            inner.addWidget(line)
            inner.addSpacing(13)
        else:
            inner.addSpacing(17)
        column.addWidget(box)
        self._only_wide.append(box)

    def _label(self, column: QVBoxLayout, words: str, above: int) -> None:
        text = Text(words, "label01", "helper")
        text.setContentsMargins(16, above, 16, 8)
        text.setFixedHeight(above + 25)
        column.addWidget(text)
        self._only_wide.append(text)

    def _line(self, column: QVBoxLayout, kind: str, instance: str | None) -> None:
        known = PLACES[kind]
        self._add(column, NavItem(known.title, known.icon, Place(kind, instance), name=f"sidenav.{kind}"))

    def _add(self, column: QVBoxLayout, item: NavItem) -> None:
        item.clicked.connect(lambda _=False, place=item.place: self.chosen.emit(place))
        self._items.append(item)
        column.addWidget(item)

    def _fold(self) -> None:
        inside = self._scroll.widget()
        if inside is not None and (layout := inside.layout()) is not None:
            layout.setContentsMargins(0, 8 if self._rail else 16, 0, 16)
        for rule in self._rules:
            rule.setContentsMargins(12 if self._rail else 16, 16, 12 if self._rail else 16, 14)
        for widget in self._only_wide:
            widget.setVisible(not self._rail)
        for item in self._items:
            item.set_rail(self._rail)

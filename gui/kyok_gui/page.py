"""What every page is: a head, a body that scrolls, and knowing when to look afresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.places import PLACES, Place
from kyok_gui.widgets.frames import scrolled
from kyok_gui.widgets.heads import PageHeader
from kyok_gui.widgets.overlay import Overlay
from kyok_gui.widgets.panel_host import PanelHost

if TYPE_CHECKING:
    from kyok_gui.widgets.bars import MissingRoles

NARROW = 1056
"""Below this width of the window margins shrink and the side navigation becomes a rail (Carbon's lg breakpoint)."""
_LEAST_MARGINS = 900
"""Below this width of the window they shrink once more."""
_REFRESH_REST_MS = 40
_WIDEST = 1312


class Page(PanelHost):
    """Draws one place. Subclasses build in `__init__` and ask for data in `refresh`."""

    concerns: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__()
        self.context = context
        self.place = place
        self._stale = True
        self._missing_roles: MissingRoles | None = None
        self.setAutoFillBackground(True)
        self.setObjectName(f"page.{place.kind}")
        self.setProperty("rests_focus", True)
        self.setAccessibleName(tr(PLACES[place.kind].title))
        self.header = PageHeader()
        self.header.breadcrumb.chosen.connect(context.navigator.go)
        self.header.help_wanted.connect(self.show_help)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REFRESH_REST_MS)
        self._rest.timeout.connect(self.look_afresh)
        context.live.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)  # it rests while the page is out of sight

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(16)
        self._column.addWidget(self.header)
        self._column.addLayout(self.body, 1)
        self._scroll = scrolled(inside)
        # What does not get narrower than the window can still be reached.
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._set_margins(self.window().width()))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._set_margins(1440)

    @property
    def title(self) -> str:
        """Title of the page, for the window's own title."""
        return self.header.title.words() or PLACES[self.place.kind].title

    # what subclasses do ---------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the page's data. Called at first, on a change that concerns it, and after a loss."""

    def arrived(self, place: Place) -> None:
        """Called each time one comes here; the query of the place may be another one."""

    def unsaved(self) -> str:
        """What was typed or chosen here and not applied, in a sentence; one is asked before it is lost."""
        return ""

    def give_up(self) -> None:
        """Drops what `unsaved` tells of: one leaves without it."""

    def keeps(self, place: Place) -> bool:
        """Whether what `unsaved` tells of stays here when one goes to `place`; out of sight nothing more is lost."""
        return self.context.navigator.here.page_key != self.place.page_key

    # acts -----------------------------------------------------------------------

    def follow(self, href: str) -> None:
        """Goes where a link leads."""
        self.context.navigator.follow(href)

    def scroll_to_top(self) -> None:
        """Shows the head of the page."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_widget(self, widget: QWidget) -> None:
        """Scrolls until a part is in sight."""
        self._scroll.ensureWidgetVisible(widget, 0, 24)

    def show_missing(self, missing: Mapping[str, Sequence[str]]) -> None:
        """Says below the head which roles the page's controls need that the signed-in person lacks."""
        if self._missing_roles is None and missing:
            from kyok_gui.widgets.bars import MissingRoles

            self._missing_roles = MissingRoles(name="page.rights")
            self._column.insertWidget(1, self._missing_roles)
        if self._missing_roles is not None:
            self._missing_roles.show_missing(missing)

    def show_help(self) -> None:
        """Opens the help of this kind of place."""
        self.show_help_of(self.place.kind)

    # freshness ------------------------------------------------------------------

    def come(self, place: Place) -> None:
        """The window brings the page into sight."""
        self.place = place
        self._equip_tables()
        self.arrived(place)
        if self._stale:
            self.look_afresh()

    def _equip_tables(self) -> None:
        """Every table of a page can be arranged, copied from and exported; see `widgets/table.py`."""
        from kyok_gui.widgets.table import DataTable

        for table in self.findChildren(DataTable):
            table.equip(self.context)

    def mark_stale(self) -> None:
        """The data may be old; it is asked for now, or when the page is seen again."""
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def look_afresh(self) -> None:
        """Asks for the data now."""
        self._rest.stop()
        self._stale = False
        self.refresh()

    def retire(self) -> None:
        """The window lets the page go: it asks for nothing any more."""
        self._rest.stop()

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        if kinds & self.concerns:
            self.mark_stale()

    # focus ----------------------------------------------------------------------

    def keep_focus(self) -> None:
        """Takes the focus of a control that is about to be switched off, else Qt hands it to the header's menu."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        """Goes to the filter nearest to the focus: of its own table, of its dialog, or else the first of the page."""
        from kyok_gui.widgets.fields import SearchLine

        window, start = self.window(), QApplication.focusWidget()
        near: QWidget | None = start
        while near is not None and near.parentWidget() is not window and near is not window:
            near = near.parentWidget()
        modal = isinstance(near, Overlay)
        near = start if modal or (start is not None and self.isAncestorOf(start)) else self
        while near is not None and near is not window:
            lines = [line for line in near.findChildren(SearchLine) if line.isVisible() and line.isEnabled()]
            if lines:
                lines[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
                lines[0].selectAll()
                return
            near = None if near is self or isinstance(near, Overlay) else near.parentWidget()

    # size -----------------------------------------------------------------------

    def _set_margins(self, window_width: int) -> None:
        narrow = window_width < NARROW
        side = 12 if window_width < _LEAST_MARGINS else 24 if narrow else 32
        if PLACES[self.place.kind].side == "none":
            side = 24 if narrow else max(64, (self.width() - _WIDEST) // 2)
        # The scroll bar lies inside the margin, so that content is equally wide with and without it.
        bar = self._scroll.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self._column.setContentsMargins(side, 16, side - taken, 32)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Margins follow the width of the window."""
        super().resizeEvent(event)
        self._set_margins(self.window().width())

    def showEvent(self, event: QShowEvent) -> None:
        """One comes to the head of a page, wherever it was left."""
        super().showEvent(event)
        if not event.spontaneous():
            self.scroll_to_top()

    def minimumSizeHint(self) -> QSize:
        """The window decides."""
        return QSize(0, 0)

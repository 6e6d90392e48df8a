"""The bar above a table, and the blue bar that takes its place while rows are ticked."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import Icon, Text
from kyok_gui.widgets.buttons import Button, Link
from kyok_gui.widgets.fields import SearchLine
from kyok_gui.widgets.frames import Frame, Rule

_SEARCH_ROOM = 220
"""Pixels that words of tools leave to the search."""


class Toolbar(Frame):
    """Search at the left, tools at the right, and one primary button flush right."""

    searched = Signal(str)

    def __init__(self, placeholder: str, *, name: str, accessible: str) -> None:
        super().__init__("toolbar")
        self.setFixedHeight(48)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.search = SearchLine(placeholder, name=f"{name}.search", accessible=tr("Search {what}", what=accessible))
        self.search.setFixedHeight(48)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.searched.connect(self.searched)
        self._row.addWidget(self.search, 1)
        self.used = bool(placeholder)
        if not placeholder:
            self.search.hide()
            self._row.addStretch(1)

    def add_tool(self, text: str, icon: str, *, name: str) -> Button:
        """Adds a button with icon and word."""
        button = Button(text, "tool", name=name, icon=icon, size="lg")
        self.add_button(button)
        return button

    def add_button(self, button: QWidget) -> None:
        """Adds any button at the right; the primary one stays last."""
        self.used = True
        found = self._buttons()
        primary = bool(found) and found[-1].property("kind") == "primary"
        self._row.insertWidget(self._row.count() - (1 if primary else 0), button)
        for before, after in pairwise([self.search, *self._buttons()]):
            self.setTabOrder(before, after)

    def _buttons(self) -> list[QWidget]:
        """What stands behind the search, from left to right."""
        widgets = (item.widget() for item in map(self._row.itemAt, range(self._row.count())) if item is not None)
        return [widget for widget in widgets if widget is not None and widget is not self.search]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bar tools with an icon of their own lose their words before the search loses its room."""
        super().resizeEvent(event)
        buttons = [button for button in self._buttons() if isinstance(button, Button) and not button.isHidden()]
        icons = [button.icon_name for button in buttons]
        room = event.size().width() - sum(button.full_width() for button in buttons)
        for button in buttons:
            unlike = bool(button.icon_name) and icons.count(button.icon_name) == 1
            button.set_bare(room < _SEARCH_ROOM and button.kind == "tool" and unlike)
        self._row.activate()

    def set_primary(self, text: str, icon: str, *, name: str) -> Button:
        """Adds the one primary button, at the right edge."""
        button = Button(text, "primary", name=name, icon=icon, size="lg")
        self.add_button(button)
        return button


class BatchBar(QWidget):
    """How many rows are ticked and what can be done with them; `line` says why an action is off.

    The table puts that line below its rows: above them it would move the row that one is about to tick.
    """

    acted = Signal(str)
    cancelled = Signal()
    all_wanted = Signal()
    reason_acted = Signal()
    """The link behind the reason was pressed."""

    def __init__(self, *, name: str, noun: tuple[str, str]) -> None:
        super().__init__()
        self.setObjectName(f"{name}.batch")
        self._name = name
        self._noun = noun
        self._buttons: dict[str, Button] = {}
        self._reason_words = self._all_words = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Frame("batch")
        bar.setFixedHeight(48)
        self._row = QHBoxLayout(bar)
        self._row.setContentsMargins(16, 0, 0, 0)
        self._row.setSpacing(0)
        self._count = Text("", "bodyCompact01", "onColor", name=f"{name}.batch.count")
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self._rule = Rule(vertical=True)
        self._rule.setFixedHeight(24)
        self._row.addWidget(self._rule)
        self._cancel = Button(tr("Cancel"), "batch", name=f"{name}.batch.cancel", size="lg")
        self._cancel.clicked.connect(self.cancelled)
        self._row.addWidget(self._cancel)
        column.addWidget(bar)
        self.line = Frame("batch-reason")
        self.line.setMinimumHeight(32)
        self.line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        line = QHBoxLayout(self.line)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        self._why = Text("", "label01", "primary", wrap=True, name=f"{name}.batch.reason")
        line.addWidget(Icon("information--filled", "supportInfo"))
        line.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        self._way_out = Link("", name=f"{name}.batch.way-out", style="label01")
        self._way_out.clicked.connect(self.reason_acted)
        self._way_out.hide()
        line.addWidget(self._way_out, 0, Qt.AlignmentFlag.AlignVCenter)
        self._all = Link("", name=f"{name}.batch.all", style="label01")
        self._all.clicked.connect(self.all_wanted)
        self._all.hide()
        line.addWidget(self._all)
        self.line.hide()
        self.hide()

    def add_action(self, action_id: str, text: str, icon: str, *, danger: bool = False) -> Button:
        """Adds an action; a dangerous one stands last, behind Cancel, at the edge."""
        kind = "danger" if danger else "batch"
        button = Button(text, kind, name=f"{self._name}.batch.{action_id}", icon=icon, size="lg")
        button.clicked.connect(lambda: self.acted.emit(action_id))
        self._buttons[action_id] = button
        if danger:
            self._row.addWidget(button)
        else:
            self._row.insertWidget(self._row.indexOf(self._rule), button)
        self._chain()
        return button

    def _chain(self) -> None:
        """Tab goes from left to right, whatever the order of adding."""
        buttons = [item.widget() for item in map(self._row.itemAt, range(self._row.count())) if item is not None]
        stops = [button for button in buttons if isinstance(button, Button)]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def chain_line(self, before: QWidget) -> None:
        """Tab comes to the links of the line behind this part."""
        for first, then in pairwise((before, self._way_out, self._all)):
            self.setTabOrder(first, then)

    def set_enabled(self, action_id: str, enabled: bool, reason: str = "") -> None:
        """Switches an action on or off."""
        self._buttons[action_id].set_enabled_because(enabled, reason)

    def set_reason(self, text: str, way_out: str = "") -> None:
        """Says below the bar why actions are off; no words take the line away. `way_out` is a link behind it."""
        self._reason_words = text
        self._way_out.setText(way_out)
        self._way_out.setVisible(bool(way_out))
        self._show_line()

    def offer_all(self, count: int, *, loading: bool = False) -> None:
        """Offers to tick all rows that match, of which only those in sight are ticked; 0 takes the offer back."""
        words = tr("Select all {count} that match so far", count=f"{count:,}")
        if not loading:
            words = tr("Select all {count} that match", count=f"{count:,}")
        self._all_words = words if count else ""
        self._show_line()

    def _show_line(self) -> None:
        offer = bool(self._all_words)
        only = tr("The rows in sight are selected.") if offer and not self._reason_words else ""
        self._why.setText(self._reason_words or only)
        self._all.setText(self._all_words)
        self._all.setVisible(offer)
        self._show_with_bar()

    def _show_with_bar(self) -> None:
        self.line.setVisible(not self.isHidden() and bool(self._all_words or self._reason_words))

    def setVisible(self, visible: bool) -> None:
        """The line comes and goes with the bar."""
        super().setVisible(visible)
        self._show_with_bar()

    def set_count(self, count: int, hidden: int = 0) -> None:
        """Shows how many rows are ticked, and how many of them the filter hides."""
        noun = self._noun[0 if count == 1 else 1]
        words = tr("{count} {noun} selected", count=f"{count:,}", noun=noun)
        more = tr("{selected}, {count} of them not in the list now", selected=words, count=f"{hidden:,}")
        self._count.setText(more if hidden else words)

    @property
    def has_actions(self) -> bool:
        """Whether anything can be done with ticked rows."""
        return bool(self._buttons)

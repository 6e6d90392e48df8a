"""Tiles, lists of values, heads of sections and empty states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok_gui.widgets.basics import Icon, Prose, Text, chain_tabs, hide_unless
from kyok_gui.widgets.buttons import Button, Link
from kyok_gui.widgets.copying import CopyField
from kyok_gui.widgets.frames import Frame, Rule
from kyok_gui.widgets.status import Status, StatusLabel


@dataclass(frozen=True, slots=True)
class LinkValue:
    """A value that leads somewhere."""

    text: str
    href: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A value to be copied: an id, a CRN, a command."""

    text: str
    name: str


Value = str | LinkValue | CodeValue | Status | QWidget
Row = tuple[str, Value]


class Tile(Frame):
    """A box on the page. `accent` is "", "focus", "error" or "warning"."""

    def __init__(
        self, *, heading: str = "", name: str = "", accent: str = "", on: str = "layer01", padding: int = 16
    ) -> None:
        super().__init__("tile", name=name)
        self.setProperty("on", on)
        self.setProperty("accent", accent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)
        self.heading = Text(heading, "heading02")
        hide_unless(self.heading, heading)
        self.body.addWidget(self.heading)
        if heading:
            self.body.addSpacing(4)


class KeyValueList(QWidget):
    """Labels at the left, values at the right, one line each."""

    link = Signal(str)

    def __init__(
        self, rows: Iterable[Row] = (), *, label_width: int = 136, name: str = "values", align_right: bool = False
    ) -> None:
        super().__init__()
        self._name = name
        self._right = align_right
        self._shown: list[Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(9)
        if not align_right:
            self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_rows(rows)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Shows other rows; nothing is rebuilt when they are the same."""
        fresh = list(rows)
        if fresh == self._shown:
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = fresh
        top = Qt.AlignmentFlag.AlignTop
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag(0)
        shown: list[QWidget] = []
        for place, (label, value) in enumerate(fresh):
            level = top if isinstance(value, str) else Qt.AlignmentFlag.AlignVCenter
            words = Text(label, "bodyCompact01", "secondary")
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | level)
            self._grid.addWidget(words, place, 0, level)
            whole = isinstance(value, CodeValue | QWidget)
            # A link has a fixed width; without an alignment it would keep its whole column that narrow.
            start = Qt.AlignmentFlag.AlignLeft if isinstance(value, LinkValue) and not self._right else side
            made = self._shown_value(label, value)
            shown.append(made)
            self._grid.addWidget(made, place, 1, level if whole else level | start)
        chain_tabs(self, shown)

    def words(self) -> dict[str, str]:
        """The rows as a person reads them."""
        return {label: _words(value) for label, value in self._shown}

    def _shown_value(self, label: str, value: Value) -> QWidget:
        if isinstance(value, QWidget):
            return value
        if isinstance(value, Status):
            return StatusLabel(value)
        if isinstance(value, CodeValue):
            return CopyField(value.text, name=value.name, accessible=label)
        if isinstance(value, LinkValue):
            name = value.name or f"{self._name}.{label.lower().replace(' ', '-')}"
            link = Link(value.text, name=name, accessible=f"{label}: {value.text}")
            link.clicked.connect(lambda _=False, href=value.href: self.link.emit(href))
            return link
        words = Text(value or "–", "bodyCompact01", wrap=not self._right)
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        words.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        return words


def _words(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, LinkValue | CodeValue):
        return value.text
    return value.word if isinstance(value, Status) else value.accessibleName()


class SectionHead(QWidget):
    """A heading in a page with a few words beside it; more may be added at the right."""

    def __init__(self, title: str, detail: str = "") -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(24)
        self._detail = Text(detail, "bodyCompact01", "secondary")
        self.row.addWidget(Text(title, "heading02"))
        self.row.addWidget(self._detail)
        self.row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_detail(self, text: str) -> None:
        """Changes the words beside the heading."""
        self._detail.setText(text)


_COLUMN = 496


class EmptyState(Frame):
    """Says what is missing, what does not work without it, and offers the first step.

    Without a pictogram it is low and its words are centred, for a table that is one of several parts of a page.
    """

    pressed = Signal()
    second_pressed = Signal()
    link = Signal(str)

    def __init__(
        self,
        pictogram: str,
        headline: str,
        text: str,
        *,
        name: str,
        button: str = "",
        button_icon: str = "add",
        second: str = "",
    ) -> None:
        super().__init__("tile", name=name)
        self._name = name
        self.headline = Text(headline, "heading03")
        self.text = Text(text, "body01", "secondary", wrap=True)
        if not pictogram:
            self.headline.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QWidget()
        column.setFixedWidth(_COLUMN)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        if pictogram:
            inner.addWidget(Icon(pictogram, "iconPrimary", 64))
            inner.addSpacing(24)
        inner.addWidget(self.headline)
        inner.addSpacing(8)
        inner.addWidget(self.text)
        inner.addSpacing(16)
        inner.addLayout(self._buttons(button, button_icon, second, centred=not pictogram))
        self.extra = QVBoxLayout()
        self.extra.setSpacing(4)
        inner.addLayout(self.extra)
        outer = QHBoxLayout(self)
        beside = 64 if pictogram else 32
        outer.setContentsMargins(24, beside, 24, beside)
        outer.addStretch(1)
        outer.addWidget(column, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        self.setMinimumHeight(360 if pictogram else 128)

    def say(self, headline: str, text: str) -> None:
        """Shows other words, whole however long they are."""
        self.headline.setWordWrap(True)
        for part, words in ((self.headline, headline), (self.text, text)):
            part.setText(words)
            part.setMinimumHeight(max(0, part.heightForWidth(_COLUMN)))  # in the middle of a row it has no say

    def show_second(self, shown: bool) -> None:
        """Offers the second way, or not."""
        self.second.setVisible(shown)

    def _buttons(self, button: str, icon: str, second: str, *, centred: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        if centred:
            row.addStretch(1)
        self.button = Button(button, "primary", name=f"{self._name}.button", icon=icon)
        self.button.clicked.connect(self.pressed)
        hide_unless(self.button, button)
        self.second = Button(second, "ghost", name=f"{self._name}.second")
        self.second.clicked.connect(self.second_pressed)
        hide_unless(self.second, second)
        row.addWidget(self.button)
        row.addWidget(self.second)
        row.addStretch(1)
        return row

    def set_extra(self, label: str, html: str) -> None:
        """Shows a suggestion under a rule; its links come out of `link`."""
        while (item := self.extra.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        prose = Prose(html, tone="primary", name=f"{self._name}.extra")
        prose.link.connect(self.link)
        self.extra.addSpacing(24)
        self.extra.addWidget(Rule())
        self.extra.addSpacing(12)
        self.extra.addWidget(Text(label, "label01", "helper"))
        self.extra.addWidget(prose)


def add_all(layout: QVBoxLayout | QHBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Adds widgets to a layout in their order."""
    for widget in widgets:
        layout.addWidget(widget)

"""Small tables of evidence, as tall as their rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from kyok_gui.theme import colour
from kyok_gui.widgets.basics import Icon, Text, chain_tabs, named
from kyok_gui.widgets.boxes import LinkValue
from kyok_gui.widgets.buttons import Link
from kyok_gui.widgets.columns import EN_DASH
from kyok_gui.widgets.status import Status, StatusLabel

_AROUND = 10
"""What stays above and below wrapped words together."""
Cell = str | Status | LinkValue | tuple[str, LinkValue]


def _alike(before: Sequence[Sequence[Cell]], fresh: Sequence[Sequence[Cell]]) -> bool:
    """Whether the same cells can show both: as many, and what differs are words or states."""
    if [len(row) for row in before] != [len(row) for row in fresh]:
        return False
    pairs = [pair for old, new in zip(before, fresh, strict=True) for pair in zip(old, new, strict=True)]
    return all(was == cell or (type(was) is type(cell) and isinstance(cell, str | Status)) for was, cell in pairs)


def _height_of(cell: Text) -> int:
    """What its words need in its width when they take several lines, else nothing.

    A label with a fixed height says that one instead.
    """
    metrics = cell.fontMetrics()
    room = QRect(0, 0, cell.width(), 0)
    height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, cell.text()).height()
    return height + _AROUND if height >= 2 * metrics.height() else 0


class StaticTable(QWidget):
    """Heads and a few rows of words, states and links."""

    link = Signal(str)

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]] = (),
        *,
        name: str,
        accessible: str,
        widths: Sequence[int] | None = None,
        row_height: int = 32,
        head_height: int = 32,
        on: str = "layer01",
        wrap: bool = False,
        numbers: Sequence[int] = (),
    ) -> None:
        """`numbers`: the places of columns that hold numbers, which stand at the right under their heads."""
        super().__init__()
        named(self, name, accessible)
        self._wraps = wrap
        self._numbers = frozenset(numbers)
        self._name = name
        self._heads = tuple(heads)
        self._heights = (head_height, row_height)
        self._ground = on
        self._count = 0
        self._lines: list[int] = []
        """Height of each row."""
        self._shown: list[tuple[Cell, ...]] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 0, 16, 0)
        self._grid.setSpacing(0)
        for place in range(len(heads)):
            width = widths[place] if widths else 0
            if width:
                self._grid.setColumnMinimumWidth(place, width)
            else:
                self._grid.setColumnStretch(place, 1)
        if widths and all(widths):
            self._grid.setColumnStretch(len(heads), 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Shows other rows; where only words and states differ, the cells stay and say something else."""
        fresh = [tuple(row) for row in rows]
        before, self._shown = self._shown, fresh
        if before is not None and _alike(before, fresh):
            self._say(before, fresh)
        else:
            self._build(fresh)
        self._fit()

    def _say(self, before: Sequence[Sequence[Cell]], fresh: Sequence[Sequence[Cell]]) -> None:
        """Changes the cells that differ."""
        for line, (old, new) in enumerate(zip(before, fresh, strict=True), start=1):
            for place, (was, cell) in enumerate(zip(old, new, strict=True)):
                item = self._grid.itemAtPosition(line, place) if was != cell else None
                shown = item.widget() if item is not None else None
                if isinstance(shown, Text) and isinstance(cell, str):
                    shown.setText(cell or EN_DASH)
                elif isinstance(shown, StatusLabel) and isinstance(cell, Status):
                    shown.set_status(cell)

    def _build(self, rows: Sequence[Sequence[Cell]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._count = len(rows)
        head_height, row_height = self._heights
        for place, head in enumerate(self._heads):
            title = Text(head, "heading01")
            title.setFixedHeight(head_height)
            title.setAlignment(Qt.AlignmentFlag.AlignVCenter | self._side(place))
            self._grid.addWidget(title, 0, place)
        made: list[QWidget] = []
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                shown = self._cell(cell, line, place)
                shown.setFixedHeight(row_height)
                made.append(shown)
                self._grid.addWidget(shown, line, place)
                shown.show()  # a layout passes over cells that are not shown yet, and their words are measured now
        self._lines = [row_height] * self._count
        self.setFixedHeight(head_height + sum(self._lines))
        chain_tabs(self, made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Rows are as high as their words, and never lower than a row."""
        if not self._wraps:
            return
        self._grid.activate()
        head_height, row_height = self._heights
        lines = []
        for line in range(1, self._count + 1):
            cells = self._cells(line)
            shown = [cell.word if isinstance(cell, StatusLabel) else cell for cell in cells]
            words = [label for label in shown if isinstance(label, Text) and label.wordWrap()]
            wanted = max((_height_of(label) for label in words), default=0)
            lines.append(max(row_height, wanted))
            for cell in cells:
                cell.setFixedHeight(lines[-1])
        if lines != self._lines:
            self._lines = lines
            self.setFixedHeight(head_height + sum(lines))
            self.update()

    def _cells(self, line: int) -> list[QWidget]:
        items = (self._grid.itemAtPosition(line, place) for place in range(len(self._heads)))
        found = (item.widget() for item in items if item is not None)
        return [cell for cell in found if cell is not None]

    def _cell(self, cell: Cell, line: int, place: int) -> QWidget:
        if isinstance(cell, Status):
            state = StatusLabel(cell, wrap=self._wraps)
            state.word.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)  # level with its row
            return state
        if isinstance(cell, LinkValue):
            return self._link(cell, line, place)
        if isinstance(cell, tuple):
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(Icon(cell[0], "iconSecondary"))
            row.addWidget(self._link(cell[1], line, place))
            box.setAccessibleName(cell[1].text)
            row.addStretch(1)
            return box
        tone = "primary" if place == 0 else "secondary"
        words = Text(cell or EN_DASH, "bodyCompact01", tone, wrap=self._wraps and place > 0)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter | self._side(place))
        return words

    def _side(self, place: int) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if place in self._numbers else Qt.AlignmentFlag.AlignLeft

    def _link(self, value: LinkValue, line: int, place: int) -> Link:
        link = Link(value.text, name=value.name or f"{self._name}.{line}.{place}")
        link.clicked.connect(lambda _=False, href=value.href: self.link.emit(href))
        return link

    def words(self) -> list[list[str]]:
        """The rows as a person reads them."""
        return [[cell.accessibleName() for cell in self._cells(line)] for line in range(1, self._count + 1)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws grounds and rules."""
        head, _ = self._heights
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._ground))
        painter.fillRect(0, 0, self.width(), head, colour("layerAccent01"))
        for end in accumulate(self._lines):
            painter.fillRect(0, head + end - 1, self.width(), 1, colour("borderSubtle00"))
        painter.end()

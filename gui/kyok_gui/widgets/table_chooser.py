"""The panel in which columns are chosen and moved, and the height of rows is set."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.buttons import Button, IconButton
from kyok_gui.widgets.frames import scrolled
from kyok_gui.widgets.popover import Popover
from kyok_gui.widgets.row_heights import row_heights
from kyok_gui.widgets.select import SelectField
from kyok_gui.widgets.toggles import CheckBox

_LINE = 32
_OTHER_PARTS = 256
"""Height of a line, and of everything around the lines; a low window scrolls them."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column as the panel lists it."""

    id: str
    title: str
    shown: bool


class ColumnChooser(Popover):
    """Tells what a person wishes; the table does it and says how it stands then."""

    chosen = Signal(str, bool)
    moved = Signal(str, int)
    height_chosen = Signal(str)
    reset = Signal()

    def __init__(self, window: QWidget, *, name: str) -> None:
        super().__init__(window, name=f"{name}.columns.panel", accessible=tr("Columns and row height"))
        self._name = name
        self._ticks: dict[str, CheckBox] = {}
        words = tr("Some chosen columns need a wider window.")
        self._narrow = Text(words, "helperText01", "helper", wrap=True, name=f"{name}.columns.narrow")
        self.height_field = SelectField(
            tr("Row height, all tables"), name=f"{name}.row-height", choices=row_heights(), on="tile"
        )
        self._again = Button(tr("As it was at first"), "ghost", name=f"{name}.columns.reset", icon="reset")
        lines = QWidget()
        self._list = QVBoxLayout(lines)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(0)
        self._lines = scrolled(lines)
        self.setFixedWidth(320)
        self._lay_out()
        self.height_field.chosen.connect(self.height_chosen)
        self._again.clicked.connect(self.reset)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(8)
        column.addWidget(Text(tr("Columns"), "heading01"))
        column.addWidget(self._lines)
        column.addWidget(self._narrow)
        column.addSpacing(8)
        column.addWidget(self.height_field)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)

    def show_columns(self, columns: list[ColumnChoice], *, too_narrow: bool, row_height: str) -> None:
        """Lists the columns in their order. The first one always stays, since the rows' links stand in it."""
        focused = QApplication.focusWidget()
        kept = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._clear()
        for place, column in enumerate(columns):
            self._list.addWidget(self._line(column, place, len(columns)))
        room = self.window().height() - _OTHER_PARTS
        self._lines.setFixedHeight(max(_LINE, min(_LINE * len(columns), room // _LINE * _LINE)))
        self._narrow.setVisible(too_narrow)
        self.height_field.set_value(row_height)
        for before, after in zip(self._stops(), self._stops()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        again = self.findChild(QWidget, kept) if kept and self.isVisible() else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _clear(self) -> None:
        self._ticks = {}
        while (item := self._list.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.setParent(None)
                line.deleteLater()

    def _stops(self) -> list[QWidget]:
        lines = (item.widget() for item in map(self._list.itemAt, range(self._list.count())) if item is not None)
        parts = [part for line in lines if line is not None for part in line.findChildren(QWidget)]
        stops = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [*stops, self.height_field, self._again]

    def _line(self, column: ColumnChoice, place: int, count: int) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        words = tr("{column} (always shown)", column=column.title) if place == 0 else column.title
        tick = CheckBox(words, name=f"{self._name}.columns.{column.id}", checked=column.shown or place == 0)
        tick.setEnabled(place > 0)
        tick.toggled.connect(lambda on, name=column.id: self.chosen.emit(name, on))
        self._ticks[column.id] = tick
        row.addWidget(tick)
        row.addStretch(1)
        line.setFixedHeight(_LINE)
        if place > 0:
            for step, icon, word in ((-1, "arrow--up", "earlier"), (1, "arrow--down", "later")):
                row.addWidget(self._mover(column, step, icon, word, possible=1 <= place + step < count))
        return line

    def _mover(self, column: ColumnChoice, step: int, icon: str, word: str, *, possible: bool) -> IconButton:
        title = tr("Move {column} earlier", column=column.title)
        if step > 0:
            title = tr("Move {column} later", column=column.title)
        button = IconButton(icon, title, name=f"{self._name}.columns.{column.id}.{word}")
        button.setEnabled(possible)
        button.clicked.connect(lambda: self.moved.emit(column.id, step))
        return button

    def first_focus(self) -> QWidget:
        """The first column that can be chosen."""
        return next((tick for tick in self._ticks.values() if tick.isEnabled()), self.height_field)

    def keeps_open(self) -> bool:
        """The list of heights lies outside the panel."""
        return self.height_field.open_choices() is not None

"""What keys do in a table. `KEYS` is the one list: `TableKeys` acts by it, and the sheet of shortcuts shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from kyok.domain.translation import noted

if TYPE_CHECKING:
    from kyok_gui.widgets.table_model import TableModel
    from kyok_gui.widgets.table_view import TableView


@dataclass(frozen=True, slots=True)
class TableKey:
    """What some keys do. `act` names a method of `TableKeys`; "clear" and "find" are the table's, none is Qt's own."""

    title: str
    keys: tuple[str, ...]
    act: str = ""


KEYS = (
    TableKey(noted("Move from cell to cell"), ("Left", "Right", "Up", "Down")),
    TableKey(noted("First row, last row"), ("Home", "End"), "end"),
    TableKey(noted("A page up or down"), ("PgUp", "PgDown"), "move"),
    TableKey(noted("Open what the cell leads to"), ("Return", "Enter"), "open"),
    TableKey(noted("Menu of the row"), ("Menu", "Shift+F10"), "menu"),
    TableKey(noted("Tick the row"), ("Space",), "tick_current"),
    TableKey(
        noted("Tick from row to row"),
        ("Shift+Up", "Shift+Down", "Shift+PgUp", "Shift+PgDown", "Shift+Home", "Shift+End"),
        "reach",
    ),
    TableKey(noted("Tick all rows that match"), ("Ctrl+A",), "tick_all"),
    TableKey(noted("Take the ticks back, then the filter"), ("Esc",), "clear"),
    TableKey(noted("Find in the table"), ("Ctrl+F",), "find"),
    TableKey(noted("Copy the cell"), ("Ctrl+C",), "copy_cell"),
    TableKey(noted("Copy the row, or the ticked rows"), ("Ctrl+Shift+C",), "copy_row"),
    TableKey(noted("Copy the CRN or ID of the row"), ("Ctrl+Alt+C",), "copy_id"),
    TableKey(noted("Sort by the column, upwards"), ("Ctrl+Up",), "sort_up"),
    TableKey(noted("Sort by the column, downwards"), ("Ctrl+Down",), "sort_down"),
    TableKey(noted("Make the column wider"), ("Ctrl+Right",), "widen"),
    TableKey(noted("Make the column narrower"), ("Ctrl+Left",), "narrow"),
)
"""In the order of the sheet of shortcuts."""

_WIDTH_STEP = 16
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


_ACTS = {QKeySequence(key).toString(): entry.act for entry in KEYS for key in entry.keys}


def act_of(event: QKeyEvent) -> str:
    """What a key means in a table; nothing for one that is Qt's own."""
    try:
        pressed = QKeyCombination(event.modifiers() & _MODIFIERS, Qt.Key(event.key()))
    except ValueError:  # a key that Qt has no name for
        return ""
    return _ACTS.get(QKeySequence(pressed).toString(), "")


class TableKeys:
    """The keyboard of one view. What it does not know goes on to Qt, which looks rows up by their first letters."""

    def __init__(self, view: TableView, model: TableModel[Any]) -> None:
        self._view = view
        self._rows = model
        self._anchor = self._at = -1
        self._before: frozenset[str] = frozenset()

    def press(self, event: QKeyEvent, go_on: Callable[[], None]) -> None:
        """One key. `go_on` is what Qt itself does with it."""
        act, index = act_of(event), self._view.currentIndex()
        if act in ("clear", "find"):
            event.ignore()  # it goes on to the table
        elif act in ("end", "move", "reach") or not act:
            self._move(event.key(), act, go_on)
        elif act == "tick_all":
            self._tick_all()
        elif index.isValid():
            self._act(act, index.row(), index.column())

    def _act(self, act: str, row: int, place: int) -> None:
        view = self._view
        if act.startswith("copy_"):
            view.copy_wanted.emit(act.removeprefix("copy_"), row, place)
        elif act.startswith("sort_"):
            view.order_by(place, act == "sort_down")
        elif act in ("widen", "narrow"):
            view.widen(place, _WIDTH_STEP if act == "widen" else -_WIDTH_STEP)
        elif act == "menu":
            view.ask_menu(row, None, place)
        elif act == "open":
            view.opened.emit(row, place)
        elif act == "tick_current":
            self.tick(row)

    def _tick_all(self) -> None:
        if self._view.cells.checkable:
            self._rows.tick_all(True)

    def tick(self, row: int, *, reach: bool = False) -> None:
        """Turns the tick of a row; `reach` ticks from the row that was ticked last up to this one."""
        if not self._view.cells.checkable:
            return
        if reach and self._anchor >= 0:
            self._rows.set_checked(self._rows.ticked_keys() | self._rows.keys_between(self._anchor, row))
        else:
            self._rows.tick(row)
        self._rest(row)

    def _rest(self, row: int) -> None:
        self._anchor = self._at = row
        self._before = self._rows.ticked_keys()

    def _move(self, key: int, act: str, go_on: Callable[[], None]) -> None:
        before = self._view.currentIndex().row()
        reaching = act == "reach" and self._view.cells.checkable
        if act and (not reaching or self._anchor < 0 or before != self._at):
            self._rest(before)
        if act and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.shown:
            last = self._rows.shown - 1 if key == Qt.Key.Key_End else 0
            self._view.setCurrentIndex(self._rows.index(last, max(0, self._view.currentIndex().column())))
        else:
            go_on()
        self._at = self._view.currentIndex().row()
        if reaching:
            self._rows.set_checked(self._before | self._rows.keys_between(max(0, self._anchor), self._at))
        elif self._at != before:
            self._anchor = self._at

"""Search over resources, root keys, pages and commands: every result leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kyok.domain.translation import noted, tr
from kyok_gui.shell.finding import Result
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.fields import LENS_HEADER, ROOM_SHORTCUT, SearchLine

if TYPE_CHECKING:
    from kyok_gui.widgets.lists import OpenList

_RESULT = Qt.ItemDataRole.UserRole
_AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 48
_NOTE_ROW = 40


class _ResultDelegate(QStyledItemDelegate):
    """Paints one result."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(100, _ROW if isinstance(index.data(_RESULT), Result) else _NOTE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        result: Result | None = index.data(_RESULT)
        rect: QRect = option.rect
        if result is None:
            self._paint_note(painter, rect, str(index.data(Qt.ItemDataRole.DisplayRole)))
            return
        marked = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, colour("layerSelected01" if marked else "layer01", True))
        paint_icon(painter, rect.x() + 8, rect.y() + 16, result.icon, "iconSecondary", 16, True)
        painter.setFont(font("bodyCompact01"))
        painter.setPen(colour("textPrimary", True))
        room = QRect(rect.x() + 32, rect.y() + 4, rect.width() - 44, 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, result.title)
        painter.setFont(font("label01"))
        painter.setPen(colour("textSecondary", True))
        painter.drawText(room.translated(0, 20), Qt.AlignmentFlag.AlignVCenter, result.detail)

    def _paint_note(self, painter: QPainter, rect: QRect, words: str) -> None:
        """The line that says that nothing was found; it leads nowhere."""
        painter.fillRect(rect, colour("layer01", True))
        painter.setFont(font("bodyCompact01"))
        painter.setPen(colour("textSecondary", True))
        room = rect.adjusted(12, 0, -12, 0)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)


_LONG, _MIDDLE, _SHORT = noted("Search resources and pages"), noted("Search resources"), noted("Search")
_BESIDE_WORDS = 110
"""Pixels of the field that icon, shortcut and margins take."""
_LEAST_WITH_SHORTCUT = 160


class HeaderSearch(SearchLine):
    """The search of the header. It grows while it has the focus; Escape goes back to the page."""

    chosen = Signal(object)
    grown = Signal(bool)
    left = Signal()

    def __init__(self, source: Callable[[str], Sequence[Result]]) -> None:
        super().__init__(
            tr(_LONG),
            name="header.search",
            accessible=tr(_LONG),
            kind="header-search",
            header=True,
        )
        self._source = source
        self._narrow = False
        self.setFixedHeight(32)
        self._items = QStandardItemModel(self)
        self.textEdited.connect(self._show_results)

    @cached_property
    def _list(self) -> OpenList:
        """The box of results; made when somebody searches, since the first frame has none."""
        from kyok_gui.widgets.lists import OpenList

        found = OpenList(self, header=True)
        found.setModel(self._items)
        found.setItemDelegate(_ResultDelegate(found))
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        named(found, "header.results", tr("Search results"))
        found.clicked.connect(self._go)
        found.hide()
        return found

    def set_narrow(self, narrow: bool) -> None:
        """Fewer words where there is little room."""
        self._narrow = narrow
        self._choose_placeholder()

    def _choose_placeholder(self) -> None:
        """The longest words that fit beside icon and shortcut: words that are cut off tell less than short ones."""
        room = self.width() - _BESIDE_WORDS
        offered = () if self._narrow else (tr(_LONG), tr(_MIDDLE))
        fits = (words for words in offered if self.fontMetrics().horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fits, tr(_SHORT)))

    @property
    def _has_shortcut(self) -> bool:
        """Whether there is room to say how one comes here by the keyboard."""
        return self.width() >= _LEAST_WITH_SHORTCUT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words follow the room."""
        super().resizeEvent(event)
        self.setTextMargins(LENS_HEADER, 0, ROOM_SHORTCUT if self._has_shortcut else 8, 0)
        self._choose_placeholder()

    def results(self) -> list[Result]:
        """What is found now."""
        rows = (self._items.item(row).data(_RESULT) for row in range(self._items.rowCount()))
        return [found for found in rows if isinstance(found, Result)]

    @property
    def note(self) -> str:
        """The line that says that nothing was found; empty when something was."""
        first = self._items.item(0)
        return "" if not self._items.rowCount() or first.data(_RESULT) is not None else first.text()

    def _show_results(self) -> None:
        text = self.text().strip()
        found = self._source(text) if text else []
        self._items.clear()
        if text and all(result.kind == "offer" for result in found):
            note = QStandardItem(tr("Nothing found for “{text}”", text=text))
            note.setFlags(Qt.ItemFlag.NoItemFlags)
            self._items.appendRow(note)
        for result in found:
            item = QStandardItem(result.title)
            item.setData(result, _RESULT)
            item.setData(f"{result.title}, {result.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self._items.appendRow(item)
        self.setAccessibleDescription(self.note)
        if self._items.rowCount():
            self._open_list(len(found) * _ROW + (_NOTE_ROW if self.note else 0) + 2)
        elif "_list" in self.__dict__:
            self._list.hide()

    def _open_list(self, height: int) -> None:
        window = self.window()
        self._list.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height()))
        self._list.setGeometry(corner.x(), corner.y(), self.width(), height)
        self._list.setCurrentIndex(self._items.index(self._first, 0) if self.results() else QModelIndex())
        self._list.show()
        self._list.raise_()

    @property
    def _first(self) -> int:
        """The row of the first result: above it may stand that nothing was found."""
        return 1 if self.note else 0

    def _step(self, by: int) -> None:
        count = len(self.results())
        row = (self._list.currentIndex().row() - self._first + by) % count
        self._list.setCurrentIndex(self._items.index(row + self._first, 0))

    def _go(self, index: _AnyIndex) -> None:
        result = index.data(_RESULT)
        if isinstance(result, Result):
            self.close_results()
            self.left.emit()
            self.chosen.emit(result.place)

    def close_results(self) -> None:
        """Empties the search."""
        self._list.hide()
        self.clear()
        self._items.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the results, Enter goes, Escape leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results():
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.results():
            self._go(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_results()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Grows."""
        super().focusInEvent(event)
        self.grown.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shrinks again."""
        super().focusOutEvent(event)
        if self._items.rowCount():
            self._list.hide()
        self.grown.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shows the shortcut at the right end."""
        super().paintEvent(event)
        if self.hasFocus() or not self._has_shortcut:
            return
        painter = QPainter(self)
        painter.setFont(font("label01"))
        painter.setPen(colour("textHelper", True))
        painter.drawText(
            self.rect().adjusted(0, 0, -16, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "Ctrl+K"
        )
        painter.end()

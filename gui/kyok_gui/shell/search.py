"""Search over resources and pages: every result leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from kyok_gui.places import PLACES, Place
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.fields import LENS_HEADER, ROOM_SHORTCUT, SearchLine

if TYPE_CHECKING:
    from kyok_gui.widgets.lists import OpenList

_RESULT = Qt.ItemDataRole.UserRole
_AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 48
_MOST = 10


@dataclass(frozen=True, slots=True)
class Result:
    """Something that can be found."""

    title: str
    detail: str
    place: Place
    icon: str
    words: str = ""


def page_results() -> list[Result]:
    """Pages that need no instance."""
    found = []
    for kind, known in PLACES.items():
        if known.side in ("account", "none") and kind != "secure-deletion":
            area = tr("Page") if known.side == "account" else tr("Catalog")
            found.append(Result(known.title, area, Place(kind), known.icon, known.words))
    return found


def matching(results: Sequence[Result], text: str) -> list[Result]:
    """The results that hold every word, those that begin with the text first."""
    words = text.lower().split()
    found = []
    for result in results:
        hay = f"{result.title} {result.detail} {result.words}".lower()
        if all(word in hay for word in words):
            found.append((not result.title.lower().startswith(text.lower().strip()), result))
    found.sort(key=lambda pair: pair[0])
    return [result for _, result in found][:_MOST]


class _ResultDelegate(QStyledItemDelegate):
    """Paints one result."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        result: Result = index.data(_RESULT)
        rect: QRect = option.rect
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


_LONG, _SHORT = noted("Search resources and pages"), noted("Search")
_BESIDE_WORDS = 110
"""Pixels of the field that icon, shortcut and margins take."""
_LEAST_WITH_SHORTCUT = 160


class HeaderSearch(SearchLine):
    """The search of the header. It grows while it has the focus; Escape goes back to the page."""

    chosen = Signal(object)
    grown = Signal(bool)
    left = Signal()

    def __init__(self, source: Callable[[], Sequence[Result]]) -> None:
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
        """The long words where they fit beside icon and shortcut: words that are cut off tell less than short ones."""
        room = self.width() - _BESIDE_WORDS
        fits = self.fontMetrics().horizontalAdvance(tr(_LONG)) <= room
        self.setPlaceholderText(tr(_LONG) if fits and not self._narrow else tr(_SHORT))

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
        return [self._items.item(row).data(_RESULT) for row in range(self._items.rowCount())]

    def _show_results(self) -> None:
        found = matching(self._source(), self.text()) if self.text().strip() else []
        self._items.clear()
        for result in found:
            item = QStandardItem(result.title)
            item.setData(result, _RESULT)
            item.setData(f"{result.title}, {result.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self._items.appendRow(item)
        if not found:
            self._list.hide()
            return
        window = self.window()
        self._list.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height()))
        self._list.setGeometry(corner.x(), corner.y(), self.width(), len(found) * _ROW + 2)
        self._list.setCurrentIndex(self._items.index(0, 0))
        self._list.show()
        self._list.raise_()

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
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._items.rowCount():
            row, step = self._list.currentIndex().row(), 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentIndex(self._items.index((row + step) % self._items.rowCount(), 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._items.rowCount():
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

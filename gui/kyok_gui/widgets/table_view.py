"""The view of a table: mouse, keyboard and widths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QToolTip

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font
from kyok_gui.widgets.basics import named, tip
from kyok_gui.widgets.columns import Column
from kyok_gui.widgets.frames import Frame, ThinScrollBar
from kyok_gui.widgets.table_head import HeadView
from kyok_gui.widgets.table_keys import TableKeys
from kyok_gui.widgets.table_layout import TableLayout
from kyok_gui.widgets.table_model import ROW, TableModel
from kyok_gui.widgets.table_paint import MENU_ROOM, TICK_ROOM, CellDelegate

_AnyIndex = QModelIndex | QPersistentModelIndex
_LEAST_WIDTH = 96
_ROWS_MEASURED = 60


class TableView(QTableView):
    """Rows under heads. What keys do is told in `table_keys`."""

    opened = Signal(int, int)
    menu_wanted = Signal(int, int, QPoint)
    copy_wanted = Signal(str, int, int)
    """What ("cell", "row" or "id"), row, column."""
    arranged = Signal()
    """A person changed the order or the widths of the columns, or the order of the rows."""

    def __init__(
        self, model: TableModel[Any], *, name: str, accessible: str, row_height: int, head_height: int
    ) -> None:
        super().__init__()
        named(self, name, accessible)
        self._rows = model
        self.cells = CellDelegate(model, self)
        self.head = HeadView(model, self.cells, self)
        named(self.head, f"{name}.head", tr("{accessible}, columns", accessible=accessible))
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(self.cells)
        self.setModel(model)
        self.head.setFixedHeight(head_height)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical))
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keys = TableKeys(self, model)
        self.arrangement = TableLayout()
        self._sharing = False
        self._drawn = False
        self.head.pressed_column.connect(self.order_by)
        self.head.tick_pressed.connect(self.tick_in_sight)
        self.head.sectionResized.connect(self._head_resized)
        self.head.sectionMoved.connect(self._head_moved)
        self.head.sectionHandleDoubleClicked.connect(self.fit_column)
        self.head.let_go.connect(self._head_let_go)
        self._cap = Frame("table-cap")
        self._cap.setParent(self)

    @property
    def row_height(self) -> int:
        """Height of a row."""
        return self.verticalHeader().defaultSectionSize()

    def set_heights(self, row_height: int, head_height: int) -> None:
        """Changes the heights of rows and heads."""
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.head.setFixedHeight(head_height)

    def rows_in_sight(self) -> tuple[int, int]:
        """The first and the last row that can be seen, as a whole or in part; (0, -1) for none."""
        if not self._rows.shown:
            return 0, -1
        height = self.viewport().height()
        first, last = self.rowAt(0), self.rowAt(max(0, height - 1))
        return max(0, first), last if last >= 0 else self._rows.shown - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground below the last row too."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("layer01"))
        painter.end()
        super().paintEvent(event)

    # widths ---------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shares the width among the columns."""
        super().resizeEvent(event)
        self.share_width()
        bar = self.verticalScrollBar()
        self._cap.setGeometry(self.viewport().geometry().right() + 1, 0, bar.sizeHint().width(), self.head.height())
        self._cap.setVisible(self.width() > self.viewport().width())

    def set_arrangement(self, layout: TableLayout) -> None:
        """Shows columns as a person arranged them; the order of the rows is the model's."""
        self.arrangement = layout
        self.share_width()
        self.viewport().update()

    def share_width(self) -> None:
        """Fixed columns get their width, the others what is left, by their weights."""
        self._sharing = True
        columns, total = self._rows.columns, self.viewport().width()
        lead, tail = self._lead(), self._tail()
        shown = []
        for visual, place in enumerate(self.arrangement.arranged(columns)):
            if self.head.visualIndex(place) != visual:
                self.head.moveSection(self.head.visualIndex(place), visual)
            column = columns[place]
            wished = place == 0 or self.arrangement.is_shown(column)
            self.setColumnHidden(place, not wished or 0 < total < column.hide_below)
            if not self.isColumnHidden(place):
                shown.append(place)
        used = 0
        self.cells.last = shown[-1] if shown else -1
        shares = self._widths([self._arranged_column(columns[place]) for place in shown], max(0, total - lead - tail))
        for place, share in zip(shown, shares, strict=True):
            width = share + (lead if place == 0 else 0)
            if place == shown[-1]:
                width = max(width + tail, total - used)
            used += width
            self.head.resizeSection(place, width)
        self._sharing = False

    def _lead(self) -> int:
        return TICK_ROOM if self.cells.checkable else 0

    def _tail(self) -> int:
        return MENU_ROOM - 8 if self.cells.menus else 0

    def _arranged_column(self, column: Column[Any]) -> Column[Any]:
        width = self.arrangement.widths.get(column.id)
        return column if width is None else replace(column, width=width)

    def too_narrow(self) -> bool:
        """Whether a column that is wished for is left out, since the table is too narrow for it."""
        columns = self._rows.columns
        return any(self.isColumnHidden(i) and self.arrangement.is_shown(one) for i, one in enumerate(columns))

    def widen(self, place: int, pixels: int) -> None:
        """Gives a column more or less room, as a drag of its edge does."""
        self._draw_width(place, self.columnWidth(place) + pixels)
        self.arranged.emit()

    def fit_column(self, place: int) -> None:
        """Makes a column as wide as its words need."""
        column = self._rows.columns[place]
        self.arrangement = self.arrangement.with_width(
            column.id, needed_width(column, self._rows.rows()[:_ROWS_MEASURED])
        )
        self.share_width()
        self.arranged.emit()

    def _draw_width(self, place: int, width: int) -> None:
        width -= (self._lead() if place == 0 else 0) + (self._tail() if place == self.cells.last else 0)
        self.arrangement = self.arrangement.with_width(self._rows.columns[place].id, width)
        self.share_width()

    def _head_resized(self, place: int, _: int, width: int) -> None:
        if self.head.held and not self._sharing:
            self._drawn = True
            self._draw_width(place, width)

    def _head_moved(self, *_: int) -> None:
        if self._sharing:
            return
        columns, head = self._rows.columns, self.head
        self.arrangement = self.arrangement.with_order(
            [columns[head.logicalIndex(visual)].id for visual in range(head.count())]
        )
        self._drawn = True
        self.share_width()

    def _head_let_go(self) -> None:
        if self._drawn:
            self._drawn = False
            self.arranged.emit()

    def _widths(self, columns: Sequence[Column[Any]], room: int) -> list[int]:
        least = sum(_LEAST_WIDTH for column in columns if not column.width)
        rows = self._rows.rows()[:_ROWS_MEASURED]
        if sum(column.width for column in columns) + least <= room:
            widths = shared_widths(columns, room, ())
        else:
            widths = shared_widths(columns, room, [needed_width(column, rows) for column in columns])
        drawn = self.arrangement.widths
        wanted = [column.whole and column.id not in drawn for column in columns]
        if not any(want and needed_width(columns[i], rows) > widths[i] for i, want in enumerate(wanted)):
            return widths
        needed = [
            width if column.id in drawn else needed_width(column, rows)
            for column, width in zip(columns, widths, strict=True)
        ]
        return made_whole(widths, needed, wanted)

    # mouse ----------------------------------------------------------------

    def _rect(self, index: _AnyIndex) -> QRect:
        return self.visualRect(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the pointer: row under it, link under it, menu under it."""
        super().mouseMoveEvent(event)
        where = event.position().toPoint()
        index = self.indexAt(where)
        cells = self.cells
        before = (cells.hovered, cells.over_link, cells.over_menu)
        cells.hovered = (index.row(), index.column()) if index.isValid() else (-1, -1)
        cells.over_link = index.isValid() and cells.link_rect(self._rect(index), index).contains(where)
        cells.over_menu = index.isValid() and cells.menu_rect(self._rect(index), index.column()).contains(where)
        hand = cells.over_link or cells.over_menu
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        if before != (cells.hovered, cells.over_link, cells.over_menu):
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forgets the pointer."""
        super().leaveEvent(event)
        self.cells.hovered = (-1, -1)
        self.cells.over_link = self.cells.over_menu = False
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ticks, opens a link or the row's menu."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        where = event.position().toPoint()
        index = self.indexAt(where)
        if not index.isValid():
            return
        rect = self._rect(index)
        if self.cells.tick_rect(rect, index.column()).contains(where):
            self.keys.tick(index.row(), reach=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif self.cells.menu_rect(rect, index.column()).contains(where):
            self.ask_menu(index.row())
        elif self.cells.link_rect(rect, index).contains(where):
            self.opened.emit(index.row(), index.column())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The row's menu at the pointer, or at the current row when asked by key."""
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid():
            where = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else None
            self.ask_menu(index.row(), where, index.column())

    def ask_menu(self, row: int, where: QPoint | None = None, place: int = 0) -> None:
        """Asks for the menu of a row, by default at the row's right end; `place` is the column that is meant."""
        if where is None:
            rect = self._rect(self._rows.index(row, self.cells.last))
            where = self.viewport().mapToGlobal(QPoint(rect.right(), rect.bottom()))
        self.menu_wanted.emit(row, place, where)

    def tick_in_sight(self) -> None:
        """Ticks the rows in sight, or takes all ticks back when all of these are ticked."""
        seen = self._rows.keys_between(*self.rows_in_sight()) if self._rows.shown else set()
        known = self._rows.ticked_keys()
        self._rows.set_checked(() if seen <= known else known | seen)
        self.head.viewport().update()

    def order_by(self, place: int, descending: bool | None = None) -> None:
        """Orders by a column; a second time the other way round, unless the way is given."""
        order = self._rows.order
        if descending is None:
            descending = order is not None and order[0] == place and not order[1]
        self._rows.sort(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.head.viewport().update()
        self.arrangement = self.arrangement.with_sort(self._rows.columns[place].id, descending)
        self.arranged.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Shows the whole words of a cell that is too narrow for them."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), tip(self._cut_words(index)), self)
            return True
        return super().viewportEvent(event)

    def _cut_words(self, index: _AnyIndex) -> str:
        """Both lines of a cell that has too little room for one of them; nothing for any other."""
        row = index.data(ROW) if index.isValid() else None
        if row is None:
            return ""
        column = self._rows.columns[index.column()]
        room = self.cells.content_rect(self._rect(index), index.column()).width()
        return column.words(row) if words_width(column, row) > room else ""

    # keyboard -------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See `table_keys`."""
        self.cells.focused = True
        self.keys.press(event, lambda: super(TableView, self).keyPressEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current cell is marked only while the keyboard is here."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.cells.focused = by_key or self.cells.focused
        if by_key and not self.currentIndex().isValid() and self._rows.shown:
            self.setCurrentIndex(self._rows.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No mark without the keyboard."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.cells.focused = False
        self.viewport().update()


def needed_width(column: Column[Any], rows: Sequence[Any]) -> int:
    """The width at which no word of these rows is cut."""
    widest = QFontMetrics(font("heading01")).horizontalAdvance(column.title)
    return max([widest, *(words_width(column, row) for row in rows)]) + 26


def words_width(column: Column[Any], row: Any) -> int:
    """The room that the words of one cell need, with what stands before them."""
    icon = 24 if column.kind == "status" or column.icon is not None else 0
    second = column.detail(row) if column.detail is not None else ""
    first = QFontMetrics(font(column.style)).horizontalAdvance(column.text(row))
    return icon + max(first, QFontMetrics(font("label01")).horizontalAdvance(second))


def made_whole(widths: Sequence[int], needed: Sequence[int], wanted: Sequence[bool]) -> list[int]:
    """Widths where the wanted columns have what they need, as far as the others have more than they need."""
    found = list(widths)
    spare = [max(0, width - need) for width, need in zip(widths, needed, strict=True)]
    missing = [max(0, need - width) if want else 0 for width, need, want in zip(widths, needed, wanted, strict=True)]
    given = min(sum(spare), sum(missing))
    _move(found, spare, -given)
    _move(found, missing, given)
    return found


def _move(widths: list[int], shares: Sequence[int], pixels: int) -> None:
    """Gives or takes pixels in the proportion of the shares, to the last one."""
    left, whole = pixels, sum(shares)
    for place, share in enumerate(shares):
        part = round(left * share / whole) if whole else 0
        widths[place] += part
        left, whole = left - part, whole - share


def shared_widths(columns: Sequence[Column[Any]], room: int, needed: Sequence[int]) -> list[int]:
    """Widths of columns in a room: fixed ones as declared, the others by weight.

    Where there is too little room, fixed ones first give up what their words do not need, then the widest give way.
    """
    least = sum(_LEAST_WIDTH for column in columns if not column.width)
    widths = [column.width for column in columns]
    if needed:
        widths = [min(width, want) if width else 0 for width, want in zip(widths, needed, strict=True)]
    while sum(widths) + least > room and max(widths) > _LEAST_WIDTH:
        widest = max(widths)
        widths[widths.index(widest)] = max(_LEAST_WIDTH, widest - 8)
    spare = max(0, room - sum(widths))
    weights = sum(column.weight for column in columns if not column.width) or 1
    return [width or max(48, spare * column.weight // weights) for column, width in zip(columns, widths, strict=True)]

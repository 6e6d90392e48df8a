"""The heads of a table: titles, the order, widths, and where they are dragged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.table_model import TableModel
from kyok_gui.widgets.table_paint import PADDING, TICK_ROOM, CellDelegate
from kyok_gui.widgets.toggles import paint_tick


class HeadView(QHeaderView):
    """The heads: title, the arrow of the order, and the tick for the rows in sight.

    A press orders by the column, a drag moves it, a drag of its right edge widens it.
    """

    tick_pressed = Signal()
    pressed_column = Signal(int)
    let_go = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TableModel[Any], cells: CellDelegate, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._cells = cells
        self._pressed_at = QPoint()
        self.held = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setMinimumSectionSize(24)
        self.sectionClicked.connect(self._clicked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where, since a press on the tick is no press on the title."""
        self._pressed_at = event.position().toPoint()
        self.held = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tells that a drag is over."""
        super().mouseReleaseEvent(event)
        self.held = False
        self.let_go.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The table's own menu."""
        self.menu_wanted.emit(event.globalPos())

    def _clicked(self, section: int) -> None:
        if self._cells.checkable and section == 0 and self._pressed_at.x() < TICK_ROOM:
            self.tick_pressed.emit()
        else:
            self.pressed_column.emit(section)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws one head."""
        painter.fillRect(rect, colour("layerAccent01"))
        room = self._cells.content_rect(rect, logicalIndex)
        if self._cells.checkable and logicalIndex == 0:
            count = self._rows.ticks
            full = bool(count) and count >= self._rows.shown
            paint_tick(painter, rect.x() + PADDING, rect.y() + (rect.height() - 16) // 2, full, True, bool(count))
        painter.setFont(font("heading01"))
        painter.setPen(colour("textPrimary"))
        title = self._rows.columns[logicalIndex].title
        metrics = painter.fontMetrics()
        right = self._rows.columns[logicalIndex].align_right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, words)
        order = self._rows.order
        if order is not None and order[0] == logicalIndex and not right:
            left = room.x() + metrics.horizontalAdvance(title) + 8
            arrow = "arrow--down" if order[1] else "arrow--up"
            paint_icon(painter, left, rect.y() + (rect.height() - 16) // 2, arrow, "iconPrimary", 16)

"""How the cells of tables are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.buttons import paint_focus
from kyok_gui.widgets.columns import EN_DASH, Column
from kyok_gui.widgets.status import Status
from kyok_gui.widgets.table_model import ROW, TableModel
from kyok_gui.widgets.tags import paint_pill, pill_width
from kyok_gui.widgets.toggles import paint_tick

PADDING = 16
TICK_ROOM = 48
MENU_ROOM = 48
_AnyIndex = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints a cell by what its column declares."""

    def __init__(self, model: TableModel[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.checkable = False
        self.menus = False
        self.hovered = (-1, -1)
        self.over_link = False
        self.over_menu = False
        self.focused = False
        self.last = len(model.columns) - 1

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        """The view fixes the heights."""
        return QSize(80, 24)

    # where things are -----------------------------------------------------

    def content_rect(self, rect: QRect, column: int) -> QRect:
        """The part of a cell in which words stand."""
        left = PADDING + (TICK_ROOM - PADDING if self.checkable and column == 0 else 0)
        left += PADDING if self.checkable and column == 0 else 0
        right = MENU_ROOM if self.menus and column == self.last else PADDING // 2
        return rect.adjusted(left, 0, -right, 0)

    def link_rect(self, rect: QRect, index: _AnyIndex) -> QRect:
        """Where the link of a cell can be pressed; empty when the cell has none."""
        column: Column[Any] = self._model.columns[index.column()]
        row = index.data(ROW)
        if row is None or not column.is_link(row):
            return QRect()
        room = self.content_rect(rect, index.column())
        left = room.x() + (24 if column.icon is not None and column.icon(row) is not None else 0)
        if column.detail is not None and _second_leads(column, row):
            words = QFontMetrics(font("label01")).horizontalAdvance(column.detail(row)) + 2
            return QRect(left, room.center().y(), min(words, room.right() - left), 20)
        words = QFontMetrics(font(column.style)).horizontalAdvance(column.text(row)) + 2
        words += 24 if column.kind == "status" else 0
        two = column.detail is not None and bool(column.detail(row))
        top = rect.y() + (rect.height() // 2 - 20 if two else 0)
        return QRect(left, top, min(words, room.right() - left), 22 if two else rect.height())

    def menu_rect(self, rect: QRect, column: int) -> QRect:
        """Where the row's menu can be pressed."""
        if not self.menus or column != self.last:
            return QRect()
        return QRect(rect.right() - 31, rect.y(), 32, rect.height())

    def tick_rect(self, rect: QRect, column: int) -> QRect:
        """Where the row's tick can be pressed."""
        return QRect(rect.x(), rect.y(), TICK_ROOM, rect.height()) if self.checkable and column == 0 else QRect()

    # painting -------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Draws ground, rule, tick, words and menu of one cell."""
        rect: QRect = option.rect
        row = index.data(ROW)
        if row is None:
            return
        ticked = self.checkable and self._model.is_ticked(index.row())
        hovered = index.row() == self.hovered[0]
        ground = "layerSelected01" if ticked else "layerHover01" if hovered else "layer01"
        painter.fillRect(rect, colour(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("borderSubtle00"))
        if self.checkable and index.column() == 0:
            paint_tick(painter, rect.x() + PADDING, rect.y() + (rect.height() - 16) // 2, ticked, True)
        self._words(painter, rect, index, row)
        spot = self.menu_rect(rect, index.column())
        if not spot.isEmpty():
            if self.over_menu and hovered:
                painter.fillRect(spot.adjusted(0, 0, 0, -1), colour("layerActive01"))
            top = rect.y() + (rect.height() - 16) // 2
            paint_icon(painter, spot.x() + 8, top, "overflow-menu--vertical", "iconPrimary", 16)
        state: QStyle.StateFlag = option.state
        if self.focused and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect, False)

    def _words(self, painter: QPainter, rect: QRect, index: _AnyIndex, row: Any) -> None:
        column: Column[Any] = self._model.columns[index.column()]
        room = self.content_rect(rect, index.column())
        text = column.text(row)
        if column.kind == "tag" and column.tag is not None and text:
            tint = column.tag(row)
            if tint is not None:
                high = min(24, rect.height() - 4)
                pill = QRect(room.x(), rect.y() + (rect.height() - high) // 2, pill_width(text), high)
                paint_pill(painter, pill, text, tint)
                return
        mark = self._mark(column, row)
        if mark is not None:
            two = column.detail is not None and bool(column.detail(row))
            top = rect.y() + (rect.height() - 16) // 2 - (8 if two else 0)
            paint_icon(painter, room.x(), top, mark[0], mark[1], 16)
            room.setLeft(room.x() + 24)
        self._lines(painter, room, index, row, text)

    def _mark(self, column: Column[Any], row: Any) -> tuple[str, str] | None:
        found: str | Status | None = None
        if column.kind == "status" and column.status is not None:
            found = column.status(row)
        elif column.icon is not None:
            found = column.icon(row)
        if isinstance(found, Status):
            return found.icon, found.token
        return (found, "iconSecondary") if found else None

    def _lines(self, painter: QPainter, room: QRect, index: _AnyIndex, row: Any, text: str) -> None:
        column: Column[Any] = self._model.columns[index.column()]
        link, second = column.is_link(row), _second_leads(column, row)
        alarm = column.alarm(row) if column.alarm is not None else 0
        token = self._tone(column, index.column(), row, text)
        if alarm == 1:
            token = self._alarm_token(index.row())
        elif link and not second and column.kind == "link":
            token = self._link_token(index.row())
        face, small = font(column.style), font("label01")
        if link and self.over_link and self.hovered == (index.row(), index.column()):
            (small if second else face).setUnderline(True)
        detail = column.detail(row) if column.detail is not None else ""
        first = QRect(room.x(), room.y(), room.width(), room.height() - 1)
        if detail:
            first = QRect(room.x(), room.center().y() - 18, room.width(), 20)
            below = QRect(room.x(), room.center().y(), room.width(), 18)
            below_token = self._alarm_token(index.row()) if alarm == 2 else "textSecondary"
            below_token = self._link_token(index.row()) if link and second else below_token
            _draw(painter, below, detail, small, below_token, False, column.whole)
        _draw(painter, first, text or EN_DASH, face, token, column.align_right, column.whole or column.kind == "mono")

    def _is_marked(self, row: int) -> bool:
        return row == self.hovered[0] or (self.checkable and self._model.is_ticked(row))

    def _link_token(self, row: int) -> str:
        """Links are darker on the ground of a marked row: there the usual colour could not be read (WCAG 1.4.3)."""
        return "linkPrimaryHover" if self._is_marked(row) else "linkPrimary"

    def _alarm_token(self, row: int) -> str:
        """Red cannot be read on the ground of a marked row; the words say it there as well."""
        return "textPrimary" if self._is_marked(row) else "textError"

    def _tone(self, column: Column[Any], place: int, row: Any, text: str) -> str:
        if column.tone:
            return {"primary": "textPrimary", "secondary": "textSecondary", "helper": "textHelper"}[column.tone]
        marked = column.kind == "status" and text and column.status is not None and column.status(row) is not None
        return "textPrimary" if place == 0 or marked else "textSecondary"


def _second_leads(column: Column[Any], row: Any) -> bool:
    return column.second_leads is not None and column.second_leads(row)


def _draw(painter: QPainter, rect: QRect, text: str, face: Any, token: str, right: bool, middle: bool) -> None:
    painter.setFont(face)
    painter.setPen(colour(token))
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    words = painter.fontMetrics().elidedText(text, mode, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, words)

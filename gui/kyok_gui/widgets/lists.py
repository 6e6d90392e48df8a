"""Lists that open below a field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from kyok_gui.theme import colour
from kyok_gui.widgets.frames import ThinScrollBar, paint_box


class _ListBar(ThinScrollBar):
    """A scroll bar within the line around the list."""

    def __init__(self, header: bool) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._header = header

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the list's ground and line below the handle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("layer01", self._header))
        paint_box(painter, self.rect().adjusted(-1, 0, 0, 0), "borderTile01", 1, self._header)
        painter.end()
        super().paintEvent(event)


class OpenList(QListView):
    """A box of choices; a delegate paints them."""

    def __init__(self, parent: QWidget, *, header: bool = False) -> None:
        super().__init__(parent)
        self._header = header
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(_ListBar(header))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, choices and the line around them."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("layer01", self._header))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        behind_bar = 1 if self.verticalScrollBar().isVisible() else 0
        paint_box(painter, self.viewport().rect().adjusted(0, 0, behind_bar, 0), "borderTile01", 1, self._header)
        painter.end()

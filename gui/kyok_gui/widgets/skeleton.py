"""Grey bars in place of rows that are on their way."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour

_BARS = ((0.03, 0.15), (0.27, 0.18), (0.52, 0.12), (0.70, 0.10), (0.86, 0.09))
"""Left end and length of the bars, as parts of the width."""


class Skeleton(QWidget):
    """Rows without words. It does not move, so that nothing flickers and pictures repeat."""

    def __init__(self, rows: int = 5, *, row_height: int = 40, head_height: int = 0) -> None:
        super().__init__()
        self._rows = rows
        self._row_height = row_height
        self._head = head_height
        self.setAccessibleName(tr("Loading"))
        self.setFixedHeight(head_height + rows * row_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_heights(self, row_height: int, head_height: int) -> None:
        """Other heights of rows and head."""
        self._row_height, self._head = row_height, head_height
        self.setFixedHeight(head_height + self._rows * row_height)

    def sizeHint(self) -> QSize:
        """Any width, the height of the rows."""
        return QSize(320, self._head + self._rows * self._row_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bars."""
        painter = QPainter(self)
        width = self.width()
        painter.fillRect(self.rect(), colour("layer01"))
        if self._head:
            painter.fillRect(0, 0, width, self._head, colour("layerAccent01"))
        for row in range(self._rows):
            top = self._head + row * self._row_height
            for left, length in _BARS:
                painter.fillRect(
                    round(left * width),
                    top + (self._row_height - 12) // 2,
                    round(length * width),
                    12,
                    colour("skeletonElement"),
                )
            painter.fillRect(0, top + self._row_height - 1, width, 1, colour("borderSubtle00"))
        painter.end()

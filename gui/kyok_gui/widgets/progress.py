"""A bar that shows how far something is."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour


class ProgressBar(QWidget):
    """A bar that fills from the left."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._percent = 0
        self.set_percent(0)

    @property
    def percent(self) -> int:
        """How far, from 0 to 100."""
        return self._percent

    def set_percent(self, percent: int) -> None:
        """Shows how far it is."""
        self._percent = max(0, min(100, percent))
        self.setAccessibleName(tr("{percent} percent done", percent=self._percent))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("borderSubtle01"))
        painter.fillRect(0, 0, self.width() * self._percent // 100, self.height(), colour("borderInteractive"))
        painter.end()

"""Buttons of the header. They have the colours of the dark theme in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import paint_ground

HEIGHT = 48


class HeaderButton(QPushButton):
    """Words in the header, with an icon before or after them."""

    def __init__(
        self,
        text: str,
        *,
        name: str,
        accessible: str = "",
        lead: str = "",
        trail: str = "",
        tone: str = "textSecondary",
    ) -> None:
        super().__init__(text)
        named(self, name, accessible or text)
        self._lead = lead
        self._trail = trail
        self._trailing = True
        self._tone = tone
        self.setProperty("kind", "header")
        self.setFont(font("bodyCompact01"))
        self.setFixedHeight(HEIGHT - 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        """Changes the words."""
        if text != self.text():
            super().setText(text)
            self.updateGeometry()

    def show_trail(self, shown: bool) -> None:
        """Shows the icon after the words, or leaves it out."""
        if shown != self._trailing:
            self._trailing = shown
            self.updateGeometry()
            self.update()

    def width_with(self, text: str, *, trail: bool = True) -> int:
        """How wide it would be with these words."""
        icons = (24 if self._lead else 0) + (24 if self._trail and trail else 0)
        return 32 + QFontMetrics(self.font()).horizontalAdvance(text) + icons

    def sizeHint(self) -> QSize:
        """Room for words and icons, 16 at each side."""
        return QSize(self.width_with(self.text(), trail=self._trailing), HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, icons, words and focus mark."""
        painter = _ground(self)
        left, middle = 16, (self.height() - 16) // 2
        tone = "textPrimary" if self.underMouse() else self._tone
        if self._lead:
            paint_icon(painter, left, middle, self._lead, "iconSecondary", 16, True)
            left += 24
        painter.setPen(colour(tone, True))
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._trail and self._trailing:
            paint_icon(painter, self.width() - 32, middle, self._trail, "iconSecondary", 16, True)
        _focus(self, painter)
        painter.end()


class BrandButton(QPushButton):
    """The product's name; leads home."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "header.home", tr("KYOK Console, resource list"))
        self.setProperty("kind", "header")
        self.setFixedSize(self._width() + 8, HEIGHT - 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _width(self) -> int:
        first = QFontMetrics(font("bodyCompact01")).horizontalAdvance("KYOK")
        return 8 + first + 5 + QFontMetrics(font("heading01")).horizontalAdvance(tr("Console"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the name."""
        painter = _ground(self)
        painter.setPen(colour("textPrimary", True))
        painter.setFont(font("bodyCompact01"))
        first = painter.fontMetrics().horizontalAdvance("KYOK")
        room = self.rect().adjusted(8, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "KYOK")
        painter.setFont(font("heading01"))
        painter.drawText(room.adjusted(first + 5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr("Console"))
        _focus(self, painter)
        painter.end()


class ModePill(QPushButton):
    """Which cloud this is. The real one has another colour, an edge and a mark: nobody shall take one for the other."""

    def __init__(self) -> None:
        super().__init__(tr("Emulated cloud"))
        named(self, "header.mode", tr("Emulated cloud: settings"))
        self.setFont(font("label01"))
        self.setFixedHeight(22)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint = "Cyan"
        self._real = False
        self._room = 0

    def set_kind(self, kind: str, words: str) -> None:
        """Shows which kind of cloud it is."""
        self._tint = {"emulated": "Cyan", "url": "Purple"}.get(kind, "Magenta")
        self._real = kind == "ibm-cloud"
        self.setFont(font("heading01" if self._real else "label01"))
        self.setText(words)
        self.setAccessibleName(tr("{words}: settings", words=words))
        self.set_room(0)
        self.updateGeometry()

    def set_room(self, room: int) -> None:
        """Shortens the words to a width; 0: they stand whole. The tooltip says what is cut off."""
        if room != self._room:
            self._room = room
            self.setToolTip(self.text() if room else "")
            self.updateGeometry()
            self.update()

    @property
    def whole(self) -> int:
        """The width of the whole words."""
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) + self._beside

    @property
    def _beside(self) -> int:
        return 52 if self._real else 28

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(self._room or self.whole, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"tagBackground{self._tint}", True))
        painter.drawRoundedRect(self.rect(), 11, 11)
        painter.setPen(colour(f"tagColor{self._tint}", True))
        if self._real:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
            paint_icon(painter, 12, 3, "warning--filled", f"tagColor{self._tint}", 16, True)
        words = self.text()
        if self._room:
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._room - self._beside + 8)
        painter.drawText(self.rect().adjusted(24 if self._real else 0, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus", True), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
        painter.end()


def _ground(button: QPushButton) -> QPainter:
    painter = QPainter(button)
    paint_ground(painter, button, "header", True)
    painter.setFont(button.font())
    return painter


def _focus(button: QPushButton, painter: QPainter) -> None:
    if button.hasFocus():
        pen = QPen(QColor(colour("focus", True)), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(button.rect().adjusted(1, 1, -1, -1))

"""Pills: for what is not normal, for counts that run down, and for filters in force."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import paint_focus

_TOKENS = {
    "gray": "Gray",
    "red": "Red",
    "green": "Green",
    "blue": "Blue",
    "magenta": "Magenta",
    "purple": "Purple",
    "teal": "Teal",
    "cyan": "Cyan",
    "warm-gray": "WarmGray",
    "cool-gray": "CoolGray",
}


def paint_pill(painter: QPainter, rect: QRect, text: str, tint: str) -> None:
    """Draws a pill of a tint with its words."""
    token = _TOKENS[tint]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"tagBackground{token}"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(font("label01"))
    painter.setPen(colour(f"tagColor{token}"))
    painter.drawText(rect.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def pill_width(text: str) -> int:
    """The width a pill needs for its words."""
    return QFontMetrics(font("label01")).horizontalAdvance(text) + 17


class Tag(QWidget):
    """A pill with words."""

    def __init__(self, text: str = "", tint: str = "gray", *, name: str = "") -> None:
        super().__init__()
        self._text = text
        self._tint = tint
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, name, text)

    def set_tag(self, text: str, tint: str) -> None:
        """Shows other words or another colour."""
        self._text = text
        self._tint = tint
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(pill_width(self._text), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pill."""
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._text, self._tint)
        painter.end()


class FilterChip(QPushButton):
    """A filter in force; pressing it takes the filter away."""

    removed = Signal()

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__(text)
        named(self, name, tr("Remove filter {filter}", filter=text))
        self.setProperty("kind", "chip")
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.removed)

    def set_words(self, text: str) -> None:
        """Names another filter."""
        self.setText(text)
        self.setAccessibleName(tr("Remove filter {filter}", filter=text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the words and the cross."""
        return QSize(QFontMetrics(font("label01")).horizontalAdvance(self.text()) + 44, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pill with its cross."""
        painter = QPainter(self)
        paint_pill(painter, self.rect().adjusted(0, 0, 0, 0), "", "gray")
        painter.setFont(font("label01"))
        painter.setPen(colour("tagColorGray"))
        painter.drawText(self.rect().adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        paint_icon(painter, self.width() - 24, 4, "close", "tagColorGray", 16)
        if self.hasFocus():
            paint_focus(painter, self.rect(), False)
        painter.end()

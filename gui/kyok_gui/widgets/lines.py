"""Lines and areas to type in, painted from tokens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from kyok_gui.theme import colour
from kyok_gui.widgets.frames import ThinScrollBar, paint_box

PADDING = 14
"""Left and right of the words; Qt itself adds two pixels."""

_FAINT = 128
_HEADER_ROLES = {
    QPalette.ColorRole.Text: "textPrimary",
    QPalette.ColorRole.Highlight: "highlight",
    QPalette.ColorRole.HighlightedText: "textPrimary",
}


def _ground(widget: QWidget) -> str:
    kind = widget.property("kind")
    if kind == "search":
        return "layerHover01" if widget.underMouse() else "layer01"
    return "field02" if widget.property("on") == "tile" else "field01"


def _paint_edges(widget: QWidget, painter: QPainter, header: bool = False) -> None:
    rect = widget.rect()
    if widget.property("invalid") == "true":
        paint_box(painter, rect, "supportError", 2)
    elif widget.hasFocus():
        paint_box(painter, rect, "focus", 2, header)
    elif widget.property("kind") != "search":
        token = "borderStrong01" if widget.isEnabled() else "borderSubtle01"
        painter.fillRect(0, rect.height() - 1, rect.width(), 1, colour(token, header))


def _see_through(widget: QWidget) -> None:
    """Qt fills the ground with the palette's base colour; here it is painted before."""
    own = QPalette()
    own.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    widget.setPalette(own)


class Line(QLineEdit):
    """One line of text. The properties `on`, `kind` and `invalid` choose its look."""

    def __init__(self, text: str = "", *, header: bool = False) -> None:
        super().__init__(text)
        self._in_header = header
        self.setFrame(False)
        self.setTextMargins(PADDING, 0, PADDING, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        _see_through(self)
        if header:
            own = self.palette()
            for role, token in _HEADER_ROLES.items():
                own.setColor(role, colour(token, True))
            faint = colour("textPrimary", True)
            faint.setAlpha(_FAINT)
            own.setColor(QPalette.ColorRole.PlaceholderText, faint)
            self.setPalette(own)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, words and edges."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(_ground(self), self._in_header))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self)
        _paint_edges(self, painter, self._in_header)
        painter.end()


class Area(QPlainTextEdit):
    """Several lines of text."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical))
        self.document().setDocumentMargin(10)
        self.viewport().setAutoFillBackground(False)
        _see_through(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, words and edges."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour(_ground(self)))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        _paint_edges(self, painter)
        painter.end()

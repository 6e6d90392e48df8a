"""Boxes, lines and scrolled parts, painted from tokens."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from kyok_gui.theme import colour
from kyok_gui.widgets.signals import drop_unused_signals


class _Look(NamedTuple):
    """Ground of a zone, and the edges that have a line (l, t, r, b) with its token and width."""

    ground: str = ""
    edges: str = ""
    line: str = ""
    width: int = 1
    header: bool = False


_LOOKS = {
    "plain": _Look(),
    "card": _Look("background"),
    "toolbar": _Look("layer01"),
    "footer": _Look("layer01"),
    "nothing": _Look("layer01"),
    "batch": _Look("buttonPrimary"),
    "batch-reason": _Look("notificationBackgroundInfo"),
    "table-cap": _Look("layerAccent01"),
    "header": _Look("background", "b", "borderSubtle00", header=True),
    "sidenav": _Look("background", "r", "borderSubtle00"),
    "panel": _Look("layer01", "l", "borderSubtle01"),
    "popover": _Look("layer01", "ltrb", "borderTile01"),
    "demo-banner": _Look("buttonDangerPrimary"),
    "acting-bar": _Look("tagBackgroundPurple"),
    "lost-bar": _Look("notificationBackgroundWarning"),
    "lost-bar back": _Look("notificationBackgroundSuccess"),
    "rule": _Look("borderSubtle01"),
    "rule page": _Look("borderSubtle00"),
    "tile": _Look("layer01"),
    "tile focus": _Look("", "ltrb", "borderInteractive"),
    "tile error": _Look("notificationBackgroundError", "ltrb", "supportError", 2),
    "tile warning": _Look("notificationBackgroundWarning", "ltrb", "supportWarning", 2),
}


class Frame(QFrame):
    """A box whose look follows from its zone and from the properties `on`, `accent`, `state` and `strength`."""

    def __init__(self, zone: str, *, name: str = "") -> None:
        super().__init__()
        drop_unused_signals(self)
        self.setProperty("zone", zone)
        if name:
            self.setObjectName(name)

    def _look(self) -> _Look:
        zone = str(self.property("zone"))
        variant = self.property("accent") or self.property("state") or self.property("strength")
        look = _LOOKS.get(f"{zone} {variant}") or _LOOKS[zone]
        on = self.property("on")
        if zone == "tile" and on and look.ground in ("", "layer01"):
            look = look._replace(ground=str(on))
        return look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground and lines."""
        look = self._look()
        painter = QPainter(self)
        if look.ground:
            painter.fillRect(self.rect(), colour(look.ground, look.header))
        for edge in look.edges:
            painter.fillRect(_edge(self.rect(), edge, look.width), colour(look.line, look.header))
        painter.end()


def _edge(rect: QRect, edge: str, width: int) -> QRect:
    """The strip along one edge of a rectangle."""
    if edge in "lr":
        left = rect.x() if edge == "l" else rect.right() - width + 1
        return QRect(left, rect.y(), width, rect.height())
    top = rect.y() if edge == "t" else rect.bottom() - width + 1
    return QRect(rect.x(), top, rect.width(), width)


def paint_box(painter: QPainter, rect: QRect, token: str, width: int, header: bool = False) -> None:
    """Draws a line of some pixels along all four edges."""
    for edge in "ltrb":
        painter.fillRect(_edge(rect, edge, width), colour(token, header))


class Rule(Frame):
    """A line of one pixel."""

    def __init__(self, *, strength: str = "tile", vertical: bool = False) -> None:
        super().__init__("rule")
        self.setProperty("strength", strength)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class ThinScrollBar(QScrollBar):
    """A bar of eight pixels without arrows."""

    def sizeHint(self) -> QSize:
        """Eight pixels across."""
        return QSize(8, 48) if self.orientation() == Qt.Orientation.Vertical else QSize(48, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the handle."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        rect = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        active = self.isSliderDown() or self.underMouse()
        painter.setBrush(colour("textSecondary" if active else "borderStrong01"))
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 2, 2)
        painter.end()


def scrolled(inside: QWidget) -> QScrollArea:
    """A part that scrolls when there is too little room; it has no ground of its own."""
    area = QScrollArea()
    ground = QWidget()  # asked for its own one, PySide6 first makes every class that it might be: 10 ms of the start
    ground.setAutoFillBackground(False)
    area.setViewport(ground)
    area.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal))
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    return area

"""The chain from HSM to nodes: boxes, arrows between them, and the broken link in its colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygon, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain.chain import Link
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.translation import tr
from kyok.domain.verdict import Level
from kyok_gui.pages.database.chain_box import BOX_HEIGHT, ChainBox
from kyok_gui.theme import colour, paint_icon
from kyok_gui.widgets.basics import named

LINKS = ("hsm", "key", "authorization", "data-key", "nodes")
"""Every box there may be, from left to right; made once, so that Tab goes through them in this order."""
_WIDE = 1000
_ARROW_Y = 52
_BADGE = 12
_INKS = {"broken": "supportError", "strained": "supportWarning", "pale": "borderSubtle01"}


def arrow_kind(left: Link, right: Link) -> str:
    """How the arrow between two boxes is drawn: "whole", "broken", "strained" or "pale"."""
    for link in (left, right):
        if link.broken and link.level is Level.ERROR:
            return "broken"
    for link in (left, right):
        if link.broken:
            return "strained"
    return "pale" if left.cut_off else "whole"


class ChainView(QWidget):
    """Boxes in a row, equally wide, with arrows between them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "nodes.chain", tr("From the HSM to the nodes"))
        self.setFixedHeight(BOX_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._links: tuple[Link, ...] = ()
        self._boxes: list[ChainBox] = []
        self._known: dict[str, ChainBox] = {}
        for link_id in LINKS:
            box = ChainBox(link_id)
            box.setParent(self)
            box.clicked.connect(lambda _=False, wanted=link_id: self.chosen.emit(wanted))
            self._known[link_id] = box

    def show_chain(self, links: Sequence[Link], worst: NodeKeyStatus) -> None:
        """Shows the links; boxes of other instances' links are hidden."""
        self._links = tuple(links)
        self._boxes = [self._known[link.id] for link in links]
        for box in self._known.values():
            box.setVisible(box in self._boxes)
        self._place()
        for box, link in zip(self._boxes, links, strict=True):
            box.show_link(link, worst)
        self.setAccessibleDescription(" → ".join(f"{link.title}: {link.word}" for link in links))
        self.update()

    def boxes(self) -> list[ChainBox]:
        """The boxes from left to right."""
        return list(self._boxes)

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(928, BOX_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shares the width between the boxes."""
        super().resizeEvent(event)
        self._place()

    def _gap(self) -> int:
        return 40 if self.width() >= _WIDE else 32

    def _place(self) -> None:
        count = len(self._boxes)
        if not count:
            return
        room = self.width() - (count - 1) * self._gap()
        edges = [round(place * room / count) for place in range(count + 1)]
        for place, box in enumerate(self._boxes):
            left = edges[place] + place * self._gap()
            box.setGeometry(left, 0, edges[place + 1] - edges[place], BOX_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the arrows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._boxes) - 1):
            start = self._boxes[place].geometry().right() + 1
            end = self._boxes[place + 1].geometry().left()
            paint_arrow(painter, start, end, arrow_kind(self._links[place], self._links[place + 1]))
        painter.end()


def paint_arrow(painter: QPainter, start: int, end: int, kind: str) -> None:
    """Draws one arrow: a broken one wears a badge with a torn link, a strained one is dashed."""
    ink = colour(_INKS.get(kind, "borderStrong01"))
    middle = (start + end - 8) // 2 + (2 if kind == "broken" else 0)
    pen = QPen(ink, 2 if kind in ("broken", "strained") else 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if kind in ("broken", "strained"):
        pen.setDashPattern([2.0, 1.0])
    painter.setPen(pen)
    if kind == "broken":
        painter.drawLine(start, _ARROW_Y, middle - _BADGE, _ARROW_Y)
        painter.drawLine(middle + _BADGE, _ARROW_Y, end - 8, _ARROW_Y)
    else:
        painter.drawLine(start, _ARROW_Y, end - 8, _ARROW_Y)
    _paint_head(painter, end, ink)
    if kind == "broken":
        _paint_badge(painter, middle, ink)


def _paint_head(painter: QPainter, tip: int, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygon([QPoint(tip, _ARROW_Y), QPoint(tip - 8, _ARROW_Y - 5), QPoint(tip - 8, _ARROW_Y + 5)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_badge(painter: QPainter, middle: int, ink: QColor) -> None:
    painter.setPen(QPen(ink, 2))
    painter.setBrush(colour("background"))
    painter.drawEllipse(QRect(middle - _BADGE + 1, _ARROW_Y - _BADGE + 1, 2 * _BADGE - 2, 2 * _BADGE - 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    paint_icon(painter, middle - 8, _ARROW_Y - 8, "unlink", "supportError", 16)

"""Photographs the window and compares pictures.

Pictures are lossless WebP. Two are the same when hardly any pixel differs by more than a shade: other releases of Qt
draw the edges of letters a little differently, and nobody sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter, QRegion
from PySide6.QtWidgets import QWidget

PICTURES = Path(__file__).parent / "pictures"
WIDE, NARROW = QSize(1440, 900), QSize(1024, 768)
SHADE = 24
"""By how much a channel (0 to 255) may differ before a pixel counts."""
SHARE = 0.0005
"""The share of pixels that may count."""


@dataclass(frozen=True)
class View:
    """How a scene is seen."""

    theme: str
    size: QSize
    scale: int

    def file(self, scene: str) -> Path:
        """Where the picture of a scene lies."""
        return PICTURES / f"{scene}-{self.theme}-{self.size.width()}{'@2' if self.scale == 2 else ''}.webp"


ALL_VIEWS = tuple(
    View(theme, size, scale) for size in (WIDE, NARROW) for theme in ("white", "g100") for scale in (1, 2)
)
TWO_VIEWS = (View("white", WIDE, 1), View("g100", NARROW, 1))


def photograph(window: QWidget, scale: int) -> QImage:
    """The window as a screen of that scale shows it."""
    picture = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(0)
    painter = QPainter(picture)
    window.render(painter, QPoint(), QRegion(QRect(QPoint(), window.size())))
    painter.end()
    return picture


def save(picture: QImage, file: Path) -> None:
    """Writes a picture without loss."""
    file.parent.mkdir(exist_ok=True)
    writer = QImageWriter(str(file), b"webp")
    writer.setQuality(100)
    assert writer.write(picture), writer.errorString()


def load(file: Path) -> QImage:
    """A picture that was kept; an empty one when there is none."""
    return QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> str:
    """What tells two pictures apart; nothing when they are the same to the eye."""
    if one.size() != other.size():
        return f"{one.width()} x {one.height()} instead of {other.width()} x {other.height()}"
    first, second = bytes(one.constBits()), bytes(other.constBits())
    if first == second:
        return ""
    width = one.width()
    counted = [
        place // 4
        for row in range(one.height())
        if first[row * width * 4 : (row + 1) * width * 4] != second[row * width * 4 : (row + 1) * width * 4]
        for place in range(row * width * 4, (row + 1) * width * 4, 4)
        if any(abs(first[place + part] - second[place + part]) > SHADE for part in range(3))
    ]
    if len(counted) <= SHARE * width * one.height():
        return ""
    columns = [place % width for place in counted]
    box = f"{min(columns)},{counted[0] // width} to {max(columns)},{counted[-1] // width}"
    return f"{len(counted)} pixels differ, within {box}"

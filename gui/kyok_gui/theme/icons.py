"""Carbon icons, tinted by token when they are painted."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kyok.paths import resources
from kyok_gui.theme.current import colour

_INNER = re.compile(r'<path fill="none"([^>]*data-icon-path="inner-path")')

# Marks that need a colour of their own: the triangle is yellow in every theme, so its mark is dark in every theme.
_INNER_COLOURS = {"warning--alt--filled": "#161616"}

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_PIXMAPS_KEPT = 512


@cache
def _source(name: str) -> str:
    """The SVG text of an icon or pictogram."""
    for folder in ("icons", "pictograms"):
        file = resources() / folder / f"{name}.svg"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise LookupError(f"There is no icon named {name}.")


def known(name: str) -> bool:
    """Whether an icon of this name is shipped."""
    try:
        _source(name)
    except LookupError:
        return False
    return True


def tinted(name: str, tint: QColor) -> bytes:
    """The SVG of an icon with its colour written in."""
    text = _source(name).replace("<svg ", f'<svg fill="{tint.name()}" ', 1)
    inner = _INNER_COLOURS.get(name)
    if inner is not None:
        text = _INNER.sub(rf'<path fill="{inner}"\1', text)
    return text.encode()


def _rendered(name: str, tint: QColor, size: int, ratio: float) -> QPixmap:
    key = (name, tint.name(), size, ratio)
    kept = _pixmaps.get(key)
    if kept is not None:
        return kept
    side = max(1, round(size * ratio))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(tinted(name, tint))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap = pixmap.copy()  # without the engine that painted it, which is larger
    pixmap.setDevicePixelRatio(ratio)
    if len(_pixmaps) >= _PIXMAPS_KEPT:
        _pixmaps.clear()
    _pixmaps[key] = pixmap
    return pixmap


def pixmap(name: str, token: str = "iconPrimary", size: int = 16, ratio: float = 1.0, header: bool = False) -> QPixmap:
    """An icon in the present colour of a token; `size` in logical pixels."""
    return _rendered(name, colour(token, header), size, ratio)


def paint_icon(
    painter: QPainter, x: int, y: int, name: str, token: str = "iconPrimary", size: int = 16, header: bool = False
) -> None:
    """Paints an icon with its upper left corner at a point."""
    painter.drawPixmap(x, y, pixmap(name, token, size, painter.device().devicePixelRatioF(), header))


class TokenIconEngine(QIconEngine):
    """Draws an icon in the colour that its token has at that moment, so a change of theme needs no new icons."""

    def __init__(self, name: str, token: str, header: bool = False) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._header = header

    def _tint(self, mode: QIcon.Mode) -> QColor:
        return colour("iconDisabled" if mode == QIcon.Mode.Disabled else self._token, self._header)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws the icon in the middle of a rectangle."""
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        picture = _rendered(self._name, self._tint(mode), side, ratio)
        painter.drawPixmap(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a picture of at most this size in device pixels."""
        return _rendered(self._name, self._tint(mode), min(size.width(), size.height()), 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """The icon as a picture for a screen of this scale; `size` is in device pixels."""
        return _rendered(self._name, self._tint(mode), round(min(size.width(), size.height()) / scale), scale)

    def clone(self) -> QIconEngine:
        """Another engine for the same icon."""
        return TokenIconEngine(self._name, self._token, self._header)


def icon(name: str, token: str = "iconPrimary", header: bool = False) -> QIcon:
    """A QIcon for menus and actions; its colour follows the theme."""
    _source(name)
    return QIcon(TokenIconEngine(name, token, header))


__all__ = ["TokenIconEngine", "icon", "known", "paint_icon", "pixmap", "tinted"]

"""IBM Plex from the shipped files, and the type styles of Carbon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

SANS = "IBM Plex Sans"
MONO = "IBM Plex Mono"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One style of text: size and line height in pixels, letter spacing in pixels."""

    size: int
    line: int
    weight: QFont.Weight = QFont.Weight.Normal
    spacing: float = 0.0
    family: str = SANS


_SEMI = QFont.Weight.DemiBold

TYPE_STYLES: dict[str, TypeStyle] = {
    "heading01": TypeStyle(14, 18, _SEMI, 0.16),
    "heading02": TypeStyle(16, 22, _SEMI),
    "heading03": TypeStyle(20, 28),
    "heading04": TypeStyle(28, 36),
    "heading05": TypeStyle(32, 40),
    "status": TypeStyle(20, 28, _SEMI),
    "name": TypeStyle(16, 22, _SEMI),
    "body01": TypeStyle(14, 20, spacing=0.16),
    "bodyCompact01": TypeStyle(14, 18, spacing=0.16),
    "strong": TypeStyle(14, 20, _SEMI, 0.16),
    "label01": TypeStyle(12, 16, spacing=0.32),
    "helperText01": TypeStyle(12, 16, spacing=0.32),
    "labelStrong": TypeStyle(12, 16, _SEMI, 0.32),
    "code01": TypeStyle(12, 16, spacing=0.32, family=MONO),
    "code02": TypeStyle(14, 20, spacing=0.32, family=MONO),
}
"""Every style of text in the window, by Carbon's names where Carbon has one."""


def load_fonts(folder: Path) -> int:
    """Registers the shipped fonts; answers how many files were taken."""
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in sorted(folder.glob("*.ttf")))


@cache
def _font(style: str) -> QFont:
    wanted = TYPE_STYLES[style]
    font = QFont(wanted.family)
    font.setPixelSize(wanted.size)
    font.setWeight(wanted.weight)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, wanted.spacing)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if wanted.family == MONO:
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def font(style: str) -> QFont:
    """A font of a type style; the caller may change its copy."""
    return QFont(_font(style))


def line_height(style: str) -> int:
    """The line height of a style in pixels."""
    return TYPE_STYLES[style].line

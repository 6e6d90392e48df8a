"""The theme in force.

Qt keeps palette, style sheet and fonts for the whole process, so the theme is kept the same way: painting code reads it
at paint time, and a change of theme is a repaint, never a rebuild of a page.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor

from kyok.paths import resources
from kyok_gui.theme.tokens import HEADER_THEME, Theme, load_themes


@cache
def themes() -> dict[str, Theme]:
    """All themes, read once."""
    return load_themes(resources() / "theme" / "tokens.json")


class _InForce:
    """Holds the one theme of this process."""

    theme: Theme | None = None


def theme() -> Theme:
    """The theme in force; white before one was chosen."""
    if _InForce.theme is None:
        _InForce.theme = themes()["white"]
    return _InForce.theme


def put_in_force(name: str) -> Theme:
    """Makes a theme the one in force. Only `ThemeManager` calls this."""
    _InForce.theme = themes()[name]
    return _InForce.theme


def colour(token: str, header: bool = False) -> QColor:
    """The colour of a token in the theme in force, or in the header's theme."""
    return (themes()[HEADER_THEME] if header else theme()).colour(token)

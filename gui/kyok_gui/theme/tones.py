"""Tones of words, and the palette role that carries each.

Words take their colour from a role of the application's palette when they are painted. So a change of theme is one new
palette and a repaint. (A style sheet has to be polished into every widget again: 250 ms for 600 widgets, measured, and
10 ms at the first visit of each page.)
"""

from __future__ import annotations

from PySide6.QtGui import QPalette

_Role = QPalette.ColorRole

TONES: dict[str, tuple[QPalette.ColorRole, str]] = {
    "primary": (_Role.WindowText, "textPrimary"),
    "secondary": (_Role.Dark, "textSecondary"),
    "helper": (_Role.Mid, "textHelper"),
    "error": (_Role.Midlight, "textError"),
    "success": (_Role.Light, "supportSuccess"),
    "link": (_Role.Link, "linkPrimary"),
    "disabled": (_Role.Shadow, "textDisabled"),
    "placeholder": (_Role.PlaceholderText, "textHelper"),
    "inverse": (_Role.ToolTipText, "textInverse"),
    "onColor": (_Role.BrightText, "textOnColor"),
}
"""Role and token of every tone."""

OTHER_ROLES: dict[QPalette.ColorRole, str] = {
    _Role.Window: "background",
    _Role.Base: "background",
    _Role.AlternateBase: "layer01",
    _Role.Button: "layer01",
    _Role.Text: "textPrimary",
    _Role.ButtonText: "textPrimary",
    _Role.Highlight: "highlight",
    _Role.HighlightedText: "textPrimary",
    _Role.LinkVisited: "linkPrimary",
    _Role.ToolTipBase: "backgroundInverse",
}
"""What Qt itself draws with."""


def role_of(tone: str) -> QPalette.ColorRole:
    """The palette role of a tone; an unknown tone is a fault of the program."""
    return TONES[tone][0]

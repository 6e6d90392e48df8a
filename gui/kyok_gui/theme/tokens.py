"""The colour tokens of the Carbon design system, one table for each theme."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor

THEMES = ("white", "g10", "g90", "g100")
"""Names of the themes, light to dark."""

HEADER_THEME = "g100"
"""The window's header has these colours in every theme."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: every token with its colour as `#rrggbb`."""

    name: str
    values: Mapping[str, str]

    @property
    def dark(self) -> bool:
        """Whether words are light on a dark ground."""
        return self.name in ("g90", "g100")

    def value(self, token: str) -> str:
        """The colour of a token as text; an unknown token is a fault of the program."""
        return self.values[token]

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.values[token])


def load_themes(path: Path) -> dict[str, Theme]:
    """All themes of a token file."""
    tables = json.loads(path.read_text(encoding="utf-8"))
    return {name: Theme(name, tables[name]) for name in THEMES}

"""The one way in which words that people read can be translated; it knows no Qt.

`tr("Some words")` looks the words up in what the window has installed; without that they are shown as they stand, in
English, the only language that ships. What varies is given by name: `tr("{count} keys", count=3)`, so that a translator
sees whole sentences. `packaging/translation/extract.py` writes every such text into `resources/translations/kyok.ts`,
the file that Qt Linguist opens.
"""

from __future__ import annotations

from collections.abc import Callable

_installed: list[Callable[[str], str]] = []


def look_up_with(lookup: Callable[[str], str] | None) -> None:
    """Has every later `tr` ask this: a function from the English text to the one of the window's language."""
    _installed[:] = [lookup] if lookup is not None else []


def tr(text: str, /, **values: object) -> str:
    """The text in the language of the window, with the values put in."""
    said = _installed[0](text) if _installed and text else text
    return said.format(**values) if values else said


def noted(text: str) -> str:
    """The text as it stands, noted for translators: for tables of words that are shown through `tr` later."""
    return text

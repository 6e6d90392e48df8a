"""One effect as a dialog shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyok_gui.widgets import Dialog


@dataclass(frozen=True, slots=True)
class Effect:
    """Icon and colour, what happens, and a sentence that explains it."""

    icon: str
    token: str
    title: str
    text: str = ""


def add_effects(dialog: Dialog, effects: Iterable[Effect]) -> None:
    """Puts effects into a dialog."""
    for effect in effects:
        dialog.add_effect(effect.icon, effect.token, effect.title, effect.text)

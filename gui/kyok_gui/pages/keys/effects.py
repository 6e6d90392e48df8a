"""One effect as a dialog shows it, and the words with which one says that one knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.texts import listed, plural
from kyok.domain.translation import tr

if TYPE_CHECKING:
    from kyok_gui.widgets import Dialog

_SHORT = 40
"""Up to this many characters of names stand beside a tick, which keeps to one line."""


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


def understood(names: Sequence[str]) -> str:
    """Beside a tick: that one knows which instances stop, or how many where their names are long."""
    shown = listed(names)
    if len(shown) > _SHORT:
        shown = plural(len(names), "instance")
    return (
        tr("I understand that {names} stops within a minute", names=shown)
        if len(names) == 1
        else tr("I understand that {names} stop within a minute", names=shown)
    )

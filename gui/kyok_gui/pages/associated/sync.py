"""Synchronize: the services that use keys are told of their state once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.widgets import Dialog

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.domain.crn import Crn

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """How many keys were synchronized, and of the others why not, by their names."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, KyokError], ...]


def synchronize(api: CloudApi, instance: Crn, keys: Mapping[str, str]) -> SyncOutcome:
    """Synchronizes one key after the other, by id and name; a refusal of one does not keep the others."""
    done, refused = [], []
    for key_id, name in keys.items():
        try:
            api.keys.sync(instance, key_id)
        except KyokError as error:
            refused.append((name, error))
        else:
            done.append(name)
    return SyncOutcome(tuple(done), tuple(refused))


def outcome_dialog(outcome: SyncOutcome) -> Dialog:
    """Names each key that was refused and why."""
    total = len(outcome.done) + len(outcome.refused)
    title = tr("{count} of {keys} not synchronized", count=len(outcome.refused), keys=plural(total, "key"))
    dialog = Dialog(tr("Synchronize"), title, name="associated.result", width=720)
    dialog.cancel.setText(tr("Close"))
    dialog.accept_button.hide()
    for name, error in outcome.refused[:_SHOWN]:
        dialog.add_effect("error--filled", "supportError", name, f"{error.summary} {error.remedy}".strip())
    if len(outcome.refused) > _SHOWN:
        dialog.add_text(tr("And {more_keys}.", more_keys=plural(len(outcome.refused) - _SHOWN, "more key")))
    return dialog

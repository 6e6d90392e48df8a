"""What is left to do until data is securely deleted, and which button does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.cluster import InstanceState
from kyok.domain.secure_deletion import Checklist
from kyok.domain.translation import tr
from kyok_gui.widgets import escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


class Finish(StrEnum):
    """The next step that a person can take here."""

    DELETE_INSTANCE = "delete-instance"
    RECLAIM = "reclaim"
    DELETE_KEY = "delete-key"
    PURGE = "purge"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class LeftToDo:
    """Words and button of the last tile; `restorable` offers to bring the instance back."""

    html: str
    finish: Finish = Finish.NOTHING
    button: str = ""
    reason: str = ""
    restorable: bool = False


def left_to_do(detail: DatabaseDetail, found: Checklist, now: datetime) -> LeftToDo:
    """What comes next: the instance first, then its key, then the way back to the key."""
    name = escape(detail.name)
    turns = tr("The page then turns to <b>securely deleted</b>.")
    key_done = all(half.done for half in found.halves[1:])
    if detail.instance_state is InstanceState.PENDING_RECLAMATION:
        words = tr("Delete {name} for good now, or wait until its reclamation ends.", name=name)
        words = f"{words} {turns if key_done else tr('Its root key is left then.')}"
        return LeftToDo(words, Finish.RECLAIM, tr("Delete instance for good"), restorable=True)
    if detail.instance_state is not InstanceState.REMOVED:
        words = tr("Delete {name} first. It can be restored for 7 days, or deleted for good before.", name=name)
        return LeftToDo(words, Finish.DELETE_INSTANCE, tr("Delete instance"))
    return _key_left(detail, found, now, turns)


def _key_left(detail: DatabaseDetail, found: Checklist, now: datetime, turns: str) -> LeftToDo:
    """What is left once the instance is gone."""
    known, key = detail.secure_deletion, detail.root_key
    if key is None:
        return LeftToDo(tr("Nothing. Instance, data key and backups are gone."))
    if not found.complete:
        others = texts.listed(known.other_users)
        words = [tr("Delete the root key {key}.", key=escape(key.name)), turns]
        if len(known.other_users) == 1:
            words.insert(1, tr("{name} still uses it.", name=escape(others)))
        elif others:
            words.insert(1, tr("{names} still use it.", names=escape(others)))
        return LeftToDo(" ".join(words), Finish.DELETE_KEY, tr("Delete root key"))
    if known.key_purged_at is not None:
        return LeftToDo(tr("Nothing. Instance, data key, backups and root key are gone."))
    allowed = known.key_purge_from is None or known.key_purge_from <= now
    reason = (
        ""
        if allowed or known.key_purge_from is None
        else (tr("Purging is allowed from {moment}.", moment=texts.when(known.key_purge_from, now)))
    )
    left = tr("Nothing has to be done. Purging {key} also takes away the way back to the key.", key=escape(key.name))
    return LeftToDo(left, Finish.PURGE, tr("Purge the key"), reason)

"""What restoring deleted keys brings back and what it does not, and what purging one means; with the dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.texts import listed, plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.effects import Effect
from kyok_gui.pages.keys.impact import Affected
from kyok_gui.pages.keys.rules import purge_from, purged_on, restore_until
from kyok_gui.times import at, day, until

_GONE = frozenset({InstanceState.REMOVED, InstanceState.FAILED})


def of_restoring(keys: Sequence[Affected], rule: DeletionRule, now: datetime) -> tuple[Effect, ...]:
    """What restoring deleted keys brings back, and what it does not."""
    one = len(keys) == 1
    title = (
        tr("{key} becomes active again", key=keys[0].row.name)
        if one
        else tr("{keys} become active again", keys=plural(len(keys), "key"))
    )
    text = (
        tr("With the same material, versions and aliases. Registrations were removed when it was deleted.")
        if one
        else tr("With the same material, versions and aliases. Registrations were removed when they were deleted.")
    )
    effects = [Effect("undo", "iconPrimary", title, text)]
    lasts = [last for key in keys if (last := restore_until(key.row.key)) is not None]
    if lasts:
        last = min(lasts)
        effects.append(
            Effect(
                "time",
                "iconSecondary",
                tr("Possible until {moment}", moment=at(last)),
                tr("That is {span}.", span=until(last, now)),
            )
        )
    usage = [entry for key in keys if key.usage is not None for entry in key.usage.databases]
    waiting = [entry for entry in usage if entry.instance_state not in _GONE]
    lost = [entry for entry in waiting if entry.key_status is NodeKeyStatus.DELETED]
    names = listed(sorted({entry.name for entry in (waiting if rule is DeletionRule.KEEP else lost)}))
    if rule is DeletionRule.KEEP and waiting:
        title = tr("{names} returns", names=names) if len(waiting) == 1 else tr("{names} return", names=names)
        words = tr("The nodes restart by themselves, with the same data.")
        effects.append(Effect("checkmark--filled", "supportSuccess", title, words))
    elif lost:
        one = len(lost) == 1
        title = tr("{names} does not come back", names=names) if one else tr("{names} do not come back", names=names)
        words = tr(
            "The service destroyed the data key when the root key was deleted. Restore a backup into a new instance."
        )
        effects.append(Effect("misuse--outline", "supportError", title, words))
    return tuple(effects)


def of_purging(key: Affected, now: datetime) -> tuple[Effect, ...]:
    """What purging means: the last step, which nothing undoes."""
    text = tr("Whatever was wrapped under it stays unreadable. Its versions, aliases and registrations are gone too.")
    title = tr("{key} is gone for good and nobody can restore it", key=key.row.name)
    effects = [Effect("error--filled", "supportError", title, text)]
    first, last, restorable = purge_from(key.row.key), purged_on(key.row.key), restore_until(key.row.key)
    if first is not None and last is not None:
        words = tr("Possible from {moment}.", moment=at(first))
        if restorable is not None and now <= restorable:
            words += " " + tr("It could still be restored until {day}.", day=day(restorable))
        effects.append(
            Effect("time", "iconSecondary", tr("Without you it happens by itself on {day}", day=day(last)), words)
        )
    if key.row.key.imported:
        words = tr("An imported key is only as gone as your own copy: whoever has the material still has the key.")
        effects.append(Effect("warning--alt--filled", "supportWarning", tr("It was imported"), words))
    return tuple(effects)

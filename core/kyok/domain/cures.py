"""What brings stopped nodes back, and what cannot: the cure button of the verdict.

The order matters in one case: nodes without authorization whose key is deleted meanwhile. Restoring the authorization
first would let them learn of the deletion, and under `discard` destroy their data key. So the key comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kyok.domain import texts
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import ENABLE_DELAY, RESTORE_DELAY, KeyState
from kyok.domain.standing import HsmFacts, KeyFacts, Standing
from kyok.domain.translation import tr


class CureKind(StrEnum):
    """What the cure button does. No cure is None, never a button."""

    RESTORE_AUTHORIZATION = "restore-authorization"
    ENABLE_KEY = "enable-key"
    RESTORE_KEY = "restore-key"
    RESTORE_BACKUP = "restore-backup"
    INITIALISE = "initialise"


@dataclass(frozen=True, slots=True)
class Cure:
    """The one primary button. Before `available_from` (30-second rules of the key service) it would be refused."""

    kind: CureKind
    label: str
    available_from: datetime | None = None


def restore_backup(standing: Standing) -> Cure | None:
    """Restoring into a new instance, when there is a backup."""
    if not standing.backups:
        return None
    return Cure(CureKind.RESTORE_BACKUP, tr("Restore backup into a new instance"))


def backups_left(standing: Standing) -> str:
    """`7 backups remain, the latest of 02:00 today.`"""
    if not standing.backups:
        return tr("No backup remains.")
    latest = standing.latest_backup
    of = tr(", the latest of {latest}", latest=texts.when_day(latest, standing.now)) if latest else ""
    if standing.backups == 1:
        of = tr(", of {latest}", latest=texts.when_day(latest, standing.now)) if latest else ""
        return tr("1 backup remains{of}.", of=of)
    return tr("{backups} backups remain{of}.", backups=standing.backups, of=of)


def way_back(standing: Standing, status: NodeKeyStatus) -> tuple[str, Cure | None]:
    """The detail line and the cure for nodes stopped with this status, when their data key still exists."""
    key, hsm = standing.key, standing.hsm
    if key is None or hsm is None:
        return tr("No data is lost."), None
    if not hsm.exists:
        return _deleted_hsm(standing, hsm)
    if not hsm.initialised:
        return _uninitialised_hsm(standing, hsm)
    if status is NodeKeyStatus.NOT_CONNECTED:
        return tr(
            "No data is lost. Nodes restart by themselves once a key check passes.{also}", also=_also(standing, key)
        ), None
    lost = _lost_key(standing, key)
    if lost is not None:
        return lost
    return _deleted_key(standing, key, status) or _usable_key(standing, key, status)


def _lost_key(standing: Standing, key: KeyFacts) -> tuple[str, Cure | None] | None:
    """The way on when the key never comes back: purged, out of its restore period, or expired while disabled."""
    until, expires = key.restorable_until(), key.expires_at
    if key.state is None:
        text = tr("{name} is purged: the data here cannot be read again.", name=key.name)
    elif key.state is KeyState.DESTROYED and (until is None or standing.now > until):
        text = tr("{name} can no longer be restored.", name=key.name)
    elif key.state is KeyState.SUSPENDED and expires is not None and standing.now >= expires:
        text = tr("{name} has expired and cannot be enabled again.", name=key.name)
    else:
        return None
    return f"{text} {backups_left(standing)}", restore_backup(standing)


def _usable_key(standing: Standing, key: KeyFacts, status: NodeKeyStatus) -> tuple[str, Cure | None]:
    authorized = standing.authorization is None or standing.authorization.in_force
    if status is NodeKeyStatus.NOT_AUTHORIZED and not authorized:
        return _restore_authorization(standing, key)
    if key.state is KeyState.SUSPENDED:
        return _enable(standing, key, authorized)
    if not authorized:
        return _restore_authorization(standing, key)
    return tr("No data is lost. Nodes restart by themselves once a key check passes."), None


def _deleted_hsm(standing: Standing, hsm: HsmFacts) -> tuple[str, Cure | None]:
    until = hsm.restorable_until
    if until is not None and standing.now < until:
        return tr(
            "Restore {name} before {until}; nodes then restart by themselves.",
            name=hsm.name,
            until=texts.date_time(until),
        ), None
    return tr(
        "Its keys are gone: the data here cannot be read again. {backups_left}", backups_left=backups_left(standing)
    ), restore_backup(standing)


def _uninitialised_hsm(standing: Standing, hsm: HsmFacts) -> tuple[str, Cure | None]:
    if hsm.recoverable:
        text = tr("No data is lost. Nodes restart by themselves once the same master key is loaded again.")
        return text, Cure(CureKind.INITIALISE, tr("Initialize crypto units"))
    text = tr(
        "Without its master key no root key of {name} can be used, and a new master key does not bring "
        "them back. {backups_left}",
        name=hsm.name,
        backups_left=backups_left(standing),
    )
    return text, restore_backup(standing)


def _deleted_key(standing: Standing, key: KeyFacts, status: NodeKeyStatus) -> tuple[str, Cure | None] | None:
    """The way back for a destroyed key that can be restored; None for any other."""
    until = key.restorable_until()
    if until is None:
        return None
    earliest = key.changed_at + RESTORE_DELAY if key.changed_at else None
    cure = Cure(CureKind.RESTORE_KEY, tr("Restore key"), _later(earliest, standing.now))
    if status is NodeKeyStatus.DELETED:
        missing = standing.authorization is not None and not standing.authorization.in_force
        also = tr(" The authorization is missing as well.") if missing else ""
        returning = tr(
            "Nodes restart by themselves once the key is restored, possible until {until}.", until=texts.date(until)
        )
        return tr("No data is lost. {returning}{also}", returning=returning, also=also), cure
    first = tr("{name} is deleted as well: restore it first", name=key.name)
    if standing.rule is DeletionRule.DISCARD:
        first += tr(", before the nodes learn of it and their data key is destroyed")
    return tr("No data is lost yet. {first}.", first=first), cure


def _restore_authorization(standing: Standing, key: KeyFacts) -> tuple[str, Cure | None]:
    cure = Cure(CureKind.RESTORE_AUTHORIZATION, tr("Restore authorization"))
    facts = standing.authorization
    if facts is not None and not facts.removed_by and facts.removed_at is None:
        cure = Cure(CureKind.RESTORE_AUTHORIZATION, tr("Create authorization"))
    if key.state is KeyState.SUSPENDED:
        return tr(
            "No data is lost. {name} is disabled as well: nodes restart once both are cured.", name=key.name
        ), cure
    return tr("No data is lost. Nodes restart by themselves once the authorization is back."), cure


def _enable(standing: Standing, key: KeyFacts, authorized: bool) -> tuple[str, Cure | None]:
    earliest = key.changed_at + ENABLE_DELAY if key.changed_at else None
    cure = Cure(CureKind.ENABLE_KEY, tr("Enable key"), _later(earliest, standing.now))
    if not authorized:
        return tr("No data is lost. The authorization is missing as well: nodes restart once both are cured."), cure
    return tr("No data is lost. Nodes restart by themselves once the key is enabled."), cure


def _also(standing: Standing, key: KeyFacts) -> str:
    words = {KeyState.SUSPENDED: tr("disabled"), KeyState.DESTROYED: tr("deleted"), None: tr("purged")}
    found = [tr("{name} is {state} as well.", name=key.name, state=words[key.state])] if key.state in words else []
    if standing.authorization is not None and not standing.authorization.in_force:
        found.append(tr("The authorization is missing as well."))
    return "".join(f" {sentence}" for sentence in found)


def _later(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None

"""Secure deletion: both the instance and its root key must be gone, and there is evidence for each half.

The seed's rule (step 4) decides `complete`: both halves done. The three lines of DESIGN.md section 2 stand beside it:
unreadable by the service, not restorable, key shredded. Layout and words follow mock-up 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kyok.domain import texts
from kyok.domain.steps import StepState
from kyok.domain.translation import noted, tr

NO_EVIDENCE = noted("No evidence yet")


@dataclass(frozen=True, slots=True)
class DeletionFacts:
    """What is known; absent moments have not come. `key_name` is empty for an instance with the default key."""

    instance_name: str
    key_name: str
    deleted_at: datetime | None = None
    deleted_by: str = ""
    delete_event_id: str | None = None
    reclamation_state: str | None = None
    reclaim_at: datetime | None = None
    removed_at: datetime | None = None
    volumes_erased_at: datetime | None = None
    data_key_destroyed_at: datetime | None = None
    backup_key_destroyed_at: datetime | None = None
    backups: int = 0
    first_backup_at: datetime | None = None
    last_backup_at: datetime | None = None
    other_users: tuple[str, ...] = ()
    registrations: int = 0
    key_deleted_at: datetime | None = None
    key_deleted_by: str = ""
    key_delete_event_id: str | None = None
    key_delete_forced: bool = False
    key_refusal_status: int | None = None
    key_refusal_at: datetime | None = None
    key_restorable_until: datetime | None = None
    key_purge_from: datetime | None = None
    key_purged_at: datetime | None = None
    key_shredded_at: datetime | None = None
    key_exports: tuple[datetime, ...] = ()
    """When the whole state was exported while the key was there: those files may still hold it."""


@dataclass(frozen=True, slots=True)
class DeletionStep:
    """One step with its evidence; `event_id` opens the event that is the evidence."""

    title: str
    state: StepState
    detail: str
    evidence: str = NO_EVIDENCE
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class DeletionLine:
    """One of the three things that secure deletion means."""

    title: str
    done: bool
    evidence: str = NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class DeletionHalf:
    """The instance's or the key's half."""

    title: str
    done: bool
    steps: tuple[DeletionStep, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole page. `halves` has one entry for an instance with the default key."""

    complete: bool
    sentence: str
    detail: str
    lines: tuple[DeletionLine, ...]
    halves: tuple[DeletionHalf, ...]


def checklist(facts: DeletionFacts, now: datetime) -> Checklist:
    """The checklist at one moment."""
    instance_done = facts.removed_at is not None
    halves = [
        DeletionHalf(
            tr("Instance {name}", name=facts.instance_name),
            instance_done,
            (_delete(facts), _wait(facts, now), _erase(facts), _backups(facts)),
        )
    ]
    key_done = not facts.key_name or _key_gone(facts)
    if facts.key_name:
        steps = (_other_users(facts), _delete_key(facts), _refusal(facts, now), _purge(facts, now))
        halves.append(DeletionHalf(tr("Root key {key_name}", key_name=facts.key_name), key_done, steps))
    sentence, detail = _summary(facts, instance_done, key_done, now)
    return Checklist(instance_done and key_done, sentence, detail, _lines(facts), tuple(halves))


def _summary(facts: DeletionFacts, instance_done: bool, key_done: bool, now: datetime) -> tuple[str, str]:
    backups = (
        tr("{backups} still holds a copy", backups=texts.plural(facts.backups, "backup"))
        if facts.backups == 1
        else tr("{backups} still hold a copy", backups=texts.plural(facts.backups, "backup"))
    )
    if instance_done and key_done:
        if facts.key_name and facts.key_shredded_at is None and facts.key_purged_at is None:
            return tr("Securely deleted"), tr("The key can still be restored, but nothing is left that it could open.")
        return tr("Securely deleted"), tr(
            "Instance, data key, backups and root key are gone."
        ) if facts.key_name else tr("Instance, data key and backups are gone. There was no root key of yours.")
    if instance_done:
        return (
            tr("Incomplete: the instance is gone, the root key still exists"),
            tr("Data key and backups are erased. Delete the root key to finish."),
        )
    state = tr("still exists") if facts.deleted_at is None else tr("can still be restored")
    if key_done and facts.key_name:
        hold = (
            tr(", but {backups} under a service key until the instance is gone.", backups=backups)
            if facts.backups
            else "."
        )
        subject = tr("instance still exists") if facts.deleted_at is None else tr("instance can still be restored")
        return (
            tr("Incomplete: the root key is destroyed, the {subject}", subject=subject),
            tr("The volumes are unreadable without the key{hold}", hold=hold),
        )
    if not facts.key_name:
        return tr("Incomplete: the instance {state}", state=state), tr("Delete it and its reclamation to finish.")
    return tr(
        "Incomplete: the instance {state}, and so does the root key", state=state
    ) if facts.deleted_at is None else tr(
        "Incomplete: the instance {state}, the root key still exists", state=state
    ), tr("Data is securely deleted only when both are gone.")


def _key_gone(facts: DeletionFacts) -> bool:
    return facts.key_deleted_at is not None or facts.key_purged_at is not None


def _lines(facts: DeletionFacts) -> tuple[DeletionLine, ...]:
    lines = []
    if facts.data_key_destroyed_at:
        lines.append(_line(tr("Unreadable by the service"), tr("Data key destroyed"), facts.data_key_destroyed_at))
    elif facts.key_refusal_status == 410 and _key_gone(facts) and facts.key_refusal_at:
        lines.append(_line(tr("Unreadable by the service"), tr("Unwrap answered 410"), facts.key_refusal_at))
    else:
        lines.append(DeletionLine(tr("Unreadable by the service"), False))
    destroyed = facts.removed_at and facts.data_key_destroyed_at and facts.backup_key_destroyed_at
    lines.append(
        _line(tr("Not restorable"), tr("Instance, data key and backup key destroyed"), destroyed)
        if destroyed
        else DeletionLine(tr("Not restorable"), False)
    )
    if facts.key_name:
        lines.append(
            _line(tr("Key shredded"), tr("Purged, storage key changed"), facts.key_shredded_at, _exported(facts))
            if facts.key_shredded_at
            else DeletionLine(tr("Key shredded"), False)
        )
    return tuple(lines)


def _line(title: str, what: str, moment: datetime, more: str = "") -> DeletionLine:
    return DeletionLine(title, True, f"{what} {texts.date_time(moment)}{more}")


def _exported(facts: DeletionFacts) -> str:
    """Files that this cloud wrote, and cannot take back."""
    if not facts.key_exports:
        return ""
    count, day = len(facts.key_exports), texts.date(facts.key_exports[-1])
    exports = texts.plural(count, "export")
    if count == 1:
        return tr("; {exports} of {day} or before still holds it", exports=exports, day=day)
    return tr("; {exports} of {day} or before still hold it", exports=exports, day=day)


def _delete(facts: DeletionFacts) -> DeletionStep:
    if facts.deleted_at is None:
        return DeletionStep(tr("Delete the instance"), StepState.TODO, tr("The instance exists"))
    return DeletionStep(
        tr("Delete the instance"),
        StepState.DONE,
        _done(facts.deleted_at, facts.deleted_by),
        tr("Event cluster.delete, 202"),
        facts.delete_event_id,
    )


def _wait(facts: DeletionFacts, now: datetime) -> DeletionStep:
    title = tr("Wait 7 days or delete now")
    if facts.removed_at is not None:
        return DeletionStep(title, StepState.DONE, _done(facts.removed_at), tr("Instance removed"))
    if facts.deleted_at is None or facts.reclaim_at is None:
        return DeletionStep(title, StepState.TODO, tr("After deleting it"))
    left = texts.span(facts.reclaim_at - now)
    evidence = tr("Reclamation {state}", state=facts.reclamation_state) if facts.reclamation_state else NO_EVIDENCE
    return DeletionStep(title, StepState.CURRENT, tr("Restorable for {left}", left=left), evidence)


def _erase(facts: DeletionFacts) -> DeletionStep:
    title = tr("Volumes and data key erased")
    if facts.volumes_erased_at is None or facts.data_key_destroyed_at is None:
        return DeletionStep(title, StepState.TODO, tr("After reclamation"))
    moment = max(facts.volumes_erased_at, facts.data_key_destroyed_at)
    return DeletionStep(title, StepState.DONE, _done(moment), tr("3 volumes and the wrapped data key are gone"))


def _backups(facts: DeletionFacts) -> DeletionStep:
    title = tr("Backups removed")
    if facts.backup_key_destroyed_at is not None and not facts.backups:
        return DeletionStep(title, StepState.DONE, _done(facts.backup_key_destroyed_at), tr("0 backups, no backup key"))
    span = ""
    if facts.first_backup_at and facts.last_backup_at:
        span = tr(" ({first} to {last})", first=f"{facts.first_backup_at:%d %b}", last=f"{facts.last_backup_at:%d %b}")
        if facts.first_backup_at.date() == facts.last_backup_at.date():
            span = f" ({facts.last_backup_at:%d %b})"
    backups = texts.plural(facts.backups, "backup")
    going = (
        tr("{backups}{span}, goes with the instance", backups=backups, span=span)
        if facts.backups == 1
        else tr("{backups}{span}, go with the instance", backups=backups, span=span)
    )
    return DeletionStep(title, StepState.TODO, going)


def _other_users(facts: DeletionFacts) -> DeletionStep:
    title = tr("No other instance uses it")
    if facts.other_users:
        return DeletionStep(title, StepState.TODO, tr("Also used by {names}", names=texts.listed(facts.other_users)))
    return DeletionStep(
        title, StepState.DONE, tr("No other instance has its data key under it"), _registrations(facts.registrations)
    )


def _registrations(count: int) -> str:
    return texts.plural(count, "registration")


def _delete_key(facts: DeletionFacts) -> DeletionStep:
    title = tr("Delete the key")
    if facts.key_deleted_at is None:
        return DeletionStep(title, StepState.TODO, tr("The key exists"))
    event = tr("Event secrets.delete, forced") if facts.key_delete_forced else tr("Event secrets.delete")
    return DeletionStep(
        title,
        StepState.DONE,
        _done(facts.key_deleted_at, facts.key_deleted_by),
        event,
        facts.key_delete_event_id,
    )


def _refusal(facts: DeletionFacts, now: datetime) -> DeletionStep:
    title = tr("The key refuses every use")
    if not _key_gone(facts) or facts.key_refusal_status is None or facts.key_refusal_at is None:
        return DeletionStep(title, StepState.TODO, tr("Read back after deleting it"))
    gone = tr("purged") if facts.key_purged_at else tr("destroyed")
    return DeletionStep(
        title,
        StepState.DONE,
        tr("Unwrap answers {status}, key is {gone}", status=facts.key_refusal_status, gone=gone),
        tr("Read back {moment}", moment=texts.when_day(facts.key_refusal_at, now)),
    )


def _purge(facts: DeletionFacts, now: datetime) -> DeletionStep:
    title = tr("Purge the key (takes away the way back)")
    if facts.key_purged_at is not None:
        shredded = (
            tr("storage key changed") if facts.key_shredded_at else tr("old storage key or a snapshot still there")
        )
        evidence = tr("Key not found, {shredded}{exported}", shredded=shredded, exported=_exported(facts))
        return DeletionStep(title, StepState.DONE, _done(facts.key_purged_at), evidence)
    if facts.key_deleted_at is None or facts.key_restorable_until is None:
        return DeletionStep(title, StepState.TODO, tr("4 hours after deleting it, by itself after 90 days"))
    left = (facts.key_restorable_until - now).days
    detail = (
        tr("Restorable for {left} more days, purged by itself after 90", left=left)
        if left > 0
        else tr("Purged by itself after 90 days")
    )
    evidence = NO_EVIDENCE
    if facts.key_purge_from:
        moment, allowed = texts.when(facts.key_purge_from, now), facts.key_purge_from <= now
        evidence = (
            tr("Purging is allowed since {moment}", moment=moment)
            if allowed
            else tr("Purging is allowed from {moment}", moment=moment)
        )
    return DeletionStep(title, StepState.TODO, detail, evidence)


def _done(moment: datetime, by: str = "") -> str:
    return tr("Done {moment}", moment=texts.date_time(moment)) + (tr(" by {by}", by=by) if by else "")

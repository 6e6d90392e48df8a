"""What disabling or deleting keys does to the databases that use them, told before it is done.

The facts are read back from the services; the sentences follow "Rules of the key" (DESIGN.md section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import deleted_key_times
from kyok.domain.texts import date, listed, plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.effects import Effect
from kyok_gui.pages.keys.evidence import Evidence, evidence_of
from kyok_gui.pages.keys.rows import KeyRow

if TYPE_CHECKING:
    from kyok.client.records.emulator import KeyDatabase, KeyUsage

_GONE = frozenset({InstanceState.REMOVED, InstanceState.FAILED})


@dataclass(frozen=True, slots=True)
class Affected:
    """A key with what the services say of its use; `usage` is None where the cloud does not tell."""

    row: KeyRow
    usage: KeyUsage | None = None

    @property
    def registrations(self) -> int:
        """How many resources are registered with the key."""
        return self.usage.registrations if self.usage is not None else len(self.row.uses)

    @property
    def databases(self) -> tuple[KeyDatabase, ...]:
        """The databases under this key that still have their data."""
        return tuple(entry for entry in self._present if entry.key_status is not NodeKeyStatus.DELETED)

    @property
    def lost(self) -> tuple[KeyDatabase, ...]:
        """The databases under this key that lost their data before."""
        return tuple(entry for entry in self._present if entry.key_status is NodeKeyStatus.DELETED)

    @property
    def _present(self) -> list[KeyDatabase]:
        found = self.usage.databases if self.usage is not None else ()
        return [entry for entry in found if entry.instance_state not in _GONE]


@dataclass(frozen=True, slots=True)
class Impact:
    """What happens, most important first, with the evidence for it; `stops` names the instances that stop."""

    effects: tuple[Effect, ...]
    evidence: Evidence
    stops: tuple[str, ...] = ()


def _databases(keys: Sequence[Affected]) -> list[KeyDatabase]:
    found = (entry for key in keys for entry in key.databases)
    return sorted(found, key=lambda entry: (not entry.running_nodes, entry.name))


def _running(databases: Sequence[KeyDatabase]) -> list[KeyDatabase]:
    return [entry for entry in databases if entry.running_nodes]


def _names(databases: Sequence[KeyDatabase]) -> str:
    return listed([entry.name for entry in databases])


def _keys_in_words(keys: Sequence[Affected]) -> str:
    return keys[0].row.name if len(keys) == 1 else tr("these keys")


def of_deleting(keys: Sequence[Affected], rule: DeletionRule, now: datetime) -> Impact:
    """What deleting these keys breaks, and what of it comes back."""
    databases = _databases(keys)
    running = _running(databases)
    keeps = rule is DeletionRule.KEEP
    waiting = [] if keeps else [entry for entry in databases if _waits(entry)]
    databases = [entry for entry in databases if entry not in waiting]
    stopped = [entry for entry in databases if not entry.running_nodes]
    effects = [_loss(running, keeps)] if running else []
    effects += [_loss_of_stopped(stopped, keeps)] if stopped else []
    effects += [_loss_of_deleted(waiting)] if waiting else []
    lost = [entry for key in keys for entry in key.lost]
    effects += [_lost_before(lost)] if lost else []
    effects += _no_database(keys) if not databases and not waiting and not lost else []
    effects += _backups(databases, waiting, keys, keeps)
    effects.append(_period(keys, databases, keeps, now))
    return Impact(tuple(effects), evidence_of(keys, now, forced=True), tuple(entry.name for entry in running))


def _loss(running: Sequence[KeyDatabase], keeps: bool) -> Effect:
    one = len(running) == 1
    names = _names(running)
    facts = [plural(sum(entry.running_nodes for entry in running), "node")]
    rows = [entry.rows for entry in running if entry.rows is not None]
    sizes = [entry.size_bytes for entry in running if entry.size_bytes is not None]
    facts += [plural(sum(rows), "row")] if rows else []
    facts += [size_words(sum(sizes))] if sizes else []
    if keeps:
        title = (
            tr("{names} stops within a minute", names=names) if one else tr("{names} stop within a minute", names=names)
        )
        text = tr("The data stays sealed; it is readable again when the key is restored.")
    else:
        title = (
            tr("{names} stops within a minute and its data is lost", names=names)
            if one
            else tr("{names} stop within a minute and their data is lost", names=names)
        )
        text = (
            tr("The data cannot be recovered from this instance.")
            if one
            else tr("The data cannot be recovered from these instances.")
        )
    return Effect("error--filled", "supportError", title, f"{', '.join(facts)}. {text}")


def _loss_of_stopped(stopped: Sequence[KeyDatabase], keeps: bool) -> Effect:
    one = len(stopped) == 1
    names = _names(stopped)
    causes = "; ".join(f"{entry.name}: {_stopped_words(entry)}" for entry in stopped)
    if keeps:
        return Effect(
            "stop--filled--alt",
            "iconSecondary",
            tr("{names} stays stopped", names=names) if one else tr("{names} stay stopped", names=names),
            tr("Now {causes}.", causes=causes),
        )
    title = (
        tr("{names} is stopped already; its data is lost too", names=names)
        if one
        else tr("{names} are stopped already; their data is lost too", names=names)
    )
    text = (
        tr("Now {causes}. The data cannot be recovered from this instance.", causes=causes)
        if one
        else tr("Now {causes}. The data cannot be recovered from these instances.", causes=causes)
    )
    return Effect("error--filled", "supportError", title, text)


def _loss_of_deleted(waiting: Sequence[KeyDatabase]) -> Effect:
    """Its nodes ask for no key now: the data key is destroyed when they ask again and the root key is not there."""
    names = _names(waiting)
    if len(waiting) == 1:
        title = tr("{names} is deleted and loses its data if it is restored before its root key", names=names)
        text = tr("Restore the root key first, then the instance.")
    else:
        title = tr("{names} are deleted and lose their data if they are restored before their root key", names=names)
        text = tr("Restore the root key first, then the instances.")
    return Effect("warning--alt--filled", "supportWarning", title, text)


def _lost_before(lost: Sequence[KeyDatabase]) -> Effect:
    text = tr("The data key was destroyed when the root key was deleted before. Nothing more is lost there.")
    return Effect(
        "misuse--outline",
        "iconSecondary",
        tr("{names} has lost its data already", names=_names(lost))
        if len(lost) == 1
        else tr("{names} have lost their data already", names=_names(lost)),
        text,
    )


def _waits(entry: KeyDatabase) -> bool:
    """Whether the instance is deleted and can still be restored."""
    return entry.instance_state is InstanceState.PENDING_RECLAMATION


def _stopped_words(entry: KeyDatabase) -> str:
    if _waits(entry):
        return tr("deleted, restorable")
    return tr("key {key_status}", key_status=entry.key_status.in_sentence)


def _no_database(keys: Sequence[Affected]) -> list[Effect]:
    names = _keys_in_words(keys)
    count = sum(key.registrations for key in keys)
    if all(key.row.key.standard for key in keys):
        title = (
            tr("The secret stored in {names} cannot be read any more", names=names)
            if len(keys) == 1
            else tr("Their secrets are lost")
        )
        return [
            Effect("warning--alt--filled", "supportWarning", title, tr("Keep a copy elsewhere if it is still needed."))
        ]
    if count:
        title = tr("{resources} can no longer be read", resources=plural(count, "registered resource"))
        return [Effect("error--filled", "supportError", title, tr("Their services are told of the deletion."))]
    text = (
        tr("What else was wrapped under it cannot be unwrapped any more.")
        if len(keys) == 1
        else tr("What else was wrapped under them cannot be unwrapped any more.")
    )
    return [Effect("information--filled", "supportInfo", tr("No database instance uses {names}", names=names), text)]


def _backups(
    databases: Sequence[KeyDatabase], waiting: Sequence[KeyDatabase], keys: Sequence[Affected], keeps: bool
) -> list[Effect]:
    effects = []
    count = sum(entry.backups for entry in (*databases, *waiting))
    if count:
        title = tr("{backups} stay usable until each is 7 days old", backups=plural(count, "backup"))
        if count == 1:
            title = tr("1 backup stays usable until it is 7 days old")
        text = (
            tr("They are sealed under a service key, not under {keys}.", keys=_keys_in_words(keys))
            if count > 1
            else tr("It is sealed under a service key, not under {keys}.", keys=_keys_in_words(keys))
        )
        text = f"{text} {tr('Restore one into a new instance.')}"
        effects.append(Effect("data-backup", "iconSecondary", title, text))
    bare = [entry for entry in databases if not entry.backups]
    if bare and not keeps:
        text = tr("Nothing brings its data back.") if len(bare) == 1 else tr("Nothing brings their data back.")
        effects.append(
            Effect(
                "data-backup",
                "supportError",
                tr("{names} has no backup", names=_names(bare))
                if len(bare) == 1
                else tr("{names} have no backup", names=_names(bare)),
                text,
            )
        )
    return effects


def _period(keys: Sequence[Affected], databases: Sequence[KeyDatabase], keeps: bool, now: datetime) -> Effect:
    title = _period_in_words(keys, now)
    parts = []
    if databases and keeps:
        parts.append(
            tr("Restoring it brings {names} back by itself.", names=_names(databases))
            if len(keys) == 1
            else tr("Restoring them brings {names} back by itself.", names=_names(databases))
        )
    elif databases:
        parts.append(
            tr("Restoring the key does not bring {names} back.", names=_names(databases))
            if len(keys) == 1
            else tr("Restoring the keys does not bring {names} back.", names=_names(databases))
        )
    imported = [key.row.name for key in keys if key.row.key.imported]
    if imported:
        parts.append(
            tr("{names} was imported: your own copy of the material is not deleted here.", names=listed(imported))
        )
    if not parts:
        parts.append(tr("Until it is purged it stays in the list as destroyed."))
    return Effect("time", "iconSecondary", title, " ".join(parts))


def _period_in_words(keys: Sequence[Affected], now: datetime) -> str:
    one = len(keys) == 1
    expires = [key.row.key.expires_at for key in keys if key.row.key.expires_at is not None]
    if expires and min(expires) < deleted_key_times(now).restore_until:
        last = min(expires)
        if last <= now:
            return (
                tr("The key cannot be restored: the expiration date has passed")
                if one
                else tr("The keys cannot be restored: the expiration date has passed")
            )
        return (
            tr("The key can be restored until {day} and is purged after 90 days", day=date(last))
            if one
            else tr("The keys can be restored until {day} and are purged after 90 days", day=date(last))
        )
    return (
        tr("The key can be restored for 30 days and is purged after 90")
        if one
        else tr("The keys can be restored for 30 days and are purged after 90")
    )


def of_disabling(keys: Sequence[Affected], now: datetime) -> Impact:
    """What disabling these keys stops; everything of it comes back."""
    databases = _databases(keys)
    running = _running(databases)
    effects = []
    if running:
        one = len(running) == 1
        nodes = plural(sum(entry.running_nodes for entry in running), "node")
        title = (
            tr("{names} stops within a minute ({nodes})", names=_names(running), nodes=nodes)
            if one
            else tr("{names} stop within a minute ({nodes})", names=_names(running), nodes=nodes)
        )
        text = tr("Its database closes. No data is lost.") if one else tr("Their databases close. No data is lost.")
        effects.append(Effect("pause--outline--filled", "supportCautionMajor", title, text))
    else:
        title = tr("No running instance uses {keys}", keys=_keys_in_words(keys))
        effects.append(Effect("information--filled", "supportInfo", title, tr("Nothing stops.")))
    stopped = [entry for entry in databases if not entry.running_nodes]
    if stopped:
        causes = listed([f"{entry.name} ({_stopped_words(entry)})" for entry in stopped])
        title = tr(
            "{mores} stopped already",
            mores=plural(len(stopped), "more instance uses it and is", "more instances use it and are"),
        )
        effects.append(
            Effect(
                "information--filled",
                "supportInfo",
                title,
                tr("{causes}. For them nothing changes now.", causes=causes),
            )
        )
    text = tr("Enable the key again, 30 seconds later at the earliest.")
    text += " " + tr("The nodes then restart by themselves, with the same data.") if running else ""
    effects.append(Effect("undo", "iconPrimary", tr("How to come back"), text))
    return Impact(tuple(effects), evidence_of(keys, now, forced=False), tuple(entry.name for entry in running))


def size_words(size: int) -> str:
    """`9.1 GB`, `20 KB`."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            if unit == "bytes":
                return tr("{count} bytes", count=f"{amount:.0f}")
            return f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError

"""The evidence of a secure deletion: both halves, read back from the records and the activity log."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from kyok.cloud.databases import backups
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.key_facts import RootKey, registrations
from kyok.cloud.databases.views.key_past import KeyEvent, last
from kyok.cloud.databases.views.moments import wire, wire_ms
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import database, instance, reclamation, setting
from kyok.cloud.store.tables import key as key_table
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import InstanceState, ReclamationState
from kyok.domain.key_rules import AnswerKind
from kyok.domain.key_states import KeyState, deleted_key_times

EXPORTS = "exports"
"""The setting row with the moments (service clock, milliseconds) of exports of the whole state."""


def deletion_body(
    reader: Reader, of: Database, nodes: list[Node], key: RootKey | None, past: list[KeyEvent]
) -> dict[str, Any]:
    """`secure_deletion` of the detail."""
    return _instance_half(reader, of) | _key_half(reader, of, nodes, key, past)


def _instance_half(reader: Reader, of: Database) -> dict[str, Any]:
    deletion, erasure = of.document.get("deletion") or {}, of.document.get("erasure") or {}
    pending = reader.one(
        select(reclamation).where(reclamation.c.guid == of.guid).order_by(reclamation.c.created_at.desc())
    )
    waiting = of.instance_state is InstanceState.PENDING_RECLAMATION and pending is not None
    found = backups.of_database(reader, of.guid)
    lost = milliseconds(of.data_lost_at) if of.data_lost_at else erasure.get("data_key_destroyed_at")
    return {
        "deleted_at": wire_ms(deletion.get("at")),
        "deleted_by": deletion.get("by", ""),
        "delete_event_id": deletion.get("event_id"),
        "reclamation_state": ReclamationState(pending.state).value if waiting and pending else None,
        "reclaim_at": wire_ms(pending.target_at) if waiting and pending else None,
        "removed_at": wire_ms(erasure.get("removed_at")),
        "volumes_erased_at": wire_ms(erasure.get("volumes_erased_at")),
        "data_key_destroyed_at": wire_ms(lost),
        "backup_key_destroyed_at": wire_ms(erasure.get("backup_key_destroyed_at")),
        "backups": len(found),
        "first_backup_at": wire(found[-1].created_at) if found else None,
        "last_backup_at": wire(found[0].created_at) if found else None,
    }


def _key_half(
    reader: Reader, of: Database, nodes: list[Node], key: RootKey | None, past: list[KeyEvent]
) -> dict[str, Any]:
    deleted_at, event = _deleted(key, past)
    times = deleted_key_times(deleted_at, key.expires_at if key else None) if deleted_at else None
    purged_at = key.purged_at if key else None
    return {
        "other_users": _other_users(reader, of) if key is not None else [],
        "registrations": registrations(reader, key) if key is not None else 0,
        "key_deleted_at": wire(deleted_at),
        "key_deleted_by": event.by if event else "",
        "key_delete_event_id": event.event_id if event else None,
        "key_delete_forced": event.forced if event else False,
        "key_refusal": _refusal(nodes),
        "key_restorable_until": wire(times.restore_until) if times and purged_at is None else None,
        "key_purge_from": wire(times.purge_from) if times else None,
        "key_purged_at": wire(purged_at),
        "key_shredded_at": wire(key.shredded_at if key else None),
        "key_exports": _exports(reader, key, deleted_at) if key is not None else [],
    }


def _exports(reader: Reader, key: RootKey, deleted_at: datetime | None) -> list[str | None]:
    """When the whole state was exported while the key was there; deleted keys are left out of exports."""
    made = reader.scalar(select(key_table.c.created_at).where(key_table.c.pk == key.pk)) or 0
    gone = deleted_at or key.purged_at
    until = milliseconds(gone) if gone is not None else milliseconds(reader.now)
    listed = reader.scalar(select(setting.c.value).where(setting.c.name == EXPORTS)) or []
    return [wire_ms(at) for at in listed if made <= at <= until]


def _deleted(key: RootKey | None, past: list[KeyEvent]) -> tuple[datetime | None, KeyEvent | None]:
    """When the key was deleted, if it still is; a restored key is not."""
    if key is None or key.state not in (KeyState.DESTROYED, None):
        return None, None
    event = last(past, "delete")
    return key.deleted_at or (event.at if event else None), event


def _refusal(nodes: list[Node]) -> dict[str, Any] | None:
    """The last answer that refused an unwrap of the deleted key."""
    for node in sorted(nodes, key=lambda node: node.checked_at or node.created_at, reverse=True):
        answer = node.standing.answer
        if answer is not None and answer.kind is AnswerKind.DENIED and answer.http_status in (404, 410):
            return {"http_status": answer.http_status, "at": wire(node.checked_at or node.standing.since)}
    return None


def _other_users(reader: Reader, of: Database) -> list[str]:
    rows = reader.all(
        select(instance.c.name)
        .join(database, database.c.guid == instance.c.guid)
        .where(
            database.c.kms_key == of.kms_key,
            database.c.kms_instance == of.kms_instance,
            database.c.guid != of.guid,
            instance.c.state != InstanceState.REMOVED.value,
        )
        .order_by(instance.c.name)
    )
    return [row.name for row in rows]

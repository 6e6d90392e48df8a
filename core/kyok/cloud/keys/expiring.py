"""Keys whose expiration date has passed become deactivated (reference/kms-api.md 4.3).

Every read computes that from the clock by itself; here it is stored, and written down as an event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select

from kyok.cloud.activity.events import Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import moves
from kyok.cloud.keys.purging import MOST, system
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, key
from kyok.cloud.store.times import milliseconds, moment, wire_time
from kyok.domain.crn import Crn
from kyok.domain.key_states import PURGE_PERIOD, KeyState

_ACTIVE = key.c.state == literal_column("1")  # literals, so that the partial indexes serve
_DELETED = key.c.state == literal_column("5")
_EXPIRED = (
    select(
        key.c.pk,
        key.c.id,
        key.c.name,
        key.c.extractable,
        key.c.expires_at,
        instance.c.guid,
        instance.c.service,
        instance.c.account,
        instance.c.crn,
    )
    .join(instance, instance.c.guid == key.c.instance)
    .where(_ACTIVE)
    .order_by(key.c.expires_at)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class _Expired:
    pk: int
    id: str
    standard: bool
    stored: KeyState = KeyState.ACTIVE


def expire(tx: Transaction, activity: Activity) -> int:
    """Deactivates keys that have expired; returns how many."""
    rows = tx.all(_EXPIRED.where(key.c.expires_at <= milliseconds(tx.now)))
    for row in rows:
        caller = system(row.account)
        response: dict[str, Any] = {
            "keyId": row.id,
            "keyState": int(KeyState.DEACTIVATED),
            "expirationDate": wire_time(row.expires_at),
            "initialValue": {"keyState": int(KeyState.ACTIVE)},
            "newValue": {"keyState": int(KeyState.DEACTIVATED)},
        }
        event = Event(
            action=f"{row.service}.secrets.expire",
            target=str(Crn.parse(row.crn).with_resource("key", row.id)),
            target_name=row.name,
            instance=row.guid,
            response_data=response,
        )
        told = activity.record(tx, caller, event)
        expired = _Expired(row.pk, row.id, row.extractable)
        moves.move(tx, row.guid, expired, KeyState.DEACTIVATED, by=caller.name, event=told)
    return len(rows)


def next_due(reader: Reader) -> datetime | None:
    """When the next key expires or is purged by itself."""
    expires_at = reader.scalar(select(func.min(key.c.expires_at)).where(_ACTIVE, key.c.expires_at.is_not(None)))
    deleted_at = reader.scalar(select(func.min(key.c.deleted_at)).where(_DELETED))
    due = [moment(expires_at)] if expires_at is not None else []
    if deleted_at is not None:
        due.append(moment(deleted_at) + PURGE_PERIOD)
    return min(due, default=None)

"""Purges: by hand from 4 hours after the deletion, by themselves after 90 days (reference/kms-api.md 2.8)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, delete, insert, literal_column, select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import counters, errors, records, states
from kyok.cloud.keys.instances import PROVIDER
from kyok.cloud.keys.operations import PURGE
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.keys.shredding import Shredding
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import instance, key, purged_key
from kyok.cloud.store.times import milliseconds, moment, rfc3339, wire_time
from kyok.domain.crn import Crn
from kyok.domain.key_states import PURGE_PERIOD, KeyAction, KeyState, deleted_key_times
from kyok.domain.services import HS_CRYPTO

MOST = 500
"""Keys that one round of the reconciler purges or expires."""

_COLUMNS = (
    key.c.pk,
    key.c.id,
    key.c.name,
    key.c.state,
    key.c.extractable,
    key.c.deleted_at,
    key.c.expires_at,
    instance.c.guid,
    instance.c.service,
    instance.c.account,
    instance.c.crn,
)
_DUE = (
    select(*_COLUMNS)
    .join(instance, instance.c.guid == key.c.instance)
    .where(key.c.state == literal_column("5"))  # a literal, so that the partial index of deleted keys serves
    .order_by(key.c.deleted_at)
    .limit(MOST)
)


class Purging:
    """Removes deleted keys for good, and sees that they are shredded."""

    def __init__(self, activity: Activity, shredding: Shredding) -> None:
        self._activity = activity
        self._shredding = shredding

    def purge(self, tx: Transaction, scope: Scope) -> KeyView:
        """Destroyed -> gone; gives the key back as it was."""
        found = scope.required_key()
        states.require(KeyAction.PURGE, found.state(tx), standard=found.standard)
        view = records.read(tx, scope.instance, found.pk)
        if view.times is None or not view.times.purgeable(tx.now):
            raise errors.TooEarly(
                "Purge operation is allowed 4h0m0s after key is deleted.",
                f"Try again at {rfc3339(view.times.purge_from)} or later." if view.times else "",
            )
        rows = tx.all(_chosen(found.pk))
        self.remove(tx, rows, scope.caller)
        return view

    def purge_due(self, tx: Transaction) -> int:
        """Purges keys that were deleted 90 days ago; returns how many."""
        rows = tx.all(_DUE.where(key.c.deleted_at <= milliseconds(tx.now - PURGE_PERIOD)))
        for account in dict.fromkeys(row.account for row in rows):
            self.remove(tx, [row for row in rows if row.account == account], system(account))
        return len(rows)

    def remove(self, tx: Transaction, rows: Iterable[Row[Any]], caller: Caller) -> None:
        """Takes keys out of the store, with an event each, and begins to shred them."""
        rows = list(rows)
        for row in rows:
            tx.execute(delete(key).where(key.c.pk == row.pk))
            counters.take(tx, row.guid, row.id, KeyState(row.state), standard=row.extractable)
        hsms = {row.guid: row.guid if row.service == HS_CRYPTO else PROVIDER for row in rows}
        epochs = {hsm: self._shredding.begin(tx, hsm) for hsm in dict.fromkeys(hsms.values())}
        for row in rows:
            hsm = hsms[row.guid]
            tx.execute(
                insert(purged_key).values(
                    instance=row.guid,
                    id=row.id,
                    name=row.name,
                    hsm=hsm,
                    epoch=epochs[hsm],
                    purged_at=milliseconds(tx.now),
                    purged_by=caller.name or caller.iam_id,
                )
            )
            self._activity.record(tx, caller, _event(row, epochs[hsm]))
            tx.changed("key", f"{row.guid}/{row.id}")


def _chosen(pk: int) -> Any:
    return select(*_COLUMNS).join(instance, instance.c.guid == key.c.instance).where(key.c.pk == pk)


def _event(row: Row[Any], epoch: int) -> Event:
    response = {"keyId": row.id, "keyState": row.state, "deletionDate": wire_time(row.deleted_at)}
    if row.deleted_at is not None:
        times = deleted_key_times(moment(row.deleted_at))
        response |= {"purgeAllowedFrom": rfc3339(times.purge_from), "purgeEligibleOn": rfc3339(times.purged_at)}
    if epoch:
        response["storageEpoch"] = epoch
    return Event(
        action=PURGE.activity(row.service),
        target=str(Crn.parse(row.crn).with_resource("key", row.id)),
        target_name=row.name,
        instance=row.guid,
        response_data=response,
    )


def system(account: str) -> Caller:
    """Who does what happens by itself when its time has come."""
    return Caller("iam-ServiceId-key-management", account, "Key management", "service", None, "kyok")

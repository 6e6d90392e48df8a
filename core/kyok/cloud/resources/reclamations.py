"""Reclamations: the wait between the deletion of an instance and its end (reference iam-and-resources.md 7.1)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.resources import instance_rows
from kyok.cloud.resources.broker import ServiceBroker
from kyok.cloud.resources.errors import InstanceLocked, ReclamationActionUnknown, ReclamationNotFound
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, reclamation
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain.cluster import InstanceState, ReclamationState
from kyok.domain.crn import Crn
from kyok.domain.databases import RECLAMATION_PERIOD
from kyok.randomness import Randomness, new_uuid

_JOINED = (
    select(
        reclamation,
        instance.c.crn,
        instance.c.name,
        instance.c.service,
        instance.c.group_id,
        instance.c.locked,
    )
    .join(instance, instance.c.guid == reclamation.c.guid)
    .order_by(reclamation.c.created_at, reclamation.c.id)
)
_ACTION = "resource-controller.reclamation"


class Reclamations:
    """Deleted instances that can still be restored."""

    def __init__(
        self,
        decisions: Decisions,
        activity: Activity,
        randomness: Randomness,
        brokers: Mapping[str, ServiceBroker],
    ) -> None:
        self._decisions = decisions
        self._activity = activity
        self._randomness = randomness
        self._brokers = brokers

    def schedule(self, tx: Transaction, caller: Caller, row: Row[Any]) -> str:
        """Lets the wait of a deleted instance begin; returns the reclamation's id."""
        ident = new_uuid(self._randomness)
        now = milliseconds(tx.now)
        tx.execute(
            insert(reclamation).values(
                id=ident,
                guid=row.guid,
                account=row.account,
                state=ReclamationState.SCHEDULED.value,
                target_at=milliseconds(tx.now + RECLAMATION_PERIOD),
                created_at=now,
                created_by=caller.iam_id,
                updated_at=now,
                updated_by=caller.iam_id,
            )
        )
        tx.changed("reclamation", ident)
        return ident

    def page(self, reader: Reader, caller: Caller, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The reclamations of the caller's account that he may see."""
        if query.get("account_id", caller.account) != caller.account:
            return []
        statement = _JOINED.where(reclamation.c.account == caller.account)
        if "resource_instance_id" in query:
            wanted = query["resource_instance_id"]
            statement = statement.where((reclamation.c.guid == wanted) | (instance.c.crn == wanted))
        if "resource_group_id" in query:
            statement = statement.where(instance.c.group_id == query["resource_group_id"])
        return [_document(row) for row in reader.all(statement) if self._may(reader, caller, "retrieve", row)]

    def act(self, tx: Transaction, caller: Caller, ident: str, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Restores the instance, or ends it now.

        Raises:
            ReclamationActionUnknown, ReclamationNotFound, NotAuthorized: nothing happens.
        """
        if action not in ("restore", "reclaim"):
            raise ReclamationActionUnknown()
        row = tx.one(_JOINED.where(reclamation.c.id == ident, reclamation.c.account == caller.account))
        if row is None or not self._may(tx, caller, "retrieve", row):
            raise ReclamationNotFound()
        self._decisions.require(tx, caller, f"{_ACTION}.{action}", Crn.parse(row.crn), group=row.group_id)
        comment = body.get("comment")
        data = {"comment": comment[:200]} if isinstance(comment, str) and comment else {}
        if action == "restore":
            self._restore(tx, caller, row, data)
            return _document(row, ReclamationState.RESTORING, tx.now, caller.iam_id)
        if row.locked:
            raise InstanceLocked(target_crn=row.crn, instance=row.guid)
        self._reclaim(tx, caller, row, data)
        return _document(row, ReclamationState.RECLAIMING, tx.now, caller.iam_id)

    def reclaim_due(self, tx: Transaction, caller_of: Any) -> int:
        """Ends the instances whose wait is over; returns how many. `caller_of(account)` is who does it."""
        rows = tx.all(_JOINED.where(reclamation.c.target_at <= milliseconds(tx.now)))
        for row in rows:
            self._reclaim(tx, caller_of(row.account), row, {})
        return len(rows)

    def next_due(self, reader: Reader) -> datetime | None:
        """When the next wait is over."""
        value = reader.scalar(select(func.min(reclamation.c.target_at)))
        return None if value is None else moment(value)

    def _restore(self, tx: Transaction, caller: Caller, row: Row[Any], data: dict[str, Any]) -> None:
        instance_rows.change(
            tx,
            row.guid,
            caller.iam_id,
            state=InstanceState.ACTIVE.value,
            last_operation=instance_rows.operation(tx, "restore"),
            deleted_at=None,
            deleted_by=None,
            restored_at=milliseconds(tx.now),
            restored_by=caller.iam_id,
        )
        self._end(tx, caller, row, "restore", data)
        broker = self._brokers.get(row.service)
        if broker is not None:
            broker.restored(tx, row.guid, caller)

    def _reclaim(self, tx: Transaction, caller: Caller, row: Row[Any], data: dict[str, Any]) -> None:
        instance_rows.change(
            tx,
            row.guid,
            caller.iam_id,
            state=InstanceState.REMOVED.value,
            last_operation=instance_rows.operation(tx, "delete"),
        )
        self._end(tx, caller, row, "reclaim", data)
        broker = self._brokers.get(row.service)
        if broker is not None:
            broker.reclaimed(tx, row.guid, caller)

    def _end(self, tx: Transaction, caller: Caller, row: Row[Any], verb: str, data: dict[str, Any]) -> None:
        tx.execute(delete(reclamation).where(reclamation.c.id == row.id))
        tx.changed("reclamation", row.id)
        event = Event(f"{row.service}.instance.{verb}", row.crn, row.name, instance=row.guid, request_data=data)
        self._activity.record(tx, caller, event)

    def _may(self, reader: Reader, caller: Caller, verb: str, row: Row[Any]) -> bool:
        return self._decisions.allows(reader, caller, f"{_ACTION}.{verb}", Crn.parse(row.crn), group=row.group_id)


def _document(
    row: Row[Any], state: ReclamationState | None = None, now: datetime | None = None, by: str = ""
) -> dict[str, Any]:
    return {
        "id": row.id,
        "entity_id": row.guid,
        "entity_type_id": "service_instance",
        "entity_crn": row.crn,
        "resource_instance_id": row.guid,
        "resource_group_id": row.group_id,
        "account_id": row.account,
        "policy_id": "",
        "state": state.value if state else row.state,
        "target_time": rfc3339_ms(moment(row.target_at)),
        "custom_properties": {},
        "created_at": rfc3339_ms(moment(row.created_at)),
        "created_by": row.created_by,
        "updated_at": rfc3339_ms(now or moment(row.updated_at)),
        "updated_by": by or row.updated_by,
    }

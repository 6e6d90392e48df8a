"""Service instances: created, listed, changed, locked, deleted (reference iam-and-resources.md section 7)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.resources import instance_rows
from kyok.cloud.resources.broker import DeletionGuard, ServiceBroker
from kyok.cloud.resources.errors import (
    InstanceInvalid,
    InstanceLocked,
    InstanceNotFound,
    InstancePending,
    InstanceRemoved,
    NotCancelable,
)
from kyok.cloud.resources.groups import Groups
from kyok.cloud.resources.instance_filters import filtered
from kyok.cloud.resources.instance_rules import LATER, good_name, good_parameters, wanted, without_secrets
from kyok.cloud.resources.reclamations import Reclamations
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import InstanceState, OperationState
from kyok.domain.crn import Crn
from kyok.domain.databases import FREE_PERIOD
from kyok.domain.services import SERVICES, plan_by_id
from kyok.randomness import Randomness, new_uuid

FREE_PLANS = tuple(plan.id for service in SERVICES for plan in service.plans if plan.free)
_ACTION = "resource-controller.instance"


class Instances:
    """The instances of all accounts. What their services do with them is the brokers' business."""

    def __init__(
        self,
        decisions: Decisions,
        activity: Activity,
        randomness: Randomness,
        groups: Groups,
        reclamations: Reclamations,
        brokers: Mapping[str, ServiceBroker],
    ) -> None:
        self._decisions = decisions
        self._activity = activity
        self._randomness = randomness
        self._groups = groups
        self._reclamations = reclamations
        self._brokers = brokers

    def create(self, tx: Transaction, caller: Caller, body: Mapping[str, Any], *, locked: bool = False) -> Row[Any]:
        """Makes an instance; its state tells whether it is there already.

        Raises:
            InstanceInvalid, GroupNotFound, NotAuthorized: nothing is made.
            KyokError: the service's broker refused.
        """
        request = wanted(body)
        group = self._groups.known(tx, caller.account, request.group)
        account_crn = Crn.of_account(request.service.name, caller.account)
        self._decisions.require(tx, caller, f"{_ACTION}.create", account_crn, group=group)
        guid = new_uuid(self._randomness)
        crn = Crn.of_instance(request.service.name, request.region, caller.account, guid)
        later = request.service.name in LATER
        instance_rows.add(
            tx,
            guid=guid,
            account=caller.account,
            crn=str(crn),
            name=request.name,
            service=request.service.name,
            plan_id=request.plan.id,
            region=request.region,
            group_id=group,
            state=(InstanceState.PROVISIONING if later else InstanceState.ACTIVE).value,
            parameters=request.kept,
            tags=request.tags,
            last_operation=instance_rows.operation(
                tx, "create", state=OperationState.IN_PROGRESS if later else OperationState.SUCCEEDED, later=later
            ),
            by=caller.iam_id,
        )
        if locked:
            instance_rows.change(tx, guid, caller.iam_id, locked=True)
        broker = self._brokers.get(request.service.name)
        if broker is not None:
            broker.created(tx, guid, caller.account, request.parameters, request.plan)
        made = self._again(tx, caller.account, guid)
        self._record(tx, caller, "create", made, status=202 if later else 201, data={"plan": request.plan.name})
        return made

    def get(self, reader: Reader, caller: Caller, ident: str) -> Row[Any]:
        """One instance by GUID or CRN, removed ones too.

        Raises:
            InstanceNotFound: it is nobody's, another account's, or not the caller's to see.
        """
        row = instance_rows.find(reader, caller.account, ident)
        if row is None or not self._may_see(reader, caller, row):
            raise InstanceNotFound()
        return row

    def page(self, reader: Reader, caller: Caller, query: Mapping[str, str]) -> list[Row[Any]]:
        """The instances that the filters leave and the caller may see, oldest first."""
        rows = reader.all(filtered(caller.account, query))
        return [row for row in rows if self._may_see(reader, caller, row)]

    def update(self, tx: Transaction, caller: Caller, ident: str, body: Mapping[str, Any]) -> Row[Any]:
        """`PATCH`: another name, other parameters. The plan of an instance stays."""
        row = self._for_change(tx, caller, ident, "update")
        values: dict[str, Any] = {}
        if "name" in body:
            values["name"] = good_name(body["name"])
        if body.get("parameters") is not None:
            values["parameters"] = {**row.parameters, **without_secrets(good_parameters(body))}
        if body.get("resource_plan_id") not in (None, row.plan_id):
            raise InstanceInvalid("The plan of an instance cannot be changed here.", target="resource_plan_id")
        values["last_operation"] = instance_rows.operation(tx, "update")
        instance_rows.change(tx, row.guid, caller.iam_id, **values)
        changed = self._again(tx, caller.account, row.guid)
        data: dict[str, Any] = {"changed": sorted(set(values) - {"last_operation"})}
        if changed.name != row.name:
            data |= {"name_before": row.name, "detail": f"{row.name} is now {changed.name}"}
        self._record(tx, caller, "update", changed, data=data)
        return changed

    def lock(self, tx: Transaction, caller: Caller, ident: str, *, locked: bool) -> Row[Any]:
        """Locks or unlocks an instance against changes and deletion."""
        row = self._for_change(tx, caller, ident, "update", unlocked=False)
        kind = "lock" if locked else "unlock"
        done = instance_rows.operation(tx, kind)
        instance_rows.change(tx, row.guid, caller.iam_id, locked=locked, last_operation=done)
        changed = self._again(tx, caller.account, row.guid)
        self._record(tx, caller, "update", changed, data={"changed": [kind], "detail": f"{kind}ed"})
        return changed

    def delete(self, tx: Transaction, caller: Caller, ident: str) -> Row[Any]:
        """Deletes an instance: it waits for its reclamation, or is gone when its plan knows none."""
        row = self._for_change(tx, caller, ident, "delete")
        return self._delete(tx, caller, row)

    def cancel(self, reader: Reader, caller: Caller, ident: str) -> None:
        """`DELETE .../last_operation`: nothing here can be cancelled."""
        self.get(reader, caller, ident)
        raise NotCancelable()

    def delete_outlived(self, tx: Transaction) -> int:
        """Deletes free instances whose time is up; returns how many. The reconciler calls it."""
        free = instance.c.plan_id.in_(FREE_PLANS)
        rows = tx.all(select(instance).where(instance.c.state == InstanceState.ACTIVE, free))
        ended = [row for row in rows if row.created_at + FREE_PERIOD // _MILLISECOND <= milliseconds(tx.now)]
        for row in ended:
            self._delete(tx, system(row.account), row)
        return len(ended)

    def _delete(self, tx: Transaction, caller: Caller, row: Row[Any]) -> Row[Any]:
        broker = self._brokers.get(row.service)
        if isinstance(broker, DeletionGuard):
            broker.may_delete(tx, row.guid)
        plan = plan_by_id(row.plan_id)
        now = milliseconds(tx.now)
        waits = plan is None or plan[1].reclaimable
        instance_rows.change(
            tx,
            row.guid,
            caller.iam_id,
            state=(InstanceState.PENDING_RECLAMATION if waits else InstanceState.REMOVED).value,
            last_operation=instance_rows.operation(tx, "reclamation" if waits else "delete"),
            deleted_at=now,
            deleted_by=caller.iam_id,
        )
        if waits:
            self._reclamations.schedule(tx, caller, row)
        self._record(tx, caller, "delete", row, status=202 if waits else 204)
        if broker is not None:
            (broker.deleted if waits else broker.reclaimed)(tx, row.guid, caller)
        return self._again(tx, row.account, row.guid)

    def _for_change(self, tx: Transaction, caller: Caller, ident: str, verb: str, *, unlocked: bool = True) -> Row[Any]:
        row = self.get(tx, caller, ident)
        self._decisions.require(tx, caller, f"{_ACTION}.{verb}", Crn.parse(row.crn), group=row.group_id)
        about = {"target_crn": row.crn, "target_name": row.name, "instance": row.guid}
        if row.state == InstanceState.REMOVED:
            raise InstanceRemoved(**about)
        if row.state == InstanceState.PENDING_RECLAMATION:
            raise InstancePending(**about)
        if unlocked and row.locked:
            raise InstanceLocked(**about)
        return row

    def _may_see(self, reader: Reader, caller: Caller, row: Row[Any]) -> bool:
        return self._decisions.allows(reader, caller, f"{_ACTION}.retrieve", Crn.parse(row.crn), group=row.group_id)

    def _again(self, tx: Transaction, account: str, guid: str) -> Row[Any]:
        row = instance_rows.find(tx, account, guid)
        if row is None:
            raise InstanceNotFound()
        return row

    def _record(
        self, tx: Transaction, caller: Caller, verb: str, row: Row[Any], *, status: int = 200, data: Any = None
    ) -> None:
        event = Event(
            f"{row.service}.instance.{verb}",
            row.crn,
            row.name,
            status=status,
            instance=row.guid,
            response_data=data or {},
        )
        self._activity.record(tx, caller, event)


_MILLISECOND = timedelta(milliseconds=1)


def system(account: str) -> Caller:
    """Who does what happens by itself when its time has come."""
    return Caller("iam-ServiceId-resource-controller", account, "Resource controller", "service", None, "kyok")

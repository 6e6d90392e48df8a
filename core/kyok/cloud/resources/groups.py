"""Resource groups (reference iam-and-resources.md 7.2)."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.resources.errors import GroupInUse, GroupInvalid, GroupNotFound
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, resource_group
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.texts import plural
from kyok.randomness import Randomness, new_hex

DEFAULT = "Default"
QUOTA = "a3d7b8d01e261c24677937c29ab33f3c"
"""The one quota that every group has; invented."""
NAME = re.compile(r"[A-Za-z0-9 _.:-]{1,40}")
_ACTION = "resource-controller.group"
_ALIVE = resource_group.c.deleted_at.is_(None)


class Groups:
    """The resource groups of all accounts."""

    def __init__(self, decisions: Decisions, activity: Activity, randomness: Randomness) -> None:
        self._decisions = decisions
        self._activity = activity
        self._randomness = randomness

    def add(self, tx: Transaction, account: str, name: str, *, default: bool = False) -> str:
        """Makes a group without asking anybody; returns its id."""
        ident = new_hex(self._randomness)
        now = milliseconds(tx.now)
        tx.execute(
            insert(resource_group).values(id=ident, account=account, name=name, is_default=default, created_at=now)
        )
        tx.changed("instance", "")
        return ident

    def known(self, reader: Reader, account: str, ident: str) -> str:
        """The id, when the account has the group. Raises `GroupNotFound`."""
        return str(self._row(reader, account, ident).id)

    def page(self, reader: Reader, caller: Caller, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The groups of the caller's account; every user of the account may see them."""
        if query.get("account_id", caller.account) != caller.account:
            return []
        statement = select(resource_group).where(resource_group.c.account == caller.account)
        if query.get("include_deleted", "").lower() != "true":
            statement = statement.where(_ALIVE)
        if "name" in query:
            statement = statement.where(resource_group.c.name == query["name"])
        if query.get("default", "").lower() in ("true", "false"):
            statement = statement.where(resource_group.c.is_default.is_(query["default"].lower() == "true"))
        order = (resource_group.c.is_default.desc(), resource_group.c.name)
        return [_document(row) for row in reader.all(statement.order_by(*order))]

    def get(self, reader: Reader, caller: Caller, ident: str) -> dict[str, Any]:
        """One group of the caller's account."""
        return _document(self._row(reader, caller.account, ident))

    def create(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> dict[str, Any]:
        """`POST`: answers the new group's id and CRN."""
        self._decisions.require(tx, caller, f"{_ACTION}.create", Crn.of_account("resource-controller", caller.account))
        if body.get("account_id", caller.account) != caller.account:
            raise GroupInvalid("A group can be made in your own account only.")
        name = self._good_name(tx, caller.account, body.get("name"))
        ident = self.add(tx, caller.account, name)
        self._record(tx, caller, "create", ident, name)
        return {"id": ident, "crn": str(Crn.of_resource_group(caller.account, ident))}

    def update(self, tx: Transaction, caller: Caller, ident: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """`PATCH`: another name."""
        row = self._for_change(tx, caller, ident, "update")
        name = self._good_name(tx, caller.account, body.get("name", row.name), besides=row.id)
        tx.execute(update(resource_group).where(resource_group.c.id == row.id).values(name=name))
        tx.changed("instance", "")
        self._record(tx, caller, "update", row.id, name)
        return self.get(tx, caller, ident)

    def delete(self, tx: Transaction, caller: Caller, ident: str) -> None:
        """`DELETE`: only groups without instances, those that wait for their reclamation included.

        Instances that are gone for good go on naming the group, so its row stays.
        """
        row = self._for_change(tx, caller, ident, "delete")
        if row.is_default:
            raise GroupInUse("The default resource group cannot be deleted.", "It stays as long as the account does.")
        held = instance.c.group_id == row.id, instance.c.state != InstanceState.REMOVED.value
        count = tx.scalar(select(func.count()).select_from(instance).where(*held))
        if count:
            raise GroupInUse(f"The resource group “{row.name}” holds {plural(count, 'instance')}.")
        tx.execute(update(resource_group).where(resource_group.c.id == row.id).values(deleted_at=milliseconds(tx.now)))
        tx.changed("instance", "")
        self._record(tx, caller, "delete", row.id, row.name)

    def _for_change(self, tx: Transaction, caller: Caller, ident: str, verb: str) -> Row[Any]:
        row = self._row(tx, caller.account, ident)
        target = Crn.of_resource_group(caller.account, row.id)
        self._decisions.require(tx, caller, f"{_ACTION}.{verb}", target, group=row.id)
        return row

    def _row(self, reader: Reader, account: str, ident: str) -> Row[Any]:
        mine = (resource_group.c.id == ident, resource_group.c.account == account, _ALIVE)
        row = reader.one(select(resource_group).where(*mine))
        if row is None:
            raise GroupNotFound()
        return row

    def _good_name(self, reader: Reader, account: str, name: Any, besides: str = "") -> str:
        if not isinstance(name, str) or not NAME.fullmatch(name) or not name.strip():
            raise GroupInvalid()
        taken = reader.scalar(
            select(resource_group.c.id).where(
                resource_group.c.account == account,
                resource_group.c.name == name,
                resource_group.c.id != besides,
                _ALIVE,
            )
        )
        if taken is not None:
            raise GroupInvalid(f"There is a resource group “{name}” already.", "Choose another name.")
        return name

    def _record(self, tx: Transaction, caller: Caller, verb: str, ident: str, name: str) -> None:
        target = str(Crn.of_resource_group(caller.account, ident))
        self._activity.record(tx, caller, Event(f"resource-controller.group.{verb}", target, name))


def name_of(reader: Reader, account: str, ident: str) -> str | None:
    """The name of a group of the account; None when there is none."""
    mine = (resource_group.c.id == ident, resource_group.c.account == account, _ALIVE)
    found = reader.scalar(select(resource_group.c.name).where(*mine))
    return None if found is None else str(found)


def quota() -> dict[str, Any]:
    """The quota definition that every group has."""
    return {"id": QUOTA, "name": "Standard", "type": "STANDARD", "number_of_apps": None, "resource_quotas": []}


def _document(row: Row[Any]) -> dict[str, Any]:
    created = rfc3339_ms(moment(row.created_at))
    place = f"/v2/resource_groups/{row.id}"
    return {
        "id": row.id,
        "crn": str(Crn.of_resource_group(row.account, row.id)),
        "account_id": row.account,
        "name": row.name,
        "state": "ACTIVE" if row.deleted_at is None else "DELETED",
        "default": row.is_default,
        "quota_id": QUOTA,
        "quota_url": f"/v2/quota_definitions/{QUOTA}",
        "payment_methods_url": f"{place}/payment_methods",
        "resource_linkages": [],
        "teams_url": f"{place}/teams",
        "created_at": created,
        "updated_at": created,
    }

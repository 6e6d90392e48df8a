"""Who uses which key, read across the services: for lists, pickers and the dialog that deletes a key.

It only reads, and belongs to no service: each fact comes from the service that owns it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kyok.cloud.activity.events import Caller
from kyok.cloud.databases import key_history, records
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.key_facts import crypto_units
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.databases.views.summaries import key_users
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, key, registration
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState
from kyok.domain.services import KEY_SERVICES
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud


class KeyInstanceUnknown(KyokError):
    """There is no key instance with this GUID in the caller's account."""

    summary = "There is no key service instance with this GUID in your account."
    remedy = "List the service instances of your account first."


DAY = timedelta(days=1)
_KEY_INSTANCES = (
    select(instance.c.guid, instance.c.service, instance.c.crn)
    .where(instance.c.service.in_(KEY_SERVICES), instance.c.state == InstanceState.ACTIVE.value)
    .order_by(instance.c.seq)
)


def instances(cloud: "Cloud", reader: Reader, caller: Caller) -> dict[str, Any]:
    """How each key instance is used that the caller may see."""
    rows = [
        row
        for row in reader.all(_KEY_INSTANCES.where(instance.c.account == caller.account))
        if cloud.decisions.allows(reader, caller, f"{row.service}.instances.read", Crn.parse(row.crn))
    ]
    return {"instances": [_instance(cloud, reader, row.guid, row.service) for row in rows]}


def _instance(cloud: "Cloud", reader: Reader, guid: str, service: str) -> dict[str, Any]:
    held = cloud.keys.usage(reader, guid)
    units, initialised = crypto_units(cloud.hsm, guid, service)
    return {
        "guid": guid,
        "service": service,
        "units": units,
        "initialised": initialised,
        "root_keys": {str(int(state)): held.root_keys.get(state, 0) for state in KeyState},
        "standard_keys": sum(held.standard_keys.values()),
    }


def of_key(cloud: "Cloud", reader: Reader, caller: Caller, guid: str, key_id: str) -> dict[str, Any]:
    """Who uses one key, and how its checks went in the last 24 hours.

    Raises:
        KeyInstanceUnknown: the caller's account has no such key instance. NotAuthorized.
    """
    mine = (instance.c.guid == guid) & (instance.c.account == caller.account) & instance.c.service.in_(KEY_SERVICES)
    where = reader.one(select(instance.c.crn, instance.c.service).where(mine))
    if where is None:
        raise KeyInstanceUnknown()
    target = Crn.parse(where.crn).with_resource("key", key_id)
    cloud.decisions.require(reader, caller, f"{where.service}.secrets.readmetadata", target)
    found = [
        of
        for of in records.databases(reader)
        if of.account == caller.account and of.kms_guid == guid and of.kms_key == key_id
    ]
    nodes = [node for group in records.nodes(reader, [of.guid for of in found]).values() for node in group]
    registered = (
        select(func.count())
        .select_from(registration.join(key, key.c.pk == registration.c.key_pk))
        .where(key.c.instance == guid, key.c.id == key_id)
    )
    return {
        "key_id": key_id,
        "registrations": reader.scalar(registered) or 0,
        "last_unwrap": _last_unwrap(found, nodes),
        "unwraps_24h": key_history.totals(reader, [node.id for node in nodes], reader.now - DAY),
        "databases": key_users(reader, caller.account, guid, key_id, cloud.databases.driver),
    }


def _last_unwrap(found: Sequence[Database], nodes: Sequence[Node]) -> dict[str, Any] | None:
    passed = [(node.passed_at, node) for node in nodes if node.passed_at is not None]
    if not passed:
        return None
    at, node = max(passed, key=lambda item: item[0])
    name = next(of.name for of in found if of.guid == node.guid)
    return {"at": wire(at), "database": name, "node": node.number, "zone": node.zone}

"""Key health of a whole account: `GET /emulator/v1/key-health`.

Every instance as its detail tells it, in short: the same members, without what takes asking a machine or the activity
log. The number of statements does not grow with the number of instances (tests count them).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, tuple_

from kyok.cloud.databases import records
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.access_facts import (
    Policies,
    authorizations,
    emails,
    in_force_or_last,
    key_user,
)
from kyok.cloud.databases.views.checks import checks_body
from kyok.cloud.databases.views.key_facts import (
    RootKey,
    crypto_units,
    hsm_of_row,
    key_of_row,
    purged_key_of_row,
    root_key_body,
    unknown_key,
)
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.databases.views.node_facts import node_brief
from kyok.cloud.databases.world import World, world
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, key, key_alias, purged_key, reclamation
from kyok.domain.authorizations import lets_use_keys
from kyok.domain.cluster import LISTED_STATES, ClusterState
from kyok.domain.crn import Crn
from kyok.domain.key_rules import worst
from kyok.hsm import Hsm


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read once for all instances."""

    nodes: Mapping[str, list[Node]]
    groups: Mapping[str, str]
    keys: Mapping[str, RootKey]
    hsms: Mapping[str, dict[str, Any]]
    policies: Mapping[str, Policies]
    world: World


def everybody(of: Database) -> bool:
    """Whoever asks may see all of them."""
    return True


def listed(reader: Reader, account: str, seen: Callable[[Database], bool] = everybody) -> list[Database]:
    """The account's instances that the resource list shows, as far as the asking person may see them."""
    found = [of for of in records.databases(reader) if of.account == account and of.instance_state in LISTED_STATES]
    return [of for of in found if seen(of)]


def health(reader: Reader, account: str, hsm: Hsm, seen: Callable[[Database], bool] = everybody) -> dict[str, Any]:
    """The whole answer; instances in the order in which they were made."""
    found = sorted(listed(reader, account, seen), key=lambda of: (of.created_at, of.guid))
    keyed = [of for of in found if of.uses_kms and of.kms_guid]
    rows = _instances(reader, {of.guid for of in found} | {of.kms_guid for of in keyed})
    known = _Known(
        nodes=records.nodes(reader, [of.guid for of in found]),
        groups={guid: row.group_id for guid, row in rows.items()},
        keys=_root_keys(reader, keyed),
        hsms=_hsms(reader, keyed, rows, hsm),
        policies=_by_target(authorizations(reader, account)),
        world=world(reader),
    )
    bodies = [_body(of, known) for of in found]
    _name_removers(reader, bodies)
    return {"now": wire(reader.now), "checks": checks_body(known.world), "instances": bodies}


def _body(of: Database, known: _Known) -> dict[str, Any]:
    nodes, root_key = known.nodes[of.guid], known.keys.get(of.guid)
    body = {
        "guid": of.guid,
        "crn": str(of.crn),
        "name": of.name,
        "region": of.region,
        "created_at": wire(of.created_at),
        "instance_state": of.instance_state.value,
        "cluster_state": of.state.value,
        "failure": of.reason if of.state is ClusterState.FAILED else "",
        "key_status": worst(node.standing.status for node in nodes).value,
        "hsm": None,
        "root_key": None,
        "authorization": None,
        "data_key": {"destroyed_at": wire(of.data_lost_at)},
        "nodes": [node_brief(node) for node in nodes],
    }
    if root_key is not None:
        cut = [node.zone for node in nodes if known.world.cut(node.zone, of.kms_guid)]
        body["hsm"] = known.hsms[of.kms_guid] | {"cut_zones": cut}
        body["root_key"] = root_key_body(root_key)
        body["authorization"] = _authorization(of, known)
    return body


def _authorization(of: Database, known: _Known) -> dict[str, Any]:
    user = key_user(of, known.groups, known.keys[of.guid].ring)
    near = [*known.policies.get("", ()), *known.policies.get(of.kms_guid, ())]
    body, removed = in_force_or_last([one for one in near if lets_use_keys(one[0], user)])
    return body | {"removed_by": removed.modified_by if removed is not None else ""}


def _by_target(found: Policies) -> dict[str, Policies]:
    """Policies by the key service instance that they name; under the empty text those that name none."""
    grouped: dict[str, Policies] = {}
    for parsed, row in found:
        grouped.setdefault(parsed.target_instance or "", []).append((parsed, row))
    return grouped


def _name_removers(reader: Reader, bodies: list[dict[str, Any]]) -> None:
    removed = [
        body["authorization"] for body in bodies if body["authorization"] and body["authorization"]["removed_by"]
    ]
    names = emails(reader, {one["removed_by"] for one in removed})
    for one in removed:
        one["removed_by"] = names[one["removed_by"]]


def _instances(reader: Reader, guids: Iterable[str]) -> dict[str, Row[Any]]:
    statement = select(instance.c.guid, instance.c.name, instance.c.state, instance.c.group_id)
    return {row.guid: row for row in reader.all(statement.where(instance.c.guid.in_(list(guids))))}


def _hsms(reader: Reader, keyed: list[Database], rows: Mapping[str, Row[Any]], hsm: Hsm) -> dict[str, dict[str, Any]]:
    crns = {of.kms_guid: Crn.parse(of.kms_instance or "") for of in keyed}
    ends = select(reclamation.c.guid, reclamation.c.target_at).where(reclamation.c.guid.in_(list(crns)))
    until = {row.guid: row.target_at for row in reader.all(ends.order_by(reclamation.c.created_at))}
    return {
        guid: hsm_of_row(crn, rows.get(guid), until.get(guid), crypto_units(hsm, guid, crn.service))
        for guid, crn in crns.items()
    }


def _root_keys(reader: Reader, keyed: list[Database]) -> dict[str, RootKey]:
    """The root key of each instance, by the instance: found by id, by alias, or as the evidence of a purge."""
    wanted = {(of.kms_guid, of.kms_key or "") for of in keyed}
    if not wanted:
        return {}
    found: dict[tuple[str, str], RootKey] = {}
    for row in reader.all(select(purged_key).where(tuple_(purged_key.c.instance, purged_key.c.id).in_(wanted))):
        found[row.instance, row.id] = purged_key_of_row(row)
    named = select(key, key_alias.c.alias).join(key_alias, key_alias.c.key_pk == key.c.pk)
    for row in reader.all(named.where(tuple_(key_alias.c.instance, key_alias.c.alias).in_(wanted))):
        found[row.instance, row.alias] = key_of_row(row, row.version_id, reader.now)
    for row in reader.all(select(key).where(tuple_(key.c.instance, key.c.id).in_(wanted))):
        found[row.instance, row.id] = key_of_row(row, row.version_id, reader.now)
    return {of.guid: found.get((of.kms_guid, of.kms_key or ""), unknown_key(of.kms_key or "")) for of in keyed}

"""All database instances in short, read together: `GET /emulator/v1/databases`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from kyok.cloud.databases import backups, records
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.detail import data_body
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, key
from kyok.domain.cluster import LISTED_STATES
from kyok.domain.key_rules import worst


def summaries(
    reader: Reader, account: str, seen: Callable[[Database], bool], *, everything: bool
) -> list[dict[str, Any]]:
    """Summaries of an account's instances that may be seen, in the order in which they were made."""
    found = [of for of in records.databases(reader) if of.account == account and seen(of)]
    if not everything:
        found = [of for of in found if of.instance_state in LISTED_STATES]
    guids = [of.guid for of in found]
    nodes, counted = records.nodes(reader, guids), backups.counts(reader, guids)
    groups = {row.guid: row.group_id for row in reader.all(select(instance.c.guid, instance.c.group_id))}
    names = _root_keys(reader, found)
    found.sort(key=lambda of: (of.created_at, of.guid))
    return [
        _summary(of, nodes[of.guid], counted.get(of.guid, (0, None)), groups[of.guid], names.get(_pair(of), (None, "")))
        for of in found
    ]


def key_users(reader: Reader, account: str, kms_guid: str, key_id: str, driver: NodeDriver) -> list[dict[str, Any]]:
    """The instances under one root key, for the usage of a key (`databases` of its answer)."""
    found = [
        of
        for of in records.databases(reader)
        if of.account == account and of.kms_guid == kms_guid and of.kms_key == key_id
    ]
    nodes = records.nodes(reader, [of.guid for of in found])
    counted = backups.counts(reader, [of.guid for of in found])
    answers = []
    for of in sorted(found, key=lambda of: (of.created_at, of.name, of.guid)):
        data, (count, latest) = data_body(of, driver), counted.get(of.guid, (0, None))
        answers.append(
            {
                "guid": of.guid,
                "crn": str(of.crn),
                "name": of.name,
                "instance_state": of.instance_state.value,
                "running_nodes": sum(node.running for node in nodes[of.guid]),
                "nodes": len(nodes[of.guid]),
                "key_status": worst(node.standing.status for node in nodes[of.guid]).value,
                "rows": data["rows"],
                "size_bytes": data["size_bytes"],
                "backups": count,
                "latest_backup_at": wire(latest),
                "since": wire(of.created_at),
            }
        )
    return answers


def _summary(
    of: Database, nodes: list[Node], counted: tuple[int, Any], group: str, root_key: tuple[str | None, str]
) -> dict[str, Any]:
    status = worst(node.standing.status for node in nodes)
    since = [node.standing.since for node in nodes if node.standing.status is status]
    return {
        "guid": of.guid,
        "crn": str(of.crn),
        "name": of.name,
        "region": of.region,
        "resource_group_id": group,
        "instance_state": of.instance_state.value,
        "cluster_state": of.state.value,
        "key_status": status.value,
        "headline_since": wire(min(since, default=None)),
        "kms_instance": of.kms_instance,
        "kms_key": of.kms_key,
        "kms_key_name": root_key[0],
        "kms_key_ring": root_key[1],
        "backups": counted[0],
        "latest_backup_at": wire(counted[1]),
        "nodes": [
            {
                "number": node.number,
                "zone": node.zone,
                "role": node.role.value,
                "state": node.state.value,
                "key_status": node.standing.status.value,
                "stopped_at": wire(node.stopped_at),
            }
            for node in nodes
        ],
    }


def _pair(of: Database) -> tuple[str, str]:
    return of.kms_guid, of.kms_key or ""


def _root_keys(reader: Reader, found: list[Database]) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and key ring of the root keys that the instances were made with, where they are still known."""
    ids = {of.kms_key for of in found if of.kms_key}
    rows = reader.all(select(key.c.instance, key.c.id, key.c.name, key.c.ring).where(key.c.id.in_(ids)))
    return {(row.instance, row.id): (row.name, row.ring) for row in rows}

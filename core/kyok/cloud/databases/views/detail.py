"""Everything about one database instance: `GET /emulator/v1/databases/{guid}`."""

from typing import Any

from sqlalchemy import Row, select

from kyok.cloud.databases import backups, naming, tasks
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.errors import NotServing
from kyok.cloud.databases.records import Database, nodes_of
from kyok.cloud.databases.views.access_facts import authorization_body, covering
from kyok.cloud.databases.views.checks import checks_body
from kyok.cloud.databases.views.deletion_facts import deletion_body
from kyok.cloud.databases.views.key_facts import RootKey, hsm_body, root_key, root_key_body, version_number
from kyok.cloud.databases.views.key_past import KeyEvent, key_events, last
from kyok.cloud.databases.views.moments import wire, wire_ms
from kyok.cloud.databases.views.node_facts import node_detail
from kyok.cloud.databases.views.strip import strip_body
from kyok.cloud.databases.world import world
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, reclamation, user
from kyok.domain.cluster import ClusterState, InstanceState, TaskType
from kyok.domain.databases import parse_size
from kyok.domain.key_rules import worst
from kyok.hsm import Hsm


def detail_body(reader: Reader, of: Database, driver: NodeDriver, hsm: Hsm) -> dict[str, Any]:
    """The whole answer; facts only."""
    nodes = nodes_of(reader, of.guid)
    row = reader.one(select(instance).where(instance.c.guid == of.guid))
    key, past, policies = _key_story(reader, of)
    surroundings = world(reader)
    hsm_facts = hsm_body(reader, of, nodes, surroundings, hsm) if key is not None else None
    hsm_name = hsm_facts["name"] if hsm_facts else ""
    newest = last(past, "rotate", "disable", "enable", "delete", "restore")
    return {
        **_identity(reader, of, row),
        **_driver_facts(of, driver),
        "key_status": worst(node.standing.status for node in nodes).value,
        "checks": {
            **checks_body(surroundings),
            "learns_at": wire(of.learns_at) if of.learns_at and of.learns_at > reader.now else None,
        },
        "hsm": hsm_facts,
        "root_key": root_key_body(key) if key is not None else None,
        "authorization": authorization_body(reader, policies) if key is not None else None,
        "data_key": {
            "wrapped_version": version_number(reader, of.wrapped_version),
            "wrapped_version_id": of.wrapped_version,
            "wrapped_at": wire(of.wrapped_at),
            "destroyed_at": wire(of.data_lost_at) or wire_ms(_erasure(of).get("data_key_destroyed_at")),
        },
        "nodes": [node_detail(node, driver, newest) for node in nodes],
        "strip": strip_body(reader, of, nodes, past, policies, hsm_name),
        "data": data_body(of, driver),
        **_backup_facts(reader, of),
        "connection": _connection(of, driver),
        "sizes": {"ram": parse_size(of.memory), "disk": parse_size(of.storage), "cpu": of.cpu},
        "secure_deletion": deletion_body(reader, of, nodes, key, past),
    }


def data_body(of: Database, driver: NodeDriver) -> dict[str, Any]:
    """`data`: figures from the opened volume, or that it cannot be read."""
    sealed = {"readable": False, "rows": None, "digest": None, "size_bytes": None}
    if not of.living:
        return sealed
    try:
        figures = driver.figures(of.guid)
    except NotServing:
        return sealed
    return {"readable": True, "rows": figures.rows, "digest": figures.digest, "size_bytes": figures.size}


def _key_story(reader: Reader, of: Database) -> tuple[RootKey | None, list[KeyEvent], list[Any]]:
    if not of.uses_kms or not of.kms_guid:
        return None, [], []
    key = root_key(reader, of)
    return key, key_events(reader, of, key.id), covering(reader, of)


def _identity(reader: Reader, of: Database, row: Row[Any] | None) -> dict[str, Any]:
    found = reader.one(
        select(reclamation).where(reclamation.c.guid == of.guid).order_by(reclamation.c.created_at.desc())
    )
    pending = found if of.instance_state is InstanceState.PENDING_RECLAMATION else None
    created_by = row.created_by if row is not None else ""
    email = reader.scalar(select(user.c.email).where(user.c.iam_id == created_by))
    return {
        "now": wire(reader.now),
        "guid": of.guid,
        "crn": str(of.crn),
        "name": of.name,
        "region": of.region,
        "plan_id": of.plan_id,
        "resource_group_id": row.group_id if row is not None else "",
        "created_at": wire(of.created_at),
        "created_by": email or created_by,
        "instance_state": of.instance_state.value,
        "cluster_state": of.state.value,
        "failure": of.reason if of.state is ClusterState.FAILED else "",
        "restorable_until": wire_ms(pending.target_at) if pending is not None else None,
        "reclamation_id": pending.id if pending is not None else None,
    }


def _driver_facts(of: Database, driver: NodeDriver) -> dict[str, Any]:
    said = driver.describe(of.guid)
    return {
        "node_driver": said.driver,
        "connectable": said.connectable,
        "why_not_connectable": "" if said.connectable else "Nodes are simulated: psql cannot connect.",
        "storage_protection": {
            "name": said.display_name,
            "summary": said.summary,
            "cipher": said.cipher,
            "warning": said.warning,
            "guarantees": [{"situation": one.situation, "protection": one.protection} for one in said.guarantees],
        },
    }


def _erasure(of: Database) -> dict[str, Any]:
    return of.document.get("erasure") or {}


def _backup_facts(reader: Reader, of: Database) -> dict[str, Any]:
    count, latest = backups.counts(reader, [of.guid]).get(of.guid, (0, None))
    wanted = of.document.get("restore")
    facts: dict[str, Any] = {"backups": {"count": count, "latest_at": wire(latest)}}
    facts["restored_from"] = facts["restore"] = None
    if wanted is None:
        return facts
    facts["restored_from"] = {
        "guid": wanted["guid"],
        "name": wanted["name"],
        "backup_id": wanted["backup_id"],
        "backup_created_at": wire_ms(wanted["backup_created_at"]),
    }
    task = tasks.find(reader, of.guid, wanted["task_id"])
    if task is not None and task.type is TaskType.RESTORE:
        facts["restore"] = {
            "task_id": task.id,
            "state": task.state.value,
            "percent": task.document["percent"],
            "step": task.reason or task.document["step"],
            "rows": task.document["rows"],
        }
    return facts


def _connection(of: Database, driver: NodeDriver) -> dict[str, Any]:
    """Where clients connect: this machine for real servers, else the name and port that the real service would give."""
    real = driver.connection(of.guid)
    return {
        "host": real.host if real else naming.host(of.region, private=of.endpoints == "private"),
        "port": real.port if real else of.document["port"],
        "user": of.admin_name,
        "database": real.database if real else of.admin_name,
        "endpoints": of.endpoints,
        "cluster_name": of.cluster_name,
        "version": of.version,
        "server_version": real.server_version if real else "",
        "certificate": bool(real and real.authority),
    }

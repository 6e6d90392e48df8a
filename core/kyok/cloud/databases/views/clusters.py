"""Clusters, tasks, users, databases and configuration in the shapes of API v3 (reference/dbaas.md section 2.3)."""

from collections.abc import Mapping
from typing import Any

from kyok.cloud.databases import naming
from kyok.cloud.databases.backups import Backup
from kyok.cloud.databases.driver import Connection, NodeFacts
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.tasks import Task
from kyok.cloud.store.times import milliseconds, moment, rfc3339, rfc3339_ms
from kyok.domain.configuration import PARAMETERS, maximum
from kyok.domain.key_rules import stopped_reason
from kyok.postgres.catalog import Catalog
from kyok.postgres.logs import LogFile

_GIB = 1024**3


def cluster_body(
    of: Database, nodes: list[Node], facts: Mapping[int, NodeFacts], connection: Connection | None
) -> dict[str, Any]:
    """A Cluster. `facts` by node number; with a `connection` the endpoint is one that a client here can use."""
    size = max((fact.size for fact in facts.values()), default=0)
    body: dict[str, Any] = {
        "id": of.guid,
        "crn": str(of.crn),
        "is_cos_backup_enabled": False,
        "region": of.region,
        "name": of.cluster_name,
        "state": of.state.value,
        "reason": of.reason,
        "db_type": "postgresql",
        "db_version": f"postgresql {of.version}",
        "plan_id": of.plan_id,
        "last_active": milliseconds(of.updated_at),
        "replica_count": len(nodes),
        "user_id": of.account,
        "resource": {
            "cpu": of.cpu,
            "memory": of.memory,
            "storage": of.storage,
            "storage_used": f"{size / _GIB:.2f}gib",
        },
        "nodes": [node_body(node, of.account, facts[node.number]) for node in nodes],
        "created_at": rfc3339(of.created_at),
        "updated_at": rfc3339(of.updated_at),
    }
    here = f"{connection.host}:{connection.port}" if connection else ""
    port = of.document["port"]
    if of.endpoints in ("public", "public-and-private"):
        body["public_endpoint"] = here or f"{naming.host(of.region)}:{port}"
    if of.endpoints in ("private", "public-and-private"):
        body["private_endpoint"] = here or f"{naming.host(of.region, private=True)}:{port}"
        body["private_endpoint_type"] = "vpe"
    if of.uses_kms:
        body["external_key"] = {"kms_instance": of.kms_instance, "kms_key": of.kms_key}
    return body


def node_body(node: Node, account: str, facts: NodeFacts) -> dict[str, Any]:
    """A Node."""
    return {
        "id": node.id,
        "replica_state": node.role.value,
        "replication_lag": round(facts.lag_seconds or 0),
        "node_state": node.state.value,
        "reason": node.reason,
        "stopped_reason": reason_word(node),
        "name": node.name,
        "created_at": rfc3339(node.created_at),
        "updated_at": rfc3339(node.updated_at),
        "is_metric_enabled": False,
        "is_logging_enabled": False,
        "user_id": account,
    }


def reason_word(node: Node) -> str:
    """The `stopped_reason` of a node."""
    started = node.running or node.stopped_at is None
    return stopped_reason(node.standing.status, running=started).value


def task_item(task: Task) -> dict[str, Any]:
    """A TaskItem."""
    item = {
        "id": task.id,
        "type": task.type.value,
        "state": task.state.value,
        "reason": task.reason,
        "started_at": rfc3339(task.started_at),
    }
    if task.finished_at is not None:
        item["finished_at"] = rfc3339(task.finished_at)
    return item


def task_body(task: Task, nodes: list[Node]) -> dict[str, Any]:
    """A Task: the item with its nodes and what it was asked for."""
    states = {entry["id"]: entry for entry in task.document.get("nodes", ())}
    shown = [_task_node(task, node, states.get(node.id)) for node in nodes]
    spec = {name: value for name, value in task.document.items() if name not in ("nodes", "caller")}
    return task_item(task) | {"nodes": shown, "spec": spec}


def _task_node(task: Task, node: Node, entry: Mapping[str, Any] | None) -> dict[str, Any]:
    """A node in a task: what the task noted of it, else the node's own state."""
    if entry is None:
        times = {name: value for name, value in task_item(task).items() if name in ("started_at", "finished_at")}
        return {"id": node.id, "state": node.state.value, "reason": node.reason, **times}
    times = {name: rfc3339(moment(entry[name])) for name in ("started_at", "finished_at") if name in entry}
    return {"id": node.id, "state": entry["state"], "reason": entry["reason"], **times}


def backup_body(backup: Backup) -> dict[str, Any]:
    """A Backup. The service knew `scheduled` only; the one after creation is one of these."""
    kind = "on_demand" if backup.type == "on_demand" else "scheduled"
    return {"id": backup.id, "type": kind, "created_at": rfc3339_ms(backup.created_at)}


def user_bodies(of: Database) -> list[dict[str, Any]]:
    """The roles of a fresh cluster (reference/dbaas.md section 4.3)."""
    return [
        {"name": of.admin_name, "role_attributes": ["Create role", "Create DB"]},
        {"name": "ibm-cloud-admin", "role_attributes": ["Create role", "Create DB", "Cannot login"]},
        {"name": "postgres", "role_attributes": ["Superuser", "Create role", "Create DB", "Replication", "Bypass RLS"]},
        {"name": "replicator", "role_attributes": ["Replication"]},
    ]


def user_body(of: Database, name: str) -> dict[str, Any] | None:
    """A UserDetails; None for a name that is not there."""
    found = next((user for user in user_bodies(of) if user["name"] == name), None)
    if found is None:
        return None
    privileges = ["CREATE", "CONNECT", "TEMPORARY"] if name in (of.admin_name, "postgres") else ["CONNECT"]
    return found | {"db_access": [{"db": of.admin_name, "privileges": privileges}]}


def role_bodies(catalog: Catalog) -> list[dict[str, Any]]:
    """Users as the server has them."""
    return [{"name": role.name, "role_attributes": list(role.attributes)} for role in catalog.roles]


def role_body(catalog: Catalog, name: str) -> dict[str, Any] | None:
    """A UserDetails as the server has it; None for a name that is not there."""
    role = next((role for role in catalog.roles if role.name == name), None)
    if role is None:
        return None
    access = [{"db": database, "privileges": list(privileges)} for database, privileges in role.access.items()]
    return {"name": role.name, "role_attributes": list(role.attributes), "db_access": access}


def databases_body(sizes: Mapping[str, int]) -> dict[str, Any]:
    """The databases with their sizes in bytes."""
    entries = [{"name": name, "size_on_disk": size} for name, size in sizes.items()]
    return {"total_size": sum(sizes.values()), "databases": entries}


def log_body(file: LogFile) -> dict[str, Any]:
    """A Log; its time has a blank and no zone, and is UTC."""
    return {"filename": file.name, "size": file.size, "last_modified": f"{file.modified:%Y-%m-%d %H:%M:%S}"}


def configuration_body(values: Mapping[str, int], ram: int) -> dict[str, Any]:
    """The parameters that may be changed (reference/dbaas.md section 4.6); `ram` is a node's, in GiB."""
    return {
        "configuration": {
            parameter.name: {
                "default": parameter.default,
                "description": parameter.description,
                "max": maximum(parameter, ram),
                "min": parameter.minimum,
                "requires_restart": parameter.restart,
                "type": "integer",
                "value": values[parameter.name],
            }
            for parameter in PARAMETERS
        }
    }

"""The documented database API v3 (reference/dbaas.md section 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kyok.domain.cluster import ReplicaState


@dataclass(frozen=True, slots=True)
class ClusterResource:
    """Sizes per node as the API writes them (`2gib`)."""

    cpu: int = 0
    memory: str = ""
    storage: str = ""
    storage_used: str = ""


@dataclass(frozen=True, slots=True)
class ExternalKey:
    """The customer's root key; absent for the default key."""

    kms_instance: str
    kms_key: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a cluster."""

    id: str
    name: str = ""
    replica_state: ReplicaState = ReplicaState.SECONDARY
    replication_lag: int = 0
    node_state: str = ""
    reason: str = ""
    stopped_reason: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A database cluster; its id is the instance's GUID."""

    id: str
    crn: str = ""
    name: str = ""
    region: str = ""
    state: str = ""
    reason: str = ""
    db_type: str = ""
    db_version: str = ""
    public_endpoint: str = ""
    private_endpoint: str = ""
    plan_id: str = ""
    replica_count: int = 0
    resource: ClusterResource | None = None
    external_key: ExternalKey | None = None
    nodes: tuple[Node, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskNode:
    """How far a task is at one node: `PENDING`, `RUNNING`, `SUCCEEDED` or `FAILED`; its `id` is the node's."""

    id: str
    state: str = ""
    reason: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a cluster. `state` in capitals, whatever the cloud writes: see `running` and `failed`.

    `nodes` and `spec` (what was asked for) are there only when one task is read, not in the list.
    """

    id: str
    type: str = ""
    state: str = ""
    reason: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    nodes: tuple[TaskNode, ...] = ()
    spec: Mapping[str, Any] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return self.state.upper() == "RUNNING"

    @property
    def failed(self) -> bool:
        """Whether it failed."""
        return self.state.upper() == "FAILED"


@dataclass(frozen=True, slots=True)
class ClusterBackup:
    """A backup in the documented list."""

    id: str
    type: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DatabaseAccess:
    """What a user may do with one database: `CREATE`, `CONNECT`, `TEMPORARY`."""

    db: str
    privileges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseUser:
    """A role of the database; `db_access` is there only when one user is read, not in the list."""

    name: str
    role_attributes: tuple[str, ...] = ()
    db_access: tuple[DatabaseAccess, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseSize:
    """A database of the cluster; `size_on_disk` in bytes."""

    name: str
    size_on_disk: int = 0


@dataclass(frozen=True, slots=True)
class ConfigurationItem:
    """A parameter of the servers: what it is set to, its default and its range, whole numbers without unit."""

    name: str
    value: int = 0
    default: int = 0
    min: int = 0
    max: int = 0
    requires_restart: bool = False
    description: str = ""
    type: str = "integer"


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log file of a node; `size` in bytes, `last_modified` in UTC."""

    filename: str
    size: int = 0
    last_modified: datetime | None = None


NEVER = datetime.min.replace(tzinfo=UTC)
"""Sorts before every real moment."""

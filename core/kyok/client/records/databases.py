"""The private API's view of a database instance (PRIVATE part of the emulated cloud, `/emulator/v1/databases`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from kyok.client.decode import Wire
from kyok.domain.cluster import BackupType, InstanceState, NodeState, ReplicaState
from kyok.domain.crn import Crn
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState


@dataclass(frozen=True, slots=True)
class NodeSummary:
    """A node in a list."""

    number: int
    zone: Annotated[str, Wire("zone", shared=True)] = ""
    role: ReplicaState = ReplicaState.SECONDARY
    state: NodeState = NodeState.CREATING
    key_status: NodeKeyStatus = NodeKeyStatus.CHECKING
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DatabaseSummary:
    """An instance in a list."""

    guid: str
    crn: str
    name: str
    region: Annotated[str, Wire("region", shared=True)] = ""
    resource_group_id: Annotated[str, Wire("resource_group_id", shared=True)] = ""
    instance_state: InstanceState = InstanceState.ACTIVE
    cluster_state: Annotated[str, Wire("cluster_state", shared=True)] = ""
    key_status: NodeKeyStatus = NodeKeyStatus.CHECKING
    headline_since: datetime | None = None
    kms_instance: Annotated[str | None, Wire("kms_instance", shared=True)] = None
    kms_key: str | None = None
    kms_key_name: str | None = None
    kms_key_ring: Annotated[str, Wire("kms_key_ring", shared=True)] = ""
    backups: int = 0
    latest_backup_at: datetime | None = None
    nodes: tuple[NodeSummary, ...] = ()

    @property
    def running_nodes(self) -> int:
        """How many nodes run."""
        return sum(node.state is NodeState.RUNNING for node in self.nodes)


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How keys are checked. `learns_at`: when the nodes learn of a change of the key that they do not know of yet."""

    interval_seconds: float = 30
    grace_seconds: float = 60
    deletion_rule: DeletionRule = DeletionRule.DISCARD
    propagation_delay_seconds: float = 0
    learns_at: datetime | None = None

    @property
    def interval(self) -> timedelta:
        """Time between two checks."""
        return timedelta(seconds=self.interval_seconds)

    @property
    def grace(self) -> timedelta:
        """How long a node runs on without reaching its key."""
        return timedelta(seconds=self.grace_seconds)


@dataclass(frozen=True, slots=True)
class HsmDetail:
    """The instance that holds the root key."""

    guid: str
    crn: str
    service: str
    name: str
    region: str = ""
    units: int = 0
    exists: bool = True
    restorable_until: datetime | None = None
    initialised: bool = True
    recoverable: bool = False
    cut_zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RootKeyDetail:
    """The root key. `state` None: purged or unknown."""

    id: str
    name: str
    state: KeyState | None = None
    version: int = 1
    version_id: str = ""
    ring: str = "default"
    changed_at: datetime | None = None
    changed_by: str = ""
    expires_at: datetime | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorizationDetail:
    """The authorization that lets the instance use the key, or the one removed last."""

    in_force: bool = True
    policy_id: str | None = None
    role: str = "Reader"
    all_instances: bool = True
    removed_at: datetime | None = None
    removed_by: str = ""
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class DataKeyDetail:
    """The wrapped data key."""

    wrapped_version: int | None = None
    wrapped_version_id: str | None = None
    wrapped_at: datetime | None = None
    destroyed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckReason:
    """Why the last check did not pass. `http_status` None: nothing answered."""

    http_status: int | None = None
    code: str = ""
    message: str = ""
    at: datetime | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class NodeEvent:
    """The last thing that happened to the key as a node saw it."""

    label: str
    at: datetime
    event_id: str


@dataclass(frozen=True, slots=True)
class VolumeDetail:
    """A node's volume; `opened_at` None: sealed now, unless a crash left it in clear and no key may seal it."""

    protection: str = ""
    opened_at: datetime | None = None
    size_bytes: int = 0
    left_clear: bool = False


@dataclass(frozen=True, slots=True)
class ServerDetail:
    """A node's PostgreSQL server; all but the port are None while it does not run. Memory is what it takes (PSS)."""

    port: int
    pid: int | None = None
    memory_bytes: int | None = None
    uptime_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class NodeDetail:
    """A node with its key checks. `replication_lag` in seconds; `server` None: the node is simulated."""

    id: str
    number: int
    name: str
    zone: str
    role: ReplicaState = ReplicaState.SECONDARY
    state: NodeState = NodeState.CREATING
    stopped_reason: str = ""
    key_status: NodeKeyStatus = NodeKeyStatus.CHECKING
    since: datetime | None = None
    stopped_at: datetime | None = None
    final: bool = False
    last_check_at: datetime | None = None
    last_passed_at: datetime | None = None
    latency_ms: float | None = None
    next_check_at: datetime | None = None
    grace_until: datetime | None = None
    reason: CheckReason | None = None
    last_event: NodeEvent | None = None
    replication_lag: int | None = None
    lag_bytes: int | None = None
    server: ServerDetail | None = None
    volume: VolumeDetail = field(default_factory=VolumeDetail)


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What the storage protects against: a situation and what then holds."""

    situation: str
    protection: str


@dataclass(frozen=True, slots=True)
class StorageProtection:
    """How the node driver protects the data at rest. `warning`: what weakens it for as long as it holds."""

    name: str = ""
    summary: str = ""
    cipher: str = ""
    warning: str = ""
    guarantees: tuple[Guarantee, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeStrip:
    """Key checks of a node, one letter for each bucket: p passed, d denied, u unreachable, - no check."""

    number: int
    buckets: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened, drawn above the strip."""

    at: datetime
    label: str
    level: str = "neutral"
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The last 24 hours of key checks."""

    begin: Annotated[datetime, Wire("from")]
    end: Annotated[datetime, Wire("to")]
    bucket_seconds: int = 900
    nodes: tuple[NodeStrip, ...] = ()
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class DataFigures:
    """What the nodes hold; rows are None while nothing is readable."""

    readable: bool = False
    rows: int | None = None
    digest: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class BackupFigures:
    """How many backups there are."""

    count: int = 0
    latest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How clients reach the database. `version` is the emulated service's, `server_version` that of the servers."""

    host: str = ""
    port: int = 0
    user: str = ""
    database: str = ""
    endpoints: str = "public"
    cluster_name: str = ""
    version: str = ""
    server_version: str = ""
    certificate: bool = False

    @property
    def psql(self) -> str:
        """The psql command, beside a certificate `cert.pem`."""
        return self.psql_with("cert.pem")

    def psql_with(self, certificate: str) -> str:
        """The psql command with the path of the authority's certificate, as a shell takes it."""
        return f'psql "{_IN_QUOTES.sub(_ESCAPED, self.conninfo(certificate))}"'

    def conninfo(self, certificate: str) -> str:
        """What psql connects with. No password: psql asks for it."""
        values = {
            "host": self.host,
            "port": str(self.port),
            "user": self.user,
            "dbname": self.database or self.user,
            "sslmode": "verify-full",
            "sslrootcert": certificate,
        }
        return " ".join(f"{name}={_conninfo_value(value)}" for name, value in values.items())


@dataclass(frozen=True, slots=True)
class NodeSizes:
    """RAM and disk in GiB and vCPUs, per node."""

    ram: int = 0
    disk: int = 0
    cpu: int = 0


@dataclass(frozen=True, slots=True)
class RestoredFrom:
    """Where the data of a restored instance came from."""

    guid: str
    name: str
    backup_id: str
    backup_created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RestoreProgress:
    """How far a restore is; percent from 0 to 100."""

    task_id: str
    state: str = "RUNNING"
    percent: int = 0
    step: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class KeyRefusal:
    """The last answer that refused an unwrap of a deleted key."""

    http_status: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup, sealed under a key of the service."""

    id: str
    type: BackupType
    created_at: datetime
    expires_at: datetime | None = None
    size_bytes: int = 0
    rows: int = 0
    digest: str = ""
    node: int | None = None


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row of the sample table `payments`."""

    id: int
    customer: str
    purpose: str
    cents: int
    reference: str


@dataclass(frozen=True, slots=True)
class SampleRows:
    """How many rows there are and the newest ten."""

    rows: int
    digest: str = ""
    last: tuple[SampleRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsAdded:
    """Rows that every named node holds durably."""

    added: int
    rows: int
    digest: str = ""
    nodes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDatabase:
    """An instance that a restore has begun to make."""

    guid: str
    crn_text: Annotated[str, Wire("crn")]
    task_id: str = ""

    @property
    def crn(self) -> Crn:
        """The new instance's address."""
        return Crn.parse(self.crn_text)


_IN_QUOTES, _ESCAPED = re.compile(r'[\\"$`]'), r"\\\g<0>"
_NEEDS_QUOTES = re.compile(r"[\s'\\]|^$")


def _conninfo_value(value: str) -> str:
    """A value of a connection string, in quotes where it needs them."""
    if not _NEEDS_QUOTES.search(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"

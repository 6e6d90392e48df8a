"""What is known about a database instance and its key at one moment: the facts that verdict and chain speak from.

Built by the window from the private API's database detail, and by tests by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kyok.domain import key_rules, texts
from kyok.domain.cluster import InstanceState, NodeState, ReplicaState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState, deleted_key_times
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """One node. `since` is when its key status began, `message` what went wrong in its own words."""

    number: int
    zone: str
    status: NodeKeyStatus
    state: NodeState = NodeState.RUNNING
    role: ReplicaState = ReplicaState.SECONDARY
    since: datetime | None = None
    stopped_at: datetime | None = None
    grace_until: datetime | None = None
    last_passed_at: datetime | None = None
    next_check_at: datetime | None = None
    latency_ms: float | None = None
    lag_seconds: int | None = None
    http_status: int | None = None
    code: str | None = None
    message: str = ""
    last_check_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether the node serves its data."""
        return self.state in (NodeState.RUNNING, NodeState.SCALING)

    @property
    def well(self) -> bool:
        """Whether there is nothing to say about the node."""
        return self.running and self.status in (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY)

    @property
    def in_grace(self) -> bool:
        """Whether the node runs on although its key cannot be reached."""
        return self.running and self.grace_until is not None


@dataclass(frozen=True, slots=True)
class HsmFacts:
    """The instance that holds the root key. `recoverable`: initialising it again would bring the same master key."""

    name: str
    region: str = ""
    units: int = 0
    exists: bool = True
    restorable_until: datetime | None = None
    initialised: bool = True
    recoverable: bool = False
    is_hpcs: bool = True


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The root key. `state` None: purged. `changed_*`: who brought it into this state, and when."""

    name: str
    state: KeyState | None = KeyState.ACTIVE
    version: int = 1
    ring: str = "default"
    changed_by: str = ""
    changed_at: datetime | None = None
    expires_at: datetime | None = None

    def restorable_until(self) -> datetime | None:
        """Until when a destroyed key can be restored; None when it is not destroyed."""
        if self.state is not KeyState.DESTROYED or self.changed_at is None:
            return None
        return deleted_key_times(self.changed_at, self.expires_at).restore_until


@dataclass(frozen=True, slots=True)
class AuthorizationFacts:
    """The authorization that lets the instance use the key; no `removed_*` although not in force: never made."""

    in_force: bool = True
    role: str = "Reader"
    source: str = "PostgreSQL"
    removed_by: str = ""
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at one moment. `hsm`, `key` and `authorization` are None for an instance with the default key."""

    now: datetime
    nodes: tuple[NodeFacts, ...]
    instance_state: InstanceState = InstanceState.ACTIVE
    hsm: HsmFacts | None = None
    key: KeyFacts | None = None
    authorization: AuthorizationFacts | None = None
    rule: DeletionRule = DeletionRule.DISCARD
    data_key_destroyed: bool = False
    wrapped_version: int = 1
    wrapped_since: datetime | None = None
    backups: int = 0
    latest_backup: datetime | None = None
    failure: str = ""
    restorable_until: datetime | None = None
    check_interval: timedelta = key_rules.DEFAULT_CHECK_INTERVAL
    grace: timedelta = key_rules.DEFAULT_GRACE
    worst: NodeKeyStatus = field(init=False)
    """The key status of the instance."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "worst", key_rules.worst(node.status for node in self.nodes))

    def with_status(self, status: NodeKeyStatus) -> tuple[NodeFacts, ...]:
        """The nodes with this key status that are not well."""
        return tuple(node for node in self.nodes if node.status is status and not node.well)

    @property
    def well_nodes(self) -> tuple[NodeFacts, ...]:
        """The nodes about which there is nothing to say."""
        return tuple(node for node in self.nodes if node.well)


def nodes_phrase(nodes: tuple[NodeFacts, ...], standing: Standing) -> str:
    """`All three nodes`, `Nodes 1 and 2` or `Node 3`."""
    if len(nodes) == len(standing.nodes) and len(nodes) > 1:
        return tr("All {number} nodes", number=texts.number_word(len(nodes)))
    numbers = texts.listed([str(node.number) for node in nodes])
    return tr("Node {numbers}", numbers=numbers) if len(nodes) == 1 else tr("Nodes {numbers}", numbers=numbers)

"""Records of the emulated cloud's private API: clock, faults, changes, settings, usage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kyok.domain.cluster import FaultKind, InstanceState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.scenario_steps import ScenarioStep


@dataclass(frozen=True, slots=True)
class About:
    """The emulated cloud itself. `insecure_demo` shows the red banner."""

    version: str
    account_id: str
    account_name: str = ""
    started_at: datetime | None = None
    insecure_demo: bool = False
    hsm: str = "unlocked"
    node_driver: str = "simulated"


@dataclass(frozen=True, slots=True)
class ClockState:
    """The service clock: wall time plus an offset that only grows."""

    now: datetime
    wall: datetime
    offset_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will happen by itself; `loses`: something is gone for good then."""

    at: datetime
    what: str
    loses: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in force."""

    id: str
    kind: FaultKind
    target: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    created_by: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A state that can be loaded."""

    name: str
    title: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioLoading:
    """A scenario that is being loaded, and for how many seconds already."""

    title: str
    step: ScenarioStep = ScenarioStep.EMPTYING
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed."""

    seq: int
    kind: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last look; `reset`: everything may have."""

    seq: int
    reset: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that changed."""
        return frozenset(change.kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class CloudSettings:
    """Settings of the emulated cloud; defaults as in `kyok.settings`."""

    deletion_rule: DeletionRule = DeletionRule.DISCARD
    check_interval_seconds: int = 30
    grace_seconds: int = 60
    propagation_delay_seconds: int = 0
    backup_interval_hours: int = 24
    activity_retention_days: int = 365
    node_driver: str = "auto"
    rotation_limit: bool = False


@dataclass(frozen=True, slots=True)
class InstanceUsage:
    """How a key instance is used; `root_keys` by the number of the state."""

    guid: str
    service: str = ""
    units: int = 0
    initialised: bool = True
    root_keys: Mapping[str, Any] = field(default_factory=dict)
    standard_keys: int = 0

    def root_keys_in(self, *states: KeyState) -> int:
        """How many root keys are in these states."""
        return sum(int(self.root_keys.get(str(int(state)), 0)) for state in states)

    @property
    def live_root_keys(self) -> int:
        """Root keys that are not deleted."""
        return self.root_keys_in(*(state for state in KeyState if state is not KeyState.DESTROYED))


@dataclass(frozen=True, slots=True)
class LastUnwrap:
    """The last unwrap of a key by a node."""

    at: datetime
    database: str = ""
    node: int = 0
    zone: str = ""


@dataclass(frozen=True, slots=True)
class UnwrapCounts:
    """Unwraps of the last 24 hours by outcome."""

    passed: int = 0
    denied: int = 0
    unreachable: int = 0


@dataclass(frozen=True, slots=True)
class KeyDatabase:
    """A database instance whose data key is wrapped by a key: what deleting the key breaks."""

    guid: str
    crn: str
    name: str
    instance_state: InstanceState = InstanceState.ACTIVE
    running_nodes: int = 0
    nodes: int = 3
    key_status: NodeKeyStatus = NodeKeyStatus.CHECKING
    rows: int | None = None
    size_bytes: int | None = None
    backups: int = 0
    latest_backup_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyUsage:
    """Who uses a key, read back from the services."""

    key_id: str
    registrations: int = 0
    last_unwrap: LastUnwrap | None = None
    unwraps_24h: UnwrapCounts = field(default_factory=UnwrapCounts)
    databases: tuple[KeyDatabase, ...] = ()

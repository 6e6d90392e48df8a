"""The story of the mock-ups, as facts: ledger-db under ledger-root in acme-hpcs, 23 Nov 2026 17:45 UTC."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from kyok.domain.cluster import NodeState, ReplicaState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.standing import AuthorizationFacts, HsmFacts, KeyFacts, NodeFacts, Standing

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
HSM = HsmFacts("acme-hpcs", "us-south", 2)
KEY = KeyFacts("ledger-root", version=3, ring="ledger")
AUTHORIZED = AuthorizationFacts()
REMOVED = AuthorizationFacts(
    in_force=False, removed_by="anna@acme.example", removed_at=datetime(2026, 11, 23, 17, 41, tzinfo=UTC)
)
NEVER_AUTHORIZED = AuthorizationFacts(in_force=False)


def at(hour: int, minute: int, second: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def node(number: int, status: NodeKeyStatus = NodeKeyStatus.CONNECTED, **more: Any) -> NodeFacts:
    role = ReplicaState.PRIMARY if number == 1 else ReplicaState.SECONDARY
    return NodeFacts(number, f"us-south-{number}", status, role=role, **more)


def nodes(status: NodeKeyStatus, **more: Any) -> tuple[NodeFacts, ...]:
    return tuple(node(number, status, **more) for number in (1, 2, 3))


def stopped(status: NodeKeyStatus, moment: datetime = NOW, **more: Any) -> tuple[NodeFacts, ...]:
    return nodes(status, state=NodeState.STOPPED, stopped_at=moment, since=moment, **more)


def standing(which: tuple[NodeFacts, ...], **more: Any) -> Standing:
    known: dict[str, Any] = {
        "now": NOW,
        "hsm": HSM,
        "key": KEY,
        "authorization": AUTHORIZED,
        "wrapped_version": 3,
        "wrapped_since": at(9, 0),
        "backups": 7,
        "latest_backup": at(2, 0),
        "check_interval": timedelta(minutes=1),
        "grace": timedelta(minutes=15),
    }
    return Standing(nodes=which, **{**known, **more})


def key(**more: Any) -> KeyFacts:
    return replace(KEY, **more)


def hsm(**more: Any) -> HsmFacts:
    return replace(HSM, **more)

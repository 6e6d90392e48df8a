"""A node as its tile shows it."""

from typing import Any

from kyok.cloud.databases.driver import NodeDriver, NodeFacts, NodeRef
from kyok.cloud.databases.records import Node
from kyok.cloud.databases.views.clusters import reason_word
from kyok.cloud.databases.views.key_past import KeyEvent
from kyok.cloud.databases.views.moments import wire
from kyok.domain.cluster import NodeState, ReplicaState
from kyok.domain.key_rules import AnswerKind


def node_detail(node: Node, driver: NodeDriver, last_event: KeyEvent | None) -> dict[str, Any]:
    """One entry of `nodes`."""
    event = None
    if last_event is not None:
        event = {"label": f"key {last_event.label}", "at": wire(last_event.at), "event_id": last_event.event_id}
    facts = driver.facts(NodeRef(node.guid, node.number))
    follows = node.running and node.role is ReplicaState.SECONDARY
    return node_brief(node, facts.doing) | {
        "last_event": event,
        "replication_lag": round(facts.lag_seconds or 0) if follows else None,
        "lag_bytes": facts.lag_bytes if follows else None,
        "server": _server(facts),
        "volume": {
            "protection": driver.describe(node.guid).volume,
            "opened_at": wire(node.opened_at),
            "size_bytes": facts.size,
            "left_clear": facts.left_clear,
        },
    }


def node_brief(node: Node, doing: str = "") -> dict[str, Any]:
    """What the records alone say of a node, without asking its machine; `doing` is what a new one is busy with."""
    standing = node.standing
    return {
        "id": node.id,
        "number": node.number,
        "name": node.name,
        "zone": node.zone,
        "role": node.role.value,
        "state": node.state.value,
        "stopped_reason": reason_word(node),
        "key_status": standing.status.value,
        "since": wire(standing.since),
        "stopped_at": wire(node.stopped_at),
        "final": standing.final,
        "last_check_at": wire(node.checked_at),
        "last_passed_at": wire(node.passed_at),
        "latency_ms": node.latency_ms,
        "next_check_at": wire(node.next_check_at),
        "grace_until": wire(standing.grace_until),
        "reason": _reason(node, doing),
    }


def _reason(node: Node, doing: str) -> dict[str, Any] | None:
    """Why the node is not well: the key service's answer, else what stopped the machine."""
    answer = node.standing.answer
    if answer is not None and answer.kind is not AnswerKind.PASSED:
        return {
            "http_status": answer.http_status,
            "code": answer.code or "",
            "message": answer.message,
            "at": wire(node.checked_at or node.standing.since),
            "event_id": node.event_id or None,
        }
    message = node.reason or (doing if node.state is NodeState.CREATING else "")
    if node.running or not message:
        return None
    return {
        "http_status": None,
        "code": "",
        "message": message,
        "at": wire(node.stopped_at or node.updated_at),
        "event_id": None,
    }


def _server(facts: NodeFacts) -> dict[str, Any] | None:
    """The node's PostgreSQL server; None for a simulated node."""
    if facts.port is None:
        return None
    return {
        "pid": facts.pid,
        "port": facts.port,
        "memory_bytes": facts.memory,
        "uptime_seconds": None if facts.uptime is None else round(facts.uptime),
    }

"""What the cloud tells of an instance's nodes, in the words of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kyok_gui.walkthrough.evidence import Evidence
from kyok_gui.walkthrough.screens import Nodes
from kyok_gui.walkthrough.story import Proof, compared
from kyok_gui.walkthrough.waiting import StepFailed, wait_until
from kyok_gui.widgets import key_status, node_state


@dataclass(frozen=True, slots=True)
class NodesTold:
    """The nodes as the cloud tells them."""

    statuses: list[str]
    states: list[str]
    version: int | None


def nodes_of(evidence: Evidence) -> NodesTold:
    """Key status and state of each node, in the window's words."""
    body = evidence.body
    key = body["root_key"]
    return NodesTold(
        [key_status(node["key_status"]).word for node in body["nodes"]],
        [node_state(node["state"]).word for node in body["nodes"]],
        key["version"] if key is not None else None,
    )


def running(count: int) -> Callable[[Any], bool]:
    """Whether so many of the three nodes run."""

    def holds(body: Any) -> bool:
        states = [node["state"] for node in body["nodes"]]
        return len(states) == 3 and states.count("RUNNING") == count

    return holds


def all_are(status: str) -> Callable[[Any], bool]:
    """Whether the key status of every node is this one."""

    def holds(body: Any) -> bool:
        return len(body["nodes"]) == 3 and all(node["key_status"] == status for node in body["nodes"])

    return holds


def same_nodes(evidence: Evidence, nodes: Nodes, *more: tuple[str, Any, Any]) -> Proof:
    """Compares the tiles with the cloud; the window may need a moment to hear of the last change."""
    told = nodes_of(evidence)
    try:
        wait_until(lambda: (nodes.statuses(), nodes.states()) == (told.statuses, told.states), "", 5)
    except StepFailed:
        return compared(
            evidence, ("key status", nodes.statuses(), told.statuses), ("nodes", nodes.states(), told.states), *more
        )
    return compared(evidence, *more)

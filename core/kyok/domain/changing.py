"""When a running cluster may be changed at all, and in which order its nodes are: words that both sides use.

Source: reference/dbaas.md section 4.2 (refusals) and 4.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kyok.domain.cluster import InstanceState, NodeState, ReplicaState
from kyok.domain.configuration import PARAMETERS, lowers
from kyok.domain.translation import noted, tr

FREE = noted("An instance on the free plan cannot be scaled.")
BUSY = noted("Another task of this instance is running.")


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """What matters of a node; `reason` says why it does not run."""

    number: int
    state: NodeState
    role: ReplicaState
    reason: str = ""


def not_running(nodes: Iterable[ChangedNode]) -> str:
    """The first node that does not run, in a sentence; nothing when all do."""
    down = next((node for node in nodes if node.state is not NodeState.RUNNING), None)
    if down is None:
        return ""
    reason = f" ({down.reason})" if down.reason else ""
    return tr(
        "Node {number} is {state}{reason}; all three nodes must run.",
        number=down.number,
        state=down.state.word.lower(),
        reason=reason,
    )


def obstacle(state: InstanceState, nodes: Sequence[ChangedNode], *, task: str = "") -> str:
    """Why nothing can be changed now, in a sentence; nothing when it can. `task` is what a running task does."""
    if state is not InstanceState.ACTIVE:
        return tr("The instance is not active: {state}.", state=state.word.lower())
    if not nodes:
        return tr("The instance has no nodes yet.")
    if task:
        return tr("A task of this instance is running ({task}).", task=task.lower())
    return not_running(nodes)


def order(nodes: Sequence[ChangedNode], values: Mapping[str, int], present: Mapping[str, int]) -> list[ChangedNode]:
    """The order in which nodes are changed: secondaries first; the primary first when a limit goes down."""
    first = lowers(values, present)
    return sorted(nodes, key=lambda node: ((node.role is ReplicaState.PRIMARY) != first, node.number))


def restarts(values: Iterable[str]) -> bool:
    """Whether servers must be restarted for a change of these parameters."""
    needing = {parameter.name for parameter in PARAMETERS if parameter.restart}
    return not needing.isdisjoint(values)

"""When a cluster may be changed, and in which order its nodes are (dbaas.md 4.2, scenario 12)."""

import pytest

from kyok.domain.changing import ChangedNode, not_running, obstacle, order, restarts
from kyok.domain.cluster import InstanceState, NodeState, ReplicaState
from kyok.domain.configuration import DEFAULTS

NODES = [
    ChangedNode(1, NodeState.RUNNING, ReplicaState.SECONDARY),
    ChangedNode(2, NodeState.RUNNING, ReplicaState.PRIMARY),
    ChangedNode(3, NodeState.RUNNING, ReplicaState.SECONDARY),
]


def test_nothing_stands_in_the_way_of_a_healthy_instance() -> None:
    assert obstacle(InstanceState.ACTIVE, NODES) == ""


def test_what_stands_in_the_way_is_said() -> None:
    stopped = ChangedNode(3, NodeState.STOPPED, ReplicaState.SECONDARY, "the machine is stopped")
    down = [*NODES[:2], stopped]
    sentence = "Node 3 is stopped (the machine is stopped); all three nodes must run."
    assert not_running(down) == obstacle(InstanceState.ACTIVE, down) == sentence
    assert not_running([ChangedNode(1, NodeState.CREATING, ReplicaState.PRIMARY)]).startswith("Node 1 is creating;")
    assert (
        obstacle(InstanceState.ACTIVE, NODES, task="Take backup") == "A task of this instance is running (take backup)."
    )
    assert obstacle(InstanceState.PENDING_RECLAMATION, NODES).startswith("The instance is not active: deleted")
    assert obstacle(InstanceState.ACTIVE, []) == "The instance has no nodes yet."


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        ({"max_connections": 200}, [1, 3, 2]),
        ({"max_connections": 100}, [2, 1, 3]),
        ({"shared_buffers": 64}, [1, 3, 2]),
        ({}, [1, 3, 2]),
    ],
)
def test_secondaries_come_first_unless_a_limit_goes_down(values: dict[str, int], numbers: list[int]) -> None:
    assert [node.number for node in order(NODES, values, DEFAULTS)] == numbers


def test_only_some_parameters_restart_servers() -> None:
    assert not restarts(["deadlock_timeout"])
    assert restarts(["deadlock_timeout", "shared_buffers"])

"""Acceptance scenarios 12 and 13 of dbaas.md section 12, and log files, on simulated nodes."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from kyok.cloud.activity.events import Caller
from kyok.cloud.databases import tasks
from kyok.cloud.databases.changes import SET_BACK, parameters_of
from kyok.cloud.databases.driver import NodeRef, Tell
from kyok.cloud.databases.errors import (
    CannotSwitchOver,
    ChangeFailed,
    ClusterBusy,
    LogNotFound,
    NodeNotFound,
    NodeNotRunning,
    NodeSealed,
    NodesNotRunning,
    PlanRefused,
)
from kyok.cloud.store import Transaction
from kyok.domain.cluster import TaskNodeState, TaskState, TaskType
from kyok.domain.configuration import ChangeRefused
from tests.core.cloud.databases.house import ACCOUNT, ANNA, House


def ask(house: House, guid: str, verb: str, given: Any) -> str:
    """Asks for a change; nothing is done yet."""

    def work(tx: Transaction) -> str:
        of = house.service.known(tx, ACCOUNT, guid)
        return str(getattr(house.service, verb)(tx, ANNA, of, given))

    return house.store.writer.perform(work)


def task(house: House, guid: str, task_id: str) -> tasks.Task:
    with house.store.read() as reader:
        found = tasks.find(reader, guid, task_id)
    assert found is not None
    return found


def test_a_configuration_is_changed_by_a_task_and_kept(house: House) -> None:
    guid = house.ready(house.keys.add())
    task_id = ask(house, guid, "change_configuration", {"max_connections": 200})
    begun = task(house, guid, task_id)
    assert (begun.type, begun.state) == (TaskType.CONFIGURATION_UPDATE, TaskState.RUNNING)
    assert {entry["state"] for entry in begun.document["nodes"]} == {"PENDING"}
    assert parameters_of(house.database(guid))["max_connections"] == 115
    house.tick()
    done = task(house, guid, task_id)
    assert (done.state, done.reason) == (TaskState.SUCCEEDED, "")
    assert {entry["state"] for entry in done.document["nodes"]} == {"SUCCEEDED"}
    assert parameters_of(house.database(guid)) == {**parameters_of(house.database(guid)), "max_connections": 200}
    assert [(row.outcome, row.initiator) for row in house.events("configuration.update")] == [
        ("pending", ANNA.name),
        ("success", ANNA.name),
    ]
    ask(house, guid, "change_configuration", {"deadlock_timeout": 1001})
    house.tick()
    assert parameters_of(house.database(guid))["max_connections"] == 200, "what is not named stays"


def test_the_order_is_secondary_secondary_primary(house: House) -> None:
    guid = house.ready()
    heard: list[tuple[int, TaskNodeState]] = []
    house.driver.reconfigure(guid, {}, lambda number, state, reason: heard.append((number, state)))
    assert heard == [(2, TaskNodeState.SUCCEEDED), (3, TaskNodeState.SUCCEEDED), (1, TaskNodeState.SUCCEEDED)]


def test_scaling_changes_the_sizes_of_every_node(house: House) -> None:
    guid = house.ready()
    task_id = ask(house, guid, "scale", {"cpu": 2, "memory": "4GiB"})
    assert house.database(guid).cpu == 1, "the new sizes count when all nodes have them"
    house.tick()
    of = house.database(guid)
    assert (of.cpu, of.memory, of.storage) == (2, "4gib", "5gib")
    assert task(house, guid, task_id).state is TaskState.SUCCEEDED
    assert [row.outcome for row in house.events("cluster.resource.scale")] == ["pending", "success"]
    with pytest.raises(ChangeRefused, match="Disk sizes"):
        ask(house, guid, "scale", {"storage": "3GiB"})
    ask(house, guid, "scale", {"storage": "10GiB"})
    house.tick()
    with pytest.raises(ChangeRefused, match="Disks can only grow"):
        ask(house, guid, "scale", {"storage": "5GiB"})


def test_one_change_at_a_time_and_never_with_a_stopped_node(house: House) -> None:
    guid = house.ready()
    ask(house, guid, "scale", {"cpu": 2})
    with pytest.raises(ClusterBusy):
        ask(house, guid, "scale", {"cpu": 3})
    with pytest.raises(ClusterBusy):
        ask(house, guid, "change_configuration", {"max_connections": 200})
    house.tick()
    house.back_up(guid)
    with pytest.raises(ClusterBusy):
        ask(house, guid, "scale", {"cpu": 3})
    house.tick()
    house.break_("node-stop", database=guid, node=2)
    with pytest.raises(NodesNotRunning, match="Node 2 is stopped"):
        ask(house, guid, "scale", {"cpu": 3})
    with pytest.raises(NodesNotRunning):
        ask(house, guid, "change_configuration", {"max_connections": 200})
    assert (house.database(guid).cpu, house.database(guid).document.get("configuration")) == (2, None)


def test_a_free_instance_is_not_scaled(house: House) -> None:
    guid = house.ready(free=True)
    with pytest.raises(PlanRefused):
        ask(house, guid, "scale", {"cpu": 2})
    ask(house, guid, "change_configuration", {"deadlock_timeout": 2000})
    house.tick()
    assert parameters_of(house.database(guid))["deadlock_timeout"] == 2000


def test_a_node_that_stops_before_its_turn_ends_the_task(house: House) -> None:
    guid = house.ready()
    task_id = ask(house, guid, "scale", {"cpu": 2})
    house.break_("node-stop", database=guid, node=3)
    done = task(house, guid, task_id)
    assert done.state is TaskState.FAILED
    assert "Node 3 is stopped (the machine is stopped)" in done.reason
    assert house.database(guid).cpu == 1
    assert [row.outcome for row in house.events("cluster.resource.scale")] == ["pending", "failure"]


def test_a_server_that_does_not_come_up_leaves_everything_as_it_was(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guid = house.ready()

    def refuses(guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        tell(2, TaskNodeState.RUNNING, "")
        tell(2, TaskNodeState.SUCCEEDED, "")
        tell(3, TaskNodeState.RUNNING, "")
        tell(3, TaskNodeState.FAILED, "no memory")
        raise ChangeFailed("The database server does not start: no memory")

    monkeypatch.setattr(house.driver, "reconfigure", refuses)
    task_id = ask(house, guid, "change_configuration", {"shared_buffers": 800})
    house.tick()
    done = task(house, guid, task_id)
    assert (done.state, done.reason) == (TaskState.FAILED, "The database server does not start: no memory")
    told = {entry["number"]: (entry["state"], entry["reason"]) for entry in done.document["nodes"]}
    assert told == {1: ("PENDING", ""), 2: ("PENDING", SET_BACK), 3: ("FAILED", "no memory")}
    assert parameters_of(house.database(guid))["shared_buffers"] == 128
    monkeypatch.undo()
    ask(house, guid, "change_configuration", {"shared_buffers": 400})
    house.tick()
    assert parameters_of(house.database(guid))["shared_buffers"] == 400


def test_a_change_under_way_keeps_no_reset_waiting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reset closes every node from the writer's thread, and waits for whoever works on one."""
    guid = house.ready()
    begun, closing, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        begun.set()
        assert closing.wait(10)
        tell(2, TaskNodeState.RUNNING, "")
        ended.set()

    monkeypatch.setattr(house.driver, "reconfigure", slow)
    task_id = ask(house, guid, "change_configuration", {"max_connections": 200})
    change = threading.Thread(target=house.tick)
    change.start()
    assert begun.wait(10)
    waited: list[bool] = []

    def closes() -> None:
        closing.set()
        waited.append(ended.wait(5))

    house.store.writer.perform(lambda tx: tx.after_commit(closes))
    change.join(10)
    assert waited == [True], "the change waited for the writer, and the writer for the change"
    states = {entry["number"]: entry["state"] for entry in task(house, guid, task_id).document["nodes"]}
    assert states[2] != "PENDING", "what was told is written down"


def test_a_change_that_a_crash_met_is_made_after_it(house: House) -> None:
    guid = house.ready(house.keys.add())
    task_id = ask(house, guid, "scale", {"cpu": 2})
    again = house.killed()
    again.tick()
    assert task(again, guid, task_id).state is TaskState.SUCCEEDED
    assert again.database(guid).cpu == 2
    again.close()


def test_a_killed_node_forgets_its_rows_and_comes_back_at_the_next_check(house: House) -> None:
    guid = house.ready(house.keys.add())
    house.add_rows(guid, 10)
    house.store.writer.perform(lambda tx: house.service.kill(tx, guid, 1))
    assert not house.driver.is_open(NodeRef(guid, 1))
    house.tick()
    assert house.statuses(guid) == ["connected RESTARTING", *["connected RUNNING"] * 2]
    assert house.figures(guid).rows == 10, "another node leads"
    with pytest.raises(NodeNotRunning):
        house.store.writer.perform(lambda tx: house.service.kill(tx, guid, 1))
    house.later(seconds=30)
    assert house.statuses(guid) == ["connected RUNNING"] * 3
    assert house.figures(guid).rows == 10


def test_simulated_nodes_do_not_switch_over(house: House) -> None:
    guid = house.ready()
    with pytest.raises(CannotSwitchOver, match="simulated"):
        house.driver.switch_over(guid, 2)


def test_logs_of_simulated_nodes_say_what_they_are(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    first = house.nodes(guid)[0]
    assert [file.name for file in house.service.logs.listed(first)] == ["postgresql.log", "audit.log"]
    assert b"simulated" in house.service.logs.read(first, "audit.log")
    with pytest.raises(LogNotFound):
        house.service.logs.read(first, "../term")
    house.key_changed(key, (409, "X"))
    with pytest.raises(NodeSealed, match="node 1 cannot be read: its volume is sealed: the key is disabled"):
        house.service.logs.listed(house.nodes(guid)[0])


def test_a_node_is_found_by_its_id_while_its_cluster_is_shown(house: House) -> None:
    guid = house.ready()
    node_id = house.nodes(guid)[1].id

    def find(who: Caller, wanted: str = node_id) -> int:
        with house.store.read() as reader:
            of, node = house.service.node(reader, who, who.account, wanted, "logs.list")
        assert of.guid == guid
        return node.number

    assert find(ANNA) == 2
    with pytest.raises(NodeNotFound):
        find(ANNA, "x")
    with pytest.raises(NodeNotFound):
        find(Caller("IBMid-eve", "0" * 32, "eve@other.example", "user"))
    house.hook("deleted", guid, "pending_reclamation")
    with pytest.raises(NodeNotFound):
        find(ANNA)

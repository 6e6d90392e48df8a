"""Changes of a running cluster, its parameters and its sizes: asked for, then made by a task node by node.

On real servers a change of sizes restarts each server and changes the figures that the cloud keeps; neither memory nor
processors of a server are limited by them. A change that fails leaves the kept values as they were.
"""

from collections.abc import Callable, Sequence
from typing import Any

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import events, records, tasks
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.errors import ClusterBusy, NodesNotRunning, PlanRefused
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain import configuration as rules
from kyok.domain.changing import ChangedNode, not_running
from kyok.domain.cluster import NodeState, TaskNodeState, TaskState, TaskType
from kyok.domain.databases import Sizes, parse_size, size_text
from kyok.errors import KyokError
from kyok.randomness import Randomness

Start = Callable[[str, Callable[[], object]], None]
KINDS = (TaskType.CONFIGURATION_UPDATE, TaskType.RESOURCE_SCALE)
_ACTIONS = {
    TaskType.CONFIGURATION_UPDATE: events.CONFIGURATION_UPDATE,
    TaskType.RESOURCE_SCALE: events.RESOURCE_SCALE,
}
_COMES_UP = (NodeState.RESTARTING, NodeState.CREATING)
SET_BACK = "Has its former values again: another node did not come up."


def parameters_of(of: Database) -> dict[str, int]:
    """The parameters of a cluster as they were set last."""
    return {**rules.DEFAULTS, **of.document.get("configuration", {})}


def sizes_of(of: Database) -> Sizes:
    """The sizes of a cluster's nodes."""
    return Sizes(parse_size(of.memory) or 0, parse_size(of.storage) or 0, of.cpu)


class Changes:
    """See the module."""

    def __init__(self, store: Store, driver: NodeDriver, activity: Activity, randomness: Randomness) -> None:
        self._store = store
        self._driver = driver
        self._activity = activity
        self._randomness = randomness

    def ask_configuration(self, tx: Transaction, caller: Caller, of: Database, given: object) -> str:
        """Begins a change of parameters; returns the task's id.

        Raises:
            ChangeMalformed, ChangeRefused, ClusterBusy, NodesNotRunning: nothing is changed.
        """
        values = rules.checked_parameters(given, parameters_of(of), sizes_of(of).ram)
        return self._begin(tx, caller, of, TaskType.CONFIGURATION_UPDATE, {"configuration": values})

    def ask_sizes(self, tx: Transaction, caller: Caller, of: Database, given: object) -> str:
        """Begins a change of sizes; returns the task's id.

        Raises:
            PlanRefused, ChangeMalformed, ChangeRefused, ClusterBusy, NodesNotRunning: nothing is changed.
        """
        if of.document.get("free"):
            raise PlanRefused()
        sizes = rules.checked_sizes(given, sizes_of(of), parameters_of(of)["shared_buffers"])
        wanted = {"cpu": sizes.cpu, "memory": size_text(sizes.ram), "storage": size_text(sizes.disk)}
        return self._begin(tx, caller, of, TaskType.RESOURCE_SCALE, {"resource": wanted})

    def attend(self, of: Database, nodes: Sequence[Node], start: Start) -> None:
        """Starts the change that was asked for; one that met a stopped node fails."""
        with self._store.read() as reader:
            asked = tasks.any_running(reader, of.guid, *KINDS)
        if asked is None or any(node.state in _COMES_UP for node in nodes):
            return
        stopped = _stopped(nodes)
        if stopped is not None:
            self._store.writer.perform(lambda tx: self._failed(tx, of, asked, stopped))
        else:
            start(of.guid, lambda: self._run(of, asked))

    def _begin(self, tx: Transaction, caller: Caller, of: Database, kind: TaskType, wanted: dict[str, Any]) -> str:
        if tasks.any_running(tx, of.guid) is not None:
            raise ClusterBusy()
        nodes = records.nodes_of(tx, of.guid)
        stopped = _stopped(nodes)
        if stopped is not None:
            raise stopped
        task_id = tasks.new_task_id(self._randomness, tx.now)
        states = [
            {"id": node.id, "number": node.number, "state": TaskNodeState.PENDING.value, "reason": ""} for node in nodes
        ]
        tasks.begin(tx, task_id, of.guid, kind, {**wanted, "nodes": states, "caller": [caller.iam_id, caller.name]})
        self._record(tx, of, kind, caller, {**wanted, "taskId": task_id}, outcome="pending", status=202)
        return task_id

    def _run(self, of: Database, asked: tasks.Task) -> None:
        def tell(number: int, state: TaskNodeState, reason: str) -> None:
            # The nodes are held meanwhile, and a reset waits for them on the writer's thread.
            self._store.writer.post(lambda tx: _mark(tx, of.guid, asked.id, number, state, reason))

        try:
            self._driver.reconfigure(
                of.guid,
                asked.document.get("configuration", {}),
                tell,
                restart=asked.type is TaskType.RESOURCE_SCALE,
            )
        except KyokError as error:
            failure = error
            self._store.writer.perform(lambda tx: self._failed(tx, of, asked, failure))
            return
        self._store.writer.perform(lambda tx: self._done(tx, of, asked))

    def _done(self, tx: Transaction, of: Database, asked: tasks.Task) -> None:
        present, task = records.find(tx, of.guid), tasks.find(tx, of.guid, asked.id)
        if present is None or task is None or task.state is not TaskState.RUNNING:
            return
        if task.type is TaskType.CONFIGURATION_UPDATE:
            values = present.document.get("configuration", {}) | task.document["configuration"]
            records.set_document(tx, of.guid, configuration=values)
        else:
            records.set_database(tx, of.guid, **task.document["resource"])
        tasks.finish(tx, task)
        self._record(tx, present, task.type, _caller(of, task), _wanted(task))

    def _failed(self, tx: Transaction, of: Database, asked: tasks.Task, error: KyokError) -> None:
        task = tasks.find(tx, of.guid, asked.id)
        if task is None or task.state is not TaskState.RUNNING:
            return
        nodes = task.document["nodes"]
        for entry in nodes:
            if entry["state"] == TaskNodeState.SUCCEEDED:
                entry |= {"state": TaskNodeState.PENDING.value, "reason": SET_BACK}
        tasks.finish(tx, task, failure=error.summary, document={"nodes": nodes})
        tx.changed("database", of.guid)
        self._record(
            tx, of, task.type, _caller(of, task), _wanted(task), outcome="failure", status=409, reason=error.summary
        )

    def _record(
        self, tx: Transaction, of: Database, kind: TaskType, caller: Caller, data: dict[str, Any], **more: Any
    ) -> None:
        events.record(self._activity, tx, of, _ACTIONS[kind], caller=caller, data=data, **more)


def _stopped(nodes: Sequence[Node]) -> NodesNotRunning | None:
    if not nodes:
        return NodesNotRunning()
    sentence = not_running(ChangedNode(node.number, node.state, node.role, node.reason) for node in nodes)
    return NodesNotRunning(sentence) if sentence else None


def _mark(tx: Transaction, guid: str, task_id: str, number: int, state: TaskNodeState, reason: str) -> None:
    """Writes down how far a task is at one node."""
    task = tasks.find(tx, guid, task_id)
    if task is None:
        return
    nodes = task.document["nodes"]
    for entry in nodes:
        if entry["number"] == number:
            entry |= {"state": state.value, "reason": reason}
            entry.setdefault("started_at", milliseconds(tx.now))
            if state is not TaskNodeState.RUNNING:
                entry["finished_at"] = milliseconds(tx.now)
    tasks.progress(tx, task, {"nodes": nodes})


def _caller(of: Database, task: tasks.Task) -> Caller:
    return Caller(task.document["caller"][0], of.account, task.document["caller"][1], "user")


def _wanted(task: tasks.Task) -> dict[str, Any]:
    found: dict[str, Any] = {"taskId": task.id}
    return found | {name: task.document[name] for name in ("configuration", "resource") if name in task.document}

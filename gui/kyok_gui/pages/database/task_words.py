"""Tasks of an instance in words: what each does, what it was asked for, how long it took, and where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kyok.domain import databases, texts
from kyok.domain.cluster import ReplicaState, TaskNodeState, TaskState, TaskType
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import Status

if TYPE_CHECKING:
    from kyok.client.records.clusters import Task, TaskNode
    from kyok.client.records.databases import NodeDetail
    from kyok.client.records.detail import DatabaseDetail

STATES = {
    TaskState.RUNNING: Status(noted("Running"), "in-progress", "supportInfo"),
    TaskState.SUCCEEDED: Status(noted("Succeeded"), "checkmark--filled", "supportSuccess"),
    TaskState.FAILED: Status(noted("Failed"), "error--filled", "supportError"),
}
NODE_STATES = {
    TaskNodeState.PENDING: Status(noted("Waiting"), "circle-dash", "iconSecondary"),
    TaskNodeState.RUNNING: Status(noted("Changing"), "in-progress", "supportInfo"),
    TaskNodeState.SUCCEEDED: Status(noted("Done"), "checkmark--filled", "supportSuccess"),
    TaskNodeState.FAILED: Status(noted("Failed"), "error--filled", "supportError"),
}
_KINDS = set(TaskType)
_PLACES = {
    TaskType.PROVISION: places.NODES,
    TaskType.NODE_RECOVER: places.NODES,
    TaskType.BACKUP: places.BACKUPS,
    TaskType.RESTORE: places.NODES,
    TaskType.DISABLE: places.SECURE_DELETION,
    TaskType.RECLAIM: places.SECURE_DELETION,
    TaskType.CONFIGURATION_UPDATE: places.CONFIGURATION,
    TaskType.RESOURCE_SCALE: places.DB_RESOURCES,
}
_SIZES = (("memory", "RAM", "GB"), ("storage", noted("disk"), "GB"), ("cpu", "vCPU", ""))


def task_word(kind: str) -> str:
    """What a task does: `Scale nodes`."""
    return TaskType(kind).word if kind in _KINDS else kind.replace("_", " ").capitalize()


def task_status(task: Task) -> Status:
    """The state of a task, whatever case the cloud writes it in."""
    word = task.state.upper()
    return STATES[TaskState(word)] if word in set(TaskState) else Status(task.state, "information--filled", "")


def asked_for(task: Task) -> str:
    """What the task was asked for, from its `spec`: `RAM 4 GB, disk 5 GB, vCPU 2`."""
    spec = task.spec
    found = []
    if isinstance(wanted := spec.get("resource"), Mapping):
        found += [
            f"{tr(noted_word)} {_size(wanted[name])} {unit}".strip()
            for name, noted_word, unit in _SIZES
            if name in wanted
        ]
    if isinstance(wanted := spec.get("configuration"), Mapping):
        found += [f"{name} {value}" for name, value in sorted(wanted.items())]
    if backup := spec.get("backup_id"):
        found.append(tr("Backup {backup}", backup=backup))
    return ", ".join(found)


def _size(value: Any) -> Any:
    gib = databases.parse_size(value) if isinstance(value, str) else None
    return value if gib is None else gib


def duration(begun: datetime | None, ended: datetime | None, now: datetime) -> str:
    """How long it took, or takes so far: `3 s`, `less than 1 s`, `12 s so far`."""
    if begun is None:
        return ""
    whole = (ended or now) - begun
    words = texts.span(whole) if whole.total_seconds() >= 1 else tr("less than 1 s")
    return words if ended is not None else tr("{words} so far", words=words)


def belongs_to(task: Task, guid: str) -> tuple[str, str]:
    """Title and link of the page that the task was for; both empty for a kind that is not known here."""
    if task.type not in _KINDS:
        return "", ""
    place = Place(_PLACES[TaskType(task.type)], guid)
    return places.PLACES[place.kind].title, place.href()


@dataclass(frozen=True, slots=True)
class NodeProgress:
    """How far a task is at one node."""

    name: str
    role: str
    status: Status
    begun: datetime | None
    took: str
    reason: str


def progress_rows(task: Task, detail: DatabaseDetail, now: datetime) -> list[NodeProgress]:
    """The nodes of a task in the order in which they began; those that wait come last."""
    numbered = {node.id: node for node in detail.nodes}
    found = [_progress(task, node, numbered.get(node.id), now) for node in task.nodes]
    latest = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda row: (row.begun or latest, row.role == ReplicaState.PRIMARY.word, row.name))


def _progress(task: Task, node: TaskNode, known: NodeDetail | None, now: datetime) -> NodeProgress:
    name = tr("Node {number}", number=known.number) if known is not None else node.id[:8]
    status = node_status(node, task)
    ended = node.finished_at or (task.finished_at if not task.running else None)
    took = duration(node.started_at, ended, now) if node.started_at is not None else ""
    return NodeProgress(name, known.role.word if known is not None else "", status, node.started_at, took, node.reason)


def node_status(node: TaskNode, task: Task) -> Status:
    """How far a task is at a node. Tasks that do not count by nodes name the node's own state."""
    word = node.state.upper()
    if word not in set(TaskNodeState) or (word == "RUNNING" and not task.running):
        return Status(node.state.capitalize(), "information--filled", "iconSecondary")
    if word == TaskNodeState.PENDING and not task.running:
        return NODE_STATES[TaskNodeState.PENDING].saying(noted("Not changed"))
    return NODE_STATES[TaskNodeState(word)]

"""Tasks: what a cluster is doing or did, as API v3 lists them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import task
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.cluster import TaskState, TaskType
from kyok.randomness import Randomness

_GREGORIAN = datetime.fromisoformat("1582-10-15T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `document`: the steps or figures that belong to its type."""

    id: str
    guid: str
    type: TaskType
    state: TaskState
    reason: str
    started_at: datetime
    finished_at: datetime | None
    document: dict[str, Any]


def new_task_id(randomness: Randomness, now: datetime) -> str:
    """A time-based UUID, the form that the service's task ids have."""
    ticks = (now - _GREGORIAN) // timedelta(microseconds=1) * 10
    drawn = randomness.draw(8)
    return str(
        uuid.UUID(
            fields=(
                ticks & 0xFFFFFFFF,
                (ticks >> 32) & 0xFFFF,
                (ticks >> 48) & 0x0FFF | 0x1000,
                drawn[0] & 0x3F | 0x80,
                drawn[1],
                int.from_bytes(drawn[2:8]) | 0x010000000000,  # the multicast bit: no real network card
            )
        )
    )


def begin(tx: Transaction, task_id: str, guid: str, kind: TaskType, document: dict[str, Any]) -> None:
    """Writes a task that runs from now on."""
    tx.execute(
        insert(task).values(
            id=task_id,
            guid=guid,
            type=kind.value,
            state=TaskState.RUNNING.value,
            document=document,
            started_at=milliseconds(tx.now),
        )
    )
    tx.changed("task", f"{guid}/{task_id}")


def finish(tx: Transaction, found: Task, *, failure: str = "", document: dict[str, Any] | None = None) -> None:
    """Ends a task; a `failure` is the sentence that says why. Nothing when a reset took it."""
    done = (
        update(task)
        .where(task.c.id == found.id)
        .values(
            state=(TaskState.FAILED if failure else TaskState.SUCCEEDED).value,
            reason=failure,
            finished_at=milliseconds(tx.now),
            document=found.document | (document or {}),
        )
    )
    if tx.execute(done):
        tx.changed("task", f"{found.guid}/{found.id}")


def progress(tx: Transaction, found: Task, document: dict[str, Any]) -> None:
    """Changes what a running task tells about itself."""
    tx.execute(update(task).where(task.c.id == found.id).values(document=found.document | document))
    tx.changed("task", f"{found.guid}/{found.id}")


def of_database(reader: Reader, guid: str) -> list[Task]:
    """The tasks of a cluster, newest first."""
    rows = reader.all(select(task).where(task.c.guid == guid).order_by(task.c.started_at.desc(), task.c.id.desc()))
    return [_task(row) for row in rows]


def find(reader: Reader, guid: str, task_id: str) -> Task | None:
    """One task of a cluster."""
    row = reader.one(select(task).where(task.c.guid == guid, task.c.id == task_id))
    return None if row is None else _task(row)


def running(reader: Reader, guid: str, kind: TaskType) -> Task | None:
    """The running task of a type, if there is one."""
    row = reader.one(
        select(task)
        .where(task.c.guid == guid, task.c.type == kind.value, task.c.state == TaskState.RUNNING.value)
        .order_by(task.c.started_at)
    )
    return None if row is None else _task(row)


def any_running(reader: Reader, guid: str, *kinds: TaskType) -> Task | None:
    """The oldest running task of a cluster, of these types or (without any) of whatever type."""
    found = [task.c.guid == guid, task.c.state == TaskState.RUNNING.value]
    if kinds:
        found.append(task.c.type.in_([kind.value for kind in kinds]))
    row = reader.one(select(task).where(*found).order_by(task.c.started_at).limit(1))
    return None if row is None else _task(row)


def succeeded(reader: Reader, guid: str, kind: TaskType) -> bool:
    """Whether a task of a type was ever done for a cluster."""
    done = (task.c.guid == guid, task.c.type == kind.value, task.c.state == TaskState.SUCCEEDED.value)
    return reader.scalar(select(task.c.id).where(*done).limit(1)) is not None


def guids_with_running(reader: Reader, kind: TaskType) -> list[str]:
    """Clusters that have a running task of a type."""
    rows = reader.all(
        select(task.c.guid).where(task.c.type == kind.value, task.c.state == TaskState.RUNNING.value).distinct()
    )
    return [row.guid for row in rows]


def _task(row: Row[Any]) -> Task:
    return Task(
        id=row.id,
        guid=row.guid,
        type=TaskType(row.type),
        state=TaskState(row.state),
        reason=row.reason,
        started_at=moment(row.started_at),
        finished_at=None if row.finished_at is None else moment(row.finished_at),
        document=dict(row.document),
    )

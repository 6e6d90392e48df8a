"""The rows and columns of the tasks table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.translation import noted
from kyok_gui.pages.database.task_words import duration, task_status, task_word
from kyok_gui.times import short_at
from kyok_gui.widgets import Column, Status

if TYPE_CHECKING:
    from kyok.client.records.clusters import Task


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in words, with what orders it."""

    id: str
    what: str
    status: Status
    begun: datetime | None
    begun_words: str
    ended: datetime | None
    took: str
    seconds: float
    reason: str


def task_rows(tasks: Sequence[Task], now: datetime) -> list[TaskRow]:
    """The rows, newest first as the cloud lists them."""
    return [_row(task, now) for task in tasks]


def _row(task: Task, now: datetime) -> TaskRow:
    begun = task.started_at
    length = ((task.finished_at or now) - begun).total_seconds() if begun is not None else 0.0
    return TaskRow(
        task.id,
        task_word(task.type),
        task_status(task),
        begun,
        short_at(begun, now) if begun is not None else "",
        task.finished_at,
        duration(begun, task.finished_at, now),
        length,
        task.reason,
    )


def task_columns() -> tuple[Column[TaskRow], ...]:
    """Task, state, when, how long, why it failed."""
    return (
        Column("task", noted("Task"), lambda row: row.what, kind="link", weight=3),
        Column(
            "state",
            noted("State"),
            lambda row: row.status.word,
            kind="status",
            status=lambda row: row.status,
            width=144,
        ),
        Column(
            "begun",
            noted("Began"),
            lambda row: row.begun_words,
            sort=lambda row: row.begun.timestamp() if row.begun else 0.0,
            width=144,
            value=lambda row: row.begun,
        ),
        Column("took", noted("Took"), lambda row: row.took, sort=lambda row: row.seconds, width=144),
        Column("reason", noted("Why it failed"), lambda row: row.reason, weight=5, hide_below=760),
        Column(
            "ended",
            noted("Ended"),
            lambda row: texts.date_time(row.ended) if row.ended else "",
            sort=lambda row: row.ended.timestamp() if row.ended else 0.0,
            width=200,
            optional=True,
            value=lambda row: row.ended,
        ),
    )

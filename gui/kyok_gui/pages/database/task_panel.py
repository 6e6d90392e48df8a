"""The panel of one task: state, times, what it was asked for, every node's part, and the page it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain import texts
from kyok.domain.translation import tr
from kyok_gui.pages.database import task_words
from kyok_gui.places import activity_of
from kyok_gui.widgets import (
    CodeValue,
    InlineNote,
    KeyValueList,
    LinkValue,
    Row,
    SidePanel,
    StaticTable,
    Text,
)

if TYPE_CHECKING:
    from kyok.client.records.clusters import Task
    from kyok.client.records.detail import DatabaseDetail

_WIDTH = 560


class TaskPanel(SidePanel):
    """Stays open and follows its task."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Task"), name="tasks.panel", width=_WIDTH)
        self.failure = InlineNote("error", "", name="tasks.panel.failure", compact=True)
        self.values = KeyValueList(name="tasks.panel.values")
        self.values.setObjectName("tasks.panel.values")
        self.values.link.connect(self.link)
        self.nodes = StaticTable(
            (tr("Node"), tr("State"), tr("Began, UTC"), tr("Took")),
            name="tasks.panel.nodes",
            accessible=tr("The task, node by node"),
            widths=(152, 0, 112, 0),
            row_height=40,
        )
        self.no_nodes = Text("", "label01", "helper", wrap=True, name="tasks.panel.no-nodes")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.failure, self.values, Text(tr("Node by node"), "heading01"), self.nodes, self.no_nodes):
            column.addWidget(part)
        self.add_tab("details", tr("Details"), box)

    def show_task(self, task: Task, detail: DatabaseDetail, now: datetime) -> None:
        """Shows how the task is now."""
        self.set_title(task_words.task_word(task.type), detail.name)
        self.failure.setVisible(bool(task.reason))
        self.failure.show_note("error", task.reason)
        self.values.set_rows(_rows(task, detail, now))
        rows = task_words.progress_rows(task, detail, now)
        self.nodes.setVisible(bool(rows))
        self.nodes.set_rows(
            [
                (
                    f"{row.name}, {row.role.lower()}" if row.role else row.name,
                    row.status,
                    texts.time(row.begun, seconds=True) if row.begun else "",
                    row.took,
                )
                for row in rows
            ]
        )
        told = [f"{row.name}: {row.reason}" for row in rows if row.reason]
        self.no_nodes.setText(" ".join(told) if rows else tr("This task is not made node by node."))
        self.no_nodes.setVisible(bool(told) or not rows)


def _rows(task: Task, detail: DatabaseDetail, now: datetime) -> list[Row]:
    title, href = task_words.belongs_to(task, detail.guid)
    asked = task_words.asked_for(task)
    rows: list[Row] = [
        (tr("State"), task_words.task_status(task)),
        (tr("Began"), texts.date_time(task.started_at) if task.started_at else ""),
        (tr("Ended"), texts.date_time(task.finished_at) if task.finished_at else tr("Still running")),
        (tr("Took"), task_words.duration(task.started_at, task.finished_at, now)),
    ]
    if asked:
        rows.append((tr("Asked for"), asked))
    if href:
        rows.append((tr("Belongs to"), LinkValue(title, href, "tasks.panel.page")))
    there = activity_of(instance=detail.guid, name=f"{detail.name}, {title.lower() or tr('task')}", search=task.id)
    return [
        *rows,
        (tr("Activity"), LinkValue(tr("Activity of this task"), there.href(), "tasks.panel.activity")),
        (tr("Task ID"), CodeValue(task.id, "tasks.panel.id")),
    ]

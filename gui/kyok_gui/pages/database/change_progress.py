"""How far the last change of a page's kind is, node by node, with the way to its task."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from kyok.domain import texts
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.pages.database import task_words
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, Link, StaticTable, Status, StatusLabel, Text, Tile, escape

if TYPE_CHECKING:
    from kyok.client.records.clusters import Task
    from kyok.client.records.detail import DatabaseDetail

HEADS = (noted("Node"), noted("Role"), noted("State"), noted("Began, UTC"), noted("Took"))
_WIDTHS = (80, 96, 0, 120, 80)
"""Pixels of each column; the state has the rest, because it may give a reason."""
UNCHANGED = noted("Nothing was changed: every node has its former values.")


class ChangeProgress(Tile):
    """Away until there was a change."""

    link = Signal(str)

    def __init__(self, heading: str, *, name: str) -> None:
        super().__init__(heading=heading, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._there = ""
        self.state = StatusLabel(name=f"{name}.state")
        self.asked = Text("", "body01", "secondary", wrap=True, name=f"{name}.asked")
        self.open = Link(tr("Open the task"), name=f"{name}.open")
        self.open.clicked.connect(lambda: self.link.emit(self._there))
        self.failure = InlineNote("error", "", name=f"{name}.failure", compact=True)
        self.table = StaticTable(
            [tr(noted_head) for noted_head in HEADS],
            name=f"{name}.nodes",
            accessible=tr("{heading}, node by node", heading=heading),
            row_height=40,
            widths=_WIDTHS,
            wrap=True,
        )
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(self.state)
        head.addWidget(self.asked, 1)
        head.addWidget(self.open)
        self.body.addLayout(head)
        self.body.addWidget(self.failure)
        self.body.addWidget(self.table)
        self.failure.hide()
        self.hide()

    def show_task(self, task: Task | None, detail: DatabaseDetail, now: datetime) -> None:
        """Shows the task, or nothing when there was none."""
        self.setVisible(task is not None)
        if task is None:
            return
        self._there = Place(places.TASKS, detail.guid).with_query(task=task.id).href()
        asked = task_words.asked_for(task)
        if task.started_at:
            asked = tr("{asked}, begun {moment}", asked=asked, moment=texts.when_day(task.started_at, now))
        self.state.set_status(task_words.task_status(task))
        self.asked.setText(asked)
        self.failure.setVisible(bool(task.reason))
        self.failure.show_note("error", task.reason, escape(tr(UNCHANGED)) if task.failed else "")
        rows = task_words.progress_rows(task, detail, now)
        self.table.set_rows(
            [(row.name, row.role, _state(row), texts.time(row.begun, seconds=True) if row.begun else "", row.took)
             for row in rows]
        )  # fmt: skip


def _state(row: task_words.NodeProgress) -> Status:
    return row.status.saying(f"{row.status.word}: {row.reason}") if row.reason else row.status

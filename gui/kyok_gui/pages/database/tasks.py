"""The Tasks page: what the service does and did with this instance, live, with every node's part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.task_panel import TaskPanel
from kyok_gui.pages.database.task_rows import TaskRow, task_columns, task_rows
from kyok_gui.places import Place
from kyok_gui.widgets import DataTable, EmptyState, TableModel

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.clusters import Task
    from kyok.client.records.detail import DatabaseDetail

NAME = "tasks"


@dataclass(frozen=True, slots=True)
class TasksView:
    """The tasks, newest first; `open` is the one whose panel is open, with its nodes."""

    detail: DatabaseDetail
    tasks: tuple[Task, ...]
    open: Task | None = None


class TasksPage(InstancePage[TasksView]):
    """A table; a task opens its panel."""

    concerns: ClassVar[frozenset[str]] = frozenset({"task", "database", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(
            context, place, tr("What the service does and did with this instance: made, backed up, scaled, changed.")
        )
        self._wanted = ""
        self._panel_of_task: TaskPanel | None = None
        self.model = TableModel[TaskRow](task_columns(), key=lambda row: row.id, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{NAME}.table",
            accessible=tr("Tasks"),
            noun=(noted("task"), noted("tasks")),
            search=tr("Search by task, state or reason"),
            copies={tr("Task ID"): lambda row: row.id},
        )
        self.table.set_empty(
            EmptyState(
                "data-backup",
                tr("No tasks"),
                tr("Making an instance, backups, and changes of sizes or parameters are tasks. They go with it."),
                name=f"{NAME}.empty",
            )
        )
        self.table.set_footer_note(tr("Times are UTC"))
        self.table.hide()
        self.table.opened.connect(lambda row, _: self.open_task(row.id))
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def arrived(self, place: Place) -> None:
        """Opens the task that a link names."""
        if place.value("task"):
            self.open_task(place.value("task"))

    def open_task(self, task_id: str) -> None:
        """Opens the panel of a task."""
        self._wanted = task_id
        self.mark_stale()

    def reads(self, api: CloudApi) -> TasksView:
        """The tasks, and the nodes of the one that is open."""
        detail = api.databases.detail(self.guid)
        found = api.databases.tasks(self.guid, detail.region)
        known = self._wanted in {task.id for task in found}
        return TasksView(detail, found, api.databases.task(self.guid, self._wanted, detail.region) if known else None)

    def shows(self, view: TasksView) -> None:
        """Shows the table, and the open task."""
        now = self.context.clock.now()
        self.table.show()
        self.model.set_rows(task_rows(view.tasks, now))
        task = view.open
        if task is None or task.id != self._wanted:
            return
        if self._panel_of_task is None:
            self._panel_of_task = TaskPanel()
            self._panel_of_task.link.connect(self.follow)
            self._panel_of_task.closed.connect(self._panel_closed_by_hand)
        self._panel_of_task.show_task(task, view.detail, now)
        if self.panel is not self._panel_of_task:
            self.open_panel(self._panel_of_task)

    def ticks(self) -> None:
        """Running tasks count on."""
        view = self.view
        if view is None or not any(task.running for task in view.tasks):
            return
        now = self.context.clock.now()
        self.model.set_rows(task_rows(view.tasks, now))
        if self._panel_of_task is not None and view.open is not None:
            self._panel_of_task.show_task(view.open, view.detail, now)

    def _panel_closed_by_hand(self) -> None:
        self._wanted = ""
        panel, self._panel_of_task = self._panel_of_task, None
        if panel is not None:
            panel.deleteLater()

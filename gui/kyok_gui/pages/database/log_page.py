"""The Log files page: every log file of every node, by day, to be ticked and downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kyok.domain import databases, texts
from kyok.domain.cluster import InstanceState
from kyok.domain.translation import noted, tr
from kyok_gui import saving
from kyok_gui.context import PageContext
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.log_filter import LogFilterBar
from kyok_gui.pages.database.log_rows import LogList, LogRow, day_columns, read_logs, save_logs
from kyok_gui.places import Place
from kyok_gui.widgets import DataTable, InlineNote, TableModel, Text, escape

if TYPE_CHECKING:
    from pathlib import Path

    from kyok.client import CloudApi
    from kyok.client.records.detail import DatabaseDetail
    from kyok.errors import KyokError

NAME = "log-files"
ACTION = "logs.read"
_FRESH_SECONDS = 30
KEPT = noted(
    "Server logs are kept for {days} days, audit logs for {audit_days}. Tick files to download them, or press the name "
    "of one. Listing needs the Reader role, downloading the Manager role."
)
SIMULATED = noted(
    "Simulated nodes run no database server, so they write no log. Each has the two files that every "
    "node has, and they say just that."
)
NO_NODES = noted("There are no log files: the instance is not active.")


@dataclass(frozen=True, slots=True)
class LogsView:
    """What the page shows."""

    detail: DatabaseDetail
    logs: LogList


class LogFilesPage(InstancePage[LogsView]):
    """Filters, table, and what could not be listed."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "fault", "key", "policy"})

    def __init__(self, context: PageContext, place: Place) -> None:
        kept = tr(KEPT, days=databases.LOG_DAYS, audit_days=databases.AUDIT_DAYS)
        super().__init__(context, place, kept)
        self._seconds = 0
        self.simulated = InlineNote("info", "", tr(SIMULATED), name=f"{NAME}.simulated")
        self.error = InlineNote("error", "", name=f"{NAME}.error")
        self.missing = InlineNote("warning", "", name=f"{NAME}.missing")
        self.filters = LogFilterBar(name=f"{NAME}.filter")
        self.model = TableModel[LogRow](day_columns(), key=lambda row: row.key, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{NAME}.table",
            accessible=tr("Log files"),
            noun=(noted("log file"), noted("log files")),
            checkable=True,
            copies={tr("File"): lambda row: row.file},
        )
        self.download = self.table.batch.add_action("download", tr("Download"), "download")
        self.none = Text("", "body01", "secondary", wrap=True, name=f"{NAME}.none")
        for part in (self.simulated, self.error, self.missing, self.filters, self.none):
            part.hide()
            self.body.addWidget(part)
        self.table.hide()
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self.filters.changed.connect(self._show_rows)
        self.table.opened.connect(lambda row, _: self._save([row]))
        self.table.batch.acted.connect(lambda _: self._save(self.table.checked()))
        context.rights.guard(self.download, ACTION, self.guid)

    def reads(self, api: CloudApi) -> LogsView:
        """The files of every node that can be asked."""
        detail = api.databases.detail(self.guid)
        active = detail.instance_state is InstanceState.ACTIVE
        return LogsView(detail, read_logs(api, detail) if active else LogList((), tr(NO_NODES)))

    def shows(self, view: LogsView) -> None:
        """Shows the files."""
        self._seconds = 0
        self.simulated.setVisible(not view.detail.connectable and bool(view.logs.rows))
        self.missing.setVisible(bool(view.logs.missing))
        self.missing.show_note("warning", "", escape(view.logs.missing))
        self.filters.setVisible(bool(view.logs.rows))
        self.table.setVisible(bool(view.logs.rows))
        self.table.set_footer_note(
            tr("Refreshed {moment} UTC", moment=texts.time(self.context.clock.now(), seconds=True))
        )
        self._show_rows()

    def _show_rows(self) -> None:
        if self.view is None:
            return
        rows = self.filters.value().shows(self.view.logs.rows)
        self.model.set_rows(rows)
        hidden = len(self.view.logs.rows) - len(rows)
        self.none.setText(
            tr("{files} of other nodes, kinds or days.", files=texts.plural(hidden, "log file")) if hidden else ""
        )
        self.none.setVisible(bool(hidden))

    def ticks(self) -> None:
        """Logs grow without a change being told: one looks now and then."""
        self._seconds += 1
        if self._seconds >= _FRESH_SECONDS:
            self._seconds = 0
            self.look_afresh()

    # saving -----------------------------------------------------------------------

    def _save(self, rows: Sequence[LogRow]) -> None:
        self.error.hide()
        if self.busy or not rows or self.view is None:
            return
        missing = self.context.rights.reason(ACTION, self.guid)
        if missing:
            self._refused(
                tr("{missing} to download log files", missing=missing),
                tr("Ask an administrator of the account for the role."),
            )
            return
        one = len(rows) == 1
        target = (
            saving.choose_file(self, tr("Log file"), rows[0].saved_as)
            if one
            else saving.choose_folder(self, tr("Folder for the log files"))
        )
        if target is not None:
            self._fetch(list(rows), target, self.view.detail.region)

    def _fetch(self, rows: list[LogRow], target: Path, region: str) -> None:
        def done(_: object) -> None:
            self.model.set_checked([])
            self.context.notices.success(
                tr("{files} saved", files=texts.plural(len(rows), "log file")), tr("See {target}.", target=target)
            )

        def failed(error: KyokError) -> None:
            self._refused(error.summary, error.remedy)

        self.does(lambda api: save_logs(api, rows, target, region), done, failed)

    def _refused(self, summary: str, remedy: str) -> None:
        self.error.show_note("error", summary, escape(remedy))
        self.error.show()

"""The log files of the nodes: which there are, and saving them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain import texts
from kyok.domain.cluster import InstanceState
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui import places, saving
from kyok_gui.context import PageContext
from kyok_gui.pages.database.log_rows import LogList, LogRow, log_columns, read_logs, save_logs
from kyok_gui.places import Place
from kyok_gui.widgets import Button, DataTable, InlineNote, Link, TableModel, Text, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

_FRESH_SECONDS = 30.0
_MOST_ROWS = 8
_TICK_ONE = noted("Tick the files to download.")


class LogsPresenter(QObject):
    """Lists log files, now and then, and saves them."""

    listed = Signal(object)
    saving = Signal(bool)
    refused = Signal(object)

    def __init__(self, context: PageContext, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._context = context
        self._clock = clock
        self._asked: tuple[object, ...] = ()
        self._at = 0.0

    def load(self, detail: DatabaseDetail) -> None:
        """Asks for the files when nodes came or went, else every half minute at most."""
        present = tuple((node.id, node.state) for node in detail.nodes)
        if present == self._asked and self._clock() - self._at < _FRESH_SECONDS:
            return
        self._asked, self._at = present, self._clock()
        api = self._context.api
        self._context.tasks.run(lambda: read_logs(api, detail), self.listed.emit, self.refused.emit, owner=self)

    def save(self, rows: Sequence[LogRow], target: Path, region: str) -> None:
        """Fetches files and writes them."""
        api = self._context.api

        def done(_: object) -> None:
            self.saving.emit(False)
            self._context.notices.success(
                tr("{files} saved", files=texts.plural(len(rows), "log file")), tr("See {target}.", target=target)
            )

        def failed(error: KyokError) -> None:
            self.saving.emit(False)
            self.refused.emit(error)

        self.saving.emit(True)
        self._context.tasks.run(lambda: save_logs(api, rows, target, region), done, failed, owner=self)


class LogFiles(QWidget):
    """A table of the files with one button that saves the ticked ones; a file's name saves that one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("nodes.logs")
        self._context = context
        self._region = self._guid = ""
        self._busy = False
        self.presenter = LogsPresenter(context, self)
        self.refreshed = Text("", "label01", "helper", name="nodes.logs.refreshed")
        self.every = Link(tr("By day and kind"), name="nodes.logs.all", accessible=tr("All log files by day and kind"))
        self.download = Button(tr("Download"), "tertiary", name="nodes.logs.download", icon="download")
        self.error = InlineNote("error", "", name="nodes.logs.error")
        self.missing = Text("", "label01", "helper", wrap=True, name="nodes.logs.missing")
        self.model = TableModel[LogRow](log_columns(), key=lambda row: row.key, parent=self)
        self.table = DataTable(
            self.model,
            name="nodes.logs.table",
            accessible=tr("Log files"),
            noun=(noted("log file"), noted("log files")),
            row_height=32,
            checkable=True,
            footer=False,
            most_rows=_MOST_ROWS,
            copies={tr("File"): lambda row: row.saved_as},
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(Text(tr("Log files"), "heading01"))
        head.addWidget(self.refreshed)
        head.addStretch(1)
        head.addWidget(self.every)
        head.addWidget(self.download)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.error, self.table, self.missing):
            column.addWidget(widget)
        self.error.hide()
        self.missing.hide()
        self.table.set_loading(True)
        self._show_button()

    def _connect(self) -> None:
        self.presenter.listed.connect(self._show)
        self.presenter.refused.connect(self._refused)
        self.presenter.saving.connect(self._set_busy)
        self.table.ticked.connect(self._show_button)
        self.every.clicked.connect(lambda: self._context.navigator.go(Place(places.LOG_FILES, self._guid)))
        self.table.opened.connect(lambda row, _: self._save([row]))
        self.download.clicked.connect(lambda: self._save(self.table.checked()))

    def show_detail(self, detail: DatabaseDetail) -> None:
        """Shows the files of real servers; simulated nodes write none."""
        written = detail.connectable and detail.instance_state is InstanceState.ACTIVE
        self.setVisible(written)
        if written:
            self._region, self._guid = detail.region, detail.guid
            self.presenter.load(detail)

    def _show(self, found: LogList) -> None:
        now: datetime = self._context.clock.now()
        self.refreshed.setText(
            tr(
                "Refreshed {moment} UTC. Tick files to download them; that needs the Manager role.",
                moment=texts.time(now),
            )
        )
        self.model.set_rows(found.rows)
        self.table.set_loading(False)
        self.table.setVisible(bool(found.rows) or not found.missing)
        self.missing.setText(found.missing)
        self.missing.setVisible(bool(found.missing))
        self._show_button()

    def _refused(self, error: KyokError) -> None:
        self.table.set_loading(False)
        self.error.show_note("error", error.summary, escape(error.remedy))
        self.error.show()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_button()

    def _show_button(self) -> None:
        why = tr("Files are being downloaded.") if self._busy else "" if self.table.checked() else tr(_TICK_ONE)
        self.download.set_enabled_because(not why, why)

    def _save(self, rows: Sequence[LogRow]) -> None:
        self.error.hide()
        if self._busy or not rows:
            return
        if len(rows) == 1:
            target = saving.choose_file(self, tr("Log file"), rows[0].saved_as)
        else:
            target = saving.choose_folder(self, tr("Folder for the log files"))
        if target is not None:
            self.presenter.save(list(rows), target, self._region)

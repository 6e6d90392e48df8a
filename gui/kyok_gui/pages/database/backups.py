"""The Backups page: what there is, until when, and restoring one into a new instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from kyok.domain.cluster import InstanceState
from kyok.domain.rights import Question
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.catalog.page import CREATE
from kyok_gui.pages.database.backups_table import BackupRow, backup_columns, backup_rows
from kyok_gui.pages.database.parts import FailureNote, instance_trail
from kyok_gui.pages.database.restore_dialog import RestoreDialog, open_restore
from kyok_gui.places import Place, activity_of
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import DataTable, EmptyState, InlineNote, MenuEntry, TableModel, Text, escape

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.databases import Backup
    from kyok.client.records.detail import DatabaseDetail


RESTORING = "backups.restore"


@dataclass(frozen=True, slots=True)
class BackupsView:
    """What the page shows."""

    detail: DatabaseDetail
    backups: tuple[Backup, ...]


def load_view(api: CloudApi, guid: str) -> BackupsView:
    """Reads the page's data; runs in a worker."""
    return BackupsView(api.databases.detail(guid), api.databases.backups(guid))


class BackupsPresenter(Presenter):
    """Reads backups and takes one."""

    busy = Signal(bool)

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(context, parent, lambda api: load_view(api, guid))
        self._guid = guid

    def back_up(self) -> None:
        """Takes a backup now."""
        api = self._context.api

        def done(_: object) -> None:
            self.busy.emit(False)
            self._context.notices.info(tr("Backup started"), tr("It appears in the table when it is done."))
            self.load()

        def refused(error: KyokError) -> None:
            self.busy.emit(False)
            self._context.notices.failure(error)

        self.busy.emit(True)
        self._context.tasks.run(lambda: api.databases.back_up(self._guid), done, refused, owner=self)


class BackupsPage(Page):
    """One table. It works for an instance whose root key is deleted: that is what backups are for."""

    concerns: ClassVar[frozenset[str]] = frozenset({"backup", "database", "task", "instance", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._view: BackupsView | None = None
        self._wanted = ""
        self._presenter = BackupsPresenter(context, place.instance or "", self)
        self.header.set_title(tr("Backups"))
        self.header.set_trail(instance_trail(context, place.instance, "", tr("Backups")))
        self.header.set_subtitle(
            tr("Whole-database backups: the first one right after creation, then daily and on demand. Kept for 7 days.")
        )
        self.failure = FailureNote(name="backups.failure")
        self.lost = InlineNote("quiet", "", name="backups.lost")
        self.lost.hide()
        self.model = TableModel[BackupRow](backup_columns(), key=lambda row: row.id, parent=self)
        self.table = DataTable(
            self.model,
            name="backups.table",
            accessible=tr("Backups"),
            noun=(noted("backup"), noted("backups")),
            search=tr("Search by time or kind"),
            copies={"ID": lambda row: row.id},
            row_menu=self._row_menu,
        )
        self.reason = Text("", "helperText01", "helper", wrap=True, name="backups.reason")
        self.reason.hide()
        self._build_table()
        for button in (self.now_button, self.empty.button):
            context.rights.guard(button, "backups.create", place.instance or "")
        context.rights.guard_all(self.restore_button, [Question(*one) for one in self._restoring()])
        for widget in (self.failure, self.lost, self.reason):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self._connect()

    def _restoring(self) -> list[tuple[str, str]]:
        """What restoring needs: the backup, and the new instance."""
        return [(RESTORING, self.place.instance or ""), (CREATE, DBAAS_POSTGRESQL)]

    def _against_restoring(self) -> str:
        reasons = [self.context.rights.reason(*one) for one in self._restoring()]
        return next((reason for reason in reasons if reason), "")

    def _row_menu(self, row: BackupRow) -> list[MenuEntry]:
        reason = self._against_restoring()
        return [
            MenuEntry("restore", tr("Restore into a new instance"), icon="restart", reason=reason),
            MenuEntry("activity", tr("Activity of this backup"), icon="activity"),
        ]

    def _build_table(self) -> None:
        self.restore_button = self.table.toolbar.add_tool(tr("Restore a backup"), "restart", name="backups.restore")
        self.now_button = self.table.toolbar.set_primary(tr("Back up now"), "add", name="backups.now")
        self.empty = EmptyState(
            "data-backup",
            tr("No backups yet"),
            tr(
                "The first backup is taken right after the instance is created. Without a backup the data is lost "
                "when the root key is deleted."
            ),
            name="backups.empty",
            button=tr("Back up now"),
        )
        self.empty.pressed.connect(self._presenter.back_up)
        self.table.set_empty(self.empty)
        self.table.set_footer_note(tr("Times are UTC"))
        self.table.set_loading(True)

    def _connect(self) -> None:
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._failed)
        self._presenter.busy.connect(self._busy)
        self.failure.acted.connect(self.look_afresh)
        self.now_button.clicked.connect(self._presenter.back_up)
        self.restore_button.clicked.connect(lambda: self.restore(""))
        self.table.opened.connect(lambda row, _: self.restore(row.id))
        self.table.menu_chosen.connect(self._chosen)

    def _chosen(self, row: BackupRow, entry: str) -> None:
        if entry == "activity":
            guid = self.place.instance or ""
            name = tr("{name}, backup of {time}", name=self.context.directory.name_of(guid), time=row.time)
            self.context.navigator.go(activity_of(instance=guid, name=name, search=row.id))
        else:
            self.restore(row.id)

    def refresh(self) -> None:
        """Reads the backups anew."""
        self._presenter.load()

    def arrived(self, place: Place) -> None:
        """A link may name a backup to restore."""
        self._wanted = place.value("restore")
        if self._wanted and self._view is not None:
            self.restore(self._wanted)

    def _show(self, view: BackupsView) -> None:
        self._view = view
        detail = view.detail
        self.failure.hide()
        self.table.show()
        self.header.set_trail(instance_trail(self.context, detail.guid, detail.name, tr("Backups")))
        self.model.set_rows(backup_rows(view.backups, self.context.clock.now()))
        self.table.set_loading(False)
        why = backup_reason(detail)
        self.now_button.set_enabled_because(not why, why)
        self.empty.button.set_enabled_because(not why, why)
        self.restore_button.setEnabled(bool(view.backups))
        self.reason.setText(tr("Back up now is off: {why}", why=why) if why else "")
        self.reason.setVisible(bool(why))
        self._show_lost(view)
        if self._wanted:
            self.restore(self._wanted)

    def _show_lost(self, view: BackupsView) -> None:
        """When the instance itself cannot come back, the table is the way on."""
        key = view.detail.root_key
        gone = key is not None and all(node.final for node in view.detail.nodes) and bool(view.detail.nodes)
        self.lost.setVisible(gone and bool(view.backups))
        if gone and key is not None:
            self.lost.show_note(
                "quiet",
                tr("{name} cannot be read again, its backups can", name=view.detail.name),
                escape(
                    tr("They do not depend on {key}. Restore one into a new instance before it expires.", key=key.name)
                ),
            )

    def _busy(self, busy: bool) -> None:
        self.now_button.set_enabled_because(not busy, tr("A backup is being taken."))

    def _failed(self, error: KyokError) -> None:
        self.table.set_loading(False)
        self.table.setVisible(self._view is not None)  # what could not be read is not "no backups"
        self.failure.show_failure(error)

    def restore(self, backup_id: str) -> RestoreDialog | None:
        """Opens the restore dialog for a backup."""
        self._wanted = ""
        if self._view is None or not self._view.backups:
            return None
        missing = self._against_restoring()
        if missing:
            self.context.notices.info(tr("Not restored"), f"{missing}.")
            return None
        return open_restore(self, self.context, self._view.detail, backup_id)


def backup_reason(detail: DatabaseDetail) -> str:
    """Why no backup can be taken now."""
    if detail.instance_state in (InstanceState.PENDING_RECLAMATION, InstanceState.REMOVED):
        return tr("the instance is deleted.")
    if detail.instance_state is InstanceState.FAILED:
        return tr("provisioning failed, there is nothing to back up.")
    if detail.instance_state is not InstanceState.ACTIVE:
        return tr("the instance is still being created.")
    return "" if detail.data.readable else tr("no node can read the data.")

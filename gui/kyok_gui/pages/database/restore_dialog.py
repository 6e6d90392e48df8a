"""Restoring a backup into a new instance: which backup, under what name, and under which root key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kyok.domain import names, texts
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.database.key_pickers import KeyPickers
from kyok_gui.places import Place
from kyok_gui.widgets import Choice, Dialog, SelectField, TextField, escape

if TYPE_CHECKING:
    from kyok.client.records.databases import Backup, NewDatabase
    from kyok.client.records.detail import DatabaseDetail


class RestorePresenter(QObject):
    """Reads the backups and starts the restore."""

    backups_loaded = Signal(object)
    started = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._guid = guid

    def load(self) -> None:
        """Reads the backups."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.databases.backups(self._guid), self.backups_loaded.emit, self.failed.emit, owner=self
        )

    def restore(self, backup_id: str, name: str, kms_instance: str, kms_key: str) -> None:
        """Starts the restore into a new instance."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.databases.restore(self._guid, backup_id, name, kms_instance=kms_instance, kms_key=kms_key),
            self.started.emit,
            self.failed.emit,
            owner=self,
        )


class RestoreDialog(Dialog):
    """The form. It works for an instance whose key is gone, because backups do not depend on that key."""

    def __init__(self, context: PageContext, detail: DatabaseDetail, backup_id: str = "") -> None:
        path = f"{context.account.name} / {detail.name}".lstrip(" /")
        super().__init__(tr("Restore a backup into a new instance"), detail.name, path=path, name="restore", width=640)
        self._context = context
        self._detail = detail
        self._wanted = backup_id
        self._backups: dict[str, Choice] = {}
        self._presenter = RestorePresenter(context, detail.guid, self)
        self.add_text(
            tr(
                "A new instance is created and filled from the backup. {name} stays as it is. Backups are sealed "
                "under a key of the service, so they open without its root key.",
                name=escape(detail.name),
            )
        )
        self.backup = self.add_widget(SelectField(tr("Backup"), name="restore.backup"))
        self.backup.set_blocked(tr("Reading the backups"))
        self.name_field = self.add_widget(
            TextField(tr("Service name of the new instance"), name="restore.name", value=f"{detail.name}-restored")
        )
        self.pickers = self.add_widget(KeyPickers(context, name="restore"))
        self.pickers.set_place(detail.region, detail.resource_group_id)
        if detail.hsm is not None and detail.hsm.exists:
            self.pickers.want(detail.hsm.guid, "")
        self.reason = self.add_text("", "secondary")
        self.set_accept(tr("Restore"), "restart")
        self._connect()
        self._check()

    def _connect(self) -> None:
        self._presenter.backups_loaded.connect(self._show_backups)
        self._presenter.started.connect(self._started)
        self._presenter.failed.connect(self._failed)
        self.backup.chosen.connect(lambda _: self._check())
        self.name_field.changed.connect(lambda _: self._check())
        self.pickers.changed.connect(self._check)
        self.pickers.kms.note_link.connect(self.dismiss)
        self.accepted.connect(self._restore)

    def load(self) -> None:
        """Reads backups and keys."""
        self._presenter.load()
        self.pickers.load()

    def _show_backups(self, backups: tuple[Backup, ...]) -> None:
        now = self._context.clock.now()
        self._backups = {backup.id: backup_choice(backup, now) for backup in backups}
        if not backups:
            self.backup.set_blocked(tr("No backup is left"))
        else:
            self.backup.set_choices(list(self._backups.values()))
            self.backup.set_value(self._wanted or backups[0].id)
        self._check()

    def _check(self) -> None:
        chosen = self._backups.get(self.backup.value())
        self.backup.set_helper(chosen.detail if chosen is not None else "")
        problem = self._problem()
        self.set_ready(not problem, problem)
        self.reason.set_html(tr("<b>Cannot restore yet:</b> {problem}", problem=escape(problem)) if problem else "")
        self.reason.setVisible(bool(problem))
        self.refit()

    def _problem(self) -> str:
        if not self.backup.value():
            return tr("choose a backup.")
        named = names.service_name_problem(self.name_field.value())
        self.name_field.set_error(named or "")
        if named:
            return named[0].lower() + named[1:]
        return self.pickers.problem

    def _restore(self) -> None:
        option, key = self.pickers.option, self.pickers.chosen_key
        self.set_busy(True)
        self._presenter.restore(
            self.backup.value(),
            self.name_field.value(),
            str(option.crn) if option is not None and key is not None else "",
            key.id if key is not None else "",
        )

    def _started(self, made: NewDatabase) -> None:
        name = self.name_field.value()
        self.set_busy(False)
        self.dismiss()
        words = tr("{name} is being created and filled from the backup.", name=name)
        self._context.notices.info(tr("Restore started"), words)
        self._context.navigator.go(Place(places.NODES, made.guid))

    def _failed(self, error: KyokError) -> None:
        self.set_error(error.summary, error.remedy)


def backup_choice(backup: Backup, now: datetime) -> Choice:
    """A backup as a line of the picker."""
    rows = texts.plural(backup.rows, "row")
    if backup.expires_at:
        rows = tr("{rows}, expires {moment}", rows=rows, moment=texts.when(backup.expires_at, now))
    return Choice(
        backup.id,
        f"{texts.date_time(backup.created_at)} ({backup.type.word.lower()})",
        detail=rows,
    )


def open_restore(opener: QWidget, context: PageContext, detail: DatabaseDetail, backup_id: str = "") -> RestoreDialog:
    """Opens the dialog over a page."""
    dialog = RestoreDialog(context, detail, backup_id)
    dialog.open_over(opener)
    dialog.load()
    return dialog

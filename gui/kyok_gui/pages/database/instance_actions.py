"""Deleting an instance, bringing it back, and deleting it for good: dialogs and the calls behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kyok.domain import services, texts
from kyok.domain.key_states import KeyState
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.widgets import Dialog

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


class InstanceActions(QObject):
    """What can be done to a whole instance. `finished` names what was done."""

    finished = Signal(str)
    busy = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    # dialogs ------------------------------------------------------------------

    def ask_delete(self, opener: QWidget, detail: DatabaseDetail) -> Dialog:
        """Explains the reclamation and asks for the name."""
        dialog = Dialog(tr("Delete instance"), detail.name, path=self._path(detail), name="db-delete", width=640)
        add_delete_effects(dialog, detail)
        dialog.add_typed_name(detail.name)
        dialog.set_accept(tr("Delete instance"), "trash-can", danger=True)
        dialog.accepted.connect(lambda: self._delete(dialog, detail))
        dialog.open_over(opener)
        return dialog

    def ask_reclaim(self, opener: QWidget, detail: DatabaseDetail) -> Dialog:
        """Deleting for good cannot be undone, so the name is typed."""
        dialog = Dialog(
            tr("Delete instance for good"), detail.name, path=self._path(detail), name="db-reclaim", width=640
        )
        kept = detail.secure_deletion.backups
        dialog.add_effect(
            "error--filled",
            "supportError",
            tr("{name} cannot be restored any more", name=detail.name),
            tr("Its three volumes and its data key are erased. Nothing of it can be read again, with any key."),
        )
        dialog.add_effect(
            "data-backup",
            "iconSecondary",
            tr("{backups} and their key go with it", backups=texts.plural(kept, "backup"))
            if kept
            else tr("There is no backup of it"),
        )
        if detail.root_key is not None:
            dialog.add_effect(
                "password",
                "iconSecondary",
                tr("{key} is not touched", key=detail.root_key.name),
                tr("Secure deletion needs both halves: the instance and its root key."),
            )
        dialog.add_typed_name(detail.name)
        dialog.set_accept(tr("Delete for good"), "trash-can", danger=True)
        dialog.accepted.connect(lambda: self._reclaim(dialog, detail))
        dialog.open_over(opener)
        return dialog

    def _path(self, detail: DatabaseDetail) -> str:
        return f"{self._context.account.name} / {detail.name}".lstrip(" /")

    # calls --------------------------------------------------------------------

    def _delete(self, dialog: Dialog, detail: DatabaseDetail) -> None:
        api = self._context.api
        words = (
            tr("{name} is deleted", name=detail.name),
            tr("It can be restored for 7 days under Secure deletion."),
        )
        if not reclaimable(detail):
            words = tr("{name} is deleted", name=detail.name), tr("A free instance cannot be restored.")
        self._in(dialog, lambda: api.resources.delete(detail.guid), "deleted", *words)

    def _reclaim(self, dialog: Dialog, detail: DatabaseDetail) -> None:
        reclamation = detail.reclamation_id or ""
        api = self._context.api
        title = tr("{name} is deleted for good", name=detail.name)
        self._in(
            dialog, lambda: api.resources.reclaim(reclamation), "reclaimed", title, tr("Its data cannot come back.")
        )

    def restore(self, detail: DatabaseDetail) -> None:
        """Brings a deleted instance back."""
        reclamation, api = detail.reclamation_id or "", self._context.api

        def done(_: object) -> None:
            self.busy.emit(False)
            self._context.notices.success(
                tr("{name} is back", name=detail.name), tr("Its nodes start again with the same data.")
            )
            self.finished.emit("restored")

        def refused(error: KyokError) -> None:
            self.busy.emit(False)
            self._context.notices.failure(error)

        self.busy.emit(True)
        self._context.tasks.run(lambda: api.resources.restore(reclamation), done, refused, owner=self)

    def _in(self, dialog: Dialog, call: Callable[[], object], what: str, title: str, words: str) -> None:
        """Does something from inside a dialog: it stays until the answer is there."""

        def done(_: object) -> None:
            dialog.set_busy(False)
            dialog.dismiss()
            self._context.notices.success(title, words)
            self.finished.emit(what)

        dialog.set_busy(True)
        self._context.tasks.run(call, done, lambda error: dialog.set_error(error.summary, error.remedy), owner=dialog)


def reclaimable(detail: DatabaseDetail) -> bool:
    """Whether a deleted instance waits for its reclamation first."""
    found = services.plan_by_id(detail.plan_id)
    return found is None or found[1].reclaimable


def add_delete_effects(dialog: Dialog, detail: DatabaseDetail) -> None:
    """Says what deleting an instance does, and what it does not."""
    if reclaimable(detail):
        dialog.add_effect(
            "stop--filled--alt",
            "iconSecondary",
            tr("All nodes are disabled"),
            tr("The database cannot be used from now on."),
        )
        dialog.add_effect(
            "time",
            "supportCautionMajor",
            tr("It can be restored for 7 days"),
            tr(
                "The instance waits for its reclamation. Restored, it comes back with the same nodes and data. After "
                "7 days it is deleted for good, or earlier if you say so under Secure deletion."
            ),
        )
    else:
        dialog.add_effect(
            "error--filled",
            "supportError",
            tr("It cannot be restored"),
            tr("A free instance is deleted for good at once."),
        )
    kept = detail.backups.count
    dialog.add_effect(
        "data-backup",
        "iconSecondary",
        (
            tr("{backups} stays until then", backups=texts.plural(kept, "backup"))
            if kept == 1
            else tr("{backups} stay until then", backups=texts.plural(kept, "backup"))
        )
        if kept
        else tr("There is no backup"),
        tr("Backups go with the instance.") if kept else "",
    )
    key = detail.root_key
    if key is None:
        return
    gone = key.state in (KeyState.DESTROYED, None)
    dialog.add_effect(
        "password",
        "iconSecondary",
        tr("{key} is deleted already", key=key.name) if gone else tr("{key} is not deleted", key=key.name),
        tr("Once the instance is gone for good too, its data is securely deleted.")
        if gone
        else tr("To delete the data securely, delete both the instance and its root key."),
    )

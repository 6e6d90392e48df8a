"""What can be done to a resource from the list: rename, tags, lock, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyok.domain.names import service_name_problem
from kyok.domain.roles import TAG_ATTACH
from kyok.domain.services import DBAAS_POSTGRESQL, KEY_SERVICES
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.resources.name_dialog import NameDialog
from kyok_gui.pages.resources.rows import ResourceRow
from kyok_gui.pages.resources.tags_dialog import TagsDialog
from kyok_gui.widgets import Dialog, MenuEntry

_UPDATE, _DELETE = "resource-controller.instance.update", "resource-controller.instance.delete"
_LOCKED = noted("locked, unlock it first")


class ResourceActions(QObject):
    """Menu entries of a row and what they do; the change feed brings the list up to date afterwards."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def entries(self, row: ResourceRow) -> list[MenuEntry]:
        """Where the row leads, what changes it, and deletion last."""
        reason = self._context.rights.reason
        locked = tr(_LOCKED) if row.locked else ""
        found = [MenuEntry("open", tr("Open")), MenuEntry("overview", tr("Overview"))] if row.place is not None else []
        if row.service == DBAAS_POSTGRESQL:
            found.append(MenuEntry("deletion", tr("Secure deletion")))
        return [
            *found,
            MenuEntry(
                "rename",
                tr("Rename"),
                icon="edit",
                reason=reason(_UPDATE, row.guid) or locked,
                rule_above=bool(found),
            ),
            MenuEntry("tags", tr("Edit tags"), icon="tag", reason=reason(TAG_ATTACH, row.guid)),
            MenuEntry(
                "unlock" if row.locked else "lock",
                tr("Unlock") if row.locked else tr("Lock"),
                icon="unlocked" if row.locked else "locked",
                reason=reason(_UPDATE, row.guid),
            ),
            MenuEntry("delete", tr("Delete"), danger=True, reason=reason(_DELETE, row.guid) or locked),
        ]

    def act(self, row: ResourceRow, entry: str, in_use: Sequence[str]) -> None:
        """Does what an entry of the menu says; `in_use` are the tags of the account."""
        acts: dict[str, Callable[[], object]] = {
            "rename": lambda: self._rename(row),
            "tags": lambda: self._edit_tags(row, in_use),
            "lock": lambda: self._lock(row, locked=True),
            "unlock": lambda: self._lock(row, locked=False),
            "delete": lambda: self._delete(row),
        }
        if entry in acts:
            acts[entry]()

    # rename and tags --------------------------------------------------------------

    def _rename(self, row: ResourceRow) -> None:
        dialog = NameDialog(
            tr("Rename instance"),
            row.name,
            name="resources.rename",
            field=tr("Service name"),
            value=row.name,
            verb=tr("Rename"),
            problem=lambda name: service_name_problem(name) or "",
            helper=tr("Only the name changes: ID, CRN and keys stay."),
        )
        api = self._context.api
        self._when_accepted(
            dialog,
            lambda: api.resources.rename(row.guid, dialog.value),
            lambda: self._context.notices.success(
                tr("{name} is called {fresh} now", name=row.name, fresh=dialog.value)
            ),
        )

    def _edit_tags(self, row: ResourceRow, in_use: Sequence[str]) -> None:
        dialog = TagsDialog(row.name, row.tags, in_use)
        api = self._context.api
        self._when_accepted(
            dialog,
            lambda: api.resources.set_tags(row.crn, row.tags, tuple(dialog.tags)),
            lambda: self._context.notices.success(
                tr("Tags of {name} saved", name=row.name), ", ".join(dialog.tags) or tr("None left.")
            ),
        )

    def _when_accepted(self, dialog: Dialog, call: Callable[[], object], told: Callable[[], object]) -> None:
        def done(_: object) -> None:
            dialog.dismiss()
            told()

        def failed(error: KyokError) -> None:
            dialog.set_error(error.summary, error.remedy)

        def accepted() -> None:
            dialog.set_busy(True)
            self._context.tasks.run(call, done, failed, owner=self)

        dialog.accepted.connect(accepted)
        dialog.open_over(self._page)

    # lock -------------------------------------------------------------------------

    def _lock(self, row: ResourceRow, *, locked: bool) -> None:
        api, notices = self._context.api, self._context.notices
        title = tr("{name} is locked", name=row.name) if locked else tr("{name} is unlocked", name=row.name)
        words = (
            tr("Nobody can change or delete it until it is unlocked.")
            if locked
            else tr("It can be changed and deleted again.")
        )
        self._context.tasks.run(
            lambda: api.resources.lock(row.guid, locked=locked),
            lambda _: notices.success(title, words),
            notices.failure,
            owner=self,
        )

    # delete -----------------------------------------------------------------------

    def _delete(self, row: ResourceRow) -> None:
        """Each service has its own dialog, which names first what depends on the instance."""
        api, tasks = self._context.api, self._context.tasks
        if row.service in KEY_SERVICES:
            from kyok_gui.pages.keys.delete_instance import DeleteInstance
            from kyok_gui.pages.keys.overview_reading import read_overview

            asking = DeleteInstance(self._context, self._page)
            tasks.run(lambda: read_overview(api, row.guid), asking.ask, owner=self)
        elif row.service == DBAAS_POSTGRESQL:
            from kyok_gui.pages.database.instance_actions import InstanceActions

            actions, page = InstanceActions(self._context, self), self._page
            tasks.run(lambda: api.databases.detail(row.guid), lambda it: actions.ask_delete(page, it), owner=self)
        else:
            self._delete_other(row)

    def _delete_other(self, row: ResourceRow) -> None:
        """An instance of a service that has no pages here: what depends on it is not known."""
        dialog = Dialog(tr("Delete instance"), row.name, name="resources.delete", width=640)
        title = tr("{name} leaves the account", name=row.name)
        dialog.add_effect("trash-can", "iconPrimary", title, tr("This console does not know what depends on it."))
        dialog.add_typed_name(row.name)
        dialog.set_accept(tr("Delete instance"), "trash-can", danger=True)
        api, notices = self._context.api, self._context.notices
        told = tr("{name} is deleted", name=row.name)
        self._when_accepted(dialog, lambda: api.resources.delete(row.guid), lambda: notices.success(told))

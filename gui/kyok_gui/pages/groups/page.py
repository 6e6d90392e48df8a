"""Resource groups: made, renamed, deleted; and what is in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QObject

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.groups.rows import COLUMNS, GroupRow, name_problem, read_rows
from kyok_gui.pages.resources.name_dialog import NameDialog
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import DataTable, Dialog, InlineNote, MenuEntry, TableModel, Text, escape

if TYPE_CHECKING:
    from kyok.errors import KyokError

_SUBTITLE = noted("Groups order the instances of an account; roles and authorizations can be given for a whole group.")
_NOTE = noted(
    "The group of an instance is chosen when it is created and cannot be changed afterwards. "
    "A group can be deleted when it holds no instance and none that could still be restored."
)
_ACTION = "resource-controller.group"
Done = Callable[[Any], object]


class GroupsPresenter(Presenter):
    """Reads and changes resource groups."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent, read_rows)

    def change(self, dialog: Dialog, call: Callable[[], object], told: str) -> None:
        """Does something from inside a dialog; it stays open with the reason when it is refused."""

        def done(_: object) -> None:
            dialog.dismiss()
            self._context.notices.success(told)
            self.load()

        dialog.set_busy(True)
        self._context.tasks.run(call, done, lambda error: dialog.set_error(error.summary, error.remedy), owner=self)


class GroupsPage(Page):
    """The table and its dialogs."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "reclamation"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._rows: list[GroupRow] = []
        self._presenter = GroupsPresenter(context, self)
        self.header.set_trail([(context.account.name or tr("Account"), places.HOME), (tr("Resource groups"), None)])
        self.header.set_title(tr("Resource groups"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._failure = InlineNote("error", "", name="resource-groups.failure", action=tr("Try again"))
        self._failure.acted.connect(self.look_afresh)
        self._failure.hide()
        self._model = TableModel[GroupRow](COLUMNS, key=lambda row: row.group.id, parent=self)
        self._table = DataTable(
            self._model,
            name="resource-groups.table",
            accessible=tr("Resource groups"),
            noun=("resource group", "resource groups"),
            fits=True,
            search=tr("Search by name or ID"),
            row_menu=self._entries,
            copies={"CRN": lambda row: row.group.crn, "ID": lambda row: row.group.id},
        )
        create = self._table.toolbar.set_primary(tr("Create"), "add", name="resource-groups.create")
        create.clicked.connect(self._create)
        context.rights.guard(create, f"{_ACTION}.create", what=tr("Create a resource group"))
        self._table.opened.connect(self._open)
        self._table.menu_chosen.connect(self._chosen)
        self._table.set_loading(True)
        for part in (self._failure, self._table, Text(tr(_NOTE), "helperText01", "helper", wrap=True)):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)

    def refresh(self) -> None:
        """Reads the groups."""
        self._presenter.load()

    def _show(self, rows: list[GroupRow]) -> None:
        self._failure.hide()
        self._rows = rows
        self._model.set_rows(rows)
        self._table.set_loading(False)
        self._table.show()

    def _show_failure(self, error: KyokError) -> None:
        self._table.setVisible(bool(self._rows))  # without rows it would say that there are none
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    # rows ---------------------------------------------------------------------------

    def _entries(self, row: GroupRow) -> list[MenuEntry]:
        reason, crn = self.context.rights.reason, row.group.crn
        rename, delete = reason(f"{_ACTION}.update", crn), reason(f"{_ACTION}.delete", crn)
        return [
            MenuEntry("instances", tr("Show its instances"), reason="" if row.instances else tr("it holds none")),
            MenuEntry("rename", tr("Rename"), icon="edit", reason=rename),
            MenuEntry("delete", tr("Delete"), danger=True, reason=delete or row.in_the_way),
        ]

    def _open(self, row: GroupRow, column: str) -> None:
        if column == "waiting":
            self.context.navigator.go(Place(places.RECLAMATION))
        elif row.instances:
            self.context.navigator.go(Place(places.RESOURCES).with_query(group=row.name))

    def _chosen(self, row: GroupRow, entry: str) -> None:
        if entry == "instances":
            self._open(row, "instances")
        elif entry == "rename":
            self._rename(row)
        else:
            self._delete(row)

    # dialogs --------------------------------------------------------------------------

    def _names(self, besides: str = "") -> list[str]:
        return [row.name for row in self._rows if row.name != besides]

    def _name_dialog(self, label: str, title: str, value: str, verb: str) -> NameDialog:
        others = self._names(value)
        return NameDialog(
            label,
            title,
            name="resource-groups.name",
            field=tr("Name"),
            value=value,
            verb=verb,
            problem=lambda name: name_problem(name, others),
        )

    def _create(self) -> None:
        dialog, api = (
            self._name_dialog(tr("Create resource group"), tr("New group"), "", tr("Create")),
            self.context.api,
        )
        dialog.accepted.connect(
            lambda: self._presenter.change(
                dialog,
                lambda: api.resources.create_group(dialog.value),
                tr("Resource group {name} created", name=dialog.value),
            )
        )
        dialog.open_over(self)

    def _rename(self, row: GroupRow) -> None:
        dialog, api = self._name_dialog(tr("Rename resource group"), row.name, row.name, tr("Rename")), self.context.api
        dialog.accepted.connect(
            lambda: self._presenter.change(
                dialog,
                lambda: api.resources.rename_group(row.group.id, dialog.value),
                tr("{name} is called {fresh} now", name=row.name, fresh=dialog.value),
            )
        )
        dialog.open_over(self)

    def _delete(self, row: GroupRow) -> None:
        dialog = Dialog(tr("Delete resource group"), row.name, name="resource-groups.delete", width=560)
        api = self.context.api
        dialog.add_effect(
            "trash-can", "iconPrimary", tr("{name} leaves the account", name=row.name), tr("It holds no instances.")
        )
        title = tr("Authorizations and roles for it reach nothing any more")
        dialog.add_effect(
            "information--filled", "supportInfo", title, tr("They stay listed; a new group has another ID.")
        )
        dialog.add_tick(tr("Delete {name}", name=row.name))
        dialog.set_accept(tr("Delete"), "trash-can", danger=True)
        told = tr("Resource group {name} deleted", name=row.name)
        dialog.accepted.connect(
            lambda: self._presenter.change(dialog, lambda: api.resources.delete_group(row.group.id), told)
        )
        dialog.open_over(self)

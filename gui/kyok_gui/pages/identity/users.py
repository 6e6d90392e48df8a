"""Manage > Access (IAM) > Users: who is in the account, and what each may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject

from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.identity.user_panel import UserPanel
from kyok_gui.pages.identity.user_rows import COLUMNS, UserRow, read_rows
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import Button, DataTable, InlineNote, MenuEntry, TableModel, escape

if TYPE_CHECKING:
    from kyok.errors import KyokError

SAMPLE_ROLES = ("Viewer", "Reader", "Writer", "Manager")
"""One sample user for each; all of them see instances too."""
_SUBTITLE = noted("Who is in this account and which roles they have. Roles add up; none contains another.")


def sample_users() -> list[dict[str, object]]:
    """A user for each role, to try the roles with."""
    return [
        {
            "email": f"{role.lower()}@acme.example",
            "name": role,
            "roles": [{"role": one} for one in dict.fromkeys(("Viewer", role))],
        }
        for role in SAMPLE_ROLES
    ]


class UsersPresenter(Presenter):
    """Reads the users. No widgets."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent, read_rows)

    def add_samples(self) -> None:
        """Adds a user for each role."""
        api, account, notices = self._context.api, self._context.account.id, self._context.notices

        def done(_: object) -> None:
            notices.success(
                tr("Four users added"), tr("Sign in as one of them from the menu at the right of the header.")
            )
            self.load()

        body: list[dict[str, object]] = [{"id": account, "users": sample_users()}]
        self._context.tasks.run(lambda: api.emulator.put_identities(body), done, notices.failure, owner=self)


class UsersPage(Page):
    """The users of the account."""

    concerns: ClassVar[frozenset[str]] = frozenset({"identities", "policy", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.header.set_trail(
            [(tr("Manage"), None), (tr("Access (IAM)"), Place(places.AUTHORIZATIONS)), (tr("Users"), None)]
        )
        self.header.set_title(tr("Users"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._samples = Button(tr("Add users to try roles with"), "tertiary", name="users.samples", icon="add")
        self._samples.hide()
        self.header.add_action(self._samples)
        self._presenter = UsersPresenter(context, self)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        self._samples.clicked.connect(self._presenter.add_samples)
        self._failure = InlineNote("error", "", name="users.failure", action=tr("Try again"))
        self._failure.acted.connect(self.look_afresh)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._model = TableModel[UserRow](COLUMNS, key=lambda row: row.id, parent=self, also=lambda row: row.user.email)
        self._table = DataTable(
            self._model,
            name="users.table",
            accessible=tr("Users"),
            noun=("user", "users"),
            row_height=64,
            fits=True,
            search=tr("Search by name, email or role"),
            copies={"Email": lambda row: row.user.email, "IAM ID": lambda row: row.id},
            row_menu=lambda row: [MenuEntry("details", tr("View what this user may do"), icon="view")],
        )
        self._table.opened.connect(lambda row, _: self._open(row))
        self._table.menu_chosen.connect(lambda row, _: self._open(row))
        self._table.set_loading(True)
        self.body.addWidget(self._table)
        self.body.addStretch(1)
        context.rights.guard(self._samples, EMULATOR_MANAGE)

    def refresh(self) -> None:
        """Reads the users."""
        self._presenter.load()

    def _show(self, found: list[UserRow]) -> None:
        self._failure.hide()
        self._table.set_loading(False)
        self._model.set_rows(found)
        known = {row.user.email for row in found}
        self._samples.setVisible(any(user["email"] not in known for user in sample_users()))
        panel = self.panel
        if isinstance(panel, UserPanel):
            row = next((row for row in found if row.id == panel.row.id), None)
            if row is None:
                self.close_panel()
            else:
                panel.show_row(row, self._name_of)

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    def _name_of(self, guid: str) -> str:
        return self.context.directory.name_of(guid, guid)

    def _open(self, row: UserRow) -> None:
        panel = UserPanel(row)
        panel.show_row(row, self._name_of)
        self.open_panel(panel)

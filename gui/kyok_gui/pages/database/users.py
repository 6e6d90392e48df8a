"""The Users page: the roles of the database servers, and what each may do. Read-only, as at the real service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.catalog_note import CatalogNote, read_or_refusal
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.places import Place
from kyok_gui.widgets import Column, DataTable, SidePanel, StaticTable, Status, TableModel, Text

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.clusters import DatabaseUser
    from kyok.client.records.detail import DatabaseDetail

NAME = "db-users"
HOW = noted(
    "Users are made with SQL (CREATE ROLE), as the admin user. They have nothing to do with the people "
    "of the account: nobody signs in to the database with IBM Cloud credentials, and roles of IAM give "
    "no rights in it."
)
NO_LOGIN = "Cannot login"
SERVICE = {
    "ibm-cloud-admin": noted("Rights that the service gives the admin user"),
    "postgres": noted("The service's own superuser"),
    "replicator": noted("Copies the data to the secondaries"),
}
_LOGS_IN = Status(noted("Yes"), "checkmark", "iconPrimary")
_NEVER = Status(noted("No"), "subtract", "iconSecondary")


@dataclass(frozen=True, slots=True)
class UsersView:
    """`refusal` says why nobody can be listed; `open` is the user whose panel is open, with privileges."""

    detail: DatabaseDetail
    users: tuple[DatabaseUser, ...] = ()
    refusal: str = ""
    open: DatabaseUser | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A role in words."""

    name: str
    kind: str
    logs_in: bool
    attributes: str


def _kind(name: str, admin: str) -> str:
    if name == admin:
        return tr("Database admin")
    return tr(SERVICE[name]) if name in SERVICE else tr("Made by you")


def user_rows(users: Sequence[DatabaseUser], admin: str) -> list[UserRow]:
    """The rows, in the order of the server."""
    return [
        UserRow(
            user.name,
            _kind(user.name, admin),
            NO_LOGIN not in user.role_attributes,
            ", ".join(one for one in user.role_attributes if one != NO_LOGIN),
        )
        for user in users
    ]


def _login(row: UserRow) -> Status:
    return _LOGS_IN if row.logs_in else _NEVER


COLUMNS = (
    Column[UserRow]("name", noted("Name"), lambda row: row.name, kind="link", weight=2),
    Column[UserRow]("kind", noted("What it is for"), lambda row: row.kind, weight=3, hide_below=700),
    Column[UserRow](
        "login",
        noted("Can log in"),
        lambda row: _login(row).word,
        kind="status",
        status=_login,
        width=128,
    ),
    Column[UserRow]("attributes", noted("Role attributes"), lambda row: row.attributes, weight=4),
)


class UserPanel(SidePanel):
    """What one user may do with each database."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("User"), name=f"{NAME}.panel")
        self.attributes = Text("", "body01", "secondary", wrap=True, name=f"{NAME}.panel.attributes")
        self.table = StaticTable(
            (tr("Database"), tr("Privileges")),
            name=f"{NAME}.panel.access",
            accessible=tr("Privileges by database"),
            row_height=40,
            widths=(160, 0),
        )
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.attributes, self.table):
            column.addWidget(part)
        self.add_tab("access", tr("Privileges"), box)

    def show_user(self, user: DatabaseUser, admin: str) -> None:
        """Shows attributes and privileges."""
        row = user_rows([user], admin)[0]
        login = tr("Can log in.") if row.logs_in else tr("Cannot log in: its rights go to its members.")
        self.set_title(user.name, row.kind)
        self.attributes.setText(f"{login} {row.attributes or tr('No role attributes')}.")
        self.table.set_rows([(one.db, ", ".join(one.privileges) or tr("None")) for one in user.db_access])


class UsersPage(InstancePage[UsersView]):
    """One table; a user opens a panel with its privileges."""

    concerns: ClassVar[frozenset[str]] = frozenset({"database", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(
            context, place, tr("The users of the database and their rights in it. This page only shows them.")
        )
        self._wanted = ""
        self.note = CatalogNote(name=f"{NAME}.note", list_of=tr("users"))
        self.note.link.connect(self.follow)
        self.model = TableModel[UserRow](COLUMNS, key=lambda row: row.name, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{NAME}.table",
            accessible=tr("Users"),
            noun=(noted("user"), noted("users")),
            search=tr("Search by name or attribute"),
            copies={tr("Name"): lambda row: row.name},
        )
        self.table.opened.connect(lambda row, _: self._open(row.name))
        self.table.hide()
        self.body.addWidget(self.note)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def reads(self, api: CloudApi) -> UsersView:
        """The users, where there are servers to ask."""
        detail = api.databases.detail(self.guid)
        found, refusal = read_or_refusal(detail, lambda: api.databases.users(self.guid, detail.region))
        wanted = self._wanted if self._wanted in {user.name for user in found} else ""
        opened = api.databases.user(self.guid, wanted, detail.region) if wanted else None
        return UsersView(detail, found, refusal, opened)

    def shows(self, view: UsersView) -> None:
        """Shows the users."""
        admin = view.detail.connection.user
        self.note.show_state(view.detail, view.refusal, tr(HOW))
        self.model.set_rows(user_rows(view.users, admin))
        self.table.setVisible(bool(view.users))
        if view.open is not None and view.open.name == self._wanted:
            self._wanted = ""
            panel = UserPanel()
            panel.show_user(view.open, admin)
            panel.closed.connect(panel.deleteLater)
            self.open_panel(panel)

    def _open(self, name: str) -> None:
        self._wanted = name
        self.look_afresh()

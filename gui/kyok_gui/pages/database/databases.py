"""The Databases page: which databases the servers have, and how large they are. Read-only, as at the real service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.catalog_note import CatalogNote, read_or_refusal
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.overview_words import size
from kyok_gui.places import Place
from kyok_gui.times import clock_time
from kyok_gui.widgets import Column, DataTable, TableModel

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.clusters import DatabaseSize
    from kyok.client.records.detail import DatabaseDetail

NAME = "databases"
HOW = noted(
    "Databases are made, renamed and dropped with SQL (CREATE DATABASE), as the admin user: the Overview "
    "page has the psql command. Sizes are read from the primary when this page is opened."
)


@dataclass(frozen=True, slots=True)
class DatabasesView:
    """`refusal` says why nothing can be listed."""

    detail: DatabaseDetail
    databases: tuple[DatabaseSize, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseRow:
    """A database; `part` of the size of all, from 0 to 1."""

    name: str
    bytes: int
    part: float


COLUMNS = (
    Column[DatabaseRow]("name", noted("Name"), lambda row: row.name, tone="primary", weight=3),
    Column[DatabaseRow](
        "size",
        noted("Size on disk"),
        lambda row: size(row.bytes),
        sort=lambda row: row.bytes,
        weight=2,
        value=lambda row: row.bytes,
        value_title=noted("Size on disk, bytes"),
    ),
    Column[DatabaseRow](
        "part",
        noted("Of all databases"),
        lambda row: f"{row.part:.0%}",
        sort=lambda row: row.part,
        weight=2,
        value=lambda row: row.part,
    ),
)


class DatabasesPage(InstancePage[DatabasesView]):
    """One table, or words why there is none."""

    concerns: ClassVar[frozenset[str]] = frozenset({"database", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(
            context, place, tr("The databases of this instance with their sizes. This page only shows them.")
        )
        self.note = CatalogNote(name=f"{NAME}.note", list_of=tr("databases"))
        self.note.link.connect(self.follow)
        self.model = TableModel[DatabaseRow](COLUMNS, key=lambda row: row.name, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{NAME}.table",
            accessible=tr("Databases"),
            noun=(noted("database"), noted("databases")),
            search=tr("Search by name"),
            copies={tr("Name"): lambda row: row.name},
        )
        self.table.hide()
        self.body.addWidget(self.note)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def reads(self, api: CloudApi) -> DatabasesView:
        """The databases, where there are servers to ask."""
        detail = api.databases.detail(self.guid)
        found, refusal = read_or_refusal(detail, lambda: api.databases.databases_of(self.guid, detail.region))
        return DatabasesView(detail, found, refusal)

    def shows(self, view: DatabasesView) -> None:
        """Shows the databases."""
        self.note.show_state(view.detail, view.refusal, tr(HOW))
        whole = sum(one.size_on_disk for one in view.databases) or 1
        self.model.set_rows(
            [DatabaseRow(one.name, one.size_on_disk, one.size_on_disk / whole) for one in view.databases]
        )
        self.table.setVisible(bool(view.databases))
        read = clock_time(self.context.clock.now(), seconds=True)
        self.table.set_footer_note(tr("{size} in all, read at {read} UTC", size=size(whole), read=read))

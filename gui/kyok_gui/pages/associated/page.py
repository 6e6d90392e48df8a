"""KMS associated resources: which cloud resources use which key of an instance, and what keeps the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.associated.panel import ResourcePanel
from kyok_gui.pages.associated.rows import COLUMNS, ResourceRow, Resources, read_resources
from kyok_gui.pages.associated.sync import SyncOutcome, outcome_dialog, synchronize
from kyok_gui.pages.keys.listing import names_of
from kyok_gui.places import Place
from kyok_gui.widgets import (
    DataTable,
    EmptyState,
    FilterChip,
    InlineNote,
    MenuButton,
    MenuEntry,
    TableModel,
    Text,
    escape,
)

if TYPE_CHECKING:
    from kyok.errors import KyokError

SYNC = "secrets.sync"
_SUBTITLE = noted(
    "Resources that are registered as using a key of this instance. Deleting the key makes their data unreadable."
)
_FILTERS = (
    ("", noted("All retention policies")),
    ("kept", noted("Retention policy enabled")),
    ("free", noted("Retention policy disabled")),
)
_CHIPS = {"kept": noted("Retention policy: Enabled"), "free": noted("Retention policy: Disabled")}
_SYNC_WORDS = noted(
    "Synchronize tells the services of the listed resources the state of their keys once more. "
    "The service allows it once an hour after the last change of a key."
)


class AssociatedResourcesPage(Page):
    """The registrations of an HPCS or Key Protect instance."""

    concerns: ClassVar[frozenset[str]] = frozenset({"key", "instance", "database"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._guid = place.instance or ""
        self._found: Resources | None = None
        self._key = self._retention = ""
        self.header.set_title(tr("Associated resources"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._name()
        self._failure = InlineNote("error", "", name="associated.failure", action=tr("Try again"))
        self._failure.acted.connect(self._try_again)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._build_chips()
        self._build_table()
        context.directory.changed.connect(self._names_changed)
        context.rights.reason(SYNC, self._guid)

    def _build_chips(self) -> None:
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._key_chip = FilterChip("", name="associated.chip.key")
        self._key_chip.removed.connect(lambda: self._sift("", self._retention))
        self._retention_chip = FilterChip("", name="associated.chip.retention")
        self._retention_chip.removed.connect(lambda: self._sift(self._key, ""))
        row.addWidget(self._key_chip)
        row.addWidget(self._retention_chip)
        row.addStretch(1)
        self._line.setFixedHeight(24)
        self._line.hide()
        self.body.addWidget(self._line)

    def _build_table(self) -> None:
        self._model = TableModel[ResourceRow](
            COLUMNS, key=lambda row: row.id, parent=self, also=lambda row: row.entry.key_id
        )
        self._table = DataTable(
            self._model,
            name="associated.table",
            accessible=tr("Associated resources"),
            noun=("associated resource", "associated resources"),
            row_menu=self._entries,
            search=tr("Search by resource, key name or key ID"),
            copies={"CRN": lambda row: row.entry.resource_crn, "Key ID": lambda row: row.entry.key_id},
        )
        self._filter = MenuButton(tr("Filter"), name="associated.filter", kind="tool", icon="filter")
        self._filter.setFixedHeight(48)
        self._filter.chosen.connect(lambda chosen: self._sift(self._key, chosen))
        self._table.toolbar.add_button(self._filter)
        self._sync = self._table.toolbar.set_primary(tr("Synchronize"), "renew", name="associated.sync")
        self._sync.clicked.connect(lambda: self._synchronize(self._model.rows()))
        self._sync.set_enabled_because(False, tr("The resources are being read."))
        self.context.rights.guard(self._sync, SYNC, self._guid)
        self._table.opened.connect(self._opened)
        self._table.menu_chosen.connect(self._menu)
        self._model.counted.connect(self._show_sync)
        self._table.set_loading(True)
        self._table.set_empty(_empty())
        self._words = Text(tr(_SYNC_WORDS), "label01", "secondary", wrap=True, name="associated.note")
        self.body.addWidget(self._words)
        self.body.addWidget(self._table, 1)

    def _entries(self, row: ResourceRow) -> list[MenuEntry]:
        entries = [
            MenuEntry("details", tr("View details"), icon="view"),
            MenuEntry("key", tr("Open key"), icon="password"),
        ]
        if row.use.place is not None:
            entries.append(MenuEntry("resource", tr("Open resource"), icon="arrow--right"))
        reason = self.context.rights.reason(SYNC, self._guid)
        return [*entries, MenuEntry("sync", tr("Synchronize all resources of this key"), icon="renew", reason=reason)]

    # what Page asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the registrations."""
        api, guid, names = self.context.api, self._guid, names_of(self.context.directory)
        self.context.tasks.read(lambda: read_resources(api, guid, names), self._show, self._show_failure, owner=self)

    def arrived(self, place: Place) -> None:
        """`key=<id>` shows what uses that key alone."""
        if place.value("key") != self._key:
            self._sift(place.value("key"), self._retention)

    # showing ------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.context.directory.name_of(self._guid)
        trail = [(tr("Resource list"), Place(places.RESOURCES)), (name, Place(places.HPCS_OVERVIEW, self._guid))]
        self.header.set_trail([*trail, (tr("Associated resources"), None)])

    def _names_changed(self) -> None:
        """Instances have names now that the rows may lack."""
        self._name()
        known = {entry.guid: entry.name for entry in self.context.directory.entries}
        uses = [row.use for row in self._found.rows] if self._found is not None else []
        if any(known.get(use.guid, use.name) != use.name for use in uses):
            self.mark_stale()

    def _show(self, found: Resources) -> None:
        self._found = found
        self._failure.hide()
        self._table.set_loading(False)
        self._table.show()
        self._show_rows()
        panel = self.panel
        if isinstance(panel, ResourcePanel):
            row = next((row for row in found.rows if row.id == panel.row.id), None)
            if row is None:
                self.close_panel()
            else:
                panel.show_row(row)

    def _sift(self, key: str, retention: str) -> None:
        self._key, self._retention = key, retention
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._found.rows if self._found is not None else ()
        of_key = [row for row in rows if not self._key or row.entry.key_id == self._key]
        self._table.set_sifted(bool(rows) and bool(self._key or self._retention))
        kept = {"kept": True, "free": False}.get(self._retention)
        self._model.set_rows([row for row in of_key if kept is None or row.use.keeps is kept])
        name = of_key[0].key if of_key else self._key
        self._key_chip.set_words(tr("Key: {name}", name=name))
        self._key_chip.setVisible(bool(self._key))
        self._retention_chip.set_words(tr(_CHIPS.get(self._retention, "")))
        self._retention_chip.setVisible(bool(self._retention))
        self._line.setVisible(bool(self._key or self._retention))
        self._filter.set_entries(
            [
                MenuEntry(one, tr(noted_words), icon="checkmark" if one == self._retention else "")
                for one, noted_words in _FILTERS
            ]
        )
        self._show_sync()

    def _show_sync(self) -> None:
        any_row = self._model.shown > 0
        self._sync.set_enabled_because(any_row, "" if any_row else tr("No resource is listed."))
        self._words.setVisible(any_row)

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._table.setVisible(self._found is not None)  # what was never read is not said to be empty
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    def _try_again(self) -> None:
        self._failure.hide()
        self.look_afresh()

    # acting -------------------------------------------------------------------------

    def _opened(self, row: ResourceRow, column: str) -> None:
        if column == "key":
            self._open_key(row)
        else:
            self._open_panel(row)

    def _menu(self, row: ResourceRow, entry: str) -> None:
        if entry == "details":
            self._open_panel(row)
        elif entry == "key":
            self._open_key(row)
        elif entry == "sync":
            self._synchronize([row])
        elif row.use.place is not None:
            self.context.navigator.go(row.use.place)

    def _open_key(self, row: ResourceRow) -> None:
        self.context.navigator.go(Place(places.KEYS, self._guid).with_query(key=row.entry.key_id))

    def _open_panel(self, row: ResourceRow) -> None:
        panel = ResourcePanel(row)
        panel.key_wanted.connect(lambda: self._open_key(panel.row))
        panel.sync_wanted.connect(lambda: self._synchronize([panel.row]))
        self.open_panel(panel)
        self.context.rights.guard(panel.sync, SYNC, self._guid)

    def _synchronize(self, rows: list[ResourceRow]) -> None:
        found = self._found
        keys = {row.entry.key_id: row.key for row in rows}
        if found is None or not keys:
            return
        api, crn = self.context.api, found.crn
        self.context.tasks.run(lambda: synchronize(api, crn, keys), self._synchronized, owner=self)

    def _synchronized(self, outcome: SyncOutcome) -> None:
        if outcome.refused and len(outcome.refused) + len(outcome.done) > 1:
            outcome_dialog(outcome).open_over(self)
        elif outcome.refused:
            error = outcome.refused[0][1]
            self.context.notices.error(error.summary, error.remedy)
        if outcome.done:
            many = len(outcome.done) > 1
            title = (
                tr("{count} keys synchronized", count=len(outcome.done))
                if many
                else tr("{done} synchronized", done=outcome.done[0])
            )
            self.context.notices.success(title, tr("The services of their resources are told.") if many else "")


def _empty() -> EmptyState:
    empty = EmptyState(
        "keep-your-own-key",
        tr("No associated resources"),
        tr(
            "A resource is listed here when its service registers it with a key: a database instance does so when "
            "it is created under a root key of this instance."
        ),
        name="associated.empty",
    )
    empty.setMaximumHeight(520)
    return empty

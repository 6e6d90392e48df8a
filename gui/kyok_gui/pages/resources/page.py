"""The resource list: everything in the account, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kyok.domain.roles import ACTIVITY_READ
from kyok.domain.services import HS_CRYPTO
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui import places, saving
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.resources.actions import ResourceActions
from kyok_gui.pages.resources.chips import FilterChips
from kyok_gui.pages.resources.export import json_text
from kyok_gui.pages.resources.filters import Filters, menu
from kyok_gui.pages.resources.rows import Account, ResourceRow, read_account
from kyok_gui.pages.resources.start_here import StartHere
from kyok_gui.places import Place
from kyok_gui.times import day
from kyok_gui.widgets import Column, DataTable, EmptyState, MenuButton, TableModel
from kyok_gui.widgets.basics import hide_unless

COLUMNS = (
    Column[ResourceRow]("name", noted("Name"), lambda r: r.name, kind="link", icon=lambda r: r.icon, weight=3),
    Column[ResourceRow]("service", noted("Service"), lambda r: r.service_name, weight=5),
    Column[ResourceRow]("group", noted("Resource group"), lambda r: r.group, weight=2, optional=True),
    Column[ResourceRow]("location", noted("Location"), lambda r: r.location, weight=2, hide_below=760),
    Column[ResourceRow](
        "state", noted("Status"), lambda r: r.status.word, kind="status", status=lambda r: r.status, width=152
    ),
    Column[ResourceRow](
        "key", noted("Key status"), lambda r: r.key_text, kind="status", status=lambda r: r.key, width=160
    ),
    Column[ResourceRow]("tags", noted("Tags"), lambda r: ", ".join(r.tags), weight=2, optional=True),
    Column[ResourceRow](
        "lock",
        noted("Lock"),
        lambda r: r.lock.word if r.lock else "",
        kind="status",
        status=lambda r: r.lock,
        value=lambda r: r.locked,
        width=96,
        hide_below=1000,
    ),
    Column[ResourceRow](
        "created",
        noted("Created"),
        lambda r: day(r.created_at) if r.created_at else "",
        sort=lambda r: r.created_at,
        value=lambda r: r.created_at,
        width=136,
        optional=True,
    ),
)


class ResourcesPresenter(QObject):
    """Reads the account."""

    loaded = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._log = True

    def load(self) -> None:
        """Asks the services for everything the page shows that is open to the signed-in person.

        A refusal is an event itself: what is closed is not asked for, else each reading would leave one.
        """
        api, log = self._context.api, self._log_is_open()
        self._log = log
        self._context.tasks.read(lambda: read_account(api, log=log), self.loaded.emit, owner=self)

    def outdated(self) -> bool:
        """Whether the activity log was opened or closed to the person since."""
        return self._log_is_open() != self._log

    def _log_is_open(self) -> bool:
        return not self._context.rights.reason(ACTIVITY_READ)


class ResourcesPage(Page):
    """Home."""

    concerns = frozenset({"instance", "database", "key", "policy", "crypto-units", "reclamation"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._account = Account((), {})
        self.header.set_trail([(context.account.name or tr("Account"), None), (tr("Resource list"), None)])
        self.header.set_title(tr("Resource list"))
        self.header.set_subtitle(tr("Everything in this account."))
        self._start = StartHere()
        self._start.started.connect(self._begin)
        self._start.closed.connect(self._close_start)
        hide_unless(self._start, context.settings.value("start_here") != "closed")
        self._filters = Filters()
        self._actions = ResourceActions(context, self)
        self._model = TableModel[ResourceRow](
            COLUMNS, key=lambda r: r.guid, parent=self, also=lambda r: " ".join((*r.tags, r.group, r.guid))
        )
        self._table = self._make_table()
        self._chips = FilterChips(name="resources.chip")
        self._chips.removed.connect(lambda field: self._filter(self._filters.with_value(field, "")))
        self._chips.cleared.connect(lambda: self._filter(Filters()))
        self.body.addWidget(self._start)
        self.body.addWidget(self._chips)
        self.body.addWidget(self._table, 1)
        self._presenter = ResourcesPresenter(context, self)
        self._presenter.loaded.connect(self._show)
        context.rights.changed.connect(self._rights_changed)

    def _make_table(self) -> DataTable[ResourceRow]:
        table = DataTable(
            self._model,
            name="resources.table",
            accessible=tr("Resources"),
            noun=("resource", "resources"),
            search=tr("Search by name, service, location or tag"),
            row_menu=self._actions.entries,
            copies={"CRN": lambda row: row.crn, "ID": lambda row: row.guid},
        )
        self._filter_button = MenuButton(tr("Filter"), name="resources.filter", kind="tool", icon="filter")
        self._filter_button.setFixedHeight(48)
        self._filter_button.chosen.connect(lambda entry: self._filter(self._filters.chosen_from(entry)))
        table.toolbar.add_button(self._filter_button)
        self._json = table.toolbar.add_tool(tr("Export JSON"), "export", name="resources.export-json")
        self._json.clicked.connect(self._export_json)
        create = table.toolbar.set_primary(tr("Create resource"), "add", name="resources.create")
        create.clicked.connect(lambda: self.context.navigator.go(Place(places.CATALOG)))
        empty = EmptyState(
            "keep-your-own-key",
            tr("Nothing here yet"),
            tr("Start with a Hyper Protect Crypto Services instance. It holds the root key that only you control."),
            name="resources.empty",
            button=tr("Open the catalog"),
        )
        empty.pressed.connect(lambda: self.context.navigator.go(Place(places.CATALOG)))
        table.set_empty(empty)
        table.opened.connect(self._open)
        table.menu_chosen.connect(self._chosen)
        table.set_loading(True)
        return table

    def refresh(self) -> None:
        """Reads the account again."""
        self._presenter.load()

    def _rights_changed(self) -> None:
        if self._presenter.outdated():
            self.mark_stale()

    def _show(self, account: Account) -> None:
        self._account = account
        self._model.set_rows(list(account.rows))
        self._filter(self._filters)
        self._json.set_enabled_because(bool(account.rows), tr("There are no rows to export."))
        self._table.set_loading(False)
        self._start.show_steps(account.steps)

    def _open(self, row: ResourceRow, column: str) -> None:
        if row.place is not None:
            self.context.navigator.go(row.place)

    def _chosen(self, row: ResourceRow, entry: str) -> None:
        database = row.place is not None and row.place.kind == places.NODES
        if entry == "open":
            self._open(row, "name")
        elif entry == "overview":
            kind = places.DB_OVERVIEW if database else places.HPCS_OVERVIEW
            self.context.navigator.go(Place(kind, row.guid))
        elif entry == "deletion":
            self.context.navigator.go(Place(places.SECURE_DELETION, row.guid))
        else:
            tags = {tag.casefold(): tag for one in self._account.rows for tag in one.tags}
            self._actions.act(row, entry, sorted(tags.values()))

    # filters and files --------------------------------------------------------------

    def arrived(self, place: Place) -> None:
        """A link may ask for the instances of a resource group."""
        group = place.value("group")
        if group:
            self.context.navigator.replace(Place(places.RESOURCES))
            self._filter(Filters({"group": group}))

    def _filter(self, filters: Filters) -> None:
        self._filters = filters
        self._chips.show_filters(filters)
        self._filter_button.set_entries(menu(self._account.rows, filters))
        self._model.set_predicate(filters.matches if filters.chosen else None)

    def _export_json(self) -> None:
        """Every row that matches, as the table shows it."""
        day_text = self.context.clock.now().date().isoformat()
        file = saving.choose_file(self, tr("Export JSON"), f"kyok-resources-{day_text}.json")
        if file is None:
            return
        rows, notices = self._model.rows(), self.context.notices
        self.context.tasks.run(
            lambda: saving.save(file, json_text(rows).encode()),
            lambda _: notices.success(
                tr("{resources} exported", resources=plural(len(rows), "resource")), tr("See {file}.", file=file)
            ),
            notices.failure,
            owner=self,
        )

    def _close_start(self) -> None:
        self.context.settings.set("start_here", "closed")
        self._start.hide()

    def _begin(self, step: str) -> None:
        self.context.navigator.go(self._place_of(step))

    def _place_of(self, step: str) -> Place:
        """Where a step is done, seen from what exists."""
        account = self._account
        if step == "root-key":
            if account.uninitialised and not account.key_instance:
                return Place(places.CRYPTO_UNITS, account.uninitialised)
            if account.key_instance:
                return Place(places.KEYS, account.key_instance)
            return Place(places.CREATE_HPCS)
        if step == "authorize":
            prefilled = Place(places.AUTHORIZATIONS).with_query(create="1", target=HS_CRYPTO)
            own = [row for row in account.rows if row.service == HS_CRYPTO]
            if len(own) == 1:
                return prefilled.with_query(create="1", target=HS_CRYPTO, target_instance=own[0].guid)
            return prefilled
        if step == "instance":
            form = Place(places.CREATE_POSTGRESQL)
            return form.with_query(key_instance=account.authorized) if account.authorized else form
        databases = [row for row in account.rows if row.place is not None and row.place.kind == places.NODES]
        return Place(places.BACKUPS, databases[0].guid) if databases else Place(places.CREATE_POSTGRESQL)

"""Key health: every database instance of the account and whether its nodes can use their root key, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from kyok.domain import key_health
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.parts import FailureNote
from kyok_gui.pages.health.counts import HealthSummary
from kyok_gui.pages.health.rows import COLUMNS, HealthRow, row_of, rows_of, words_beside
from kyok_gui.places import Place
from kyok_gui.widgets import Button, DataTable, EmptyState, FilterChip, MenuButton, MenuEntry, TableModel

if TYPE_CHECKING:
    from datetime import datetime

    from kyok.client import CloudApi
    from kyok.client.records.detail import DatabaseDetail
    from kyok.domain.key_health import Summary
    from kyok.domain.key_rules import NodeKeyStatus
    from kyok_gui.cloud_clock import CloudClock

_SUBTITLE = noted("Every database instance of the account, and whether its nodes can use their root key. Worst first.")
_ROLE_WANTED = noted(
    "Ask an administrator of the account for the Reader, Writer or Manager role on Hyper Protect DBaaS for PostgreSQL."
)
_NOTE = noted("A node leads to its Nodes page, Create to the form with its values filled in.")
_KINDS = {"attention": noted("Needs attention"), "stopped": noted("Stopped"), "grace": noted("In a grace period")}
"""Filters beside the counts, by id."""
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Health:
    """The account at one moment: its instances, their rows, and the line above them."""

    details: tuple[DatabaseDetail, ...]
    rows: list[HealthRow]
    summary: Summary


def read_health(api: CloudApi, clock: CloudClock) -> Health:
    """Reads and words everything; runs in a worker, since hundreds of instances take their time."""
    details = api.databases.key_health()
    now = clock.now()
    return Health(details, rows_of(details, now), key_health.summary(one.standing(now) for one in details))


class HealthPresenter(QObject):
    """Reads all instances in one answer, and has all of them checked."""

    loaded = Signal(object)
    failed = Signal(object)
    checking = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._loading = False
        self._again = False

    def load(self) -> None:
        """Reads the account; wishes during a reading become one more reading, however many they are."""
        if self._loading:
            self._again = True
            return
        self._loading = True
        api = self._context.api
        self._context.tasks.run(lambda: read_health(api, self._context.clock), self._loaded, self._failed, owner=self)

    def check_all(self) -> None:
        """Every node of the account checks its key at once."""
        api = self._context.api
        self.checking.emit(True)
        self._context.tasks.run(api.databases.check_all, self._checked, self._refused, owner=self)

    def _loaded(self, found: Health) -> None:
        self.loaded.emit(found)
        self._finish()

    def _failed(self, error: KyokError) -> None:
        self.failed.emit(error)
        self._finish()

    def _finish(self) -> None:
        self._loading = False
        if self._again:
            self._again = False
            self.load()

    def _checked(self, count: int) -> None:
        self.checking.emit(False)
        self._context.notices.success(
            tr("Keys are being checked"), tr("Every node of {instances} asks now.", instances=plural(count, "instance"))
        )

    def _refused(self, error: KyokError) -> None:
        self.checking.emit(False)
        self._context.notices.failure(error)


class KeyHealthPage(Page):
    """Summary and table; rows change in place."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"database", "instance", "key", "policy", "crypto-units", "fault", "clock", "settings", "reclamation"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._details: dict[str, DatabaseDetail] = {}
        self._rows: list[HealthRow] = []
        self._kind = ""
        self._read = False
        self.header.set_trail(
            [(context.account.name or tr("Account"), Place(places.RESOURCES)), (tr("Key health"), None)]
        )
        self.header.set_title(tr("Key health"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._check = Button(tr("Check all now"), "tertiary", name="key-health.check", icon="renew")
        self._check.hide()
        self.header.add_action(self._check)
        self._failure = FailureNote(name="key-health.failure")
        self._summary = HealthSummary()
        self._summary.hide()
        self._chip = FilterChip("", name="key-health.filter.chip")
        self._chip.hide()
        self._model = TableModel[HealthRow](COLUMNS, key=lambda row: row.guid, parent=self, also=words_beside)
        self._table = self._make_table()
        for widget in (self._failure, self._summary, self._chip, self._table):
            self.body.addWidget(widget)
        self.body.setStretchFactor(self._table, 1)
        self.body.addStretch()  # holds the head at the top while the table is away
        self._presenter = HealthPresenter(context, self)
        self._connect()

    def _make_table(self) -> DataTable[HealthRow]:
        table = DataTable(
            self._model,
            name="key-health.table",
            accessible=tr("Key health"),
            noun=("instance", "instances"),
            row_height=56,
            search=tr("Search by instance, key, HSM or zone"),
            copies={"CRN": lambda row: row.crn, "ID": lambda row: row.guid},
        )
        self._filter = MenuButton(tr("Filter"), _entries(), name="key-health.filter", kind="tool", icon="filter")
        self._filter.setFixedHeight(48)
        table.toolbar.add_button(self._filter)
        empty = EmptyState(
            "keep-your-own-key",
            tr("No database instances yet"),
            tr("When there are some, this page shows for each node whether it can use its root key."),
            name="key-health.empty",
            button=tr("Open the catalog"),
        )
        empty.pressed.connect(lambda: self.context.navigator.go(Place(places.CATALOG)))
        table.set_empty(empty)
        table.set_footer_note(tr(_NOTE))
        table.set_loading(True)
        return table

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.loaded.connect(self._show)
        presenter.failed.connect(self._show_failure)
        presenter.checking.connect(
            lambda busy: self._check.set_enabled_because(not busy, tr("Keys are being checked."))
        )
        self._check.clicked.connect(presenter.check_all)
        self._failure.acted.connect(self.look_afresh)
        self.context.directory.changed.connect(self._directory_changed)
        self._summary.filtered.connect(lambda _: self._sift())
        self._filter.chosen.connect(self._choose_kind)
        self._chip.removed.connect(lambda: self._choose_kind(_ALL))
        self._table.opened.connect(self._open)

    # what Page asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Reads all instances."""
        self._presenter.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Counts down while it is in sight."""
        super().showEvent(event)
        self.context.clock.second.connect(self._tick)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing counts down."""
        super().hideEvent(event)
        self.context.clock.second.disconnect(self._tick)

    # showing ----------------------------------------------------------------------

    def _show(self, found: Health) -> None:
        self._details, self._rows = {one.guid: one for one in found.details}, found.rows
        self._failure.hide()
        self._read = True
        self._show_unseen()
        self._table.set_loading(False)
        self._model.set_rows(found.rows)
        self._summary.show_summary(found.summary)
        self._summary.setVisible(bool(found.rows))
        self._check.setVisible(any(detail.root_key is not None for detail in found.details))

    def _show_unseen(self) -> None:
        """Whoever may list instances but not read them is told so, not that there are none."""
        unseen = sum(entry.side == "database" for entry in self.context.directory.entries)
        if not self._read or self._rows or not unseen:
            self._table.show()
            return
        self._table.hide()
        self._failure.show_failure(
            KyokError(
                tr(
                    "Your roles do not show you the nodes of this account's {instances}.",
                    instances=plural(unseen, "database instance"),
                ),
                tr(_ROLE_WANTED),
            )
        )

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._read = False
        self._table.setVisible(bool(self._rows))  # nobody knows whether there are any
        self._failure.show_failure(error)

    def _tick(self) -> None:
        """Counts down the nodes in a grace period; nothing else changes by itself."""
        if not any(row.counting for row in self._rows):
            return
        now = self.context.clock.now()
        self._rows = [self._counted_down(row, now) if row.counting else row for row in self._rows]
        self._model.set_rows(self._rows)

    def _counted_down(self, row: HealthRow, now: datetime) -> HealthRow:
        detail = self._details[row.guid]
        return row_of(detail, detail.standing(now))

    def _directory_changed(self) -> None:
        if self._read and not self._rows:
            self._failure.hide()
            self._show_unseen()

    # filters ----------------------------------------------------------------------

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind if kind in _KINDS else ""
        self._chip.setVisible(bool(self._kind))
        if self._kind:
            self._chip.set_words(tr(_KINDS[self._kind]))
        self._filter.set_entries(_entries(self._kind))
        self._sift()

    def _sift(self) -> None:
        statuses, kind = self._summary.chosen(), self._kind
        if statuses or kind:
            self._model.set_predicate(lambda row: _passes(row, statuses, kind))
        else:
            self._model.set_predicate(None)

    def _open(self, row: HealthRow, column: str) -> None:
        place = row.place(column)
        if place is not None:
            self.context.navigator.go(place)


def _entries(chosen: str = "") -> list[MenuEntry]:
    found = [MenuEntry(kind, tr(_KINDS[kind]), icon="checkmark" if kind == chosen else "") for kind in _KINDS]
    return [*found, MenuEntry(_ALL, tr("All instances"), rule_above=True)] if chosen else found


def _passes(row: HealthRow, statuses: frozenset[NodeKeyStatus], kind: str) -> bool:
    """Whether a row has a node of one of the statuses and is of the kind."""
    of_kind = {"attention": row.attention, "stopped": row.stopped, "grace": row.counting}.get(kind, True)
    return of_kind and (not statuses or bool(statuses & row.statuses))

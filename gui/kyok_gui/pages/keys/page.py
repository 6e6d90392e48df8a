"""KMS keys: all keys of one instance, what protects what, and everything that can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kyok.domain.key_states import KeyAction
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.keys import batch
from kyok_gui.pages.keys.actions import KeyActions
from kyok_gui.pages.keys.details import KeyDetails, read_details
from kyok_gui.pages.keys.filter_line import FilterLine
from kyok_gui.pages.keys.key_rights import CREATE, KeyRights
from kyok_gui.pages.keys.listing import Listing, names_of
from kyok_gui.pages.keys.menus import ASSOCIATED, DETAILS, TWO_PEOPLE, row_entries
from kyok_gui.pages.keys.panel import KeyPanel
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.rows import COLUMNS, KeyRow, key_crn
from kyok_gui.pages.keys.sieve import Sieve
from kyok_gui.places import Place
from kyok_gui.widgets import (
    DataTable,
    EmptyState,
    InlineNote,
    MenuButton,
    MenuEntry,
    TableModel,
    escape,
)

if TYPE_CHECKING:
    from kyok.errors import KyokError

_SUBTITLE = noted("Root keys protect the data keys of your databases. Standard keys are stored secrets.")
_NOT_INITIALISED = noted("Not initialized: no root key can be created here")


class KeysPage(Page):
    """The keys of an HPCS or Key Protect instance."""

    concerns = frozenset({"instance", "crypto-units", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._guid = place.instance or ""
        self._sieve = Sieve()
        self._wanted = ""
        self._waiting = False
        self._misfits: list[str] = []
        self._rings: frozenset[str] = frozenset()
        self._rights = KeyRights(context, self._guid)
        self._presenter = KeysPresenter(context, self._guid, self)
        self._actions = KeyActions(context, self._presenter, self._rights, self)
        self._model = TableModel[KeyRow](COLUMNS, key=lambda row: row.id, parent=self)
        self._build_head()
        self._build_table()
        self._empty = self._build_empty()
        self._presenter.listed.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        self._actions.changed.connect(lambda: self._model.set_checked([]))
        self._actions.made.connect(self._select_new)
        context.directory.changed.connect(self._names_changed)
        context.clock.second.connect(self._second)
        context.rights.changed.connect(self._rights_changed)

    # building -------------------------------------------------------------------

    def _build_head(self) -> None:
        self.header.set_title(tr("KMS keys"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._name()
        self._note = InlineNote("info", tr(_NOT_INITIALISED), name="keys.note")
        self._note.hide()
        self._note.acted.connect(self._note_acted)
        self.body.addWidget(self._note)
        self._line = FilterLine()
        self._line.removed.connect(lambda what: self._sift(self._sieve.without(what)))
        self._line.destroyed_turned.connect(
            lambda: self._sift(replace(self._sieve, destroyed=not self._sieve.destroyed))
        )
        self.body.addWidget(self._line)

    def _build_table(self) -> None:
        self._table = DataTable(
            self._model,
            name="keys.table",
            accessible=tr("KMS keys"),
            noun=(noted("key"), noted("keys")),
            row_height=32,
            head_height=32,
            checkable=True,
            row_menu=self._entries,
            search=tr("Search by name, alias or ID"),
            copies={"CRN": self._crn_of, "ID": lambda row: row.id},
        )
        self._filter = MenuButton(tr("Filter"), name="keys.filter", kind="tool", icon="filter")
        self._filter.setFixedHeight(48)
        self._filter.chosen.connect(lambda chosen: self._sift(self._sieve.chosen(chosen)))
        self._add = MenuButton(tr("Add key"), name="keys.add", kind="primary", icon="add")
        self._add.setFixedHeight(48)
        self._add.chosen.connect(lambda chosen: self._actions.new_key(imported=chosen == "import"))
        self._add.set_entries([MenuEntry("create", tr("Create a key")), MenuEntry("import", tr("Import a key"))])
        self._add.set_enabled_because(False, tr("The keys are being read."))
        self.context.rights.guard(self._add, CREATE, self._guid)
        self._table.toolbar.add_button(self._filter)
        self._table.toolbar.add_button(self._add)
        self._batch = {
            action: self._table.batch.add_action(
                str(action), tr(noted_title), batch.ICONS[action], danger=action is KeyAction.DELETE
            )
            for action, noted_title in batch.TITLES.items()
        }
        self._table.batch.reason_acted.connect(self._untick_misfits)
        self._table.batch.acted.connect(lambda chosen: self._actions.start(KeyAction(chosen), self._ticked()))
        self._table.ticked.connect(self._show_batch)
        self._table.opened.connect(self._opened)
        self._table.menu_chosen.connect(self._menu)
        self._table.sort_by("name")
        self._table.whole = self._whole
        self._table.set_loading(True)
        self.body.addWidget(self._table, 1)
        self._show_filter()

    def _whole(self) -> Callable[[], list[KeyRow]] | None:
        """All keys of the kind shown, for a file that is wanted before the list is complete."""
        read, sift = self._presenter.whole(), self._sieve.sift
        return (lambda: sift(read())) if read is not None else None

    def _build_empty(self) -> EmptyState:
        empty = EmptyState(
            "keep-your-own-key",
            tr("No keys yet"),
            tr(
                "A root key wraps the data key of a database. Without one, databases are encrypted under a randomly "
                "generated key that you do not control."
            ),
            name="keys.empty",
            button=tr("Create a key"),
            second=tr("Import a key"),
        )
        empty.pressed.connect(lambda: self._actions.new_key(imported=False))
        empty.second_pressed.connect(lambda: self._actions.new_key(imported=True))
        for button in (empty.button, empty.second):
            self.context.rights.guard(button, CREATE, self._guid, what="")
        empty.setMaximumHeight(520)
        empty.hide()
        self.body.addWidget(empty)
        self.body.addStretch(0)
        return empty

    # what Page asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the keys."""
        self._presenter.load()

    def unsaved(self) -> str:
        """What was entered for a new key."""
        return self._actions.unsaved()

    def give_up(self) -> None:
        """The form of a new key goes."""
        self._actions.give_up()

    def arrived(self, place: Place) -> None:
        """`key=<id>` opens that key, `ring=<id>` shows the keys of that key ring, `search=<text>` those that it finds.

        Key rings and searches show keys of both types.
        """
        self._wanted = place.value("key")
        if place.value("search"):
            self._sift(replace(self._sieve, type="", ring="", state=""))
            self._table.toolbar.search.setText(place.value("search"))
        if place.value("ring"):
            self._sift(replace(self._sieve, type="", ring=place.value("ring"), state=""))
        self._open_wanted()

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        super()._changed(kinds, ids)
        mine = not ids or any(one.startswith(f"{self._guid}/") for one in ids)
        if "key" in kinds and mine and not self._presenter.large:
            self.mark_stale()

    # showing ------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.context.directory.name_of(self._guid)
        trail = [(tr("Resource list"), Place(places.RESOURCES)), (name, Place(places.HPCS_OVERVIEW, self._guid))]
        self.header.set_trail([*trail, (tr("KMS keys"), None)])

    def _names_changed(self) -> None:
        """Instances have names now that the rows may lack."""
        self._name()
        listing = self._presenter.listing
        known = {entry.guid: entry.name for entry in self.context.directory.entries}
        uses = [use for row in listing.rows for use in row.uses] if listing is not None else []
        if any(known.get(use.guid, use.name) != use.name for use in uses):
            self.mark_stale()

    def _show(self, listing: Listing) -> None:
        self._table.set_loading(False)
        self._note.setVisible(not listing.initialised)
        if not listing.initialised:
            text = tr("The crypto units need a master key first. Until then Add key is off.")
            self._note.show_note("info", tr(_NOT_INITIALISED), escape(text), tr("Open Crypto units"))
        self._add.set_enabled_because(listing.initialised, tr(_NOT_INITIALISED))
        none = listing.initialised and listing.complete and not listing.rows
        self._empty.setVisible(none)
        self._table.setVisible(not none)
        self._show_rows(listing)
        self._show_panel_row()
        self._open_wanted()

    def _show_rows(self, listing: Listing) -> None:
        self._learn_rings(listing)
        self._table.set_sifted(bool(self._sieve.chips) and bool(listing.rows))
        self._model.set_rows(self._sieve.sift(listing.rows))
        self._table.set_complete(listing.complete)
        words = "" if listing.complete else tr("Loading, {count} keys so far", count=f"{len(listing.rows):,}")
        self._table.set_footer_note(words)
        self._line.show_counts(listing.rows, self._model.total, self._sieve)
        if self._model.checked_rows():
            self._show_batch()

    def _sift(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._show_filter()
        if self._presenter.listing is not None:
            self._show_rows(self._presenter.listing)

    def _show_filter(self) -> None:
        self._table.set_noun(*self._sieve.noun)
        self._line.show_filters(self._sieve)
        self._filter.set_entries(self._sieve.entries(self._rings))

    def _learn_rings(self, listing: Listing) -> None:
        rings = frozenset(row.key.ring for row in listing.rows)
        if rings != self._rings:
            self._rings = rings
            self._rights.learn(rings)
            self._show_filter()

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._table.setVisible(self._presenter.listing is not None)  # what was never read is not said to be empty
        self._note.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._note.show()

    def _note_acted(self) -> None:
        if self._note.level == "error":
            self._note.hide()
            self.look_afresh()
        else:
            self.context.navigator.go(Place(places.CRYPTO_UNITS, self._guid))

    def _ticked(self) -> Sequence[KeyRow]:
        return sorted(self._table.checked(), key=lambda row: row.name)

    def _show_batch(self) -> None:
        rows = self._ticked()
        if not rows:
            return
        state = batch.batch_state(rows, self.context.clock.now(), self._rights.may)
        for action, button in self._batch.items():
            button.setVisible(action in state.reasons)
            self._table.batch.set_enabled(str(action), not state.reasons.get(action, ""), state.reasons.get(action, ""))
        self._misfits = [row.id for row in state.misfits]
        names = (
            state.misfits[0].name if len(state.misfits) == 1 else tr("these {count}", count=f"{len(state.misfits):,}")
        )
        self._table.batch.set_reason(state.sentence, tr("Untick {names}", names=names) if state.misfits else "")
        self._waiting = state.waits

    def _untick_misfits(self) -> None:
        keep = {row.id for row in self._ticked()} - set(self._misfits)
        self._model.set_checked(keep)

    # acting -------------------------------------------------------------------------

    def _entries(self, row: KeyRow) -> list[MenuEntry]:
        return row_entries(row, self.context.clock.now(), self._rights.may)

    def _crn_of(self, row: KeyRow) -> str:
        return row.key.crn or key_crn(self._presenter.crn, row.id)

    def _opened(self, row: KeyRow, column: str) -> None:
        if column == "used" and len(row.uses) == 1 and row.uses[0].place is not None:
            self.context.navigator.go(row.uses[0].place)
        else:
            self._open_panel(row, "resources" if column == "used" else "details")

    def _menu(self, row: KeyRow, entry: str) -> None:
        if entry == DETAILS:
            self._open_panel(row, "details")
        elif entry == ASSOCIATED:
            self.context.navigator.go(Place(places.ASSOCIATED_RESOURCES, self._guid).with_query(key=row.id))
        elif entry == TWO_PEOPLE:
            self._actions.require_two_people(row)
        else:
            self._actions.start(KeyAction(entry), [row])

    def _select_new(self, key_id: str) -> None:
        self._wanted = key_id

    def _open_wanted(self) -> None:
        listing = self._presenter.listing
        if listing is None or not self._wanted:
            return
        row = next((row for row in listing.rows if row.id == self._wanted), None)
        if row is None:
            return
        self._wanted = ""
        if not self._sieve.shows(row):
            kind = self._sieve.type if self._sieve.of_type(row) else ""
            self._sift(Sieve(kind, self._sieve.destroyed or row.destroyed))
        self._table.select_key(row.id)
        self._open_panel(row, "details")

    # panel --------------------------------------------------------------------------

    def _open_panel(self, row: KeyRow, tab: str) -> None:
        panel = KeyPanel(row, self._rights.may)
        panel.tabs.choose(tab)
        panel.show_row(row, self.context.clock.now(), self._entries(row))
        panel.acted.connect(lambda entry: self._menu(panel.row, entry))
        panel.link.connect(self.follow)
        self.open_panel(panel)
        self._read_details(panel)

    def _read_details(self, panel: KeyPanel) -> None:
        api, crn, row = self.context.api, self._presenter.crn, panel.row
        names = names_of(self.context.directory)

        def done(details: KeyDetails) -> None:
            panel.show_details(details, self.context.clock.now())

        self.context.tasks.run(lambda: read_details(api, crn, row, names), done, owner=panel)

    def _show_panel_row(self) -> None:
        panel, listing = self.panel, self._presenter.listing
        if not isinstance(panel, KeyPanel) or listing is None:
            return
        row = next((row for row in listing.rows if row.id == panel.row.id), None)
        if row is None:
            self.close_panel()
        elif row != panel.row:
            panel.show_row(row, self.context.clock.now(), self._entries(row))
            self._read_details(panel)

    def _show_panel_actions(self) -> None:
        if isinstance(self.panel, KeyPanel):
            self.panel.show_actions(self.context.clock.now(), self._entries(self.panel.row))

    def _rights_changed(self) -> None:
        self._show_panel_actions()
        self._show_batch()

    def _second(self) -> None:
        self._show_panel_actions()
        if self.isVisible() and self._waiting and self._model.checked_rows():
            self._show_batch()

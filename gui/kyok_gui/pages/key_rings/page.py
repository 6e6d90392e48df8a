"""KMS key rings: the groups of keys of an instance, how many keys each holds, and making and deleting them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.key_rings.dialogs import CreateRing, deletion
from kyok_gui.pages.key_rings.rows import COLUMNS, RingRow, Rings, read_rings
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import DataTable, InlineNote, MenuEntry, TableModel, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyok.client import CloudApi
    from kyok.domain.crn import Crn
    from kyok.errors import KyokError
    from kyok_gui.widgets import Dialog

CREATE, DELETE = "keyrings.create", "keyrings.delete"
_SUBTITLE = noted(
    "Each key is in one key ring. Access can be given for a whole instance, for a key ring, or for a single key."
)


class RingsPresenter(Presenter):
    """Reads the key rings, and changes them."""

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(context, parent, lambda api: read_rings(api, guid))

    def change(self, crn: Crn, call: Callable[[CloudApi, Crn], None], done: Callable[[], None], dialog: Dialog) -> None:
        """Makes or deletes one; a refusal stays in the dialog."""
        api = self._context.api
        dialog.set_busy(True)

        def finished(_: None) -> None:
            dialog.dismiss()
            done()
            self.load()

        def refused(error: KyokError) -> None:
            dialog.set_error(error.summary, error.remedy)
            self.load()

        self._context.tasks.run(lambda: call(api, crn), finished, refused, owner=self)


class KeyRingsPage(Page):
    """The key rings of an HPCS or Key Protect instance."""

    concerns: ClassVar[frozenset[str]] = frozenset({"key", "key-settings", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._guid = place.instance or ""
        self._rings: Rings | None = None
        self.header.set_title(tr("Key rings"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._name()
        self._failure = InlineNote("error", "", name="key-rings.failure", action=tr("Try again"))
        self._failure.acted.connect(self._try_again)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._build_table()
        self._presenter = RingsPresenter(context, self._guid, self)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        context.directory.changed.connect(self._name)
        context.rights.reason(DELETE, self._guid)

    def _build_table(self) -> None:
        self._model = TableModel[RingRow](COLUMNS, key=lambda row: row.id, parent=self)
        self._table = DataTable(
            self._model,
            name="key-rings.table",
            accessible=tr("Key rings"),
            noun=("key ring", "key rings"),
            row_menu=self._entries,
            search=tr("Search by ID or person"),
            copies={"Key ring ID": lambda row: row.id},
        )
        self._create = self._table.toolbar.set_primary(tr("Add key ring"), "add", name="key-rings.create")
        self._create.clicked.connect(self._ask_new)
        self._create.set_enabled_because(False, tr("The key rings are being read."))
        self.context.rights.guard(self._create, CREATE, self._guid)
        self._table.opened.connect(lambda row, _: self._open_keys(row))
        self._table.menu_chosen.connect(self._menu)
        self._table.set_loading(True)
        self.body.addWidget(self._table, 1)

    def _entries(self, row: RingRow) -> list[MenuEntry]:
        against = row.against_deleting or self.context.rights.reason(DELETE, self._guid)
        return [
            MenuEntry("keys", tr("Show its keys"), icon="password"),
            MenuEntry("delete", tr("Delete key ring"), danger=True, reason=against),
        ]

    # what Page asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the key rings."""
        self._presenter.load()

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        mine = not ids or any(one.startswith(self._guid) for one in ids)
        if mine:
            super()._changed(kinds, ids)

    # showing ------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.context.directory.name_of(self._guid)
        trail = [(tr("Resource list"), Place(places.RESOURCES)), (name, Place(places.HPCS_OVERVIEW, self._guid))]
        self.header.set_trail([*trail, (tr("Key rings"), None)])

    def _show(self, rings: Rings) -> None:
        self._rings = rings
        self._failure.hide()
        self._table.set_loading(False)
        self._table.show()
        self._model.set_rows(rings.rows)
        self._create.set_enabled_because(True, "")

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._table.setVisible(self._rings is not None)  # what was never read is not said to be empty
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    def _try_again(self) -> None:
        self._failure.hide()
        self.look_afresh()

    # acting -------------------------------------------------------------------------

    def _open_keys(self, row: RingRow) -> None:
        self.context.navigator.go(Place(places.KEYS, self._guid).with_query(ring=row.id))

    def _menu(self, row: RingRow, entry: str) -> None:
        if entry == "keys":
            self._open_keys(row)
        else:
            self._ask_deletion(row)

    def _path(self, *more: str) -> str:
        name = self._rings.name if self._rings is not None else ""
        return " / ".join(part for part in (self.context.account.name, name, *more) if part)

    def _ask_new(self) -> None:
        rings = self._rings
        if rings is None:
            return
        dialog = CreateRing(self._path(), rings.crn.service, [row.id for row in rings.rows])

        def create() -> None:
            ring = dialog.field.value().strip()
            told = partial(
                self.context.notices.success, tr("Key ring {ring} created", ring=ring), tr("It holds no key yet.")
            )
            self._presenter.change(rings.crn, lambda api, crn: api.key_rings.create(crn, ring), told, dialog)

        dialog.accepted.connect(create)
        dialog.open_over(self)

    def _ask_deletion(self, row: RingRow) -> None:
        rings = self._rings
        if rings is None:
            return
        dialog = deletion(row, self._path(row.id))
        force = bool(row.destroyed)
        told = partial(self.context.notices.success, tr("Key ring {id} deleted", id=row.id))
        dialog.accepted.connect(
            lambda: self._presenter.change(
                rings.crn, lambda api, crn: api.key_rings.delete(crn, row.id, force=force), told, dialog
            )
        )
        dialog.open_over(self)

"""Manage > Access (IAM) > API keys: what scripts and programs sign in with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.identity import api_key_dialogs as dialogs
from kyok_gui.pages.identity import api_key_rows as rows
from kyok_gui.pages.identity.api_key_rows import COLUMNS, ApiKeyRow, entries, read_rows
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.saving import choose_file, save_private
from kyok_gui.widgets import DataTable, Dialog, EmptyState, InlineNote, MenuButton, MenuEntry, TableModel, escape

if TYPE_CHECKING:
    from kyok.client.api_keys import ApiKeysApi, NewApiKey
    from kyok.errors import KyokError

_SUBTITLE = noted(
    "An API key signs a script or program in as you. "
    "Its value is shown once, when it is made; the cloud keeps a digest of it only."
)
_MINE, _ALL = "mine", "all"
EVERYBODY = "iam.policy.create"
"""The action that seeing the keys of others needs."""
_DONE = {
    rows.LOCK: noted("{name} is locked"),
    rows.UNLOCK: noted("{name} is unlocked"),
    rows.DISABLE: noted("{name} is disabled: it signs nobody in"),
    rows.ENABLE: noted("{name} is enabled"),
}


class ApiKeysPresenter(Presenter):
    """Reads the keys and changes them. No widgets."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent, lambda api: read_rows(api, whole_account=self.whole_account))
        self.whole_account = False

    def do(
        self, act: Callable[[ApiKeysApi], object], done: Callable[[], object], failed: Callable[[KyokError], object]
    ) -> None:
        """Changes something, and reads the keys again."""
        api = self._context.api

        def finished(_: object) -> None:
            done()
            self.load()

        self._context.tasks.run(lambda: act(api.api_keys), finished, failed, owner=self)

    def create(
        self, name: str, description: str, made: Callable[[NewApiKey], object], failed: Callable[[KyokError], object]
    ) -> None:
        """Makes a key."""
        api = self._context.api

        def done(new: NewApiKey) -> None:
            made(new)
            self.load()

        self._context.tasks.run(lambda: api.api_keys.create(name, description), done, failed, owner=self)


class ApiKeysPage(Page):
    """One's own API keys; an administrator sees those of all users."""

    concerns: ClassVar[frozenset[str]] = frozenset({"identities", "policy"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        here = Place(places.API_KEYS)
        self.header.set_trail(
            [(tr("Manage"), None), (tr("Access (IAM)"), Place(places.AUTHORIZATIONS)), (tr("API keys"), None)]
        )
        self.header.set_title(tr("API keys"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self.place = here
        self._path = " / ".join(part for part in (context.account.name, tr("Access (IAM)"), tr("API keys")) if part)
        self._presenter = ApiKeysPresenter(context, self)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        self._failure = InlineNote("error", "", name="api-keys.failure", action=tr("Try again"))
        self._failure.acted.connect(self.look_afresh)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._build_table()
        context.rights.changed.connect(self._show_scope)
        self._show_scope()

    def _build_table(self) -> None:
        self._model = TableModel[ApiKeyRow](COLUMNS, key=lambda row: row.id, parent=self, also=lambda row: row.id)
        self._table = DataTable(
            self._model,
            name="api-keys.table",
            accessible=tr("API keys"),
            noun=("API key", "API keys"),
            row_height=64,
            fits=True,
            search=tr("Search by name, description, owner or ID"),
            copies={"ID": lambda row: row.id},
            row_menu=entries,
        )
        self._scope = MenuButton(tr("My API keys"), name="api-keys.scope", kind="tool", icon="filter")
        self._scope.setFixedHeight(48)
        self._scope.chosen.connect(self._choose_scope)
        self._table.toolbar.add_button(self._scope)
        create = self._table.toolbar.set_primary(tr("Create"), "add", name="api-keys.create")
        create.clicked.connect(self._ask_new)
        self._table.menu_chosen.connect(self._menu)
        empty = EmptyState(
            "keep-your-own-key",
            tr("No API keys yet"),
            tr("IBM's SDKs, command line and Terraform sign in to this cloud with an API key."),
            name="api-keys.empty",
            button=tr("Create an API key"),
        )
        empty.pressed.connect(self._ask_new)
        self._table.set_empty(empty)
        self._table.set_loading(True)
        self.body.addWidget(self._table)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Reads the keys."""
        self._failure.hide()
        self._presenter.load()

    # showing ------------------------------------------------------------------------

    def _show(self, found: list[ApiKeyRow]) -> None:
        self._table.set_loading(False)
        self._failure.hide()
        self._model.set_rows(found)

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    def _show_scope(self) -> None:
        whole = self._presenter.whole_account
        reason = self.context.rights.reason(EVERYBODY)
        self._scope.set_entries(
            [
                MenuEntry(_MINE, tr("My API keys"), icon="" if whole else "checkmark"),
                MenuEntry(_ALL, tr("API keys of all users"), icon="checkmark" if whole else "", reason=reason),
            ]
        )

    def _choose_scope(self, chosen: str) -> None:
        self._presenter.whole_account = chosen == _ALL
        self._scope.setText(tr("API keys of all users") if chosen == _ALL else tr("My API keys"))
        self._show_scope()
        self._table.set_loading(True)
        self._presenter.load()

    # making -------------------------------------------------------------------------

    def _ask_new(self) -> None:
        form = dialogs.KeyForm(tr("Create an API key"), tr("Create"), "add", path=self._path, name="api-keys.new")

        def create() -> None:
            form.set_busy(True)
            self._presenter.create(*form.values(), partial(self._made, form), self._told_in(form))

        form.accepted.connect(create)
        form.open_over(self)

    def _made(self, form: Dialog, new: NewApiKey) -> None:
        form.dismiss()
        shown = dialogs.ValueOnce(new, path=self._path, save=lambda new: self._save(shown, new))
        shown.open_over(self)
        self._table.select_key(new.key.id)

    def _save(self, shown: dialogs.ValueOnce, new: NewApiKey) -> None:
        file = choose_file(self, tr("Keep the API key in a file"), "apikey.json")
        if file is None:
            return
        content = dialogs.file_of(new)
        self.context.tasks.run(
            lambda: save_private(file, content),
            lambda _: shown.show_saved(tr("Kept in {file}. Only you can read the file.", file=file)),
            self._told_in(shown),
            owner=self,
        )

    # changing -----------------------------------------------------------------------

    def _menu(self, row: ApiKeyRow, entry: str) -> None:
        if entry == rows.EDIT:
            self._ask_edit(row)
        elif entry == rows.DELETE:
            self._ask_deletion(row)
        else:
            self._turn(row, entry)

    def _turn(self, row: ApiKeyRow, entry: str) -> None:
        key = row.key
        acts: dict[str, Callable[[ApiKeysApi], object]] = {
            rows.LOCK: lambda api: api.set_locked(key, True),
            rows.UNLOCK: lambda api: api.set_locked(key, False),
            rows.DISABLE: lambda api: api.set_disabled(key, True),
            rows.ENABLE: lambda api: api.set_disabled(key, False),
        }
        told = partial(self.context.notices.success, tr(_DONE[entry], name=key.name))
        self._presenter.do(acts[entry], told, self.context.notices.failure)

    def _ask_edit(self, row: ApiKeyRow) -> None:
        key = row.key
        form = dialogs.KeyForm(
            tr("Edit {name}", name=key.name), tr("Save"), "", path=self._path, name="api-keys.edit", key=key
        )

        def done() -> None:
            form.dismiss()
            self.context.notices.success(tr("API key changed"), form.values()[0])

        def change() -> None:
            form.set_busy(True)
            name, description = form.values()
            self._presenter.do(lambda api: api.change(key, name, description), done, self._told_in(form))

        form.accepted.connect(change)
        form.open_over(self)

    def _ask_deletion(self, row: ApiKeyRow) -> None:
        dialog = dialogs.deletion(row, path=self._path)

        def done() -> None:
            dialog.dismiss()
            self.context.notices.success(tr("API key deleted"), row.key.name)

        def delete() -> None:
            dialog.set_busy(True)
            self._presenter.do(lambda api: api.delete(row.key), done, self._told_in(dialog))

        dialog.accepted.connect(delete)
        dialog.open_over(self)

    def _told_in(self, dialog: Dialog) -> Callable[[KyokError], object]:
        return lambda error: dialog.set_error(error.summary, error.remedy)

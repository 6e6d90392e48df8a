"""The Overview page, called Manage until April 2021: connection, encryption, storage protection, the instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places, saving
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.connection_tile import CERTIFICATE
from kyok_gui.pages.database.instance_actions import InstanceActions
from kyok_gui.pages.database.overview_tiles import OverviewTiles
from kyok_gui.pages.database.parts import FailureNote, StorageWarning, chain_tabs, instance_trail
from kyok_gui.pages.database.plan_words import free_note
from kyok_gui.pages.database.terminal import Terminal, TerminalNotOpened, find_terminal, open_psql
from kyok_gui.pages.database.verdict_words import shown_verdict
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import InlineNote, MenuButton, MenuEntry, Skeleton, Verdict, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


@dataclass(frozen=True, slots=True)
class OverviewView:
    """What the page shows; `terminal` is where psql can be opened."""

    detail: DatabaseDetail
    terminal: Terminal | None


class OverviewPresenter(Presenter):
    """Reads the instance, takes backups, saves the certificate."""

    saved = Signal(object)

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(context, parent, lambda api: OverviewView(api.databases.detail(guid), find_terminal()))
        self._guid = guid

    def back_up(self) -> None:
        """Takes a backup."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.databases.back_up(self._guid),
            lambda _: self._context.notices.info(tr("Backup started"), tr("It appears under Backups when it is done.")),
            owner=self,
        )

    def save_certificate(self, file: Path, then: Callable[[], object] | None = None) -> None:
        """Writes the certificate that clients trust to a file, and does something more when it is there."""
        api = self._context.api

        def done(_: object) -> None:
            self.saved.emit(file)
            self._context.notices.success(tr("Certificate saved"), tr("psql finds it in {file}.", file=file))
            if then is not None:
                then()

        self._context.tasks.run(
            lambda: saving.save(file, api.databases.certificate(self._guid).encode("ascii")),
            done,
            self._context.notices.failure,
            owner=self,
        )


class DatabaseOverviewPage(Page):
    """Tiles and the Actions menu, whose last entry deletes the instance."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"database", "instance", "key", "policy", "crypto-units", "clock", "settings", "backup", "reclamation"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._detail: DatabaseDetail | None = None
        self._terminal: Terminal | None = None
        self._presenter = OverviewPresenter(context, place.instance or "", self)
        self._actions = InstanceActions(context, self)
        self.header.set_title(tr("Overview"))
        self.header.set_trail(instance_trail(context, place.instance, "", tr("Overview")))
        self.header.set_subtitle(
            tr(
                "How to connect, what encrypts the data, and what it costs. This page was called Manage until April "
                "2021."
            )
        )
        self.menu = MenuButton(tr("Actions"), name="db-overview.actions")
        self.header.add_action(self.menu)
        self.failure = FailureNote(name="db-overview.failure")
        self.state = Verdict(name="db-overview.state")
        self.warning = StorageWarning(name="db-overview.storage-warning")
        self.free = InlineNote("warning", "", name="db-overview.free")
        self.free.hide()
        self.skeleton = Skeleton(8)
        self.tiles = OverviewTiles()
        for widget in (self.failure, self.state, self.warning, self.free, self.skeleton, self.tiles):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.state.hide()
        self.tiles.hide()
        self._connect()

    def _connect(self) -> None:
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._failed)
        self._presenter.saved.connect(self.tiles.connection.use_certificate)
        self.tiles.connection.certificate_pressed.connect(self._save_certificate)
        self.tiles.connection.terminal_pressed.connect(self._open_terminal)
        self.failure.acted.connect(self.look_afresh)
        self.menu.chosen.connect(self._chosen)
        self.tiles.link.connect(self.follow)
        self.state.link.connect(self.follow)
        self._actions.finished.connect(self._finished)
        self.context.rights.changed.connect(self._show_menu)

    def refresh(self) -> None:
        """Reads the instance anew."""
        self._presenter.load()

    def _show(self, view: OverviewView) -> None:
        detail = self._detail = view.detail
        self._terminal = view.terminal
        now = self.context.clock.now()
        self.failure.hide()
        self.skeleton.hide()
        self.header.set_trail(instance_trail(self.context, detail.guid, detail.name, tr("Overview")))
        self._show_menu()
        self._show_state(detail, now)
        self.warning.show_detail(detail)
        title, text = free_note(detail, now)
        self.free.setVisible(bool(title))
        self.free.show_note("warning", title, escape(text))
        self.tiles.show_detail(detail, now, terminal=view.terminal is not None)
        chain_tabs([self.menu, *self.tiles.tab_stops()])
        self.tiles.show()

    def _show_menu(self) -> None:
        if self._detail is not None:
            guid, reason = self._detail.guid, self.context.rights.reason
            self.menu.set_entries(menu_entries(self._detail, lambda action: reason(action, guid)))

    def _show_state(self, detail: DatabaseDetail, now: datetime) -> None:
        """Above the tiles, only when the instance is not simply active with all its nodes."""
        active = detail.instance_state is InstanceState.ACTIVE
        unusual = not active or any(node.state is not NodeState.RUNNING for node in detail.nodes)
        self.state.setVisible(unusual)
        if unusual:
            found = shown_verdict(detail, now)
            self.state.show_verdict(found.level, found.sentence, found.detail_html, mark=found.mark)

    def _failed(self, error: KyokError) -> None:
        self.failure.show_failure(error)
        self.skeleton.hide()

    def _save_certificate(self, then: Callable[[], object] | None = None) -> None:
        file = saving.choose_file(self, tr("Certificate of this instance"), CERTIFICATE)
        if file is not None:
            self._presenter.save_certificate(file, then)

    def _open_terminal(self) -> None:
        """Opens psql; it needs the certificate in a file, so one is chosen first."""
        connection = self.tiles.connection
        if connection.saved is None or not connection.saved.exists():
            self._save_certificate(self._start_psql)
        else:
            self._start_psql()

    def _start_psql(self) -> None:
        if self._terminal is None:
            return
        try:
            open_psql(self._terminal, self.tiles.connection.conninfo())
        except TerminalNotOpened as error:
            self.context.notices.failure(error)

    def _chosen(self, entry_id: str) -> None:
        detail = self._detail
        if detail is None:
            return
        if entry_id == "delete":
            self._actions.ask_delete(self, detail)
        elif entry_id == "restore":
            self._actions.restore(detail)
        elif entry_id == "back-up":
            self._presenter.back_up()
        else:
            self.context.navigator.go(Place(entry_id, detail.guid))

    def _finished(self, what: str) -> None:
        if what == "deleted":
            self.context.navigator.go(places.HOME)
        else:
            self.look_afresh()


def menu_entries(detail: DatabaseDetail, missing: Callable[[str], str] = lambda _: "") -> list[MenuEntry]:
    """The Actions menu: delete stands last. `missing` says which role an action lacks."""
    entries = [
        MenuEntry("back-up", tr("Back up now"), reason=missing("backups.create") or backup_reason(detail)),
        MenuEntry(places.SECURE_DELETION, tr("Secure deletion checklist")),
    ]
    if detail.instance_state is InstanceState.PENDING_RECLAMATION:
        restore = missing("resource-controller.reclamation.restore")
        return [*entries, MenuEntry("restore", tr("Restore instance"), reason=restore)]
    if detail.instance_state is InstanceState.REMOVED:
        return entries[1:]
    delete = missing("resource-controller.instance.delete")
    return [*entries, MenuEntry("delete", tr("Delete instance"), danger=True, rule_above=True, reason=delete)]


def backup_reason(detail: DatabaseDetail) -> str:
    """Why no backup can be taken now."""
    if detail.instance_state is not InstanceState.ACTIVE:
        return tr("the instance is not active")
    return "" if detail.data.readable else tr("no node can read the data")

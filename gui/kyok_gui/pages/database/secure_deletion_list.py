"""All instances of the account, also deleted ones, and how far their secure deletion is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

from kyok.domain.cluster import InstanceState
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.account_reader import database_state
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.parts import FailureNote
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import (
    DONE,
    NONE_YET,
    Column,
    DataTable,
    EmptyState,
    Status,
    TableModel,
    instance_state,
)

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.databases import DatabaseSummary
    from kyok.client.records.detail import DatabaseDetail


class Standing(IntEnum):
    """How far a deletion is, in the order of the list."""

    INCOMPLETE = 0
    NOT_BEGUN = 1
    DELETED = 2


_STATES = {
    Standing.DELETED: DONE.saying(noted("Securely deleted")),
    Standing.INCOMPLETE: Status(noted("Incomplete"), "warning--alt--filled", "supportWarning"),
    Standing.NOT_BEGUN: NONE_YET.saying(noted("Not begun")),
}
_REMOVED = instance_state("removed").saying(noted("Deleted for good"))


@dataclass(frozen=True, slots=True)
class DeletionRow:
    """One instance with the state of both halves."""

    guid: str
    name: str
    state: Status
    active: bool
    """Whether nobody deleted the instance yet, running or not."""
    key: str
    instance_half: bool
    key_half: bool | None
    """None for an instance that has no root key of its own."""
    sentence: str

    @property
    def standing(self) -> Standing:
        """How far the deletion is."""
        halves = [self.instance_half, *([self.key_half] if self.key_half is not None else [])]
        if all(halves):
            return Standing.DELETED
        begun = any(halves) or not self.active
        return Standing.INCOMPLETE if begun else Standing.NOT_BEGUN


def load_rows(api: CloudApi) -> list[DeletionRow]:
    """Reads every instance that ever was."""
    return [row_of(summary, api.databases.detail(summary.guid)) for summary in api.databases.summaries(everything=True)]


def row_of(summary: DatabaseSummary, detail: DatabaseDetail) -> DeletionRow:
    """One row, judged by the same checklist as the instance's own page."""
    found = detail.deletion()
    now = detail.instance_state
    state = _REMOVED if now is InstanceState.REMOVED else database_state(now, summary)
    return DeletionRow(
        guid=summary.guid,
        name=summary.name,
        state=state,
        active=now is InstanceState.ACTIVE,
        key=summary.kms_key_name or (detail.root_key.name if detail.root_key else ""),
        instance_half=found.halves[0].done,
        key_half=found.halves[1].done if len(found.halves) > 1 else None,
        sentence=found.sentence,
    )


def _key_words(row: DeletionRow) -> str:
    if row.key_half is None:
        return tr("Default key, goes with the instance")
    return tr("{key}, deleted", key=row.key) if row.key_half else tr("{key}, exists", key=row.key)


def columns() -> tuple[Column[DeletionRow], ...]:
    """Instance, its state, both halves and what they make together."""
    return (
        Column("name", noted("Instance"), lambda row: row.name, kind="link", weight=3),
        Column(
            "state",
            noted("Instance state"),
            lambda row: row.state.word,
            kind="status",
            status=lambda r: r.state,
            weight=2,
        ),
        Column(
            "instance",
            noted("Half one: instance"),
            lambda row: tr("Done") if row.instance_half else tr("Not done"),
            kind="status",
            status=lambda row: DONE if row.instance_half else NONE_YET,
            weight=2,
        ),
        Column(
            "key",
            noted("Half two: root key"),
            _key_words,
            kind="status",
            status=lambda row: None if row.key_half is None else DONE if row.key_half else NONE_YET,
            weight=3,
        ),
        Column(
            "standing",
            noted("Secure deletion"),
            lambda row: _STATES[row.standing].word,
            kind="status",
            status=lambda row: _STATES[row.standing],
            sort=lambda row: row.standing,
            weight=2,
        ),
    )


class SecureDeletionListPage(Page):
    """The table leads to the checklist of each instance."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "key", "reclamation", "database"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.header.set_title(tr("Secure deletion"))
        self.header.set_trail([(context.account.name or tr("Account"), places.HOME), (tr("Secure deletion"), None)])
        self.header.set_subtitle(
            tr(
                "Data is securely deleted only when both the instance and its root key are gone. Deleted instances "
                "stay listed here with their evidence."
            )
        )
        self._presenter = Presenter(context, self, load_rows)
        self.failure = FailureNote(name="secure-deletion-list.failure")
        self.model = TableModel[DeletionRow](columns(), key=lambda row: row.guid, parent=self)
        self.table = DataTable(
            self.model,
            name="secure-deletion-list.table",
            accessible=tr("Secure deletion"),
            noun=(noted("instance"), noted("instances")),
            search=tr("Search by instance or root key"),
            copies={"ID": lambda row: row.guid},
        )
        empty = EmptyState(
            "list--checked",
            tr("No database instances"),
            tr("Nothing was ever created here, so there is nothing to delete."),
            name="secure-deletion-list.empty",
            button=tr("Create a database instance"),
        )
        empty.pressed.connect(lambda: context.navigator.go(Place(places.CREATE_POSTGRESQL)))
        self.table.set_empty(empty)
        self.table.set_loading(True)
        self.body.addWidget(self.failure)
        self.body.addWidget(self.table, 1)
        self.body.addStretch()  # holds the head at the top while the table is away
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._failed)
        self.failure.acted.connect(self.look_afresh)
        self.table.opened.connect(self._open)

    def refresh(self) -> None:
        """Reads the rows anew."""
        self._presenter.load()

    def _show(self, rows: list[DeletionRow]) -> None:
        self.failure.hide()
        self.table.show()
        self.model.set_rows(sorted(rows, key=lambda row: (row.standing, row.name)))
        self.table.set_loading(False)

    def _failed(self, error: KyokError) -> None:
        self.table.set_loading(False)
        self.table.setVisible(self.model.total > 0)  # nobody knows whether there are any
        self.failure.show_failure(error)

    def _open(self, row: DeletionRow, _: str) -> None:
        self.context.navigator.go(Place(places.SECURE_DELETION, row.guid))

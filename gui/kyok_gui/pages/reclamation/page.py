"""Reclamation: deleted instances, what restoring them brings back, and how long that is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject

from kyok.domain.databases import RECLAMATION_PERIOD
from kyok.domain.texts import span_words
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.instance_actions import InstanceActions
from kyok_gui.pages.reclamation.rows import COLUMNS, ReclamationRow, read_rows
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import DataTable, Dialog, EmptyState, InlineNote, MenuEntry, TableModel, Text, escape

if TYPE_CHECKING:
    from kyok.errors import KyokError

_SUBTITLE = noted("Deleted instances wait here before they are gone for good. Until then each can be restored.")


class ReclamationPresenter(Presenter):
    """Reads what waits, restores it, or ends it."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent, read_rows)

    def restore(self, row: ReclamationRow, done: Callable[[], object]) -> None:
        """Brings an instance back."""
        api, failure = self._context.api, self._context.notices.failure
        self._context.tasks.run(lambda: api.resources.restore(row.id), lambda _: done(), failure, owner=self)

    def reclaim(self, row: ReclamationRow, done: Callable[[], object], failed: Callable[[KyokError], object]) -> None:
        """Ends an instance now."""
        api = self._context.api
        self._context.tasks.run(lambda: api.resources.reclaim(row.id), lambda _: done(), failed, owner=self)


class ReclamationPage(Page):
    """The table; times run down by the cloud's clock."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "reclamation", "key", "database", "backup", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._rows: list[ReclamationRow] = []
        self._presenter = ReclamationPresenter(context, self)
        self._databases = InstanceActions(context, self)
        self._databases.finished.connect(lambda _: self._presenter.load())
        self.header.set_trail([(context.account.name or tr("Account"), places.HOME), (tr("Reclamation"), None)])
        self.header.set_title(tr("Reclamation"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._failure = InlineNote("error", "", name="reclamation.failure", action=tr("Try again"))
        self._failure.acted.connect(self.look_afresh)
        self._failure.hide()
        self._model = TableModel[ReclamationRow](
            COLUMNS, key=lambda row: row.id, parent=self, also=lambda row: row.guid
        )
        self._table = self._make_table()
        note = tr(
            "An instance waits {span}, by the clock of this cloud. It is not billed meanwhile. "
            "Free database instances do not wait: they are deleted for good at once.",
            span=span_words(RECLAMATION_PERIOD),
        )
        self._note = Text(note, "helperText01", "helper", wrap=True, name="reclamation.note")
        for part in (self._failure, self._table, self._note):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        context.clock.second.connect(self._count_down)

    def _make_table(self) -> DataTable[ReclamationRow]:
        table = DataTable(
            self._model,
            name="reclamation.table",
            accessible=tr("Deleted instances"),
            noun=("deleted instance", "deleted instances"),
            row_height=64,
            fits=True,
            search=tr("Search by name, service or location"),
            row_menu=self._entries,
            copies={"Reclamation ID": lambda row: row.id, "Instance ID": lambda row: row.guid},
        )
        empty = EmptyState(
            "list--checked",
            tr("Nothing waits for its reclamation"),
            tr(
                "A deleted instance stands here for {span}, in case it was a mistake.",
                span=span_words(RECLAMATION_PERIOD),
            ),
            name="reclamation.empty",
            button=tr("Open the resource list"),
            button_icon="arrow--right",
        )
        empty.setMaximumHeight(520)
        empty.setMinimumHeight(400)
        empty.pressed.connect(lambda: self.context.navigator.go(places.HOME))
        table.set_empty(empty)
        table.menu_chosen.connect(self._chosen)
        table.set_loading(True)
        return table

    # showing ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what waits."""
        self._presenter.load()

    def _show(self, rows: list[ReclamationRow]) -> None:
        self._failure.hide()
        self._rows = rows
        self._table.set_loading(False)
        self._table.show()
        self._note.setVisible(bool(rows))
        self._count_down()

    def _count_down(self) -> None:
        now = self.context.clock.now()
        self._model.set_rows([replace(row, left=row.time_left(now)) for row in self._rows])

    def _show_failure(self, error: KyokError) -> None:
        self._table.setVisible(bool(self._rows))  # without rows it would say that there are none
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    # acting -------------------------------------------------------------------------

    def _entries(self, row: ReclamationRow) -> list[MenuEntry]:
        reason = self.context.rights.reason
        action = "resource-controller.reclamation"
        found = [MenuEntry("restore", tr("Restore"), icon="undo", reason=reason(f"{action}.restore", row.guid))]
        if row.detail is not None:
            found.append(MenuEntry("deletion", tr("Secure deletion"), icon="list--checked"))
        why = reason(f"{action}.reclaim", row.guid)
        return [*found, MenuEntry("reclaim", tr("Delete for good"), danger=True, reason=why)]

    def _chosen(self, row: ReclamationRow, entry: str) -> None:
        if entry == "restore":
            self._presenter.restore(row, lambda: self._restored(row))
        elif entry == "deletion":
            self.context.navigator.go(Place(places.SECURE_DELETION, row.guid))
        elif row.detail is not None:
            self._databases.ask_reclaim(self, row.detail)
        else:
            self._ask_reclaim(row)

    def _restored(self, row: ReclamationRow) -> None:
        self.context.notices.success(tr("{name} is back", name=row.name), row.contents)
        self._presenter.load()

    def _ask_reclaim(self, row: ReclamationRow) -> None:
        path = f"{self.context.account.name} / {row.name}".lstrip(" /")
        dialog = Dialog(tr("Delete instance for good"), row.name, path=path, name="reclamation.reclaim", width=640)
        title = tr("{name} cannot be restored any more", name=row.name)
        dialog.add_effect(
            "error--filled", "supportError", title, tr("Gone with it: {contents}.", contents=_sentence(row.contents))
        )
        dialog.add_typed_name(row.name)
        dialog.set_accept(tr("Delete for good"), "trash-can", danger=True)
        dialog.accepted.connect(lambda: self._reclaim(dialog, row))
        dialog.open_over(self)

    def _reclaim(self, dialog: Dialog, row: ReclamationRow) -> None:
        def done() -> None:
            dialog.dismiss()
            self.context.notices.success(tr("{name} is deleted for good", name=row.name))
            self._presenter.load()

        dialog.set_busy(True)
        self._presenter.reclaim(row, done, lambda error: dialog.set_error(error.summary, error.remedy))


def _sentence(words: str) -> str:
    return words[:1].lower() + words[1:]

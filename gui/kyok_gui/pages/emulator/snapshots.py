"""Snapshots of the whole state: one line each, with what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.client.records.states import Snapshot
from kyok.domain import texts
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.overview_words import size
from kyok_gui.times import at
from kyok_gui.widgets import Column, DataTable, EmptyState, MenuEntry, TableModel

EMPTY = (
    noted("No snapshot yet"),
    noted(
        "A snapshot keeps everything as it is now: keys, instances, data, people, the clock. You can "
        "return to it later."
    ),
)


def holds(row: Snapshot) -> str:
    """As "12 instances, 10,000 keys"."""
    return f"{texts.plural(row.instances, 'instance')}, {texts.plural(row.keys, 'key')}"


COLUMNS: tuple[Column[Snapshot], ...] = (
    Column("name", noted("Snapshot"), lambda row: row.name, weight=4),
    Column("holds", noted("Holds"), holds, weight=4),
    Column(
        "clock",
        noted("The cloud's clock"),
        lambda row: at(row.clock) if row.clock else "",
        sort=lambda row: row.clock,
        weight=4,
        value=lambda row: row.clock,
    ),
    Column(
        "made",
        noted("Made (wall time)"),
        lambda row: at(row.created_at),
        sort=lambda row: row.created_at,
        weight=4,
        hide_below=900,
        value=lambda row: row.created_at,
    ),
    Column("by", noted("Made by"), lambda row: row.created_by, weight=4, hide_below=1_000),
    Column(
        "size",
        noted("Size"),
        lambda row: size(row.size),
        sort=lambda row: row.size,
        width=88,
        hide_below=800,
        value=lambda row: row.size,
        value_title=noted("Size, bytes"),
    ),
)


class SnapshotTable(QWidget):
    """The snapshots in the data folder, newest first."""

    return_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._blocked = ""
        self.model = TableModel[Snapshot](COLUMNS, key=lambda row: row.id, parent=self)
        self.table = DataTable(
            self.model,
            name="emulator.snapshots",
            accessible=tr("Snapshots"),
            noun=("snapshot", "snapshots"),
            fits=True,
            row_menu=self._menu,
            copies={"ID": lambda row: row.id},
        )
        self.make = self.table.toolbar.set_primary(tr("Make a snapshot"), "save", name="emulator.snapshots.make")
        empty = EmptyState(
            "",
            tr(EMPTY[0]),
            tr(EMPTY[1]),
            name="emulator.snapshots.empty",
            button=tr("Make a snapshot"),
            button_icon="save",
        )
        empty.pressed.connect(self.make.clicked)
        self.table.set_empty(empty)
        self._makers = (self.make, empty.button)
        for button in self._makers:
            context.rights.guard(button, EMULATOR_MANAGE)
        self.table.menu_chosen.connect(self._chosen)
        self.table.set_loading(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def _menu(self, row: Snapshot) -> list[MenuEntry]:
        reason = self._blocked or self._context.rights.reason(EMULATOR_MANAGE)
        return [
            MenuEntry("return", tr("Return to it"), icon="undo", reason=reason),
            MenuEntry("delete", tr("Delete"), danger=True, reason=reason),
        ]

    def set_blocked(self, reason: str) -> None:
        """Why no snapshot can be made, returned to or deleted now; empty when it can."""
        self._blocked = reason
        for button in self._makers:
            button.set_enabled_because(not reason, reason)

    def _chosen(self, row: Snapshot, entry: str) -> None:
        (self.return_wanted if entry == "return" else self.delete_wanted).emit(row)

    def show_snapshots(self, snapshots: Sequence[Snapshot]) -> None:
        """Shows them."""
        self.table.set_loading(False)
        self.model.set_rows(list(snapshots))

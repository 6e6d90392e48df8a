"""Scenarios: the shipped ones, files of one's own, and the present state as a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.client.records.emulator import Scenario
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.widgets import Column, DataTable, MenuEntry, TableModel

COLUMNS: tuple[Column[Scenario], ...] = (
    Column("title", noted("Scenario"), lambda row: row.title, detail=lambda row: row.summary, kind="link", weight=1),
)


class ScenarioTable(QWidget):
    """One line each; loading asks first."""

    load = Signal(object)
    save_file = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._blocked = ""
        self.model = TableModel[Scenario](COLUMNS, key=lambda row: row.name, parent=self)
        self.table = DataTable(
            self.model,
            name="emulator.scenarios",
            accessible=tr("Scenarios"),
            noun=("scenario", "scenarios"),
            row_height=56,
            fits=True,
            row_menu=self._menu,
            search=tr("Search scenarios"),
        )
        self.state = self.table.toolbar.add_tool(tr("Save as scenario"), "save", name="emulator.scenarios.save")
        self.file = self.table.toolbar.set_primary(tr("Load a file"), "upload", name="emulator.scenarios.file")
        for button in (self.state, self.file):
            context.rights.guard(button, EMULATOR_MANAGE)
        self.table.opened.connect(lambda row, _: self._open(row))
        self.table.menu_chosen.connect(self._chosen)
        self.table.set_loading(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def _menu(self, row: Scenario) -> list[MenuEntry]:
        reason = self._reason()
        return [
            MenuEntry("load", tr("Load"), icon="play", reason=reason),
            MenuEntry("save", tr("Save its file"), icon="download"),
        ]

    def _reason(self) -> str:
        return self._blocked or self._context.rights.reason(EMULATOR_MANAGE)

    def set_blocked(self, reason: str) -> None:
        """Why no scenario can be loaded now, and the state not be saved as one; empty when it can."""
        self._blocked = reason
        for button in (self.state, self.file):
            button.set_enabled_because(not reason, reason)

    def _open(self, row: Scenario) -> None:
        if not self._reason():
            self.load.emit(row)

    def _chosen(self, row: Scenario, entry: str) -> None:
        (self.load if entry == "load" else self.save_file).emit(row)

    def show_scenarios(self, scenarios: Sequence[Scenario]) -> None:
        """Shows the shipped scenarios, in their order."""
        self.table.set_loading(False)
        self.model.set_rows(list(scenarios))

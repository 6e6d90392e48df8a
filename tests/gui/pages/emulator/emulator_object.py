"""The Emulator page as a person uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kyok_gui import saving
from kyok_gui.pages.emulator import page as emulator
from kyok_gui.widgets import CheckBox, Dialog, Prose, StaticTable, Text
from tests.gui import driver

FAULTS, SCENARIOS, SNAPSHOTS = "emulator.faults", "emulator.scenarios", "emulator.snapshots"


class Emulator:
    """Presses, chooses and reads; `window` holds the page and the dialogs over it."""

    def __init__(self, qtbot: Any, window: QWidget) -> None:
        self._qtbot = qtbot
        self.window = window

    def until(self, condition: Any, timeout: int = 30_000) -> None:
        driver.wait_for(self._qtbot, condition, timeout)

    # clock and faults ---------------------------------------------------------------

    def forecast(self) -> list[list[str]]:
        return driver.find(self.window, "emulator.clock.forecast", StaticTable).words()

    def words(self, name: str) -> str:
        return driver.find(self.window, name, Text).words()

    def press(self, name: str) -> None:
        driver.press(self.window, name)

    def break_something(self, kind: str, **fields: str) -> None:
        driver.choose(self.window, "emulator.fault.kind", kind)
        for name, value in fields.items():
            driver.choose(self.window, f"emulator.fault.{name}", value)
        driver.press(self.window, "emulator.fault.start")

    def rows(self, table: str) -> list[list[str]]:
        return driver.table_rows(self.window, table)

    def menu(self, table: str, text: str, entry: str) -> None:
        driver.row_action(self.window, table, driver.row_of_cell(self.window, table, text), entry)

    # dialogs ------------------------------------------------------------------------

    def dialog(self, name: str) -> Dialog:
        self.until(lambda: driver.exists(self.window, name))
        return driver.dialog(self.window, name)

    def said(self, name: str) -> str:
        """Everything that a dialog says."""
        dialog = self.dialog(name)
        parts = [*dialog.findChildren(Text), *dialog.findChildren(Prose)]
        return " ".join(part.words() for part in parts)

    def confirm(self, name: str) -> None:
        """Ticks, where that is asked, and presses the last button."""
        dialog = self.dialog(name)
        ticks = [tick for tick in dialog.findChildren(CheckBox) if tick.objectName() == f"{name}.tick"]
        if ticks:
            assert not dialog.accept_button.isEnabled(), "nothing is replaced without a tick"
            driver.press(self.window, f"{name}.tick")
        driver.press(self.window, f"{name}.accept")

    def gone(self, name: str) -> bool:
        return not driver.exists(self.window, name)


class Files:
    """What a person would choose in the system's dialogs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.save_as: Path | None = None
        self.open: Path | None = None
        monkeypatch.setattr(saving, "choose_file", lambda *_: self.save_as)
        monkeypatch.setattr(emulator, "choose_open", lambda *_: self.open)

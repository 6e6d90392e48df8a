"""The settings page as a person uses it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from kyok_gui.widgets import InlineNote, Text
from tests.gui import driver


class SettingsObject:
    """By what stands in the window."""

    def __init__(self, stage: QWidget) -> None:
        self.stage = stage

    def radio(self, name: str) -> QAbstractButton:
        return driver.find(self.stage, name, QAbstractButton)

    def choose_radio(self, name: str) -> None:
        button = self.radio(name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Space)

    def choose(self, name: str, choice: str) -> None:
        driver.choose(self.stage, name, choice)

    def press(self, name: str) -> None:
        driver.press(self.stage, name)

    def write(self, name: str, text: str) -> None:
        driver.write(self.stage, name, text)

    def number(self, name: str, text: str) -> None:
        self.write(name, text)
        QTest.keyClick(driver.find(self.stage, name), Qt.Key.Key_Return)

    def words(self, name: str) -> str:
        return driver.find(self.stage, name, Text).words()

    def note(self, name: str) -> str:
        return driver.find(self.stage, name, InlineNote).words() if driver.exists(self.stage, name) else ""

    def profiles(self) -> list[list[str]]:
        return driver.table_rows(self.stage, "settings.profiles.table")

    def profile_menu(self, name: str) -> list[tuple[str, bool]]:
        table = driver.table(self.stage, "settings.profiles.table")
        table.view.ask_menu(driver.row_of_cell(self.stage, "settings.profiles.table", name))
        menu = next(one for one in table.findChildren(QMenu, "settings.profiles.table.menu") if one.isVisible())
        found = [(action.text(), action.isEnabled()) for action in menu.actions() if action.text()]
        menu.close()
        return found

    def use(self, name: str) -> None:
        row = driver.row_of_cell(self.stage, "settings.profiles.table", name)
        driver.row_action(self.stage, "settings.profiles.table", row, "use")

    def remove(self, name: str) -> None:
        row = driver.row_of_cell(self.stage, "settings.profiles.table", name)
        driver.row_action(self.stage, "settings.profiles.table", row, "remove")

    def fill_form(self, kind: str, name: str, url: str, key: str) -> None:
        self.press("settings.profiles.add")
        window = self.stage.window()
        button: Any = driver.find(window, f"profile-form.kind.{kind}")
        button.click()
        driver.write(window, "profile-form.name", name)
        if url:
            driver.write(window, "profile-form.url", url)
        if key:
            driver.write(window, "profile-form.key", key)

    def form(self, name: str) -> QWidget:
        return driver.find(self.stage.window(), f"profile-form.{name}")

    def press_form(self, name: str) -> None:
        driver.press(self.stage.window(), f"profile-form.{name}")

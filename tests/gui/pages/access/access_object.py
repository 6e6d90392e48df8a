"""The Authorizations page and its form as a person uses them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, SelectField, Text
from tests.gui import driver
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import World

TABLE = "authorizations.table"
FORM = "authorizations.wizard"


class AccessObject:
    """Finds by object names, presses, waits."""

    def __init__(self, world: World, **query: str) -> None:
        self.world = world
        self.stage = world.show(Place(places.AUTHORIZATIONS).with_query(**query))
        world.rest()
        world.rest()

    # page ---------------------------------------------------------------------

    def rows(self) -> list[Any]:
        return list(driver.table(self.stage, TABLE).model.rows())

    def note(self, number: int = 1) -> InlineNote:
        return driver.find(self.stage, f"authorizations.missing.{number}", InlineNote)

    def shown(self, name: str) -> bool:
        return driver.exists(self.stage, name)

    def press(self, name: str) -> None:
        driver.press(self.stage, name)
        self.world.rest()

    def menu(self, row: int) -> list[str]:
        table = driver.table(self.stage, TABLE)
        table.view.ask_menu(row)
        menu = next(one for one in table.findChildren(QMenu, f"{TABLE}.menu") if one.isVisible())
        found = [str(action.data()) for action in menu.actions() if action.data()]
        menu.close()
        return found

    def entry(self, row: int, entry: str, name: str = TABLE) -> str:
        """The words of an entry of a row's menu, with the reason why it is off."""
        table = driver.table(self.stage, name)
        table.view.ask_menu(row)
        menu = next(one for one in table.findChildren(QMenu, f"{name}.menu") if one.isVisible())
        action = next(action for action in menu.actions() if action.data() == entry)
        menu.close()
        return action.text()

    def act(self, row: int, entry: str) -> None:
        driver.row_action(self.stage, TABLE, row, entry)
        self.stage.activateWindow()
        self.world.rest()

    def words(self, name: str) -> str:
        return words_of(driver.find(self.stage, name, QWidget))

    def tick(self, name: str) -> None:
        driver.find(self.stage, name, QCheckBox).click()

    # form ---------------------------------------------------------------------

    @property
    def form_open(self) -> bool:
        return driver.exists(self.stage, f"{FORM}.overlay")

    def form_words(self) -> str:
        return words_of(driver.find(self.stage, f"{FORM}.overlay")).replace("\N{NON-BREAKING HYPHEN}", "-")

    def choose(self, field: str, choice: str) -> None:
        driver.choose(self.stage, f"{FORM}.{field}", choice)

    def value(self, field: str) -> str:
        return driver.find(self.stage, f"{FORM}.{field}.field", SelectField).value()

    def choices(self, field: str) -> dict[str, str]:
        """Titles of the choices with their second lines."""
        found = driver.find(self.stage, f"{FORM}.{field}.field", SelectField).choices()
        return {choice.title: choice.second_line for choice in found}

    def enable_reader(self) -> None:
        self.tick(f"{FORM}.reader")

    def next(self) -> None:
        self.press(f"{FORM}.next")

    def reason(self) -> str:
        """Why Next or Authorize is off."""
        button = driver.find(self.stage, f"{FORM}.next")
        return "" if button.isEnabled() else driver.find(self.stage, f"{FORM}.reason", Text).words()

    def one_page(self) -> None:
        self.press(f"{FORM}.one-page")

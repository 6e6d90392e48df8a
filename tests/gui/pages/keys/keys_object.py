"""The KMS keys page as a person uses it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from kyok.domain.key_states import KeyAction
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import CheckBox, Dialog, EmptyState, InlineNote, Text
from kyok_gui.widgets.basics import plain
from tests.gui import driver
from tests.gui.pages.keys import story
from tests.gui.pages.keys.stage import World

TABLE = "keys.table"


def words_of(root: QWidget) -> str:
    """Everything that stands in a part of the window."""
    shown = [label for label in root.findChildren(QLabel) if label.isVisibleTo(root)]
    texts = [label.words() if hasattr(label, "words") else plain(label.text()) for label in shown]
    return "\n".join(texts)


class KeysObject:
    """Finds by object names, presses, waits."""

    def __init__(self, world: World, instance: str = "acme-hpcs", *, width: int = 1440, **query: str) -> None:
        self.world = world
        self.stage = world.show(Place(places.KEYS, story.guid(instance)).with_query(**query), width)
        world.rest()
        world.rest()

    # reading ------------------------------------------------------------------

    def names(self) -> list[str]:
        return [row[0] for row in driver.table_rows(self.stage, TABLE)]

    def cells(self, name: str) -> list[str]:
        return next(row for row in driver.table_rows(self.stage, TABLE) if row[0] == name)

    def text(self, name: str) -> str:
        return driver.find(self.stage, name, Text).words()

    def shown(self, name: str) -> bool:
        return driver.exists(self.stage, name)

    def note(self) -> InlineNote:
        return driver.find(self.stage, "keys.note", InlineNote)

    def empty(self) -> EmptyState:
        return driver.find(self.stage, "keys.empty", EmptyState)

    def menu(self, name: str) -> dict[str, str]:
        """The entries of a row's menu, each with why it is off."""
        table = driver.table(self.stage, TABLE)
        row = driver.row_of_cell(self.stage, TABLE, name)
        table.view.ask_menu(row)
        menu = next(one for one in table.findChildren(QMenu, f"{TABLE}.menu") if one.isVisible())
        found = {
            str(action.data()): action.text().partition(": ")[2] if not action.isEnabled() else ""
            for action in menu.actions()
            if action.data()
        }
        menu.close()
        return found

    # acting -------------------------------------------------------------------

    def press(self, name: str) -> None:
        driver.press(self.stage, name)
        self.world.rest()

    def write(self, name: str, text: str) -> None:
        driver.write(self.stage, name, text)

    def add(self, kind: str) -> None:
        driver.choose_action(self.stage, "keys.add", kind)

    def act(self, action: KeyAction, name: str) -> None:
        row = driver.row_of_cell(self.stage, TABLE, name)
        driver.row_action(self.stage, TABLE, row, str(action))
        self.stage.activateWindow()
        self.world.rest()

    def tick(self, *names: str) -> None:
        driver.table(self.stage, TABLE).model.set_checked([story.guid(f"key {name}") for name in names])

    def search(self, text: str) -> None:
        self.write(f"{TABLE}.search", text)
        QTest.keyClick(driver.find(self.stage, f"{TABLE}.search"), Qt.Key.Key_Return)

    def dialog(self, name: str) -> Dialog:
        return driver.dialog(self.stage, name)

    def dialog_words(self, name: str) -> str:
        return words_of(self.dialog(name))

    def open(self, name: str) -> bool:
        return driver.exists(self.stage, f"{name}.overlay")

    def tick_box(self, name: str) -> None:
        driver.find(self.stage, name, CheckBox).click()

    def follow_up(self) -> None:
        """Waits for the change and for the list that is read after it."""
        self.world.rest()
        self.world.rest()

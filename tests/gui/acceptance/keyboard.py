"""Hands that know no mouse: Tab, arrows, Space, Enter, shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import live, wait_until
from kyok_gui.widgets import Choice
from kyok_gui.widgets.select import CHOICE, ChoiceList

_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_FARTHEST = 150


class Keyboard:
    """Reaches everything by keys alone; looks at the window through a hand that presses nothing."""

    def __init__(self, eyes: Hand) -> None:
        self.eyes = eyes

    @property
    def focused(self) -> QWidget:
        found: QWidget | None = QApplication.focusWidget()
        return found if found is not None else self.eyes.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyClick(self.focused, key, modifiers)
        live()

    def shortcut(self, key: Qt.Key) -> None:
        """Alt and a digit: the places of the Manage menu and the catalog."""
        self.press(key, _ALT)

    def tab_to(self, name: str) -> QWidget:
        """Goes with Tab to a widget that is on."""
        self.eyes.wait_rest()
        widget = wait_until(lambda: self.eyes.seen(name), f"{name} is in sight")
        wait_until(widget.isEnabled, lambda: f"{name} is on: {widget.accessibleDescription()}")
        reached = []
        for _ in range(_FARTHEST):
            if self.focused.objectName() == name:
                return self.focused
            reached.append(self.focused.objectName())
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name}; it goes through {reached}")

    def use(self, name: str) -> None:
        """Goes to a button and presses Space."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def type(self, name: str, text: str) -> None:
        """Goes to a field and replaces what it holds."""
        self.tab_to(name)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.focused, text)

    def choose(self, name: str, words: str) -> None:
        """Opens a drop-down field with the arrow key and goes to the choice that begins with these words."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Down)
        opened = self.eyes.find(f"{name}.list", ChoiceList)
        self.press(Qt.Key.Key_Home)
        for _ in range(opened.model().rowCount()):
            choice: Choice = opened.currentIndex().data(CHOICE)
            if choice.title.startswith(words):
                self.press(Qt.Key.Key_Return)
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{name} does not offer {words}")

    def from_menu(self, name: str, entry: str) -> None:
        """Opens the menu of a button with Space and goes to an entry."""
        self.use(name)
        self._take(entry)

    def row_menu(self, table: str, row: int, entry: str) -> None:
        """Goes to a row of a table and opens its menu with Shift+F10."""
        self.tab_to(table)
        self.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(row):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        self._take(entry)

    def open_row(self, table: str, row: int) -> None:
        """Goes to a row of a table and follows its link with Enter."""
        self.tab_to(table)
        self.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(row):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def _take(self, entry: str) -> None:
        menu = wait_until(_open_menu, "a menu is open")
        for _ in range(2 * len(menu.actions())):
            active = menu.activeAction()
            if active is not None and str(active.data()) == entry:
                QTest.keyClick(menu, Qt.Key.Key_Return)
                live()
                return
            QTest.keyClick(menu, Qt.Key.Key_Down)
        raise AssertionError(f"the menu does not offer {entry}")


def _open_menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None

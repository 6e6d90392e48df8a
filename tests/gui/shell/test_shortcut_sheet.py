"""The sheet of shortcuts says what the keys do, no more and no less."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from kyok_gui.commands import COMMANDS
from kyok_gui.shell.shortcut_sheet import groups, keys_in_words, shortcuts_dialog
from kyok_gui.widgets import StaticTable
from kyok_gui.widgets.table_keys import KEYS, act_of
from tests.gui.conftest import show
from tests.gui.crawl.looks import faults


def pressed(key: str) -> QKeyEvent:
    combination = QKeySequence(key)
    code = combination.__getitem__(0)  # type: ignore[attr-defined]
    return QKeyEvent(QEvent.Type.KeyPress, code.key(), code.keyboardModifiers())


def test_every_key_of_a_table_does_what_the_sheet_says() -> None:
    for entry in KEYS:
        for key in entry.keys:
            assert act_of(pressed(key)) == entry.act, key
    assert act_of(pressed("Ctrl+Alt+Shift+F12")) == ""
    keypad = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert act_of(keypad) == "open"


def test_no_key_of_a_table_is_taken_by_the_window() -> None:
    window = {QKeySequence(command.shortcut).toString() for command in COMMANDS if command.shortcut}
    table = Counter(QKeySequence(key).toString() for entry in KEYS for key in entry.keys)
    assert window & table.keys() == set() and max(table.values()) == 1


def test_every_command_with_a_shortcut_is_listed_in_its_group(qtbot: Any) -> None:
    dialog = shortcuts_dialog("emulated")
    qtbot.addWidget(dialog)
    shown = {table.objectName(): table.words() for table in dialog.findChildren(StaticTable)}
    assert list(groups("emulated")) == ["Go to", "Window", "In a table", "Everywhere"]
    assert set(shown) == {"shortcuts.go-to", "shortcuts.window", "shortcuts.everywhere", "shortcuts.in-a-table"}
    rows = [row for name, table in shown.items() if name in ("shortcuts.go-to", "shortcuts.window") for row in table]
    assert sorted(rows) == sorted([one.title, one.shortcut] for one in COMMANDS if one.shortcut)
    assert ["Copy the CRN or ID of the row", "Ctrl+Alt+C"] in shown["shortcuts.in-a-table"]
    ticking = "Shift+Up, Shift+Down, Shift+PgUp, Shift+PgDown, Shift+Home, Shift+End"
    assert ["Tick from row to row", ticking] in shown["shortcuts.in-a-table"]


def test_a_real_account_is_told_of_its_own_keys_alone() -> None:
    told = {title for rows in groups("ibm-cloud").values() for title, _ in rows}
    assert {one.title for one in COMMANDS if one.shortcut and not one.fits("ibm-cloud")} & told == set()
    assert "Search resources and pages" in told and "Turn the clock forward" not in told


def test_the_sheet_is_scrolled_by_keyboard_from_either_button(qtbot: Any) -> None:
    window = QWidget()
    show(qtbot, window, 800, 400)
    dialog = shortcuts_dialog("emulated")
    dialog.open_over(window)
    (area,) = dialog.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    for button in (dialog.cancel, dialog.close_button):
        button.setFocus()
        places = []
        for key in ("Down", "PageDown", "PageUp", "Up", "End", "Home"):
            QTest.keyClick(button, getattr(Qt.Key, f"Key_{key}"))
            places.append(bar.value())
        down, further, back, top, end, home = places
        assert 0 == top == home < down == back < further < end == bar.maximum()
        assert button.hasFocus()
    dialog.dismiss()


@pytest.mark.parametrize(("width", "height"), [(800, 600), (1024, 768), (1440, 900)])
def test_nothing_of_the_sheet_is_cut_off(qtbot: Any, width: int, height: int) -> None:
    window = QWidget()
    show(qtbot, window, width, height)
    dialog = shortcuts_dialog("emulated")
    dialog.open_over(window)
    qtbot.waitUntil(lambda: faults(dialog) == [])
    (area,) = dialog.findChildren(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert area.widget().width() == area.viewport().width()
    tables = dialog.findChildren(StaticTable)
    assert all("…" not in word for table in tables for row in table.words() for word in row)
    right = {table.mapTo(area.widget(), table.rect().topRight()).x() for table in tables}
    assert max(right) < area.viewport().width()
    dialog.dismiss()


def test_keys_are_said_as_the_system_writes_them() -> None:
    assert keys_in_words(("Home", "End")) == "Home, End"
    assert keys_in_words(("Left", "Right", "Up", "Down")) == "Arrows"

"""Ctrl+F goes to the filter of the page's table from anywhere, and Tab enters a table at its current or first row."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kyok_gui.widgets import Button, DataTable, Dialog
from tests.gui import driver
from tests.gui.kit import gallery
from tests.gui.shell.conftest import Shell


@pytest.fixture
def table(shell: Shell) -> DataTable[Any]:
    return driver.table(shell.page, "authorizations.table")


def find(shell: Shell) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    "at", ["header.menu", "header.search", "sidenav.resources", "page.help", "authorizations.table"]
)
def test_find_goes_to_the_filter_from_anywhere(shell: Shell, table: DataTable[Any], at: str) -> None:
    driver.find(shell.window, at).setFocus()
    find(shell)
    assert driver.focused_name() == "authorizations.table.search"


def test_find_selects_what_the_filter_holds(shell: Shell, table: DataTable[Any]) -> None:
    table.toolbar.search.setText("ledger")
    find(shell)
    assert table.toolbar.search.selectedText() == "ledger"


def test_find_goes_to_the_nearest_of_two_tables(shell: Shell, table: DataTable[Any]) -> None:
    other = gallery.key_table()
    shell.page.body.addWidget(other)
    other.show()
    other.view.setFocus()
    find(shell)
    assert other.toolbar.search.hasFocus()


def test_find_in_a_dialog_stays_there(shell: Shell, table: DataTable[Any]) -> None:
    opener = Button("Open", name="page.open")
    shell.page.body.addWidget(opener)
    dialog = Dialog("", "Choose", name="choose")
    dialog.open_over(opener)
    find(shell)
    assert driver.focused_name() == "choose.cancel"
    dialog.dismiss()


def test_a_page_without_a_filter_keeps_the_focus_where_it_is(shell: Shell, table: DataTable[Any]) -> None:
    table.hide()
    driver.find(shell.window, "page.help").setFocus()
    find(shell)
    assert driver.focused_name() == "page.help"


@pytest.mark.parametrize(("row", "place"), [(-1, 0), (2, 1)])
def test_tab_enters_a_table_at_its_current_cell_or_at_its_first(
    shell: Shell, table: DataTable[Any], row: int, place: int
) -> None:
    keys = gallery.key_table()
    shell.page.body.addWidget(keys)
    keys.show()
    if row >= 0:
        at = keys.view.visualRect(keys.model.index(row, place)).center()
        QTest.mouseClick(keys.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    driver.find(keys, "keys.add").setFocus()
    QTest.keyClick(driver.find(keys, "keys.add"), Qt.Key.Key_Tab)
    index = keys.view.currentIndex()
    assert keys.view.hasFocus() and (index.row(), index.column()) == (max(0, row), place)

"""What every table has: keys, copies, kept columns, row height, CSV, and ticks for all that match."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from kyok_gui import saving
from kyok_gui.widgets import Column, DataTable, TableModel
from kyok_gui.widgets.table_export import csv_text, lines_of, typed
from kyok_gui.widgets.table_layout import TableLayout
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.kit import gallery
from tests.gui.kit.gallery import KEYS, KeyRow

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
COLUMNS = gallery.key_columns()


class Sheet:
    """One table on a screen, with its keyboard."""

    def __init__(self, qtbot: Any, context: FakeContext, rows: list[KeyRow] | None = None, height: int = 700) -> None:
        self.table = gallery.key_table()
        self.table.copies = {"ID": lambda row: f"id-of-{row.name}"}
        if rows is not None:
            self.table.model.set_rows(rows)
        self.table.equip(context)
        show(qtbot, self.table, 1200, height)
        self.table.view.setFocus(Qt.FocusReason.TabFocusReason)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.table.view, key, modifiers)

    @property
    def at(self) -> str:
        return str(self.table.view.currentIndex().data())

    @property
    def ticked(self) -> list[str]:
        return [row.name for row in self.table.checked()]

    @property
    def heads(self) -> list[str]:
        head, columns = self.table.view.head, self.table.model.columns
        places = [head.logicalIndex(visual) for visual in range(head.count())]
        return [columns[place].title for place in places if not head.isSectionHidden(place)]

    def panel(self, name: str) -> None:
        driver.press(self.table.window(), f"keys.table.{name}")

    def drag(self, start: QPoint, end: QPoint) -> None:
        """A drag in the heads, with the steps that a mouse makes."""
        port = self.table.view.head.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
        for part in range(1, 9):
            spot = QPointF(start + (end - start) * (part / 8))
            event = QMouseEvent(
                QEvent.Type.MouseMove,
                spot,
                port.mapToGlobal(spot),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                NONE,
            )
            QGuiApplication.sendEvent(port, event)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


@pytest.fixture
def sheet(qtbot: Any, context: FakeContext) -> Sheet:
    return Sheet(qtbot, context)


def many(count: int = 300) -> list[KeyRow]:
    return [KeyRow(f"key-{n:05d}", "Active", "", "Never", "", "") for n in range(count)]


# keys -------------------------------------------------------------------------


def test_rows_are_reached_by_keys(qtbot: Any, context: FakeContext) -> None:
    sheet = Sheet(qtbot, context, many())
    sheet.key(Qt.Key.Key_End)
    assert sheet.at == "key-00299"
    sheet.key(Qt.Key.Key_Home)
    sheet.key(Qt.Key.Key_PageDown)
    assert sheet.at > "key-00005"
    sheet.key(Qt.Key.Key_PageUp)
    assert sheet.at == "key-00000"
    QTest.keyClicks(sheet.table.view, "key-00123")
    assert sheet.at == "key-00123"


def test_shift_ticks_from_row_to_row_and_gives_back(sheet: Sheet) -> None:
    sheet.key(Qt.Key.Key_Down)
    sheet.key(Qt.Key.Key_Space)
    sheet.key(Qt.Key.Key_Down, SHIFT, times=2)
    assert sheet.ticked == ["branch-root", "hr-root", "ledger-root"]
    sheet.key(Qt.Key.Key_Up, SHIFT)
    assert sheet.ticked == ["branch-root", "hr-root"]
    sheet.key(Qt.Key.Key_End)
    sheet.key(Qt.Key.Key_Home, SHIFT)
    assert len(sheet.ticked) == 5
    sheet.key(Qt.Key.Key_Escape)
    assert sheet.ticked == []


def test_shift_and_click_tick_a_range(sheet: Sheet) -> None:
    view = sheet.table.view
    for row, modifier in ((1, NONE), (3, SHIFT)):
        rect = view.visualRect(sheet.table.model.index(row, 0))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(20, rect.center().y()))
    assert sheet.ticked == ["branch-root", "hr-root", "ledger-root"]


def test_escape_takes_ticks_then_the_filter_and_then_is_not_ours(sheet: Sheet, qtbot: Any) -> None:
    sheet.key(Qt.Key.Key_F, CONTROL)
    assert driver.focused_name() == "keys.table.search"
    driver.write(sheet.table, "keys.table.search", "root")
    qtbot.waitUntil(lambda: sheet.table.model.filter_text == "root")
    sheet.table.view.setFocus()
    sheet.key(Qt.Key.Key_A, CONTROL)
    assert len(sheet.ticked) == 5
    sheet.key(Qt.Key.Key_Escape)
    assert sheet.ticked == [] and sheet.table.model.filter_text == "root"
    sheet.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sheet.table.model.filter_text == "")


def test_order_and_width_by_keys_are_kept(sheet: Sheet, context: FakeContext) -> None:
    sheet.key(Qt.Key.Key_Right)
    sheet.key(Qt.Key.Key_Down, CONTROL)
    assert sheet.table.model.order == (1, True)
    before = sheet.table.view.columnWidth(1)
    sheet.key(Qt.Key.Key_Right, CONTROL, times=2)
    assert sheet.table.view.columnWidth(1) == before + 32
    kept = TableLayout.of_text(context.settings.table("keys.table"))
    assert kept.sort == ("state", True) and kept.widths == {"state": before + 32}


# copies -----------------------------------------------------------------------


def test_cell_row_and_id_are_copied_and_told(sheet: Sheet, context: FakeContext) -> None:
    board = QGuiApplication.clipboard()
    sheet.key(Qt.Key.Key_Right)
    sheet.key(Qt.Key.Key_C, CONTROL)
    assert board.text() == "Active"
    sheet.key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert board.text() == "atm-root\tActive\tNo registration\tNever\tdefault\t"
    sheet.key(Qt.Key.Key_C, CONTROL | ALT)
    assert board.text() == "id-of-atm-root"
    sheet.key(Qt.Key.Key_A, CONTROL)
    sheet.key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert len(board.text().splitlines()) == 5
    assert [(told.title, told.detail) for told in context.told][2] == ("ID copied", "id-of-atm-root")
    assert context.told[-1].title == "5 rows copied"


def test_the_row_menu_copies_the_cell_under_the_pointer_and_the_id(sheet: Sheet) -> None:
    view = sheet.table.view
    for entry, text in (("copy:cell", "hr-db"), ("copy:ID", "id-of-hr-root")):
        view.ask_menu(2, view.mapToGlobal(QPoint(40, 40)), 2)
        menu = next(one for one in sheet.table.findChildren(QMenu, "keys.table.menu") if one.isVisible())
        inner = menu.findChild(QMenu, "keys.table.menu.copy")
        assert inner is not None and [one.text() for one in inner.actions()] == ["Used by", "Whole row", "ID"]
        next(one for one in inner.actions() if one.data() == entry).trigger()
        menu.close()
        assert QGuiApplication.clipboard().text() == text


# columns ----------------------------------------------------------------------


def test_columns_are_chosen_moved_and_kept_and_taken_back(sheet: Sheet, qtbot: Any, context: FakeContext) -> None:
    first = ["Name", "State", "Used by", "Last used", "Key ring", "Alias"]
    assert sheet.heads == first
    sheet.panel("columns")
    assert driver.focused_name() == "keys.table.columns.state"
    assert not driver.find(sheet.table.window(), "keys.table.columns.name").isEnabled()
    QTest.keyClick(driver.find(sheet.table.window(), "keys.table.columns.used"), Qt.Key.Key_Space)
    sheet.panel("columns.alias.earlier")
    sheet.panel("columns.alias.earlier")
    assert sheet.heads == ["Name", "State", "Alias", "Last used", "Key ring"]
    assert driver.focused_name() == "keys.table.columns.alias.earlier"
    other = Sheet(qtbot, context)
    assert other.heads == sheet.heads
    sheet.table.window().activateWindow()
    sheet.panel("columns.reset")
    assert sheet.heads == other.heads == first
    assert context.settings.table("keys.table") == ""
    QTest.keyClick(driver.find(sheet.table.window(), "keys.table.columns.panel"), Qt.Key.Key_Escape)
    assert not driver.exists(sheet.table.window(), "keys.table.columns.panel")


def test_heads_are_dragged_to_another_place_and_width(sheet: Sheet, qtbot: Any, context: FakeContext) -> None:
    head = sheet.table.view.head
    middle = head.height() // 2
    start = QPoint(head.sectionViewportPosition(1) + 30, middle)
    sheet.drag(start, QPoint(head.sectionViewportPosition(3) + head.sectionSize(3) - 10, middle))
    assert sheet.heads == ["Name", "Used by", "Last used", "State", "Key ring", "Alias"]
    assert sheet.table.model.order is None, "a drag is no press"
    edge = QPoint(head.sectionViewportPosition(2) + head.sectionSize(2) - 1, middle)
    before = head.sectionSize(2)
    sheet.drag(edge, edge + QPoint(60, 0))
    assert abs(head.sectionSize(2) - before - 60) <= 2
    assert sum(head.sectionSize(place) for place in range(6)) == sheet.table.view.viewport().width()
    other = Sheet(qtbot, context)
    assert other.heads == sheet.heads
    assert other.table.view.head.sectionSize(2) == head.sectionSize(2)
    edge = QPoint(head.sectionViewportPosition(2) + head.sectionSize(2) - 1, middle)
    QTest.mouseDClick(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    assert head.sectionSize(2) < before + 60


def test_the_first_column_stays_first(sheet: Sheet) -> None:
    head = sheet.table.view.head
    middle = head.height() // 2
    sheet.drag(QPoint(head.sectionViewportPosition(2) + 30, middle), QPoint(60, middle))
    assert sheet.heads[0] == "Name"


def test_an_order_that_a_newer_version_does_not_know_all_of_fits_in() -> None:
    layout = TableLayout(order=("name", "alias", "gone", "state"), shown={"gone": False})
    names = [COLUMNS[place].id for place in layout.arranged(COLUMNS)]
    assert names == ["name", "alias", "state", "used", "last", "ring"]
    assert TableLayout.of_text(layout.to_text()) == layout


@pytest.mark.parametrize("text", ["", "no", "[]", '{"order": 3, "shown": [], "widths": {"a": "b"}, "sort": ["x"]}'])
def test_a_kept_layout_that_makes_no_sense_counts_as_none(text: str) -> None:
    assert TableLayout.of_text(text) == TableLayout()


def test_optional_columns_are_hidden_until_chosen(qtbot: Any, context: FakeContext) -> None:
    columns = (Column[str]("a", "A", str), Column[str]("b", "B", str, optional=True))
    model = TableModel[str](columns, key=str)
    made = DataTable(model, name="few.table", accessible="Few", noun=("row", "rows"), search="Search")
    model.setParent(made)
    model.set_rows(["x"])
    made.equip(context)
    show(qtbot, made)
    assert made.view.isColumnHidden(1)
    driver.press(made, "few.table.columns")
    QTest.keyClick(driver.find(made.window(), "few.table.columns.b"), Qt.Key.Key_Space)
    assert not made.view.isColumnHidden(1)


# height -----------------------------------------------------------------------


def test_the_height_of_rows_is_one_setting_for_all_tables(sheet: Sheet, qtbot: Any, context: FakeContext) -> None:
    two_lines = gallery.grant_table()
    two_lines.equip(context)
    show(qtbot, two_lines)
    assert (sheet.table.row_height, two_lines.row_height) == (32, 64)
    context.settings.set("row_height", "24")
    assert (sheet.table.row_height, two_lines.row_height) == (24, 40)
    assert (sheet.table.head_height, two_lines.head_height) == (32, 32)
    context.settings.set("row_height", "48")
    assert (sheet.table.row_height, two_lines.row_height) == (48, 64)
    sheet.table.window().activateWindow()
    sheet.panel("columns")
    driver.choose(sheet.table.window(), "keys.table.row-height", "page")
    assert (sheet.table.row_height, two_lines.row_height) == (32, 64)


# all that match -----------------------------------------------------------------


def test_the_head_ticks_what_is_in_sight_and_the_rest_is_one_press_away(qtbot: Any, context: FakeContext) -> None:
    sheet = Sheet(qtbot, context, many(), height=500)
    head = sheet.table.view.head
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, head.height() // 2))
    assert 5 < len(sheet.ticked) < 20
    offer = driver.find(sheet.table, "keys.table.batch.all")
    assert offer.text() == "Select all 300 that match"  # type: ignore[attr-defined]
    sheet.table.set_complete(False)
    assert offer.text() == "Select all 300 that match so far"  # type: ignore[attr-defined]
    driver.press(sheet.table, "keys.table.batch.all")
    assert len(sheet.ticked) == 300 and not offer.isVisible()
    sheet.table.model.set_filter("key-0000")
    words = driver.find(sheet.table, "keys.table.batch.count").text()  # type: ignore[attr-defined]
    assert words == "300 root keys selected, 290 of them not in the list now"


# files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (1.5, "1.5"),
        (datetime(2026, 11, 23, 17, 45, 3, 7, tzinfo=UTC), "2026-11-23T17:45:03Z"),
        (date(2026, 11, 23), "2026-11-23"),
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("plain, with comma", "plain, with comma"),
    ],
)
def test_cells_of_files_are_typed_and_no_formula(value: Any, text: str) -> None:
    assert typed(value) == text


def test_a_file_has_the_shown_columns_in_their_order_and_the_ids() -> None:
    columns = (
        Column[KeyRow]("name", "Name", lambda row: row.name, detail=lambda row: row.ring, detail_title="Key ring"),
        Column[KeyRow]("size", "Size", lambda row: "1 KiB", value=lambda row: 1024, value_title="Size, bytes"),
    )
    text = csv_text(columns, KEYS[:2], {"ID": lambda row: f"id-{row.name}", "Name": lambda row: "twice"})
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Name", "Key ring", "Size, bytes", "ID"],
        ["atm-root", "default", "1024", "id-atm-root"],
        ["branch-root", "default", "1024", "id-branch-root"],
    ]
    assert lines_of(columns, KEYS[:1]) == "atm-root, default\t1 KiB"


def exported(sheet: Sheet, file: Path, qtbot: Any, context: FakeContext) -> list[list[str]]:
    """Presses the button and reads the file."""
    before = len(context.told)
    driver.press(sheet.table, "keys.table.export")
    qtbot.waitUntil(lambda: len(context.told) > before)
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))) if file.exists() else []


def test_what_matches_is_exported_as_arranged(
    sheet: Sheet, qtbot: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.csv"
    asked: list[str] = []

    def choose(parent: Any, title: str, name: str) -> Path:
        asked.append(name)
        return file

    monkeypatch.setattr(saving, "choose_file", choose)
    sheet.table.model.set_filter("active")
    sheet.key(Qt.Key.Key_Up, CONTROL)
    sheet.table.view.set_arrangement(sheet.table.view.arrangement.with_shown("used", False))
    rows = exported(sheet, file, qtbot, context)
    assert asked == ["kyok-keys-2026-11-23.csv"]
    assert rows[0] == ["Name", "State", "Last used", "Key ring", "Alias", "ID"]
    assert [row[0] for row in rows[1:]] == ["atm-root", "branch-root", "ledger-root"]
    assert context.told[-1].title == "3 root keys exported"


def test_rows_that_are_not_loaded_are_exported_too(
    sheet: Sheet, qtbot: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.csv"
    monkeypatch.setattr(saving, "choose_file", lambda *_: file)
    sheet.table.whole = lambda: lambda: many(700)
    sheet.table.model.set_filter("key-0069")
    assert sheet.table.model.shown == 0
    assert driver.find(sheet.table, "keys.table.export").isEnabled()
    sheet.table.model.set_filter("")
    sheet.table.model.set_predicate(lambda row: row.name != "key-00699")
    sheet.table.sort_by("name", descending=True)
    rows = exported(sheet, file, qtbot, context)
    assert len(rows) == 700 and rows[1][0] == "key-00698"


def test_a_file_that_cannot_be_written_is_told_and_no_file_is_no_fault(
    sheet: Sheet, qtbot: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "missing" / "keys.csv")
    exported(sheet, tmp_path / "keys.csv", qtbot, context)
    assert context.told[-1].level == "error" and "could not be written" in context.told[-1].title
    monkeypatch.setattr(saving, "choose_file", lambda *_: None)
    driver.press(sheet.table, "keys.table.export")
    assert len(context.told) == 1


def test_a_list_of_one_column_has_nothing_to_choose_or_to_export(qtbot: Any, context: FakeContext) -> None:
    model = TableModel[KeyRow](COLUMNS[:1], key=lambda row: row.name)
    made = DataTable(model, name="one.table", accessible="One", noun=("key", "keys"), search="Search")
    model.setParent(made)
    made.equip(context)
    show(qtbot, made)
    model.set_rows(KEYS)
    assert not driver.exists(made, "one.table.columns") and not driver.exists(made, "one.table.export")


def test_a_table_without_a_toolbar_has_its_entries_in_menus(qtbot: Any, context: FakeContext) -> None:
    model = TableModel[KeyRow](COLUMNS, key=lambda row: row.name)
    made = DataTable(model, name="bare.table", accessible="Bare", noun=("key", "keys"))
    model.setParent(made)
    made.equip(context)
    show(qtbot, made)
    made.view.head.menu_wanted.emit(made.mapToGlobal(QPoint(5, 5)))
    menu = next(one for one in made.findChildren(QMenu, "bare.table.head.menu") if one.isVisible())
    columns, export = (one for one in menu.actions() if not one.isSeparator())
    assert export.text() == "Export CSV: there are no rows"
    columns.trigger()
    menu.close()
    assert driver.exists(made.window(), "bare.table.columns.panel")
    model.set_rows(KEYS)
    made.view.ask_menu(0, made.mapToGlobal(QPoint(5, 5)))
    menu = next(one for one in made.findChildren(QMenu, "bare.table.menu") if one.isVisible())
    assert [one.text() for one in menu.actions() if one.text()] == ["Copy", "Columns and row height", "Export CSV"]
    menu.close()


# accessibility --------------------------------------------------------------------


def test_heads_and_cells_say_how_they_stand(sheet: Sheet) -> None:
    model, spoken = sheet.table.model, Qt.ItemDataRole.AccessibleTextRole
    assert model.headerData(0, Qt.Orientation.Horizontal, spoken) == "Name"
    sheet.table.sort_by("name", descending=True)
    assert model.headerData(0, Qt.Orientation.Horizontal, spoken) == "Name, sorted descending"
    sheet.key(Qt.Key.Key_Home)
    sheet.key(Qt.Key.Key_Space)
    assert model.index(0, 0).data(spoken) == f"Name: {sheet.ticked[0]}, ticked"

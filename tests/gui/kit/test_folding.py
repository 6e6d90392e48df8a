"""What is too wide for its room goes below itself instead of being cut off."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from kyok_gui.widgets.flow import FoldingRow
from kyok_gui.widgets.toolbar import Toolbar


def _row(qtbot: Any) -> tuple[QWidget, list[QWidget]]:
    box = QWidget()
    qtbot.addWidget(box)
    row = FoldingRow(600, box)
    parts = [QWidget() for _ in range(3)]
    for part in parts:
        part.setMinimumSize(250, 40)
        row.addWidget(part, 1)
    return box, parts


def test_parts_stand_below_each_other_where_there_is_little_room(qtbot: Any) -> None:
    box, parts = _row(qtbot)
    box.resize(900, 400)
    box.show()
    assert len({part.y() for part in parts}) == 1
    box.resize(400, 400)
    assert [part.x() for part in parts] == [0, 0, 0]
    assert parts[0].geometry().bottom() < parts[1].y() and parts[1].geometry().bottom() < parts[2].y()
    box.resize(900, 400)
    assert len({part.y() for part in parts}) == 1


def test_a_row_claims_its_widest_part_only(qtbot: Any) -> None:
    box, _ = _row(qtbot)
    assert box.minimumSizeHint().width() == 250
    row = box.layout()
    assert row.heightForWidth(900) == 40
    assert row.heightForWidth(400) == 3 * 40 + 2 * 16


def test_tools_lose_their_words_before_the_search_loses_its_room(qtbot: Any) -> None:
    bar = Toolbar("Search by name", name="bar", accessible="Things")
    qtbot.addWidget(bar)
    columns = bar.add_tool("Columns", "column", name="bar.columns")
    csv, json = (bar.add_tool(f"Export {kind}", "export", name=f"bar.{kind}") for kind in ("CSV", "JSON"))
    full = columns.full_width()
    bar.resize(1000, 48)
    bar.show()
    assert (columns.width(), columns.toolTip()) == (full, "")
    bar.resize(500, 48)
    assert (columns.width(), columns.toolTip()) == (48, "Columns")
    assert [button.width() for button in (csv, json)] == [button.full_width() for button in (csv, json)], "icons alike"
    bar.resize(1000, 48)
    assert (columns.width(), columns.toolTip()) == (full, "")


def test_words_that_become_longer_get_their_room(qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = FoldingRow(200, box)
    label = QLabel("short")
    label.setWordWrap(True)
    row.addWidget(label, 1)
    row.addWidget(QWidget(), 1)
    before = row.minimumHeightForWidth(300)
    label.setText("words that go on and on " * 8)
    assert row.minimumHeightForWidth(300) > 2 * before

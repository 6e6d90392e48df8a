"""The crawl's eye sees what is amiss."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kyok_gui.widgets import Button, Text
from tests.gui.conftest import show
from tests.gui.crawl.looks import faults


def stage(qtbot: Any) -> tuple[QWidget, QVBoxLayout]:
    root = QWidget()
    root.setObjectName("root")
    column = QVBoxLayout(root)
    show(qtbot, root, 400, 300)
    return root, column


def test_what_is_right_is_no_fault(qtbot: Any) -> None:
    root, column = stage(qtbot)
    column.addWidget(Text("Some words", name="x.words"))
    column.addWidget(Text("Many words that need more than one line " * 3, wrap=True, name="x.more"))
    column.addWidget(Button("Press", name="x.press"))
    qtbot.waitUntil(lambda: root.findChild(QWidget, "x.press").isVisible())
    assert faults(root) == []


def test_words_without_room_are_seen(qtbot: Any) -> None:
    root, column = stage(qtbot)
    narrow = Text("Words that do not fit", name="x.narrow")
    narrow.setFixedWidth(30)
    low = Text("Words that need three or four lines in so little room", wrap=True, name="x.low")
    low.setFixedSize(80, 20)
    squeezed = Button("Squeezed together", name="x.squeezed")
    squeezed.setFixedWidth(40)
    for widget in (narrow, low, squeezed):
        column.addWidget(widget)
    qtbot.waitUntil(squeezed.isVisible)
    found = faults(root)
    assert [next(name for name in ("x.narrow", "x.low", "x.squeezed") if name in fault) for fault in found] == [
        "x.narrow",
        "x.low",
        "x.squeezed",
    ]


def test_a_part_outside_of_its_parent_is_seen(qtbot: Any) -> None:
    root, _ = stage(qtbot)
    box = QWidget(root)
    box.setObjectName("x.box")
    box.setGeometry(10, 10, 60, 40)
    label = QLabel("Outside", box)
    label.setObjectName("x.outside")
    label.move(40, 10)
    label.adjustSize()
    box.show()
    label.show()
    assert [fault.split(":")[0] for fault in faults(root)] == [f"cut off ({label.width() - 20} px outside of x.box)"]


def test_parts_without_a_name_are_seen(qtbot: Any) -> None:
    root, column = stage(qtbot)
    unnamed = Button("Press", name="")
    unnamed.setObjectName("")
    silent = Button("", name="x.silent")
    silent.setAccessibleName("")
    for widget in (unnamed, silent):
        column.addWidget(widget)
    qtbot.waitUntil(silent.isVisible)
    assert sorted(fault.split(":")[0] for fault in faults(root)) == ["no accessible name", "no object name"]

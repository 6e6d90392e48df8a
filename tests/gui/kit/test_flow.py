"""Parts that go on in the next line."""

from typing import Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete, invalidate, isValid

from kyok_gui.widgets.flow import FlowLayout
from tests.gui.conftest import settle, show


def test_parts_go_on_below_where_there_is_no_room(qtbot: Any) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, across=10, down=4)
    parts = [QPushButton(str(number)) for number in range(4)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    parts[1].hide()
    show(qtbot, holder, 215, 100)
    places = [(part.x(), part.y()) for part in parts if part.isVisible()]
    assert places == [(0, 0), (110, 0), (0, 24)]
    assert (flow.heightForWidth(215), flow.heightForWidth(400), flow.heightForWidth(50)) == (44, 20, 68)
    assert flow.sizeHint().width() == 320 and flow.minimumSize().width() == 100
    taken = flow.takeAt(3)
    assert taken is not None and flow.count() == 3 and flow.itemAt(3) is None and flow.takeAt(9) is None
    assert flow.expandingDirections() == flow.expandingDirections().__class__(0)


def test_a_nested_flow_outlives_what_pyside_forgets_of_it(qtbot: Any) -> None:
    """PySide takes everything below a part for gone when it lets go of the part, but for what Python itself made."""
    holder = QWidget()
    outer, inner, flow = QHBoxLayout(holder), QVBoxLayout(), FlowLayout(across=10, down=4)
    parts = [QPushButton(str(number)) for number in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    inner.addLayout(flow)
    outer.addLayout(inner, 1)
    outer.setContentsMargins(0, 0, 0, 0)
    invalidate(outer)
    items = [flow.itemAt(place) for place in range(flow.count())]
    assert all(isValid(item) for item in items), "the layout's own items are gone for it"
    show(qtbot, holder, 215, 100)
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (110, 0), (0, 24)]


def test_a_part_that_is_deleted_leaves_a_nested_flow(qtbot: Any) -> None:
    holder = QWidget()
    outer, flow = QVBoxLayout(holder), FlowLayout(across=10)
    parts = [QPushButton(str(number)) for number in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    outer.addLayout(flow)
    show(qtbot, holder, 400, 100)
    parts.pop(0).deleteLater()
    settle(QApplication.instance())  # type: ignore[arg-type]
    assert flow.count() == 2
    assert parts[1].x() - parts[0].x() == 110 and parts[0].x() == outer.contentsMargins().left()
    delete(parts.pop())
    assert flow.count() == 1
    flow.removeWidget(parts[0])
    assert flow.count() == 0 and isValid(parts[0])


def test_a_flow_holds_its_parts_before_it_has_a_place(qtbot: Any) -> None:
    holder, flow = QWidget(), FlowLayout()
    flow.addWidget(QPushButton("one"))
    outer = QVBoxLayout(holder)
    outer.addLayout(flow)
    show(qtbot, holder, 200, 100)
    assert [button.text() for button in holder.findChildren(QPushButton)] == ["one"]

"""How tests press, type and read: by object names, as docs/automation.md lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from kyok_gui.walkthrough.driver import Hand
from kyok_gui.widgets import DataTable, Dialog, MenuButton, SelectField
from kyok_gui.widgets.table_model import ROW

W = TypeVar("W", bound=QWidget)


def find(root: QWidget, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
    """The one widget of this name; several or none is a failure."""
    found = list(root.findChildren(kind, name))
    if isinstance(root, kind) and root.objectName() == name:
        found.append(root)
    shown = [widget for widget in found if widget.isVisibleTo(root)] or found
    assert len(shown) == 1, f"{name}: {len(shown)} widgets of that name"
    return shown[0]


def exists(root: QWidget, name: str) -> bool:
    """Whether a widget of this name is in sight."""
    return any(widget.isVisibleTo(root) for widget in root.findChildren(QWidget, name))


def press(root: QWidget, name: str) -> None:
    """Presses a button with the mouse, as a person would."""
    button = find(root, name)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # nobody presses what has no place yet
    assert button.isEnabled(), f"{name} is off: {button.accessibleDescription()}"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(root: QWidget, name: str, text: str) -> None:
    """Replaces what a field holds by typing."""
    field = find(root, name)
    assert isinstance(field, QLineEdit | QPlainTextEdit), name
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def choose(root: QWidget, name: str, choice_id: str) -> None:
    """Chooses in a drop-down field."""
    field = find(root, f"{name}.field", SelectField)
    assert choice_id in {choice.id for choice in field.choices() if not choice.reason}, f"{choice_id} is not offered"
    field.choose(choice_id)


def choose_action(root: QWidget, name: str, entry_id: str) -> None:
    """Chooses from a menu button."""
    button = find(root, name, MenuButton)
    action = next(action for action in button.findChildren(QMenu)[0].actions() if action.data() == entry_id)
    assert action.isEnabled(), f"{entry_id} is off: {action.text()}"
    action.trigger()


def table(root: QWidget, name: str) -> DataTable[Any]:
    """A table by the name of its view."""
    return find(root, f"{name}.frame", DataTable)


def table_rows(root: QWidget, name: str) -> list[list[str]]:
    """What a table shows, cell by cell."""
    model = table(root, name).model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def click_link(root: QWidget, name: str, row: int, column_id: str) -> None:
    """Presses the link of a cell."""
    found = table(root, name)
    column = next(place for place, one in enumerate(found.model.columns) if one.id == column_id)
    index = found.model.index(row, column)
    rect = found.view.cells.link_rect(found.view.visualRect(index), index)
    assert not rect.isEmpty(), f"{name}: row {row} has no link in {column_id}"
    QTest.mouseClick(found.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def row_action(root: QWidget, name: str, row: int, entry_id: str) -> None:
    """Chooses from the menu of a row."""
    found = table(root, name)
    found.view.ask_menu(row, found.view.viewport().mapToGlobal(QPoint(0, 0)))
    menu = next(menu for menu in found.findChildren(QMenu, f"{name}.menu") if menu.isVisible())
    action = next(action for action in menu.actions() if action.data() == entry_id)
    assert action.isEnabled(), f"{entry_id} is off: {action.text()}"
    action.trigger()
    menu.close()


def row_of_cell(root: QWidget, name: str, text: str) -> int:
    """The row that shows a text in any of its cells."""
    for place, cells in enumerate(table_rows(root, name)):
        if text in cells:
            return place
    raise AssertionError(f"{name}: no row shows {text}")


def row_object(root: QWidget, name: str, row: int) -> Any:
    """The record behind a row."""
    return table(root, name).model.index(row, 0).data(ROW)


def dialog(root: QWidget, name: str) -> Dialog:
    """An open dialog."""
    return find(root.window(), f"{name}.overlay", Dialog)


def leave_all_the_same(hand: Hand) -> None:
    """Answers, if one is asked, that what was entered may be lost."""
    if hand.sees("leave"):
        hand.press("leave.accept")


def wait_for(qtbot: Any, condition: Callable[[], Any], timeout: int = 60_000) -> None:
    """Waits until something holds."""
    qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)


def focused_name() -> str:
    """Name of the widget that has the focus."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""

"""The focus stays where a person works, whatever is switched off, drawn afresh or told there."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kyok_gui.widgets import Button, Dialog, SidePanel
from tests.gui import driver
from tests.gui.shell.conftest import Shell


@pytest.fixture
def act(shell: Shell) -> Button:
    """A button of the page between two others; it has the focus."""
    made = [Button(name, name=f"page.{name}") for name in ("before", "act", "after")]
    for button in made:
        shell.page.body.addWidget(button)
        button.show()
    made[1].setFocus()
    return made[1]


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_a_button_that_waits_keeps_the_focus(shell: Shell, act: Button) -> None:
    act.clicked.connect(lambda: act.setEnabled(False))
    press(Qt.Key.Key_Space)
    rail = shell.window.sidenav.width()
    press(Qt.Key.Key_Return)
    assert shell.window.sidenav.width() == rail and QApplication.focusWidget() is shell.page
    act.setEnabled(True)
    assert driver.focused_name() == "page.act"


def test_one_who_went_on_meanwhile_is_not_called_back(shell: Shell, act: Button) -> None:
    act.setEnabled(False)
    press(Qt.Key.Key_Tab)
    assert driver.focused_name() == "page.after"
    act.setEnabled(True)
    assert driver.focused_name() == "page.after"


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_Tab, "page.after"), (Qt.Key.Key_Backtab, "page.before")])
def test_tab_goes_on_from_a_button_that_went(shell: Shell, act: Button, key: Qt.Key, name: str) -> None:
    shell.window.toasts.post("good", "Done")
    act.clicked.connect(act.hide)
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is shell.page
    press(key)
    assert driver.focused_name() == name


def test_what_is_drawn_afresh_has_the_focus_of_what_it_replaces(shell: Shell, act: Button, qtbot: Any) -> None:
    def draw() -> None:
        act.hide()
        act.deleteLater()
        shell.page.body.addWidget(Button("act", name="page.act"))

    act.clicked.connect(draw)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: driver.focused_name() == "page.act")


def test_a_panel_keeps_the_focus_of_its_own_button(shell: Shell, act: Button) -> None:
    panel = SidePanel("Key", name="key")
    turn = Button("Disable key", name="key.turn")
    panel.set_actions([turn])
    shell.page.open_panel(panel)
    turn.setFocus()
    turn.clicked.connect(lambda: turn.setEnabled(False))
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is panel
    turn.setEnabled(True)
    assert driver.focused_name() == "key.turn"
    panel.shut()


def test_a_dialog_gives_its_button_the_focus_back(shell: Shell, act: Button) -> None:
    dialog = Dialog("", "Disable key", name="disable")
    dialog.accepted.connect(lambda: dialog.set_busy(True))
    dialog.open_over(act)
    dialog.accept_button.setFocus()
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is dialog
    dialog.set_error("It failed.")
    assert driver.focused_name() == "disable.accept"
    dialog.dismiss()
    assert driver.focused_name() == "page.act"


def test_a_dialog_whose_opener_went_leaves_the_focus_on_the_page(shell: Shell, act: Button) -> None:
    dialog = Dialog("", "Initialize", name="initialize")
    dialog.open_over(act)
    act.hide()
    shell.window.toasts.post("good", "The crypto units are initialized")
    dialog.dismiss()
    assert QApplication.focusWidget() is shell.page
    press(Qt.Key.Key_Tab)
    assert driver.focused_name() == "page.after"


def test_a_notice_takes_no_focus(shell: Shell, act: Button) -> None:
    toast = shell.window.toasts.post("good", "Done")
    QTest.mouseClick(driver.find(toast, "toast.close", QWidget), Qt.MouseButton.LeftButton)
    assert driver.focused_name() == "page.act"

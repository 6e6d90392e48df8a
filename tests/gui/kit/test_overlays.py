"""Dialogs, tearsheets, side panels and toasts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kyok_gui.widgets import Button, Dialog, SelectField, Step, Tearsheet, Text, TextField, ToastStack
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.crawl.looks import faults
from tests.gui.kit import gallery


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(Button("Opener", name="page.opener"))
    column.addWidget(TextField("Below", name="page.below"))
    show(qtbot, made, 1440, 900)
    return made


def opener(window: QWidget) -> QWidget:
    found = driver.find(window, "page.opener")
    found.setFocus()
    return found


# dialogs ------------------------------------------------------------------------


def test_the_focus_stands_on_cancel_and_goes_round_inside(window: QWidget) -> None:
    dialog = gallery.remove_dialog()
    dialog.open_over(opener(window))
    seen = []
    for _ in range(7):
        seen.append(driver.focused_name().removeprefix("authorizations.remove."))
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == ["cancel", "accept", "close", "evidence.1.0", "evidence.2.0", "tick", "cancel"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert driver.focused_name() == "authorizations.remove.cancel"
    dialog.dismiss()


def test_escape_closes_and_the_focus_goes_back(window: QWidget, qtbot: Any) -> None:
    rejected: list[int] = []
    dialog = gallery.remove_dialog()
    dialog.rejected.connect(lambda: rejected.append(1))
    dialog.open_over(opener(window))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert rejected == [1] and driver.focused_name() == "page.opener"
    qtbot.waitUntil(lambda: not driver.exists(window, "authorizations.remove"))


def test_a_tick_gates_the_dangerous_button(window: QWidget) -> None:
    dialog = gallery.remove_dialog()
    accepted: list[int] = []
    dialog.accepted.connect(lambda: accepted.append(1))
    dialog.open_over(opener(window))
    driver.find(window, "authorizations.remove.tick").setChecked(False)  # type: ignore[attr-defined]
    assert not dialog.accept_button.isEnabled() and dialog.accept_button.accessibleDescription()
    driver.press(window, "authorizations.remove.tick")
    driver.press(window, "authorizations.remove.accept")
    assert accepted == [1] and dialog.isVisible()
    dialog.dismiss()


def test_only_the_whole_name_switches_it_on(window: QWidget) -> None:
    dialog = gallery.delete_dialog()
    told: list[str] = []
    dialog.accepted.connect(lambda: told.append("accepted"))
    dialog.second.connect(lambda: told.append("second"))
    dialog.open_over(opener(window))
    driver.write(window, "keys.delete.typed", "ledger-roo")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert told == []
    QTest.keyClicks(QApplication.focusWidget(), "t")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    driver.press(window, "keys.delete.second")
    assert told == ["accepted", "second"]
    dialog.dismiss()


def test_busy_means_nothing_can_be_pressed_and_an_error_brings_it_back(window: QWidget) -> None:
    dialog = gallery.remove_dialog()
    dialog.open_over(opener(window))
    dialog.set_busy(True)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.busy and not dialog.accept_button.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    dialog.set_error("It is gone already.", "Close the dialog.")
    assert driver.exists(window, "authorizations.remove.error") and dialog.accept_button.isEnabled()
    dialog.set_ready(False, "Choose first.")
    assert not dialog.accept_button.isEnabled()
    dialog.dismiss()


def test_it_fits_the_window_and_scrolls_when_there_is_too_little(window: QWidget, qtbot: Any) -> None:
    dialog = gallery.delete_dialog()
    dialog.open_over(opener(window))
    whole = dialog.card.height()
    assert dialog.card.width() == 720
    window.resize(700, 420)
    qtbot.waitUntil(lambda: dialog.card.height() == 420 - 48)
    assert dialog.card.width() == 700 - 32 and whole > 420
    dialog.dismiss()


def test_it_grows_and_shrinks_at_its_lower_edge(window: QWidget, qtbot: Any) -> None:
    dialog = gallery.remove_dialog()
    dialog.open_over(opener(window))
    before = dialog.card.geometry()
    assert abs(before.center().y() - dialog.rect().center().y()) <= 1
    dialog.set_error("It is gone already.", "Close the dialog.")
    assert dialog.card.y() == before.y() and dialog.card.height() > before.height()
    dialog.set_error("")
    assert dialog.card.y() == before.y()
    field = dialog.add_widget(TextField("Name", name="more"))
    qtbot.waitUntil(field.isVisible)
    dialog.refit()
    assert dialog.card.y() == before.y() and dialog.card.height() > before.height()
    window.resize(window.width(), window.height() - 40)
    qtbot.waitUntil(lambda: abs(dialog.card.geometry().center().y() - dialog.rect().center().y()) <= 1)
    dialog.dismiss()


def test_it_goes_up_when_there_is_no_room_below(window: QWidget, qtbot: Any) -> None:
    dialog = gallery.remove_dialog()
    dialog.open_over(opener(window))
    for number in range(12):
        dialog.add_widget(TextField("Name", name=f"more{number}"))
    qtbot.waitUntil(lambda: driver.exists(window, "more11"))
    dialog.refit()
    assert dialog.card.geometry().bottom() + 1 == dialog.height() - 24
    dialog.dismiss()


def test_a_form_dialog_takes_fields(window: QWidget) -> None:
    dialog = Dialog("Key", "Create a key", name="keys.create")
    field = dialog.add_widget(TextField("Name", name="keys.create.name"))
    dialog.add_evidence(["A"], [["1"]], under_effect=False)
    dialog.add_text("A sentence.")
    dialog.set_accept("Create", "add")
    dialog.open_over(opener(window))
    dialog.refit()
    assert field.isVisible() and dialog.accept_button.kind == "primary"
    driver.press(window, "keys.create.close")
    assert not dialog.isVisible()


# tearsheets ---------------------------------------------------------------------


def test_it_goes_step_by_step_and_finishes_on_the_last(window: QWidget) -> None:
    sheet = gallery.wizard()
    told: list[str] = []
    sheet.step_changed.connect(told.append)
    sheet.finished.connect(lambda: told.append("finished"))
    sheet.open_over(opener(window))
    assert sheet.card.geometry().topLeft().toTuple() == (64, 88)
    assert driver.focused_name() == "authorizations.target-service"
    driver.press(window, "authorizations.wizard.back")
    assert sheet.step == "source" and not sheet.back.isEnabled()
    for _ in range(3):
        driver.press(window, "authorizations.wizard.next")
    assert sheet.next.text() == "Authorize"
    driver.press(window, "authorizations.wizard.next")
    assert told == ["source", "target", "role", "review", "finished"]
    sheet.set_busy(True)
    assert not sheet.next.isEnabled() and not sheet.back.isEnabled()
    sheet.set_error("Exists already.", "Nothing to do.")
    assert sheet.next.isEnabled() and driver.exists(window, "authorizations.wizard.error")
    sheet.dismiss()


def test_the_focus_stays_in_a_sheet_with_an_open_list(window: QWidget) -> None:
    sheet = Tearsheet("Create", name="x.wizard")
    form = QWidget()
    column = QVBoxLayout(form)
    select = SelectField("Target", name="x.target", choices=gallery.instance_choices())
    column.addWidget(select)
    column.addWidget(TextField("Name", name="x.name"))
    sheet.add_step(Step("one", "One"), form)
    sheet.open_over(opener(window))
    assert driver.focused_name() == "x.target"
    for key, expected in ((Qt.Key.Key_Tab, "x.name"), (Qt.Key.Key_Backtab, "x.wizard.close")):
        select.box.setFocus()
        QTest.keyClick(select.box, Qt.Key.Key_Space)
        QTest.keyClick(QApplication.focusWidget(), key)
        assert driver.focused_name() == expected
    select.box.setFocus()
    driver.find(window, "page.below").setFocus()  # as a shortcut of the window does
    assert driver.focused_name() == "x.target"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert driver.focused_name() == "page.opener"


def test_a_guard_and_a_reason_hold_it_back(window: QWidget) -> None:
    sheet = Tearsheet("Create", name="x.wizard")
    sheet.add_step(Step("a", "A"), TextField("Name", name="x.name"))
    sheet.add_step(Step("b", "B"), Text("B"))
    sheet.guard = lambda step: False
    sheet.set_hint("a", "done")
    sheet.open_over(opener(window))
    driver.press(window, "x.wizard.next")
    assert sheet.step == "a"
    sheet.guard = None
    sheet.set_can_go(False, "Choose an instance first.")
    assert not sheet.next.isEnabled()
    assert driver.find(window, "x.wizard.reason").text() == "Choose an instance first."  # type: ignore[attr-defined]
    sheet.set_can_go(True)
    sheet.set_side_visible(False)
    cancelled: list[int] = []
    sheet.cancelled.connect(lambda: cancelled.append(1))
    driver.press(window, "x.wizard.cancel")
    assert cancelled == [1]


def test_a_long_reason_has_its_room_in_a_narrow_window(window: QWidget) -> None:
    window.resize(1024, 768)
    sheet = Tearsheet("Create authorization", "", name="wizard")
    sheet.add_step(Step("target", "Target"), QWidget())
    sheet.set_can_go(False, "There is an authorization for all PostgreSQL instances and acme-hpcs already. " * 2)
    sheet.open_over(window)
    assert not [fault for fault in faults(window) if "cut off" in fault]
    reason = driver.find(window, "wizard.reason", Text)
    assert reason.geometry().left() > sheet.cancel.geometry().right()
    assert reason.geometry().right() < sheet.back.geometry().left()


def test_a_small_window_gives_it_what_there_is(window: QWidget, qtbot: Any) -> None:
    sheet = gallery.wizard()
    sheet.open_over(opener(window))
    assert sheet.side.isVisible()
    window.resize(820, 600)
    qtbot.waitUntil(lambda: sheet.card.x() == 24)
    assert sheet.side.isVisible() and sheet.side.maximumWidth() > 280, "the tile goes below the form"
    sheet.set_side_visible(False)
    assert not sheet.side.isVisible()
    sheet.dismiss()


def test_all_steps_can_stand_on_one_page(window: QWidget) -> None:
    sheet = gallery.wizard()
    finished: list[int] = []
    sheet.finished.connect(lambda: finished.append(1))
    sheet.open_over(opener(window))
    sheet.set_one_page(True)
    assert sheet.one_page and sheet.next.text() == "Authorize" and not sheet.back.isVisible()
    sheet.set_done({"source", "target"})
    driver.press(window, "authorizations.wizard.next")
    assert finished == [1]
    sheet.set_one_page(False)
    assert sheet.step == "target" and sheet.back.isVisible()
    sheet.dismiss()


# panels -------------------------------------------------------------------------


def test_a_panel_has_tabs_and_closes_by_escape(window: QWidget) -> None:
    panel = gallery.panel()
    panel.setParent(window)
    panel.show()
    closed: list[int] = []
    panel.closed.connect(lambda: closed.append(1))
    driver.press(window, "keys.panel.tab.versions")
    assert panel.tabs.current == "versions"
    panel.set_title("hr-root", "Suspended")
    assert panel.accessibleName() == "hr-root"
    panel.close_button.setFocus()
    QTest.keyClick(panel.close_button, Qt.Key.Key_Escape)
    assert closed == [1] and not panel.isVisible()
    panel.shut()
    panel.set_actions([])


# toasts -------------------------------------------------------------------------


def test_toasts_stand_at_the_lower_right_and_go(window: QWidget, qtbot: Any) -> None:
    stack = ToastStack(window)
    first = stack.post("good", "Alias saved", "evidence-root: worm.")
    second = stack.post("error", "It failed", "Try again.")
    assert second.geometry().right() == 1440 - 32 - 1 and second.geometry().bottom() == 900 - 24 - 1
    assert first.geometry().bottom() < second.geometry().top()
    stack.right_room = 480
    stack.arrange()
    assert second.geometry().right() == 1440 - 32 - 480 - 1
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: second.geometry().bottom() == 700 - 24 - 1)
    first._timer.timeout.emit()
    assert stack.shown() == [second]
    for number in range(6):
        stack.post("info", f"Notice {number}")
    assert len(stack.shown()) == 4
    stack.clear()
    assert stack.shown() == []


def test_toasts_stand_where_nothing_is_while_there_is_room(window: QWidget) -> None:
    foot = QRect(0, 500, 256, 400)
    stack = ToastStack(window, lambda: foot)
    first = stack.post("good", "Alias saved", "evidence-root: worm.")
    assert foot.top() < first.y() and (first.x(), first.width(), first.geometry().bottom()) == (8, 272, 900 - 8 - 1)
    foot = QRect(0, 880, 256, 20)
    stack.arrange()
    assert (first.geometry().right(), first.width()) == (1440 - 32 - 1, 336)
    stack.clear()


def test_a_notice_takes_the_place_of_an_older_one_with_its_title(window: QWidget) -> None:
    stack = ToastStack(window)
    stack.post("good", "Rows added", "10 rows.")
    stack.post("error", "It failed")
    latest = stack.post("good", "Rows added", "20 rows.")
    assert [toast.title for toast in stack.shown()] == ["It failed", "Rows added"] and stack.shown()[1] is latest
    stack.clear()


def test_a_toast_waits_while_it_is_read(window: QWidget) -> None:
    stack = ToastStack(window)
    toast = stack.post("warning", "Careful")
    where = toast.rect().center().toPointF()
    toast.enterEvent(QEnterEvent(where, where, where))
    assert not toast._timer.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    toast.grab()
    stack.clear()

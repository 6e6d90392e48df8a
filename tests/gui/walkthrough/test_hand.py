"""A hand does what a person could do, and says in words what it could not."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok_gui.walkthrough import driver, waiting
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import StepFailed, wait_for_quiet, wait_until
from kyok_gui.widgets import Button, CheckBox, Choice, Dialog, MenuButton, MenuEntry, SelectField, TextField
from tests.gui.conftest import show


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not happen is given up soon."""
    monkeypatch.setattr(waiting.wait_until, "__defaults__", (0.3,))


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    made.button = Button("Do it", name="test.do")  # type: ignore[attr-defined]
    made.field = TextField("Name", name="test.name", value="old")  # type: ignore[attr-defined]
    made.tick = CheckBox("Yes", name="test.yes")  # type: ignore[attr-defined]
    choices = [Choice("a", "First"), Choice("b", "Second", reason="It is full")]
    made.select = SelectField("Which", name="test.which", choices=choices)  # type: ignore[attr-defined]
    entries = [MenuEntry("go", "Go"), MenuEntry("no", "No", reason="not now")]
    made.menu = MenuButton("More", entries, name="test.more")  # type: ignore[attr-defined]
    for part in ("button", "field", "tick", "select", "menu"):
        column.addWidget(getattr(made, part))
    show(qtbot, made, 500, 500)
    return made


def test_it_presses_types_ticks_and_chooses(window: Any) -> None:
    hand, pressed, chosen = Hand(window), [], []
    window.button.clicked.connect(lambda: pressed.append(1))
    window.menu.chosen.connect(chosen.append)
    hand.press("test.do")
    hand.type("test.name", "Änne's & Co")
    hand.press("test.yes")
    hand.choose("test.which", "First")
    hand.from_menu("test.more", "go")
    assert pressed == [1]
    assert window.field.value() == "Änne's & Co"
    assert window.tick.isChecked()
    assert (window.select.value(), chosen) == ("a", ["go"])


def test_it_cannot_press_what_is_off_hidden_or_covered(window: Any) -> None:
    hand = Hand(window)
    window.button.set_enabled_because(False, "The name is missing.")
    with pytest.raises(StepFailed, match=r"test\.do is on \(The name is missing\.\)"):
        hand.press("test.do")
    with pytest.raises(StepFailed, match=r"test\.other is in sight"):
        hand.press("test.other")
    window.button.set_enabled_because(True, "")
    dialog = Dialog("Sure", "Really", name="test.dialog", width=300)
    dialog.open_over(window)
    assert hand.covered
    with pytest.raises(StepFailed, match=r"test\.do is not covered by test\.dialog"):
        hand.press("test.do")
    hand.press("test.dialog.cancel")
    hand.wait_gone("test.dialog")


def test_it_chooses_only_what_is_offered(window: Any) -> None:
    hand = Hand(window)
    with pytest.raises(StepFailed, match=r"test\.which offers Second"):
        hand.choose("test.which", "Second")
    with pytest.raises(StepFailed, match=r"does not offer no; it holds Go, No: not now"):
        hand.from_menu("test.more", "no")


def test_a_dialog_that_stays_with_an_error_says_which(window: Any) -> None:
    hand = Hand(window)
    dialog = Dialog("Sure", "Really", name="test.dialog", width=300)
    dialog.open_over(window)
    dialog.set_error("The cloud said no.", "Ask again.")
    with pytest.raises(StepFailed, match="The cloud said no"):
        hand.wait_gone("test.dialog")
    dialog.dismiss()


def test_waiting_answers_what_came_and_says_what_did_not() -> None:
    turns = iter([0, 0, 7])
    assert wait_until(lambda: next(turns), "seven") == 7
    with pytest.raises(StepFailed, match="this: pigs fly"):
        wait_until(lambda: False, lambda: "pigs fly")


def test_quiet_must_hold_for_a_while() -> None:
    noise = iter([True, False, True, *[True] * 10_000])
    wait_for_quiet(lambda: next(noise), "quiet", 0.02, 2)
    with pytest.raises(StepFailed, match="this: quiet"):
        wait_for_quiet(lambda: False, "quiet", 0.01, 0.05)


def test_nothing_is_in_sight_of_an_empty_hand(window: Any) -> None:
    assert Hand(window).seen("nowhere") is None
    assert driver.Hand(window).sees("test.do")

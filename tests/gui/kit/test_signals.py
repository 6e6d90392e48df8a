"""What is dropped of the signals of a widget comes back when it is needed."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPushButton

from kyok_gui.widgets import Button, Text
from kyok_gui.widgets.signals import drop_unused_signals


class Bell(QPushButton):
    rung = Signal(str)

    def __init__(self) -> None:
        super().__init__("Ring")
        self.heard: list[str] = []
        self.clicked.connect(self.ring)
        self.rung.connect(self.heard.append)

    def ring(self) -> None:
        self.rung.emit("dong")


def kept(widget: object) -> list[str]:
    return [name for name, value in vars(widget).items() if isinstance(value, SignalInstance)]


def test_connections_outlive_what_is_dropped(qtbot: Any) -> None:
    bell, gone = Bell(), list[str]()
    bell.destroyed.connect(lambda: gone.append("destroyed"))
    held = bell.rung
    drop_unused_signals(bell)
    assert kept(bell) == []
    bell.click()
    assert bell.heard == ["dong"]
    held.emit("held")
    with qtbot.waitSignal(bell.rung):
        bell.click()
    assert bell.heard == ["dong", "held", "dong"]
    bell.clicked.disconnect(bell.ring)
    bell.click()
    assert len(bell.heard) == 3
    shiboken6.delete(bell)
    assert gone == ["destroyed"]


def test_words_and_buttons_hold_no_signal_that_nobody_asked_for(qtbot: Any) -> None:
    text, button = Text("words"), Button("Press", name="here.press")
    qtbot.addWidget(text)
    qtbot.addWidget(button)
    assert kept(text) == kept(button) == []
    with qtbot.waitSignal(button.clicked):
        button.click()
    assert kept(button) == ["clicked"]

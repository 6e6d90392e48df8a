"""The lock screen says how long to wait for as long as one must wait."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.shell.lock import LockScreen
from tests.gui.conftest import show


def test_the_wait_is_told_until_it_is_over(qtbot: Any) -> None:
    def refuse(_given: Secret, _done: object, refused: Any) -> None:
        refused(KyokError("This passphrase is wrong.", "Type it again."))

    window = QWidget()
    screen = LockScreen(window, refuse)
    show(qtbot, window, 800, 600)
    screen.show()
    QTest.keyClicks(screen.field.edit, "wrong")
    screen.button.click()
    assert screen.field.error == "This passphrase is wrong. The next try is possible in 1 s."
    QTest.keyClicks(screen.field.edit, "right")
    assert not screen.button.isEnabled()
    qtbot.waitUntil(screen.button.isEnabled)
    assert screen.field.error == "This passphrase is wrong."

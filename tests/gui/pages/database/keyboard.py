"""Going through a page with Tab alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def tab_round(root: QWidget, limit: int = 120) -> list[str]:
    """Names of the widgets that Tab reaches, in order, until one comes again."""
    assert QTest.qWaitForWindowActive(root), "the window does not get the keyboard"
    for _ in range(3):
        QApplication.processEvents()  # widgets made just now come into sight
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()  # Qt gives the focus to whatever was there first; the round begins at the top
    reached: list[str] = []
    for _ in range(limit):
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None else ""
        if name and name in reached and reached[-1] != name:
            break
        if name and (not reached or reached[-1] != name):
            reached.append(name)
        QTest.keyClick(focused or root, Qt.Key.Key_Tab)
    return reached

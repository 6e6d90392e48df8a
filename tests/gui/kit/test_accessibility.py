"""Every button, field and table of the kit has a name, and the keyboard reaches all of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from kyok_gui.widgets import Dialog
from tests.gui.accessible import nameless, walk
from tests.gui.conftest import show
from tests.gui.kit import gallery


def test_every_part_of_the_gallery_has_a_name(qtbot: Any) -> None:
    made = gallery.gallery()
    show(qtbot, made, 1440, 1700)
    assert nameless(made) == []


def test_dialogs_sheets_and_panels_have_names(qtbot: Any) -> None:
    window = QWidget()
    show(qtbot, window, 1440, 900)
    for make in (gallery.remove_dialog, gallery.delete_dialog, gallery.wizard):
        made = make()
        made.open_over(window)
        assert nameless(window) == []
        made.dismiss()
    panel = gallery.panel()
    panel.setParent(window)
    panel.show()
    assert nameless(window) == []


def test_cells_are_named_by_column_and_words(qtbot: Any) -> None:
    table = gallery.key_table()
    show(qtbot, table, 1200, 500)
    from PySide6.QtGui import QAccessible

    names = {one.text(QAccessible.Text.Name) for one in walk(QAccessible.queryAccessibleInterface(table))}
    assert "State: Suspended" in names
    assert "Alias: empty" in names


def test_tab_reaches_every_stop_once_and_comes_round(qtbot: Any) -> None:
    made = gallery.gallery()
    show(qtbot, made, 1440, 1700)
    inside = made.widget()  # type: ignore[attr-defined]
    wanted = {
        widget.objectName()
        for kind in (QAbstractButton, QLineEdit)
        for widget in inside.findChildren(kind)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    wanted -= {"form.rule.keep"}  # the arrows go there
    seen: list[str] = []
    made.findChild(QWidget, "gallery.primary").setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(120):
        focused = QApplication.focusWidget()
        if focused is None or focused.objectName() in seen[:1]:
            break
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert wanted - set(seen) == set()


def test_dialog_is_a_named_card(qtbot: Any) -> None:
    dialog = Dialog("Delete root key", "ledger-root", name="x.delete")
    assert dialog.card.accessibleName() == "Delete root key: ledger-root"
    dialog.deleteLater()

"""API keys and Users on the emulated cloud, pressed as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QMenu

from kyok_gui import places
from kyok_gui.pages.identity import api_keys as api_keys_module
from kyok_gui.pages.identity.user_panel import UserPanel
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.theme import font
from kyok_gui.widgets import CopyField, Text
from kyok_gui.widgets.table_model import ROW
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.shell.test_sign_in_as import go_on_as, seed

TABLE = "api-keys.table"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def keys_of(cloud: EmulatedCloud) -> dict[str, Any]:
    found = cloud.rest.json("GET", "/v1/apikeys?scope=account&pagesize=100")["apikeys"]
    return {key["name"]: key for key in found}


def shown(console: Console) -> list[str]:
    return [cells[0] for cells in driver.table_rows(console.window, TABLE)]


def open_keys(console: Console, qtbot: Any) -> None:
    console.context.navigator.go(Place(places.API_KEYS))
    driver.wait_for(qtbot, lambda: any("Administrator's key" in name for name in shown(console)))


def menu_of(console: Console, name: str, entry: str) -> None:
    row = next(place for place, cell in enumerate(shown(console)) if name in cell)
    driver.row_action(console.window, TABLE, row, entry)


def why_not(console: Console, name: str, entry: str) -> str:
    """The words of an entry that is off in the menu of a row."""
    row = next(place for place, cell in enumerate(shown(console)) if name in cell)
    found = driver.table(console.window, TABLE)
    found.view.ask_menu(row, found.view.viewport().mapToGlobal(QPoint(0, 0)))
    menu = next(menu for menu in found.findChildren(QMenu, f"{TABLE}.menu") if menu.isVisible())
    action = next(action for action in menu.actions() if action.data() == entry)
    menu.close()
    assert not action.isEnabled()
    return action.text()


def make(console: Console, qtbot: Any, name: str) -> None:
    driver.press(console.window, "api-keys.create")
    driver.write(console.window, "api-keys.new.name", name)
    driver.write(console.window, "api-keys.new.description", "Nightly builds")
    driver.press(console.window, "api-keys.new.accept")
    driver.wait_for(qtbot, lambda: driver.exists(console.window, "api-keys.value"))


def test_a_key_is_made_shown_once_kept_and_deleted(
    console: Console, cloud: EmulatedCloud, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = console.window
    open_keys(console, qtbot)
    make(console, qtbot, "ci")
    dialog = driver.dialog(window, "api-keys.value")
    field = dialog.findChildren(CopyField)[0]
    value = field.text()
    driver.press(window, "api-keys.value.text.copy")
    assert QGuiApplication.clipboard().text() == value
    file = tmp_path / "apikey.json"
    monkeypatch.setattr(api_keys_module, "choose_file", lambda *_: file)
    driver.press(window, "api-keys.value.second")
    driver.wait_for(qtbot, lambda: str(file) in driver.find(window, "api-keys.value.saved", Text).words())
    kept = json.loads(file.read_text())
    assert (kept["name"], kept["description"], kept["apiKey"]) == ("ci", "Nightly builds", value)
    assert set(kept) == {"name", "description", "createdAt", "apiKey"}
    assert file.stat().st_mode & 0o777 == 0o600
    assert nameless(window) == []
    driver.press(window, "api-keys.value.accept")
    assert field.text() == "", "the value does not stay in the window"
    driver.wait_for(qtbot, lambda: "ci" in " ".join(shown(console)))
    assert keys_of(cloud)["ci"]["description"] == "Nightly builds"
    menu_of(console, "ci", "lock")
    driver.wait_for(qtbot, lambda: keys_of(cloud)["ci"]["locked"])
    driver.wait_for(qtbot, lambda: any(row[2] == "Locked" for row in driver.table_rows(window, TABLE)))
    assert why_not(console, "ci", "delete") == "Delete: it is locked"
    menu_of(console, "ci", "unlock")
    driver.wait_for(qtbot, lambda: not any(row[2] == "Locked" for row in driver.table_rows(window, TABLE)))
    menu_of(console, "ci", "disable")
    driver.wait_for(qtbot, lambda: any(row[1] == "Disabled" for row in driver.table_rows(window, TABLE)))
    menu_of(console, "ci", "delete")
    driver.press(window, "api-keys.delete.accept")
    driver.wait_for(qtbot, lambda: "ci" not in " ".join(shown(console)))
    assert "ci" not in keys_of(cloud)


def test_the_key_that_the_console_signs_in_with_stays(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    open_keys(console, qtbot)
    for entry in ("delete", "disable"):
        assert "this console signs in with it" in why_not(console, "Administrator's key", entry)
    menu_of(console, "Administrator's key", "edit")
    driver.write(console.window, "api-keys.edit.name", "")
    assert not driver.find(console.window, "api-keys.edit.accept").isEnabled()
    driver.write(console.window, "api-keys.edit.name", "Administrator's key")
    driver.write(console.window, "api-keys.edit.description", "Of the console")
    driver.press(console.window, "api-keys.edit.accept")
    driver.wait_for(qtbot, lambda: keys_of(cloud)["Administrator's key"]["description"] == "Of the console")


def test_users_are_added_to_try_roles_and_one_s_keys_are_one_s_own(
    console: Console, cloud: EmulatedCloud, qtbot: Any
) -> None:
    window = console.window
    console.context.navigator.go(Place(places.USERS))
    driver.wait_for(qtbot, lambda: driver.exists(window, "users.samples"))
    driver.press(window, "users.samples")
    driver.wait_for(qtbot, lambda: len(driver.table_rows(window, "users.table")) == 5)
    assert not driver.exists(window, "users.samples"), "they are there now"
    row = driver.row_of_cell(window, "users.table", "Manager")
    driver.row_action(window, "users.table", row, "details")
    panel = window.page.panel  # type: ignore[union-attr]
    assert isinstance(panel, UserPanel)
    words = [text.words() for text in panel.findChildren(Text)]
    assert "Manager, All services" in words
    assert any("delete and restore keys" in line for line in words)
    assert nameless(window) == []
    driver.wait_for(qtbot, lambda: len(console.people.persons) == 5)
    manager = next(one.iam_id for one in console.people.persons if one.email == "manager@acme.example")
    go_on_as(console, qtbot, manager)
    console.context.navigator.go(Place(places.API_KEYS))
    driver.wait_for(qtbot, lambda: driver.exists(window, "api-keys.empty") and console.context.rights.settled)
    with pytest.raises(AssertionError, match="Needs the Administrator role in this account"):
        driver.choose_action(window, "api-keys.scope", "all")
    make(console, qtbot, "mine")
    driver.press(window, "api-keys.value.accept")
    driver.wait_for(qtbot, lambda: shown(console) != [])
    assert keys_of(cloud)["mine"]["iam_id"] == manager


def cut(console: Console, name: str) -> list[str]:
    """The cells of a table whose words have less room than they need."""
    table = driver.table(console.window, name)
    model, found = table.model, []
    for place, column in enumerate(model.columns):
        if table.view.isColumnHidden(place):
            continue
        for row in range(model.rowCount()):
            index = model.index(row, place)
            one = index.data(ROW)
            room = table.view.cells.content_rect(table.view.visualRect(index), place).width()
            lines = [(column.style, column.text(one)), ("label01", column.detail(one) if column.detail else "")]
            found += [text for style, text in lines if QFontMetrics(font(style)).horizontalAdvance(text) > room]
    return found


@pytest.mark.parametrize("width", [1440, 1056, 1024])
def test_no_role_is_cut(console: Console, cloud: EmulatedCloud, qtbot: Any, width: int) -> None:
    seed(cloud, {"role": "Manager", "service": "hs-crypto"}, {"role": "Viewer"}, {"role": "Writer", "service": "kms"})
    console.window.resize(width, 768)
    console.context.navigator.go(Place(places.USERS))
    driver.wait_for(qtbot, lambda: len(driver.table_rows(console.window, "users.table")) == 2)
    model = driver.table(console.window, "users.table").model
    said = [[str(model.index(row, place).data(SPOKEN)) for place in range(1, 4)] for row in range(2)]
    assert said == [
        [
            "HPCS: Administrator, Manager, KMS Key Purge Role",
            "Key Protect: Administrator, Manager, KeyPurge",
            "PostgreSQL: Administrator, Manager",
        ],
        ["HPCS: Viewer, Manager", "Key Protect: Viewer, Writer", "PostgreSQL: Viewer"],
    ]
    driver.wait_for(qtbot, lambda: not cut(console, "users.table"))


def test_a_viewer_adds_no_users(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    go_on_as(console, qtbot, seed(cloud, {"role": "Viewer"}))
    console.context.navigator.go(Place(places.USERS))
    driver.wait_for(qtbot, lambda: len(driver.table_rows(console.window, "users.table")) == 2)
    driver.wait_for(qtbot, lambda: console.context.rights.settled)
    keys = {row[0].split(",")[0]: row[4] for row in driver.table_rows(console.window, "users.table")}
    assert keys == {"Administrator": "Not shown to you", "Ben (you)": "–"}
    driver.row_action(console.window, "users.table", 0, "details")
    assert "Not shown to you" in [text.words() for text in console.window.page.panel.findChildren(Text)]  # type: ignore[union-attr]
    assert not driver.find(console.window, "users.samples").isEnabled()
    assert "Needs the Administrator role in this account" in driver.find(console.window, "page.rights").accessibleName()

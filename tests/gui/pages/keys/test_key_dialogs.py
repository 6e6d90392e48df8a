"""Creating, importing, rotating, disabling, deleting, restoring and purging keys in their dialogs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyAction, KeyState
from kyok_gui.widgets import CheckBox, TextField
from kyok_gui.widgets.static_table import StaticTable
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import KeysObject
from tests.gui.pages.keys.stage import World

MATERIAL = "Kk2D2o3h3WvJ0R4mVtBqkFQ9WmC0u5mJmN6ljm1mX8Q="


def key(name: str) -> str:
    return story.guid(f"key {name}")


def turn(world: World, name: str, state: KeyState) -> None:
    """Somebody else changes a key; the change feed has not told the page yet."""
    world.cloud.key(Crn.parse(story.crn("acme-hpcs")), key(name))["state"] = int(state)


def error_of(page: KeysObject, name: str) -> str:
    return driver.find(page.stage, f"{name}.field", TextField).error


# create ---------------------------------------------------------------------------


def test_a_key_is_created_with_all_its_fields(world: World) -> None:
    page = KeysObject(world)
    page.add("create")
    assert driver.focused_name() == "keys.create.name"
    page.write("keys.create.name", "treasury-root")
    page.write("keys.create.alias", "treasury, vault")
    page.write("keys.create.description", "For the treasury")
    page.write("keys.create.expires", "2027-12-31")
    page.press("keys.create.accept")
    page.follow_up()
    expires = datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert world.cloud.calls == [
        ("create", "treasury-root", False, ("treasury", "vault"), "For the treasury", expires, b"")
    ]
    assert "treasury-root" in page.names()
    assert world.told == ["treasury-root created Root key, active."]
    assert page.shown("keys.panel")


@pytest.mark.parametrize("way", ["Esc", "close", "cancel"])
def test_what_was_typed_for_a_key_is_not_lost_without_a_question(world: World, way: str) -> None:
    def leave() -> None:
        if way == "Esc":
            QTest.keyClick(driver.find(page.stage, "keys.create.name"), Qt.Key.Key_Escape)
        else:
            page.press(f"keys.create.{way}")

    page = KeysObject(world)
    page.add("create")
    page.write("keys.create.name", "treasury-root")
    page.write("keys.create.tags", "vault")
    assert page.stage.page.unsaved() == "Nothing is created yet. You have entered: Key name and Tags."
    leave()
    said = page.dialog_words("leave")
    assert "Close this form?" in said
    assert "Nothing is created yet. You have entered: Key name and Tags. If you close the form, that is lost." in said
    QTest.keyClick(driver.find(page.stage, "leave.cancel"), Qt.Key.Key_Escape)
    assert page.open("keys.create")
    assert driver.find(page.stage, "keys.create.name", QLineEdit).text() == "treasury-root"
    leave()
    page.press("leave.accept")
    assert not page.open("keys.create")
    assert page.stage.page.unsaved() == ""
    assert world.cloud.calls == []


def test_an_untouched_form_closes_at_once_and_pasted_material_is_asked_about(world: World) -> None:
    page = KeysObject(world)
    page.add("import")
    QTest.keyClick(driver.find(page.stage, "keys.import.name"), Qt.Key.Key_Escape)
    assert not page.open("keys.import")
    page.add("import")
    driver.find(page.stage, "keys.import.material.way.paste").click()
    page.write("keys.import.material.paste", MATERIAL)
    page.press("keys.import.close")
    assert "Nothing is created yet. You have entered: Key material." in page.dialog_words("leave")
    assert MATERIAL not in page.dialog_words("leave")


def test_a_one_letter_name_is_refused_at_its_field(world: World) -> None:
    page = KeysObject(world)
    page.add("create")
    page.write("keys.create.name", "x")
    page.press("keys.create.accept")
    assert error_of(page, "keys.create.name") == "A key name has 2 to 90 characters; this one has 1."
    assert driver.focused_name() == "keys.create.name"
    page.write("keys.create.name", "xy")
    assert error_of(page, "keys.create.name") == ""
    assert world.cloud.calls == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("alias", "a b", "An alias has only letters"),
        ("alias", "one,one", "The same alias is given twice."),
        ("description", "x", "A description has 2 to 240 characters"),
        ("expires", "31.12.2027", "Write the date as year-month-day"),
        ("expires", "2020-01-01", "The expiration date has passed already."),
    ],
)
def test_each_field_says_what_is_wrong(world: World, field: str, typed: str, sentence: str) -> None:
    page = KeysObject(world)
    page.add("create")
    page.write("keys.create.name", "treasury-root")
    page.write(f"keys.create.{field}", typed)
    page.press("keys.create.accept")
    assert error_of(page, f"keys.create.{field}").startswith(sentence)
    assert world.cloud.calls == []


def test_a_refusal_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["create"] = refusal(409, "KEY_ALIAS_NOT_UNIQUE_ERR", "The alias is taken in this instance.")
    page = KeysObject(world)
    page.add("create")
    page.write("keys.create.name", "treasury-root")
    page.write("keys.create.alias", "branch")
    QTest.keyClick(driver.find(page.stage, "keys.create.alias"), Qt.Key.Key_Return)
    world.rest()
    assert page.open("keys.create")
    assert error_of(page, "keys.create.alias") == "The alias is taken in this instance."
    assert driver.find(page.stage, "keys.create.accept").isEnabled()


def test_a_standard_key_is_made_from_the_keyboard(world: World) -> None:
    page = KeysObject(world)
    page.add("create")
    page.write("keys.create.name", "smtp-2")
    driver.find(page.stage, "keys.create.type.standard").setFocus()
    QTest.keyClick(driver.find(page.stage, "keys.create.type.standard"), Qt.Key.Key_Space)
    QTest.keyClick(driver.find(page.stage, "keys.create.name"), Qt.Key.Key_Return)
    page.follow_up()
    assert world.cloud.calls[0][:3] == ("create", "smtp-2", True)
    assert page.cells("smtp-2")[2] == "Standard key"


# import ---------------------------------------------------------------------------


def test_a_key_is_imported_from_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "key.b64"
    file.write_text(MATERIAL + "\n")
    page = KeysObject(world)
    page.add("import")
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", str(file))
    assert page.text("keys.import.material.file.note") == "32 bytes, an AES-256 key"
    page.press("keys.import.accept")
    page.follow_up()
    import base64

    assert world.cloud.calls[0][0] == "create"
    assert world.cloud.calls[0][-1] == base64.b64decode(MATERIAL)
    assert page.cells("treasury-root")[5] == "Imported"


def test_a_key_is_pasted_and_wiped(world: World) -> None:
    page = KeysObject(world)
    page.add("import")
    page.write("keys.import.name", "treasury-root")
    driver.find(page.stage, "keys.import.material.way.paste").click()
    field = driver.find(page.stage, "keys.import.material.paste", QLineEdit)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.setText(MATERIAL[:10])
    assert error_of(page, "keys.import.material.paste").startswith("Key material is base64 text")
    field.setText(f" {MATERIAL}\n")
    assert error_of(page, "keys.import.material.paste") == ""
    world.cloud.fail["create"] = refusal(422, "X", "No.")
    page.press("keys.import.accept")
    assert field.text() == ""
    assert not field.isUndoAvailable()
    assert "The material was wiped: give it again." in page.dialog_words("keys.import")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"c2hvcnQ=", "The material of a root key has 16, 24 or 32 bytes; this has 5."),
        (b"\x00" * 32, "The file holds 32 raw bytes."),
        (b"not base64 at all!", "Key material is base64 text; this is not."),
        (b"A" * 20_000, "The file is larger than any key material."),
    ],
)
def test_wrong_files_get_a_clear_sentence(world: World, tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "key.b64"
    file.write_bytes(content)
    page = KeysObject(world)
    page.add("import")
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", str(file))
    assert error_of(page, "keys.import.material.file").startswith(sentence)
    page.press("keys.import.accept")
    assert world.cloud.calls == []


def test_a_folder_and_a_missing_file_are_named(world: World, tmp_path: Path) -> None:
    page = KeysObject(world)
    page.add("import")
    page.write("keys.import.material.file", str(tmp_path))
    assert error_of(page, "keys.import.material.file") == "This is a folder. Choose the file."
    page.write("keys.import.material.file", str(tmp_path / "none"))
    assert error_of(page, "keys.import.material.file") == "There is no such file."


def test_a_standard_key_may_have_another_size(world: World, tmp_path: Path) -> None:
    file = tmp_path / "key.b64"
    file.write_text("c2hvcnQ=")
    page = KeysObject(world)
    page.add("import")
    page.write("keys.import.material.file", str(file))
    driver.find(page.stage, "keys.import.type.standard").click()
    assert page.text("keys.import.material.file.note") == "5 bytes, ready to send"


def test_browse_takes_the_file_that_was_chosen(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key.b64"
    file.write_text(MATERIAL)
    monkeypatch.setattr("kyok_gui.pages.keys.material.choose_file", lambda parent: str(file))
    page = KeysObject(world)
    page.add("import")
    page.press("keys.import.material.browse")
    assert page.text("keys.import.material.file.note") == "32 bytes, an AES-256 key"


# rotate ---------------------------------------------------------------------------


def test_a_generated_key_is_rotated(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.ROTATE, "ledger-root")
    assert "ledger-db wraps its data key again by itself" in page.dialog_words("keys.rotate")
    page.press("keys.rotate.accept")
    page.follow_up()
    assert world.cloud.calls == [("rotate", key("ledger-root"), None)]
    assert world.told == ["ledger-root rotated"]


def test_an_imported_key_asks_for_new_material(world: World, tmp_path: Path) -> None:
    file = tmp_path / "key.b64"
    file.write_text(MATERIAL)
    page = KeysObject(world)
    page.act(KeyAction.ROTATE, "evidence-root")
    assert driver.focused_name() == "keys.rotate.material.file"
    page.press("keys.rotate.accept")
    assert error_of(page, "keys.rotate.material.file") == "Choose the file that holds the key material."
    page.write("keys.rotate.material.file", str(file))
    page.press("keys.rotate.accept")
    page.follow_up()
    assert world.cloud.calls == [("rotate", key("evidence-root"), 32)]
    assert not page.open("keys.rotate")


# disable, enable ------------------------------------------------------------------


def test_disabling_names_what_stops_and_how_to_come_back(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DISABLE, "ledger-root")
    words = page.dialog_words("keys.disable")
    assert "ledger-db stops within a minute (3 nodes)" in words
    assert "No data is lost." in words
    assert "Enable the key again, 30 seconds later at the earliest." in words
    assert driver.focused_name() == "keys.disable.cancel"
    assert not driver.find(page.stage, "keys.disable.accept").isEnabled()
    tick = driver.find(page.stage, "keys.disable.tick", CheckBox)
    assert tick.text() == tick.accessibleName() == "I understand that ledger-db stops within a minute"
    page.tick_box("keys.disable.tick")
    page.press("keys.disable.accept")
    page.follow_up()
    assert world.cloud.calls == [("disable", key("ledger-root"))]
    assert world.told == ["ledger-root disabled The nodes of ledger-db stop."]
    assert page.cells("ledger-root")[1] == "Suspended"


def test_a_key_that_nobody_uses_needs_no_tick(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DISABLE, "atm-root")
    assert "No running instance uses atm-root" in page.dialog_words("keys.disable")
    page.press("keys.disable.accept")
    page.follow_up()
    assert world.cloud.names() == ["disable"]


def test_enabling_is_done_at_once(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.ENABLE, "hr-root")
    page.follow_up()
    assert world.cloud.calls == [("enable", key("hr-root"))]
    assert world.told == ["hr-root enabled The nodes of hr-db restart by themselves."]


def test_a_refused_enabling_is_told(world: World) -> None:
    world.cloud.fail["enable"] = refusal(409, "REQ_TOO_EARLY_ERR", "The key was disabled 3 s ago.", "Wait.")
    page = KeysObject(world)
    page.act(KeyAction.ENABLE, "hr-root")
    page.follow_up()
    assert world.told == ["The key was disabled 3 s ago. Wait."]


# delete ---------------------------------------------------------------------------


def test_deleting_tells_the_whole_loss_and_asks_for_the_name(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    words = page.dialog_words("keys.delete")
    for sentence in (
        "Acme Bank / acme-hpcs / key ring default / ledger-root",
        "ledger-db stops within a minute and its data is lost",
        "3 nodes, 120 rows, 20 KB. The data cannot be recovered from this instance.",
        "7 backups stay usable until each is 7 days old",
        "They are sealed under a service key, not under ledger-root. Restore one into a new instance.",
        "The key can be restored for 30 days and is purged after 90",
        "Restoring the key does not bring ledger-db back.",
        "ledger-db, since 12 Sep 2026; the key is deleted in spite of it",
        "Today 17:44:41 by node 2 (us-south-2)",
        "4,254 passed, 66 denied",
        "Rule in force",
    ):
        assert sentence in words
    assert driver.focused_name() == "keys.delete.cancel"
    accept = driver.find(page.stage, "keys.delete.accept")
    page.write("keys.delete.typed", "ledger-ro")
    assert not accept.isEnabled()
    page.write("keys.delete.typed", "ledger-root")
    page.press("keys.delete.accept")
    page.follow_up()
    assert world.cloud.calls == [("delete", key("ledger-root"), True)]
    assert "ledger-root" not in page.names()
    assert world.told == ["ledger-root deleted The nodes of ledger-db stop."]


@pytest.mark.parametrize("width", [1440, 1024])
def test_long_evidence_stays_inside_the_dialog_and_names_a_deleted_instance(world: World, width: int) -> None:
    deleted = next(one for one in world.cloud.instances if one["name"] == "archive-db")
    deleted["state"] = "pending_reclamation"
    world.directory.set_entries([one for one in world.directory.entries if one.name != "archive-db"])
    world.cloud.registrations += [
        story.registration("ledger-root", "archive-db"),
        story.registration("ledger-root", "cards-db"),
    ]
    page = KeysObject(world, width=width)
    page.act(KeyAction.DELETE, "ledger-root")
    registered = driver.find(page.stage, "keys.delete.evidence", StaticTable).words()[0]
    assert registered[0] == "3 registrations"
    assert registered[1].startswith("archive-db, ")
    card = driver.find(page.stage, "keys.delete").rect()
    for name in ("keys.delete.evidence", "keys.delete.typed"):
        part = driver.find(page.stage, name)
        right = part.mapTo(driver.find(page.stage, "keys.delete"), part.rect().topRight()).x()
        assert right == card.right() - 24


def test_under_the_other_rule_the_data_comes_back_with_the_key(world: World) -> None:
    world.cloud.rule = "keep"
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    words = page.dialog_words("keys.delete")
    assert "ledger-db stops within a minute\n" in words
    assert "The data stays sealed; it is readable again when the key is restored." in words
    assert "Restoring it brings ledger-db back by itself." in words
    assert "data is lost" not in words


def test_an_unregistered_key_is_deleted_without_force(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "atm-root")
    assert "No database instance uses atm-root" in page.dialog_words("keys.delete")
    page.write("keys.delete.typed", "atm-root")
    QTest.keyClick(driver.find(page.stage, "keys.delete.typed"), Qt.Key.Key_Return)
    page.follow_up()
    assert world.cloud.calls == [("delete", key("atm-root"), False)]


def test_disable_instead(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    page.press("keys.delete.second")
    page.follow_up()
    assert world.cloud.calls == [("disable", key("ledger-root"))]
    assert page.cells("ledger-root")[1] == "Suspended"


def test_disable_instead_goes_by_the_key_as_it_is_now_not_as_the_table_has_it(world: World) -> None:
    page = KeysObject(world)
    turn(world, "ledger-root", KeyState.SUSPENDED)
    page.act(KeyAction.DELETE, "ledger-root")
    assert not page.shown("keys.delete.second")
    page.press("keys.delete.cancel")
    turn(world, "ledger-root", KeyState.ACTIVE)
    page.act(KeyAction.DELETE, "ledger-root")
    assert page.shown("keys.delete.second")


def test_a_key_that_is_gone_meanwhile_opens_no_dialog(world: World) -> None:
    page = KeysObject(world)
    turn(world, "ledger-root", KeyState.DESTROYED)
    page.act(KeyAction.DELETE, "ledger-root")
    page.follow_up()
    assert not page.open("keys.delete")
    assert world.told == ["ledger-root cannot be deleted It is destroyed."]
    assert "ledger-root" not in page.names()


def test_a_suspended_key_cannot_be_disabled_instead(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "hr-root")
    assert not page.shown("keys.delete.second")
    assert "hr-db is stopped already; its data is lost too" in page.dialog_words("keys.delete")


def test_a_refused_deletion_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["delete"] = refusal(409, "PREV_KEY_DEL_ERR", "A retention policy keeps the key.", "Wait.")
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    page.write("keys.delete.typed", "ledger-root")
    page.press("keys.delete.accept")
    page.follow_up()
    assert "A retention policy keeps the key." in page.dialog_words("keys.delete")
    page.press("keys.delete.cancel")
    assert "ledger-root" in page.names()


def test_several_keys_are_deleted_with_one_confirmation(world: World) -> None:
    page = KeysObject(world)
    page.tick("ledger-root", "hr-root", "atm-root")
    page.press("keys.table.batch.delete")
    words = page.dialog_words("keys.delete")
    assert "14 backups stay usable until each is 7 days old" in words
    assert "Restoring the keys does not bring ledger-db and hr-db back." in words
    page.write("keys.delete.typed", "3 keys")
    page.press("keys.delete.accept")
    page.follow_up()
    assert {call[1] for call in world.cloud.calls} == {key("ledger-root"), key("hr-root"), key("atm-root")}
    assert world.told[0].startswith("3 keys deleted")


def test_a_standard_key_says_what_it_is(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.chip")
    page.act(KeyAction.DELETE, "api-token")
    assert "The secret stored in api-token cannot be read any more" in page.dialog_words("keys.delete")


def test_a_real_cloud_tells_registrations_only(world: World) -> None:
    world.cloud.emulated = False
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    words = page.dialog_words("keys.delete")
    assert "1 registered resource can no longer be read" in words
    assert "Last unwrap" not in words


# restore, purge -------------------------------------------------------------------


def test_a_deleted_key_is_restored_and_tells_what_does_not_come_back(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.show-destroyed")
    page.act(KeyAction.RESTORE, "archive-root")
    words = page.dialog_words("keys.restore")
    assert "archive-root becomes active again" in words
    assert "archive-db does not come back" in words
    page.press("keys.restore.accept")
    page.follow_up()
    assert world.cloud.calls == [("restore", key("archive-root"))]
    assert page.cells("archive-root")[1] == "Active"


def test_purging_asks_for_the_name_because_nothing_undoes_it(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.show-destroyed")
    page.act(KeyAction.PURGE, "archive-root")
    page.write("keys.purge.typed", "archive-root")
    page.press("keys.purge.accept")
    page.follow_up()
    assert world.cloud.calls == [("purge", key("archive-root"))]
    assert "archive-root" not in page.names()


@pytest.mark.parametrize(
    ("action", "name", "dialog"),
    [
        (KeyAction.DELETE, "ledger-root", "keys.delete"),
        (KeyAction.DISABLE, "ledger-root", "keys.disable"),
        (KeyAction.ROTATE, "evidence-root", "keys.rotate"),
    ],
)
def test_dialogs_have_names_for_everything(world: World, action: KeyAction, name: str, dialog: str) -> None:
    page = KeysObject(world)
    page.act(action, name)
    assert nameless(page.dialog(dialog)) == []

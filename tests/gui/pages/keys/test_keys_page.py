"""The KMS keys page: what it shows, finds, hides and offers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from kyok.domain.key_states import KeyAction
from kyok_gui import places
from kyok_gui.widgets.fields import SearchLine
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import TABLE, KeysObject, words_of
from tests.gui.pages.keys.stage import World


def test_root_keys_by_name_with_who_uses_them(world: World) -> None:
    page = KeysObject(world)
    assert page.names()[:3] == ["atm-root", "branch-root", "clearing-root"]
    assert page.cells("ledger-root")[:8] == [
        "ledger-root", "Active", "Root key", "ledger-db", "Today 17:30", "Created", "default", "core-ledger",
    ]  # fmt: skip
    assert page.cells("atm-root")[3:8] == ["No registration", "14 Sep 2026", "Created", "default", "–"]
    assert page.text("keys.table.count") == "1–11 of 11 root keys"
    assert page.text("keys.shown") == "11 of 18 keys"


def test_destroyed_keys_are_hidden_and_counted(world: World) -> None:
    page = KeysObject(world)
    assert page.text("keys.hidden") == "3 destroyed keys are hidden."
    page.press("keys.show-destroyed")
    assert "archive-root" in page.names()
    assert page.text("keys.hidden") == "3 destroyed keys shown."
    page.press("keys.show-destroyed")
    assert "archive-root" not in page.names()


def test_the_type_chip_can_be_taken_away_and_set_again(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.chip")
    assert len(page.names()) == 15
    assert not page.shown("keys.chip")
    assert page.cells("smtp-password")[2:4] == ["Standard key", "–"]
    driver.choose_action(page.stage, "keys.filter", "standard")
    assert len(page.names()) == 4
    assert driver.find(page.stage, "keys.chip", QPushButton).text() == "Type: Standard key"
    assert page.text("keys.table.count") == "1–4 of 4 standard keys"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ledger", ["ledger-root"]), ("worm", ["evidence-root"]), ("Suspended", ["hr-root"]), ("zzz", [])],
)
def test_search_finds_names_aliases_and_states(world: World, typed: str, found: list[str]) -> None:
    page = KeysObject(world)
    page.search(typed)
    assert page.names() == found


def test_the_search_of_the_header_goes_on_among_the_keys_of_both_types(world: World) -> None:
    page = KeysObject(world, search="smtp")
    driver.find(page.stage, f"{TABLE}.search", SearchLine).search_now()
    assert page.names() == ["smtp-password"]


def test_search_finds_an_id(world: World) -> None:
    page = KeysObject(world)
    page.search(story.guid("key swift-root"))
    assert page.names() == ["swift-root"]


def test_sorting_by_last_update_is_by_time_not_by_word(world: World) -> None:
    page = KeysObject(world)
    table = driver.table(page.stage, TABLE)
    table.sort_by("updated")
    assert page.names()[0] == "atm-root"
    table.sort_by("updated", descending=True)
    assert page.names()[0] in {"evidence-root", "ledger-root", "payments-root"}


def test_row_menu_says_why_something_cannot_be_done(world: World) -> None:
    page = KeysObject(world)
    assert list(page.menu("ledger-root").items()) == [
        ("details", ""), ("alias", ""), ("rotate", ""), ("policies.write", ""), ("patch", ""), ("associated", ""),
        ("sync", ""), ("disable", ""), ("two-people", ""), ("delete", ""),
    ]  # fmt: skip
    assert page.menu("hr-root")["rotate"] == "it is suspended"
    assert page.menu("hr-root")["enable"] == ""
    assert page.menu("evidence-root")["policies.write"] == "it was imported: the service cannot make its material"
    assert page.menu("legacy-root")["disable"] == "it is deactivated"
    page.press("keys.chip")
    assert page.menu("api-token")["rotate"] == "only root keys"


def test_thirty_seconds_pass_before_a_key_can_be_enabled(world: World) -> None:
    world.cloud.touch(world.cloud.keys[story.guid("acme-hpcs")][5])
    page = KeysObject(world)
    assert page.menu("hr-root")["enable"] == "possible in 31 seconds"
    world.clock.turn(seconds=20)
    assert page.menu("hr-root")["enable"] == "possible in 11 seconds"
    world.clock.turn(seconds=11)
    assert page.menu("hr-root")["enable"] == ""


def test_a_destroyed_key_can_be_restored_for_30_days_and_purged_after_4_hours(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.show-destroyed")
    assert page.menu("test-root") == {"details": "", "restore": "", "purge": "possible in 2 hours"}
    assert page.menu("archive-root")["purge"] == ""
    assert page.menu("old-root")["restore"] == "that was possible until 08 Nov 2026"


def test_ticked_rows_bring_the_bar_which_names_the_key_in_the_way(world: World) -> None:
    page = KeysObject(world)
    page.tick("evidence-root", "hr-root")
    words = words_of(driver.find(page.stage, "keys.table.batch"))
    assert "2 keys selected" in words
    said = "Rotate and Disable are off: hr-root is suspended. Both need keys that are all active."
    assert said in page.text("keys.table.batch.reason")
    assert not driver.find(page.stage, "keys.table.batch.rotate").isEnabled()
    assert driver.find(page.stage, "keys.table.batch.delete").isEnabled()
    assert not page.shown("keys.table.batch.enable")
    page.tick("hr-root")
    assert page.shown("keys.table.batch.enable")
    page.press("keys.table.batch.cancel")
    assert not page.shown("keys.table.batch")


def test_imported_keys_are_rotated_alone(world: World) -> None:
    page = KeysObject(world)
    page.tick("evidence-root", "ledger-root")
    assert page.text("keys.table.batch.reason") == (
        "Rotate is off: evidence-root was imported, so it is rotated alone, with new material."
    )


def test_several_keys_are_disabled_at_once(world: World) -> None:
    page = KeysObject(world)
    page.tick("ledger-root", "payments-root", "atm-root")
    page.press("keys.table.batch.disable")
    words = page.dialog_words("keys.disable")
    assert "ledger-db and payments-db stop within a minute (6 nodes)" in words
    page.tick_box("keys.disable.tick")
    page.press("keys.disable.accept")
    page.follow_up()
    assert world.cloud.names() == ["disable"] * 3
    assert [page.cells(name)[1] for name in ("ledger-root", "payments-root", "atm-root")] == ["Suspended"] * 3
    assert "3 keys disabled" in world.told[-1]
    assert not page.shown("keys.table.batch")


def test_used_by_leads_to_the_database(world: World) -> None:
    page = KeysObject(world)
    row = driver.row_of_cell(page.stage, TABLE, "ledger-root")
    driver.click_link(page.stage, TABLE, row, "used")
    assert world.context.navigator.here.kind == places.NODES
    assert world.context.navigator.here.instance == story.guid("ledger-db")


def test_two_resources_under_one_key_are_counted_and_listed(world: World) -> None:
    world.cloud.registrations.append(story.registration("ledger-root", "payments-db"))
    page = KeysObject(world)
    assert page.cells("ledger-root")[3] == "2 resources"
    driver.click_link(page.stage, TABLE, driver.row_of_cell(page.stage, TABLE, "ledger-root"), "used")
    world.rest()
    assert "ledger-db" in driver.find(page.stage, "keys.panel.resources").findChildren(QPushButton)[0].text()


def test_uninitialised_crypto_units_switch_add_key_off_and_say_so(world: World) -> None:
    page = KeysObject(world, "acme-lab")
    assert page.note().words().startswith("Not initialized: no root key can be created here")
    assert not driver.find(page.stage, "keys.add").isEnabled()
    page.press("keys.note.action")
    assert world.context.navigator.here.kind == places.CRYPTO_UNITS
    world.cloud.initialised.clear()
    world.live.tell(["crypto-units"], [story.guid("acme-lab")])
    world.qtbot.waitUntil(lambda: page.shown("keys.empty"), timeout=20_000)
    assert not page.shown("keys.note")


def test_an_instance_without_keys_offers_the_first_step(world: World) -> None:
    page = KeysObject(world, "acme-kp")
    assert page.empty().headline.words() == "No keys yet"
    assert not page.shown("keys.table")
    page.press("keys.empty.button")
    assert page.open("keys.create")


def test_a_failed_reading_says_so_and_can_be_tried_again(world: World) -> None:
    world.cloud.fail["page"] = refusal(401, "UNAUTHORIZED_ERR", "You are not allowed to do this here.", "Ask.")
    page = KeysObject(world)
    assert page.note().words() == "You are not allowed to do this here. Ask."
    assert not page.shown(TABLE), "what was never read is not said to be empty"
    del world.cloud.fail["page"]
    page.press("keys.note.action")
    page.follow_up()
    assert len(page.names()) == 11
    assert not page.shown("keys.note")


def test_a_change_elsewhere_appears_by_itself(world: World) -> None:
    page = KeysObject(world)
    world.cloud.keys[story.guid("acme-hpcs")].append(story.key("zebra-root"))
    world.live.tell(["key"], [f"{story.guid('acme-hpcs')}/{story.guid('key zebra-root')}"])
    world.qtbot.waitUntil(lambda: "zebra-root" in page.names(), timeout=20_000)


def test_a_change_of_another_instance_is_not_read(world: World) -> None:
    page = KeysObject(world)
    world.cloud.keys[story.guid("acme-hpcs")].append(story.key("zebra-root"))
    world.live.tell(["key"], [f"{story.guid('acme-hpcs-eu')}/x"])
    world.qtbot.wait(80)
    page.follow_up()
    assert "zebra-root" not in page.names()


def test_everything_has_a_name(world: World) -> None:
    page = KeysObject(world)
    page.tick("hr-root")
    assert nameless(page.stage) == []


def test_by_keyboard_alone(world: World) -> None:
    page = KeysObject(world)
    table = driver.table(page.stage, TABLE)
    table.view.setFocus(Qt.FocusReason.TabFocusReason)
    table.select_key(story.guid("key ledger-root"))
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    world.rest()
    assert page.text("keys.panel.title") == "ledger-root"
    QTest.keyClick(driver.find(page.stage, "keys.panel"), Qt.Key.Key_Escape)
    assert not page.shown("keys.panel")
    QTest.keyClick(table.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = next(one for one in table.findChildren(QMenu) if one.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_Up)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    page.stage.activateWindow()
    world.rest()
    assert driver.focused_name() == "keys.delete.cancel"
    QTest.keyClick(page.dialog("keys.delete"), Qt.Key.Key_Escape)
    assert not page.open("keys.delete")


def test_an_action_that_no_longer_fits_does_nothing(world: World) -> None:
    page = KeysObject(world)
    listing: Any = page.stage.page
    row = next(row for row in listing._presenter.listing.rows if row.name == "hr-root")
    listing._actions.start(KeyAction.ROTATE, [row])
    world.rest()
    assert not page.open("keys.rotate")

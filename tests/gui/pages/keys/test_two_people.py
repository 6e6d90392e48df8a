"""Dual authorization: one person schedules the deletion of a key, a different one deletes it."""

from __future__ import annotations

from typing import Any

import pytest

from kyok.domain.key_states import KeyAction
from kyok_gui.widgets import Link
from tests.gui import driver
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import KeysObject, words_of
from tests.gui.pages.keys.stage import World

KEY = story.guid("key ledger-root")


@pytest.fixture
def dual(world: World) -> dict[str, Any]:
    """ledger-root needs two people."""
    body = next(one for one in world.cloud.keys[story.guid("acme-hpcs")] if one["id"] == KEY)
    body["dualAuthDelete"] = story.two_people()
    return body


def scheduled_by(world: World, body: dict[str, Any], who: str) -> None:
    body["dualAuthDelete"] = story.two_people(story.NOW)
    world.cloud.first_people[KEY] = who


def test_the_first_person_schedules_and_the_menu_offers_nothing_else(world: World, dual: dict[str, Any]) -> None:
    page = KeysObject(world)
    assert "delete" not in page.menu("ledger-root")
    page.act(KeyAction.SET_FOR_DELETION, "ledger-root")
    words = page.dialog_words("keys.schedule")
    assert "You are the first of two people" in words
    assert "until 30 Nov 2026 17:45 UTC" in words
    assert "ledger-db stops within a minute and its data is lost" in words
    page.write("keys.schedule.typed", "ledger-root")
    page.press("keys.schedule.accept")
    page.follow_up()
    assert world.cloud.calls == [("schedule", KEY)]
    assert page.cells("ledger-root")[1] == "Set for deletion"
    assert world.told == ["ledger-root set for deletion"]
    driver.choose_action(page.stage, "keys.filter", "state:waiting")
    assert page.names() == ["ledger-root"]


def test_a_key_gets_dual_authorization_for_good(world: World) -> None:
    page = KeysObject(world)
    driver.row_action(
        page.stage, "keys.table", driver.row_of_cell(page.stage, "keys.table", "ledger-root"), "two-people"
    )
    assert "This cannot be taken back" in page.dialog_words("keys.two-people")
    assert not driver.find(page.stage, "keys.two-people.accept").isEnabled()
    page.tick_box("keys.two-people.tick")
    page.press("keys.two-people.accept")
    page.follow_up()
    assert world.cloud.calls == [("two people", KEY)]
    menu = page.menu("ledger-root")
    assert "setKeyForDeletion" in menu
    assert "two-people" not in menu


def test_the_same_person_is_told_that_somebody_else_must_delete(world: World, dual: dict[str, Any]) -> None:
    scheduled_by(world, dual, story.ANNA)
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    assert "You scheduled this deletion yourself on 23 Nov 2026 17:45 UTC" in page.dialog_words("keys.delete")
    page.write("keys.delete.typed", "ledger-root")
    accept = driver.find(page.stage, "keys.delete.accept")
    assert not accept.isEnabled()
    assert accept.accessibleDescription().startswith("You scheduled this deletion yourself")


def test_the_second_person_deletes(world: World, dual: dict[str, Any]) -> None:
    scheduled_by(world, dual, story.ANNA)
    world.cloud.me = story.BEN
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    words = page.dialog_words("keys.delete")
    assert "anna@acme.example scheduled this deletion on 23 Nov 2026 17:45 UTC" in words
    assert "You are the second of two people. That holds until 30 Nov 2026 17:45 UTC." in words
    page.write("keys.delete.typed", "ledger-root")
    page.press("keys.delete.accept")
    page.follow_up()
    assert world.cloud.calls == [("delete", KEY, True)]


def test_who_may_not_read_the_log_is_told_the_rule(world: World, dual: dict[str, Any]) -> None:
    scheduled_by(world, dual, story.ANNA)
    world.cloud.fail["activity"] = refusal(403, "", "Administrators only.")
    page = KeysObject(world)
    page.act(KeyAction.DELETE, "ledger-root")
    words = page.dialog_words("keys.delete")
    assert "One person has scheduled this deletion" in words
    assert "If that was you, the service refuses" in words


def test_the_panel_says_who_waits_for_whom_and_cancels(world: World, dual: dict[str, Any]) -> None:
    scheduled_by(world, dual, story.ANNA)
    page = KeysObject(world, key=KEY)
    note = page.text("keys.panel.note")
    assert note == (
        "You have scheduled the deletion. The second, somebody other than you with the Manager role, can delete the "
        "key until 30 Nov 2026 17:45 UTC."
    )
    words = words_of(driver.find(page.stage, "keys.panel"))
    assert "Deletion expiration\n30 Nov 2026 17:45 UTC" in words
    driver.choose_action(page.stage, "keys.panel.more", "unsetKeyForDeletion")
    page.follow_up()
    page.follow_up()
    assert world.cloud.calls == [("cancel deletion", KEY)]
    assert not page.shown("keys.panel.note")
    assert page.cells("ledger-root")[1] == "Active"


def test_a_schedule_that_has_lapsed_counts_no_more(world: World, dual: dict[str, Any]) -> None:
    scheduled_by(world, dual, story.ANNA)
    page = KeysObject(world)
    world.clock.turn(days=8)
    menu = page.menu("ledger-root")
    assert "setKeyForDeletion" in menu
    assert "delete" not in menu


def test_a_key_that_needs_two_people_is_in_the_way_of_deleting_several(world: World, dual: dict[str, Any]) -> None:
    page = KeysObject(world)
    page.tick("ledger-root", "atm-root")
    assert page.text("keys.table.batch.reason") == (
        "Delete is off: ledger-root needs two people, and the first has to schedule the deletion."
    )
    assert driver.find(page.stage, "keys.table.batch.way-out", Link).text() == "Untick ledger-root"
    page.press("keys.table.batch.way-out")
    assert [row.name for row in driver.table(page.stage, "keys.table").checked()] == ["atm-root"]
    assert driver.find(page.stage, "keys.table.batch.delete").isEnabled()


def test_a_retention_policy_keeps_a_key(world: World) -> None:
    world.cloud.registrations[0]["preventKeyDeletion"] = True
    page = KeysObject(world)
    assert page.menu("ledger-root")["delete"] == "ledger-db keeps it by a retention policy"

"""Key rings: how many keys each holds, making one, deleting one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.rights import Rights
from kyok_gui.widgets import InlineNote, TextField
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import Stage, World

TABLE = "key-rings.table"


@pytest.fixture
def rings(world: World) -> Iterator[World]:
    """ledger holds a key and a destroyed one, payments a destroyed one, empty none."""
    bodies = {body["name"]: body for body in world.cloud.keys[story.guid("acme-hpcs")]}
    bodies["ledger-root"]["keyRingID"] = bodies["old-root"]["keyRingID"] = "ledger"
    bodies["test-root"]["keyRingID"] = "payments"
    world.cloud.rings.append({"id": "empty", "creationDate": story.wire(story.NOW), "createdBy": story.BEN})
    yield world


def show(world: World) -> Stage:
    stage = world.show(Place(places.KEY_RINGS, story.guid("acme-hpcs")))
    world.rest()
    return stage


def menu(stage: Stage, name: str) -> dict[str, str]:
    table = driver.table(stage, TABLE)
    table.view.ask_menu(driver.row_of_cell(stage, TABLE, name))
    found = next(one for one in table.findChildren(QMenu, f"{TABLE}.menu") if one.isVisible())
    entries = {str(one.data()): one.text().partition(": ")[2] for one in found.actions() if one.data()}
    found.close()
    return entries


def test_rings_with_their_keys_default_first(rings: World) -> None:
    stage = show(rings)
    assert driver.table_rows(stage, TABLE) == [
        ["default", "14 keys, 1 destroyed", "–", "–"],
        ["empty", "No key", "23 Nov 2026", "ben@acme.example"],
        ["ledger", "1 key, 1 destroyed", "24 Sep 2026", "anna@acme.example"],
        ["payments", "No key, 1 destroyed", "24 Oct 2026", "anna@acme.example"],
    ]
    assert nameless(stage) == []


def test_a_ring_is_made_and_its_rules_are_said_while_one_types(rings: World) -> None:
    stage = show(rings)
    driver.press(stage, "key-rings.create")
    field = driver.find(stage, "key-rings.id.field", TextField)
    for typed, sentence in (
        ("a b", "A key ring ID has 2 to 100 letters, digits and dashes."),
        ("ledger", "There is a key ring ledger already."),
        ("default", "There is a key ring default already."),
    ):
        driver.write(stage, "key-rings.id", typed)
        assert field.error == sentence
        assert not driver.find(stage, "key-rings.create-dialog.accept").isEnabled()
    assert "about 225 USD a month" in words_of(driver.dialog(stage, "key-rings.create-dialog"))
    driver.write(stage, "key-rings.id", "treasury")
    driver.press(stage, "key-rings.create-dialog.accept")
    rings.rest()
    rings.rest()
    assert rings.cloud.calls == [("create ring", "treasury")]
    assert "treasury" in [row[0] for row in driver.table_rows(stage, TABLE)]
    assert rings.told == ["Key ring treasury created It holds no key yet."]


def test_only_rings_without_live_keys_are_deleted(rings: World) -> None:
    stage = show(rings)
    assert menu(stage, "default")["delete"] == "it is always there"
    assert menu(stage, "ledger")["delete"] == "it holds 1 key"
    assert menu(stage, "empty")["delete"] == ""


def test_destroyed_keys_move_to_default_when_their_ring_is_deleted(rings: World) -> None:
    stage = show(rings)
    driver.row_action(stage, TABLE, driver.row_of_cell(stage, TABLE, "payments"), "delete")
    assert "1 destroyed key moves to default" in words_of(driver.dialog(stage, "key-rings.delete"))
    assert not driver.find(stage, "key-rings.delete.accept").isEnabled()
    driver.find(stage, "key-rings.delete.tick").click()  # type: ignore[attr-defined]
    driver.press(stage, "key-rings.delete.accept")
    rings.rest()
    assert rings.cloud.calls == [("delete ring", "payments", True)]


def test_an_empty_ring_is_deleted_without_force(rings: World) -> None:
    stage = show(rings)
    driver.row_action(stage, TABLE, driver.row_of_cell(stage, TABLE, "empty"), "delete")
    driver.press(stage, "key-rings.delete.accept")
    rings.rest()
    assert rings.cloud.calls == [("delete ring", "empty", False)]


def test_a_refusal_stays_in_the_dialog(rings: World) -> None:
    rings.cloud.fail["delete ring"] = refusal(409, "KEY_RING_NOT_EMPTY_ERR", "The key ring holds keys.", "Reload.")
    stage = show(rings)
    driver.row_action(stage, TABLE, driver.row_of_cell(stage, TABLE, "empty"), "delete")
    driver.press(stage, "key-rings.delete.accept")
    rings.rest()
    assert "The key ring holds keys." in words_of(driver.dialog(stage, "key-rings.delete"))


def test_a_ring_leads_to_its_keys(rings: World) -> None:
    stage = show(rings)
    driver.click_link(stage, TABLE, driver.row_of_cell(stage, TABLE, "ledger"), "ring")
    here = rings.context.navigator.here
    assert (here.kind, here.value("ring")) == (places.KEYS, "ledger")


def test_what_a_role_is_missing_for(rings: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rights, "reason", lambda *_, **__: "Needs the Manager role on acme-hpcs")
    stage = show(rings)
    assert menu(stage, "empty")["delete"] == "Needs the Manager role on acme-hpcs"


def test_a_failed_reading_can_be_tried_again(rings: World, monkeypatch: pytest.MonkeyPatch) -> None:
    error = refusal(401, "UNAUTHORIZED_ERR", "You are not allowed to do this here.", "Ask.")
    every = rings.cloud.api.key_rings.every

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(rings.cloud.api.key_rings, "every", refused)
    stage = show(rings)
    assert driver.find(stage, "key-rings.failure", InlineNote).words() == "You are not allowed to do this here. Ask."
    assert not driver.exists(stage, TABLE), "what was never read is not said to be empty"
    monkeypatch.setattr(rings.cloud.api.key_rings, "every", every)
    driver.press(stage, "key-rings.failure.action")
    rings.rest()
    assert len(driver.table_rows(stage, TABLE)) == 4

"""Aliases, key rings, rotation policies, synchronizing: what is written at a key is changed in its dialogs."""

from __future__ import annotations

import pytest

from kyok.domain.key_states import KeyAction
from kyok_gui import places
from kyok_gui.rights import Rights
from kyok_gui.widgets import TextField
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import TABLE, KeysObject, words_of
from tests.gui.pages.keys.stage import World


def key(name: str) -> str:
    return story.guid(f"key {name}")


def error_of(page: KeysObject, name: str) -> str:
    return driver.find(page.stage, f"{name}.field", TextField).error


def test_aliases_are_saved_as_they_stand(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.ALIAS, "ledger-root")
    assert driver.focused_name() == "keys.aliases.names"
    assert "1 of 5." in page.dialog_words("keys.aliases")
    assert not driver.find(page.stage, "keys.aliases.accept").isEnabled()
    page.write("keys.aliases.names", "ledger, gl_2026")
    assert "2 of 5." in page.dialog_words("keys.aliases")
    page.press("keys.aliases.accept")
    page.follow_up()
    assert world.cloud.calls == [
        ("remove alias", key("ledger-root"), "core-ledger"),
        ("add alias", key("ledger-root"), "ledger"),
        ("add alias", key("ledger-root"), "gl_2026"),
    ]
    assert world.told == ["Aliases saved ledger-root: ledger, gl_2026"]
    assert page.cells("ledger-root")[7] == "ledger, gl_2026"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a1,b1,c1,d1,e1,f1", "A key has at most 5 aliases; 6 were given."),
        ("rotate", "“rotate” is a reserved word and cannot be an alias."),
        ("x y", "An alias has only letters, digits, dashes and underscores"),
    ],
)
def test_the_rules_of_aliases_are_said_while_one_types(world: World, typed: str, sentence: str) -> None:
    page = KeysObject(world)
    page.act(KeyAction.ALIAS, "ledger-root")
    page.write("keys.aliases.names", typed)
    assert error_of(page, "keys.aliases.names").startswith(sentence)
    assert not driver.find(page.stage, "keys.aliases.accept").isEnabled()


def test_an_alias_that_is_taken_is_told_in_the_dialog(world: World) -> None:
    world.cloud.fail["add alias"] = refusal(409, "KEY_ALIAS_NOT_UNIQUE_ERR", "The alias is taken in this instance.")
    page = KeysObject(world)
    page.act(KeyAction.ALIAS, "ledger-root")
    page.write("keys.aliases.names", "core-ledger, branch")
    page.press("keys.aliases.accept")
    assert "The alias is taken in this instance." in page.dialog_words("keys.aliases")


def test_several_keys_move_to_another_ring_and_the_table_can_be_filtered_by_it(world: World) -> None:
    page = KeysObject(world)
    page.tick("atm-root", "ledger-root")
    page.press("keys.table.batch.patch")
    driver.choose(page.stage, "keys.move.ring", "payments")
    page.press("keys.move.accept")
    page.follow_up()
    assert world.cloud.calls == [("move", key("atm-root"), "payments"), ("move", key("ledger-root"), "payments")]
    assert world.told == ["2 keys moved Now in key ring payments."]
    driver.choose_action(page.stage, "keys.filter", "ring:payments")
    assert page.names() == ["atm-root", "ledger-root"]
    page.press("keys.chip.ring")
    assert len(page.names()) == 11


def test_the_ring_that_a_key_is_in_cannot_be_chosen(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.PATCH, "ledger-root")
    assert "Now in key ring default." in page.dialog_words("keys.move")
    with pytest.raises(AssertionError, match="default is not offered"):
        driver.choose(page.stage, "keys.move.ring", "default")


def test_without_another_ring_the_dialog_says_where_one_is_made(world: World) -> None:
    world.cloud.rings = []
    page = KeysObject(world)
    page.act(KeyAction.PATCH, "ledger-root")
    assert "Create one on the Key rings page first." in page.dialog_words("keys.move")
    assert not driver.find(page.stage, "keys.move.accept").isEnabled()


def test_a_rotation_policy_is_set_and_the_panel_tells_it(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.WRITE_POLICIES, "ledger-root")
    assert "Off: the key rotates only when somebody rotates it." in page.dialog_words("keys.rotation-policy")
    driver.find(page.stage, "keys.rotation-policy.on").click()
    assert "Next rotation on 11 Dec 2026." in page.dialog_words("keys.rotation-policy")
    page.press("keys.rotation-policy.months.more")
    page.press("keys.rotation-policy.accept")
    page.follow_up()
    assert world.cloud.calls == [("rotation policy", key("ledger-root"), True, 4)]
    assert world.told == ["Rotation policy saved ledger-root: rotates every 4 months."]
    driver.click_link(page.stage, TABLE, driver.row_of_cell(page.stage, TABLE, "ledger-root"), "name")
    page.follow_up()
    assert "Every 4 months, next on 10 Jan 2027" in words_of(driver.find(page.stage, "keys.panel"))


def test_a_rotation_policy_is_switched_off(world: World) -> None:
    body = next(one for one in world.cloud.keys[story.guid("acme-hpcs")] if one["name"] == "ledger-root")
    body["rotation"] = {"enabled": True, "interval_month": 3}
    page = KeysObject(world)
    page.act(KeyAction.WRITE_POLICIES, "ledger-root")
    driver.find(page.stage, "keys.rotation-policy.on").click()
    page.press("keys.rotation-policy.accept")
    page.follow_up()
    assert world.cloud.calls == [("rotation policy", key("ledger-root"), False, None)]


def test_synchronizing_tells_who_is_told(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.SYNC, "ledger-root")
    page.follow_up()
    assert world.cloud.calls == [("sync", key("ledger-root"))]
    assert world.told == ["ledger-root synchronized The key's state is told again to the services of ledger-db."]


def test_the_resources_of_a_key_open_on_their_page(world: World) -> None:
    page = KeysObject(world)
    row = driver.row_of_cell(page.stage, TABLE, "ledger-root")
    driver.row_action(page.stage, TABLE, row, "associated")
    here = world.context.navigator.here
    assert (here.kind, here.value("key")) == (places.ASSOCIATED_RESOURCES, key("ledger-root"))


def test_the_panel_offers_everything_that_the_row_does(world: World) -> None:
    page = KeysObject(world, key=key("ledger-root"))
    driver.choose_action(page.stage, "keys.panel.more", "alias")
    assert page.open("keys.aliases")


def test_what_a_role_is_missing_for_says_so_in_menus_and_panel(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Needs the Manager role on acme-hpcs"
    forbidden = {"secrets.delete", "secrets.disable", "secrets.patch"}
    monkeypatch.setattr(Rights, "reason", lambda self, action, *_, **__: words if action in forbidden else "")
    page = KeysObject(world)
    menu = page.menu("ledger-root")
    assert menu["delete"] == menu["disable"] == menu["patch"] == words
    assert menu["rotate"] == ""
    page.tick("ledger-root", "atm-root")
    reason = page.text("keys.table.batch.reason")
    assert reason == "Move to key ring, Disable and Delete are off: needs the Manager role on acme-hpcs."


def test_the_panel_says_which_role_its_buttons_need(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Needs the Manager role on acme-hpcs"
    monkeypatch.setattr(Rights, "reason", lambda self, action, *_, **__: words if action == "secrets.disable" else "")
    page = KeysObject(world, key=key("ledger-root"))
    page.follow_up()
    turn = driver.find(page.stage, "keys.panel.turn")
    assert not turn.isEnabled()
    assert page.text("keys.panel.note") == "Disable key: Needs the Manager role on acme-hpcs."
    assert driver.find(page.stage, "keys.panel.rotate").isEnabled()


@pytest.mark.parametrize(
    ("action", "dialog"),
    [
        (KeyAction.ALIAS, "keys.aliases"),
        (KeyAction.PATCH, "keys.move"),
        (KeyAction.WRITE_POLICIES, "keys.rotation-policy"),
    ],
)
def test_every_part_has_a_name(world: World, action: KeyAction, dialog: str) -> None:
    page = KeysObject(world)
    page.act(action, "ledger-root")
    assert nameless(page.dialog(dialog)) == []

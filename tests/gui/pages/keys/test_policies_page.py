"""Instance policies: four cards, each saved by itself."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from kyok.client.profile import Profile
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, Text
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import Stage, World


def show(world: World) -> Stage:
    stage = world.show(Place(places.INSTANCE_POLICIES, story.guid("acme-hpcs")))
    world.rest()
    return stage


def tick(stage: Stage, name: str) -> None:
    driver.find(stage, name, QAbstractButton).click()


def since(stage: Stage, card: str) -> str:
    return driver.find(stage, f"policies.{card}.since", Text).words()


def save(world: World, stage: Stage, card: str) -> None:
    driver.press(stage, f"policies.{card}.save")
    world.rest()
    world.rest()


def test_a_new_instance_has_none(world: World) -> None:
    stage = show(world)
    for card in ("dual", "access", "rotation", "network"):
        assert since(stage, card) == "Never set: the service's own rule holds. Nothing is changed."
        assert not driver.find(stage, f"policies.{card}.save").isEnabled()
    assert nameless(stage) == []


def test_dual_authorization_is_saved_with_who_and_when(world: World) -> None:
    stage = show(world)
    tick(stage, "policies.dual.on")
    assert since(stage, "dual") == "Changed, not saved yet."
    save(world, stage, "dual")
    assert world.cloud.calls == [("instance policy", "dualAuthDelete", True, {})]
    assert since(stage, "dual") == "Saved 23 Nov 2026 17:45 UTC by anna@acme.example. Nothing is changed."
    assert world.told == ["Dual authorization deletion saved"]
    meaning = driver.find(stage, "policies.dual.meaning", Text).words()
    assert "only keys made from now on get this" in meaning


def test_what_is_allowed_is_sent_whole_and_all_allowed_is_no_policy(world: World) -> None:
    stage = show(world)
    tick(stage, "policies.access.create-standard-key")
    tick(stage, "policies.access.enforce-token")
    save(world, stage, "access")
    attributes = {
        "create_root_key": True, "create_standard_key": False, "import_root_key": True, "import_standard_key": True,
        "enforce_token": True,
    }  # fmt: skip
    assert world.cloud.calls == [("instance policy", "keyCreateImportAccess", True, attributes)]
    tick(stage, "policies.access.create-standard-key")
    tick(stage, "policies.access.enforce-token")
    save(world, stage, "access")
    assert world.cloud.calls[-1] == ("instance policy", "keyCreateImportAccess", False, {})


def test_rotation_with_its_months(world: World) -> None:
    stage = show(world)
    assert not driver.find(stage, "policies.rotation.months").isEnabled()
    tick(stage, "policies.rotation.on")
    driver.press(stage, "policies.rotation.months.more")
    save(world, stage, "rotation")
    assert world.cloud.calls == [("instance policy", "rotation", True, {"interval_month": 4})]
    tick(stage, "policies.rotation.on")
    save(world, stage, "rotation")
    assert world.cloud.calls[-1] == ("instance policy", "rotation", False, {})


def test_shutting_oneself_out_asks_first(world: World) -> None:
    stage = show(world)
    tick(stage, "policies.network.choice.private-only")
    driver.press(stage, "policies.network.save")
    words = words_of(driver.dialog(stage, "policies.private"))
    assert "This console will be refused everything in this instance" in words
    driver.press(stage, "policies.private.cancel")
    assert world.cloud.calls == []
    driver.press(stage, "policies.network.save")
    tick(stage, "policies.private.tick")
    driver.press(stage, "policies.private.accept")
    world.rest()
    assert world.cloud.calls == [("instance policy", "allowedNetwork", True, {"allowed_network": "private-only"})]


def test_the_way_back_is_told_before_and_after_one_is_shut_out(world: World) -> None:
    back = "http://localhost:4711"
    stage = show(world)
    assert f"The way back is {back}, the private endpoint" in words_of(driver.find(stage, "policies.network"))
    tick(stage, "policies.network.choice.private-only")
    driver.press(stage, "policies.network.save")
    assert back in words_of(driver.dialog(stage, "policies.private"))
    driver.press(stage, "policies.private.cancel")
    world.cloud.fail["policies"] = refusal(
        403, "CONFIG_RULE_CONFLICT_ERR", "A network rule forbids this.", "Change it."
    )
    stage.page.look_afresh()
    world.rest()
    words = driver.find(stage, "policies.failure", InlineNote).words()
    assert words.startswith(f"A network rule forbids this. The way back is {back}, the private endpoint, ")


def test_a_console_on_the_private_network_is_not_shut_out(world: World) -> None:
    world.cloud.api.profile = Profile.emulated("http://localhost:4711")
    stage = show(world)
    words = words_of(driver.find(stage, "policies.network"))
    choice = driver.find(stage, "policies.network.choice.private-only")
    assert choice.accessibleDescription() == "Only networks inside the cloud; this console is in one of them"
    assert "The way back is here: this console is connected to http://localhost:4711" in words
    meaning = driver.find(stage, "policies.network.meaning", Text).words()
    assert meaning.endswith("This console, which comes over the private network, goes on.")
    tick(stage, "policies.network.choice.private-only")
    save(world, stage, "network")
    assert world.cloud.calls == [("instance policy", "allowedNetwork", True, {"allowed_network": "private-only"})]
    assert world.told == ["Allowed network saved"], "nothing was asked: it can be undone here"


def test_a_refusal_of_the_address_is_not_laid_on_the_network(world: World) -> None:
    world.cloud.api.profile = Profile.emulated("http://localhost:4711")
    world.cloud.fail["policies"] = refusal(
        403, "CONFIG_RULE_CONFLICT_ERR", "A network rule forbids this.", "Change it."
    )
    stage = show(world)
    assert driver.find(stage, "policies.failure", InlineNote).words() == "A network rule forbids this. Change it."


def test_a_refusal_stands_in_its_card_and_keeps_what_was_chosen(world: World) -> None:
    world.cloud.fail["instance policy"] = refusal(
        401, "UNAUTHORIZED_ERR", "You are not allowed to do this here.", "Ask."
    )
    stage = show(world)
    tick(stage, "policies.dual.on")
    save(world, stage, "dual")
    assert driver.find(stage, "policies.dual.problem", InlineNote).words() == (
        "You are not allowed to do this here. Ask."
    )
    assert driver.find(stage, "policies.dual.on", QAbstractButton).isChecked()
    assert driver.find(stage, "policies.dual.save").isEnabled()
    assert stage.page.unsaved() == "Changed and not saved: Dual authorization deletion."
    stage.page.give_up()
    assert stage.page.unsaved() == "" and not driver.exists(stage, "policies.dual.problem")
    assert not driver.find(stage, "policies.dual.on", QAbstractButton).isChecked()


def test_what_is_being_saved_would_not_be_lost_and_what_is_changed_meanwhile_would(world: World) -> None:
    stage = show(world)
    tick(stage, "policies.dual.on")
    driver.press(stage, "policies.dual.save")
    assert stage.page.unsaved() == ""
    tick(stage, "policies.dual.on")
    lost = "Changed and not saved: Dual authorization deletion."
    assert stage.page.unsaved() == lost
    world.rest()
    world.rest()
    assert world.cloud.calls == [("instance policy", "dualAuthDelete", True, {})]
    assert stage.page.unsaved() == lost
    stage.page.give_up()
    assert driver.find(stage, "policies.dual.on", QAbstractButton).isChecked()


def test_what_somebody_else_saved_does_not_take_an_unsaved_change_away(world: World) -> None:
    stage = show(world)
    tick(stage, "policies.dual.on")
    world.cloud.api.key_policies.set_instance(None, "rotation", enabled=True, attributes={"interval_month": 6})  # type: ignore[arg-type]
    world.live.tell(["key-settings"], [f"{story.guid('acme-hpcs')}/policy"])
    world.qtbot.waitUntil(
        lambda: driver.find(stage, "policies.rotation.on", QAbstractButton).isChecked(), timeout=10_000
    )
    assert driver.find(stage, "policies.dual.on", QAbstractButton).isChecked()
    assert since(stage, "dual") == "Changed, not saved yet."


def test_who_may_not_read_them_is_told(world: World) -> None:
    world.cloud.fail["policies"] = refusal(401, "UNAUTHORIZED_ERR", "You are not allowed to do this here.", "Ask.")
    stage = show(world)
    note = driver.find(stage, "policies.failure", InlineNote)
    assert note.words() == "You are not allowed to do this here. Ask."
    assert not driver.exists(stage, "policies.dual")
    del world.cloud.fail["policies"]
    driver.press(stage, "policies.failure.action")
    world.rest()
    assert driver.exists(stage, "policies.dual")


@pytest.mark.parametrize("card", ["dual", "access", "rotation", "network"])
def test_each_card_says_what_a_change_means(world: World, card: str) -> None:
    stage = show(world)
    assert len(driver.find(stage, f"policies.{card}.meaning", Text).words()) > 40

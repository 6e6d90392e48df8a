"""The overview of an instance that holds keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from kyok_gui import places
from kyok_gui.pages.keys import overview_tiles
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, StaticTable
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import Stage, World


def shown(world: World, instance: str = "acme-hpcs") -> Stage:
    stage = world.show(Place(places.HPCS_OVERVIEW, story.guid(instance)))
    world.rest()
    return stage


def test_an_hpcs_instance(world: World) -> None:
    stage = shown(world)
    words = words_of(stage)
    for text in (
        "Initialized",
        "2, both agree",
        "11: 9 active, 1 suspended, 1 deactivated",
        "4 instances are encrypted under root keys of this instance.",
        "Hyper Protect Crypto Services",
        "Dallas (us-south)",
        "12 Sep 2026 17:45 UTC by anna@acme.example",
        "http://127.0.0.1:4711/api/v2/keys",
    ):
        assert text in words
    assert nameless(stage) == []


def test_links_lead_to_keys_units_and_databases(world: World) -> None:
    stage = shown(world)
    driver.press(stage, "hpcs-overview.open-keys")
    assert world.context.navigator.here == Place(places.KEYS, story.guid("acme-hpcs"))
    driver.press(stage, "hpcs-overview.open-units")
    assert world.context.navigator.here.kind == places.CRYPTO_UNITS
    links = driver.find(stage, "hpcs-overview.databases.table").findChildren(QPushButton)
    next(link for link in links if link.text() == "ledger-root").click()
    assert world.context.navigator.here.value("key") == story.guid("key ledger-root")


def test_of_many_linked_databases_only_some_are_listed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview_tiles, "MOST_SHOWN", 2)
    stage = shown(world)
    assert "4 instances are encrypted under root keys of this instance. The first 2 are listed." in words_of(stage)
    assert len(driver.find(stage, "hpcs-overview.databases.table", StaticTable).words()) == 2
    driver.press(stage, "hpcs-overview.all-databases")
    assert world.context.navigator.here.kind == places.ASSOCIATED_RESOURCES


def test_an_uninitialised_instance_says_what_to_do_first(world: World) -> None:
    stage = shown(world, "acme-lab")
    assert "2, in imprint mode" in words_of(stage)
    driver.press(stage, "hpcs-overview.note.action")
    assert world.context.navigator.here == Place(places.CRYPTO_UNITS, story.guid("acme-lab"))


def test_key_protect_has_no_crypto_units_of_its_own(world: World) -> None:
    stage = shown(world, "acme-kp")
    words = words_of(stage)
    assert "Ready" in words
    assert "2 active" in words
    assert not driver.exists(stage, "hpcs-overview.open-units")
    driver.press(stage, "hpcs-overview.create-database")
    assert world.context.navigator.here.value("key_instance") == story.guid("acme-kp")


def test_live_keys_keep_an_instance_from_being_deleted(world: World) -> None:
    stage = shown(world)
    driver.choose_action(stage, "hpcs-overview.actions", "delete")
    world.rest()
    words = words_of(driver.dialog(stage, "hpcs-delete"))
    assert "acme-hpcs cannot be deleted: 11 root keys and 4 standard keys live in it" in words
    assert "Keys in the way, 6 of 15" in words
    assert "hr-root" in words_of(stage) or "hr-root" in [
        link.text() for link in driver.dialog(stage, "hpcs-delete").findChildren(QPushButton)
    ]
    assert not driver.find(stage, "hpcs-delete.accept").isEnabled()
    driver.press(stage, "hpcs-delete.second")
    assert world.context.navigator.here.kind == places.KEYS


def test_an_empty_instance_is_deleted_by_its_name(world: World) -> None:
    stage = shown(world, "acme-lab")
    driver.choose_action(stage, "hpcs-overview.actions", "delete")
    world.rest()
    assert "It can be restored for 7 days." in words_of(driver.dialog(stage, "hpcs-delete"))
    driver.write(stage, "hpcs-delete.typed", "acme-lab")
    driver.press(stage, "hpcs-delete.accept")
    world.rest()
    assert world.cloud.calls == [("delete instance", story.guid("acme-lab"))]
    assert world.context.navigator.here.kind == places.RESOURCES
    assert world.told == ["acme-lab is deleted It can be restored for 7 days."]


def test_a_refused_deletion_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["delete instance"] = refusal(400, "", "The instance is locked.", "Unlock it.")
    stage = shown(world, "acme-lab")
    driver.choose_action(stage, "hpcs-overview.actions", "delete")
    world.rest()
    driver.write(stage, "hpcs-delete.typed", "acme-lab")
    driver.press(stage, "hpcs-delete.accept")
    world.rest()
    assert "The instance is locked." in words_of(driver.dialog(stage, "hpcs-delete"))


def test_a_missing_instance_says_so_and_can_be_tried_again(world: World) -> None:
    kept, world.cloud.instances = world.cloud.instances, []
    stage = shown(world)
    assert driver.find(stage, "hpcs-overview.note", InlineNote).words().startswith("Instance not found.")
    world.cloud.instances = kept
    driver.press(stage, "hpcs-overview.note.action")
    world.rest()
    assert "Initialized" in words_of(stage)


def test_deleting_is_the_last_entry_of_actions(world: World) -> None:
    stage = shown(world)
    menu = driver.find(stage, "hpcs-overview.actions").findChildren(QMenu)[0]
    assert [action.data() for action in menu.actions() if action.data()] == ["keys", "units", "delete"]
    driver.choose_action(stage, "hpcs-overview.actions", "units")
    assert world.context.navigator.here.kind == places.CRYPTO_UNITS
    driver.choose_action(stage, "hpcs-overview.actions", "keys")
    assert world.context.navigator.here.kind == places.KEYS


@pytest.mark.parametrize("emulated", [True, False])
def test_counts_come_from_the_list_where_no_cloud_counts(world: World, emulated: bool) -> None:
    world.cloud.emulated = emulated
    assert "11: 9 active, 1 suspended, 1 deactivated" in words_of(shown(world))

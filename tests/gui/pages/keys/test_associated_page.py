"""Associated resources: what uses the keys of an instance, what keeps keys, and telling the services again."""

from __future__ import annotations

import pytest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, Text
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import Stage, World

TABLE = "associated.table"
BUCKET = f"crn:v1:bluemix:public:cloud-object-storage:global:a/{story.ACCOUNT}:{story.guid('cos')}:bucket:vault"


@pytest.fixture
def bucket(world: World) -> World:
    """A bucket with a retention policy under swift-root."""
    version = {"id": story.guid("version swift-root"), "creationDate": story.wire(story.NOW)}
    kept = {"preventKeyDeletion": True, "resourceCrn": BUCKET, "description": "Worm", "keyVersion": version}
    world.cloud.registrations.append(story.registration("swift-root", "ledger-db") | kept)
    return world


def show(world: World, instance: str = "acme-hpcs", **query: str) -> Stage:
    stage = world.show(Place(places.ASSOCIATED_RESOURCES, story.guid(instance)).with_query(**query))
    world.rest()
    return stage


def names(stage: Stage) -> list[str]:
    return [row[0] for row in driver.table_rows(stage, TABLE)]


def test_all_resources_with_their_keys_and_what_keeps_them(bucket: World) -> None:
    stage = show(bucket)
    assert [row[:4] for row in driver.table_rows(stage, TABLE)] == [
        ["hr-db", "hr-root", "Hyper Protect DBaaS for PostgreSQL", "Disabled"],
        ["ledger-db", "ledger-root", "Hyper Protect DBaaS for PostgreSQL", "Disabled"],
        ["payments-db", "payments-root", "Hyper Protect DBaaS for PostgreSQL", "Disabled"],
        ["vault", "swift-root", "Cloud Object Storage", "Enabled"],
    ]
    assert nameless(stage) == []


def test_an_instance_that_is_deleted_and_can_be_restored_has_its_name(world: World) -> None:
    next(one for one in world.cloud.instances if one["name"] == "hr-db")["state"] = "pending_reclamation"
    world.directory.set_entries([one for one in world.directory.entries if one.name != "hr-db"])
    assert names(show(world)) == ["hr-db", "ledger-db", "payments-db"]


def test_they_are_filtered_by_retention_and_by_key(bucket: World) -> None:
    stage = show(bucket)
    driver.choose_action(stage, "associated.filter", "kept")
    assert names(stage) == ["vault"]
    driver.press(stage, "associated.chip.retention")
    assert len(names(stage)) == 4
    of_key = show(bucket, key=story.guid("key hr-root"))
    assert names(of_key) == ["hr-db"]
    driver.press(of_key, "associated.chip.key")
    assert len(names(of_key)) == 4


def test_the_panel_tells_everything_of_a_registration(bucket: World) -> None:
    stage = show(bucket)
    driver.click_link(stage, TABLE, 3, "resource")
    words = words_of(driver.find(stage, "associated.panel"))
    for line in ("Worm", "Location\nglobal", "Resource type\nbucket", "Resource\nvault", "Key version date"):
        assert line in words
    assert nameless(stage) == []
    driver.press(stage, "associated.panel.open-key")
    here = bucket.context.navigator.here
    assert (here.kind, here.value("key")) == (places.KEYS, story.guid("key swift-root"))


def test_every_listed_key_is_synchronized_and_refusals_are_named(bucket: World) -> None:
    early = refusal(409, "REQ_TOO_EARLY_ERR", "Sync cannot be performed until 18:30.", "Wait.")
    bucket.cloud.fail[f"sync {story.guid('key hr-root')}"] = early
    stage = show(bucket)
    driver.press(stage, "associated.sync")
    bucket.rest()
    assert len(bucket.cloud.calls) == 4
    words = words_of(driver.dialog(stage, "associated.result"))
    assert "1 of 4 keys not synchronized" in words
    assert "hr-root\nSync cannot be performed until 18:30. Wait." in words
    assert bucket.told == ["3 keys synchronized The services of their resources are told."]


def test_one_key_is_synchronized_from_its_row(bucket: World) -> None:
    stage = show(bucket)
    driver.row_action(stage, TABLE, 1, "sync")
    bucket.rest()
    assert bucket.cloud.calls == [("sync", story.guid("key ledger-root"))]
    assert bucket.told == ["ledger-root synchronized"]


def test_a_row_leads_to_key_and_resource(bucket: World) -> None:
    stage = show(bucket)
    driver.row_action(stage, TABLE, 1, "resource")
    assert bucket.context.navigator.here.kind == places.NODES
    driver.row_action(stage, TABLE, 1, "key")
    assert bucket.context.navigator.here.kind == places.KEYS


def test_without_a_resource_it_says_how_one_comes_here(world: World) -> None:
    stage = show(world, "acme-kp")
    assert driver.exists(stage, "associated.empty")


def test_a_filter_that_leaves_nothing_says_that_none_matches(world: World) -> None:
    stage = show(world)
    driver.choose_action(stage, "associated.filter", "kept")
    assert not driver.exists(stage, "associated.empty")
    assert driver.find(stage, "associated.table.nothing", Text).words() == "No associated resources match."
    assert driver.exists(stage, "associated.filter")


def test_a_change_elsewhere_appears_by_itself(bucket: World) -> None:
    stage = show(bucket)
    del bucket.cloud.registrations[-1]
    bucket.live.tell(["key"], [f"{story.guid('acme-hpcs')}/x"])
    bucket.qtbot.waitUntil(lambda: len(names(stage)) == 3)


def test_a_name_that_the_window_learns_later_takes_the_place_of_an_id(bucket: World) -> None:
    entries = bucket.directory.entries
    bucket.directory.set_entries([one for one in entries if one.name != "ledger-db"])
    stage = show(bucket)
    assert "ledger-db" not in names(stage)
    bucket.directory.set_entries(entries)
    bucket.qtbot.waitUntil(lambda: "ledger-db" in names(stage))


def test_the_panel_follows_its_registration_and_closes_with_it(bucket: World) -> None:
    stage = show(bucket)
    driver.click_link(stage, TABLE, 3, "resource")
    bucket.cloud.registrations[-1]["description"] = "Kept for ten years"
    bucket.live.tell(["key"], [f"{story.guid('acme-hpcs')}/x"])
    bucket.qtbot.waitUntil(
        lambda: "Kept for ten years" in words_of(driver.find(stage, "associated.panel")), timeout=10_000
    )
    del bucket.cloud.registrations[-1]
    bucket.live.tell(["key"], [f"{story.guid('acme-hpcs')}/x"])
    bucket.qtbot.waitUntil(lambda: not driver.exists(stage, "associated.panel"))


def test_a_refused_synchronizing_from_the_panel_is_told(bucket: World) -> None:
    bucket.cloud.fail["sync"] = refusal(409, "REQ_TOO_EARLY_ERR", "Sync cannot be performed until 18:30.", "Wait.")
    stage = show(bucket)
    driver.click_link(stage, TABLE, 1, "resource")
    driver.press(stage, "associated.panel.sync")
    bucket.rest()
    assert bucket.told == ["Sync cannot be performed until 18:30. Wait."]


def test_a_failed_reading_says_so_and_can_be_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    registrations = world.cloud.api.keys.registrations

    def refused(*_: object) -> None:
        raise refusal(403, "CONFIG_RULE_CONFLICT_ERR", "A network rule of the instance forbids this.", "Ask.")

    monkeypatch.setattr(world.cloud.api.keys, "registrations", refused)
    stage = show(world)
    note = driver.find(stage, "associated.failure", InlineNote)
    assert note.words() == "A network rule of the instance forbids this. Ask."
    assert not driver.exists(stage, TABLE), "what was never read is not said to be empty"
    monkeypatch.setattr(world.cloud.api.keys, "registrations", registrations)
    driver.press(stage, "associated.failure.action")
    world.rest()
    assert len(names(stage)) == 3

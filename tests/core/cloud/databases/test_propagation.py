"""News of a key that take their time: the setting `propagation_delay_seconds`."""

from datetime import timedelta
from typing import Any

import pytest

from kyok.cloud.databases.views.detail import detail_body
from tests.core.cloud.databases.fake_keys import FakeKey
from tests.core.cloud.databases.house import House

ALL_UP = ["connected RUNNING"] * 3
DISABLED = ["disabled STOPPED"] * 3
DELAY = 600


@pytest.fixture
def key(house: House) -> FakeKey:
    """A key whose changes take ten minutes to be heard of."""
    house.set("propagation_delay_seconds", DELAY)
    return house.keys.add()


def unwraps(house: House) -> int:
    return sum(action == "unwrap" for action, _, _ in house.keys.calls)


def test_until_the_nodes_learn_of_it_the_key_answers_as_before(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    asked, start = unwraps(house), house.clock.now()
    house.key_changed(key, (409, "X"))
    assert house.statuses(guid) == ALL_UP
    for _ in range(19):
        house.later(seconds=30)
        assert house.statuses(guid) == ALL_UP
    assert unwraps(house) == asked, "nobody asked for real"
    assert {node.passed_at for node in house.nodes(guid)} == {house.clock.now()}, "checks went on and passed"
    assert {node.next_check_at for node in house.nodes(guid)} == {start + timedelta(seconds=DELAY)}
    house.later(seconds=29)
    assert house.statuses(guid) == ALL_UP
    house.later(seconds=1)
    assert house.statuses(guid) == DISABLED
    assert [event.outcome for event in house.events("node.stop")] == ["success"]


def test_the_way_back_takes_as_long(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    house.later(seconds=DELAY)
    house.key_changed(key, None)
    assert house.statuses(guid) == DISABLED
    house.later(seconds=DELAY - 1)
    assert house.statuses(guid) == DISABLED
    house.later(seconds=1)
    assert house.statuses(guid) == ALL_UP


def test_an_authorization_is_heard_of_as_late_as_a_key(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.keys.authorized = lambda crn: False
    house.note("policy", "")
    house.tick()
    assert house.statuses(guid) == ALL_UP
    house.later(seconds=DELAY)
    assert house.statuses(guid) == ["not-authorized STOPPED"] * 3


def test_the_detail_tells_when_they_learn(house: House, key: FakeKey) -> None:
    house.set("check_interval_seconds", 3600)
    guid = house.ready(key)
    told = house.clock.now() + timedelta(seconds=DELAY)
    house.key_changed(key, (409, "X"))

    def body() -> Any:
        with house.store.read() as reader:
            return detail_body(reader, house.database_in(reader, guid), house.driver, house.hsm)

    before = body()
    assert before["checks"]["learns_at"] == f"{told:%Y-%m-%dT%H:%M:%S}.000Z"
    assert {node["next_check_at"] for node in before["nodes"]} == {before["checks"]["learns_at"]}
    assert before["checks"]["propagation_delay_seconds"] == DELAY
    house.later(seconds=DELAY)
    assert body()["checks"]["learns_at"] is None


def test_changes_meanwhile_are_learned_together(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    house.later(seconds=DELAY / 2)
    house.key_changed(key, (410, "X"))
    house.later(seconds=DELAY / 2)
    assert house.statuses(guid) == ["deleted STOPPED"] * 3


def test_a_check_by_hand_hears_no_more_than_the_others(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    house.store.writer.perform(lambda tx: house.service.check_now(tx, guid))
    house.tick()
    assert house.statuses(guid) == ALL_UP


def test_faults_are_felt_at_once(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    zone = house.nodes(guid)[2].zone
    cut = house.break_("zone-cut", zone=zone)
    assert house.statuses(guid) == [*ALL_UP[:2], "not-connected RUNNING"]
    house.mend(cut)
    assert house.statuses(guid) == [*ALL_UP[:2], "disabled STOPPED"], "it had no answer to go by, so it asked"


def test_a_node_that_starts_meanwhile_asks_for_real(house: House, key: FakeKey) -> None:
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    stop = house.break_("node-stop", database=guid, node=3)
    house.mend(stop)
    assert house.statuses(guid) == [*ALL_UP[:2], "disabled STOPPED"]


def test_without_a_delay_they_learn_at_once(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    assert house.statuses(guid) == DISABLED

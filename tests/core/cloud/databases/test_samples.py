"""The short history of what is measured of an instance."""

from datetime import timedelta

import pytest

from kyok.cloud.databases.samples import DAY, HOURS, Samples, Window, history
from kyok.cloud.databases.views.metrics import metrics_body
from kyok.cloud.emulator.errors import BadValue
from kyok.domain.cluster import ReplicaState
from tests.core.cloud.databases.house import House


def samples(house: House, guid: str, window: Window = HOURS) -> list[dict[str, object]]:
    with house.store.read() as reader:
        return [document for _, document in history(reader, guid, window)]


def test_every_minute_is_measured_once(house: House) -> None:
    guid = house.ready(house.keys.add())
    house.later(seconds=60)
    house.add_rows(guid, 10)
    before = len(samples(house, guid))
    house.later(seconds=60)
    found = samples(house, guid)
    assert len(found) == before + 1
    assert found[-1]["rows"] == 10
    assert "connections" not in found[-1], "nobody can connect to a simulated node"
    measured = found[-1]["nodes"]
    assert isinstance(measured, list)
    assert [node["running"] for node in measured] == [True] * 3
    assert all(node["size_bytes"] > 0 and node["latency_ms"] is not None for node in measured)
    primary = next(node.number for node in house.nodes(guid) if node.role is ReplicaState.PRIMARY)
    assert {node["number"] for node in measured if "lag_bytes" in node} == {1, 2, 3} - {primary}
    assert all("memory_bytes" not in node for node in measured), "a simulated node has no memory of its own"
    house.tick()
    assert len(samples(house, guid)) == before + 1


def test_within_a_minute_the_later_figures_count(house: House) -> None:
    guid = house.ready()
    house.later(seconds=60)
    count = len(samples(house, guid))
    house.add_rows(guid, 7)
    taker = Samples(house.store, house.driver, house.clock)  # as after a start of the cloud
    taker.take()
    taker.take()
    assert (len(samples(house, guid)), samples(house, guid)[-1]["rows"]) == (count, 7)


def test_a_stopped_instance_says_that_its_nodes_do_not_run(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (409, "X"))
    house.later(seconds=60)
    last = samples(house, guid)[-1]
    assert "rows" not in last
    assert [node["running"] for node in last["nodes"]] == [False] * 3  # type: ignore[attr-defined]


def test_the_history_is_bounded_by_the_clock(house: House) -> None:
    guid = house.ready()
    taker = Samples(house.store, house.driver, house.clock)
    for _ in range(30):
        house.clock.advance(timedelta(minutes=5))
        taker.take()
    assert len(samples(house, guid)) == 25, "two hours of the two and a half"
    assert len(samples(house, guid, DAY)) == 11, "one for each quarter of an hour that has begun"
    house.later(hours=20)
    assert len(samples(house, guid)) == 1, "nothing is filled in for the time that was skipped"
    assert len(samples(house, guid, DAY)) == 12
    house.later(days=2)
    assert (len(samples(house, guid)), len(samples(house, guid, DAY))) == (1, 1)


def test_a_deleted_instance_is_not_measured(house: House) -> None:
    guid = house.ready()
    house.later(minutes=1)
    count = len(samples(house, guid))
    house.hook("deleted", guid, "pending_reclamation")
    house.later(minutes=5)
    assert len(samples(house, guid)) == count


def test_the_answer_names_its_window(house: House) -> None:
    guid = house.ready()
    house.later(minutes=1)
    with house.store.read() as reader:
        body = metrics_body(reader, guid, "day")
        assert (body["window"], body["step_seconds"], len(body["samples"])) == ("day", 900, 1)
        with pytest.raises(BadValue, match="window must be one of 2-hours, day"):
            metrics_body(reader, guid, "week")

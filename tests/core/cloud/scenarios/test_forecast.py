"""What turning the clock will do is said before it is done, and then happens."""

from typing import Any

from tests.core.cloud.scenarios.house import House

HOUR, DAY = 3_600, 86_400
CONTENT: dict[str, Any] = {
    "key_services": [
        {
            "name": "hpcs",
            "keys": [{"name": "root"}, {"name": "gone", "state": "deleted"}, {"name": "short", "expires_in_days": 3}],
        }
    ],
    "authorizations": [{"target_instance": "hpcs"}],
    "databases": [
        {"name": "db", "key": "hpcs/root"},
        {"name": "old-db", "key": "hpcs/root", "state": "deleted"},
        {"name": "trial-db", "plan": "postgresql-free"},
    ],
}


def coming(house: House, seconds: float) -> list[str]:
    return [each["what"] for each in house.get(f"/emulator/v1/clock/forecast?advance_seconds={seconds}")["coming"]]


def test_everything_that_is_due_is_named_with_its_moment_in_order(house: House) -> None:
    house.load(CONTENT)
    assert coming(house, HOUR) == []
    assert coming(house, 5 * HOUR) == ["The deleted key gone may be purged by hand"]
    within_a_week = coming(house, 8 * DAY)
    assert "db and trial-db are backed up, if they run" in within_a_week
    assert "The key short expires" in within_a_week
    assert "The deleted instance old-db is removed for good" in within_a_week
    assert any(words.startswith("Backups of ") and "expire" in words for words in within_a_week)
    later = house.get(f"/emulator/v1/clock/forecast?advance_seconds={100 * DAY}")["coming"]
    assert [each["what"] for each in later if each["loses"]][-1] == "The deleted key gone is purged"
    assert "The free instance trial-db is deleted" in [each["what"] for each in later]
    assert [each["at"] for each in later] == sorted(each["at"] for each in later)


def test_what_is_foreseen_happens_and_is_not_foreseen_again(house: House) -> None:
    house.load(CONTENT)
    house.send("PUT", "/emulator/v1/clock", {"advance_seconds": 8 * DAY})
    house.cloud.reconciler.tick()
    states = {each["name"]: each["state"] for each in house.get("/v2/resource_instances")["resources"]}
    assert "old-db" not in states or states["old-db"] == "removed"
    ahead = coming(house, 30 * DAY)
    assert not any("old-db" in words and "removed" in words for words in ahead)
    assert "The key short expires" not in ahead


def test_a_grace_period_ends_in_the_forecast(house: House) -> None:
    house.load({**CONTENT, "faults": [{"kind": "zone-cut", "zone": "us-south-2"}], "settings": {"grace_seconds": 900}})
    assert coming(house, HOUR) == ["The grace period of nodes of db ends: what still cannot reach its key stops"]


def test_a_length_that_cannot_be_is_refused(house: House) -> None:
    for value in ("-1", "x", "1e12"):
        status, body = house.send("GET", f"/emulator/v1/clock/forecast?advance_seconds={value}")
        assert (status, body["code"]) == (400, "BAD_VALUE")

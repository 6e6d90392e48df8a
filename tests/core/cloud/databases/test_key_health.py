"""Key health of the whole account: the same facts as each instance's detail, in as many statements for many."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kyok.cloud.databases.views import health
from kyok.domain.services import KMS
from tests.core.cloud.databases.house import ACCOUNT, House
from tests.core.cloud.databases.walk import Walk

PATH = "/emulator/v1/key-health"


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path / "home", os.urandom(32))
    yield made
    made.cloud.close()


def told(walk: Walk) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in walk.get(PATH)["instances"]}


def same_as_detail(walk: Walk, brief: dict[str, Any]) -> None:
    """Every member of the answer is the detail's, but for what takes asking the activity log."""
    whole = walk.get(f"/emulator/v1/databases/{brief['guid']}")
    for name, value in brief.items():
        known = whole[name]
        if name == "nodes":
            known = [{key: node[key] for key in brief["nodes"][0]} for node in known]
        if isinstance(value, dict):
            known = {key: known[key] for key in value}
            for member in ("event_id", "version_id"):
                known.pop(member, None)
                value.pop(member, None)
        assert value == known, name


def test_every_instance_is_told_as_its_detail_tells_it(walk: Walk) -> None:
    hpcs, protect = walk.hsm(), walk.create(KMS, "acme-kp")
    kept, deleted, disabled = (walk.root_key(hpcs, name) for name in ("ledger-root", "archive-root", "hr-root"))
    other = walk.root_key(protect, "cards-root")
    walk.authorize(hpcs)
    policy = walk.authorize(protect, KMS)
    walk.database(hpcs, kept, "ledger-db")
    walk.database(hpcs, deleted, "archive-db")
    walk.database(hpcs, disabled, "hr-db")
    walk.database(protect, other, "cards-db")
    walk.database(None, None, "reporting-db")
    walk.database(hpcs, "00000000-0000-0000-0000-000000000000", "broken-db")
    walk.delete_key(hpcs, deleted)
    walk.key(hpcs, disabled, "disable")
    walk.call("DELETE", f"/v1/policies/{policy}")
    walk.tick()

    found = told(walk)
    assert {name: one["key_status"] for name, one in found.items()} == {
        "ledger-db": "connected",
        "archive-db": "deleted",
        "hr-db": "disabled",
        "cards-db": "not-authorized",
        "reporting-db": "default-key",
        "broken-db": "checking",
    }
    assert found["broken-db"]["failure"] and found["broken-db"]["instance_state"] == "failed"
    assert found["reporting-db"]["hsm"] is None and found["reporting-db"]["root_key"] is None
    lost = found["cards-db"]["authorization"]
    assert (lost["in_force"], lost["removed_by"]) == (False, "admin@local.example")
    assert found["archive-db"]["root_key"]["state"] == 5 and found["archive-db"]["nodes"][0]["final"]
    for one in found.values():
        same_as_detail(walk, one)


def test_checks_of_the_whole_account_are_asked_for_at_once(walk: Walk) -> None:
    hpcs = walk.hsm()
    key = walk.root_key(hpcs)
    walk.authorize(hpcs)
    guids = [walk.database(hpcs, key, name) for name in ("ledger-db", "payments-db")]
    walk.database(None, None, "reporting-db")
    before = [walk.detail(guid).nodes[0].last_check_at for guid in guids]
    walk.call("PUT", "/emulator/v1/clock", {"advance_seconds": 1})
    walk.tick()
    assert walk.call("POST", f"{PATH}/checks", {}) == {"instances": 2}
    walk.tick()
    after = [walk.detail(guid).nodes[0].last_check_at for guid in guids]
    assert all(later and earlier and later > earlier for earlier, later in zip(before, after, strict=True))


def statements(house: House) -> tuple[int, int]:
    """How many statements one answer takes, and for how many instances."""
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    with house.store.read() as reader:
        event.listen(reader.connection.engine, "before_cursor_execute", note)
        try:
            body = health.health(reader, ACCOUNT, house.hsm)
        finally:
            event.remove(reader.connection.engine, "before_cursor_execute", note)
    return len(seen), len(body["instances"])


def test_many_instances_take_no_more_statements_than_one(house: House) -> None:
    house.ready(house.keys.add(), name="first-db")
    few, one = statements(house)
    for number in range(12):
        house.order(house.keys.add(), name=f"db-{number}")
    house.tick()
    many, thirteen = statements(house)
    assert (one, thirteen) == (1, 13)
    assert many == few

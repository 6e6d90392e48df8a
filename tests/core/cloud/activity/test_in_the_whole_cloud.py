"""The log of a whole cloud: old events go by its clock, and every thing's events are found from the thing."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.core.cloud.databases.walk import Walk

DAY = 86_400


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path / "home", os.urandom(32))
    yield made
    made.cloud.close()


def found(walk: Walk, **query: str) -> Any:
    pairs = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return walk.get(f"/emulator/v1/activity?limit=500&{pairs}")


def actions(walk: Walk, **query: str) -> set[str]:
    return {event["action"].partition(".")[2] for event in found(walk, **query)["events"]}


def test_old_events_go_when_the_clock_is_turned(walk: Walk) -> None:
    walk.hsm()
    first = found(walk)
    assert first["total"] > 3
    walk.call("PUT", "/emulator/v1/settings", {"activity_retention_days": 7})
    walk.later(6 * DAY)
    assert found(walk)["oldest_at"] == first["oldest_at"]
    walk.later(2 * DAY)
    left = found(walk)
    assert left["oldest_at"] > first["oldest_at"] and left["retention_days"] == 7
    assert {event["action"] for event in left["events"]} == {"kyok.clock.update"}


def test_events_of_a_key_an_instance_a_backup_and_a_task(walk: Walk) -> None:
    hpcs = walk.hsm()
    key, other = walk.root_key(hpcs), walk.root_key(hpcs, "other-root")
    policy = walk.authorize(hpcs)
    guid = walk.database(hpcs, key)
    walk.key(hpcs, key, "rotate")
    walk.call("POST", f"/emulator/v1/databases/{guid}/backups", {})
    walk.tick()
    crn = hpcs["crn"].removesuffix("::") + ":key:"
    assert {"secrets.create", "secrets.rotate", "secrets.wrap"} <= actions(walk, target=crn + key)
    assert actions(walk, target=crn + other) == {"secrets.create"}
    assert {"cluster.create", "backup.create", "secrets.wrap"} <= actions(walk, instance=guid)
    assert actions(walk, target=f"crn:v1:bluemix:public:iam-access-management::a/{walk.account}::policy:{policy}") == {
        "policy.create"
    }
    backup = walk.get(f"/emulator/v1/databases/{guid}/backups")["backups"][0]["id"]
    assert actions(walk, instance=guid, search=backup) == {"backup.create"}
    task = walk.call(
        "PATCH",
        f"/api/v3/{walk.account}/clusters/{guid}/configuration",
        {"configuration": {"deadlock_timeout": 2000}},
    )["task_id"]
    walk.tick()
    told = found(walk, instance=guid, search=task)["events"]
    assert [event["outcome"] for event in told] == ["success", "pending"]
    assert {event["action"] for event in told} == {"hyperp-dbaas-postgresql.configuration.update"}

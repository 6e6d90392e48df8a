"""Long work beside the reconciler: what was read before a job ended is never acted on after it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.databases.backup_keeper import BackupKeeper
from kyok.cloud.databases.driver import NodeRef
from kyok.domain.cluster import ClusterState, TaskState, TaskType
from tests.core.cloud.databases.house import ANNA, House

Job = tuple[Callable[[], None], Callable[[bool], None]]
ALL_UP = ["connected RUNNING"] * 3


class EndsTooSoon:
    """Holds each job until another one of the same instance is asked for, and ends it then.

    So a job ends after the reconciler has read the instance and before it acts on what it read.
    """

    def __init__(self) -> None:
        self.held: dict[str, Job] = {}
        self.failing = False

    def start(self, guid: str, work: Callable[[], None], done: Callable[[bool], None]) -> bool:
        if guid in self.held:
            self.end(guid)
        self.held[guid] = (work, done)
        return True

    def running(self) -> frozenset[str]:
        return frozenset(self.held)

    def end(self, guid: str) -> None:
        work, done = self.held.pop(guid)
        if self.failing:
            done(False)
            return
        work()
        done(True)

    def close(self) -> None:
        self.held.clear()


@pytest.fixture
def jobs() -> EndsTooSoon:
    return EndsTooSoon()


@pytest.fixture
def home_with_jobs(tmp_path: Path, jobs: EndsTooSoon) -> Iterator[House]:
    made = House(tmp_path / "home")
    made.reconciler = made.service.reconciler(made.keys, lambda: "internal", jobs=jobs)
    yield made
    made.close()


def end_all(house: House, jobs: EndsTooSoon) -> None:
    while jobs.held:
        jobs.end(next(iter(jobs.held)))
        house.tick()


def test_an_instance_that_was_made_meanwhile_is_not_made_again(home_with_jobs: House, jobs: EndsTooSoon) -> None:
    house = home_with_jobs
    guid = house.order(house.keys.add())
    house.tick()
    assert list(jobs.held) == [guid]
    house.note("instance", guid)
    house.tick()
    end_all(house, jobs)
    assert house.statuses(guid) == ALL_UP
    house.add_rows(guid, 4)
    assert house.figures(guid).rows == 4
    made = [task for task in house.tasks(guid) if task.type is TaskType.PROVISION]
    assert [task.state for task in made] == [TaskState.SUCCEEDED]
    assert len(house.events("cluster.create")) == 1


def test_a_backup_that_was_taken_meanwhile_is_not_written_over(home_with_jobs: House, jobs: EndsTooSoon) -> None:
    house = home_with_jobs
    guid = house.ready(house.keys.add())
    end_all(house, jobs)
    house.add_rows(guid, 5)
    taken = len(house.backups(guid))
    house.clock.advance(timedelta(seconds=3))
    asked = house.back_up(guid)
    house.tick()
    assert guid in jobs.held
    house.note("instance", guid)
    house.tick()
    end_all(house, jobs)
    assert len(house.backups(guid)) == taken + 1
    newest = next(each for each in house.backups(guid) if each.id == asked.document["backup_id"])
    again = house.restore(guid, newest.id, house.keys.add())
    end_all(house, jobs)
    assert house.figures(again).rows == 5


def test_a_job_that_failed_is_done_again_and_the_key_stays_known(home_with_jobs: House, jobs: EndsTooSoon) -> None:
    house = home_with_jobs
    key = house.keys.add()
    guid = house.ready(key)
    jobs.failing = True
    jobs.end(guid)
    house.tick()
    assert jobs.held == {}
    assert house.database(guid).state is ClusterState.CREATING
    jobs.failing = False
    house.later(seconds=6)
    assert list(jobs.held) == [guid]
    end_all(house, jobs)
    assert house.statuses(guid) == ALL_UP

    house.back_up(guid)
    house.tick()
    jobs.failing = True
    jobs.end(guid)
    house.key_changed(key, (409, "KEY_ACTION_INVALID_STATE_ERR"))
    assert house.statuses(guid) == ["disabled STOPPED"] * 3, "the key of an instance whose job failed is still known"


def test_a_key_that_changes_while_the_instance_is_made_is_asked_about_at_once_afterwards(
    home_with_jobs: House, jobs: EndsTooSoon
) -> None:
    house = home_with_jobs
    guid = house.ready(house.keys.add())
    house.note("policy", "one")
    house.tick()
    jobs.end(guid)
    unwraps = [call for call in house.keys.calls if call[0] == "unwrap"]
    house.tick()
    end_all(house, jobs)
    assert len(unwraps) == 3
    assert len([call for call in house.keys.calls if call[0] == "unwrap"]) == 6


def test_an_instance_that_was_deleted_while_its_making_waited_is_not_made(
    home_with_jobs: House, jobs: EndsTooSoon
) -> None:
    house = home_with_jobs
    guid = house.ready(house.keys.add())
    assert list(jobs.held) == [guid]
    house.hook("deleted", guid, "pending_reclamation")
    house.hook("reclaimed", guid, "removed")
    end_all(house, jobs)
    assert house.nodes(guid) == []
    assert {call[0] for call in house.keys.calls} <= {"DELETE registration"}, "no data key is made for it"
    assert not any(house.driver.is_open(NodeRef(guid, number)) for number in (1, 2, 3))


def test_a_backup_that_is_asked_for_while_one_is_found_due_is_the_only_one(
    home_with_jobs: House, jobs: EndsTooSoon, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = home_with_jobs
    guid = house.ready(house.keys.add())
    plain = BackupKeeper.ask_when_due

    def after_somebody(keeper: BackupKeeper, tx: Any, of: Any, *given: Any) -> Any:
        house.service.back_up(tx, ANNA, of)
        return plain(keeper, tx, of, *given)

    monkeypatch.setattr(BackupKeeper, "ask_when_due", after_somebody)
    end_all(house, jobs)
    assert [task.state for task in house.tasks(guid) if task.type is TaskType.BACKUP] == [TaskState.SUCCEEDED]
    assert len(house.backups(guid)) == 1

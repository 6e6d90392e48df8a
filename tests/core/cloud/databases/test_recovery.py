"""kill -9 at any moment: the next start repairs by itself, and nothing acknowledged is lost."""

import contextlib
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.databases import vault
from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.errors import DiskRefused
from kyok.domain.cluster import ClusterState
from tests.core.cloud.databases.house import ANNA, House

ALL_UP = ["connected RUNNING"] * 3


class Killed(BaseException):
    """kill -9."""


class Dying(Disk):
    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(self._step)

    def _step(self, step: str) -> None:
        if self.left == 0:
            raise Killed(step)
        self.left -= 1


def test_nodes_prove_their_key_again_after_a_start_and_nothing_is_told_twice(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 8).figures
    calls = len(house.keys.calls)
    again = house.killed()
    again.reconciler._recover()
    assert again.statuses(guid) == ["checking RESTARTING"] * 3
    again.tick()
    assert again.statuses(guid) == ALL_UP
    assert again.figures(guid) == rows
    assert len(again.keys.calls) == calls + 3
    assert again.events("node.start", "node.stop") == []
    again.close()


def test_key_that_went_away_while_the_cloud_was_down_seals_at_the_start(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    key.refusal = (409, "X")
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ["disabled STOPPED"] * 3
    assert len(again.events("node.stop")) == 1
    again.close()


def test_unreachable_key_at_the_start_leaves_nodes_sealed_without_grace(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.keys.refusal = (503, "X", "")
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ["not-connected STOPPED"] * 3
    again.keys.refusal = None
    again.later(seconds=30)
    assert again.statuses(guid) == ALL_UP
    again.close()


@pytest.mark.parametrize("step", range(0, 60, 4))
def test_creation_killed_at_any_step_is_made_by_the_next_start(tmp_path: Path, step: int) -> None:
    house = House(tmp_path)
    key = house.keys.add()
    house.driver._disk = disk = Dying(step)
    house.service.files._disk = disk
    guid = house.order(key)
    with contextlib.suppress(Killed):
        house.tick()
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ALL_UP
    assert again.instance(guid).state == "active"
    assert {task.state.value for task in again.tasks(guid)} == {"SUCCEEDED"}
    assert len(again.backups(guid)) == 1
    assert not list(again.home.databases.rglob("*.part"))
    files = list((again.home.databases / guid / "backups").iterdir())
    assert [file.stem for file in files] == [again.backups(guid)[0].id]
    assert len(again.events("cluster.create")) == 1
    again.close()


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_erasure_killed_at_any_step_goes_on(tmp_path: Path, step: int) -> None:
    house = House(tmp_path)
    key = house.keys.add()
    guid = house.ready(key)
    house.hook("deleted", guid, "pending_reclamation")
    house.driver._disk = disk = Dying(step)
    house.service.files._disk = disk
    with pytest.raises(Killed):
        house.hook("reclaimed", guid, "removed")
    again = house.killed()
    again.tick()
    assert not (again.home.databases / guid).exists()
    assert again.database(guid).document["erasure"]["volumes_erased_at"]
    assert again.keys.registered == {}
    again.close()


def test_volumes_and_backups_that_nobody_knows_are_removed(house: House) -> None:
    guid = house.ready()
    stray = house.home.databases / "no-such-instance" / "node-1" / "rows.1.1.sealed"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    unknown = house.service.files.file(guid, "dbaas1-1-20260101-000000F")
    unknown.write_bytes(b"x")
    part = unknown.with_suffix(".sealed.part")
    part.write_bytes(b"x")
    again = house.killed()
    again.tick()
    assert not stray.exists() and not unknown.exists() and not part.exists()
    assert len(list(unknown.parent.iterdir())) == 1
    again.close()


def test_damaged_volume_is_made_again_from_the_others(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 5).figures
    for file in (house.home.databases / guid / "node-2").iterdir():
        file.unlink()
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ALL_UP
    for number in (1, 3):
        again.break_("node-stop", database=guid, node=number)
    assert again.figures(guid) == rows
    again.close()


def test_all_volumes_damaged_is_told_as_failed(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    for file in (house.home.databases / guid).glob("node-*/*"):
        file.write_bytes(b"x")
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ["connected FAILED"] * 3
    assert again.database(guid).state is ClusterState.STOPPED
    assert "cannot be opened" in again.database(guid).reason
    again.later(seconds=30)
    assert again.statuses(guid) == ["connected FAILED"] * 3
    again.close()


def test_full_disk_at_the_start_is_told_and_cured_by_the_next_check(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 5).figures
    again = house.killed()

    def full(self: Disk, path: Path, content: bytes) -> None:
        raise DiskRefused("A file of the database could not be written: no space left on device.")

    monkeypatch.setattr(Disk, "put", full)
    again.tick()
    assert again.statuses(guid) == ["connected FAILED"] * 3
    assert again.database(guid).reason == "A file of the database could not be written: no space left on device"
    again.later(days=1)  # a backup would be due
    monkeypatch.undo()
    again.later(seconds=30)
    assert again.statuses(guid) == ALL_UP
    assert again.figures(guid) == rows
    again.close()


def test_full_disk_while_creating_fails_the_instance(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.keys.add()
    put = Disk.put

    def full(self: Disk, path: Path, content: bytes) -> None:
        if "node-3" in str(path):
            raise DiskRefused()
        put(self, path, content)

    monkeypatch.setattr(Disk, "put", full)
    guid = house.ready(key)
    assert house.database(guid).state is ClusterState.FAILED
    assert house.keys.registered == {}
    assert not list(house.home.databases.glob("*/node-*"))


def test_full_disk_fails_a_backup_and_a_node_that_is_made_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.keys.add()
    fault = house.break_("zone-cut", zone="us-south-2")
    guid = house.ready(key)
    putting = Disk.putting

    def full(self: Disk, path: Path) -> Any:
        if "node-2" in str(path) or "backups" in str(path):
            raise DiskRefused()
        return putting(self, path)

    monkeypatch.setattr(Disk, "putting", full)
    house.back_up(guid)
    house.mend(fault)
    assert house.statuses(guid)[1] == "connected CREATING"
    assert {task.reason for task in house.tasks(guid) if task.state.value == "FAILED"} == {DiskRefused.summary}
    monkeypatch.undo()
    house.later(seconds=30)
    assert house.statuses(guid) == ALL_UP


def test_service_key_that_is_gone_is_not_made_up(house: House) -> None:
    guid = house.ready()
    house.store.writer.perform(lambda tx: vault.forget(tx, guid))
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ["default-key RESTARTING"] * 3
    again.close()


def test_task_of_a_lost_instance_ends(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.back_up(guid)
    house.store.writer.perform(lambda tx: house.service.deleted(tx, guid, ANNA))
    again = house.killed()
    again.tick()
    task = next(task for task in again.tasks(guid) if task.state.value == "FAILED")
    assert "stopped before" in task.reason
    again.close()


def test_reconciler_runs_by_itself_and_after_a_reset(house: House) -> None:
    import threading

    key = house.keys.add()
    done = threading.Event()
    guid = house.order(key)
    house.store.writer.subscribe(
        lambda notes: done.set() if tuple(n[0] for n in notes if n[0] == "backup") == ("backup",) else None
    )
    house.reconciler.start()
    assert done.wait(10)
    house.reconciler.forget_all()
    house.reconciler.stop()
    assert not any(house.driver.is_open(ref) for ref in _refs(guid))


def test_failing_tick_is_tried_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    guid = house.order()
    monkeypatch.setattr(house.reconciler._shop.provisioning, "run", _broken)
    with pytest.raises(RuntimeError):
        house.tick()
    monkeypatch.undo()
    house.tick()
    assert house.statuses(guid) == ["default-key RUNNING"] * 3


def _broken(*args: object) -> bool:
    raise RuntimeError("broken")


def _refs(guid: str) -> list[NodeRef]:
    return [NodeRef(guid, number) for number in (1, 2, 3)]

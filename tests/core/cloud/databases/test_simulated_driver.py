"""The simulated driver: what is acknowledged is never lost, and no insertion is ever half there."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.errors import BackupDamaged, DiskRefused, NotServing, TooFewNodes, VolumeDamaged, VolumeFull
from kyok.cloud.databases.rowset import SampleRow
from kyok.cloud.databases.simulated import SimulatedDriver
from kyok.randomness import SeededRandomness

GUID = "11111111-2222-3333-4444-555555555555"
DEK = bytes(range(32))
RANDOM = SeededRandomness(7)


class Killed(BaseException):
    """kill -9."""


class Dying(Disk):
    """Ends everything at a chosen step."""

    def __init__(self) -> None:
        self.left = -1
        super().__init__(self._step)

    def _step(self, step: str) -> None:
        if self.left == 0:
            raise Killed(step)
        self.left -= 1


def ref(number: int) -> NodeRef:
    return NodeRef(GUID, number)


def made(root: Path, disk: Disk | None = None) -> SimulatedDriver:
    driver = SimulatedDriver(root, disk)
    for number in (1, 2, 3):
        driver.create(ref(number), bytearray(DEK))
    assert driver.settle(GUID, 1).primary == 1
    return driver


def batch(first: int, count: int = 2) -> list[SampleRow]:
    return [SampleRow(number, "c", "p", number, f"RF-{number}") for number in range(first, first + count)]


def ids(driver: SimulatedDriver) -> list[int]:
    return [row.id for row in reversed(driver.last_rows(GUID, 100))]


def test_rows_are_on_every_node_and_survive_every_pair(tmp_path: Path) -> None:
    driver = made(tmp_path)
    figures = driver.insert(GUID, batch(1))
    for pair in ((1, 2), (1, 3), (2, 3)):
        driver.close_all()
        for number in pair:
            driver.open(ref(number), bytearray(DEK))
        assert driver.settle(GUID).primary in pair
        assert driver.figures(GUID) == figures


def test_the_size_is_read_while_rows_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = made(tmp_path)
    real, added = Path.is_file, []

    def is_file(path: Path) -> bool:
        found = real(path)
        if path.name.startswith("rows.") and not added:
            added.append(driver.insert(GUID, batch(1)))
        return found

    monkeypatch.setattr(Path, "is_file", is_file)
    assert driver.facts(ref(3)).size >= 0
    assert added
    assert driver.facts(ref(3)).size > 0


def test_one_node_alone_serves_nothing_after_all_were_closed(tmp_path: Path) -> None:
    driver = made(tmp_path)
    driver.close_all()
    driver.open(ref(2), bytearray(DEK))
    assert driver.settle(GUID).waiting == (2,)
    with pytest.raises(NotServing):
        driver.figures(GUID)
    with pytest.raises(NotServing):
        driver.backup(GUID, io.BytesIO())
    driver.open(ref(3), bytearray(DEK))
    assert driver.settle(GUID).primary == 2


def test_last_node_of_a_serving_instance_goes_on_reading_but_takes_no_rows(tmp_path: Path) -> None:
    driver = made(tmp_path)
    driver.insert(GUID, batch(1))
    driver.close(GUID, [1])
    driver.close(GUID, [3])
    assert driver.settle(GUID).primary == 2
    assert ids(driver) == [1, 2]
    with pytest.raises(TooFewNodes):
        driver.insert(GUID, batch(3))


def test_node_that_returns_takes_over_the_rows(tmp_path: Path) -> None:
    driver = made(tmp_path)
    driver.close(GUID, [1])
    assert driver.settle(GUID).primary == 2
    figures = driver.insert(GUID, batch(1))
    driver.open(ref(1), bytearray(DEK))
    assert driver.settle(GUID).caught_up == (1,)
    driver.close(GUID, [2])
    driver.close(GUID, [3])
    assert driver.settle(GUID).primary == 1
    assert driver.figures(GUID) == figures


def test_stale_node_never_leads_alone(tmp_path: Path) -> None:
    driver = made(tmp_path)
    driver.close(GUID, [3])
    driver.insert(GUID, batch(1))
    driver.open(ref(3), bytearray(DEK))
    driver.close(GUID, [1])
    driver.close(GUID, [2])
    assert driver.settle(GUID).primary is None


def test_wrong_key_cut_and_renamed_volumes_do_not_open(tmp_path: Path) -> None:
    driver = made(tmp_path)
    driver.insert(GUID, batch(1))
    driver.close_all()
    with pytest.raises(VolumeDamaged):
        driver.open(ref(1), bytearray(32))
    folder = tmp_path / GUID / "node-1"
    file = next(folder.iterdir())
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    with pytest.raises(VolumeDamaged):
        driver.open(ref(1), bytearray(DEK))
    file.write_bytes(whole)
    file.rename(folder / "rows.9.9.sealed")
    with pytest.raises(VolumeDamaged):
        driver.open(ref(1), bytearray(DEK))
    other = next((tmp_path / GUID / "node-2").iterdir())
    (folder / "rows.9.9.sealed").unlink()
    (folder / other.name).write_bytes(other.read_bytes())
    with pytest.raises(VolumeDamaged):
        driver.open(ref(1), bytearray(DEK))
    driver.destroy(GUID)
    with pytest.raises(VolumeDamaged, match="missing"):
        driver.open(ref(1), bytearray(DEK))


def test_key_is_wiped_at_close_and_when_it_does_not_open(tmp_path: Path) -> None:
    driver = SimulatedDriver(tmp_path)
    key = bytearray(DEK)
    driver.create(ref(1), key)
    again = bytearray(DEK)
    driver.open(ref(1), again)  # open already
    assert again == bytes(32)
    assert key == DEK
    driver.close(GUID, [1])
    assert key == bytes(32)
    assert not driver.close(GUID, [1])
    wrong = bytearray(b"x" * 32)
    with pytest.raises(VolumeDamaged):
        driver.open(ref(1), wrong)
    assert wrong == bytes(32)


def test_disk_that_refuses_leaves_the_old_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = made(tmp_path)
    figures = driver.insert(GUID, batch(1))
    calls = []

    def refuse(self: Disk, path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise DiskRefused()
        put(self, path, content)

    put = Disk.put
    monkeypatch.setattr(Disk, "put", refuse)
    with pytest.raises(DiskRefused):
        driver.insert(GUID, batch(3))
    assert driver.figures(GUID) == figures
    driver.insert(GUID, batch(5))
    assert ids(driver) == [1, 2, 5, 6]
    monkeypatch.undo()
    driver.close_all()
    for number in (1, 2, 3):
        driver.open(ref(number), bytearray(DEK))
    driver.settle(GUID)
    assert ids(driver) == [1, 2, 5, 6]


def test_node_whose_disk_refuses_is_dropped_and_the_others_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = made(tmp_path)
    driver.insert(GUID, batch(1))
    driver.close_all()
    for number in (1, 2, 3):
        driver.open(ref(number), bytearray(DEK))
    put = Disk.put

    def refuse(self: Disk, path: Path, content: bytes) -> None:
        if "node-3" in str(path):
            raise DiskRefused()
        put(self, path, content)

    monkeypatch.setattr(Disk, "put", refuse)
    settled = driver.settle(GUID)
    assert (settled.primary, list(settled.failed)) == (1, [3])
    assert not driver.is_open(ref(3))
    driver.close_all()
    for number in (2, 3):
        driver.open(ref(number), bytearray(DEK))
    assert driver.settle(GUID).primary is None  # a majority could not take the new term


def test_refused_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Disk, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True)
        raise DiskRefused()

    monkeypatch.setattr(Disk, "put", refuse)
    driver = SimulatedDriver(tmp_path)
    key = bytearray(DEK)
    with pytest.raises(DiskRefused):
        driver.create(ref(1), key)
    assert key == bytes(32)
    assert driver.known() == []


def test_full_volume_and_foreign_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = made(tmp_path)
    monkeypatch.setattr("kyok.cloud.databases.simulated.ROWS_MAX", 3)
    driver.insert(GUID, batch(1))
    with pytest.raises(VolumeFull):
        driver.insert(GUID, batch(3))
    with pytest.raises(BackupDamaged):
        driver.restore(GUID, iter([bytearray(b"no rows")]))
    assert driver.facts(ref(1)).size > 0
    assert driver.known() == [GUID]
    assert driver.destroy(GUID) == 3
    assert driver.known() == []
    assert driver.facts(ref(1)).size == 0
    assert SimulatedDriver(tmp_path / "absent").known() == []
    assert "psql cannot connect" in driver.describe().summary


def test_read_only_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(DiskRefused, match="no space left on device"):
        Disk().put(tmp_path / "file", b"x")
    monkeypatch.undo()
    monkeypatch.setattr("os.open", lambda *args: (_ for _ in ()).throw(PermissionError()))
    from kyok.cloud.databases.disk import sync_folder

    sync_folder(tmp_path)


def crash_points(root: Path, act: Callable[[SimulatedDriver], None]) -> int:
    """How many steps the disk takes in `act`."""
    disk = Dying()
    driver = made(root, disk)
    driver.insert(GUID, batch(1))
    disk.left = 10_000
    act(driver)
    return 10_000 - disk.left


def test_every_crash_point_of_an_insertion(tmp_path: Path) -> None:
    def act(driver: SimulatedDriver) -> None:
        driver.insert(GUID, batch(3))

    steps = crash_points(tmp_path / "count", act)
    assert steps >= 15
    for step in range(steps):
        for pair in ((1, 2), (1, 3), (2, 3), (1, 2, 3)):
            root = tmp_path / f"{step}-{len(pair)}{pair[0]}{pair[1]}"
            disk = Dying()
            driver = made(root, disk)
            driver.insert(GUID, batch(1))
            disk.left = step
            with pytest.raises(Killed):
                act(driver)
            driver = SimulatedDriver(root)
            for number in pair:
                driver.open(ref(number), bytearray(DEK))
            assert driver.settle(GUID).primary
            assert ids(driver) in ([1, 2], [1, 2, 3, 4])
            assert not [part for number in pair for part in root.rglob(f"node-{number}/*.part")]


@pytest.mark.parametrize("seed", range(60))
def test_random_life_never_loses_what_was_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    disk = Dying()
    driver = made(tmp_path, disk)
    acknowledged: list[int] = []
    dead: set[int] = set()
    number = 1
    for _ in range(60):
        disk.left = chance.choice([-1, -1, -1, chance.randrange(20)])
        first = number
        try:
            action = chance.randrange(8)
            if action < 4:
                number += 2
                driver.insert(GUID, batch(first))
                acknowledged += [first, first + 1]
            elif action == 4:
                driver.close(GUID, [chance.randint(1, 3)])
                driver.settle(GUID)
            elif action == 5:
                driver.close_all()
            else:
                driver.open(ref(chance.randint(1, 3)), bytearray(DEK))
                driver.settle(GUID, chance.randint(1, 3))
        except (NotServing, TooFewNodes):
            pass
        except Killed:
            driver = SimulatedDriver(tmp_path, disk)
        disk.left = -1
        try:
            seen = ids(driver)
        except NotServing:
            continue
        assert [one for one in seen if one in acknowledged] == acknowledged, seed
        assert all(one + 1 in seen for one in seen if one % 2), "half an insertion"
        assert not dead & set(seen), "rows that were lost came back"
        # What is seen without an acknowledgement was in flight at a crash; from now on it counts, the rest is dead.
        acknowledged = seen
        dead |= set(range(1, number)) - set(seen)

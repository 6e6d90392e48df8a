"""Power cuts between any two writes, full disks, and files that were put back or swapped."""

import errno
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from kyok.durable import Disk
from kyok.hsm import (
    GenerateKey,
    Hsm,
    HsmStatus,
    Initialisation,
    Reseal,
    StoredKey,
    UnitMode,
    Unwrap,
    Wrap,
    blob_epoch,
    unit_codec,
)
from kyok.hsm.errors import (
    BlobShredded,
    EpochRefused,
    HsmNotInitialised,
    HsmStorageFailed,
    HsmUnavailable,
)
from kyok.hsm.master_key import verification_pattern
from kyok.hsm.unit import UnitRecord
from kyok.sealed import FORMAT
from kyok.sealing.key import SealingKey
from tests.hsm.conftest import GUID, stored

SOME_STEPS = 200


class PowerCut(BaseException):
    """The machine stops here."""


class FailingDisk(Disk):
    """Stops before its step number `limit`; a write that is cut leaves half a file."""

    def __init__(self, limit: int, failure: Callable[[], BaseException] = PowerCut) -> None:
        self.steps = 0
        self._limit = limit
        self._failure = failure

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self._limit:
            raise self._failure()

    def make_folder(self, folder: Path) -> None:
        self._step()
        super().make_folder(folder)

    def write(self, path: Path, data: bytes | bytearray) -> None:
        try:
            self._step()
        except BaseException:
            path.write_bytes(bytes(data)[: len(data) // 2])
            raise
        super().write(path, data)

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)

    def overwrite(self, path: Path) -> None:
        self._step()
        super().overwrite(path)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def disk_full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def opened(folder: Path, sealing: SealingKey, disk: Disk | None = None) -> Hsm:
    module = Hsm(folder, disk=disk)
    module.unlock(sealing)
    return module


def cut_everywhere(
    folder: Path, sealing: SealingKey, act: Callable[[Hsm], object], check: Callable[[Hsm], str]
) -> list[str]:
    """Does `act` with a power cut before every step in turn; returns what `check` says after each restart."""
    outcomes = []
    for limit in range(SOME_STEPS):
        copy = folder.with_name(f"cut-{limit}")
        shutil.copytree(folder, copy)
        disk = FailingDisk(limit)
        try:
            act(opened(copy, sealing, disk))
            finished = True
        except PowerCut:
            finished = False
        outcomes.append(check(opened(copy, sealing)))
        # A second restart finds nothing more to repair.
        assert check(opened(copy, sealing)) == outcomes[-1]
        assert not list(copy.rglob("*.pending"))
        if finished:
            return outcomes
    raise AssertionError("the act never finished")


def consistent(status: HsmStatus) -> str:
    assert not [unit.problem for unit in status.units if unit.problem]
    assert status.initialisation in {Initialisation.NOT_INITIALISED, Initialisation.INITIALISED}
    return status.initialisation.value


def one_change(outcomes: list[str], before: str, after: str) -> None:
    """First the old state, from some step on the new one, never anything else."""
    assert (outcomes[0], outcomes[-1]) == (before, after)
    assert outcomes == sorted(outcomes, key=[before, after].index)


def test_auto_init_is_all_or_nothing(hsm: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    outcomes = cut_everywhere(
        tmp_path / "hsm",
        sealing,
        lambda module: module.auto_init(GUID, 2, 1, ["Anna", "Ben"]),
        lambda module: consistent(module.status(GUID)),
    )
    one_change(outcomes, "not initialised", "initialised")


def test_zeroize_is_all_or_nothing(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    outcomes = cut_everywhere(
        tmp_path / "hsm",
        sealing,
        lambda module: module.zeroize(GUID),
        lambda module: consistent(module.status(GUID)),
    )
    one_change(outcomes, "initialised", "not initialised")


@pytest.mark.parametrize("by_provider", [False, True])
def test_an_hsm_is_there_whole_or_not_at_all(hsm: Hsm, sealing: SealingKey, tmp_path: Path, by_provider: bool) -> None:
    def check(module: Hsm) -> str:
        return consistent(module.status("second")) if module.exists("second") else "none"

    outcomes = cut_everywhere(
        tmp_path / "hsm",
        sealing,
        lambda module: module.create("second", 2, ["z"], initialised_by_provider=by_provider),
        check,
    )
    one_change(outcomes, "none", "initialised" if by_provider else "not initialised")


def test_a_removed_hsm_is_gone_or_whole(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    outcomes = cut_everywhere(
        tmp_path / "hsm",
        sealing,
        lambda module: module.remove(GUID),
        lambda module: consistent(module.status(GUID)) if module.exists(GUID) else "none",
    )
    one_change(outcomes, "initialised", "none")


@pytest.mark.parametrize("act", ["begin_epoch", "finish_epoch", "abandon_epoch"])
def test_a_change_of_the_epoch_is_old_or_new(
    ready: Hsm, sealing: SealingKey, tmp_path: Path, new_key: Callable[[], StoredKey], act: str
) -> None:
    """Whatever is cut: a key under the epoch that stays opens, and no unit is lost."""
    old = new_key()
    if act != "begin_epoch":
        ready.begin_epoch(GUID)
    kept = stored(ready.run(GUID, Reseal(old)).blob, old.key_id) if act == "finish_epoch" else old

    def check(module: Hsm) -> str:
        assert module.run(GUID, Wrap(kept)).envelope
        status = module.status(GUID)
        assert consistent(status) == "initialised"
        return f"{status.epoch} {status.epoch_change_open}"

    outcomes = cut_everywhere(tmp_path / "hsm", sealing, lambda module: getattr(module, act)(GUID), check)
    before, after = {
        "begin_epoch": ("1 False", "2 True"),
        "finish_epoch": ("2 True", "2 False"),
        "abandon_epoch": ("2 True", "1 False"),
    }[act]
    one_change(outcomes, before, after)


@pytest.mark.parametrize("act", ["auto_init", "create", "remove"])
def test_a_full_disk_is_told_and_leaves_no_half_made_thing(
    hsm: Hsm, sealing: SealingKey, tmp_path: Path, act: str
) -> None:
    acts: dict[str, Callable[[Hsm], object]] = {
        "auto_init": lambda module: module.auto_init(GUID, 1, 1, ["Anna"]),
        "create": lambda module: module.create("second", 2, ["z"]),
        "remove": lambda module: module.remove(GUID),
    }
    refusals = 0
    for limit in range(1, SOME_STEPS):
        copy = tmp_path / f"full-{limit}"
        shutil.copytree(tmp_path / "hsm", copy)
        disk = FailingDisk(limit, disk_full)
        module = opened(copy, sealing, disk)
        try:
            acts[act](module)
        except HsmStorageFailed:
            refusals += 1
        else:
            break
        restarted = opened(copy, sealing)
        for name in restarted.ids():
            consistent(restarted.status(name))
    assert refusals > 3


def test_the_same_process_goes_on_after_a_full_disk(hsm: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    class Full(Disk):
        full = False

        def write(self, path: Path, data: bytes | bytearray) -> None:
            if self.full and "units/2" in str(path):
                raise disk_full()
            super().write(path, data)

    disk = Full()
    module = opened(tmp_path / "hsm", sealing, disk)
    disk.full = True
    with pytest.raises(HsmStorageFailed):
        module.auto_init(GUID, 1, 1, ["Anna"])
    assert consistent(module.status(GUID)) == "not initialised"
    disk.full = False
    assert module.auto_init(GUID, 1, 1, ["Anna"]).initialised


def test_a_disk_that_stays_broken_stops_the_hsm(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    class Broken(Disk):
        broken = False

        def replace(self, source: Path, target: Path) -> None:
            if self.broken and target.name == "unit.bin":
                raise OSError(errno.EIO, "Input/output error")
            super().replace(source, target)

    disk = Broken()
    module = opened(tmp_path / "hsm", sealing, disk)
    disk.broken = True
    with pytest.raises(HsmStorageFailed):
        module.zeroize(GUID)
    with pytest.raises(HsmUnavailable):
        module.run(GUID, GenerateKey(str(uuid.uuid4()), 1))
    assert consistent(opened(tmp_path / "hsm", sealing).status(GUID)) == "not initialised"


def test_a_folder_that_cannot_be_made(tmp_path: Path, sealing: SealingKey) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HsmStorageFailed):
        opened(tmp_path / "file" / "hsm", sealing)


# Files that are not what they should be ------------------------------------------------------------------------------


def unit_path(folder: Path, number: int, guid: str = GUID) -> Path:
    return folder / guid / "units" / str(number) / "unit.bin"


def test_units_files_are_not_exchanged(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    first, second = unit_path(tmp_path / "hsm", 1), unit_path(tmp_path / "hsm", 2)
    contents = first.read_bytes(), second.read_bytes()
    second.write_bytes(contents[0])
    status = opened(tmp_path / "hsm", sealing).status(GUID)
    assert [unit.usable for unit in status.units] == [True, False]
    assert (status.units[1].mode, status.initialisation) == (UnitMode.ERROR, Initialisation.INCONSISTENT)
    assert status.usable
    first.write_bytes(contents[1])
    module = opened(tmp_path / "hsm", sealing)
    assert not module.status(GUID).usable
    with pytest.raises(HsmUnavailable):
        module.run(GUID, GenerateKey(str(uuid.uuid4()), 1))


@pytest.mark.parametrize("name", ["units/1/unit.bin", "units/2/unit.bin", "epoch.bin", "state.bin"])
def test_instances_files_are_not_exchanged(ready: Hsm, sealing: SealingKey, tmp_path: Path, name: str) -> None:
    ready.create("second", 2, ["us-south-1", "us-south-2"])
    ready.auto_init("second", 2, 1, ["Anna", "Ben"])
    shutil.copy(tmp_path / "hsm" / "second" / name, tmp_path / "hsm" / GUID / name)
    status = opened(tmp_path / "hsm", sealing).status(GUID)
    assert not status.initialised
    assert [unit.usable for unit in status.units].count(True) == (1 if name.startswith("units") else 0)


@pytest.mark.parametrize("name", ["units/1/unit.bin", "epoch.bin", "state.bin"])
def test_a_file_that_was_put_back_is_noticed(hsm: Hsm, sealing: SealingKey, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hsm" / GUID / name
    old = path.read_bytes()
    hsm.auto_init(GUID, 1, 1, ["Anna"])
    hsm.begin_epoch(GUID)
    hsm.finish_epoch(GUID)
    path.write_bytes(old)
    module = opened(tmp_path / "hsm", sealing)
    status = module.status(GUID)
    assert status.initialisation is Initialisation.INCONSISTENT
    if name.startswith("units"):
        assert [unit.usable for unit in status.units] == [False, True]
        assert "put back" in (status.units[0].problem or "")
    else:
        assert not status.usable


def test_every_flipped_byte_of_a_unit_is_noticed(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    path = unit_path(tmp_path / "hsm", 1)
    whole = path.read_bytes()
    for index in range(len(whole)):
        path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        status = opened(tmp_path / "hsm", sealing).status(GUID)
        assert [unit.usable for unit in status.units] == [False, True], index


@pytest.mark.parametrize("name", ["units/1/unit.bin", "epoch.bin", "state.bin"])
def test_a_newer_or_missing_file(ready: Hsm, sealing: SealingKey, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hsm" / GUID / name
    data = bytearray(path.read_bytes())
    data[4] = FORMAT + 1
    path.write_bytes(data)
    status = opened(tmp_path / "hsm", sealing).status(GUID)
    assert not status.initialised
    if name.startswith("units"):
        assert "newer version" in (status.units[0].problem or "")
    path.unlink()
    assert not opened(tmp_path / "hsm", sealing).status(GUID).initialised


def test_another_sealing_key_opens_nothing(ready: Hsm, tmp_path: Path) -> None:
    module = opened(tmp_path / "hsm", SealingKey("insecure-demo", bytearray(os.urandom(32))))
    status = module.status(GUID)
    assert (status.units, status.usable) == ((), False)
    for refused in (
        lambda: module.zeroize(GUID),
        lambda: module.auto_init(GUID, 1, 1, ["Anna"]),
        lambda: module.begin_epoch(GUID),
        lambda: module.run(GUID, Reseal(stored(b""))),
    ):
        with pytest.raises(HsmUnavailable):
            refused()
    module.remove(GUID)
    assert not module.exists(GUID)


def test_zeroize_makes_damaged_units_anew(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    unit_path(tmp_path / "hsm", 2).write_bytes(b"broken")
    module = opened(tmp_path / "hsm", sealing)
    module.zeroize(GUID)
    assert module.auto_init(GUID, 1, 1, ["Anna"]).initialised


def test_a_damaged_unit_in_imprint_mode_is_not_passed_over(hsm: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    unit_path(tmp_path / "hsm", 2).write_bytes(b"broken")
    module = opened(tmp_path / "hsm", sealing)
    with pytest.raises(HsmUnavailable, match="cannot be read"):
        module.auto_init(GUID, 1, 1, ["Anna"])
    with pytest.raises(HsmNotInitialised):
        module.run(GUID, GenerateKey(str(uuid.uuid4()), 1))


# Shredding -----------------------------------------------------------------------------------------------------------


def test_shredding(ready: Hsm, sealing: SealingKey, tmp_path: Path, new_key: Callable[[], StoredKey]) -> None:
    purged, survivor = new_key(), new_key()
    text = ready.run(GUID, Wrap(survivor)).envelope
    ready.run(GUID, Wrap(purged))
    old_file = (tmp_path / "hsm" / GUID / "epoch.bin").read_bytes()
    assert ready.begin_epoch(GUID) == 2
    assert ready.begin_epoch(GUID) == 2
    assert ready.status(GUID).epoch_change_open
    during = new_key()
    assert blob_epoch(during.blob) == 2
    moved = StoredKey(survivor.handle, survivor.key_id, 1, ready.run(GUID, Reseal(survivor)).blob)
    assert ready.run(GUID, Unwrap([survivor], text)).is_newest
    ready.finish_epoch(GUID)
    ready.finish_epoch(GUID)
    assert ready.run(GUID, Unwrap([moved], text)).is_newest
    assert ready.run(GUID, Wrap(during)).envelope
    for gone in (purged, survivor):
        with pytest.raises(BlobShredded):
            ready.run(GUID, Wrap(gone))
    assert all(path.read_bytes() != old_file for path in (tmp_path / "hsm").rglob("*") if path.is_file())
    with pytest.raises(EpochRefused):
        ready.abandon_epoch(GUID)


def test_an_abandoned_change(ready: Hsm, new_key: Callable[[], StoredKey]) -> None:
    key = new_key()
    ready.begin_epoch(GUID)
    ready.abandon_epoch(GUID)
    status = ready.status(GUID)
    assert (status.epoch, status.epoch_change_open) == (1, False)
    assert ready.run(GUID, Wrap(key)).envelope


def test_the_old_files_bytes_are_overwritten_before_they_go(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    """A second name of the old file's inode shows what is left in it."""
    folder = tmp_path / "hsm" / GUID
    ready.begin_epoch(GUID)
    os.link(folder / "epoch.bin", tmp_path / "old-epoch")
    os.link(folder / "units/1/unit.bin", tmp_path / "old-unit")
    ready.finish_epoch(GUID)
    ready.zeroize(GUID)
    for name in ("old-epoch", "old-unit"):
        assert not any((tmp_path / name).read_bytes())


def with_another_master_key(record: UnitRecord) -> UnitRecord:
    key = bytearray(os.urandom(32))
    record.load_new(key)
    record.commit_new(verification_pattern(key))
    record.activate_new()
    return record


def test_disagreeing_units_follow_the_most(hsm: Hsm, sealing: SealingKey) -> None:
    hsm.create("three", 3, ["a", "b", "c"])
    first = hsm.auto_init("three", 1, 1, ["Anna"])
    instance = hsm._instances["three"]
    body = unit_codec.encoded(with_another_master_key(instance._record(1)))
    instance._commit({"units/1/unit.bin": body}, destroy=False)
    status = hsm.status("three")
    assert [unit.usable for unit in status.units] == [False, True, True]
    assert status.initialisation is Initialisation.INCONSISTENT
    assert status.verification_pattern == first.verification_pattern
    assert "not the one" in (status.units[0].problem or "")
    ident = str(uuid.uuid4())
    made = hsm.run("three", GenerateKey(ident, 1))
    for _ in range(4):
        assert hsm.run("three", Wrap(stored(made.blob, ident))).envelope
    assert [unit.served for unit in hsm.status("three").units] == [0, 2, 3]


def test_partly_initialised(hsm: Hsm) -> None:
    hsm.auto_init(GUID, 1, 1, ["Anna"])
    hsm._instances[GUID]._commit({"units/2/unit.bin": unit_codec.encoded(UnitRecord())}, destroy=False)
    status = hsm.status(GUID)
    assert (status.initialisation, status.usable) == (Initialisation.PARTLY, True)

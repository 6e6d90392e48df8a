"""Which kinds work here, each tried; what each says about itself."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes import choice, memory
from kyok.postgres.volumes.choice import gocryptfs_problem, make_volume, memory_problem, usable_drivers
from kyok.postgres.volumes.gocryptfs import GocryptfsVolume
from kyok.postgres.volumes.guarantees import SWAP_WARNING, VolumeKind, guarantees
from kyok.postgres.volumes.places import Folder
from kyok.postgres.volumes.port import VolumeId
from kyok.postgres.volumes.ram_sealed import INSTANCE_ROOM
from kyok.postgres.volumes.sealed_on_stop import SealedOnStopVolume
from tests.postgres.volumes.bench import DEK, Bench, fill, servers_account, tree

SHM = Path("/dev/shm")


@pytest.fixture
def anywhere(root: Path) -> Bench:
    return Bench(VolumeKind.SEALED_ON_STOP, root, servers_account())


@pytest.fixture
def in_memory(anywhere: Bench) -> Iterator[Bench]:
    """The real tmpfs."""
    if memory_problem(replace(anywhere.places, memory=Folder(SHM, "kyok-test"))) is not None:
        pytest.skip("no tmpfs with enough room")
    with tempfile.TemporaryDirectory(prefix="kyok-test-", dir=SHM) as folder:
        Path(folder).chmod(0o711)
        yield Bench(VolumeKind.RAM_SEALED, Path(folder), anywhere.owner)


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was tried yet, and nothing stands in the way."""
    monkeypatch.setattr(choice, "_tried", {})
    monkeypatch.setattr(choice, "fuse_problem", lambda: None)


def test_gocryptfs_is_tried_once_and_leaves_nothing(gocryptfs: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    create = GocryptfsVolume.create

    def counted(volume: GocryptfsVolume, dek: bytearray) -> None:
        made.append(volume.sealed)
        create(volume, dek)

    monkeypatch.setattr(GocryptfsVolume, "create", counted)
    assert [gocryptfs_problem(gocryptfs.places, gocryptfs.owner) for _ in range(3)] == [None] * 3
    assert len(made) == 1
    assert not made[0].exists()
    assert list((gocryptfs.root / "mounted").iterdir()) == []


@pytest.mark.usefixtures("untried")
def test_what_a_killed_process_was_trying_is_taken_down_by_the_next_one(gocryptfs: Bench) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    volumes = {
        pid: make_volume(
            VolumeKind.GOCRYPTFS, VolumeId(f"probe-{pid}-x", 1), gocryptfs.root / str(pid), gocryptfs.places,
            gocryptfs.owner,
        )
        for pid in (ended.pid, os.getppid())
    }  # fmt: skip
    for volume in volumes.values():
        volume.create(DEK)
    assert gocryptfs_problem(gocryptfs.places, gocryptfs.owner) is None
    assert not volumes[ended.pid].clear.exists()
    assert volumes[os.getppid()].is_open(), "a process that lives is trying still"
    for volume in volumes.values():
        volume.destroy()


@pytest.mark.usefixtures("untried")
def test_what_cannot_be_taken_down_does_not_count_against_the_kind(gocryptfs: Bench) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = gocryptfs.places.below(gocryptfs.places.mounted, VolumeId(f"probe-{ended.pid}-x", 1))
    left.mkdir()
    (left / "file").touch()
    assert gocryptfs_problem(gocryptfs.places, gocryptfs.owner) is None
    assert left.exists()


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("refusal", [VolumeError("FUSE refuses."), PermissionError(13, "Permission denied")])
def test_a_kind_that_does_not_work_says_why(
    anywhere: Bench, refusal: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(GocryptfsVolume, "create", refused)
    monkeypatch.setattr(GocryptfsVolume, "destroy", lambda _: 0)
    first, second, third = usable_drivers(replace(anywhere.places, memory=Folder(Path("/proc"), "x")), anywhere.owner)
    assert [state.kind for state in (first, second, third)] == list(VolumeKind)
    assert [state.usable for state in (first, second, third)] == [False, False, True]
    assert first.problem in {"FUSE refuses.", "gocryptfs was tried: permission denied."}
    assert second.problem == "/proc is no file system in memory."


def test_what_is_not_installed_is_not_tried(anywhere: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "fuse_problem", lambda: "gocryptfs is not installed")
    assert gocryptfs_problem(anywhere.places, anywhere.owner) == "gocryptfs is not installed."


@pytest.mark.parametrize(("scarce", "word"), [("free_in", "in /dev/shm"), ("available", "of memory")])
def test_memory_needs_room_for_an_instance(
    in_memory: Bench, scarce: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = replace(in_memory.places, memory=Folder(SHM, "kyok-test"))
    monkeypatch.setattr(memory, scarce, lambda *_: INSTANCE_ROOM - 1)
    assert memory_problem(places) == f"An instance needs 512 MiB {word}, and 511 MiB are free."


def test_a_volume_in_the_real_tmpfs(in_memory: Bench) -> None:
    volume = in_memory.volume()
    assert memory.in_memory(volume.clear)
    volume.create(DEK)
    fill(volume, in_memory.owner)
    before = tree(volume.clear)
    volume.close(DEK)
    volume.open(DEK)
    assert tree(volume.clear) == before
    volume.destroy()


def test_without_a_place_of_its_own_the_clear_view_is_beside_the_sealed_folder(anywhere: Bench) -> None:
    sealed = anywhere.root / "node" / "sealed"
    volume = make_volume(
        VolumeKind.SEALED_ON_STOP,
        VolumeId("guid-1", 1),
        sealed,
        replace(anywhere.places, disk=None),
        anywhere.owner,
    )
    assert isinstance(volume, SealedOnStopVolume)
    assert volume.clear == anywhere.root / "node/clear/guid-1.1"
    volume.create(DEK)
    volume.destroy()


@pytest.mark.parametrize("kind", list(VolumeKind))
def test_each_kind_says_the_same_things_about_itself(kind: VolumeKind) -> None:
    said = guarantees(kind)
    assert said.kind is kind
    assert [row.situation for row in said.rows] == [row.situation for row in guarantees(VolumeKind.GOCRYPTFS).rows]
    sentences = [said.summary, *(row.protection for row in said.rows)]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert "AES-256-GCM" in said.cipher
    assert guarantees(kind, swap=True).rows == said.rows


def test_what_is_clear_is_warned_of() -> None:
    assert "clear" in guarantees(VolumeKind.SEALED_ON_STOP).warning
    assert guarantees(VolumeKind.RAM_SEALED).warning == ""
    assert guarantees(VolumeKind.RAM_SEALED, swap=True).warning == SWAP_WARNING
    assert guarantees(VolumeKind.GOCRYPTFS, swap=True).warning == ""


HEAD = "Filename\tType\tSize\tUsed\tPriority\n"


@pytest.mark.parametrize(
    ("table", "on"),
    [
        (HEAD, False),
        (HEAD + "/dev/zram0 partition 8000 0 100\n", False),
        (HEAD + "/dev/zram0 partition 8000 0 100\n/swapfile file 8000 0 -2\n", True),
        (None, False),
    ],
)
def test_swap_counts_when_it_lies_on_a_disk(
    table: str | None, on: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "swaps"
    if table is not None:
        path.write_text(table, encoding="utf-8")
    monkeypatch.setattr(memory, "SWAPS", path)
    assert memory.swap_on() is on


def test_memory_is_what_the_tightest_limit_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 9000 kB\nMemAvailable:    5000 kB\n", encoding="ascii")
    monkeypatch.setattr(memory, "MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "CONTROL_GROUP", tmp_path)
    assert memory.available() == 5000 * 1024
    for limit, left in (("max", 5000 * 1024), ("3000000", 2_000_000)):
        (tmp_path / "memory.max").write_text(limit, encoding="ascii")
        (tmp_path / "memory.current").write_text("1000000", encoding="ascii")
        assert memory.available() == left


def test_the_file_system_above_a_folder_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"disk / ext4 rw 0 0\ntmpfs {tmp_path}/a tmpfs rw 0 0\ndisk {tmp_path}/a/b ext4 rw 0 0\n", "utf-8")
    monkeypatch.setattr(memory, "MOUNTS", table)
    found = {name: memory.in_memory(tmp_path / name) for name in ("", "a", "a/x/y", "a/b", "ab")}
    assert found == {"": False, "a": True, "a/x/y": True, "a/b": False, "ab": False}
    assert memory.free_in(tmp_path / "nothing/at all") == os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize

"""Volumes in memory: archived log, bases of a running server, and what a power cut leaves."""

import io
import shutil
import stat
import tarfile
from pathlib import Path

import pytest

from kyok.postgres.errors import NoRoom, VolumeError, VolumeMissing, WrongVolumeKey
from kyok.postgres.volumes import memory
from kyok.postgres.volumes.ram_sealed import ROOM, RamSealedVolume
from tests.postgres.volumes.bench import DEK, MARKER, OTHER_DEK, Bench, files_with, fill, put, tree

FIRST, SECOND, THIRD = (f"00000001000000000000000{number}" for number in (1, 2, 3))


@pytest.fixture
def volume(ram: Bench) -> RamSealedVolume:
    """Open, with a small tree in it that is the base."""
    made = ram.ram()
    made.create(DEK)
    fill(made, ram.owner)
    made.close(DEK)
    made.open(DEK)
    return made


def archive(bench: Bench, volume: RamSealedVolume, *names: str) -> None:
    assert volume.spool is not None
    for name in names:
        put(volume.spool, name, MARKER + name.encode(), bench.owner)


def power_cut(volume: RamSealedVolume) -> None:
    shutil.rmtree(volume.clear)


def replayed(volume: RamSealedVolume) -> dict[str, bytes]:
    assert volume.replay is not None
    return {path.name: path.read_bytes() for path in sorted(volume.replay.iterdir())}


def sealed_names(bench: Bench) -> list[str]:
    return sorted(path.name for path in bench.sealed().iterdir())


def tar_of_data(volume: RamSealedVolume) -> bytes:
    target = io.BytesIO()
    with tarfile.open(mode="w|", fileobj=target) as tar:
        for path in sorted((volume.clear / "data").rglob("*")):
            tar.add(path, path.relative_to(volume.clear / "data").as_posix(), recursive=False)
    return target.getvalue()


def test_archived_log_comes_back_after_a_power_cut(ram: Bench, volume: RamSealedVolume) -> None:
    before = tree(volume.clear)
    archive(ram, volume, SECOND, FIRST, "00000002.history", f"{FIRST}.00000028.backup", f"{THIRD}.partial")
    archive(ram, volume, f".{THIRD}", "notes.txt")
    assert volume.seal_spool(DEK) == 5
    assert volume.spool is not None
    assert sorted(path.name for path in volume.spool.iterdir()) == [f".{THIRD}", "notes.txt"]
    archive(ram, volume, THIRD)
    assert volume.seal_spool(DEK) == 1
    assert volume.seal_spool(DEK) == 0
    assert files_with(ram.sealed()) == []
    power_cut(volume)
    again = ram.ram()
    assert again.replay is None
    again.open(DEK)
    names = ["00000002.history", FIRST, f"{FIRST}.00000028.backup", SECOND, THIRD, f"{THIRD}.partial"]
    assert replayed(again) == {name: MARKER + name.encode() for name in sorted(names)}
    shutil.rmtree(again.clear / "replay")
    assert tree(again.clear) == before


def test_the_spool_and_the_replay_belong_to_the_servers(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST)
    volume.seal_spool(DEK)
    power_cut(volume)
    volume.open(DEK)
    assert volume.spool is not None
    assert volume.replay is not None
    for path in (volume.spool, volume.replay, volume.replay / FIRST):
        assert path.stat().st_uid == ram.owner.uid
        assert stat.S_IMODE(path.stat().st_mode) in {0o700, 0o600}


def test_memory_that_outlived_the_cloud_is_kept(ram: Bench, volume: RamSealedVolume) -> None:
    put(volume.clear, "data/late", b"in memory only", ram.owner)
    before = tree(volume.clear)
    archive(ram, volume, FIRST)
    again = ram.ram()
    with pytest.raises(WrongVolumeKey):
        again.open(OTHER_DEK)
    again.open(DEK)
    assert tree(again.clear) == before
    assert again.seal_spool(DEK) == 1


def test_dropping_loses_what_was_not_archived_and_nothing_else(ram: Bench, volume: RamSealedVolume) -> None:
    before = tree(volume.clear)
    put(volume.clear, "data/late", b"in memory only", ram.owner)
    ram.ram().drop()
    assert not volume.is_open()
    volume.open(DEK)
    assert tree(volume.clear) == before


def test_a_closed_volume_needs_no_log(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST, SECOND)
    volume.seal_spool(DEK)
    archive(ram, volume, THIRD)
    volume.close(DEK)
    assert sealed_names(ram) == ["base.3.tree.sealed"]
    volume.open(DEK)
    assert volume.replay is None
    assert volume.spool is not None
    assert list(volume.spool.iterdir()) == []


def test_log_that_was_not_replayed_outlives_a_close(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST)
    volume.seal_spool(DEK)
    power_cut(volume)
    volume.open(DEK)
    volume.close(DEK)
    volume.open(DEK)
    assert list(replayed(volume)) == [FIRST]
    archive(ram, volume, SECOND)
    volume.seal_spool(DEK)
    power_cut(volume)
    volume.open(DEK)
    assert list(replayed(volume)) == [FIRST, SECOND]


def test_a_base_of_the_running_server_replaces_base_and_log(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST)
    volume.seal_spool(DEK)
    power_cut(volume)
    volume.open(DEK)
    put(volume.clear, "passwords.json", b"secret " + MARKER, ram.owner)
    put(volume.clear, "data/new", MARKER, ram.owner)
    content = tar_of_data(volume)
    with volume.new_base(DEK) as target:
        target.write(content[:1000])
        target.write(content[1000:])
    assert sealed_names(ram) == ["aside.3.sealed", "base.3.data.sealed"]
    assert files_with(ram.sealed()) == []
    assert volume.replay is None
    before = tree(volume.clear)
    archive(ram, volume, SECOND)
    volume.seal_spool(DEK)
    power_cut(volume)
    again = ram.ram()
    again.open(DEK)
    assert list(replayed(again)) == [SECOND]
    shutil.rmtree(again.clear / "replay")
    assert tree(again.clear) == before
    again.close(DEK)
    assert sealed_names(ram) == ["base.4.tree.sealed"]


@pytest.mark.parametrize("failure", ["nothing", "breaks off", "pipe"])
def test_a_base_that_fails_changes_nothing(ram: Bench, volume: RamSealedVolume, failure: str) -> None:
    archive(ram, volume, FIRST)
    volume.seal_spool(DEK)
    before = tree(volume.clear)
    kept = [name for name in sealed_names(ram) if not name.startswith("aside")]
    with pytest.raises(RuntimeError if failure == "breaks off" else VolumeError):
        with volume.new_base(DEK) as target:
            if failure == "breaks off":
                target.write(b"a part")
                raise RuntimeError("the server died")
            if failure == "pipe":
                raise BrokenPipeError(32, "Broken pipe")
    assert [name for name in sealed_names(ram) if not name.startswith("aside")] == kept
    power_cut(volume)
    volume.open(DEK)
    assert list(replayed(volume)) == [FIRST]
    shutil.rmtree(volume.clear / "replay")
    assert tree(volume.clear) == before


def test_a_wrong_key_seals_nothing(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST)
    before = sealed_names(ram)
    with pytest.raises(WrongVolumeKey):
        volume.seal_spool(OTHER_DEK)
    with pytest.raises(WrongVolumeKey):
        with volume.new_base(OTHER_DEK) as target:
            target.write(b"never")
    assert sealed_names(ram) == before
    assert volume.seal_spool(DEK) == 1


def damaged(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "changed":
        content[-20] ^= 1
    elif how == "cut":
        del content[-30:]
    else:
        content += b"more"
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["changed", "cut", "longer"])
@pytest.mark.parametrize("what", [f"wal.2.1.{FIRST}.sealed", "base.2.tree.sealed"])
def test_a_changed_object_is_refused(ram: Bench, volume: RamSealedVolume, what: str, how: str) -> None:
    archive(ram, volume, FIRST, SECOND)
    volume.seal_spool(DEK)
    power_cut(volume)
    damaged(ram.sealed() / what, how)
    with pytest.raises(WrongVolumeKey):
        volume.open(DEK)
    assert not volume.is_open()
    assert list(volume.clear.parent.iterdir()) == []


def test_log_is_taken_whole_in_order_and_from_its_own_place(ram: Bench, volume: RamSealedVolume) -> None:
    archive(ram, volume, FIRST, SECOND, THIRD)
    volume.seal_spool(DEK)
    power_cut(volume)
    first, second, third = (
        ram.sealed() / f"wal.2.{number}.{name}.sealed" for number, name in enumerate((FIRST, SECOND, THIRD), 1)
    )
    contents = second.read_bytes()
    second.unlink()
    with pytest.raises(WrongVolumeKey, match="missing"):
        volume.open(DEK)
    for stranger in (first.read_bytes(), third.read_bytes()):
        second.write_bytes(stranger)
        with pytest.raises(WrongVolumeKey):
            volume.open(DEK)
    second.write_bytes(contents)
    (ram.sealed() / f"wal.9.1.{FIRST}.sealed").write_bytes(contents)  # of a base that is not there
    (ram.sealed() / "wal.x.sealed").write_bytes(contents)
    volume.open(DEK)
    assert list(replayed(volume)) == [FIRST, SECOND, THIRD]


def test_an_older_base_under_a_newer_name_is_refused(ram: Bench, volume: RamSealedVolume) -> None:
    old = (ram.sealed() / "base.2.tree.sealed").read_bytes()
    volume.close(DEK)
    (ram.sealed() / "base.3.tree.sealed").write_bytes(old)
    with pytest.raises(WrongVolumeKey):
        volume.open(DEK)
    (ram.sealed() / "base.3.tree.sealed").rename(ram.sealed() / "base.3.data.sealed")
    with pytest.raises(WrongVolumeKey):
        volume.open(DEK)
    (ram.sealed() / "base.3.data.sealed").unlink()
    with pytest.raises(VolumeMissing):
        volume.open(DEK)


@pytest.mark.parametrize("scarce", ["free_in", "available"])
def test_too_little_memory_is_said_before_anything_happens(
    ram: Bench, volume: RamSealedVolume, scarce: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume.close(DEK)
    before = sealed_names(ram)
    with monkeypatch.context() as patch:
        patch.setattr(memory, scarce, lambda *_: ROOM - 1)
        with pytest.raises(NoRoom, match="170 MiB"):
            volume.open(DEK)
    assert (sealed_names(ram), volume.is_open()) == (before, False)
    volume.open(DEK)
    assert volume.is_open()


def test_a_link_in_the_spool_is_not_followed(ram: Bench, volume: RamSealedVolume) -> None:
    assert volume.spool is not None
    (volume.spool / FIRST).symlink_to("/etc/hostname")
    archive(ram, volume, SECOND)
    assert volume.seal_spool(DEK) == 1
    assert (volume.spool / FIRST).is_symlink()
    power_cut(volume)
    volume.open(DEK)
    assert list(replayed(volume)) == [SECOND]

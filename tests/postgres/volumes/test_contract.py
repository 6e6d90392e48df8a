"""What every kind of volume promises."""

import os
import subprocess
from pathlib import Path

import pytest

from kyok.postgres.errors import NoRoom, VolumeMissing, WrongVolumeKey
from kyok.postgres.volumes import common, gocryptfs, memory
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.port import NodeVolume
from tests.postgres.volumes.bench import DEK, OTHER_DEK, Bench, files_with, fill, put, servers_account, tree

SEALED_KINDS = (VolumeKind.RAM_SEALED, VolumeKind.SEALED_ON_STOP)


def made(bench: Bench, node: int = 1) -> NodeVolume:
    volume = bench.volume(node)
    volume.create(DEK)
    fill(volume, bench.owner)
    return volume


def test_a_new_volume_is_empty_and_open(bench: Bench) -> None:
    volume = bench.volume()
    assert (volume.exists(), volume.is_open()) == (False, False)
    volume.create(DEK)
    assert (volume.exists(), volume.is_open(), tree(volume.clear)) == (True, True, {})
    assert bench.volume().is_open()
    status = volume.clear.stat()
    assert (status.st_uid, status.st_mode & 0o777) == (bench.owner.uid, 0o700)
    volume.destroy()


def test_what_was_written_comes_back(bench: Bench) -> None:
    volume = made(bench)
    before = tree(volume.clear)
    assert len(before) == 11
    volume.close(DEK)
    assert (volume.exists(), volume.is_open()) == (True, False)
    assert not (volume.clear / "data").exists()
    again = bench.volume()
    again.open(DEK)
    assert tree(again.clear) == before
    assert again.clear.stat().st_uid == bench.owner.uid
    put(again.clear, "data/second", b"more", bench.owner)
    before = tree(again.clear)
    again.close(bytearray(DEK))
    last = bench.volume()
    last.open(DEK)
    assert tree(last.clear) == before
    last.destroy()


def test_the_known_value_is_nowhere_under_the_sealed_folder(bench: Bench) -> None:
    volume = made(bench)
    assert len(files_with(volume.clear)) == 3
    assert files_with(bench.sealed()) == []
    volume.close(DEK)
    everywhere = files_with(bench.root)
    assert everywhere == []
    volume.destroy()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as the servers' account")
def test_the_servers_account_works_in_the_clear_view_and_nowhere_else(bench: Bench) -> None:
    volume = bench.volume()
    volume.create(DEK)
    if bench.owner.uid == 0:
        pytest.skip("there is no account postgres")

    def as_servers(script: str) -> int:
        return subprocess.run(
            ["/bin/sh", "-c", script, "sh", str(volume.clear)],
            user=bench.owner.uid,
            group=bench.owner.gid,
            extra_groups=[],
            cwd="/",
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    assert as_servers('mkdir "$1/data" && echo row > "$1/data/file" && ls "$1"') == 0
    assert (volume.clear / "data/file").stat().st_uid == bench.owner.uid
    assert as_servers('ls "$(dirname "$1")"') != 0
    assert as_servers(f"ls {bench.sealed()}") != 0
    volume.close(DEK)
    assert as_servers('mkdir -p "$1/data"') != 0
    volume.destroy()


def test_another_key_opens_nothing(bench: Bench) -> None:
    volume = made(bench)
    volume.close(DEK)
    with pytest.raises(WrongVolumeKey):
        volume.open(OTHER_DEK)
    assert not volume.is_open()
    volume.open(DEK)
    with pytest.raises(WrongVolumeKey):
        bench.volume().open(OTHER_DEK)
    assert volume.is_open()
    bench.volume().open(DEK)
    volume.destroy()


def test_there_must_be_a_volume_to_open(bench: Bench) -> None:
    volume = bench.volume()
    with pytest.raises(VolumeMissing):
        volume.open(DEK)
    assert not volume.is_open()
    volume.close(DEK)
    volume.drop()
    assert volume.destroy() == 0


def test_the_volume_of_another_node_or_instance_does_not_open(bench: Bench) -> None:
    made(bench).close(DEK)
    other = bench.volume(2)
    other.create(DEK)
    other.destroy()
    subprocess.run(["cp", "-a", str(bench.sealed(1)), str(bench.sealed(2))], check=True)  # owners are kept
    for stranger in (bench.volume(2), bench.volume(1, guid="guid-2")):
        with pytest.raises(WrongVolumeKey):
            stranger.open(DEK)
        assert not stranger.is_open()
    bench.volume().destroy()


def test_a_new_volume_takes_the_place_of_what_an_attempt_left(bench: Bench) -> None:
    left = made(bench)
    again = bench.volume()
    again.create(OTHER_DEK)
    assert tree(again.clear) == {}
    again.close(OTHER_DEK)
    with pytest.raises(WrongVolumeKey):
        again.open(DEK)
    left.drop()  # the helper of the first was its child
    again.destroy()


def test_destroying_leaves_nothing_and_counts(bench: Bench) -> None:
    volume = made(bench)
    files = sum(1 for path in bench.sealed().rglob("*") if path.is_file())
    assert volume.size() > 0
    assert volume.destroy() == files > 0
    assert (volume.exists(), volume.is_open(), bench.sealed().exists(), volume.clear.exists()) == (False,) * 4
    assert volume.size() == 0


def test_the_size_grows_with_the_content(bench: Bench) -> None:
    volume = bench.volume()
    volume.create(DEK)
    volume.close(DEK)
    empty = volume.size()
    volume.open(DEK)
    put(volume.clear, "data/large", os.urandom(300_000), bench.owner)
    volume.close(DEK)
    assert 290_000 < volume.size() - empty < 330_000
    volume.destroy()


def test_closing_and_dropping_a_closed_volume_do_nothing(bench: Bench) -> None:
    volume = made(bench)
    before = tree(volume.clear)
    volume.close(DEK)
    volume.close(DEK)
    volume.drop()
    volume.open(DEK)
    assert tree(volume.clear) == before
    volume.destroy()


def test_a_full_disk_leaves_nothing_of_a_new_volume(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gocryptfs, "ROOM", 2**62)
    monkeypatch.setattr(memory, "available", lambda: 2**20)
    monkeypatch.setattr("kyok.postgres.volumes.sealed_tree.pack_tree", full)
    volume = bench.volume()
    with pytest.raises(NoRoom):
        volume.create(DEK)
    assert (volume.exists(), volume.is_open(), bench.sealed().exists()) == (False, False, False)


def full(*_: object) -> None:
    raise OSError(next(iter(common.FULL)), "no space")


@pytest.mark.parametrize("kind", SEALED_KINDS)
def test_a_failed_close_keeps_the_clear_view(kind: VolumeKind, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(kind, root, servers_account())
    volume = made(bench)
    before = tree(volume.clear)
    with monkeypatch.context() as patch:
        patch.setattr("kyok.postgres.volumes.sealed_tree.pack_tree", full)
        with pytest.raises(NoRoom):
            volume.close(DEK)
    with pytest.raises(WrongVolumeKey):
        volume.close(OTHER_DEK)
    assert tree(volume.clear) == before
    volume.close(DEK)
    volume.open(DEK)
    assert tree(volume.clear) == before

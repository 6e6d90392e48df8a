"""Volumes of gocryptfs: the helper, its mount, and what others do to them."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from kyok.postgres.errors import VolumeError, WrongVolumeKey
from kyok.postgres.volumes import mounts
from kyok.postgres.volumes.gocryptfs import SENTINEL, GocryptfsVolume
from kyok.postgres.volumes.port import VolumeId
from tests.postgres.volumes.bench import DEK, MARKER, OTHER_DEK, Bench, files_with, fill, put, tree


def volume_of(bench: Bench, node: int = 1) -> GocryptfsVolume:
    volume = bench.volume(node)
    assert isinstance(volume, GocryptfsVolume)
    return volume


@pytest.fixture
def volume(gocryptfs: Bench) -> GocryptfsVolume:
    """Open, with a small tree in it."""
    made = volume_of(gocryptfs)
    made.create(DEK)
    fill(made, gocryptfs.owner)
    return made


def helpers(bench: Bench, mark: str) -> list[int]:
    return mounts.running(mark, bench.owner.uid)


def mark_of(bench: Bench) -> str:
    mount = mounts.mount_at(volume_of(bench).clear)
    assert mount is not None
    return mount.source


def test_no_key_is_in_arguments_or_environment_of_the_helper(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    (helper,) = helpers(gocryptfs, mark_of(gocryptfs))
    process = Path(f"/proc/{helper}")
    for text in ((process / "cmdline").read_bytes(), (process / "environ").read_bytes(), repr(volume).encode()):
        assert DEK.hex().encode() not in text
        assert DEK not in text
    volume.destroy()


def test_closing_ends_the_helper(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    mark = mark_of(gocryptfs)
    assert len(helpers(gocryptfs, mark)) == 1
    volume.close(DEK)
    assert helpers(gocryptfs, mark) == []
    assert mounts.mount_at(volume.clear) is None
    assert not os.path.ismount(volume.clear)
    assert volume.clear.stat().st_mode & 0o777 == 0o500
    assert list(volume.clear.iterdir()) == []
    volume.destroy()


def test_the_helper_outlives_the_process_that_started_it(gocryptfs: Bench) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from kyok.postgres.volumes.gocryptfs import GocryptfsVolume\n"
        "from kyok.postgres.volumes.port import Owner, VolumeId\n"
        "sealed, clear, uid, gid = sys.argv[1:]\n"
        "volume = GocryptfsVolume(VolumeId('guid-1', 1), Path(sealed), Path(clear), Owner(int(uid), int(gid)))\n"
        "volume.create(bytes(range(32)))\n"
        "(volume.clear / 'row').write_bytes(b'kept')\n"
        "os.killpg(os.getpgid(0), 9)\n"
    )
    volume = volume_of(gocryptfs)
    arguments = [str(volume.sealed), str(volume.clear), str(gocryptfs.owner.uid), str(gocryptfs.owner.gid)]
    done = subprocess.run([sys.executable, "-c", script, *arguments], start_new_session=True, check=False)
    assert done.returncode == -signal.SIGKILL
    mark = mark_of(gocryptfs)
    assert volume.is_open()
    with pytest.raises(WrongVolumeKey):
        volume.open(OTHER_DEK)
    volume.open(DEK)
    assert (volume.clear / "row").read_bytes() == b"kept"
    assert len(helpers(gocryptfs, mark)) == 1
    assert [path.name for path in volume.clear.parent.iterdir()] == [volume.clear.name]
    volume.close(DEK)
    assert helpers(gocryptfs, mark) == []
    volume.destroy()


def test_a_killed_helper_takes_the_view_away_and_nothing_else(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    before = tree(volume.clear)
    (helper,) = helpers(gocryptfs, mark_of(gocryptfs))
    os.kill(helper, signal.SIGKILL)
    assert mounts.until(lambda: not volume.is_open())
    assert files_with(gocryptfs.sealed()) == []
    with pytest.raises(WrongVolumeKey):
        volume.open(OTHER_DEK)
    volume.open(DEK)
    assert tree(volume.clear) == before
    (helper,) = helpers(gocryptfs, mark_of(gocryptfs))
    os.kill(helper, signal.SIGKILL)
    assert mounts.until(lambda: not volume.is_open())
    volume.close(DEK)
    assert mounts.mount_at(volume.clear) is None
    volume.destroy()


def test_who_still_reads_gets_errors(
    gocryptfs: Bench, volume: GocryptfsVolume, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = mark_of(gocryptfs)
    impatient = mounts.unmount
    monkeypatch.setattr(mounts, "unmount", lambda folder: impatient(folder, patience=0.05))
    descriptor = os.open(volume.clear / "data/base/1/1259", os.O_RDONLY)
    volume.close(DEK)
    assert helpers(gocryptfs, mark) == []
    with pytest.raises(OSError, match="not connected"):
        os.read(descriptor, 10)
    with suppress(OSError):
        os.close(descriptor)
    assert not volume.is_open()
    volume.destroy()


def test_files_in_the_mount_point_are_never_hidden(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    volume.close(DEK)
    volume.clear.chmod(0o700)
    stray = put(volume.clear, "row", MARKER)
    with pytest.raises(VolumeError, match="not encrypted"):
        volume.open(DEK)
    assert not volume.is_open()
    assert stray.read_bytes() == MARKER
    volume.clear.chmod(0o700)
    stray.unlink()
    volume.open(DEK)
    volume.destroy()


def test_a_changed_block_is_not_read(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    volume.close(DEK)
    cipher = max((path for path in volume.sealed.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    content = bytearray(cipher.read_bytes())
    content[10_000] ^= 1
    cipher.write_bytes(content)
    volume.open(DEK)
    with pytest.raises(OSError, match="Input/output error"):
        (volume.clear / "data/base/1/1259").read_bytes()
    volume.destroy()


def test_another_settings_file_is_another_key(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    other = volume_of(gocryptfs, 2)
    other.create(DEK)
    other.close(DEK)
    volume.close(DEK)
    settings = Path("cipher/gocryptfs.conf")
    subprocess.run(["cp", "-a", "-f", str(other.sealed / settings), str(volume.sealed / settings)], check=True)
    with pytest.raises(WrongVolumeKey):
        volume.open(DEK)
    (volume.sealed / settings).unlink()
    (volume.sealed / settings).write_bytes(b"{}")
    with pytest.raises(VolumeError):
        volume.open(DEK)
    assert not volume.is_open()
    other.destroy()
    volume.destroy()


def test_an_unfinished_volume_gets_its_mark_and_a_strange_one_is_refused(
    gocryptfs: Bench, volume: GocryptfsVolume
) -> None:
    (volume.clear / SENTINEL).unlink()
    assert not volume.is_open()
    with pytest.raises(VolumeError, match="mark"):
        volume.open(DEK)
    assert mounts.mount_at(volume.clear) is None
    volume.destroy()
    fresh = volume_of(gocryptfs)
    fresh.create(DEK)
    (fresh.clear / SENTINEL).unlink()
    fresh.close(DEK)
    fresh.open(DEK)
    assert fresh.is_open()
    fresh.destroy()


def test_a_foreign_mount_is_not_ours(gocryptfs: Bench, volume: GocryptfsVolume) -> None:
    stranger = GocryptfsVolume(VolumeId("guid-1", 2), gocryptfs.sealed(2), volume.clear, gocryptfs.owner)
    assert volume.is_open()
    assert not stranger.is_open()
    volume.destroy()


def test_a_key_of_another_length_is_refused(gocryptfs: Bench) -> None:
    volume = volume_of(gocryptfs)
    with pytest.raises(ValueError, match="32 bytes"):
        volume.create(b"short")
    assert not volume.sealed.exists()


def test_a_missing_program_is_said(gocryptfs: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyok.postgres.volumes.gocryptfs.shutil.which", lambda name: None)
    with pytest.raises(VolumeError, match="not installed"):
        volume_of(gocryptfs).create(DEK)
    assert not gocryptfs.sealed().exists()

"""Where clear views lie, and who could get in between."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes import places as places_module
from kyok.postgres.volumes.places import Folder, Places, places_of, remove_empty
from kyok.postgres.volumes.port import VolumeId

ME = VolumeId("guid-1", 2)


def places_in(base: Path, *, shared: bool) -> Places:
    folder = Folder(base, "kyok/mark")
    return Places(folder, folder, None, shared)


@pytest.fixture
def as_user(monkeypatch: pytest.MonkeyPatch) -> int:
    """As if a plain user asked; nothing is made."""
    monkeypatch.setattr(places_module.os, "geteuid", lambda: 4711)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return 4711


@pytest.mark.parametrize(("shared", "mode"), [(True, 0o711), (False, 0o700)])
def test_folders_can_be_passed_through_and_never_listed(shared: bool, mode: int, tmp_path: Path) -> None:
    places = places_in(tmp_path, shared=shared)
    before = stat.S_IMODE(tmp_path.stat().st_mode)
    assert places.below(places.mounted, ME) == tmp_path / "kyok/mark/guid-1.2"
    for folder in (tmp_path / "kyok", tmp_path / "kyok/mark"):
        assert stat.S_IMODE(folder.stat().st_mode) == mode
    assert stat.S_IMODE(tmp_path.stat().st_mode) == before
    assert not (tmp_path / "kyok/mark/guid-1.2").exists()
    (tmp_path / "kyok").chmod(0o755)
    places.prepare(places.mounted)
    assert stat.S_IMODE((tmp_path / "kyok").stat().st_mode) == mode


def test_a_link_in_the_way_is_a_trap(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "kyok").symlink_to(tmp_path / "elsewhere")
    places = places_in(tmp_path, shared=True)
    with pytest.raises(VolumeError, match="not ours alone"):
        places.prepare(places.mounted)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_only_what_is_empty_and_of_this_home_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted, memory = Folder(tmp_path / "run", "kyok/mark"), Folder(tmp_path / "shm", "kyok-1-mark")
    disk = Folder(tmp_path / "lib", "kyok/mark")
    monkeypatch.setattr(places_module, "places_of", lambda home, shared: Places(mounted, memory, disk, shared))
    for empty in ("run/kyok/mark/guid.1", "run/kyok/other/guid.1", "elsewhere/guid.1", "lib"):
        (tmp_path / empty).mkdir(parents=True)
    (tmp_path / "shm/kyok-1-mark/guid.2").mkdir(parents=True)
    (tmp_path / "shm/kyok-1-mark/guid.2/row").write_text("in clear")
    (tmp_path / "lib/kyok").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/mark").symlink_to(tmp_path / "run/kyok/other")
    remove_empty(tmp_path / "home")
    assert not (tmp_path / "run/kyok/mark").exists()
    assert (tmp_path / "run/kyok/other/guid.1").exists()
    assert (tmp_path / "elsewhere/guid.1").exists()
    assert (tmp_path / "shm/kyok-1-mark/guid.2/row").exists()


def test_a_folder_that_others_may_write_is_a_trap(tmp_path: Path) -> None:
    (tmp_path / "kyok").mkdir()
    (tmp_path / "kyok").chmod(0o777)
    places = places_in(tmp_path, shared=False)
    with pytest.raises(VolumeError, match="not ours alone"):
        places.prepare(places.memory)


def test_a_folder_of_somebody_else_is_a_trap(tmp_path: Path, as_user: int) -> None:
    (tmp_path / "kyok").mkdir(mode=0o700)
    assert (tmp_path / "kyok").stat().st_uid != as_user
    places = places_in(tmp_path, shared=False)
    with pytest.raises(VolumeError, match="not ours alone"):
        places.prepare(places.memory)


def test_a_file_in_the_way_or_no_base_is_said(tmp_path: Path) -> None:
    (tmp_path / "kyok").write_bytes(b"")
    with pytest.raises(VolumeError, match="not ours alone"):
        places_in(tmp_path, shared=False).prepare(Folder(tmp_path, "kyok"))
    with pytest.raises(VolumeError, match="cannot be made: no such file"):
        places_in(tmp_path, shared=False).prepare(Folder(tmp_path / "nothing", "kyok"))


@pytest.mark.parametrize("guid", ["", "..", "a/b", "a.b", "x" * 65])
def test_an_identifier_that_is_no_name_is_refused(guid: str, tmp_path: Path) -> None:
    places = places_in(tmp_path, shared=False)
    with pytest.raises(ValueError, match="folder's name"):
        places.below(places.mounted, VolumeId(guid, 1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="asks for root's places")
def test_the_places_of_root(tmp_path: Path) -> None:
    places = places_of(tmp_path, shared=True)
    mark = places.mounted.full.name
    assert len(mark) == 12
    assert places.mounted.full == Path("/run/kyok") / mark
    assert places.memory.full == Path(f"/dev/shm/kyok-0-{mark}")
    assert places.disk is not None
    assert places.disk.full == Path("/var/lib/kyok") / mark
    assert places_of(tmp_path, shared=False).disk is None
    (tmp_path / "link").symlink_to(tmp_path)
    assert places_of(tmp_path / "link", shared=True) == places
    assert places_of(tmp_path / "other", shared=True) != places


def test_the_places_of_a_plain_user(tmp_path: Path, as_user: int) -> None:
    places = places_of(tmp_path, shared=False)
    mark = places.mounted.full.name.removeprefix(f"kyok-{as_user}-")
    assert places.mounted.full == Path(f"/tmp/kyok-{as_user}-{mark}")
    assert places.memory.full == Path(f"/dev/shm/kyok-{as_user}-{mark}")
    assert places.disk is None


@pytest.mark.parametrize(("mode", "used"), [(0o700, True), (0o500, False), (0o755, False), (None, False)])
def test_a_runtime_folder_is_used_when_it_is_private(
    mode: int | None, used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as name:
        runtime = Path(name)
        if mode is not None:
            runtime.chmod(mode)
        owner = runtime.stat().st_uid if os.geteuid() else 4711
        os.chown(runtime, owner, -1)
        monkeypatch.setattr(places_module.os, "geteuid", lambda: owner)
        monkeypatch.setattr(places_module.os, "access", lambda path, _: bool(path.stat().st_mode & 0o200))
        monkeypatch.setenv("XDG_RUNTIME_DIR", name if mode is not None else f"{name}/nothing")
        base = places_of(tmp_path, shared=False).mounted.base
        assert base == (runtime if used else Path("/tmp"))

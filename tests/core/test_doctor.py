"""What the doctor says of PostgreSQL, its account and the volumes."""

import importlib.util
from collections import namedtuple
from pathlib import Path

import pytest

from kyok import doctor, qt_libraries
from kyok.doctor import Finding, examine
from kyok.postgres import account, binaries, fuse
from kyok.postgres.errors import NoServerAccount
from kyok.postgres.fuse import Lack
from tests.postgres.fake_programs import OURSELVES, WITHOUT_TLS, installation, without_library

Usage = namedtuple("Usage", "total used free")
MIB = 1024 * 1024


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose PostgreSQL is the one in this folder, if any, and where nothing else is asked."""
    monkeypatch.setattr(account, "server_account", lambda: OURSELVES)
    monkeypatch.setattr(binaries, "_found", {})
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv(binaries.VARIABLE, str(tmp_path / "bin"))
    return tmp_path


def found(home: Path) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(home / "home")}


def test_the_postgresql_that_is_used_is_described(machine: Path) -> None:
    installation(machine / "bin", "17.9")
    said = found(machine)
    assert said["server account"] == Finding("server account", True, "database servers run as ourselves")
    assert said["PostgreSQL"].ok
    assert said["PostgreSQL"].says == f"17.9 in {machine / 'bin'} (setting), TLS built in"


def test_a_postgresql_without_tls_is_said_to_be_so(machine: Path) -> None:
    installation(machine / "bin", ciphers=WITHOUT_TLS)
    assert found(machine)["PostgreSQL"].says.endswith("without TLS of its own")


def test_without_postgresql_nodes_are_simulated_and_each_lack_has_its_cure(machine: Path) -> None:
    without_library(installation(machine / "bin"), "initdb", "libxml2.so.2")
    said = found(machine)
    assert not said["PostgreSQL"].ok
    assert "Nodes are simulated" in said["PostgreSQL"].says
    lack = said[f"PostgreSQL in {machine / 'bin'}"]
    assert not lack.ok
    assert lack.line().endswith("the shared library libxml2.so.2 is missing\n        cure: apt-get install libxml2")


def test_a_lesser_lack_of_the_one_that_is_used_is_no_failure(machine: Path) -> None:
    without_library(installation(machine / "bin"), "psql", "libreadline.so.8")
    said = found(machine)
    assert said["PostgreSQL"].ok
    assert said[f"PostgreSQL in {machine / 'bin'}"].ok
    assert said[f"PostgreSQL in {machine / 'bin'}"].cure == "apt-get install libreadline8"


def test_a_missing_account_is_told_with_the_line_that_makes_it(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise NoServerAccount

    monkeypatch.setattr(account, "server_account", refuse)
    said = found(machine)
    assert not said["server account"].ok
    assert "useradd" in said["server account"].cure
    assert not said["PostgreSQL"].ok
    assert "Nodes are simulated" in said["PostgreSQL"].says


@pytest.mark.parametrize(("free", "good"), [(512, True), (64, False)])
def test_without_gocryptfs_volumes_need_room_in_memory(
    machine: Path, monkeypatch: pytest.MonkeyPatch, free: int, good: bool
) -> None:
    monkeypatch.setattr(fuse, "fuse_lack", lambda: Lack("gocryptfs is not installed", "apt-get install gocryptfs"))
    monkeypatch.setattr(fuse, "swap_is_on", lambda: True)
    monkeypatch.setattr(doctor, "MEMORY", machine)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Usage(1024 * MIB, 0, free * MIB))
    volumes = found(machine)["volumes"]
    assert volumes.ok is good
    assert volumes.says.startswith("gocryptfs is not installed; nodes' volumes are held in memory instead")
    assert f"{free} of 1024 MiB free" in volumes.says
    assert "swap is on" in volumes.says
    assert volumes.cure == "apt-get install gocryptfs"


def test_with_gocryptfs_memory_is_only_mentioned(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuse, "fuse_lack", lambda: None)
    monkeypatch.setattr(doctor, "MEMORY", machine / "nowhere")
    volumes = found(machine)["volumes"]
    assert volumes.ok
    assert volumes.says.startswith("gocryptfs encrypts nodes' volumes; there is no ")
    assert volumes.cure == ""


@pytest.mark.parametrize(("display", "good"), [("", True), (":77", False)])
def test_the_libraries_of_a_display_s_plugin_are_looked_at_before_there_is_one(
    machine: Path, monkeypatch: pytest.MonkeyPatch, display: str, good: bool
) -> None:
    pyside = machine / "PySide6"
    platforms = pyside / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    (platforms / "libqxcb.so").touch()
    spec = importlib.util.spec_from_loader("PySide6", None, is_package=True)
    assert spec is not None
    spec.submodule_search_locations = [str(pyside)]
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: spec)
    lacks = ["libxcb-icccm.so.4", "libxcb-keysyms.so.1"]
    monkeypatch.setattr(qt_libraries, "lacking", lambda files: lacks if files else [])
    monkeypatch.setenv("DISPLAY", display)
    said = found(machine)
    xcb = said["window on xcb"]
    assert xcb.ok is good
    assert xcb.says == "Qt's plugin lacks libxcb-icccm.so.4, libxcb-keysyms.so.1"
    assert xcb.cure == "sudo apt-get update && sudo apt-get install -y libxcb-icccm4 libxcb-keysyms1"
    assert said["window on wayland"].ok

"""What gocryptfs needs, each lack with its cure."""

import os
from pathlib import Path

import pytest

from kyok.postgres import fuse


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The tools of the machine."""
    there = {"gocryptfs", "fusermount3"}
    monkeypatch.setattr(fuse.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    return there


@pytest.fixture
def device(tmp_path: Path) -> Path:
    path = tmp_path / "fuse"
    path.touch()
    return path


def test_where_all_is_there_nothing_is_lacking(tools: set[str], device: Path) -> None:
    assert fuse.fuse_lack(device) is None
    tools.discard("fusermount3")
    tools.add("fusermount")
    assert fuse.fuse_lack(device) is None


@pytest.mark.parametrize("tool", ["gocryptfs", "fusermount3"])
def test_a_missing_tool_is_named(tools: set[str], device: Path, tool: str) -> None:
    tools.discard(tool)
    lack = fuse.fuse_lack(device)
    assert lack == (f"{tool} is not installed", "apt-get install gocryptfs fuse3")
    assert fuse.fuse_problem() == f"{tool} is not installed"


def test_a_missing_device_is_named(tools: set[str], tmp_path: Path) -> None:
    assert tools
    lack = fuse.fuse_lack(tmp_path / "fuse")
    assert lack is not None
    assert lack.problem.endswith("fuse is not there")


def test_a_device_that_is_refused_is_named(tools: set[str], device: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(1, "Operation not permitted", str(path))

    assert tools
    monkeypatch.setattr(os, "open", refuse)
    lack = fuse.fuse_lack(device)
    assert lack is not None
    assert lack.problem == f"{device} cannot be used: operation not permitted"
    assert lack.cure.startswith(f"chmod 666 {device}")


@pytest.mark.parametrize(("lines", "on"), [("Filename Type\n", False), ("Filename Type\n/dev/sda2 partition\n", True)])
def test_swap_is_read_from_the_system_s_table(tmp_path: Path, lines: str, on: bool) -> None:
    (tmp_path / "swaps").write_text(lines)
    assert fuse.swap_is_on(tmp_path / "swaps") is on
    assert not fuse.swap_is_on(tmp_path / "nowhere")

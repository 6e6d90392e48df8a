"""The file of a running server, and the proof that a process is that server."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kyok.postgres.pidfile import (
    NAME,
    PidFile,
    PidFileUnusable,
    Process,
    agrees,
    is_alive,
    is_ready,
    is_served,
    parse_pidfile,
    parse_stat,
    proved,
    read_pidfile,
    read_process,
)
from tests.postgres.servers import Server, wait_for

READY = "4711\n/data/n1\n1795455900\n25001\n\n127.0.0.1\n  1234567         3\nready   \n"
STARTING = "4711\n/data/n1\n1795455900\n25001\n\n"
PIDFILE = PidFile(4711, Path("/data/n1"), 1795455900, 25001, "", "127.0.0.1", "1234567         3", "ready")
SERVES = ("postgres", "-D", "/data/n1", "-p", "25001")
PROCESS = Process("S", 1795455899.3, "/pg/bin/postgres", SERVES)
DATA, PROGRAM = Path("/data/n1"), Path("/pg/bin/postgres")


def test_eight_lines() -> None:
    assert parse_pidfile(READY) == PIDFILE


@pytest.mark.parametrize(
    ("status", "ready"), [("ready", True), ("standby", True), ("starting", False), ("stopping", False), ("", False)]
)
def test_ready_is_what_the_last_line_says(status: str, ready: bool) -> None:
    assert parse_pidfile(READY.replace("ready   ", status)).is_ready is ready


def test_a_starting_server_has_written_five_lines() -> None:
    pidfile = parse_pidfile(STARTING)
    assert (pidfile.pid, pidfile.status, pidfile.is_ready) == (4711, "", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4711",
        "4711\n/data/n1\n1795455900",
        "-4711\n/data/n1\n1795455900\n25001\n",
        "0\n/data/n1\n1795455900\n25001\n",
        "99999999999\n/data/n1\n1795455900\n25001\n",
        "4711\n\n1795455900\n25001\n",
        "x\n/data/n1\n1795455900\n25001\n",
    ],
    ids=["empty", "pid", "three lines", "single user", "no pid", "no such pid", "no folder", "no number"],
)
def test_an_incomplete_file_is_said_to_be_so(text: str) -> None:
    with pytest.raises(PidFileUnusable):
        parse_pidfile(text)


def test_no_file_is_no_server(tmp_path: Path) -> None:
    assert read_pidfile(tmp_path) is None
    assert is_ready(tmp_path, 4711) is False


def test_a_file_that_cannot_be_read_is_not_no_server(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(PidFileUnusable):
        read_pidfile(tmp_path)
    assert is_ready(tmp_path, 4711) is False


def test_ready_for_its_own_process_only(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(READY)
    assert is_ready(tmp_path, 4711) is True
    assert is_ready(tmp_path, 4712) is False


def test_state_and_start_after_a_name_with_brackets() -> None:
    middle = " ".join(["0"] * 18)
    assert parse_stat(f"4711 (a) Z (b)) S {middle} 98765 1 2\n".encode()) == ("S", 98765)


def test_a_server_is_proved() -> None:
    assert agrees(PIDFILE, PROCESS, DATA, PROGRAM)
    assert agrees(PIDFILE, replace(PROCESS, executable="/pg/bin/postgres (deleted)"), DATA, PROGRAM)


@pytest.mark.parametrize(
    "process",
    [
        replace(PROCESS, state="Z"),
        replace(PROCESS, executable="/usr/bin/python3"),
        replace(PROCESS, arguments=("postgres", "-D", "/data/n2")),
        replace(PROCESS, arguments=("postgres", "-D", "data/n1")),
        replace(PROCESS, arguments=("postgres", "/data/n1")),
        replace(PROCESS, arguments=(*SERVES, "-D", "/data/n2")),
        replace(PROCESS, arguments=("postgres", "-D")),
        replace(PROCESS, started=1795455897.9),
        replace(PROCESS, started=1795455902.1),
    ],
    ids=["zombie", "program", "folder", "relative", "no option", "two folders", "cut", "older", "younger"],
)
def test_anything_else_is_not(process: Process) -> None:
    assert not agrees(PIDFILE, process, DATA, PROGRAM)


def test_the_file_itself_must_be_this_folder_s() -> None:
    assert not agrees(replace(PIDFILE, data=Path("/data/n2")), PROCESS, DATA, PROGRAM)


def test_links_to_program_and_folder_are_followed(tmp_path: Path) -> None:
    program, data = tmp_path / "15" / "postgres", tmp_path / "volume" / "data"
    program.parent.mkdir()
    program.touch()
    data.mkdir(parents=True)
    (tmp_path / "postgres").symlink_to(program)
    (tmp_path / "here").symlink_to(data)
    pidfile = replace(PIDFILE, data=data)
    process = replace(PROCESS, executable=str(program), arguments=("postgres", "-D", str(tmp_path / "here")))
    assert agrees(pidfile, process, tmp_path / "here", tmp_path / "postgres")


def test_a_process_that_ended_is_dead_before_it_is_reaped() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert is_alive(child.pid)
    child.kill()
    wait_for(lambda: not is_alive(child.pid))
    assert parse_stat(Path(f"/proc/{child.pid}/stat").read_bytes())[0] == "Z"
    assert read_process(child.pid) is None or not proved(
        replace(PIDFILE, pid=child.pid), DATA, Path(sys.executable).resolve()
    )
    child.communicate()
    assert not is_alive(child.pid)


def test_a_process_of_another_person_is_alive_even_when_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(pid: int, signal: int) -> None:
        assert (pid, signal) == (4711, 0)
        raise PermissionError

    monkeypatch.setattr("kyok.postgres.pidfile._PROC", tmp_path)
    assert is_alive(os.getpid())
    monkeypatch.setattr(os, "kill", refused)
    assert is_alive(4711)


def test_this_process_is_no_server() -> None:
    process = read_process(os.getpid())
    assert process is not None
    assert process.executable == str(Path(sys.executable).resolve())
    assert process.started <= time.time()
    assert not proved(replace(PIDFILE, pid=os.getpid()), DATA, PROGRAM)


def test_a_process_that_is_gone_proves_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert read_process(child.pid) is None
    assert not proved(replace(PIDFILE, pid=child.pid), DATA, PROGRAM)


def test_the_real_server_is_proved(server: Server) -> None:
    pidfile = read_pidfile(server.data)
    assert pidfile is not None
    assert (pidfile.pid, pidfile.port, pidfile.address) == (server.process.pid, server.port, "127.0.0.1")
    assert pidfile.is_ready
    program = server.programs / "postgres"
    assert proved(pidfile, server.data, program)
    assert not proved(pidfile, server.data.parent, program)
    assert not proved(pidfile, server.data, server.programs / "initdb")
    assert proved(replace(pidfile, started=pidfile.started - 3600), server.data, program), "the clock was set"
    assert is_served(pidfile, server.data)
    assert not is_served(pidfile, server.data.parent)

"""What a running server says of itself in `postmaster.pid`, and whether the process it names is really that server.

A process id alone proves nothing: it may belong to another program by now. Nothing is signalled or adopted on it
before `proved` has said yes. Whatever cannot be read proves nothing.
"""

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kyok.postgres.errors import PostgresError

NAME = "postmaster.pid"
READY = ("ready", "standby")
TOLERANCE = 2.0
"""Seconds between the start that the kernel knows and the one that the server wrote down."""
_PROC = Path("/proc")
_HIGHEST_PID = 2**31 - 1
_DEAD = ("Z", "X")
_GONE_FROM_DISK = " (deleted)"


class PidFileUnusable(PostgresError):
    """`postmaster.pid` holds no process id, data folder, start time and port."""

    summary = "The server's file postmaster.pid is incomplete."
    remedy = "Try again: a starting server is still writing it. If it stays so, restart the instance."


@dataclass(frozen=True, slots=True)
class PidFile:
    """The eight lines. `started` is seconds since 1970; the last three are empty while the server starts."""

    pid: int
    data: Path
    started: int
    port: int
    socket_folder: str
    address: str
    shared_memory: str
    status: str

    @property
    def is_ready(self) -> bool:
        """Whether the server takes connections, as a primary or as a standby."""
        return self.status in READY


@dataclass(frozen=True, slots=True)
class Process:
    """What the kernel knows of a process. `started` is seconds since 1970, to a hundredth or so."""

    state: str
    started: float
    executable: str
    arguments: tuple[str, ...]
    folder: str = ""
    """Its working folder: a postmaster's is its data folder."""


def parse_pidfile(text: str) -> PidFile:
    """The contents of `postmaster.pid`.

    Raises:
        PidFileUnusable: one of the first four lines is missing or wrong, or a single-user server wrote it (it gives
            its process id a minus sign).
    """
    lines = [line.strip() for line in text.splitlines()]
    lines += [""] * (8 - len(lines))
    try:
        pid, started, port = int(lines[0]), int(lines[2]), int(lines[3])
    except ValueError as error:
        raise PidFileUnusable() from error
    if not 0 < pid <= _HIGHEST_PID or not lines[1]:
        raise PidFileUnusable()
    return PidFile(pid, Path(lines[1]), started, port, *lines[4:8])


def read_pidfile(data: Path) -> PidFile | None:
    """The `postmaster.pid` of a data folder, or None when there is none.

    Raises:
        PidFileUnusable: see `parse_pidfile`; or it cannot be read.
    """
    try:
        return parse_pidfile((data / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise PidFileUnusable("The server's file postmaster.pid cannot be read.") from error


def is_ready(data: Path, pid: int) -> bool:
    """Whether the server `pid`, which was just started on `data`, takes connections; costs no connection."""
    try:
        pidfile = read_pidfile(data)
    except PidFileUnusable:
        return False
    return pidfile is not None and pidfile.pid == pid and pidfile.is_ready


def is_alive(pid: int) -> bool:
    """Whether a process runs. One that has ended and was not reaped (state Z) is dead."""
    try:
        return parse_stat((_PROC / str(pid) / "stat").read_bytes())[0] not in _DEAD
    except OSError:
        return _takes_signals(pid)


def _takes_signals(pid: int) -> bool:
    """Asks the kernel itself: /proc may hide the processes of other people, and an unseen server still writes."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def proved(pidfile: PidFile, data: Path, executable: Path) -> bool:
    """Whether the process of `pidfile` is `executable`, alive, serving `data`, and the one that wrote the file."""
    process = read_process(pidfile.pid)
    return process is not None and agrees(pidfile, process, data, executable)


def agrees(pidfile: PidFile, process: Process, data: Path, executable: Path) -> bool:
    """`proved` for a process that was read already. `executable` may be a link to the program.

    Its start must agree, or its working folder: when the clock is set, what the kernel says of starts moves along.
    """
    program = process.executable.removesuffix(_GONE_FROM_DISK)  # an upgrade of the package replaced it
    return (
        process.state not in _DEAD
        and program == str(executable.resolve())
        and pidfile.data.resolve() == data.resolve()
        and _serves(process.arguments, data)
        and (abs(process.started - pidfile.started) <= TOLERANCE or _works_in(process, data))
    )


def _works_in(process: Process, data: Path) -> bool:
    return bool(process.folder) and Path(process.folder) == data.resolve()


def is_served(pidfile: PidFile, data: Path) -> bool:
    """Whether the process of `pidfile` may be a server of this data folder, proved or not: then its file must stay."""
    process = read_process(pidfile.pid)
    if process is None:
        return is_alive(pidfile.pid)
    return process.state not in _DEAD and (_serves(process.arguments, data) or _works_in(process, data))


def _serves(arguments: tuple[str, ...], data: Path) -> bool:
    """Whether `-D <data>` is among the arguments. A relative folder proves nothing: nobody knows relative to what."""
    named = [Path(value) for option, value in pairwise(arguments) if option == "-D"]
    return [folder.resolve() for folder in named if folder.is_absolute()] == [data.resolve()]


def parse_stat(stat: bytes) -> tuple[str, int]:
    """State and start (clock ticks since the boot) from `/proc/<pid>/stat`; the name in it may hold anything."""
    fields = stat[stat.rindex(b")") + 2 :].split()
    return fields[0].decode(), int(fields[19])


def read_process(pid: int) -> Process | None:
    """What the kernel knows of a process; None when it is gone, or not ours to look at."""
    folder = _PROC / str(pid)
    try:
        state, ticks = parse_stat((folder / "stat").read_bytes())
        executable = str((folder / "exe").readlink())
        arguments = (folder / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        works_in = str((folder / "cwd").readlink())
        started = _boot_time() + ticks / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None
    return Process(state, started, executable, tuple(os.fsdecode(argument) for argument in arguments), works_in)


def _boot_time() -> int:
    for line in (_PROC / "stat").read_bytes().splitlines():
        if line.startswith(b"btime "):
            return int(line.split()[1])
    raise OSError("the kernel does not say when it was started")

"""What is mounted where, and how it is taken away (Linux)."""

import ctypes
import errno
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kyok.postgres.children import environment
from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes.port import Owner

TABLE = Path("/proc/self/mountinfo")
_READ_ONLY, _NO_SET_USER_ID, _NO_DEVICES = 1, 2, 4  # MS_RDONLY, MS_NOSUID, MS_NODEV of mount(2)
_PAUSE = 0.005
_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of the table: the type of file system, and what was named as its source."""

    kind: str
    source: str


def mount_at(folder: Path) -> Mount | None:
    """What is mounted on exactly this folder. `os.path.ismount` says no to a mount whose program died."""
    wanted = _escaped(str(folder))
    found = None
    for line in TABLE.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        if before.split(" ")[4] == wanted:
            kind, source = after.split(" ")[:2]
            found = Mount(kind, source)  # a later mount hides an earlier one
    return found


def _escaped(path: str) -> str:
    return "".join(f"\\{ord(letter):03o}" if letter in " \t\n\\" else letter for letter in path)


def mount_for(descriptor: int, folder: Path, kind: str, source: str, owner: Owner, *, read_only: bool) -> None:
    """Mounts an open `/dev/fuse` whose program runs under another account; only root may.

    The kernel holds everybody to the modes of the files, root excepted.

    Raises:
        OSError: it refuses.
    """
    flags = _NO_SET_USER_ID | _NO_DEVICES | (_READ_ONLY if read_only else 0)
    options = f"fd={descriptor},rootmode=40000,user_id={owner.uid},group_id={owner.gid},allow_other,default_permissions"
    library = ctypes.CDLL(None, use_errno=True)
    words = (source.encode(), bytes(folder), kind.encode())
    if library.mount(*words, ctypes.c_ulong(flags), options.encode()) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(folder))


def alive(folder: Path) -> bool:
    """Whether the program behind a mount still answers."""
    try:
        os.statvfs(folder)  # a plain `stat` may be answered from the kernel's memory
    except OSError as error:
        if error.errno in {errno.ENOTCONN, errno.ECONNABORTED, errno.EIO}:
            return False
        raise
    return True


def unmount(folder: Path, *, patience: float = 1.0) -> bool:
    """Takes a FUSE mount away; False when it stayed in use for `patience` seconds and had to be detached.

    Raises:
        VolumeError: it is still there.
    """
    program = fusermount()
    done = until(lambda: _unmounted(program, "-u", folder), patience)
    if not done:
        _unmounted(program, "-uz", folder)
    if mount_at(folder) is not None:
        raise VolumeError("The node's volume could not be unmounted.", "End the programs that use it, then try again.")
    return done


def _unmounted(program: str, how: str, folder: Path) -> bool:
    if mount_at(folder) is None:
        return True
    subprocess.run(
        [program, how, "--", str(folder)],
        env=environment(Path(program).parent),
        cwd="/",
        capture_output=True,
        timeout=_TIMEOUT,
        check=False,
    )
    return mount_at(folder) is None


def fusermount() -> str:
    """The program that mounts and unmounts for FUSE.

    Raises:
        VolumeError: it is not installed.
    """
    program = shutil.which("fusermount3") or shutil.which("fusermount")
    if program is None:
        raise VolumeError("The program fusermount3 is not installed.", "apt-get install fuse3")
    return program


def until(condition: Callable[[], bool], seconds: float = _TIMEOUT) -> bool:
    """Waits until a condition holds; False when it did not within `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def running(mark: str, account: int) -> list[int]:
    """Processes of an account with `mark` among their arguments: helpers that an earlier process of ours left."""
    wanted = mark.encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            if wanted in (entry / "cmdline").read_bytes().split(b"\0") and _account_of(entry) == account:
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it ended meanwhile, or is none of ours
    return found


def _account_of(process: Path) -> int | None:
    """Who runs it. The folder's owner does not tell: gocryptfs lets nobody look into it, so its folder is root's."""
    for line in (process / "status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("Uid:"):
            return int(line.split()[1])
    return None

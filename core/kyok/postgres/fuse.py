"""Whether volumes can be encrypted by gocryptfs here."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

DEVICE = Path("/dev/fuse")
UNMOUNTERS = ("fusermount3", "fusermount")
_INSTALL = "apt-get install gocryptfs fuse3"


class Lack(NamedTuple):
    """What is missing, and the line or the advice that cures it."""

    problem: str
    cure: str


def fuse_problem() -> str | None:
    """Why gocryptfs cannot be used, in words; None when nothing stands in its way."""
    lack = fuse_lack()
    return lack.problem if lack else None


def fuse_lack(device: Path = DEVICE) -> Lack | None:
    """The first thing that gocryptfs lacks. A container that forbids mounts shows only when one is tried."""
    if shutil.which("gocryptfs") is None:
        return Lack("gocryptfs is not installed", _INSTALL)
    if not any(shutil.which(name) for name in UNMOUNTERS):
        return Lack("fusermount3 is not installed", _INSTALL)
    if not device.exists():
        return Lack(f"{device} is not there", f"modprobe fuse; a container needs --device {device}")
    try:
        # Permission bits do not tell: a container's rules for devices refuse root as well.
        os.close(os.open(device, os.O_RDWR | os.O_CLOEXEC))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Lack(
            f"{device} cannot be used: {reason}", f"chmod 666 {device}, as root; a container needs --device {device}"
        )
    return None


def swap_is_on(table: Path = Path("/proc/swaps")) -> bool:
    """Whether memory may be written to a disk. False where the system does not tell."""
    try:
        return len(table.read_text("ascii", "replace").splitlines()) > 1
    except OSError:
        return False

"""How much memory and room in a tmpfs there is (Linux)."""

import os
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
MEMORY = Path("/proc/meminfo")
SWAPS = Path("/proc/swaps")
CONTROL_GROUP = Path("/sys/fs/cgroup")


def in_memory(folder: Path) -> bool:
    """Whether a folder, or the nearest one above it that is there, lies in a tmpfs."""
    wanted = folder.resolve()
    best, kind = Path(), ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, place, found, *_ = line.split(" ")
        mounted = Path(place.replace("\\040", " "))
        if wanted.is_relative_to(mounted) and len(mounted.parts) >= len(best.parts):
            best, kind = mounted, found
    return kind == "tmpfs"


def available() -> int:
    """Bytes of memory that could be used without swapping; inside a container, what its limit leaves."""
    left = []
    for line in MEMORY.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            left.append(int(value.split()[0]) * 1024)
    with suppress(OSError, ValueError):  # no limit, or none that we may see
        limit = int((CONTROL_GROUP / "memory.max").read_text(encoding="ascii"))
        left.append(limit - int((CONTROL_GROUP / "memory.current").read_text(encoding="ascii")))
    return min(left, default=0)


def free_in(folder: Path) -> int:
    """Bytes that the file system of a folder, or of the nearest one above it, has left."""
    while not folder.exists():
        folder = folder.parent
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def swap_on() -> bool:
    """Whether memory may be written to a disk. zram is memory itself, and does not count."""
    if not SWAPS.exists():
        return False
    lines = SWAPS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()[1:]
    return any(not line.split()[0].startswith("/dev/zram") for line in lines if line.strip())

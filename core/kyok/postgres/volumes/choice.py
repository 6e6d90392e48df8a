"""Which kinds of volumes work on this machine, each tried, and how one is made."""

import logging
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kyok.aead import random_key
from kyok.durable import Disk
from kyok.errors import KyokError
from kyok.postgres.errors import VolumeError
from kyok.postgres.fuse import fuse_problem
from kyok.postgres.pidfile import is_alive
from kyok.postgres.volumes import memory, mounts
from kyok.postgres.volumes.common import Observer, unobserved
from kyok.postgres.volumes.gocryptfs import GocryptfsVolume
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.places import Folder, Places, points_in
from kyok.postgres.volumes.port import NodeVolume, Owner, VolumeId
from kyok.postgres.volumes.ram_sealed import INSTANCE_ROOM, MIB, RamSealedVolume
from kyok.postgres.volumes.sealed_on_stop import SealedOnStopVolume
from kyok.secrets import wipe

log = logging.getLogger(__name__)

_PROBE = re.compile(r"probe-(\d{1,9})-", re.ASCII)
"""Where a process tries: its own number, then letters of chance."""
_tried: dict[tuple[Places, Owner], str | None] = {}


@dataclass(frozen=True, slots=True)
class DriverState:
    """Whether a kind works here: `problem` is a sentence why not, None when it does."""

    kind: VolumeKind
    problem: str | None

    @property
    def usable(self) -> bool:
        """Whether it works."""
        return self.problem is None


def usable_drivers(places: Places, owner: Owner) -> list[DriverState]:
    """Every kind, the best first. gocryptfs is tried with a real mount, once in the life of this process."""
    return [
        DriverState(VolumeKind.GOCRYPTFS, gocryptfs_problem(places, owner)),
        DriverState(VolumeKind.RAM_SEALED, memory_problem(places)),
        DriverState(VolumeKind.SEALED_ON_STOP, None if hasattr(os, "fwalk") else "This system has no safe file calls."),
    ]


def make_volume(
    kind: VolumeKind, volume: VolumeId, sealed: Path, places: Places, owner: Owner, observe: Observer = unobserved
) -> NodeVolume:
    """A volume of a kind, as it lies there; the folders above its clear view are made.

    Raises:
        VolumeError: these folders cannot be made, or are not ours alone.
    """
    if kind is VolumeKind.GOCRYPTFS:
        return GocryptfsVolume(volume, sealed, places.below(places.mounted, volume), owner, observe)
    if kind is VolumeKind.RAM_SEALED:
        return RamSealedVolume(volume, sealed, places.below(places.memory, volume), owner, observe)
    if places.disk is None:
        Disk().make_folder(sealed.parent)
    disk = places.disk or Folder(sealed.parent, "clear")
    return SealedOnStopVolume(volume, sealed, places.below(disk, volume), owner, observe)


def gocryptfs_problem(places: Places, owner: Owner) -> str | None:
    """Why gocryptfs does not work, as a sentence; None when a volume could be made, written, closed and removed."""
    problem = fuse_problem()
    if problem is not None:
        return f"{problem}."
    key = (places, owner)
    if key not in _tried:
        _tried[key] = _tried_once(places, owner)
    return _tried[key]


def _tried_once(places: Places, owner: Owner) -> str | None:
    key = random_key()
    try:
        _take_down_left(places)
        with tempfile.TemporaryDirectory(prefix=f"kyok-probe-{os.getpid()}-") as folder:
            name = Path(folder).name.removeprefix("kyok-")
            sealed = Path(folder) / "sealed"
            volume = make_volume(VolumeKind.GOCRYPTFS, VolumeId(name, 1), sealed, places, owner)
            try:
                volume.create(key)
                (volume.clear / "probe").write_bytes(b"probe")
                volume.close(key)
                volume.open(key)
                if (volume.clear / "probe").read_bytes() != b"probe":
                    raise VolumeError("What was written to gocryptfs did not come back.")
            finally:
                volume.destroy()
    except KyokError as error:
        return error.summary
    except OSError as error:
        return f"gocryptfs was tried: {(error.strerror or type(error).__name__).lower()}."
    finally:
        wipe(key)
    return None


def _take_down_left(places: Places) -> None:
    """A process that was killed while it tried left a mount, and with it a helper that nobody else would end."""
    for point in points_in(places.mounted) or ():
        found = _PROBE.match(point.name)
        if found is None or is_alive(int(found[1])):
            continue
        try:
            if mounts.mount_at(point) is not None:
                mounts.unmount(point)
            point.rmdir()
        except (OSError, VolumeError) as error:
            # Another process takes it down now, or it stays: it says nothing of whether gocryptfs works.
            log.info("a trial of gocryptfs that was killed could not be taken down: %s", error)


def memory_problem(places: Places) -> str | None:
    """Why volumes cannot be in memory, as a sentence; None when there is a tmpfs and room for one instance."""
    folder = places.memory.base
    if not memory.MOUNTS.exists() or not folder.is_dir() or not memory.in_memory(folder):
        return f"{folder} is no file system in memory."
    needed = INSTANCE_ROOM
    for left, where in ((memory.free_in(folder), f"in {folder}"), (memory.available(), "of memory")):
        if left < needed:
            return f"An instance needs {needed // MIB} MiB {where}, and {left // MIB} MiB are free."
    return None

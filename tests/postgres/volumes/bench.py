"""Where tests put volumes, and what they put into them."""

import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kyok.postgres.volumes.choice import make_volume
from kyok.postgres.volumes.common import Observer, unobserved
from kyok.postgres.volumes.gocryptfs import SENTINEL
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.places import Folder, Places
from kyok.postgres.volumes.port import NodeVolume, Owner, VolumeId
from kyok.postgres.volumes.ram_sealed import RamSealedVolume
from kyok.postgres.volumes.sealed_on_stop import SealedOnStopVolume

DEK = bytes(range(32))
OTHER_DEK = bytes(range(1, 33))
MARKER = b"the row that nobody else may read"
MADE_BY_VOLUMES = {SENTINEL, "spool"}


def servers_account() -> Owner:
    """The account that servers would run under: another one when we are root and there is one."""
    if os.geteuid() == 0:
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError:
            return Owner(0, os.getegid())
        return Owner(entry.pw_uid, entry.pw_gid)
    return Owner(os.geteuid(), os.getegid())


@dataclass(frozen=True)
class Bench:
    """One kind of volume in a folder of its own. Every call of `volume` is as if another process came."""

    kind: VolumeKind
    root: Path
    owner: Owner

    @property
    def places(self) -> Places:
        return Places(
            mounted=Folder(self.root, "mounted"),
            memory=Folder(self.root, "memory"),
            disk=Folder(self.root, "disk"),
            shared=self.owner.uid != os.geteuid(),
        )

    def sealed(self, node: int = 1) -> Path:
        return self.root / f"sealed-{node}"

    def volume(self, node: int = 1, guid: str = "guid-1", observe: Observer = unobserved) -> NodeVolume:
        return make_volume(self.kind, VolumeId(guid, node), self.sealed(node), self.places, self.owner, observe)

    def ram(self, node: int = 1) -> RamSealedVolume:
        volume = self.volume(node)
        assert isinstance(volume, RamSealedVolume)
        return volume

    def on_stop(self) -> SealedOnStopVolume:
        volume = self.volume()
        assert isinstance(volume, SealedOnStopVolume)
        return volume


def put(folder: Path, name: str, content: bytes, owner: Owner | None = None, mode: int = 0o600) -> Path:
    """Writes a file, with the folders above it, as the servers' account would."""
    path = folder / name
    made = [parent for parent in path.parents if not parent.exists()]
    for parent in reversed(made):
        parent.mkdir(mode=0o700)
    path.write_bytes(content)
    path.chmod(mode)
    if owner is not None and os.geteuid() == 0:
        for each in (path, *made):
            os.chown(each, owner.uid, owner.gid)
    return path


def fill(volume: NodeVolume, owner: Owner, marker: bytes = MARKER) -> None:
    """A small tree like a server's: folders, an empty one, files of several sizes and modes."""
    put(volume.clear, "data/PG_VERSION", b"18\n", owner)
    put(volume.clear, "data/base/1/1259", os.urandom(20_000) + marker + bytes(30_000), owner)
    put(volume.clear, "data/global/pg_control", marker * 3, owner, 0o640)
    put(volume.clear, "whole", b"", owner)
    put(volume.clear, "log/server.log", b"statement: " + marker + b"\n", owner)
    empty = volume.clear / "data/pg_twophase"
    empty.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(empty, owner.uid, owner.gid)


def tree(folder: Path) -> dict[str, tuple[int, int, bytes | None]]:
    """Names, owners, modes and content of what a server put there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] not in MADE_BY_VOLUMES:
            status = path.stat()
            found[name] = (status.st_uid, status.st_mode & 0o777, None if path.is_dir() else path.read_bytes())
    return found


def files_with(folder: Path, marker: bytes = MARKER) -> list[str]:
    """Files under a folder that hold the marker, or have it in their name."""
    return [str(path) for path in _files(folder) if marker in path.read_bytes() or marker.decode() in path.name]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())

"""What a volume is to the servers that stand on it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kyok.aead import Bytes


@dataclass(frozen=True, slots=True)
class VolumeId:
    """Which volume: everything sealed in it is bound to these. Nodes are 1 to 3."""

    guid: str
    node: int


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that owns clear files: the one that servers run under."""

    uid: int
    gid: int


class NodeVolume(Protocol):
    """One node's encrypted volume. Calls block; no two at a time on one volume.

    `clear` is the folder in which clear files are while the volume is open: mode 0700, owned by the servers' account,
    every folder above it searchable by that account. `sealed` is the folder on disk that outlives everything.
    A data key is 32 bytes; it reaches helpers through a pipe, never through argv, environment or a file.
    """

    clear: Path
    sealed: Path

    def create(self, dek: Bytes) -> None:
        """Makes an empty volume and opens it; what a failed attempt left is removed first.

        Raises:
            NoRoom, VolumeError: nothing is left of it.
        """

    def exists(self) -> bool:
        """Whether there is a volume on disk."""

    def open(self, dek: Bytes) -> None:
        """Opens the volume; one that is open already (also by a process that crashed) is proved with the key and kept.

        Raises:
            VolumeMissing, WrongVolumeKey, NoRoom, VolumeError: it is closed then.
        """

    def is_open(self) -> bool:
        """Whether clear files can be reached now, whoever opened it."""

    def close(self, dek: Bytes) -> None:
        """Seals what must be sealed, then takes the clear view away. No server runs any more.

        Raises:
            VolumeError: the clear view could not be sealed; it stays, and the next `close` tries again.
        """

    def drop(self) -> None:
        """Takes the clear view away without sealing: after a crash, when the key is denied. Nothing when closed."""

    def destroy(self) -> int:
        """Drops the clear view and removes every file; returns how many files there were on disk."""

    def size(self) -> int:
        """Bytes on disk; for a volume whose clear data lies elsewhere, of its sealed objects."""

    # Archived write-ahead log (volumes whose clear data a power cut takes) --------------------------------------------

    @property
    def spool(self) -> Path | None:
        """Folder inside the clear view into which a server copies each finished WAL segment; None: not needed."""

    def seal_spool(self, dek: Bytes) -> int:
        """Seals, syncs and removes the segments that lie complete in the spool; returns how many."""

    @property
    def replay(self) -> Path | None:
        """After `open`: folder with WAL segments that the server must replay before it is up to date, else None."""

    def new_base(self, dek: Bytes) -> AbstractContextManager[BinaryIO]:
        """A target for a tar of the running server's data folder; on success it replaces base and WAL so far."""


def total_size(files: Iterator[Path]) -> int:
    """Bytes of the files that are still there when they are looked at."""
    size = 0
    for file in files:
        try:
            size += file.stat().st_size
        except FileNotFoundError:
            continue  # sealed or removed between listing and looking
    return size

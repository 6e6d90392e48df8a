"""Volumes whose clear data is in memory only; sealed objects on disk follow it (postgres-nodes.md 6.2).

Beside the base lie the finished WAL segments since, `wal.<base>.<number>.<segment>.sealed`. Their numbers have no
gaps: a segment that somebody took out of the middle is noticed. A power cut takes what was not archived yet.
"""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kyok.aead import Bytes
from kyok.durable import FILE_MODE
from kyok.postgres.errors import NoRoom, VolumeError, WrongVolumeKey
from kyok.postgres.volumes import memory
from kyok.postgres.volumes.common import Observer, explained, give, give_folder, take_away, unobserved
from kyok.postgres.volumes.port import Owner, VolumeId
from kyok.postgres.volumes.sealed_tree import DATA, REPLAY, SEALED, SPOOL, Base, SealedTreeVolume
from kyok.postgres.volumes.trees import open_plain
from kyok.sealed_objects import CHUNK, ObjectIdentity, SealedWriter

MIB = 1024 * 1024
INSTANCE_ROOM = 512 * MIB
"""Bytes of memory that the volumes of one instance may count on together."""
ROOM = INSTANCE_ROOM // 3
"""The part of one volume."""
SPARE = 64 * MIB
"""Bytes that must be left besides what is unpacked."""

_ARCHIVED = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")
_FILE = re.compile(rf"wal\.(\d+)\.(\d+)\.(.+){re.escape(SEALED)}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A sealed file of the archived log: the base that it follows, its number after that, its name."""

    base: int
    number: int
    name: str

    @property
    def file(self) -> str:
        """The name of its sealed object."""
        return f"wal.{self.base}.{self.number}.{self.name}{SEALED}"


class RamSealedVolume(SealedTreeVolume):
    """See `kyok.postgres.volumes.port.NodeVolume`. `clear` lies in a tmpfs; `room` is in bytes."""

    def __init__(
        self,
        volume: VolumeId,
        sealed: Path,
        clear: Path,
        owner: Owner,
        observe: Observer = unobserved,
        *,
        room: int = ROOM,
    ) -> None:
        super().__init__(volume, sealed, clear, owner, observe)
        self._room = room

    def _check_room(self, content: int) -> None:
        needed = max(self._room, content + SPARE)
        for left, where in ((memory.free_in(self.clear.parent), "tmpfs"), (memory.available(), "memory")):
            if left < needed:
                raise NoRoom(
                    f"The node's volume needs {needed // MIB} MiB of {where}, and {left // MIB} MiB are free.",
                    "End other programs or delete an instance, then try again.",
                )

    @property
    def spool(self) -> Path | None:
        """See the port."""
        return self.clear / SPOOL

    @property
    def replay(self) -> Path | None:
        """See the port. It stays until the next base is sealed; a volume that is closed before keeps it."""
        folder = self.clear / REPLAY
        return folder if folder.is_dir() else None

    def seal_spool(self, dek: Bytes) -> int:
        """See the port.

        Raises:
            WrongVolumeKey: nothing was sealed. NoRoom, VolumeError: what was not sealed is still in the spool.
        """
        with explained("The archived log could not be sealed"):
            folder = os.open(self.clear / SPOOL, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                with os.scandir(folder) as entries:
                    names = sorted(entry.name for entry in entries if _ARCHIVED.fullmatch(entry.name))
                return self._seal_segments(names, folder, dek) if names else 0
            finally:
                os.close(folder)

    def _seal_segments(self, names: list[str], folder: int, dek: Bytes) -> int:
        base = self._prove(dek)
        first = number = max((segment.number for segment in self._segments(base)), default=0)
        for name in names:
            if self._seal_segment(Segment(base.number, number + 1, name), folder, dek):
                number += 1
                os.unlink(name, dir_fd=folder)
        return number - first

    def _seal_segment(self, segment: Segment, folder: int, dek: Bytes) -> bool:
        content = open_plain(segment.name, folder)
        if content is None:
            return False
        with content, self._objects.put(segment.file, dek, self._segment_identity(segment)) as writer:
            while data := content.read(CHUNK):
                writer.write(data)
        return True

    @contextmanager
    def new_base(self, dek: Bytes) -> Iterator[BinaryIO]:
        """See the port. What lies beside the data folder is sealed with it.

        Raises:
            VolumeError: also when nothing was written, or the block raised an `OSError`; the old base counts then.
        """
        base = Base(self._prove(dek).number + 1, DATA)
        self._seal_aside(base, dek)
        with self._objects.put(base.file, dek, self._identity(base, DATA)) as writer:
            target = _Target(writer)
            yield cast(BinaryIO, target)
            if not target.written:
                raise VolumeError("The running server gave no base.")
        with explained("What the new base replaces could not be removed"):
            self._remove_before(base)
            take_away(self.clear / REPLAY)

    def _complete(self, folder: Path, base: Base, dek: Bytes) -> None:
        give_folder(folder / SPOOL, self._owner)
        segments = self._segments(base)
        if [segment.number for segment in segments] != list(range(1, len(segments) + 1)):
            raise WrongVolumeKey("Sealed log of the node's volume is missing.")
        if segments and not (folder / REPLAY).exists():
            give_folder(folder / REPLAY, self._owner)
        for segment in segments:
            self._unseal_segment(segment, folder / REPLAY / segment.name, dek)

    def _unseal_segment(self, segment: Segment, target: Path, dek: Bytes) -> None:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in self._objects.chunks(segment.file, dek, self._segment_identity(segment)):
                file.write(chunk)
            give(descriptor, self._owner)

    def _segments(self, base: Base) -> list[Segment]:
        """The sealed log after a base, in order."""
        found = []
        for name in self._objects.names():
            if match := _FILE.fullmatch(name):
                found.append(Segment(int(match[1]), int(match[2]), match[3]))
        return sorted(segment for segment in found if segment.base == base.number)

    def _segment_identity(self, segment: Segment) -> ObjectIdentity:
        return self._objects.identity("wal", segment.name, f"{segment.base}.{segment.number}")


class _Target(io.RawIOBase):
    """A sealed object as a file to write to. `written` counts bytes."""

    def __init__(self, writer: SealedWriter) -> None:
        self._writer = writer
        self.written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Bytes) -> int:  # type: ignore[override]
        self._writer.write(data)
        self.written += len(data)
        return len(data)

"""The sealed objects of one volume: each in a file that is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kyok.aead import Bytes
from kyok.durable import FILE_MODE, Disk
from kyok.postgres.errors import VolumeMissing
from kyok.postgres.volumes.common import PART, Observer, explained, unobserved
from kyok.postgres.volumes.port import VolumeId
from kyok.sealed_objects import ObjectIdentity, SealedWriter, read_sealed


class SealedFolder:
    """A folder of sealed objects. A name that carries a sequence makes an older object useless in a newer one's place.

    `observe` is called before each step with its name.
    """

    def __init__(self, folder: Path, volume: VolumeId, observe: Observer = unobserved) -> None:
        self.folder = folder
        self._volume = volume
        self._observe = observe

    def identity(self, kind: str, name: str, sequence: int | str) -> ObjectIdentity:
        """What an object of this volume is bound to."""
        return ObjectIdentity(self._volume.guid, kind, f"node-{self._volume.node}/{name}", sequence)

    @contextmanager
    def put(self, name: str, dek: Bytes, identity: ObjectIdentity) -> Iterator[SealedWriter]:
        """Takes an object's content; it is in place and durable when the block ends, and never if the block fails.

        Raises:
            NoRoom, VolumeError: it could not be written, or the block raised an `OSError`; an older file of that name
                is still there.
        """
        part = self.folder / (name + PART)
        try:
            with explained("The volume could not be sealed"):
                self._observe("write")
                descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
                with os.fdopen(descriptor, "wb") as file:
                    with SealedWriter(file, dek, identity) as writer:
                        yield writer
                    file.flush()
                    self._observe("sync")
                    os.fsync(descriptor)
                self._observe("rename")
                part.replace(self.folder / name)
                self._observe("sync folder")
                Disk().sync_folder(self.folder)
        finally:
            part.unlink(missing_ok=True)

    def chunks(self, name: str, dek: Bytes, identity: ObjectIdentity) -> Iterator[bytearray]:
        """An object's content.

        Raises:
            VolumeMissing: there is no such file. WrongVolumeKey: it does not open. VolumeError: it cannot be read.
        """
        with explained("A sealed file could not be read"):
            try:
                source = (self.folder / name).open("rb")
            except FileNotFoundError:
                raise VolumeMissing() from None
            with source:
                yield from read_sealed(source, dek, identity)

    def prove(self, name: str, dek: Bytes, identity: ObjectIdentity) -> None:
        """Opens the first chunk only: that shows whether the key is the object's own.

        Raises:
            As `chunks`.
        """
        next(self.chunks(name, dek, identity))

    def remove(self, names: Iterator[str]) -> None:
        """Removes objects, durably."""
        for name in names:
            self._observe("remove older")
            (self.folder / name).unlink(missing_ok=True)
        Disk().sync_folder(self.folder)

    def names(self) -> list[str]:
        """The whole objects."""
        return sorted(self._entries(parts=False))

    def clear_parts(self) -> None:
        """Removes what a crash left half written."""
        for name in self._entries(parts=True):
            (self.folder / name).unlink(missing_ok=True)

    def _entries(self, *, parts: bool) -> list[str]:
        if not self.folder.is_dir():
            return []
        return [entry.name for entry in self.folder.iterdir() if entry.name.endswith(PART) == parts]

"""The sealed files of one HSM: changed together or not at all, and none of them older than the others.

`state.bin` is the witness: it names the generation of every other file. A change writes the new files beside the old
ones (`*.pending`), reads them back, replaces the witness - that is the moment it counts - and then moves the new files
into place. After a crash, `load` finishes or forgets it. A file whose generation is not the witnessed one was put back
from an older copy, and does not serve. An older copy of the whole folder cannot be told here: whoever keeps the
generation elsewhere can (`HsmStatus.generation`).
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kyok.aead import framed
from kyok.durable import Disk
from kyok.hsm.errors import HsmStorageFailed
from kyok.sealed import Opened, SealedFileError, SealedFileNewer, pack, unpack
from kyok.sealing.key import SealingKey
from kyok.secrets import wipe

log = logging.getLogger(__name__)

WITNESS = "state.bin"
_LABEL = b"hsm file"


@dataclass(slots=True)
class Witness:
    """What `state.bin` holds: the number of changes, each file's generation, and what never changes."""

    generation: int = 0
    files: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """Canonical JSON."""
        content = {"files": self.files, "facts": self.facts, "generation": self.generation}
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


class FileSet:
    """The files under one folder, by names such as `units/1/unit.bin`."""

    def __init__(self, folder: Path, hsm_id: str, sealing: SealingKey, disk: Disk) -> None:
        self.folder = folder
        self.witness = Witness()
        self._hsm_id = hsm_id
        self._sealing = sealing
        self._disk = disk

    # Reading ---------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Reads the witness, then finishes or forgets a change that was interrupted.

        Raises:
            SealedFileError: the witness is missing or does not open: nothing here can be trusted.
            HsmStorageFailed: the repair cannot be written.
        """
        opened = self._opened(WITNESS, self.folder / WITNESS)
        found = json.loads(bytes(opened.body))
        self.witness = Witness(found["generation"], found["files"], found["facts"])
        try:
            self._disk.remove(self._pending(WITNESS))
            for name in self.witness.files:
                self._settle(name)
        except OSError as error:
            raise HsmStorageFailed() from error

    def read(self, name: str) -> bytearray:
        """The body of a file, which the caller wipes.

        Raises:
            SealedFileError: missing, changed, another one's, or not of the witnessed generation.
        """
        opened = self._opened(name, self.folder / name)
        if opened.generation != self.witness.files.get(name):
            wipe(opened.body)
            raise SealedFileError("A sealed file is older than it may be: it was put back from a copy.")
        return opened.body

    def _opened(self, name: str, path: Path) -> Opened:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SealedFileError("A sealed file is missing or cannot be read.") from error
        key = self._key(name)
        try:
            return unpack(key, data, self._context(name))
        finally:
            wipe(key)

    def _generation(self, name: str, path: Path) -> int | None:
        """The generation of a file that opens; None for one that does not."""
        try:
            opened = self._opened(name, path)
        except SealedFileNewer:
            raise
        except SealedFileError:
            return None
        wipe(opened.body)
        return opened.generation

    def _settle(self, name: str) -> None:
        path, pending = self.folder / name, self._pending(name)
        if not pending.exists():
            return
        wanted = self.witness.files[name]
        if self._generation(name, path) != wanted and self._generation(name, pending) == wanted:
            log.info("finishing an interrupted change of %s in HSM %s", name, self._hsm_id)
            self._promote(name, destroy=True)
        else:
            self._disk.remove(pending)

    # Writing ---------------------------------------------------------------------------------------------------------

    def commit(
        self, bodies: Mapping[str, bytes | bytearray], *, facts: dict[str, Any] | None = None, destroy: bool = False
    ) -> None:
        """Replaces these files together; with `destroy`, what they held is overwritten on the disk first.

        Raises:
            HsmStorageFailed: the disk did not take it. `load` then tells whether it counts: all files or none.
        """
        following = Witness(
            self.witness.generation + 1,
            {**self.witness.files, **dict.fromkeys(bodies, self.witness.generation + 1)},
            self.witness.facts if facts is None else facts,
        )
        try:
            for name, body in bodies.items():
                self._write_pending(name, body, following.generation)
        except (OSError, SealedFileError) as error:
            self._forget(bodies)
            raise HsmStorageFailed() from error
        try:
            # When this fails, nobody knows which witness the disk holds: the next `load` sees, so nothing is forgotten.
            self._write_witness(following)
            self.witness = following
            for name in bodies:
                self._promote(name, destroy=destroy)
        except OSError as error:
            raise HsmStorageFailed() from error

    def _write_pending(self, name: str, body: bytes | bytearray, generation: int) -> None:
        pending = self._pending(name)
        self._disk.make_folder(pending.parent)
        self._disk.write(pending, self._packed(name, body, generation))
        self._disk.sync_folder(pending.parent)
        if self._generation(name, pending) != generation:
            raise SealedFileError()

    def _write_witness(self, following: Witness) -> None:
        beside = self._pending(WITNESS)
        self._disk.write(beside, self._packed(WITNESS, following.encoded(), following.generation))
        self._disk.replace(beside, self.folder / WITNESS)

    def _promote(self, name: str, *, destroy: bool) -> None:
        path = self.folder / name
        if destroy:
            self._disk.overwrite(path)
        self._disk.replace(self._pending(name), path)

    def _forget(self, bodies: Mapping[str, bytes | bytearray]) -> None:
        """Removes what was written beside; what the disk refuses to remove, the next `load` removes."""
        for name in bodies:
            try:
                self._disk.remove(self._pending(name))
            except OSError as error:
                log.warning("cannot remove %s.pending of HSM %s: %s", name, self._hsm_id, error.strerror)

    # Sealing ---------------------------------------------------------------------------------------------------------

    def _pending(self, name: str) -> Path:
        path = self.folder / name
        return path.with_name(path.name + ".pending")

    def _context(self, name: str) -> bytes:
        return framed(_LABEL, self._hsm_id.encode(), name.encode())

    def _key(self, name: str) -> bytearray:
        return self._sealing.derive(self._context(name))

    def _packed(self, name: str, body: bytes | bytearray, generation: int) -> bytes:
        key = self._key(name)
        try:
            return pack(key, body, self._context(name), generation)
        finally:
            wipe(key)

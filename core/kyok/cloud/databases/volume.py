"""One node's volume of the simulated driver: a folder with the rows as one sealed object.

The object's name carries its *stamp*: the term (which controller decision it was written under) and the sequence (how
many insertions it has seen). A new object is durable before the older one goes, so there is always a whole one; the
stamp is bound into the seal, so a renamed older object does not open.
"""

import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from kyok.cloud.databases.disk import PART, Disk
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.errors import VolumeDamaged
from kyok.cloud.databases.rowset import RowSet
from kyok.postgres.volumes.port import total_size
from kyok.sealed_objects import ObjectIdentity, SealedObjectError, open_object, seal_object

_NAME = re.compile(r"rows\.(\d+)\.(\d+)\.sealed")


class Stamp(NamedTuple):
    """How new a row set is; compared term first."""

    term: int
    sequence: int

    @property
    def file_name(self) -> str:
        """The name of the sealed object with this stamp."""
        return f"rows.{self.term}.{self.sequence}.sealed"


class Held(NamedTuple):
    """What a volume holds."""

    stamp: Stamp
    rows: RowSet


class Volume:
    """The sealed object of one node, read and written with its data key."""

    def __init__(self, folder: Path, node: NodeRef, disk: Disk) -> None:
        self._folder = folder
        self._node = node
        self._disk = disk

    def load(self, dek: bytearray) -> Held:
        """The newest whole object; what a crash left beside it is removed.

        Raises:
            VolumeDamaged: there is none, or it does not open with this key.
        """
        stamps = self._stamps()
        if not stamps:
            raise VolumeDamaged("The volume of this node is missing.")
        newest = stamps[-1]
        try:
            sealed = (self._folder / newest.file_name).read_bytes()
            rows = RowSet.decoded(bytes(open_object(sealed, dek, self._identity(newest))))
        except (OSError, SealedObjectError, msgspec.DecodeError) as error:
            raise VolumeDamaged() from error
        self._tidy(newest)
        return Held(newest, rows)

    def store(self, dek: bytearray, held: Held) -> None:
        """Makes `held` durable in place of what was there.

        Raises:
            DiskRefused: it could not be written; the old object is still there.
        """
        sealed = seal_object(held.rows.encoded(), dek, self._identity(held.stamp))
        self._disk.put(self._folder / held.stamp.file_name, sealed)
        self._tidy(held.stamp)

    def size(self) -> int:
        """Bytes on disk."""
        if not self._folder.is_dir():
            return 0
        return total_size(entry for entry in self._folder.iterdir() if entry.is_file())

    def _identity(self, stamp: Stamp) -> ObjectIdentity:
        return ObjectIdentity(
            instance=self._node.guid,
            kind="volume",
            name=f"node-{self._node.number}",
            sequence=f"{stamp.term}.{stamp.sequence}",
        )

    def _stamps(self) -> list[Stamp]:
        if not self._folder.is_dir():
            return []
        found = [_NAME.fullmatch(entry.name) for entry in self._folder.iterdir()]
        return sorted(Stamp(int(match[1]), int(match[2])) for match in found if match)

    def _tidy(self, keep: Stamp) -> None:
        for entry in list(self._folder.iterdir()):
            if entry.name != keep.file_name and (entry.name.endswith(PART) or _NAME.fullmatch(entry.name)):
                self._disk.remove(entry)

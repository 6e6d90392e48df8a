"""Volumes that are a clear folder while they are open and sealed objects while they are not.

On disk lies a base, `base.<number>.<form>.sealed`; the highest number counts. Its form is `tree` (the whole clear
folder of a stopped server) or `data` (what a running server gave of its data folder, beside the object
`aside.<number>.sealed` with the rest). A base stays until the next one is whole, also while the volume is open: with
it a data key is proved, and to it an erased clear view falls back.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from kyok.aead import Bytes
from kyok.durable import FOLDER_MODE, Disk
from kyok.postgres.errors import VolumeMissing
from kyok.postgres.layout import Layout
from kyok.postgres.volumes.common import (
    GONE,
    PART,
    Observer,
    count_files,
    explained,
    give,
    give_folder,
    remove_tree,
    take_away,
    unobserved,
)
from kyok.postgres.volumes.objects import SealedFolder
from kyok.postgres.volumes.port import Owner, VolumeId, total_size
from kyok.postgres.volumes.trees import pack_tree, unpack_tree
from kyok.sealed_objects import ObjectIdentity

TREE, DATA = "tree", "data"
SPOOL, REPLAY = "spool", "replay"
SEALED = ".sealed"
_FILE = re.compile(rf"base\.(\d+)\.({TREE}|{DATA}){re.escape(SEALED)}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Base:
    """A base by its number and form."""

    number: int
    form: str

    @property
    def file(self) -> str:
        """Its file's name."""
        return f"base.{self.number}.{self.form}{SEALED}"

    @property
    def aside(self) -> str:
        """The name of the object with what does not lie in the data folder."""
        return f"aside.{self.number}{SEALED}"


class SealedTreeVolume:
    """What such volumes have in common; see `kyok.postgres.volumes.port.NodeVolume`.

    A wrong key leaves a volume that is open already as it is: nothing clear is lost by it, and nothing sealed.
    """

    def __init__(
        self, volume: VolumeId, sealed: Path, clear: Path, owner: Owner, observe: Observer = unobserved
    ) -> None:
        self.sealed = sealed
        self.clear = clear
        self._owner = owner
        self._observe = observe
        self._objects = SealedFolder(sealed, volume, observe)

    # What kinds differ in ---------------------------------------------------------------------------------------------

    def _check_room(self, content: int) -> None:
        """Refuses with `NoRoom` when a clear view of `content` bytes has no place."""

    def _complete(self, folder: Path, base: Base, dek: Bytes) -> None:
        """Adds to an unpacked base what else belongs into the clear view."""

    def _make_durable(self) -> None:
        """Called before an unpacked folder takes the name of the clear view."""

    # The port ---------------------------------------------------------------------------------------------------------

    def create(self, dek: Bytes) -> None:
        """See the port. An empty base is sealed at once: from then on the key can be proved."""
        self.destroy()
        self._check_room(0)
        try:
            with explained("The node's volume could not be made"):
                Disk().make_folder(self.sealed)
                part = self._part()
                self._complete(part, Base(0, TREE), dek)
                self._seal_tree(part, Base(1, TREE), dek)
                self._appear(part)
        except BaseException:
            self.destroy()
            raise

    def exists(self) -> bool:
        """See the port."""
        return self._newest() is not None

    def open(self, dek: Bytes) -> None:
        """See the port."""
        base = self._prove(dek)
        with explained("The node's volume could not be opened"):
            self._clean()
            if self.is_open():
                return
            self._check_room(self.size())
            part = self._part()
            try:
                self._unpack(part, base, dek)
                self._complete(part, base, dek)
                self._appear(part)
            finally:
                remove_tree(part)

    def is_open(self) -> bool:
        """See the port."""
        return self.clear.is_dir()

    def close(self, dek: Bytes) -> None:
        """See the port. The key is proved before: what another key seals would be lost."""
        with explained("The node's volume could not be sealed"):
            if self.is_open():
                base = Base(self._prove(dek).number + 1, TREE)
                self._seal_tree(self.clear, base, dek)
                self._remove_before(base)
                take_away(self.clear, self._observe)
            self._clean()

    def drop(self) -> None:
        """See the port."""
        with explained("The node's clear view could not be removed"):
            take_away(self.clear, self._observe)
            self._clean()

    def destroy(self) -> int:
        """See the port."""
        with explained("The node's volume could not be removed"):
            take_away(self.clear, self._observe)
            self._clean()
            files = count_files(self.sealed)
            self._observe("remove sealed")
            remove_tree(self.sealed)
        return files

    def size(self) -> int:
        """See the port."""
        return total_size(self.sealed.rglob("*"))

    # Bases ------------------------------------------------------------------------------------------------------------

    def _newest(self) -> Base | None:
        matches = (_FILE.fullmatch(name) for name in self._objects.names())
        return max((Base(int(match[1]), match[2]) for match in matches if match), default=None)

    def _identity(self, base: Base, form: str) -> ObjectIdentity:
        return self._objects.identity("base", form, base.number)

    def _prove(self, dek: Bytes) -> Base:
        """The newest base, once its first chunk opened with the key."""
        base = self._newest()
        if base is None:
            raise VolumeMissing()
        self._objects.prove(base.file, dek, self._identity(base, base.form))
        return base

    def _seal_tree(self, folder: Path, base: Base, dek: Bytes) -> None:
        with self._objects.put(base.file, dek, self._identity(base, TREE)) as writer:
            pack_tree(folder, writer, frozenset({SPOOL}))

    def _seal_aside(self, base: Base, dek: Bytes) -> None:
        with self._objects.put(base.aside, dek, self._identity(base, "aside")) as writer:
            pack_tree(self.clear, writer, frozenset({Layout(self.clear).data.name, SPOOL, REPLAY}))

    def _remove_before(self, base: Base) -> None:
        """Removes everything but a base that is whole; first what counts least."""
        keep = {base.file, base.aside} if base.form == DATA else {base.file}
        self._objects.remove(iter(sorted(set(self._objects.names()) - keep, reverse=True)))

    def _unpack(self, part: Path, base: Base, dek: Bytes) -> None:
        target = part
        if base.form == DATA:
            self._unpack_object(base.aside, part, self._identity(base, "aside"), dek)
            target = Layout(part).data
            give_folder(target, self._owner)
        self._unpack_object(base.file, target, self._identity(base, base.form), dek)

    def _unpack_object(self, file: str, target: Path, identity: ObjectIdentity, dek: Bytes) -> None:
        self._observe("unpack")
        unpack_tree(self._objects.chunks(file, dek, identity), target, self._owner)

    # Folders ----------------------------------------------------------------------------------------------------------

    def _part(self) -> Path:
        """An empty folder beside the clear view; only we may enter it until it is complete."""
        part = self.clear.with_name(self.clear.name + PART)
        remove_tree(part)
        part.mkdir(mode=FOLDER_MODE)
        return part

    def _appear(self, part: Path) -> None:
        give(part, self._owner)
        self._observe("make durable")
        self._make_durable()
        self._observe("appear")
        part.rename(self.clear)
        Disk().sync_folder(self.clear.parent)

    def _clean(self) -> None:
        """Removes what crashes left."""
        for end in (PART, GONE):
            remove_tree(self.clear.with_name(self.clear.name + end))
        self._objects.clear_parts()

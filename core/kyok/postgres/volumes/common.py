"""What every volume needs: steps that tests can stop at, errors in words, folders that go away at once."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kyok.durable import FOLDER_MODE, Disk
from kyok.postgres.errors import NoRoom, VolumeError, WrongVolumeKey
from kyok.postgres.volumes.port import Owner
from kyok.sealed_objects import SealedObjectError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from kyok.aead import Bytes

PART = ".part"
"""End of the name of what is being made; it counts for nothing until it is renamed."""
GONE = ".gone"
"""End of the name of a clear view that is being removed."""
FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})

Observer = Callable[[str], None]


def unobserved(step: str) -> None:
    """The observer of every day: nobody stops."""
    del step


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Turns what the system or a sealed object refuses into errors of this room; `doing` begins the sentence."""
    try:
        yield
    except SealedObjectError:
        raise WrongVolumeKey() from None
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom() from error
        reason = (error.strerror or type(error).__name__).lower()
        raise VolumeError(f"{doing}: {reason}.") from error


def give(target: Path | int, owner: Owner) -> None:
    """Makes the servers' account the owner; nothing is to be done when that account is ours."""
    if owner.uid != os.geteuid():
        os.chown(target, owner.uid, owner.gid)


def give_folder(folder: Path, owner: Owner) -> None:
    """Makes a private folder for the servers' account."""
    folder.mkdir(mode=FOLDER_MODE)
    give(folder, owner)


def take_away(folder: Path, observe: Observer = unobserved) -> None:
    """Removes a folder: its name goes at once, so that a crash never leaves half a tree under it."""
    gone = folder.with_name(folder.name + GONE)
    remove_tree(gone)
    if folder.exists():
        observe("move away")
        folder.rename(gone)
        observe("remove")
        remove_tree(gone)


def remove_tree(folder: Path) -> None:
    """Removes a folder, if it is there, durably."""
    if folder.exists():
        shutil.rmtree(folder)
        Disk().sync_folder(folder.parent)


def count_files(folder: Path) -> int:
    """How many files there are in a folder and below."""
    return sum(1 for entry in folder.rglob("*") if not entry.is_dir())


class WithoutLog:
    """The part of the port that concerns archived WAL, for volumes whose clear data survives a power cut."""

    @property
    def spool(self) -> Path | None:
        """None: WAL need not be archived."""
        return None

    def seal_spool(self, dek: "Bytes") -> int:
        """Nothing to seal."""
        del dek
        return 0

    @property
    def replay(self) -> Path | None:
        """None: what lies in the clear view is up to date."""
        return None

    def new_base(self, dek: "Bytes") -> "AbstractContextManager[BinaryIO]":
        """Refused: there is no base.

        Raises:
            VolumeError: always.
        """
        del dek
        raise VolumeError("This kind of volume keeps no base of a running server.")

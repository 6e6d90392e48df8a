"""Files that are there as a whole or not at all, also after a power cut."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kyok.cloud.databases.errors import DiskRefused

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
PART = ".part"


def _unobserved(step: str) -> None:
    del step


class Disk:
    """Writes and removes files durably.

    `observe` is called before each step with its name: tests stop there to play a power cut.
    """

    def __init__(self, observe: Callable[[str], None] = _unobserved) -> None:
        self._observe = observe

    def put(self, path: Path, content: bytes) -> None:
        """Writes the file beside, syncs it, moves it into place and syncs the folder.

        Raises:
            DiskRefused: full, read-only or broken; the old file, if any, is still there.
        """
        with self.putting(path) as file:
            file.write(content)

    @contextmanager
    def putting(self, path: Path) -> Iterator[BinaryIO]:
        """A target for the content of a file; at the end of the block the file is there as by `put`.

        When the block raises, what was written goes, and the old file stays. Raises `DiskRefused`.
        """
        part = path.with_name(path.name + PART)
        try:
            self._observe("make folder")
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._observe("write")
            descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
            with os.fdopen(descriptor, "w+b") as file:
                try:
                    yield file
                except BaseException:
                    part.unlink(missing_ok=True)
                    raise
                file.flush()
                self._observe("sync")
                os.fsync(descriptor)
            self._observe("rename")
            part.replace(path)
            self._observe("sync folder")
            sync_folder(path.parent)
        except OSError as error:
            reason = (error.strerror or "it cannot be written").lower()
            raise DiskRefused(f"A file of the database could not be written: {reason}.") from error

    def remove(self, path: Path) -> None:
        """Removes a file if it is there."""
        self._observe("remove")
        path.unlink(missing_ok=True)

    def remove_folder(self, folder: Path) -> int:
        """Removes a folder with all it holds; returns how many files there were."""
        if not folder.exists():
            return 0
        files = sum(1 for entry in folder.rglob("*") if entry.is_file())
        self._observe("remove folder")
        shutil.rmtree(folder, ignore_errors=False)
        sync_folder(folder.parent)
        return files


def sync_folder(folder: Path) -> None:
    """Makes renames and removals in a folder durable, where the system lets one open folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows does not open folders, and orders these writes itself
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

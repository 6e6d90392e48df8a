"""Writing small files so that they are there, whole, after a power cut; for the owner only."""

import os
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_PIECE = 1024 * 1024
"""Bytes that are overwritten at once: a file may be larger than the memory, and than what one call writes."""


class Disk:
    """The few steps that writing is made of. Tests stop between any two of them."""

    def make_folder(self, folder: Path) -> None:
        """Makes a folder, and those above it that are missing, durably and for the owner only."""
        if folder.is_dir():
            return
        self.make_folder(folder.parent)
        # `parents=True` would give the mode to the last one only.
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        self.sync_folder(folder.parent)

    def write(self, path: Path, data: bytes | bytearray) -> None:
        """Writes a whole file and waits until it is on the disk. Whoever sees it meanwhile may see a part."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Puts a file, or a folder, in the place of `target`, atomically and durably."""
        source.replace(target)
        self.sync_folder(target.parent)

    def overwrite(self, path: Path) -> None:
        """Overwrites a file's bytes where they lie, if it is there. Copies that the medium keeps are out of reach."""
        if not path.exists():
            return
        descriptor = os.open(path, os.O_WRONLY)
        try:
            left = os.fstat(descriptor).st_size
            while left > 0:
                left -= os.write(descriptor, bytes(min(left, _PIECE)))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        """Removes a file, if it is there."""
        path.unlink(missing_ok=True)

    def remove_tree(self, folder: Path) -> None:
        """Overwrites every file under a folder, then removes it."""
        if not folder.exists():
            return
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir():
                path.rmdir()
            else:
                self.overwrite(path)
                self.remove(path)
        folder.rmdir()
        self.sync_folder(folder.parent)

    def sync_folder(self, folder: Path) -> None:
        """Makes names in a folder durable; Windows does that by itself and has no call for it."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_private(path: Path, data: bytes | bytearray, disk: Disk | None = None) -> None:
    """Replaces a file's content: the old or the new one is there at any time, never a part."""
    disk = disk or Disk()
    beside = path.with_name(f".{path.name}.new")
    disk.write(beside, data)
    disk.replace(beside, path)

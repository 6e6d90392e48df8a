"""Copies folders of closed volumes and sealed files, and makes the copy durable."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from kyok.cloud.keeping.errors import DiskTooFull
from kyok.durable import FOLDER_MODE, Disk

SPARE = 16 * 1024 * 1024
"""Bytes that stay free beside a copy."""


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files under a folder."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum(file.lstat().st_size for file in files_of(path))


def files_of(folder: Path) -> Iterator[Path]:
    """Every plain file under a folder. Links, sockets and pipes are no part of a state."""
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def require_room(folder: Path, size: int) -> None:
    """Refuses a copy that would fill the disk. Raises `DiskTooFull`."""
    if shutil.disk_usage(folder).free < size + SPARE:
        raise DiskTooFull()


def copy(source: Path, target: Path) -> None:
    """Copies a file or a folder with its modes and, where that is allowed, its owners; durable when it returns."""
    if source.is_dir():
        _copy_folder(source, target)
    else:
        _copy_file(source, target)
        Disk().sync_folder(target.parent)


def _copy_folder(source: Path, target: Path) -> None:
    target.mkdir(mode=FOLDER_MODE)
    for entry in sorted(source.iterdir()):
        if entry.is_symlink():
            continue
        if entry.is_dir():
            _copy_folder(entry, target / entry.name)
        elif entry.is_file():
            _copy_file(entry, target / entry.name)
    _like(source, target)
    Disk().sync_folder(target)


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 1024 * 1024)
        writing.flush()
        os.fsync(writing.fileno())
    _like(source, target)


def _like(source: Path, target: Path) -> None:
    found = source.stat()
    target.chmod(found.st_mode & 0o7777)
    if os.geteuid() == 0:  # real servers run under an account of their own, and their files are its
        os.chown(target, found.st_uid, found.st_gid)


def remove(path: Path) -> None:
    """Overwrites and removes a file or folder that may hold sealed keys."""
    if path.is_dir() and not path.is_symlink():
        Disk().remove_tree(path)
    else:
        Disk().overwrite(path)
        Disk().remove(path)

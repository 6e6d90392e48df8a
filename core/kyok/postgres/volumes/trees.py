"""A folder tree as a tar stream, and back; for trees that another, less trusted account owns.

Only folders and plain files travel. Links are left out: what they point to lies outside the volume, and following one
as root would hand files of others out. So are sockets, and the mark of a running server.
"""

import io
import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from kyok.durable import FILE_MODE, FOLDER_MODE
from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes.common import give
from kyok.postgres.volumes.port import Owner
from kyok.sealed_objects import CHUNK

LEFT_OUT = frozenset({"postmaster.pid"})
_MODES = 0o777


class Writes(Protocol):
    """Anything that takes bytes, such as a `SealedWriter`."""

    def write(self, data: bytes, /) -> object:
        """Takes them all."""


def pack_tree(folder: Path, target: Writes, skip: frozenset[str] = frozenset()) -> None:
    """Writes a tar of what is in `folder`; `skip` names entries at the top that are left out.

    A file that grows meanwhile is taken as long as it was, one that vanishes is left out.

    Raises:
        OSError: a file cannot be read, or it shrank.
    """
    with tarfile.open(mode="w|", fileobj=target, bufsize=CHUNK, format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        for where, folders, files, descriptor in os.fwalk(folder):
            inside = Path(where).relative_to(folder)
            if inside == Path():
                folders[:] = [name for name in folders if name not in skip]
                files = [name for name in files if name not in skip]  # noqa: PLW2901
            for name in folders:
                _pack_folder(tar, inside / name, descriptor)
            for name in files:
                if name not in LEFT_OUT:
                    _pack_file(tar, inside / name, descriptor)


def _pack_folder(tar: tarfile.TarFile, name: Path, parent: int) -> None:
    status = _looked_at(name.name, parent)
    if status is not None and stat.S_ISDIR(status.st_mode):
        entry = tarfile.TarInfo(name.as_posix())
        entry.type, entry.mode = tarfile.DIRTYPE, status.st_mode & _MODES
        tar.addfile(entry)


def _pack_file(tar: tarfile.TarFile, name: Path, parent: int) -> None:
    content = open_plain(name.name, parent)
    if content is None:
        return
    with content:
        status = os.fstat(content.fileno())
        entry = tarfile.TarInfo(name.as_posix())
        entry.size, entry.mode = status.st_size, status.st_mode & _MODES
        tar.addfile(entry, content)


def open_plain(name: str, parent: int) -> io.BufferedReader | None:
    """Opens a file in an open folder if it is there and plain; whoever owns the folder cannot put a link in between."""
    status = _looked_at(name, parent)
    if status is None or not stat.S_ISREG(status.st_mode):
        return None
    try:
        content = os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=parent), "rb")
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(os.fstat(content.fileno()).st_mode):
        content.close()
        return None
    return content


def _looked_at(name: str, parent: int) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return None


def unpack_tree(content: Iterator[bytearray], folder: Path, owner: Owner) -> None:
    """Unpacks a tar into an empty folder of ours, and reads the content to its end.

    Nobody may use the folder before this returns: only the end shows that the content is whole. Every entry belongs to
    `owner` and keeps its mode; the folder itself stays ours.

    Raises:
        VolumeError: it is no tar, or an entry has no place in a volume. OSError: the disk refuses.
    """
    modes: list[tuple[Path, int]] = []
    try:
        with tarfile.open(mode="r|", fileobj=io.BufferedReader(_Chunks(content), CHUNK), bufsize=CHUNK) as tar:
            for entry in tar:
                path = _place(folder, entry)
                if entry.isdir():
                    _unpack_folder(path, owner, modes, entry.mode & _MODES)
                else:
                    _unpack_file(tar, entry, path, owner)
    except tarfile.TarError as error:
        raise VolumeError("What is sealed in the node's volume is no tree of files.") from error
    for _ in content:
        continue  # what follows the tar's end is read too: the last chunk says that nothing was cut off
    for path, mode in reversed(modes):
        path.chmod(mode)


def _place(folder: Path, entry: tarfile.TarInfo) -> Path:
    """Where an entry goes. With no link ever made below `folder`, a name without `..` cannot lead out of it."""
    name = PurePosixPath(entry.name)
    if name.is_absolute() or ".." in name.parts or not (entry.isdir() or entry.isreg()):
        raise VolumeError("What is sealed in the node's volume holds an entry that has no place there.")
    return folder / name


def _unpack_folder(path: Path, owner: Owner, modes: list[tuple[Path, int]], mode: int) -> None:
    if path.exists():  # the tree's own top, which some tars name
        return
    path.mkdir(mode=FOLDER_MODE)
    give(path, owner)
    modes.append((path, mode))


def _unpack_file(tar: tarfile.TarFile, entry: tarfile.TarInfo, path: Path, owner: Owner) -> None:
    source = tar.extractfile(entry)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(descriptor, "wb") as target:
        while source is not None and (data := source.read(CHUNK)):
            target.write(data)
        give(descriptor, owner)
        os.fchmod(descriptor, entry.mode & _MODES)


class _Chunks(io.RawIOBase):
    """An iterator of chunks as a file to read from."""

    def __init__(self, chunks: Iterator[bytearray]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

"""The file of an export: a whole state under a passphrase.

Layout: magic and format (12 bytes) | the export's key under a key derived from the passphrase (as `seal.bin`) | one
sealed object (`kyok.sealed_objects`) that holds a tar stream. Nothing of the stream counts before its end was read:
only that shows that all is there.
"""

import errno
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from kyok.aead import random_key
from kyok.cloud.keeping.errors import DiskTooFull, ExportDamaged, ExportNewer, NotAnExport, WrongExportPassphrase
from kyok.durable import FOLDER_MODE
from kyok.sealed_objects import ObjectIdentity, SealedObjectError, SealedWriter, read_sealed
from kyok.sealing import passphrase as seals
from kyok.sealing.errors import SealDamaged
from kyok.secrets import Secret, wipe

MAGIC = b"KYOKEXPORT"
FORMAT = 1
_HEAD = MAGIC + FORMAT.to_bytes(2, "big")
_SEAL_BYTES = 97
_IDENTITY = ObjectIdentity(instance="kyok", kind="export", name="state", sequence=FORMAT)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
MOST_BYTES = 64 * 1024**3
"""Bytes that a file in an archive may say it has."""


def write(target: BinaryIO, folder: Path, passphrase: Secret) -> None:
    """Writes everything under `folder` into a new archive."""
    key = random_key()
    try:
        target.write(_HEAD)
        target.write(seals.sealed_under(passphrase, bytearray(key), seals.best_derivation()))
        with (
            SealedWriter(target, key, _IDENTITY) as sealed,
            tarfile.open(fileobj=_Writing(sealed), mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for path in sorted(folder.rglob("*")):
                if not path.is_symlink() and (path.is_dir() or path.is_file()):
                    tar.add(path, str(path.relative_to(folder)), recursive=False)
    finally:
        wipe(key)


def unpack(source: BinaryIO, folder: Path, passphrase: Secret) -> None:
    """Reads a whole archive into an empty folder; what is there before the end of this call proves nothing.

    Raises:
        NotAnExport, ExportNewer, WrongExportPassphrase, ExportDamaged, DiskTooFull: see there.
    """
    key = _key(source, passphrase)
    try:
        stream = _Reading(read_sealed(source, key, _IDENTITY))
        with tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as tar:
            for member in tar:
                _extract(tar, member, folder)
        stream.drain()
    except (SealedObjectError, tarfile.TarError, EOFError, ValueError) as error:
        raise ExportDamaged() from error
    except OSError as error:
        if error.errno in FULL:
            raise DiskTooFull() from error
        raise ExportDamaged() from error  # a name twice, within a file, or too long for a name
    finally:
        wipe(key)


def _key(source: BinaryIO, passphrase: Secret) -> bytearray:
    head = source.read(len(_HEAD))
    if len(head) != len(_HEAD) or not head.startswith(MAGIC):
        raise NotAnExport()
    if head != _HEAD:
        raise ExportNewer()
    try:
        return seals.parsed(source.read(_SEAL_BYTES)).opened_with(passphrase)
    except SealDamaged as error:
        raise ExportDamaged() from error
    except seals.WrongKey:
        raise WrongExportPassphrase() from None


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Plain files and folders only, below `folder`: the content is authentic only once all of it was read."""
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not name.parts or member.size > MOST_BYTES or member.issparse():
        raise ExportDamaged()  # a sparse file may be as large as it likes, however short the archive is
    target = folder / name
    if member.isdir():
        target.mkdir(mode=FOLDER_MODE, exist_ok=True)
    elif member.isreg():
        content = tar.extractfile(member)
        if content is None:
            raise ExportDamaged()
        _write_file(content, target)
    else:
        raise ExportDamaged()
    target.chmod(member.mode & 0o700 if member.isdir() else member.mode & 0o600)
    if os.geteuid() == 0:
        os.chown(target, member.uid, member.gid)


def _write_file(content: IO[bytes], target: Path) -> None:
    with target.open("xb") as writing:
        while part := content.read(1024 * 1024):
            writing.write(part)
        writing.flush()
        os.fsync(writing.fileno())


class _Writing(io.RawIOBase):
    """A sealed object as a file that is written to."""

    def __init__(self, sealed: SealedWriter) -> None:
        self._sealed = sealed

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        self._sealed.write(view)
        return view.nbytes


class _Reading(io.RawIOBase):
    """A sealed object as a file that is read from."""

    def __init__(self, chunks: Iterator[bytearray]) -> None:
        self._chunks = chunks
        self._held = bytearray()
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        while self._at >= len(self._held):
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._held, self._at = following, 0
        count = min(len(target), len(self._held) - self._at)
        target[:count] = self._held[self._at : self._at + count]
        self._at += count
        return count

    def drain(self) -> None:
        """Reads to the end, which shows that nothing is missing."""
        for _ in self._chunks:
            pass

"""The log files of a node, by day: the server's own, and the audit log that is derived from it.

A server writes one file a day, by wall time in UTC. Today's files are listed as `postgresql.log` and `audit.log`,
those of earlier days with the day in the name: `audit-2031-04-05.log`.
"""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from kyok.domain.databases import AUDIT_DAYS, LOG_DAYS
from kyok.postgres.audit import Sifter, masked, records
from kyok.postgres.plain_files import opened_folder
from kyok.postgres.volumes.trees import open_plain

LARGEST = 8 * 1024 * 1024
"""Bytes of a file that are read at most: its last ones."""
KEPT_BYTES = 256 * 1024 * 1024
"""What the server's logs of earlier days may take together, newest first: the volume must not fill with them."""
_SERVER, _AUDIT = "postgresql", "audit"
_KEPT = {_SERVER: LOG_DAYS, _AUDIT: AUDIT_DAYS}
_NAME = re.compile(r"(postgresql|audit)(?:-(\d{4}-\d{2}-\d{2}))?\.log")


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file as it is listed; `size` in bytes."""

    name: str
    size: int
    modified: datetime


@dataclass(slots=True)
class _Sifted:
    """How far a file was sifted, and how much the audit log got of it."""

    sifter: Sifter = field(default_factory=Sifter)
    offset: int = 0
    size: int = 0


class AuditSizes:
    """How large audit logs are; each byte of a server's log is read once for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[Path, int], _Sifted] = {}

    def of(self, file: Path, source: BinaryIO) -> int:
        """Bytes of the audit log of one day, so far; `source` is its open server's log."""
        with self._lock:
            known = self._known.setdefault((file, os.fstat(source.fileno()).st_ino), _Sifted())
            source.seek(known.offset)
            fresh = source.read()
            fresh = fresh[: fresh.rfind(b"\n") + 1]
            known.offset += len(fresh)
            known.size += sum(len(known.sifter.take(record)) for record in records(BytesIO(fresh)))
            return known.size


class ServerLogs:
    """The files in the log folder of an open volume. `today` is the day by wall time in UTC."""

    def __init__(self, folder: Path, sizes: AuditSizes, today: date | None = None) -> None:
        self._folder = folder
        self._sizes = sizes
        self._today = today or datetime.now(UTC).date()

    def files(self) -> list[LogFile]:
        """What can be read, newest day first. Raises `OSError` when the volume is closed meanwhile."""
        days = sorted({self._today, *_days(self._folder)}, reverse=True)
        return [
            self._listed(kind, day)
            for day in days
            for kind in (_SERVER, _AUDIT)
            if self._today - day < timedelta(days=_KEPT[kind])
        ]

    def read(self, name: str) -> bytes | None:
        """The content of a file, its last `LARGEST` bytes when there are more; None when there is no such file.

        Raises:
            OSError: the volume is closed meanwhile.
        """
        found = _NAME.fullmatch(name)
        day = None if found is None else _day(found[2]) if found[2] else self._today
        if found is None or day is None or self._today - day >= timedelta(days=_KEPT[found[1]]):
            return None
        with _opened(_file(self._folder, day)) as source:
            if source is None:
                return b"" if day == self._today else None
            return _audit(source) if found[1] == _AUDIT else _server(source)

    def _listed(self, kind: str, day: date) -> LogFile:
        name = f"{kind}.log" if day == self._today else f"{kind}-{day.isoformat()}.log"
        file = _file(self._folder, day)
        with _opened(file) as source:
            if source is None:
                return LogFile(name, 0, datetime.combine(day, time(), UTC))
            state = os.fstat(source.fileno())
            size = self._sizes.of(file, source) if kind == _AUDIT else state.st_size
        return LogFile(name, size, datetime.fromtimestamp(state.st_mtime, UTC))


def remove_old(folder: Path, today: date | None = None) -> None:
    """Removes logs that are too old or, in all, too large. Raises `OSError` when the volume is closed meanwhile."""
    now = today or datetime.now(UTC).date()
    size = 0
    for day in sorted((day for day in _days(folder) if day < now), reverse=True):
        file = _file(folder, day)
        size += file.lstat().st_size
        if now - day >= timedelta(days=AUDIT_DAYS) or size > KEPT_BYTES:
            file.unlink(missing_ok=True)


def _days(folder: Path) -> Iterator[date]:
    for file in folder.glob(f"{_SERVER}-*.log"):
        found = _NAME.fullmatch(file.name)
        day = _day(found[2]) if found else None
        if day is not None:
            yield day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _file(folder: Path, day: date) -> Path:
    return folder / f"{_SERVER}-{day.isoformat()}.log"


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO | None]:
    """A log to read; None when there is none, or the servers' account put something else in its place."""
    with opened_folder(file.parent) as folder:
        source = open_plain(file.name, folder)
    if source is None:
        yield None
        return
    with source:
        yield source


def cut_note(size: int) -> bytes:
    """The first line of a file of which only the end is given."""
    return f"[Only the last {LARGEST // 1024**2} MiB of {size / 1024**2:.1f} MiB follow.]\n".encode()


def _server(source: BinaryIO) -> bytes:
    size = os.fstat(source.fileno()).st_size
    if size > LARGEST:
        source.seek(size - LARGEST)
        source.readline()
    content = b"".join(masked(record) for record in records(_whole_lines(source)))
    return cut_note(size) + content if size > LARGEST else content


def _audit(source: BinaryIO) -> bytes:
    sifter, found, held, size = Sifter(), deque[bytes](), 0, 0
    for record in records(_whole_lines(source)):
        if taken := sifter.take(record):
            found.append(taken)
            held += len(taken)
            size += len(taken)
        while held > LARGEST:
            held -= len(found.popleft())
    content = b"".join(found)
    return cut_note(size) + content if size > held else content


def _whole_lines(source: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that are written to their end; the file may grow while it is read."""
    for line in source:
        if line.endswith(b"\n"):
            yield line

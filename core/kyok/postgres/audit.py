"""The audit log of a server: what its own log says of connections, sign-ins, and statements that define or grant.

Works on records: a line with a time, and the lines that continue it, which begin with a tab. The supervisor's own
sessions are left out: it looks every second. No password of a statement is passed on.
"""

import re
from collections.abc import Iterable, Iterator

from kyok.postgres.configuration import SUPERUSER

SUPERVISOR = "kyok-supervisor"
"""The application name of the supervisor's sessions."""

_HEAD = re.compile(rb"\S+ \S+ \S+ \[(\d+)\] .*?(?<= )([A-Z]+\d?):  ")
_OPENING = (b"connection received: ", b"connection authenticated: ", b"connection ready: ")
_SESSIONS = (b"connection authorized: ", b"replication connection authorized: ", b"disconnection: ")
_STATEMENTS = (b"statement: ", b"execute ")
_OWN = f"connection authorized: user={SUPERUSER} ".encode()
_PASSWORD = re.compile(rb"(?i)\bpassword\b")
REDACTED = b" <REDACTED>\n"


def records(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines put together to records; lines before the first record are left out."""
    found: list[bytes] = []
    for line in lines:
        if line.startswith(b"\t"):
            if found:
                found.append(line)
            continue
        if found:
            yield b"".join(found)
        found = [line]
    if found:
        yield b"".join(found)


def masked(record: bytes) -> bytes:
    """The record without the password of a statement: everything after the word is left out, as pgaudit does."""
    head = _HEAD.match(record)
    if head is None or not (head[2] == b"STATEMENT" or record.startswith(_STATEMENTS, head.end())):
        return record
    word = _PASSWORD.search(record, head.end())
    return record if word is None else record[: word.end()] + REDACTED


class Sifter:
    """Picks the records of the audit log, in the order in which a server's log has them."""

    def __init__(self) -> None:
        self._opening: dict[bytes, list[bytes]] = {}
        self._own: set[bytes] = set()

    def take(self, record: bytes) -> bytes:
        """What the audit log gets of this record: itself, with what its session said before, or nothing."""
        head = _HEAD.match(record)
        if head is None:
            return b""
        pid, level, start = head[1], head[2], head.end()
        if level == b"LOG" and record.startswith(_OPENING, start):
            if record.startswith(_OPENING[0], start):
                self._own.discard(pid)
                self._opening[pid] = []
            self._opening.setdefault(pid, []).append(record)
            return b""
        if level == b"LOG" and record.startswith(_OWN, start) and f"={SUPERVISOR}".encode() in record:
            self._own.add(pid)
            self._opening.pop(pid, None)
            return b""
        told = level == b"FATAL" or (level == b"LOG" and record.startswith((*_SESSIONS, *_STATEMENTS), start))
        if not told or pid in self._own:
            return b""
        return b"".join((*self._opening.pop(pid, ()), masked(record)))

"""The body of a unit's file, before it is sealed. Binary, so that no master key passes through text.

Big-endian: format 1 | signature threshold 1 | revocation threshold 1 | flags 1 (1 current, 2 new, 4 committed) |
transaction counter 8 | [current 32] | [new 32] | number of administrators 1 | each: length of name 1 | name | SKI 32 |
length of key 2 | key.
"""

import struct

from kyok.hsm.unit import MASTER_KEY_BYTES, AdministratorRecord, UnitRecord
from kyok.sealed import SealedFileError

FORMAT = 1
_HEAD = struct.Struct(">BBBBQ")
_SKI_BYTES = 32
_CURRENT, _NEW, _COMMITTED = 1, 2, 4


class UnitBodyDamaged(SealedFileError):
    """The body is not what `encoded` writes: a newer version wrote it."""

    summary = "A crypto unit's file has a content that this version does not know."
    remedy = "Use the version of KYOK Console that wrote it."


def encoded(record: UnitRecord) -> bytearray:
    """The body; it holds master keys, so the caller wipes it."""
    flags = (
        _CURRENT * (record.current is not None) | _NEW * (record.new is not None) | _COMMITTED * record.new_committed
    )
    head = _HEAD.pack(
        FORMAT, record.signature_threshold, record.revocation_threshold, flags, record.transaction_counter
    )
    registers = [register for register in (record.current, record.new) if register is not None]
    administrators = [bytes((len(record.administrators),)), *map(_administrator, record.administrators)]
    # Filled in place: a buffer that grows leaves copies behind that nobody wipes.
    body = bytearray(sum(len(part) for part in (head, *registers, *administrators)))
    at = 0
    for part in (head, *registers, *administrators):
        body[at : at + len(part)] = part
        at += len(part)
    return body


def _administrator(administrator: AdministratorRecord) -> bytes:
    name = administrator.name.encode()
    key = administrator.public_key
    return b"".join((bytes((len(name),)), name, administrator.ski, len(key).to_bytes(2, "big"), key))


class _Reader:
    def __init__(self, body: bytearray) -> None:
        self._body = body
        self._at = 0

    def take(self, count: int) -> bytearray:
        part = self._body[self._at : self._at + count]
        if len(part) != count:
            raise UnitBodyDamaged()
        self._at += count
        return part

    def number(self, count: int = 1) -> int:
        return int.from_bytes(self.take(count), "big")

    def ends(self) -> bool:
        return self._at == len(self._body)


def decoded(body: bytearray) -> UnitRecord:
    """The unit; the body stays the caller's to wipe.

    Raises:
        UnitBodyDamaged: see there.
    """
    reader = _Reader(body)
    version, signature, revocation, flags, counter = _HEAD.unpack(reader.take(_HEAD.size))
    if version != FORMAT:
        raise UnitBodyDamaged()
    record = UnitRecord(signature, revocation, [], counter)
    try:
        record.current = reader.take(MASTER_KEY_BYTES) if flags & _CURRENT else None
        record.new = reader.take(MASTER_KEY_BYTES) if flags & _NEW else None
        record.new_committed = bool(flags & _COMMITTED)
        for _ in range(reader.number()):
            name = reader.take(reader.number()).decode()
            ski = bytes(reader.take(_SKI_BYTES))
            record.administrators.append(AdministratorRecord(name, ski, bytes(reader.take(reader.number(2)))))
        if not reader.ends():
            raise UnitBodyDamaged()
    except (UnitBodyDamaged, UnicodeDecodeError):
        record.wipe()
        raise UnitBodyDamaged() from None
    return record

"""Sealed objects: volumes and backups of databases, of any size, as streams (postgres-nodes.md 6.4).

Layout, big-endian: magic 4 | format 1 | algorithm 1 | nonce prefix 7 | wrap nonce 12 | wrapped object key 48 | chunks.
A chunk is length 4 | ciphertext with tag; it holds 1 MiB of content, the last one what is left (maybe nothing). Each
object has a random key of its own, which the given 32-byte key wraps. The nonce of a chunk is prefix | counter 4 |
final flag 1: the counter shows reordering, the flag truncation. Both the wrapped key and every chunk are bound to the
identity: instance, kind, name and sequence.
"""

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import KEY_BYTES, NONCE_BYTES, TAG_BYTES, Bytes, cipher_of, decrypted, framed, random_key
from kyok.errors import KyokError

MAGIC = b"KYOB"
FORMAT = 1
AES_256_GCM = 1
CHUNK = 1024 * 1024
_PREFIX_BYTES = 7
_LAST_COUNTER = 2**32 - 1
_HEADER = struct.Struct(f">4sBB{_PREFIX_BYTES}s{NONCE_BYTES}s{KEY_BYTES + TAG_BYTES}s")
_LENGTH = struct.Struct(">I")


class SealedObjectError(KyokError):
    """Wrong key, wrong identity, changed, cut short, reordered or swapped; which one is not told."""

    summary = "Sealed data does not open: it was changed or cut short, or the key is not its own."
    remedy = "Use the key and the place that it was sealed for, or restore a backup."


@dataclass(frozen=True, slots=True)
class ObjectIdentity:
    """What an object is bound to; it opens only under the same four."""

    instance: str
    kind: str
    name: str
    sequence: int | str

    def encoded(self) -> bytes:
        """A form that can be read in one way only."""
        return framed(*(str(part).encode() for part in (self.instance, self.kind, self.name, self.sequence)))


class SealedWriter:
    """Seals what is written to it; only `close` makes an object that opens. The target stays open."""

    def __init__(self, target: BinaryIO, key: Bytes, identity: ObjectIdentity) -> None:
        self._target = target
        self._prefix, nonce = os.urandom(_PREFIX_BYTES), os.urandom(NONCE_BYTES)
        start = struct.pack(">4sBB7s", MAGIC, FORMAT, AES_256_GCM, self._prefix)
        self._aad = framed(start, identity.encoded())
        object_key = random_key()
        wrapped = _wrapping(key).encrypt(nonce, object_key, self._aad)
        self._cipher = cipher_of(object_key)
        self._held = bytearray()
        self._counter = 0
        self._closed = False
        target.write(start + nonce + wrapped)

    def write(self, data: Bytes) -> None:
        """Adds content.

        Raises:
            ValueError: the object is closed.
        """
        if self._closed:
            raise ValueError("the sealed object is closed")
        self._held += data
        while len(self._held) > CHUNK:
            self._put(self._held[:CHUNK], final=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """Writes the last chunk."""
        if not self._closed:
            self._put(self._held, final=True)
            self._held.clear()
            self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What broke off in the middle must not look like a whole object.
        if kind is None:
            self.close()

    def _put(self, content: bytearray, *, final: bool) -> None:
        if self._counter > _LAST_COUNTER:
            raise ValueError("a sealed object has at most 2^32 chunks")
        ciphertext = self._cipher.encrypt(_nonce(self._prefix, self._counter, final), content, self._aad)
        self._target.write(_LENGTH.pack(len(ciphertext)))
        self._target.write(ciphertext)
        self._counter += 1


def _wrapping(key: Bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError("sealed objects need a 32-byte key")
    return AESGCM(key)


def _nonce(prefix: bytes, counter: int, final: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + bytes((final,))


def read_sealed(source: BinaryIO, key: Bytes, identity: ObjectIdentity) -> Iterator[bytearray]:
    """The content, a chunk at a time. Whoever acts on it waits for the end: only that shows that all is there.

    Raises:
        SealedObjectError: see there.
    """
    prefix, cipher, aad = _opened_header(source, key, identity)
    counter = 0
    length = source.read(_LENGTH.size)
    while True:
        ciphertext = _chunk(source, length)
        length = source.read(_LENGTH.size)
        final = not length
        if not final and len(ciphertext) != CHUNK + TAG_BYTES:
            raise SealedObjectError()
        try:
            content = decrypted(cipher, _nonce(prefix, counter, final), ciphertext, aad)
        except InvalidTag:
            raise SealedObjectError() from None
        yield content
        if final:
            return
        counter += 1


def _opened_header(source: BinaryIO, key: Bytes, identity: ObjectIdentity) -> tuple[bytes, AESGCM, bytes]:
    header = source.read(_HEADER.size)
    if len(header) != _HEADER.size:
        raise SealedObjectError()
    magic, version, algorithm, prefix, nonce, wrapped = _HEADER.unpack(header)
    if (magic, version, algorithm) != (MAGIC, FORMAT, AES_256_GCM):
        raise SealedObjectError()
    aad = framed(header[: -NONCE_BYTES - len(wrapped)], identity.encoded())
    try:
        return prefix, cipher_of(decrypted(_wrapping(key), nonce, wrapped, aad)), aad
    except InvalidTag:
        raise SealedObjectError() from None


def _chunk(source: BinaryIO, length: bytes) -> bytes:
    """One ciphertext; a length that cannot be is refused before anything of that size is read."""
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
    if not TAG_BYTES <= size <= CHUNK + TAG_BYTES:
        raise SealedObjectError()
    ciphertext = source.read(size)
    if len(ciphertext) != size:
        raise SealedObjectError()
    return ciphertext


def seal_object(data: Bytes, key: Bytes, identity: ObjectIdentity) -> bytes:
    """The sealed form of content that is in memory."""
    target = io.BytesIO()
    with SealedWriter(target, key, identity) as writer:
        writer.write(data)
    return target.getvalue()


def open_object(sealed: bytes, key: Bytes, identity: ObjectIdentity) -> bytearray:
    """The whole content; the caller wipes it if it is secret.

    Raises:
        SealedObjectError: see there.
    """
    content = bytearray()
    for chunk in read_sealed(io.BytesIO(sealed), key, identity):
        content += chunk
    return content

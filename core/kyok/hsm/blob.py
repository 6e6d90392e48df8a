"""Key blob v1: how a key is stored outside the HSM (hsm.md 3.6).

Big-endian: magic 4 | format 1 | algorithm 1 | flags 2 | key id 16 | key version 4 | first 16 bytes of the master key's
verification pattern | storage epoch 4 | length of attributes 2 | attributes | nonce 12 | ciphertext | tag 16.

Two layers of AES-256-GCM: the material under a subkey of the master key (nonce 12 | ciphertext | tag 16), and that
under the storage epoch key. The outer layer authenticates everything before its nonce; the inner one the same without
the epoch, so that a blob moves to another epoch without the master key.

Attributes are tag 1 | length 1 | value, in the order of their tags: 1 kind, 2 extractable, 3 made inside the HSM.
"""

import os
import struct
from binascii import unhexlify
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import NONCE_BYTES, TAG_BYTES, decrypted
from kyok.hsm.errors import BlobCorrupt, BlobForeignMasterKey, BlobShredded
from kyok.hsm.operations import KeyKind, StoredKey

MAGIC = b"KYKB"
FORMAT = 1
AES_256_GCM = 1
_KIND = struct.pack(">4sBBH", MAGIC, FORMAT, AES_256_GCM, 0)
_HEADER = struct.Struct(">8s16sI16sIH")
_PATTERN_START, _EPOCH_START, _EPOCH_END = 28, 44, 48
_PATTERN_BYTES = _EPOCH_START - _PATTERN_START
_SEAL = NONCE_BYTES + TAG_BYTES
_SHORTEST = _HEADER.size + 2 * _SEAL
LARGEST_EPOCH = 2**32 - 1
REMEMBERED = 1024
"""How many blobs' inner layers are remembered."""


class Attributes(NamedTuple):
    """What a key may be used for, sealed with it. Only a standard key is extractable; `local`: made inside."""

    kind: KeyKind
    local: bool

    @property
    def extractable(self) -> bool:
        """Whether the material may leave (CKA_EXTRACTABLE)."""
        return self.kind is KeyKind.STANDARD

    def encoded(self) -> bytes:
        """The one form that is accepted."""
        return bytes((1, 1, self.kind, 2, 1, self.extractable, 3, 1, self.local))


_KNOWN_ATTRIBUTES = {
    attributes.encoded(): attributes
    for attributes in (Attributes(kind, local) for kind in KeyKind for local in (False, True))
}


class MasterSeal(NamedTuple):
    """The loaded master key, as far as blobs are concerned."""

    pattern: bytes
    cipher: AESGCM


class _Inner(NamedTuple):
    """The inner layer of an authentic blob, as sealed under the master key as it was in the file."""

    attributes: Attributes | None
    pattern: bytes
    nonce: bytes
    sealed: bytes
    associated: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Epochs:
    """The storage epoch keys that exist; new blobs go under the newest.

    `opened` remembers inner layers by key id, version and blob: the outer layer of a key that is used over and over is
    opened once. It goes with the epochs, so a blob whose epoch key was destroyed is not found here either.
    """

    newest: int
    ciphers: Mapping[int, AESGCM]
    opened: dict[tuple[str, int, bytes], _Inner] = field(default_factory=dict, repr=False)


@lru_cache(1024)
def key_id_bytes(key_id: str) -> bytes:
    """The 16 bytes of a UUID in text form.

    Raises:
        ValueError: it is none.
    """
    ident = unhexlify(key_id.replace("-", ""))
    if len(ident) != 16:
        raise ValueError("a key id is a UUID")
    return ident


def seal(
    master: MasterSeal, epochs: Epochs, key_id: str, version: int, attributes: Attributes, material: bytearray
) -> bytes:
    """The blob of a key; the material stays the caller's."""
    encoded = attributes.encoded()
    pattern = master.pattern[:_PATTERN_BYTES]
    header = _HEADER.pack(_KIND, key_id_bytes(key_id), version, pattern, epochs.newest, len(encoded)) + encoded
    nonce = os.urandom(NONCE_BYTES)
    inner = nonce + master.cipher.encrypt(nonce, material, _without_epoch(header))
    return _outer(epochs, header, inner)


def open_key(master: MasterSeal, epochs: Epochs, key: StoredKey) -> tuple[Attributes, bytearray]:
    """What a stored key may be used for, and its material, which the caller wipes.

    Raises:
        BlobShredded: its storage epoch key is gone.
        BlobForeignMasterKey: it is authentic, but belongs to another master key.
        BlobCorrupt: it was changed, or belongs to another key or version.
    """
    inner = _inner(epochs, key)
    if inner.pattern != master.pattern[:_PATTERN_BYTES]:
        raise BlobForeignMasterKey()
    if inner.attributes is None:
        raise BlobCorrupt()
    try:
        return inner.attributes, decrypted(master.cipher, inner.nonce, inner.sealed, inner.associated)
    except InvalidTag:
        raise BlobCorrupt() from None


def _inner(epochs: Epochs, key: StoredKey) -> _Inner:
    asked = (key.key_id, key.version, key.blob)
    known = epochs.opened.get(asked)
    if known is None:
        header, inner = _opened_outer(epochs, key)
        known = _Inner(
            _KNOWN_ATTRIBUTES.get(header[_HEADER.size :]),
            header[_PATTERN_START:_EPOCH_START],
            inner[:NONCE_BYTES],
            inner[NONCE_BYTES:],
            _without_epoch(header),
        )
        if len(epochs.opened) >= REMEMBERED:
            epochs.opened.clear()
        epochs.opened[asked] = known
    return known


def reseal(epochs: Epochs, key: StoredKey) -> bytes:
    """The same key under the newest storage epoch; needs no master key.

    Raises:
        BlobCorrupt: as for `open_key`.
    """
    header, inner = _opened_outer(epochs, key)
    moved = header[:_EPOCH_START] + epochs.newest.to_bytes(4, "big") + header[_EPOCH_END:]
    return _outer(epochs, moved, inner)


def blob_epoch(blob: bytes) -> int:
    """The storage epoch that a blob says it is under (not authenticated).

    Raises:
        BlobCorrupt: it is no blob.
    """
    if len(blob) < _SHORTEST or not blob.startswith(MAGIC):
        raise BlobCorrupt()
    return int.from_bytes(blob[_EPOCH_START:_EPOCH_END], "big")


def _without_epoch(header: bytes) -> bytes:
    return header[:_EPOCH_START] + header[_EPOCH_END:]


def _outer(epochs: Epochs, header: bytes, inner: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + epochs.ciphers[epochs.newest].encrypt(nonce, inner, header)


def _opened_outer(epochs: Epochs, key: StoredKey) -> tuple[bytes, bytes]:
    """Header with attributes, and inner layer, of an authentic blob of this very key and version."""
    blob = key.blob
    if len(blob) < _SHORTEST:
        raise BlobCorrupt()
    kind, ident, version, _, epoch, length = _HEADER.unpack_from(blob)
    if kind != _KIND:
        raise BlobCorrupt()
    cipher = epochs.ciphers.get(epoch)
    if cipher is None:
        raise BlobShredded()
    end = _HEADER.size + length
    if len(blob) < end + 2 * _SEAL:
        raise BlobCorrupt()
    header = blob[:end]
    body = end + NONCE_BYTES
    try:
        inner = cipher.decrypt(blob[end:body], blob[body:], header)
    except InvalidTag:
        raise BlobCorrupt() from None
    if version != key.version or ident != key_id_bytes(key.key_id):
        raise BlobCorrupt()
    return header, inner

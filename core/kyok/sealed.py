"""Small sealed files: AES-256-GCM with an authenticated header, bound to a context that the reader must know.

Layout, big-endian: magic 4 | format 1 | algorithm 1 | reserved 2 | generation 8 | nonce 12 | ciphertext | tag 16.
Everything before the ciphertext is associated data, and so is the context (which file of which owner it is), so that
no file opens in another one's place. The generation lets an owner notice an older file.
"""

import os
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import NONCE_BYTES, TAG_BYTES, Bytes, decrypted, framed
from kyok.errors import KyokError

MAGIC = b"KYSF"
FORMAT = 1
AES_256_GCM = 1
_HEADER = struct.Struct(">4sBBHQ")
_BODY = _HEADER.size + NONCE_BYTES


class SealedFileError(KyokError):
    """A sealed file was changed, cut short, belongs elsewhere or is under another key; which one is not told."""

    summary = "A sealed file does not open: it was changed, or it belongs to another place or key."
    remedy = "Restore the data folder from a backup made as a whole, or start over with `kyok reset`."


class SealedFileNewer(SealedFileError):
    """A newer version of the program wrote the file."""

    summary = "A sealed file was written by a newer version of KYOK Console."
    remedy = "Use that version, or a newer one."


class Opened(NamedTuple):
    """What a sealed file held."""

    generation: int
    body: bytearray

    def __repr__(self) -> str:
        return f"Opened(generation={self.generation}, body=<secret>)"


def pack(key: Bytes, body: Bytes, context: bytes, generation: int = 0) -> bytes:
    """The file's content for a 32-byte key."""
    header = _HEADER.pack(MAGIC, FORMAT, AES_256_GCM, 0, generation) + os.urandom(NONCE_BYTES)
    cipher = AESGCM(key)
    return header + cipher.encrypt(header[-NONCE_BYTES:], body, framed(header, context))


def unpack(key: Bytes, data: bytes, context: bytes) -> Opened:
    """Opens what `pack` made under the same key and context; the caller wipes the body.

    Raises:
        SealedFileNewer: the format is unknown here.
        SealedFileError: anything else is wrong.
    """
    if len(data) < _BODY + TAG_BYTES or data[:4] != MAGIC:
        raise SealedFileError()
    _, version, algorithm, reserved, generation = _HEADER.unpack_from(data)
    if version > FORMAT:
        raise SealedFileNewer()
    if (version, algorithm, reserved) != (FORMAT, AES_256_GCM, 0):
        raise SealedFileError()
    header = data[:_BODY]
    try:
        body = decrypted(AESGCM(key), header[-NONCE_BYTES:], data[_BODY:], framed(header, context))
    except InvalidTag:
        raise SealedFileError() from None
    return Opened(generation, body)

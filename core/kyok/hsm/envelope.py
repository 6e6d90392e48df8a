"""The ciphertext of wrap: base64 of a JSON object with ciphertext, iv, version and handle (kms-api.md 3.1).

AES-GCM under the key material itself, so the same material imported elsewhere opens it. The handle, the envelope's
version and the caller's AAD are authenticated in an encoding that can be read in one way only: number and lengths come
before the parts.
"""

import struct
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import NONCE_BYTES, Bytes, decrypted
from kyok.hsm.errors import UnwrapFailed
from kyok.randomness import SystemRandomness

VERSION = "4.0.0"
_LABEL = b"kyok envelope 4.0.0\0"
_length = struct.Struct(">I").pack
_NO_AAD = _length(0)
_nonces = SystemRandomness()
"""Nonces are public; key material is drawn apart."""


class _Members(msgspec.Struct, forbid_unknown_fields=True):
    ciphertext: str
    iv: str
    version: str
    handle: str


_decoder = msgspec.json.Decoder(_Members)


class Envelope(NamedTuple):
    """A parsed envelope; nothing of it is authentic before it opens."""

    handle: str
    iv: bytes
    ciphertext: bytes


def authenticated(handle: str, aad: Sequence[str]) -> bytes:
    """The associated data of an envelope: label, then handle and AAD, each text with its length, counted."""
    name = handle.encode("utf-8", "surrogatepass")
    if not aad:
        return b"".join((_LABEL, _length(len(name)), name, _NO_AAD))
    parts = [_LABEL, _length(len(name)), name, _length(len(aad))]
    for text in aad:
        value = text.encode("utf-8", "surrogatepass")
        parts += (_length(len(value)), value)
    return b"".join(parts)


def sealed(cipher: AESGCM, handle: str, plaintext: Bytes, aad: Sequence[str]) -> str:
    """The envelope of a plaintext, as base64 text."""
    iv = _nonces.draw(NONCE_BYTES)
    ciphertext = cipher.encrypt(iv, plaintext, authenticated(handle, aad))
    members = b'{"ciphertext":"%b","iv":"%b","version":"4.0.0","handle":%b}' % (
        b2a_base64(ciphertext, newline=False),
        b2a_base64(iv, newline=False),
        encode_basestring_ascii(handle).encode(),
    )
    return b2a_base64(members, newline=False).decode()


def parsed(text: str) -> Envelope:
    """Reads an envelope.

    Raises:
        UnwrapFailed: it is none.
    """
    try:
        members = _decoder.decode(a2b_base64(text, strict_mode=True))
        iv = a2b_base64(members.iv, strict_mode=True)
        ciphertext = a2b_base64(members.ciphertext, strict_mode=True)
    except (ValueError, msgspec.DecodeError):
        raise UnwrapFailed() from None
    if len(iv) != NONCE_BYTES or members.version != VERSION:
        raise UnwrapFailed()
    return Envelope(members.handle, iv, ciphertext)


def opened(cipher: AESGCM, envelope: Envelope, aad: Sequence[str]) -> bytearray | None:
    """The plaintext, or None when this key, AAD and envelope do not belong together; the caller wipes it."""
    try:
        return decrypted(cipher, envelope.iv, envelope.ciphertext, authenticated(envelope.handle, aad))
    except (InvalidTag, ValueError):
        return None

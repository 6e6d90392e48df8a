"""AES-GCM, HKDF and random bytes that land in buffers of ours, so that key material can be wiped.

`cryptography` got `encrypt_into`, `decrypt_into` and `derive_into` late; where they are missing, one immutable copy
comes to be that only the garbage collector ends.
"""

import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kyok.secrets import wipe

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

Bytes = bytes | bytearray | memoryview

_RANDOM_DEVICE = Path("/dev/urandom")
_HAS_INTO = hasattr(AESGCM, "decrypt_into") and hasattr(HKDF, "derive_into")


def random_key(count: int = KEY_BYTES) -> bytearray:
    """`count` random bytes of the operating system, in one place of memory only where the platform allows it."""
    buffer = bytearray(count)
    try:
        with _RANDOM_DEVICE.open("rb", buffering=0) as device:
            if device.readinto(buffer) == count:
                return buffer
    except OSError:
        buffer[:] = os.urandom(count)
        return buffer
    buffer[:] = os.urandom(count)
    return buffer


def derived(key: Bytes, info: bytes) -> bytearray:
    """A 32-byte subkey: HKDF-SHA256 (RFC 5869) of a uniformly random key, without salt."""
    kdf: Any = HKDF(SHA256(), KEY_BYTES, salt=None, info=info)
    buffer = bytearray(KEY_BYTES)
    if _HAS_INTO:
        kdf.derive_into(key, buffer)
    else:
        buffer[:] = kdf.derive(bytes(key))
    return buffer


def cipher_of(key: bytearray) -> AESGCM:
    """A cipher that keeps the key inside the library; the buffer is wiped."""
    try:
        return AESGCM(key)
    finally:
        wipe(key)


def decrypted(cipher: Any, nonce: Bytes, data: Bytes, aad: Bytes) -> bytearray:
    """The plaintext in a buffer of its own.

    Raises:
        cryptography.exceptions.InvalidTag: key, nonce, data or AAD is not what it was.
        ValueError: `data` is shorter than a tag.
    """
    if _HAS_INTO:
        buffer = bytearray(len(data) - TAG_BYTES)
        cipher.decrypt_into(nonce, data, aad, buffer)
        return buffer
    if len(data) < TAG_BYTES:
        raise ValueError("shorter than a tag")
    return bytearray(cipher.decrypt(bytes(nonce), bytes(data), bytes(aad)))


def framed(*parts: bytes) -> bytes:
    """Several byte strings as one that can be read in one way only: each with its length before it."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)

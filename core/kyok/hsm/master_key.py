"""The master key: its verification pattern, and the only thing that is kept of it in memory, a subkey's cipher."""

from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import Bytes, cipher_of, derived, framed

PATTERN_BYTES = 32
_PATTERN_LABEL = b"kyok master key verification pattern v1\0"
_BLOB_LABEL = b"kyok master key subkey v1: key blobs"


def verification_pattern(master_key: Bytes) -> bytes:
    """SHA-256 over a label and the key: 32 bytes that tell which master key it is, not what it is (hsm.md 1.5)."""
    digest = sha256(_PATTERN_LABEL)
    digest.update(master_key)
    return digest.digest()


def blob_cipher(master_key: Bytes, hsm_id: str) -> AESGCM:
    """Seals and opens key blobs. The subkey lives inside the library only, as long as the HSM is unlocked."""
    return cipher_of(derived(master_key, framed(_BLOB_LABEL, hsm_id.encode())))

"""`seal.bin`: the random sealing key under a key derived from a passphrase (two levels).

Layout, big-endian: magic 8 | kdf 1 | memory or cost 4 | passes or block size 4 | lanes 4 | salt 16 | nonce 12 |
ciphertext 32 | tag 16. Everything before the ciphertext is associated data. Parameters are bounded on reading, below
and above: a hostile file must neither weaken the derivation nor demand all memory.
"""

import os
import struct
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kyok.aead import KEY_BYTES, NONCE_BYTES, TAG_BYTES, cipher_of, decrypted, random_key
from kyok.sealing.errors import PassphraseTooShort, SealDamaged
from kyok.secrets import Secret

MAGIC = b"KYSEAL01"
SHORTEST = 12
"""Characters of a new passphrase."""
SALT_BYTES = 16
ARGON2ID = 1
SCRYPT = 2
_HEADER = struct.Struct(f">8sBIII{SALT_BYTES}s{NONCE_BYTES}s")


class Derivation(NamedTuple):
    """Key derivation and its cost: Argon2id (memory in KiB, passes, lanes) or scrypt (n, r, p)."""

    kdf: int
    cost: int
    second: int
    lanes: int

    def is_bearable(self) -> bool:
        """Whether the cost lies between too weak and too much (1 GiB)."""
        if self.kdf == ARGON2ID:
            return 19_456 <= self.cost <= 1_048_576 and 2 <= self.second <= 16 and 1 <= self.lanes <= 16
        if self.kdf == SCRYPT:
            power_of_two = self.cost & (self.cost - 1) == 0
            return power_of_two and 2**15 <= self.cost <= 2**20 and self.second == 8 and 1 <= self.lanes <= 4
        return False

    def key(self, passphrase: Secret, salt: bytes) -> bytearray:
        """The derived 32-byte key."""
        with passphrase.use() as value:
            if self.kdf == ARGON2ID:
                from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

                argon2: Any = Argon2id(
                    salt=salt, length=KEY_BYTES, iterations=self.second, lanes=self.lanes, memory_cost=self.cost
                )
                return bytearray(argon2.derive(value))
            return bytearray(Scrypt(salt, KEY_BYTES, n=self.cost, r=self.second, p=self.lanes).derive(value))


USUAL = Derivation(ARGON2ID, 65_536, 3, 4)
WITHOUT_ARGON2 = Derivation(SCRYPT, 2**17, 8, 1)


class WrongKey(Exception):
    """The passphrase does not open the seal."""


def best_derivation() -> Derivation:
    """Argon2id where the installed library has it, else scrypt."""
    try:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        Argon2id(salt=bytes(SALT_BYTES), length=KEY_BYTES, iterations=1, lanes=1, memory_cost=8)
    except (ImportError, UnsupportedAlgorithm):
        return WITHOUT_ARGON2
    return USUAL


def check_new(passphrase: Secret) -> None:
    """Refuses a new passphrase of fewer than twelve characters (UTF-8).

    Raises:
        PassphraseTooShort: see there.
    """
    with passphrase.use() as value:
        # Bytes 10xxxxxx continue a character; counting the others makes no second copy of the passphrase.
        characters = sum(1 for byte in value if byte & 0xC0 != 0x80)
    if characters < SHORTEST:
        raise PassphraseTooShort()


def sealed_under(passphrase: Secret, sealing_key: bytearray, derivation: Derivation) -> bytes:
    """The content of `seal.bin`."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    header = _HEADER.pack(MAGIC, *derivation, salt, nonce)
    cipher = cipher_of(derivation.key(passphrase, salt))
    return header + cipher.encrypt(nonce, sealing_key, header)


class Seal(NamedTuple):
    """A parsed `seal.bin`; nothing of it is authentic before it opens."""

    derivation: Derivation
    salt: bytes
    nonce: bytes
    header: bytes
    ciphertext: bytes

    def opened_with(self, passphrase: Secret) -> bytearray:
        """The sealing key.

        Raises:
            WrongKey: the passphrase is not the one (or the file was changed: nobody can tell).
            SealDamaged: the installed library lacks the derivation.
        """
        try:
            cipher = cipher_of(self.derivation.key(passphrase, self.salt))
            return decrypted(cipher, self.nonce, self.ciphertext, self.header)
        except InvalidTag:
            raise WrongKey() from None
        except UnsupportedAlgorithm as error:
            raise SealDamaged(
                "seal.bin was made with Argon2id, which the installed cryptography library lacks.",
                "Install a current `cryptography` package.",
            ) from error


def parsed(data: bytes) -> Seal:
    """Reads `seal.bin`.

    Raises:
        SealDamaged: the file is no seal, or its parameters are out of bounds.
    """
    if len(data) != _HEADER.size + KEY_BYTES + TAG_BYTES or not data.startswith(MAGIC):
        raise SealDamaged("seal.bin is not what this program wrote.")
    header = data[: _HEADER.size]
    _, kdf, cost, second, lanes, salt, nonce = _HEADER.unpack(header)
    derivation = Derivation(kdf, cost, second, lanes)
    if not derivation.is_bearable():
        raise SealDamaged("seal.bin asks for a key derivation that is out of bounds.")
    return Seal(derivation, salt, nonce, header, data[_HEADER.size :])


def new_sealing_key() -> bytearray:
    """32 random bytes."""
    return random_key()

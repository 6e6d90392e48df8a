"""What can be asked of the HSM, in batches, and what comes back.

An operation is typed by its result. Key ids are UUIDs in text form; a version counts from 1. The caller keeps the
blobs; nothing of a key stays inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from kyok.secrets import Secret

R_co = TypeVar("R_co", covariant=True)


class KeyKind(IntEnum):
    """Root keys wrap other keys and never leave; standard keys are kept for the caller, who can read them.

    Import tokens open what is encrypted for them, and do nothing else.
    """

    ROOT = 0
    STANDARD = 1
    IMPORT_TOKEN = 2


ROOT_LENGTHS = (16, 24, 32)
"""Bytes that the material of a root key has."""


class Oaep(StrEnum):
    """The hash of RSA-OAEP, as the API calls it."""

    SHA_1 = "RSAES_OAEP_SHA_1"
    SHA_256 = "RSAES_OAEP_SHA_256"


class Operation(Generic[R_co]):
    """Base of all operations; `R_co` is what one that succeeds returns."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class StoredKey:
    """One version of a key as the caller keeps it. `handle` names the version in envelopes (the version's UUID)."""

    handle: str
    key_id: str
    version: int
    blob: bytes = field(repr=False)


@dataclass(slots=True, eq=False)
class Transported:
    """Root key material encrypted for a token, and the token's nonce encrypted under the material."""

    token: StoredKey
    payload: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    iv: bytes = field(repr=False)
    oaep: Oaep = Oaep.SHA_256


# Results -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class KeyMade:
    """A new key: only its blob leaves. `bits`: length of its material; 0 where it was not opened."""

    blob: bytes = field(repr=False)
    bits: int = 0


@dataclass(slots=True, eq=False)
class TokenMade:
    """A new import token; `public_key` is PEM text."""

    blob: bytes = field(repr=False)
    public_key: str


@dataclass(slots=True, eq=False)
class Wrapped:
    """`envelope` is base64 text. `plaintext` is there when the HSM generated it; the caller wipes it."""

    envelope: str
    plaintext: Secret | None


@dataclass(slots=True, eq=False)
class Unwrapped:
    """`handle` names the version that opened the envelope; the caller wipes `plaintext`.

    `rewrapped` is the same plaintext under the newest version, when an older one opened it; else None.
    """

    plaintext: Secret
    handle: str
    is_newest: bool
    rewrapped: str | None


@dataclass(slots=True, eq=False)
class Rewrapped:
    """`handle` named the version that opened the old envelope, `newest` the one that made the new one."""

    envelope: str
    handle: str
    newest: str


@dataclass(slots=True, eq=False)
class Revealed:
    """The material of a standard key; the caller wipes it."""

    material: Secret


# Operations ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class GenerateKey(Operation[KeyMade]):
    """Makes a random 256-bit key."""

    key_id: str
    version: int
    kind: KeyKind = KeyKind.ROOT


@dataclass(slots=True, eq=False)
class ImportKey(Operation[KeyMade]):
    """Takes key material from outside: 16, 24 or 32 bytes for a root key, 1 to 7500 for a standard key.

    Material in the plain stays the caller's, who wipes it; for a root key it can come encrypted for an import token.
    """

    key_id: str
    version: int
    material: Secret | Transported
    kind: KeyKind = KeyKind.ROOT


@dataclass(slots=True, eq=False)
class RevealStandardKey(Operation[Revealed]):
    """Reads the material of a standard key."""

    key: StoredKey


@dataclass(slots=True, eq=False)
class Wrap(Operation[Wrapped]):
    """Encrypts `plaintext` under a root key; without one, 32 random bytes are generated."""

    key: StoredKey
    plaintext: Secret | bytes | bytearray | None = field(default=None, repr=False)
    aad: Sequence[str] = ()


@dataclass(slots=True, eq=False)
class Unwrap(Operation[Unwrapped]):
    """Decrypts an envelope with the version it names, else with any other of `keys` (one key's versions, any order)."""

    keys: Sequence[StoredKey]
    envelope: str
    aad: Sequence[str] = ()


@dataclass(slots=True, eq=False)
class Rewrap(Operation[Rewrapped]):
    """Moves an envelope to the newest version of the key; the plaintext stays inside."""

    keys: Sequence[StoredKey]
    envelope: str
    aad: Sequence[str] = ()


@dataclass(slots=True, eq=False)
class Reseal(Operation[KeyMade]):
    """Moves a blob (of any kind, under whatever master key) to the newest storage epoch."""

    key: StoredKey


@dataclass(slots=True, eq=False)
class SameMaterial(Operation[bool]):
    """Whether material from outside is that of a root key's version."""

    key: StoredKey
    material: Secret | Transported


@dataclass(slots=True, eq=False)
class MakeImportToken(Operation[TokenMade]):
    """Makes an RSA key pair and a nonce. This takes up to some seconds."""

    token_id: str


@dataclass(slots=True, eq=False)
class ReadNonce(Operation[bytes]):
    """The nonce of an import token; it is no secret."""

    token: StoredKey

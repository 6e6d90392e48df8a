"""Key material comes into being: generated in the HSM, or imported into it."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert

from kyok.cloud.keys import errors, hsm_calls, import_tokens
from kyok.cloud.keys.material import decoded, key_material
from kyok.cloud.keys.scope import Scope
from kyok.cloud.keys.sealed_keys import SealedKey
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key_version
from kyok.cloud.store.times import milliseconds
from kyok.hsm import GenerateKey, Hsm, ImportKey, KeyKind, KeyMade, Oaep, SameMaterial, Transported
from kyok.hsm.blob import blob_epoch
from kyok.randomness import Randomness, new_uuid
from kyok.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATED_BITS = 256


@dataclass(frozen=True, slots=True)
class Given:
    """Material that a request brings along, as base64 text. With a nonce it is encrypted for the import token."""

    payload: str = field(repr=False)
    nonce: str = field(default="", repr=False)
    iv: str = field(default="", repr=False)
    algorithm: str = ""
    """The name of the RSA-OAEP hash; empty: what the service documents."""

    @property
    def with_token(self) -> bool:
        """Whether it is encrypted for an import token."""
        return bool(self.nonce)


@dataclass(frozen=True, slots=True)
class Minted:
    """A new version of a key, not stored yet. `handle` is the version's id."""

    handle: str
    number: int
    bits: int
    blob: bytes = field(repr=False)


class Mint:
    """Makes versions of keys."""

    def __init__(self, hsm: Hsm, randomness: Randomness, cut_off: Callable[[Reader, str], bool]) -> None:
        self._hsm = hsm
        self._randomness = randomness
        self._cut_off = cut_off

    def generated(self, scope: Scope, key_id: str, number: int, kind: KeyKind) -> Minted:
        """Random material of 256 bits."""
        made = hsm_calls.run(self._hsm, scope.instance, GenerateKey(key_id, number, kind))
        return self._minted(number, made)

    def imported(self, tx: Transaction, scope: Scope, key_id: str, number: int, kind: KeyKind, given: Given) -> Minted:
        """Material that somebody else made.

        Raises:
            InvalidField: it is not base64, or of a length that cannot be used.
            RootKeyRequired: a standard key with an import token.
            ImportTokenExpired, IncorrectNonce, IncorrectNonceIv: the token, or what was encrypted for it.
        """
        if given.with_token and kind is KeyKind.STANDARD:
            raise errors.RootKeyRequired("Only a root key can be imported with an import token.")
        with _material(tx, scope, given, standard=kind is KeyKind.STANDARD) as material:
            made = hsm_calls.run(self._hsm, scope.instance, ImportKey(key_id, number, material, kind))
        return self._minted(number, made)

    def confirm(self, tx: Transaction, scope: Scope, key: SealedKey, given: Given) -> None:
        """Lets material pass that is that of the key's newest version.

        Raises:
            InvalidField: it is another one. Else as for `imported`.
        """
        if key.standard:
            raise errors.RootKeyRequired("Key material is compared for root keys only.")
        if self._cut_off(tx, scope.instance.guid):
            raise errors.HsmUnreachable()
        with _material(tx, scope, given, standard=False) as material:
            if not hsm_calls.run(self._hsm, scope.instance, SameMaterial(key.newest, material)):
                raise errors.InvalidField(
                    "The key material is not that of the key.",
                    "Send the material of its newest version, or none.",
                    target="payload",
                )

    def _minted(self, number: int, made: KeyMade) -> Minted:
        return Minted(new_uuid(self._randomness), number, made.bits, made.blob)


@contextmanager
def _material(tx: Transaction, scope: Scope, given: Given, *, standard: bool) -> "Iterator[Secret | Transported]":
    """What the HSM is given; material in the plain is wiped afterwards."""
    if not given.with_token:
        with _wiped(key_material(given.payload, standard=standard)) as material:
            yield material
        return
    yield Transported(
        import_tokens.usable(tx, scope),
        bytes(decoded(given.payload, "payload")),
        bytes(decoded(given.nonce, "encryptedNonce")),
        bytes(decoded(given.iv, "iv")),
        _oaep(scope, given.algorithm),
    )


def _oaep(scope: Scope, name: str) -> Oaep:
    if not name:
        return Oaep.SHA_1 if scope.instance.own_hsm else Oaep.SHA_256
    try:
        return Oaep(name)
    except ValueError:
        names = " or ".join(Oaep)
        raise errors.InvalidField(f"encryptionAlgorithm is {names}.", target="encryptionAlgorithm") from None


@contextmanager
def _wiped(material: Secret) -> "Iterator[Secret]":
    try:
        yield material
    finally:
        material.wipe()


def store(tx: Transaction, pk: int, minted: Minted) -> None:
    """Stores a version of a key."""
    tx.execute(
        insert(key_version).values(
            id=minted.handle,
            key_pk=pk,
            number=minted.number,
            blob=minted.blob,
            epoch=blob_epoch(minted.blob),
            created_at=milliseconds(tx.now),
        )
    )

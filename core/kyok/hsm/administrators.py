"""Signature keys of crypto unit administrators: EC P-521, named by the hash of the public key (hsm.md 1.3)."""

from collections.abc import Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kyok.hsm.errors import AdministratorsRefused
from kyok.hsm.unit import LONGEST_NAME, MOST_ADMINISTRATORS, AdministratorRecord

_PROOF = b"kyok pairwise consistency"


def checked_names(names: Sequence[str]) -> list[str]:
    """The names without outer blanks.

    Raises:
        AdministratorsRefused: none, too many, twice the same, or one that is empty or too long.
    """
    trimmed = [name.strip() for name in names]
    if not 1 <= len(trimmed) <= MOST_ADMINISTRATORS:
        raise AdministratorsRefused(f"{len(trimmed)} administrators were named: 1 to {MOST_ADMINISTRATORS} are needed.")
    for name in trimmed:
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            raise AdministratorsRefused(f"An administrator's name has 1 to {LONGEST_NAME} printable characters.")
    if len({name.casefold() for name in trimmed}) != len(trimmed):
        raise AdministratorsRefused("Two administrators have the same name.")
    return trimmed


def new_signature_key(name: str) -> tuple[AdministratorRecord, bytearray]:
    """A new administrator and the private key (PKCS #8), which the caller seals and wipes.

    The pair is proved by a signature before its first use.
    """
    private = ec.generate_private_key(ec.SECP521R1())
    public = private.public_key()
    public.verify(private.sign(_PROOF, ec.ECDSA(SHA512())), _PROOF, ec.ECDSA(SHA512()))
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    encoded = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return AdministratorRecord(name, sha256(point).digest(), point), bytearray(encoded)

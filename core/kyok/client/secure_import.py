"""Encrypts key material for an import token, so that only the service can read it (reference/kms-api.md section 3.2).

The two services expect different algorithms. What is wiped: the secret, by its caller. RSA takes the
material as immutable bytes, so one copy of it stays in memory until Python uses the room again.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.services import HS_CRYPTO
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.client.records.key_policies import ImportToken
    from kyok.client.session import ApiKey

SHA_1, SHA_256 = "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"
_CBC_IV, _GCM_IV = 16, 12


class ImportTokenUnreadable(KyokError):
    """The token holds no usable public key or nonce."""

    summary = "The import token cannot be read."
    remedy = "Try again: a new token is made for each import."


@dataclass(frozen=True, slots=True, repr=False)
class SealedMaterial:
    """Material encrypted for an import token, with the proof that whoever encrypted the nonce has it. All base64."""

    payload: str
    nonce: str
    iv: str
    algorithm: str

    def members(self) -> dict[str, str]:
        """The members of a request body."""
        return {
            "payload": self.payload,
            "encryptedNonce": self.nonce,
            "iv": self.iv,
            "encryptionAlgorithm": self.algorithm,
        }

    def __repr__(self) -> str:
        return f"<material sealed with {self.algorithm}>"


def algorithm_of(service: str) -> str:
    """How a key service wants the material: HPCS takes SHA-1 and CBC, Key Protect SHA-256 and GCM."""
    return SHA_1 if service == HS_CRYPTO else SHA_256


def seal(material: ApiKey, token: ImportToken, service: str) -> SealedMaterial:
    """Encrypts material for a token of this service; the caller wipes the material.

    Raises:
        ImportTokenUnreadable: see there.
    """
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    try:
        public = serialization.load_pem_public_key(base64.b64decode(token.public_key, validate=True))
        nonce = base64.b64decode(token.nonce, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ImportTokenUnreadable() from error
    if not isinstance(public, rsa.RSAPublicKey) or not nonce:
        raise ImportTokenUnreadable()
    algorithm = algorithm_of(service)
    # SHA-1 is what HPCS asks for; inside OAEP nobody relies on its resistance to collisions.
    digest = hashes.SHA1() if algorithm == SHA_1 else hashes.SHA256()  # noqa: S303
    oaep = padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None)
    with material.use() as raw:
        payload = public.encrypt(bytes(raw), oaep)
        sealed, iv = (_cbc if algorithm == SHA_1 else _gcm)(raw, nonce)
    return SealedMaterial(_text(payload), _text(sealed), _text(iv), algorithm)


def _cbc(key: bytes | bytearray | memoryview, nonce: bytes) -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives import padding
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    iv = os.urandom(_CBC_IV)
    padder = padding.PKCS7(algorithms.AES.block_size).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(nonce) + padder.finalize()) + encryptor.finalize(), iv


def _gcm(key: bytes | bytearray | memoryview, nonce: bytes) -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    iv = os.urandom(_GCM_IV)
    return AESGCM(key).encrypt(iv, nonce, None), iv


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()

"""The key that signs access tokens: RSA-2048, made once per home, kept sealed on disk."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from jwt.types import Options

from kyok.cloud.iam.errors import TokenForeign, TokenMalformed
from kyok.durable import write_private
from kyok.sealing.key import SealingKey
from kyok.secrets import wipe

BITS = 2048
ALGORITHM = "RS256"
_LABEL = b"token signing key"
_CHECKS: Options = {
    "require": ["iat", "exp"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
}
"""PyJWT checks times by a clock of its own; `Tokens` does it by the one it was given."""


class SigningKey:
    """Signs claims and reads back what it signed."""

    def __init__(self, key: RSAPrivateKey) -> None:
        self._private = key
        self._public = key.public_key()
        numbers = self._public.public_numbers()
        self._modulus = _base64url(numbers.n)
        self._exponent = _base64url(numbers.e)
        self.id = hashlib.sha256(f"{self._exponent}.{self._modulus}".encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"SigningKey({self.id!r}, <secret>)"

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new key that is kept nowhere."""
        return cls(generate_private_key(public_exponent=65537, key_size=BITS))

    @classmethod
    def open(cls, file: Path, sealing: SealingKey) -> "SigningKey":
        """The key in `file`; a new home gets its key now.

        Raises:
            SealedFileError: the file was changed, or another home's sealing key sealed it.
        """
        if not file.exists():
            made = cls.generate()
            write_private(file, sealing.seal_bytes(_LABEL, made._encoded()))
            return made
        encoded = sealing.open_bytes(_LABEL, file.read_bytes())
        try:
            # The seal has proved that it is what was generated; to prove it a key again takes 40 ms.
            key = load_der_private_key(bytes(encoded), password=None, unsafe_skip_rsa_key_validation=True)
        finally:
            wipe(encoded)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("the token signing key is not an RSA key")
        return cls(key)

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        return jwt.encode(claims, self._private, algorithm=ALGORITHM, headers={"kid": self.id})

    def claims(self, token: str) -> dict[str, Any]:
        """The claims of a token that this key signed; whether it is still alive is not asked here.

        Raises:
            TokenForeign: another key signed it.
            TokenMalformed: it is no RS256 token with a time of birth and an end.
        """
        try:
            claims: dict[str, Any] = jwt.decode(token, self._public, algorithms=[ALGORITHM], options=_CHECKS)
        except jwt.InvalidSignatureError as error:
            raise TokenForeign() from error
        except (jwt.InvalidTokenError, RecursionError) as error:  # a header may be nested without end
            raise TokenMalformed() from error
        return claims

    def jwks(self) -> dict[str, Any]:
        """The public half as a JSON Web Key Set."""
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "use": "sig",
                    "alg": ALGORITHM,
                    "kid": self.id,
                    "n": self._modulus,
                    "e": self._exponent,
                }
            ]
        }

    def _encoded(self) -> bytes:
        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _base64url(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")

"""Key material that comes encrypted for an import token (hsm.md section 2, kms-api.md 3.2).

A token is an RSA key pair and a nonce. Its blob holds nonce 12 | private key (PKCS #8, DER), sealed like a key and of a
kind of its own, so that it neither wraps nor is revealed. Only the public key and the nonce leave.

Both variants that clients use are taken: OAEP with SHA-1 or SHA-256; the nonce under the material with AES-CBC (an IV
of 16 bytes) or AES-GCM (12 bytes). OpenSSL gives the private key and the material as immutable bytes: those copies
cannot be wiped, they end with Python's own use of the memory (hsm.md 3.8).
"""

import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import NONCE_BYTES
from kyok.hsm import blob
from kyok.hsm.blob import Attributes, Epochs, MasterSeal
from kyok.hsm.errors import HsmFailed, KeyKindRefused, NonceWrong, TransportRefused
from kyok.hsm.operations import ROOT_LENGTHS, KeyKind, Oaep, StoredKey, TokenMade, Transported
from kyok.secrets import wipe

TOKEN_BITS = 4096
_EXPONENT = 65537
_CBC_IV, _GCM_IV = 16, 12
_HASHES: Mapping[Oaep, hashes.HashAlgorithm] = {
    # SHA-1 is what HPCS documents; inside OAEP nothing rests on its resistance to collisions.
    Oaep.SHA_1: hashes.SHA1(),  # noqa: S303
    Oaep.SHA_256: hashes.SHA256(),
}


def make_token(master: MasterSeal, epochs: Epochs, token_id: str) -> TokenMade:
    """A new key pair and nonce, tried once before it is used (hsm.md 3.7).

    Raises:
        HsmFailed: the pair does not open what it sealed.
    """
    private = rsa.generate_private_key(_EXPONENT, TOKEN_BITS)
    probe = os.urandom(32)
    oaep = _oaep(Oaep.SHA_256)
    if private.decrypt(private.public_key().encrypt(probe, oaep), oaep) != probe:
        raise HsmFailed("The HSM made an RSA key pair that does not work.")
    der = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    material = bytearray(os.urandom(NONCE_BYTES)) + bytearray(private.private_bytes(*der))
    try:
        sealed = blob.seal(master, epochs, token_id, 1, Attributes(KeyKind.IMPORT_TOKEN, True), material)
    finally:
        wipe(material)
    pem = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return TokenMade(sealed, private.public_key().public_bytes(*pem).decode())


def nonce_of(master: MasterSeal, epochs: Epochs, token: StoredKey) -> bytes:
    """The nonce of a token."""
    material = _opened_token(master, epochs, token)
    try:
        return bytes(material[:NONCE_BYTES])
    finally:
        wipe(material)


def received(master: MasterSeal, epochs: Epochs, given: Transported) -> bytearray:
    """The material that was encrypted for a token, proved by its nonce; the caller wipes it.

    Raises:
        TransportRefused: payload, encrypted nonce and IV do not belong together; it is not told which is wrong.
        NonceWrong: they do, but the nonce is not the token's.
    """
    token = _opened_token(master, epochs, given.token)
    try:
        # The key is our own, out of an authenticated blob: to check it again would take 200 ms.
        private = serialization.load_der_private_key(
            bytes(token[NONCE_BYTES:]), None, unsafe_skip_rsa_key_validation=True
        )
        if not isinstance(private, rsa.RSAPrivateKey):
            raise TransportRefused()
        material = _decrypted(private, given)
        try:
            if not hmac.compare_digest(_nonce(material, given), bytes(token[:NONCE_BYTES])):
                raise NonceWrong()
        except (NonceWrong, TransportRefused):
            wipe(material)
            raise
        return material
    finally:
        wipe(token)


def _opened_token(master: MasterSeal, epochs: Epochs, token: StoredKey) -> bytearray:
    attributes, material = blob.open_key(master, epochs, token)
    if attributes.kind is not KeyKind.IMPORT_TOKEN:
        wipe(material)
        raise KeyKindRefused("This is a key, not an import token.")
    return material


def _decrypted(private: rsa.RSAPrivateKey, given: Transported) -> bytearray:
    try:
        material = bytearray(private.decrypt(given.payload, _oaep(given.oaep)))
    except ValueError:
        raise TransportRefused() from None
    if len(material) not in ROOT_LENGTHS:
        wipe(material)
        raise TransportRefused()
    return material


def _nonce(material: bytearray, given: Transported) -> bytes:
    try:
        if len(given.iv) == _GCM_IV:
            return AESGCM(material).decrypt(given.iv, given.nonce, None)
        if len(given.iv) == _CBC_IV:
            decryptor = Cipher(algorithms.AES(material), modes.CBC(given.iv)).decryptor()
            unpadder = padding.PKCS7(algorithms.AES.block_size).unpadder()
            padded = decryptor.update(given.nonce) + decryptor.finalize()
            return unpadder.update(padded) + unpadder.finalize()
    except (InvalidTag, ValueError):
        raise TransportRefused() from None
    raise TransportRefused()


def _oaep(oaep: Oaep) -> rsa_padding.OAEP:
    algorithm = _HASHES[oaep]
    return rsa_padding.OAEP(mgf=rsa_padding.MGF1(algorithm), algorithm=algorithm, label=None)

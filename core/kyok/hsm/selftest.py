"""Known answers before the first use, in behaviour modelled on FIPS 140-3 (hsm.md 3.7); nothing more is claimed."""

import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kyok.aead import random_key

_P521_SHA512 = {
    "message": (
        "f69417bead3b1e208c4c99236bf84474a00de7f0b9dd23f991b6b60ef0fb3c62073a5a7abb1ef69dbbd8cf61e64200ca"
        "086dfd645b641e8d02397782da92d3542fbddf6349ac0b48b1b1d69fe462d1bb492f34dd40d137163843ac11bd099df7"
        "19212c160cbebcb2ab6f3525e64846c887e1b52b52eced9447a3d31938593a87"
    ),
    "x": (
        "153eb2be05438e5c1effb41b413efc2843b927cbf19f0bc9cc14b693eee26394a0d8880dc946a06656bcd09871544a5f"
        "15c7a1fa68e00cdc728c7cfb9c448034867"
    ),
    "y": (
        "143ae8eecbce8fcf6b16e6159b2970a9ceb32c17c1d878c09317311b7519ed5ece3374e7929f338ddd0ec0522d81f2fa"
        "4fa47033ef0c0872dc049bb89233eef9bc1"
    ),
    "r": (
        "0dd633947446d0d51a96a0173c01125858abb2bece670af922a92dedcec067136c1fa92e5fa73d7116ac9c1a42b9cb64"
        "2e4ac19310b049e48c53011ffc6e7461c36"
    ),
    "s": (
        "0efbdc6a414bb8d663bb5cdb7c586bccfe7589049076f98cee82cdb5d203fddb2e0ffb77954959dfa5ed0de850e42a86"
        "f5a63c5a6592e9b9b8bd1b40557b9cd0cc0"
    ),
}


def aes_gcm() -> bool:
    """AES-256-GCM both ways, and a forged tag (NIST CAVP gcmEncryptExtIV256)."""
    key = bytes.fromhex("37ccdba1d929d6436c16bba5b5ff34deec88ed7df3d15d0f4ddf80c0c731ee1f")
    iv, aad = bytes.fromhex("5c1b21c8998ed6299006d3f9"), bytes.fromhex("22ed235946235a85a45bc5fad7140bfa")
    plaintext = bytes.fromhex("ad4260e3cdc76bcc10c7b2c06b80b3be948258e5ef20c508a81f51e96a518388")
    sealed = bytes.fromhex(
        "3b335f8b08d33ccdcad228a74700f1007542a4d1e7fc1ebe3f447fe71af298161fbf49cc46f458bf6e88f6370975e6d4"
    )
    cipher = AESGCM(key)
    if cipher.encrypt(iv, plaintext, aad) != sealed or cipher.decrypt(iv, sealed, aad) != plaintext:
        return False
    forged = sealed[:-1] + bytes([sealed[-1] ^ 1])
    try:
        cipher.decrypt(iv, forged, aad)
    except InvalidTag:
        return True
    return False


def hkdf_sha256() -> bool:
    """RFC 5869, test case 1."""
    salt, info = bytes.fromhex("000102030405060708090a0b0c"), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    return HKDF(SHA256(), 42, salt, info).derive(b"\x0b" * 22).hex() == expected


def ecdsa_p521() -> bool:
    """A known signature (NIST CAVP SigVer), and a pair of our own that must not verify another message."""
    values = {name: int(text, 16) for name, text in _P521_SHA512.items()}
    known = ec.EllipticCurvePublicNumbers(values["x"], values["y"], ec.SECP521R1()).public_key()
    known.verify(
        encode_dss_signature(values["r"], values["s"]), bytes.fromhex(_P521_SHA512["message"]), ec.ECDSA(SHA512())
    )
    own = ec.generate_private_key(ec.SECP521R1())
    signature = own.sign(b"kyok", ec.ECDSA(SHA512()))
    own.public_key().verify(signature, b"kyok", ec.ECDSA(SHA512()))
    try:
        own.public_key().verify(signature, b"kyoq", ec.ECDSA(SHA512()))
    except InvalidSignature:
        return True
    return False


def randomness() -> bool:
    """Two draws differ, and are not empty."""
    return not hmac.compare_digest(random_key(), random_key()) and os.urandom(32) != os.urandom(32)


TESTS: tuple[Callable[[], bool], ...] = (aes_gcm, hkdf_sha256, ecdsa_p521, randomness)


def failures(tests: tuple[Callable[[], bool], ...] = TESTS) -> list[str]:
    """The names of the tests that fail; a test that raises fails."""
    failed = []
    for test in tests:
        try:
            passed = test()
        except (InvalidTag, InvalidSignature, ValueError):
            passed = False
        if not passed:
            failed.append(test.__name__)
    return failed

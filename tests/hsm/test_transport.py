"""Import tokens: key material that comes encrypted (hsm.md section 2, kms-api.md 3.2)."""

import os
import uuid

import pytest
from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyok.hsm import (
    GenerateKey,
    Hsm,
    ImportKey,
    KeyKind,
    MakeImportToken,
    Oaep,
    ReadNonce,
    Reseal,
    RevealStandardKey,
    SameMaterial,
    StoredKey,
    Transported,
    Unwrap,
    Wrap,
    transport,
)
from kyok.hsm.errors import BlobCorrupt, HsmError, HsmNotInitialised, KeyKindRefused, NonceWrong, TransportRefused
from kyok.secrets import Secret
from tests.hsm.conftest import GUID, stored

MATERIAL = bytes(range(32))


class Token:
    """A token, and what a client does with it."""

    def __init__(self, hsm: Hsm, bits: int = 2048) -> None:
        self.hsm = hsm
        ident = str(uuid.uuid4())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transport, "TOKEN_BITS", bits)
            made = hsm.run(GUID, MakeImportToken(ident))
        self.stored = stored(made.blob, ident)
        public = serialization.load_pem_public_key(made.public_key.encode())
        assert isinstance(public, rsa.RSAPublicKey)
        self.public = public
        self.nonce = hsm.run(GUID, ReadNonce(self.stored))

    def sealed(
        self, material: bytes = MATERIAL, *, oaep: Oaep = Oaep.SHA_256, cbc: bool = False, nonce: bytes | None = None
    ) -> Transported:
        digest = hashes.SHA1() if oaep is Oaep.SHA_1 else hashes.SHA256()
        scheme = rsa_padding.OAEP(rsa_padding.MGF1(digest), digest, None)
        proof = self.nonce if nonce is None else nonce
        iv = os.urandom(16 if cbc else 12)
        key = material if len(material) in (16, 24, 32) else MATERIAL
        if cbc:
            padder = padding.PKCS7(128).padder()
            encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
            encrypted = encryptor.update(padder.update(proof) + padder.finalize()) + encryptor.finalize()
        else:
            encrypted = AESGCM(key).encrypt(iv, proof, None)
        return Transported(self.stored, self.public.encrypt(material, scheme), encrypted, iv, oaep)


@pytest.fixture
def token(ready: Hsm) -> Token:
    return Token(ready)


def test_a_token_has_4096_bits_and_a_nonce_of_twelve_bytes(ready: Hsm) -> None:
    token = Token(ready, transport.TOKEN_BITS)
    assert (token.public.key_size, token.public.public_numbers().e, len(token.nonce)) == (4096, 65537, 12)
    key = stored(ready.run(GUID, ImportKey(ident := str(uuid.uuid4()), 1, token.sealed())).blob, ident)
    assert ready.run(GUID, SameMaterial(key, Secret(MATERIAL)))


@pytest.mark.parametrize("oaep", list(Oaep))
@pytest.mark.parametrize("cbc", [True, False], ids=["cbc", "gcm"])
@pytest.mark.parametrize("size", [16, 24, 32])
def test_both_variants_import_the_very_material(ready: Hsm, token: Token, oaep: Oaep, cbc: bool, size: int) -> None:
    material = os.urandom(size)
    ident, plain = str(uuid.uuid4()), str(uuid.uuid4())
    made = ready.run(GUID, ImportKey(ident, 1, token.sealed(material, oaep=oaep, cbc=cbc)))
    assert made.bits == size * 8
    key = stored(made.blob, ident)
    same = stored(ready.run(GUID, ImportKey(plain, 1, Secret(material))).blob, plain)
    wrapped = ready.run(GUID, Wrap(key, b"a data key"))
    assert ready.run(GUID, Unwrap([same], wrapped.envelope)).plaintext.matches(b"a data key")
    assert ready.run(GUID, SameMaterial(key, token.sealed(material)))
    assert not ready.run(GUID, SameMaterial(key, Secret(os.urandom(size))))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_whatever_is_changed_is_refused_with_one_error(ready: Hsm, token: Token, data: st.DataObject) -> None:
    given_ = token.sealed(cbc=data.draw(st.booleans()))
    name = data.draw(st.sampled_from(["payload", "nonce", "iv"]))
    value = bytearray(getattr(given_, name))
    if data.draw(st.booleans()):
        value = value[: data.draw(st.integers(0, len(value) - 1))]
    else:
        value[data.draw(st.integers(0, len(value) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    setattr(given_, name, bytes(value))
    with pytest.raises((TransportRefused, NonceWrong)):
        ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, given_))


@pytest.mark.parametrize("size", [0, 15, 17, 33])
def test_material_of_another_length_is_refused_like_anything_else(ready: Hsm, token: Token, size: int) -> None:
    with pytest.raises(TransportRefused):
        ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, token.sealed(bytes(size))))


def test_the_nonce_must_be_the_token_s_own(ready: Hsm, token: Token) -> None:
    other = Token(ready)
    for nonce in (other.nonce, b"", bytes(12)):
        with pytest.raises(NonceWrong):
            ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, token.sealed(nonce=nonce)))
    mixed = token.sealed()
    mixed.token = other.stored
    with pytest.raises(TransportRefused):
        ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, mixed))


def test_a_token_neither_wraps_nor_is_revealed_and_a_key_is_no_token(ready: Hsm, token: Token) -> None:
    ident = str(uuid.uuid4())
    key = stored(ready.run(GUID, GenerateKey(ident, 1)).blob, ident)
    standard = stored(ready.run(GUID, GenerateKey(ident, 1, KeyKind.STANDARD)).blob, ident)
    refused = [
        RevealStandardKey(token.stored),
        Wrap(token.stored),
        SameMaterial(token.stored, Secret(MATERIAL)),
        SameMaterial(standard, Secret(MATERIAL)),
        ReadNonce(key),
        ReadNonce(standard),
        GenerateKey(ident, 1, KeyKind.IMPORT_TOKEN),
        ImportKey(ident, 1, Secret(MATERIAL), KeyKind.IMPORT_TOKEN),
        ImportKey(ident, 1, token.sealed(), KeyKind.STANDARD),
    ]
    for operation in refused:
        with pytest.raises(KeyKindRefused):
            ready.run(GUID, operation)


def test_the_private_key_stands_nowhere_in_the_plain(ready: Hsm, token: Token) -> None:
    assert token.nonce not in token.stored.blob
    assert b"PRIVATE" not in token.stored.blob
    text = repr([token.sealed(), token.stored, MakeImportToken("x")])
    assert token.nonce.hex() not in text
    assert "payload" not in text
    spoiled = bytearray(token.stored.blob)
    spoiled[-1] ^= 1
    with pytest.raises(BlobCorrupt):
        ready.run(GUID, ReadNonce(StoredKey("h", token.stored.key_id, 1, bytes(spoiled))))


def test_a_token_moves_to_another_storage_epoch_like_a_key(ready: Hsm, token: Token) -> None:
    ready.begin_epoch(GUID)
    moved = ready.run(GUID, Reseal(token.stored)).blob
    ready.finish_epoch(GUID)
    with pytest.raises(HsmError):
        ready.run(GUID, ReadNonce(token.stored))
    token.stored = StoredKey("h", token.stored.key_id, 1, moved)
    assert ready.run(GUID, ReadNonce(token.stored)) == token.nonce
    assert ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, token.sealed())).bits == 256


def test_an_uninitialised_hsm_makes_no_token(hsm: Hsm) -> None:
    with pytest.raises(HsmNotInitialised):
        hsm.run(GUID, MakeImportToken(str(uuid.uuid4())))

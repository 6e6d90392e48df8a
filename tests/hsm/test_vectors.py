"""NIST's AES-GCM vectors through the HSM's own interface: import, wrap, unwrap."""

import base64
import json
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.hsm import Hsm, ImportKey, StoredKey, Unwrap, Wrap, envelope
from kyok.hsm.errors import UnwrapFailed
from kyok.secrets import Secret
from tests.hsm.conftest import GUID, stored

GCM = Path(cryptography_vectors.__file__).parent / "ciphers" / "AES" / "GCM"


def vectors(name: str, bits: int) -> Iterator[dict[str, str]]:
    """Records with 12-byte IV and 16-byte tag; `FAIL` is there when the tag is forged."""
    context: dict[str, str] = {}
    for block in re.split(r"\r?\n\s*\r?\n", (GCM / name).read_text()):
        context |= dict(re.findall(r"\[(\w+) = (\d+)\]", block))
        if "Key = " not in block or (context["Keylen"], context["IVlen"], context["Taglen"]) != (
            str(bits),
            "96",
            "128",
        ):
            continue
        found = dict(re.findall(r"^(\w+) = ?(\S*)", block, re.MULTILINE))
        yield found | ({"FAIL": ""} if "FAIL" in block else {})


def imported(hsm: Hsm, material: bytes) -> StoredKey:
    key_id = str(uuid.uuid4())
    return stored(hsm.run(GUID, ImportKey(key_id, 1, Secret(material))).blob, key_id)


@pytest.mark.parametrize("bits", [128, 192, 256])
def test_decryption(ready: Hsm, monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    """The associated data is NIST's own here; how ours is encoded, test_operations says."""
    accepted = rejected = 0
    for vector in vectors(f"gcmDecrypt{bits}.rsp", bits):
        key = imported(ready, bytes.fromhex(vector["Key"]))
        aad = bytes.fromhex(vector["AAD"])
        monkeypatch.setattr(envelope, "authenticated", lambda handle, texts, aad=aad: aad)
        members = {
            "ciphertext": base64.b64encode(bytes.fromhex(vector["CT"] + vector["Tag"])).decode(),
            "iv": base64.b64encode(bytes.fromhex(vector["IV"])).decode(),
            "version": "4.0.0",
            "handle": key.handle,
        }
        text = base64.b64encode(json.dumps(members).encode()).decode()
        result = ready.perform(GUID, [Unwrap([key], text)])[0]
        if "FAIL" in vector:
            assert isinstance(result, UnwrapFailed)
            rejected += 1
        else:
            assert result.plaintext.matches(bytes.fromhex(vector["PT"]))
            accepted += 1
    assert accepted + rejected == 375
    assert min(accepted, rejected) > 150


@pytest.mark.parametrize("bits", [128, 192, 256])
def test_encryption(ready: Hsm, monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    count = 0
    for vector in vectors(f"gcmEncryptExtIV{bits}.rsp", bits):
        key = imported(ready, bytes.fromhex(vector["Key"]))
        with monkeypatch.context() as patch:
            aad, iv = bytes.fromhex(vector["AAD"]), bytes.fromhex(vector["IV"])
            patch.setattr(envelope, "authenticated", lambda handle, texts, aad=aad: aad)
            patch.setattr(envelope._nonces, "draw", lambda size, iv=iv: iv)
            text = ready.run(GUID, Wrap(key, bytes.fromhex(vector["PT"]))).envelope
        members = json.loads(base64.b64decode(text))
        assert base64.b64decode(members["ciphertext"]).hex() == vector["CT"] + vector["Tag"]
        count += 1
    assert count == 375


def test_the_envelopes_cipher_is_plain_aes_gcm(ready: Hsm) -> None:
    """Somebody who has the material opens an envelope without us: nothing is derived in between."""
    material = os.urandom(32)
    key = imported(ready, material)
    members = json.loads(base64.b64decode(ready.run(GUID, Wrap(key, b"content", ["a", ""])).envelope))

    def length(number: int) -> bytes:
        return number.to_bytes(4, "big")

    handle = key.handle.encode()
    aad = b"kyok envelope 4.0.0\0" + length(36) + handle + length(2) + length(1) + b"a" + length(0)
    opened = AESGCM(material).decrypt(base64.b64decode(members["iv"]), base64.b64decode(members["ciphertext"]), aad)
    assert opened == b"content"

"""Key blobs: frozen examples, and everything that must not open."""

import json
import os
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from kyok.hsm import blob
from kyok.hsm.blob import Attributes, Epochs, MasterSeal
from kyok.hsm.errors import BlobCorrupt, BlobForeignMasterKey, BlobShredded
from kyok.hsm.master_key import blob_cipher, verification_pattern
from kyok.hsm.operations import KeyKind, StoredKey
from tests.hsm.conftest import stored

FROZEN = json.loads((Path(__file__).parent / "frozen_blobs_v1.json").read_text())
"""Blobs of format 1 must open for ever: never change this file, add another one for another format."""
KEY_ID = "0b1c2d3e-4f50-4162-8374-8596a7b8c9da"


def master_of(key: bytes, hsm_id: str = "hsm-1") -> MasterSeal:
    return MasterSeal(verification_pattern(key), blob_cipher(key, hsm_id))


def epochs_of(**keys: bytes) -> Epochs:
    ciphers = {int(name.removeprefix("e")): AESGCM(key) for name, key in keys.items()}
    return Epochs(max(ciphers), ciphers)


MASTER = master_of(b"m" * 32)
EPOCHS = epochs_of(e1=b"e" * 32)
ROOT = Attributes(KeyKind.ROOT, local=True)


def sealed(material: bytes = b"k" * 32, epochs: Epochs = EPOCHS, attributes: Attributes = ROOT) -> StoredKey:
    data = blob.seal(MASTER, epochs, KEY_ID, 7, attributes, bytearray(material))
    return stored(data, KEY_ID, 7)


@pytest.mark.parametrize("example", FROZEN["blobs"], ids=lambda example: example["name"])
def test_frozen_blobs_open(example: dict[str, str | int | bool]) -> None:
    master = master_of(bytes.fromhex(FROZEN["master_key"]), FROZEN["hsm_id"])
    epochs = epochs_of(**{f"e{example['epoch']}": bytes.fromhex(FROZEN["epoch_keys"][str(example["epoch"])])})
    data = bytes.fromhex(str(example["blob"]))
    attributes, material = blob.open_key(master, epochs, stored(data, str(example["key_id"]), int(example["version"])))
    assert material.hex() == example["material"]
    assert (attributes.kind.name.lower(), attributes.local) == (example["kind"], example["local"])
    assert blob.blob_epoch(data) == example["epoch"]


def test_the_frozen_layout_is_still_written(monkeypatch: pytest.MonkeyPatch) -> None:
    example = FROZEN["blobs"][0]
    master = master_of(bytes.fromhex(FROZEN["master_key"]), FROZEN["hsm_id"])
    epochs = epochs_of(e1=bytes.fromhex(FROZEN["epoch_keys"]["1"]))
    nonces = iter([bytes.fromhex(nonce) for nonce in example["nonces"]])
    monkeypatch.setattr("kyok.hsm.blob.os.urandom", lambda count: next(nonces))
    material = bytearray.fromhex(example["material"])
    made = blob.seal(master, epochs, example["key_id"], example["version"], ROOT, material)
    assert made.hex() == example["blob"]


@given(
    material=st.binary(min_size=1, max_size=7500),
    kind=st.sampled_from(KeyKind),
    local=st.booleans(),
    version=st.integers(1, 2**32 - 1),
    key_id=st.uuids(),
)
def test_what_is_sealed_opens(material: bytes, kind: KeyKind, local: bool, version: int, key_id: uuid.UUID) -> None:
    attributes = Attributes(kind, local)
    data = blob.seal(MASTER, EPOCHS, str(key_id), version, attributes, bytearray(material))
    assert material not in data or len(material) < 8
    opened = blob.open_key(MASTER, EPOCHS, stored(data, str(key_id), version))
    assert opened == (attributes, bytearray(material))
    assert opened[0].extractable is (kind is KeyKind.STANDARD)


def test_every_flipped_byte_is_noticed() -> None:
    key = sealed()
    for index in range(len(key.blob)):
        changed = bytearray(key.blob)
        changed[index] ^= 0x01
        with pytest.raises(BlobCorrupt):
            blob.open_key(MASTER, EPOCHS, stored(bytes(changed), KEY_ID, 7))
        with pytest.raises(BlobCorrupt):
            blob.reseal(EPOCHS, stored(bytes(changed), KEY_ID, 7))


def test_every_truncation_and_extension_is_noticed() -> None:
    key = sealed()
    for length in range(len(key.blob)):
        with pytest.raises(BlobCorrupt):
            blob.open_key(MASTER, EPOCHS, stored(key.blob[:length], KEY_ID, 7))
    with pytest.raises(BlobCorrupt):
        blob.open_key(MASTER, EPOCHS, stored(key.blob + b"\0", KEY_ID, 7))


@given(data=st.binary(max_size=300))
def test_noise_is_refused(data: bytes) -> None:
    start = sealed().blob[:50]
    for noise in (data, start + data, start[:48] + data):
        with pytest.raises(BlobCorrupt):
            blob.open_key(MASTER, EPOCHS, stored(noise, KEY_ID, 7))


@pytest.mark.parametrize(("key_id", "version"), [("1" * 32, 7), (KEY_ID, 8)])
def test_a_blob_does_not_stand_in_for_another_key_or_version(key_id: str, version: int) -> None:
    key = sealed()
    blob.open_key(MASTER, EPOCHS, key)  # what is remembered of it is remembered of this key and version
    with pytest.raises(BlobCorrupt):
        blob.open_key(MASTER, EPOCHS, stored(key.blob, key_id, version))
    with pytest.raises(BlobCorrupt):
        blob.open_key(MASTER, EPOCHS, stored(sealed().blob, key_id, version))


def test_what_is_remembered_of_a_blob_is_still_sealed_and_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob, "REMEMBERED", 2)
    epochs = epochs_of(e1=b"e" * 32)
    keys = [sealed(epochs=epochs) for _ in range(3)]
    for key in (*keys, *keys):
        _, material = blob.open_key(MASTER, epochs, key)
        assert material == b"k" * 32
        material[:] = bytes(32)  # what one operation wipes is not what the next one gets
    assert 1 <= len(epochs.opened) <= 2
    assert b"k" * 32 not in b"".join(b"".join((*asked[2:], *inner[1:])) for asked, inner in epochs.opened.items())


def test_another_master_key_is_told_from_damage() -> None:
    key = sealed()
    blob.open_key(MASTER, EPOCHS, key)
    for one in (key, sealed()):
        with pytest.raises(BlobForeignMasterKey):
            blob.open_key(master_of(b"n" * 32), EPOCHS, one)
    # The same master key in another HSM gives another subkey.
    with pytest.raises(BlobCorrupt):
        blob.open_key(master_of(b"m" * 32, "hsm-2"), EPOCHS, sealed())


def test_reseal_moves_a_blob_of_any_master_key_to_the_newest_epoch() -> None:
    key = sealed()
    both = epochs_of(e1=b"e" * 32, e2=b"f" * 32)
    moved = stored(blob.reseal(both, key), KEY_ID, 7)
    assert (blob.blob_epoch(key.blob), blob.blob_epoch(moved.blob)) == (1, 2)
    after = epochs_of(e2=b"f" * 32)
    assert blob.open_key(MASTER, after, moved)[1] == bytearray(b"k" * 32)
    with pytest.raises(BlobShredded):
        blob.open_key(MASTER, after, key)
    with pytest.raises(BlobCorrupt):
        blob.open_key(MASTER, epochs_of(e1=os.urandom(32)), key)


def test_attributes_that_no_version_knows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Attributes, "encoded", lambda self: bytes((1, 1, 0, 2, 1, 1)))
        extractable_root = sealed()
    for _ in range(2):
        with pytest.raises(BlobCorrupt):
            blob.open_key(MASTER, EPOCHS, extractable_root)


def test_what_is_no_uuid_or_no_blob() -> None:
    with pytest.raises(ValueError, match="UUID"):
        blob.seal(MASTER, EPOCHS, "abcd", 1, ROOT, bytearray(32))
    for data in (b"", b"KYKB", b"x" * 200):
        with pytest.raises(BlobCorrupt):
            blob.blob_epoch(data)

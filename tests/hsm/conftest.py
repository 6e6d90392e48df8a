"""A fresh HSM in a temporary folder."""

import os
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from kyok.hsm import GenerateKey, Hsm, StoredKey
from kyok.sealing.key import SealingKey

GUID = "5b3f0f5e-8a55-4a7c-9d51-2f5b7c1f0a01"


def stored(blob: bytes, key_id: str | None = None, version: int = 1, handle: str | None = None) -> StoredKey:
    return StoredKey(handle or str(uuid.uuid4()), key_id or str(uuid.uuid4()), version, blob)


@pytest.fixture
def sealing() -> SealingKey:
    return SealingKey("insecure-demo", bytearray(os.urandom(32)))


@pytest.fixture
def hsm(tmp_path: Path, sealing: SealingKey) -> Hsm:
    """Unlocked, with two crypto units in imprint mode."""
    module = Hsm(tmp_path / "hsm")
    module.unlock(sealing)
    module.create(GUID, 2, ["us-south-1", "us-south-2"])
    return module


@pytest.fixture
def ready(hsm: Hsm) -> Hsm:
    """Initialised by two administrators."""
    hsm.auto_init(GUID, 2, 1, ["Anna", "Ben"])
    return hsm


@pytest.fixture
def new_key(ready: Hsm) -> Callable[..., StoredKey]:
    """Makes a root key, or another version of it."""

    def make(key_id: str | None = None, version: int = 1) -> StoredKey:
        ident = key_id or str(uuid.uuid4())
        return stored(ready.run(GUID, GenerateKey(ident, version)).blob, ident, version)

    return make

"""No key byte in a file, a log record, a text form or an error."""

import logging
import os
import pickle
import traceback
import uuid
from pathlib import Path

import pytest

from kyok.hsm import (
    Hsm,
    ImportKey,
    KeyKind,
    Operation,
    RevealStandardKey,
    Rewrap,
    StoredKey,
    Unwrap,
    Wrap,
    epoch_keys,
    instance,
)
from kyok.hsm.errors import HsmError
from kyok.hsm.unit import UnitRecord
from kyok.sealing.key import SealingKey
from kyok.secrets import Secret
from tests.hsm.conftest import GUID, stored


class Planted:
    """Key bytes that we know, in every form that somebody could write them."""

    def __init__(self) -> None:
        self.keys: list[bytes] = []

    def key(self, count: int = 32) -> bytearray:
        self.keys.append(os.urandom(count))
        return bytearray(self.keys[-1])

    def assert_absent(self, text: bytes | str, place: str) -> None:
        data = text.encode() if isinstance(text, str) else text
        for key in self.keys:
            for form in (key, key[:16], key.hex().encode(), repr(key)[2:-1].encode(), str(list(key))[1:-1].encode()):
                assert form not in data, place


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Planted:
    """Every key that the HSM makes is one that we know."""
    found = Planted()
    for module in (instance, epoch_keys):
        monkeypatch.setattr(module, "random_key", found.key)
    monkeypatch.setattr("kyok.hsm.performer.random_key", found.key)
    return found


def test_a_whole_life_leaves_no_key_behind(planted: Planted, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sealing = SealingKey("insecure-demo", planted.key())
    hsm = Hsm(tmp_path / "hsm")
    hsm.unlock(sealing)
    hsm.create(GUID, 2, ["a", "b"])
    hsm.auto_init(GUID, 1, 1, ["Anna"])
    ident = str(uuid.uuid4())
    root = stored(hsm.run(GUID, ImportKey(ident, 1, Secret(planted.key()))).blob, ident)
    standard = stored(hsm.run(GUID, ImportKey(ident, 2, Secret(planted.key()), KeyKind.STANDARD)).blob, ident, 2)
    plaintext = bytes(planted.key())
    operations: list[Operation[object]] = [
        Wrap(root, plaintext),
        Wrap(root),
        RevealStandardKey(standard),
        RevealStandardKey(root),
        Wrap(standard, plaintext),
        ImportKey(ident, 3, Secret(planted.key(33))),
    ]
    results = hsm.perform(GUID, operations)
    text = results[0].envelope
    more: list[Operation[object]] = [Unwrap([root], text), Unwrap([root], text, ["x"]), Rewrap([standard], text)]
    results += hsm.perform(GUID, more)
    for said in (*operations, *more, *results, sealing, hsm, hsm.status(GUID), hsm._instances[GUID].snapshot):
        planted.assert_absent(repr(said), "repr")
        if isinstance(said, HsmError):
            planted.assert_absent("".join(traceback.format_exception(said)) + said.remedy, "error")
    hsm.begin_epoch(GUID)
    hsm.finish_epoch(GUID)
    hsm.zeroize(GUID)
    assert len(planted.keys) > 7
    for path in tmp_path.rglob("*"):
        if path.is_file():
            planted.assert_absent(path.read_bytes(), str(path))
    planted.assert_absent(caplog.text, "log")
    for result in (root.blob, standard.blob, text):
        planted.assert_absent(result, "blob")


def test_records_and_results_hide_what_they_hold() -> None:
    key = StoredKey("handle", str(uuid.uuid4()), 1, b"blobblob")
    assert "blobblob" not in repr(key)
    assert "plainplain" not in repr(Wrap(key, b"plainplain"))
    record = UnitRecord(current=bytearray(b"master-master"), new=bytearray(b"another-one"))
    assert "master" not in repr(record)
    assert "another" not in repr(record)


def test_a_result_cannot_be_pickled(ready: Hsm) -> None:
    ident = str(uuid.uuid4())
    key = stored(ready.run(GUID, ImportKey(ident, 1, Secret(os.urandom(32)))).blob, ident)
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(ready.run(GUID, Wrap(key)))


def test_material_is_wiped_after_its_use(ready: Hsm, monkeypatch: pytest.MonkeyPatch) -> None:
    from kyok.hsm import blob, performer

    seen: list[bytearray] = []
    real = blob.open_key

    def watched(*arguments: object) -> object:
        opened = real(*arguments)  # type: ignore[arg-type]
        seen.append(opened[1])
        return opened

    monkeypatch.setattr(performer.blob, "open_key", watched)
    ident = str(uuid.uuid4())
    key = stored(ready.run(GUID, ImportKey(ident, 1, Secret(os.urandom(32)))).blob, ident)
    text = ready.run(GUID, Wrap(key, b"p")).envelope
    ready.perform(GUID, [Unwrap([key], text), Rewrap([key], text), RevealStandardKey(key)])
    assert len(seen) >= 4
    assert all(material == bytes(32) for material in seen)

"""`Secret`, and where a passphrase is read from."""

import copy
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from kyok.secrets import PASSPHRASE_FILE_VARIABLE, PassphraseUnreadable, Secret, read_passphrase, wipe


def test_it_never_shows_itself() -> None:
    secret = Secret("open sesame")
    for text in (repr(secret), str(secret), f"{secret}", f"{secret!r}", f"{[secret]}"):
        assert "<secret>" in text
        assert "sesame" not in text


def test_it_refuses_to_be_kept_or_compared_by_accident() -> None:
    secret = Secret(b"open sesame")
    for attempt in (
        lambda: pickle.dumps(secret),
        lambda: copy.copy(secret),
        lambda: copy.deepcopy(secret),
        lambda: json.dumps(secret),
        lambda: hash(secret),
        lambda: secret == secret,
        lambda: secret != Secret(b"other"),
    ):
        with pytest.raises(TypeError):
            attempt()
    assert not hasattr(secret, "__dict__")


def test_comparison_is_asked_for() -> None:
    secret = Secret(b"open sesame")
    assert secret.matches(b"open sesame")
    assert secret.matches(Secret("open sesame"))
    assert not secret.matches(bytearray(b"open sesam"))


def test_bytes_are_lent_not_copied() -> None:
    own = bytearray(b"open sesame")
    secret = Secret(own)
    with secret.use() as lent:
        assert lent is own
    assert len(secret) == 11
    assert secret.text() == "open sesame"
    second = secret.copy()
    with secret as lent:
        assert lent is own
    assert own == bytes(11)
    assert (len(secret), len(second)) == (0, 11)
    assert not secret
    assert second


def test_wipe_works_on_any_length_and_in_an_error() -> None:
    for length in (0, 1, 32, 33):
        buffer = bytearray(b"x" * length)
        wipe(buffer)
        assert buffer == bytes(length)
    own = bytearray(b"material")
    with pytest.raises(RuntimeError), Secret(own):
        raise RuntimeError
    assert not any(own)


def test_it_copies_what_is_not_its_own() -> None:
    given = b"unchanged"
    Secret(given).wipe()
    Secret(memoryview(given)).wipe()
    assert given == b"unchanged"


def piped(data: bytes) -> int:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    return reading


@pytest.mark.parametrize("data", [b"correct horse", b"correct horse\n", b"correct horse\r\n"])
def test_a_passphrase_comes_from_a_descriptor(data: bytes) -> None:
    reading = piped(data)
    found = read_passphrase(reading)
    assert found is not None
    assert found.matches(b"correct horse")
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(reading)


def test_a_passphrase_comes_from_the_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_FILE_VARIABLE, raising=False)
    assert read_passphrase() is None
    path = tmp_path / "passphrase"
    path.write_text("korrektes Pferd äöü\n", encoding="utf-8")
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(path))
    found = read_passphrase()
    assert found is not None
    assert found.text() == "korrektes Pferd äöü"


@pytest.mark.parametrize("data", [b"", b"\n", b"x" * 5000])
def test_no_passphrase_or_far_too_much(data: bytes) -> None:
    with pytest.raises(PassphraseUnreadable, match=r"empty|longer"):
        read_passphrase(piped(data))


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PassphraseUnreadable, match="descriptor 987"):
        read_passphrase(987)
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(tmp_path / "missing"))
    with pytest.raises(PassphraseUnreadable, match="No such file") as caught:
        read_passphrase()
    assert PASSPHRASE_FILE_VARIABLE in caught.value.remedy


def test_the_module_is_light() -> None:
    """The console imports it before its first frame."""
    code = "import kyok.secrets, sys; print([m for m in ('cryptography', 'keyring', 'msgspec') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

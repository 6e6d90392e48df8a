"""Small building blocks: durable files, AEAD helpers, errors."""

import hmac
import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok import aead, durable
from kyok.durable import Disk, write_private
from kyok.errors import KyokError
from kyok.sealed import Opened


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_private(path, b"old")
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_tree_is_removed(tmp_path: Path) -> None:
    disk = Disk()
    disk.make_folder(tmp_path / "a" / "b" / "c")
    assert all(folder.stat().st_mode & 0o777 == 0o700 for folder in (tmp_path / "a").rglob("*"))
    disk.write(tmp_path / "a" / "b" / "file", b"content")
    disk.remove_tree(tmp_path / "a")
    disk.remove_tree(tmp_path / "a")
    disk.overwrite(tmp_path / "missing")
    disk.remove(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_overwritten_piece_by_piece_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"secret" * 100_000)
    size, write = path.stat().st_size, os.write
    pieces: list[int] = []

    def short(descriptor: int, data: bytes) -> int:
        pieces.append(len(data))
        return write(descriptor, data[:100_000])

    monkeypatch.setattr(os, "write", short)
    Disk().overwrite(path)
    assert path.read_bytes() == bytes(size)
    assert max(pieces) <= 1024 * 1024


def test_folders_are_not_synced_where_there_is_no_call_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Disk().sync_folder(tmp_path / "missing")
    monkeypatch.setattr(durable.os, "name", "nt")
    Disk().sync_folder(tmp_path / "missing")


@pytest.mark.parametrize("has_into", [True, False])
def test_old_and_new_library_calls_agree(monkeypatch: pytest.MonkeyPatch, has_into: bool) -> None:
    monkeypatch.setattr(aead, "_HAS_INTO", has_into)
    key, nonce = os.urandom(32), os.urandom(12)
    cipher = AESGCM(key)
    sealed = cipher.encrypt(nonce, b"content", b"aad")
    opened = aead.decrypted(cipher, nonce, sealed, b"aad")
    assert isinstance(opened, bytearray)
    assert opened == b"content"
    with pytest.raises(InvalidTag):
        aead.decrypted(cipher, nonce, sealed, b"")
    with pytest.raises(ValueError, match=r"tag|negative"):
        aead.decrypted(cipher, nonce, b"short", b"aad")
    # RFC 5869: extract without salt, expand once.
    extracted = hmac.digest(bytes(32), b"k" * 32, "sha256")
    assert aead.derived(b"k" * 32, b"info") == hmac.digest(extracted, b"info\x01", "sha256")


def test_random_keys_without_the_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert aead.random_key() != aead.random_key()
    assert len(aead.random_key(7)) == 7
    for device in (tmp_path / "missing", tmp_path / "short"):
        (tmp_path / "short").write_bytes(b"xx")
        monkeypatch.setattr(aead, "_RANDOM_DEVICE", device)
        key = aead.random_key()
        assert len(key) == 32
        assert any(key[2:])


def test_a_cipher_wipes_the_buffer_it_was_made_from() -> None:
    key = bytearray(b"k" * 32)
    aead.cipher_of(key)
    assert not any(key)
    wrong = bytearray(b"k" * 31)
    with pytest.raises(ValueError, match="bit"):
        aead.cipher_of(wrong)
    assert not any(wrong)


def test_what_was_opened_does_not_show_itself() -> None:
    assert "content" not in repr(Opened(1, bytearray(b"content")))


def test_errors_carry_their_words_and_context() -> None:
    class Special(KyokError):
        summary = "Usual."
        remedy = "Do this."

    error = Special(remedy="Do that.", field="name")
    assert (str(error), error.summary, error.remedy) == ("Usual.", "Usual.", "Do that.")
    assert error.__dict__["field"] == "name"
    assert str(Special("Other.")) == "Other."

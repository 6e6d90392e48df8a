"""Sealed objects: round trips, and that nothing but the whole object opens."""

import io
import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyok import sealed_objects
from kyok.sealed_objects import (
    CHUNK,
    ObjectIdentity,
    SealedObjectError,
    SealedWriter,
    open_object,
    read_sealed,
    seal_object,
)

KEY = bytes(range(32))
ME = ObjectIdentity("guid", "volume", "node-1", 7)
HEADER = 73


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Chunks of 16 bytes, so that a short object has several."""
    monkeypatch.setattr(sealed_objects, "CHUNK", 16)
    return 16


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_any_size_comes_back(size: int) -> None:
    data = os.urandom(size)
    sealed = seal_object(data, KEY, ME)
    chunks = max(1, -(-size // CHUNK))
    assert len(sealed) == HEADER + size + chunks * (4 + 16)
    assert open_object(sealed, KEY, ME) == data
    assert open_object(sealed, bytearray(KEY), ObjectIdentity("guid", "volume", "node-1", "7")) == data


@settings(max_examples=50)
@given(parts=st.lists(st.binary(max_size=50), max_size=12))
def test_it_does_not_matter_how_it_is_written(parts: list[bytes]) -> None:
    target = io.BytesIO()
    with SealedWriter(target, KEY, ME) as writer:
        for part in parts:
            writer.write(part)
    assert b"".join(read_sealed(io.BytesIO(target.getvalue()), KEY, ME)) == b"".join(parts)


def test_each_object_has_a_key_of_its_own() -> None:
    first, second = seal_object(b"x" * 100, KEY, ME), seal_object(b"x" * 100, KEY, ME)
    assert first[HEADER:] != second[HEADER:]
    with pytest.raises(SealedObjectError):
        open_object(first[:HEADER] + second[HEADER:], KEY, ME)


@pytest.mark.parametrize(
    "other",
    [
        ObjectIdentity("another", "volume", "node-1", 7),
        ObjectIdentity("guid", "backup", "node-1", 7),
        ObjectIdentity("guid", "volume", "node-2", 7),
        ObjectIdentity("guid", "volume", "node-1", 8),
        ObjectIdentity("guidv", "olume", "node-1", 7),
    ],
)
def test_it_opens_in_its_own_place_only(other: ObjectIdentity) -> None:
    with pytest.raises(SealedObjectError):
        open_object(seal_object(b"rows", KEY, ME), KEY, other)


def test_it_opens_with_its_own_key_only() -> None:
    with pytest.raises(SealedObjectError):
        open_object(seal_object(b"rows", KEY, ME), bytes(32), ME)
    for attempt in (
        lambda: seal_object(b"", b"short", ME),
        lambda: open_object(seal_object(b"", KEY, ME), b"k" * 16, ME),
    ):
        with pytest.raises(ValueError, match="32-byte"):
            attempt()


def test_every_flipped_byte_and_truncation(small_chunks: int) -> None:
    sealed = seal_object(os.urandom(40), KEY, ME)
    for index in range(len(sealed)):
        with pytest.raises(SealedObjectError):
            open_object(sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :], KEY, ME)
        with pytest.raises(SealedObjectError):
            open_object(sealed[:index], KEY, ME)


def chunks_of(sealed: bytes, size: int) -> list[bytes]:
    body = sealed[HEADER:]
    step = 4 + size + 16
    return [body[at : at + step] for at in range(0, len(body), step)]


@pytest.mark.parametrize(
    "rearranged",
    [
        lambda chunks: [chunks[1], chunks[0], chunks[2]],
        lambda chunks: [chunks[0], chunks[2]],
        lambda chunks: [chunks[0], chunks[0], chunks[1], chunks[2]],
        lambda chunks: [chunks[0], chunks[1]],
        lambda chunks: [*chunks, chunks[2]],
        lambda chunks: [*chunks, b"\0"],
        lambda chunks: [*chunks, b"\xff\xff\xff\xff"],
        lambda chunks: [],
    ],
)
def test_chunks_stay_in_order_and_together(small_chunks: int, rearranged: Callable[[list[bytes]], list[bytes]]) -> None:
    sealed = seal_object(os.urandom(40), KEY, ME)
    chunks = chunks_of(sealed, small_chunks)
    assert len(chunks) == 3
    with pytest.raises(SealedObjectError):
        open_object(sealed[:HEADER] + b"".join(rearranged(chunks)), KEY, ME)


@given(noise=st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    for data in (noise, seal_object(b"rows", KEY, ME)[:HEADER] + noise):
        with pytest.raises(SealedObjectError):
            open_object(data, KEY, ME)


def test_what_broke_off_does_not_open(small_chunks: int) -> None:
    target = io.BytesIO()
    with pytest.raises(RuntimeError), SealedWriter(target, KEY, ME) as writer:
        writer.write(b"x" * 100)
        raise RuntimeError
    with pytest.raises(SealedObjectError):
        open_object(target.getvalue(), KEY, ME)


def test_a_closed_object_takes_nothing_more() -> None:
    target = io.BytesIO()
    writer = SealedWriter(target, KEY, ME)
    writer.close()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"x")
    assert open_object(target.getvalue(), KEY, ME) == b""


def test_the_counter_ends(monkeypatch: pytest.MonkeyPatch, small_chunks: int) -> None:
    monkeypatch.setattr(sealed_objects, "_LAST_COUNTER", 1)
    with pytest.raises(ValueError, match="chunks"):
        seal_object(bytes(100), KEY, ME)

"""Where identifiers come from, so that tests and demos can repeat them."""

import os
import random
import re
import threading
import weakref
from functools import lru_cache
from typing import Protocol

_ORDERED = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
POOL = 4096
"""Bytes that `SystemRandomness` draws at once."""


class Randomness(Protocol):
    """Draws bytes for identifiers. Key material never comes from here: the HSM draws its own."""

    def draw(self, count: int) -> bytes:
        """`count` random bytes."""


class SystemRandomness:
    """The operating system's generator, asked for many bytes at a time.

    Each call of it lets go of the interpreter's lock, and with a busy thread beside it that costs a switch there and
    back: more than all else that an identifier takes. A forked process starts with a pool of its own.
    """

    def __init__(self) -> None:
        self._start_anew()
        _ALL.add(self)

    def _start_anew(self) -> None:
        self._lock = threading.Lock()
        self._pool = b""
        self._at = 0

    def draw(self, count: int) -> bytes:
        """`count` random bytes, never handed out twice."""
        with self._lock:
            at = self._at
            self._at = end = at + count
            if end > len(self._pool):
                self._pool, at, self._at = os.urandom(max(count, POOL)), 0, count
            return self._pool[at : self._at]


_ALL: "weakref.WeakSet[SystemRandomness]" = weakref.WeakSet()


def _forked() -> None:
    """A forked process has the pools of its parent, and their locks as they were: neither is of use."""
    for one in _ALL:
        one._start_anew()


os.register_at_fork(after_in_child=_forked)


class SeededRandomness:
    """The same identifiers for the same seed; for tests and pictures."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - identifiers of tests, no secrets

    def draw(self, count: int) -> bytes:
        """`count` bytes of the seeded sequence."""
        return self._random.randbytes(count)


def new_uuid(randomness: Randomness) -> str:
    """A version 4 UUID; the module `uuid` would take four times as long."""
    digits = randomness.draw(16).hex()
    variant = _VARIANTS[digits[16]]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def ordered_uuid(randomness: Randomness, milliseconds: int) -> str:
    """A version 7 UUID (RFC 9562) of a moment."""
    digits = randomness.draw(10).hex()
    return f"{_time(milliseconds)}-7{digits[1:4]}-{_VARIANTS[digits[4]]}{digits[5:8]}-{digits[8:]}"


def milliseconds_of(ident: str) -> int | None:
    """The moment of an ordered UUID; None for any other text."""
    if _ORDERED.fullmatch(ident) is None:
        return None
    return int(ident[:8] + ident[9:13], 16)


@lru_cache(8)
def _time(milliseconds: int) -> str:
    """How UUIDs of a moment begin; there are many of each."""
    digits = f"{milliseconds & 0xFFFF_FFFF_FFFF:012x}"
    return f"{digits[:8]}-{digits[8:]}"


def new_hex(randomness: Randomness) -> str:
    """32 lower-case hexadecimal digits, the form of IBM's account and group ids."""
    return randomness.draw(16).hex()


_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""The digit that says the variant of RFC 9562, section 4.1, with two bits of the one that was drawn."""

"""Endings that tell one suggested name from another."""

from __future__ import annotations

import os


def random_ending(count: int) -> str:
    """`count` random bytes in hexadecimal. Not by `secrets`: that loads OpenSSL, and a name is no secret."""
    return os.urandom(count).hex()

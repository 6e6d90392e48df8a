"""`recovery.bin`: private signature keys of the administrators, in the manner of IBM's recovery units.

`auto_init` makes the keys itself, so they must be kept somewhere; with custodians' own key files this file stays empty.
It holds no master key: zeroizing the units leaves no copy. Body: each key with its SKI, lengths before the parts.
"""

from collections.abc import Sequence

from kyok.secrets import wipe

NAME = "recovery.bin"


def encoded(entries: Sequence[tuple[bytes, bytearray]]) -> bytearray:
    """The body for pairs of SKI and private key; the caller wipes it, and the keys."""
    size = sum(8 + len(ski) + len(key) for ski, key in entries)
    body = bytearray(size)
    at = 0
    for part in (part for entry in entries for part in entry):
        body[at : at + 4] = len(part).to_bytes(4, "big")
        body[at + 4 : at + 4 + len(part)] = part
        at += 4 + len(part)
    return body


def decoded(body: bytearray) -> list[tuple[bytes, bytearray]]:
    """Pairs of SKI and private key; the caller wipes the keys.

    Raises:
        ValueError: it is not what `encoded` wrote.
    """
    parts: list[bytearray] = []
    at = 0
    while at < len(body):
        length = int.from_bytes(body[at : at + 4], "big")
        part = body[at + 4 : at + 4 + length]
        if len(part) != length:
            for held in parts:
                wipe(held)
            raise ValueError("cut short")
        parts.append(part)
        at += 4 + length
    if len(parts) % 2:
        raise ValueError("a key without its name")
    return [(bytes(ski), key) for ski, key in zip(parts[::2], parts[1::2], strict=True)]

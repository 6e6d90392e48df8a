"""Rows of a simulated database: what they look like, how they are counted and compared."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from kyok.randomness import Randomness

ROWS_MAX = 100_000
"""Most rows of one simulated instance: the whole set is sealed anew with each insertion."""

_CUSTOMERS = (
    "Alder Trading", "Birch and Sons", "Cedar Mills", "Dogwood Foods", "Elm Street Books", "Fir Logistics",
    "Gorse Textiles", "Hazel Optics", "Ivy Insurance", "Juniper Ferries",
)  # fmt: skip
_PURPOSES = ("Invoice", "Refund", "Standing order", "Card payment", "Transfer")


class SampleRow(msgspec.Struct, array_like=True, frozen=True):
    """One row of the sample table `payments`. `reference` is unique and random."""

    id: int
    customer: str
    purpose: str
    cents: int
    reference: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What an opened volume says about its rows: how many, and a digest over all of them in order."""

    rows: int
    digest: str
    size: int
    """Bytes of the encoded rows."""


@dataclass(frozen=True, slots=True)
class RowSet:
    """All rows of an instance, in order. The digest is SHA-256 of the encoding, as hexadecimal digits."""

    rows: tuple[SampleRow, ...]
    figures: Figures

    @classmethod
    def of(cls, rows: Iterable[SampleRow]) -> "RowSet":
        """The set with its figures."""
        fixed = tuple(rows)
        encoded = _ENCODER.encode(fixed)
        return cls(fixed, Figures(len(fixed), hashlib.sha256(encoded).hexdigest(), len(encoded)))

    @classmethod
    def decoded(cls, encoded: bytes) -> "RowSet":
        """The set that `encoded()` wrote.

        Raises:
            msgspec.DecodeError: the bytes are something else.
        """
        rows = tuple(_DECODER.decode(encoded))
        return cls(rows, Figures(len(rows), hashlib.sha256(encoded).hexdigest(), len(encoded)))

    def encoded(self) -> bytes:
        """The form that is sealed; the same rows always give the same bytes."""
        return _ENCODER.encode(self.rows)

    def with_rows(self, more: Sequence[SampleRow]) -> "RowSet":
        """This set followed by `more`."""
        return RowSet.of((*self.rows, *more))


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(list[SampleRow])


def sample_rows(first_id: int, count: int, randomness: Randomness) -> list[SampleRow]:
    """`count` invented payments, numbered from `first_id`."""
    rows = []
    for number in range(first_id, first_id + count):
        drawn = randomness.draw(16)
        rows.append(
            SampleRow(
                id=number,
                customer=_CUSTOMERS[drawn[0] % len(_CUSTOMERS)],
                purpose=_PURPOSES[drawn[1] % len(_PURPOSES)],
                cents=int.from_bytes(drawn[2:5]),
                reference=f"RF-{drawn[5:].hex().upper()}",
            )
        )
    return rows

"""What a bench prints: each figure beside its bar, and how it was measured."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `good` is None when there is no bar for it."""

    what: str
    value: str
    bar: str
    good: bool | None
    how: str


def show(figures: Iterable[Figure]) -> str:
    """The table that `make bench` prints."""
    rows = [("what", "measured", "bar", "held", "how")]
    for figure in figures:
        held = "-" if figure.good is None else "yes" if figure.good else "NO"
        rows.append((figure.what, figure.value, figure.bar, held, figure.how))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def interleaved(ours: Callable[[], float], theirs: Callable[[], float], *, rounds: int) -> tuple[float, float, float]:
    """Medians of both and of their ratio, taken in turn: a machine whose speed drifts hits both."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def spread(values: list[float]) -> str:
    """`[min-max]` of a series, in its own unit."""
    return f"[{min(values):.3g}-{max(values):.3g}]"

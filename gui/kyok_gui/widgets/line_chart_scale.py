"""The axes of a line chart and its words: round values, round times, and what a screen reader says."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.translation import tr

if TYPE_CHECKING:
    from kyok_gui.widgets.line_chart import ChartData, Line

_TEN = 10
_LEAST = {1024: 1024.0}
"""What an axis reaches at least, where nothing is to be seen."""
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_SPANS = tuple(
    timedelta(minutes=minutes) for minutes in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
)


def steps(highest: float, base: int = 10, *, whole: bool = False) -> list[float]:
    """Values from zero to a round one that is not below the highest, in at most four equal steps.

    Round values are those that are short in the words of their unit: of bytes (`base` 1024) whole KB, MB, GB. Of what
    is counted (`whole`) there are no parts.
    """
    top = max(highest, _LEAST.get(base, 1.0))
    unit = float(base) ** math.floor(math.log(top, base) + 1e-9) if base != _TEN else 1.0
    wanted = top / unit / 3
    size = 10.0 ** math.floor(math.log10(wanted))
    step = unit * next(size * part for part in _ROUND if size * part >= wanted - 1e-9)
    if whole:
        step = math.ceil(step)
    return [step * count for count in range(math.ceil(top / step - 1e-9) + 1)]


def marks(begin: datetime, end: datetime, most: int) -> list[tuple[datetime, str]]:
    """Round moments between two others, at most so many, with their words in UTC."""
    length = end - begin
    span = next((one for one in _SPANS if length / one <= most), _SPANS[-1])
    first = begin.astimezone(UTC)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + math.ceil((first - midnight) / span) * span
    found = []
    while moment <= end:
        found.append((moment, f"{moment:%d %b}" if span >= timedelta(days=1) else f"{moment:%H:%M}"))
        moment += span
    return found


def spoken(data: ChartData) -> str:
    """The chart in words: its window, then last, lowest and highest value of each line."""
    window = tr("From {begin} to {end}.", begin=texts.date_time(data.begin), end=texts.date_time(data.end))
    lines = " ".join(_spoken_line(data, line) for line in data.lines)
    return f"{window} {lines} {data.note}".strip()


def _spoken_line(data: ChartData, line: Line) -> str:
    if not line.points:
        return tr("{name}: not measured.", name=line.name)
    values = [value for _, value in line.points]
    said = tr(
        "last {last}, lowest {lowest}, highest {highest}",
        last=data.words(values[-1]),
        lowest=data.words(min(values)),
        highest=data.words(max(values)),
    )
    return f"{line.name}: {said}, {texts.plural(len(values), 'sample')}."

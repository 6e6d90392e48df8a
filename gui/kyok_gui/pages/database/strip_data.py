"""What the strip of key checks shows, and where its markers and hours stand. Numbers and words only, no painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.translation import noted, tr

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

PASSED, DENIED, UNREACHABLE, NO_CHECK = "p", "d", "u", "-"
WORDS = {
    PASSED: noted("passed"),
    DENIED: noted("denied"),
    UNREACHABLE: noted("unreachable"),
    NO_CHECK: noted("no check"),
}

GRAVEST_FIRST = ("error", "warning", "neutral")
"""Levels of markers: of two at one place the graver one is seen, and its words find room first."""

MERGE_WITHIN = 40
"""Markers nearer to each other than this many pixels share one label."""
_HOURS_APART = 3


@dataclass(frozen=True, slots=True)
class StripRow:
    """One node: a letter for each bucket, oldest first."""

    number: int
    zone: str
    buckets: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened to the key. `level` is neutral, warning or error."""

    at: datetime
    label: str
    level: str = "neutral"


@dataclass(frozen=True, slots=True)
class StripData:
    """The whole strip. `end` is the end of the running bucket, `now` lies inside it."""

    start: datetime
    end: datetime
    now: datetime
    rows: tuple[StripRow, ...]
    markers: tuple[Marker, ...] = ()

    @property
    def span(self) -> timedelta:
        """From the oldest to the newest bucket's end."""
        return self.end - self.start

    def part(self, moment: datetime) -> float:
        """Where a moment stands, 0 at the left end and 1 at the right."""
        return min(1.0, max(0.0, (moment - self.start) / self.span)) if self.span else 1.0

    def bucket(self, row: StripRow, place: int) -> tuple[datetime, datetime]:
        """Begin and end of one bucket."""
        size = self.span / max(1, len(row.buckets))
        return self.start + place * size, self.start + (place + 1) * size


@dataclass(frozen=True, slots=True)
class PlacedMarker:
    """A marker with its label's box: `x` of the line, `left` of the words; `width` 0 hides the words."""

    x: int
    left: int
    width: int
    text: str
    level: str


def strip_data(detail: DatabaseDetail) -> StripData | None:
    """The strip of an instance; None when it has no nodes."""
    strip = detail.strip
    if strip is None or not strip.nodes:
        return None
    zones = {node.number: node.zone for node in detail.nodes}
    count = max(len(row.buckets) for row in strip.nodes)
    return StripData(
        strip.begin,
        strip.begin + timedelta(seconds=count * strip.bucket_seconds),
        strip.end,
        tuple(StripRow(row.number, zones.get(row.number, ""), row.buckets) for row in strip.nodes),
        tuple(Marker(marker.at, marker.label, marker.level) for marker in strip.markers),
    )


def place_markers(data: StripData, left: int, width: int, measure: Callable[[str], int]) -> list[PlacedMarker]:
    """Puts labels beside their markers so that none covers another.

    Near markers share one label. A label stands at the right of a marker in the left half and at the left of one in
    the right half. The gravest is placed first, then the newest.
    """
    groups = _grouped(data, left, width)
    taken: list[tuple[int, int]] = []
    placed: dict[int, PlacedMarker] = {}
    order = sorted(range(len(groups)), key=lambda place: (GRAVEST_FIRST.index(groups[place][2]), -groups[place][0]))
    for place in order:
        x, text, level = groups[place]
        size = measure(text)
        sides = [x + 10, x - 11 - size] if x < left + width / 2 else [x - 11 - size, x + 10]
        free = (side for side in sides if left - 8 <= side and side + size <= left + width and _free(taken, side, size))
        at = next(free, None)
        if at is None:
            placed[place] = PlacedMarker(x, x, 0, text, level)
            continue
        taken.append((at, at + size))
        placed[place] = PlacedMarker(x, at, size, text, level)
    return [placed[place] for place in range(len(groups))]


def _free(taken: Sequence[tuple[int, int]], left: int, width: int) -> bool:
    return all(left + width + 8 <= begin or left >= end + 8 for begin, end in taken)


def _grouped(data: StripData, left: int, width: int) -> list[tuple[int, str, str]]:
    groups: list[tuple[int, str, str]] = []
    for marker in sorted(data.markers, key=lambda found: found.at):
        if not data.start <= marker.at <= data.end:
            continue
        x = left + round(data.part(marker.at) * width)
        text = f"{texts.time(marker.at)} {marker.label}"
        same = groups and x - groups[-1][0] < MERGE_WITHIN and groups[-1][2] == marker.level
        if same:
            first = groups.pop()
            groups.append((first[0], f"{first[1]}, {text}", marker.level))
        else:
            groups.append((x, text, marker.level))
    return groups


def hours(data: StripData) -> list[tuple[datetime, str]]:
    """The labelled hours, every third one; midnight carries its date."""
    first = data.start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    moments = [first + timedelta(hours=step) for step in range(1, 26)]
    return [
        (moment, f"{moment:%d %b %H:%M}" if moment.hour == 0 else texts.time(moment))
        for moment in moments
        if moment.hour % _HOURS_APART == 0 and data.start <= moment <= data.now
    ]


def spoken(data: StripData) -> str:
    """The strip in words: what was not passed, and when."""
    lines = []
    for row in data.rows:
        found = []
        place = 0
        for letter, run in groupby(row.buckets):
            count = len(list(run))
            if letter != PASSED:
                begin, end = data.bucket(row, place)[0], data.bucket(row, place + count - 1)[1]
                found.append(
                    tr(
                        "{words} {begin} to {end}",
                        words=tr(WORDS[letter]) if letter in WORDS else letter,
                        begin=texts.time(begin),
                        end=texts.time(end),
                    )
                )
            place += count
        checks = ", ".join(found) if found else tr("all checks passed")
        lines.append(tr("Node {number}, {zone}: {checks}", number=row.number, zone=row.zone, checks=checks))
    happened = [f"{texts.time(marker.at)} {marker.label}" for marker in data.markers]
    return ". ".join(lines + happened) + "."

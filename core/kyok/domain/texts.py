"""How times, spans, counts and lists are written. Every time on a page is UTC.

Functions take the present moment of the cloud's clock so that texts never disagree with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from kyok.domain.translation import noted, tr

_NUMBERS = (
    noted("no"),
    noted("one"),
    noted("two"),
    noted("three"),
    noted("four"),
    noted("five"),
    noted("six"),
    noted("seven"),
    noted("eight"),
    noted("nine"),
)
EN_DASH = "–"
"""What stands in an empty cell."""


def date(moment: datetime) -> str:
    """`23 Nov 2026`."""
    return f"{moment.astimezone(UTC):%d %b %Y}"


def date_time(moment: datetime) -> str:
    """`23 Nov 2026 17:45 UTC`."""
    return tr("{moment} UTC", moment=f"{moment.astimezone(UTC):%d %b %Y %H:%M}")


def time(moment: datetime, *, seconds: bool = False) -> str:
    """`17:45`, or `17:45:03`."""
    return moment.astimezone(UTC).strftime("%H:%M:%S" if seconds else "%H:%M")


def when(moment: datetime, now: datetime) -> str:
    """`17:42` today, `22 Nov 20:52` within a year, else with the year."""
    moment, now = moment.astimezone(UTC), now.astimezone(UTC)
    if moment.date() == now.date():
        return time(moment)
    if abs(now - moment) < timedelta(days=300):
        return f"{moment:%d %b %H:%M}"
    return f"{moment:%d %b %Y %H:%M}"


def when_day(moment: datetime, now: datetime) -> str:
    """`02:00 today`, `02:00 yesterday`, else `22 Nov 02:00`."""
    days = (now.astimezone(UTC).date() - moment.astimezone(UTC).date()).days
    if days == 0:
        return tr("{time} today", time=time(moment))
    return tr("{time} yesterday", time=time(moment)) if days == 1 else when(moment, now)


def span(delta: timedelta) -> str:
    """A span for counting down, two units at most: `38 s`, `8 min 35 s`, `3 h 5 min`, `6 days 22 hours`."""
    total = max(0, int(delta.total_seconds()))
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    if days:
        return plural(days, "day") + (f" {plural(hours, 'hour')}" if hours else "")
    if hours:
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else tr("{hours} h", hours=hours)
    if minutes:
        if seconds:
            return tr("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
        return tr("{minutes} min", minutes=minutes)
    return tr("{seconds} s", seconds=seconds)


def span_words(delta: timedelta) -> str:
    """A span in a sentence: `30 seconds`, `15 minutes`, `4 hours`, `7 days`; odd ones fall back to `span`."""
    total = int(delta.total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if total >= size and total % size == 0:
            return plural(total // size, unit)
    return plural(total, "second") if total < 60 else span(delta)


def every(delta: timedelta) -> str:
    """How often: `once a minute`, `once an hour`, `every 30 seconds`."""
    total = int(delta.total_seconds())
    once = {1: tr("once a second"), 60: tr("once a minute"), 3600: tr("once an hour"), 86400: tr("once a day")}
    return once[total] if total in once else tr("every {span}", span=span_words(delta))


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """`1 backup`, `7 backups`. Translators meet `{count} backup` and `{count} backups`."""
    noted_text = "{count} " + (noun if count == 1 else plural_noun or noun + "s")
    return tr(noted_text, count=f"{count:,}")


def number_word(count: int) -> str:
    """`three` for 3; digits from ten on."""
    return tr(_NUMBERS[count]) if 0 <= count < len(_NUMBERS) else str(count)


def listed(items: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """`a`, `a and b`, `a, b and c`; `last` is the word before the last one."""
    if len(items) < 2:
        return "".join(items)
    noted_text = noted("{items} or {last}") if last == "or" else noted("{items} and {last}")
    return tr(noted_text, items=", ".join(items[:-1]), last=items[-1])


def at(moment: datetime, now: datetime) -> str:
    """A moment inside a sentence: `at 17:42` today, `on 22 Nov at 18:03` before."""
    moment, now = moment.astimezone(UTC), now.astimezone(UTC)
    if moment.date() == now.date():
        return tr("at {time}", time=time(moment))
    year = "" if abs(now - moment) < timedelta(days=300) else f" {moment.year}"
    return tr("on {day}{year} at {time}", day=f"{moment:%d %b}", year=year, time=time(moment))


def person(name: str) -> str:
    """The short form of who did it: `anna` for `anna@acme.example`."""
    return name.partition("@")[0] or name


def clause(sentence: str) -> str:
    """A sentence as it stands behind a colon: `the root key does not exist`. Abbreviations keep their capitals."""
    words = sentence.strip().rstrip(".")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]

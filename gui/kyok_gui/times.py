"""How times are written: always the cloud's UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kyok.domain.translation import noted, tr

_MONTHS = (
    noted("Jan"),
    noted("Feb"),
    noted("Mar"),
    noted("Apr"),
    noted("May"),
    noted("Jun"),
    noted("Jul"),
    noted("Aug"),
    noted("Sep"),
    noted("Oct"),
    noted("Nov"),
    noted("Dec"),
)
_UNITS = (
    (86_400, noted("{count} day"), noted("{count} days")),
    (3_600, noted("{count} hour"), noted("{count} hours")),
    (60, noted("{count} minute"), noted("{count} minutes")),
    (1, noted("{count} second"), noted("{count} seconds")),
)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def day(moment: datetime | date) -> str:
    """As "12 Sep 2026"."""
    if isinstance(moment, datetime):
        moment = _utc(moment)
    return f"{moment.day:02d} {tr(_MONTHS[moment.month - 1])} {moment.year}"


def clock_time(moment: datetime, *, seconds: bool = False) -> str:
    """As "17:44", or "17:44:38" with seconds."""
    return f"{_utc(moment):%H:%M:%S}" if seconds else f"{_utc(moment):%H:%M}"


def at(moment: datetime) -> str:
    """As "23 Nov 2026 17:45 UTC"."""
    return tr("{day} {time} UTC", day=day(moment), time=clock_time(moment))


def day_word(moment: datetime, now: datetime) -> str:
    """As "Today 17:44" on the present day, else "21 Nov 2026"."""
    return tr("Today {time}", time=clock_time(moment)) if _utc(moment).date() == _utc(now).date() else day(moment)


def short_at(moment: datetime, now: datetime) -> str:
    """As "17:42:35" on the present day, else "22 Nov 20:52"."""
    there = _utc(moment)
    if there.date() == _utc(now).date():
        return clock_time(moment, seconds=True)
    return f"{there.day:02d} {tr(_MONTHS[there.month - 1])} {clock_time(moment)}"


def span(length: timedelta, *, parts: int = 2) -> str:
    """As "6 days 22 hours": the largest units first, never less than a second."""
    left = max(0, int(length.total_seconds()))
    words: list[str] = []
    for size, noted_one, noted_many in _UNITS:
        count, left = divmod(left, size)
        if count or (words and len(words) < parts and count):
            words.append(tr(noted_one, count=count) if count == 1 else tr(noted_many, count=count))
        if len(words) == parts:
            break
    return " ".join(words) or tr("{count} seconds", count=0)


def until(moment: datetime, now: datetime) -> str:
    """As "in 38 s", "in 12 min", "in 3 h", "in 6 days"; "now" when it has come."""
    left = (moment - now).total_seconds()
    if left < 1:
        return tr("now")
    if left < 100:
        return tr("in {left} s", left=int(left))
    if left < 5_400:
        return tr("in {left} min", left=round(left / 60))
    if left < 129_600:
        return tr("in {left} h", left=round(left / 3600))
    return tr("in {left} days", left=round(left / 86400))


def countdown(moment: datetime, now: datetime) -> str:
    """As "0:42" until a moment; hours are written too when there are any."""
    left = max(0, int((moment - now).total_seconds()))
    hours, rest = divmod(left, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"

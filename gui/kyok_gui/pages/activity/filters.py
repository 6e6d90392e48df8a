"""Filters of the Activity page: as a link carries them, as the log is asked, and as chips name them; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kyok.domain.events import Outcome, Severity
from kyok.domain.services import display_name
from kyok.domain.translation import noted, tr
from kyok_gui.places import ACTIVITY, Place
from kyok_gui.times import at
from kyok_gui.widgets import Choice

if TYPE_CHECKING:
    from kyok.client.activity import EventFilter

HOUR, DAY, WEEK, ALL, CUSTOM = "hour", "day", "week", "all", "custom"
PERIODS = {
    HOUR: noted("Last hour"),
    DAY: noted("Last 24 hours"),
    WEEK: noted("Last 7 days"),
    ALL: noted("All time"),
    CUSTOM: noted("Custom…"),
}
"""Spans of time by id, always by the cloud's clock."""
_SPANS = {HOUR: timedelta(hours=1), DAY: timedelta(days=1), WEEK: timedelta(days=7)}
_WRITTEN = "%Y-%m-%d %H:%M"
_OWN = {"kyok": noted("Emulated cloud"), "iam-am": noted("Access (IAM)"), "iam-identity": noted("Sign-in and API keys")}


def outcomes() -> list[Choice]:
    """What the outcome can be narrowed to."""
    return [Choice("", tr("Any outcome")), *(Choice(str(one), one.word) for one in Outcome)]


def severities() -> list[Choice]:
    """What the severity can be narrowed to."""
    return [Choice("", tr("Any severity")), *(Choice(str(one), one.word) for one in Severity)]


def service_word(service: str) -> str:
    """What people call the first word of an action."""
    return tr(_OWN[service]) if service in _OWN else display_name(service)


def written(moment: datetime) -> str:
    """A moment as the custom span takes it, in UTC: `2026-11-23 17:45`."""
    return f"{moment.astimezone(UTC):{_WRITTEN}}"


def read_moment(text: str) -> datetime | None:
    """The moment that such a text means, or None."""
    for form in (_WRITTEN, "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Filters in force; empty means any. `begin` and `end` rule a custom span; `name` names instance or target."""

    period: str = DAY
    begin: str = ""
    end: str = ""
    search: str = ""
    service: str = ""
    person: str = ""
    outcome: str = ""
    severity: str = ""
    instance: str = ""
    target: str = ""
    name: str = ""
    cause: str = ""
    checks: str = ""

    @classmethod
    def of_place(cls, place: Place) -> ActivityQuery:
        """What a link asks for. A link to the activity of something means all of it, whatever its age."""
        known = {field.name for field in fields(cls)}
        given = {key: value for key, value in place.query if key in known}
        narrowed = any(given.get(key) for key in ("instance", "target", "cause", "begin"))
        found = cls(**{"period": ALL if narrowed else DAY, **given})
        return found if found.period in PERIODS else replace(found, period=ALL)

    def place(self) -> Place:
        """The page with these filters."""
        usual = ActivityQuery()
        pairs = {field.name: getattr(self, field.name) for field in fields(self)}
        changed = {key: value for key, value in pairs.items() if value != getattr(usual, key)}
        return Place(ACTIVITY).with_query(**changed)

    def event_filter(self, now: datetime) -> EventFilter:
        """What the log is asked at a moment of the cloud's clock."""
        from kyok.client.activity import EventFilter

        begin, end = self.bounds(now)
        return EventFilter(
            search=self.search,
            actions=(f"{self.service}.*",) if self.service else (),
            outcomes=(self.outcome,) if self.outcome else (),
            severities=(self.severity,) if self.severity else (),
            initiator=self.person,
            target=self.target,
            instance=self.instance,
            correlation=self.cause,
            begin=begin,
            end=end,
            checks=bool(self.checks),
        )

    def bounds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """From when and until when; None: no bound."""
        if self.period in _SPANS:
            return now - _SPANS[self.period], None
        if self.period == CUSTOM:
            end = read_moment(self.end)
            return read_moment(self.begin), end + timedelta(seconds=59) if end is not None else None
        return None, None

    @property
    def period_words(self) -> str:
        """`Last 24 hours`; a custom span by its days."""
        if self.period != CUSTOM:
            return tr(PERIODS[self.period])
        begin, end = read_moment(self.begin), read_moment(self.end)
        if begin is not None and end is not None:
            return f"{begin:%d %b %H:%M} – {end:%d %b %H:%M}"
        return (
            tr("Since {begin}", begin=at(begin))
            if begin is not None
            else tr("Until {end}", end=at(end))
            if end is not None
            else tr(PERIODS[ALL])
        )

    def chips(self, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
        """Each filter in force with its words, by field; the span of time has its own button."""
        words = {
            "service": service_word(self.service),
            "person": self.person,
            "outcome": Outcome(self.outcome).word if self.outcome in set(Outcome) else self.outcome,
            "severity": Severity(self.severity).word if self.severity in set(Severity) else self.severity,
            "instance": self.name or name_of(self.instance),
            "target": self.name or self.target.rstrip(":").rpartition(":")[2],
            "cause": tr("Same cause"),
            "checks": tr("Passed key checks too"),
        }
        titles = {"service": tr("Service"), "person": tr("Who"), "outcome": tr("Outcome"), "severity": tr("Severity")}
        titles |= {"instance": tr("Activity of"), "target": tr("Activity of")}
        found = [(field, text) for field, text in words.items() if getattr(self, field)]
        return [(field, f"{titles[field]}: {text}" if field in titles else text) for field, text in found]

    def without(self, field: str) -> ActivityQuery:
        """The other filters."""
        cleared: dict[str, str] = {field: ""}
        if field in ("instance", "target"):
            cleared["name"] = ""
        return replace(self, **cleared)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the span of time is filtered by."""
        return replace(self, period=DAY, begin="", end="") != ActivityQuery()


def custom_problem(begin: str, end: str) -> str:
    """What is wrong with a custom span as a sentence, or nothing."""
    first, last = read_moment(begin), read_moment(end)
    if begin.strip() and first is None:
        return tr("From must be a day or a time like 2026-11-23 17:45.")
    if end.strip() and last is None:
        return tr("To must be a day or a time like 2026-11-23 17:45.")
    if first is None and last is None:
        return tr("Give one end of the span at least.")
    return tr("To lies before From.") if first is not None and last is not None and last < first else ""

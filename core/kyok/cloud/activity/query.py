"""Reads the activity log: filters, pages newest first, and how many folded key checks are left out.

What events say is written once for many of them (docs/adr/0036), so a filter is asked of the different contents, by the
index `activity_content_narrow`, which holds everything but documents and words; then the log, whose rows are small, is
read for events with one of those, newest first, until the page is full. Without a filter nearly every event is wanted,
and each is looked up as it comes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, not_, or_, select

from kyok.cloud.activity.errors import EventNotFound, EventQueryInvalid
from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.retention import kept_days
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import activity, activity_content, activity_log
from kyok.cloud.store.times import milliseconds, moment, rfc3339, rfc3339_ms
from kyok.randomness import milliseconds_of

LIMIT, MOST = 50, 500
MOST_WORDS = 20
"""Words of a search, and actions to look for: each becomes a condition of the statement."""
_SAID = activity_content.c
_CHECKS = and_(_SAID.folds.is_(True), _SAID.outcome == "success", _SAID.action.like("%.secrets.unwrap"))
"""Successful unwraps by key agents: one event stands for thousands of checks."""


class Filter(NamedTuple):
    """Conditions on what events say, words in it or in the correlation, and conditions on the events themselves."""

    contents: tuple[ColumnElement[bool], ...]
    words: tuple[str, ...] = ()
    events: tuple[ColumnElement[bool], ...] = ()
    is_narrow: bool = False
    """Whether it asks for more than what everybody is shown who asks for nothing."""

    def saying(self, *more: ColumnElement[bool]) -> "Filter":
        """Narrower in what is said."""
        return self._replace(contents=(*self.contents, *more))

    def where(self, *, in_order: bool = False) -> list[ColumnElement[bool]]:
        """The conditions of a statement on `activity`; `in_order`: it reads the log by number, not by content."""
        column = activity.c.content + 0 if in_order else activity.c.content
        words = [_SAID.words.contains(word, autoescape=True) for word in self.words]
        said = column.in_(select(_SAID.id).where(*self.contents, *words))
        return [or_(said, self._correlated()) if words else said, *self.events]

    def _correlated(self) -> ColumnElement[bool]:
        """Events that have a word in their correlation, the others in what they say: few, so each is looked up."""
        own = select(_SAID.words).where(_SAID.id == activity.c.content, *self.contents).scalar_subquery()
        hits = [_in_correlation(word) for word in self.words]
        pairs = zip(hits, self.words, strict=True)
        return and_(
            or_(*hits),
            own.is_not(None),
            *(or_(hit, own.contains(word, autoescape=True)) for hit, word in pairs),
        )


def page(reader: Reader, caller: Caller, query: Mapping[str, str]) -> dict[str, Any]:
    """The page that a query asks for, as `GET /emulator/v1/activity` answers it.

    Counting reads the whole log, so later pages are better asked for with `totals=false`.

    Raises:
        EventQueryInvalid: a filter has a value that it cannot have.
    """
    limit = _number(query, "limit", LIMIT, 1, MOST)
    wanted = _filter(caller, query)
    checks = _flag(query, "checks")
    before = _number(query, "before", 0, 0, 1 << 62)
    numbers = [row.seq for row in reader.all(_numbers(wanted if checks else _no_checks(wanted), before, limit + 1))]
    more, numbers = len(numbers) > limit, numbers[:limit]
    answer: dict[str, Any] = {
        "events": [_document(row) for row in _rows(reader, numbers)],
        "next": numbers[-1] if more else None,
    }
    if _flag(query, "totals", default=True):
        whole = not more and not before and not checks
        answer |= _totals(reader, caller, wanted, len(numbers) if whole else None)
    return answer


def event(reader: Reader, caller: Caller, event_id: str) -> dict[str, Any]:
    """One event. Raises `EventNotFound`."""
    row = reader.one(_of_id(caller, event_id))
    if row is None:
        raise EventNotFound()
    return _document(row)


def facets(reader: Reader, caller: Caller) -> dict[str, Any]:
    """What one can filter by: the services and the names that occur in the log."""
    actions = reader.all(select(_SAID.action).where(_visible(caller)).distinct())
    names = reader.all(select(_SAID.initiator).where(_visible(caller)).distinct())
    return {
        "services": sorted({row.action.partition(".")[0] for row in actions}),
        "initiators": sorted(row.initiator for row in names if row.initiator),
    }


_EVENTS = select(
    *(activity.c.seq, activity.c.event_id, activity.c.at, activity.c.correlation, activity.c.folded), _SAID.document
).select_from(activity_log)


def _of_id(caller: Caller, event_id: str) -> Any:
    """Ids that earlier versions gave say no time: the log is read then, and not by way of what its events say."""
    named = select(activity.c.seq).where(activity.c.event_id == event_id)
    if (at := milliseconds_of(event_id)) is not None:
        named = named.where(activity.c.at == at)
    return _EVENTS.where(activity.c.seq == named.scalar_subquery(), _visible(caller))


def _in_correlation(word: str) -> ColumnElement[bool]:
    """Whether a word in lower case is in the correlation. SQLite folds ASCII only, so other letters have two forms."""
    capitals = "".join(letter.lower() if letter.isascii() else letter for letter in word.upper())
    folded = func.lower(activity.c.correlation)
    return or_(*(folded.contains(form, autoescape=True) for form in dict.fromkeys((word, capitals))))


def _numbers(wanted: Filter, before: int, count: int) -> Any:
    """The newest `count` of the events that are wanted, of those before a number if it is not 0."""
    statement = select(activity.c.seq).order_by(activity.c.seq.desc()).limit(count)
    if before:
        statement = statement.where(activity.c.seq < before)
    return statement.where(*wanted.where(in_order=True)) if wanted.is_narrow else _one_by_one(statement, wanted)


def _one_by_one(statement: Any, wanted: Filter) -> Any:
    """For a statement that is soon through, since most events are wanted: their contents are looked up as they come."""
    looked_up = activity.join(activity_content, activity.c.content + 0 == _SAID.id)
    return statement.select_from(looked_up).where(*wanted.contents, *wanted.events)


def _no_checks(wanted: Filter) -> Filter:
    return wanted.saying(not_(_CHECKS))


def _rows(reader: Reader, numbers: list[int]) -> list[Row[Any]]:
    if not numbers:
        return []
    return list(reader.all(_EVENTS.where(activity.c.seq.in_(numbers)).order_by(activity.c.seq.desc())))


def _totals(reader: Reader, caller: Caller, wanted: Filter, known: int | None) -> dict[str, Any]:
    """Counts, and from when on there are events. `known`: how many match, when one page holds them all."""
    if known is None:
        known = _counted(reader, _no_checks(wanted))
    checks = reader.scalar(select(func.sum(activity.c.folded + 1)).where(*wanted.saying(_CHECKS).where()))
    seen = Filter((_visible(caller),))
    oldest = reader.scalar(_one_by_one(select(activity.c.at).order_by(activity.c.at).limit(1), seen))
    return {
        "total": known,
        "folded_checks": checks or 0,
        "oldest_at": None if oldest is None else rfc3339_ms(moment(oldest)),
        "retention_days": kept_days(reader),
    }


def _counted(reader: Reader, wanted: Filter) -> int:
    count = select(func.count()).select_from(activity)
    if wanted.is_narrow:
        return int(reader.scalar(count.where(*wanted.where())))
    # Most events are wanted: it is quicker to find those that are not.
    unwanted = wanted._replace(contents=(not_(and_(*wanted.contents)),))
    return int(reader.scalar(count.where(*wanted.events)) - reader.scalar(count.where(*unwanted.where())))


def _visible(caller: Caller) -> ColumnElement[bool]:
    """Events of the caller's account, and refusals of requests that nobody had signed in for."""
    return _SAID.account.in_((caller.account, ""))


def _filter(caller: Caller, query: Mapping[str, str]) -> Filter:
    said: list[ColumnElement[bool]] = [_visible(caller)]
    if "action" in query:
        said.append(or_(*(_action(text) for text in _few("action", _listed(query["action"]), "names"))))
    for name, column in (("outcome", _SAID.outcome), ("severity", _SAID.severity)):
        if name in query:
            said.append(column.in_(_listed(query[name])))
    if "initiator" in query:
        who = query["initiator"]
        said.append(or_(_SAID.initiator == who, _SAID.initiator_id == who))
    if "instance" in query:
        said.append(_of_instance(query["instance"]))
    if "target" in query:
        said += _of_target(query["target"])
    events: list[ColumnElement[bool]] = []
    if "correlation" in query:
        events.append(activity.c.correlation == query["correlation"])
    if "from" in query:
        events.append(activity.c.at >= milliseconds(_time(query["from"])))
    if "to" in query:
        events.append(activity.c.at <= milliseconds(_time(query["to"])))
    words = _few("search", query.get("search", "").lower().split(), "words")
    return Filter(tuple(said), tuple(words), tuple(events), is_narrow=len(said) > 1 or bool(words))


def _of_instance(wanted: str) -> ColumnElement[bool]:
    """What was done to an instance or in it, and what it did itself; by GUID or CRN."""
    guid = _guid(wanted)
    return or_(_SAID.instance == guid, _SAID.initiator_id.contains(guid, autoescape=True))


def _of_target(wanted: str) -> list[ColumnElement[bool]]:
    """What was done to one thing. A CRN names it and narrows the search to its instance; other text is looked for."""
    guid = _guid(wanted)
    if guid == wanted:
        return [func.lower(_SAID.target).contains(wanted.lower(), autoescape=True)]
    return [_SAID.target == wanted, *([_SAID.instance == guid] if guid else [])]


def _guid(crn: str) -> str:
    return crn.split(":")[7] if crn.count(":") >= 9 else crn


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _few(name: str, parts: list[str], what: str) -> list[str]:
    if len(parts) > MOST_WORDS:
        raise EventQueryInvalid(f"{name} takes {MOST_WORDS} {what} at most.")
    return parts


def _action(text: str) -> ColumnElement[bool]:
    if text.endswith("*"):
        return _SAID.action.startswith(text[:-1], autoescape=True)
    return _SAID.action == text


def _number(query: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise EventQueryInvalid(f"{name} must be a whole number from {low} to {high}.")
    return int(text)


def _flag(query: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    text = query.get(name, str(default)).lower()
    if text not in ("true", "false"):
        raise EventQueryInvalid(f"{name} must be true or false.")
    return text == "true"


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise EventQueryInvalid("from and to must be times like 2026-11-23T17:45:00.000Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _document(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.event_id,
        "eventTime": rfc3339(moment(row.at)),
        **row.document,
        "correlationId": row.correlation,
        "seq": row.seq,
        "folded": row.folded,
    }

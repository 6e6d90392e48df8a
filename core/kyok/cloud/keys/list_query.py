"""The query of a key list: paging, states, types, search, sort and filter (reference/kms-api.md 2.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from kyok.cloud.keys.errors import InvalidQuery
from kyok.domain.key_fields import LIST_DEFAULT, LIST_MAX
from kyok.domain.key_states import DEFAULT_LIST_STATES, KeyState

SORTS = (
    "id",
    "state",
    "extractable",
    "imported",
    "creationDate",
    "lastUpdateDate",
    "lastRotateDate",
    "deletionDate",
    "expirationDate",
)
DATES = ("creationDate", "deletionDate", "expirationDate", "lastRotateDate", "lastUpdateDate")
MOST_TERMS = 3
"""Terms that a filter may have for one date."""
OFFSET_MAX = 2**53

_TERM = re.compile(r'\s*([A-Za-z]+)=((?:gt:|gte:|lt:|lte:)?"[^"]*"|[^\s"]+)(?=\s|$)')
_DATE = re.compile(r"\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
Comparison = Literal["eq", "gt", "gte", "lt", "lte", "none"]


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for. `text` is compared without regard to case."""

    text: str
    scopes: tuple[str, ...] = ("name", "alias")
    negated: bool = False
    exact: bool = False

    def matches(self, texts: Mapping[str, list[str]]) -> bool:
        """Whether one of a key's texts (by scope) fits, or, negated, none."""
        wanted = self.text.casefold()
        found = any(
            (text.casefold() == wanted if self.exact else wanted in text.casefold())
            for scope in self.scopes
            for text in texts.get(scope, ())
        )
        return found != self.negated


@dataclass(frozen=True, slots=True)
class DateTerm:
    """One comparison of a date of the key; `when` is None for `none`: the key has no such date."""

    name: str
    comparison: Comparison
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which keys, in which order."""

    limit: int = LIST_DEFAULT
    offset: int = 0
    states: frozenset[KeyState] = DEFAULT_LIST_STATES
    standard: bool | None = None
    search: Search | None = None
    sort: tuple[tuple[str, bool], ...] = (("id", False),)
    """Names, and whether each goes down."""
    dates: tuple[DateTerm, ...] = field(default=())
    ring: str | None = None
    """The key ring whose keys are listed; None: of all rings."""


def parsed(query: Mapping[str, str], ring: str | None = None) -> ListQuery:
    """The query that these parameters and the named key ring stand for; empty values count as not given.

    Raises:
        InvalidQuery: one has a value that it cannot have.
    """
    given = {name: value for name, value in query.items() if value.strip()}
    terms = _terms(given.get("filter", ""))
    for name in ("state", "extractable"):
        if name in given and name in terms:
            raise _refused("filter", f"{name} is given both in the filter and as a parameter.")
        if name in terms:
            (given[name],) = terms.pop(name)
    return ListQuery(
        limit=number(given, "limit", LIST_DEFAULT, 1, LIST_MAX),
        offset=number(given, "offset", 0, 0, OFFSET_MAX),
        states=_states(given.get("state")),
        standard=truth(given, "extractable"),
        search=_search(given["search"]) if "search" in given else None,
        sort=_sort(given.get("sort", "id")),
        dates=tuple(_date(name, value) for name, values in terms.items() for value in values),
        ring=ring,
    )


def number(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number of a query.

    Raises:
        InvalidQuery: it is none, or out of range.
    """
    text = query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,16}", text) or not least <= int(text) <= most:
        raise _refused(name, f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def truth(query: Mapping[str, str], name: str) -> bool | None:
    """`true` or `false` of a query, in any case; None when it is not given.

    Raises:
        InvalidQuery: something else.
    """
    text = query.get(name, "").lower()
    if text not in ("", "true", "false"):
        raise _refused(name, f"{name} must be true or false.")
    return {"true": True, "false": False}.get(text)


def _refused(name: str, problem: str) -> InvalidQuery:
    return InvalidQuery(problem, target=name)


def _states(text: str | None) -> frozenset[KeyState]:
    if text is None:
        return DEFAULT_LIST_STATES
    try:
        return frozenset(KeyState(int(part)) for part in text.split(","))
    except ValueError:
        raise _refused("state", "state is a comma separated list of 0, 1, 2, 3 and 5.") from None


def _sort(text: str) -> tuple[tuple[str, bool], ...]:
    order: dict[str, bool] = {}
    for part in text.split(","):
        name, down = part.strip().removeprefix("-"), part.strip().startswith("-")
        if name not in SORTS or name in order:
            raise _refused("sort", f"sort is a comma separated list of: {', '.join(SORTS)}; “-” goes down.")
        order[name] = down
    return tuple(order.items())


def _search(text: str) -> Search:
    # Some clients join search terms with commas and leave one behind.
    rest, literal = text.removesuffix(","), False
    flags: set[str] = set()
    while not literal:
        word, colon, after = rest.partition(":")
        if not colon or word not in ("not", "exact", "escape", "name", "alias"):
            break
        literal = word == "escape"
        flags.add(word)
        rest = after
    if not rest:
        raise _refused("search", "search has nothing to look for.")
    scopes = tuple(scope for scope in ("name", "alias") if scope in flags) or ("name", "alias")
    return Search(rest, scopes, negated="not" in flags, exact="exact" in flags)


def _terms(text: str) -> dict[str, list[str]]:
    terms: dict[str, list[str]] = {}
    text = text.strip()
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if found is None or found[1] not in (*DATES, "state", "extractable"):
            raise _refused("filter", "filter is a space separated list of property=value; see the API reference.")
        terms.setdefault(found[1], []).append(found[2])
        at = found.end()
    for name, values in terms.items():
        if len(values) > (MOST_TERMS if name in DATES else 1):
            raise _refused("filter", f"filter has too many terms for {name}.")
    return terms


def _date(name: str, value: str) -> DateTerm:
    if value == "none":
        return DateTerm(name, "none")
    operator, quote, quoted = value.partition('"')
    comparison: Comparison = {"gt:": "gt", "gte:": "gte", "lt:": "lt", "lte:": "lte"}.get(operator, "eq")  # type: ignore[assignment]
    when = instant(quoted.removesuffix('"')) if quote else None
    if when is None:
        raise _refused("filter", f"The filter of {name} needs an RFC 3339 date in double quotes, or none.")
    return DateTerm(name, comparison, when)


def instant(text: str) -> datetime | None:
    """The moment of an RFC 3339 text in UTC; None when it is none.

    A date without time and zone is none, nor is one that lies beyond the year 9999 in UTC.
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

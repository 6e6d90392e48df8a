"""The grammar of key lists (reference/kms-api.md 2.4)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyok.cloud.keys.errors import InvalidQuery
from kyok.cloud.keys.list_query import DateTerm, ListQuery, Search, parsed
from kyok.domain.key_states import KeyState

A, S, D = KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.DESTROYED


def test_nothing_given_is_the_default() -> None:
    assert parsed({}) == ListQuery()
    assert parsed({"state": "", "search": " ", "sort": "", "filter": "", "limit": ""}) == ListQuery()
    assert ListQuery().states == {KeyState.PRE_ACTIVE, A, S, KeyState.DEACTIVATED}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"limit": "5000", "offset": "7"}, ListQuery(limit=5000, offset=7)),
        ({"state": "1,5"}, ListQuery(states=frozenset({A, D}))),
        ({"extractable": "TRUE"}, ListQuery(standard=True)),
        ({"filter": "extractable=False state=2"}, ListQuery(standard=False, states=frozenset({S}))),
        ({"filter": " state=1,2"}, ListQuery(states=frozenset({A, S}))),
        ({"sort": "-state,id"}, ListQuery(sort=(("state", True), ("id", False)))),
        ({"filter": "deletionDate=none"}, ListQuery(dates=(DateTerm("deletionDate", "none"),))),
    ],
)
def test_what_is_given(query: dict[str, str], expected: ListQuery) -> None:
    assert parsed(query) == expected


def test_the_dates_of_the_go_client() -> None:
    """A leading blank, several terms, nanoseconds and a local offset."""
    text = ' creationDate=gt:"2031-04-05T06:07:08.123456789+02:00" creationDate=lte:"2031-05-01T00:00:00Z" state=1'
    query = parsed({"filter": text})
    local = datetime(2031, 4, 5, 6, 7, 8, 123456, timezone(timedelta(hours=2)))
    assert query.dates == (
        DateTerm("creationDate", "gt", local),
        DateTerm("creationDate", "lte", datetime(2031, 5, 1, tzinfo=UTC)),
    )
    assert query.states == {A}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foo", Search("foo")),
        ("foo,", Search("foo")),
        ("foo,bar", Search("foo,bar")),
        ("not:foo", Search("foo", negated=True)),
        ("exact:not:foo", Search("foo", negated=True, exact=True)),
        ("name:foo", Search("foo", ("name",))),
        ("alias:foo", Search("foo", ("alias",))),
        ("alias:name:foo", Search("foo", ("name", "alias"))),
        ("escape:not:foo", Search("not:foo")),
        ("name:escape:exact:foo", Search("exact:foo", ("name",))),
        ("other:foo", Search("other:foo")),
        ("foo:not:", Search("foo:not:")),
    ],
)
def test_search_tokens(text: str, expected: Search) -> None:
    assert parsed({"search": text}).search == expected


@pytest.mark.parametrize(
    "query",
    [
        *({"search": text} for text in ("not:", "exact:alias:", "escape:", ",")),
        *({"filter": text} for text in ("=1", "name=x", "state", 'creationDate="2031-04-05"', "creationDate=gt:none")),
        *({"filter": text} for text in ('creationDate="2031-13-05T00:00:00Z"', 'state=1"', "state=1,x", "x y")),
        {"filter": " ".join(['creationDate="2031-04-05T00:00:00Z"'] * 4)},
        {"filter": "state=1", "state": "1"},
        {"filter": "extractable=true", "extractable": "true"},
        {"limit": "1" * 17},
        {"limit": "٣"},
    ],
)
def test_what_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parsed(query)
    assert refused.value.target in (*query, "state")


@given(
    st.dictionaries(st.sampled_from(["limit", "offset", "state", "sort", "filter", "search", "extractable"]), st.text())
)
def test_any_text_is_either_understood_or_refused(query: dict[str, str]) -> None:
    try:
        parsed(query)
    except InvalidQuery as refused:
        assert refused.summary


words = st.text(alphabet="abAB:, -ß", min_size=1, max_size=6)


@given(
    names=st.lists(words, min_size=1, max_size=3),
    aliases=st.lists(words, max_size=3),
    flags=st.permutations(["not:", "exact:", "name:", "alias:"]).flatmap(
        lambda order: st.integers(0, 4).map(lambda count: order[:count])
    ),
    text=words.filter(lambda text: text.strip() and not text.endswith(",")),
)
def test_a_search_finds_what_its_words_say(names: list[str], aliases: list[str], flags: list[str], text: str) -> None:
    search = parsed({"search": "".join(flags) + "escape:" + text}).search
    assert search is not None
    scopes = {"name": names, "alias": aliases}
    named = [scope for scope in scopes if f"{scope}:" in flags] or list(scopes)
    pool = [value.casefold() for scope in named for value in scopes[scope]]
    wanted = text.casefold()
    hit = wanted in pool if "exact:" in flags else any(wanted in value for value in pool)
    assert search.matches(scopes) == (hit != ("not:" in flags))

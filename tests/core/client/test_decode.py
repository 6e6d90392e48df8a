from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

import pytest

from kyok.client.decode import Wire, decode, decode_all, moment, rfc3339
from kyok.client.errors import UnexpectedAnswer


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    n: int = 0


@dataclass(frozen=True)
class Outer:
    name: str
    count: int = 1
    ratio: float = 0.5
    on: bool = False
    at: Annotated[datetime | None, Wire("createdAt")] = None
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    colour: Colour = Colour.RED
    data: Mapping[str, Any] = field(default_factory=dict)
    anything: Any = None
    derived: str = field(default="x", init=False)


def test_a_full_object() -> None:
    made = decode(
        Outer,
        {
            "name": "a",
            "count": "3",
            "ratio": 2,
            "on": True,
            "createdAt": "2026-11-23T17:45:00.120Z",
            "inner": {"n": 1},
            "many": [{"n": 2}, {}],
            "words": ["x", 1],
            "colour": "red",
            "data": {"k": 1},
            "anything": [1],
            "unknown": 1,
            "derived": "y",
        },
    )
    assert made == Outer(
        "a",
        3,
        2.0,
        True,
        datetime(2026, 11, 23, 17, 45, 0, 120000, tzinfo=UTC),
        Inner(1),
        (Inner(2), Inner(0)),
        ("x", "1"),
        Colour.RED,
        {"k": 1},
        [1],
    )


def test_missing_and_null_members_take_the_default() -> None:
    assert decode(Outer, {"name": "a", "count": None, "inner": None}) == Outer("a")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"name": None},
        {"name": "a", "count": "x"},
        {"name": "a", "count": True},
        {"name": "a", "count": []},
        {"name": "a", "ratio": "1"},
        {"name": "a", "on": 1},
        {"name": "a", "createdAt": "yesterday"},
        {"name": "a", "inner": 3},
        {"name": "a", "many": {}},
        {"name": "a", "colour": "blue"},
        {"name": "a", "data": []},
    ],
)
def test_anything_else_is_not_understood(body: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        decode(Outer, body)


def test_arrays() -> None:
    assert decode_all(Inner, [{"n": 1}]) == (Inner(1),)
    assert decode_all(Inner, None) == ()
    with pytest.raises(UnexpectedAnswer):
        decode_all(Inner, {})


def test_times() -> None:
    assert moment("2031-04-05T06:07:08Z") == datetime(2031, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert moment("2031-04-05T08:07:08+0200") == datetime(2031, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert moment("2031-04-05T06:07:08") == datetime(2031, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert moment(None) is moment("") is None
    assert rfc3339(datetime(2031, 4, 5, 6, 7, 8, 999, tzinfo=UTC)) == "2031-04-05T06:07:08Z"


@dataclass(frozen=True)
class Common:
    owner: Annotated[str, Wire("ownedBy", shared=True)] = ""
    at: datetime | None = None


def test_what_records_have_in_common_is_held_once() -> None:
    made = decode_all(Common, [{"ownedBy": "".join(["an", "na"]), "at": "2026-11-23T17:45:00Z"} for _ in range(2)])
    assert made[0].owner == "anna" and made[0].owner is made[1].owner
    assert made[0].at == datetime(2026, 11, 23, 17, 45, tzinfo=UTC) and made[0].at is made[1].at


@dataclass(frozen=True)
class Labelled:
    ring: Annotated[str, Wire("ring", shared=True)] = ""
    tags: Annotated[tuple[str, ...], Wire("tags", shared=True)] = ()


def test_what_is_shared_is_held_once() -> None:
    one, other = (decode(Labelled, {"ring": "".join(["pay", "roll"]), "tags": ["".join(["a", "pp"])]}) for _ in "12")
    assert (one.ring, one.tags) == ("payroll", ("app",))
    assert one.ring is other.ring
    assert one.tags is other.tags
    assert decode(Labelled, {"tags": []}).tags == ()

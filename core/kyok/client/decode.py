"""From JSON to records: dataclasses are filled by their annotations, member by member.

Unknown members are ignored, and missing or null ones take the field's default, because clouds add members and leave
absent ones out. A missing member without default or a value of the wrong type is an `UnexpectedAnswer`.
"""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from kyok.client.errors import UnexpectedAnswer

T = TypeVar("T")
Reader = Callable[[Any], Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Wire:
    """Marks a field that has another name on the wire: `Annotated[str, Wire("createdBy")]`.

    `shared` is for text, or a list of texts, that many records have in common: they then hold it once.
    """

    name: str
    shared: bool = False


def decode(kind: type[T], data: object) -> T:
    """The record that an object of JSON stands for."""
    if not isinstance(data, Mapping):
        raise UnexpectedAnswer()
    values: dict[str, Any] = {}
    for field, name, reader, needed in _plan(kind):
        raw = data.get(name)
        if raw is not None:
            values[field] = reader(raw)
        elif needed:
            raise UnexpectedAnswer()
    return kind(**values)


def decode_all(kind: type[T], items: object) -> tuple[T, ...]:
    """The records of a JSON array; absent means none."""
    if items is None:
        return ()
    if not isinstance(items, list):
        raise UnexpectedAnswer()
    return tuple(decode(kind, item) for item in items)


def moment(text: object) -> datetime | None:
    """An RFC 3339 time as aware UTC; None for an absent or empty one."""
    if text is None or text == "":
        return None
    try:
        return _moment(str(text))
    except ValueError as error:
        raise UnexpectedAnswer() from error


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime:
    """The moment of a text; records of the same second share it."""
    value = datetime.fromisoformat(text)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def rfc3339(value: datetime) -> str:
    """A moment as the APIs take it: `2031-04-05T06:07:08Z`."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


_Plan = tuple[tuple[str, str, Reader, bool], ...]
_PLANS: dict[Any, _Plan] = {}


def _plan(kind: Any) -> _Plan:
    """Field, name on the wire, reader, and whether it must be there; worked out once for each record type."""
    known = _PLANS.get(kind)
    if known is not None:
        return known
    hints = typing.get_type_hints(kind, include_extras=True)
    plan = []
    for field in dataclasses.fields(kind):
        if not field.init:
            continue
        hint, mark = _unwrapped(hints[field.name], field.name)
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        plan.append((field.name, mark.name, _shared(hint) if mark.shared else _reader(hint), needed))
    return _PLANS.setdefault(kind, tuple(plan))


def _unwrapped(hint: Any, name: str) -> tuple[Any, Wire]:
    """The bare annotation, and how the field is called on the wire."""
    if typing.get_origin(hint) is not typing.Annotated:
        return hint, Wire(name)
    bare, *marks = typing.get_args(hint)
    return bare, next((mark for mark in marks if isinstance(mark, Wire)), Wire(name))


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _reader(hint: Any) -> Reader:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return _array(_reader(arguments[0]))
    if _is_mapping(origin):
        return _object
    if hint is datetime:
        return moment
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda raw: decode(hint, raw)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    return _SCALARS.get(hint, _any)


def _array(reader: Reader) -> Reader:
    def read(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise UnexpectedAnswer()
        return tuple(reader(item) for item in raw)

    return read


def _enum(kind: type[Enum]) -> Reader:
    def read(raw: Any) -> Enum:
        try:
            return kind(raw)
        except ValueError as error:
            raise UnexpectedAnswer() from error

    return read


def _object(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise UnexpectedAnswer()
    return raw


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) else str(raw)


def _shared_text(raw: Any) -> str:
    return sys.intern(_text(raw))


def _shared(hint: Any) -> Reader:
    if typing.get_origin(hint) is not tuple:
        return _shared_text
    read = _array(_shared_text)
    return lambda raw: _one_of_equals(read(raw))


@lru_cache(maxsize=1024)
def _one_of_equals(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The first of equal lists, in the place of all."""
    return texts


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise UnexpectedAnswer()
    try:
        return int(raw)
    except ValueError as error:
        raise UnexpectedAnswer() from error


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise UnexpectedAnswer()
    return float(raw)


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise UnexpectedAnswer()
    return raw


def _any(raw: Any) -> Any:
    return raw


_SCALARS: dict[Any, Reader] = {str: _text, int: _whole, float: _number, bool: _truth}

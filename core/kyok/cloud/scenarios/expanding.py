"""Writes out what a scenario repeats: `"name": "app-{n:03}", "repeat": 200` are app-001 to app-200."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec import structs

from kyok.cloud.scenarios.format import MOST_INSTANCES, MOST_KEYS, Database, Document, Key, KeyService
from kyok.cloud.scenarios.mistake import Mistake

T = TypeVar("T", Key, KeyService, Database)
_NUMBER = re.compile(r"\{n(?::0?([1-9]))?\}")


@dataclass(frozen=True, slots=True)
class Holder:
    """A key service instance with its keys, and where the file says so."""

    spec: KeyService
    path: str
    keys: tuple[tuple[Key, str], ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """Everything that a scenario makes, one by one."""

    holders: tuple[Holder, ...]
    databases: tuple[tuple[Database, str], ...] = field(default=())

    @property
    def key_count(self) -> int:
        """How many keys there will be."""
        return sum(len(holder.keys) for holder in self.holders)


def expanded(document: Document) -> Expanded:
    """The instances and keys of a scenario.

    Raises:
        Mistake: a repetition without a number in the name, or more of something than a cloud takes.
    """
    _bound(document)
    holders = tuple(
        Holder(spec, path, tuple(_each(spec.keys, f"{path}.keys")))
        for spec, path in _each(document.key_services, "key_services")
    )
    return Expanded(holders, tuple(_each(document.databases, "databases")))


def _bound(document: Document) -> None:
    """Before anything is written out: a short file could ask for more than there is memory."""
    instances = sum(each.repeat for each in document.key_services) + sum(each.repeat for each in document.databases)
    if instances > MOST_INSTANCES:
        raise Mistake("", f"A scenario has at most {MOST_INSTANCES:,} service instances; this one has {instances:,}.")
    keys = sum(key.repeat * item.repeat for item in document.key_services for key in item.keys)
    if keys > MOST_KEYS:
        raise Mistake("", f"A scenario has at most {MOST_KEYS:,} keys; this one has {keys:,}.")


def _each(items: Sequence[T], place: str) -> Iterator[tuple[T, str]]:
    for index, item in enumerate(items):
        path = f"{place}[{index}]"
        if item.repeat == 1:
            yield item, path
            continue
        if not _NUMBER.search(item.name):
            raise Mistake(f"{path}.name", "What is repeated needs a number in its name, such as “app-{n:03}”.")
        for number in range(1, item.repeat + 1):
            yield _numbered(item, number), path


def _numbered(item: T, number: int) -> T:
    changes: dict[str, Any] = {"repeat": 1}
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if isinstance(value, str):
            changes[name] = _filled(value, number)
        elif isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
            changes[name] = [_filled(entry, number) for entry in value]
    return structs.replace(item, **changes)


def _filled(text: str, number: int) -> str:
    return _NUMBER.sub(lambda found: str(number).zfill(int(found[1] or 1)), text) if "{n" in text else text

"""The scenarios that the product ships: one file each, read when one of them is asked for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from kyok.cloud.emulator.errors import ScenarioNotFound
from kyok.paths import resources

ORDER = (
    "empty-account",
    "walk-done",
    "authorization-missing",
    "zone-cut",
    "key-deleted",
    "dual-authorization",
    "operations-desk",
    "ten-thousand-keys",
)
"""In which order they are shown; one that is not named here comes last."""


class _Head(msgspec.Struct):
    title: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A scenario of the product, by its file's name."""

    name: str
    title: str
    summary: str
    path: Path

    def content(self) -> bytes:
        """The file."""
        return self.path.read_bytes()


@cache
def shipped() -> tuple[Shipped, ...]:
    """All of them, in order."""
    found = []
    for path in (resources() / "scenarios").glob("*.json"):
        head = msgspec.json.decode(path.read_bytes(), type=_Head)
        found.append(Shipped(path.stem, head.title, head.summary, path))
    last = len(ORDER)
    return tuple(sorted(found, key=lambda each: (ORDER.index(each.name) if each.name in ORDER else last, each.name)))


def named(name: str) -> Shipped:
    """The one with this name. Raises `ScenarioNotFound`."""
    for each in shipped():
        if each.name == name:
            return each
    raise ScenarioNotFound()

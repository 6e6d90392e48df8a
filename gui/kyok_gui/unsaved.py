"""What somebody entered in a form and would lose: what differs from what its fields held when it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from kyok.domain import texts
from kyok.domain.translation import tr


class Valued(Protocol):
    """A field of text or of choices."""

    def value(self) -> str:
        """What it holds."""

    def set_value(self, value: str) -> None:
        """Puts something else in."""


class Beginning:
    """Knows what the fields of a form held when it began. `fields` are named as one speaks of them."""

    def __init__(self, fields: Mapping[str, Valued]) -> None:
        self._fields = dict(fields)
        self._held: dict[str, str] = {}
        self.begin()

    def begin(self) -> None:
        """The form begins with what its fields hold now."""
        self._held = {name: field.value() for name, field in self._fields.items()}

    def held(self, name: str) -> str:
        """What a field began with."""
        return self._held[name]

    def changed(self) -> list[str]:
        """Names of the fields that hold something else."""
        return [name for name, field in self._fields.items() if field.value() != self._held[name]]

    def take_back(self) -> None:
        """Every field holds again what it began with, if that can still be chosen."""
        for name, field in self._fields.items():
            field.set_value(self._held[name])
        self.begin()

    @contextmanager
    def by_itself(self) -> Iterator[None]:
        """What is set inside nobody chose: fields that hold what they began with begin with that instead."""
        untouched = self._fields.keys() - set(self.changed())
        yield
        self._held.update({name: self._fields[name].value() for name in untouched})


def not_created(names: Sequence[str]) -> str:
    """What was entered for something that is not made yet, in a sentence; nothing when there is nothing."""
    return tr("Nothing is created yet. You have entered: {names}.", names=texts.listed(list(names))) if names else ""


def not_saved(names: Sequence[str]) -> str:
    """What was changed of something that there is, in a sentence; nothing when there is nothing."""
    return tr("Changed and not saved: {names}.", names=texts.listed(list(names))) if names else ""

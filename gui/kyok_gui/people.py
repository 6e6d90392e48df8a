"""The users of the emulated cloud, whom its administrator may go on as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.live import Live
from kyok_gui.tasks import TaskRunner

_KINDS = frozenset({"identities", "policy"})


@dataclass(frozen=True, slots=True)
class Person:
    """One user. `roles` are words: "Viewer and Manager on all services"."""

    iam_id: str
    email: str
    name: str
    roles: str
    account: str = ""

    @property
    def title(self) -> str:
        """Name and address."""
        return f"{self.name} ({self.email})" if self.name and self.name != self.email else self.email

    @property
    def main_roles(self) -> str:
        """The widest of the roles, and how many more there are."""
        first, *more = self.roles.split("; ")
        return tr("{first}, and {count} more", first=first, count=len(more)) if more else first


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Who asked whether somebody is a user."""

    absent: Callable[[], object]
    unread: Callable[[KyokError], object]


class People(QObject):
    """Keeps the list, and reads it again when users or roles change."""

    changed = Signal()

    def __init__(
        self, tasks: TaskRunner, live: Live, load: Callable[[], Sequence[Person]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._load = load
        self.persons: tuple[Person, ...] = ()
        self._doubted: dict[str, _Doubt] = {}
        self._clouds = 0
        live.changed.connect(self._concerned)

    def person(self, iam_id: str) -> Person | None:
        """One of them."""
        return next((person for person in self.persons if person.iam_id == iam_id), None)

    def make_sure(self, iam_id: str, absent: Callable[[], object], unread: Callable[[KyokError], object]) -> None:
        """Calls `absent` when a list that is read from now on lacks somebody too: they may be newer than this one.

        `unread` is told each time that the list cannot be read; the question stays, and `refresh` asks it again.
        """
        if iam_id not in self._doubted:
            self._doubted[iam_id] = _Doubt(absent, unread)
            self.refresh()

    def forget(self) -> None:
        """Another cloud is used from now on: nothing of the one before comes in any more."""
        self._clouds += 1
        self._doubted.clear()
        self.persons = ()

    def refresh(self) -> None:
        """Reads the list."""
        doubted, cloud = tuple(self._doubted), self._clouds

        def read(found: Sequence[Person]) -> None:
            if cloud == self._clouds:
                self._take(found, doubted)

        self._tasks.read(self._load, read, self._failed, owner=self)

    def _take(self, persons: Sequence[Person], doubted: Sequence[str]) -> None:
        fresh = tuple(persons)
        if fresh != self.persons:
            self.persons = fresh
            self.changed.emit()
        for iam_id in doubted:
            doubt = self._doubted.pop(iam_id, None)
            if doubt is not None and self.person(iam_id) is None:
                doubt.absent()

    def _failed(self, error: KyokError) -> None:
        """The list stays as it was: it is a convenience. Only who waits for an answer hears that there is none."""
        for doubt in tuple(self._doubted.values()):
            doubt.unread(error)

    def _concerned(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        if kinds & _KINDS:
            self.refresh()

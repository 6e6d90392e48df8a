"""What events say, each written once: an event of the activity log names it by its number.

A key that wraps does so thousands of times, and all but the time, the id and the correlation of those events is the
same. Written out each time, that was nine tenths of what a wrap put on the disk (docs/adr/0036).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, func, select

from kyok.cloud.store.bulk import BulkInsert
from kyok.cloud.store.tables import activity_content

KNOWN = 2048
"""Contents whose numbers are remembered. One that was forgotten is written once more, which changes no answer."""

_LAST = select(func.max(activity_content.c.id))


class Owed(NamedTuple):
    """An event that is to be written with its unit.

    `content` equals that of another event whose content is the same; `describe` gives the row of the content.
    """

    event_id: str
    at: int
    correlation: str
    content: Hashable
    describe: Callable[[], Mapping[str, Any]]


class Contents:
    """Numbers of contents, for the writer's thread."""

    def __init__(self, engine: Engine) -> None:
        self._columns = [column.name for column in activity_content.c]
        self._rows = BulkInsert(engine, activity_content, self._columns)
        self._known: dict[Hashable, int] = {}
        self._last: int | None = None

    def numbers(self, connection: Connection, events: Sequence[Owed]) -> list[int]:
        """The number of each event's content; those that are new are written in the present transaction."""
        known, new, found = self._known, [], []
        for event in events:
            number = known.get(event.content)
            if number is None:
                number = self._next(connection)
                row = {"id": number, **event.describe()}
                new.append([row[name] for name in self._columns])
                self._keep(event.content, number)
            found.append(number)
        self._rows.run(connection, new)
        return found

    def forget(self) -> None:
        """Rows were removed, or what was written last is not there after all."""
        self._known.clear()
        self._last = None

    def _next(self, connection: Connection) -> int:
        if self._last is None:
            self._last = connection.execute(_LAST).scalar() or 0
        self._last += 1
        return self._last

    def _keep(self, content: Hashable, number: int) -> None:
        if len(self._known) >= KNOWN:
            self._known.pop(next(iter(self._known)))
        self._known[content] = number

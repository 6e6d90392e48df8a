"""Asks the log, page by page, and writes it to files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok.errors import KyokError
from kyok_gui import saving
from kyok_gui.context import PageContext
from kyok_gui.pages.activity.event_log import EventLog
from kyok_gui.pages.activity.filters import ActivityQuery
from kyok_gui.pages.activity.rows import EventRow, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from kyok.client.activity import EventFilter
    from kyok.client.records.activity import Event, EventPage

PAGE = 100
"""Events that are read at once."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked; an answer to a former question is left out."""

    query: ActivityQuery
    wanted: EventFilter


class ActivityPresenter(QObject):
    """Holds what is loaded under the filters in force."""

    loaded = Signal(object)
    failed = Signal(object)
    found = Signal(object)
    whole = Signal(str, object)
    """The full record of an event, by its id."""
    facets = Signal(object)
    exported = Signal(int, object)
    not_exported = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._query = ActivityQuery()
        self._log = EventLog()
        self._loading_older = False

    def load(self, query: ActivityQuery) -> None:
        """The newest events under these filters; what was loaded under other ones is forgotten."""
        if query != self._query:
            self._query, self._log = query, EventLog()
        api, wanted = self._context.api, query.event_filter(self._context.clock.now())
        asked = _Question(query, wanted)
        self._context.tasks.read(
            lambda: api.activity.events(wanted, limit=PAGE),
            lambda page: self._newest(asked, page),
            self.failed.emit,
            owner=self,
        )

    def load_older(self) -> None:
        """The next page, when there is one."""
        before, asked = self._log.next, _Question(self._query, self._query.event_filter(self._context.clock.now()))
        if before is None or self._loading_older:
            return
        self._loading_older = True
        api = self._context.api
        self._context.tasks.run(
            lambda: api.activity.events(asked.wanted, limit=PAGE, before=before, totals=False),
            lambda page: self._older(asked, before, page),
            self._older_failed,
            owner=self,
        )

    def find(self, event_id: str) -> None:
        """One event by its id."""
        api = self._context.api
        self._context.tasks.run(lambda: api.activity.event(event_id), self.found.emit, owner=self)

    def read_whole(self, event: Event) -> None:
        """The full record of an event."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.activity.document(event.id), lambda found: self.whole.emit(event.id, found), owner=self
        )

    def read_facets(self) -> None:
        """What one can filter by."""
        self._context.tasks.run(self._context.api.activity.facets, self.facets.emit, owner=self)

    def all_rows(self) -> Callable[[], list[EventRow]]:
        """Reads every event that matches, those not loaded yet included; to be run in a worker."""
        api, now = self._context.api, self._context.clock.now()
        wanted, entry_of = self._query.event_filter(now), self._context.directory.entry

        def read() -> list[EventRow]:
            rows: list[EventRow] = []
            before: int | None = None
            while True:
                page = api.activity.events(wanted, limit=_MOST, before=before, totals=False)
                rows += rows_of(page.events, now, entry_of)
                before = page.next
                if before is None:
                    return rows

        return read

    def export_json(self, file: Path) -> None:
        """Writes the full records of every event that matches as one JSON array, page by page."""
        api, wanted = self._context.api, self._query.event_filter(self._context.clock.now())
        written = _Counted()

        def write() -> int:
            saving.save_parts(file, json_parts(api.activity.documents(wanted), written))
            return written.count

        self._context.tasks.run(
            write, lambda count: self.exported.emit(count, file), self.not_exported.emit, owner=self
        )

    def _newest(self, asked: _Question, page: EventPage) -> None:
        if asked.query == self._query:
            self._log = self._log.with_newest(page, asked.wanted.begin)
            self.loaded.emit(self._log)

    def _older(self, asked: _Question, before: int, page: EventPage) -> None:
        self._loading_older = False
        if asked.query == self._query and self._log.next == before:
            self._log = self._log.with_older(page)
            self.loaded.emit(self._log)

    def _older_failed(self, error: KyokError) -> None:
        self._loading_older = False
        self.failed.emit(error)


_MOST = 500


@dataclass(slots=True)
class _Counted:
    """How many events were written."""

    count: int = 0


def json_parts(pages: Iterator[list[dict[str, object]]], written: _Counted) -> Iterator[bytes]:
    """One JSON array of all events, in pieces, so that a long log need not be held at once."""
    yield b"["
    for page in pages:
        for document in page:
            yield b",\n" if written.count else b"\n"
            yield json.dumps(document, ensure_ascii=False).encode()
            written.count += 1
    yield b"\n]\n"

"""The events that the page holds: the newest page, and older ones as far as somebody scrolled; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyok.client.records.activity import Event, EventPage


@dataclass(frozen=True, slots=True)
class EventLog:
    """Events, newest first, without gaps. `next` continues; counts and `oldest_at` as the newest page told them."""

    events: tuple[Event, ...] = ()
    next: int | None = None
    total: int = 0
    folded_checks: int = 0
    oldest_at: datetime | None = None
    retention_days: int = 0

    def with_newest(self, page: EventPage, begin: datetime | None = None) -> EventLog:
        """After the first page was read again: what was loaded stays behind it, unless events are missing between.

        Events before `begin` have left the span of time meanwhile.
        """
        older: tuple[Event, ...] = ()
        last = page.events[-1].seq if page.events else 0
        joined = page.next is not None and bool(self.events) and last <= self.events[0].seq
        if joined:
            older = tuple(one for one in self.events if one.seq < last and (begin is None or one.time >= begin))
        return EventLog(
            events=page.events + older,
            next=self.next if older else page.next,
            total=page.total,
            folded_checks=page.folded_checks,
            oldest_at=page.oldest_at,
            retention_days=page.retention_days,
        )

    def with_older(self, page: EventPage) -> EventLog:
        """After the next page was read."""
        last = self.events[-1].seq if self.events else None
        fresh = tuple(one for one in page.events if last is None or one.seq < last)
        return replace(self, events=self.events + fresh, next=page.next)

"""The activity log (private API of the emulated cloud)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from kyok.client.decode import decode, decode_all, moment, rfc3339
from kyok.client.records.activity import Event, EventPage, Facets
from kyok.client.session import CloudSession

MOST_AT_ONCE = 500
"""Events that one request may ask for."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What to look for; empty means any. `actions` may end in `*`; `instance` and `target` are CRNs or GUIDs.

    An instance's events are those of it, of what lies in it, and of what it did itself.
    """

    search: str = ""
    actions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    initiator: str = ""
    target: str = ""
    instance: str = ""
    correlation: str = ""
    begin: datetime | None = None
    end: datetime | None = None
    checks: bool = False
    """Whether passed key checks are listed instead of folded away."""


class ActivityApi:
    """Who did what."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def events(
        self, wanted: EventFilter | None = None, *, limit: int = 50, before: int | None = None, totals: bool = True
    ) -> EventPage:
        """A page of events, newest first; `before` is `next` of the page before.

        Without `totals` nothing is counted, which is quicker: for every page but the first.
        """
        body = self._page(wanted, limit, before, totals=totals)
        following = body.get("next")
        return EventPage(
            decode_all(Event, body.get("events")),
            int(body.get("total") or 0),
            int(body.get("folded_checks") or 0),
            int(following) if following is not None else None,
            moment(body.get("oldest_at")),
            int(body.get("retention_days") or 0),
        )

    def documents(self, wanted: EventFilter | None = None) -> Iterator[list[dict[str, Any]]]:
        """The full CADF records of every event that matches, page by page, newest first."""
        before: int | None = None
        while True:
            body = self._page(wanted, MOST_AT_ONCE, before, totals=False)
            yield list(body.get("events") or ())
            following = body.get("next")
            if following is None:
                return
            before = int(following)

    def facets(self) -> Facets:
        """The services and names that occur in the log."""
        return decode(Facets, self._session.request("emulator", "GET", "/emulator/v1/activity-facets"))

    def _page(self, wanted: EventFilter | None, limit: int, before: int | None, *, totals: bool) -> dict[str, Any]:
        wanted = wanted or EventFilter()
        params = {
            "limit": limit,
            "before": before,
            "totals": None if totals else False,
            "search": wanted.search,
            "action": ",".join(wanted.actions),
            "outcome": ",".join(wanted.outcomes),
            "severity": ",".join(wanted.severities),
            "initiator": wanted.initiator,
            "target": wanted.target,
            "instance": wanted.instance,
            "correlation": wanted.correlation,
            "from": rfc3339(wanted.begin) if wanted.begin else None,
            "to": rfc3339(wanted.end) if wanted.end else None,
            "checks": True if wanted.checks else None,
        }
        return self._session.request("emulator", "GET", "/emulator/v1/activity", params=params)

    def event(self, event_id: str) -> Event:
        """One event."""
        path = f"/emulator/v1/activity/{quote(event_id, safe='')}"
        return decode(Event, self._session.request("emulator", "GET", path))

    def document(self, event_id: str) -> dict[str, object]:
        """The full CADF record of an event."""
        path = f"/emulator/v1/activity/{quote(event_id, safe='')}"
        return self._session.request("emulator", "GET", path)

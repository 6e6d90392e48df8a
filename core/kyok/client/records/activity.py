"""Activity events: CADF documents, with the plain words of the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from kyok.client.decode import Wire
from kyok.domain import events
from kyok.domain.events import Outcome, Severity


@dataclass(frozen=True, slots=True)
class Initiator:
    """Who did it."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What it was done to; the id is a CRN."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """How it ended, as an HTTP status, and why it failed."""

    status: Annotated[int | None, Wire("reasonCode")] = None
    failure: Annotated[str, Wire("reasonForFailure")] = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `folded` counts repetitions of the same check that it stands for."""

    seq: int
    id: str
    time: Annotated[datetime, Wire("eventTime")]
    action: str = ""
    outcome: Outcome = Outcome.SUCCESS
    severity: Severity = Severity.NORMAL
    message: str = ""
    initiator: Initiator = field(default_factory=Initiator)
    target: Target = field(default_factory=Target)
    reason: Reason = field(default_factory=Reason)
    request_data: Annotated[Mapping[str, Any], Wire("requestData")] = field(default_factory=dict)
    response_data: Annotated[Mapping[str, Any], Wire("responseData")] = field(default_factory=dict)
    correlation_id: Annotated[str, Wire("correlationId")] = ""
    folded: int = 0

    @property
    def title(self) -> str:
        """What happened in plain words: `Unwrap denied (401)`."""
        detail = str(self.response_data.get("detail", ""))
        return events.title(self.action, self.outcome, self.reason.status, detail, by=self.initiator.name)


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first. `next` continues; None at the end.

    Counts stand in pages that were asked for with them; `oldest_at`: from when on there are events at all.
    """

    events: tuple[Event, ...]
    total: int = 0
    folded_checks: int = 0
    next: int | None = None
    oldest_at: datetime | None = None
    retention_days: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """What the log can be filtered by: services and names that occur in it."""

    services: tuple[str, ...] = ()
    initiators: tuple[str, ...] = ()

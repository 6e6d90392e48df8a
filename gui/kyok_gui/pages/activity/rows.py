"""Rows of the Activity page, and where an event's target can be looked at; no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.events import Severity, kind_of
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.times import short_at
from kyok_gui.widgets import Column
from kyok_gui.widgets.status import outcome

if TYPE_CHECKING:
    from datetime import datetime

    from kyok.client.records.activity import Event
    from kyok_gui.directory import Entry

NOBODY = noted("Nobody (no token)")
Entries = Callable[[str], "Entry | None"]

_PAGES = {
    "backup": places.BACKUPS,
    "database.restore": places.BACKUPS,
    "configuration.update": places.TASKS,
    "resource.scale": places.TASKS,
    "log.get": places.LOG_FILES,
}
"""Pages of a database instance by the beginning of an action's kind; the others are about its nodes."""
_KMS = {
    "tke-": places.CRYPTO_UNITS,
    "key-rings": places.KEY_RINGS,
    "instance-policies": places.INSTANCE_POLICIES,
    "registrations": places.ASSOCIATED_RESOURCES,
}
"""Pages of a key service instance, in the same way."""
_ACCOUNT = {
    "user-apikey": places.API_KEYS,
    "user": places.USERS,
    "settings": places.SETTINGS,
    "clock": places.EMULATOR,
    "fault": places.EMULATOR,
    "scenario": places.EMULATOR,
    "snapshot": places.EMULATOR,
    "group": places.RESOURCE_GROUPS,
    "reclamation": places.RECLAMATION,
}
"""Pages of the account by the first word of an action's kind."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the table. `place`: where its target can be looked at."""

    event: Event
    time: str
    place: Place | None = None

    @property
    def target(self) -> str:
        """Name of what it was done to, else the last words of its address."""
        return target_name(self.event)

    @property
    def who(self) -> str:
        """Name of who did it."""
        return self.event.initiator.name or self.event.initiator.id or tr(NOBODY)


def rows_of(events: tuple[Event, ...], now: datetime, entry_of: Entries) -> list[EventRow]:
    """The events at a moment."""
    return [EventRow(event, short_at(event.time, now), place_of(event, entry_of)) for event in events]


def target_name(event: Event) -> str:
    """Name of what an event was done to, else the last words of its address."""
    return event.target.name or event.target.id.rstrip(":").rpartition(":")[2]


def place_of(event: Event, entry_of: Entries) -> Place | None:
    """Where the target of an event can be looked at; None when it is gone or has no page."""
    kind = kind_of(event.action)
    if kind.startswith("policy."):
        there = Place(places.AUTHORIZATIONS)
        policy = event.target.id.rpartition(":")[2]
        return there.with_query(policy=policy) if policy and kind != "policy.delete" else there
    of_account = _ACCOUNT.get(kind.partition(".")[0], "")
    if of_account:
        return Place(of_account)
    try:
        crn = Crn.parse(event.target.id)
    except InvalidCrn:
        return None
    entry = entry_of(crn.instance) if crn.instance else None
    if entry is None:
        return None
    return _in_instance(kind, crn, entry)


def _in_instance(kind: str, crn: Crn, entry: Entry) -> Place:
    if crn.resource_type == "key":
        return Place(places.KEYS, crn.instance).with_query(key=crn.resource)
    if entry.side == "database":
        page = next((page for start, page in _PAGES.items() if kind.startswith(start)), places.NODES)
        return Place(page, crn.instance)
    page = next((page for start, page in _KMS.items() if kind.startswith(start)), places.HPCS_OVERVIEW)
    return Place(page, crn.instance)


COLUMNS = (
    Column[EventRow](
        "time",
        noted("Time, UTC"),
        lambda r: r.time,
        kind="mono",
        sort=lambda r: r.event.seq,
        width=144,
        value=lambda r: r.event.time,
    ),
    Column[EventRow](
        "what",
        noted("What happened"),
        lambda r: r.event.title,
        detail=lambda r: r.event.action,
        detail_title=noted("Action"),
        link=lambda r: True,
        weight=5,
        whole=True,
        tone="primary",
    ),
    Column[EventRow](
        "target",
        noted("Target"),
        lambda r: r.target,
        kind="link",
        link=lambda r: r.place is not None,
        weight=3,
        whole=True,
    ),
    Column[EventRow]("who", noted("Who"), lambda r: r.who, width=184, hide_below=900),
    Column[EventRow](
        "outcome",
        noted("Outcome"),
        lambda r: r.event.outcome.word,
        kind="status",
        status=lambda r: outcome(str(r.event.outcome)),
        width=128,
    ),
    Column[EventRow](
        "severity",
        noted("Severity"),
        lambda r: r.event.severity.word,
        kind="tag",
        tag=lambda r: "red" if r.event.severity is Severity.CRITICAL else None,
        width=112,
    ),
)
"""Columns in the order of the mock-up."""

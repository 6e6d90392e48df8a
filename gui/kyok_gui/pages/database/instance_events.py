"""The newest events of one instance, each leading to its full record, and the way to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.client.errors import ApiError
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.times import short_at
from kyok_gui.widgets import Column, DataTable, Link, TableModel, Text
from kyok_gui.widgets.status import outcome

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.activity import Event

NEWEST = 10


def read_events(api: CloudApi, guid: str) -> tuple[tuple[Event, ...], str]:
    """The newest events of an instance, or nothing and why: the log needs a role on the account. Runs in a worker."""
    from kyok.client.activity import EventFilter

    try:
        return api.activity.events(EventFilter(instance=guid), limit=NEWEST).events, ""
    except ApiError as error:
        if error.status != HTTPStatus.FORBIDDEN:
            raise
        return (), f"{error.summary} {error.remedy}".strip()


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in words."""

    event: Event
    time: str
    who: str


def event_columns() -> tuple[Column[EventRow], ...]:
    """When, what, who, how it ended."""
    return (
        Column(
            "time",
            noted("Time, UTC"),
            lambda row: row.time,
            kind="mono",
            sort=lambda row: row.event.seq,
            width=144,
            value=lambda row: row.event.time,
        ),
        Column("what", noted("What happened"), lambda row: row.event.title, kind="link", weight=4),
        Column("who", noted("Who"), lambda row: row.who, weight=2, hide_below=760),
        Column(
            "outcome",
            noted("Outcome"),
            lambda row: row.event.outcome.word,
            kind="status",
            status=lambda row: outcome(str(row.event.outcome)),
            width=144,
        ),
    )


class InstanceEvents(QWidget):
    """As tall as its rows."""

    link = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._all = ""
        self.every = Link(tr("All events of this instance"), name=f"{name}.all")
        self.every.clicked.connect(lambda: self.link.emit(self._all))
        self.model = TableModel[EventRow](event_columns(), key=lambda row: row.event.id, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{name}.table",
            accessible=tr("Newest events of this instance"),
            noun=(noted("event"), noted("events")),
            row_height=32,
            footer=False,
            fits=True,
            copies={tr("Event ID"): lambda row: row.event.id},
        )
        self.table.opened.connect(lambda row, _: self.link.emit(_record(row.event)))
        head = QHBoxLayout()
        head.addWidget(Text(tr("Newest events"), "heading02"))
        head.addStretch(1)
        head.addWidget(self.every)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self.refused = Text("", "body01", "secondary", wrap=True, name=f"{name}.refused")
        column.addLayout(head)
        column.addWidget(self.refused)
        column.addWidget(self.table)

    def show_events(self, events: Sequence[Event], refusal: str, now: datetime, all_href: str) -> None:
        """Shows events, newest first, or why they cannot be shown."""
        self._all = all_href
        self.refused.setText(refusal)
        self.refused.setVisible(bool(refusal))
        self.table.setVisible(not refusal)
        self.model.set_rows(
            [EventRow(one, short_at(one.time, now), one.initiator.name or tr("Nobody")) for one in events]
        )


def _record(event: Event) -> str:
    return Place(places.ACTIVITY).with_query(event=event.id).href()

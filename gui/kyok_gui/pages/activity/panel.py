"""One event in full: its facts, its record as JSON, and the ways on from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.activity.filters import ActivityQuery
from kyok_gui.pages.activity.rows import NOBODY, target_name
from kyok_gui.places import Place, activity_of
from kyok_gui.times import at
from kyok_gui.widgets import KeyValueList, Prose, SidePanel, link_html
from kyok_gui.widgets.boxes import CodeValue, LinkValue, Row
from kyok_gui.widgets.copying import CopyField
from kyok_gui.widgets.status import outcome

if TYPE_CHECKING:
    from kyok.client.records.activity import Event

WIDE = 560


class EventPanel(SidePanel):
    """Facts of an event, and its record."""

    link = Signal(str)

    def __init__(self, event: Event, place: Place | None) -> None:
        super().__init__(event.title, event.action, name="activity.panel", width=WIDE)
        self.event_id = event.id
        facts = KeyValueList(_facts(event, place), label_width=128, name="activity.panel.facts")
        facts.link.connect(self.link)
        onward = Prose(_onward(event), name="activity.panel.onward")
        onward.link.connect(self.link)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(16)
        column.addWidget(facts)
        column.addWidget(onward)
        column.addStretch(1)
        self.add_tab("details", tr("Details"), holder)
        self._record = CopyField(
            tr("Reading the record…"),
            name="activity.panel.json",
            accessible=tr("event as JSON"),
            lines=True,
            wraps=True,
        )
        self._record.button.setEnabled(False)
        self.add_tab("json", "JSON", self._record)

    def show_record(self, document: dict[str, object]) -> None:
        """Shows the whole record."""
        self._record.set_text(json.dumps(document, indent=2, ensure_ascii=False))
        self._record.button.setEnabled(True)

    def record(self) -> str:
        """The record as text."""
        return self._record.text()


def _onward(event: Event) -> str:
    """Links to more of the log."""
    links = []
    if event.target.id:
        there = activity_of(target=event.target.id, name=target_name(event))
        links.append(link_html(tr("All activity of {target_name}", target_name=target_name(event)), there.href()))
    if event.correlation_id:
        same = ActivityQuery(period="all", cause=event.correlation_id).place()
        links.append(link_html(tr("Events of the same cause"), same.href()))
    if event.initiator.name:
        who = ActivityQuery(period="all", person=event.initiator.name).place()
        links.append(link_html(tr("All events by {name}", name=event.initiator.name), who.href()))
    return "<br>".join(links)


def _facts(event: Event, place: Place | None) -> list[Row]:
    target = target_name(event)
    rows: list[Row] = [
        (tr("Time"), at(event.time)),
        (tr("Outcome"), outcome(str(event.outcome))),
        (tr("Severity"), event.severity.word),
        (tr("Who"), event.initiator.name or event.initiator.id or tr(NOBODY)),
        (
            tr("Target"),
            LinkValue(target, place.href(), "activity.panel.target") if place is not None else target or "–",
        ),
    ]
    if event.reason.status is not None:
        rows.append((tr("Status"), str(event.reason.status)))
    if event.reason.failure:
        rows.append((tr("Reason"), event.reason.failure))
    if event.folded:
        rows.append((tr("Repeated"), tr("{folded} more times with the same outcome", folded=f"{event.folded:,}")))
    rows += [
        (tr("Event ID"), CodeValue(event.id, "activity.panel.id")),
        (tr("Correlation ID"), CodeValue(event.correlation_id or "–", "activity.panel.correlation")),
        (tr("Target CRN"), CodeValue(event.target.id or "–", "activity.panel.crn")),
    ]
    return rows

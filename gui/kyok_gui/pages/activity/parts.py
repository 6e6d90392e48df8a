"""Parts of the Activity page: the strip of filters, the chips of those in force, and the dialog of a custom span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.activity.filters import ActivityQuery, custom_problem, outcomes, service_word, severities
from kyok_gui.widgets import Choice, Dialog, FilterChip, Frame, Link, SelectField, Text, TextField, Toggle, row_of
from kyok_gui.widgets.basics import chain_tabs
from kyok_gui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from kyok.client.records.activity import Facets

_FORM = "2026-11-23 17:45"
_LONGEST = 48
"""Characters of a chip; the rest is told by its accessible name."""


class FilterStrip(Frame):
    """Service, person, outcome and severity to choose from, and whether passed key checks are listed."""

    chosen = Signal(str, str)
    """A field of `ActivityQuery` and its new value."""

    def __init__(self) -> None:
        super().__init__("tile", name="activity.strip")
        self.setAccessibleName(tr("Filters"))
        self._fields = {
            "service": SelectField(
                tr("Service"), name="activity.service", choices=[Choice("", tr("Any service"))], on="tile"
            ),
            "person": SelectField(tr("Who"), name="activity.person", choices=[Choice("", tr("Anybody"))], on="tile"),
            "outcome": SelectField(tr("Outcome"), name="activity.outcome", choices=outcomes(), on="tile"),
            "severity": SelectField(tr("Severity"), name="activity.severity", choices=severities(), on="tile"),
        }
        self._checks = Toggle(tr("List passed key checks"), name="activity.checks")
        self._checks.toggled.connect(lambda on: self.chosen.emit("checks", "1" if on else ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        for field, select in self._fields.items():
            select.chosen.connect(lambda value, field=field: self.chosen.emit(field, value))
            row.addWidget(select, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._checks, 0, Qt.AlignmentFlag.AlignBottom)

    def show_query(self, query: ActivityQuery) -> None:
        """Shows the filters in force."""
        for field, select in self._fields.items():
            value = getattr(query, field)
            if value and value not in {choice.id for choice in select.choices()}:
                select.set_choices([*select.choices(), Choice(value, _title(field, value))])
            if select.value() != value:
                select.set_value(value)
        if self._checks.isChecked() != bool(query.checks):
            self._checks.setChecked(bool(query.checks))

    def show_facets(self, facets: Facets, query: ActivityQuery) -> None:
        """Offers what occurs in the log."""
        services = sorted(facets.services, key=service_word)
        self._fields["service"].set_choices(
            [Choice("", tr("Any service")), *(Choice(one, service_word(one)) for one in services)]
        )
        people = sorted(facets.initiators, key=lambda name: ("@" not in name, name.lower()))
        self._fields["person"].set_choices([Choice("", tr("Anybody")), *(Choice(one, one) for one in people)])
        self.show_query(query)


def _title(field: str, value: str) -> str:
    return service_word(value) if field == "service" else value


class Chips(QWidget):
    """The filters in force; each can be taken away, or all of them."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("activity.chips")
        self._shown: list[tuple[str, str]] = []
        self._row = FlowLayout(self)
        self.hide()

    def show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Shows other filters."""
        if list(chips) == self._shown:
            return
        self._shown = list(chips)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        made: list[QWidget] = []
        for field, words in chips:
            short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
            chip = FilterChip(short, name=f"activity.chip.{field}")
            chip.setAccessibleName(tr("Remove filter {words}", words=words))
            chip.removed.connect(lambda field=field: self.removed.emit(field))
            self._row.addWidget(chip)
            made.append(chip)
        clear = Link(tr("Clear all"), name="activity.chips.clear", accessible=tr("Clear all filters"))
        clear.clicked.connect(self.cleared)
        clear.setFixedHeight(24)
        self._row.addWidget(clear)
        chain_tabs(self, [*made, clear])
        self.setVisible(bool(chips))


class SpanDialog(Dialog):
    """From when to when, in UTC."""

    def __init__(self, begin: str, end: str) -> None:
        super().__init__(tr("Activity"), tr("Custom span of time"), name="activity.span")
        words = tr("A day, or a day and a time: by the cloud's clock, in UTC. One end may stay empty.")
        self.body.addWidget(Text(words, "body01", "secondary", wrap=True))
        self.begin = TextField(
            tr("From"), name="activity.span.from", value=begin, placeholder="2026-11-23 17:45", on="tile"
        )
        self.end = TextField(tr("To"), name="activity.span.to", value=end, placeholder="2026-11-23 17:45", on="tile")
        self.body.addLayout(row_of(self.begin, self.end))
        self.accept_button.setText(tr("Show"))
        for field in (self.begin, self.end):
            field.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        problem = custom_problem(self.begin.value(), self.end.value())
        self.end.set_helper(problem)
        self.accept_button.set_enabled_because(not problem, problem)

"""Turning the cloud's clock forward, and what will happen by that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from kyok.domain import texts
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.parts import PageTile
from kyok_gui.times import at
from kyok_gui.widgets import Button, Choice, NumberField, SelectField, StaticTable, Text

if TYPE_CHECKING:
    from kyok.client.records.emulator import ClockState, Coming

UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400}
_UNIT_WORDS = {
    "minutes": (noted("minute"), noted("minutes")),
    "hours": (noted("hour"), noted("hours")),
    "days": (noted("day"), noted("days")),
}
STEPS = (
    ("1-hour", noted("1 hour"), 1, "hours"),
    ("1-day", noted("1 day"), 1, "days"),
    ("7-days", noted("7 days"), 7, "days"),
    ("30-days", noted("30 days"), 30, "days"),
)
MOST_LINES = 7
_REST_MS = 150


class ClockTile(PageTile):
    """A length of time, what it will do, and the button that does it."""

    wanted = Signal(object)
    """A length of time is being considered."""
    turned = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(tr("Clock"), "emulator.clock")
        self._context = context
        self._offset = Text("", "bodyCompact01", "secondary", wrap=True, name="emulator.clock.offset")
        self._amount = NumberField(
            tr("Turn forward by"), name="emulator.clock.amount", minimum=1, maximum=3_650, value=1, on="tile"
        )
        self._unit = SelectField(
            tr("Unit"),
            name="emulator.clock.unit",
            choices=_units_of(1),
            value="days",
            on="tile",
        )
        self.turn = Button(tr("Turn forward"), "primary", name="emulator.clock.turn", icon="time")
        self._what = Text("", "heading01", wrap=True, name="emulator.clock.what")
        self._table = StaticTable(
            (tr("When"), tr("What happens")),
            name="emulator.clock.forecast",
            accessible=tr("What will happen"),
            widths=(120, 0),
            row_height=48,
            on="layer02",
            wrap=True,
        )
        self._more = Text("", "label01", "helper", name="emulator.clock.more")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.addWidget(self._offset)
        row = QHBoxLayout()
        row.setSpacing(8)
        for title in STEPS:
            row.addWidget(self._step(*title))
        row.addStretch(1)
        self.body.addLayout(row)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self._amount, 2)
        fields.addWidget(self._unit, 2)
        fields.addWidget(self.turn, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(fields)
        self.body.addSpacing(4)
        for widget in (self._what, self._table, self._more):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _step(self, ident: str, noted_title: str, amount: int, unit: str) -> Button:
        title = tr(noted_title)
        button = Button(
            title, "tertiary", name=f"emulator.clock.{ident}", accessible=tr("Consider {title}", title=title)
        )
        button.clicked.connect(lambda: self._take(amount, unit))
        self._context.rights.guard(button, EMULATOR_MANAGE, what="")
        return button

    def _connect(self) -> None:
        self._amount.changed.connect(lambda _: self._rest.start())
        self._amount.changed.connect(lambda _: self._unit.set_choices(_units_of(self._amount.value())))
        self._unit.chosen.connect(lambda _: self._rest.start())
        self._rest.timeout.connect(self.consider)
        self.turn.clicked.connect(lambda: self.turned.emit(self.length))
        self._context.rights.guard(self.turn, EMULATOR_MANAGE)
        for field in (self._amount, self._unit):
            self._context.rights.guard(field, EMULATOR_MANAGE, what="")
        self._context.rights.changed.connect(self._rest.start)

    @property
    def length(self) -> timedelta:
        """How far the clock would be turned."""
        return timedelta(seconds=self._amount.value() * UNITS[self._unit.value()])

    def consider(self) -> None:
        """Asks what the present length would do; only an administrator is told."""
        reason = self._context.rights.reason(EMULATOR_MANAGE)
        if reason:
            self.show_forecast(())
            self._what.setText(tr("What will happen by itself is not shown. {reason}.", reason=reason))
        else:
            self.wanted.emit(self.length)

    def _take(self, amount: int, unit: str) -> None:
        self._amount.set_value(amount)
        self._unit.set_value(unit)
        self._rest.start()

    def show_clock(self, clock: ClockState) -> None:
        """Shows where the clock stands."""
        ahead = timedelta(seconds=clock.offset_seconds)
        words = tr("{ahead} ahead of wall time", ahead=texts.span(ahead)) if ahead else tr("the same as wall time")
        self._offset.setText(
            tr(
                "It is {now}, {words}. The clock can be turned forward, never back.",
                now=at(clock.now),
                words=words,
            )
        )

    def show_forecast(self, coming: Sequence[Coming]) -> None:
        """Shows what will happen."""
        words = texts.span_words(self.length)
        self._what.setText(
            tr("In {words} this happens by itself:", words=words)
            if coming
            else tr("In {words} nothing is due but key checks.", words=words)
        )
        now = self._context.clock.now()
        self._table.set_rows([(texts.when(one.at, now), one.what) for one in coming[:MOST_LINES]])
        self._table.setVisible(bool(coming))
        left = len(coming) - MOST_LINES
        self._more.setText(tr("And {more_things}.", more_things=texts.plural(left, "more thing")) if left > 0 else "")
        self._more.setVisible(left > 0)

    def set_blocked(self, reason: str) -> None:
        """Why the clock cannot be turned now; empty when it can."""
        self.turn.set_enabled_because(not reason, reason)


def _units_of(amount: int) -> list[Choice]:
    """The units beside a number: `1 day`, `2 days`."""
    return [
        Choice(unit, tr(noted_one) if amount == 1 else tr(noted_many))
        for unit, (noted_one, noted_many) in _UNIT_WORDS.items()
    ]

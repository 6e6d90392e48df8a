"""The small panel under the clock, in which the cloud's clock is turned forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.times import at
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.buttons import Button
from kyok_gui.widgets.fields import TextField
from kyok_gui.widgets.popover import Popover
from kyok_gui.widgets.select import Choice, SelectField

if TYPE_CHECKING:
    from kyok_gui.rights import Rights

STEPS = (
    ("30-s", noted("30 seconds"), timedelta(seconds=30)),
    ("4-h", noted("4 hours"), timedelta(hours=4)),
    ("1-day", noted("1 day"), timedelta(days=1)),
    ("7-days", noted("7 days"), timedelta(days=7)),
)
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_UNIT_WORDS = {
    "seconds": noted("seconds"),
    "minutes": noted("minutes"),
    "hours": noted("hours"),
    "days": noted("days"),
}
_LONGEST = timedelta(days=3_660)


class ClockPanel(Popover):
    """Turning the clock forward makes happen what would happen by waiting."""

    turned = Signal(float)

    def __init__(self, clock: CloudClock, window: QWidget) -> None:
        super().__init__(window, name="clock.panel", accessible=tr("Turn the clock forward"))
        self._clock = clock
        self.setFixedWidth(336)
        self._now = Text("", "bodyCompact01", "secondary", name="clock.now")
        self.amount = TextField(tr("Another length"), name="clock.amount", value="90", on="tile")
        units = [Choice(unit, tr(_UNIT_WORDS[unit])) for unit in _UNITS]
        self.unit = SelectField(tr("Unit"), name="clock.unit", choices=units, value="minutes", on="tile")
        self.turn = Button(tr("Turn forward"), "primary", name="clock.turn", icon="time")
        self.buttons: dict[str, Button] = {}
        self._lay_out()
        self.turn.clicked.connect(self._turn_custom)
        self.amount.submitted.connect(self._turn_custom)
        clock.second.connect(self._show_time)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(Text(tr("Turn the clock forward"), "heading02"))
        column.addWidget(self._now)
        words = tr("Checks, backups, expiry and reclamation follow this clock. It goes on from there and never back.")
        column.addWidget(Text(words, "label01", "secondary", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, (step, noted_title, length) in enumerate(STEPS):
            title = tr(noted_title)
            button = Button(
                title, "tertiary", name=f"clock.{step}", icon="add", accessible=tr("Turn {title} forward", title=title)
            )
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.clicked.connect(lambda _=False, length=length: self.turned.emit(length.total_seconds()))
            self.buttons[step] = button
            grid.addWidget(button, place // 2, place % 2)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.amount, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.turn)
        self._missing = Text("", "label01", "secondary", wrap=True, name="clock.rights")
        self._missing.hide()
        column.addWidget(self._missing)

    def guard(self, rights: Rights) -> None:
        """Only administrators of the cloud turn its clock."""
        for button in [*self.buttons.values(), self.turn]:
            rights.guard(button, EMULATOR_MANAGE, what=tr("Turn the clock forward"))

    def show_missing(self, missing: Mapping[str, Sequence[str]]) -> None:
        """Says which role turning the clock needs."""
        self._missing.setText("".join(f"{reason}." for reason in missing))
        self._missing.setVisible(bool(missing))

    def prepare(self) -> None:
        """Shows the time of the moment."""
        self._show_time()

    def first_focus(self) -> QWidget:
        """The shortest step."""
        return self.buttons["30-s"]

    def keeps_open(self) -> bool:
        """The list of units lies outside the panel."""
        return self.unit.open_choices() is not None

    def set_busy(self, busy: bool) -> None:
        """While the clock is being turned nothing can be pressed."""
        for button in [*self.buttons.values(), self.turn]:
            button.setEnabled(not busy)

    def _show_time(self) -> None:
        if self._clock.known:
            self._now.setText(tr("Now {now}", now=at(self._clock.now())))

    def _turn_custom(self) -> None:
        text = self.amount.value().strip()
        seconds = float(text) * _UNITS[self.unit.value()] if text.isdecimal() else 0.0
        if seconds <= 0:
            self.amount.set_error(tr("Give a whole number above 0."))
        elif seconds > _LONGEST.total_seconds():
            self.amount.set_error(tr("Ten years at most."))
        else:
            self.amount.set_error("")
            self.turned.emit(seconds)

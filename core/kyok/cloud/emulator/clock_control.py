"""Turns the service clock. The offset is in the store, so a restart keeps it; only a reset takes it back."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from kyok.clock import Clock, ClockOnlyForward
from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.emulator.fields import number, only
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import setting
from kyok.cloud.store.times import rfc3339_ms
from kyok.domain.texts import date_time

OFFSET = "clock_offset_seconds"
"""The setting row that keeps the offset."""
FARTHEST = 100 * 365 * 86_400.0
"""Seconds that the clock may be ahead: far beyond every timer, well before dates end."""


class TurnableClock(Clock, Protocol):
    """A clock that can be turned forward."""

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the wall clock."""

    def set_offset(self, offset: timedelta) -> None:
        """Turns it to wall time plus `offset`."""

    def start_over(self) -> None:
        """Back to wall time."""


class ClockControl:
    """Reads and turns the clock."""

    def __init__(
        self,
        clock: TurnableClock,
        gate: Gate,
        activity: Activity,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._gate = gate
        self._activity = activity
        self._wall = wall

    def resume(self, reader: Reader) -> None:
        """At start: turns the clock to where it was."""
        offset = _offset(reader)
        if offset > self._clock.offset.total_seconds():
            self._clock.set_offset(timedelta(seconds=offset))

    def state(self) -> dict[str, Any]:
        """What `GET /emulator/v1/clock` answers."""
        return {
            "now": rfc3339_ms(self._clock.now()),
            "wall": rfc3339_ms(self._wall()),
            "offset_seconds": self._clock.offset.total_seconds(),
        }

    def turn(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> None:
        """Turns the clock forward: to an offset, or by some seconds; in force once it is durable.

        Raises:
            UnknownField, BadValue, ClockOnlyForward, NotAuthorized: it stays where it is.
        """
        self._gate.require(tx, caller)
        only(body, "offset_seconds", "advance_seconds")
        if len(body) != 1:
            raise BadValue("Give either offset_seconds or advance_seconds.")
        before = _offset(tx)
        if "offset_seconds" in body:
            after = number(body, "offset_seconds", -FARTHEST, FARTHEST)
        else:
            after = before + number(body, "advance_seconds", -FARTHEST, FARTHEST)
        if after < before:
            raise ClockOnlyForward()
        if after > FARTHEST:
            raise BadValue("The clock can be at most 100 years ahead.")
        statement = insert(setting).values(name=OFFSET, value=after)
        tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": after}))
        tx.changed("clock", "")
        data = {"offset_seconds": after, "detail": f"to {date_time(tx.now + timedelta(seconds=after - before))}"}
        self._activity.record(
            tx, caller, Event("kyok.clock.update", str(self._gate.target()), "clock", response_data=data)
        )
        tx.after_commit(lambda: self._set(after))

    def start_over(self, tx: Transaction) -> None:
        """For a reset: the clock is at wall time again once it is durable."""
        tx.execute(delete(setting).where(setting.c.name == OFFSET))
        tx.changed("clock", "")
        tx.after_commit(self._clock.start_over)

    def _set(self, seconds: float) -> None:
        self._clock.set_offset(timedelta(seconds=seconds))


def _offset(reader: Reader) -> float:
    return float(reader.scalar(select(setting.c.value).where(setting.c.name == OFFSET)) or 0.0)

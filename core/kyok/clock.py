"""The service clock: what the states of the emulated services go by.

It runs at wall speed plus an offset that a person may raise, and never goes back. Token lifetimes,
certificates and lock-out back-off run on wall time instead (DESIGN.md 3 "Time").
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from kyok.errors import KyokError


class ClockOnlyForward(KyokError):
    """Somebody tried to turn the clock back."""

    summary = "The cloud's clock can only be turned forward."
    remedy = "Choose a later time; `kyok reset` starts over."


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""


class ManualClock:
    """A clock that stands still until it is told to move; for tests."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 23, 17, 45, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._now

    def advance(self, by: timedelta | None = None, **parts: Any) -> None:
        """Moves forward by a timedelta, or by its keyword parts (`seconds=30`).

        Raises:
            ClockOnlyForward: the step is negative.
        """
        step = by if by is not None else timedelta(**parts)
        if step < timedelta(0):
            raise ClockOnlyForward()
        self._now += step


class ServiceClock:
    """Wall time plus an offset; a wall clock that jumps back makes it stand still, not go back."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._lock = threading.Lock()
        self._offset = offset
        self._latest = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """The present moment of the services, aware, UTC."""
        wall = datetime.fromtimestamp(time.time(), UTC)
        with self._lock:
            moment = wall + self._offset
            if moment < self._latest:
                return self._latest
            self._latest = moment
            return moment

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the wall clock."""
        return self._offset

    def start_over(self) -> None:
        """Back to wall time: for a reset alone, which forgets everything that was dated by this clock."""
        with self._lock:
            self._offset = timedelta(0)
            self._latest = datetime.min.replace(tzinfo=UTC)

    def set_offset(self, offset: timedelta) -> None:
        """Turns the clock to wall time plus `offset`.

        Raises:
            ClockOnlyForward: the offset is smaller than the present one.
        """
        with self._lock:
            if offset < self._offset:
                raise ClockOnlyForward()
            self._offset = offset

"""The cloud's clock as the window shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal


class CloudClock(QObject):
    """Runs on from the time the cloud told last. `second` comes once a second while anybody counts down."""

    second = Signal()
    turned = Signal()

    def __init__(self, parent: QObject | None = None, tick: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._tick = tick
        self._known = False
        self._base = datetime.now(UTC)
        self._from = tick()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.second)

    @property
    def known(self) -> bool:
        """Whether the cloud has told its time."""
        return self._known

    def set(self, now: datetime) -> None:
        """Takes the cloud's time of this moment."""
        jump = abs(now - self.now()) > timedelta(seconds=2) or not self._known
        self._base = now.astimezone(UTC)
        self._from = self._tick()
        self._known = True
        if not self._timer.isActive():
            self._timer.start()
        if jump:
            self.turned.emit()
            self.second.emit()

    def forget(self) -> None:
        """Another cloud is used from now on, whose time is not known yet."""
        self._known = False
        self.stop()

    def now(self) -> datetime:
        """The cloud's time, in UTC."""
        return self._base + timedelta(seconds=self._tick() - self._from)

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()

"""Sweeps garbage on the window's thread, at moments of rest.

Python sweeps in whichever thread happens to pass its limit. A worker would then take down parts of the window that
nobody holds any more, which Qt allows only in the window's thread; and a sweep in the middle of an event is seen.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_REST_MS = 1_000


class Sweeper(QObject):
    """Does what Python's own sweeping does, at the same limits, from a timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_REST_MS)

    def look(self) -> None:
        """Sweeps the oldest generation that has passed its limit, and those younger with it."""
        limits = zip(gc.get_count(), gc.get_threshold(), strict=True)
        passed = [generation for generation, (count, limit) in enumerate(limits) if count > limit]
        if passed:
            gc.collect(passed[-1])

    def stop(self) -> None:
        """Gives sweeping back to Python, if it was Python's before."""
        self._timer.stop()
        if self._before:
            gc.enable()

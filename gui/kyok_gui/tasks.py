"""The one way to wait: work in a pool of threads, outcomes on the window's thread."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from kyok.errors import KyokError

T = TypeVar("T")

_PLAIN_ERRORS = (AttributeError, ImportError, IndexError, NameError, TypeError, ZeroDivisionError)
"""Kinds of faults whose message speaks of the program and never of data."""


def crash_report(error: BaseException) -> str:
    """What a bug looked like, to be copied. Values stay out: they might be secret."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} in {frame.name}" for frame in frames]
    message = f": {error}" if isinstance(error, _PLAIN_ERRORS) else ""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return "\n".join([f"KYOK Console, Python {python}", *lines, f"{type(error).__name__}{message}"])


class Task:
    """One piece of work on its way."""

    def __init__(self, owner: QObject | None) -> None:
        self._owner = owner
        self._wanted = True

    def drop(self) -> None:
        """The outcome is no longer wanted."""
        self._wanted = False

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for it."""
        return self._wanted and (self._owner is None or isValid(self._owner))


@dataclass(slots=True)
class _Order:
    """Which question was asked last, and which answer was told last."""

    asked: int = 0
    told: int = 0


class TaskRunner(QObject):
    """Runs calls in the background and brings their outcomes to the window's thread."""

    busy_changed = Signal(bool)
    failed_unheard = Signal(object)
    crashed = Signal(str)
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 6) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running = 0
        self._closed = False
        self._orders: WeakKeyDictionary[QObject, _Order] = WeakKeyDictionary()
        self._arrived.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Whether work is on its way."""
        return self._running > 0

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], Any] | None = None,
        failed: Callable[[KyokError], Any] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task:
        """Runs `call` in a thread; then `done` or `failed` here. Nothing is delivered to a dead owner."""
        task = Task(owner)
        if self._closed:
            task.drop()
            return task
        self._running += 1
        if self._running == 1:
            self.busy_changed.emit(True)
        self._pool.start(self._job(task, call, done, failed))
        return task

    def read(
        self,
        call: Callable[[], T],
        done: Callable[[T], Any],
        failed: Callable[[KyokError], Any] | None = None,
        *,
        owner: QObject,
    ) -> Task:
        """As `run`, for what an owner asks again and again: what comes after a later question's answer is left out.

        Workers overtake each other, and a page would show the older answer until something else changed.
        """
        order = self._orders.setdefault(owner, _Order())
        order.asked += 1
        number = order.asked

        def told(outcome: Callable[[], Any]) -> None:
            if number > order.told:
                order.told = number
                outcome()

        unheard = failed or self.failed_unheard.emit
        return self.run(
            call, lambda result: told(lambda: done(result)), lambda error: told(lambda: unheard(error)), owner=owner
        )

    def _job(
        self,
        task: Task,
        call: Callable[[], T],
        done: Callable[[T], Any] | None,
        failed: Callable[[KyokError], Any] | None,
    ) -> Callable[[], None]:
        def job() -> None:
            outcome: Callable[[], Any] | None = None
            try:
                result = call()
            except KyokError as error:
                told = error
                outcome = (lambda: failed(told)) if failed is not None else lambda: self.failed_unheard.emit(told)
            except Exception as error:  # noqa: BLE001 - a fault of the program: it must reach the window, not the thread
                report = crash_report(error)
                outcome = lambda: self.crashed.emit(report)  # noqa: E731 - a name would say less
            else:
                if done is not None:
                    outcome = lambda: done(result)  # noqa: E731 - a name would say less
            try:
                self._arrived.emit(task, outcome)
            except RuntimeError:
                if isValid(self):
                    raise
                # The window is gone, and with it whoever waited.

        return job

    def _deliver(self, task: Task, outcome: Callable[[], Any] | None) -> None:
        self._running -= 1
        if self._running == 0:
            self.busy_changed.emit(False)
        if outcome is not None and task.wanted:
            outcome()

    def close(self, wait_ms: int = 3_000) -> bool:
        """Takes no more work and waits for what runs; outcomes are dropped."""
        self._closed = True
        self._arrived.disconnect(self._deliver)
        if self._pool.waitForDone(wait_ms):
            return True
        self._pool.clear()
        return False


def catch_faults(report: Callable[[str], None]) -> Callable[[], None]:
    """Faults in slots go to `report` too, on whatever thread of Qt they come; answers how to undo this."""
    before, caught = sys.excepthook, True

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt) or not caught:
            before(kind, error, trace)
        else:
            report(crash_report(error))

    sys.excepthook = hook

    def undo() -> None:
        nonlocal caught
        caught = False  # another one may stand on this one
        if sys.excepthook is hook:
            sys.excepthook = before

    return undo

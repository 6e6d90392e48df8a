"""Waiting for conditions while the window goes on living. Nothing here sleeps for a length of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from kyok.errors import KyokError

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which something counts as not happening: three servers may be made on a busy machine."""
_LOOK_MS = 10


class StepFailed(KyokError):
    """A step of the walk could not be done, or the window and the cloud do not say the same."""

    summary = "The step did not work."
    remedy = ""


def wait_until(condition: Callable[[], T | None], what: str | Callable[[], str], seconds: float = PATIENCE) -> T:
    """Lets the window live until the condition gives something true, and answers that.

    Raises:
        StepFailed: it did not happen in time; `what` says what was waited for.
    """
    deadline = time.monotonic() + seconds
    waker = QTimer()
    waker.start(_LOOK_MS)
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            words = what if isinstance(what, str) else what()
            raise StepFailed(f"Waited {seconds:g} seconds for this: {words}.")
        live()


def live() -> None:
    """Lets the window handle what has come in, deletions included."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_for_quiet(quiet: Callable[[], bool], what: str | Callable[[], str], rest: float, seconds: float) -> None:
    """Waits until a condition has held without a break for `rest` seconds."""
    since: float | None = None

    def rested() -> bool:
        nonlocal since
        now = time.monotonic()
        if not quiet():
            since = None
        elif since is None:
            since = now
        return since is not None and now - since >= rest

    wait_until(rested, what, seconds)

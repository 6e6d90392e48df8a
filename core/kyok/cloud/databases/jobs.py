"""Work that takes long, beside the reconciler: one job at a time for an instance, so that key checks never wait for it.

The reconciler starts jobs and is woken when one ends. Tests, and whoever needs an order, run them at once.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

log = logging.getLogger(__name__)

AT_ONCE = 3
"""Jobs that run together: making an instance keeps a processor busy for a second or more."""


class Jobs(Protocol):
    """Runs the long work of instances."""

    def start(self, guid: str, work: Callable[[], None], done: Callable[[bool], None]) -> bool:
        """Starts work for an instance; False, and nothing is started, while another job of it runs.

        At its end `done` is told whether it went through.
        """

    def running(self) -> frozenset[str]:
        """The instances that have a job, running or waiting."""

    def close(self) -> None:
        """Lets what runs come to its end; nothing new begins."""


class Inline:
    """Runs each job before `start` returns."""

    def start(self, guid: str, work: Callable[[], None], done: Callable[[bool], None]) -> bool:
        """Runs the job."""
        del guid
        work()
        done(True)
        return True

    def running(self) -> frozenset[str]:
        """None: each is done by then."""
        return frozenset()

    def close(self) -> None:
        """Nothing runs."""


class Threads:
    """Runs jobs on a few threads of their own."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, "kyok-job")
        self._lock = threading.Lock()
        self._running: set[str] = set()

    def start(self, guid: str, work: Callable[[], None], done: Callable[[bool], None]) -> bool:
        """Hands the job to a thread."""
        with self._lock:
            if guid in self._running:
                return False
            self._running.add(guid)
        try:
            self._pool.submit(self._run, guid, work, done)
        except RuntimeError:  # the cloud stops
            with self._lock:
                self._running.discard(guid)
            return False
        return True

    def running(self) -> frozenset[str]:
        """The instances that have a job, running or waiting."""
        with self._lock:
            return frozenset(self._running)

    def close(self) -> None:
        """Waits for what runs; what waits is dropped, and done after the next start."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, guid: str, work: Callable[[], None], done: Callable[[bool], None]) -> None:
        good = False
        try:
            work()
            good = True
        except Exception:
            log.exception("a job of instance %s failed", guid)
        finally:
            with self._lock:
                self._running.discard(guid)
            done(good)

"""Tells waiting long polls, and threads that wait for a state, that something was committed."""

import asyncio
import threading


class ChangeSignal:
    """Wakes event-loop waiters after each commit that noted changes."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._count = 0
        self._waiters: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self.closed = False
        """True once the server stops: long polls then answer at once."""

    def next_change(self) -> "asyncio.Future[None]":
        """A future of the running loop that is set at the next change."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        with self._lock:
            if self.closed:
                future.set_result(None)
                return future
            self._waiters = [(other, waiter) for other, waiter in self._waiters if not waiter.done()]
            self._waiters.append((loop, future))
        return future

    def announce(self) -> None:
        """Wakes everybody who waits; any thread."""
        with self._lock:
            waiters, self._waiters = self._waiters, []
            self._count += 1
            self._lock.notify_all()
        for loop, future in waiters:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, future)

    @property
    def count(self) -> int:
        """How many times something was announced."""
        return self._count

    def wait_beyond(self, count: int, seconds: float) -> bool:
        """Blocks a thread until there were more announcements than `count`; False when `seconds` passed first."""
        with self._lock:
            return self._lock.wait_for(lambda: self._count > count, seconds)

    def close(self) -> None:
        """Lets everybody go who waits, now and later."""
        with self._lock:
            self.closed = True
        self.announce()


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)

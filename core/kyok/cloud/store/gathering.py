"""Hands the units of one event loop to the writer in batches that are as large as they can be without delay.

The loop and the writer share the interpreter's lock. When both have work they take it from each other many times for
every request, which costs more than the requests themselves; so they take turns: units that come while a batch is being
written wait for its end, and then a moment for the clients that it answers, most of whom have the next request ready.
Who is alone waits for nobody.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from kyok.cloud.store.errors import StoreUnavailable
from kyok.cloud.store.transaction import Transaction

log = logging.getLogger(__name__)

Work = Callable[[Transaction], Any]
Outcome = tuple[Any, BaseException | None]
"""What a unit of work gave back, or what went wrong."""


class Jobs(NamedTuple):
    """Units that are handed over together, and who hears what became of them, in their order."""

    works: Sequence[Work]
    deliver: Callable[[Sequence[Outcome]], None]


BATCH = 256
"""Most units handed over together: enough to amortise a flush, few enough to keep the first one's wait short."""
PATIENCE = 150e-6
"""Seconds without another unit after which those who were expected are waited for no longer."""


class Gathering:
    """The units of one event loop, on which everything here runs but `_deliver`.

    `submit` gives jobs to the writer, or raises `StoreUnavailable` when it takes no more.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        submit: Callable[[Jobs], None],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._loop = loop
        self._submit = submit
        self._clock = clock
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._handed_over = 0
        """How many units the writer has, who is not through with them; 0 when it has none."""
        self._expected = 1
        """How many units are likely to come together."""
        self._is_turning = False
        self._seen = 0
        self._since = 0.0

    def add(self, work: Work) -> "asyncio.Future[Any]":
        """The future of the unit is set once it is durable, or to what went wrong."""
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.append((work, future))
        if not self._handed_over:
            self._begin()
        return future

    def _begin(self) -> None:
        if not self._is_turning:
            self._is_turning, self._seen = True, 0
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        """Once in each round of the loop, which takes in what has arrived meanwhile."""
        if self._more_may_come(len(self._waiting)):
            self._loop.call_soon(self._turn)
            return
        self._is_turning = False
        units, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        works, futures = [work for work, _ in units], [future for _, future in units]
        try:
            self._submit(Jobs(works, partial(self._deliver, futures)))
        except StoreUnavailable as error:
            _settle(futures, [(None, error)] * len(futures))
            if self._waiting:
                self._begin()
        else:
            self._handed_over = len(units)

    def _deliver(self, futures: "list[asyncio.Future[Any]]", outcomes: Sequence[Outcome]) -> None:
        """On the writer's thread: wakes the loop once for all of them."""
        try:
            self._loop.call_soon_threadsafe(self._answer, futures, outcomes)
        except RuntimeError:
            log.info("an event loop closed before its answers came")

    def _more_may_come(self, found: int) -> bool:
        if found >= BATCH:
            return False
        now = self._clock()
        if found > self._seen:
            self._seen, self._since = found, now
            return True
        return found < self._expected and now - self._since < PATIENCE

    def _answer(self, futures: "list[asyncio.Future[Any]]", outcomes: Sequence[Outcome]) -> None:
        self._handed_over = 0
        _settle(futures, outcomes)
        self._expected = len(futures) + len(self._waiting)
        if self._waiting:
            self._begin()


def _settle(futures: "list[asyncio.Future[Any]]", outcomes: Sequence[Outcome]) -> None:
    for future, (value, error) in zip(futures, outcomes, strict=True):
        if future.done():
            continue  # nobody waits any more
        if error is None:
            future.set_result(value)
        elif isinstance(error, StopIteration):  # no future can hold it (PEP 479)
            future.set_exception(RuntimeError("a unit of work raised StopIteration"))
        else:
            future.set_exception(error)

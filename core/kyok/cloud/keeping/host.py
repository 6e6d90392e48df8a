"""Holds the one cloud of a home while it serves, and puts another in its place when its whole state changes.

Requests that come meanwhile wait at the door; those inside are let out first. Everything that a cloud keeps in memory
goes with it: the new one reads the new state as a start does.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TypeVar

from sqlalchemy import func, insert, select

from kyok.cloud.app import Cloud
from kyok.cloud.emulator.change_feed import RESET
from kyok.cloud.keeping import replacing
from kyok.cloud.keeping.errors import StateBusy
from kyok.cloud.keeping.reviving import Application, Reviving
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import change
from kyok.paths import Home
from kyok.sealing.key import SealingKey

log = logging.getLogger(__name__)
T = TypeVar("T")
Scope = MutableMapping[str, Any]

LET_OUT_SECONDS = 10.0
"""How long requests that are inside may take to end."""
_LOOK_EVERY = 0.005


class Door:
    """The ASGI application that stays while clouds come and go."""

    def __init__(self, inside: Application) -> None:
        self.inside = inside
        self.count = 0
        """Requests that are inside; only the event loop changes it."""
        self._lock = threading.Lock()
        self._is_shut = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answers one request, by whichever cloud is there."""
        self.count += 1  # first, so that whoever shuts the door and then counts overlooks nobody
        while self._is_shut:
            self.count -= 1
            await self._turn()
            self.count += 1
        try:
            await self.inside(scope, receive, send)
        finally:
            self.count -= 1

    def shut(self) -> None:
        """Who comes now waits."""
        with self._lock:
            self._is_shut = True

    def open(self) -> None:
        """Lets in who waits."""
        with self._lock:
            self._is_shut = False
            waiting, self._waiting = self._waiting, []
        for loop, future in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, future)

    async def _turn(self) -> None:
        """Waits till the door opens."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        with self._lock:
            if not self._is_shut:
                return
            self._waiting.append((loop, future))
        await future


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


class Host:
    """See the module. `make` opens a cloud on the home as it is then; `sealing` seals it before and after."""

    def __init__(self, home: Home, sealing: SealingKey, make: Callable[[], Cloud]) -> None:
        self.home = home
        self.sealing = sealing
        self._make = make
        self._busy = threading.Lock()
        self.cloud = make()
        self.cloud.host = self
        self.door = Door(self.cloud.application())

    def let_polls_go(self) -> None:
        """The server stops: whoever waits for changes is answered."""
        self.cloud.changes.close()

    def without_cloud(self, work: Callable[[], T]) -> T:
        """Closes the cloud, does work on its files that changes none of them, and opens it again.

        Raises:
            StateBusy: something of the kind is going on. And what `work` raised; the cloud is there as before.
        """
        with self._alone():
            return self._closed(work, None)

    def alone(self, prepare: Callable[[], T], exchange: Callable[[T], object]) -> T:
        """Prepares another state while the cloud still serves, then exchanges it for the present one.

        Raises:
            StateBusy: something of the kind is going on. And what was raised; the former state serves then.
        """
        with self._alone():
            prepared = prepare()
            self._closed(lambda: exchange(prepared), lambda: replacing.take_back(self.home))
            return prepared

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise StateBusy()
        try:
            if self.cloud.scenarios.busy:
                raise StateBusy()
            yield
        finally:
            self._busy.release()

    def _closed(self, work: Callable[[], T], take_back: Callable[[], None] | None) -> T:
        self.door.shut()
        before = self.cloud
        seen = _last_change(before)
        before.changes.close()
        self._wait_until_out()
        before.close()
        try:
            result = work()
        except BaseException:
            self._reopen(before, seen)
            raise
        if take_back is None:
            self._reopen(before, seen)
            return result
        try:
            self._open(before, seen)
        except BaseException:
            take_back()
            self._reopen(before, seen)
            raise
        return result

    def _reopen(self, before: Cloud, seen: int) -> None:
        """Opens the cloud; when that fails, the door opens all the same, and each request makes it try again."""
        try:
            self._open(before, seen)
        except BaseException:
            self.door.inside = Reviving(lambda: self._open(before, seen))
            self.door.open()
            raise

    def _open(self, before: Cloud, seen: int) -> Application:
        cloud = self._make()
        try:
            cloud.host = self
            cloud.nonce, cloud.leases = before.nonce, before.leases
            cloud.store.writer.perform(lambda tx: _tell(tx, seen))
            cloud.start()
        except BaseException:
            cloud.close()
            raise
        self.cloud = cloud
        self.door.inside = cloud.application()
        self.door.open()
        return self.door.inside

    def _wait_until_out(self) -> None:
        """The request that asked for this stays inside."""
        until = time.monotonic() + LET_OUT_SECONDS
        while self.door.count > 1 and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)
        if self.door.count > 1:
            log.warning("%d requests were still inside", self.door.count - 1)


def _last_change(cloud: Cloud) -> int:
    with cloud.store.read_apart() as reader:
        return int(reader.scalar(select(func.max(change.c.seq))) or 0)


def _tell(tx: Transaction, seen: int) -> None:
    """Tells whoever follows the feed, up to whatever number, that everything may be different."""
    newest = int(tx.scalar(select(func.max(change.c.seq))) or 0)
    tx.execute(insert(change).values(seq=max(newest, seen) + 1, kind=RESET, ident=""))

"""The stable port of each instance, in front of whichever of its servers is the primary.

One thread and one loop serve all instances; the methods of `Fronts` may be called from any other thread. A server with
TLS gets the client's bytes untouched, so channel binding holds; for a server without it the front ends TLS itself.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from kyok.postgres.errors import PostgresError
from kyok.postgres.front_port import Address, FrontPort
from kyok.postgres.greeting import TlsMaterial, tls_context
from kyok.postgres.ports import listen

STARTING = "it is starting"
NO_PRIMARY = "it has no primary node at the moment"
_Answer = TypeVar("_Answer")


class NoFront(PostgresError):
    """The instance has no open port, or none can be served."""

    summary = "The port of this database is not open."
    remedy = "Restart the instance."


class Fronts:
    """The open ports of all instances."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ports: dict[str, FrontPort] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Starts the thread; nothing when it runs."""
        with self._lock:
            if self._loop is not None:
                return
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_serve, args=(self._loop,), name="database-ports", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Closes all ports and ends the thread; nothing when it does not run."""
        with self._lock:
            loop, thread = self._loop, self._thread
            if loop is None or thread is None:
                return
            self._do(self._close_all())
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            self._loop = self._thread = None

    def open(
        self, guid: str, port: int, tls: TlsMaterial | None = None, *, refusals: TlsMaterial | None = None
    ) -> None:
        """Listens on `port` of 127.0.0.1 and ::1 for an instance; refuses clients until `target` is called.

        With `tls` the front ends TLS, for servers that have none. Without it bytes pass through; then `refusals` is
        what lets a client that demands TLS read why it is refused (it is used while there is no target only).
        A port that the instance has open already is closed first.

        Raises:
            PortsTaken: another program has the port.
            NoFront: certificate and key are no pair, or `start` was not called.
        """
        material = tls or refusals
        try:
            context = tls_context(material) if material else None
        except OSError as error:
            raise NoFront("The certificate of this database's port and its key are not a pair.") from error
        with self._lock:
            self._running()
            self._do(self._close(guid))
            front = FrontPort(listen(port), context, ends_tls=tls is not None, reason=STARTING)
            self._ports[guid] = front
            self._do(front.start())

    def close(self, guid: str) -> None:
        """Closes the port of an instance and all connections through it; nothing when it is not open."""
        with self._lock:
            if self._loop is not None:
                self._do(self._close(guid))

    def target(self, guid: str, address: Address | None, reason: str = NO_PRIMARY) -> None:
        """Where connections go from now on; those to another address are closed at once.

        Without an address clients are refused: "the database system is not available: <reason>".

        Raises:
            NoFront: the port is not open.
        """
        with self._lock:
            self._do(self._front(guid).turn(address, reason))

    def connections(self, guid: str) -> int:
        """How many clients are connected to an instance's port now.

        Raises:
            NoFront: the port is not open.
        """
        with self._lock:
            return self._front(guid).connections

    def _front(self, guid: str) -> FrontPort:
        try:
            return self._ports[guid]
        except KeyError:
            raise NoFront() from None

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise NoFront()
        return self._loop

    def _do(self, work: Coroutine[Any, Any, _Answer]) -> _Answer:
        """Has the loop's thread do something, and waits."""
        return asyncio.run_coroutine_threadsafe(work, self._running()).result()

    async def _close(self, guid: str) -> None:
        front = self._ports.pop(guid, None)
        if front is not None:
            await front.stop()

    async def _close_all(self) -> None:
        await asyncio.gather(*(self._close(guid) for guid in tuple(self._ports)))


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()

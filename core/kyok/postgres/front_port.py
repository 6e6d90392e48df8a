"""One instance's port and the connections through it. Everything here runs in the loop of `front`."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from kyok.postgres.greeting import SECONDS, Greeted, NotPostgres, Refusal, Stream, connected, greet

Address = tuple[str, int]
LIMIT = 200
"""Clients at a time; more are told so."""
_SPARE = 50
"""More clients above the limit than this are cut off without a word."""
_CHUNK = 65536
_LAST_WORDS = 1.0
"""Seconds that a client has to take what it was sent already when its connection is closed."""
_PAUSE = 0.2
_TOO_MANY = Refusal("53300", "sorry, too many clients already")
_NO_TLS = Refusal("28000", "this database takes encrypted connections only: connect with sslmode=require or stricter")
_SILENT = "its primary node does not answer"
_log = logging.getLogger(__name__)


class FrontPort:
    """Takes clients on sockets that listen, and passes them on to the present target."""

    def __init__(
        self, listeners: list[socket.socket], context: ssl.SSLContext | None, *, ends_tls: bool, reason: str
    ) -> None:
        self._listeners = listeners
        self._context = context
        self._ends_tls = ends_tls
        self._reason = reason
        self._target: Address | None = None
        self._accepting: list[asyncio.Task[None]] = []
        self._clients: set[asyncio.Task[None]] = set()
        self._passing: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many clients there are."""
        return len(self._clients)

    async def start(self) -> None:
        """Takes clients from now on."""
        self._accepting = [asyncio.create_task(self._accept(listener)) for listener in self._listeners]

    async def stop(self) -> None:
        """Takes no more clients and closes the connections; the port is free when it returns."""
        await _end(self._accepting)
        for listener in self._listeners:
            listener.close()
        await _end(self._clients)

    async def turn(self, target: Address | None, reason: str) -> None:
        """Passes clients on to `target` from now on; those that go elsewhere are cut off, and are not waited for."""
        if target != self._target:
            for task in self._passing:
                task.cancel()
        self._target, self._reason = target, reason

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                sock, _ = await loop.sock_accept(listener)
            except OSError as error:  # too many open files, most of all
                _log.warning("a client could not be taken: %s", error.strerror)
                await asyncio.sleep(_PAUSE)
                continue
            if len(self._clients) >= LIMIT + _SPARE:
                sock.close()
                continue
            task = asyncio.create_task(_quietly(self._serve, sock))
            self._clients.add(task)
            task.add_done_callback(partial(self._forget, sock))

    def _forget(self, sock: socket.socket, task: asyncio.Task[None]) -> None:
        self._clients.discard(task)
        self._passing.discard(task)
        sock.close()

    async def _serve(self, sock: socket.socket) -> None:
        if len(self._clients) > LIMIT:
            await self._refuse(sock, _TOO_MANY)
        elif self._ends_tls:
            await self._serve_tls(sock)
        else:
            async with self._server() as server:
                if server is not None:
                    await _pass(await connected(sock), server)
                    return
            await self._refuse(sock, self._unavailable())

    async def _serve_tls(self, sock: socket.socket) -> None:
        client = await self._greet(sock)
        try:
            if not client.is_encrypted and not client.wants_cancel:
                await _send_away(client, _NO_TLS)
                return
            async with self._server() as server:
                if server is not None:
                    server.writer.write(client.packet)
                    await _pass(client.stream, server)
                    return
            await _send_away(client, self._unavailable())
        finally:
            client.stream.writer.transport.abort()

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[Stream | None]:
        """A connection to the target, or None. This task is cut off when the target changes meanwhile."""
        server = await self._reach()
        try:
            yield server
        finally:
            if server is not None:
                server.writer.transport.abort()

    async def _reach(self) -> Stream | None:
        task = asyncio.current_task()
        if self._target is None or task is None:
            return None
        self._passing.add(task)
        try:
            return Stream(*await asyncio.open_connection(*self._target))
        except OSError as error:
            _log.debug("a database server does not answer: %s", error.strerror)
            self._passing.discard(task)
            return None

    def _unavailable(self) -> Refusal:
        reason = self._reason if self._target is None else _SILENT
        return Refusal("57P03", f"the database system is not available: {reason}")

    async def _greet(self, sock: socket.socket) -> Greeted:
        async with asyncio.timeout(SECONDS):
            return await greet(sock, self._context)

    async def _refuse(self, sock: socket.socket, refusal: Refusal) -> None:
        await _send_away(await self._greet(sock), refusal)


async def _send_away(client: Greeted, refusal: Refusal) -> None:
    if not client.wants_cancel:
        client.stream.writer.write(refusal.message())
    await _let_go(client.stream)


async def _pass(client: Stream, server: Stream) -> None:
    """Passes bytes both ways until the server ends. A client that only ends its own side still gets the answer."""
    up = asyncio.create_task(_quietly(_copy, client.reader, server.writer))
    try:
        await _copy(server.reader, client.writer)
    finally:
        up.cancel()
        await _let_go(client)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    finally:
        if writer.can_write_eof() and not writer.is_closing():
            writer.write_eof()


async def _let_go(stream: Stream) -> None:
    """Closes a connection; what was sent has a moment to arrive."""
    stream.writer.close()
    try:
        async with asyncio.timeout(_LAST_WORDS):
            await stream.writer.wait_closed()
    except (OSError, TimeoutError) as error:
        _log.debug("a client was cut off: %s", type(error).__name__)
    finally:
        stream.writer.transport.abort()


async def _quietly(work: Callable[..., Awaitable[None]], *given: object) -> None:
    """Clients leave as they like: that is no failure of the front."""
    try:
        await work(*given)
    except (OSError, TimeoutError, asyncio.IncompleteReadError, NotPostgres) as error:
        _log.debug("a client's connection ended: %s", type(error).__name__)


async def _end(tasks: "set[asyncio.Task[None]] | list[asyncio.Task[None]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

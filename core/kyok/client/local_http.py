"""HTTP/1.1 to a cloud on this machine, over plain sockets.

The console talks to its own cloud all day. `requests`, with the TLS, certificates, mail headers and character sets that
it brings, took 14 MB of the console for that and a good part of its start (docs/adr/0034); other clouds still go by it.
"""

from __future__ import annotations

import socket
import threading
import weakref
from collections.abc import Mapping
from urllib.parse import SplitResult, quote

import httptools

_PORT = 80
_CHUNK = 1 << 16
_FINAL = 200
_PATH = "/%!$&'()*+,:;=@~"
_QUERY = _PATH + "?"


class Unanswered(ConnectionError):
    """The other side hung up, or what it sent is no HTTP."""


class Answer:
    """An answer: `status`, `headers` with names in lower case, the `parts` of the body; the parser fills it.

    Interim ones (100 to 199) are passed over. What follows a complete one belongs to nobody.
    """

    def __init__(self, *, bodiless: bool) -> None:
        self._bodiless = bodiless
        self._parser = httptools.HttpResponseParser(self)
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []
        self.status = 0
        """0 until the headers are there."""
        self.complete = False
        self.keeps = False
        """Whether the connection is good for another request."""

    @property
    def ends_with_the_connection(self) -> bool:
        """Whether nothing says how long the body is: it goes on until the other side closes (RFC 9112, 6.3)."""
        return self.status > 0 and not {"content-length", "transfer-encoding"} & self.headers.keys()

    def feed(self, data: bytes) -> None:
        """Takes what has come.

        Raises:
            Unanswered: it is no HTTP, or another protocol from here on, which nobody asked for.
        """
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            raise Unanswered from error

    def let_go(self) -> None:
        """Forgets the parser, which holds this in turn: large bodies would wait for the garbage collector."""
        del self._parser

    def on_message_begin(self) -> None:
        """Called by the parser."""
        if self.complete:
            self.keeps = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        if not self.complete:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            self.headers[key] = f"{self.headers[key]}, {text}" if key in self.headers else text

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        status = self._parser.get_status_code()
        if self.complete or status < _FINAL:
            return
        self.status = status
        if self._bodiless:
            self._end()

    def on_body(self, part: bytes) -> None:
        """Called by the parser."""
        if not self.complete:
            self.parts.append(part)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self.status:
            self._end()
        else:
            self.headers.clear()

    def _end(self) -> None:
        if not self.complete:
            self.complete = True
            says_close = "close" in self.headers.get("connection", "").lower()
            self.keeps = not says_close and self._parser.get_http_version() == "1.1"


class LocalHttp:
    """Sends requests from any thread over connections that are kept while nobody uses them."""

    def __init__(self, connect_seconds: float) -> None:
        self._connect_seconds = connect_seconds
        self._lock = threading.Lock()
        self._idle: dict[str, list[socket.socket]] = {}
        self._generation = 0
        weakref.finalize(self, _close, self._idle)  # a session may be let go without a word

    def send(
        self,
        method: str,
        url: SplitResult,
        *,
        headers: Mapping[str, str],
        query: str,
        content: bytes,
        read_seconds: float,
    ) -> Answer:
        """One request; `query` is encoded already and follows the one of the address.

        Raises `OSError`, of it `TimeoutError` when nothing came for `read_seconds`, and `ValueError` for an address or
        a header that cannot be sent.
        """
        address = url.netloc.rpartition("@")[2]
        request = _head(method, url, address, query, headers, len(content)) + content
        generation, connection = self._generation, self._kept(address) or self._opened(url)
        try:
            connection.settimeout(read_seconds)
            connection.sendall(request)
            answer = _read(connection, bodiless=method == "HEAD")
        except BaseException:
            connection.close()
            raise
        with self._lock:
            keeps = answer.keeps and generation == self._generation
            if keeps:
                self._idle.setdefault(address, []).append(connection)
        if not keeps:
            connection.close()
        return answer

    def close(self) -> None:
        """Closes the connections that nobody uses; those in use are closed after their answers."""
        with self._lock:
            self._generation += 1
            _close(self._idle)

    def _opened(self, url: SplitResult) -> socket.socket:
        host, port = (url.hostname or "").encode(), _PORT if url.port is None else url.port
        # As bytes a name is not looked at by IDNA, whose tables take 0.6 MB; the socket module takes both.
        connection = socket.create_connection((host, port), self._connect_seconds)  # type: ignore[arg-type]
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _kept(self, address: str) -> socket.socket | None:
        """A connection to the address that was kept and is still open."""
        while True:
            with self._lock:
                idle = self._idle.get(address)
                if not idle:
                    return None
                connection = idle.pop()
            if _is_quiet(connection):
                return connection
            connection.close()


def _close(idle: dict[str, list[socket.socket]]) -> None:
    while idle:
        _, connections = idle.popitem()
        for connection in connections:
            connection.close()


def _is_quiet(connection: socket.socket) -> bool:
    """Whether an idle connection is open: a server that has closed it leaves something to be read."""
    connection.settimeout(0)
    try:
        connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _read(connection: socket.socket, *, bodiless: bool) -> Answer:
    answer = Answer(bodiless=bodiless)
    try:
        while not answer.complete:
            data = connection.recv(_CHUNK)
            if not data and answer.ends_with_the_connection:
                break
            if not data:
                raise Unanswered
            answer.feed(data)
    finally:
        answer.let_go()
    return answer


def _head(method: str, url: SplitResult, address: str, query: str, headers: Mapping[str, str], length: int) -> bytes:
    """Request line and headers. A line break in any of them would smuggle in another header."""
    asked = "&".join(part for part in (quote(url.query, safe=_QUERY), query) if part)
    target = quote(url.path or "/", safe=_PATH) + (f"?{asked}" if asked else "")
    lines = [
        f"{method} {target} HTTP/1.1",
        f"Host: {address}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if length or method not in {"GET", "HEAD"}:
        lines.append(f"Content-Length: {length}")
    if not all(line.isascii() and line.isprintable() for line in lines):
        raise ValueError("A header holds plain ASCII only.")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()

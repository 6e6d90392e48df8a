"""How answers leave the cloud: head and body together, in one packet and with one call of the system.

uvicorn writes the head of an answer and then its body, and uvloop hands each to the system at once. Over the loopback
that is a second delivery, which wakes the client for half an answer; of a wrap it was a tenth (docs/adr/0035).
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_INTERIM = b"HTTP/1.1 100 "


class WholeAnswers(HttpToolsProtocol):
    """uvicorn's protocol, on a transport that keeps heads till their bodies come."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(Gathered(transport))

    def on_response_complete(self) -> None:
        """The last part of an answer was written."""
        cast("Gathered", self.transport).complete()
        super().on_response_complete()


class Gathered(asyncio.Transport):
    """Keeps the head of an answer till the first part of its body comes, or the answer is complete without one."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._head = b""
        self._is_in_body = False

    def write(self, data: Any) -> None:
        """Takes bytes to send: a head first, then the parts of its body."""
        if self._head:
            head, self._head, self._is_in_body = self._head, b"", True
            self._transport.write(head + data)
        elif self._is_in_body or data.startswith(_INTERIM):
            self._transport.write(data)
        else:
            self._head = data

    def complete(self) -> None:
        """Sends a head without a body; what is written next begins another answer."""
        self._is_in_body = False
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def close(self) -> None:
        """Sends what was written, then ends the connection."""
        self.complete()
        self._transport.close()

    def abort(self) -> None:
        """Ends the connection; what was not sent is dropped."""
        self._head = b""
        self._transport.abort()

    def is_closing(self) -> bool:
        """Whether the connection ends or has ended."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """The client has to wait with more."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """The client may go on."""
        self._transport.resume_reading()

"""How answers leave the cloud: head and body together, in one packet and with one call of the system.

uvicorn writes the head of an answer and then its body, and uvloop hands each to the system at once. Over the loopback
that is a second delivery, which wakes the client for half an answer; of a wrap it was a tenth (docs/adr/0035).
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class WholeAnswers(HttpToolsProtocol):
    """uvicorn's protocol, on a transport that gathers what belongs together."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(Gathered(transport, self.loop))

    def on_response_complete(self) -> None:
        """The last part of an answer was written."""
        cast("Gathered", self.transport).send()
        super().on_response_complete()


class Gathered(asyncio.Transport):
    """Hands on what is written when it is told to; what nobody sends goes with the next turn of the event loop."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def write(self, data: Any) -> None:
        """Takes bytes to send."""
        if not self._parts:
            self._loop.call_soon(self.send)
        self._parts.append(data)

    def send(self) -> None:
        """Sends what was written so far."""
        if self._parts:
            parts, self._parts = self._parts, []
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        """Sends what was written, then ends the connection."""
        self.send()
        self._transport.close()

    def abort(self) -> None:
        """Ends the connection; what was not sent is dropped."""
        self._parts.clear()
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

"""Stands in the door when a cloud that was closed for a moment does not open again, as on a full disk.

Whoever comes next makes it try once more, and is told why he cannot be answered while that fails.
"""

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kyok.errors import KyokError

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class CloudClosed(KyokError):
    """The cloud does not open."""

    summary = "The emulated cloud was closed for a moment and does not open again."
    remedy = "Look into the log of `kyok serve`; each request makes it try again."


class Reviving:
    """The ASGI application of a cloud that is closed. `open_again` gives the one of the cloud that is open."""

    def __init__(self, open_again: Callable[[], Application]) -> None:
        self._open_again = open_again
        self._lock = threading.Lock()
        self._opened: Application | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        try:
            opened = await asyncio.to_thread(self._once)
        except KyokError as error:
            await _refuse(send, error)
        except Exception:
            log.exception("the cloud does not open again")
            await _refuse(send, CloudClosed())
        else:
            await opened(scope, receive, send)

    def _once(self) -> Application:
        with self._lock:
            if self._opened is None:
                self._opened = self._open_again()
            return self._opened


async def _refuse(send: Any, error: KyokError) -> None:
    told = {"code": "UNAVAILABLE_ERR", "summary": error.summary, "remedy": error.remedy, "status": 503}
    body = json.dumps(told).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""The emulated cloud as an ASGI application: bytes in, dispatcher, bytes out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from kyok.cloud.changes import ChangeSignal
from kyok.cloud.store.writer import Writer
from kyok.cloud.wire import errors
from kyok.cloud.wire.dispatch import Dispatcher
from kyok.cloud.wire.route import Job, Outcome, Request, Response, Wait, Write

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MAX_BODY = 1024 * 1024
MAX_HEAD = 64 * 1024
MAX_DISCARDED = 64 * MAX_BODY
"""Bytes of a body beyond `MAX_BODY` that are read before it is refused; none is kept."""


class _ClientGone(Exception):
    """The connection ended before the request was there whole: what was meant is not known, so nothing is done."""


class Endpoint:
    """One ASGI endpoint for every route: the route table does the routing, on the undecoded path."""

    def __init__(
        self, dispatcher: Dispatcher, writer: Writer, changes: ChangeSignal, late: Callable[[Request], float]
    ) -> None:
        self._dispatcher = dispatcher
        self._late = late
        self._writer = writer
        self._changes = changes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one HTTP request. In one function, since every coroutine between is passed twice by each request."""
        if scope["type"] != "http":
            return
        request = _request(scope)
        close = False
        outcome: Outcome
        try:
            request.body = await _body(request, receive)
            _require_small_head(request)
        except _ClientGone:
            log.info("%s: the client went away before its request was whole", request.method)
            return
        except errors.BodyTooLarge as error:
            outcome, close = self._dispatcher.refuse(request, error), True
        except errors.HeadTooLarge as error:
            outcome = self._dispatcher.refuse(request, error)
        else:
            if seconds := self._late(request):
                await asyncio.sleep(seconds)
            outcome = self._dispatcher.begin(request)
        try:
            if isinstance(outcome, Job):
                outcome = await asyncio.to_thread(outcome.work)
            if isinstance(outcome, Write):
                response = outcome.render(await self._writer.performed(outcome.work))
            elif isinstance(outcome, Wait):
                response = await self._wait(outcome)
            else:
                response = outcome
        except Exception as error:  # noqa: BLE001 - `failed` logs it and answers
            response = self._dispatcher.failed(request, error)
        body = response.encoded()
        await send({"type": "http.response.start", "status": response.status, "headers": _head(response, body, close)})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})

    async def _wait(self, outcome: Wait) -> Response:
        deadline = asyncio.get_running_loop().time() + outcome.seconds
        while True:
            waiting = self._changes.next_change()
            response = outcome.ready(self._changes.closed)
            if response is not None:
                return response
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(waiting, max(left, 0))
            except TimeoutError:
                final = outcome.ready(True)
                if final is None:
                    raise TypeError("a long poll must answer in the end") from None
                return final


class Application(Starlette):
    """Requests go straight to the endpoint: Starlette's middleware would only pass them on, at half a raw request."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(routes=[Mount("/", app=endpoint)])
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers HTTP itself, leaves the rest to Starlette."""
        if scope["type"] == "http":
            await self._endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def application(
    dispatcher: Dispatcher,
    writer: Writer,
    changes: ChangeSignal,
    late: Callable[[Request], float] = lambda request: 0.0,
) -> Application:
    """The application that uvicorn serves. `late`: seconds that a request is under way, before it counts as arrived."""
    return Application(Endpoint(dispatcher, writer, changes, late))


def _request(scope: Scope) -> Request:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    client = scope.get("client")
    return Request(
        method=scope["method"],
        path=raw.partition(b"?")[0].decode("ascii", "replace"),
        query_string=scope["query_string"].decode("ascii", "replace"),
        headers=_headers(scope["headers"]),
        address=client[0] if client else "",
    )


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Values by name. A header that is sent twice has both: else one Host could be checked and another one meant."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}
    if len(headers) != len(pairs):
        headers.clear()
        for name, value in pairs:
            known, text = name.decode("latin-1"), value.decode("latin-1")
            headers[known] = f"{headers[known]}, {text}" if known in headers else text
    return headers


def _require_small_head(request: Request) -> None:
    size = len(request.path) + len(request.query_string) + sum(map(len, request.headers.values()))
    if size > MAX_HEAD:
        raise errors.HeadTooLarge()


async def _body(request: Request, receive: Receive) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MAX_BODY:
        if "expect" not in request.headers:
            await _discard(receive)
        raise errors.BodyTooLarge()
    message = await receive()
    body = _part(message)
    if not message.get("more_body"):
        return body
    parts = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(_part(message))
        size += len(parts[-1])
        if size > MAX_BODY:
            if message.get("more_body"):
                await _discard(receive)
            raise errors.BodyTooLarge()
    return b"".join(parts)


def _part(message: MutableMapping[str, Any]) -> bytes:
    if message["type"] == "http.disconnect":
        raise _ClientGone()
    body: bytes = message.get("body", b"")
    return body


async def _discard(receive: Receive) -> None:
    """Takes the rest of a body, within bounds: who still sends when the connection closes never sees the answer."""
    left = MAX_DISCARDED
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            return


def _head(response: Response, body: bytes, close: bool) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    if body:
        headers.append((b"content-type", response.content_type.encode("ascii")))
    if response.status != 204:
        headers.append((b"content-length", b"%d" % len(body)))
    if close:
        headers.append((b"connection", b"close"))
    return headers

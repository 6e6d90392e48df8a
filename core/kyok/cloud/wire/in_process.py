"""Requests of the cloud's own services, through the same dispatcher as everybody's."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from kyok.cloud.databases.exchange import Answered, Asked
from kyok.cloud.store import Writer
from kyok.cloud.wire.dispatch import Dispatcher
from kyok.cloud.wire.route import Job, Outcome, Request, Response, Wait, Write
from kyok.errors import KyokError

log = logging.getLogger(__name__)
NOTHING = Answered(None)
PATIENCE = 5.0
"""Seconds that a service of the cloud waits for an answer of another one."""


class InProcess:
    """An `Exchange` without sockets. Call it from a thread of a service, never from a request."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        writer: Writer,
        *,
        took: Callable[[float], float] | None = None,
        late: Callable[[Request], float] = lambda request: 0.0,
    ) -> None:
        """`took` gives the milliseconds since a moment of `time.perf_counter`; pictures give their own.

        `late`: seconds that a request is under way, before it counts as arrived.
        """
        self._dispatcher = dispatcher
        self._writer = writer
        self._took = took or _milliseconds_since
        self._late = late

    def send(self, requests: Sequence[Asked]) -> list[Answered]:
        """Sends all at once; changes among them share durable commits.

        Only the last step of a change waits for the disk, so all are begun first and then wait together.
        """
        made = [_request(asked) for asked in requests]
        late = [self._late(request) for request in made]
        if any(late):
            return asyncio.run(self._send_late(made, late))
        begun = []
        for request in made:
            started = time.perf_counter()
            begun.append((started, self._dispatcher.begin(request, internal=True)))
        return asyncio.run(self._finish(begun))

    async def _finish(self, begun: list[tuple[float, Outcome]]) -> list[Answered]:
        return list(await asyncio.gather(*(self._one(started, outcome) for started, outcome in begun)))

    async def _send_late(self, requests: list[Request], late: list[float]) -> list[Answered]:
        return list(await asyncio.gather(*map(self._send_one_late, requests, late)))

    async def _send_one_late(self, request: Request, seconds: float) -> Answered:
        """A request that is under way for a while; who sent it gives up after `PATIENCE`, and it never arrives."""
        started = time.perf_counter()
        await asyncio.sleep(min(seconds, PATIENCE))
        if seconds > PATIENCE:
            return Answered(None, latency_ms=PATIENCE * 1000)
        return await self._one(started, self._dispatcher.begin(request, internal=True))

    async def _one(self, started: float, outcome: Outcome) -> Answered:
        try:
            response = await self._response(outcome)
        except KyokError as error:  # the writer failed: no answer came, as if the line had gone dead
            log.warning("an internal request got no answer: %s", type(error).__name__)
            return NOTHING
        return Answered(response.status, response.encoded(), round(self._took(started), 1))

    async def _response(self, outcome: Outcome) -> Response:
        if isinstance(outcome, Job):
            outcome = await asyncio.to_thread(outcome.work)
        if isinstance(outcome, Write):
            response: Response = outcome.render(await self._writer.performed(outcome.work))
            return response
        if isinstance(outcome, Wait):
            raise TypeError("a long poll is for clients")
        return outcome


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _request(asked: Asked) -> Request:
    path, _, query = asked.path.partition("?")
    return Request(asked.method, path, query, headers=asked.headers, body=asked.body)

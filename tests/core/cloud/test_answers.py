"""Answers leave as one piece, and nothing that is written stays behind."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from kyok.cloud.answers import Gathered, WholeAnswers

REQUEST = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"


class Wire(asyncio.Transport):
    """Takes down what goes over it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 5000), "sockname": ("127.0.0.1", 80)})
        self.sent: list[bytes] = []
        self.is_closed = False
        self.reading = True
        self.news = asyncio.Event()

    def write(self, data: Any) -> None:
        assert not self.is_closed
        self.sent.append(bytes(data))
        self.news.set()

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True
        self.news.set()

    def abort(self) -> None:
        self.is_closed = True

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def slowly(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await asyncio.sleep(0.02)
    await send({"type": "http.response.body", "body": b"hel", "more_body": True})
    await asyncio.sleep(0.02)
    await send({"type": "http.response.body", "body": b"lo"})


async def quietly(scope: Any, receive: Any, send: Any) -> None:
    status = 204 if scope["path"] == "/nothing" else 200
    headers = [(b"content-length", b"5")] if status == 200 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def broken(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("no")


def exchanged(application: Any, *given: bytes, until: Callable[[Wire], bool]) -> Wire:
    """What an application answers to requests, on a connection of uvicorn's protocol."""

    async def run() -> Wire:
        config = uvicorn.Config(application, log_config=None, lifespan="off", http=WholeAnswers, date_header=False)
        config.load()
        protocol, wire = WholeAnswers(config, ServerState(), {}), Wire()
        protocol.connection_made(wire)
        for data in given:
            protocol.data_received(data)
        async with asyncio.timeout(5):
            while not until(wire):
                await wire.news.wait()
                wire.news.clear()
        protocol.connection_lost(None)
        return wire

    return asyncio.run(run())


def ends(text: bytes) -> Callable[[Wire], bool]:
    return lambda wire: b"".join(wire.sent).endswith(text)


def test_head_and_body_leave_together() -> None:
    (answer,) = exchanged(hello, REQUEST, until=ends(b"hello")).sent
    assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"


def test_each_of_two_requests_of_one_packet_has_its_answer() -> None:
    sent = exchanged(hello, REQUEST * 2, until=lambda wire: len(wire.sent) == 2).sent
    assert [part.rpartition(b"\r\n")[2] for part in sent] == [b"hello", b"hello"]


def test_what_comes_bit_by_bit_is_not_held_back() -> None:
    sent = exchanged(slowly, REQUEST * 2, until=lambda wire: b"".join(wire.sent).count(b"hello") == 2).sent
    assert [part.rpartition(b"\r\n")[2] for part in sent] == [b"hel", b"lo"] * 2
    assert [part.startswith(b"HTTP/1.1 200 ") for part in sent] == [True, False] * 2


@pytest.mark.parametrize("request_line", [b"HEAD / HTTP/1.1", b"GET /nothing HTTP/1.1"])
def test_an_answer_without_a_body_goes_at_once(request_line: bytes) -> None:
    request = request_line + b"\r\nhost: localhost\r\n\r\n"
    (answer,) = exchanged(quietly, request, until=ends(b"\r\n\r\n")).sent
    assert answer.startswith(b"HTTP/1.1 20")


def test_who_asks_whether_to_go_on_is_told_at_once() -> None:
    head = b"POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n"
    sent = exchanged(hello, head, until=lambda wire: bool(wire.sent)).sent
    assert sent == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    sent = exchanged(hello, head, b"{}", until=ends(b"hello")).sent
    assert [part[:13] for part in sent] == [b"HTTP/1.1 100 ", b"HTTP/1.1 200 "]


@pytest.mark.parametrize("version", [b"1.0", b"1.1\r\nconnection: close"])
def test_a_connection_ends_after_the_whole_answer(version: bytes) -> None:
    wire = exchanged(hello, b"GET / HTTP/" + version + b"\r\n\r\n", until=lambda wire: wire.is_closed)
    assert len(wire.sent) == 1 and wire.sent[0].endswith(b"\r\n\r\nhello")


def test_what_is_no_request_is_refused_and_the_connection_ends() -> None:
    wire = exchanged(hello, b"nonsense\r\n\r\n", until=lambda wire: wire.is_closed)
    assert wire.sent[0].startswith(b"HTTP/1.1 400 ")


def test_an_application_that_fails_is_answered_for() -> None:
    wire = exchanged(broken, REQUEST, until=lambda wire: wire.is_closed)
    assert len(wire.sent) == 1 and wire.sent[0].startswith(b"HTTP/1.1 500 ")


def test_who_sends_too_much_is_made_to_wait() -> None:
    wire = exchanged(slowly, REQUEST, REQUEST, until=lambda wire: len(wire.sent) >= 1)
    assert not wire.reading


def test_what_was_not_sent_goes_with_a_connection_that_is_aborted() -> None:
    async def run() -> Wire:
        wire = Wire()
        gathered = Gathered(wire)
        gathered.write(b"never")
        gathered.abort()
        await asyncio.sleep(0)
        assert gathered.is_closing() and gathered.get_extra_info("peername") == ("127.0.0.1", 5000)
        return wire

    assert asyncio.run(run()).sent == []

"""The connection to a cloud on this machine, against servers that send exactly what a test says."""

import os
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from kyok.client.local_http import Answer, LocalHttp, Unanswered
from kyok.client.transport import Transport
from tests.core.client.fake_cloud import FakeCloud


class Server:
    """Answers each request with the next of the texts; closes after the last, an empty one and one of HTTP/1.0."""

    def __init__(self, *texts: bytes) -> None:
        self._texts = texts
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        self.connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        left = list(self._texts)
        while left:
            connection, _ = self._socket.accept()
            self.connections += 1
            with connection:
                while left and (head := self._hear(connection)):
                    self.heard.append(head)
                    text = left.pop(0)
                    connection.sendall(text)
                    if not text or text.startswith(b"HTTP/1.0"):
                        break

    @staticmethod
    def _hear(connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head and (part := connection.recv(4096)):
            head += part
        return head

    def end(self) -> None:
        self._socket.close()
        self._thread.join(5)


@contextmanager
def serving(*texts: bytes) -> Iterator[Server]:
    server = Server(*texts)
    try:
        yield server
    finally:
        server.end()


def asked(http: LocalHttp, server: Server, method: str = "GET", path: str = "/x", query: str = "") -> Answer:
    url = urlsplit(f"http://127.0.0.1:{server.port}{path}")
    return http.send(method, url, headers={}, query=query, content=b"", read_seconds=5)


UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
def http() -> Iterator[LocalHttp]:
    made = LocalHttp(5)
    yield made
    made.close()


def test_one_connection_serves_many_requests(http: LocalHttp) -> None:
    with serving(OK, OK, OK) as server:
        for _ in range(3):
            answer = asked(http, server)
            assert (answer.status, b"".join(answer.parts), answer.headers) == (200, b"{}", {"content-length": "2"})
        assert server.connections == 1


def test_an_answer_waits_for_no_garbage_collector(http: LocalHttp) -> None:
    with serving(OK) as server:
        gone = weakref.ref(asked(http, server))
        assert gone() is None


def test_after_close_connections_are_new(http: LocalHttp) -> None:
    with serving(OK, b"", OK) as server:
        asked(http, server)
        http.close()
        with pytest.raises(Unanswered):
            asked(http, server)
        asked(http, server)
        assert server.connections == 3


def test_one_that_is_let_go_closes_its_connections() -> None:
    made = LocalHttp(5)
    with serving(OK) as server:
        asked(made, server)
        kept = made._idle[f"127.0.0.1:{server.port}"][0]
        del made
        assert kept.fileno() == -1


def test_a_body_in_chunks(http: LocalHttp) -> None:
    with serving(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nVia: a\r\nVia: b\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    ) as server:
        answer = asked(http, server)
    assert b"".join(answer.parts) == b"abcde"
    assert answer.headers["via"] == "a, b"


def test_a_body_that_ends_with_the_connection(http: LocalHttp) -> None:
    with serving(b"HTTP/1.0 200 OK\r\n\r\nall of it", OK) as server:
        assert b"".join(asked(http, server).parts) == b"all of it"
        assert asked(http, server).status == 200


EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize("before", [EARLY, CONTINUE, CONTINUE + EARLY])
def test_an_interim_answer_is_none(http: LocalHttp, before: bytes) -> None:
    with serving(before + OK, OK) as server:
        first = asked(http, server)
        assert (first.status, first.headers, b"".join(first.parts)) == (200, {"content-length": "2"}, b"{}")
        assert asked(http, server).status == 200
        assert server.connections == 1


def test_an_interim_answer_that_comes_alone_is_not_the_end(http: LocalHttp) -> None:
    with serving(CONTINUE) as server, pytest.raises(Unanswered):
        asked(http, server)


def test_a_second_answer_to_one_request_is_left_and_its_connection_with_it(http: LocalHttp) -> None:
    other = b"HTTP/1.1 404 No\r\nContent-Length: 4\r\nX: y\r\n\r\nevil"
    with serving(OK + other) as server:
        first = asked(http, server)
        assert (first.status, first.headers, b"".join(first.parts)) == (200, {"content-length": "2"}, b"{}")
        assert not first.keeps


def test_the_answer_to_head_has_a_length_and_no_body(http: LocalHttp) -> None:
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\nKey-Total: 7\r\n\r\n", OK) as server:
        assert asked(http, server, "HEAD").headers["key-total"] == "7"
        assert asked(http, server).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"SSH-2.0-x\r\n",
        UPGRADE,
    ],
)
def test_what_is_no_whole_answer(http: LocalHttp, sent: bytes) -> None:
    with serving(sent) as server, pytest.raises(Unanswered):
        asked(http, server)


def test_the_request_line(http: LocalHttp) -> None:
    with serving(OK, OK) as server:
        asked(http, server, path="/a b/%2F/ü?x=1", query="y=2%2C3")
        asked(http, server, "POST", path="")
        first, second = (head.decode().split("\r\n") for head in server.heard)
    assert first[0] == "GET /a%20b/%2F/%C3%BC?x=1&y=2%2C3 HTTP/1.1"
    assert first[1] == f"Host: 127.0.0.1:{server.port}"
    assert second[0] == "POST / HTTP/1.1" and "Content-Length: 0" in second


@pytest.mark.parametrize("value", ["a\r\nX-Admin: yes", "a\nb", "ü", "a\x00"])
def test_no_header_can_be_smuggled_in(http: LocalHttp, value: str) -> None:
    with pytest.raises(ValueError, match="plain ASCII"):
        http.send("GET", urlsplit("http://127.0.0.1:1/"), headers={"X": value}, query="", content=b"", read_seconds=1)


def test_the_window_takes_neither_requests_nor_openssl_for_its_own_cloud(cloud: FakeCloud) -> None:
    """Together they took 14 MB of the console."""
    cloud.answers["GET /x"] = 200, {}
    code = (
        "import sys; from kyok.client import CloudSession, Profile; from kyok.secrets import Secret; "
        f"session = CloudSession(Profile.emulated({cloud.url!r}), Secret(b'key')); "
        "session.request('iam', 'GET', '/x'); session.close(); "
        "print([m for m in ('requests', 'urllib3', 'ssl', '_hashlib', 'email', 'encodings.idna') if m in sys.modules])"
    )
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured)
    assert done.stdout.strip() == "[]"


def test_an_address_with_a_port_that_is_none() -> None:
    from kyok.client import CloudUnreachable

    with pytest.raises(CloudUnreachable):
        Transport().send("GET", "http://127.0.0.1:port/x", headers={})

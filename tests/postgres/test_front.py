"""The stable port of an instance, with made-up servers and clients; see test_front_real.py for real ones."""

import select
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

from kyok.postgres.certificates import issue_node, make_authority
from kyok.postgres.errors import PortsTaken
from kyok.postgres.front import Fronts, NoFront
from kyok.postgres.greeting import CANCEL_REQUEST, GSS_REQUEST, TLS_REQUEST, TlsMaterial
from tests.postgres.servers import unused_port, wait_for

GUID = "an-instance"
VERSION_3 = 196608
SECONDS = 10
AUTHORITY = make_authority("test")
MATERIAL = TlsMaterial(*issue_node(AUTHORITY, "front"))


def packet(code: int, rest: bytes = b"") -> bytes:
    return struct.pack("!II", 8 + len(rest), code) + rest


STARTUP = packet(VERSION_3, b"user\0admin\0\0")
CANCEL = packet(CANCEL_REQUEST, b"\0\0\x12\x67four")


@dataclass
class Backend:
    """A made-up server; the test itself takes what connects."""

    listener: socket.socket

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.listener.getsockname()
        return host, port

    @contextmanager
    def taken(self) -> Iterator[socket.socket]:
        connection, _ = self.listener.accept()
        with connection:
            connection.settimeout(SECONDS)
            yield connection

    def was_asked(self) -> bool:
        return bool(select.select([self.listener], [], [], 0)[0])


@pytest.fixture
def backend() -> Iterator[Backend]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        yield Backend(listener)


@pytest.fixture
def fronts() -> Iterator[Fronts]:
    started = Fronts()
    started.start()
    yield started
    started.stop()


@pytest.fixture
def port() -> int:
    return unused_port()


@contextmanager
def client(port: int, host: str = "127.0.0.1") -> Iterator[socket.socket]:
    with socket.create_connection((host, port), SECONDS) as connection:
        yield connection


def rest_of(connection: socket.socket) -> bytes:
    """Everything until the other side ends."""
    data = b""
    while part := connection.recv(65536):
        data += part
    return data


def is_over(connection: socket.socket) -> bool:
    """Whether the other side has ended; waits for it."""
    return rest_or_reset(connection) == b""


def fields_of(message: bytes) -> dict[str, str]:
    assert message[:1] == b"E"
    assert struct.unpack("!I", message[1:5])[0] == len(message) - 1
    return {field[:1].decode(): field[1:].decode() for field in message[5:].split(b"\0") if field}


def encrypted(connection: socket.socket) -> ssl.SSLSocket:
    context = ssl.create_default_context(cadata=AUTHORITY.certificate.decode())
    return context.wrap_socket(connection, server_hostname="localhost")


def test_bytes_pass_untouched_both_ways(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port, refusals=MATERIAL)
    fronts.target(GUID, backend.address)
    with client(port) as one, backend.taken() as server:
        one.sendall(packet(TLS_REQUEST))
        assert server.recv(100) == packet(TLS_REQUEST)
        server.sendall(b"\x16anything")
        assert one.recv(100) == b"\x16anything"
        assert fronts.connections(GUID) == 1
    wait_for(lambda: fronts.connections(GUID) == 0)


def test_ipv6_too(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    try:
        connection = socket.create_connection(("::1", port), SECONDS)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with connection, backend.taken() as server:
        connection.sendall(b"hello")
        assert server.recv(100) == b"hello"


def test_a_client_that_ends_its_own_side_still_gets_the_answer(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        one.sendall(b"question")
        one.shutdown(socket.SHUT_WR)
        with backend.taken() as server:
            assert rest_of(server) == b"question"
            server.sendall(b"answer" * 100_000)
        assert rest_of(one) == b"answer" * 100_000


def test_a_server_that_ends_ends_the_client(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        with backend.taken() as server:
            server.sendall(b"last words")
        assert rest_of(one) == b"last words"
        wait_for(lambda: fronts.connections(GUID) == 0)


def test_a_server_does_not_run_ahead_of_a_client_that_does_not_read(
    fronts: Fronts, backend: Backend, port: int
) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    block, most = bytes(range(256)) * 4096, 64
    with client(port) as one, backend.taken() as server:
        sent = 0
        server.setblocking(False)
        while sent < most * len(block) and select.select([], [server], [], 0.3)[1]:
            sent += server.send(block[sent % 256 :])
        assert 0 < sent < most * len(block) // 2
        server.close()
        received = rest_of(one)
    assert len(received) == sent
    assert received == (bytes(range(256)) * (sent // 256 + 1))[:sent]


@pytest.mark.parametrize("reads", [True, False], ids=["idle", "stuck"])
def test_a_new_target_closes_what_goes_to_the_old_one(fronts: Fronts, backend: Backend, port: int, reads: bool) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port) as one, backend.taken() as server, socket.create_server(("127.0.0.1", 0)) as other:
        server.setblocking(False)
        while not reads and select.select([], [server], [], 0.2)[1]:
            server.send(bytes(65536))
        fronts.target(GUID, other.getsockname())
        server.settimeout(SECONDS)
        assert is_over(server)
        wait_for(lambda: fronts.connections(GUID) == 0)
        assert not reads or is_over(one)
        with client(port) as two, other.accept()[0] as new:
            two.sendall(b"to the new one")
            assert new.recv(100) == b"to the new one"


def test_the_same_target_again_closes_nothing(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port) as one, backend.taken() as server:
        fronts.target(GUID, backend.address)
        one.sendall(b"still here")
        assert server.recv(100) == b"still here"


def test_without_a_target_a_plain_client_reads_why(fronts: Fronts, port: int) -> None:
    fronts.open(GUID, port)
    with client(port) as one:
        one.sendall(packet(GSS_REQUEST))
        assert one.recv(1) == b"N"
        one.sendall(STARTUP)
        first = fields_of(rest_of(one))
    assert first["C"] == "57P03"
    assert first["M"] == "the database system is not available: it is starting"
    fronts.target(GUID, None, "its root key is disabled")
    with client(port) as one:
        one.sendall(STARTUP)
        assert fields_of(rest_of(one))["M"] == "the database system is not available: its root key is disabled"


def test_without_a_target_and_a_certificate_the_request_for_tls_is_refused(fronts: Fronts, port: int) -> None:
    fronts.open(GUID, port)
    with client(port) as one:
        one.sendall(packet(TLS_REQUEST))
        assert fields_of(rest_of(one))["C"] == "57P03"


@pytest.mark.parametrize("direct", [False, True], ids=["asked", "at once"])
def test_without_a_target_a_client_reads_why_inside_tls(fronts: Fronts, port: int, direct: bool) -> None:
    fronts.open(GUID, port, refusals=MATERIAL)
    with client(port) as one:
        if not direct:
            one.sendall(packet(TLS_REQUEST))
            assert one.recv(1) == b"S"
        with encrypted(one) as inside:
            inside.sendall(STARTUP)
            assert fields_of(rest_of(inside))["C"] == "57P03"


def test_a_server_that_does_not_answer_is_no_secret(fronts: Fronts, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, ("127.0.0.1", unused_port()))
    with client(port) as one:
        one.sendall(STARTUP)
        assert "its primary node does not answer" in fields_of(rest_of(one))["M"]


def test_a_cancel_request_without_a_target_gets_no_answer(fronts: Fronts, port: int) -> None:
    fronts.open(GUID, port)
    with client(port) as one:
        one.sendall(CANCEL)
        assert is_over(one)


def test_the_front_ends_tls_for_a_server_without(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port, MATERIAL)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        one.sendall(packet(GSS_REQUEST))
        assert one.recv(1) == b"N"
        one.sendall(packet(TLS_REQUEST))
        assert one.recv(1) == b"S"
        with encrypted(one) as inside:
            inside.sendall(STARTUP)
            with backend.taken() as server:
                assert server.recv(100) == STARTUP
                server.sendall(b"R" * 300_000)
            assert rest_of(inside) == b"R" * 300_000


def test_where_the_front_ends_tls_a_plain_client_is_refused(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port, MATERIAL)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        one.sendall(STARTUP)
        refused = fields_of(rest_of(one))
    assert refused["C"] == "28000"
    assert "encrypted connections only" in refused["M"]
    assert not backend.was_asked()


def test_where_the_front_ends_tls_a_cancel_request_passes_in_clear(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port, MATERIAL)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        one.sendall(CANCEL)
        with backend.taken() as server:
            assert server.recv(100) == CANCEL
        assert is_over(one)


def test_what_is_sent_in_clear_behind_the_request_for_tls_reaches_nobody(
    fronts: Fronts, backend: Backend, port: int
) -> None:
    fronts.open(GUID, port, MATERIAL)
    fronts.target(GUID, backend.address)
    with client(port) as one:
        one.sendall(packet(TLS_REQUEST) + STARTUP)
        assert one.recv(1) == b"S"
        with pytest.raises(OSError):
            encrypted(one)
    wait_for(lambda: fronts.connections(GUID) == 0)
    assert not backend.was_asked()


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HTTP/1.1\r\n\r\n", struct.pack("!II", 10_001, VERSION_3), struct.pack("!I", 7), b"\x16\x03\x01 no"],
    ids=["nothing", "http", "too long", "too short", "no handshake"],
)
def test_strangers_are_sent_off(fronts: Fronts, port: int, said: bytes) -> None:
    fronts.open(GUID, port, MATERIAL)
    with client(port) as one:
        one.sendall(said)
        with suppress(OSError):  # it may be closed already
            one.shutdown(socket.SHUT_WR)
        wait_for(lambda: fronts.connections(GUID) == 0)
        assert b"available" not in rest_or_reset(one)


def rest_or_reset(connection: socket.socket) -> bytes:
    try:
        return rest_of(connection)
    except ConnectionResetError:
        return b""


def test_asking_for_gss_again_and_again_is_no_way_to_stay(fronts: Fronts, port: int) -> None:
    fronts.open(GUID, port, MATERIAL)
    with client(port) as one:
        one.sendall(packet(GSS_REQUEST) * 3)
        assert rest_or_reset(one) in (b"", b"N", b"NN", b"NNN")


def test_a_client_that_says_nothing_is_cut_off(fronts: Fronts, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyok.postgres.front_port.SECONDS", 0.05)
    fronts.open(GUID, port, MATERIAL)
    with client(port) as one:
        assert is_over(one)


def test_too_many_clients_are_told_so(
    fronts: Fronts, backend: Backend, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyok.postgres.front_port.LIMIT", 1)
    monkeypatch.setattr("kyok.postgres.front_port._SPARE", 1)
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port), backend.taken():
        with client(port) as second:
            wait_for(lambda: fronts.connections(GUID) == 2)
            with client(port) as third:
                assert is_over(third)
            second.sendall(STARTUP)
            assert fields_of(rest_of(second))["C"] == "53300"
        assert not backend.was_asked()
        wait_for(lambda: fronts.connections(GUID) == 1)


def test_a_taken_port_is_refused(fronts: Fronts, backend: Backend) -> None:
    with pytest.raises(PortsTaken):
        fronts.open(GUID, backend.address[1])
    with pytest.raises(NoFront):
        fronts.target(GUID, None)


def test_a_closed_port_is_free_again_and_its_clients_are_gone(fronts: Fronts, backend: Backend, port: int) -> None:
    fronts.open(GUID, port)
    fronts.target(GUID, backend.address)
    with client(port) as one, backend.taken() as server:
        fronts.close(GUID)
        assert is_over(one)
        assert is_over(server)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), SECONDS)
    fronts.close(GUID)
    fronts.open(GUID, port)
    fronts.open(GUID, port)
    assert fronts.connections(GUID) == 0


def test_certificate_and_key_must_be_a_pair(fronts: Fronts, port: int) -> None:
    with pytest.raises(NoFront, match="not a pair"):
        fronts.open(GUID, port, TlsMaterial(MATERIAL.certificate, AUTHORITY.key))
    with pytest.raises(NoFront):
        fronts.connections(GUID)


def test_no_key_is_ever_printed() -> None:
    assert MATERIAL.key.decode() not in repr(MATERIAL)
    assert "PRIVATE KEY" not in repr(MATERIAL)


def test_nothing_is_opened_before_the_start_or_after_the_stop(port: int) -> None:
    fronts = Fronts()
    fronts.stop()
    fronts.close(GUID)
    with pytest.raises(NoFront):
        fronts.open(GUID, port)
    fronts.start()
    fronts.start()
    fronts.open(GUID, port)
    with client(port) as one:
        wait_for(lambda: fronts.connections(GUID) == 1)
        fronts.stop()
        assert is_over(one)
    with pytest.raises(NoFront):
        fronts.open(GUID, port)


def test_every_thread_may_call(fronts: Fronts, backend: Backend) -> None:
    ports = {f"instance-{number}": unused_port() for number in range(8)}

    def use(guid: str) -> None:
        fronts.open(guid, ports[guid])
        fronts.target(guid, backend.address)
        fronts.target(guid, None)

    threads = [threading.Thread(target=use, args=(guid,)) for guid in ports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {fronts.connections(guid) for guid in ports} == {0}

"""Choosing and taking ports."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyok.postgres import ports
from kyok.postgres.errors import PortsTaken
from kyok.postgres.ports import ephemeral_range, free_port, listen
from tests.postgres.servers import unused_port


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield holder.getsockname()[1]


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def ephemeral(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    (folder / "range").write_text(text)
    monkeypatch.setattr(ports, "_EPHEMERAL_FILE", folder / "range")


def test_a_free_port_can_be_listened_on_and_lies_outside_the_ephemeral_range() -> None:
    port = free_port([])
    low, high = ephemeral_range()
    assert 25000 <= port <= 31999
    assert not low <= port <= high
    for listener in listen(port):
        listener.close()


def test_ports_of_others_are_left_out() -> None:
    first = free_port([])
    assert free_port([first]) > first


def test_busy_and_ephemeral_ports_are_passed_over(busy: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ephemeral(monkeypatch, tmp_path, f"{busy + 1}\t{busy + 1}\n")
    with pytest.raises(PortsTaken):
        free_port([], busy, busy + 1)
    ephemeral(monkeypatch, tmp_path, "1 2\n")
    with pytest.raises(PortsTaken):
        free_port([busy + 1], busy, busy + 1)


def test_the_kernel_s_range_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ephemeral(monkeypatch, tmp_path, "10000\t20000\n")
    assert ephemeral_range() == (10000, 20000)
    ephemeral(monkeypatch, tmp_path, "")
    assert ephemeral_range() == (32768, 60999)
    monkeypatch.setattr(ports, "_EPHEMERAL_FILE", tmp_path / "none")
    assert ephemeral_range() == (32768, 60999)


def test_a_taken_port_is_said_to_be_taken(busy: int) -> None:
    with pytest.raises(PortsTaken, match=str(busy)) as caught:
        listen(busy)
    assert caught.value.remedy


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_a_port_that_is_taken_on_ipv6_alone_is_taken_and_nothing_stays_bound() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortsTaken):
            listen(port)
        with socket.create_server(("127.0.0.1", port)) as again:
            assert again.getsockname()[1] == port


def test_a_machine_without_ipv6_listens_on_ipv4_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "has_ipv6", False)
    port = unused_port()
    listeners = listen(port)
    assert [listener.getsockname() for listener in listeners] == [("127.0.0.1", port)]
    listeners[0].close()

"""Ports of this computer's loopback addresses that stay free while nobody listens."""

import errno
import socket
from collections.abc import Iterable
from pathlib import Path

from kyok.postgres.errors import PortsTaken

FIRST, LAST = 25000, 31999
_EPHEMERAL_FILE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_USUAL_EPHEMERAL = (32768, 60999)
_NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def free_port(taken: Iterable[int], start: int = FIRST, end: int = LAST) -> int:
    """The lowest port from `start` to `end` that nobody listens on and that is not among `taken`.

    Ports that the kernel hands to outgoing connections are left out: a server that restarts would find its own gone.

    Raises:
        PortsTaken: there is none.
    """
    low, high = ephemeral_range()
    left_out = set(taken)
    for port in range(start, end + 1):
        if port in left_out or low <= port <= high:
            continue
        try:
            listeners = listen(port)
        except PortsTaken:
            continue
        for listener in listeners:
            listener.close()
        return port
    raise PortsTaken()


def ephemeral_range() -> tuple[int, int]:
    """The first and last port that the kernel hands to outgoing connections; Linux's usual ones if it does not say."""
    try:
        low, high = _EPHEMERAL_FILE.read_text().split()
        return int(low), int(high)
    except (OSError, ValueError):
        return _USUAL_EPHEMERAL


def listen(port: int) -> list[socket.socket]:
    """Sockets, not blocking, that listen on `port` of 127.0.0.1 and, where there is IPv6, of ::1. The caller closes.

    Raises:
        PortsTaken: another program has the port, on either address.
    """
    listeners: list[socket.socket] = []
    try:
        listeners.append(socket.create_server(("127.0.0.1", port)))
        if socket.has_ipv6:
            listeners += _listen_ipv6(port)
    except OSError as error:
        for listener in listeners:
            listener.close()
        raise PortsTaken(f"Port {port} of this computer cannot be listened on: {error.strerror}.") from error
    for listener in listeners:
        listener.setblocking(False)
    return listeners


def _listen_ipv6(port: int) -> list[socket.socket]:
    try:
        return [socket.create_server(("::1", port), family=socket.AF_INET6)]
    except OSError as error:
        if error.errno in _NO_IPV6:
            return []
        raise

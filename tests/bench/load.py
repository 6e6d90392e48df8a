"""A load generator in a process of its own: keep-alive connections over plain sockets, one epoll loop.

The requests are fixed bytes, so that the generator's own cost is the same for every server it is pointed at. It keeps
to one processor: else the kernel likes to wake it where the server runs, and how the two take that processor from each
other is what is measured.
"""

import base64
import json
import os
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Load:
    """What came out: requests per second, the latencies in milliseconds, refusals."""

    rate: float
    p50: float
    p99: float
    bad: int


def request_bytes(url: str, method: str, path: str, headers: dict[str, str], body: Any = None) -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    payload = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"host: {urlsplit(url).netloc}", f"content-length: {len(payload)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + payload


def run(url: str, request: bytes, *, connections: int, seconds: float) -> Load:
    """Sends `request` over and over on `connections` connections, from another process."""
    order = {
        "url": url,
        "request": base64.b64encode(request).decode(),
        "connections": connections,
        "seconds": seconds,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"], input=json.dumps(order), capture_output=True, text=True, check=True
    )
    return Load(**json.loads(done.stdout))


class _Connection:
    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent = 0.0

    def send(self, request: bytes) -> None:
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> int:
        """The status of the answer when it is whole, else 0."""
        self.buffer += self.socket.recv(65536)
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return 0
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length:
            return 0
        self.buffer = b""
        return int(head[9:12])


def _work(url: str, request: bytes, connections: int, seconds: float) -> Load:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    address = urlsplit(url)
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        connection = _Connection(address.hostname or "", address.port or 80)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(request)
    latencies: list[float] = []
    bad = 0
    start = time.perf_counter()
    end = start + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(1):
            connection = key.data
            status = connection.receive()
            if not status:
                continue
            latencies.append(time.perf_counter() - connection.sent)
            bad += status >= 300
            connection.send(request)
    took = time.perf_counter() - start
    selector.close()
    latencies.sort()
    count = len(latencies)
    return Load(count / took, latencies[count // 2] * 1000, latencies[int(count * 0.99)] * 1000, bad)


def main() -> None:
    """Reads the order from stdin, prints what came out."""
    order = json.load(sys.stdin)
    request = base64.b64decode(order["request"])
    sys.stdout.write(json.dumps(asdict(_work(order["url"], request, order["connections"], order["seconds"]))))


if __name__ == "__main__":
    main()

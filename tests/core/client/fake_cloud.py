"""A tiny HTTP server that answers what a test tells it to, and remembers what it was asked."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ACCOUNT = "a" * 32
Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]] | None


@dataclass
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw) if self.raw else None


@dataclass
class FakeCloud:
    """`answers` by "METHOD path": an answer, or a function of the request that gives one."""

    answers: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    tokens: int = 0
    lifetime: float = 3600
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""
    silent_close: bool = False

    def last(self) -> Asked:
        return self.asked[-1]

    def answer(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(asked)
        place = f"{asked.method} {asked.path}"
        found = self.answers.get(place)
        if place not in self.answers and asked.path == "/identity/token":
            with self.lock:
                self.tokens += 1
            return 200, {"access_token": token(self.tokens), "expires_in": self.lifetime, "token_type": "Bearer"}
        if place not in self.answers:
            return 404, {"summary": "Nothing here.", "remedy": "Look elsewhere.", "code": "NOT_FOUND_ERR"}
        return found(asked) if callable(found) else found


def token(number: int = 1, **claims: Any) -> str:
    body = {
        "iam_id": "IBMid-1",
        "name": "Anna",
        "email": "anna@acme.example",
        "account": {"valid": True, "bss": ACCOUNT},
        "n": number,
        **claims,
    }
    part = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    return f"e30.{part}.c2ln"


@contextmanager
def running(cloud: FakeCloud) -> Iterator[FakeCloud]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            split = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                split.path,
                {name: values[0] for name, values in parse_qs(split.query, keep_blank_values=True).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            found = cloud.answer(asked)
            if found is None:  # hang up without an answer
                self.close_connection = True
                return
            status, body, *more = found
            raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            if cloud.silent_close:
                self.close_connection = True
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _do  # noqa: N815 - names of the base class

        def log_message(self, *arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    cloud.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield cloud
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

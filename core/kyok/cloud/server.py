"""Runs the emulated cloud: one process per home, one origin for every API."""

import asyncio
import contextlib
import json
import logging
import os
import resource
import signal
import socket
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from kyok.clock import ServiceClock
from kyok.cloud.answers import WholeAnswers
from kyok.cloud.app import Cloud
from kyok.cloud.keeping import replacing
from kyok.cloud.keeping.host import Door, Host
from kyok.cloud.keeping.untouched import Before
from kyok.cloud.store.database import is_older
from kyok.errors import KyokError
from kyok.home_lock import held
from kyok.paths import Home
from kyok.postgres.volumes.places import remove_empty
from kyok.secrets import Secret, open_sealing_key

if TYPE_CHECKING:
    from kyok.sealing.key import SealingKey

log = logging.getLogger(__name__)

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FILES = 65_536
"""Open files that are enough for everybody."""
GRACE_SECONDS = 2
"""How long open connections may finish after SIGTERM; every acknowledged change is durable already."""


class HomeInUse(KyokError):
    """Another cloud holds the home's lock."""

    summary = "This data folder is in use by another emulated cloud."
    remedy = "Use that one (its address is in serve.json there), stop it, or choose another folder with --home."


class HostNeedsTls(KyokError):
    """Only the loopback interface is served without TLS."""

    summary = "Only this machine may be served: another host needs TLS, which is not offered."
    remedy = "Use --host 127.0.0.1."


class PortTaken(KyokError):
    """The port cannot be bound."""

    summary = "The port cannot be used."
    remedy = "Choose another one with --port, or --port 0 for any free one."


@dataclass(frozen=True, slots=True)
class Options:
    """What `kyok serve` was told."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 0
    passphrase: Secret | None = None
    insecure_demo: bool = False
    api_key: Secret | None = None
    real_nodes: bool = True
    """Whether new database instances may get real PostgreSQL servers."""


def serve(options: Options, announce: Callable[[dict[str, Any]], None]) -> int:
    """Serves until it is told to stop; `announce` gets the ready line's content, and before it that data is moved.

    Raises:
        KyokError: the home, the sealing secret, the host or the port cannot be used.
    """
    if options.host not in LOOPBACK:
        raise HostNeedsTls()
    _raise_the_limit_of_files()
    home = Home(options.home)
    before = Before(home)
    with before.around():
        home.prepare()
        with held(home, HomeInUse()):
            with before.inside():
                if replacing.settle(home):
                    log.info("another state was being put in place; that is finished")
                sealing = open_sealing_key(home, passphrase=options.passphrase, insecure_demo=options.insecure_demo)
                listener = _listen(options.host, options.port)
            if is_older(home.database):
                announce({"ready": False, "moving": "older data to the form of this version"})
            _serve_held(home, sealing, listener, options, announce)
    return 0


def _serve_held(
    home: Home,
    sealing: "SealingKey",
    listener: socket.socket,
    options: Options,
    announce: Callable[[dict[str, Any]], None],
) -> None:
    host = Host(home, sealing, lambda: _cloud(home, sealing, options))
    try:
        _run(host, listener, announce)
    finally:
        host.cloud.close()
        if options.real_nodes:
            remove_empty(home.root)
        home.serve_json.unlink(missing_ok=True)


def _cloud(home: Home, sealing: "SealingKey", options: Options) -> Cloud:
    return Cloud(home, sealing, ServiceClock(), api_key=options.api_key, real_nodes=options.real_nodes)


def _raise_the_limit_of_files() -> None:
    """As many open files as the system lets us have: each client of a database takes two, through its stable port."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = FILES if most == resource.RLIM_INFINITY else min(most, FILES)
    if now != resource.RLIM_INFINITY and now < wished:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wished, most))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTaken(f"Port {port} cannot be used.") from error
    listener.listen(512)
    listener.set_inheritable(False)
    return listener


def _run(host: Host, listener: socket.socket, announce: Callable[[dict[str, Any]], None]) -> None:
    address = listener.getsockname()
    place = f"[{address[0]}]" if ":" in address[0] else address[0]
    url = f"http://{place}:{address[1]}"
    home = host.home

    def ready() -> None:
        cloud = host.cloud
        cloud.start()
        _write_private(
            home.serve_json,
            {"url": url, "pid": os.getpid(), "started_at": time.time(), "nonce": cloud.nonce},
        )
        announce(
            {
                "ready": True,
                "url": url,
                "account_id": cloud.identities.account_id,
                "api_key_file": str(home.api_key_file),
                "hsm": "unlocked",
                "insecure_demo": cloud.insecure,
            }
        )

    server = _Server(_config(host.door), ready, host.let_polls_go)
    watcher = threading.Thread(target=_watch_stdin, args=(server, host), name="kyok-stdin", daemon=True)
    if stops_with_stdin():
        watcher.start()
    asyncio_runner = server.config.get_loop_factory()
    with asyncio.Runner(loop_factory=asyncio_runner) as runner:
        runner.run(server.serve(sockets=[listener]))


def _config(application: Door) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody stands between: what claims to be another address must not enter the log
        lifespan="off",
        http=WholeAnswers,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )


class _Server(uvicorn.Server):
    """Tells when it answers, and lets long polls go when it stops."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = stopping

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stops at SIGTERM and SIGINT; uvicorn's own would raise them again, before the cloud could close."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to answer, then says so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answers the waiting long polls, then shuts down."""
        self._stopping()
        await super().shutdown(sockets=sockets)


def stops_with_stdin() -> bool:
    """Whether the end of stdin is the starter's death: only a pipe or a socket has somebody at the other end."""
    if sys.stdin is None or sys.stdin.closed:
        return False
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _watch_stdin(server: uvicorn.Server, host: Host) -> None:
    """Waits for the starter's end, then for the last lease of other consoles."""
    try:
        while os.read(sys.stdin.fileno(), 4096):
            continue
    except OSError:
        log.info("stdin is gone")
    leases = host.cloud.leases  # they outlive a change of the state
    while leases.any_alive():
        if leases.wait_for_change(timeout=1.0):
            log.info("the starter is gone; a console still holds a lease")
    server.should_exit = True


def _write_private(path: Path, value: dict[str, Any]) -> None:
    """Writes a small file that only the owner may read, whole or not at all."""
    temporary = path.with_suffix(".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(value, file)
    temporary.replace(path)

"""An emulated cloud inside the test's process whose pictures can be compared.

Its clock stands still until it is turned, identifiers are the same every time, and a key check takes as long as the
last one.

It serves real sockets, so the console and every client reach it as they reach `kyok serve`.
"""

from __future__ import annotations

import hashlib
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from kyok.client.local_cloud import CloudAddress
from kyok.cloud.app import Cloud
from kyok.paths import Home
from kyok.sealing.key import KEYRING, SealingKey
from kyok.secrets import Secret
from tests.cloud_parts import TurnedClock
from tests.served import Rest

API_KEY = "still-api-key-0123456789"
_LATENCY = 6.2
"""Milliseconds that every key check takes."""


class ByPurpose:
    """Identifiers that depend on who draws them and how often he did, not on which thread comes first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawn: Counter[str] = Counter()
        self._before: Counter[str] = Counter()

    def draw(self, count: int) -> bytes:
        """`count` bytes of the drawer's own sequence."""
        frame: Any = sys._getframe(1)
        while frame.f_code.co_filename.endswith("randomness.py"):
            frame = frame.f_back
        purpose = f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"
        with self._lock:
            self._drawn[purpose] += 1
            number = self._drawn[purpose]
        return hashlib.shake_256(f"{purpose} {number}".encode()).digest(count)

    def mark(self) -> None:
        """What is drawn up to now, as for the account itself, stays in use after a reset."""
        with self._lock:
            self._before = self._drawn.copy()

    def start_over(self) -> None:
        """Draws the same again as after `mark`."""
        with self._lock:
            self._drawn = self._before.copy()


class StillCloud:
    """See the module. `open`, `api_key`, `child_ended` and `close` are what a console asks of its local cloud."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.prepare()
        self.clock = TurnedClock()
        self.randomness = ByPurpose()
        self.cloud = Cloud(
            self.home,
            SealingKey(KEYRING, bytearray(32)),
            self.clock,  # type: ignore[arg-type]
            randomness=self.randomness,
            api_key=Secret(API_KEY),
            took=lambda started: _LATENCY,
        )
        self.randomness.mark()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(
            self.cloud.application(), log_config=None, access_log=False, lifespan="off", ws="none", http="httptools"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def start(self) -> StillCloud:
        """Answers from now on."""
        self._thread.start()
        end = time.monotonic() + 20
        while not self._server.started:
            assert time.monotonic() < end, "uvicorn did not start"
            self._thread.join(0.01)
        self.cloud.start()
        return self

    def stop(self) -> None:
        """Ends everything."""
        self.cloud.changes.close()
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()
        self.cloud.close()

    def rest(self) -> Rest:
        """A plain client of the administrator."""
        return Rest(self.url, API_KEY)

    @property
    def account_id(self) -> str:
        """The account."""
        return self.cloud.identities.account_id

    # as a console's local cloud -------------------------------------------------

    def open(self, passphrase: Secret | None = None) -> CloudAddress:
        """Where it answers."""
        del passphrase
        return CloudAddress(self.url, self.home.api_key_file, self.account_id, "unlocked", True)

    def when_moving(self, told: Callable[[], object]) -> None:
        """It moves nothing."""

    @property
    def api_key(self) -> Any:
        """How a session gets the administrator's key."""
        return lambda: Secret(API_KEY)

    @property
    def child_ended(self) -> bool:
        """It has no process of its own."""
        return False

    def close(self) -> None:
        """A console lets go of it; others may still use it."""

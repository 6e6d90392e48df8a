"""A served cloud for tests: as a child process (`ServedProcess`), and a plain REST client (`Rest`)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

PATIENCE = READY_SECONDS = END_SECONDS = 120
"""On a loaded machine three servers and their volumes take a while to come, and to close."""


class Rest:
    """The APIs as curl would call them: no SDK, no client of ours, nothing retried."""

    def __init__(self, url: str, api_key: str) -> None:
        self.url = url
        self._http = requests.Session()
        self._http.trust_env = False
        self.api_key = api_key
        self.token = self.sign_in()

    def sign_in(self) -> str:
        """A fresh access token."""
        answer = self._http.post(
            f"{self.url}/identity/token",
            data={"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": self.api_key},
            timeout=30,
        )
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def send(
        self, method: str, path: str, body: Any = None, *, seconds: float = 60, **headers: str
    ) -> requests.Response:
        """Any request, with the token; `headers` with underscores for dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._http.request(
            method,
            self.url + path,
            json=body,
            headers={"Authorization": f"Bearer {self.token}", **named},
            timeout=seconds,
        )

    def json(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: tuple[int, ...] = (),
        seconds: float = 60,
        **headers: str,
    ) -> Any:
        """The decoded answer of a request that must succeed (with one of `expect`, when given)."""
        answer = self.send(method, path, body, seconds=seconds, **headers)
        good = answer.status_code in expect if expect else answer.ok
        assert good, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None

    def wait(self, what: str, ready: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Asks until `ready` gives something true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = ready()
            if value:
                return value
            time.sleep(0.02)
        raise AssertionError(f"waited {seconds} s for {what}")


class ServedProcess:
    """`kyok serve` as a child, on a home of the test's own. `nodes`: `simulated`, or `auto` for real servers.

    KYOK_TEST_NODES chooses for tests that run on both (make proofs).
    """

    def __init__(
        self,
        home: Path,
        *,
        api_key: str = "test-api-key-0123456789",
        extra: tuple[str, ...] = (),
        nodes: str = "",
    ) -> None:
        self.home = home
        self._nodes = nodes or os.environ.get("KYOK_TEST_NODES", "simulated")
        self.api_key = api_key
        self._extra = extra
        self.process: subprocess.Popen[str] | None = None
        self.url = ""
        self.account_id = ""

    def start(self) -> "ServedProcess":
        """Starts it and waits for its ready line."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kyok.cli", "serve", "--home", str(self.home), "--insecure-demo", *self._extra],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "KYOK_API_KEY": self.api_key,
                "KYOK_NODES": self._nodes,
                "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            },
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if '"moving"' in line:
            line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            raise AssertionError(f"kyok serve did not start: {self.process.stderr.read()}")
        ready = json.loads(line)
        self.url, self.account_id = ready["url"], ready["account_id"]
        return self

    def rest(self) -> Rest:
        """A signed-in plain client."""
        return Rest(self.url, self.api_key)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        return self._end(signal.SIGTERM)

    def put_down(self) -> None:
        """Leaves nothing behind, whatever became of it."""
        if self.process is not None and self.process.returncode is None:
            self.kill()

    def _end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(END_SECONDS)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return code

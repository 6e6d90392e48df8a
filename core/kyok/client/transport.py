"""HTTP: plain sockets to a cloud on this machine, `requests` to any other, imported when it is first asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlencode, urlsplit

from kyok.client.errors import CloudUnreachable, UnexpectedAnswer
from kyok.domain.translation import tr

if TYPE_CHECKING:
    import requests

    from kyok.client.local_http import LocalHttp

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_REPEATABLE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: status, header names in lower case, body."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def ok(self) -> bool:
        """Whether the status says success."""
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The body as an object; empty when there is none. Raises `UnexpectedAnswer` for anything else."""
        if not self.content:
            return {}
        try:
            value = json.loads(self.content)
        except ValueError as error:
            raise UnexpectedAnswer() from error
        if not isinstance(value, dict):
            raise UnexpectedAnswer()
        return value


class Transport:
    """Sends requests from any thread. Calls are never retried except a GET whose idle connection was found dead."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._near: LocalHttp | None = None
        self._far = _Elsewhere()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        """One request. Raises `CloudUnreachable` when nothing answers in time."""
        try:
            parts = urlsplit(url)
            near = parts.scheme == "http" and parts.hostname in _LOOPBACK
        except ValueError as error:
            raise CloudUnreachable(tr("The address of the cloud is not one.")) from error
        if near:
            return self._send_near(method, parts, headers, content, form, params, read_seconds)
        return self._far.send(method, url, headers, content if content is not None else form, params, read_seconds)

    def close(self) -> None:
        """Close every connection of every thread; later calls open new ones."""
        if self._near is not None:
            self._near.close()
        self._far.close()

    def _send_near(
        self,
        method: str,
        url: SplitResult,
        headers: Mapping[str, str],
        content: bytes | None,
        form: Mapping[str, str] | None,
        params: Mapping[str, str] | None,
        read_seconds: float,
    ) -> Reply:
        sent = dict(headers)
        if content is None and form is not None:
            content, sent["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
        query, http = urlencode(params or {}), self._local_http()
        for last in (method not in _REPEATABLE, True):
            try:
                answer = http.send(
                    method, url, headers=sent, query=query, content=content or b"", read_seconds=read_seconds
                )
                break
            except TimeoutError as error:
                raise CloudUnreachable(tr("The cloud did not answer in time.")) from error
            except OSError as error:
                if last:
                    raise CloudUnreachable() from error
            except ValueError as error:
                raise CloudUnreachable() from _without_request(error)
        return Reply(answer.status, answer.headers, b"".join(answer.parts))

    def _local_http(self) -> LocalHttp:
        from kyok.client.local_http import LocalHttp

        with self._lock:
            if self._near is None:
                self._near = LocalHttp(CONNECT_SECONDS)
            return self._near


class _Elsewhere:
    """Clouds that are not on this machine: TLS, certificates and the proxies of the environment are `requests`' trade.

    Each thread has a pool of connections of its own.
    """

    def __init__(self) -> None:
        self._local = threading.local()
        self._lock = threading.Lock()
        self._sessions: list[requests.Session] = []
        self._generation = 0

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | Mapping[str, str] | None,
        params: Mapping[str, str] | None,
        read_seconds: float,
    ) -> Reply:
        """One request; see `Transport.send`."""
        import requests

        session = self._session(url)
        arguments: dict[str, Any] = {
            "headers": dict(headers),
            "data": body,
            "params": params,
            "timeout": (CONNECT_SECONDS, read_seconds),
            "allow_redirects": False,
        }
        for last in (method not in _REPEATABLE, True):
            try:
                answer = session.request(method, url, **arguments)
                break
            except requests.Timeout as error:
                raise CloudUnreachable(tr("The cloud did not answer in time.")) from _without_request(error)
            except requests.ConnectionError as error:
                if last:
                    raise CloudUnreachable() from _without_request(error)
            except requests.RequestException as error:
                raise CloudUnreachable() from _without_request(error)
        return Reply(
            answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.content
        )

    def close(self) -> None:
        """Close every connection of every thread; later calls open new ones."""
        with self._lock:
            sessions, self._sessions = self._sessions, []
            self._generation += 1
        for session in sessions:
            session.close()

    def _session(self, url: str) -> requests.Session:
        import requests

        if getattr(self._local, "generation", None) != self._generation:
            self._local.session = requests.Session()
            self._local.generation = self._generation
            with self._lock:
                self._sessions.append(self._local.session)
        session: requests.Session = self._local.session
        # Environment proxies must not see what stays on this machine, and .netrc must not replace our token.
        session.trust_env = urlsplit(url).hostname not in _LOOPBACK
        return session


def _without_request(error: Exception) -> Exception:
    """The error without the request it carries: its headers hold the token and its body may hold key material."""
    return type(error)(*(str(argument)[:200] for argument in error.args[:1]))

"""One signed-in connection to a cloud. Thread-safe; every call blocks, so a window calls it from workers."""

from __future__ import annotations

import json as json_text
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol
from urllib.parse import quote, urlsplit

from kyok.client.errors import TOKEN_REFUSED, ApiError, NeedsEmulator, api_error
from kyok.client.profile import Profile
from kyok.client.token import SignedIn, TokenKeeper, by_api_key
from kyok.client.transport import READ_SECONDS, Reply, Transport
from kyok.domain.crn import Crn

Base = Literal["iam", "resource-controller", "catalog", "tagging", "emulator", "tke"]

_TOKEN_CODES = frozenset({TOKEN_REFUSED, "BEARER_SUB_EXTRACTION_ERR"})
"""Codes that say that the token, not the role, is the problem: exchanged anew once."""


class ApiKey(Protocol):
    """What holds the API key: `kyok.secrets.Secret`."""

    def use(self) -> AbstractContextManager[bytes | bytearray | memoryview]:
        """The key's bytes, for as long as the block lasts."""
        ...


class CloudSession:
    """Signs requests and reads answers; knows addresses, not APIs.

    `api_key` is a secret or something that gives one when it is needed (None: not signed in).
    """

    def __init__(
        self,
        profile: Profile,
        api_key: ApiKey | Callable[[], ApiKey | None],
        *,
        agent: str = "kyok-console",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._profile = profile
        self._key = api_key
        self._agent = agent
        self._monotonic = monotonic
        self._transport = Transport()
        self._token = TokenKeeper(by_api_key(self._reveal_key, self._send_form), monotonic)

    def __repr__(self) -> str:
        return f"<session with {self._profile.name}>"

    @property
    def profile(self) -> Profile:
        """Where the cloud is."""
        return self._profile

    def move_to(self, profile: Profile) -> None:
        """Go on with a cloud at other addresses (it was started again): connections and token are dropped."""
        self._profile = profile
        self.sign_out()

    def acting_as(self, iam_id: str) -> CloudSession:
        """Another connection, for one of the emulated cloud's users: its tokens come through this one's, no key."""
        path = f"/emulator/v1/identities/{quote(iam_id, safe='')}/token"
        other = CloudSession(self._profile, lambda: None, agent=self._agent, monotonic=self._monotonic)
        other._token = TokenKeeper(lambda: self.request("emulator", "POST", path, json={}), self._monotonic)
        return other

    def sign_out(self) -> None:
        """Forget the token and close all connections; the next call signs in again."""
        self._token.drop()
        self._transport.close()

    close = sign_out

    def identity(self) -> SignedIn:
        """Who is signed in; signs in when nobody is."""
        return self._token.identity()

    def key_header(self) -> dict[str, str]:
        """The header that asks IAM about the API key of this session; empty when it has none."""
        value = self._reveal_key()
        return {"IAM-ApiKey": value} if value else {}

    @property
    def account_id(self) -> str:
        """The account of the signed-in identity."""
        return self._token.identity().account_id

    def request(
        self,
        base: Base | Crn | str,
        method: str,
        path: str,
        *,
        json: object = None,
        raw: bytes | None = None,
        params: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> dict[str, Any]:
        """The decoded body of a successful answer, empty for none. See `call`."""
        reply = self.call(
            base, method, path, json=json, raw=raw, params=params, headers=headers, read_seconds=read_seconds
        )
        return reply.json()

    def call(
        self,
        base: Base | Crn | str,
        method: str,
        path: str,
        *,
        json: object = None,
        raw: bytes | None = None,
        params: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        """Send one request. `base` names an API, an instance (its key management API), or a full base address.

        `raw` is a body that is JSON already.

        Raises `ApiError` for a refusal, `CloudUnreachable`, `NotSignedIn`, `NeedsEmulator`.
        """
        url = self.base_url(base) + path
        content = raw if json is None else json_text.dumps(json).encode()

        def once(bearer: str) -> Reply:
            sent = {
                "Authorization": f"Bearer {bearer}",
                "Accept": "application/json",
                "Correlation-Id": str(uuid.uuid4()),
                "User-Agent": self._agent,
                **({"Content-Type": "application/json"} if content is not None else {}),
                **(headers or {}),
            }
            return self._transport.send(
                method, url, headers=sent, content=content, params=_query(params), read_seconds=read_seconds
            )

        bearer = self._token.bearer()
        reply = once(bearer)
        if not reply.ok and _refusal(method, path, reply).code in _TOKEN_CODES:
            self._token.drop(bearer)
            reply = once(self._token.bearer())
        if not reply.ok:
            raise _refusal(method, path, reply)
        return reply

    def base_url(self, base: Base | Crn | str) -> str:
        """The address before the path."""
        profile = self._profile
        if isinstance(base, Crn):
            return profile.kms_url(base)
        if base.startswith(("http://", "https://")):
            return base
        urls = {
            "iam": profile.iam_url,
            "resource-controller": profile.resource_controller_url,
            "catalog": profile.catalog_url,
            "tagging": profile.tagging_url,
            "emulator": profile.emulator_url,
            "tke": profile.tke_url,
        }
        url = urls[base]
        if url is None:
            raise NeedsEmulator()
        return url

    @property
    def host(self) -> str:
        """Host and port of the cloud's IAM, for status texts."""
        return urlsplit(self._profile.iam_url).netloc

    def _reveal_key(self) -> str | None:
        held = self._key() if callable(self._key) else self._key
        if held is None:
            return None
        with held.use() as raw:
            return bytes(raw).decode()

    def _send_form(self, path: str, form: Mapping[str, str]) -> Reply:
        headers = {"Accept": "application/json", "User-Agent": self._agent}
        return self._transport.send("POST", self._profile.iam_url + path, headers=headers, form=form)


def _refusal(method: str, path: str, reply: Reply) -> ApiError:
    return api_error(method, path, reply.status, reply.content, reply.headers)


def _query(params: Mapping[str, object] | None) -> dict[str, str] | None:
    """Query values as text; None and empty texts are left out, booleans are lower case."""
    if not params:
        return None
    texts = {}
    for name, value in params.items():
        if value is None or value == "":
            continue
        texts[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return texts

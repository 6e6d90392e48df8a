"""The access token: exchanged for the API key, renewed at 80 % of its life, shared by all threads."""

from __future__ import annotations

import base64
import binascii
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kyok.client.errors import ApiError, NotSignedIn, UnexpectedAnswer, api_error
from kyok.domain.translation import tr

if TYPE_CHECKING:
    from kyok.client.transport import Reply

API_KEY_GRANT = "urn:ibm:params:oauth:grant-type:apikey"
RENEW_AT = 0.8
"""Share of its life after which a token is renewed, as IBM's SDKs do."""
TOKEN_PATH = "/identity/token"  # noqa: S105 - a path, not a token


class SendForm(Protocol):
    """What posts the form to the token endpoint."""

    def __call__(self, path: str, form: Mapping[str, str]) -> Reply:
        """The answer, whatever its status."""
        ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who the token says we are. The signature is the cloud's business, so it is not checked here."""

    iam_id: str
    account_id: str
    name: str = ""
    email: str = ""

    @property
    def short_account(self) -> str:
        """The first six digits of the account id, as the header shows it."""
        return self.account_id[:6]


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    renew_at: float
    identity: SignedIn

    def __repr__(self) -> str:
        return "<token>"


Obtain = Callable[[], dict[str, Any]]
"""Gets a new token: the answer of a token endpoint."""


def by_api_key(reveal_key: Callable[[], str | None], send: SendForm) -> Obtain:
    """Exchanges an API key; `reveal_key` gives it for the moment of the exchange, or None."""

    def obtain() -> dict[str, Any]:
        key = reveal_key()
        if not key:
            raise NotSignedIn(tr("There is no API key to sign in with."))
        reply = send(TOKEN_PATH, {"grant_type": API_KEY_GRANT, "apikey": key, "response_type": "cloud_iam"})
        if not reply.ok:
            raise _refused(api_error("POST", TOKEN_PATH, reply.status, reply.content, reply.headers))
        return reply.json()

    return obtain


class TokenKeeper:
    """Holds the token and obtains another one in time."""

    def __init__(self, obtain: Obtain, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._obtain = obtain
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token: _Token | None = None

    def __repr__(self) -> str:
        return "<token keeper>"

    def bearer(self) -> str:
        """A token good for a request now. Raises `NotSignedIn`, `CloudUnreachable`, `ApiError`."""
        return self._present().value

    def identity(self) -> SignedIn:
        """Who is signed in."""
        return self._present().identity

    def drop(self, used: str | None = None) -> None:
        """Forget the token, so that the next call exchanges anew; `used` given: only if it is still that one."""
        with self._lock:
            if used is None or (self._token is not None and self._token.value == used):
                self._token = None

    def _present(self) -> _Token:
        with self._lock:  # one exchange at a time: the threads that wait take its result
            if self._token is None or self._monotonic() >= self._token.renew_at:
                self._token = self._exchange()
            return self._token

    def _exchange(self) -> _Token:
        started = self._monotonic()
        body = self._obtain()
        value, life = body.get("access_token"), body.get("expires_in")
        if not isinstance(value, str) or not isinstance(life, int | float):
            raise UnexpectedAnswer()
        return _Token(value, started + RENEW_AT * float(life), identity_of(value))


def identity_of(token: str) -> SignedIn:
    """The claims of an access token that say who it is for."""
    try:
        part = token.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        account = claims["account"]["bss"]
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise UnexpectedAnswer() from error
    return SignedIn(
        iam_id=str(claims.get("iam_id", "")),
        account_id=str(account),
        name=str(claims.get("name", "")),
        email=str(claims.get("email", "")),
    )


def _refused(error: ApiError) -> Exception:
    if error.status in (400, 401, 403) and (error.code.startswith("BXNIM") or error.status != 400):
        return NotSignedIn(status=error.status, code=error.code)
    return error

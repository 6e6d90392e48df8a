"""Access tokens: what they say, and who stands behind one that comes back.

Lifetimes run on wall time (DESIGN.md 3 "Time"): turning the service clock ends no session. Claims:
reference/iam-and-resources.md section 2.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import select

from kyok.cloud.activity.events import Caller
from kyok.cloud.iam.errors import AccountForeign, TokenExpired, TokenMalformed, TokenMissing
from kyok.cloud.iam.signing import SigningKey
from kyok.cloud.store import Store
from kyok.cloud.store.tables import account
from kyok.domain.crn import Crn, InvalidCrn
from kyok.randomness import Randomness, new_uuid

LIFETIME = 3600
"""Seconds that an access token lives."""
CACHED_TOKENS = 4096
ISSUER = "https://iam.cloud.ibm.com/identity"
_BEARER = "bearer "


class Headed(Protocol):
    """The part of a request that says who calls."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Header values by lower-case name."""

    @property
    def address(self) -> str:
        """The client's address."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom a token speaks for: a user, or a service instance acting under its authorizations."""

    iam_id: str
    account: str
    name: str
    kind: Literal["user", "service"] = "user"
    crn: Crn | None = None
    display: str = ""
    """A user's given name, for people."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token with its end in seconds since 1970."""

    value: str
    expires_in: int
    expiration: int

    def __repr__(self) -> str:
        return f"Issued(<secret>, {self.expires_in}, {self.expiration})"

    def body(self) -> dict[str, Any]:
        """The answer of the token endpoint."""
        return {
            "access_token": self.value,
            "refresh_token": "not_supported",
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "expiration": self.expiration,
            "scope": "ibm openid",
        }


class Tokens:
    """Issues tokens and tells whose they are."""

    def __init__(
        self, store: Store, signing: SigningKey, randomness: Randomness, wall: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._signing = signing
        self._randomness = randomness
        self._wall = wall
        self._known: dict[bytes, tuple[Principal, int]] = {}
        self._accounts: list[frozenset[str]] = []
        store.writer.on_change(("identities",), self._changed)

    def issue(self, principal: Principal, grant_type: str) -> Issued:
        """A token for one hour of wall time."""
        now = int(self._wall())
        return Issued(self._signing.sign(self._claims(principal, grant_type, now)), LIFETIME, now + LIFETIME)

    def caller(self, request: Headed, correlation: str) -> Caller:
        """Who makes this request.

        Raises:
            TokenMissing, TokenMalformed, TokenExpired, TokenForeign, AccountForeign: nobody that is let in.
        """
        principal = self.principal(_bearer(request.headers))
        agent = request.headers.get("user-agent", "")
        return Caller(
            principal.iam_id,
            principal.account,
            principal.name,
            principal.kind,
            principal.crn,
            agent,
            request.address,
            correlation,
        )

    def principal(self, token: str) -> Principal:
        """Whom a token speaks for, now. Raises as `caller`."""
        if not token.isascii():
            raise TokenMalformed()
        digest = hashlib.sha256(token.encode("ascii")).digest()
        known = self._known.get(digest)
        if known is None:
            known = self._read(token)
            if len(self._known) >= CACHED_TOKENS:
                self._known.clear()
            self._known[digest] = known
        principal, end = known
        if self._wall() >= end:
            raise TokenExpired()
        if principal.account not in self._known_accounts():
            raise AccountForeign()
        return principal

    def jwks(self) -> dict[str, Any]:
        """The public keys under which tokens can be verified."""
        return self._signing.jwks()

    def _claims(self, principal: Principal, grant_type: str, now: int) -> dict[str, Any]:
        claims: dict[str, Any] = {
            "iam_id": principal.iam_id,
            "id": principal.iam_id,
            "jti": new_uuid(self._randomness),
            "identifier": principal.iam_id.partition("-")[2],
            "name": principal.display or principal.name,
            "sub": principal.name if principal.kind == "user" else str(principal.crn),
            "account": {"valid": True, "bss": principal.account},
            "iat": now,
            "exp": now + LIFETIME,
            "iss": ISSUER,
            "grant_type": grant_type,
            "scope": "ibm openid",
            "client_id": "default",
            "acr": 1,
            "amr": ["pwd"],
        }
        if principal.kind == "user":
            given, _, family = principal.display.partition(" ")
            claims |= {"realmid": "IBMid", "given_name": given, "family_name": family, "email": principal.name}
        else:
            claims |= {"realmid": "crn", "sub_type": "CRN", "instance_name": principal.name}
        return claims

    def _read(self, token: str) -> tuple[Principal, int]:
        claims = self._signing.claims(token)
        try:
            iam_id, bss, end = claims["iam_id"], claims["account"]["bss"], int(claims["exp"])
            if claims.get("sub_type") == "CRN":
                principal = Principal(iam_id, bss, claims["instance_name"], "service", Crn.parse(claims["sub"]))
            else:
                principal = Principal(iam_id, bss, claims["email"], display=claims.get("name", ""))
        except (KeyError, TypeError, ValueError, InvalidCrn) as error:
            raise TokenMalformed() from error
        return principal, end

    def _known_accounts(self) -> frozenset[str]:
        # A change replaces the box: what was read before it then goes into a box that nobody looks into again.
        box = self._accounts
        if not box:
            with self._store.read_apart() as reader:
                box.append(frozenset(row.id for row in reader.all(select(account.c.id))))
        return box[0]

    def _changed(self, kind: str) -> None:
        self._accounts = []


def _bearer(headers: Mapping[str, str]) -> str:
    value = headers.get("authorization", "").strip()
    if not value:
        raise TokenMissing()
    token = value[len(_BEARER) :].lstrip()
    if value[: len(_BEARER)].lower() != _BEARER or not token:
        raise TokenMalformed()
    return token

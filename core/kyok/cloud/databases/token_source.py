"""Tokens of service instances, from IAM's own token endpoint (grant `iam-authz`)."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import msgspec

from kyok.cloud.databases.exchange import Asked, Exchange
from kyok.cloud.databases.key_errors import key_answer
from kyok.domain.crn import Crn
from kyok.domain.key_rules import Answer

GRANT = "urn:ibm:params:oauth:grant-type:iam-authz"
MARGIN_SECONDS = 120
"""A token is replaced this long before it ends (wall time)."""


class TokenRefused(Exception):
    """IAM gave the instance no token; `answer` says how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.message)
        self.answer = answer


class InstanceTokens:
    """Tokens by instance, kept until shortly before they end."""

    def __init__(self, exchange: Exchange, credential: Callable[[], str]) -> None:
        self._exchange = exchange
        self._credential = credential
        self._kept: dict[str, tuple[str, float]] = {}

    def token(self, crn: Crn) -> str:
        """The access token of the instance."""
        name = str(crn)
        kept = self._kept.get(name)
        if kept is not None and time.time() < kept[1]:
            return kept[0]
        form = {"grant_type": GRANT, "access_token": self._credential(), "desired_iam_id": f"crn-{name}"}
        headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": "kyok-dbaas"}
        answered = self._exchange.send([Asked("POST", "/identity/token", headers, urlencode(form).encode("ascii"))])[0]
        if answered.status != 200:
            raise TokenRefused(key_answer(answered))
        body: dict[str, Any] = msgspec.json.decode(answered.body)
        token = str(body["access_token"])
        self._kept[name] = (token, float(body.get("expiration", 0)) - MARGIN_SECONDS)
        return token

    def forget(self, crn: Crn) -> None:
        """Drops a token that was refused."""
        self._kept.pop(str(crn), None)

    def forget_all(self) -> None:
        """Drops every token."""
        self._kept.clear()

"""What a client call can end with, told in plain words.

Error bodies differ by API (kms-api.md 1.5, iam-and-resources.md 2, 4.5 and 7, dbaas.md 2.6, and our own shape under
`/emulator/v1` and `/tke/v1`); `api_error` reads them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kyok.client.remedies import known, remedy_for_status
from kyok.domain.key_rules import WK_NOT_INITIALIZED
from kyok.domain.translation import tr
from kyok.errors import KyokError

TOKEN_REFUSED = "invalid_token"  # noqa: S105 - an error code
IDENTITY_NOT_FOUND = "IDENTITY_NOT_FOUND"
"""Code of the refusal to go on as somebody who is no user of the emulated cloud."""
_MESSAGE_MAX = 600


class ApiError(KyokError):
    """The cloud answered with a refusal. `code` is the API's own reason code, empty when it gave none."""

    summary = "The cloud refused the request."

    def __init__(
        self,
        summary: str | None = None,
        remedy: str | None = None,
        *,
        status: int = 0,
        code: str = "",
        method: str = "",
        path: str = "",
        correlation_id: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(summary, remedy)
        self.status = status
        self.code = code
        self.method = method
        self.path = path
        self.correlation_id = correlation_id
        self.details: Mapping[str, Any] = details or {}

    @property
    def denied(self) -> bool:
        """Whether the caller may not do this (the key service says 401 where others say 403)."""
        return self.status in (401, 403)

    @property
    def not_found(self) -> bool:
        """Whether the thing is not there, or no more."""
        return self.status in (404, 410)


class CloudUnreachable(KyokError):
    """Nothing answered: the cloud does not run, or the network is gone."""

    summary = "The cloud does not answer."
    remedy = "Check that it runs and that its address is right, then try again."


class NotSignedIn(KyokError):
    """There is no API key, or the cloud did not accept it."""

    summary = "The API key was not accepted."
    remedy = "Sign in with a valid API key of this account."


class UnexpectedAnswer(KyokError):
    """The cloud answered something that this client cannot read."""

    summary = "The cloud gave an answer that this version cannot read."
    remedy = "Update KYOK Console, or check that the address belongs to the cloud you mean."


class NeedsEmulator(KyokError):
    """A call of the private API against a real cloud."""

    summary = "Only the emulated cloud can do this."
    remedy = "Use a profile of an emulated cloud."


def api_error(method: str, path: str, status: int, body: bytes, headers: Mapping[str, str]) -> ApiError:
    """The error that an answer stands for. Query strings, which may hold what was searched, are left out."""
    code, message, remedy, details = _read(_decoded(body))
    if status == 401 and not code:
        code = "UNAUTHORIZED_ERR"
    if WK_NOT_INITIALIZED in message:
        code = WK_NOT_INITIALIZED
    elif status == 401 and "access token" in message.lower():
        code = TOKEN_REFUSED  # the key service gives a missing role and a bad token the same code
    summary, more = _sentences(message)
    plain, cure = known(code)
    return ApiError(
        plain or summary or tr("The cloud refused the request ({status}).", status=status),
        remedy or ("" if plain else more) or cure or remedy_for_status(status),
        status=status,
        code=code,
        method=method,
        path=path.partition("?")[0],
        correlation_id=headers.get("correlation-id") or headers.get("transaction-id") or "",
        details=details,
    )


def _decoded(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body) if body else {}
    except ValueError:
        return {}
    return value if isinstance(value, Mapping) else {}


def _read(body: Mapping[str, Any]) -> tuple[str, str, str, Mapping[str, Any]]:
    """Code, message, remedy and details of whichever shape the body has."""
    if "summary" in body:
        return _text(body, "code"), _text(body, "summary"), _text(body, "remedy"), body
    if isinstance(body.get("errors"), list) and body["errors"]:
        first = _mapping(body["errors"][0])
        return _text(first, "code"), _text(first, "message"), "", _mapping(first.get("details"))
    if isinstance(body.get("resources"), list) and body["resources"]:
        resource = _mapping(body["resources"][0])
        reasons = resource.get("reasons")
        reason = _mapping(reasons[0]) if isinstance(reasons, list) and reasons else {}
        message = _text(reason, "message") or _text(resource, "errorMsg")
        return _text(reason, "code"), message, "", reason
    if "errorMessage" in body:
        return _text(body, "errorCode"), _text(body, "errorMessage"), _text(body, "errorDetails"), {}
    code = body.get("error_code") or body.get("reason") or ""
    return str(code), _text(body, "message"), "", {}


def _sentences(message: str) -> tuple[str, str]:
    """A message split after its first sentence."""
    message = " ".join(message.split())[:_MESSAGE_MAX]
    for mark in (". ", "! "):
        first, found, rest = message.partition(mark)
        if found:
            return first + found.strip(), rest
    return message, ""


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

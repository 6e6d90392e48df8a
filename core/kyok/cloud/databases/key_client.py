"""The key service as the database service sees it: a REST client with the identity of an instance.

Requests carry a token that IAM issues to the instance; so every refusal of the key management API is met here exactly
as any other client would meet it.
"""

import base64
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

import msgspec

from kyok.cloud.databases.exchange import Answered, Asked, Exchange
from kyok.cloud.databases.key_errors import key_answer
from kyok.cloud.databases.token_source import TokenRefused
from kyok.domain.crn import Crn
from kyok.domain.key_rules import Answer, AnswerKind


class TokenSource(Protocol):
    """Gives the access token of a service instance acting under its authorizations."""

    def token(self, crn: Crn) -> str:
        """The token.

        Raises:
            TokenRefused: IAM gave none.
        """

    def forget(self, crn: Crn) -> None:
        """Drops a token that was refused."""

    def forget_all(self) -> None:
        """Drops every token: the instances are others now."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One wrapped data key with the root key that wraps it, for one caller (`agent` names the machine)."""

    crn: Crn
    kms_guid: str
    key_id: str
    ciphertext: str
    agent: str


@dataclass(slots=True)
class Unwrapped:
    """The answer to an unwrap. `dek` is the caller's to wipe. `newest`: the version that the key has by now."""

    answer: Answer
    latency_ms: float
    correlation: str
    dek: bytearray | None = None
    version: str | None = None
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped data key and the key version that wraps it."""

    answer: Answer
    ciphertext: str = ""
    version: str = ""


class KeyClient:
    """Wrap, unwrap, rewrap and registrations, as an instance."""

    def __init__(self, exchange: Exchange, tokens: TokenSource) -> None:
        self._exchange = exchange
        self._tokens = tokens
        self._serial = 0

    def forget_all(self) -> None:
        """The state was replaced: what was asked for before serves nobody."""
        self._tokens.forget_all()

    def wrap(self, crn: Crn, kms_guid: str, key_id: str) -> Wrapped:
        """Has the key service make a data key and wrap it; the plain key is not kept here (each agent unwraps)."""
        body = {"aad": [str(crn)]}
        response = self._one(self._action(crn, kms_guid, key_id, "wrap", body, "kyok-dbaas"))
        return _wrapped(response)

    def rewrap(self, use: KeyUse) -> Wrapped:
        """The same data key wrapped by the newest version of the root key."""
        body = {"ciphertext": use.ciphertext, "aad": [str(use.crn)]}
        response = self._one(self._action(use.crn, use.kms_guid, use.key_id, "rewrap", body, use.agent))
        return _wrapped(response, "rewrappedKeyVersion")

    def unwrap(self, uses: Sequence[KeyUse]) -> list[Unwrapped]:
        """Unwraps for many agents at once; each is its own request, they share the durable commits."""
        requests = [self._unwrap(use) for use in uses]
        answers = self._all(requests)
        refused = [index for index, answered in enumerate(answers) if answered.status == HTTPStatus.UNAUTHORIZED]
        # A token may have aged, or a reset may have replaced the signing key; a second 401 is the answer.
        for crn in {uses[index].crn for index in refused}:
            self._tokens.forget(crn)
        again = [self._again(uses[index], requests[index]) for index in refused]
        for index, request, answered in zip(refused, again, self._all(again), strict=True):
            requests[index], answers[index] = request, answered
        return [_unwrapped(request, answered) for request, answered in zip(requests, answers, strict=True)]

    def register(self, crn: Crn, kms_guid: str, key_id: str) -> Answer:
        """Registers the instance as a user of the key; an existing registration of the instance is as good."""
        body = {"preventKeyDeletion": False, "description": "Data key of a database instance"}
        response = self._one(self._registration(crn, kms_guid, key_id, "POST", body))
        if isinstance(response, Answered) and response.status == HTTPStatus.CONFLICT:
            return Answer(AnswerKind.PASSED, response.status)
        return key_answer(response)

    def registered_version(self, crn: Crn, kms_guid: str, key_id: str, version: str) -> Answer:
        """Tells the key service which key version protects the instance now."""
        return key_answer(self._one(self._registration(crn, kms_guid, key_id, "PATCH", {"keyVersionId": version})))

    def deregister(self, crn: Crn, kms_guid: str, key_id: str) -> Answer:
        """Removes the instance's registration."""
        return key_answer(self._one(self._registration(crn, kms_guid, key_id, "DELETE", None)))

    def _again(self, use: KeyUse, before: Asked | Answer) -> Asked | Answer:
        """The same check with a new token. It keeps its correlation id: a second refusal is counted on the first
        one's event, so that is the event to find.
        """
        request = self._unwrap(use)
        if isinstance(request, Asked) and isinstance(before, Asked):
            headers = {**request.headers, "correlation-id": before.headers["correlation-id"]}
            return replace(request, headers=headers)
        return request

    def _unwrap(self, use: KeyUse) -> Asked | Answer:
        body = {"ciphertext": use.ciphertext, "aad": [str(use.crn)]}
        return self._action(use.crn, use.kms_guid, use.key_id, "unwrap", body, use.agent)

    def _action(
        self, crn: Crn, kms_guid: str, key_id: str, action: str, body: dict[str, Any], agent: str
    ) -> Asked | Answer:
        return self._request(
            crn, kms_guid, "POST", f"/api/v2/keys/{quote(key_id, safe='')}/actions/{action}", body, agent
        )

    def _registration(
        self, crn: Crn, kms_guid: str, key_id: str, method: str, entry: dict[str, Any] | None
    ) -> Asked | Answer:
        path = f"/api/v2/keys/{quote(key_id, safe='')}/registrations/{quote(str(crn), safe='')}"
        kind = "application/vnd.ibm.kms.registration_input+json"
        body = None
        if entry is not None:
            body = {"metadata": {"collectionType": kind, "collectionTotal": 1}, "resources": [entry]}
        return self._request(crn, kms_guid, method, path, body, "kyok-dbaas")

    def _request(
        self, crn: Crn, kms_guid: str, method: str, path: str, body: dict[str, Any] | None, agent: str
    ) -> Asked | Answer:
        try:
            token = self._tokens.token(crn)
        except TokenRefused as refused:
            return refused.answer
        self._serial += 1
        headers = {
            "authorization": f"Bearer {token}",
            "bluemix-instance": kms_guid,
            "user-agent": agent,
            "correlation-id": f"{crn.instance}-{time.time_ns():x}-{self._serial}",
            "content-type": "application/json",
        }
        content = b"" if body is None else msgspec.json.encode(body)
        return Asked(method, path, headers, content)

    def _one(self, request: Asked | Answer) -> Answered | Answer:
        return request if isinstance(request, Answer) else self._all([request])[0]

    def _all(self, requests: Sequence[Asked | Answer]) -> list[Answered]:
        """The answers of those requests that could be made; the others have none."""
        sent = iter(self._exchange.send([request for request in requests if isinstance(request, Asked)]))
        return [next(sent) if isinstance(request, Asked) else Answered(None) for request in requests]


def _wrapped(answered: Answered | Answer, version_field: str = "keyVersion") -> Wrapped:
    answer = key_answer(answered)
    if answer.kind is not AnswerKind.PASSED or isinstance(answered, Answer):
        return Wrapped(answer)
    body = msgspec.json.decode(answered.body)
    version = body.get(version_field) or body["keyVersion"]
    return Wrapped(answer, body["ciphertext"], version["id"])


def _unwrapped(request: Asked | Answer, answered: Answered) -> Unwrapped:
    if isinstance(request, Answer):
        return Unwrapped(request, 0.0, "")
    correlation = request.headers["correlation-id"]
    answer = key_answer(answered)
    if answer.kind is not AnswerKind.PASSED:
        return Unwrapped(answer, answered.latency_ms, correlation)
    body = msgspec.json.decode(answered.body)
    return Unwrapped(
        answer,
        answered.latency_ms,
        correlation,
        dek=bytearray(base64.b64decode(body["plaintext"])),
        version=body["keyVersion"]["id"],
        newest=(body.get("rewrappedKeyVersion") or body["keyVersion"])["id"],
    )

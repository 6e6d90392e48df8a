"""A key service with the documented answers, as small as these tests need it."""

import base64
import json
import os
import uuid
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.cloud.databases.exchange import Answered, Asked


def seal(key: bytes, plain: bytes, aad: tuple[str, ...]) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, repr(tuple(aad)).encode())).decode()


def opened(key: bytes, envelope: str, aad: tuple[str, ...]) -> bytes:
    raw = base64.b64decode(envelope)
    return AESGCM(key).decrypt(raw[:12], raw[12:], repr(tuple(aad)).encode())


class FakeKey:
    def __init__(self) -> None:
        self.id = str(uuid.uuid4())
        self.versions: dict[str, bytes] = {}
        self.refusal: tuple[int, str] | None = None
        self.root = True
        self.rotate()

    def rotate(self) -> str:
        version = str(uuid.uuid4())
        self.versions[version] = os.urandom(32)
        return version

    @property
    def newest(self) -> str:
        return list(self.versions)[-1]


class FakeKeys:
    """An exchange that knows `/identity/token` and the key actions."""

    def __init__(self) -> None:
        self.keys: dict[str, FakeKey] = {}
        self.authorized: Callable[[str], bool] = lambda crn: True
        self.refusal: tuple[int, str, str] | None = None
        """An answer to everything: status, reason code, message."""
        self.calls: list[tuple[str, str, str]] = []
        """Action, caller's CRN, user agent."""
        self.registered: dict[tuple[str, str], str | None] = {}
        self.tokens = 0

    def add(self) -> FakeKey:
        key = FakeKey()
        self.keys[key.id] = key
        return key

    def send(self, requests: Sequence[Asked]) -> list[Answered]:
        return [self._perform(request) for request in requests]

    def _perform(self, request: Asked) -> Answered:
        if request.path == "/identity/token":
            return self._token(request)
        crn = request.headers["authorization"].removeprefix("Bearer ")
        parts = request.path.split("/")
        key, rest = self.keys.get(unquote(parts[4])), parts[5:]
        action = rest[-1] if rest[0] == "actions" else f"{request.method} registration"
        self.calls.append((action, crn, request.headers["user-agent"]))
        refused = self._refused(crn, key)
        if refused is not None:
            return refused
        assert key is not None
        body = json.loads(request.body) if request.body else {}
        if rest[0] == "registrations":
            return self._registration(request.method, key, unquote(rest[1]), body)
        return self._action(action, key, body)

    def _token(self, request: Asked) -> Answered:
        self.tokens += 1
        form = dict(pair.split("=") for pair in request.body.decode().split("&"))
        assert form["access_token"] == "internal"
        return _answer(200, {"access_token": unquote(form["desired_iam_id"])[4:], "expiration": 4102444800})

    def _refused(self, crn: str, key: FakeKey | None) -> Answered | None:
        if self.refusal is not None:
            return _error(*self.refusal)
        if not self.authorized(crn):
            return _error(401, "UNAUTHORIZED_ERR", "")
        if key is None:
            return _error(404, "KEY_NOT_FOUND_ERR", "no such key")
        if not key.root:
            return _error(400, "KEY_ROOT_REQ_ERR", "root key required")
        return _error(*key.refusal, "") if key.refusal else None

    def _action(self, action: str, key: FakeKey, body: dict[str, Any]) -> Answered:
        aad = tuple(body.get("aad", ()))
        if action == "wrap":
            dek = os.urandom(32)
            envelope = f"{key.newest}.{seal(key.versions[key.newest], dek, aad)}"
            plain = base64.b64encode(dek).decode()
            return _answer(200, {"plaintext": plain, "ciphertext": envelope, "keyVersion": {"id": key.newest}})
        version, _, envelope = body["ciphertext"].partition(".")
        dek = opened(key.versions[version], envelope, aad)
        answer: dict[str, Any] = {"keyVersion": {"id": version}}
        if action == "unwrap":
            answer["plaintext"] = base64.b64encode(dek).decode()
        if version != key.newest or action == "rewrap":
            answer["ciphertext"] = f"{key.newest}.{seal(key.versions[key.newest], dek, aad)}"
            answer["rewrappedKeyVersion"] = {"id": key.newest}
        return _answer(200, answer)

    def _registration(self, method: str, key: FakeKey, crn: str, body: dict[str, Any]) -> Answered:
        entry = (body.get("resources") or [{}])[0]
        if method == "POST" and (key.id, crn) in self.registered:
            return _error(409, "REGISTRATION_EXISTS", "")
        if method == "DELETE":
            if self.registered.pop((key.id, crn), "none") == "none":
                return _error(404, "REGISTRATION_NOT_FOUND", "")
            return _answer(204)
        self.registered[(key.id, crn)] = entry.get("keyVersionId", key.newest)
        return _answer(201 if method == "POST" else 200, {})


def _error(status: int, code: str, message: str) -> Answered:
    entry: dict[str, Any] = {"errorMsg": message}
    if status != 401:
        entry["reasons"] = [{"code": code, "message": message, "status": status}]
    return _answer(status, {"metadata": {}, "resources": [entry]})


def _answer(status: int, body: dict[str, Any] | None = None) -> Answered:
    return Answered(status, b"" if body is None else json.dumps(body).encode(), 1.5)

"""A whole cloud in process for scenarios: nothing runs by itself, whoever waits drives it."""

import json
from pathlib import Path
from typing import Any

from kyok.clock import ServiceClock
from kyok.cloud.activity.events import Caller
from kyok.cloud.app import Cloud
from kyok.cloud.databases.jobs import Inline
from kyok.cloud.emulator.scenarios import Tell
from kyok.cloud.iam.tokens import Principal
from kyok.cloud.scenarios.loading import load
from kyok.cloud.wire.route import Request
from kyok.paths import Home
from kyok.sealing.key import SealingKey
from kyok.secrets import Secret


class House:
    """The cloud and its administrator."""

    def __init__(self, root: Path) -> None:
        home = Home(root)
        home.prepare()
        key = SealingKey("insecure-demo", bytearray(32))
        self.cloud = Cloud(home, key, ServiceClock(), api_key=Secret("an-administrators-key"), jobs=Inline())
        identities = self.cloud.identities
        self.account = identities.account_id
        self.me = Caller(identities.administrator_id, self.account, "admin@local.example", "user")
        self._token = self.cloud.tokens.issue(Principal(self.me.iam_id, self.account, self.me.name), "test").value

    def send(self, method: str, path: str, body: Any = None, instance: str = "") -> tuple[int, Any]:
        headers = {"host": "127.0.0.1", "bluemix-instance": instance, **self.headers()}
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        place, _, query = path.partition("?")
        answer = self.cloud.dispatcher.perform(Request(method, place, query, headers, content))
        raw = answer.encoded()
        return answer.status, json.loads(raw) if raw else None

    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}

    def get(self, path: str, instance: str = "") -> Any:
        status, body = self.send("GET", path, None, instance)
        assert status == 200, body
        return body

    def load(self, content: bytes | dict[str, Any], tell: Tell = lambda step: None) -> dict[str, str]:
        if isinstance(content, dict):
            content = json.dumps({"format": "kyok-scenario/1", "title": "Mine", **content}).encode()
        return load(self.cloud, self.me, content, tell)

    def nodes(self, guid: str) -> list[tuple[str, str]]:
        return [(node["state"], node["key_status"]) for node in self.get(f"/emulator/v1/databases/{guid}")["nodes"]]

    def keys(self, guid: str) -> list[dict[str, Any]]:
        return list(self.get("/api/v2/keys?state=0,1,2,3,5&limit=5000", guid)["resources"])

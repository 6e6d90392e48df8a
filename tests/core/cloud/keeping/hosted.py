"""A hosted cloud in process: its state can be exchanged; nothing runs by itself but what a start begins."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from kyok.clock import ServiceClock
from kyok.cloud.activity.events import Caller
from kyok.cloud.app import Cloud
from kyok.cloud.iam.tokens import Principal
from kyok.cloud.keeping import replacing
from kyok.cloud.keeping.host import Host
from kyok.cloud.scenarios.loading import load
from kyok.paths import Home
from kyok.sealing.key import SealingKey
from kyok.secrets import Secret

API_KEY = "an-administrators-key"
PASSPHRASE = "correct horse battery"
CONTENT = b"""{
  "format": "kyok-scenario/1", "title": "One",
  "key_services": [
    {"name": "hpcs", "keys": [{"name": "root"}, {"name": "spare"}, {"name": "gone", "state": "deleted"}]}
  ],
  "authorizations": [{"target_instance": "hpcs"}],
  "databases": [{"name": "db", "key": "hpcs/root", "rows": 7}]
}"""


class Hosted:
    """The home, its host and its administrator."""

    def __init__(self, root: Path, sealing: bytes = bytes(32)) -> None:
        self.home = Home(root)
        self.home.prepare()
        replacing.settle(self.home)
        key = SealingKey("insecure-demo", bytearray(sealing))
        self.host = Host(
            self.home, key, lambda: Cloud(self.home, key, ServiceClock(), api_key=Secret(API_KEY), real_nodes=False)
        )
        self.cloud.start()

    @property
    def cloud(self) -> Cloud:
        return self.host.cloud

    @property
    def me(self) -> Caller:
        identities = self.cloud.identities
        return Caller(identities.administrator_id, identities.account_id, "admin@local.example", "user")

    def load(self, content: bytes = CONTENT) -> dict[str, str]:
        return load(self.cloud, self.me, content)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.ask_together([(method, path, body)], **headers)[0]

    def ask_together(self, asked: list[tuple[str, str, Any]], **headers: str) -> list[httpx.Response]:
        """Requests at the same time, through the door."""
        principal = Principal(self.me.iam_id, self.me.account, self.me.name)
        token = self.cloud.tokens.issue(principal, "test").value
        named = {
            "authorization": f"Bearer {token}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }

        async def run() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app=self.host.door)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1", headers=named, timeout=60
            ) as client:
                return list(
                    await asyncio.gather(*(client.request(method, path, json=body) for method, path, body in asked))
                )

        return asyncio.run(run())

    def rows(self, guid: str) -> Any:
        detail = self.ask("GET", f"/emulator/v1/databases/{guid}").json()
        return detail["data"].get("rows") if detail["data"]["readable"] else None

    def keys(self, guid: str) -> dict[str, int]:
        answer = self.ask("GET", "/api/v2/keys?state=0,1,2,3,5", bluemix_instance=guid)
        return {key["name"]: key["state"] for key in answer.json().get("resources", [])}

    def until(self, ready: Any) -> None:
        """Waits for a condition, woken by changes."""
        for _ in range(600):
            seen = self.cloud.changes.count
            if ready():
                return
            self.cloud.changes.wait_beyond(seen, 0.05)
        raise AssertionError("waited in vain")

    def close(self) -> None:
        self.cloud.close()

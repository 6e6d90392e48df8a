"""An administrator at the API of a cloud with every real service, whose reconciler is driven by hand."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kyok.client.decode import decode
from kyok.client.records.detail import DatabaseDetail
from kyok.clock import ServiceClock
from kyok.cloud.app import Cloud
from kyok.cloud.databases.jobs import Inline
from kyok.cloud.wire.route import Request
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS, service
from kyok.domain.verdict import verdict
from kyok.paths import Home
from kyok.sealing.key import SealingKey
from kyok.secrets import Secret

API_KEY = "an-administrators-key"
PASSWORD = "passWORD4User19"


class Walk:
    """An administrator at the API of one cloud whose reconciler is driven by hand."""

    def __init__(self, root: Path, sealing: bytes) -> None:
        home = Home(root)
        home.prepare()
        self.root, self._sealing = root, sealing
        key = SealingKey("insecure-demo", bytearray(sealing))
        self.cloud = Cloud(home, key, ServiceClock(), api_key=Secret(API_KEY), jobs=Inline())
        form = urlencode({"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": API_KEY})
        answer = self._send("POST", "/identity/token", form.encode(), {})
        self.token = answer["access_token"]
        self.account = self.get("/emulator/v1/about")["account_id"]

    def again(self) -> "Walk":
        """The same home after kill -9 (the store ends, nothing else is told)."""
        self.cloud.store.close()
        self.cloud.hsm.lock()
        return Walk(self.root, self._sealing)

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Any:
        path, _, query = path.partition("?")
        request = Request(method, path, query, {"host": "127.0.0.1", "user-agent": "test", **headers}, body)
        response = self.cloud.dispatcher.perform(request)
        raw = response.encoded()
        assert response.status < 300, f"{method} {path}: {response.status} {raw[:400]!r}"
        return json.loads(raw) if raw else None

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if body is None else json.dumps(body).encode()
        return self._send(method, path, content, {"authorization": f"Bearer {self.token}", **named})

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def tick(self) -> None:
        self.cloud.reconciler.tick()

    def later(self, seconds: float) -> None:
        self.call("PUT", "/emulator/v1/clock", {"advance_seconds": seconds})
        self.tick()

    def group(self) -> str:
        return str(self.get(f"/v2/resource_groups?account_id={self.account}")["resources"][0]["id"])

    def create(self, kind: str, name: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        entry = service(kind)
        assert entry is not None
        body = {
            "name": name,
            "target": "us-south",
            "resource_group": self.group(),
            "resource_plan_id": entry.plans[0].id,
            "parameters": parameters or {},
        }
        made: dict[str, Any] = self.call("POST", "/v2/resource_instances", body)
        return made

    def hsm(self, name: str = "acme-hpcs") -> dict[str, Any]:
        made = self.create(HS_CRYPTO, name)
        thresholds = {"signature_threshold": 1, "revocation_threshold": 1, "administrators": ["anna@acme.example"]}
        self.call("POST", f"/tke/v1/instances/{made['guid']}/auto-init", thresholds)
        return made

    def root_key(self, kms: dict[str, Any], name: str = "ledger-root") -> str:
        kind = "application/vnd.ibm.kms.key+json"
        entry = {"type": kind, "name": name, "extractable": False}
        body = {"metadata": {"collectionType": kind, "collectionTotal": 1}, "resources": [entry]}
        answer = self.call("POST", "/api/v2/keys", body, bluemix_instance=kms["guid"])
        return str(answer["resources"][0]["id"])

    def key(self, kms: dict[str, Any], key: str, action: str) -> None:
        self.call("POST", f"/api/v2/keys/{key}/actions/{action}", bluemix_instance=kms["guid"])
        self.tick()

    def may_purge(self) -> None:
        """Gives the administrator the roles that purging needs."""
        found = self.get("/emulator/v1/identities")["accounts"][0]
        user = found["users"][0]
        roles = [
            *user["roles"],
            {"role": "KMSKeyPurgeRole", "service": HS_CRYPTO, "instance": None},
            {"role": "KeyPurge", "service": KMS, "instance": None},
        ]
        users = [{"email": user["email"], "roles": roles}]
        self.call("PUT", "/emulator/v1/identities", {"accounts": [{"id": found["id"], "users": users}]})

    def purge(self, kms: dict[str, Any], key: str) -> None:
        self.call("DELETE", f"/api/v2/keys/{key}/purge", bluemix_instance=kms["guid"])
        self.tick()

    def delete_key(self, kms: dict[str, Any], key: str) -> None:
        self.call("DELETE", f"/api/v2/keys/{key}?force=true", bluemix_instance=kms["guid"])
        self.tick()

    def authorize(self, kms: dict[str, Any], kind: str = HS_CRYPTO) -> str:
        def attributes(**values: str) -> list[dict[str, str]]:
            return [{"name": name, "value": value} for name, value in values.items()]

        body = {
            "type": "authorization",
            "subjects": [{"attributes": attributes(accountId=self.account, serviceName=DBAAS_POSTGRESQL)}],
            "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
            "resources": [
                {"attributes": attributes(accountId=self.account, serviceName=kind, serviceInstance=kms["guid"])}
            ],
        }
        return str(self.call("POST", "/v1/policies", body)["id"])

    def database(self, kms: dict[str, Any] | None, key: str | None, name: str = "ledger-db") -> str:
        parameters = {"name": "cluster01", "admin_name": "admin", "password": PASSWORD, "confirm_password": PASSWORD}
        if kms is not None and key is not None:
            parameters |= {"kms_instance": kms["crn"], "kms_key": key}
        made = self.create(DBAAS_POSTGRESQL, name, parameters)
        assert made["state"] == "provisioning"
        self.tick()
        return str(made["guid"])

    def detail(self, guid: str) -> DatabaseDetail:
        found: DatabaseDetail = decode(DatabaseDetail, self.get(f"/emulator/v1/databases/{guid}"))
        return found

    def statuses(self, guid: str) -> list[str]:
        return [f"{node.key_status.value} {node.state.value}" for node in self.detail(guid).nodes]

    def sentence(self, guid: str) -> str:
        return verdict(self.detail(guid).standing()).sentence

    def add_rows(self, guid: str, count: int) -> dict[str, Any]:
        answer: dict[str, Any] = self.call("POST", f"/emulator/v1/databases/{guid}/sample-rows", {"count": count})
        return answer

    def state(self, guid: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"/v2/resource_instances/{guid}")
        return found

    def events(self, kms: dict[str, Any], verb: str) -> list[dict[str, Any]]:
        path = f"/emulator/v1/activity?instance={kms['guid']}&action={HS_CRYPTO}.secrets.{verb}&checks=true&limit=500"
        found: list[dict[str, Any]] = self.get(path)["events"]
        return found

"""A whole cloud in process, on a clock that tests turn; requests go through the dispatcher as over HTTP."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from sqlalchemy import insert, select

from kyok.cloud.app import Cloud
from kyok.cloud.iam.tokens import Principal
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import instance, resource_group
from kyok.cloud.store.times import milliseconds
from kyok.cloud.wire.route import Request
from kyok.domain.authorizations import authorization, policy_body
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS, service
from kyok.paths import Home
from kyok.randomness import SeededRandomness, new_uuid
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from kyok.secrets import Secret
from tests.cloud_parts import TurnedClock

KEY_TYPE = "application/vnd.ibm.kms.key+json"
MATERIAL = base64.b64encode(bytes(range(32))).decode()


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str]
    content_type: str

    @property
    def one(self) -> dict[str, Any]:
        """The only resource of a collection."""
        (resource,) = self.body["resources"]
        return dict(resource)

    @property
    def code(self) -> str:
        """The reason code of an error."""
        return str(self.one["reasons"][0]["code"]) if "reasons" in self.one else ""

    @property
    def message(self) -> str:
        return str(self.one["errorMsg"])


def collection(**resource: Any) -> dict[str, Any]:
    return {"metadata": {"collectionType": KEY_TYPE, "collectionTotal": 1}, "resources": [resource]}


class Stage:
    """One cloud on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = TurnedClock()
        self.home = Home(folder)
        self.home.prepare()
        self.sealing_bytes = bytes(range(32))
        self.randomness = SeededRandomness(11)
        self._serial = 0
        self.open()

    def open(self) -> None:
        sealing = SealingKey(INSECURE_DEMO, bytearray(self.sealing_bytes))
        self.cloud = Cloud(
            self.home,
            sealing,
            self.clock,  # type: ignore[arg-type]
            randomness=self.randomness,
            api_key=Secret("test-api-key-0123456789"),
        )
        self.account = self.cloud.identities.account_id
        self._tokens: dict[Principal, str] = {}
        self.manager = Principal(self.cloud.identities.administrator_id, self.account, "admin@acme.example")

    def close(self) -> None:
        self.cloud.close()

    def reopen(self) -> None:
        """The same home after a stop."""
        self.close()
        self.open()

    def advance(self, **parts: float) -> None:
        self.clock.offset += timedelta(**parts)

    def perform(self, work: Callable[[Transaction], Any]) -> Any:
        return self.cloud.store.writer.perform(work)

    # Requests --------------------------------------------------------------------------------------------------------

    def send(self, method: str, path: str, body: Any = None, *, who: Principal | None = None, **headers: str) -> Answer:
        named = {"host": "127.0.0.1:1", "authorization": f"Bearer {self.token(who or self.manager)}"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        place, _, query = path.partition("?")
        answer = self.cloud.dispatcher.perform(Request(method, place, query, named, content))
        encoded = answer.encoded()
        return Answer(
            answer.status, msgspec.json.decode(encoded) if encoded else None, answer.headers, answer.content_type
        )

    def token(self, who: Principal) -> str:
        if who not in self._tokens:
            self._tokens[who] = self.cloud.tokens.issue(who, "test").value
        return self._tokens[who]

    def events(self, **query: str) -> list[dict[str, Any]]:
        asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        return list(self.send("GET", f"/emulator/v1/activity?checks=true&{asked}").body["events"])

    # People and instances --------------------------------------------------------------------------------------------

    def person(self, *roles: str, instance: str | None = None) -> Principal:
        """Somebody with these roles."""
        self._serial += 1
        email = f"person-{self._serial}@acme.example"
        service_name = HS_CRYPTO if instance else None
        given = [{"role": role, "service": service_name, "instance": instance} for role in roles]
        accounts = [{"id": self.account, "users": [{"email": email, "roles": given}]}]
        answer = self.send("PUT", "/emulator/v1/identities", {"accounts": accounts}).body
        (found,) = [user for user in answer["accounts"][0]["users"] if user["email"] == email]
        return Principal(found["iam_id"], self.account, email)

    def purger(self) -> Principal:
        """Somebody who may purge keys, and nothing else."""
        if not hasattr(self, "_purger"):
            self._purger = self.person("KMS Key Purge Role", "KeyPurge", "Viewer")
        return self._purger

    def instance(self, name: str = HS_CRYPTO, **parameters: Any) -> str:
        """A new instance; crypto units are not initialised."""
        groups = self.send("GET", "/v2/resource_groups").body["resources"]
        body = {
            "name": "some-instance",
            "target": "us-south",
            "resource_group": groups[0]["id"],
            "resource_plan_id": service(name).plans[0].id,  # type: ignore[union-attr]
            "parameters": parameters,
        }
        answer = self.send("POST", "/v2/resource_instances", body)
        assert answer.status == 201, answer.body
        return str(answer.body["guid"])

    def database(self, kms_guid: str = "") -> Principal:
        """A database instance, authorized to use one key service instance (none: all of them)."""
        guid = new_uuid(self.randomness)
        crn = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", self.account, guid)
        self.perform(lambda tx: _add_instance(tx, crn, "ledger-db"))
        self.authorize(kms_guid)
        return Principal(f"crn-{crn}", self.account, "ledger-db", "service", crn)

    def authorize(self, kms_guid: str = "") -> None:
        for target in (HS_CRYPTO, KMS):
            policy = authorization(self.account, DBAAS_POSTGRESQL, target, target_instance=kms_guid)
            answer = self.send("POST", "/v1/policies", policy_body(policy, "v1"))
            assert answer.status in (201, 409), answer.body

    def cut(self, guid: str) -> None:
        """Starts the fault `hsm-cut`."""
        answer = self.send("POST", "/emulator/v1/faults", {"kind": "hsm-cut", "target": {"instance": guid}})
        assert answer.status == 201, answer.body

    def mend(self) -> None:
        """Ends every fault."""
        for found in self.send("GET", "/emulator/v1/faults").body["faults"]:
            self.send("DELETE", f"/emulator/v1/faults/{found['id']}")

    def keys(self, name: str = HS_CRYPTO) -> "Keys":
        """A new instance that is ready to use."""
        guid = self.instance(name)
        if name == HS_CRYPTO:
            body = {"signature_threshold": 1, "revocation_threshold": 1, "administrators": ["anna@acme.example"]}
            assert self.send("POST", f"/tke/v1/instances/{guid}/auto-init", body).status == 200
        return Keys(self, guid)


class Keys:
    """The keys of one instance."""

    def __init__(self, stage: Stage, guid: str) -> None:
        self.stage = stage
        self.guid = guid

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        more.setdefault("bluemix_instance", self.guid)
        return self.stage.send(method, f"/api/v2/{path}", body, **more)

    def create(
        self, name: str = "some-key", *, standard: bool = False, who: Principal | None = None, **more: Any
    ) -> str:
        answer = self.send("POST", "keys", collection(type=KEY_TYPE, name=name, extractable=standard, **more), who=who)
        assert answer.status == 201, answer.body
        return str(answer.one["id"])

    def act(self, key: str, action: str, body: Any = None, **more: Any) -> Answer:
        return self.send("POST", f"keys/{key}/actions/{action}", body, **more)

    def state(self, key: str) -> int:
        return int(self.send("GET", f"keys/{key}/metadata").one["state"])

    def wrap(self, key: str, **more: Any) -> str:
        answer = self.act(key, "wrap", {}, **more)
        assert answer.status == 200, answer.body
        return str(answer.body["ciphertext"])

    def register(self, key: str, who: Principal, **entry: Any) -> Answer:
        return self.registration("POST", key, who, collection(**(entry or {"preventKeyDeletion": False})))

    def registration(self, method: str, key: str, who: Principal, body: Any = None, **headers: str) -> Answer:
        crn = quote(str(who.crn), safe="")
        return self.send(method, f"keys/{key}/registrations/{crn}", body, who=who, **headers)


def _add_instance(tx: Transaction, crn: Crn, name: str) -> None:
    now = milliseconds(tx.now)
    number = len(tx.all(select(instance.c.guid))) + 1000
    values: dict[str, Any] = {
        "guid": crn.instance,
        "seq": number,
        "account": crn.account,
        "crn": str(crn),
        "name": name,
        "service": crn.service,
        "plan_id": "",
        "region": crn.location,
        "group_id": tx.scalar(select(resource_group.c.id)),
        "state": "active",
        "parameters": {},
        "tags": [],
        "last_operation": {},
        "locked": False,
        "created_at": now,
        "created_by": "test",
        "updated_at": now,
        "updated_by": "test",
    }
    tx.execute(insert(instance).values(**values))
    tx.changed("instance", crn.instance)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.close()

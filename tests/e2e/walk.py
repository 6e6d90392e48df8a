"""The walk over REST, step by step, each step repeatable: what is there already is found, not made twice.

Used by the crash proof: after a kill the walk goes on where it was, and what was acknowledged must be there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kyok.cloud.databases.errors import TaskRunning, TooFewNodes
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, service
from tests.served import Rest

KEY_TYPE = "application/vnd.ibm.kms.key+json"
PASSWORD = "passWORD4User19"


@dataclass
class Ledger:
    """What the cloud has acknowledged so far, and what was asked and not yet answered."""

    done: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    rows_asked: int = 0


class Walk:
    """The story of DESIGN.md section 2, as one administrator's program would do it."""

    def __init__(self, rest: Rest, account: str, ledger: Ledger, prefix: str = "walk") -> None:
        self.rest = rest
        self.prefix = prefix
        self.account = account
        self.ledger = ledger
        self.steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("hpcs", self.hpcs),
            ("initialise", self.initialise),
            ("key", self.key),
            ("authorize", self.authorize),
            ("instance", self.instance),
            ("rows", lambda: self.rows(7)),
            ("disable", self.disable),
            ("enable", self.enable),
            ("more rows", lambda: self.rows(5)),
            ("rotate", self.rotate),
            ("backup", self.backup),
            ("second key", self.second_key),
            ("delete key", self.delete_key),
            ("restore", self.restore),
        )

    def go(self) -> None:
        """Does every step that is not acknowledged yet."""
        for name, step in self.steps:
            if name not in self.ledger.done:
                step()
                self.ledger.done.append(name)

    def _instances(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.rest.json("GET", "/v2/resource_instances")["resources"]
        return found

    def _named(self, name: str) -> dict[str, Any] | None:
        return next((instance for instance in self._instances() if instance["name"] == name), None)

    def _plan(self, name: str) -> str:
        found = service(name)
        assert found is not None
        return found.plans[0].id

    def _create(self, name: str, plan: str, parameters: dict[str, Any]) -> dict[str, Any]:
        group = self.rest.json("GET", f"/v2/resource_groups?account_id={self.account}")["resources"][0]["id"]
        body = {
            "name": name,
            "target": "us-south",
            "resource_group": group,
            "resource_plan_id": plan,
            "parameters": parameters,
        }
        made: dict[str, Any] = self.rest.json("POST", "/v2/resource_instances", body)
        return made

    def hpcs(self) -> None:
        name = f"{self.prefix}-hpcs"
        made = self._named(name) or self._create(name, self._plan(HS_CRYPTO), {"units": 2})
        self.ledger.facts["hpcs"] = made["guid"]
        self.ledger.facts["hpcs_crn"] = made["crn"]

    def initialise(self) -> None:
        path = f"/tke/v1/instances/{self.ledger.facts['hpcs']}"
        if not self.rest.json("GET", f"{path}/crypto_units")["initialised"]:
            body = {"signature_threshold": 1, "revocation_threshold": 1, "administrators": ["anna@acme.example"]}
            self.rest.json("POST", f"{path}/auto-init", body)

    def kms(self, method: str, path: str, body: Any = None) -> Any:
        return self.rest.json(method, f"/api/v2{path}", body, Bluemix_Instance=self.ledger.facts["hpcs"])

    def _key(self, name: str) -> str:
        for found in self.kms("GET", "/keys?state=0,1,2,3,5")["resources"]:
            if found["name"] == name:
                return str(found["id"])
        body = {
            "metadata": {"collectionType": KEY_TYPE, "collectionTotal": 1},
            "resources": [{"type": KEY_TYPE, "name": name, "extractable": False}],
        }
        return str(self.kms("POST", "/keys", body)["resources"][0]["id"])

    def key(self) -> None:
        self.ledger.facts["key"] = self._key(f"{self.prefix}-root")

    def second_key(self) -> None:
        self.ledger.facts["second_key"] = self._key(f"{self.prefix}-second")

    def authorize(self) -> None:
        listed = self.rest.json("GET", f"/v1/policies?account_id={self.account}&type=authorization")["policies"]
        if any(self.ledger.facts["hpcs"] in json.dumps(policy) for policy in listed):
            return
        attributes = [{"name": "accountId", "value": self.account}, {"name": "serviceName", "value": DBAAS_POSTGRESQL}]
        target = [
            {"name": "accountId", "value": self.account},
            {"name": "serviceName", "value": HS_CRYPTO},
            {"name": "serviceInstance", "value": self.ledger.facts["hpcs"]},
        ]
        body = {
            "type": "authorization",
            "subjects": [{"attributes": attributes}],
            "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
            "resources": [{"attributes": target}],
        }
        self.rest.json("POST", "/v1/policies", body, expect=(201,))

    def instance(self) -> None:
        self.order()
        self.nodes("connected")

    def order(self) -> None:
        made = self._named(f"{self.prefix}-db")
        if made is None:
            parameters = {
                "name": "cluster01",
                "admin_name": "admin",
                "password": PASSWORD,
                "confirm_password": PASSWORD,
                "cpu": 1,
                "memory": "2GiB",
                "storage": "5GiB",
                "kms_instance": self.ledger.facts["hpcs_crn"],
                "kms_key": self.ledger.facts["key"],
            }
            made = self._create(f"{self.prefix}-db", self._plan(DBAAS_POSTGRESQL), parameters)
        self.ledger.facts["database"] = made["guid"]

    def detail(self) -> Any:
        return self.rest.json("GET", f"/emulator/v1/databases/{self.ledger.facts['database']}")

    def nodes(self, status: str) -> None:
        state = "RUNNING" if status == "connected" else "STOPPED"

        def all_are() -> bool:
            nodes = self.detail()["nodes"]
            return len(nodes) == 3 and all(node["key_status"] == status and node["state"] == state for node in nodes)

        self.rest.wait(f"three nodes {status}", all_are)

    def rows(self, count: int) -> None:
        path = f"/emulator/v1/databases/{self.ledger.facts['database']}/sample-rows"
        self.ledger.rows_asked = count
        # Real servers that have just come up may have nobody yet who confirms rows.
        answer = self.rest.wait("a second node", lambda: self._accepted(path, {"count": count}, TooFewNodes.summary))
        self.ledger.rows = answer.json()["rows"]
        self.ledger.rows_asked = 0

    def _state(self, key: str) -> int:
        return int(self.kms("GET", f"/keys/{self.ledger.facts[key]}/metadata")["resources"][0]["state"])

    def disable(self) -> None:
        if self._state("key") == 1:
            self.kms("POST", f"/keys/{self.ledger.facts['key']}/actions/disable")
        self.nodes("disabled")

    def enable(self) -> None:
        if self._state("key") == 2:
            self.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 31})
            self.kms("POST", f"/keys/{self.ledger.facts['key']}/actions/enable")
        self.nodes("connected")

    def rotate(self) -> None:
        self.kms("POST", f"/keys/{self.ledger.facts['key']}/actions/rotate")

    def backup(self) -> None:
        path = f"/emulator/v1/databases/{self.ledger.facts['database']}/backups"
        # The backup after creation may still be on its way; one is taken at a time.
        answer = self.rest.wait("its turn", lambda: self._accepted(path, {}, TaskRunning.summary))
        made = answer.json()["backup_id"]

        def listed() -> bool:
            return any(item["id"] == made for item in self.rest.json("GET", path)["backups"])

        self.rest.wait("the backup", listed)
        self.ledger.facts["backup"] = made

    def _accepted(self, path: str, body: Any, unless: str) -> Any:
        answer = self.rest.send("POST", path, body)
        assert answer.ok or answer.json().get("summary") == unless, answer.text
        return answer if answer.ok else None

    def delete_key(self) -> None:
        if self._state("key") != 5:
            self.kms("DELETE", f"/keys/{self.ledger.facts['key']}?force=true")
        self.nodes("deleted")

    def restore(self) -> None:
        made = self._named(f"{self.prefix}-restored")
        if made is None:
            path = f"/emulator/v1/databases/{self.ledger.facts['database']}/restore"
            body = {
                "backup_id": self.ledger.facts["backup"],
                "name": f"{self.prefix}-restored",
                "kms_instance": self.ledger.facts["hpcs_crn"],
                "kms_key": self.ledger.facts["second_key"],
            }
            made = self.rest.json("POST", path, body, expect=(202,))
        self.ledger.facts["restored"] = made["guid"]

        seen: dict[str, Any] = {}

        def same_rows() -> bool:
            seen.update(self.rest.json("GET", f"/emulator/v1/databases/{self.ledger.facts['restored']}"))
            return bool(seen["data"]["readable"] and seen["data"]["rows"] == self.ledger.rows)

        try:
            self.rest.wait("the restored rows", same_rows)
        except AssertionError as error:
            raise AssertionError(
                f"{error}; acknowledged were {self.ledger.rows} rows, it is {json.dumps(seen)}"
            ) from None

"""Acceptance scenarios 12 to 16 of dbaas.md section 12, by REST against a whole cloud with simulated nodes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from kyok.cloud.wire.route import Request
from kyok.domain import databases
from kyok.domain.services import DBAAS_POSTGRESQL
from tests.core.cloud.databases.test_with_real_services import ALL_UP
from tests.core.cloud.databases.walk import Walk

PEOPLE = {"Reader": "readers-own-key-1", "Writer": "writers-own-key-1", "Manager": "managers-own-key-1"}


class Customer:
    """Somebody at API v3 of one instance."""

    def __init__(self, walk: Walk, guid: str, token: str = "") -> None:
        self._walk, self._token = walk, token or walk.token
        self.guid = guid
        self.base = f"/api/v3/{walk.account}"
        self.cluster = f"{self.base}/clusters/{guid}"

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        headers = {"host": "127.0.0.1", "authorization": f"Bearer {self._token}"}
        path, _, query = path.partition("?")
        response = self._walk.cloud.dispatcher.perform(Request(method, path, query, headers, content))
        raw = response.encoded()
        return response.status, json.loads(raw) if raw[:1] in (b"{", b"[") else raw

    def status(self, method: str, path: str, body: Any = None) -> int:
        return self.send(method, path, body)[0]

    def scale(self, **sizes: Any) -> tuple[int, Any]:
        return self.send("PATCH", f"{self.cluster}/resource", {"resource": sizes})

    def configure(self, **values: int) -> tuple[int, Any]:
        return self.send("PATCH", f"{self.cluster}/configuration", {"configuration": values})

    def task(self, task_id: str) -> Any:
        return self.send("GET", f"{self.cluster}/tasks/{task_id}")[1]

    def nodes(self) -> list[Any]:
        return list(self.send("GET", self.cluster)[1]["nodes"])


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    made = Walk(tmp_path_factory.mktemp("acceptance") / "home", os.urandom(32))
    yield made
    made.cloud.close()


@pytest.fixture(scope="module")
def under_key(walk: Walk) -> tuple[dict[str, Any], str]:
    """A KMS instance that the service may use, and a root key in it."""
    kms = walk.hsm()
    walk.authorize(kms)
    return kms, walk.root_key(kms)


@pytest.fixture
def customer(walk: Walk, under_key: tuple[dict[str, Any], str]) -> Customer:
    """Three running nodes of the smallest size under a root key."""
    guid = walk.database(*under_key)
    walk.tick()
    return Customer(walk, guid)


def test_12_scaling_goes_secondary_secondary_primary_and_refuses_what_it_must(walk: Walk, customer: Customer) -> None:
    status, answer = customer.scale(cpu=2)
    assert status == 202
    waiting = customer.task(answer["task_id"])
    assert (waiting["type"], waiting["state"].upper()) == ("resource_scale", "RUNNING")
    busy, why = customer.scale(cpu=3)
    assert (busy, why["reason"]) == (409, "TASK_RUNNING")
    heard: list[int] = []
    driver = walk.cloud.databases.driver
    reconfigure = driver.reconfigure

    def listening(guid: str, parameters: Any, tell: Any, *, restart: bool = False) -> None:
        def told(number: int, state: Any, reason: str) -> None:
            heard.append(number)
            tell(number, state, reason)

        reconfigure(guid, parameters, told, restart=restart)

    driver.reconfigure = listening  # type: ignore[method-assign]
    walk.tick()
    driver.reconfigure = reconfigure  # type: ignore[method-assign]
    primary = next(place for place, node in enumerate(customer.nodes(), 1) if node["replica_state"] == "PRIMARY")
    assert heard == [*sorted({1, 2, 3} - {primary}), primary]
    done = customer.task(answer["task_id"])
    assert done["state"].upper() == "SUCCEEDED"
    assert [node["state"] for node in done["nodes"]] == ["SUCCEEDED"] * 3
    assert customer.send("GET", customer.cluster)[1]["resource"]["cpu"] == 2
    assert customer.scale(storage="10GiB")[0] == 202
    walk.tick()
    shrink, why = customer.scale(storage="5GiB")
    assert (shrink, "Disks can only grow" in why["message"]) == (422, True)
    small, why = customer.scale(storage="3GiB")
    assert (small, "Disk sizes" in why["message"]) == (422, True)
    stopped = {"kind": "node-stop", "target": {"database": customer.guid, "node": 3}}
    fault = walk.call("POST", "/emulator/v1/faults", stopped)
    walk.tick()
    down, why = customer.scale(cpu=4)
    assert (down, why["reason"]) == (409, "NODES_STOPPED")
    assert "Node 3 is stopped (the machine is stopped)" in why["message"]
    walk.call("DELETE", f"/emulator/v1/faults/{fault['id']}")


def test_13_parameters_have_ranges_and_the_pair_goes_one_way(walk: Walk, customer: Customer) -> None:
    status, why = customer.configure(max_connections=200, max_locks_per_transaction=32)
    assert (status, "only if both go up or both go down" in why["message"]) == (422, True)
    for values in ({"max_connections": 200}, {"max_locks_per_transaction": 32}):
        assert customer.configure(**values)[0] == 202
        walk.tick()
    ram = databases.MINIMUM[0] * 1024
    status, why = customer.configure(shared_buffers=ram * 40 // 100 + 1)
    assert (status, "40 %" in why["message"]) == (422, True)
    assert customer.configure(deadlock_timeout=99)[0] == 422
    found = customer.send("GET", f"{customer.cluster}/configuration")[1]["configuration"]
    assert (found["max_connections"]["value"], found["max_locks_per_transaction"]["value"]) == (200, 32)
    assert (found["shared_buffers"]["value"], found["deadlock_timeout"]["value"]) == (128, 1000)


def test_14_what_reader_writer_and_manager_may_do(walk: Walk, customer: Customer) -> None:
    users = [
        {
            "email": f"{role.lower()}@acme.example",
            "roles": [{"role": role, "service": DBAAS_POSTGRESQL, "instance": None}],
            "api_key": key,
        }
        for role, key in PEOPLE.items()
    ]
    walk.call("PUT", "/emulator/v1/identities", {"accounts": [{"id": walk.account, "users": users}]})
    people = {role: Customer(walk, customer.guid, _token(walk, key)) for role, key in PEOPLE.items()}
    node = customer.nodes()[0]["id"]
    logs = f"{customer.base}/nodes/{node}/logs"
    restore = f"{customer.cluster}/restore"
    assert {role: one.status("GET", logs) for role, one in people.items()} == dict.fromkeys(PEOPLE, 200)
    got = {role: one.status("GET", f"{logs}/audit.log") for role, one in people.items()}
    assert got == {"Reader": 403, "Writer": 403, "Manager": 200}
    assert _may(walk, people, "logging.enable") == {"Reader": False, "Writer": True, "Manager": True}
    assert _may(walk, people, "clusters.resource.scale") == {"Reader": False, "Writer": False, "Manager": True}
    scaled = {role: one.scale(cpu=2)[0] for role, one in people.items()}
    assert scaled == {"Reader": 403, "Writer": 403, "Manager": 202}
    walk.tick()
    restored = {role: one.status("POST", restore, {"source_type": "default"}) for role, one in people.items()}
    assert restored == {"Reader": 403, "Writer": 403, "Manager": 501}, "into the same instance it is not emulated"


def _token(walk: Walk, key: str) -> str:
    form = urlencode({"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": key}).encode()
    request = Request("POST", "/identity/token", "", {"host": "127.0.0.1"}, form)
    return str(json.loads(walk.cloud.dispatcher.perform(request).encoded())["access_token"])


def _may(walk: Walk, people: dict[str, Customer], action: str) -> dict[str, bool]:
    """What the one decision function says; switching logging on has no documented path, so nothing can be sent."""
    asked = {"questions": [{"action": action, "target": next(iter(people.values())).guid}]}
    return {
        role: one.send("POST", "/emulator/v1/decisions", asked)[1]["decisions"][0]["allowed"]
        for role, one in people.items()
    }


def test_15_the_smallest_flexible_instance_costs_196_35(customer: Customer) -> None:
    assert databases.monthly_cost(*databases.MINIMUM) == Decimal("196.35")
    assert databases.cpu_label(1).endswith("(3 vCPU total)")
    assert databases.ram_label(2).endswith("(6 GB-RAM total)")
    assert databases.disk_label(5).endswith("(15 GB-Disk total)")
    sizes = customer.send("GET", customer.cluster)[1]["resource"]
    assert (sizes["memory"], sizes["storage"], sizes["cpu"]) == ("2gib", "5gib", 1)


def test_16_two_of_three_nodes_are_enough_and_a_stopped_primary_is_replaced(
    walk: Walk, under_key: tuple[dict[str, Any], str]
) -> None:
    cut = walk.call("POST", "/emulator/v1/faults", {"kind": "zone-cut", "target": {"zone": "us-south-3"}})
    guid = walk.database(*under_key, name="outage-db")
    walk.tick()
    assert walk.state(guid)["state"] == "active"
    assert walk.statuses(guid) == ["connected RUNNING", "connected RUNNING", "not-connected CREATING"]
    rows = walk.add_rows(guid, 5)["rows"]
    walk.call("DELETE", f"/emulator/v1/faults/{cut['id']}")
    walk.tick()
    assert walk.statuses(guid) == ALL_UP, "the third node completes by itself"
    stopped = {"kind": "node-stop", "target": {"database": guid, "node": 1}}
    fault = walk.call("POST", "/emulator/v1/faults", stopped)
    walk.tick()
    roles = {node["name"]: node["replica_state"] for node in Customer(walk, guid).nodes()}
    assert list(roles.values()).count("PRIMARY") == 1
    assert next(iter(roles.values())) == "SECONDARY"
    assert walk.add_rows(guid, 3)["rows"] == rows + 3, "writes go on"
    walk.call("DELETE", f"/emulator/v1/faults/{fault['id']}")
    walk.tick()
    assert walk.statuses(guid) == ALL_UP
    assert walk.detail(guid).data.rows == rows + 3


def test_a_simulated_volume_is_never_clear_on_disk(walk: Walk, customer: Customer) -> None:
    path = f"/emulator/v1/databases/{customer.guid}/erase-clear"
    status, why = customer.send("POST", path, {"node": 1})
    assert (status, why["code"]) == (409, "NOTHING_IN_CLEAR")
    assert customer.status("POST", path, {"node": 4}) == 400
    assert not any(node.volume.left_clear for node in walk.detail(customer.guid).nodes)

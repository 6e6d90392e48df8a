"""API v3 and the private API of databases, over the dispatcher, without IAM and resource controller."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kyok.client.decode import decode
from kyok.client.records.databases import DatabaseSummary
from kyok.client.records.detail import DatabaseDetail
from kyok.cloud.activity.events import Caller
from kyok.cloud.databases.errors import NotServing
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.wire import routes_database_nodes, routes_databases, routes_emulator, routes_iam
from kyok.cloud.wire.dispatch import Dispatcher
from kyok.cloud.wire.route import Request, RouteTable
from kyok.domain.crn import Crn
from kyok.domain.roles import READER, role_actions
from kyok.domain.services import DBAAS_POSTGRESQL
from tests.core.cloud.databases.house import ACCOUNT, ANNA, House

REGISTERED = (routes_iam.ROUTES, routes_emulator.ROUTES)
"""Their import registers the errors of IAM and of the private API."""


class Roles:
    """Anna may do everything; Ben is a Reader."""

    def allows(self, reader: Any, caller: Caller, action: str, target: Crn) -> bool:
        return caller.name == ANNA.name or action in role_actions(DBAAS_POSTGRESQL, READER.name)

    def require(self, reader: Any, caller: Caller, action: str, target: Crn) -> None:
        if not self.allows(reader, caller, action, target):
            raise NotAuthorized(action=action, target_crn=str(target))


class Grants:
    def grant(self, reader: Any, form: dict[str, str]) -> Any:
        assert form["apikey"] == "key"
        return SimpleNamespace(issued=SimpleNamespace(value="token"), principal=SimpleNamespace(account=ACCOUNT))

    def record(self, *args: Any) -> None:
        return None


class Api:
    def __init__(self, house: House) -> None:
        self.house = house
        house.service.decisions = Roles()
        self.caller = ANNA
        cloud = SimpleNamespace(
            store=house.store,
            decisions=Roles(),
            databases=house.service,
            hsm=house.hsm,
            grants=Grants(),
            instances=SimpleNamespace(create=self._create),
            activity=house.activity,
            randomness=house.randomness,
            tokens=SimpleNamespace(caller=lambda request, correlation: self.caller),
        )
        table = RouteTable([*routes_databases.ROUTES, *routes_database_nodes.ROUTES])
        self._dispatcher = Dispatcher(cloud, table)  # type: ignore[arg-type]
        self.ordered: dict[str, Any] = {}

    def _create(self, tx: Any, caller: Caller, body: dict[str, Any]) -> Any:
        self.ordered = body
        entry = self.house.plan(body["resource_plan_id"])
        crn = self.house.new_crn()
        self.house._insert(tx, crn, body["name"], "provisioning", body["resource_plan_id"])
        self.house.service.created(tx, crn.instance, ACCOUNT, body["parameters"], entry)
        return SimpleNamespace(guid=crn.instance, crn=str(crn))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        path, _, query = path.partition("?")
        request = Request(method, path, query, {"host": "127.0.0.1", **headers}, content)
        response = self._dispatcher.perform(request)
        raw = response.encoded()
        if response.content_type != "application/json":
            return response.status, raw
        return response.status, json.loads(raw) if raw else None

    def change(self, guid: str, path: str, body: Any) -> tuple[int, Any]:
        return self.call("PATCH", f"/api/v3/{ACCOUNT}/clusters/{guid}/{path}", body)

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        return self.call("GET", path, **headers)

    def v3(self, guid: str, path: str = "") -> tuple[int, Any]:
        return self.get(f"/api/v3/{ACCOUNT}/clusters/{guid}{path}")

    def node(self, guid: str, path: str = "") -> tuple[int, Any]:
        return self.get(f"/emulator/v1/databases/{guid}{path}")


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    house = House(tmp_path)
    yield Api(house)
    house.close()


def test_cluster_has_the_documented_form(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key, memory="4GiB", storage="10GiB", cpu=2)
    status, body = api.v3(guid)
    assert status == 200
    assert body["id"] == guid and body["state"] == "PROVISIONED" and body["db_version"] == "postgresql 10"
    assert body["resource"] == {"cpu": 2, "memory": "4gib", "storage": "10gib", "storage_used": "0.00gib"}
    assert body["external_key"] == {"kms_instance": str(api.house.kms_crn), "kms_key": key.id}
    assert body["is_cos_backup_enabled"] is False and body["replica_count"] == 3
    assert body["public_endpoint"].startswith("dbaas900.hyperp-dbaas.cloud.ibm.com:2")
    assert "private_endpoint" not in body
    assert [node["replica_state"] for node in body["nodes"]] == ["PRIMARY", "SECONDARY", "SECONDARY"]
    assert {(node["node_state"], node["stopped_reason"]) for node in body["nodes"]} == {("RUNNING", "")}
    api.house.key_changed(key, (410, "X"))
    _, body = api.v3(guid)
    assert body["state"] == "STOPPED"
    assert {node["stopped_reason"] for node in body["nodes"]} == {"EXTERNAL_KEY_DELETED"}


@pytest.mark.parametrize(
    ("refusal", "word"), [((409, "X"), "EXTERNAL_KEY_UNKNOWN"), ((410, "X"), "EXTERNAL_KEY_DELETED")]
)
def test_stopped_reasons(api: Api, refusal: tuple[int, str], word: str) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key)
    api.house.key_changed(key, refusal)
    assert api.v3(guid)[1]["nodes"][0]["stopped_reason"] == word


def test_default_key_and_private_endpoint(api: Api) -> None:
    guid = api.house.ready(service_endpoints="private")
    _, body = api.v3(guid)
    assert "external_key" not in body and "public_endpoint" not in body
    assert body["private_endpoint"].startswith("dbaas900.private.")
    api.house.break_("node-stop", database=guid, node=2)
    assert api.v3(guid)[1]["nodes"][1]["stopped_reason"] == "UNKNOWN"


def test_other_reads(api: Api) -> None:
    guid = api.house.ready()
    assert api.v3(guid, "/users")[1]["users"][0]["name"] == "admin"
    assert api.v3(guid, "/users/admin")[1]["db_access"][0]["db"] == "admin"
    assert api.v3(guid, "/users/nobody")[0] == 404
    assert api.v3(guid, "/databases")[1]["databases"][0]["name"] == "admin"
    assert api.v3(guid, "/configuration")[1]["configuration"]["deadlock_timeout"]["value"] == 1000
    _, body = api.v3(guid, "/tasks")
    assert {task["state"] for task in body["tasks"]} == {"SUCCEEDED"}
    task_id = next(task["id"] for task in body["tasks"] if task["type"] == "provision")
    assert task_id[14] == "1"  # a time-based UUID
    _, task = api.v3(guid, f"/tasks/{task_id}")
    assert [node["state"] for node in task["nodes"]] == ["RUNNING"] * 3
    assert api.v3(guid, "/tasks/none")[0] == 404
    _, body = api.v3(guid, "/backups")
    assert body["backups"][0]["type"] == "scheduled" and body["backups"][0]["created_at"].endswith(".000Z")


def test_configuration_is_changed_and_shown(api: Api) -> None:
    guid = api.house.ready()
    status, body = api.change(guid, "configuration", {"configuration": {"deadlock_timeout": 1001}})
    assert status == 202
    _, busy = api.change(guid, "configuration", {"configuration": {"deadlock_timeout": 1002}})
    assert (busy["code"], busy["reason"]) == (409, "TASK_RUNNING")
    api.house.tick()
    _, task = api.v3(guid, f"/tasks/{body['task_id']}")
    assert (task["type"], task["state"]) == ("configuration_update", "SUCCEEDED")
    assert task["spec"] == {"configuration": {"deadlock_timeout": 1001}}
    assert [(node["state"], node["reason"]) for node in task["nodes"]] == [("SUCCEEDED", "")] * 3
    assert all(node["finished_at"].endswith("Z") for node in task["nodes"])
    item = api.v3(guid, "/configuration")[1]["configuration"]["deadlock_timeout"]
    assert (item["value"], item["default"], item["min"], item["requires_restart"]) == (1001, 1000, 100, False)
    assert api.v3(guid, "/configuration")[1]["configuration"]["shared_buffers"]["max"] == 819


def test_the_configuration_is_told_while_the_primary_restarts(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    guid = api.house.ready()
    api.change(guid, "configuration", {"configuration": {"max_connections": 130}})
    api.house.tick()

    def no_server(guid: str) -> None:
        raise NotServing()

    monkeypatch.setattr(api.house.service.driver, "catalog", no_server)
    status, body = api.v3(guid, "/configuration")
    assert (status, body["configuration"]["max_connections"]["value"]) == (200, 130)
    for number in (1, 2, 3):
        api.house.break_("node-stop", database=guid, node=number)
    status, body = api.v3(guid, "/configuration")
    assert (status, body["reason"]) == (409, "NODES_STOPPED")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("configuration", {"configuration": {"max_connections": 200, "max_locks_per_transaction": 32}}, 422),
        ("configuration", {"configuration": {"deadlock_timeout": 99}}, 422),
        ("configuration", {"configuration": {"work_mem": 4}}, 400),
        ("configuration", {"configuration": {"deadlock_timeout": "1001"}}, 400),
        ("configuration", {"deadlock_timeout": 1001}, 400),
        ("configuration", {}, 400),
        ("configuration", {"configuration": {"deadlock_timeout": 1001}, "more": 1}, 400),
        ("resource", {"resource": {"storage": "3GiB"}}, 422),
        ("resource", {"resource": {"cpu": "2"}}, 400),
        ("resource", {"cpu": 2}, 400),
    ],
)
def test_wrong_changes_are_refused_whole(api: Api, path: str, body: Any, status: int) -> None:
    guid = api.house.ready()
    got, answer = api.change(guid, path, body)
    assert (got, answer["code"]) == (status, status)
    assert {task.type.value for task in api.house.tasks(guid)} == {"backup", "provision"}


def test_sizes_are_changed_and_shown(api: Api) -> None:
    guid = api.house.ready()
    status, body = api.change(guid, "resource", {"resource": {"cpu": 2, "memory": "2gib", "storage": "5gib"}})
    assert status == 202
    api.house.tick()
    assert api.v3(guid, f"/tasks/{body['task_id']}")[1]["state"] == "SUCCEEDED"
    assert api.v3(guid)[1]["resource"]["cpu"] == 2
    assert api.node(guid)[1]["sizes"] == {"ram": 2, "disk": 5, "cpu": 2}
    api.house.break_("node-stop", database=guid, node=1)
    assert api.change(guid, "resource", {"resource": {"cpu": 3}})[1]["reason"] == "NODES_STOPPED"


def test_logs(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key)
    base = f"/api/v3/{ACCOUNT}/nodes/{api.v3(guid)[1]['nodes'][1]['id']}/logs"
    status, body = api.get(base)
    assert status == 200
    assert [log["filename"] for log in body["logs"]] == ["postgresql.log", "audit.log"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", body["logs"][0]["last_modified"])
    status, content = api.get(f"{base}/audit.log")
    assert (status, len(content)) == (200, body["logs"][1]["size"])
    assert b"keeps no server log" in content
    for name in ("other.log", "..%2F..%2Fterm", "audit.log%00", "%2Fetc%2Fpasswd"):
        assert api.get(f"{base}/{name}")[1]["reason"] == "LOG_NOT_FOUND"
    (written,) = [row for row in api.house.events("log.get") if row.outcome == "success"]
    assert written.initiator == ANNA.name
    api.caller = Caller("IBMid-ben", ACCOUNT, "ben@acme.example", "user")
    assert api.get(base)[0] == 200
    assert api.get(f"{base}/audit.log")[0] == 403
    api.caller = ANNA
    assert api.get(f"/api/v3/{'0' * 32}/nodes/x/logs")[0] == 404
    api.house.key_changed(key, (409, "X"))
    for path in (base, f"{base}/audit.log"):
        status, body = api.get(path)
        assert (status, body["reason"]) == (409, "NODE_SEALED")
        assert "the key is disabled" in body["message"]


def test_what_only_real_servers_have(api: Api) -> None:
    guid = api.house.ready()
    base = f"/emulator/v1/databases/{guid}"
    assert api.get(f"{base}/certificate")[1]["code"] == "NO_CERTIFICATE"
    status, body = api.call("POST", f"{base}/switch-over", {"node": 2})
    assert (status, body["code"]) == (409, "CANNOT_SWITCH_OVER")
    assert "simulated" in body["summary"]
    for wrong in ({"node": 4}, {"node": "2"}, {}):
        assert api.call("POST", f"{base}/switch-over", wrong)[1]["code"] == "BAD_VALUE"
    api.caller = Caller("IBMid-ben", ACCOUNT, "ben@acme.example", "user")
    assert api.get(f"{base}/certificate")[1]["code"] == "NO_CERTIFICATE", "a Reader may read"
    assert api.call("POST", f"{base}/switch-over", {"node": 2})[0] == 403
    assert api.call("POST", f"{base}/backups", {})[0] == 403
    assert api.call("POST", f"{base}/sample-rows", {"count": 1})[0] == 403


def test_refusals_of_v3(api: Api) -> None:
    guid = api.house.ready()
    assert api.get(f"/api/v3/{'0' * 32}/clusters/{guid}")[0] == 404
    status, body = api.v3("none")
    assert (status, body["code"], body["reason"]) == (404, 404, "DATABASE_NOT_FOUND")
    assert api.call("POST", f"/api/v3/{ACCOUNT}/clusters/{guid}/restore", {})[0] == 501
    assert api.get(f"/api/v3/{ACCOUNT}/nodes/x/logs")[1]["reason"] == "NODE_NOT_FOUND"
    api.caller = Caller("IBMid-ben", ACCOUNT, "ben@acme.example", "user")
    assert api.v3(guid)[0] == 200
    assert api.call("PATCH", f"/api/v3/{ACCOUNT}/clusters/{guid}/resource", {})[0] == 403
    assert api.node(guid)[0] == 200
    assert api.node("")[1] == {"databases": []}, "a Reader alone sees no instance in lists"
    api.house.hook("deleted", guid, "pending_reclamation")
    assert api.v3(guid)[0] == 404


def test_token(api: Api) -> None:
    assert api.get("/api/v3/auth/token", api_key="key") == (200, {"access_token": "token", "user_id": ACCOUNT})
    assert api.get("/api/v3/auth/token")[0] == 400


def test_detail_is_what_the_client_reads(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key)
    api.house.add_rows(guid, 12)
    api.house.break_("zone-cut", zone="us-south-3")
    status, body = api.node(guid)
    assert status == 200
    read: DatabaseDetail = decode(DatabaseDetail, body)
    assert read.data.rows == 12 and read.data.readable
    assert read.key_status.value == "not-connected"
    third = read.nodes[2]
    assert third.reason is not None and third.reason.http_status is None
    assert (third.reason.code, third.reason.message) == ("CONNECTION_TIMED_OUT", "connection timed out")
    assert third.reason.event_id and third.grace_until is not None
    assert read.strip is not None and [len(line.buckets) for line in read.strip.nodes] == [96] * 3
    assert read.strip.markers[0].label == "us-south-3 loses acme-hpcs"
    assert read.hsm is not None and read.hsm.cut_zones == ("us-south-3",)
    assert read.nodes[0].volume.opened_at is not None and read.nodes[0].volume.size_bytes > 0
    assert "not connected" in read.standing().worst.value.replace("-", " ")
    assert read.deletion().complete is False
    listed: DatabaseSummary = decode(DatabaseSummary, api.node("")[1]["databases"][0])
    assert listed.guid == guid and len(listed.nodes) == 3 and listed.backups == 1


def test_detail_outlives_the_instance(api: Api) -> None:
    guid = api.house.ready()
    api.house.hook("deleted", guid, "pending_reclamation")
    api.house.hook("reclaimed", guid, "removed")
    _, body = api.node(guid)
    read: DatabaseDetail = decode(DatabaseDetail, body)
    assert read.deletion().complete and read.deletion().sentence == "Securely deleted"
    assert read.data.readable is False
    assert api.node("")[1]["databases"] == []
    assert len(api.node("?all=true")[1]["databases"]) == 1
    assert api.node("none")[0] == 404


def test_rows(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key)
    path = f"/emulator/v1/databases/{guid}/sample-rows"
    status, body = api.call("POST", path, {"count": 15})
    assert (status, body["added"], body["rows"], body["nodes"]) == (201, 15, 15, [1, 2, 3])
    _, read = api.get(path)
    assert read["digest"] == body["digest"]
    assert [row["id"] for row in read["last"]] == list(range(15, 5, -1))
    for wrong in ({"count": 0}, {"count": True}, {"count": 10_001}, {}, {"count": 1, "more": 2}):
        assert api.call("POST", path, wrong)[0] == 400
    api.house.break_("node-stop", database=guid, node=2)
    api.house.break_("node-stop", database=guid, node=3)
    assert api.call("POST", path, {"count": 1})[1]["code"] == "NOT_READABLE"
    api.house.key_changed(key, (409, "X"))
    status, body = api.get(path)
    assert (status, body["code"]) == (409, "NOT_READABLE")
    assert "the key is disabled" in body["summary"]
    assert api.call("POST", path, {"count": 1})[0] == 409
    api.house.key_changed(key, (410, "X"))
    assert "destroyed" in api.get(path)[1]["summary"]


def test_checks_and_backups(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key)
    made = len(api.house.keys.calls)
    assert api.call("POST", f"/emulator/v1/databases/{guid}/checks", {}) == (202, {})
    api.house.tick()
    assert len(api.house.keys.calls) == made + 3
    path = f"/emulator/v1/databases/{guid}/backups"
    status, body = api.call("POST", path, {})
    assert status == 202
    assert api.call("POST", path, {})[1]["code"] == "TASK_RUNNING"
    api.house.tick()
    _, listed = api.get(path)
    newest = next(backup for backup in listed["backups"] if backup["id"] == body["backup_id"])
    assert newest["type"] == "on_demand" and "envelope" not in newest and newest["size_bytes"] > 0
    api.house.key_changed(key, (409, "X"))
    assert api.call("POST", path, {})[1]["code"] == "NODES_STOPPED"
    assert len(api.get(path)[1]["backups"]) == 2


def test_restore_orders_a_new_instance(api: Api) -> None:
    key = api.house.keys.add()
    guid = api.house.ready(key, memory="8GiB", storage="24GiB", cpu=4)
    backup = api.house.backups(guid)[0]
    path = f"/emulator/v1/databases/{guid}/restore"
    wanted = {"backup_id": backup.id, "name": "back-db", "cpu": 2}
    status, body = api.call("POST", path, wanted)
    assert status == 202
    api.house.tick()
    assert "kms_key" not in api.ordered["parameters"] and api.ordered["parameters"]["cpu"] == 2
    assert api.ordered["parameters"]["memory"] == "8gib"
    _, found = api.node(body["guid"])
    read: DatabaseDetail = decode(DatabaseDetail, found)
    assert read.restored_from is not None and read.restored_from.backup_id == backup.id
    assert read.restore is not None and (read.restore.state, read.restore.percent) == ("SUCCEEDED", 100)
    assert api.call("POST", path, wanted | {"kms_key": "x"})[1]["code"] == "BAD_VALUE"
    assert api.call("POST", path, wanted | {"backup_id": "none"})[0] == 404
    assert api.call("POST", path, wanted | {"other": 1})[1]["code"] == "UNKNOWN_FIELD"
    api.house.later(days=8)
    assert api.call("POST", path, wanted)[0] == 410

"""API v3 and the training actions on real servers: what a cluster says of itself, and what may be changed of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.nodes.test_cloud import House, house_on

pytestmark = pytest.mark.xdist_group("service")  # one instance for all; no test needs what another leaves
USER = "ben"
USER_PASSWORD = "passWORD4Ben2026"
HIDDEN = ("passwords.json", "..%2Fpasswords.json", "..%2Fdata%2Fpostgresql.conf", "start.log")


class Cluster:
    """One instance on the best kind of volumes, as API v3 shows it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.rest = house.rest
        self.base = f"/api/v3/{house.served.account_id}"
        self.path = f"{self.base}/clusters/{house.guid}"
        self.rest.wait("the first backup", self._quiet)
        self.defaults = self.values()

    def _quiet(self) -> bool:
        found = self.get("/tasks")["tasks"]
        return any(task["type"] == "backup" for task in found) and all(task["state"] != "RUNNING" for task in found)

    def get(self, path: str = "") -> Any:
        return self.rest.json("GET", self.path + path)

    def values(self) -> dict[str, int]:
        return {name: item["value"] for name, item in self.get("/configuration")["configuration"].items()}

    def change(self, path: str, body: Any) -> Any:
        """Asks for a change and waits for its task."""
        task_id = self.rest.json("PATCH", f"{self.path}/{path}", body, expect=(202,))["task_id"]
        return self.rest.wait("the task", lambda: self._finished(task_id), 180)

    def done(self, path: str, body: Any) -> Any:
        """Asks for a change, waits for its task, and insists that it went well."""
        task = self.change(path, body)
        assert (task["state"], task["reason"]) == ("SUCCEEDED", ""), task
        return task

    def _finished(self, task_id: str) -> Any:
        task = self.get(f"/tasks/{task_id}")
        return task if task["state"] != "RUNNING" else None

    def node(self, number: int) -> Any:
        return self.house.detail()["nodes"][number - 1]

    def primary(self) -> int:
        return next(node["number"] for node in self.house.detail()["nodes"] if node["role"] == "PRIMARY")

    def log(self, number: int, name: str) -> str:
        return self.rest.send("GET", f"{self.base}/nodes/{self.node(number)['id']}/logs/{name}").text


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    home: Path = tmp_path_factory.mktemp("service") / "home"
    for made in house_on(home, "auto"):
        house = made.make()
        house.sql("CREATE TABLE kept AS SELECT 1 AS one")
        house.sql(f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{USER_PASSWORD}'")
        house.sql("CREATE DATABASE ledger")
        house.sql("REVOKE ALL ON DATABASE ledger FROM PUBLIC")
        house.sql(f"GRANT CONNECT ON DATABASE ledger TO {USER}")
        yield Cluster(house)


def test_users_and_databases_are_the_servers(cluster: Cluster) -> None:
    users = {user["name"]: user["role_attributes"] for user in cluster.get("/users")["users"]}
    assert users["admin"] == ["Create role", "Create DB", "Replication"]
    assert users["ibm-cloud-admin"] == ["Create role", "Create DB", "Cannot login"]
    assert users[USER] == ["Create DB"]
    assert {"postgres", "replicator"} < set(users)
    assert not any(name.startswith("pg_") for name in users)
    access = {entry["db"]: entry["privileges"] for entry in cluster.get(f"/users/{USER}")["db_access"]}
    assert access["ledger"] == ["CONNECT"]
    assert "CREATE" not in access["admin"]
    assert cluster.rest.send("GET", f"{cluster.path}/users/nobody").status_code == 404
    body = cluster.get("/databases")
    sizes = {entry["name"]: entry["size_on_disk"] for entry in body["databases"]}
    assert {"admin", "ledger"} <= set(sizes)
    assert min(sizes.values()) > 1_000_000
    assert body["total_size"] == sum(sizes.values())


def test_parameters_go_up_and_down_and_nothing_is_lost(cluster: Cluster) -> None:
    before = cluster.defaults
    assert (before["deadlock_timeout"], before["max_connections"], before["shared_buffers"]) == (1000, 115, 128)
    pids = cluster.house.pids()
    cluster.done("configuration", {"configuration": {"deadlock_timeout": 1001}})
    assert cluster.house.sql("SHOW deadlock_timeout") == "1001ms"
    assert cluster.house.pids() == pids, "no restart for this one"
    wanted = {"max_connections": 130, "max_locks_per_transaction": 70}
    leader = cluster.node(cluster.primary())["id"]  # before: the restart of the primary may hand its role on
    task = cluster.done("configuration", {"configuration": wanted})
    assert task["type"] == "configuration_update"
    assert [node["state"] for node in task["nodes"]] == ["SUCCEEDED"] * 3
    started = {node["id"]: node["started_at"] for node in task["nodes"]}  # whole seconds: two may be the same
    assert started[leader] == max(started.values()), "the primary is the last"
    assert cluster.values().items() >= wanted.items()
    assert not set(cluster.house.pids()) & set(pids)
    cluster.done("configuration", {"configuration": {"max_connections": 120}})
    assert cluster.values()["max_connections"] == 120
    cluster.house.running()
    assert cluster.house.sql("SELECT one FROM kept") == 1


def test_a_value_with_which_no_server_starts_leaves_everything_as_it_was(cluster: Cluster) -> None:
    before = cluster.values()
    # Three such servers want more memory than there is address space for one allocation of this kind.
    cluster.done("resource", {"resource": {"memory": "128GiB"}})
    pids = cluster.house.pids()
    task = cluster.change("configuration", {"configuration": {"shared_buffers": 52428}})
    if task["state"] == "SUCCEEDED":
        cluster.done("configuration", {"configuration": {"shared_buffers": 128}})
        pytest.skip("this machine gives a server 51 GiB of shared memory")
    assert "does not start" in task["reason"]
    assert sorted(node["state"] for node in task["nodes"]) == ["FAILED", "PENDING", "PENDING"]
    assert cluster.values() == before
    cluster.house.running()
    assert len(set(cluster.house.pids()) & set(pids)) == 2, "the other two were left alone"


def test_sizes_change_with_a_restart_of_each_server(cluster: Cluster) -> None:
    pids = cluster.house.pids()
    task = cluster.done("resource", {"resource": {"cpu": 4}})
    assert task["type"] == "resource_scale"
    assert cluster.get()["resource"]["cpu"] == 4
    cluster.house.running()
    assert not set(cluster.house.pids()) & set(pids)


def test_what_is_measured_of_real_servers_is_kept_for_a_while(cluster: Cluster) -> None:
    metrics = f"/emulator/v1/databases/{cluster.house.guid}/metrics"

    def a_new_sample() -> Any:
        before = cluster.rest.json("GET", metrics)["samples"][-1:]
        cluster.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 60})
        return cluster.rest.wait(
            "a sample", lambda: (now := cluster.rest.json("GET", metrics)["samples"][-1:]) != before and now
        )[0]

    def with_a_client() -> Any:
        last = a_new_sample()
        return last if last.get("connections") == 1 else None

    with cluster.house.session():
        last = cluster.rest.wait("a sample with one client", with_a_client)
    assert last["rows"] >= 1
    assert all(node["size_bytes"] > 1_000_000 and node["memory_bytes"] > 1_000_000 for node in last["nodes"])
    followers = {node["number"] for node in last["nodes"] if "lag_bytes" in node}
    assert followers == {1, 2, 3} - {cluster.primary()}


def test_logs_tell_who_came_and_what_was_defined_but_no_password(cluster: Cluster) -> None:
    leader = cluster.primary()
    with pytest.raises(psycopg.OperationalError):
        _sign_in(cluster, "wrong-password")
    cluster.house.sql(f"ALTER ROLE {USER} PASSWORD '{USER_PASSWORD}'")
    listed = cluster.rest.json("GET", f"{cluster.base}/nodes/{cluster.node(leader)['id']}/logs")["logs"]
    assert [file["filename"] for file in listed[:2]] == ["postgresql.log", "audit.log"]
    audit, server = cluster.log(leader, "audit.log"), cluster.log(leader, "postgresql.log")
    assert f'FATAL:  password authentication failed for user "{USER}"' in audit
    assert "connection authorized: user=admin database=admin" in audit
    assert f"statement: ALTER ROLE {USER} PASSWORD <REDACTED>" in audit
    assert USER_PASSWORD not in audit + server
    assert "kyok-supervisor" not in audit
    assert listed[1]["size"] > 0
    for name in HIDDEN:
        answer = cluster.rest.send("GET", f"{cluster.base}/nodes/{cluster.node(leader)['id']}/logs/{name}")
        assert (answer.status_code, answer.json()["reason"]) == (404, "LOG_NOT_FOUND")
    found = cluster.rest.json("GET", "/emulator/v1/activity?limit=50")["events"]
    assert any(event["action"].endswith(".log.get") and event["outcome"] == "success" for event in found)


def _sign_in(cluster: Cluster, password: str) -> None:
    connection = cluster.house.detail()["connection"]
    psycopg.connect(
        host=connection["host"], port=connection["port"], user=USER, password=password, dbname="admin",
        connect_timeout=10,
    ).close()  # fmt: skip


def test_the_certificate_is_the_one_to_trust(cluster: Cluster) -> None:
    answer = cluster.rest.send("GET", f"/emulator/v1/databases/{cluster.house.guid}/certificate")
    assert answer.headers["content-type"] == "application/x-pem-file"
    assert answer.text == cluster.house.authority(cluster.house.guid)


def test_switch_over_and_kill(cluster: Cluster) -> None:
    path = f"/emulator/v1/databases/{cluster.house.guid}/switch-over"
    leader = cluster.primary()
    other = leader % 3 + 1
    assert "already" in cluster.rest.send("POST", path, {"node": leader}).json()["summary"]
    assert cluster.rest.json("POST", path, {"node": other}, expect=(200,)) == {"primary": other}
    cluster.rest.wait("the new role", lambda: cluster.primary() == other)
    cluster.house.running()
    assert cluster.house.sql("SELECT one FROM kept") == 1
    pid = cluster.node(other)["server"]["pid"]
    kill = {"kind": "node-kill", "target": {"database": cluster.house.guid, "node": other}}
    cluster.rest.json("POST", "/emulator/v1/faults", kill, expect=(201,))
    cluster.rest.wait("another server on the node", lambda: cluster.node(other)["server"]["pid"] not in (None, pid))
    cluster.house.running()
    assert cluster.primary() != other
    assert cluster.rest.json("GET", "/emulator/v1/faults")["faults"] == []
    assert cluster.house.sql("SELECT one FROM kept") == 1


def test_stopped_nodes_answer_nothing_and_say_why(cluster: Cluster) -> None:
    cluster.done("configuration", {"configuration": {"deadlock_timeout": 1500}})
    cluster.house.act("disable")
    cluster.house.stopped("disabled")
    for path in ("/users", "/users/admin", "/databases", "/configuration"):
        answer = cluster.rest.send("GET", cluster.path + path)
        assert (answer.status_code, answer.json()["reason"]) == (409, "NODES_STOPPED"), path
    sealed = cluster.rest.send("GET", f"{cluster.base}/nodes/{cluster.node(1)['id']}/logs").json()
    assert (sealed["reason"], "the key is disabled" in sealed["message"]) == ("NODE_SEALED", True)
    refused = cluster.rest.send("PATCH", f"{cluster.path}/resource", {"resource": {"cpu": 2}}).json()
    assert (refused["reason"], "Node 1 is stopped" in refused["message"]) == ("NODES_STOPPED", True)
    cluster.house.turn(31)
    cluster.house.act("enable")
    cluster.house.running()
    assert cluster.values()["deadlock_timeout"] == 1500, "what was set outlives the stop"

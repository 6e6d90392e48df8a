"""Database instances: creation through the resource controller, the documented API v3, and the private API's detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kyok.client.decode import decode, decode_all
from kyok.client.records.clusters import (
    Cluster,
    ClusterBackup,
    ConfigurationItem,
    DatabaseSize,
    DatabaseUser,
    LogFile,
    Task,
)
from kyok.client.records.databases import Backup, DatabaseSummary, NewDatabase, RowsAdded, SampleRows
from kyok.client.records.detail import DatabaseDetail
from kyok.client.records.metrics import Metrics
from kyok.client.records.resources import ServiceInstance
from kyok.client.resources import ResourcesApi
from kyok.client.session import ApiKey, CloudSession
from kyok.domain import databases as rules
from kyok.domain.services import Plan

SWITCH_OVER_SECONDS = 60.0
"""How long a planned change of the primary may take before the client gives up."""


@dataclass(frozen=True, slots=True)
class DatabaseRequest:
    """What the creation form holds. Sizes are GiB and vCPUs per node; `kms_instance` is a CRN text."""

    name: str
    region: str
    resource_group: str
    plan: Plan
    cluster_name: str
    admin_name: str
    password: ApiKey
    version: str = rules.VERSIONS[0][0]
    ram: int = rules.MINIMUM[0]
    disk: int = rules.MINIMUM[1]
    cpu: int = rules.MINIMUM[2]
    kms_instance: str = ""
    kms_key: str = ""
    endpoints: str = "public"
    tags: tuple[str, ...] = ()


class DatabasesApi:
    """Databases by the instance's GUID, which is the cluster id."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session
        self._resources = ResourcesApi(session)

    def create(self, request: DatabaseRequest) -> ServiceInstance:
        """Create an instance. The key pair is not checked here: a bad one fails while provisioning."""
        with request.password.use() as raw:
            password = bytes(raw).decode()
        parameters: dict[str, Any] = {
            "name": request.cluster_name,
            "admin_name": request.admin_name,
            "password": password,
            "confirm_password": password,
            "db_version": request.version,
            "service-endpoints": request.endpoints,
        }
        if not request.plan.free:
            parameters.update(memory=f"{request.ram}GiB", storage=f"{request.disk}GiB", cpu=request.cpu)
        if request.kms_key:
            parameters.update(kms_instance=request.kms_instance, kms_key=request.kms_key)
        return self._resources.create(
            request.name,
            plan_id=request.plan.id,
            region=request.region,
            resource_group=request.resource_group,
            parameters=parameters,
            tags=request.tags,
        )

    def cluster(self, guid: str, region: str = "us-south") -> Cluster:
        """The cluster as the documented API tells it."""
        return decode(Cluster, self._v3(region, "GET", _cluster(guid)))

    def tasks(self, guid: str, region: str = "us-south") -> tuple[Task, ...]:
        """Tasks of a cluster."""
        return decode_all(Task, self._v3(region, "GET", f"{_cluster(guid)}/tasks").get("tasks"))

    def task(self, guid: str, task_id: str, region: str = "us-south") -> Task:
        """One task."""
        return decode(Task, self._v3(region, "GET", f"{_cluster(guid)}/tasks/{quote(task_id, safe='')}"))

    def cluster_backups(self, guid: str, region: str = "us-south") -> tuple[ClusterBackup, ...]:
        """Backups as the documented API lists them."""
        return decode_all(ClusterBackup, self._v3(region, "GET", f"{_cluster(guid)}/backups").get("backups"))

    def users(self, guid: str, region: str = "us-south") -> tuple[DatabaseUser, ...]:
        """The roles of the database; 409 NODES_STOPPED while nobody serves it."""
        return decode_all(DatabaseUser, self._v3(region, "GET", f"{_cluster(guid)}/users").get("users"))

    def user(self, guid: str, name: str, region: str = "us-south") -> DatabaseUser:
        """One role with what it may do with each database."""
        return decode(DatabaseUser, self._v3(region, "GET", f"{_cluster(guid)}/users/{quote(name, safe='')}"))

    def databases_of(self, guid: str, region: str = "us-south") -> tuple[DatabaseSize, ...]:
        """The databases of the cluster with their sizes; 409 NODES_STOPPED while nobody serves them."""
        return decode_all(DatabaseSize, self._v3(region, "GET", f"{_cluster(guid)}/databases").get("databases"))

    def configuration(self, guid: str, region: str = "us-south") -> tuple[ConfigurationItem, ...]:
        """The parameters that may be changed, with their values, by name."""
        found = self._v3(region, "GET", f"{_cluster(guid)}/configuration").get("configuration") or {}
        return tuple(decode(ConfigurationItem, {**item, "name": name}) for name, item in sorted(found.items()))

    def change_configuration(self, guid: str, values: Mapping[str, int], region: str = "us-south") -> str:
        """Change parameters, secondaries first; the id of the task."""
        body = {"configuration": dict(values)}
        return str(self._v3(region, "PATCH", f"{_cluster(guid)}/configuration", json=body).get("task_id", ""))

    def scale(self, guid: str, *, ram: int, disk: int, cpu: int, region: str = "us-south") -> str:
        """Change the sizes of every node: GiB and vCPUs per node; disks only grow. The id of the task."""
        body = {"resource": {"cpu": cpu, "memory": f"{ram}GiB", "storage": f"{disk}GiB"}}
        return str(self._v3(region, "PATCH", f"{_cluster(guid)}/resource", json=body).get("task_id", ""))

    def logs(self, node_id: str, region: str = "us-south") -> tuple[LogFile, ...]:
        """The log files of a node, by its id; 409 while its volume is sealed."""
        return decode_all(LogFile, self._v3(region, "GET", f"{_node(node_id)}/logs").get("logs"))

    def log(self, node_id: str, name: str, region: str = "us-south") -> bytes:
        """A log file of a node, at most its last 8 MiB: then the first line says so. Takes the role Manager."""
        path = f"{_node(node_id)}/logs/{quote(name, safe='')}"
        base = self._session.profile.database_url(region, self._session.account_id)
        return self._session.call(base, "GET", path, headers={"Accept": "application/x-download"}).content

    def summaries(self, *, everything: bool = False) -> tuple[DatabaseSummary, ...]:
        """All instances with key status and node states; `everything` adds deleted ones."""
        params = {"all": True} if everything else None
        body = self._private("GET", "", params=params)
        return decode_all(DatabaseSummary, body.get("databases"))

    def key_health(self) -> tuple[DatabaseDetail, ...]:
        """Every instance of the account with its key, HSM, authorization and nodes; one answer for all.

        What takes asking a machine (data, sizes, connection) has its defaults.
        """
        body = self._session.request("emulator", "GET", "/emulator/v1/key-health")
        common = {"now": body.get("now"), "checks": body.get("checks")}
        return tuple(decode(DatabaseDetail, {**common, **item}) for item in body.get("instances") or ())

    def check_all(self) -> int:
        """Let every node of the account check its key at once; how many instances that are."""
        body = self._session.request("emulator", "POST", "/emulator/v1/key-health/checks", json={})
        return int(body.get("instances") or 0)

    def detail(self, guid: str) -> DatabaseDetail:
        """Everything about one instance, also when it is deleted."""
        return decode(DatabaseDetail, self._private("GET", f"/{quote(guid, safe='')}"))

    def metrics(self, guid: str, *, day: bool = False) -> Metrics:
        """What was measured in the last two hours, once a minute; or in the last day, each quarter of an hour."""
        params = {"window": "day" if day else "2-hours"}
        return decode(Metrics, self._private("GET", f"/{quote(guid, safe='')}/metrics", params=params))

    def check_now(self, guid: str) -> None:
        """Let every node check its key at once; the results come by the change feed."""
        self._private("POST", f"/{quote(guid, safe='')}/checks", json={})

    def backups(self, guid: str) -> tuple[Backup, ...]:
        """Backups with size and rows, newest first."""
        body = self._private("GET", f"/{quote(guid, safe='')}/backups")
        return decode_all(Backup, body.get("backups"))

    def back_up(self, guid: str) -> str:
        """Take a backup now; the id of the task."""
        body = self._private("POST", f"/{quote(guid, safe='')}/backups", json={})
        return str(body.get("task_id", ""))

    def restore(
        self,
        guid: str,
        backup_id: str,
        name: str,
        *,
        kms_instance: str = "",
        kms_key: str = "",
        overrides: Mapping[str, Any] | None = None,
    ) -> NewDatabase:
        """Restore a backup into a new instance, under another root key or (without one) the default key.

        `overrides`: region, plan_id, resource_group_id, memory, storage, cpu where they differ from the source.
        """
        body: dict[str, Any] = {"backup_id": backup_id, "name": name, **(overrides or {})}
        if kms_key:
            body.update(kms_instance=kms_instance, kms_key=kms_key)
        return decode(NewDatabase, self._private("POST", f"/{quote(guid, safe='')}/restore", json=body))

    def sample_rows(self, guid: str) -> SampleRows:
        """How many rows there are and the newest ones; 409 NOT_READABLE while the nodes are stopped."""
        return decode(SampleRows, self._private("GET", f"/{quote(guid, safe='')}/sample-rows"))

    def add_sample_rows(self, guid: str, count: int) -> RowsAdded:
        """Add invented rows; they are durable on every named node when this returns."""
        return decode(RowsAdded, self._private("POST", f"/{quote(guid, safe='')}/sample-rows", json={"count": count}))

    def certificate(self, guid: str) -> str:
        """The certificate (PEM) of the authority that clients trust; 409 when no client can connect."""
        return self._session.call("emulator", "GET", _private(guid, "/certificate")).content.decode("ascii")

    def switch_over(self, guid: str, node: int) -> None:
        """Make another running node (number) the primary; on return it is. 409 when it cannot."""
        body = {"node": node}
        self._session.request(
            "emulator", "POST", _private(guid, "/switch-over"), json=body, read_seconds=SWITCH_OVER_SECONDS
        )

    def erase_clear(self, guid: str, node: int) -> None:
        """Erase for good what a crash left in clear of a node (number); 409 when there is nothing."""
        self._private("POST", f"/{quote(guid, safe='')}/erase-clear", json={"node": node})

    def _v3(self, region: str, method: str, path: str, json: object = None) -> dict[str, Any]:
        base = self._session.profile.database_url(region, self._session.account_id)
        return self._session.request(base, method, path, json=json)

    def _private(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        return self._session.request("emulator", method, f"/emulator/v1/databases{path}", **arguments)


def _cluster(guid: str) -> str:
    return f"/clusters/{quote(guid, safe='')}"


def _node(node_id: str) -> str:
    return f"/nodes/{quote(node_id, safe='')}"


def _private(guid: str, path: str) -> str:
    return f"/emulator/v1/databases/{quote(guid, safe='')}{path}"

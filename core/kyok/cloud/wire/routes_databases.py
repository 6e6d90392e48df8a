"""API v3 of Hyper Protect DBaaS for PostgreSQL (reference/dbaas.md section 2)."""

from collections.abc import Callable
from typing import Any

from kyok.cloud.databases import backups, records, tasks
from kyok.cloud.databases import errors as refusals
from kyok.cloud.databases.changes import sizes_of
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views import clusters
from kyok.cloud.iam.grants import API_KEY
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import NotEmulated, Wire
from kyok.cloud.wire.route import Call, Handler, Job, Outcome, Response, Route, Write
from kyok.domain import configuration as changes
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.errors import KyokError
from kyok.postgres.catalog import Catalog

BASE = "/api/v3/{account_id}"
CLUSTER = f"{BASE}/clusters/{{cluster_id}}"


class ApiKeyMissing(KyokError):
    """The token request carries no API key."""

    summary = "The request header api_key is missing."
    remedy = "Send your API key in the header api_key."


errors.add(
    {
        ApiKeyMissing: Wire(400, "API_KEY_MISSING"),
        refusals.DatabaseNotFound: Wire(404, "DATABASE_NOT_FOUND"),
        refusals.TaskNotFound: Wire(404, "TASK_NOT_FOUND"),
        refusals.DatabaseUserNotFound: Wire(404, "USER_NOT_FOUND"),
        refusals.BackupNotFound: Wire(404, "BACKUP_NOT_FOUND"),
        refusals.BackupExpired: Wire(410, "BACKUP_EXPIRED"),
        refusals.ParametersRefused: Wire(400, "BAD_VALUE"),
        refusals.NotServing: Wire(409, "NODES_STOPPED"),
        refusals.TooFewNodes: Wire(409, "NODES_STOPPED"),
        refusals.TaskRunning: Wire(409, "TASK_RUNNING"),
        refusals.NodesNotRunning: Wire(409, "NODES_STOPPED"),
        refusals.PlanRefused: Wire(409, "PLAN_REFUSED"),
        refusals.NodeNotFound: Wire(404, "NODE_NOT_FOUND"),
        refusals.LogNotFound: Wire(404, "LOG_NOT_FOUND"),
        refusals.NodeSealed: Wire(409, "NODE_SEALED"),
        changes.ChangeMalformed: Wire(400, "BAD_VALUE"),
        changes.ChangeRefused: Wire(422, "VALUE_REFUSED"),
        refusals.VolumeFull: Wire(409, "VOLUME_FULL"),
        refusals.DiskRefused: Wire(507, "STORAGE_ERR"),
    }
)


def token(call: Call) -> Outcome:
    """A token for the API key in the header `api_key`; the account id is called user id here."""
    key = call.header("api_key") or call.header("api-key")
    if not key:
        raise ApiKeyMissing()
    with call.cloud.store.read() as reader:
        granted = call.cloud.grants.grant(reader, {"grant_type": API_KEY, "apikey": key})
    body = {"access_token": granted.issued.value, "user_id": granted.principal.account}
    agent = call.header("user-agent") or ""

    def work(tx: Transaction) -> None:
        call.cloud.grants.record(tx, granted, agent, call.request.address, call.correlation)

    return Write(work, lambda _: Response(200, body))


def cluster(call: Call) -> Outcome:
    """A cluster with its nodes."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, "clusters.read")
        nodes = records.nodes_of(reader, of.guid)
    driver = call.cloud.databases.driver
    facts = {node.number: driver.facts(NodeRef(of.guid, node.number)) for node in nodes}
    return Response(200, clusters.cluster_body(of, nodes, facts, driver.connection(of.guid)))


def users(call: Call) -> Outcome:
    """Database users."""
    return _catalog(
        call,
        "users.list",
        lambda of, found: {"users": clusters.role_bodies(found) if found else clusters.user_bodies(of)},
    )


def user(call: Call) -> Outcome:
    """One database user with its privileges."""
    name = call.params["db_user_id"]

    def body(of: Database, found: Catalog | None) -> dict[str, Any]:
        known = clusters.role_body(found, name) if found else clusters.user_body(of, name)
        if known is None:
            raise refusals.DatabaseUserNotFound()
        return known

    return _catalog(call, "users.read", body)


def databases(call: Call) -> Outcome:
    """The databases; a fresh cluster has the administrator's."""

    def body(of: Database, found: Catalog | None) -> dict[str, Any]:
        if found:
            return clusters.databases_body(found.databases)
        return clusters.databases_body({of.admin_name: call.cloud.databases.driver.figures(of.guid).size})

    return _catalog(call, "databases.list", body)


def configuration(call: Call) -> Outcome:
    """The configuration parameters with their values, as the primary has them; as they were set while it restarts."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, "clusters.configuration.read")
        nodes = records.nodes_of(reader, of.guid)
    service = call.cloud.databases
    return Job(lambda: Response(200, clusters.configuration_body(service.parameters(of, nodes), sizes_of(of).ram)))


def configuration_change(call: Call) -> Outcome:
    """Changes parameters, secondaries first."""
    return _change(call, "clusters.configuration.update", "configuration", call.cloud.databases.change_configuration)


def resource_change(call: Call) -> Outcome:
    """Changes the sizes of every node, secondaries first."""
    return _change(call, "clusters.resource.scale", "resource", call.cloud.databases.scale)


def log_list(call: Call) -> Outcome:
    """The log files of a node, newest day first."""
    with call.cloud.store.read() as reader:
        _, node = _node(call, reader, "logs.list")

    def work() -> Response:
        found = call.cloud.databases.logs.listed(node)
        return Response(200, {"logs": [clusters.log_body(file) for file in found]})

    return Job(work)


def log_get(call: Call) -> Outcome:
    """One log file, at most its last 8 MiB."""
    name = call.params["log_name"]
    with call.cloud.store.read() as reader:
        of, node = _node(call, reader, "logs.read")

    def work() -> Write:
        logs = call.cloud.databases.logs
        content = logs.read(node, name)
        headers = {"content-disposition": f'attachment; filename="{name}"'}  # a name that was found is harmless
        return Write(
            lambda tx: logs.handed_out(tx, call.caller, of, node, name),
            lambda _: Response(200, content, headers, "application/x-download"),
        )

    return Job(work)


def task_list(call: Call) -> Outcome:
    """The tasks of a cluster, newest first."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, "clusters.tasks.list")
        found = tasks.of_database(reader, of.guid)
    return Response(200, {"tasks": [clusters.task_item(task) for task in found]})


def task(call: Call) -> Outcome:
    """One task with its nodes."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, "clusters.tasks.read")
        found = tasks.find(reader, of.guid, call.params["task_id"])
        nodes = records.nodes_of(reader, of.guid)
    if found is None:
        raise refusals.TaskNotFound()
    return Response(200, clusters.task_body(found, nodes))


def backup_list(call: Call) -> Outcome:
    """The backups of a cluster, newest first."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, "backups.list")
        found = backups.of_database(reader, of.guid)
    return Response(200, {"backups": [clusters.backup_body(backup) for backup in found]})


def _cluster(call: Call, reader: Reader, action: str) -> Database:
    if call.params["account_id"] != call.caller.account:
        raise refusals.DatabaseNotFound()
    found: Database = call.cloud.databases.cluster(
        reader, call.caller, call.caller.account, call.params["cluster_id"], action
    )
    return found


def _node(call: Call, reader: Reader, action: str) -> tuple[Database, Node]:
    if call.params["account_id"] != call.caller.account:
        raise refusals.NodeNotFound()
    found: tuple[Database, Node] = call.cloud.databases.node(
        reader, call.caller, call.caller.account, call.params["node_id"], action
    )
    return found


def _catalog(call: Call, action: str, body: Callable[[Database, Catalog | None], dict[str, Any]]) -> Job:
    """What the servers say of themselves; `body` is given None where there are none to ask."""
    with call.cloud.store.read() as reader:
        of = _cluster(call, reader, action)
    return Job(lambda: Response(200, body(of, call.cloud.databases.driver.catalog(of.guid))))


def _change(call: Call, action: str, member: str, begin: Callable[..., str]) -> Write:
    """Begins a change of a cluster; the task says when it is made."""
    body = call.json()

    def work(tx: Transaction) -> str:
        of = _cluster(call, tx, action)
        unknown = sorted(set(body) - {member})
        if unknown:
            raise changes.ChangeMalformed(f"The member “{unknown[0][:60]}” is not known here.")
        return begin(tx, call.caller, of, body.get(member))

    return Write(work, lambda task_id: Response(202, {"task_id": task_id}))


def _later(action: str) -> Handler:
    """A documented operation that is not emulated; who may not do it is told so first."""

    def handler(call: Call) -> Outcome:
        if "cluster_id" in call.params:
            with call.cloud.store.read() as reader:
                _cluster(call, reader, action)
        raise NotEmulated()

    return handler


_CHANGE_ERRORS = (
    refusals.DatabaseNotFound,
    refusals.ClusterBusy,
    refusals.NodesNotRunning,
    refusals.PlanRefused,
    changes.ChangeMalformed,
    changes.ChangeRefused,
)


def _changing(path: str, handler: Handler, summary: str, action: str) -> Route:
    name = f"{DBAAS_POSTGRESQL}.{action}"
    return Route("PATCH", path, handler, summary, "dbaas", action=name, errors=_CHANGE_ERRORS)


def _logs(path: str, handler: Handler, summary: str, action: str, activity: str) -> Route:
    return Route(
        "GET",
        f"{BASE}/nodes/{{node_id}}/logs{path}",
        handler,
        summary,
        "dbaas",
        action=f"{DBAAS_POSTGRESQL}.{action}",
        activity=f"{DBAAS_POSTGRESQL}.{activity}",
        errors=(refusals.NodeNotFound, refusals.LogNotFound, refusals.NodeSealed),
    )


def _read(path: str, handler: Handler, summary: str, action: str) -> Route:
    name = f"{DBAAS_POSTGRESQL}.{action}"
    return Route(
        "GET",
        path,
        handler,
        summary,
        "dbaas",
        action=name,
        errors=(refusals.DatabaseNotFound, refusals.TaskNotFound, refusals.NotServing),
    )


def _not_yet(method: str, path: str, summary: str, action: str) -> Route:
    name = f"{DBAAS_POSTGRESQL}.{action}"
    return Route(method, path, _later(action), summary, "dbaas", action=name, errors=(NotEmulated,))


ROUTES: list[Route] = [
    Route("GET", "/api/v3/auth/token", token, "Get a token for an API key", "dbaas", public=True),
    _read(CLUSTER, cluster, "See a database cluster", "clusters.read"),
    _read(f"{CLUSTER}/users", users, "List the users of a database cluster", "users.list"),
    _read(f"{CLUSTER}/users/{{db_user_id}}", user, "See a user of a database cluster", "users.read"),
    _read(f"{CLUSTER}/databases", databases, "List the databases of a cluster", "databases.list"),
    _read(
        f"{CLUSTER}/configuration",
        configuration,
        "See the configuration of a database cluster",
        "clusters.configuration.read",
    ),
    _read(f"{CLUSTER}/tasks", task_list, "List the tasks of a database cluster", "clusters.tasks.list"),
    _read(f"{CLUSTER}/tasks/{{task_id}}", task, "See a task of a database cluster", "clusters.tasks.read"),
    _read(f"{CLUSTER}/backups", backup_list, "List the backups of a database cluster", "backups.list"),
    _changing(f"{CLUSTER}/resource", resource_change, "Scale a database cluster", "clusters.resource.scale"),
    _changing(
        f"{CLUSTER}/configuration",
        configuration_change,
        "Change the configuration of a database cluster",
        "clusters.configuration.update",
    ),
    _not_yet(
        "POST",
        f"{CLUSTER}/backups/cos/enable",
        "Enable backups of a database cluster to object storage",
        "backups.cos.enable",
    ),
    _not_yet(
        "POST",
        f"{CLUSTER}/backups/cos/disable",
        "Disable backups of a database cluster to object storage",
        "backups.cos.disable",
    ),
    _not_yet(
        "GET",
        f"{CLUSTER}/backups/cos/configuration",
        "See to which object storage a database cluster is backed up",
        "backups.cos.read",
    ),
    _not_yet(
        "GET",
        f"{CLUSTER}/backups/configuration",
        "See the backup settings of a database cluster",
        "backups.configuration.read",
    ),
    _not_yet(
        "PUT",
        f"{CLUSTER}/backups/configuration",
        "Change the backup settings of a database cluster",
        "backups.configuration.update",
    ),
    _not_yet("POST", f"{CLUSTER}/restore", "Restore a backup into a database cluster", "backups.restore"),
    _logs("", log_list, "List the log files of a database node", "logs.list", "logs.list"),
    _logs("/{log_name}", log_get, "Read a log file of a database node", "logs.read", "log.get"),
    _not_yet("POST", f"{BASE}/services", "Create a database service", "clusters.read"),
    _not_yet("GET", f"{BASE}/services", "List database services", "clusters.read"),
    _not_yet("DELETE", f"{BASE}/services/{{service_id}}", "Delete a database service", "clusters.read"),
]

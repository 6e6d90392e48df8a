"""Activity events of the database service: who is named, and under which action.

Documented actions: reference/dbaas.md section 8. `node.stop`, `node.start`, `node.promote`, `backup.*`,
`data-key.destroy`, `clear-data.erase` and `sample-rows.create` are ours.
"""

from typing import Any

from kyok.cloud.activity.events import Caller, Event, Outcome
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases.records import Database
from kyok.cloud.store import Transaction
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL

CLUSTER_CREATE = f"{DBAAS_POSTGRESQL}.cluster.create"
CLUSTER_DELETE = f"{DBAAS_POSTGRESQL}.cluster.delete"
NODE_STOP = f"{DBAAS_POSTGRESQL}.node.stop"
NODE_START = f"{DBAAS_POSTGRESQL}.node.start"
BACKUP_CREATE = f"{DBAAS_POSTGRESQL}.backup.create"
DATABASE_RESTORE = f"{DBAAS_POSTGRESQL}.database.restore"
DATA_KEY_DESTROY = f"{DBAAS_POSTGRESQL}.data-key.destroy"
BACKUP_DELETE = f"{DBAAS_POSTGRESQL}.backup.delete"
CONFIGURATION_UPDATE = f"{DBAAS_POSTGRESQL}.configuration.update"
RESOURCE_SCALE = f"{DBAAS_POSTGRESQL}.cluster.resource.scale"
LOG_GET = f"{DBAAS_POSTGRESQL}.log.get"
NODE_PROMOTE = f"{DBAAS_POSTGRESQL}.node.promote"
CLEAR_ERASE = f"{DBAAS_POSTGRESQL}.clear-data.erase"
ROWS_ADD = f"{DBAAS_POSTGRESQL}.sample-rows.create"

AGENT = "kyok-dbaas"


def agent_name(node_name: str) -> str:
    """The user agent of a node's key agent; every node has its own."""
    return f"kyok-key-agent/{node_name}"


def instance_caller(crn: Crn, name: str, agent: str = AGENT) -> Caller:
    """The instance itself, acting under its authorization."""
    return Caller(f"crn-{crn}", crn.account, name, "service", crn, agent)


def broker(account: str) -> Caller:
    """The cloud broker: it creates and deletes clusters in the name of nobody (reference/dbaas.md section 8)."""
    return Caller("iam-ServiceId-cloud-broker", account, "Cloud Broker", "service", None, AGENT)


def record(
    activity: Activity,
    tx: Transaction,
    of: Database,
    action: str,
    *,
    caller: Caller | None = None,
    outcome: Outcome = "success",
    status: int = 200,
    reason: str = "",
    detail: str = "",
    data: dict[str, Any] | None = None,
) -> str:
    """Writes an event about a cluster and returns its id; the caller is the instance itself unless given.

    `detail` becomes part of the plain line that people read.
    """
    response = dict(data or {})
    if detail:
        response["detail"] = detail
    event = Event(
        action=action,
        target=str(of.crn),
        target_name=of.name,
        outcome=outcome,
        status=status,
        reason=reason,
        instance=of.guid,
        response_data=response,
    )
    return activity.record(tx, caller or instance_caller(of.crn, of.name), event)

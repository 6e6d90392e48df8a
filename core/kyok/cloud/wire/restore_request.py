"""Makes the new instance of a restore through the resource controller, as if its owner had ordered it."""

import secrets
from typing import Any

from kyok.cloud.databases.records import Database
from kyok.cloud.store import Transaction
from kyok.cloud.wire.route import Call


def new_instance(call: Call, tx: Transaction, source: Database, fields: dict[str, Any]) -> tuple[str, str]:
    """Creates the instance in the same transaction and returns its id and CRN; absent fields are as the source's.

    Raises:
        KyokError: what the resource controller or the database service refuse.
    """
    parameters: dict[str, Any] = {
        "name": source.cluster_name,
        "admin_name": source.admin_name,
        "password": _password(),
        "db_version": source.version,
        "service-endpoints": source.endpoints,
    }
    if not source.document.get("free") or "plan_id" in fields:
        parameters |= {"memory": source.memory, "storage": source.storage, "cpu": source.cpu}
    parameters |= {name: fields[name] for name in ("memory", "storage", "cpu") if fields.get(name) is not None}
    parameters |= {name: fields[name] for name in ("kms_instance", "kms_key") if fields.get(name)}
    made = call.cloud.instances.create(
        tx,
        call.caller,
        {
            "name": fields.get("name"),
            "target": fields.get("region") or source.region,
            "resource_plan_id": fields.get("plan_id") or source.plan_id,
            "resource_group": fields.get("resource_group_id") or call.cloud.databases.group_of(tx, source),
            "parameters": parameters,
        },
    )
    return made.guid, made.crn


def _password() -> str:
    """A password that meets the rules; simulated nodes have no door that it would open, and it is not kept."""
    return f"Aa1-{secrets.token_hex(16)}"

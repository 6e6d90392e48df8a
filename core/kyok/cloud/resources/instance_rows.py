"""Service instances as rows of the store, and as the resource controller's API writes them."""

from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, reclamation
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain import services
from kyok.domain.cluster import InstanceState, OperationState
from kyok.domain.crn import Crn

_BY_GUID = select(instance).where(instance.c.guid == bindparam("ident"))
_BY_CRN = select(instance).where(instance.c.crn == bindparam("ident"))
_RECLAIM_AT = select(reclamation.c.target_at, reclamation.c.created_by).where(reclamation.c.guid == bindparam("guid"))


def find(reader: Reader, account: str, ident: str) -> Row[Any] | None:
    """The account's instance with this GUID or CRN."""
    by_crn = ident.startswith("crn:")
    row = reader.one(_BY_CRN if by_crn else _BY_GUID, {"ident": ident})
    return row if row is not None and row.account == account else None


def add(tx: Transaction, **values: Any) -> None:
    """Writes a new instance, last in the order of the list."""
    last = tx.scalar(select(func.max(instance.c.seq))) or 0
    now = milliseconds(tx.now)
    by = values.pop("by")
    tx.execute(
        insert(instance).values(
            seq=last + 1, locked=False, created_at=now, created_by=by, updated_at=now, updated_by=by, **values
        )
    )
    tx.changed("instance", values["guid"])


def change(tx: Transaction, guid: str, by: str, **values: Any) -> None:
    """Changes columns of an instance."""
    tx.execute(
        update(instance).where(instance.c.guid == guid).values(updated_at=milliseconds(tx.now), updated_by=by, **values)
    )
    tx.changed("instance", guid)


def operation(
    tx: Transaction, kind: str, *, state: OperationState = OperationState.SUCCEEDED, later: bool = False
) -> dict[str, Any]:
    """The `last_operation` of an instance."""
    verb = "Started" if state is OperationState.IN_PROGRESS else "Completed"
    return {
        "type": kind,
        "state": state.value,
        "async": later,
        "description": f"{verb} {kind} instance operation",
        "updated_at": rfc3339_ms(tx.now),
        "cancelable": False,
        "poll": later and state is OperationState.IN_PROGRESS,
    }


def document(reader: Reader, row: Row[Any]) -> dict[str, Any]:
    """The instance object of the API. `created_by` and its like are IAM ids."""
    service = services.service(row.service)
    place = f"/v2/resource_instances/{row.guid}"
    waiting = None
    if row.state == InstanceState.PENDING_RECLAMATION:
        waiting = reader.one(_RECLAIM_AT, {"guid": row.guid})
    return {
        "id": row.crn,
        "guid": row.guid,
        "url": place,
        "crn": row.crn,
        "name": row.name,
        "region_id": row.region,
        "account_id": row.account,
        "reseller_channel_id": "",
        "resource_plan_id": row.plan_id,
        "resource_group_id": row.group_id,
        "resource_group_crn": str(Crn.of_resource_group(row.account, row.group_id)),
        "target_crn": f"crn:v1:bluemix:public:globalcatalog::::deployment:{row.plan_id}%3A{row.region}",
        "parameters": row.parameters,
        "tags": row.tags,
        "allow_cleanup": False,
        "onetime_credentials": False,
        "state": row.state,
        "type": "service_instance",
        "sub_type": "",
        "resource_id": service.catalog_id if service else "",
        "dashboard_url": f"https://cloud.ibm.com/services/{row.service}/{row.guid}",
        "last_operation": row.last_operation,
        "resource_aliases_url": f"{place}/resource_aliases",
        "resource_bindings_url": f"{place}/resource_bindings",
        "resource_keys_url": f"{place}/resource_keys",
        "plan_history": [
            {
                "resource_plan_id": row.plan_id,
                "start_date": rfc3339_ms(moment(row.created_at)),
                "requestor_id": row.created_by,
            }
        ],
        "migrated": False,
        "extensions": _extensions(row),
        "controlled_by": "",
        "locked": row.locked,
        "created_at": _time(row.created_at),
        "created_by": row.created_by,
        "updated_at": _time(row.updated_at),
        "updated_by": row.updated_by,
        "deleted_at": _time(row.deleted_at),
        "deleted_by": row.deleted_by or "",
        "restored_at": _time(row.restored_at),
        "restored_by": row.restored_by or "",
        "scheduled_reclaim_at": _time(waiting.target_at) if waiting else None,
        "scheduled_reclaim_by": waiting.created_by if waiting else "",
    }


def _time(value: int | None) -> str | None:
    return None if value is None else rfc3339_ms(moment(value))


def _extensions(row: Row[Any]) -> dict[str, Any]:
    """Endpoints in the names of the real cloud; here every instance is served at the cloud's own address."""
    if row.service != services.HS_CRYPTO:
        return {}
    where = f"{row.region}.hs-crypto.appdomain.cloud"
    return {
        "endpoints": {
            "public": f"https://{row.guid}.api.{where}",
            "private": f"https://{row.guid}.api.private.{where}",
            "publicGrep11": f"https://{row.guid}.ep11.{where}",
            "privateGrep11": f"https://{row.guid}.ep11.private.{where}",
        }
    }

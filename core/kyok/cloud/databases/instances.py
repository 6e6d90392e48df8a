"""What the database service tells the resource controller's table about its instances.

The broker protocol of a real cloud would carry this; here it is one row. Only the reconciler calls it.
"""

from sqlalchemy import update

from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import instance
from kyok.cloud.store.times import milliseconds, rfc3339_ms
from kyok.domain.cluster import InstanceState, OperationState


def finished(tx: Transaction, guid: str, *, failure: str = "") -> None:
    """Ends the creation of an instance: active, or failed with the sentence that says why."""
    state = InstanceState.FAILED if failure else InstanceState.ACTIVE
    operation = {
        "type": "create",
        "state": (OperationState.FAILED if failure else OperationState.SUCCEEDED).value,
        "async": True,
        "description": failure or "Completed create instance operation",
        "updated_at": rfc3339_ms(tx.now),
    }
    tx.execute(
        update(instance)
        .where(instance.c.guid == guid)
        .values(state=state.value, last_operation=operation, updated_at=milliseconds(tx.now))
    )
    tx.changed("instance", guid)

"""What a reset drops besides rows: the HSMs of instances, the nodes' volumes, what is open in memory."""

from typing import TYPE_CHECKING

from kyok.cloud.databases.vault import PROVIDER
from kyok.cloud.store import Transaction

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud


def starting_over(tx: Transaction, cloud: "Cloud") -> None:
    """A step of the reset. Files go once it is durable; a crash before that leaves orphans, which a start removes."""
    tx.changed("key", "")
    tx.after_commit(lambda: _drop(cloud))


def _drop(cloud: "Cloud") -> None:
    for hsm_id in cloud.hsm.ids():
        if hsm_id != PROVIDER:
            cloud.hsm.remove(hsm_id)
    cloud.reconciler.forget_all()

"""What a service does in the resource controller's own transaction when one of its instances comes or goes.

Only rows are touched in it; files follow with `tx.after_commit`, or on the service's own thread. The resource
controller knows services by this protocol alone.
"""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from kyok.cloud.activity.events import Caller
from kyok.cloud.store import Transaction
from kyok.domain.services import Plan


class ServiceBroker(Protocol):
    """The hooks of one service. A hook that raises a `KyokError` refuses: nothing of the request is kept."""

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> Any:
        """The instance's row is there; `parameters` are as sent, secrets included, and are not kept by anybody else."""

    def deleted(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance waits for its reclamation: it serves nobody, and nothing of it is lost."""

    def restored(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is active again."""

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is gone for good, with or without having waited for it."""


@runtime_checkable
class DeletionGuard(ServiceBroker, Protocol):
    """A broker that may refuse a deletion before anything is done."""

    def may_delete(self, tx: Transaction, guid: str) -> None:
        """Raises `InstanceInUse` (or another `KyokError`) when the instance must stay."""

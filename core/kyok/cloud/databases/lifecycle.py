"""The broker's side of the resource controller: what a cluster's record becomes when its instance is made or deleted.

Each function runs inside the resource controller's transaction and touches records only; volumes and files follow on
the reconciler's thread.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import backups, events, making, records, vault
from kyok.cloud.databases.records import Database
from kyok.cloud.store import Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import ClusterState, NodeState
from kyok.domain.key_rules import fresh
from kyok.domain.services import Plan
from kyok.randomness import Randomness

_UP = (NodeState.RUNNING, NodeState.STOPPED, NodeState.RESTARTING, NodeState.FAILED)


class Lifecycle:
    """The hooks."""

    def __init__(self, activity: Activity, randomness: Randomness) -> None:
        self._activity = activity
        self._randomness = randomness

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> str:
        """Makes the record of a new instance; returns the id of its `provision` task.

        Raises:
            ParametersRefused: nothing can be made from these parameters.
        """
        making.require_good(parameters, plan)
        return making.make(tx, guid, account, parameters, plan, self._randomness)

    def deleted(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is pending reclamation: nodes are disabled, nothing is checked, nothing is lost."""
        of = _known(tx, guid)
        if of is None:
            return
        self._disable(tx, of)
        event = events.record(
            self._activity,
            tx,
            of,
            events.CLUSTER_DELETE,
            caller=events.broker(of.account),
            outcome="pending",
            status=202,
            data={"requestedBy": caller.name},
        )
        deletion = {"at": milliseconds(tx.now), "by": caller.name, "event_id": event, "from": of.state.value}
        records.set_document(tx, guid, deletion=deletion)

    def restored(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is back; nodes start again, if their key lets them."""
        del caller
        of = _known(tx, guid)
        if of is None or of.state is not ClusterState.DISABLED:
            return
        before = ClusterState(of.document.get("deletion", {}).get("from", ClusterState.STOPPED))
        found = records.nodes_of(tx, guid)
        for node in found:
            if node.state is NodeState.DISABLED:
                node.state = NodeState.STOPPED
                node.updated_at = tx.now
        records.save_nodes(tx, found)
        state = before if before in (ClusterState.CREATING, ClusterState.FAILED) else ClusterState.STOPPED
        records.set_database(tx, guid, state=state.value, reason=of.reason if state is ClusterState.FAILED else "")
        records.set_document(tx, guid, deletion=None)

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is gone for good: every key that opens its data is destroyed in this very transaction."""
        of = _known(tx, guid)
        if of is None or of.state is ClusterState.DELETED:
            return
        now = milliseconds(tx.now)
        history = backups.of_database(tx, guid)
        backups.forget_all(tx, guid)
        vault.forget(tx, guid)
        self._disable(tx, of, NodeState.DELETED)
        lost = milliseconds(of.data_lost_at) if of.data_lost_at else now
        erasure = {
            "removed_at": now,
            "data_key_destroyed_at": lost,
            "backup_key_destroyed_at": now,
            "backups": len(history),
            "pending": True,
        }
        first = {"at": now, "by": caller.name, "event_id": None, "from": of.state.value}
        deletion = of.document.get("deletion") or first
        records.set_document(tx, guid, erasure=erasure, deletion=deletion)
        records.set_database(tx, guid, state=ClusterState.DELETED.value, wrapped_key=None)
        event = events.record(self._activity, tx, of, events.CLUSTER_DELETE, caller=events.broker(of.account))
        if deletion["event_id"] is None:
            records.set_document(tx, guid, deletion=deletion | {"event_id": event})

    @staticmethod
    def _disable(tx: Transaction, of: Database, state: NodeState = NodeState.DISABLED) -> None:
        found = records.nodes_of(tx, of.guid)
        for node in found:
            node.state = state if node.state in (*_UP, NodeState.DISABLED, NodeState.CREATING) else node.state
            node.stopped_at = node.stopped_at or tx.now
            node.next_check_at = None
            node.opened_at = None
            node.updated_at = tx.now
            if of.uses_kms and not node.standing.final:
                node.standing = replace(fresh(tx.now), answer=node.standing.answer)
        records.save_nodes(tx, found)
        records.set_database(tx, of.guid, state=ClusterState.DISABLED.value)


def _known(tx: Transaction, guid: str) -> Database | None:
    return records.find(tx, guid)

"""Waits for what the reconciler does by itself, woken by the cloud's changes."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from kyok.cloud.emulator.errors import ScenarioFailed
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import database, instance, node, task
from kyok.domain.cluster import ClusterState, InstanceState, NodeState, TaskState, TaskType
from kyok.domain.key_rules import NodeKeyStatus

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

PATIENCE = 60.0
"""Seconds without any change after which a scenario is given up."""
LOOK_EVERY = 0.05
"""Seconds: that the reconciler is done is no change that would wake anybody."""
_BETWEEN = (NodeState.CREATING.value, NodeState.RESTARTING.value)


class Waiting:
    """See the module."""

    def __init__(self, cloud: "Cloud") -> None:
        self._cloud = cloud

    def until_active(self, guids: Sequence[str]) -> None:
        """Until the instances serve. Raises `ScenarioFailed` when one of them cannot."""

        def ready(reader: Reader) -> bool:
            statement = select(instance.c.guid, instance.c.name, instance.c.state, database.c.reason).join(
                database, database.c.guid == instance.c.guid
            )
            found = [row for row in reader.all(statement) if row.guid in wanted]
            for row in found:
                if row.state == InstanceState.FAILED.value:
                    raise ScenarioFailed(f"The scenario's instance {row.name} could not be made. {row.reason}")
            return all(row.state == InstanceState.ACTIVE.value for row in found)

        wanted = frozenset(guids)
        self._until(ready, "an instance to be made")

    def until_backed_up(self, guids: Sequence[str]) -> None:
        """Until nothing is being done with the instances, and the backup after creation of each has been tried."""
        statement = select(task.c.guid, task.c.type, task.c.state)

        def ready(reader: Reader) -> bool:
            found = [row for row in reader.all(statement) if row.guid in wanted]
            tried = {row.guid for row in found if row.type == TaskType.BACKUP.value}
            return tried == wanted and all(row.state != TaskState.RUNNING.value for row in found)

        wanted = frozenset(guids)
        self._until(ready, "a backup")

    def until_quiet(self) -> None:
        """Until every node has heard of its key and stands as it will."""
        agenda = self._cloud.reconciler.agenda
        checking = (
            select(node.c.id)
            .join(database, database.c.guid == node.c.guid)
            .where(
                database.c.state.in_([ClusterState.PROVISIONED.value, ClusterState.STOPPED.value]),
                node.c.key_status.in_([NodeKeyStatus.CHECKING.value]) | node.c.state.in_(_BETWEEN),
            )
            .limit(1)
        )
        self._until(lambda reader: agenda.quiet() and reader.scalar(checking) is None, "the nodes")

    def _until(self, ready: Callable[[Reader], bool], what: str) -> None:
        patient_until = time.monotonic() + PATIENCE
        while True:
            seen = self._cloud.changes.count
            if not self._cloud.reconciler.runs:
                self._cloud.reconciler.tick()
            with self._cloud.store.read() as reader:
                if ready(reader):
                    return
            if self._cloud.changes.wait_beyond(seen, LOOK_EVERY):
                patient_until = time.monotonic() + PATIENCE
            elif time.monotonic() > patient_until:
                raise ScenarioFailed(f"The scenario could not be loaded: it waited in vain for {what}.")

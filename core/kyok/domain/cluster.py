"""State words of instances, clusters, nodes, tasks, reclamations, crypto units and backups.

Values are those on the wire (reference/dbaas.md 2.4, iam-and-resources.md 7, hsm.md 1.3); `.word` is for people.
"""

from __future__ import annotations

from enum import StrEnum

from kyok.domain.translation import noted, tr


class InstanceState(StrEnum):
    """State of a service instance in the resource controller."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    REMOVED = "removed"
    PENDING_REMOVAL = "pending_removal"
    PENDING_RECLAMATION = "pending_reclamation"
    FAILED = "failed"
    PROVISIONING = "provisioning"
    PRE_PROVISIONING = "pre_provisioning"

    @property
    def word(self) -> str:
        """The word of the resource list."""
        return tr(_INSTANCE_WORDS[self])


_INSTANCE_WORDS = {
    InstanceState.ACTIVE: noted("Active"),
    InstanceState.INACTIVE: noted("Inactive"),
    InstanceState.REMOVED: noted("Removed"),
    InstanceState.FAILED: noted("Failed"),
    InstanceState.PROVISIONING: noted("Provisioning"),
    InstanceState.PENDING_REMOVAL: noted("Being removed"),
    InstanceState.PENDING_RECLAMATION: noted("Deleted, restorable"),
    InstanceState.PRE_PROVISIONING: noted("Provisioning"),
}

LISTED_STATES = frozenset(
    {InstanceState.ACTIVE, InstanceState.INACTIVE, InstanceState.FAILED, InstanceState.PROVISIONING}
)
"""States of instances that the resource list shows."""


_STATE_WORDS = {
    "CREATING": noted("Creating"),
    "DELETED": noted("Deleted"),
    "DISABLED": noted("Disabled"),
    "DISABLING": noted("Disabling"),
    "FAILED": noted("Failed"),
    "PENDING": noted("Pending"),
    "PRIMARY": noted("Primary"),
    "RESTARTING": noted("Restarting"),
    "RESTORING": noted("Restoring"),
    "RUNNING": noted("Running"),
    "SCALING": noted("Scaling"),
    "SECONDARY": noted("Secondary"),
    "STOPPED": noted("Stopped"),
    "SUCCEEDED": noted("Succeeded"),
}
"""Words of clusters, nodes, their roles and their tasks."""


class ClusterState(StrEnum):
    """State of a database cluster."""

    CREATING = "CREATING"
    PROVISIONED = "PROVISIONED"
    FAILED = "FAILED"
    STOPPED = "STOPPED"
    DISABLING = "DISABLING"
    DISABLED = "DISABLED"
    RESTORING = "RESTORING"
    DELETED = "DELETED"

    @property
    def word(self) -> str:
        """The word standing alone; a provisioned cluster is Running."""
        return tr(_STATE_WORDS["RUNNING" if self is ClusterState.PROVISIONED else self.value])


class NodeState(StrEnum):
    """State of one database node."""

    CREATING = "CREATING"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    FAILED = "FAILED"
    RESTARTING = "RESTARTING"
    SCALING = "SCALING"
    DISABLED = "DISABLED"
    DELETED = "DELETED"

    @property
    def word(self) -> str:
        """The word standing alone."""
        return tr(_STATE_WORDS[self.value])


class ReplicaState(StrEnum):
    """Role of a node in its cluster."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"

    @property
    def word(self) -> str:
        """The word standing alone."""
        return tr(_STATE_WORDS[self.value])


class TaskState(StrEnum):
    """State of a task; clients compare without regard to case."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"

    @property
    def word(self) -> str:
        """The word standing alone."""
        return tr(_STATE_WORDS[self.value])


class TaskNodeState(StrEnum):
    """How far a task is at one node. The words are ours: the service's are not documented."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"

    @property
    def word(self) -> str:
        """The word standing alone."""
        return tr(_STATE_WORDS[self.value])


class TaskType(StrEnum):
    """What a task does."""

    PROVISION = "provision"
    BACKUP = "backup"
    RESTORE = "restore"
    DISABLE = "disable"
    RECLAIM = "reclaim"
    NODE_RECOVER = "node_recover"
    CONFIGURATION_UPDATE = "configuration_update"
    RESOURCE_SCALE = "resource_scale"

    @property
    def word(self) -> str:
        """What people read."""
        return tr(_TASK_WORDS[self])


_TASK_WORDS = {
    TaskType.PROVISION: noted("Create instance"),
    TaskType.BACKUP: noted("Take backup"),
    TaskType.RESTORE: noted("Restore backup"),
    TaskType.DISABLE: noted("Delete instance"),
    TaskType.RECLAIM: noted("Delete for good"),
    TaskType.NODE_RECOVER: noted("Recover node"),
    TaskType.CONFIGURATION_UPDATE: noted("Change configuration"),
    TaskType.RESOURCE_SCALE: noted("Scale nodes"),
}


class OperationState(StrEnum):
    """State of an instance's `last_operation`; `in progress` is written with a space."""

    IN_PROGRESS = "in progress"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class ReclamationState(StrEnum):
    """State of a reclamation."""

    SCHEDULED = "SCHEDULED"
    RESTORING = "RESTORING"
    RECLAIMING = "RECLAIMING"


class BackupType(StrEnum):
    """Why a backup was taken."""

    INITIAL = "initial"
    SCHEDULED = "scheduled"
    ON_DEMAND = "on_demand"

    @property
    def word(self) -> str:
        """What people read."""
        return {"initial": tr("After creation"), "scheduled": tr("Daily schedule"), "on_demand": tr("On demand")}[
            self.value
        ]


class UnitState(StrEnum):
    """State of a crypto unit."""

    IMPRINT = "imprint"
    SECURED = "secured"
    ERROR = "error"

    @property
    def word(self) -> str:
        """What people read."""
        return {"imprint": tr("Imprint mode"), "secured": tr("Secured"), "error": tr("Cannot be read")}[self.value]


class RegisterState(StrEnum):
    """State of a master key register; values are IBM's display words."""

    EMPTY = "Empty"
    VALID = "Valid"
    FULL_UNCOMMITTED = "Full uncommitted"
    FULL_COMMITTED = "Full committed"

    @property
    def word(self) -> str:
        """What people read."""
        return tr(_REGISTER_WORDS[self])


_REGISTER_WORDS = {
    RegisterState.EMPTY: noted("Empty"),
    RegisterState.VALID: noted("Valid"),
    RegisterState.FULL_UNCOMMITTED: noted("Full uncommitted"),
    RegisterState.FULL_COMMITTED: noted("Full committed"),
}


class FaultKind(StrEnum):
    """Faults of the emulated world: `node-kill` happens once, the others last until they are ended."""

    NODE_STOP = "node-stop"
    NODE_KILL = "node-kill"
    ZONE_CUT = "zone-cut"
    HSM_CUT = "hsm-cut"
    LATENCY = "latency"
    ERRORS = "errors"

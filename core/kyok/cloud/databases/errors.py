"""What the database service refuses, and why."""

from kyok.domain import changing
from kyok.errors import KyokError


class DatabaseNotFound(KyokError):
    """There is no such cluster in this account."""

    summary = "There is no database instance with this id in your account."
    remedy = "Check the id: it is the seventh part of the instance's CRN."


class TaskNotFound(KyokError):
    """The cluster has no such task."""

    summary = "This instance has no task with this id."
    remedy = "List the tasks of the instance; ids are not shared between instances."


class DatabaseUserNotFound(KyokError):
    """The database has no such user."""

    summary = "The database has no user with this name."
    remedy = "List the users of the instance first."


class BackupNotFound(KyokError):
    """The backup expired, or went with its instance, or never was."""

    summary = "There is no such backup: backups are kept for 7 days, and go with their instance."
    remedy = "List the backups of the instance and choose one that is there."


class BackupExpired(KyokError):
    """The backup is older than seven days."""

    summary = "This backup has expired: backups are kept for 7 days."
    remedy = "Choose a newer backup of the instance."


class TaskRunning(KyokError):
    """A task of this kind runs already."""

    summary = "A backup of this instance is being taken already."
    remedy = "Wait until that task has finished."


class ClusterBusy(TaskRunning):
    """Another task of the cluster runs; changes are made one after the other."""

    summary = changing.BUSY


class NodesNotRunning(KyokError):
    """A change needs all three nodes."""

    summary = "Not all nodes of this instance are running."
    remedy = "Nothing was changed. Look at the instance's Nodes page: it says why and what brings the nodes back."


class PlanRefused(KyokError):
    """The instance's plan does not allow the change."""

    summary = changing.FREE
    remedy = "Create an instance on the flexible plan and move your data there."


class ChangeFailed(KyokError):
    """A server did not come up after a change."""

    summary = "The change was not made: a node did not come up with it."
    remedy = "Choose other values, then try again."


class CannotSwitchOver(KyokError):
    """The node cannot become the primary now."""

    summary = "This node cannot become the primary now."
    remedy = "Wait until all nodes run and have caught up, then try again."


class NodeNotRunning(KyokError):
    """Nothing runs on the node."""

    summary = "Nothing runs on this node."
    remedy = "Look at the instance's Nodes page: it says why and what brings the node back."


class NoCertificate(KyokError):
    """No client can connect to the instance, so there is no certificate to trust."""

    summary = "This instance has no certificate: no database client can connect to it."
    remedy = "Instances whose nodes are real servers have one, as soon as they are made."


class NothingInClear(KyokError):
    """There is no clear data to erase."""

    summary = "No clear data of this node lies on the disk."
    remedy = "There is nothing to erase. A volume is clear only while its servers run, or after a crash."


class NodeNotFound(KyokError):
    """There is no such node in this account."""

    summary = "There is no node with this id in your account."
    remedy = "Get the cluster first: it names its nodes with their ids."


class LogNotFound(KyokError):
    """The node has no such log file."""

    summary = "This node has no log file of this name."
    remedy = "List the log files of the node first. Server logs are kept for 30 days, audit logs for 90."


class NodeSealed(KyokError):
    """The logs lie in the node's volume, and that is closed."""

    summary = "The log files cannot be read: the node's volume is sealed."
    remedy = "Look at the instance's Nodes page: it says why and what brings the node back."


class ParametersRefused(KyokError):
    """The parameters of a creation request are wrong."""

    summary = "The parameters of the database instance are not valid."
    remedy = "Correct them; see the value sets in the documentation of the service."


class NotServing(KyokError):
    """The database cannot be used now: its nodes are stopped, or too few run."""

    summary = "The database is not running."
    remedy = "Look at the instance's Nodes page: it says why and what brings the nodes back."


class TooFewNodes(NotServing):
    """Rows are acknowledged only when two nodes hold them."""

    summary = "Only one node runs, so the database takes no new rows."
    remedy = "Rows are acknowledged when two nodes hold them. Bring a second node back first."


class VolumeFull(KyokError):
    """The simulated volume holds as many rows as it may."""

    summary = "The simulated volume is full."
    remedy = "Load fewer rows: simulated nodes hold 100,000 rows at most."


class VolumeDamaged(KyokError):
    """A sealed volume is missing, cut short, or does not open with this data key."""

    summary = "The volume of this node cannot be opened with the data key."
    remedy = "The node is made again from another node that runs."


class BackupDamaged(KyokError):
    """A backup file is missing or does not open."""

    summary = "The backup cannot be read."
    remedy = "Choose another backup of the instance."


class DiskRefused(KyokError):
    """The disk did not take a volume or backup file (full, read-only, broken)."""

    summary = "A file of the database could not be written to disk."
    remedy = "Free some space on the disk that holds the data folder, then try again."


class NodesFailed(KyokError):
    """The servers of a new instance did not come up."""

    summary = "The nodes could not be started."
    remedy = "Look at `kyok doctor` and at the log of the cloud, then create the instance again."


class NotMadeAnyMore(KyokError):
    """An instance that is being made was deleted, or a reset took it."""

    summary = "The instance was deleted while it was being made."
    remedy = "Nothing is left of it. Create another one."


class KeyUnusable(KyokError):
    """The key service refused, or did not answer, while an instance was being created."""

    summary = "The root key could not be used."
    remedy = "Check the key, the authorization and the crypto units, then create the instance again."

"""Log files of nodes: listed and handed out while the volume that they lie in is open."""

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import events
from kyok.cloud.databases.driver import NodeDriver, NodeLogs, NodeRef
from kyok.cloud.databases.errors import LogNotFound, NodeSealed
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Transaction
from kyok.postgres.logs import LogFile


class LogFiles:
    """See the module. Listing and reading take their time: not in a transaction."""

    def __init__(self, driver: NodeDriver, activity: Activity) -> None:
        self._driver = driver
        self._activity = activity

    def listed(self, node: Node) -> list[LogFile]:
        """The files of a node. Raises `NodeSealed`, which says why."""
        try:
            return self._logs(node).files()
        except OSError as error:
            raise _sealed(node) from error

    def read(self, node: Node, name: str) -> bytes:
        """One file.

        Raises:
            LogNotFound: the node has none of that name. NodeSealed: with the reason.
        """
        try:
            found = self._logs(node).read(name)
        except OSError as error:
            raise _sealed(node) from error
        if found is None:
            raise LogNotFound()
        return found

    def handed_out(self, tx: Transaction, caller: Caller, of: Database, node: Node, name: str) -> None:
        """Writes down who got a file."""
        data = {"node": node.number, "nodeId": node.id, "file": name}
        events.record(self._activity, tx, of, events.LOG_GET, caller=caller, detail=name, data=data)

    def _logs(self, node: Node) -> NodeLogs:
        ref = NodeRef(node.guid, node.number)
        if not self._driver.is_open(ref):
            raise _sealed(node)
        try:
            return self._driver.logs(ref)
        except NodeSealed as error:
            raise _sealed(node) from error


def _sealed(node: Node) -> NodeSealed:
    reason = f": {node.reason}" if node.reason and not node.running else ""
    return NodeSealed(f"The log files of node {node.number} cannot be read: its volume is sealed{reason}.")

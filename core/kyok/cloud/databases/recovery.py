"""What the first look after a start repairs: everything that a kill -9 may have left half-done."""

import logging

from sqlalchemy import select

from kyok.cloud.databases import backups, records, tasks
from kyok.cloud.databases.backups import BackupFiles
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.tables import task
from kyok.domain.cluster import ClusterState, NodeState, TaskState
from kyok.domain.key_rules import fresh

log = logging.getLogger(__name__)

_KEEPS_VOLUMES = (ClusterState.PROVISIONED, ClusterState.STOPPED, ClusterState.DISABLED)
INTERRUPTED = "The cloud was stopped before this was done."


def recover(store: Store, driver: NodeDriver, files: BackupFiles) -> None:
    """Removes orphaned files, ends tasks that nobody will finish, and has every node prove its key anew.

    Volumes are open in memory only, so after a start no node runs: those that did restart once their key check passes.
    """
    with store.read() as reader:
        found = {of.guid: of for of in records.databases(reader)}
        known = backups.known(reader)
    for guid in driver.known():
        of = found.get(guid)
        if of is None or (of.state not in _KEEPS_VOLUMES and of.state is not ClusterState.CREATING):
            log.info("removed what a crash left of instance %s: %d files", guid, driver.destroy(guid))
    for guid in files.instances():
        if guid not in found:
            files.remove_instance_folder(guid)
    strays = files.strays(known)
    if strays:
        log.info("removed %d backup files that were never finished", strays)
    store.writer.perform(_restart)


def _restart(tx: Transaction) -> None:
    """Reads anew which instances there are: one may have been ordered, or a reset may have come, since."""
    found = records.databases(tx)
    living = {of.guid: of for of in found if of.living}
    changed: list[Node] = []
    for guid, nodes in records.nodes(tx, living).items():
        for node in nodes:
            if _restarts(node, living[guid], tx):
                changed.append(node)
    records.save_nodes(tx, changed)
    for guid in dict.fromkeys(node.guid for node in changed):
        tx.changed("database", guid)
    waiting = {of.guid for of in found if of.living or of.state is ClusterState.CREATING}
    statement = select(task.c.guid, task.c.id).where(task.c.state == TaskState.RUNNING.value)
    for row in tx.all(statement):
        left = tasks.find(tx, row.guid, row.id)
        if left is not None and row.guid not in waiting:
            tasks.finish(tx, left, failure=INTERRUPTED)


def _restarts(node: Node, of: Database, tx: Transaction) -> bool:
    if node.state not in (NodeState.RUNNING, NodeState.RESTARTING):
        return False
    node.state = NodeState.RESTARTING
    node.reason = ""
    node.opened_at = None
    node.updated_at = tx.now
    if of.uses_kms and not node.standing.final:
        node.standing = fresh(tx.now)
        node.next_check_at = None
    return True

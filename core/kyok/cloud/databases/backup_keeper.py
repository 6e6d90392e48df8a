"""Takes backups when they are due or asked for, and lets old ones go.

When the clock was turned over several days, the missed daily backups are not made up for: one is taken now, and what is
older than seven days goes, as if the cloud had been switched off in between.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import backups, events, records, tasks, vault
from kyok.cloud.databases.backups import Backup, BackupFiles
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.errors import NotServing
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.world import World
from kyok.cloud.store import Store, Transaction
from kyok.domain.cluster import BackupType, ReplicaState, TaskState, TaskType
from kyok.errors import KyokError
from kyok.randomness import Randomness

log = logging.getLogger(__name__)

Start = Callable[[str, Callable[[], object]], None]
"""Has long work of an instance done."""
_NAMES = {BackupType.INITIAL: "After creation", BackupType.SCHEDULED: "Daily schedule"}


class BackupKeeper:
    """Backups of every instance; runs on the reconciler's thread."""

    def __init__(
        self, store: Store, driver: NodeDriver, files: BackupFiles, activity: Activity, randomness: Randomness
    ) -> None:
        self._store = store
        self._driver = driver
        self._files = files
        self._activity = activity
        self._randomness = randomness

    def attend(self, of: Database, nodes: list[Node], world: World, start: Start) -> datetime | None:
        """Starts the backup that is asked for or due; returns when the next one is due, None while it cannot be."""
        with self._store.read() as reader:
            asked = tasks.running(reader, of.guid, TaskType.BACKUP)
            newest = backups.newest(reader, of.guid)
            now = reader.now
        running = any(node.running for node in nodes)
        if asked is not None:
            start(of.guid, lambda: self._take(of, nodes, asked))
            return now + world.backup_interval
        if not running:
            return None
        due = now if newest is None else newest + world.backup_interval
        if due > now:
            return due
        task = self._store.writer.perform(lambda tx: self.ask_when_due(tx, of, nodes, world))
        if task is not None:
            start(of.guid, lambda: self._take(of, nodes, task))
        return now + world.backup_interval

    def ask_when_due(self, tx: Transaction, of: Database, nodes: list[Node], world: World) -> tasks.Task | None:
        """Writes the task of the backup that is due.

        None when somebody asked for one, or one was taken, meanwhile, or there is nothing left to back up.
        """
        present = records.find(tx, of.guid)
        if present is None or not present.living:
            return None
        newest = backups.newest(tx, of.guid)
        if tasks.running(tx, of.guid, TaskType.BACKUP) is not None:
            return None
        if newest is not None and newest + world.backup_interval > tx.now:
            return None
        had_one = newest is not None or tasks.succeeded(tx, of.guid, TaskType.BACKUP)
        kind = BackupType.SCHEDULED if had_one else BackupType.INITIAL
        return self.ask(tx, of, nodes, kind, _NAMES[kind])

    def ask(self, tx: Transaction, of: Database, nodes: list[Node], kind: BackupType, by: str) -> tasks.Task:
        """Writes the task of a backup that is to be taken."""
        primary = _primary(nodes)
        backup_id = backups.free_id(tx, primary.name, tx.now)
        task_id = tasks.new_task_id(self._randomness, tx.now)
        tasks.begin(tx, task_id, of.guid, TaskType.BACKUP, {"backup_id": backup_id, "type": kind.value, "by": by})
        found = tasks.find(tx, of.guid, task_id)
        assert found is not None
        return found

    def _take(self, of: Database, nodes: list[Node], task: tasks.Task) -> None:
        with self._store.read() as reader:
            key = vault.find(reader, of.guid, vault.BACKUP)
            now = reader.now
        kind = BackupType(task.document["type"])
        try:
            if key is None:
                raise NotServing("The service's backup key of this instance is gone.")
            primary = _primary(nodes)
            made = self._files.write(self._driver, task.document["backup_id"], kind, key, now, primary.number)
        except KyokError as error:
            failure = error
            self._store.writer.perform(lambda tx: self._failed(tx, of, task, failure))
            return
        kept = self._store.writer.perform(lambda tx: self._keep(tx, of, task, made))
        if not kept:
            self._files.remove(of.guid, made.id)

    def _keep(self, tx: Transaction, of: Database, task: tasks.Task, made: Backup) -> bool:
        present = records.find(tx, of.guid)
        if present is None or not present.living:
            return False
        backups.insert_row(tx, made)
        tasks.finish(tx, task, document={"rows": made.rows, "size": made.size})
        tx.changed("database", of.guid)
        caller = self._caller(of, task)
        data = {"backupId": made.id, "rows": made.rows, "taskId": task.id}
        events.record(self._activity, tx, of, events.BACKUP_CREATE, caller=caller, data=data)
        return True

    def _failed(self, tx: Transaction, of: Database, task: tasks.Task, error: KyokError) -> None:
        present = tasks.find(tx, of.guid, task.id)
        if present is None or present.state is not TaskState.RUNNING:
            return  # a reset took it with its instance
        tasks.finish(tx, present, failure=error.summary)
        events.record(
            self._activity,
            tx,
            of,
            events.BACKUP_CREATE,
            caller=self._caller(of, task),
            outcome="failure",
            status=409,
            reason=error.summary,
            data={"taskId": task.id},
        )

    @staticmethod
    def _caller(of: Database, task: tasks.Task) -> Caller:
        return events.instance_caller(of.crn, str(task.document["by"]))

    def expire(self) -> int:
        """Lets backups go that are older than seven days: first the row with the envelope, then the file."""
        with self._store.read() as reader:
            old = backups.expired(reader)
        if not old:
            return 0
        self._store.writer.perform(lambda tx: self._forget(tx, old))
        for guid, backup_id in old:
            self._files.remove(guid, backup_id)
        return len(old)

    def _forget(self, tx: Transaction, old: list[tuple[str, str]]) -> None:
        by_instance: dict[str, list[str]] = {}
        for guid, backup_id in old:
            backups.forget_row(tx, guid, backup_id)
            by_instance.setdefault(guid, []).append(backup_id)
        for guid, ids in by_instance.items():
            of = records.find(tx, guid)
            if of is not None:
                tx.changed("database", guid)
                events.record(self._activity, tx, of, events.BACKUP_DELETE, data={"backupIds": ids})


def _primary(nodes: list[Node]) -> Node:
    return next((node for node in nodes if node.role is ReplicaState.PRIMARY), nodes[0])

"""Restores a backup: always into a new instance, with its own data key, and verified before it is called restored."""

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import backups, events, records, tasks, vault
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.errors import BackupDamaged, BackupNotFound
from kyok.cloud.databases.records import Database
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import TaskType
from kyok.domain.crn import Crn

WAITING = "Waiting for the new instance"
READING = "Decrypting the backup"
VERIFYING = "Comparing rows and digest"
DONE = "Rows and digest are those of the backup"


def plan(tx: Transaction, guid: str, source: Database, backup: backups.Backup, caller: Caller, task_id: str) -> None:
    """Notes, in the transaction that makes the new instance, which backup it is to be filled with."""
    restore = {
        "guid": source.guid,
        "name": source.name,
        "backup_id": backup.id,
        "backup_created_at": milliseconds(backup.created_at),
        "rows": backup.rows,
        "digest": backup.digest,
        "task_id": task_id,
        "by": [caller.iam_id, caller.name],
    }
    records.set_document(tx, guid, restore=restore)
    document = {"source": source.guid, "backup_id": backup.id, "percent": 0, "step": WAITING, "rows": None}
    tasks.begin(tx, task_id, guid, TaskType.RESTORE, document)


class Restoring:
    """The restore's part in making an instance."""

    def __init__(self, store: Store, driver: NodeDriver, files: backups.BackupFiles, activity: Activity) -> None:
        self._store = store
        self._driver = driver
        self._files = files
        self._activity = activity

    def fill(self, of: Database) -> None:
        """Fills the running, empty nodes with the planned backup and compares; nothing when none is planned.

        Raises:
            BackupNotFound: it expired or went with its instance. BackupDamaged: it does not hold what it should.
        """
        wanted = of.document.get("restore")
        if wanted is None:
            return
        with self._store.read() as reader:
            record = backups.find(reader, wanted["guid"], wanted["backup_id"])
            key = vault.find(reader, wanted["guid"], vault.BACKUP)
        if key is None:
            raise BackupNotFound()
        self._tell(of, 25, READING)
        figures = self._driver.restore(of.guid, self._files.read(record, key))
        self._tell(of, 60, VERIFYING)
        if wanted["digest"] and (figures.rows, figures.digest) != (wanted["rows"], wanted["digest"]):
            raise BackupDamaged("The backup does not hold the rows that were written into it.")

    def verified(self, tx: Transaction, of: Database) -> None:
        """Ends the restore task in the transaction that puts the instance into service."""
        task = tasks.running(tx, of.guid, TaskType.RESTORE)
        wanted = of.document.get("restore")
        if task is None or wanted is None:
            return
        tasks.finish(tx, task, document={"percent": 100, "step": DONE, "rows": wanted["rows"]})
        caller = Caller(wanted["by"][0], of.account, wanted["by"][1], "user")
        source = str(Crn.of_instance(of.crn.service, of.region, of.account, wanted["guid"]))
        data = {"source": source, "backupId": wanted["backup_id"], "rows": wanted["rows"], "taskId": task.id}
        detail = f"{wanted['rows']} rows of {wanted['name']}"
        events.record(self._activity, tx, of, events.DATABASE_RESTORE, caller=caller, detail=detail, data=data)

    @staticmethod
    def failed(tx: Transaction, of: Database, reason: str) -> None:
        """Ends the restore task of an instance that could not be made."""
        task = tasks.running(tx, of.guid, TaskType.RESTORE)
        if task is not None:
            tasks.finish(tx, task, failure=reason)

    def _tell(self, of: Database, percent: int, step: str) -> None:
        def work(tx: Transaction) -> None:
            task = tasks.running(tx, of.guid, TaskType.RESTORE)
            if task is not None:
                tasks.progress(tx, task, {"percent": percent, "step": step})
                tx.changed("database", of.guid)

        self._store.writer.perform(work)

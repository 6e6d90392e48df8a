"""Removes what a deleted instance left on disk, and says what was removed."""

import logging

from kyok.clock import Clock
from kyok.cloud.databases import backups, records
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.key_client import KeyClient
from kyok.cloud.databases.records import Database
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_rules import AnswerKind, NodeKeyStatus, status_of

log = logging.getLogger(__name__)


class Erasing:
    """Runs once for each instance that was deleted for good; its keys are gone already."""

    def __init__(
        self, store: Store, driver: NodeDriver, files: backups.BackupFiles, keys: KeyClient, clock: Clock
    ) -> None:
        self._store = store
        self._driver = driver
        self._files = files
        self._keys = keys
        self._clock = clock

    def run(self, of: Database) -> None:
        """Removes volumes, backup files and the registration, then writes the evidence."""
        volumes = self._driver.destroy(of.guid)
        files = self._files.remove_all(of.guid)
        self._files.remove_instance_folder(of.guid)
        registration = self._deregister(of)

        def evidence(tx: Transaction) -> None:
            present = records.find(tx, of.guid)
            if present is None:
                return
            erasure = present.document.get("erasure", {}) | {
                "pending": False,
                "volumes_erased_at": milliseconds(tx.now),
                "volume_files": volumes,
                "backup_files": files,
                "registration": registration,
            }
            records.set_document(tx, of.guid, erasure=erasure)

        self._store.writer.perform(evidence)
        if not self._store.checkpoint():
            log.info("the write-ahead log was busy; the next checkpoint clears it")

    def _key_is_gone(self, of: Database) -> bool:
        """Whether a node was told that the root key is deleted; a key's registrations go with it."""
        with self._store.read() as reader:
            heard = [node.standing.answer for node in records.nodes_of(reader, of.guid)]
        return any(answer is not None and status_of(answer) is NodeKeyStatus.DELETED for answer in heard)

    def _deregister(self, of: Database) -> str:
        if not of.uses_kms or not of.kms_guid:
            return "none"
        if self._key_is_gone(of):
            return "went with the key"
        answer = self._keys.deregister(of.crn, of.kms_guid, of.kms_key or "")
        if answer.kind is AnswerKind.PASSED or answer.http_status in (404, 410):
            return "removed"
        log.info("the registration of instance %s stays: %s", of.guid, answer.message)
        return f"stays: {answer.message}"

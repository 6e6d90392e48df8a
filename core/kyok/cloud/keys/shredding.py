"""Crypto-shredding: after a purge no older copy of the database opens any more (reference/hsm.md 3.6).

Order: (1) a new storage key beside the old one; (2) one transaction: the purged rows go, all others are sealed anew
under the new key; (3) the write-ahead log is emptied into the file; (4) the old storage key is destroyed. A crash
between any two steps leaves the change of the epoch open; `resume` takes it up: blobs tell their epoch themselves.
"""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy import bindparam, select, update

from kyok.cloud.keys import import_tokens
from kyok.cloud.keys.hsm_calls import translated
from kyok.cloud.keys.instances import PROVIDER
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import instance, key, key_version, purged_key
from kyok.cloud.store.times import milliseconds
from kyok.cloud.store.writer import Writer
from kyok.domain.services import KMS
from kyok.hsm import Hsm, Reseal, StoredKey, blob_epoch
from kyok.hsm.errors import HsmError, HsmUnknown

log = logging.getLogger(__name__)

CHUNK = 2_000
"""Blobs sealed anew in one call of the HSM."""
TRIES = 3
"""How often the log is emptied before the rest is left to the reconciler; each waits for readers itself."""

_MOVED = (
    update(key_version).where(key_version.c.id == bindparam("of")).values(blob=bindparam("new"), epoch=bindparam("now"))
)
Resealer = Callable[[Transaction, Hsm, int], int]


class Shredding:
    """Changes the storage epoch of an HSM around a purge."""

    def __init__(
        self,
        hsm: Hsm,
        checkpoint: Callable[[], bool],
        forget: Callable[[], None],
        resealers: Sequence[Resealer] = (),
        held_since: Callable[[], int | None] = lambda: None,
    ) -> None:
        """`forget` drops cached blobs; `resealers` move what other services keep under the provider's HSM.

        `held_since`: since when (milliseconds) copies of the whole state hold what is purged; None where none do.
        """
        self._held_since = held_since
        self._hsm = hsm
        self._checkpoint = checkpoint
        self._forget = forget
        self._resealers = resealers

    def begin(self, tx: Transaction, hsm_id: str) -> int:
        """Steps 1 and 2 for what is left after the purge in this unit; 3 and 4 follow its commit."""
        if not self._hsm.exists(hsm_id):
            return 0
        epoch = self._hsm.begin_epoch(hsm_id)
        self._reseal(tx, hsm_id, epoch)
        tx.changed("shredding", hsm_id)
        tx.after_commit(lambda: self._finish(hsm_id))
        return epoch

    def resume(self, writer: Writer) -> int:
        """Ends changes that a crash or a busy reader left open; returns how many. Not for the writer's own thread."""
        done = 0
        for hsm_id in self._hsm.ids():
            if self._open(hsm_id):
                writer.perform(lambda tx, hsm_id=hsm_id: self.begin(tx, hsm_id))  # type: ignore[misc]
                done += not self._open(hsm_id)
        return done

    def note_shredded(self, tx: Transaction) -> int:
        """Writes down since when purged keys are shredded: the old storage key of their HSM is destroyed, or it is.

        A key that a copy of the whole state still holds is not.
        """
        waiting = tx.all(select(purged_key.c.hsm).where(purged_key.c.shredded_at.is_(None)).distinct())
        ended = [row.hsm for row in waiting if not self._open(row.hsm)]
        if not ended:
            return 0
        held_since = self._held_since()
        where = (
            purged_key.c.shredded_at.is_(None),
            purged_key.c.hsm.in_(ended),
            *(() if held_since is None else (purged_key.c.purged_at < held_since,)),
        )
        rows = tx.all(select(purged_key.c.instance, purged_key.c.id).where(*where))
        tx.execute(update(purged_key).where(*where).values(shredded_at=milliseconds(tx.now)))
        for row in rows:
            tx.changed("key", f"{row.instance}/{row.id}")
        return len(rows)

    def _open(self, hsm_id: str) -> bool:
        try:
            return self._hsm.status(hsm_id).epoch_change_open
        except HsmUnknown:
            return False

    def _finish(self, hsm_id: str) -> None:
        for _ in range(TRIES):
            if self._checkpoint():
                self._hsm.finish_epoch(hsm_id)
                return
        log.warning(
            "readers kept the write-ahead log busy; the old storage key of %s stays until the next round", hsm_id
        )

    def _reseal(self, tx: Transaction, hsm_id: str, epoch: int) -> None:
        owner = instance.c.service == KMS if hsm_id == PROVIDER else instance.c.guid == hsm_id
        statement = (
            select(key_version.c.id, key_version.c.number, key_version.c.blob, key.c.id.label("key_id"))
            .join(key, key.c.pk == key_version.c.key_pk)
            .join(instance, instance.c.guid == key.c.instance)
            .where(owner, key_version.c.epoch < epoch)
            .limit(CHUNK)
        )
        while rows := tx.all(statement):
            stored = [StoredKey(row.id, row.key_id, row.number, row.blob) for row in rows]
            made = self._hsm.perform(hsm_id, [Reseal(each) for each in stored])
            for each, result in zip(stored, made, strict=True):
                if isinstance(result, HsmError):
                    raise translated(result, Reseal(each))
            tx.execute(
                _MOVED,
                [
                    {"of": each.handle, "new": result.blob, "now": blob_epoch(result.blob)}
                    for each, result in zip(stored, made, strict=True)
                ],
            )
        import_tokens.reseal(tx, self._hsm, hsm_id, epoch)
        if hsm_id == PROVIDER:
            for reseal in self._resealers:
                reseal(tx, self._hsm, epoch)
        self._forget()  # cached blobs are under the storage key that is going

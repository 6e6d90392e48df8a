"""Backups: the whole database sealed under a key of the service, kept for seven days.

Which key the real service used is not documented. Ours: a random key per backup, wrapped by the instance's own service
backup key in the provider's HSM. So a backup opens without the customer's root key, and dies with its instance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from kyok.cloud.databases import naming, vault
from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.errors import BackupDamaged, BackupExpired, BackupNotFound
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import backup
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.cluster import BackupType
from kyok.domain.databases import BACKUP_PERIOD
from kyok.sealed_objects import ObjectIdentity, SealedObjectError, SealedWriter, read_sealed
from kyok.secrets import wipe

FOLDER = "backups"
COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup."""

    id: str
    guid: str
    type: BackupType
    size: int
    rows: int
    digest: str
    node: int
    created_at: datetime
    expires_at: datetime
    envelope: str


def of_database(reader: Reader, guid: str) -> list[Backup]:
    """The backups of an instance that have not expired, newest first."""
    statement = select(backup).where(backup.c.guid == guid, backup.c.expires_at > milliseconds(reader.now))
    return [_backup(row) for row in reader.all(statement.order_by(backup.c.created_at.desc(), backup.c.id.desc()))]


def find(reader: Reader, guid: str, backup_id: str) -> Backup:
    """One backup.

    Raises:
        BackupNotFound: it never was, expired, or went with its instance.
    """
    row = reader.one(
        select(backup).where(
            backup.c.guid == guid, backup.c.id == backup_id, backup.c.expires_at > milliseconds(reader.now)
        )
    )
    if row is None:
        raise BackupNotFound()
    return _backup(row)


def find_any(reader: Reader, guid: str, backup_id: str) -> Backup:
    """One backup, told apart from one that has expired.

    Raises:
        BackupExpired: it was one, and is older than seven days. BackupNotFound.
    """
    try:
        return find(reader, guid, backup_id)
    except BackupNotFound:
        taken = naming.backup_moment(backup_id)
        if taken is not None and taken + BACKUP_PERIOD <= reader.now:
            raise BackupExpired() from None
        raise


def counts(reader: Reader, guids: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """How many backups instances have, and when the newest was taken."""
    statement = (
        select(backup.c.guid, func.count().label("number"), func.max(backup.c.created_at).label("newest"))
        .where(backup.c.guid.in_(list(guids)), backup.c.expires_at > milliseconds(reader.now))
        .group_by(backup.c.guid)
    )
    return {row.guid: (row.number, moment(row.newest)) for row in reader.all(statement)}


def newest(reader: Reader, guid: str) -> datetime | None:
    """When the newest backup was taken, expired ones included."""
    value = reader.scalar(select(func.max(backup.c.created_at)).where(backup.c.guid == guid))
    return None if value is None else moment(value)


def expired(reader: Reader) -> list[tuple[str, str]]:
    """Instance and id of backups that are older than they may be."""
    rows = reader.all(select(backup.c.guid, backup.c.id).where(backup.c.expires_at <= milliseconds(reader.now)))
    return [(row.guid, row.id) for row in rows]


def next_expiry(reader: Reader) -> datetime | None:
    """When the next backup expires."""
    value = reader.scalar(select(func.min(backup.c.expires_at)))
    return None if value is None else moment(value)


def insert_row(tx: Transaction, record: Backup) -> None:
    """Makes a written backup known."""
    tx.execute(
        insert(backup).values(
            id=record.id,
            guid=record.guid,
            type=record.type.value,
            state=COMPLETED,
            size=record.size,
            rows=record.rows,
            document={"digest": record.digest, "node": record.node, "envelope": record.envelope},
            created_at=milliseconds(record.created_at),
            expires_at=milliseconds(record.expires_at),
        )
    )
    tx.changed("backup", f"{record.guid}/{record.id}")


def forget_row(tx: Transaction, guid: str, backup_id: str) -> None:
    """Forgets a backup with the envelope of its key; its file opens no more."""
    if tx.execute(delete(backup).where(backup.c.guid == guid, backup.c.id == backup_id)):
        tx.changed("backup", f"{guid}/{backup_id}")


def forget_all(tx: Transaction, guid: str) -> int:
    """Forgets every backup of an instance; returns how many there were."""
    return tx.execute(delete(backup).where(backup.c.guid == guid))


class BackupFiles:
    """The sealed files below `<home>/databases/<guid>/backups/`."""

    def __init__(self, root: Path, disk: Disk, hsm: vault.ServiceHsm) -> None:
        self._root = root
        self._disk = disk
        self._hsm = hsm

    def write(
        self,
        driver: NodeDriver,
        backup_id: str,
        kind: BackupType,
        service_key: vault.ServiceKey,
        now: datetime,
        node: int,
    ) -> Backup:
        """Seals what the primary holds into a file.

        Raises:
            NotServing: no node serves the data. DiskRefused.
        """
        guid = service_key.guid
        envelope, key = self._hsm.wrap(service_key, (guid, backup_id))
        try:
            with self._disk.putting(self.file(guid, backup_id)) as file:
                with SealedWriter(file, key, self._identity(guid, backup_id)) as sealer:
                    figures = driver.backup(guid, sealer)
                size = file.tell()
        finally:
            wipe(key)
        return Backup(
            id=backup_id,
            guid=guid,
            type=kind,
            size=size,
            rows=figures.rows,
            digest=figures.digest,
            node=node,
            created_at=now,
            expires_at=now + BACKUP_PERIOD,
            envelope=envelope,
        )

    def read(self, record: Backup, service_key: vault.ServiceKey) -> Iterator[bytearray]:
        """What a backup holds, a piece at a time; only its end shows that all of it is there.

        Raises:
            BackupDamaged: the file is missing, changed or cut short.
        """
        key = self._hsm.unwrap(service_key, record.envelope, (record.guid, record.id))
        try:
            with self.file(record.guid, record.id).open("rb") as file:
                yield from read_sealed(file, key, self._identity(record.guid, record.id))
        except (OSError, SealedObjectError) as error:
            raise BackupDamaged() from error
        finally:
            wipe(key)

    def remove(self, guid: str, backup_id: str) -> None:
        """Removes a backup's file."""
        self._disk.remove(self.file(guid, backup_id))

    def remove_all(self, guid: str) -> int:
        """Removes every backup file of an instance; returns how many there were."""
        return self._disk.remove_folder(self._root / guid / FOLDER)

    def instances(self) -> list[str]:
        """Instances that have anything on disk."""
        return sorted(entry.name for entry in self._root.iterdir() if entry.is_dir()) if self._root.is_dir() else []

    def remove_instance_folder(self, guid: str) -> None:
        """Removes the instance's whole folder, with whatever a crash left in it."""
        self._disk.remove_folder(self._root / guid)

    def strays(self, known: set[tuple[str, str]]) -> int:
        """Removes files that no row knows (a crash between file and row); returns how many."""
        removed = 0
        for file in self._root.glob(f"*/{FOLDER}/*"):
            if (file.parent.parent.name, file.stem) not in known or file.suffix != ".sealed":
                self._disk.remove(file)
                removed += 1
        return removed

    def file(self, guid: str, backup_id: str) -> Path:
        """Where a backup lies."""
        return self._root / guid / FOLDER / f"{backup_id}.sealed"

    @staticmethod
    def _identity(guid: str, backup_id: str) -> ObjectIdentity:
        return ObjectIdentity(instance=guid, kind="backup", name=backup_id, sequence="0")


def known(reader: Reader) -> set[tuple[str, str]]:
    """Instance and id of every backup."""
    return {(row.guid, row.id) for row in reader.all(select(backup.c.guid, backup.c.id))}


def free_id(reader: Reader, machine: str, when: datetime) -> str:
    """The id of a backup taken at `when`; a second backup within the second is named by the next one."""
    while True:
        wanted = naming.backup_id(machine, when)
        if reader.one(select(backup.c.id).where(backup.c.id == wanted)) is None:
            return wanted
        when += timedelta(seconds=1)


def _backup(row: Row[Any]) -> Backup:
    return Backup(
        id=row.id,
        guid=row.guid,
        type=BackupType(row.type),
        size=row.size,
        rows=row.rows,
        digest=row.document["digest"],
        node=row.document["node"],
        created_at=moment(row.created_at),
        expires_at=moment(row.expires_at),
        envelope=row.document["envelope"],
    )

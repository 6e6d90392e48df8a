"""Keys that the database service itself holds, in the provider's HSM.

Two purposes: `backup`, the key under which an instance's backups are sealed, and `volume`, the key that wraps the data
key of an instance created without a root key. Outside the HSM they exist only as blobs.
"""

import uuid
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import delete, insert, select, update

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import service_key
from kyok.cloud.store.times import milliseconds
from kyok.hsm import GenerateKey, Hsm, Reseal, StoredKey, Unwrap, Wrap
from kyok.hsm.blob import blob_epoch

PROVIDER = "provider"
"""The HSM that the provider initialised; Key Protect instances share it."""
BACKUP = "backup"
VOLUME = "volume"
_NAMESPACE = uuid.UUID("6f6b1c52-4f0e-4c2b-9d0e-6f1a1d2f7b35")


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """One key of an instance for one purpose, as its blob."""

    guid: str
    purpose: str
    blob: bytes


class ServiceHsm(Protocol):
    """The provider's HSM as this service uses it."""

    def make(self, guid: str, purpose: str) -> ServiceKey:
        """A new key."""

    def wrap(self, key: ServiceKey, aad: tuple[str, ...]) -> tuple[str, bytearray]:
        """A new random key: its envelope under `key`, and itself (the caller wipes it)."""

    def unwrap(self, key: ServiceKey, envelope: str, aad: tuple[str, ...]) -> bytearray:
        """The key in an envelope (the caller wipes it)."""


class ProviderHsm:
    """`ServiceHsm` on the provider's HSM."""

    def __init__(self, hsm: Hsm) -> None:
        self._hsm = hsm

    def make(self, guid: str, purpose: str) -> ServiceKey:
        """A new key."""
        made = self._hsm.run(PROVIDER, GenerateKey(_identifier(guid, purpose, "key"), 1))
        return ServiceKey(guid, purpose, made.blob)

    def wrap(self, key: ServiceKey, aad: tuple[str, ...]) -> tuple[str, bytearray]:
        """A new random key: its envelope under `key`, and itself."""
        wrapped = self._hsm.run(PROVIDER, Wrap(_stored(key), None, aad))
        if wrapped.plaintext is None:
            raise TypeError("wrapping nothing makes a key")
        with wrapped.plaintext as material:
            return wrapped.envelope, bytearray(material)

    def unwrap(self, key: ServiceKey, envelope: str, aad: tuple[str, ...]) -> bytearray:
        """The key in an envelope."""
        opened = self._hsm.run(PROVIDER, Unwrap([_stored(key)], envelope, aad))
        with opened.plaintext as material:
            return bytearray(material)


def keep(tx: Transaction, key: ServiceKey) -> None:
    """Stores a service key in place of an older one."""
    forget(tx, key.guid, key.purpose)
    tx.execute(
        insert(service_key).values(
            guid=key.guid,
            purpose=key.purpose,
            blob=key.blob,
            epoch=blob_epoch(key.blob),
            created_at=milliseconds(tx.now),
        )
    )


def find(reader: Reader, guid: str, purpose: str) -> ServiceKey | None:
    """An instance's service key; None when it was destroyed."""
    found = reader.scalar(
        select(service_key.c.blob).where(service_key.c.guid == guid, service_key.c.purpose == purpose)
    )
    return None if found is None else ServiceKey(guid, purpose, bytes(found))


def forget(tx: Transaction, guid: str, purpose: str | None = None) -> int:
    """Destroys the service keys of an instance (all, or one purpose); returns how many there were."""
    statement = delete(service_key).where(service_key.c.guid == guid)
    if purpose is not None:
        statement = statement.where(service_key.c.purpose == purpose)
    return tx.execute(statement)


def reseal(tx: Transaction, hsm: Hsm, epoch: int) -> int:
    """Puts every service key under the storage epoch `epoch` of the provider's HSM; part of each purge there.

    Whoever purges a key of the provider's HSM calls this in the same transaction, before the old epoch is finished.
    """
    rows = tx.all(select(service_key).where(service_key.c.epoch < epoch))
    for row in rows:
        key = ServiceKey(row.guid, row.purpose, bytes(row.blob))
        blob = hsm.run(PROVIDER, Reseal(_stored(key))).blob
        tx.execute(
            update(service_key)
            .where(service_key.c.guid == row.guid, service_key.c.purpose == row.purpose)
            .values(blob=blob, epoch=blob_epoch(blob))
        )
    return len(rows)


def _stored(key: ServiceKey) -> StoredKey:
    key_id = _identifier(key.guid, key.purpose, "key")
    return StoredKey(_identifier(key.guid, key.purpose, "version"), key_id, 1, key.blob)


def _identifier(guid: str, purpose: str, part: str) -> str:
    """Key and version ids follow from the instance and the purpose, so no row has to hold them."""
    return str(uuid.uuid5(_NAMESPACE, f"{guid}/{purpose}/{part}"))

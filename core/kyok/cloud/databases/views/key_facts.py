"""The HSM and the root key of an instance, as they are now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.moments import wire, wire_ms
from kyok.cloud.databases.world import World
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, key, key_alias, key_version, purged_key, reclamation, registration
from kyok.cloud.store.times import moment
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState, state_at
from kyok.domain.services import HS_CRYPTO
from kyok.hsm import Hsm
from kyok.hsm.errors import HsmError

_GONE = (InstanceState.REMOVED.value, InstanceState.PENDING_RECLAMATION.value, InstanceState.PENDING_REMOVAL.value)


@dataclass(frozen=True, slots=True)
class RootKey:
    """The key's row; None values when it is purged or never was."""

    pk: int | None
    id: str
    name: str
    state: KeyState | None
    version: int
    version_id: str | None
    ring: str
    expires_at: datetime | None = None
    deleted_at: datetime | None = None
    state_at: datetime | None = None
    state_by: str = ""
    state_event: str | None = None
    purged_at: datetime | None = None
    shredded_at: datetime | None = None


def root_key(reader: Reader, of: Database) -> RootKey:
    """The root key that an instance was created with, found by its id or alias."""
    wanted = of.kms_key or ""
    row = reader.one(select(key).where(key.c.instance == of.kms_guid, key.c.id == wanted))
    if row is None:
        row = reader.one(
            select(key)
            .join(key_alias, key_alias.c.key_pk == key.c.pk)
            .where(key_alias.c.instance == of.kms_guid, key_alias.c.alias == wanted)
        )
    if row is None:
        return _purged(reader, of, wanted)
    version_id = reader.scalar(
        select(key_version.c.id).where(key_version.c.key_pk == row.pk, key_version.c.number == row.version)
    )
    return key_of_row(row, version_id, reader.now)


def key_of_row(row: Row[Any], version_id: str | None, now: datetime) -> RootKey:
    """A key that is there."""
    expires_at = _moment(row.expires_at)
    return RootKey(
        pk=row.pk,
        id=row.id,
        name=row.name,
        state=state_at(KeyState(row.state), expires_at, now),
        version=row.version,
        version_id=version_id,
        ring=row.ring,
        expires_at=expires_at,
        deleted_at=_moment(row.deleted_at),
        state_at=_moment(row.state_at),
        state_by=row.state_by,
        state_event=row.state_event,
    )


def _purged(reader: Reader, of: Database, wanted: str) -> RootKey:
    row = reader.one(select(purged_key).where(purged_key.c.instance == of.kms_guid, purged_key.c.id == wanted))
    return unknown_key(wanted) if row is None else purged_key_of_row(row)


def unknown_key(key_id: str) -> RootKey:
    """A key that never was, as far as is known."""
    return RootKey(None, key_id, "", None, 0, None, "default")


def purged_key_of_row(row: Row[Any]) -> RootKey:
    """A key of which only the evidence of its purge is left."""
    return RootKey(
        pk=None,
        id=row.id,
        name=row.name,
        state=None,
        version=0,
        version_id=None,
        ring="default",
        state_at=moment(row.purged_at),
        state_by=row.purged_by,
        purged_at=moment(row.purged_at),
        shredded_at=_moment(row.shredded_at),
    )


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def root_key_body(found: RootKey) -> dict[str, Any]:
    """`root_key` of the detail."""
    return {
        "id": found.id,
        "name": found.name or found.id,
        "state": found.state,
        "version": max(found.version, 1),
        "version_id": found.version_id or "",
        "ring": found.ring,
        "changed_at": wire(found.state_at),
        "changed_by": found.state_by,
        "expires_at": wire(found.expires_at),
        "event_id": found.state_event,
    }


def version_number(reader: Reader, version_id: str | None) -> int | None:
    """The number of a key version."""
    if version_id is None:
        return None
    number: int | None = reader.scalar(select(key_version.c.number).where(key_version.c.id == version_id))
    return number


def registrations(reader: Reader, found: RootKey) -> int:
    """How many resources are registered with the key."""
    if found.pk is None:
        return 0
    return int(reader.scalar(select(func.count()).where(registration.c.key_pk == found.pk)) or 0)


def hsm_body(reader: Reader, of: Database, nodes: list[Node], world: World, hsm: Hsm) -> dict[str, Any]:
    """`hsm` of the detail: the instance that holds the root key."""
    crn = Crn.parse(of.kms_instance or "")
    row = reader.one(select(instance).where(instance.c.guid == crn.instance))
    until = reader.scalar(
        select(reclamation.c.target_at)
        .where(reclamation.c.guid == crn.instance)
        .order_by(reclamation.c.created_at.desc())
    )
    return hsm_of_row(crn, row, until, crypto_units(hsm, crn.instance, crn.service)) | {
        "cut_zones": [node.zone for node in nodes if world.cut(node.zone, crn.instance)]
    }


def hsm_of_row(crn: Crn, row: Row[Any] | None, until: int | None, units: tuple[int, bool]) -> dict[str, Any]:
    """What is known of a key service instance. `until`: when its reclamation ends; `units`: see `crypto_units`."""
    exists = row is not None and row.state not in _GONE
    pending = row is not None and row.state == InstanceState.PENDING_RECLAMATION
    return {
        "guid": crn.instance,
        "crn": str(crn),
        "service": crn.service,
        "name": row.name if row is not None else crn.instance,
        "region": crn.location,
        "units": units[0],
        "exists": exists,
        "restorable_until": wire_ms(until) if pending else None,
        "initialised": units[1],
        "recoverable": False,
    }


def crypto_units(hsm: Hsm, guid: str, service: str) -> tuple[int, bool]:
    """Number of crypto units and whether they hold a master key; a Key Protect instance has none of its own.

    An HSM whose files are missing counts none: it must not hide the other instances of a list.
    """
    if service != HS_CRYPTO:
        return 0, True
    try:
        status = hsm.status(guid)
    except HsmError:
        return 0, False
    return len(status.units), status.initialised

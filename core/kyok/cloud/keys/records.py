"""A key as it is shown: the row, its newest version and its aliases, and what follows from the clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Row, Select, bindparam, select

from kyok.cloud.keys import errors
from kyok.cloud.keys.instances import KeyInstance
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import key, key_alias, key_policy
from kyok.cloud.store.times import moment
from kyok.domain.key_policies import KeyPolicyType, authorized_until
from kyok.domain.key_states import DeletedKeyTimes, KeyState, deleted_key_times, state_at
from kyok.secrets import Secret

_ONE: Select[Any] = select(key).where(key.c.pk == bindparam("pk"))
_ALIASES = (
    select(key_alias.c.alias)
    .where(key_alias.c.key_pk == bindparam("pk"))
    .order_by(key_alias.c.created_at, key_alias.c.alias)
)


class Authorization(NamedTuple):
    """The first of two authorizations to delete a key, while it holds."""

    by: str
    until: datetime


class Rotation(NamedTuple):
    """How often a key rotates by itself."""

    enabled: bool
    months: int


class KeyView(Struct, frozen=True):
    """One key at one moment. `payload` is there for standard keys when it was asked for; who renders it wipes it."""

    pk: int
    id: str
    name: str
    description: str | None
    tags: Sequence[str]
    aliases: Sequence[str]
    state: KeyState
    standard: bool
    imported: bool
    ring: str
    version: int
    version_id: str
    version_at: datetime
    bits: int
    crn: str
    own_hsm: bool
    expires_at: datetime | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    rotated_at: datetime | None
    disabled_at: datetime | None
    lifecycle_at: datetime | None
    deleted_at: datetime | None
    deleted_by: str | None
    times: DeletedKeyTimes | None
    now: datetime
    dual_auth: bool = False
    authorization: Authorization | None = None
    rotation: Rotation | None = None
    payload: Secret | None = None


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


_STATES = {int(state): state for state in KeyState}


Rules = Mapping[str, Row[Any]]
"""The policies of one key by type."""
_NONE: Rules = {}


def view_of(
    row: Row[Any],
    instance: KeyInstance,
    prefix: str,
    aliases: Sequence[str],
    now: datetime,
    rules: Rules = _NONE,
) -> KeyView:
    """The view of a row of the key table; `prefix` is that of the instance's CRN."""
    expires_at, deleted_at = _moment(row.expires_at), _moment(row.deleted_at)
    state = _STATES[row.state]
    dual, rotation = rules.get(KeyPolicyType.DUAL_AUTH_DELETE), rules.get(KeyPolicyType.ROTATION)
    return KeyView(
        pk=row.pk,
        id=row.id,
        name=row.name,
        description=row.description,
        tags=row.tags or (),
        aliases=aliases,
        state=state if expires_at is None else state_at(state, expires_at, now),
        standard=row.extractable,
        imported=row.imported,
        ring=row.ring,
        version=row.version,
        version_id=row.version_id,
        version_at=moment(row.version_at),
        bits=row.bits,
        crn=f"{prefix}:key:{row.id}",
        own_hsm=instance.own_hsm,
        expires_at=expires_at,
        created_at=moment(row.created_at),
        created_by=row.created_by,
        updated_at=moment(row.updated_at),
        rotated_at=_moment(row.rotated_at),
        disabled_at=_moment(row.disabled_at),
        lifecycle_at=_moment(row.lifecycle_at),
        deleted_at=deleted_at,
        deleted_by=row.deleted_by,
        times=deleted_key_times(deleted_at, expires_at) if deleted_at is not None else None,
        now=now,
        dual_auth=dual is not None and dual.enabled,
        authorization=_authorization(row, now),
        rotation=None if rotation is None else Rotation(rotation.enabled, rotation.months),
    )


def _authorization(row: Row[Any], now: datetime) -> Authorization | None:
    if row.deletion_set_at is None:
        return None
    until = authorized_until(moment(row.deletion_set_at))
    return Authorization(row.deletion_set_by, until) if now < until else None


def read(reader: Reader, instance: KeyInstance, pk: int) -> KeyView:
    """The key with this number.

    Raises:
        KeyNotFound: it was purged meanwhile.
    """
    row = reader.one(_ONE, {"pk": pk})
    if row is None:
        raise errors.KeyNotFound()
    aliases = [found.alias for found in reader.all(_ALIASES, {"pk": pk})]
    rules = rules_of(reader, [pk]).get(pk, _NONE)
    return view_of(row, instance, instance.prefix, aliases, reader.now, rules)


def aliases_of(reader: Reader, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The aliases of several keys, in order of their creation."""
    found: dict[int, list[str]] = {}
    numbers = list(numbers)
    for start in range(0, len(numbers), 500):
        statement = (
            select(key_alias.c.key_pk, key_alias.c.alias)
            .where(key_alias.c.key_pk.in_(numbers[start : start + 500]))
            .order_by(key_alias.c.created_at, key_alias.c.alias)
        )
        for row in reader.all(statement):
            found.setdefault(row.key_pk, []).append(row.alias)
    return found


def rules_of(reader: Reader, numbers: Iterable[int]) -> dict[int, dict[str, Row[Any]]]:
    """The policies of several keys, by key and type."""
    found: dict[int, dict[str, Row[Any]]] = {}
    numbers = list(numbers)
    columns = (key_policy.c.key_pk, key_policy.c.type, key_policy.c.enabled, key_policy.c.months)
    for start in range(0, len(numbers), 500):
        for row in reader.all(select(*columns).where(key_policy.c.key_pk.in_(numbers[start : start + 500]))):
            found.setdefault(row.key_pk, {})[row.type] = row
    return found

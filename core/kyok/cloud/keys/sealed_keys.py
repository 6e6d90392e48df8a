"""Keys as the cryptographic operations need them: state and sealed versions, never a plaintext."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from kyok.cloud.keys.instances import KeyInstance
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_alias, key_version
from kyok.cloud.store.times import moment
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState, state_at
from kyok.hsm import StoredKey

CACHED_KEYS = 4096
CACHED_VERSIONS = 64
"""A key with more versions is read each time, so that the cache stays small."""

_COLUMNS = (
    key.c.pk,
    key.c.id,
    key.c.name,
    key.c.state,
    key.c.extractable,
    key.c.imported,
    key.c.ring,
    key.c.expires_at,
)
_BY_ID = select(*_COLUMNS).where(key.c.instance == bindparam("guid"), key.c.id == bindparam("ref"))
_BY_ALIAS = (
    select(*_COLUMNS)
    .join(key_alias, key_alias.c.key_pk == key.c.pk)
    .where(key_alias.c.instance == bindparam("guid"), key_alias.c.alias == bindparam("ref"))
)
_VERSIONS = (
    select(key_version.c.id, key_version.c.number, key_version.c.blob)
    .where(key_version.c.key_pk == bindparam("pk"))
    .order_by(key_version.c.number.desc())
)


@dataclass(frozen=True, slots=True, eq=False)
class SealedKey:
    """A key with its sealed versions, newest first."""

    pk: int
    id: str
    name: str
    stored: KeyState
    standard: bool
    imported: bool
    ring: str
    expires_at: int | None
    crn: Crn
    crn_text: str
    versions: tuple[StoredKey, ...]

    def state(self, reader: Reader) -> KeyState:
        """The state at the reader's moment."""
        if self.expires_at is None:
            return self.stored
        return state_at(self.stored, moment(self.expires_at), reader.now)

    @property
    def newest(self) -> StoredKey:
        """The newest version."""
        return self.versions[0]


class SealedKeys:
    """Finds keys by id or alias; for units of work in a bounded cache that every noted change of a key empties."""

    def __init__(self) -> None:
        self._cache: dict[tuple[str, str], SealedKey] = {}

    def forget(self) -> None:
        """Forgets all keys, since one has changed."""
        self._cache.clear()

    def find(self, reader: Reader, instance: KeyInstance, ref: str) -> SealedKey | None:
        """The key with this id or alias; None for an unknown or purged one."""
        if not isinstance(reader, Transaction):
            return _read(reader, instance, ref)
        found = self._cache.get((instance.guid, ref))
        if found is None:
            found = _read(reader, instance, ref)
            if found is not None and len(found.versions) <= CACHED_VERSIONS:
                if len(self._cache) >= CACHED_KEYS:
                    self._cache.pop(next(iter(self._cache)))
                self._cache[instance.guid, ref] = found
        return found


def _read(reader: Reader, instance: KeyInstance, ref: str) -> SealedKey | None:
    params = {"guid": instance.guid, "ref": ref}
    row = reader.one(_BY_ID, params) or reader.one(_BY_ALIAS, params)
    if row is None:
        return None
    versions = reader.all(_VERSIONS, {"pk": row.pk})
    crn = instance.crn.with_resource("key", row.id)
    return SealedKey(
        pk=row.pk,
        id=row.id,
        name=row.name,
        stored=KeyState(row.state),
        standard=row.extractable,
        imported=row.imported,
        ring=row.ring,
        expires_at=row.expires_at,
        crn=crn,
        crn_text=str(crn),
        versions=tuple(StoredKey(version.id, row.id, version.number, version.blob) for version in versions),
    )

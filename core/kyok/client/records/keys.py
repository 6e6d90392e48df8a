"""Keys, versions and registrations of the key management API (reference/kms-api.md sections 2.1, 2.9, 2.16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from kyok.client.decode import Wire
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """A version of a root key; `created_at` may be absent inside other answers."""

    id: str
    created_at: Annotated[datetime | None, Wire("creationDate")] = None


@dataclass(frozen=True, slots=True)
class DualAuth:
    """Whether two people must authorize the deletion of a key, and whether the first of them has."""

    enabled: bool = False
    set_for_deletion: Annotated[bool, Wire("keySetForDeletion")] = False
    expires_at: Annotated[datetime | None, Wire("authExpiration")] = None


@dataclass(frozen=True, slots=True)
class RotationRule:
    """How often a key is rotated by itself. A month is 30 days; 0 months: not told."""

    enabled: bool = True
    months: Annotated[int, Wire("interval_month")] = 0


_ONE_PERSON = DualAuth()


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its material."""

    id: str
    name: str
    state: KeyState
    crn: str = ""
    standard: Annotated[bool, Wire("extractable")] = False
    imported: bool = False
    aliases: tuple[str, ...] = ()
    description: str = ""
    tags: Annotated[tuple[str, ...], Wire("tags", shared=True)] = ()
    ring: Annotated[str, Wire("keyRingID", shared=True)] = "default"
    bits: Annotated[int, Wire("algorithmBitSize")] = 256
    created_at: Annotated[datetime | None, Wire("creationDate")] = None
    created_by: Annotated[str, Wire("createdBy", shared=True)] = ""
    updated_at: Annotated[datetime | None, Wire("lastUpdateDate")] = None
    rotated_at: Annotated[datetime | None, Wire("lastRotateDate")] = None
    expires_at: Annotated[datetime | None, Wire("expirationDate")] = None
    version: Annotated[KeyVersion | None, Wire("keyVersion")] = None
    deleted_at: Annotated[datetime | None, Wire("deletionDate")] = None
    deleted_by: Annotated[str, Wire("deletedBy", shared=True)] = ""
    restore_allowed: Annotated[bool, Wire("restoreAllowed")] = False
    restore_until: Annotated[datetime | None, Wire("restoreExpirationDate")] = None
    purge_allowed: Annotated[bool, Wire("purgeAllowed")] = False
    purge_from: Annotated[datetime | None, Wire("purgeAllowedFrom")] = None
    purged_at: Annotated[datetime | None, Wire("purgeScheduledOn")] = None
    dual_auth: Annotated[DualAuth, Wire("dualAuthDelete")] = _ONE_PERSON
    rotation: RotationRule | None = None

    @property
    def root(self) -> bool:
        """Whether it is a root key."""
        return not self.standard

    @property
    def usable(self) -> bool:
        """Whether a new instance can be encrypted under it: an active root key."""
        return self.root and self.state is KeyState.ACTIVE

    @property
    def type_word(self) -> str:
        """`Root key` or `Standard key`."""
        return tr("Standard key") if self.standard else tr("Root key")

    @property
    def origin_word(self) -> str:
        """`Imported` or `Created`."""
        return tr("Imported") if self.imported else tr("Created")


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One page of a list. `more` says that the page is full, so another one may follow."""

    keys: tuple[Key, ...]
    offset: int
    more: bool


@dataclass(frozen=True, slots=True)
class Registration:
    """A cloud resource that uses a root key."""

    key_id: Annotated[str, Wire("keyId")]
    resource_crn: Annotated[str, Wire("resourceCrn")]
    key_name: Annotated[str, Wire("keyName")] = ""
    description: str = ""
    prevent_deletion: Annotated[bool, Wire("preventKeyDeletion")] = False
    version: Annotated[KeyVersion | None, Wire("keyVersion")] = None
    created_at: Annotated[datetime | None, Wire("creationDate")] = None
    created_by: Annotated[str, Wire("createdBy")] = ""
    updated_at: Annotated[datetime | None, Wire("lastUpdated")] = None

    @property
    def resource(self) -> Crn:
        """The resource's address."""
        return Crn.parse(self.resource_crn)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped data key and the version that wrapped it."""

    ciphertext: str
    version: Annotated[KeyVersion | None, Wire("keyVersion")] = None
    new_version: Annotated[KeyVersion | None, Wire("rewrappedKeyVersion")] = None

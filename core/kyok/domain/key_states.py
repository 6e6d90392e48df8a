"""States of a key, what may be done in each, and the timers between them.

Source: reference/kms-api.md section 4 (state/action table 4.2, timings 4.3). Timers run on the service clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, IntEnum, StrEnum

from kyok.domain.translation import noted, tr

ENABLE_DELAY = timedelta(seconds=30)
"""Shortest time between disabling and enabling a key."""
RESTORE_DELAY = timedelta(seconds=30)
"""Shortest time between deleting and restoring a key."""
RESTORE_PERIOD = timedelta(days=30)
"""A deleted key can be restored for this long, or until its expiration date if that is sooner."""
PURGE_DELAY = timedelta(hours=4)
"""A deleted key can be purged by hand from this age on."""
PURGE_PERIOD = timedelta(days=90)
"""A deleted key is purged by itself at this age."""
ROTATE_DELAY = timedelta(hours=1)
"""Shortest time between two rotations of one key (in real timing only)."""
SYNC_DELAY = timedelta(hours=1)
"""Shortest time between the last lifecycle notification and a sync."""
DUAL_AUTH_PERIOD = timedelta(days=7)
"""How long a first authorization to delete holds."""
REACTION_PERIOD = timedelta(hours=4)
"""The longest a real service may take to react to a change of its key."""
ROTATION_MONTH = timedelta(days=30)
"""A month of a rotation policy."""


class KeyState(IntEnum):
    """State of a key as the API numbers it (4 is unused; a purged key has no state: it is not found)."""

    PRE_ACTIVE = 0
    ACTIVE = 1
    SUSPENDED = 2
    DEACTIVATED = 3
    DESTROYED = 5

    @property
    def word(self) -> str:
        """The word that IBM's console shows."""
        return tr(_WORDS[self])

    @property
    def meaning(self) -> str:
        """One sentence saying what the state means for whoever uses the key."""
        return tr(_MEANINGS[self])


_WORDS = {
    KeyState.PRE_ACTIVE: noted("Pre-active"),
    KeyState.ACTIVE: noted("Active"),
    KeyState.SUSPENDED: noted("Suspended"),
    KeyState.DEACTIVATED: noted("Deactivated"),
    KeyState.DESTROYED: noted("Destroyed"),
}
_MEANINGS = {
    KeyState.PRE_ACTIVE: noted("The key cannot be used yet."),
    KeyState.ACTIVE: noted("The key can be used."),
    KeyState.SUSPENDED: noted("The key is disabled: nothing can be wrapped or unwrapped until it is enabled."),
    KeyState.DEACTIVATED: noted("The key has expired: it still unwraps, but wraps nothing new."),
    KeyState.DESTROYED: noted("The key is deleted: it can be restored for 30 days and is purged after 90."),
}

LIVE_STATES = frozenset({KeyState.PRE_ACTIVE, KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.DEACTIVATED})
DEFAULT_LIST_STATES = LIVE_STATES
"""States that a list shows when no state is asked for."""


class KeyAction(StrEnum):
    """What can be done with a key; values are the words of the API paths where there is one."""

    READ = "read"
    METADATA = "metadata"
    LIST = "list"
    WRAP = "wrap"
    UNWRAP = "unwrap"
    REWRAP = "rewrap"
    ROTATE = "rotate"
    DISABLE = "disable"
    ENABLE = "enable"
    SET_FOR_DELETION = "setKeyForDeletion"
    UNSET_FOR_DELETION = "unsetKeyForDeletion"
    DELETE = "delete"
    RESTORE = "restore"
    PURGE = "purge"
    PATCH = "patch"
    ALIAS = "alias"
    WRITE_POLICIES = "policies.write"
    READ_POLICIES = "policies.read"
    VERSIONS = "versions"
    READ_REGISTRATIONS = "registrations.read"
    REGISTER = "registrations.create"
    SYNC = "sync"


_ALL = frozenset(KeyState)
_ACTIVE = frozenset({KeyState.ACTIVE})
_USABLE = frozenset({KeyState.ACTIVE, KeyState.DEACTIVATED})

ALLOWED: dict[KeyAction, frozenset[KeyState]] = {
    KeyAction.READ: _ALL,
    KeyAction.METADATA: _ALL,
    KeyAction.LIST: _ALL,
    KeyAction.WRAP: _ACTIVE,
    KeyAction.UNWRAP: _USABLE,
    KeyAction.REWRAP: _USABLE,
    KeyAction.ROTATE: _USABLE,
    KeyAction.DISABLE: _ACTIVE,
    KeyAction.ENABLE: frozenset({KeyState.SUSPENDED}),
    KeyAction.SET_FOR_DELETION: _ACTIVE,
    KeyAction.UNSET_FOR_DELETION: _ACTIVE,
    KeyAction.DELETE: frozenset({KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.DEACTIVATED}),
    KeyAction.RESTORE: frozenset({KeyState.DESTROYED}),
    KeyAction.PURGE: frozenset({KeyState.DESTROYED}),
    KeyAction.PATCH: LIVE_STATES,
    KeyAction.ALIAS: LIVE_STATES,
    KeyAction.WRITE_POLICIES: LIVE_STATES,
    KeyAction.READ_POLICIES: _ALL,
    KeyAction.VERSIONS: frozenset({KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.DEACTIVATED}),
    KeyAction.READ_REGISTRATIONS: _ALL,
    KeyAction.REGISTER: _ACTIVE,
    KeyAction.SYNC: _ALL,
}
"""States in which each action is allowed. `VERSIONS` of a deleted key needs `allKeyStates=true`."""

ROOT_ONLY: frozenset[KeyAction] = frozenset(
    {
        KeyAction.WRAP,
        KeyAction.UNWRAP,
        KeyAction.REWRAP,
        KeyAction.ROTATE,
        KeyAction.DISABLE,
        KeyAction.ENABLE,
        KeyAction.VERSIONS,
        KeyAction.READ_REGISTRATIONS,
        KeyAction.REGISTER,
        KeyAction.SYNC,
    }
)
"""Actions that standard keys refuse."""

_GONE_WHEN_DELETED = frozenset(
    {KeyAction.WRAP, KeyAction.UNWRAP, KeyAction.REWRAP, KeyAction.ROTATE, KeyAction.DELETE, KeyAction.VERSIONS}
)


class Refusal(Enum):
    """Why an action is refused; the wire layer maps each to its status and reason code."""

    ROOT_KEY_REQUIRED = "root-key-required"  # 400 KEY_ROOT_REQ_ERR
    INVALID_STATE = "invalid-state"  # 409 KEY_ACTION_INVALID_STATE_ERR
    DELETED = "deleted"  # 410 KEY_DELETED_ERR


def refusal(action: KeyAction, state: KeyState, *, standard: bool = False) -> Refusal | None:
    """Why the action is refused in this state, or None when it is allowed. Timers are not looked at."""
    if standard and action in ROOT_ONLY:
        return Refusal.ROOT_KEY_REQUIRED
    if state in ALLOWED[action]:
        return None
    if state is KeyState.DESTROYED and action in _GONE_WHEN_DELETED:
        return Refusal.DELETED
    return Refusal.INVALID_STATE


def may(action: KeyAction, state: KeyState, *, standard: bool = False) -> bool:
    """Whether the state/action table allows the action (menus show only these)."""
    return refusal(action, state, standard=standard) is None


@dataclass(frozen=True, slots=True)
class DeletedKeyTimes:
    """What can still be done with a deleted key, and from or until when."""

    restore_from: datetime
    restore_until: datetime
    purge_from: datetime
    purged_at: datetime

    def restorable(self, now: datetime) -> bool:
        """Whether the key can be restored at `now`."""
        return self.restore_from <= now <= self.restore_until

    def purgeable(self, now: datetime) -> bool:
        """Whether the key can be purged by hand at `now`."""
        return now >= self.purge_from


def deleted_key_times(deleted_at: datetime, expires_at: datetime | None = None) -> DeletedKeyTimes:
    """The timers of a key deleted at this moment; an expiration date shortens the restore window."""
    restore_until = deleted_at + RESTORE_PERIOD
    if expires_at is not None and expires_at < restore_until:
        restore_until = expires_at
    return DeletedKeyTimes(
        restore_from=deleted_at + RESTORE_DELAY,
        restore_until=restore_until,
        purge_from=deleted_at + PURGE_DELAY,
        purged_at=deleted_at + PURGE_PERIOD,
    )


def state_at(stored: KeyState, expires_at: datetime | None, now: datetime) -> KeyState:
    """The state a key has now: an active key becomes deactivated when its expiration date has passed.

    A suspended key stays suspended (and can no longer be enabled).
    """
    if stored is KeyState.ACTIVE and expires_at is not None and now >= expires_at:
        return KeyState.DEACTIVATED
    return stored


def may_enable(disabled_at: datetime, expires_at: datetime | None, now: datetime) -> bool:
    """Whether enabling a suspended key would succeed now: 30 s have passed and the key has not expired."""
    return now >= disabled_at + ENABLE_DELAY and (expires_at is None or now < expires_at)

from datetime import UTC, datetime, timedelta

import pytest

from kyok.domain.key_states import (
    ALLOWED,
    KeyAction,
    KeyState,
    Refusal,
    deleted_key_times,
    may,
    may_enable,
    refusal,
    state_at,
)

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)

# The table of kms-api.md 4.2: action, then the states in which a root key allows it.
TABLE = {
    KeyAction.READ: "01235",
    KeyAction.METADATA: "01235",
    KeyAction.LIST: "01235",
    KeyAction.WRAP: "1",
    KeyAction.UNWRAP: "13",
    KeyAction.REWRAP: "13",
    KeyAction.ROTATE: "13",
    KeyAction.DISABLE: "1",
    KeyAction.ENABLE: "2",
    KeyAction.SET_FOR_DELETION: "1",
    KeyAction.UNSET_FOR_DELETION: "1",
    KeyAction.DELETE: "123",
    KeyAction.RESTORE: "5",
    KeyAction.PURGE: "5",
    KeyAction.PATCH: "0123",
    KeyAction.ALIAS: "0123",
    KeyAction.READ_POLICIES: "01235",
    KeyAction.WRITE_POLICIES: "0123",
    KeyAction.VERSIONS: "123",
    KeyAction.READ_REGISTRATIONS: "01235",
    KeyAction.REGISTER: "1",
    KeyAction.SYNC: "01235",
}
FOR_STANDARD_KEYS = {
    KeyAction.READ,
    KeyAction.METADATA,
    KeyAction.LIST,
    KeyAction.SET_FOR_DELETION,
    KeyAction.UNSET_FOR_DELETION,
    KeyAction.DELETE,
    KeyAction.RESTORE,
    KeyAction.PURGE,
    KeyAction.PATCH,
    KeyAction.ALIAS,
    KeyAction.READ_POLICIES,
    KeyAction.WRITE_POLICIES,
}


@pytest.mark.parametrize("action", KeyAction)
def test_the_state_table(action: KeyAction) -> None:
    assert "".join(str(int(state)) for state in KeyState if may(action, state)) == TABLE[action]
    assert set(ALLOWED) == set(KeyAction)


@pytest.mark.parametrize("action", KeyAction)
def test_standard_keys(action: KeyAction) -> None:
    allowed = any(may(action, state, standard=True) for state in KeyState)
    assert allowed == (action in FOR_STANDARD_KEYS)


def test_why_an_action_is_refused() -> None:
    assert refusal(KeyAction.WRAP, KeyState.ACTIVE, standard=True) is Refusal.ROOT_KEY_REQUIRED
    assert refusal(KeyAction.WRAP, KeyState.SUSPENDED) is Refusal.INVALID_STATE
    assert refusal(KeyAction.ENABLE, KeyState.ACTIVE) is Refusal.INVALID_STATE
    assert refusal(KeyAction.PURGE, KeyState.ACTIVE) is Refusal.INVALID_STATE
    for action in (KeyAction.UNWRAP, KeyAction.WRAP, KeyAction.DELETE, KeyAction.ROTATE):
        assert refusal(action, KeyState.DESTROYED) is Refusal.DELETED
    assert refusal(KeyAction.DISABLE, KeyState.DESTROYED) is Refusal.INVALID_STATE
    assert refusal(KeyAction.UNWRAP, KeyState.DEACTIVATED) is None


def test_every_state_has_words() -> None:
    assert [state.word for state in KeyState] == ["Pre-active", "Active", "Suspended", "Deactivated", "Destroyed"]
    assert all(state.meaning.endswith(".") for state in KeyState)


def test_the_timers_of_a_deleted_key() -> None:
    times = deleted_key_times(NOW)
    assert not times.restorable(NOW + timedelta(seconds=29))
    assert times.restorable(NOW + timedelta(seconds=30))
    assert times.restorable(NOW + timedelta(days=30))
    assert not times.restorable(NOW + timedelta(days=30, seconds=1))
    assert not times.purgeable(NOW + timedelta(hours=3, minutes=59))
    assert times.purgeable(NOW + timedelta(hours=4))
    assert times.purged_at == NOW + timedelta(days=90)


def test_an_expiration_date_shortens_the_restore_window() -> None:
    assert deleted_key_times(NOW, NOW + timedelta(days=2)).restore_until == NOW + timedelta(days=2)
    assert deleted_key_times(NOW, NOW + timedelta(days=300)).restore_until == NOW + timedelta(days=30)


def test_expiry_turns_active_keys_only() -> None:
    past, future = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
    assert state_at(KeyState.ACTIVE, past, NOW) is KeyState.DEACTIVATED
    assert state_at(KeyState.ACTIVE, future, NOW) is KeyState.ACTIVE
    assert state_at(KeyState.ACTIVE, None, NOW) is KeyState.ACTIVE
    assert state_at(KeyState.SUSPENDED, past, NOW) is KeyState.SUSPENDED


def test_enabling_waits_30_seconds_and_needs_a_key_that_has_not_expired() -> None:
    assert not may_enable(NOW, None, NOW + timedelta(seconds=29))
    assert may_enable(NOW, None, NOW + timedelta(seconds=30))
    assert not may_enable(NOW, NOW + timedelta(seconds=10), NOW + timedelta(seconds=30))

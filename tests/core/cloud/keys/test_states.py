"""The state/action table (reference/kms-api.md 4.2), every cell: action x state x type of key."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyok.cloud.store.tables import activity, activity_log
from kyok.cloud.store.times import rfc3339
from tests.core.cloud.keys.stage import Answer, Keys, Stage

ACTIVE, SUSPENDED, DEACTIVATED, DESTROYED = 1, 2, 3, 5
ALL = (ACTIVE, SUSPENDED, DEACTIVATED, DESTROYED)
GONE = (410, "KEY_DELETED_ERR")
WRONG = (409, "KEY_ACTION_INVALID_STATE_ERR")
ROOT_ONLY = (400, "KEY_ROOT_REQ_ERR")

# action: (states that allow it, answer there, answer for a destroyed key when that is not allowed)
ROOT_TABLE: dict[str, tuple[tuple[int, ...], int, tuple[int, str]]] = {
    "get": (ALL, 200, WRONG),
    "metadata": (ALL, 200, WRONG),
    "wrap": ((ACTIVE,), 200, GONE),
    "unwrap": ((ACTIVE, DEACTIVATED), 200, GONE),
    "rewrap": ((ACTIVE, DEACTIVATED), 200, GONE),
    "rotate": ((ACTIVE, DEACTIVATED), 204, GONE),
    "disable": ((ACTIVE,), 204, WRONG),
    "enable": ((SUSPENDED,), 204, WRONG),
    "delete": ((ACTIVE, SUSPENDED, DEACTIVATED), 204, GONE),
    "restore": ((DESTROYED,), 201, WRONG),
    "purge": ((DESTROYED,), 204, WRONG),
    "alias": ((ACTIVE, SUSPENDED, DEACTIVATED), 201, WRONG),
    "versions": ((ACTIVE, SUSPENDED, DEACTIVATED), 200, GONE),
    "all-versions": (ALL, 200, WRONG),
    "registrations": (ALL, 200, WRONG),
    "sync": (ALL, 204, WRONG),
}
STANDARD_REFUSES = {
    *("wrap", "unwrap", "rewrap", "rotate", "disable", "enable", "versions", "all-versions", "registrations", "sync"),
}


def make(keys: Keys, state: int, *, standard: bool) -> tuple[str, str]:
    """A key in the state, and a ciphertext of it."""
    more = {}
    if state == DEACTIVATED:
        more["expirationDate"] = rfc3339(keys.stage.clock.now() + timedelta(hours=1))
    key = keys.create(standard=standard, **more)
    ciphertext = "" if standard else keys.wrap(key)
    if state == SUSPENDED:
        assert keys.act(key, "disable").status == 204
    elif state == DEACTIVATED:
        keys.stage.advance(hours=2)
    elif state == DESTROYED:
        assert keys.send("DELETE", f"keys/{key}").status == 204
    return key, ciphertext


def do(keys: Keys, action: str, key: str, ciphertext: str) -> Answer:
    if action in ("unwrap", "rewrap"):
        return keys.act(key, action, {"ciphertext": ciphertext or "x"})
    if action in ("wrap", "rotate", "disable", "enable", "sync"):
        return keys.act(key, action)
    if action == "restore":
        return keys.send("POST", f"keys/{key}/restore")
    if action == "purge":
        return keys.send("DELETE", f"keys/{key}/purge", who=keys.stage.purger())
    if action == "delete":
        return keys.send("DELETE", f"keys/{key}")
    if action == "alias":
        return keys.send("POST", f"keys/{key}/aliases/alias-{key[:8]}")
    paths = {
        "get": f"keys/{key}",
        "metadata": f"keys/{key}/metadata",
        "versions": f"keys/{key}/versions",
        "all-versions": f"keys/{key}/versions?allKeyStates=true",
        "registrations": f"keys/{key}/registrations",
    }
    return keys.send("GET", paths[action])


def expected(action: str, state: int, *, standard: bool) -> tuple[int, str]:
    allowed, success, when_gone = ROOT_TABLE[action]
    if standard and action in STANDARD_REFUSES:
        return ROOT_ONLY
    if state in allowed:
        return success, ""
    return when_gone if state == DESTROYED else WRONG


@pytest.mark.parametrize("standard", [False, True], ids=["root", "standard"])
@pytest.mark.parametrize("action", ROOT_TABLE)
def test_every_cell(stage: Stage, keys: Keys, action: str, standard: bool) -> None:
    for state in ALL:
        if standard and state == SUSPENDED:
            continue  # standard keys cannot be disabled
        key, ciphertext = make(keys, state, standard=standard)
        assert keys.state(key) == state
        stage.advance(hours=5)  # past every waiting time
        before = keys.send("GET", f"keys/{key}/metadata").body
        answer = do(keys, action, key, ciphertext)
        status, code = expected(action, state, standard=standard)
        assert (answer.status, answer.code if status >= 400 else "") == (status, code), (action, state, answer.body)
        if status >= 400:
            assert keys.send("GET", f"keys/{key}/metadata").body == before


def test_waiting_times(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    keys.act(key, "disable")
    stage.advance(seconds=29)
    early = keys.act(key, "enable")
    assert (early.status, early.code) == (409, "REQ_TOO_EARLY_ERR")
    assert "30s after key is disabled" in early.one["reasons"][0]["message"]
    stage.advance(seconds=1)
    assert keys.act(key, "enable").status == 204
    keys.send("DELETE", f"keys/{key}")
    stage.advance(seconds=29)
    assert keys.send("POST", f"keys/{key}/restore").code == "REQ_TOO_EARLY_ERR"
    stage.advance(seconds=1)
    assert keys.send("POST", f"keys/{key}/restore").one["state"] == ACTIVE
    keys.send("DELETE", f"keys/{key}")
    stage.advance(hours=3, minutes=59)
    early = keys.send("DELETE", f"keys/{key}/purge", who=stage.purger())
    assert early.code == "REQ_TOO_EARLY_ERR"
    assert "Purge operation is allowed 4h0m0s after key is deleted" in early.one["reasons"][0]["message"]
    stage.advance(minutes=1)
    assert keys.send("DELETE", f"keys/{key}/purge", who=stage.purger()).status == 204
    assert keys.send("GET", f"keys/{key}").code == "KEY_NOT_FOUND_ERR"


def test_restore_ends_after_thirty_days(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    keys.send("DELETE", f"keys/{key}")
    stage.advance(days=30)
    assert keys.send("GET", f"keys/{key}").one["restoreAllowed"] is True
    stage.advance(seconds=1)
    answer = keys.send("POST", f"keys/{key}/restore")
    assert (answer.status, answer.code) == (400, "KEY_RESTORE_EXPIRED")
    assert keys.send("GET", f"keys/{key}").one["restoreAllowed"] is False


def test_an_expired_key_is_neither_restored_nor_enabled(stage: Stage, keys: Keys) -> None:
    until = rfc3339(stage.clock.now() + timedelta(hours=1))
    deleted, disabled = keys.create(expirationDate=until), keys.create(expirationDate=until)
    keys.send("DELETE", f"keys/{deleted}")
    keys.act(disabled, "disable")
    stage.advance(hours=1)
    answer = keys.send("POST", f"keys/{deleted}/restore")
    assert (answer.status, answer.code) == (400, "KEY_EXPIRED_ERR")
    assert f"Key expired on {until}" in answer.message
    assert keys.state(disabled) == SUSPENDED
    assert keys.act(disabled, "enable").code == "KEY_ACTION_INVALID_STATE_ERR"


def test_a_disabled_key_comes_back_active_from_its_deletion(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ciphertext = keys.wrap(key)
    keys.act(key, "disable")
    keys.send("DELETE", f"keys/{key}")
    stage.advance(seconds=30)
    restored = keys.send("POST", f"keys/{key}/restore", b"null").one
    assert (restored["state"], restored["deleted"]) == (ACTIVE, False)
    assert "deletionDate" not in restored
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200


def test_sync_waits_an_hour_after_a_change_of_state_but_not_after_creation(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    assert keys.act(key, "sync").status == 204
    again = keys.act(key, "sync")
    assert (again.status, again.code) == (409, "REQ_TOO_EARLY_ERR")
    stage.advance(hours=1)
    assert keys.act(key, "sync").status == 204
    stage.advance(hours=1)
    keys.send("DELETE", f"keys/{key}")
    assert keys.act(key, "sync").code == "REQ_TOO_EARLY_ERR"


def test_two_rotations_within_an_hour_are_refused_only_when_the_setting_says_so(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    assert [keys.act(key, "rotate").status for _ in range(2)] == [204, 204]
    stage.send("PUT", "/emulator/v1/settings", {"rotation_limit": True})
    try:
        refused = keys.act(key, "rotate")
        assert (refused.status, refused.code) == (409, "KEY_ROTATION_NOT_PERMITTED")
        stage.advance(hours=1)
        assert keys.act(key, "rotate").status == 204
    finally:
        stage.send("PUT", "/emulator/v1/settings", {"rotation_limit": False})


def test_of_an_instance_that_is_none_little_is_written_down_and_nothing_remembered(stage: Stage, keys: Keys) -> None:
    assert keys.act("k", "wrap", {}, bluemix_instance="x" * 60_000).status == 401
    with stage.cloud.store.read() as reader:
        row = reader.one(select(activity_log).order_by(activity.c.seq.desc()))
    assert row is not None
    assert row.instance == "x" * 80
    assert len(str(row)) < 3000
    remembered = stage.cloud.keys._gate._instances._known
    assert not [guid for guid in remembered if len(guid) > 80]

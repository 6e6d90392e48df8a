"""Deletion by two people (reference/kms-api.md 2.12 and 4.4, checklist 13)."""

from datetime import timedelta

import pytest

from kyok.client import ApiError
from kyok.cloud.iam.tokens import Principal
from kyok.cloud.store.times import rfc3339
from tests.core.cloud.keys.console import console, crn_of
from tests.core.cloud.keys.policies import put
from tests.core.cloud.keys.stage import Answer, Keys, Stage

FIRST_NEEDED = (409, "AUTHORIZATIONS_NOT_MET")


@pytest.fixture
def second(stage: Stage, keys: Keys) -> Principal:
    """Another Manager of the instance."""
    return stage.person("Manager", instance=keys.guid)


@pytest.fixture
def key(keys: Keys) -> str:
    made = keys.create("guarded")
    assert put(keys, made, dualAuthDelete={"enabled": True}).status == 200
    return made


def delete(keys: Keys, key: str, query: str = "", who: Principal | None = None) -> Answer:
    return keys.send("DELETE", f"keys/{key}{query}", who=who)


def shown(keys: Keys, key: str) -> dict[str, object]:
    return dict(keys.send("GET", f"keys/{key}/metadata").one["dualAuthDelete"])


def test_one_authorizes_and_another_deletes(stage: Stage, keys: Keys, key: str, second: Principal) -> None:
    alone = delete(keys, key)
    assert (alone.status, alone.code) == FIRST_NEEDED
    assert "1 prior authorization(s) are required for deletion" in alone.message
    assert (delete(keys, key, "?force=true").status, delete(keys, key, "?force=true").code) == FIRST_NEEDED
    assert keys.act(key, "setKeyForDeletion").status == 204
    until = rfc3339(stage.clock.now() + timedelta(days=7))
    assert shown(keys, key) == {"enabled": True, "keySetForDeletion": True, "authExpiration": until}
    assert keys.act(key, "wrap").status == 200  # it stays active and usable
    same = delete(keys, key, "?force=true")
    assert (same.status, same.code) == FIRST_NEEDED
    assert "yourself" in same.one["reasons"][0]["message"]
    assert delete(keys, key, who=second).status == 204
    assert keys.state(key) == 5
    assert shown(keys, key) == {"enabled": True, "keySetForDeletion": False}
    stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}/restore").one["dualAuthDelete"]["enabled"] is True
    assert (delete(keys, key, who=second).status, delete(keys, key).status) == (409, 409)


def test_an_authorization_can_be_taken_back_and_replaced(keys: Keys, key: str, second: Principal) -> None:
    keys.act(key, "setKeyForDeletion")
    assert keys.act(key, "unsetKeyForDeletion", who=second).status == 204
    assert (delete(keys, key, who=second).status, shown(keys, key)["keySetForDeletion"]) == (409, False)
    keys.act(key, "setKeyForDeletion")
    keys.act(key, "setKeyForDeletion", who=second)  # the last one counts
    assert delete(keys, key, who=second).code == "AUTHORIZATIONS_NOT_MET"
    assert delete(keys, key).status == 204


def test_an_authorization_lapses_after_seven_days(stage: Stage, keys: Keys, key: str, second: Principal) -> None:
    keys.act(key, "setKeyForDeletion")
    stage.advance(days=7, seconds=-1)
    assert shown(keys, key)["keySetForDeletion"] is True
    with stage.cloud.store.read() as reader:
        assert stage.cloud.keys.next_due(reader) == stage.clock.now() + timedelta(seconds=1)
    stage.advance(seconds=1)
    assert shown(keys, key) == {"enabled": True, "keySetForDeletion": False}
    assert (delete(keys, key, who=second).status, delete(keys, key, who=second).code) == FIRST_NEEDED
    assert stage.perform(stage.cloud.keys.keep_policies) == 1
    assert stage.perform(stage.cloud.keys.keep_policies) == 0
    (event,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.unsetkeyfordeletion")
    assert event["initiator"]["name"] == "Key management"
    assert event["responseData"]["initialValue"]["authID"] == stage.manager.iam_id
    keys.act(key, "setKeyForDeletion")
    assert delete(keys, key, who=second).status == 204


def test_events_tell_who_authorized_until_when(stage: Stage, keys: Keys, key: str) -> None:
    keys.act(key, "setKeyForDeletion")
    keys.act(key, "unsetKeyForDeletion")
    (made,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.setkeyfordeletion")
    (ended,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.unsetkeyfordeletion")
    given = {"authID": stage.manager.iam_id, "authExpiration": rfc3339(stage.clock.now() + timedelta(days=7))}
    assert (made["responseData"]["initialValue"], made["responseData"]["newValue"]) == ({}, given)
    assert (ended["responseData"]["initialValue"], ended["responseData"]["newValue"]) == (given, {})
    assert {made["severity"], ended["severity"]} == {"warning"}


def test_only_keys_with_the_policy_and_in_the_right_state(stage: Stage, keys: Keys, key: str) -> None:
    plain = keys.create()
    for action in ("setKeyForDeletion", "unsetKeyForDeletion"):
        refused = keys.act(plain, action)
        assert (refused.status, refused.code) == (409, "NOT_DUAL_AUTH_ERR")
        assert refused.message.startswith("Conflict: Action could not be performed on key")
    put(keys, plain, dualAuthDelete={"enabled": False})
    assert keys.act(plain, "setKeyForDeletion").code == "NOT_DUAL_AUTH_ERR"
    keys.act(key, "disable")
    assert keys.act(key, "setKeyForDeletion").code == "KEY_ACTION_INVALID_STATE_ERR"
    standard = keys.create(standard=True)
    put(keys, standard, dualAuthDelete={"enabled": True})
    assert keys.act(standard, "setKeyForDeletion").status == 204
    reader, writer = stage.person("Reader", instance=keys.guid), stage.person("Writer", instance=keys.guid)
    assert keys.act(standard, "setKeyForDeletion", who=reader).status == 401
    assert keys.act(standard, "unsetKeyForDeletion", who=writer).status == 204
    assert keys.send("POST", f"keys/{standard}?action=setKeyForDeletion", who=writer).status == 204
    assert delete(keys, standard).status == 204


def test_registrations_are_looked_at_after_the_second_person(
    stage: Stage, keys: Keys, key: str, second: Principal
) -> None:
    ledger = stage.database(keys.guid)
    keys.register(key, ledger)
    assert delete(keys, key).code == "AUTHORIZATIONS_NOT_MET"
    keys.act(key, "setKeyForDeletion")
    assert delete(keys, key, who=second).code == "PROTECTED_RESOURCE_ERR"
    assert delete(keys, key, "?force=true", who=second).status == 204


def test_two_consoles_delete_a_key_together(stage: Stage, keys: Keys, key: str, second: Principal) -> None:
    anna, ben, crn = console(stage), console(stage, second), crn_of(keys)
    with pytest.raises(ApiError) as alone:
        anna.keys.delete(crn, key)
    assert alone.value.code == "AUTHORIZATIONS_NOT_MET"
    anna.keys.schedule_deletion(crn, key)
    seen = ben.keys.key(crn, key).dual_auth
    assert (seen.set_for_deletion, seen.expires_at) == (
        True,
        stage.clock.now().replace(microsecond=0) + timedelta(days=7),
    )
    ben.keys.cancel_deletion(crn, key)
    assert anna.keys.key(crn, key).dual_auth.set_for_deletion is False
    anna.keys.schedule_deletion(crn, key)
    ben.keys.delete(crn, key)
    assert anna.keys.key(crn, key).state == 5

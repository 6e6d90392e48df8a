"""Policies of single keys, and rotation by the clock (reference/kms-api.md 2.3, 2.13, checklist 6, 7 and 21)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyok.cloud.store.times import rfc3339
from tests.core.cloud.keys.console import console, crn_of
from tests.core.cloud.keys.policies import body, of_key, put, with_policies
from tests.core.cloud.keys.stage import MATERIAL, Keys, Stage

MONTH = timedelta(days=30)


def keep(stage: Stage) -> int:
    """What the reconciler does by the clock."""
    return int(stage.perform(stage.cloud.keys.keep_policies))


def versions(keys: Keys, key: str) -> int:
    return len(keys.send("GET", f"keys/{key}/versions").body["resources"])


def test_a_put_answers_what_was_sent_and_leaves_the_rest(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    assert of_key(keys, key) == []
    made = put(keys, key, rotation={"enabled": True, "interval_month": 3})
    assert made.status == 200
    (policy,) = made.body["resources"]
    assert policy["rotation"] == {"enabled": True, "interval_month": 3}
    assert policy["crn"].endswith(f":{keys.guid}:policy:{policy['id']}")
    assert (policy["createdBy"], policy["updatedBy"]) == (stage.manager.iam_id, stage.manager.iam_id)
    dual = put(keys, key, "?policy=dualAuthDelete", dualAuthDelete={"enabled": False})
    assert list(dual.one)[3] == "dualAuthDelete"
    assert len(of_key(keys, key)) == 2  # a policy that says no is one, too
    assert of_key(keys, key, "?policy=dualAuthDelete")[0]["dualAuthDelete"] == {"enabled": False}
    assert keys.send("GET", f"keys/{key}").one["rotation"] == {"enabled": True, "interval_month": 3}
    assert keys.send("GET", "keys").one["rotation"]["interval_month"] == 3
    (event, *_) = stage.events(instance=keys.guid, action="hs-crypto.policies.write")
    assert (event["severity"], event["requestData"]) == ("warning", {"dualAuthDelete": {"enabled": False}})


def test_an_omitted_interval_stays_and_enabled_is_the_default(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    put(keys, key, rotation={"enabled": False, "interval_month": 3})
    assert put(keys, key, rotation={"enabled": True}).one["rotation"] == {"enabled": True, "interval_month": 3}
    assert put(keys, key, rotation={"interval_month": 5}).one["rotation"] == {"enabled": True, "interval_month": 5}
    first, both = keys.create(), {"rotation": {"interval_month": 2}, "dualAuthDelete": {"enabled": True}}
    assert len(put(keys, first, **both).body["resources"]) == 2
    before = keys.send("GET", f"keys/{key}").one["lastUpdateDate"]
    stage.advance(minutes=1)
    put(keys, key, rotation={"enabled": False})
    assert keys.send("GET", f"keys/{key}").one["lastUpdateDate"] > before


ROTATE, DUAL = {"rotation": {"interval_month": 3}}, {"dualAuthDelete": {"enabled": True}}


@pytest.mark.parametrize(
    ("query", "resources", "code"),
    [
        ("", [], "BAD_BODY_ERR"),
        ("", [{"type": "x"}], "BAD_BODY_ERR"),
        ("", [ROTATE, ROTATE], "BAD_BODY_ERR"),
        ("?policy=rotation", [ROTATE, DUAL], "NUM_COLLECTION_RESOURCE_ERR"),
        ("?policy=rotation", [DUAL], "BODY_QUERY_PARAM_MISMATCH_ERR"),
        ("?policy=unknown", [DUAL], "INVALID_QUERY_PARAM_ERR"),
        ("", [{"rotation": {"interval_month": 0}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"interval_month": 13}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"interval_month": -1}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"interval_month": "3"}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"interval_month": True}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"enabled": True}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": {"enabled": "yes", "interval_month": 3}}], "INVALID_FIELD_ERR"),
        ("", [{"rotation": 3}], "INVALID_FIELD_ERR"),
        ("", [{"dualAuthDelete": {}}], "INVALID_FIELD_ERR"),
    ],
)
def test_refused_policies_change_nothing(keys: Keys, query: str, resources: list[Any], code: str) -> None:
    key = keys.create()
    refused = keys.send("PUT", f"keys/{key}/policies{query}", body(*resources))
    assert (refused.status, refused.code) == (400, code)
    assert of_key(keys, key) == []
    wrong = {**body(ROTATE), "metadata": {"collectionTotal": 2}}
    assert keys.send("PUT", f"keys/{key}/policies", wrong).code == "COLLECTION_TOTAL_MISMATCH_ERR"


def test_who_can_have_which_policy(stage: Stage, keys: Keys) -> None:
    standard, imported, key = keys.create(standard=True), keys.create(payload=MATERIAL), keys.create()
    assert put(keys, standard, rotation={"interval_month": 3}).code == "KEY_ROOT_REQ_ERR"
    assert put(keys, imported, rotation={"interval_month": 3}).code == "KEY_PAYLOAD_REQ_ERR"
    assert put(keys, standard, dualAuthDelete={"enabled": True}).status == 200
    assert put(keys, imported, dualAuthDelete={"enabled": True}).status == 200
    writer = stage.person("Writer", instance=keys.guid)
    assert put(keys, key, who=writer, dualAuthDelete={"enabled": True}).status == 401
    assert keys.send("GET", f"keys/{key}/policies", who=writer).status == 401
    keys.send("DELETE", f"keys/{key}")
    assert put(keys, key, rotation={"interval_month": 3}).code == "KEY_ACTION_INVALID_STATE_ERR"
    assert keys.send("GET", f"keys/{key}/policies").status == 200


def test_two_people_cannot_be_taken_back(keys: Keys) -> None:
    key = keys.create()
    put(keys, key, dualAuthDelete={"enabled": False})
    put(keys, key, dualAuthDelete={"enabled": True})
    refused = put(keys, key, dualAuthDelete={"enabled": False})
    assert (refused.status, refused.code) == (409, "KEY_ACTION_INVALID_STATE_ERR")
    assert "cannot be taken back" in refused.one["reasons"][0]["message"]
    assert of_key(keys, key)[0]["dualAuthDelete"] == {"enabled": True}
    assert put(keys, key, dualAuthDelete={"enabled": True}).status == 200


Rule = tuple[str, bool | None, int | None]
RULES = st.one_of(
    st.tuples(st.just("rotation"), st.sampled_from([True, False, None]), st.one_of(st.none(), st.integers(0, 13))),
    st.tuples(st.just("dualAuthDelete"), st.sampled_from([True, False, None]), st.none()),
)


def expected(model: dict[str, dict[str, Any]], rule: Rule) -> bool:
    """Applies a rule to the model; whether the service takes it."""
    name, enabled, months = rule
    before = model.get(name, {})
    if name == "dualAuthDelete":
        if enabled is None or (before.get("enabled") and not enabled):
            return False
        model[name] = {"enabled": enabled}
        return True
    interval = months if months is not None else before.get("interval_month")
    if interval is None or not 1 <= interval <= 12:
        return False
    model[name] = {"enabled": enabled is not False, "interval_month": interval}
    return True


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rules=st.lists(RULES, min_size=1, max_size=8))
def test_whatever_is_put_in_whatever_order_merges(keys: Keys, rules: list[Rule]) -> None:
    key, model = keys.create(), dict[str, dict[str, Any]]()
    for name, enabled, months in rules:
        sent = {"enabled": enabled, "interval_month": months}
        answer = put(keys, key, **{name: {member: value for member, value in sent.items() if value is not None}})
        assert (answer.status == 200) == expected(model, (name, enabled, months)), answer.body
        shown = {kind: found[kind] for found in of_key(keys, key) for kind in model if kind in found}
        assert shown == model


# Keys with policies of their own --------------------------------------------------------------------------------------


def test_a_key_is_created_with_policies(stage: Stage, keys: Keys) -> None:
    made = with_policies(keys, rotation={"interval_month": 6}, dualAuthDelete={"enabled": True}).one
    assert made["rotation"] == {"enabled": True, "interval_month": 6}
    assert made["dualAuthDelete"] == {"enabled": True, "keySetForDeletion": False}
    assert len(of_key(keys, made["id"])) == 2
    plain = with_policies(keys).one
    assert of_key(keys, plain["id"]) == []
    (event, *_) = stage.events(instance=keys.guid, action="hs-crypto.secrets-with-policy-overrides.create")
    assert event["outcome"] == "success"


@pytest.mark.parametrize(
    ("resource", "code"),
    [
        ({"extractable": True, "rotation": {"interval_month": 6}}, "KEY_ROOT_REQ_ERR"),
        ({"payload": MATERIAL, "rotation": {"interval_month": 6}}, "KEY_PAYLOAD_REQ_ERR"),
        ({"rotation": {"interval_month": -1}}, "INVALID_FIELD_ERR"),
        ({"rotation": {"enabled": True}}, "INVALID_FIELD_ERR"),
        ({"name": "x"}, "INVALID_FIELD_ERR"),
    ],
)
def test_no_key_is_made_with_policies_that_it_cannot_have(keys: Keys, resource: dict[str, Any], code: str) -> None:
    refused = with_policies(keys, **resource)
    assert (refused.status, refused.code) == (400, code)
    assert refused.message.startswith("Bad Request: Key could not be created")
    assert keys.send("HEAD", "keys").headers["key-total"] == "0"


def test_only_a_manager_creates_keys_with_policies(stage: Stage, keys: Keys) -> None:
    writer = stage.person("Writer", instance=keys.guid)
    assert keys.send("POST", "keys_with_policy_overrides", {}, who=writer).status == 401


# Rotation by the clock ------------------------------------------------------------------------------------------------


def test_a_key_rotates_by_itself_when_its_interval_is_over(stage: Stage, keys: Keys) -> None:
    key = keys.create("turning")
    put(keys, key, rotation={"interval_month": 2})
    old = keys.wrap(key)
    with stage.cloud.store.read() as reader:
        assert stage.cloud.keys.next_due(reader) <= stage.clock.now() + 2 * MONTH
    stage.advance(days=60, seconds=-1)
    keep(stage)
    assert versions(keys, key) == 1
    stage.advance(seconds=1)
    assert keep(stage) >= 1
    assert (versions(keys, key), keep(stage)) == (2, 0)
    assert keys.send("GET", f"keys/{key}").one["lastRotateDate"] == rfc3339(stage.clock.now())
    assert keys.act(key, "unwrap", {"ciphertext": old}).body["rewrappedKeyVersion"]
    (event,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.rotate")
    assert (event["initiator"]["name"], event["responseData"]["detail"]) == ("Key management", "to version 2")
    stage.advance(days=60)
    keep(stage)
    assert versions(keys, key) == 3


def test_a_rotation_by_hand_starts_the_interval_anew(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    put(keys, key, rotation={"interval_month": 1})
    stage.advance(days=20)
    keys.act(key, "rotate")
    stage.advance(days=20)
    keep(stage)
    assert versions(keys, key) == 2
    stage.advance(days=10)
    keep(stage)
    assert versions(keys, key) == 3


def test_what_does_not_rotate_by_itself(stage: Stage, keys: Keys) -> None:
    off, disabled, deleted, late = (keys.create() for _ in range(4))
    for key in (disabled, deleted):
        put(keys, key, rotation={"interval_month": 1})
    put(keys, off, rotation={"enabled": False, "interval_month": 1})
    keys.act(disabled, "disable")
    keys.send("DELETE", f"keys/{deleted}")
    stage.advance(days=31)
    keep(stage)
    assert [versions(keys, key) for key in (off, disabled, late)] == [1, 1, 1]
    assert len(keys.send("GET", f"keys/{deleted}/versions?allKeyStates=true").body["resources"]) == 1
    put(keys, late, rotation={"interval_month": 1})  # counted from its creation: it is due at once
    keys.act(disabled, "enable")
    keep(stage)
    assert [versions(keys, key) for key in (disabled, late)] == [2, 2]


def test_a_rotation_that_fails_is_told_and_tried_again_an_hour_later(stage: Stage, keys: Keys) -> None:
    other = stage.keys()
    key, fine = keys.create(), other.create()
    for instance, name in ((keys, key), (other, fine)):
        put(instance, name, rotation={"interval_month": 1})
    stage.advance(days=30)
    stage.cut(keys.guid)
    try:
        keep(stage)
        keep(stage)
        assert (versions(keys, key), versions(other, fine)) == (1, 2)
        (event,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.rotate")
        assert (event["outcome"], event["severity"]) == ("failure", "critical")
        assert "cut off" in event["reason"]["reasonForFailure"]
    finally:
        stage.mend()
    keep(stage)
    assert versions(keys, key) == 1
    stage.advance(hours=1)
    keep(stage)
    assert versions(keys, key) == 2


def test_the_console_sets_and_reads_policies(stage: Stage, keys: Keys) -> None:
    api, crn = console(stage), crn_of(keys)
    key = api.keys.create(crn, "by-console")
    api.key_policies.set_rotation(crn, key.id, enabled=True, months=4)
    api.key_policies.require_two_people(crn, key.id)
    shown = api.keys.key(crn, key.id)
    assert shown.rotation is not None
    assert (shown.rotation.enabled, shown.rotation.months, shown.dual_auth.enabled) == (True, 4, True)
    rotation, dual = api.key_policies.of_key(crn, key.id)
    assert rotation.rotation == shown.rotation
    assert (dual.dual_auth.enabled if dual.dual_auth else None, dual.updated_by) == (True, stage.manager.iam_id)
    api.key_policies.set_rotation(crn, key.id, enabled=False)
    assert api.keys.key(crn, key.id).rotation == type(shown.rotation)(False, 4)

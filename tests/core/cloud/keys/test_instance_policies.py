"""Policies of instances (reference/kms-api.md 2.14, checklist 7 and 8)."""

from typing import Any

import pytest

from tests.core.cloud.keys.console import console, crn_of
from tests.core.cloud.keys.policies import body, of_instance, of_key, put_instance, with_policies
from tests.core.cloud.keys.stage import KEY_TYPE, MATERIAL, Answer, Keys, Stage, collection

BLOCKED = (409, "KEY_CREATE_IMPORT_ACCESS_ERR")


def attempt(keys: Keys, *, standard: bool = False, imported: bool = False, name: str = "tried") -> Answer:
    more = {"payload": MATERIAL} if imported else {}
    return keys.send("POST", "keys", collection(type=KEY_TYPE, name=name, extractable=standard, **more))


def test_policies_that_were_never_set_are_not_listed_and_none_removes_another(stage: Stage, keys: Keys) -> None:
    assert of_instance(keys) == {}
    assert put_instance(keys, "dualAuthDelete", True).status == 204
    assert put_instance(keys, "allowedNetwork", True, allowed_network="public-and-private").status == 204
    assert put_instance(keys, "metrics", True, "?policy=metrics").status == 204
    assert put_instance(keys, "rotation", True, interval_month=4).status == 204
    assert put_instance(keys, "keyCreateImportAccess", True, import_root_key=False).status == 204
    assert of_instance(keys) == {
        "allowedNetwork": {"enabled": True, "attributes": {"allowed_network": "public-and-private"}},
        "dualAuthDelete": {"enabled": True},
        "keyCreateImportAccess": {"enabled": True, "attributes": {"import_root_key": False}},
        "metrics": {"enabled": True},
        "rotation": {"enabled": True, "attributes": {"interval_month": 4}},
    }
    assert list(of_instance(keys, "?policy=rotation")) == ["rotation"]
    answer = keys.send("GET", "instance/policies?policy=metrics")
    assert answer.content_type == "application/vnd.ibm.kms.policy+json"
    assert set(answer.one) == {
        *("policy_type", "policy_data", "createdBy", "creationDate", "updatedBy", "lastUpdated"),
    }
    assert answer.one["createdBy"] == stage.manager.iam_id


def test_disabling_drops_the_attributes_and_omitted_ones_are_reset(keys: Keys) -> None:
    put_instance(keys, "keyCreateImportAccess", True, create_root_key=False, enforce_token=True)
    put_instance(keys, "keyCreateImportAccess", True, import_root_key=False)
    assert of_instance(keys)["keyCreateImportAccess"]["attributes"] == {"import_root_key": False}
    assert attempt(keys).status == 201
    for kind in ("keyCreateImportAccess", "rotation", "dualAuthDelete"):
        assert put_instance(keys, kind, False).status == 204
        assert of_instance(keys)[kind] == {"enabled": False}
    assert put_instance(keys, "allowedNetwork", False).code == "INVALID_FIELD_ERR"  # always wants its attribute
    assert put_instance(keys, "allowedNetwork", False, allowed_network="private-only").status == 204
    assert keys.send("GET", "keys").status == 200  # a disabled policy restricts nothing


@pytest.mark.parametrize(
    ("query", "resources", "status", "code"),
    [
        ("", [], 400, "BAD_BODY_ERR"),
        ("", [{"policy_type": "unknown", "policy_data": {"enabled": True}}], 400, "INVALID_FIELD_ERR"),
        ("", [{"policy_type": "metrics"}], 400, "INVALID_FIELD_ERR"),
        ("", [{"policy_type": "metrics", "policy_data": {"enabled": "yes"}}], 400, "INVALID_FIELD_ERR"),
        ("", [{"policy_type": "metrics", "policy_data": {"enabled": True, "more": 1}}], 400, "BAD_BODY_ERR"),
        ("", [{"policy_type": "metrics", "policy_data": {"enabled": True}, "more": 1}], 400, "BAD_BODY_ERR"),
        ("", [{"policy_type": "metrics", "policy_data": {"enabled": True}}] * 2, 400, "BAD_BODY_ERR"),
        (
            "?policy=metrics",
            [{"policy_type": kind, "policy_data": {"enabled": True}} for kind in ("metrics", "dualAuthDelete")],
            400,
            "NUM_COLLECTION_RESOURCE_ERR",
        ),
        (
            "?policy=rotation",
            [{"policy_type": "metrics", "policy_data": {"enabled": True}}],
            400,
            "BODY_QUERY_PARAM_MISMATCH_ERR",
        ),
        ("?policy=unknown", [], 400, "INVALID_QUERY_PARAM_ERR"),
        ("", [{"policy_type": "rotation", "policy_data": {"enabled": True}}], 400, "INVALID_FIELD_ERR"),
        (
            "",
            [{"policy_type": "rotation", "policy_data": {"enabled": True, "attributes": {"interval_month": 13}}}],
            400,
            "INVALID_FIELD_ERR",
        ),
        (
            "",
            [{"policy_type": "rotation", "policy_data": {"enabled": True, "attributes": {"months": 1}}}],
            400,
            "BAD_BODY_ERR",
        ),
        (
            "",
            [{"policy_type": "allowedIP", "policy_data": {"enabled": True, "attributes": {"allowed_ip": ["::1"]}}}],
            403,
            "FEATURE_RESTRICTED_ERR",
        ),
    ],
)
def test_refused_policies(keys: Keys, query: str, resources: list[Any], status: int, code: str) -> None:
    refused = keys.send("PUT", f"instance/policies{query}", body(*resources))
    assert (refused.status, refused.code) == (status, code)
    assert of_instance(keys) == {}


def test_only_a_manager_reads_and_writes_them(stage: Stage, keys: Keys) -> None:
    writer = stage.person("Writer", instance=keys.guid)
    for method, path in (("GET", "instance/policies"), ("PUT", "instance/policies")):
        assert keys.send(method, path, {}, who=writer).status == 401
    assert keys.send("GET", "instance/allowed_ip_port", who=writer).status == 401


def test_changes_are_told_with_what_was_before(stage: Stage, keys: Keys) -> None:
    put_instance(keys, "rotation", True, interval_month=4)
    put_instance(keys, "rotation", True, interval_month=5)
    (event, *_) = stage.events(instance=keys.guid, action="hs-crypto.instance-policies.write")
    assert event["requestData"] == {
        "initialValue": {"rotation": {"enabled": True, "interval_month": 4}},
        "newValue": {"rotation": {"enabled": True, "interval_month": 5}},
    }
    assert event["severity"] == "warning"


# What they do ---------------------------------------------------------------------------------------------------------


def test_two_people_and_rotation_are_given_to_keys_that_are_made_later(keys: Keys) -> None:
    earlier = keys.create()
    put_instance(keys, "dualAuthDelete", True)
    put_instance(keys, "rotation", True, interval_month=4)
    root, standard, imported = keys.create(), keys.create(standard=True), keys.create(payload=MATERIAL)
    overridden = with_policies(keys).one["id"]
    found = {
        key: {kind for policy in of_key(keys, key) for kind in ("rotation", "dualAuthDelete") if kind in policy}
        for key in (earlier, root, standard, imported, overridden)
    }
    assert list(found.values()) == [
        set(),
        {"rotation", "dualAuthDelete"},
        {"dualAuthDelete"},
        {"dualAuthDelete"},
        set(),
    ]
    assert keys.send("GET", f"keys/{root}").one["rotation"] == {"enabled": True, "interval_month": 4}
    put_instance(keys, "dualAuthDelete", False)
    put_instance(keys, "rotation", False)
    assert len(of_key(keys, root)) == 2
    assert of_key(keys, keys.create()) == []


@pytest.mark.parametrize("standard", [False, True], ids=["root", "standard"])
@pytest.mark.parametrize("imported", [False, True], ids=["create", "import"])
def test_each_way_to_make_a_key_can_be_closed(keys: Keys, standard: bool, imported: bool) -> None:
    closed = f"{'import' if imported else 'create'}_{'standard' if standard else 'root'}_key"
    put_instance(keys, "keyCreateImportAccess", True, **{closed: False})
    for kind in (False, True):
        for way in (False, True):
            answer = attempt(keys, standard=kind, imported=way)
            blocked = (kind, way) == (standard, imported)
            assert (answer.status, answer.code) == (BLOCKED if blocked else (201, "")), (kind, way)
    # It is asked before anything else about the key.
    assert attempt(keys, standard=standard, imported=imported, name="x").code == "KEY_CREATE_IMPORT_ACCESS_ERR"


def test_material_without_a_token_can_be_refused_on_import_and_rotation(keys: Keys) -> None:
    imported = keys.create(payload=MATERIAL)
    put_instance(keys, "keyCreateImportAccess", True, enforce_token=True)
    assert attempt(keys).status == 201
    for standard in (False, True):
        refused = attempt(keys, standard=standard, imported=True)
        assert (refused.status, refused.code) == BLOCKED
    refused = keys.act(imported, "rotate", {"payload": MATERIAL})
    assert (refused.status, refused.code) == BLOCKED
    put_instance(keys, "keyCreateImportAccess", False)
    assert keys.act(imported, "rotate", {"payload": MATERIAL}).status == 204


def test_a_private_instance_is_reached_over_its_private_endpoint_only(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ledger = stage.database(keys.guid)
    endpoints = stage.send("GET", f"/crypto_v2/instances/{keys.guid}").body["kms"]
    private = endpoints["private"]
    assert private != endpoints["public"]
    put_instance(keys, "allowedNetwork", True, allowed_network="private-only")
    refused = keys.send("GET", "keys")
    assert (refused.status, refused.code) == (403, "CONFIG_RULE_CONFLICT_ERR")
    assert keys.act(key, "wrap").status == 403
    assert keys.send("GET", "keys", who=stage.person()).status == 401
    assert keys.send("GET", "keys", host=private).one["id"] == key
    assert keys.act(key, "wrap", who=ledger).status == 200  # services call from inside the cloud
    back = body(
        {
            "policy_type": "allowedNetwork",
            "policy_data": {"enabled": False, "attributes": {"allowed_network": "private-only"}},
        }
    )
    assert keys.send("PUT", "instance/policies", back).status == 403
    assert keys.send("PUT", "instance/policies", back, host=private).status == 204
    assert keys.act(key, "wrap").status == 200


def test_allowed_addresses_at_key_protect(kms: Keys) -> None:
    assert kms.send("GET", "instance/allowed_ip_port").body["resources"] == []
    for addresses in ([], ["not-an-address"], ["192.0.2.0/24"]):
        refused = (
            put_instance(kms, "allowedIP", True, allowed_ip=addresses)
            if addresses
            else put_instance(kms, "allowedIP", True)
        )
        assert (refused.status, refused.code) == (400, "INVALID_FIELD_ERR")
    assert put_instance(kms, "allowedIP", True, allowed_ip=["192.0.2.0/24", "127.0.0.0/8"]).status == 204
    port = kms.send("GET", "instance/allowed_ip_port")
    assert (port.one, port.content_type) == (
        {"private_endpoint_port": 1},
        "application/vnd.ibm.kms.allowed_ip_metadata+json",
    )
    assert kms.send("GET", "keys").status == 200
    put_instance(kms, "allowedIP", False)
    assert kms.send("GET", "instance/allowed_ip_port").body["resources"] == []


def test_an_address_that_is_not_allowed_gets_403(stage: Stage, kms: Keys) -> None:
    from kyok.cloud.wire.route import Request

    put_instance(kms, "allowedIP", True, allowed_ip=["127.0.0.1"])
    named = {
        "host": "127.0.0.1:1",
        "authorization": f"Bearer {stage.token(stage.manager)}",
        "bluemix-instance": kms.guid,
    }
    answers = [
        stage.cloud.dispatcher.perform(Request("GET", "/api/v2/keys", "", named, b"", address)).status
        for address in ("127.0.0.1", "127.0.0.2", "::1")
    ]
    assert answers == [200, 403, 403]


def test_the_console_sets_and_reads_instance_policies(stage: Stage, keys: Keys) -> None:
    api, crn = console(stage), crn_of(keys)
    assert api.key_policies.of_instance(crn) == {}
    api.key_policies.set_instance(crn, "rotation", enabled=True, attributes={"interval_month": 4})
    api.key_policies.set_instance(crn, "dualAuthDelete", enabled=True)
    found = api.key_policies.of_instance(crn)
    assert (found["rotation"].data.enabled, found["rotation"].data.attributes) == (True, {"interval_month": 4})
    assert found["dualAuthDelete"].updated_by == stage.manager.iam_id
    made = api.keys.create(crn, "by-console")
    assert (made.dual_auth.enabled, made.rotation is not None) == (True, True)

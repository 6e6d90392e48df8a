"""The key management API as clients meet it: bodies, headers, error codes (reference/kms-api.md 1 and 10)."""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from kyok.cloud.store.times import rfc3339
from kyok.cloud.wire.route import Request
from kyok.domain.services import KMS
from tests.core.cloud.keys.conftest import keys, kms, stage
from tests.core.cloud.keys.stage import KEY_TYPE, MATERIAL, Keys, Stage, collection

__all__ = ["keys", "kms", "stage"]

KINDS = "application/vnd.ibm.kms."
TEXT = "cGxhaW50ZXh0LWRhdGEta2V5"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


# Answers --------------------------------------------------------------------------------------------------------------


def test_the_answer_to_a_creation_is_short_unless_the_representation_is_asked_for(keys: Keys) -> None:
    body = collection(type=KEY_TYPE, name="pg-root", description="for tests", Tags=["a", "b"], aliases=["pg"])
    short = keys.send("POST", "keys", body)
    assert (short.status, short.content_type) == (201, KEY_TYPE)
    assert short.body["metadata"] == {"collectionType": KEY_TYPE, "collectionTotal": 1}
    assert set(short.one) == {
        *("type", "id", "name", "aliases", "description", "tags", "state", "extractable", "crn", "imported", "deleted"),
    }
    assert short.one["deleted"] is False
    assert short.one["extractable"] is False
    assert short.one["crn"].endswith(f":{keys.guid}:key:{short.one['id']}")
    body["resources"][0]["aliases"] = []
    full = keys.send("POST", "keys", body, prefer="return=representation").one
    assert "lastUpdateDate" not in full
    assert "lastRotateDate" not in full
    assert "payload" not in full
    assert full["keyVersion"]["id"]
    assert full["algorithmMetadata"] == {"bitLength": "256", "mode": "CBC_PAD"}
    assert full["algorithmBitSize"] == 256
    assert full["dualAuthDelete"] == {"enabled": False}


def test_key_protect_says_deprecated_and_needs_no_initialisation(kms: Keys) -> None:
    key = kms.create()
    shown = kms.send("GET", f"keys/{key}").one
    assert (shown["algorithmType"], shown["algorithmMode"]) == ("Deprecated", "Deprecated")
    assert shown["crn"].startswith("crn:v1:bluemix:public:kms:us-south:")
    assert {event["action"] for event in kms.stage.events(instance=kms.guid)} >= {"kms.secrets.create"}


def test_vendor_content_types(keys: Keys) -> None:
    key = keys.create()
    assert keys.act(key, "wrap").content_type == f"{KINDS}key_action+json"
    assert keys.send("GET", f"keys/{key}/versions").content_type == f"{KINDS}key.version+json"
    assert keys.send("GET", "keys/registrations").content_type == f"{KINDS}registration+json"
    assert keys.send("POST", f"keys/{key}/aliases/one-alias").content_type == f"{KINDS}alias+json"
    assert keys.send("GET", "key_rings").content_type == f"{KINDS}key_ring+json"
    assert keys.send("GET", "keys/unknown").content_type == f"{KINDS}error+json"


@pytest.mark.parametrize("body", [None, b"", b"{}", b"null", b" null "])
@pytest.mark.parametrize("content_type", [None, "application/json", "application/vnd.ibm.kms.key_action+json"])
def test_absent_and_null_bodies_are_all_the_same(keys: Keys, body: bytes | None, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content_type": content_type}
    key = keys.create()
    assert keys.act(key, "rotate", body, **headers).status == 204
    assert keys.act(key, "wrap", body, **headers).status == 200
    assert keys.act(key, "disable", body, **headers).status == 204
    keys.stage.advance(seconds=30)
    assert keys.act(key, "enable", body, **headers).status == 204
    assert keys.send("DELETE", f"keys/{key}").status == 204
    keys.stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}/restore", body, **headers).status == 201


def test_members_are_found_in_any_case(keys: Keys) -> None:
    body = {
        "Metadata": {"CollectionType": KEY_TYPE, "CollectionTotal": 1},
        "RESOURCES": [{"Type": KEY_TYPE, "NAME": "loud", "EXTRACTABLE": True, "Payload": b64(b"x"), "Tags": ["t"]}],
    }
    made = keys.send("POST", "keys", body)
    assert made.status == 201
    assert (made.one["extractable"], made.one["imported"], made.one["tags"]) == (True, True, ["t"])
    assert keys.send("PATCH", f"keys/{made.one['id']}", {"KeyRingID": "default"}).status == 200


def test_empty_query_values_count_as_not_given(keys: Keys) -> None:
    key = keys.create()
    gone = keys.create()
    keys.send("DELETE", f"keys/{gone}")
    listed = keys.send("GET", "keys?state=&limit=&search=&sort=&filter=&extractable=").body["resources"]
    assert [shown["id"] for shown in listed] == [key]
    assert keys.send("GET", "keys?state=5").one["id"] == gone


def test_prefer_of_deletions(stage: Stage, keys: Keys) -> None:
    one, other = keys.create(), keys.create()
    assert keys.send("DELETE", f"keys/{one}", prefer="return=minimal").body is None
    shown = keys.send("DELETE", f"keys/{other}", prefer="return=representation")
    assert (shown.status, shown.one["id"], shown.one["state"], shown.one["deleted"]) == (200, other, 5, True)
    assert shown.one["deletedBy"] == stage.manager.iam_id
    deleted_at = stage.clock.now()
    assert shown.one["restoreExpirationDate"] == rfc3339(deleted_at + timedelta(days=30))
    assert shown.one["purgeAllowedFrom"] == rfc3339(deleted_at + timedelta(hours=4))
    assert shown.one["purgeScheduledOn"] == rfc3339(deleted_at + timedelta(days=90))
    stage.advance(hours=4)
    assert keys.send("GET", f"keys/{other}").one["purgeAllowed"] is True
    purged = keys.send("DELETE", f"keys/{other}/purge", who=stage.purger(), prefer="return=representation")
    assert (purged.status, purged.one["id"]) == (200, other)
    assert keys.send("DELETE", f"keys/{one}/purge", who=stage.purger()).status == 204
    for path in (f"keys/{one}", f"keys/{one}/metadata", f"keys/{one}/versions"):
        assert keys.send("GET", path).code == "KEY_NOT_FOUND_ERR"


def test_the_correlation_id_comes_back(keys: Keys) -> None:
    assert keys.send("GET", "keys", correlation_id="abc-1").headers["correlation-id"] == "abc-1"
    assert len(keys.send("GET", "keys").headers["correlation-id"]) == 36


def test_head_counts_keys(keys: Keys) -> None:
    keys.create()
    keys.create(standard=True)
    gone = keys.create()
    keys.send("DELETE", f"keys/{gone}")
    counts = {
        query: keys.send("HEAD", f"keys{query}").headers["key-total"]
        for query in ("", "?state=5", "?extractable=true", "?state=0%2C1%2C2%2C3%2C5", "?filter=state%3D1")
    }
    assert list(counts.values()) == ["2", "1", "1", "3", "2"]
    answer = keys.send("HEAD", "keys")
    assert (answer.status, answer.body) == (200, None)


# Cryptography ---------------------------------------------------------------------------------------------------------


def test_wrap_and_unwrap(keys: Keys) -> None:
    key = keys.create()
    version = keys.send("GET", f"keys/{key}/metadata").one["keyVersion"]["id"]
    wrapped = keys.act(key, "wrap", {"plaintext": TEXT})
    assert set(wrapped.body) == {"ciphertext", "keyVersion"}
    assert wrapped.body["keyVersion"]["id"] == version
    opened = keys.act(key, "unwrap", {"ciphertext": wrapped.body["ciphertext"]})
    assert opened.body == {"plaintext": TEXT, "keyVersion": {"id": version}}
    made = keys.act(key, "wrap")
    assert len(base64.b64decode(made.body["plaintext"])) == 32
    envelope = json.loads(base64.b64decode(made.body["ciphertext"]))
    assert set(envelope) == {"ciphertext", "iv", "version", "handle"}
    assert (envelope["version"], envelope["handle"]) == ("4.0.0", version)


def test_after_a_rotation_unwrap_gives_the_new_ciphertext_and_names_both_versions(keys: Keys) -> None:
    key = keys.create()
    old = keys.act(key, "wrap", {"plaintext": TEXT}).body
    same = keys.act(key, "rewrap", {"ciphertext": old["ciphertext"]}).body
    assert same["keyVersion"] == same["rewrappedKeyVersion"] == old["keyVersion"]
    assert keys.act(key, "rotate").status == 204
    opened = keys.act(key, "unwrap", {"ciphertext": old["ciphertext"]}).body
    assert opened["plaintext"] == TEXT
    assert opened["keyVersion"] == old["keyVersion"]
    assert opened["rewrappedKeyVersion"] != old["keyVersion"]
    moved = keys.act(key, "rewrap", {"ciphertext": old["ciphertext"]}).body
    assert set(moved) == {"ciphertext", "keyVersion", "rewrappedKeyVersion"}
    assert moved["rewrappedKeyVersion"] == opened["rewrappedKeyVersion"]
    for ciphertext in (opened["ciphertext"], moved["ciphertext"]):
        again = keys.act(key, "unwrap", {"ciphertext": ciphertext}).body
        assert again == {"plaintext": TEXT, "keyVersion": opened["rewrappedKeyVersion"]}
    versions = keys.send("GET", f"keys/{key}/versions?totalCount=true").body
    assert versions["metadata"]["totalCount"] == 2
    assert [found["id"] for found in versions["resources"]] == [
        opened["rewrappedKeyVersion"]["id"],
        old["keyVersion"]["id"],
    ]
    assert len(keys.send("GET", f"keys/{key}/versions?limit=1&offset=1").body["resources"]) == 1


def test_additional_data_counts_with_its_order(keys: Keys) -> None:
    key = keys.create()
    ciphertext = keys.act(key, "wrap", {"plaintext": TEXT, "aad": ["a", "b"]}).body["ciphertext"]
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext, "aad": ["a", "b"]}).status == 200
    for aad in (["b", "a"], ["ab"], [], None):
        refused = keys.act(key, "unwrap", {"ciphertext": ciphertext, "aad": aad})
        assert (refused.status, refused.code) == (422, "UNPROCESSABLE_CIPHERTEXT_ERR")
        assert refused.message.startswith("Unprocessable Entity: Unwrap with key could not be performed: ")


def test_an_edited_handle_and_another_key_do_not_open_a_ciphertext(keys: Keys) -> None:
    key, other = keys.create(), keys.create()
    envelope = json.loads(base64.b64decode(keys.wrap(key)))
    envelope["handle"] = keys.send("GET", f"keys/{other}/metadata").one["keyVersion"]["id"]
    edited = b64(json.dumps(envelope).encode())
    assert keys.act(key, "unwrap", {"ciphertext": edited}).code == "UNPROCESSABLE_CIPHERTEXT_ERR"
    assert keys.act(other, "unwrap", {"ciphertext": keys.wrap(key)}).code == "UNPROCESSABLE_CIPHERTEXT_ERR"


def test_the_same_material_in_another_instance_opens_the_ciphertext(keys: Keys, kms: Keys) -> None:
    here, there = keys.create(payload=MATERIAL), kms.create(payload=MATERIAL)
    ciphertext = keys.act(here, "wrap", {"plaintext": TEXT}).body["ciphertext"]
    assert kms.act(there, "unwrap", {"ciphertext": ciphertext}).body["plaintext"] == TEXT


@pytest.mark.parametrize("size", [16, 24, 32])
def test_root_keys_are_imported_in_three_sizes_and_rotated_to_any_of_them(keys: Keys, size: int) -> None:
    key = keys.create(payload=b64(bytes(size)))
    shown = keys.send("GET", f"keys/{key}").one
    assert (shown["imported"], shown["algorithmBitSize"], "payload" in shown) == (True, size * 8, False)
    ciphertext = keys.wrap(key)
    assert keys.act(key, "rotate").code == "KEY_PAYLOAD_REQ_ERR"
    assert keys.act(key, "rotate", {"payload": b64(b"z" * 32), "name": "ignored"}).status == 204
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200
    assert keys.send("GET", f"keys/{key}").one["algorithmBitSize"] == 256


def test_a_file_made_by_openssl_is_taken_with_its_line_end(keys: Keys) -> None:
    assert keys.create(payload=MATERIAL + "\n")


def test_a_standard_key_shows_its_payload_to_those_who_may_read_it(stage: Stage, keys: Keys) -> None:
    body = collection(type=KEY_TYPE, name="std", extractable=True)
    made = keys.send("POST", "keys", body, prefer="return=representation").one
    assert len(base64.b64decode(made["payload"])) == 32
    assert "keyVersion" not in made
    key = made["id"]
    assert keys.send("GET", f"keys/{key}").one["payload"] == made["payload"]
    assert "payload" not in keys.send("GET", f"keys/{key}/metadata").one
    assert "payload" not in keys.send("GET", "keys").one
    assert keys.send("GET", f"keys/{key}", who=stage.person("Reader")).status == 401
    assert keys.send("GET", f"keys/{key}/metadata", who=stage.person("Reader")).status == 200
    assert keys.send("GET", f"keys/{key}", who=stage.person("ReaderPlus")).one["payload"] == made["payload"]
    reads = [event for event in stage.events(instance=keys.guid) if event["action"] == "hs-crypto.secrets.read"]
    assert [event["outcome"] for event in reads] == ["success", "failure", "success"]
    imported = keys.create(standard=True, payload=b64(b"hello"))
    assert keys.send("GET", f"keys/{imported}").one["payload"] == b64(b"hello")
    keys.send("DELETE", f"keys/{imported}")
    assert "payload" not in keys.send("GET", f"keys/{imported}").one


def test_a_standard_key_holds_up_to_7500_bytes_and_expires_like_any_other(stage: Stage, keys: Keys) -> None:
    material = b64(bytes(range(250)) * 30)
    until = rfc3339(stage.clock.now() + timedelta(hours=1))
    key = keys.create(standard=True, payload=material, expirationDate=until)
    shown = keys.send("GET", f"keys/{key}").one
    assert (shown["payload"], shown["algorithmBitSize"], shown["state"]) == (material, 60_000, 1)
    stage.advance(hours=1)
    expired = keys.send("GET", f"keys/{key}").one
    assert (expired["payload"], expired["state"]) == (material, 3)
    keys.send("DELETE", f"keys/{key}")
    gone = keys.send("GET", f"keys/{key}").one
    assert ("payload" in gone, gone["restoreAllowed"], gone["restoreExpirationDate"]) == (False, False, until)


def test_events_of_keys_that_expire_tell_how_many_days_are_left(stage: Stage, keys: Keys) -> None:
    keys.send("POST", "key_rings/team-a")
    until = rfc3339(stage.clock.now() + timedelta(days=10, hours=1))
    body = collection(type=KEY_TYPE, name="short-lived", expirationDate=until)
    key = keys.send("POST", "keys", body, x_kms_key_ring="team-a").one["id"]
    keys.act(key, "wrap", x_kms_key_ring="team-a")
    keys.send("DELETE", f"keys/{key}")
    stage.advance(hours=4)
    keys.send("DELETE", f"keys/{key}/purge", who=stage.purger())
    told = {event["action"].removeprefix("hs-crypto.secrets."): event for event in stage.events(instance=keys.guid)}
    for name in ("create", "wrap"):
        data = told[name]["responseData"]
        assert (data["expirationDate"], data["daysToKeyExpire"]) == (until, 10)
    assert told["wrap"]["requestData"] == {"keyRingId": "team-a"}  # the header's
    deleted_at = stage.clock.now() - timedelta(hours=4)
    assert told["purge"]["responseData"]["purgeAllowedFrom"] == rfc3339(deleted_at + timedelta(hours=4))
    assert told["purge"]["responseData"]["purgeEligibleOn"] == rfc3339(deleted_at + timedelta(days=90))


def test_the_deprecated_form_of_the_actions(keys: Keys) -> None:
    key = keys.create()
    ciphertext = keys.send("POST", f"keys/{key}?action=wrap", {"plaintext": TEXT}).body["ciphertext"]
    assert keys.send("POST", f"keys/{key}?action=unwrap", {"ciphertext": ciphertext}).body["plaintext"] == TEXT
    assert keys.send("POST", f"keys/{key}?action=rewrap", {"ciphertext": ciphertext}).status == 200
    assert keys.send("POST", f"keys/{key}?action=rotate").status == 204
    assert keys.send("POST", f"keys/{key}?action=disable").status == 204
    keys.stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}?action=enable").status == 204
    keys.send("DELETE", f"keys/{key}")
    keys.stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}?action=restore").status == 201
    assert keys.send("POST", f"keys/{key}?action=explode").code == "INVALID_QUERY_PARAM_ERR"
    assert keys.send("POST", f"keys/{key}").code == "INVALID_QUERY_PARAM_ERR"


# Aliases --------------------------------------------------------------------------------------------------------------


def test_an_alias_works_wherever_an_id_does(keys: Keys) -> None:
    key = keys.create(aliases=["first"])
    made = keys.send("POST", f"keys/{key}/aliases/second")
    assert (made.status, made.one["keyId"], made.one["alias"]) == (201, key, "second")
    assert keys.send("GET", "keys/second").one["aliases"] == ["first", "second"]
    ciphertext = keys.act("first", "wrap", {"plaintext": TEXT}).body["ciphertext"]
    assert keys.act("second", "unwrap", {"ciphertext": ciphertext}).status == 200
    assert keys.send("DELETE", "keys/first/aliases/second").status == 204
    assert keys.send("DELETE", "keys/first/aliases/second").code == "KEY_ALIAS_NOT_FOUND_ERR"
    assert keys.send("GET", "keys/second").code == "KEY_NOT_FOUND_ERR"
    assert keys.send("DELETE", "keys/first").status == 204
    assert keys.send("GET", f"keys/{key}").one["state"] == 5


def test_refused_aliases(keys: Keys) -> None:
    key, other = keys.create(aliases=["taken"]), keys.create()
    assert keys.send("POST", f"keys/{other}/aliases/taken").code == "KEY_ALIAS_NOT_UNIQUE_ERR"
    body = collection(type=KEY_TYPE, name="another", aliases=["free", "taken"])
    assert keys.send("POST", "keys", body).code == "KEY_ALIAS_NOT_UNIQUE_ERR"
    assert keys.send("GET", "keys/free").status == 404
    for alias in ("keys", "x", "a%20b", key):
        refused = keys.send("POST", f"keys/{key}/aliases/{alias}")
        assert (refused.status, refused.code) == (400, "INVALID_FIELD_ERR"), alias
    for number in range(4):
        assert keys.send("POST", f"keys/{key}/aliases/more-{number}").status == 201
    assert keys.send("POST", f"keys/{key}/aliases/sixth").code == "KEY_ALIAS_QUOTA_ERR"


# Refusals -------------------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {"type": KEY_TYPE, "name": "good"}


@pytest.mark.parametrize(
    ("body", "code", "target"),
    [
        (b"{", "BAD_BODY_ERR", None),
        (b"[]", "BAD_BODY_ERR", None),
        ({}, "BAD_BODY_ERR", None),
        ({"metadata": {}, "resources": [GOOD]}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 1}, "resources": "x"}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 1}, "resources": ["x"]}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 0}, "resources": []}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 2}, "resources": [GOOD, GOOD]}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 1}, "resources": [{}]}, "BAD_BODY_ERR", None),
        ({"metadata": {"collectionTotal": 2}, "resources": [GOOD]}, "COLLECTION_TOTAL_MISMATCH_ERR", None),
        ({"metadata": {"collectionType": KEY_TYPE}, "resources": [GOOD]}, "COLLECTION_TOTAL_MISMATCH_ERR", None),
        (collection(name="good"), "INVALID_FIELD_ERR", "type"),
        (collection(type=KEY_TYPE), "INVALID_FIELD_ERR", "name"),
        (collection(**GOOD | {"name": "x"}), "INVALID_FIELD_ERR", "name"),
        (collection(**GOOD | {"name": "x" * 91}), "INVALID_FIELD_ERR", "name"),
        (collection(**GOOD | {"name": 7}), "INVALID_FIELD_ERR", "name"),
        (collection(**GOOD, description="x"), "INVALID_FIELD_ERR", "description"),
        (collection(**GOOD, tags=["a,b"]), "INVALID_FIELD_ERR", "tags"),
        (collection(**GOOD, tags="a"), "INVALID_FIELD_ERR", "tags"),
        (collection(**GOOD, aliases=["same", "same"]), "INVALID_FIELD_ERR", "aliases"),
        (collection(**GOOD, extractable="no"), "INVALID_FIELD_ERR", "extractable"),
        (collection(**GOOD, expirationDate="2020-01-01T00:00:00Z"), "INVALID_FIELD_ERR", "expirationDate"),
        (collection(**GOOD, expirationDate="tomorrow"), "INVALID_FIELD_ERR", "expirationDate"),
        (collection(**GOOD, expirationDate="9999-12-31T23:59:59-14:00"), "INVALID_FIELD_ERR", "expirationDate"),
        (collection(**GOOD, payload="!!!!"), "INVALID_FIELD_ERR", "payload"),
        (collection(**GOOD, payload=b64(b"x" * 15)), "INVALID_FIELD_ERR", "payload"),
        (collection(**GOOD, payload=b64(b"x" * 33)), "INVALID_FIELD_ERR", "payload"),
        (collection(**GOOD, extractable=True, payload=b64(b"x" * 7501)), "INVALID_FIELD_ERR", "payload"),
    ],
)
def test_bad_creations_make_nothing(keys: Keys, body: Any, code: str, target: str | None) -> None:
    refused = keys.send("POST", "keys", body)
    assert (refused.status, refused.code) == (400, code)
    assert f"Bad Request: Key could not be created: Please see `reasons` for more details ({code})" == refused.message
    (reason,) = refused.one["reasons"]
    assert reason["status"] == 400
    assert reason.get("target") == ({"type": "field", "name": target} if target else None)
    assert keys.send("HEAD", "keys?state=0,1,2,3,5").headers["key-total"] == "0"
    (event,) = keys.stage.events(instance=keys.guid, action="hs-crypto.secrets.create")
    assert (event["outcome"], event["reason"]["reasonCode"]) == ("failure", 400)


@pytest.mark.parametrize(
    ("action", "body", "status", "code"),
    [
        ("unwrap", None, 400, "NO_BODY_ERR"),
        ("rewrap", None, 400, "NO_BODY_ERR"),
        ("unwrap", {}, 400, "INVALID_FIELD_ERR"),
        ("unwrap", {"ciphertext": "not base64"}, 422, "UNPROCESSABLE_CIPHERTEXT_ERR"),
        ("rewrap", {"ciphertext": b64(b"{}")}, 422, "UNPROCESSABLE_CIPHERTEXT_ERR"),
        ("wrap", {"plaintext": "ab!d"}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"plaintext": "abc"}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"plaintext": b64(b"x" * 4097)}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"plaintext": 7}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"aad": "x"}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"aad": ["x"] * 127}, 400, "INVALID_FIELD_ERR"),
        ("wrap", {"aad": ["x" * 256]}, 400, "INVALID_FIELD_ERR"),
        ("rotate", {"payload": MATERIAL}, 400, "INVALID_QUERY_PARAM_ERR"),
    ],
)
def test_bad_actions(keys: Keys, action: str, body: Any, status: int, code: str) -> None:
    refused = keys.act(keys.create(), action, body)
    assert (refused.status, refused.code) == (status, code)


def test_bad_base64_is_told_with_its_place(keys: Keys) -> None:
    refused = keys.act(keys.create(), "wrap", {"plaintext": "abcd!fgh"})
    (reason,) = refused.one["reasons"]
    assert "illegal base64 data at input byte 4" in reason["message"]
    assert reason["target"] == {"type": "field", "name": "plaintext"}


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=5001", "limit=x", "limit=-1", "offset=-1", "offset=x", "state=4", "state=x", "state=1,,2"),
        *("extractable=perhaps", "sort=name", "sort=id,-id", "search=not:", "filter=x", "filter=creationDate=2020"),
        *('filter=creationDate="2020-01-01"', "filter=state=1&state=1", "filter=extractable=true&extractable=false"),
        "filter=state=1%20state=2",
    ],
)
def test_bad_queries(keys: Keys, query: str) -> None:
    refused = keys.send("GET", f"keys?{query}")
    assert (refused.status, refused.code) == (400, "INVALID_QUERY_PARAM_ERR"), query
    (reason,) = refused.one["reasons"]
    assert reason["target"]["type"] == "query_param"
    assert refused.message.startswith("Bad Request: Keys could not be retrieved: ")


def test_who_has_no_role_gets_401_without_reasons_and_before_anything_else(stage: Stage, keys: Keys) -> None:
    key = keys.create("secret-name")
    nobody = stage.person()
    for answer in (
        keys.act(key, "wrap", who=nobody),
        keys.act("unknown-key", "wrap", b"{ not json", who=nobody),
        keys.send("POST", "keys", b"[]", who=nobody),
        keys.send("GET", "keys?limit=x", who=nobody),
        keys.send("DELETE", f"keys/{key}/purge", who=stage.person("Manager", instance=keys.guid)),
        keys.send("GET", "keys", bluemix_instance="6d2a3bb4-1e9c-4b8c-8f0e-0d8a4d5c6b7a"),
        keys.send("GET", "keys", bluemix_instance=stage.database().crn.instance),  # type: ignore[union-attr]
    ):
        assert answer.status == 401
        assert answer.one == {"errorMsg": "Unauthorized: The user does not have access to the specified resource"}
    denied = stage.events(instance=keys.guid, outcome="failure", action="hs-crypto.secrets.wrap")
    assert [event["reason"]["reasonCode"] for event in denied] == [401, 401]
    assert denied[1]["target"] == {
        "id": keys.send("GET", f"keys/{key}").one["crn"],
        "name": "secret-name",
        "typeURI": "hs-crypto/secrets",
    }
    assert {event["severity"] for event in denied} == {"critical"}


def test_roles(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    reader, writer = stage.person("Reader", instance=keys.guid), stage.person("Writer", instance=keys.guid)
    assert keys.act(key, "wrap", who=reader).status == 200
    assert keys.send("GET", "keys", who=reader).status == 200
    assert keys.act(key, "rotate", who=reader).status == 401
    assert keys.act(key, "rotate", who=writer).status == 204
    assert keys.act(key, "disable", who=writer).status == 401
    assert keys.send("POST", f"keys/{key}/aliases/by-writer", who=writer).status == 201
    assert keys.send("DELETE", f"keys/{key}/aliases/by-writer", who=writer).status == 401
    other = stage.keys()
    assert other.send("GET", "keys", who=reader).status == 401


def test_a_token_and_an_instance_are_needed(stage: Stage, keys: Keys) -> None:
    def bare(**headers: str) -> int:
        named = {"host": "127.0.0.1:1", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return stage.cloud.dispatcher.perform(Request("GET", "/api/v2/keys", "", named)).status

    assert bare(bluemix_instance=keys.guid) == 401
    assert bare(bluemix_instance=keys.guid, authorization="Bearer x") in (400, 401)
    missing = stage.send("GET", "/api/v2/keys")
    assert (missing.status, missing.code) == (400, "INVALID_FIELD_ERR")
    assert missing.one["reasons"][0]["target"] == {"type": "header", "name": "Bluemix-Instance"}


def test_delete_twice_is_410_and_unknown_ids_are_404(keys: Keys) -> None:
    key = keys.create()
    keys.send("DELETE", f"keys/{key}")
    again = keys.send("DELETE", f"keys/{key}")
    assert (again.status, again.code) == (410, "KEY_DELETED_ERR")
    assert "(KEY_DELETED_ERR)" in again.message
    assert keys.send("DELETE", "keys/unknown").code == "KEY_NOT_FOUND_ERR"
    assert keys.send("DELETE", f"keys/{key}?force=maybe").code == "INVALID_QUERY_PARAM_ERR"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "kmip_adapters"),
        ("POST", "kmip_adapters"),
        ("GET", "kmip_adapters/a"),
        ("DELETE", "kmip_adapters/a"),
        ("GET", "kmip_adapters/a/certificates"),
        ("POST", "kmip_adapters/a/certificates"),
        ("GET", "kmip_adapters/a/certificates/c"),
        ("DELETE", "kmip_adapters/a/certificates/c"),
        ("GET", "kmip_adapters/a/kmip_objects"),
        ("GET", "kmip_adapters/a/kmip_objects/o"),
        ("DELETE", "kmip_adapters/a/kmip_objects/o"),
    ],
)
def test_what_is_not_built_says_so(keys: Keys, method: str, path: str) -> None:
    answer = keys.send(method, path, {} if method in ("POST", "PUT") else None)
    assert (answer.status, answer.code) == (501, "NOT_EMULATED_ERR")
    assert "not emulated here yet" in answer.one["reasons"][0]["message"]


def test_governance_says_so_too(keys: Keys) -> None:
    assert keys.stage.send("GET", "/governance/v1/configs").status == 501


# The HSM --------------------------------------------------------------------------------------------------------------


def test_an_uninitialised_hsm_answers_400_with_its_own_code(stage: Stage) -> None:
    fresh = Keys(stage, stage.instance())
    refused = fresh.send("POST", "keys", collection(**GOOD))
    assert refused.status == 400
    assert "reasons" not in refused.one
    assert refused.message.startswith("Bad Request: rpc error: ")
    assert "CKR_IBM_WK_NOT_INITIALIZED" in refused.message
    assert fresh.send("GET", "keys").body["resources"] == []
    (event,) = stage.events(instance=fresh.guid, action="hs-crypto.secrets.create")
    assert event["severity"] == "warning"


def test_a_cut_off_hsm_answers_503_on_the_data_plane_only(stage: Stage, keys: Keys) -> None:
    key, standard = keys.create(), keys.create(standard=True)
    ciphertext = keys.wrap(key)
    stage.cut(keys.guid)
    try:
        for answer in (
            keys.send("POST", "keys", collection(**GOOD)),
            keys.act(key, "wrap"),
            keys.act(key, "unwrap", {"ciphertext": ciphertext}),
            keys.act(key, "rewrap", {"ciphertext": ciphertext}),
            keys.act(key, "rotate"),
            keys.send("GET", f"keys/{standard}"),
        ):
            assert (answer.status, answer.code) == (503, "HSM_UNREACHABLE_ERR")
        assert keys.send("GET", f"keys/{key}").status == 200
        assert keys.send("GET", "keys").status == 200
        assert keys.act(key, "disable").status == 204
        assert keys.act(key, "wrap", who=stage.person()).status == 401
    finally:
        stage.mend()
    stage.advance(seconds=30)
    assert keys.act(key, "enable").status == 204
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200


def test_a_damaged_blob_is_a_500_of_the_key(stage: Stage, keys: Keys) -> None:
    from sqlalchemy import text

    key = keys.create()
    spoil = text("UPDATE kms_key_version SET blob = x'00' WHERE key_pk = (SELECT pk FROM kms_key WHERE id = :key)")
    stage.perform(lambda tx: tx.execute(spoil, {"key": key}))
    stage.perform(lambda tx: tx.changed("key", f"{keys.guid}/{key}"))
    refused = keys.act(key, "wrap")
    assert (refused.status, refused.code) == (500, "INCOMPLETE_METADATA_ERR")


# Broker ---------------------------------------------------------------------------------------------------------------


def test_the_broker_names_hosts_without_scheme(stage: Stage, keys: Keys, kms: Keys) -> None:
    answer = stage.send("GET", f"/crypto_v2/instances/{keys.guid}", who=stage.person("Viewer"))
    assert answer.body == {"instance_id": keys.guid, "kms": {"public": "127.0.0.1:1", "private": "localhost:1"}}
    assert answer.content_type != "application/json"
    assert stage.send("GET", f"/crypto_v2/instances/{kms.guid}").status == 404
    assert stage.send("GET", "/crypto_v2/instances/unknown").status == 401
    assert stage.send("GET", f"/crypto_v2/instances/{keys.guid}", who=stage.person()).status == 401


# Registrations --------------------------------------------------------------------------------------------------------


def test_registrations_of_a_service(stage: Stage, keys: Keys) -> None:
    key = keys.create("pg-root")
    ledger = stage.database(keys.guid)
    made = keys.register(key, ledger, preventKeyDeletion=False, description="the ledger", registrationMetadata="own")
    assert (made.status, made.headers["etag"]) == (201, '"1"')
    assert made.one["resourceCrn"] == str(ledger.crn)
    assert made.one["registrationMetadata"] == "own"
    assert keys.register(key, ledger).code == "REGISTRATION_EXISTS_ERR"
    seen = keys.send("GET", f"keys/{key}/registrations?totalCount=TRUE").body
    assert seen["metadata"]["totalCount"] == 1
    (shown,) = seen["resources"]
    assert (shown["keyId"], shown["keyName"], shown["description"]) == (key, "pg-root", "the ledger")
    assert "registrationMetadata" not in shown
    assert shown["lastUpdated"].endswith("Z")
    keys.act(key, "rotate")
    newest = keys.send("GET", f"keys/{key}/metadata").one["keyVersion"]["id"]
    stale = keys.registration("PATCH", key, ledger, {"keyVersionId": newest}, if_match='"7", W/"9"')
    assert (stale.status, stale.code) == (412, "PRECONDITION_FAILED_ERR")
    moved = keys.registration("PATCH", key, ledger, {"keyVersionId": newest}, if_match='"7", W/"1"')
    assert (moved.status, moved.headers["etag"], moved.one["keyVersion"]["id"]) == (200, '"2"', newest)
    back = keys.registration("PATCH", key, ledger, {"keyVersionId": shown["keyVersion"]["id"]})
    assert (back.status, back.code) == (422, "KEY_VERSION_INVALID")
    assert keys.registration("PUT", key, ledger, collection(preventKeyDeletion=True)).code == "BAD_BODY_ERR"
    whole = {"preventKeyDeletion": True, "description": "kept", "registrationMetadata": "m", "keyVersionId": newest}
    assert keys.registration("PUT", key, ledger, collection(**whole)).one["preventKeyDeletion"] is True
    assert keys.send("GET", "keys/registrations?preventKeyDeletion=true").one["keyId"] == key
    assert keys.send("GET", "keys/registrations?preventKeyDeletion=false").body["resources"] == []
    gone = keys.registration("DELETE", key, ledger, prefer="return=representation")
    assert (gone.status, gone.one["keyId"]) == (200, key)
    assert keys.registration("DELETE", key, ledger).code == "REGISTRATION_NOT_FOUND_ERR"


def test_a_service_registers_only_itself_and_sees_only_its_own(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    one, other = stage.database(keys.guid), stage.database(keys.guid)
    foreign = quote(str(other.crn), safe="")
    made = keys.send("POST", f"keys/{key}/registrations/{foreign}", collection(description="mine"), who=one)
    assert made.one["resourceCrn"] == str(one.crn)
    keys.register(key, other)
    assert len(keys.send("GET", f"keys/{key}/registrations").body["resources"]) == 2
    assert keys.send("GET", f"keys/{key}/registrations", who=one).one["resourceCrn"] == str(one.crn)
    assert keys.send("GET", "keys/registrations", who=other).one["resourceCrn"] == str(other.crn)
    for answer in (
        keys.send("POST", f"keys/{key}/registrations/{foreign}", collection(description="x")),
        keys.send("POST", "event_ack", collection(eventId="x")),
    ):
        assert (answer.status, answer.code) == (403, "SERVICE_ONLY_ERR")
    bad = keys.send("POST", f"keys/{key}/registrations/no-crn", collection(description="xx"), who=one)
    assert bad.code == "INVALID_FIELD_ERR"
    assert keys.send("POST", "event_ack", collection(eventId="e1", eventType="rotate"), who=one).status == 204


def test_the_old_acknowledgment_of_a_deletion(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ledger = stage.database(keys.guid)
    path = f"keys/{key}/registrations?action=deactivate"
    assert keys.send("POST", path, who=ledger).code == "KEY_ACTION_INVALID_STATE_ERR"
    keys.send("DELETE", f"keys/{key}")
    assert keys.send("POST", f"keys/{key}/registrations", who=ledger).code == "INVALID_QUERY_PARAM_ERR"
    assert keys.send("POST", path).code == "SERVICE_ONLY_ERR"
    assert keys.send("POST", path, who=ledger).status == 204
    (event,) = stage.events(instance=keys.guid, action="hs-crypto.registrations.default", outcome="success")
    assert event["responseData"] == {"eventAckData": {"eventType": "delete", "keyState": 5}}


def test_what_cannot_be_registered(stage: Stage, keys: Keys) -> None:
    ledger = stage.database(keys.guid)
    standard, disabled = keys.create(standard=True), keys.create()
    keys.act(disabled, "disable")
    refused = keys.register(standard, ledger)
    assert (refused.status, refused.code) == (422, "KEY_ROOT_REQ_REG_ERR")
    refused = keys.register(disabled, ledger)
    assert (refused.status, refused.code) == (422, "KEY_INVALID_STATE_ERR")
    assert keys.register(keys.create(), ledger, description="x").code == "INVALID_FIELD_ERR"


def test_deletion_of_a_key_that_protects_resources(stage: Stage, keys: Keys) -> None:
    key = keys.create("pg-root")
    ledger = stage.database(keys.guid)
    keys.register(key, ledger, preventKeyDeletion=True)
    assert keys.send("DELETE", f"keys/{key}").code == "PREV_KEY_DEL_ERR"
    forced = keys.send("DELETE", f"keys/{key}?force=true")
    assert (forced.status, forced.code) == (409, "PREV_KEY_DEL_ERR")
    keys.registration("PATCH", key, ledger, collection(preventKeyDeletion=False))
    refused = keys.send("DELETE", f"keys/{key}")
    assert (refused.status, refused.code) == (409, "PROTECTED_RESOURCE_ERR")
    assert keys.state(key) == 1
    assert keys.send("DELETE", f"keys/{key}?force=true").status == 204
    assert keys.send("GET", f"keys/{key}/registrations").body["resources"] == []
    names = [event["action"] for event in stage.events(instance=keys.guid, outcome="success")]
    assert names[:2] == ["hs-crypto.secrets.delete", "hs-crypto.registrations.delete"]
    deleted = stage.events(instance=keys.guid, action="hs-crypto.secrets.delete", outcome="success")[0]
    assert deleted["requestData"]["force"] is True
    stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}/restore").status == 201
    assert keys.send("GET", f"keys/{key}/registrations").body["resources"] == []


def test_registrations_are_found_by_a_pattern_of_their_crn(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ledger = stage.database(keys.guid)
    keys.register(key, ledger)
    crn = str(ledger.crn)
    parts = crn.split(":")

    def found(pattern: str, path: str = f"keys/{key}/registrations") -> int:
        answer = keys.send("GET", f"{path}?urlEncodedResourceCRNQuery={quote(quote(pattern, safe=''), safe='')}")
        return len(answer.body["resources"]) if answer.status == 200 else answer.status

    assert found(crn) == 1
    assert found(":".join([*parts[:5], "*", *parts[6:]])) == 1
    assert found(":".join([*parts[:4], "databases-for-redis", *parts[5:]])) == 0
    assert found(crn + "*") == 1
    assert found(crn + "x") == 0
    assert found(crn, "keys/registrations") == 1
    assert found(":".join([*parts[:5], "*", *parts[6:]]), "keys/registrations") == 400
    assert found(":".join([*parts[:5], "us-*", *parts[6:]])) == 400
    assert found("crn:v1") == 400
    assert found(crn + "a*b") == 400


def test_a_database_without_authorization_gets_401(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ledger = stage.database(keys.guid)
    ciphertext = keys.wrap(key, who=ledger)
    for found in stage.send("GET", f"/v1/policies?account_id={stage.account}&type=authorization").body["policies"]:
        stage.send("DELETE", f"/v1/policies/{found['id']}")
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}, who=ledger).status == 401


# Activity -------------------------------------------------------------------------------------------------------------


def test_state_changes_leave_events_and_reads_leave_none(stage: Stage, keys: Keys) -> None:
    key = keys.create("told", payload=MATERIAL)
    ciphertext = keys.wrap(key)
    keys.act(key, "unwrap", {"ciphertext": ciphertext})
    keys.act(key, "rotate", {"payload": MATERIAL})
    keys.act(key, "rewrap", {"ciphertext": ciphertext})
    for path in ("keys", f"keys/{key}", f"keys/{key}/metadata", f"keys/{key}/versions", "keys/registrations"):
        keys.send("GET", path)
    keys.send("HEAD", "keys")
    keys.act(key, "disable")
    told = [event for event in stage.events(instance=keys.guid) if event["action"].startswith("hs-crypto.secrets")]
    assert [event["action"].removeprefix("hs-crypto.secrets.") for event in reversed(told)] == [
        *("create", "wrap", "unwrap", "rotate", "rewrap", "disable"),
    ]
    assert {event["target"]["name"] for event in told} == {"told"}
    by_name = {event["action"].rpartition(".")[2]: event for event in told}
    assert by_name["create"]["responseData"]["detail"] == "imported"
    assert by_name["rotate"]["responseData"]["detail"] == "to version 2"
    assert by_name["rewrap"]["responseData"]["rewrappedKeyVersionId"]
    assert by_name["disable"]["responseData"]["keyState"] == 2
    text = json.dumps(told)
    assert ciphertext not in text
    assert MATERIAL not in text


def test_key_checks_of_a_service_are_counted_until_their_result_changes(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    ledger = stage.database(keys.guid)
    ciphertext = keys.wrap(key)

    def check(times: int) -> None:
        for _ in range(times):
            keys.act(key, "unwrap", {"ciphertext": ciphertext}, who=ledger, user_agent="node-1")

    check(3)
    keys.act(key, "disable")
    check(2)
    stage.advance(seconds=30)
    keys.act(key, "enable")
    check(1)
    told = stage.events(instance=keys.guid, action="hs-crypto.secrets.unwrap")
    assert [(event["outcome"], event["folded"]) for event in told] == [("success", 0), ("failure", 1), ("success", 2)]


# Instances ------------------------------------------------------------------------------------------------------------


def test_an_instance_that_waits_for_its_reclamation_serves_nobody(stage: Stage, keys: Keys) -> None:
    key = keys.create("living-key")
    refused = stage.send("DELETE", f"/v2/resource_instances/{keys.guid}")
    assert refused.status == 409
    assert "living-key" in json.dumps(refused.body)
    keys.send("DELETE", f"keys/{key}")
    assert stage.send("DELETE", f"/v2/resource_instances/{keys.guid}").status in (202, 204)
    gone = keys.send("GET", "keys")
    assert (gone.status, gone.code) == (404, "INSTANCE_NOT_FOUND_ERR")
    assert keys.send("GET", "keys", who=stage.person()).status == 401
    (waiting,) = [
        found
        for found in stage.send("GET", "/v1/reclamations").body["resources"]
        if found["resource_instance_id"] == keys.guid
    ]
    assert stage.send("POST", f"/v1/reclamations/{waiting['id']}/actions/restore", {}).status == 200
    stage.advance(seconds=30)
    assert keys.send("POST", f"keys/{key}/restore").status == 201
    assert keys.act(key, "wrap").status == 200


def test_units_of_an_instance_are_two_or_three(stage: Stage) -> None:
    for units in (2, 3, "3"):
        guid = stage.instance(units=units)
        shown = stage.send("GET", f"/tke/v1/instances/{guid}/crypto_units").body
        assert len(shown["units"]) == int(units)
    before = stage.cloud.hsm.ids()
    for units in (1, 4, "x", True, 2.5):
        groups = stage.send("GET", "/v2/resource_groups").body["resources"]
        body = {
            "name": "odd",
            "target": "us-south",
            "resource_group": groups[0]["id"],
            "resource_plan_id": stage.send("GET", f"/v2/resource_instances/{guid}").body["resource_plan_id"],
            "parameters": {"units": units},
        }
        assert stage.send("POST", "/v2/resource_instances", body).status == 400, units
    assert stage.cloud.hsm.ids() == before
    assert stage.keys(KMS).create()

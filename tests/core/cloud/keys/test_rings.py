"""Key rings (reference/kms-api.md 2.15, checklist 15 and 16): made, deleted, filled and emptied."""

import pytest
from sqlalchemy import select

from kyok.client import ApiError
from kyok.cloud.store.tables import change
from kyok.domain.key_fields import KEY_RINGS_MAX
from tests.core.cloud.keys.console import console, crn_of
from tests.core.cloud.keys.stage import KEY_TYPE, Answer, Keys, Stage, collection


def ring(keys: Keys, name: str, **more: str) -> Answer:
    return keys.send("POST", f"key_rings/{name}", **more)


def move(keys: Keys, key: str, to: str, **more: str) -> Answer:
    return keys.send("PATCH", f"keys/{key}", {"keyRingID": to}, **more)


def listed(keys: Keys, name: str, query: str = "") -> set[str]:
    return {found["id"] for found in keys.send("GET", f"keys{query}", x_kms_key_ring=name).body["resources"]}


def test_a_ring_is_made_listed_and_deleted(stage: Stage, keys: Keys) -> None:
    made = ring(keys, "team-a")
    assert (made.status, made.body) == (201, None)
    ring(keys, "Team-A")  # ids are case-sensitive
    shown = keys.send("GET", "key_rings?totalCount=true").body
    assert shown["metadata"]["totalCount"] == 3
    assert [found["id"] for found in shown["resources"]] == ["default", "Team-A", "team-a"]
    assert shown["resources"][0] == {"id": "default"}
    assert shown["resources"][1]["createdBy"] == stage.manager.iam_id
    paged = keys.send("GET", "key_rings?limit=1&offset=1").body["resources"]
    assert [found["id"] for found in paged] == ["Team-A"]
    assert keys.send("DELETE", "key_rings/Team-A").status == 204
    assert keys.send("DELETE", "key_rings/Team-A").code == "KEY_RING_NOT_FOUND_ERR"
    told = [event["action"] for event in stage.events(instance=keys.guid, outcome="success")]
    assert told[:3] == ["hs-crypto.key-rings.delete", "hs-crypto.key-rings.create", "hs-crypto.key-rings.create"]


def test_the_feed_that_every_user_follows_names_no_ring(stage: Stage, keys: Keys) -> None:
    ring(keys, "merger-with-acme")
    with stage.cloud.store.read() as reader:
        told = reader.all(select(change.c.kind, change.c.ident).order_by(change.c.seq.desc()).limit(5))
    assert ("key-settings", f"{keys.guid}/rings") in [tuple(row) for row in told]
    assert "merger" not in str(told)


@pytest.mark.parametrize(
    ("method", "name", "status", "code"),
    [
        ("POST", "x", 400, "INVALID_FIELD_ERR"),
        ("POST", "under_score", 400, "INVALID_FIELD_ERR"),
        ("POST", "x" * 101, 400, "INVALID_FIELD_ERR"),
        ("POST", "default", 409, "KEY_RING_NOT_UNIQUE_ERR"),
        ("DELETE", "default", 400, "INVALID_FIELD_ERR"),
        ("DELETE", "unknown", 404, "KEY_RING_NOT_FOUND_ERR"),
        ("DELETE", "unknown?force=perhaps", 400, "INVALID_QUERY_PARAM_ERR"),
    ],
)
def test_refused_rings(keys: Keys, method: str, name: str, status: int, code: str) -> None:
    refused = keys.send(method, f"key_rings/{name}")
    assert (refused.status, refused.code) == (status, code)
    assert len(keys.send("GET", "key_rings").body["resources"]) == 1


def test_an_instance_has_fifty_rings_beside_default(keys: Keys) -> None:
    for number in range(KEY_RINGS_MAX):
        assert ring(keys, f"ring-{number}").status == 201
    assert ring(keys, "ring-0").code == "KEY_RING_NOT_UNIQUE_ERR"
    assert ring(keys, "one-more").code == "KEY_RING_QUOTA_ERR"
    assert len(keys.send("GET", "key_rings").body["resources"]) == KEY_RINGS_MAX + 1
    keys.send("DELETE", "key_rings/ring-7")
    assert ring(keys, "one-more").status == 201


def test_the_header_chooses_the_ring_of_a_new_key_and_of_lists(keys: Keys) -> None:
    ring(keys, "team-a")
    body = collection(type=KEY_TYPE, name="inside")
    inside = keys.send("POST", "keys", body, x_kms_key_ring="team-a", prefer="return=representation").one
    assert inside["keyRingID"] == "team-a"
    outside = keys.create("outside")
    assert listed(keys, "team-a") == {inside["id"]}
    assert listed(keys, "default") == {outside}
    assert {found["id"] for found in keys.send("GET", "keys").body["resources"]} == {inside["id"], outside}
    assert listed(keys, "team-a", "?search=out") == set()
    assert listed(keys, "team-a", "?search=ins") == {inside["id"]}
    totals = [keys.send("HEAD", "keys", x_kms_key_ring=name).headers["key-total"] for name in ("team-a", "default")]
    assert totals == ["1", "1"]
    assert keys.send("HEAD", "keys").headers["key-total"] == "2"
    for path in ("keys", "keys/registrations"):
        assert keys.send("GET", path, x_kms_key_ring="unknown").code == "KEY_RING_NOT_FOUND_ERR"
    assert keys.send("POST", "keys", body, x_kms_key_ring="unknown").code == "KEY_RING_NOT_FOUND_ERR"


def test_a_key_is_found_in_its_ring_only_and_without_the_header_everywhere(keys: Keys) -> None:
    ring(keys, "team-a")
    key = keys.create(aliases=["some-alias"])
    assert move(keys, key, "team-a").one["keyRingID"] == "team-a"
    for name in (key, "some-alias"):
        assert keys.send("GET", f"keys/{name}").status == 200
        assert keys.send("GET", f"keys/{name}", x_kms_key_ring="team-a").status == 200
        assert keys.send("GET", f"keys/{name}", x_kms_key_ring="default").code == "KEY_NOT_FOUND_ERR"
        assert keys.act(name, "wrap", x_kms_key_ring="default").code == "KEY_NOT_FOUND_ERR"
        assert keys.act(name, "wrap", x_kms_key_ring="team-a").status == 200
    assert move(keys, key, "default", x_kms_key_ring="default").code == "KEY_NOT_FOUND_ERR"
    assert move(keys, key, "default", x_kms_key_ring="team-a").one["keyRingID"] == "default"


def test_a_move_is_told_once_and_changes_the_update_date(stage: Stage, keys: Keys) -> None:
    ring(keys, "team-a")
    key = keys.create()
    before = keys.send("GET", f"keys/{key}/metadata").one["lastUpdateDate"]
    stage.advance(minutes=1)
    move(keys, key, "team-a")
    move(keys, key, "team-a")
    assert keys.send("GET", f"keys/{key}/metadata").one["lastUpdateDate"] > before
    (event,) = stage.events(instance=keys.guid, action="hs-crypto.secrets.patch", outcome="success")
    assert event["requestData"] == {
        "initialValue": {"keyRingId": "default"},
        "newValue": {"keyRingId": "team-a"},
    }
    assert move(keys, key, "unknown").code == "KEY_RING_NOT_FOUND_ERR"
    keys.send("DELETE", f"keys/{key}")
    assert move(keys, key, "default").code == "KEY_ACTION_INVALID_STATE_ERR"


def test_a_ring_with_keys_goes_by_force_when_all_are_destroyed_and_they_go_to_default(stage: Stage, keys: Keys) -> None:
    ring(keys, "team-a")
    living, gone = keys.create("living"), keys.create("gone")
    for key in (living, gone):
        move(keys, key, "team-a")
    keys.send("DELETE", f"keys/{gone}")
    refused = keys.send("DELETE", "key_rings/team-a")
    assert (refused.status, refused.code) == (409, "KEY_RING_NOT_EMPTY_ERR")
    forced = keys.send("DELETE", "key_rings/team-a?force=true")
    assert (forced.status, forced.code) == (409, "KEY_RING_KEYS_NOT_DELETED_ERR")
    assert "living" in forced.one["reasons"][0]["message"]
    move(keys, living, "default")
    assert keys.send("DELETE", "key_rings/team-a").code == "KEY_RING_NOT_EMPTY_ERR"  # a destroyed key is content
    assert keys.send("DELETE", "key_rings/team-a?force=true").status == 204
    assert keys.send("GET", f"keys/{gone}/metadata", x_kms_key_ring="default").one["keyRingID"] == "default"
    (event,) = stage.events(instance=keys.guid, action="hs-crypto.key-rings.delete", outcome="success")
    assert (event["target"]["name"], event["responseData"]) == ("team-a", {"keysMoved": 1})


def test_rings_need_a_role_on_the_instance_and_a_move_one_on_both_rings(stage: Stage, keys: Keys) -> None:
    ring(keys, "team-a")
    ring(keys, "team-b")
    key = keys.create()
    reader, writer = stage.person("Reader", instance=keys.guid), stage.person("Writer", instance=keys.guid)
    assert keys.send("GET", "key_rings", who=reader).status == 200
    assert keys.send("POST", "key_rings/by-reader", who=reader).status == 401
    assert keys.send("POST", "key_rings/by-writer", who=writer).status == 201
    assert keys.send("DELETE", "key_rings/by-writer", who=writer).status == 401
    assert keys.send("PATCH", f"keys/{key}", {"keyRingID": "team-a"}, who=writer).status == 401
    lead = stage.person()
    grant_on_ring(stage, keys, lead.iam_id, "team-a")
    move(keys, key, "team-a")
    assert listed_as(keys, lead, "team-a") == 200
    assert listed_as(keys, lead, "team-b") == 401
    assert keys.send("GET", "key_rings", who=lead, x_kms_key_ring="team-a").status == 401
    assert keys.send("PATCH", f"keys/{key}", {"keyRingID": "team-b"}, who=lead).status == 401
    grant_on_ring(stage, keys, lead.iam_id, "team-b")
    assert keys.send("PATCH", f"keys/{key}", {"keyRingID": "team-b"}, who=lead).one["keyRingID"] == "team-b"


def test_a_role_on_one_ring_tells_nothing_of_what_is_in_others(stage: Stage, keys: Keys) -> None:
    ring(keys, "team-a")
    key, lead = keys.create(aliases=["some-alias"]), stage.person()
    grant_on_ring(stage, keys, lead.iam_id, "team-a")
    for path in ("", "/metadata", "/versions", "/policies"):
        for headers, status in (({}, 401), ({"x_kms_key_ring": "team-a"}, 404)):
            asked = [
                keys.send("GET", f"keys/{name}{path}", who=lead, **headers) for name in (key, "some-alias", "none")
            ]
            assert [answer.status for answer in asked] == [status] * 3, path
            assert asked[0].body == asked[2].body
    gone = keys.send("DELETE", f"keys/{key}?force=true", who=lead, x_kms_key_ring="team-a")
    assert (gone.status, keys.send("GET", f"keys/{key}/metadata").one["state"]) == (404, 1)


def listed_as(keys: Keys, who: object, name: str) -> int:
    return keys.send("GET", "keys", who=who, x_kms_key_ring=name).status


def grant_on_ring(stage: Stage, keys: Keys, iam_id: str, name: str) -> None:
    """Manager on one key ring."""
    named = {"accountId": stage.account, "serviceName": "hs-crypto", "serviceInstance": keys.guid, "keyRing": name}
    body = {
        "type": "access",
        "subjects": [{"attributes": [{"name": "iam_id", "value": iam_id}]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Manager"}],
        "resources": [{"attributes": [{"name": key, "value": value} for key, value in named.items()]}],
    }
    answer = stage.send("POST", "/v1/policies", body)
    assert answer.status == 201, answer.body


def test_the_console_makes_fills_and_deletes_rings(stage: Stage, keys: Keys) -> None:
    api, crn = console(stage), crn_of(keys)
    api.key_rings.create(crn, "team-a")
    made = api.keys.create(crn, "inside", ring="team-a")
    assert made.ring == "team-a"
    default, team = api.key_rings.every(crn)
    assert (default.id, default.created_at, team.id) == ("default", None, "team-a")
    assert team.created_by == stage.manager.iam_id
    assert api.keys.move(crn, made.id, "default").ring == "default"
    api.keys.add_alias(crn, made.id, "by-console")
    assert api.keys.key(crn, "by-console").aliases == ("by-console",)
    api.keys.remove_alias(crn, made.id, "by-console")
    api.keys.sync(crn, made.id)
    with pytest.raises(ApiError, match="until at least"):
        api.keys.sync(crn, made.id)
    api.keys.move(crn, made.id, "team-a")
    with pytest.raises(ApiError, match="Destroyed keys count"):
        api.key_rings.delete(crn, "team-a")
    api.keys.delete(crn, made.id)
    api.key_rings.delete(crn, "team-a", force=True)
    assert len(api.key_rings.every(crn)) == 1


def test_a_reclaimed_instance_takes_its_rings_along(stage: Stage) -> None:
    from sqlalchemy import func, select

    from kyok.cloud.store.tables import key_ring

    own = stage.keys()
    ring(own, "team-a")
    stage.send("DELETE", f"/v2/resource_instances/{own.guid}")
    (waiting,) = [
        found
        for found in stage.send("GET", "/v1/reclamations").body["resources"]
        if found["resource_instance_id"] == own.guid
    ]
    assert stage.send("POST", f"/v1/reclamations/{waiting['id']}/actions/reclaim", {}).status in (200, 202)
    with stage.cloud.store.read() as reader:
        left = reader.scalar(select(func.count()).select_from(key_ring).where(key_ring.c.instance == own.guid))
    assert left == 0

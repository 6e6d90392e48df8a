"""The first start of a home, seeded accounts and users, API keys."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kyok.cloud.iam.bootstrap import bootstrap
from kyok.cloud.iam.grants import API_KEY as API_KEY_GRANT
from kyok.cloud.store.tables import api_key
from kyok.domain.services import HS_CRYPTO, KMS
from tests.cloud_parts import API_KEY, Parts
from tests.core.cloud.iam.test_tokens import grant

PATH = "/emulator/v1/identities"


def put(parts: Parts, *users: dict[str, Any], expect: int = 200, **account: Any) -> Any:
    entry = {"id": parts.account_id} | account | {"users": list(users)}
    status, answer, _ = parts.send("PUT", PATH, {"accounts": [entry]})
    assert status == expect, answer
    return answer


def person(answer: Any, email: str) -> Any:
    return next(user for entry in answer["accounts"] for user in entry["users"] if user["email"] == email)


def test_a_new_home_has_an_account_an_administrator_and_his_key(parts: Parts) -> None:
    assert parts.new
    assert len(parts.account_id) == 32
    assert parts.api_key_file.read_text(encoding="ascii") == API_KEY
    assert parts.api_key_file.stat().st_mode & 0o777 == 0o600
    _, answer, _ = parts.send("GET", PATH)
    (entry,) = answer["accounts"]
    assert (entry["id"], entry["name"]) == (parts.account_id, "Local account")
    (user,) = entry["users"]
    assert user["iam_id"] == parts.identities.administrator_id
    roles = {(role["role"], role["service"]) for role in user["roles"]}
    everywhere = {("Administrator", None), ("Manager", None)}
    assert roles == everywhere | {("KMS Key Purge Role", HS_CRYPTO), ("KeyPurge", KMS)}
    assert [key["name"] for key in user["api_keys"]] == ["Administrator's key"]
    assert parts.events(action="kyok.cloud.create")


def test_the_second_start_changes_nothing(tmp_path: Path) -> None:
    first = Parts(tmp_path)
    account, key_file = first.account_id, first.api_key_file.read_bytes()
    first.close()
    second = Parts(tmp_path)
    assert not second.new
    assert (second.account_id, second.api_key_file.read_bytes()) == (account, key_file)
    assert second.send("GET", PATH)[0] == 200
    second.close()


def test_without_a_given_key_a_random_one_is_made(tmp_path: Path, parts: Parts) -> None:
    from sqlalchemy import delete

    from kyok.cloud.store.tables import setting

    def forget(tx: Any) -> None:
        tx.execute(delete(setting))

    parts.perform(forget)
    file = tmp_path / "other-key"
    assert bootstrap(
        parts.store, parts.identities, parts.api_keys, parts.activity, api_key_file=file, account_name="Acme Bank"
    )
    assert len(file.read_text(encoding="ascii")) == 44
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=file.read_text(encoding="ascii"))[0] == 200


def test_no_key_value_is_stored(parts: Parts) -> None:
    answer = put(parts, {"email": "ben@acme.example", "api_key": True})
    (key,) = person(answer, "ben@acme.example")["api_keys"]
    with parts.store.read() as reader:
        rows = reader.all(select(api_key))
    assert len(rows) == 2
    for row in rows:
        assert key["value"] not in str(row)
        assert API_KEY not in str(row)
    _, again, _ = parts.send("GET", PATH)
    assert "value" not in person(again, "ben@acme.example")["api_keys"][0]


def test_users_are_added_changed_and_never_deleted(parts: Parts) -> None:
    roles = [{"role": "Reader", "service": HS_CRYPTO, "instance": None}, {"role": "Viewer"}]
    answer = put(parts, {"email": "ben@acme.example", "name": "Ben", "roles": roles, "api_key": "bens-own-key-1"})
    ben = person(answer, "ben@acme.example")
    assert ben["name"] == "Ben"
    assert {(role["role"], role["service"]) for role in ben["roles"]} == {("Reader", HS_CRYPTO), ("Viewer", None)}
    assert ben["api_keys"][0]["value"] == "bens-own-key-1"
    assert grant(parts, grant_type=API_KEY_GRANT, apikey="bens-own-key-1")[0] == 200
    answer = put(parts, {"email": "ben@acme.example", "name": "Benno", "roles": [{"role": "Manager"}]})
    again = person(answer, "ben@acme.example")
    assert (again["iam_id"], again["name"], len(again["api_keys"])) == (ben["iam_id"], "Benno", 1)
    assert again["roles"] == [{"role": "Manager", "service": None, "instance": None}]
    kept = person(put(parts, {"email": "ben@acme.example", "api_key": "bens-own-key-1"}), "ben@acme.example")
    assert kept["roles"] == again["roles"]
    assert len(kept["api_keys"]) == 1
    assert len(parts.events(action="kyok.identities.update")) == 3


def test_the_answer_of_get_can_be_put_back(parts: Parts) -> None:
    put(parts, {"email": "ben@acme.example", "roles": [{"role": "Writer", "service": HS_CRYPTO, "instance": "g"}]})
    _, before, _ = parts.send("GET", PATH)
    status, after, _ = parts.send("PUT", PATH, before)
    assert (status, after) == (200, before)


def test_accounts_are_found_by_id_or_name_and_renamed_by_id(parts: Parts) -> None:
    _, answer, _ = parts.send("PUT", PATH, {"accounts": [{"name": "Other"}, {"id": "a" * 32, "name": "Third"}]})
    names = {entry["name"]: entry["id"] for entry in answer["accounts"]}
    assert names["Third"] == "a" * 32
    _, answer, _ = parts.send("PUT", PATH, {"accounts": [{"name": "Other", "users": [{"email": "eve@other.example"}]}]})
    assert len(answer["accounts"]) == 3
    answer = put(parts, name="Acme Bank")
    assert next(entry for entry in answer["accounts"] if entry["id"] == parts.account_id)["name"] == "Acme Bank"
    with parts.store.read() as reader:
        assert parts.about.body(reader)["account_name"] == "Acme Bank"


@pytest.mark.parametrize(
    "user",
    [
        {},
        {"email": "no-at"},
        {"email": 7},
        {"email": "ben@acme.example", "colour": "red"},
        {"email": "ben@acme.example", "name": "Ben\x1b[31m"},
        {"email": "be\u202en@acme.example"},
        {"email": "ben@acme.example", "roles": "Reader"},
        {"email": "ben@acme.example", "roles": [{"role": "Emperor"}]},
        {"email": "ben@acme.example", "roles": [{"role": "Emperor", "service": HS_CRYPTO}]},
        {"email": "ben@acme.example", "roles": [{"role": "Reader", "service": "no-such"}]},
        {"email": "ben@acme.example", "roles": [{"role": "Reader", "instance": "g"}]},
        {"email": "ben@acme.example", "roles": [{"role": "Reader", "extra": 1}]},
        {"email": "ben@acme.example", "api_key": 7},
        {"email": "ben@acme.example", "api_key": "short"},
        {"email": "ben@acme.example", "api_key": "with a blank in it"},
        {"email": "ben@acme.example", "api_key": API_KEY},
        {"email": "admin@local.example", "roles": [{"role": "Viewer"}]},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(parts: Parts, user: dict[str, Any]) -> None:
    _, before, _ = parts.send("GET", PATH)
    answer = put(parts, {"email": "first@acme.example"}, user, expect=400)
    assert answer["code"] == "BAD_VALUE"
    assert parts.send("GET", PATH)[1] == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"accounts": [{}]}, "BAD_VALUE"),
        ({"accounts": [{"id": "short", "name": "x"}]}, "BAD_VALUE"),
        ({"accounts": [{"id": "b" * 32}]}, "BAD_VALUE"),
        ({"accounts": [{"name": "x", "extra": 1}]}, "BAD_VALUE"),
        ({"accounts": "x"}, "BAD_VALUE"),
        ({"accounts": [{"name": "Acme\nBank"}]}, "BAD_VALUE"),
        ({"people": []}, "UNKNOWN_FIELD"),
    ],
)
def test_an_impossible_account_is_refused(parts: Parts, body: Any, code: str) -> None:
    status, answer, _ = parts.send("PUT", PATH, body)
    assert (status, answer["code"]) == (400, code)


def test_only_the_clouds_own_administrators_may_seed(parts: Parts) -> None:
    manager = parts.seed_user("ben@acme.example", {"role": "Manager"}, {"role": "Editor"})
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    for user in (manager, stranger):
        status, answer, _ = parts.send("PUT", PATH, {"accounts": []}, who=user)
        assert (status, answer["code"]) == (403, "NOT_AUTHORIZED")


def test_others_see_the_users_of_their_account_and_their_own_keys(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    parts.send("POST", "/v1/apikeys", {"name": "laptop", "iam_id": ben.iam_id}, who=ben)
    _, answer, _ = parts.send("GET", PATH, who=ben)
    (entry,) = answer["accounts"]
    keys = {user["email"]: [key["name"] for key in user["api_keys"]] for user in entry["users"] if "api_keys" in user}
    assert keys == {"ben@acme.example": ["laptop"]}, "of others it is not told whether they have any"
    assert person(answer, "admin@local.example")["roles"]


def test_an_administrator_goes_on_as_somebody_else_without_a_key(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    status, answer, headers = parts.send("POST", f"{PATH}/{ben.iam_id}/token", {})
    assert (status, answer["expires_in"], headers["cache-control"]) == (200, 3600, "no-store")
    principal = parts.tokens.principal(answer["access_token"])
    assert (principal.iam_id, principal.name, principal.account) == (ben.iam_id, "ben@acme.example", parts.account_id)
    (event,) = parts.events(action="kyok.identity.login")
    assert (event["initiator"]["name"], event["target"]["name"]) == ("admin@local.example", "ben@acme.example")
    assert answer["access_token"] not in str(parts.events(limit="500"))
    assert person(parts.send("GET", PATH)[1], "ben@acme.example")["api_keys"] == []
    assert parts.send("POST", f"{PATH}/IBMid-nobody/token", {})[1]["code"] == "IDENTITY_NOT_FOUND"


# API keys -----------------------------------------------------------------------------------------------------------


def test_a_user_makes_lists_and_deletes_his_own_keys(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    status, made, _ = parts.send("POST", "/v1/apikeys", {"name": "laptop", "iam_id": ben.iam_id}, who=ben)
    assert status == 201
    assert made["id"].startswith("ApiKey-")
    assert made["crn"] == f"crn:v1:bluemix:public:iam-identity::a/{parts.account_id}::apikey:{made['id']}"
    value = made.pop("apikey")
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=value)[0] == 200
    _, page, _ = parts.send("GET", f"/v1/apikeys?account_id={parts.account_id}", who=ben)
    assert page["apikeys"] == [made]
    assert parts.send("GET", f"/v1/apikeys/{made['id']}", who=ben)[1] == made
    assert parts.send("GET", "/v1/apikeys/details", who=ben, iam_apikey=value)[1] == made
    assert parts.send("DELETE", f"/v1/apikeys/{made['id']}", who=ben)[0] == 204
    assert parts.send("DELETE", f"/v1/apikeys/{made['id']}", who=ben)[0] == 404
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=value)[0] == 400
    assert parts.send("GET", "/v1/apikeys/details", who=ben, iam_apikey=value)[0] == 404
    actions = [event["action"] for event in parts.events(action="iam-identity.user-apikey.*", outcome="success")]
    assert actions[:1] == ["iam-identity.user-apikey.delete"]
    assert value not in str(parts.events(limit="500"))


@pytest.mark.parametrize("name", ["", "x" * 256, 7, "lap\x00top", "lap\u2066top"])
def test_a_key_with_an_impossible_name_is_refused(parts: Parts, name: Any) -> None:
    mine = parts.identities.administrator_id
    status, answer, _ = parts.send("POST", "/v1/apikeys", {"name": name, "iam_id": mine})
    assert status == 400
    assert "name" in str(answer)


def test_nobody_makes_or_sees_keys_of_others_but_an_administrator(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Manager"})
    mine = parts.identities.administrator_id
    assert parts.send("POST", "/v1/apikeys", {"name": "x", "iam_id": mine}, who=ben)[0] == 403
    assert parts.send("GET", f"/v1/apikeys?iam_id={mine}", who=ben)[0] == 403
    assert parts.send("GET", "/v1/apikeys?scope=account", who=ben)[0] == 403
    _, made, _ = parts.send("POST", "/v1/apikeys", {"name": "for ben", "iam_id": ben.iam_id, "apikey": "chosen-key-1"})
    assert made["apikey"] == "chosen-key-1"
    _, page, _ = parts.send("GET", "/v1/apikeys?scope=account&pagesize=1")
    _, rest, _ = parts.send("GET", "/v1/apikeys?scope=account&pagesize=1&pagetoken=1")
    both = {key["id"] for key in page["apikeys"] + rest["apikeys"]}
    assert made["id"] in both
    (admin_key,) = both - {made["id"]}
    assert parts.send("GET", f"/v1/apikeys/{admin_key}", who=ben)[0] == 404
    assert parts.send("GET", "/v1/apikeys/details", iam_apikey="chosen-key-1")[0] == 200
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    assert parts.send("GET", "/v1/apikeys/details", iam_apikey="chosen-key-1", who=stranger)[0] == 404
    assert parts.send("GET", f"/v1/apikeys/{admin_key}", who=stranger)[0] == 404


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x", "iam_id": "IBMid-nobody"}, {"name": "x" * 256}])
def test_an_impossible_key_is_refused(parts: Parts, body: dict[str, Any]) -> None:
    assert parts.send("POST", "/v1/apikeys", body)[0] == 400


def test_users_of_the_own_account_can_be_listed(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    status, answer, _ = parts.send("GET", f"/v2/accounts/{parts.account_id}/users", who=ben)
    assert (status, answer["total_results"]) == (200, 2)
    assert {user["email"] for user in answer["resources"]} == {"ben@acme.example", "admin@local.example"}
    _, page, _ = parts.send("GET", f"/v2/accounts/{parts.account_id}/users?limit=1")
    assert page["next_url"].endswith("_start=1&limit=1")
    assert parts.send("GET", f"/v2/accounts/{'0' * 32}/users")[0] == 403


def test_a_key_is_described_changed_locked_and_disabled(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    _, made, _ = parts.send("POST", "/v1/apikeys", {"name": "ci", "description": "Builds"}, who=ben, entity_lock="true")
    place = f"/v1/apikeys/{made['id']}"
    assert (made["description"], made["locked"], made["disabled"]) == ("Builds", True, False)
    for method, path, body in (
        ("PUT", place, {"name": "x"}),
        ("DELETE", place, None),
        ("POST", f"{place}/disable", {}),
    ):
        status, answer, _ = parts.send(method, path, body, who=ben, if_match="*")
        assert (status, answer["errors"][0]["code"]) == (409, "conflict")
    assert parts.send("DELETE", f"{place}/lock", who=ben)[0] == 204
    _, read, _ = parts.send("GET", place, who=ben)
    assert (read["locked"], read["entity_tag"] != made["entity_tag"]) == (False, True)
    for tag in ({}, {"if_match": made["entity_tag"]}):
        assert parts.send("PUT", place, {"name": "build"}, who=ben, **tag)[0] == 409
    status, changed, _ = parts.send("PUT", place, {"name": "build"}, who=ben, if_match=read["entity_tag"])
    assert (status, changed["name"], changed["description"]) == (200, "build", "")
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=made["apikey"])[0] == 200
    assert parts.send("POST", f"{place}/disable", {}, who=ben)[0] == 204
    status, refused = grant(parts, grant_type=API_KEY_GRANT, apikey=made["apikey"])
    assert (status, "disabled" in refused["errorMessage"]) == (400, True)
    assert parts.send("DELETE", f"{place}/disable", who=ben)[0] == 204
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=made["apikey"])[0] == 200
    assert parts.send("POST", f"{place}/lock", {}, who=ben)[0] == 204
    assert parts.send("GET", place, who=ben)[1]["locked"]
    verbs = [event["action"].rpartition(".")[2] for event in parts.events(action="iam-identity.user-apikey.*")]
    assert {"create", "update", "disable", "enable"} <= set(verbs)


def test_a_key_is_not_made_twice_whereby_its_lock_would_go(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    body = {"name": "ci", "apikey": "chosen-key-1"}
    _, made, _ = parts.send("POST", "/v1/apikeys", body, who=ben, entity_lock="true")
    status, answer, _ = parts.send("POST", "/v1/apikeys", {**body, "name": "renamed"}, who=ben)
    assert (status, answer["errors"][0]["code"]) == (400, "invalid_body")
    _, read, _ = parts.send("GET", f"/v1/apikeys/{made['id']}", who=ben)
    assert (read["name"], read["locked"]) == ("ci", True)


@pytest.mark.parametrize("way", [("PUT", ""), ("DELETE", ""), ("POST", "/lock"), ("DELETE", "/disable")])
def test_a_key_of_others_is_none(parts: Parts, way: tuple[str, str]) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Manager"})
    _, page, _ = parts.send("GET", "/v1/apikeys")
    method, path = way
    assert parts.send(method, f"/v1/apikeys/{page['apikeys'][0]['id']}{path}", {"name": "x"}, who=ben)[0] == 404

"""Policies through both versions of the API: shapes, rules, conflicts, ETags, who may what."""

from typing import Any

import pytest

from kyok.domain.authorizations import authorization, policy_body
from kyok.domain.roles import READER, VIEWER
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS
from tests.cloud_parts import Parts

UUID_LENGTH = 36


def body(parts: Parts, version: Any = "v1", **more: Any) -> dict[str, Any]:
    return policy_body(authorization(parts.account_id, DBAAS_POSTGRESQL, HS_CRYPTO, **more), version)


def create(parts: Parts, version: str = "v1", expect: int = 201, **more: Any) -> tuple[Any, str]:
    status, made, headers = parts.send("POST", f"/{version}/policies", body(parts, version, **more))
    assert status == expect, made
    return made, headers.get("etag", "")


def listed(parts: Parts, query: str = "", version: str = "v1", **more: Any) -> list[Any]:
    status, answer, _ = parts.send(
        "GET", f"/{version}/policies?account_id={parts.account_id}&type=authorization{query}", **more
    )
    assert status == 200
    return list(answer["policies"])


def test_a_policy_comes_back_as_it_was_sent_with_its_history(parts: Parts) -> None:
    sent = body(parts, target_instance="g-1", description="for the ledger")
    made, etag = create(parts, target_instance="g-1", description="for the ledger")
    assert len(made["id"]) == UUID_LENGTH
    assert made["subjects"] == sent["subjects"]
    assert made["resources"] == sent["resources"]
    assert made["description"] == "for the ledger"
    assert made["roles"] == [{"role_id": READER.crn, "display_name": "Reader", "description": READER.description}]
    assert made["state"] == "active"
    assert made["created_at"] == "2026-11-23T17:45:00.000Z"
    assert made["created_by_id"] == made["last_modified_by_id"] == parts.identities.administrator_id
    assert made["href"].endswith(f"/v1/policies/{made['id']}")
    number, _, digits = etag.partition("-")
    assert (number, len(digits)) == ("1", 32)
    status, again, headers = parts.send("GET", f"/v1/policies/{made['id']}")
    assert (status, again, headers["etag"]) == (200, made, etag)
    event = parts.events(action="iam-am.policy.create")[0]
    assert event["target"]["id"].endswith(f":policy:{made['id']}")
    assert event["target"]["name"] == "PostgreSQL to HPCS"
    assert event["severity"] == "warning"


def test_the_order_of_attributes_is_kept_and_operators_are_echoed(parts: Parts) -> None:
    sent = body(parts)
    sent["resources"][0]["attributes"].reverse()
    sent["resources"][0]["attributes"][0]["operator"] = "stringEquals"
    sent["unknown"] = "dropped"
    status, made, _ = parts.send("POST", "/v1/policies", sent)
    assert status == 201
    assert made["resources"] == sent["resources"]
    assert "unknown" not in made


def test_each_version_shows_what_the_other_made(parts: Parts) -> None:
    first, _ = create(parts, "v1")
    second, _ = create(parts, "v2", target_instance="g-2")
    assert second["subject"] == body(parts, "v2")["subject"]
    assert second["control"]["grant"]["roles"] == [{"role_id": READER.crn}]
    assert {known["href"].rpartition("/")[0][-11:] for known in listed(parts)} == {"v1/policies", "v2/policies"}
    as_v1 = {known["id"]: known for known in listed(parts)}
    as_v2 = {known["id"]: known for known in listed(parts, version="v2")}
    assert as_v1[second["id"]]["resources"][0]["attributes"][-1] == {"name": "serviceInstance", "value": "g-2"}
    assert as_v2[first["id"]]["subject"]["attributes"][0] == {
        "key": "accountId",
        "operator": "stringEquals",
        "value": parts.account_id,
    }
    _, shown, _ = parts.send("GET", f"/v2/policies/{second['id']}?format=display")
    (role,) = shown["control"]["grant"]["roles"]
    assert role["display_name"] == "Reader"
    assert {"id": "hs-crypto.secrets.unwrap", "display_name": "hs-crypto.secrets.unwrap", "description": ""} in role[
        "actions"
    ]


@pytest.mark.parametrize(("first", "second"), [("v1", "v1"), ("v1", "v2"), ("v2", "v1")])
def test_a_duplicate_names_the_existing_policy(parts: Parts, first: str, second: str) -> None:
    made, etag = create(parts, first)
    answer, _ = create(parts, second, expect=409)
    (error,) = answer["errors"]
    assert answer["status_code"] == 409
    assert error["code"] == "policy_conflict_error"
    assert error["details"]["conflicts_with"]["etag"] == etag
    assert error["details"]["conflicts_with"]["policy"]["id"] == made["id"]
    assert "control" in error["details"]["conflicts_with"]["policy"]
    assert len(listed(parts)) == 1


def test_attributes_in_another_order_are_a_duplicate_and_another_instance_is_none(parts: Parts) -> None:
    create(parts)
    sent = body(parts)
    sent["subjects"][0]["attributes"].reverse()
    assert parts.send("POST", "/v1/policies", sent)[0] == 409
    create(parts, target_instance="g-1")
    create(parts, source_instance="g-2")


def test_removed_is_kept_can_be_restored_and_conflicts_with_its_successor(parts: Parts) -> None:
    made, _ = create(parts)
    path = f"/v1/policies/{made['id']}"
    assert parts.send("DELETE", path)[0] == 204
    assert listed(parts) == []
    assert [known["id"] for known in listed(parts, "&state=deleted")] == [made["id"]]
    status, gone, headers = parts.send("GET", path)
    assert (status, gone["state"]) == (200, "deleted")
    assert headers["etag"].startswith("2-")
    assert parts.send("DELETE", path)[0] == 404
    assert parts.send("PUT", path, body(parts), if_match=headers["etag"])[0] == 404
    assert parts.send("PATCH", path, {"state": "deleted"}, if_match=headers["etag"])[0] == 400
    status, back, headers = parts.send("PATCH", path, {"state": "active"}, if_match=headers["etag"])
    assert (status, back["state"]) == (200, "active")
    assert headers["etag"].startswith("3-")
    assert parts.send("PATCH", path, {"state": "active"}, if_match=headers["etag"])[0] == 200
    assert parts.events(action="iam-am.policy.delete", outcome="success")[0]["severity"] == "critical"
    assert parts.events(action="iam-am.policy.update", outcome="success")[0]["responseData"]["detail"] == "restored"
    parts.send("DELETE", path)
    create(parts)
    _, _, headers = parts.send("GET", path)
    assert parts.send("PATCH", path, {"state": "active"}, if_match=headers["etag"])[0] == 409


def test_changing_needs_the_etag_of_the_present_state(parts: Parts) -> None:
    made, etag = create(parts)
    path = f"/v1/policies/{made['id']}"
    changed = body(parts, description="changed")
    assert parts.send("PUT", path, changed)[0] == 412
    status, answer, _ = parts.send("PUT", path, changed, if_match="1-00000000000000000000000000000000")
    assert (status, answer["errors"][0]["code"]) == (412, "policy_conflict_error")
    status, after, headers = parts.send("PUT", path, changed, if_match=f'W/"{etag}"')
    assert (status, after["description"]) == (200, "changed")
    assert headers["etag"].startswith("2-")
    assert headers["etag"] != etag
    assert parts.send("PUT", path, changed, if_match=etag)[0] == 412
    access = {**changed, "type": "access"}
    access["subjects"] = [{"attributes": [{"name": "iam_id", "value": "IBMid-1"}]}]
    assert parts.send("PUT", path, access, if_match=headers["etag"])[0] == 400
    other, _ = create(parts, target_instance="g-1")
    _, _, tag = parts.send("GET", f"/v1/policies/{other['id']}")
    assert parts.send("PUT", f"/v1/policies/{other['id']}", body(parts), if_match=tag["etag"])[0] == 409


def without(name: str) -> Any:
    def change(sent: dict[str, Any]) -> None:
        side, _, attribute = name.partition(".")
        if not attribute:
            del sent[side]
            return
        entries = sent[side][0]["attributes"]
        sent[side][0]["attributes"] = [entry for entry in entries if entry["name"] != attribute]

    return change


def given(path: str, value: Any) -> Any:
    def change(sent: dict[str, Any]) -> None:
        side, _, attribute = path.partition(".")
        if not attribute:
            sent[side] = value
            return
        entries = sent[side][0]["attributes"]
        sent[side][0]["attributes"] = [entry for entry in entries if entry["name"] != attribute]
        sent[side][0]["attributes"].append({"name": attribute, "value": value})

    return change


IMPOSSIBLE = [
    without("type"),
    given("type", "something"),
    without("subjects"),
    given("subjects", []),
    given("subjects", "x"),
    given("subjects", [{"attributes": []}]),
    given("subjects", [{"attributes": "x"}]),
    given("subjects", [{"attributes": [{"value": "x"}]}]),
    given("subjects", [{"attributes": [{"name": "serviceName", "value": 7}]}]),
    given("subjects", [{"attributes": ["x"]}]),
    without("resources"),
    given("resources", [{"attributes": [{"name": "a", "value": "b"}]}] * 2),
    without("roles"),
    given("roles", []),
    given("roles", ["Reader"]),
    given("roles", [{"role_id": VIEWER.crn}]),
    given("roles", [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Nothing"}]),
    given("description", 7),
    given("description", "x" * 301),
    without("subjects.accountId"),
    without("resources.accountId"),
    without("subjects.serviceName"),
    given("resources.accountId", "0" * 32),
    given("resources.serviceName", "cloud-object-storage"),
    given("subjects.serviceName", "no-such-service"),
    given("subjects.serviceInstance", ""),
    given("subjects.serviceInstance", "x" * 1001),
    given("subjects.colour", "red"),
]


@pytest.mark.parametrize("change", IMPOSSIBLE)
def test_an_impossible_authorization_is_refused_with_a_sentence(parts: Parts, change: Any) -> None:
    sent = body(parts)
    change(sent)
    status, answer, _ = parts.send("POST", "/v1/policies", sent)
    assert status == 400
    assert answer["errors"][0]["code"] == "invalid_body"
    assert answer["errors"][0]["message"].endswith(".")
    assert listed(parts) == []


@pytest.mark.parametrize(
    "change",
    [
        {"subject": None},
        {"resource": {"attributes": []}},
        {"control": None},
        {"control": {"grant": []}},
        {"rule": {"key": "x"}},
        {"subject": {"attributes": [{"name": "serviceName", "value": "x"}]}},
    ],
)
def test_an_impossible_v2_body_is_refused(parts: Parts, change: dict[str, Any]) -> None:
    status, answer, _ = parts.send("POST", "/v2/policies", body(parts, "v2") | change)
    assert (status, answer["errors"][0]["code"]) == (400, "invalid_body")


@pytest.mark.parametrize("content", [b"{", b"[]"])
def test_a_body_that_is_no_object_is_refused(parts: Parts, content: bytes) -> None:
    status, answer, _ = parts.send("POST", "/v1/policies", content)
    assert (status, answer["errors"][0]["code"]) == (400, "invalid_body")


def access(parts: Parts, **more: Any) -> dict[str, Any]:
    return {
        "type": "access",
        "subjects": [{"attributes": [{"name": "iam_id", "value": "IBMid-77"}]}],
        "roles": [{"role_id": VIEWER.crn}],
        "resources": [
            {
                "attributes": [
                    {"name": "accountId", "value": parts.account_id, "operator": "stringEquals"},
                    {"name": "serviceType", "value": "service", "operator": "stringEquals"},
                ]
            }
        ],
    } | more


def test_access_policies_are_policies_too(parts: Parts) -> None:
    sent = access(parts)
    status, made, _ = parts.send("POST", "/v1/policies", sent)
    assert status == 201
    assert made["resources"] == sent["resources"]
    query = f"/v1/policies?account_id={parts.account_id}&iam_id=IBMid-77"
    _, found, _ = parts.send("GET", query)
    assert [known["id"] for known in found["policies"]] == [made["id"]]
    _, found, _ = parts.send("GET", f"{query}&type=authorization")
    assert found["policies"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": [{"attributes": [{"name": "access_group_id", "value": "AccessGroupId-1"}]}]},
        {"resources": [{"attributes": [{"name": "accountId", "value": "f" * 32}]}]},
        {"roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:Emperor"}]},
    ],
)
def test_an_impossible_access_policy_is_refused(parts: Parts, change: dict[str, Any]) -> None:
    assert parts.send("POST", "/v1/policies", access(parts, **change))[0] == 400


@pytest.mark.parametrize(
    "extra",
    [
        {"name": "colour", "value": "red"},
        {"name": "region", "value": "us-south", "operator": "like"},
        {"name": "region", "value": ""},
    ],
)
def test_an_impossible_attribute_of_an_access_policy_is_refused(parts: Parts, extra: dict[str, str]) -> None:
    sent = access(parts)
    sent["resources"][0]["attributes"].append(extra)
    assert parts.send("POST", "/v1/policies", sent)[0] == 400


# Lists --------------------------------------------------------------------------------------------------------------


def test_lists_filter_sort_and_page(parts: Parts) -> None:
    made = [create(parts, target_instance=f"g-{number}")[0]["id"] for number in range(3)]
    kms = policy_body(authorization(parts.account_id, DBAAS_POSTGRESQL, KMS))
    parts.send("POST", "/v1/policies", kms)
    assert len(listed(parts)) == 4
    assert len(listed(parts, "&service_name=kms", "v2")) == 1
    assert len(listed(parts, "&service_type=service")) == 4
    assert listed(parts, "&service_type=platform_service") == []
    assert listed(parts, "&access_group_id=AccessGroupId-1") == []
    assert [known["id"] for known in listed(parts, "&sort=-id")] == sorted(
        (known["id"] for known in listed(parts)), reverse=True
    )
    place = f"/v1/policies?account_id={parts.account_id}&type=authorization&sort=created_at&limit=3"
    _, first, _ = parts.send("GET", place)
    assert len(first["policies"]) == first["limit"] == 3
    _, second, _ = parts.send("GET", f"{place}&start={first['next']['start']}")
    assert "next" not in second
    found = [known["id"] for known in first["policies"] + second["policies"]]
    assert len(set(found)) == 4
    assert set(made) <= set(found)


@pytest.mark.parametrize("query", ["sort=colour", "limit=0", "limit=x", "start=-1", "limit=9999"])
def test_a_bad_filter_is_refused(parts: Parts, query: str) -> None:
    status, answer, _ = parts.send("GET", f"/v1/policies?account_id={parts.account_id}&{query}")
    assert (status, answer["errors"][0]["code"]) == (400, "invalid_query_parameter")


def test_a_list_needs_its_account_and_shows_no_other(parts: Parts) -> None:
    status, answer, _ = parts.send("GET", "/v1/policies")
    assert (status, answer["errors"][0]["code"]) == (400, "missing_required_query_parameter")
    _, answer, _ = parts.send("GET", f"/v1/policies?account_id={'0' * 32}")
    assert answer == {"policies": []}


# Who may ------------------------------------------------------------------------------------------------------------


def on_hpcs(*roles: str) -> list[dict[str, Any]]:
    return [{"role": role, "service": HS_CRYPTO} for role in roles]


@pytest.mark.parametrize(
    ("roles", "creates", "removes"),
    [
        ((), 403, 403),
        (("Viewer",), 403, 403),
        (("Reader",), 201, 403),
        (("Writer",), 201, 403),
        (("Manager",), 201, 403),
        (("Editor",), 403, 403),
        (("Administrator",), 201, 204),
    ],
)
def test_who_may_create_and_who_may_remove(parts: Parts, roles: tuple[str, ...], creates: int, removes: int) -> None:
    user = parts.seed_user("ben@acme.example", *on_hpcs(*roles))
    status, answer, _ = parts.send("POST", "/v1/policies", body(parts, target_instance="g-1"), who=user)
    assert status == creates
    if status == 403:
        assert answer["errors"][0]["code"] == "insufficent_permissions"
        assert parts.events()[0]["outcome"] == "failure"
    made, _ = create(parts)
    assert parts.send("DELETE", f"/v1/policies/{made['id']}", who=user)[0] == removes
    event = parts.events()[0]
    assert event["action"] == "iam-am.policy.delete"
    assert event["target"]["id"].endswith(made["id"])


def test_nobody_passes_on_access_of_users_but_an_administrator(parts: Parts) -> None:
    user = parts.seed_user("ben@acme.example", *on_hpcs("Manager", "Viewer"))
    assert parts.send("POST", "/v1/policies", access(parts), who=user)[0] == 403


SEVERAL = {
    "any of": ("stringEqualsAnyOf", ["g-1", "g-2"]),
    "matches any of": ("stringMatchAnyOf", ["g-1", "*"]),
    "a list": ("stringEquals", ["g-1", "g-2"]),
    "a pattern": ("stringMatch", "g-*"),
    "exists": ("stringExists", "true"),
}


def to_ben(parts: Parts) -> dict[str, Any]:
    """Access of a user to all HPCS instances, as a body of v2."""
    subject = {"attributes": [{"key": "iam_id", "operator": "stringEquals", "value": "IBMid-77"}]}
    return {**body(parts, "v2"), "type": "access", "subject": subject}


@pytest.mark.parametrize("scope", SEVERAL)
def test_an_administrator_of_one_instance_grants_nothing_on_others(parts: Parts, scope: str) -> None:
    operator, value = SEVERAL[scope]
    ben = parts.seed_user("ben@acme.example", {"role": "Administrator", "service": HS_CRYPTO, "instance": "g-1"})
    several = {"key": "serviceInstance", "operator": operator, "value": value}
    for sent in (body(parts, "v2"), to_ben(parts)):
        attributes = sent["resource"]["attributes"]
        sent["resource"]["attributes"] = [*attributes, {**several, "operator": "stringEquals", "value": "g-1"}]
        status, mine, headers = parts.send("POST", "/v2/policies", sent, who=ben)
        assert status == 201, mine
        sent["resource"]["attributes"] = [*attributes, several]
        assert parts.send("POST", "/v2/policies", sent, who=ben)[0] == 403
        place = f"/v2/policies/{mine['id']}"
        assert parts.send("PUT", place, sent, who=ben, if_match=headers["etag"])[0] == 403
        _, wide, _ = parts.send("POST", "/v2/policies", sent)
        assert parts.send("DELETE", f"/v2/policies/{wide['id']}", who=ben)[0] == 403


def test_an_administrator_of_one_service_grants_nothing_on_others(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", *on_hpcs("Administrator"))
    sent = to_ben(parts)
    assert parts.send("POST", "/v2/policies", sent, who=ben)[0] == 201
    sent["resource"]["attributes"][1] |= {"operator": "stringEqualsAnyOf", "value": [HS_CRYPTO, KMS]}
    assert parts.send("POST", "/v2/policies", sent, who=ben)[0] == 403


@pytest.mark.parametrize("role", ["Viewer", "Manager", "Administrator"])
def test_a_viewer_authorizes_for_no_service_that_is_not_named(parts: Parts, role: str) -> None:
    user = parts.seed_user("ben@acme.example", {"role": "Viewer"}, {"role": "Editor"}, {"role": "Manager"})
    sent = body(parts, "v2")
    sent["resource"]["attributes"] = sent["resource"]["attributes"][:1]
    kind = "serviceRole" if role == "Manager" else "role"
    sent["control"]["grant"]["roles"] = [{"role_id": f"crn:v1:bluemix:public:iam::::{kind}:{role}"}]
    assert parts.send("POST", "/v2/policies", sent, who=user)[0] == 403
    assert parts.send("POST", "/v2/policies", sent)[0] == 201


def test_who_may_not_read_sees_an_empty_list(parts: Parts) -> None:
    made, _ = create(parts)
    reader = parts.seed_user("ben@acme.example", *on_hpcs("Reader"))
    viewer = parts.seed_user("cleo@acme.example", *on_hpcs("Viewer"))
    assert listed(parts, who=reader) == []
    assert len(listed(parts, who=viewer)) == 1
    assert parts.send("GET", f"/v1/policies/{made['id']}", who=reader)[0] == 403


def test_another_account_sees_and_does_nothing(parts: Parts) -> None:
    made, _ = create(parts)
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    path = f"/v1/policies/{made['id']}"
    assert listed(parts, who=stranger) == []
    assert parts.send("GET", path, who=stranger)[0] == 404
    assert parts.send("DELETE", path, who=stranger)[0] == 404
    assert parts.send("POST", "/v1/policies", body(parts, target_instance="g-9"), who=stranger)[0] == 400
    assert len(listed(parts)) == 1


def test_an_instance_cannot_pass_its_access_on(parts: Parts) -> None:
    create(parts)
    from kyok.cloud.activity.events import Caller
    from kyok.domain.crn import Crn

    crn = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", parts.account_id, "g-0")
    agent = Caller(f"crn-{crn}", parts.account_id, "db", "service", crn)
    assert parts.send("POST", "/v1/policies", body(parts, target_instance="g-1"), who=agent)[0] == 403


# Roles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "service_roles", "system_roles"),
    [
        (f"service_name={HS_CRYPTO}&source_service_name={DBAAS_POSTGRESQL}&policy_type=authorization", ["Reader"], []),
        (f"service_name=kms&source_service_name={HS_CRYPTO}&policy_type=authorization", [], []),
        ("policy_type=authorization", [], []),
        ("", [], ["Viewer", "Operator", "Editor", "Administrator"]),
    ],
)
def test_roles_of_a_pair_and_of_no_pair(
    parts: Parts, query: str, service_roles: list[str], system_roles: list[str]
) -> None:
    status, answer, _ = parts.send("GET", f"/v2/roles?{query}")
    assert status == 200
    assert [role["display_name"] for role in answer["service_roles"]] == service_roles
    assert [role["display_name"] for role in answer["system_roles"]] == system_roles
    assert answer["custom_roles"] == []


def test_roles_of_a_service_have_their_actions(parts: Parts) -> None:
    _, answer, _ = parts.send("GET", f"/v2/roles?service_name={HS_CRYPTO}")
    roles = {role["display_name"]: role for role in answer["service_roles"]}
    assert "hs-crypto.secrets.unwrap" in roles["Reader"]["actions"]
    assert roles["Reader"]["crn"] == READER.crn
    assert parts.send("GET", "/v2/roles?service_name=kms&service_group_id=IAM")[0] == 400
    status, answer, _ = parts.send("POST", "/v2/roles", {"name": "X"})
    assert status == 501

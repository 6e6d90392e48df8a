from typing import Any

import pytest

from kyok.domain import roles
from kyok.domain.authorizations import (
    Attribute,
    AuthorizationPolicy,
    KeyUser,
    Scopes,
    authorization,
    covers,
    dependents,
    facts_of,
    grants,
    grants_some_key,
    lets_use_keys,
    pair_problem,
    parse_policy,
    policy_body,
    policy_problem,
    same_grant,
    scoped_authorization,
    scopes_of,
    users_of,
    within,
)
from kyok.domain.crn import Crn

A, B = "a" * 32, "b" * 32
HPCS, OTHER, DB1, DB2 = ("1" * 8, "2" * 8, "3" * 8, "4" * 8)
READER = roles.READER.crn
POSTGRESQL = "hyperp-dbaas-postgresql"


def hpcs(guid: str = HPCS) -> Crn:
    return Crn.of_instance("hs-crypto", "us-south", A, guid)


def database(guid: str = DB1, account: str = A) -> Crn:
    return Crn.of_instance(POSTGRESQL, "us-south", account, guid)


def policy(identity: str = "p1", **more: Any) -> AuthorizationPolicy:
    made = authorization(A, POSTGRESQL, "hs-crypto", target_instance=more.pop("target_instance", HPCS), **more)
    return parse_policy({**policy_body(made), "id": identity})


V1 = {
    "type": "authorization",
    "subjects": [
        {"attributes": [{"name": "accountId", "value": A}, {"name": "serviceName", "value": POSTGRESQL}]},
    ],
    "roles": [{"role_id": READER}],
    "resources": [
        {
            "attributes": [
                {"name": "accountId", "value": A},
                {"name": "serviceName", "value": "hs-crypto"},
                {"name": "serviceInstance", "value": HPCS},
            ]
        }
    ],
}
V2 = {
    "type": "authorization",
    "subject": {
        "attributes": [
            {"key": "serviceName", "operator": "stringEquals", "value": POSTGRESQL},
            {"key": "accountId", "operator": "stringEquals", "value": A},
        ]
    },
    "control": {"grant": {"roles": [{"role_id": READER}]}},
    "resource": {
        "attributes": [
            {"key": "serviceInstance", "operator": "stringEquals", "value": HPCS},
            {"key": "serviceName", "operator": "stringEquals", "value": "hs-crypto"},
            {"key": "accountId", "operator": "stringEquals", "value": A},
        ]
    },
}


def test_the_wizard_sends_the_request_of_mock_up_09() -> None:
    assert policy_body(authorization(A, POSTGRESQL, "hs-crypto", target_instance=HPCS)) == V1


def test_both_versions_mean_the_same() -> None:
    old, new = parse_policy(V1), parse_policy(V2)
    assert (old.version, new.version) == ("v1", "v2")
    assert same_grant(old, new)
    assert new.source_service == POSTGRESQL
    assert (old.target_service, old.target_instance, old.account, old.source_account) == ("hs-crypto", HPCS, A, A)
    assert old.source_instance == ""
    assert old.role_names == ("Reader",)
    assert policy_body(new, "v2") == {**V2, "control": V2["control"]}


def test_the_order_of_attributes_is_kept() -> None:
    assert [entry.name for entry in parse_policy(V2).resource] == ["serviceInstance", "serviceName", "accountId"]


def test_administrative_members() -> None:
    found = parse_policy(
        {
            **V1,
            "id": "x",
            "state": "deleted",
            "created_at": "2026-09-12T10:00:00.000Z",
            "created_by_id": "IBMid-1",
            "last_modified_at": "2026-09-13T10:00:00.000Z",
            "last_modified_by_id": "IBMid-2",
            "description": "for the ledger",
        }
    )
    assert not found.active
    assert (found.created_by, found.modified_by) == ("IBMid-1", "IBMid-2")
    assert policy_body(found)["description"] == "for the ledger"


@pytest.mark.parametrize("body", [{}, {"subjects": "x", "roles": 1}, {"subject": [], "control": []}, {"subjects": []}])
def test_shapeless_bodies_become_empty_policies(body: dict[str, Any]) -> None:
    assert policy_problem(parse_policy({"type": "authorization", **body}), A)


@pytest.mark.parametrize(
    ("source", "target", "covered"),
    [
        (database(), hpcs(), True),
        (database(DB2), hpcs(), True),
        (database(), hpcs(OTHER), False),
        (database(account=B), hpcs(), False),
        (Crn.of_instance("cloud-object-storage", "global", A, DB1), hpcs(), False),
        (database(), hpcs().with_resource("key", "k1"), True),
        (database(), Crn.of_instance("kms", "us-south", A, HPCS), False),
    ],
)
def test_what_a_policy_covers(source: Crn, target: Crn, covered: bool) -> None:
    assert covers(policy(), source, target) == covered


def test_one_instance_only() -> None:
    one = policy(source_instance=DB1)
    assert covers(one, database(DB1), hpcs())
    assert not covers(one, database(DB2), hpcs())


def test_the_crn_instead_of_the_guid_never_matches() -> None:
    assert not covers(policy(target_instance=str(hpcs())), database(), hpcs())


def test_deleted_policies_and_access_policies_cover_nothing() -> None:
    assert not covers(parse_policy({**V1, "state": "deleted"}), database(), hpcs())
    assert not covers(parse_policy({**V1, "type": "access"}), database(), hpcs())
    assert not covers(parse_policy({"type": "authorization"}), database(), hpcs())


def test_resource_groups_and_key_rings_come_from_the_caller() -> None:
    body = {
        **V1,
        "subjects": [{"attributes": [{"name": "accountId", "value": A}, {"name": "resourceGroupId", "value": "g1"}]}],
    }
    grouped = parse_policy(body)
    assert covers(grouped, facts_of(database(), resource_group="g1"), hpcs())
    assert not covers(grouped, facts_of(database(), resource_group="g2"), hpcs())
    assert not covers(grouped, database(), hpcs())
    assert facts_of(hpcs(), key_ring="ledger")["keyRing"] == "ledger"


@pytest.mark.parametrize(
    ("operator", "values", "actual", "matches"),
    [
        ("stringEquals", ("abc",), "abc", True),
        ("stringEquals", ("a*",), "abc", False),
        ("stringMatch", ("a*",), "abc", True),
        ("stringMatch", ("a?c",), "abc", True),
        ("stringMatch", ("a?",), "abc", False),
        ("stringMatch", ("[a]*",), "abc", False),
        ("stringEqualsAnyOf", ("x", "abc"), "abc", True),
        ("stringMatchAnyOf", ("x*", "ab*"), "abc", True),
        ("stringExists", ("true",), "abc", True),
        ("stringExists", ("true",), "", False),
        ("stringExists", ("false",), "", True),
        ("stringEquals", ("",), "", False),
    ],
)
def test_operators(operator: str, values: tuple[str, ...], actual: str, matches: bool) -> None:
    assert Attribute("resource", values, operator).matches({"resource": actual}) == matches


def test_several_values_travel_in_v2() -> None:
    body = {"key": "serviceInstance", "operator": "stringEqualsAnyOf", "value": ["x", HPCS]}
    attributes = [*V2["resource"]["attributes"][1:], body]  # type: ignore[index]
    found = parse_policy({**V2, "resource": {"attributes": attributes}})
    assert covers(found, database(), hpcs())
    assert policy_body(found, "v2")["resource"]["attributes"][-1] == body
    exists = {"key": "resource", "operator": "stringExists", "value": True}
    assert parse_policy({**V2, "resource": {"attributes": [exists]}}).resource[0].value == "true"


def test_reader_grants_unwrap_but_not_delete() -> None:
    assert grants(policy(), "hs-crypto.secrets.unwrap", database(), hpcs())
    assert grants(policy(), "hs-crypto.secrets.unwrap", database(), facts_of(hpcs()))
    assert not grants(policy(), "hs-crypto.secrets.delete", database(), hpcs())
    assert not grants(policy(), "hs-crypto.secrets.unwrap", database(), hpcs(OTHER))


def test_duplicates_have_the_same_sides_whatever_the_roles() -> None:
    assert same_grant(policy(), policy(role_crns=(roles.WRITER.crn,)))
    assert not same_grant(policy(), policy(source_instance=DB1))
    assert not same_grant(policy(), policy(target_instance=OTHER))
    assert not same_grant(policy(), parse_policy({**V1, "type": "access"}))


def test_a_narrower_authorization_adds_nothing_to_a_wider_one() -> None:
    assert within(policy(source_instance=DB1), policy())
    assert not within(policy(), policy(source_instance=DB1))
    assert not within(policy(target_instance=OTHER), policy())
    assert not within(policy(role_crns=(READER, roles.WRITER.crn)), policy())


LEDGER = KeyUser(database(DB1), "ledger-db", hpcs(), "k1")
PAYMENTS = KeyUser(database(DB2), "payments-db", hpcs(), "k2")
ELSEWHERE = KeyUser(database("5" * 8), "cards-db", hpcs(OTHER), "k3")


def test_who_depends_on_an_authorization() -> None:
    everyone, one = policy("p1"), policy("p2", source_instance=DB1)
    users = [LEDGER, PAYMENTS, ELSEWHERE]
    assert users_of(everyone, users) == (LEDGER, PAYMENTS)
    assert dependents(everyone, [everyone], users) == (LEDGER, PAYMENTS)
    assert dependents(everyone, [everyone, one], users) == (PAYMENTS,)
    assert dependents(one, [everyone, one], users) == ()
    deleted = parse_policy({**policy_body(one), "id": "p2", "state": "deleted"})
    assert dependents(everyone, [everyone, deleted], users) == (LEDGER, PAYMENTS)


def test_a_policy_for_one_key() -> None:
    made = authorization(A, POSTGRESQL, "hs-crypto", target_instance=HPCS)
    keyed = AuthorizationPolicy(
        "p3",
        made.type,
        made.subject,
        (*made.resource, Attribute("resourceType", ("key",)), Attribute("resource", ("k1",))),
        made.roles,
    )
    assert lets_use_keys(keyed, LEDGER)
    assert not lets_use_keys(keyed, PAYMENTS)


@pytest.mark.parametrize(
    ("scopes", "covered"),
    [
        (Scopes(), True),
        (Scopes(source_group="g-db", target_instance=HPCS), True),
        (Scopes(source_group="g-other"), False),
        (Scopes(target_group="g-kms"), True),
        (Scopes(target_group="g-other"), False),
        (Scopes(target_instance=HPCS, key_ring="payments"), True),
        (Scopes(target_instance=HPCS, key_ring="default"), False),
        (Scopes(target_instance=HPCS, key="k1"), True),
        (Scopes(target_instance=HPCS, key="k2"), False),
    ],
)
def test_scopes_say_who_is_covered_and_are_read_back(scopes: Scopes, covered: bool) -> None:
    made = scoped_authorization(A, POSTGRESQL, "hs-crypto", scopes)
    user = KeyUser(database(DB1), "ledger-db", hpcs(), "k1", "g-db", "g-kms", "payments")
    assert lets_use_keys(made, user) == covered
    assert scopes_of(made) == scopes
    assert scopes_of(parse_policy(policy_body(made, "v2"))) == scopes


def test_some_key_of_an_instance() -> None:
    unwrap = "hs-crypto.secrets.unwrap"
    for scopes in (Scopes(), Scopes(target_instance=HPCS, key="k1"), Scopes(target_instance=HPCS, key_ring="payments")):
        made = scoped_authorization(A, POSTGRESQL, "hs-crypto", scopes)
        assert grants_some_key(made, unwrap, database(), facts_of(hpcs()))
        assert grants_some_key(made, unwrap, database(), facts_of(hpcs(OTHER))) == (not scopes.target_instance)
    bucket = Attribute("resourceType", ("bucket",))
    made = authorization(A, POSTGRESQL, "hs-crypto")
    odd = AuthorizationPolicy("p5", made.type, made.subject, (*made.resource, bucket), made.roles)
    assert not grants_some_key(odd, unwrap, database(), facts_of(hpcs()))


@pytest.mark.parametrize(
    "attribute",
    [
        Attribute("region", ("us-south",)),
        Attribute("serviceInstance", ("a*",), "stringMatch"),
        Attribute("resourceType", ("bucket",)),
    ],
)
def test_what_scopes_cannot_say_is_not_read_as_less(attribute: Attribute) -> None:
    made = authorization(A, POSTGRESQL, "hs-crypto")
    narrowed = AuthorizationPolicy("p4", made.type, made.subject, (*made.resource, attribute), made.roles)
    assert scopes_of(narrowed) is None


def changed(**sides: Any) -> AuthorizationPolicy:
    return parse_policy({**V1, **sides})


def side(**attributes: str) -> list[dict[str, Any]]:
    return [{"attributes": [{"name": name, "value": value} for name, value in attributes.items()]}]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (changed(type="access"), "type"),
        (changed(subjects=side(serviceName=POSTGRESQL)), "subject needs an accountId"),
        (changed(resources=side(serviceName="hs-crypto")), "resource needs an accountId"),
        (changed(resources=side(accountId=B, serviceName="hs-crypto")), "account in which"),
        (changed(subjects=side(accountId=A)), "serviceName or a resourceGroupId"),
        (
            changed(
                subjects=side(accountId=A, serviceName=POSTGRESQL, serviceInstance=DB1, resourceGroupId="g"),
            ),
            "contradict",
        ),
        (changed(subjects=side(accountId=A, serviceName="kms")), "no role for this pair"),
        (changed(roles=[]), "at least one role"),
        (changed(roles=[{"role_id": roles.MANAGER.crn}]), "Manager is not offered"),
        (changed(subjects=side(accountId=A, serviceName="x" * 1001)), "1 to 1000"),
        (changed(subjects=side(accountId=A, serviceName="")), "1 to 1000"),
        (changed(subjects=side(accountId=A, colour="red")), "cannot be used"),
        (changed(subjects=side(accountId=A) + side(accountId=A)), "exactly one"),
        (
            changed(resources=[{"attributes": [{"name": "accountId", "value": A, "operator": "near"}]}]),
            "operator",
        ),
        (
            changed(subjects=[{"attributes": [{"name": "accountId", "value": A}, {"name": "accountId", "value": A}]}]),
            "twice",
        ),
    ],
)
def test_impossible_authorizations(policy: AuthorizationPolicy, words: str) -> None:
    problem = policy_problem(policy, A)
    assert problem is not None
    assert words in problem


def test_possible_authorizations() -> None:
    assert policy_problem(parse_policy(V1), A) is None
    assert policy_problem(parse_policy(V2), A) is None
    assert policy_problem(changed(subjects=side(accountId=B, serviceName=POSTGRESQL)), A) is None
    assert policy_problem(changed(subjects=side(accountId=A, resourceGroupId="g1")), A) is None


def test_pairs() -> None:
    assert pair_problem(POSTGRESQL, "kms") is None
    assert pair_problem("hs-crypto", POSTGRESQL) == (
        "Hyper Protect Crypto Services cannot be authorized to use Hyper Protect DBaaS for PostgreSQL: "
        "there is no role for this pair."
    )


def test_an_operator_other_than_equals_travels_in_v1_too() -> None:
    found = parse_policy(
        {**V1, "resources": [{"attributes": [{"name": "resource", "value": "a*", "operator": "stringMatch"}]}]}
    )
    assert policy_body(found)["resources"][0]["attributes"][0]["operator"] == "stringMatch"

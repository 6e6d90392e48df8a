"""IBM's SDK for IAM, unmodified, as a client: tokens, API keys, policies of both versions, roles."""

from typing import Any

import jwt
import pytest
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator, IAMAuthenticator
from ibm_platform_services import IamIdentityV1, IamPolicyManagementV1, UserManagementV1
from ibm_platform_services.iam_policy_management_v1 import (
    Control,
    Grant,
    PoliciesPager,
    PolicyResource,
    PolicyRole,
    PolicySubject,
    ResourceAttribute,
    Roles,
    SubjectAttribute,
    V2PoliciesPager,
    V2PolicyResource,
    V2PolicyResourceAttribute,
    V2PolicySubject,
    V2PolicySubjectAttribute,
)

from kyok.cloud.iam.bootstrap import EMAIL
from kyok.domain.roles import READER
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS
from tests.served import ServedProcess


@pytest.fixture
def authenticator(served: ServedProcess) -> IAMAuthenticator:
    return IAMAuthenticator(served.api_key, url=served.url)


@pytest.fixture
def policies(served: ServedProcess, authenticator: IAMAuthenticator) -> IamPolicyManagementV1:
    return service(IamPolicyManagementV1, served, authenticator)


def service(kind: Any, served: ServedProcess, authenticator: Any) -> Any:
    made = kind(authenticator=authenticator)
    made.set_service_url(served.url)
    return made


def subject(account: str) -> PolicySubject:
    values = {"accountId": account, "serviceName": DBAAS_POSTGRESQL}
    return PolicySubject(attributes=[SubjectAttribute(name=name, value=value) for name, value in values.items()])


def resource(account: str, target: str = HS_CRYPTO, guid: str = "") -> PolicyResource:
    values = {"accountId": account, "serviceName": target} | ({"serviceInstance": guid} if guid else {})
    return PolicyResource(
        attributes=[
            ResourceAttribute(name=name, value=value, operator="stringEquals") for name, value in values.items()
        ]
    )


def authorize(policies: IamPolicyManagementV1, account: str, guid: str) -> Any:
    return policies.create_policy(
        type="authorization",
        subjects=[subject(account)],
        roles=[PolicyRole(role_id=READER.crn)],
        resources=[resource(account, guid=guid)],
    )


def test_the_authenticator_gets_a_token(served: ServedProcess, authenticator: IAMAuthenticator) -> None:
    token = authenticator.token_manager.get_token()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["account"]["bss"] == served.account_id
    assert claims["exp"] - claims["iat"] == 3600


def test_a_wrong_api_key_is_an_error_of_the_sdk(served: ServedProcess) -> None:
    with pytest.raises(ApiException) as caught:
        IAMAuthenticator("wrong-key-0123456789", url=served.url).token_manager.get_token()
    assert caught.value.status_code == 400
    assert "could not be found" in str(caught.value.message)


def test_a_bad_token_is_an_error_of_the_sdk(served: ServedProcess) -> None:
    client = service(IamPolicyManagementV1, served, BearerTokenAuthenticator("not.a.token"))
    with pytest.raises(ApiException) as caught:
        client.list_policies(account_id=served.account_id)
    assert caught.value.status_code == 401


def test_policies_of_version_1(served: ServedProcess, policies: IamPolicyManagementV1) -> None:
    account = served.account_id
    answer = authorize(policies, account, "guid-v1")
    made = answer.get_result()
    assert answer.get_status_code() == 201
    assert made["subjects"][0] == subject(account).to_dict()
    assert made["resources"][0] == resource(account, guid="guid-v1").to_dict()
    got = policies.get_policy(made["id"])
    assert got.get_result() == made
    etag = got.get_headers()["ETag"]
    assert etag == answer.get_headers()["ETag"]
    listed = policies.list_policies(account_id=account, type="authorization").get_result()["policies"]
    assert made["id"] in {known["id"] for known in listed}
    changed = policies.replace_policy(
        made["id"],
        etag,
        type="authorization",
        subjects=[subject(account)],
        roles=[PolicyRole(role_id=READER.crn)],
        resources=[resource(account, guid="guid-v1")],
        description="changed",
    )
    assert changed.get_result()["description"] == "changed"
    with pytest.raises(ApiException) as stale:
        policies.replace_policy(
            made["id"],
            etag,
            type="authorization",
            subjects=[subject(account)],
            roles=[PolicyRole(role_id=READER.crn)],
            resources=[resource(account, guid="guid-v1")],
        )
    assert stale.value.status_code == 412
    assert policies.delete_policy(made["id"]).get_status_code() == 204
    gone = policies.get_policy(made["id"])
    assert gone.get_result()["state"] == "deleted"
    back = policies.update_policy_state(made["id"], gone.get_headers()["ETag"], state="active")
    assert back.get_result()["state"] == "active"


@pytest.mark.parametrize("side", ["source", "target"])
def test_scopes_are_kept_as_they_were_sent(served: ServedProcess, policies: IamPolicyManagementV1, side: str) -> None:
    account = served.account_id
    source, target = subject(account), resource(account, guid="" if side == "target" else "guid-scoped")
    if side == "source":
        source.attributes.append(SubjectAttribute(name="resourceGroupId", value="group-1"))
        scopes = {"keyRing": "payments", "resourceType": "key", "resource": "key-1"}
    else:
        scopes = {"resourceGroupId": "group-1"}
    target.attributes += [
        ResourceAttribute(name=name, value=value, operator="stringEquals") for name, value in scopes.items()
    ]
    made = policies.create_policy(
        type="authorization", subjects=[source], roles=[PolicyRole(role_id=READER.crn)], resources=[target]
    ).get_result()
    assert made["subjects"][0] == source.to_dict()
    assert made["resources"][0] == target.to_dict()
    listed = policies.list_policies(account_id=account, type="authorization").get_result()["policies"]
    assert made["id"] in {known["id"] for known in listed}
    policies.delete_policy(made["id"])


def test_what_was_granted_again_cannot_be_restored_beside_it(
    served: ServedProcess, policies: IamPolicyManagementV1
) -> None:
    first = authorize(policies, served.account_id, "guid-again").get_result()
    policies.delete_policy(first["id"])
    second = authorize(policies, served.account_id, "guid-again").get_result()
    etag = policies.get_policy(first["id"]).get_headers()["ETag"]
    with pytest.raises(ApiException) as caught:
        policies.update_policy_state(first["id"], etag, state="active")
    assert caught.value.status_code == 409
    details = caught.value.http_response.json()["errors"][0]["details"]
    assert details["conflicts_with"]["policy"]["id"] == second["id"]
    removed = policies.list_policies(account_id=served.account_id, state="deleted").get_result()["policies"]
    assert first["id"] in {known["id"] for known in removed}


def test_a_duplicate_is_the_conflict_that_scripts_look_for(
    served: ServedProcess, policies: IamPolicyManagementV1
) -> None:
    first = authorize(policies, served.account_id, "guid-twice").get_result()
    with pytest.raises(ApiException) as caught:
        authorize(policies, served.account_id, "guid-twice")
    assert caught.value.status_code == 409
    body = caught.value.http_response.json()
    assert body["errors"][0]["code"] == "policy_conflict_error"
    assert body["errors"][0]["details"]["conflicts_with"]["policy"]["id"] == first["id"]
    assert body["trace"] == caught.value.http_response.headers["transaction-id"]


def test_an_unsupported_pair_is_refused(served: ServedProcess, policies: IamPolicyManagementV1) -> None:
    with pytest.raises(ApiException) as caught:
        policies.create_policy(
            type="authorization",
            subjects=[subject(served.account_id)],
            roles=[PolicyRole(role_id=READER.crn)],
            resources=[resource(served.account_id, "cloud-object-storage")],
        )
    assert caught.value.status_code == 400
    assert caught.value.http_response.json()["errors"][0]["code"] == "invalid_body"


def test_policies_of_version_2(served: ServedProcess, policies: IamPolicyManagementV1) -> None:
    account = served.account_id
    wanted: dict[str, Any] = {
        "type": "authorization",
        "subject": V2PolicySubject(
            attributes=[
                V2PolicySubjectAttribute(key="serviceName", operator="stringEquals", value=DBAAS_POSTGRESQL),
                V2PolicySubjectAttribute(key="accountId", operator="stringEquals", value=account),
            ]
        ),
        "resource": V2PolicyResource(
            attributes=[
                V2PolicyResourceAttribute(key="serviceName", operator="stringEquals", value=KMS),
                V2PolicyResourceAttribute(key="accountId", operator="stringEquals", value=account),
            ]
        ),
        "control": Control(grant=Grant(roles=[Roles(role_id=READER.crn)])),
    }
    answer = policies.create_v2_policy(**wanted)
    made = answer.get_result()
    assert made["subject"] == wanted["subject"].to_dict()
    assert made["control"] == wanted["control"].to_dict()
    changed = policies.replace_v2_policy(made["id"], answer.get_headers()["ETag"], description="two", **wanted)
    assert changed.get_result()["description"] == "two"
    found = policies.list_v2_policies(account_id=account, service_name=KMS, type="authorization").get_result()
    assert [known["id"] for known in found["policies"]] == [made["id"]]
    shown = policies.get_v2_policy(made["id"], format="display").get_result()
    assert shown["control"]["grant"]["roles"][0]["display_name"] == "Reader"
    assert policies.delete_v2_policy(made["id"]).get_status_code() == 204


def test_the_pagers_walk_every_page(served: ServedProcess, policies: IamPolicyManagementV1) -> None:
    made = {authorize(policies, served.account_id, f"page-{number}").get_result()["id"] for number in range(5)}
    for pager in (PoliciesPager, V2PoliciesPager):
        found = pager(client=policies, account_id=served.account_id, limit=2).get_all()
        ids = [known["id"] for known in found]
        assert made <= set(ids)
        assert len(ids) == len(set(ids))


def test_roles_of_a_pair(policies: IamPolicyManagementV1) -> None:
    answer = policies.list_roles(
        service_name=HS_CRYPTO, source_service_name=DBAAS_POSTGRESQL, policy_type="authorization"
    ).get_result()
    assert [role["display_name"] for role in answer["service_roles"]] == ["Reader"]
    nothing = policies.list_roles(
        service_name="cloud-object-storage", source_service_name=HS_CRYPTO, policy_type="authorization"
    ).get_result()
    assert nothing == {"custom_roles": [], "service_roles": [], "system_roles": []}


def test_api_keys(served: ServedProcess, authenticator: IAMAuthenticator) -> None:
    identity = service(IamIdentityV1, served, authenticator)
    mine = identity.get_api_keys_details(iam_api_key=served.api_key).get_result()
    assert mine["account_id"] == served.account_id
    made = identity.create_api_key(name="for a script", iam_id=mine["iam_id"]).get_result()
    assert IAMAuthenticator(made["apikey"], url=served.url).token_manager.get_token()
    listed = identity.list_api_keys(account_id=served.account_id, iam_id=mine["iam_id"]).get_result()["apikeys"]
    assert {key["id"] for key in listed} == {mine["id"], made["id"]}
    assert "apikey" not in identity.get_api_key(made["id"]).get_result()
    assert identity.delete_api_key(made["id"]).get_status_code() == 204
    with pytest.raises(ApiException) as caught:
        identity.get_api_key(made["id"])
    assert caught.value.status_code == 404


def test_users(served: ServedProcess, authenticator: IAMAuthenticator) -> None:
    users = service(UserManagementV1, served, authenticator)
    answer = users.list_users(account_id=served.account_id).get_result()
    assert [user["email"] for user in answer["resources"]] == [EMAIL]

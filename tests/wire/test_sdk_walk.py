"""IBM's published Python SDKs, unmodified, do steps 1 to 3 of the walk against `kyok serve`."""

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from ibm_platform_services import IamPolicyManagementV1, ResourceControllerV2, ResourceManagerV2
from ibm_platform_services.iam_policy_management_v1 import (
    PolicyResource,
    PolicyRole,
    PolicySubject,
    ResourceAttribute,
    SubjectAttribute,
)
from keyprotect import IbmKeyProtectApiV2

from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, service
from tests.e2e.walk import KEY_TYPE, PASSWORD
from tests.served import ServedProcess


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedProcess]:
    process = ServedProcess(tmp_path / "home").start()
    yield process
    assert process.stop() == 0


class Sdk:
    """The three SDK clients a person would make."""

    def __init__(self, served: ServedProcess) -> None:
        authenticator = IAMAuthenticator(served.api_key, url=served.url)
        self.account = served.account_id
        self.controller = ResourceControllerV2(authenticator=authenticator)
        self.manager = ResourceManagerV2(authenticator=authenticator)
        self.policies = IamPolicyManagementV1(authenticator=authenticator)
        self.keys = IbmKeyProtectApiV2(authenticator=authenticator)
        for client in (self.controller, self.manager, self.policies, self.keys):
            client.set_service_url(served.url)

    def create(self, name: str, service_name: str, parameters: dict[str, Any]) -> dict[str, Any]:
        group = self.manager.list_resource_groups(account_id=self.account, default=True).get_result()["resources"][0]
        found = service(service_name)
        assert found is not None
        made: dict[str, Any] = self.controller.create_resource_instance(
            name=name,
            target="us-south",
            resource_group=group["id"],
            resource_plan_id=found.plans[0].id,
            parameters=parameters,
        ).get_result()
        return made

    def authorize(self, hpcs: str) -> dict[str, Any]:
        subject = [
            SubjectAttribute(name="accountId", value=self.account),
            SubjectAttribute(name="serviceName", value=DBAAS_POSTGRESQL),
        ]
        resource = [
            ResourceAttribute(name="accountId", value=self.account),
            ResourceAttribute(name="serviceName", value=HS_CRYPTO),
            ResourceAttribute(name="serviceInstance", value=hpcs),
        ]
        made: dict[str, Any] = self.policies.create_policy(
            type="authorization",
            subjects=[PolicySubject(attributes=subject)],
            roles=[PolicyRole(role_id="crn:v1:bluemix:public:iam::::serviceRole:Reader")],
            resources=[PolicyResource(attributes=resource)],
        ).get_result()
        return made


def key_body(name: str, payload: bytes | None = None) -> io.BytesIO:
    key: dict[str, Any] = {"type": KEY_TYPE, "name": name, "extractable": False}
    if payload is not None:
        key["payload"] = base64.b64encode(payload).decode()
    body = {"metadata": {"collectionType": KEY_TYPE, "collectionTotal": 1}, "resources": [key]}
    return io.BytesIO(json.dumps(body).encode())


def test_the_walk_with_ibms_sdks(served: ServedProcess) -> None:
    sdk, rest = Sdk(served), served.rest()

    # 1. A Hyper Protect Crypto Services instance, its crypto units, a root key.
    hpcs = sdk.create("sdk-hpcs", HS_CRYPTO, {"units": 2})
    assert hpcs["state"] == "active"
    assert hpcs["id"] == hpcs["crn"]
    with pytest.raises(ApiException) as refused:
        sdk.keys.create_key(hpcs["guid"], key_body("too-early"))
    assert refused.value.status_code == 400
    assert "CKR_IBM_WK_NOT_INITIALIZED" in refused.value.http_response.text
    ceremony = {"signature_threshold": 1, "revocation_threshold": 1, "administrators": ["anna@acme.example"]}
    rest.json("POST", f"/tke/v1/instances/{hpcs['guid']}/auto-init", ceremony)
    made = sdk.keys.create_key(hpcs["guid"], key_body("sdk-root")).get_result().json()["resources"][0]
    imported = sdk.keys.create_key(hpcs["guid"], key_body("sdk-imported", b"0123456789abcdef")).get_result().json()
    assert imported["resources"][0]["imported"] is True
    listed = sdk.keys.get_keys(hpcs["guid"]).get_result().json()["resources"]
    assert {key["name"] for key in listed} == {"sdk-root", "sdk-imported"}

    # 2. The authorization; a second one like it is a conflict that names the first.
    policy = sdk.authorize(hpcs["guid"])
    assert policy["state"] == "active"
    with pytest.raises(ApiException) as conflict:
        sdk.authorize(hpcs["guid"])
    assert conflict.value.status_code == 409
    assert policy["id"] in conflict.value.http_response.text

    # 3. The database instance under that key.
    parameters = {
        "name": "cluster01",
        "admin_name": "admin",
        "password": PASSWORD,
        "confirm_password": PASSWORD,
        "cpu": 1,
        "memory": "2GiB",
        "storage": "5GiB",
        "kms_instance": hpcs["crn"],
        "kms_key": made["id"],
    }
    database = sdk.create("sdk-db", DBAAS_POSTGRESQL, parameters)

    def active() -> Any:
        found = sdk.controller.get_resource_instance(database["guid"]).get_result()
        assert found["state"] != "failed", found["last_operation"]
        return found if found["state"] == "active" else None

    instance = rest.wait("the instance", active)
    assert PASSWORD not in str(instance)
    cluster = rest.json("GET", f"/api/v3/{served.account_id}/clusters/{database['guid']}")
    assert [node["node_state"] for node in cluster["nodes"]] == ["RUNNING"] * 3
    assert cluster["external_key"] == {"kms_instance": hpcs["crn"], "kms_key": made["id"]}
    registrations = sdk.keys.get_registrations(made["id"], hpcs["guid"]).get_result().json()["resources"]
    assert [entry["resourceCrn"] for entry in registrations] == [database["crn"]]

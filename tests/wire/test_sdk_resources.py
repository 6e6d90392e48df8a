"""IBM's SDKs for the resource controller, the resource manager and the catalog, unmodified, as clients."""

from typing import Any

import pytest
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from ibm_platform_services import GlobalCatalogV1, GlobalTaggingV1, ResourceControllerV2, ResourceManagerV2
from ibm_platform_services.global_tagging_v1 import Resource
from ibm_platform_services.resource_controller_v2 import ResourceInstancesPager

from kyok.domain.services import KMS, service
from tests.served import ServedProcess


class Clients:
    """The SDK clients a person would make."""

    def __init__(self, served: ServedProcess) -> None:
        authenticator = IAMAuthenticator(served.api_key, url=served.url)
        self.account = served.account_id
        self.controller = ResourceControllerV2(authenticator=authenticator)
        self.manager = ResourceManagerV2(authenticator=authenticator)
        self.catalog = GlobalCatalogV1(authenticator=authenticator)
        self.tagging = GlobalTaggingV1(authenticator=authenticator)
        for client in (self.controller, self.manager, self.tagging):
            client.set_service_url(served.url)
        self.catalog.set_service_url(f"{served.url}/api/v1")

    def create(self, name: str, **more: Any) -> Any:
        group = self.manager.list_resource_groups(account_id=self.account, default=True).get_result()["resources"][0]
        found = service(KMS)
        assert found is not None
        return self.controller.create_resource_instance(
            name=name, target="eu-de", resource_group=group["id"], resource_plan_id=found.plans[0].id, **more
        )


@pytest.fixture
def clients(served: ServedProcess) -> Clients:
    return Clients(served)


def test_an_instance_from_creation_to_lock(clients: Clients) -> None:
    answer = clients.create("sdk one", tags=["a:b"])
    made = answer.get_result()
    assert answer.get_status_code() == 201
    assert made["id"] == made["crn"]
    assert made["guid"]
    assert (made["state"], made["locked"]) == ("active", False)
    assert made["last_operation"]["type"] == "create"
    assert made["last_operation"]["state"] == "succeeded"
    assert made["last_operation"]["async"] is False
    controller = clients.controller
    for ident in (made["id"], made["guid"]):
        assert controller.get_resource_instance(ident).get_result()["onetime_credentials"] is not None
    changed = controller.update_resource_instance(made["id"], name="sdk renamed").get_result()
    assert (changed["name"], changed["last_operation"]["type"]) == ("sdk renamed", "update")
    assert controller.lock_resource_instance(made["id"]).get_result()["locked"] is True
    for refused in (
        lambda: controller.update_resource_instance(made["id"], name="x"),
        lambda: controller.delete_resource_instance(made["id"]),
    ):
        with pytest.raises(ApiException) as caught:
            refused()
        assert caught.value.status_code == 400
    unlocked = controller.unlock_resource_instance(made["id"]).get_result()
    assert (unlocked["locked"], unlocked["last_operation"]["state"]) == (False, "succeeded")
    assert controller.list_resource_keys_for_instance(made["id"]).get_result()["resources"] == []
    assert controller.list_resource_aliases_for_instance(made["id"]).get_result()["resources"] == []
    with pytest.raises(ApiException, match="not cancelable"):
        controller.cancel_lastop_resource_instance(made["id"])


def test_tags_through_the_tagging_service(clients: Clients) -> None:
    made = clients.create("sdk tagged", tags=["env:dev"]).get_result()
    resource = Resource(resource_id=made["crn"])
    answer = clients.tagging.attach_tag(tag_names=["sdk:one", "sdk:two"], resources=[resource]).get_result()
    assert answer["results"] == [{"resource_id": made["crn"], "is_error": False}]
    clients.tagging.detach_tag(tag_name="env:dev", resources=[resource])
    listed = clients.tagging.list_tags(attached_to=made["crn"]).get_result()
    assert [item["name"] for item in listed["items"]] == ["sdk:one", "sdk:two"]
    assert clients.controller.get_resource_instance(made["id"]).get_result()["tags"] == ["sdk:one", "sdk:two"]
    clients.tagging.attach_tag(tag_name="sdk:only", resources=[resource], replace=True)
    listed = clients.tagging.list_tags(attached_to=made["crn"]).get_result()
    assert [item["name"] for item in listed["items"]] == ["sdk:only"]
    with pytest.raises(ApiException) as caught:
        clients.tagging.delete_tag_all()
    assert caught.value.status_code == 501


def test_lists_and_pager(clients: Clients) -> None:
    made = [clients.create(f"listed-{number}").get_result() for number in range(3)]
    page = clients.controller.list_resource_instances(name="listed-1").get_result()
    assert [row["guid"] for row in page["resources"]] == [made[1]["guid"]]
    assert page["rows_count"] == 1
    found = ResourceInstancesPager(client=clients.controller, limit=1).get_all()
    assert {row["guid"] for row in made} <= {row["guid"] for row in found}


def reclamation_of(clients: Clients, guid: str) -> Any:
    answer = clients.controller.list_reclamations(account_id=clients.account, resource_instance_id=guid).get_result()
    (entry,) = answer["resources"]
    return entry


def test_deletion_restore_and_reclaim(clients: Clients) -> None:
    controller = clients.controller
    made = clients.create("short-lived").get_result()
    assert controller.delete_resource_instance(made["id"], recursive=False).get_status_code() == 202
    assert controller.get_resource_instance(made["id"]).get_result()["state"] == "pending_reclamation"
    with pytest.raises(ApiException, match="pending_reclamation") as second:
        controller.delete_resource_instance(made["id"])
    assert second.value.status_code == 422
    entry = reclamation_of(clients, made["guid"])
    assert entry["state"] == "SCHEDULED"
    answer = controller.run_reclamation_action(entry["id"], "restore", request_by="anna", comment="oops").get_result()
    assert answer["state"] == "RESTORING"
    assert controller.get_resource_instance(made["id"]).get_result()["state"] == "active"
    controller.delete_resource_instance(made["guid"])
    entry = reclamation_of(clients, made["guid"])
    answer = controller.run_reclamation_action(entry["id"], "reclaim").get_result()
    assert answer["state"] == "RECLAIMING"
    assert controller.get_resource_instance(made["id"]).get_result()["state"] == "removed"
    with pytest.raises(ApiException) as gone:
        controller.delete_resource_instance(made["id"])
    assert gone.value.status_code == 410


def test_what_does_not_exist_is_an_error_of_the_sdk(clients: Clients) -> None:
    with pytest.raises(ApiException) as caught:
        clients.controller.get_resource_instance("no-such-guid")
    assert caught.value.status_code == 404
    assert caught.value.http_response.json()["status_code"] == 404
    with pytest.raises(ApiException) as bad:
        clients.create("bad/name")
    assert bad.value.status_code == 400


def test_resource_groups(clients: Clients) -> None:
    made = clients.manager.create_resource_group(name="sdk group", account_id=clients.account).get_result()
    group = clients.manager.get_resource_group(made["id"]).get_result()
    assert (group["name"], group["state"], group["crn"]) == ("sdk group", "ACTIVE", made["crn"])
    assert clients.manager.update_resource_group(made["id"], name="sdk crew").get_result()["name"] == "sdk crew"
    held = clients.create("in a group").get_result()
    assert held["resource_group_id"] != made["id"]
    assert clients.manager.delete_resource_group(made["id"]).get_status_code() == 204
    with pytest.raises(ApiException) as caught:
        clients.manager.delete_resource_group(held["resource_group_id"])
    assert caught.value.status_code == 409
    quota = clients.manager.list_quota_definitions().get_result()["resources"][0]
    assert clients.manager.get_quota_definition(quota["id"]).get_result()["id"] == quota["id"]


def test_the_catalog(clients: Clients) -> None:
    found = service(KMS)
    assert found is not None
    page = clients.catalog.list_catalog_entries(q="Key Protect").get_result()
    assert [entry["id"] for entry in page["resources"]] == [found.catalog_id]
    assert clients.catalog.get_catalog_entry(found.catalog_id).get_result()["name"] == KMS
    plans = clients.catalog.get_child_objects(found.catalog_id, "plan").get_result()["resources"]
    assert [plan["name"] for plan in plans] == ["tiered-pricing"]
    assert clients.catalog.get_pricing(plans[0]["id"]).get_result()["type"] == "Paid"

"""Resource groups, quotas and the catalog."""

from typing import Any

import pytest

from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, SERVICES, service
from tests.cloud_parts import Parts

PATH = "/v2/resource_groups"


def test_the_default_group_comes_first(parts: Parts) -> None:
    parts.send("POST", PATH, {"name": "Apples", "account_id": parts.account_id})
    _, page, _ = parts.send("GET", f"{PATH}?account_id={parts.account_id}")
    assert [(group["name"], group["default"]) for group in page["resources"]] == [("Default", True), ("Apples", False)]
    for query, names in (("name=Apples", ["Apples"]), ("default=false", ["Apples"]), ("account_id=x", [])):
        assert [group["name"] for group in parts.send("GET", f"{PATH}?{query}")[1]["resources"]] == names
    group = page["resources"][0]
    assert len(group["id"]) == 32
    assert group["state"] == "ACTIVE"
    assert group["crn"].endswith(f"::resource-group:{group['id']}")


def test_a_group_is_made_renamed_and_deleted(parts: Parts) -> None:
    status, made, _ = parts.send("POST", PATH, {"name": "team"})
    assert status == 201
    place = f"{PATH}/{made['id']}"
    assert parts.send("PATCH", place, {"name": "crew"})[1]["name"] == "crew"
    assert parts.send("PATCH", place, {})[1]["name"] == "crew"
    assert parts.send("DELETE", place)[0] == 204
    assert parts.send("GET", place)[0] == 404
    actions = [event["action"] for event in parts.events(action="resource-controller.group.*", outcome="success")]
    assert actions == [f"resource-controller.group.{verb}" for verb in ("delete", "update", "update", "create")]


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "a/b"}, {"name": "Default"}, {"name": "x" * 41}])
def test_an_impossible_group_is_refused(parts: Parts, body: dict[str, Any]) -> None:
    assert parts.send("POST", PATH, body)[0] == 400


def test_a_group_in_another_account_is_refused(parts: Parts) -> None:
    assert parts.send("POST", PATH, {"name": "x", "account_id": "other"})[0] == 400


def test_the_default_group_and_groups_in_use_stay(parts: Parts) -> None:
    assert parts.send("DELETE", f"{PATH}/{parts.default_group()}")[0] == 409
    _, made, _ = parts.send("POST", PATH, {"name": "team"})
    entry = service(HS_CRYPTO)
    assert entry is not None
    body = {"name": "x", "target": "us-south", "resource_plan_id": entry.plans[0].id, "resource_group": made["id"]}
    status, held, _ = parts.send("POST", "/v2/resource_instances", body)
    assert status == 201
    status, refusal, _ = parts.send("DELETE", f"{PATH}/{made['id']}")
    assert status == 409
    assert "“team” holds 1 instance" in refusal["message"]
    parts.send("DELETE", f"/v2/resource_instances/{held['guid']}")
    assert parts.send("DELETE", f"{PATH}/{made['id']}")[0] == 409, "it could still be restored"
    (waiting,) = parts.send("GET", "/v1/reclamations")[1]["resources"]
    parts.send("POST", f"/v1/reclamations/{waiting['id']}/actions/reclaim", {})
    assert parts.send("DELETE", f"{PATH}/{made['id']}")[0] == 204
    assert parts.send("GET", f"/v2/resource_instances/{held['guid']}")[1]["resource_group_id"] == made["id"]
    assert parts.send("POST", "/v2/resource_instances", body)[0] == 404


def test_a_deleted_group_is_gone_and_its_name_is_free(parts: Parts) -> None:
    first = parts.send("POST", PATH, {"name": "team"})[1]
    parts.send("DELETE", f"{PATH}/{first['id']}")
    assert parts.send("DELETE", f"{PATH}/{first['id']}")[0] == 404
    assert parts.send("POST", PATH, {"name": "team"})[0] == 201
    assert len(parts.send("GET", PATH)[1]["resources"]) == 2
    states = [group["state"] for group in parts.send("GET", f"{PATH}?include_deleted=true")[1]["resources"]]
    assert sorted(states) == ["ACTIVE", "ACTIVE", "DELETED"]


def test_a_viewer_sees_groups_and_changes_none(parts: Parts) -> None:
    viewer = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    place = f"{PATH}/{parts.default_group()}"
    assert parts.send("GET", place, who=viewer)[0] == 200
    assert parts.send("POST", PATH, {"name": "x"}, who=viewer)[0] == 403
    assert parts.send("PATCH", place, {"name": "x"}, who=viewer)[0] == 403


def test_quotas(parts: Parts) -> None:
    (quota,) = parts.send("GET", "/v2/quota_definitions")[1]["resources"]
    assert parts.send("GET", f"/v2/quota_definitions/{quota['id']}")[1] == quota
    assert parts.send("GET", "/v2/quota_definitions/x")[0] == 404


# Catalog ------------------------------------------------------------------------------------------------------------


def test_the_catalog_lists_every_service(parts: Parts) -> None:
    for path in ("/api/v1", "/api/v1/"):
        status, page, _ = parts.send("GET", path)
        assert status == 200
        assert page["count"] == len(SERVICES)
    _, page, _ = parts.send("GET", "/api/v1?_limit=2&_offset=1")
    assert [entry["name"] for entry in page["resources"]] == [entry.name for entry in SERVICES[1:3]]


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("hs-crypto", ["hs-crypto"]),
        ("name:kms", ["kms"]),
        ('name:"kms"', ["kms"]),
        ("hyper%20protect%20postgresql", ["hyperp-dbaas-postgresql"]),
        ("nothing", []),
    ],
)
def test_the_catalog_is_searched(parts: Parts, q: str, names: list[str]) -> None:
    assert [entry["name"] for entry in parts.send("GET", f"/api/v1?q={q}")[1]["resources"]] == names


def test_plans_deployments_and_prices(parts: Parts) -> None:
    entry = service(DBAAS_POSTGRESQL)
    assert entry is not None
    flexible, free = entry.plans
    _, plans, _ = parts.send("GET", f"/api/v1/{entry.catalog_id}/plan")
    assert [plan["id"] for plan in plans["resources"]] == [flexible.id, free.id]
    assert parts.send("GET", f"/api/v1/{entry.name}")[1]["id"] == entry.catalog_id
    assert parts.send("GET", f"/api/v1/{entry.catalog_id}/deployment")[1]["resources"] == []
    _, places, _ = parts.send("GET", f"/api/v1/{flexible.id}/deployment")
    assert [place["metadata"]["deployment"]["location"] for place in places["resources"]] == list(entry.regions)
    assert parts.send("GET", f"/api/v1/{flexible.id}/plan")[1]["resources"] == []
    assert parts.send("GET", f"/api/v1/{flexible.id}")[1]["kind"] == "plan"
    _, place, _ = parts.send("GET", f"/api/v1/{flexible.id}%3Aus-south")
    assert (place["kind"], place["id"]) == ("deployment", f"{flexible.id}:us-south")
    _, price, _ = parts.send("GET", f"/api/v1/{flexible.id}/pricing")
    prices = {metric["metric_id"]: metric["amounts"][0]["prices"][0]["price"] for metric in price["metrics"]}
    assert prices == {"GB-RAM": 7.5, "GB-DISK": 0.89, "VIRTUAL_PROCESSOR_CORE": 46.0}
    assert parts.send("GET", f"/api/v1/{free.id}/pricing")[1]["metrics"] == []


@pytest.mark.parametrize("path", ["x", "x/plan", "x/pricing", "c8550ed3-894b-462d-98ee-68e80e3955d4%3Amars"])
def test_what_the_catalog_does_not_have(parts: Parts, path: str) -> None:
    assert parts.send("GET", f"/api/v1/{path}")[0] == 404

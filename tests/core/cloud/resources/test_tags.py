"""User tags of instances."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kyok.domain.services import KMS, service
from tests.cloud_parts import Parts

ATTACH, DETACH = "/v3/tags/attach", "/v3/tags/detach"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = Parts(tmp_path)
    yield made
    made.close()


def make(parts: Parts, name: str = "acme-kp", **more: Any) -> Any:
    entry = service(KMS)
    assert entry is not None
    body = {"name": name, "target": "us-south", "resource_group": parts.default_group()}
    status, made, _ = parts.send(
        "POST", "/v2/resource_instances", body | {"resource_plan_id": entry.plans[0].id} | more
    )
    assert status == 201, made
    return made


def tag(parts: Parts, path: str, *crns: str, names: list[str], **more: Any) -> tuple[int, Any]:
    resources = [{"resource_id": crn} for crn in crns]
    status, body, _ = parts.send("POST", path, {"tag_names": names, "resources": resources}, **more)
    return status, body


def tags_of(parts: Parts, made: Any) -> Any:
    return parts.send("GET", f"/v2/resource_instances/{made['guid']}")[1]["tags"]


def test_tags_are_added_and_removed_whatever_their_case(parts: Parts) -> None:
    one, two = make(parts, tags=["env:dev"]), make(parts, "other")
    status, body = tag(parts, ATTACH, one["crn"], two["crn"], names=["Team:Pay", "ENV:dev"])
    assert status == 200
    assert body == {"results": [{"resource_id": made["crn"], "is_error": False} for made in (one, two)]}
    assert tags_of(parts, one) == ["env:dev", "Team:Pay"]
    assert tags_of(parts, two) == ["Team:Pay", "ENV:dev"]
    assert tag(parts, DETACH, one["crn"], names=["team:pay", "never-there"])[0] == 200
    assert tags_of(parts, one) == ["env:dev"]
    actions = [(event["action"], event["target"]["name"]) for event in parts.events(action="global-search-tagging.*")]
    assert actions == [
        ("global-search-tagging.tag.detach", "acme-kp"),
        ("global-search-tagging.tag.attach", "other"),
        ("global-search-tagging.tag.attach", "acme-kp"),
    ]


def test_replacing_leaves_only_what_is_named(parts: Parts) -> None:
    made = make(parts, tags=["a", "b"])
    tag(parts, f"{ATTACH}?replace=true", made["crn"], names=["b", "c"])
    assert tags_of(parts, made) == ["b", "c"]
    event = parts.events(action="global-search-tagging.tag.attach")[0]
    assert (event["responseData"]["attached"], event["responseData"]["detached"]) == (["c"], ["a"])


def test_tags_in_use_are_listed_once(parts: Parts) -> None:
    one = make(parts, tags=["b", "a"])
    make(parts, "other", tags=["A", "c"])
    _, body, _ = parts.send("GET", "/v3/tags?limit=2")
    assert (body["total_count"], [item["name"].lower() for item in body["items"]]) == (3, ["a", "b"])
    crn = one["crn"].replace(":", "%3A").replace("/", "%2F")
    assert [item["name"] for item in parts.send("GET", f"/v3/tags?attached_to={crn}")[1]["items"]] == ["a", "b"]
    assert parts.send("GET", "/v3/tags?order_by_name=desc")[1]["items"][0] == {"name": "c"}
    assert parts.send("GET", "/v3/tags?tag_type=access")[1]["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tag_names": []},
        {"tag_names": ["a/b"], "resources": [{"resource_id": "x"}]},
        {"tag_name": "a"},
        {"tag_name": "a", "resources": [{}]},
        {"tag_names": "a", "resources": [{"resource_id": "x"}]},
    ],
)
def test_impossible_requests(parts: Parts, body: dict[str, Any]) -> None:
    status, answer, _ = parts.send("POST", ATTACH, body)
    assert (status, answer["errors"][0]["code"]) == (400, "invalid_body")


def test_nothing_is_changed_when_one_instance_cannot_be(parts: Parts) -> None:
    one = make(parts)
    assert tag(parts, ATTACH, one["crn"], "no-such-guid", names=["a"])[0] == 404
    assert tags_of(parts, one) == []
    assert tag(parts, ATTACH, one["crn"], names=[f"t{number}" for number in range(101)])[0] == 400
    parts.send("DELETE", f"/v2/resource_instances/{one['guid']}")
    assert tag(parts, ATTACH, one["crn"], names=["a"])[0] == 422


def test_a_lock_does_not_keep_tags(parts: Parts) -> None:
    made = make(parts)
    parts.send("POST", f"/v2/resource_instances/{made['guid']}/lock")
    assert tag(parts, ATTACH, made["crn"], names=["a"])[0] == 200


def test_viewers_see_tags_and_operators_change_them(parts: Parts) -> None:
    made = make(parts, tags=["a"])
    viewer = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    assert parts.send("GET", "/v3/tags", who=viewer)[1]["items"] == [{"name": "a"}]
    assert tag(parts, ATTACH, made["crn"], names=["b"], who=viewer)[0] == 403
    operator = parts.seed_user("cleo@acme.example", {"role": "Operator"})
    assert parts.send("GET", "/v3/tags", who=operator)[1]["items"] == [{"name": "a"}]
    assert tag(parts, ATTACH, made["crn"], names=["b"], who=operator)[0] == 200
    assert parts.send("GET", "/v3/tags", who=parts.user("IBMid-nobody"))[1]["items"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v3/tags"), ("DELETE", "/v3/tags"), ("DELETE", "/v3/tags/a"), ("POST", f"{ATTACH}?tag_type=access")],
)
def test_what_is_not_emulated_says_so(parts: Parts, method: str, path: str) -> None:
    assert parts.send(method, path, {"tag_names": ["a"]})[0] == 501

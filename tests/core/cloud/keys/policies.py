"""Requests about policies, as tests of several files send them."""

from typing import Any

from kyok.cloud.iam.tokens import Principal
from tests.core.cloud.keys.stage import KEY_TYPE, Answer, Keys

POLICY = "application/vnd.ibm.kms.policy+json"


def body(*resources: dict[str, Any]) -> dict[str, Any]:
    return {
        "metadata": {"collectionType": POLICY, "collectionTotal": len(resources)},
        "resources": list(resources),
    }


def put(keys: Keys, key: str, query: str = "", *, who: Principal | None = None, **policies: Any) -> Answer:
    """Sets policies of a key, each as a resource of its own."""
    resources = [{"type": POLICY, name: rule} for name, rule in policies.items()]
    return keys.send("PUT", f"keys/{key}/policies{query}", body(*resources), who=who)


def of_key(keys: Keys, key: str, query: str = "") -> list[dict[str, Any]]:
    answer = keys.send("GET", f"keys/{key}/policies{query}")
    assert answer.status == 200, answer.body
    return list(answer.body["resources"])


def put_instance(keys: Keys, kind: str, enabled: bool, query: str = "", **attributes: Any) -> Answer:
    data: dict[str, Any] = {"enabled": enabled}
    if attributes:
        data["attributes"] = attributes
    return keys.send("PUT", f"instance/policies{query}", body({"policy_type": kind, "policy_data": data}))


def of_instance(keys: Keys, query: str = "") -> dict[str, dict[str, Any]]:
    answer = keys.send("GET", f"instance/policies{query}")
    assert answer.status == 200, answer.body
    return {found["policy_type"]: found["policy_data"] for found in answer.body["resources"]}


def with_policies(keys: Keys, **resource: Any) -> Answer:
    """Creates a key with policies of its own."""
    resource = {"type": KEY_TYPE, "name": "own-policies", **resource}
    whole = {"metadata": {"collectionType": KEY_TYPE, "collectionTotal": 1}, "resources": [resource]}
    return keys.send("POST", "keys_with_policy_overrides", whole, prefer="return=representation")

"""Policies of keys and instances as the API tells them (reference/kms-api.md 2.13 and 2.14)."""

from collections.abc import Sequence
from typing import Any

from kyok.cloud.keys.instance_policies import InstancePolicyView
from kyok.cloud.keys.key_policies import PolicyView
from kyok.cloud.store.times import rfc3339
from kyok.cloud.wire.kms_documents import collection
from kyok.cloud.wire.route import Response

POLICY = "application/vnd.ibm.kms.policy+json"


def key_policies(views: Sequence[PolicyView]) -> Response:
    """Policies of a key."""
    return collection(POLICY, [_key_policy(view) for view in views])


def instance_policies(views: Sequence[InstancePolicyView]) -> Response:
    """Policies of an instance."""
    return collection(POLICY, [_instance_policy(view) for view in views])


def _key_policy(view: PolicyView) -> dict[str, Any]:
    rule: dict[str, Any] = {"enabled": view.enabled}
    if view.months is not None:
        rule["interval_month"] = view.months
    return {
        "id": view.id,
        "crn": view.crn,
        "type": POLICY,
        view.type.value: rule,
        "createdBy": view.created_by,
        "creationDate": rfc3339(view.created_at),
        "updatedBy": view.updated_by,
        "lastUpdateDate": rfc3339(view.updated_at),
    }


def _instance_policy(view: InstancePolicyView) -> dict[str, Any]:
    data: dict[str, Any] = {"enabled": view.enabled}
    if view.attributes:
        data["attributes"] = view.attributes
    return {
        "policy_type": view.type.value,
        "policy_data": data,
        "createdBy": view.created_by,
        "creationDate": rfc3339(view.created_at),
        "updatedBy": view.updated_by,
        "lastUpdated": rfc3339(view.updated_at),
    }

"""Requests about policies of keys and of instances (reference/kms-api.md 2.3, 2.13 and 2.14)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from kyok.cloud.keys.errors import BadBody, CollectionTotalMismatch, InvalidField, InvalidQuery
from kyok.cloud.keys.instance_policies import InstancePolicyInput
from kyok.cloud.keys.key_policies import PolicyInput
from kyok.cloud.keys.policy_errors import OnePolicyOnly, PolicyMismatch
from kyok.cloud.wire.kms_members import Members
from kyok.cloud.wire.route import Call
from kyok.domain.key_policies import ACCESS_DEFAULTS, InstancePolicyType, KeyPolicyType

K = TypeVar("K", bound=StrEnum)

_ATTRIBUTES: Mapping[InstancePolicyType, tuple[str, ...]] = {
    InstancePolicyType.ALLOWED_NETWORK: ("allowed_network",),
    InstancePolicyType.ALLOWED_IP: ("allowed_ip",),
    InstancePolicyType.KEY_CREATE_IMPORT_ACCESS: tuple(ACCESS_DEFAULTS),
    InstancePolicyType.ROTATION: ("interval_month",),
}


def named_policy(call: Call, kinds: type[K]) -> K | None:
    """The policy that `?policy=` names, if it is there.

    Raises:
        InvalidQuery: there is no such policy.
    """
    name = call.query.get("policy")
    try:
        return kinds(name) if name else None
    except ValueError:
        raise InvalidQuery(f"policy is one of {', '.join(kinds)}.", target="policy") from None


def key_policies(call: Call) -> list[PolicyInput]:
    """The policies that a body sets on a key.

    Raises:
        BadBody: none, or one twice.
        PolicyMismatch, OnePolicyOnly: `?policy=` and the body do not fit.
    """
    named = named_policy(call, KeyPolicyType)
    resources = _resources(call, only_one=named is not None)
    given = [policy for resource in resources for policy in _of_key(resource)]
    _agree([policy.type for policy in given], len(resources), named)
    return given


def overrides(resource: Members) -> tuple[PolicyInput, ...]:
    """The policies that a new key gets instead of the instance's."""
    return tuple(_of_key(resource))


def instance_policies(call: Call) -> list[InstancePolicyInput]:
    """The policies that a body sets on the instance; unknown members are refused.

    Raises:
        BadBody, InvalidField, PolicyMismatch, OnePolicyOnly.
    """
    named = named_policy(call, InstancePolicyType)
    resources = _resources(call, only_one=named is not None)
    given = [_of_instance(resource) for resource in resources]
    _agree([policy.type for policy in given], len(resources), named)
    return given


def _resources(call: Call, *, only_one: bool) -> list[Members]:
    body = Members(call.json())
    metadata, resources = body.members("metadata"), body.get("resources")
    if not metadata:
        raise BadBody("The metadata of the collection is missing.")
    if not isinstance(resources, list) or not resources or not all(isinstance(item, dict) for item in resources):
        raise BadBody("The resources of the collection are missing.")
    if metadata.get("collectionTotal") != len(resources):
        raise CollectionTotalMismatch()
    if only_one and len(resources) != 1:
        raise OnePolicyOnly()
    return [Members(item) for item in resources]


def _agree(kinds: Sequence[StrEnum], resources: int, named: StrEnum | None) -> None:
    if len(kinds) < resources:
        raise BadBody("A resource holds no policy.")
    if len(set(kinds)) < len(kinds):
        raise BadBody("The same policy is given twice.")
    if named is not None and kinds != [named]:
        raise PolicyMismatch()


def _of_key(resource: Members) -> list[PolicyInput]:
    given = []
    rotation = resource.members(KeyPolicyType.ROTATION)
    if rotation is not None:
        months = rotation.number("interval_month")
        given.append(PolicyInput(KeyPolicyType.ROTATION, rotation.flag("enabled"), months))
    dual_auth = resource.members(KeyPolicyType.DUAL_AUTH_DELETE)
    if dual_auth is not None:
        given.append(PolicyInput(KeyPolicyType.DUAL_AUTH_DELETE, dual_auth.flag("enabled")))
    return given


def _of_instance(resource: Members) -> InstancePolicyInput:
    resource.only("type", "policy_type", "policy_data")
    name = resource.text("policy_type") or ""
    try:
        kind = InstancePolicyType(name)
    except ValueError:
        kinds = ", ".join(InstancePolicyType)
        raise InvalidField(f"policy_type must be one of {kinds}.", target="policy_type") from None
    data = resource.members("policy_data") or Members({})
    data.only("enabled", "attributes")
    enabled = data.flag("enabled")
    if enabled is None:
        raise InvalidField("enabled is missing.", target="enabled")
    return InstancePolicyInput(kind, enabled, _attributes(kind, data.members("attributes") or Members({})))


def _attributes(kind: InstancePolicyType, given: Members) -> dict[str, Any]:
    names = _ATTRIBUTES.get(kind, ())
    given.only(*names)
    readers = {"allowed_network": given.text, "allowed_ip": given.texts, "interval_month": given.number}
    found = {name: readers.get(name, given.flag)(name) for name in names}
    return {name: value for name, value in found.items() if value not in (None, ())}

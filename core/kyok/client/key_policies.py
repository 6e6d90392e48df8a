"""Policies of single keys and of whole instances (reference/kms-api.md sections 2.13 and 2.14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyok.client.decode import decode_all
from kyok.client.kms_calls import COLLECTION, KmsCalls, envelope, key_path
from kyok.client.records.key_policies import InstancePolicy, KeyPolicy
from kyok.domain.crn import Crn

POLICY_TYPE = f"{COLLECTION}policy+json"
_INSTANCE = "/api/v2/instance/policies"


class KeyPoliciesApi(KmsCalls):
    """Policies. Those of an instance act on keys that are made later; those of a key on that key."""

    def of_key(self, instance: Crn, key_id: str) -> tuple[KeyPolicy, ...]:
        """The policies that a key has."""
        body = self._request(instance, "GET", f"{key_path(key_id)}/policies")
        return decode_all(KeyPolicy, body.get("resources"))

    def set_rotation(self, instance: Crn, key_id: str, *, enabled: bool, months: int | None = None) -> None:
        """Rotate a generated root key by itself every `months`; None keeps the stored interval."""
        rule: dict[str, Any] = {"enabled": enabled}
        if months is not None:
            rule["interval_month"] = months
        self._write_key(instance, key_id, "rotation", rule)

    def require_two_people(self, instance: Crn, key_id: str) -> None:
        """Two people must authorize the deletion of the key from now on; this cannot be taken back."""
        self._write_key(instance, key_id, "dualAuthDelete", {"enabled": True})

    def _write_key(self, instance: Crn, key_id: str, policy: str, value: Mapping[str, Any]) -> None:
        body = envelope("policy", {"type": POLICY_TYPE, policy: dict(value)})
        self._call(instance, "PUT", f"{key_path(key_id)}/policies", params={"policy": policy}, json=body)

    def of_instance(self, instance: Crn) -> dict[str, InstancePolicy]:
        """The policies of an instance by type; those that were never set are missing."""
        body = self._request(instance, "GET", _INSTANCE)
        return {one.type: one for one in decode_all(InstancePolicy, body.get("resources"))}

    def set_instance(
        self, instance: Crn, policy: str, *, enabled: bool, attributes: Mapping[str, Any] | None = None
    ) -> None:
        """Set one policy of the instance; the others stay as they are."""
        data: dict[str, Any] = {"enabled": enabled}
        if attributes:
            data["attributes"] = dict(attributes)
        body = envelope("policy", {"policy_type": policy, "policy_data": data})
        self._call(instance, "PUT", _INSTANCE, params={"policy": policy}, json=body)

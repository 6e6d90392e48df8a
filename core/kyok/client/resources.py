"""Instances, groups and reclamations of the resource controller (reference/iam-and-resources.md section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from kyok.client.decode import decode, decode_all
from kyok.client.errors import ApiError
from kyok.client.records.resources import Reclamation, ResourceGroup, ServiceInstance
from kyok.client.session import CloudSession
from kyok.domain.cluster import InstanceState
from kyok.domain.translation import tr

PAGE = 100
_RESOURCES = "/v2/resource_instances"
_GROUPS = "/v2/resource_groups"


class ResourcesApi:
    """What exists in the account. Instances are named by GUID or CRN text."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def instances(
        self,
        states: Iterable[InstanceState | str] = (),
        *,
        name: str = "",
        resource_id: str = "",
        resource_group_id: str = "",
    ) -> tuple[ServiceInstance, ...]:
        """Instances in these states, one list after the other; without states those active and provisioning."""
        filters = {"name": name, "resource_id": resource_id, "resource_group_id": resource_group_id, "limit": PAGE}
        chosen = tuple(states)
        if not chosen:
            return tuple(self._pages(filters))
        return tuple(entry for state in chosen for entry in self._pages({**filters, "state": str(state)}))

    def listed(self) -> tuple[ServiceInstance, ...]:
        """What the resource list shows: active, provisioning, inactive and failed instances."""
        more = self.instances((InstanceState.INACTIVE, InstanceState.FAILED))
        return (*self.instances(), *more)

    def instance(self, instance_id: str) -> ServiceInstance:
        """One instance; a removed one still answers."""
        body = self._session.request("resource-controller", "GET", _path(instance_id))
        return decode(ServiceInstance, body)

    def create(
        self,
        name: str,
        *,
        plan_id: str,
        region: str,
        resource_group: str,
        parameters: Mapping[str, Any] | None = None,
        tags: Sequence[str] = (),
    ) -> ServiceInstance:
        """Create an instance. It may still be provisioning when this returns: watch `state` and `last_operation`."""
        body: dict[str, Any] = {
            "name": name,
            "target": region,
            "resource_group": resource_group,
            "resource_plan_id": plan_id,
        }
        if tags:
            body["tags"] = list(tags)
        if parameters:
            body["parameters"] = dict(parameters)
        return decode(ServiceInstance, self._session.request("resource-controller", "POST", _RESOURCES, json=body))

    def rename(self, instance_id: str, name: str) -> ServiceInstance:
        """Give an instance another name."""
        body = self._session.request("resource-controller", "PATCH", _path(instance_id), json={"name": name})
        return decode(ServiceInstance, body)

    def lock(self, instance_id: str, *, locked: bool) -> ServiceInstance:
        """Lock an instance against changes and deletion, or unlock it."""
        path, method = f"{_path(instance_id)}/lock", "POST" if locked else "DELETE"
        return decode(ServiceInstance, self._session.request("resource-controller", method, path))

    def set_tags(self, crn: str, before: Sequence[str], after: Sequence[str]) -> None:
        """Change the user tags of an instance from what was seen to what is wanted; tags of others in between stay."""
        known, wanted = {tag.casefold() for tag in before}, {tag.casefold() for tag in after}
        gone = [tag for tag in before if tag.casefold() not in wanted]
        fresh = [tag for tag in after if tag.casefold() not in known]
        for verb, names in (("detach", gone), ("attach", fresh)):
            if names:
                body = {"tag_names": names, "resources": [{"resource_id": crn}]}
                _require_tagged(self._session.request("tagging", "POST", f"/v3/tags/{verb}", json=body))

    def delete(self, instance_id: str, *, recursive: bool = False) -> None:
        """Delete an instance: it waits for its reclamation and can be restored until then."""
        params = {"recursive": True} if recursive else None
        self._session.call("resource-controller", "DELETE", _path(instance_id), params=params)

    def groups(self) -> tuple[ResourceGroup, ...]:
        """The resource groups of the account, the default one first."""
        params = {"account_id": self._session.account_id}
        body = self._session.request("resource-controller", "GET", _GROUPS, params=params)
        found = decode_all(ResourceGroup, body.get("resources"))
        return tuple(sorted(found, key=lambda group: (not group.default, group.name)))

    def create_group(self, name: str) -> str:
        """Make a resource group; answers its id."""
        body = {"name": name, "account_id": self._session.account_id}
        return str(self._session.request("resource-controller", "POST", _GROUPS, json=body).get("id", ""))

    def rename_group(self, group_id: str, name: str) -> None:
        """Give a resource group another name."""
        self._session.call("resource-controller", "PATCH", _group(group_id), json={"name": name})

    def delete_group(self, group_id: str) -> None:
        """Delete an empty resource group."""
        self._session.call("resource-controller", "DELETE", _group(group_id))

    def reclamations(self, instance_guid: str = "") -> tuple[Reclamation, ...]:
        """Scheduled reclamations, of one instance or of the account."""
        params = {"account_id": self._session.account_id, "resource_instance_id": instance_guid}
        body = self._session.request("resource-controller", "GET", "/v1/reclamations", params=params)
        return decode_all(Reclamation, body.get("resources"))

    def restore(self, reclamation_id: str, comment: str = "") -> Reclamation:
        """Bring a deleted instance back."""
        return self._act(reclamation_id, "restore", comment)

    def reclaim(self, reclamation_id: str, comment: str = "") -> Reclamation:
        """Delete an instance for good now."""
        return self._act(reclamation_id, "reclaim", comment)

    def _act(self, reclamation_id: str, action: str, comment: str) -> Reclamation:
        path = f"/v1/reclamations/{quote(reclamation_id, safe='')}/actions/{action}"
        body = {"comment": comment} if comment else {}
        return decode(Reclamation, self._session.request("resource-controller", "POST", path, json=body))

    def _pages(self, filters: Mapping[str, object]) -> Iterable[ServiceInstance]:
        params = dict(filters)
        while True:
            body = self._session.request("resource-controller", "GET", _RESOURCES, params=params)
            yield from decode_all(ServiceInstance, body.get("resources"))
            following = parse_qs(urlsplit(str(body.get("next_url") or "")).query).get("start")
            if not following:
                return
            params["start"] = following[0]


def _require_tagged(answer: Mapping[str, Any]) -> None:
    """IBM Cloud answers 200 also when single resources were refused."""
    results = answer.get("results") or []
    failed = next((one for one in results if isinstance(one, dict) and one.get("is_error")), None)
    if failed is not None:
        raise ApiError(
            str(failed.get("message") or tr("The tags were not changed.")), tr("Reload the page and try again.")
        )


def _group(group_id: str) -> str:
    return f"{_GROUPS}/{quote(group_id, safe='')}"


def _path(instance_id: str) -> str:
    return f"{_RESOURCES}/{quote(instance_id, safe='')}"

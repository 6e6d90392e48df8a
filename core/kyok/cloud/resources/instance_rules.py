"""What a request for a new instance must say (reference iam-and-resources.md section 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kyok.cloud.resources.errors import InstanceInvalid
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.names import service_name_problem, tags_problem
from kyok.domain.services import DBAAS_POSTGRESQL, Plan, Service, plan_by_id

LATER = frozenset({DBAAS_POSTGRESQL})
"""Services whose instances take time to come up: the answer to the creation is 202."""
SECRETS = frozenset({"password", "confirm_password"})
"""Parameters that are never kept or returned (dbaas.md 3.4)."""
TAGS_MAX = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for an instance that can be made, as far as the resource controller can tell."""

    name: str
    service: Service
    plan: Plan
    region: str
    group: str
    tags: list[str]
    parameters: Mapping[str, Any]
    """As sent, secrets included: for the service's broker alone."""

    @property
    def kept(self) -> dict[str, Any]:
        """The parameters that may be stored and shown."""
        return without_secrets(self.parameters)


def wanted(body: Mapping[str, Any]) -> Wanted:
    """The request in one shape. The old CLI's `resource_group_id` and `target_crn` are taken too.

    Raises:
        InstanceInvalid: with the first thing that is wrong.
    """
    name = good_name(body.get("name"))
    plan_id = body.get("resource_plan_id")
    found = plan_by_id(plan_id) if isinstance(plan_id, str) else None
    if found is None:
        raise InstanceInvalid("resource_plan_id names no plan of the catalog.", target="resource_plan_id")
    service, plan = found
    if not service.creatable:
        raise InstanceInvalid(f"{service.display_name} instances are not emulated.", target="resource_plan_id")
    region = _region(body.get("target", body.get("target_crn")))
    if region not in service.regions:
        raise InstanceInvalid(f"{service.display_name} is not offered in “{region[:60]}”.", target="target")
    group = body.get("resource_group", body.get("resource_group_id"))
    if not isinstance(group, str) or not group:
        raise InstanceInvalid("resource_group is missing.", target="resource_group")
    return Wanted(name, service, plan, region, group.rpartition(":")[2], _tags(body), good_parameters(body))


def without_secrets(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters without passwords, at any depth."""
    return {name: _shown(value) for name, value in parameters.items() if name.lower() not in SECRETS}


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return without_secrets(value)
    return [_shown(entry) for entry in value] if isinstance(value, list) else value


def good_name(value: Any) -> str:
    """An instance's name. Raises `InstanceInvalid`."""
    if not isinstance(value, str):
        raise InstanceInvalid("The service name is missing.", target="name")
    problem = service_name_problem(value)
    if problem:
        raise InstanceInvalid(problem, target="name")
    return value


def good_parameters(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters object, absent as the empty one. Raises `InstanceInvalid`."""
    value = body.get("parameters")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InstanceInvalid("parameters must be an object.", target="parameters")
    return value


def _region(value: Any) -> str:
    """A region's id, also out of a deployment CRN (`...:deployment:<plan id>%3A<region>`)."""
    if not isinstance(value, str) or not value:
        raise InstanceInvalid("target is missing.", target="target")
    if not value.startswith("crn:"):
        return value
    try:
        resource = Crn.parse(value).resource
    except InvalidCrn as error:
        raise InstanceInvalid("target is neither a region nor a deployment CRN.", target="target") from error
    return resource.replace("%3A", ":").replace("%3a", ":").rpartition(":")[2]


def _tags(body: Mapping[str, Any]) -> list[str]:
    value = body.get("tags")
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > TAGS_MAX or not all(isinstance(tag, str) for tag in value):
        raise InstanceInvalid(f"tags must be a list of at most {TAGS_MAX} texts.", target="tags")
    problem = tags_problem(value)
    if problem:
        raise InstanceInvalid(problem, target="tags")
    return list(dict.fromkeys(value))

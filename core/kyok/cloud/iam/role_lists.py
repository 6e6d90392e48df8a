"""`GET /v2/roles`: which roles can be granted, for a service or for a pair of services."""

from collections.abc import Mapping
from typing import Any

from kyok.cloud.iam.errors import QueryInvalid
from kyok.domain.roles import PLATFORM_ROLES, SERVICE_ROLES, Role, offered_roles, role_actions


def role_lists(query: Mapping[str, str]) -> dict[str, Any]:
    """Custom, service and system roles. A pair that cannot be authorized has none."""
    service = query.get("service_name", "")
    source = query.get("source_service_name", "")
    if service and "service_group_id" in query:
        raise QueryInvalid("service_name and service_group_id exclude each other.")
    if query.get("policy_type") == "authorization" or source:
        offered = offered_roles(source, service)
    else:
        offered = SERVICE_ROLES.get(service, ()) + PLATFORM_ROLES
    return {
        "custom_roles": [],
        "service_roles": [_role(role, service) for role in offered if role.kind == "service"],
        "system_roles": [_role(role, service) for role in offered if role.kind == "platform"],
    }


def _role(role: Role, service: str) -> dict[str, Any]:
    return {
        "crn": role.crn,
        "display_name": role.display_name,
        "description": role.description,
        "actions": sorted(role_actions(service, role.name)),
    }

"""What a policy may look like: shapes of v1 and v2 bodies, and the rules of reference iam-and-resources.md 4.6."""

from collections.abc import Mapping
from typing import Any

from kyok.cloud.iam.errors import PolicyInvalid
from kyok.cloud.iam.policy_rows import Api
from kyok.domain.authorizations import (
    OPERATORS,
    RESOURCE_ATTRIBUTES,
    VALUE_MAX,
    AuthorizationPolicy,
    attribute,
    parse_policy,
    policy_problem,
)
from kyok.domain.roles import role_by_crn

TYPES = ("authorization", "access")
_KEPT = {
    "v1": ("type", "description", "subjects", "roles", "resources"),
    "v2": ("type", "description", "subject", "resource", "control", "pattern", "rule"),
}
_ACCESS_ATTRIBUTES = RESOURCE_ATTRIBUTES | {"serviceType"}
DESCRIPTION_MAX = 300


def checked(body: Mapping[str, Any], api: Api, account: str) -> dict[str, Any]:
    """The part of a body that is kept, when a policy of this account may look like that.

    Raises:
        PolicyInvalid: with the first rule that it breaks.
    """
    kind = body.get("type")
    if kind not in TYPES:
        raise PolicyInvalid("The policy type must be “access” or “authorization”.")
    _require_shape(body, api)
    document = {name: body[name] for name in _KEPT[api] if body.get(name) is not None}
    grant = parse_policy({**document, "id": "", "state": "active"})
    problem = _access_problem(grant, account) if kind == "access" else policy_problem(grant, account)
    if problem:
        raise PolicyInvalid(problem)
    return document


def _require_shape(body: Mapping[str, Any], api: Api) -> None:
    description = body.get("description")
    if description is not None and (not isinstance(description, str) or len(description) > DESCRIPTION_MAX):
        raise PolicyInvalid(f"The description is a text of at most {DESCRIPTION_MAX} characters.")
    if api == "v1":
        for name in ("subjects", "resources"):
            sides = body.get(name)
            if not isinstance(sides, list) or len(sides) != 1:
                raise PolicyInvalid(f"{name} must hold exactly one element.")
            _require_attributes(name, sides[0], "name")
        _require_roles(body.get("roles"))
        return
    for name in ("subject", "resource"):
        _require_attributes(name, body.get(name), "key")
    control = body.get("control")
    grant = control.get("grant") if isinstance(control, dict) else None
    _require_roles(grant.get("roles") if isinstance(grant, dict) else None)
    if body.get("rule") is not None and not body.get("pattern"):
        raise PolicyInvalid("A policy with a rule needs a pattern.")


def _require_attributes(side: str, value: Any, naming: str) -> None:
    attributes = value.get("attributes") if isinstance(value, dict) else None
    if not isinstance(attributes, list) or not attributes:
        raise PolicyInvalid(f"{side} needs attributes.")
    for entry in attributes:
        if not isinstance(entry, dict) or not isinstance(entry.get(naming), str):
            raise PolicyInvalid(f"Each attribute of {side} needs a {naming} and a value.")
        given = entry.get("value")
        values = given if isinstance(given, list) else [given]
        if not values or not all(isinstance(one, str | bool) for one in values):
            raise PolicyInvalid(f"The value of “{entry[naming][:60]}” must be text.")


def _require_roles(value: Any) -> None:
    if not isinstance(value, list) or not value:
        raise PolicyInvalid("A policy needs at least one role.")
    if not all(isinstance(role, dict) and isinstance(role.get("role_id"), str) for role in value):
        raise PolicyInvalid("Each role needs its role_id.")


def _access_problem(grant: AuthorizationPolicy, account: str) -> str | None:
    if not attribute(grant.subject, "iam_id"):
        return "The subject of an access policy needs an iam_id; access groups are not emulated."
    if grant.account != account:
        return "The resource needs the accountId of your account."
    for entry in (*grant.subject[1:], *grant.resource):
        if entry.name not in _ACCESS_ATTRIBUTES:
            return f"The attribute “{entry.name}” cannot be used here."
        if entry.operator not in OPERATORS:
            return f"The operator “{entry.operator}” is not known."
        if any(not 1 <= len(value) <= VALUE_MAX for value in entry.values):
            return f"The value of “{entry.name}” must have 1 to {VALUE_MAX} characters."
    unknown = next((crn for crn in grant.roles if role_by_crn(crn) is None), None)
    return f"There is no role {unknown[:120]}." if unknown else None

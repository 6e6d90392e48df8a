"""Policies as the two versions of the API write them."""

from typing import Any

from kyok.cloud.iam.policy_rows import Api, StoredPolicy
from kyok.cloud.store.times import moment, rfc3339_ms
from kyok.domain.authorizations import policy_body
from kyok.domain.roles import role_actions, role_by_crn

DISPLAY = "display"
"""The value of `format` that adds names and actions of roles."""


def body_of(known: StoredPolicy, api: Api, base: str, display: str = "") -> dict[str, Any]:
    """The policy object. What was sent through the same version comes back as it was sent, in its order."""
    sent = known.document if known.api == api else policy_body(known.grant, api)
    body: dict[str, Any] = {"id": known.id, **sent}
    if api == "v1":
        body["roles"] = [_role(crn, known, actions=False) for crn in known.grant.roles]
    else:
        wide = display.startswith(DISPLAY)
        roles = [_role(crn, known, actions=True) if wide else {"role_id": crn} for crn in known.grant.roles]
        body["control"] = {"grant": {"roles": roles}}
    return body | {
        "href": f"{base}/{known.api}/policies/{known.id}",
        "state": known.grant.state,
        "created_at": rfc3339_ms(moment(known.created_at)),
        "created_by_id": known.created_by,
        "last_modified_at": rfc3339_ms(moment(known.modified_at)),
        "last_modified_by_id": known.modified_by,
    }


def _role(crn: str, known: StoredPolicy, *, actions: bool) -> dict[str, Any]:
    role = role_by_crn(crn)
    body: dict[str, Any] = {"role_id": crn}
    if role is not None:
        body |= {"display_name": role.display_name, "description": role.description}
        if actions:
            names = sorted(role_actions(known.grant.target_service, role.name))
            body["actions"] = [{"id": name, "display_name": name, "description": ""} for name in names]
    return body

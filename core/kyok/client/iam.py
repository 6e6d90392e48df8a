"""Authorizations and roles (reference/iam-and-resources.md section 4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from kyok.client.decode import decode_all
from kyok.client.errors import UnexpectedAnswer
from kyok.client.records.access import Policy, RoleInfo
from kyok.client.session import CloudSession
from kyok.client.token import SignedIn
from kyok.domain import authorizations
from kyok.domain.authorizations import AuthorizationPolicy

PAGE = 100


class IamApi:
    """Who is signed in, and who may use what."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def identity(self) -> SignedIn:
        """The signed-in identity."""
        return self._session.identity()

    def authorizations(self, *, removed: bool = False) -> tuple[Policy, ...]:
        """Every authorization in force in the account, or every removed one that can be restored; all pages."""
        params: dict[str, object] = {"account_id": self._session.account_id, "type": "authorization", "limit": PAGE}
        if removed:
            params["state"] = "deleted"
        found: list[Policy] = []
        while True:
            body = self._session.request("iam", "GET", "/v1/policies", params=params)
            found.extend(Policy.of(item) for item in _objects(body.get("policies")))
            start = _start(body.get("next"))
            if not start:
                return tuple(found)
            params["start"] = start

    def authorization(self, policy_id: str) -> Policy:
        """One authorization, with the ETag that changing it needs."""
        reply = self._session.call("iam", "GET", f"/v1/policies/{quote(policy_id, safe='')}")
        return Policy.of(reply.json(), reply.headers.get("etag", ""))

    def create(self, policy: AuthorizationPolicy) -> Policy:
        """Create an authorization as it is given; also grants a removed one again."""
        body = authorizations.policy_body(policy)
        reply = self._session.call("iam", "POST", "/v1/policies", json=body)
        return Policy.of(reply.json(), reply.headers.get("etag", ""))

    def replace(self, policy: Policy, wanted: AuthorizationPolicy) -> Policy:
        """Change an authorization as a whole; 412 when it is not as `policy.etag` says any more."""
        path, body = f"/v1/policies/{quote(policy.id, safe='')}", authorizations.policy_body(wanted)
        reply = self._session.call("iam", "PUT", path, json=body, headers={"If-Match": policy.etag})
        return Policy.of(reply.json(), reply.headers.get("etag", ""))

    def remove(self, policy_id: str) -> None:
        """Remove an authorization; instances that depend on it stop."""
        self._session.call("iam", "DELETE", f"/v1/policies/{quote(policy_id, safe='')}")

    def restore(self, policy_id: str) -> Policy:
        """Bring a removed authorization back as it was; 404 when the cloud no longer knows it."""
        path = f"/v1/policies/{quote(policy_id, safe='')}"
        etag = self.authorization(policy_id).etag
        reply = self._session.call("iam", "PATCH", path, json={"state": "active"}, headers={"If-Match": etag})
        return Policy.of(reply.json(), reply.headers.get("etag", ""))

    def roles(self, source_service: str, target_service: str) -> tuple[RoleInfo, ...]:
        """The roles that an authorization between two services may grant; none for an impossible pair."""
        params = {
            "account_id": self._session.account_id,
            "service_name": target_service,
            "source_service_name": source_service,
            "policy_type": "authorization",
        }
        body = self._session.request("iam", "GET", "/v2/roles", params=params)
        return tuple(
            role
            for kind in ("service_roles", "system_roles", "custom_roles")
            for role in decode_all(RoleInfo, body.get(kind))
        )


def _objects(items: object) -> list[dict[str, Any]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UnexpectedAnswer()
    return items


def _start(following: object) -> str:
    """The paging token of a `next` object, which may be given apart or inside the address."""
    if not isinstance(following, dict):
        return ""
    given = following.get("start")
    if given:
        return str(given)
    query = parse_qs(urlsplit(str(following.get("href", ""))).query)
    return query.get("start", [""])[0]

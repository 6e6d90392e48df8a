"""What every part of the key management API has in common: the instance's header, the envelope, one resource."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from kyok.client.session import ApiKey, CloudSession
from kyok.client.transport import Reply
from kyok.domain.crn import Crn
from kyok.domain.key_fields import LIST_MAX

COLLECTION = "application/vnd.ibm.kms."


class KmsCalls:
    """Calls to an instance. Every call takes its CRN: it names the address and the `Bluemix-Instance` header."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def _request(self, instance: Crn, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        return self._call(instance, method, path, **arguments).json()

    def _call(
        self, instance: Crn, method: str, path: str, headers: Mapping[str, str] | None = None, **arguments: Any
    ) -> Reply:
        sent = {"Bluemix-Instance": instance.instance, **(headers or {})}
        return self._session.call(instance, method, path, headers=sent, **arguments)

    def _everything(self, instance: Crn, path: str) -> list[Any]:
        """All resources of a list, page by page."""
        found: list[Any] = []
        while True:
            params = {"limit": LIST_MAX, "offset": len(found) or None}
            members = self._request(instance, "GET", path, params=params).get("resources") or []
            found.extend(members)
            if len(members) < LIST_MAX:
                return found


def key_path(key_id: str) -> str:
    """The path of a key, by id or alias."""
    return f"/api/v2/keys/{quote(key_id, safe='')}"


def envelope(kind: str, *resources: Mapping[str, Any]) -> dict[str, Any]:
    """Resources as the API takes them; `kind` is the collection's type without its prefix."""
    metadata = {"collectionType": f"{COLLECTION}{kind}+json", "collectionTotal": len(resources)}
    return {"metadata": metadata, "resources": [dict(one) for one in resources]}


def encoded(secret: ApiKey) -> str:
    """Secret bytes as base64 text, for the moment they have to be sent. That copy cannot be wiped."""
    with secret.use() as raw:
        return base64.b64encode(raw).decode()

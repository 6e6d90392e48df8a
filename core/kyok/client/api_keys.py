"""API keys of users (reference/iam-and-resources.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from kyok.client.decode import decode
from kyok.client.errors import UnexpectedAnswer
from kyok.client.session import CloudSession
from kyok.secrets import Secret

PAGE = 100
_PATH = "/v1/apikeys"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key as the cloud tells of it: never with its value."""

    id: str
    name: str = ""
    description: str = ""
    iam_id: str = ""
    crn: str = ""
    entity_tag: str = ""
    locked: bool = False
    disabled: bool = False
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key that was just made, with its value: told this once."""

    key: ApiKey
    value: Secret


class ApiKeysApi:
    """The signed-in person's keys; an administrator's calls reach everybody's."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def listed(self, *, whole_account: bool = False) -> tuple[ApiKey, ...]:
        """One's own keys, or those of all users of the account."""
        return tuple(self._pages({"scope": "account"} if whole_account else {}))

    def create(self, name: str, description: str = "") -> NewApiKey:
        """Make a key for the signed-in person."""
        identity = self._session.identity()
        body = {"name": name, "iam_id": identity.iam_id, "account_id": identity.account_id}
        if description:
            body["description"] = description
        answer = self._session.request("iam", "POST", _PATH, json=body)
        value = answer.pop("apikey", None)
        if not isinstance(value, str):
            raise UnexpectedAnswer()
        return NewApiKey(decode(ApiKey, answer), Secret(value))

    def change(self, key: ApiKey, name: str, description: str) -> ApiKey:
        """Give a key another name and description; 409 when it was changed since it was read."""
        body = {"name": name, "description": description}
        headers = {"If-Match": key.entity_tag}
        return decode(ApiKey, self._session.request("iam", "PUT", _of(key), json=body, headers=headers))

    def delete(self, key: ApiKey) -> None:
        """Delete a key; 409 while it is locked."""
        self._session.call("iam", "DELETE", _of(key))

    def set_locked(self, key: ApiKey, locked: bool) -> None:
        """Lock a key against changes and deletion, or unlock it."""
        self._session.call("iam", "POST" if locked else "DELETE", f"{_of(key)}/lock")

    def set_disabled(self, key: ApiKey, disabled: bool) -> None:
        """Let a key sign nobody in, or let it again."""
        self._session.call("iam", "POST" if disabled else "DELETE", f"{_of(key)}/disable")

    def in_use(self) -> str:
        """Id of the key that this session itself signs in with; empty when it has none."""
        headers = self._session.key_header()
        if not headers:
            return ""
        return decode(ApiKey, self._session.request("iam", "GET", f"{_PATH}/details", headers=headers)).id

    def _pages(self, filters: dict[str, object]) -> Iterator[ApiKey]:
        params: dict[str, object] = {"account_id": self._session.account_id, "pagesize": PAGE, **filters}
        while True:
            body = self._session.request("iam", "GET", _PATH, params=params)
            for item in body.get("apikeys") or ():
                yield decode(ApiKey, item)
            token = _page_token(body.get("next"))
            if not token:
                return
            params["pagetoken"] = token


def _of(key: ApiKey) -> str:
    return f"{_PATH}/{quote(key.id, safe='')}"


def _page_token(following: Any) -> str:
    return parse_qs(urlsplit(str(following or "")).query).get("pagetoken", [""])[0]

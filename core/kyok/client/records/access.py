"""Authorizations, roles and identities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kyok.client.decode import moment
from kyok.domain.authorizations import AuthorizationPolicy, parse_policy
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class Policy:
    """An authorization with its administrative data; `grant` is what decides."""

    grant: AuthorizationPolicy
    created_at: datetime | None
    modified_at: datetime | None
    etag: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any], etag: str = "") -> Policy:
        """The record of a v1 or v2 policy object."""
        grant = parse_policy(body)
        return cls(grant, moment(grant.created_at), moment(grant.modified_at), etag)

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.grant.id

    @property
    def modified_by(self) -> str:
        """IAM id of who changed it last."""
        return self.grant.modified_by or self.grant.created_by

    @property
    def by_service(self) -> bool:
        """Whether a service made it, not a person (IAM ids of services are CRNs)."""
        return self.grant.created_by.startswith(("crn-", "crn:"))

    @property
    def type_word(self) -> str:
        """`User-defined` or `By service`."""
        return tr("By service") if self.by_service else tr("User-defined")


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role that can be granted, with its actions."""

    crn: str
    display_name: str
    description: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role that a user has. `service` None: every service; `instance` None: every instance."""

    role: str
    service: str | None = None
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class ApiKeyInfo:
    """An API key of a user. Its value is only in the answer that made it."""

    id: str
    name: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A user of an account. `api_keys` is None when they are not shown to whoever asks."""

    iam_id: str
    email: str
    name: str = ""
    roles: tuple[RoleGrant, ...] = ()
    api_keys: tuple[ApiKeyInfo, ...] | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account and its users."""

    id: str
    name: str
    users: tuple[User, ...] = ()


@dataclass(frozen=True, slots=True)
class Identities:
    """All accounts of the emulated cloud."""

    accounts: tuple[Account, ...] = ()

    def account(self, account_id: str) -> Account | None:
        """The account with this id, or None."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def name_of(self, iam_id: str) -> str:
        """The email of a user; the IAM id itself for one that is not known."""
        users = (user for account in self.accounts for user in account.users)
        return next((user.email for user in users if user.iam_id == iam_id), iam_id)

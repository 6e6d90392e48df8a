"""The policies of one account in the form in which decisions are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from kyok.cloud.store import Reader
from kyok.cloud.store.tables import instance, policy
from kyok.domain import roles, services
from kyok.domain.authorizations import AuthorizationPolicy, attribute, covers, facts_of, parse_policy
from kyok.domain.crn import Crn

_POLICIES = select(policy.c.id, policy.c.type, policy.c.document).where(
    policy.c.account == bindparam("account"), policy.c.state == "active"
)
_GROUPS = select(instance.c.guid, instance.c.group_id).where(instance.c.account == bindparam("account"))


@dataclass(frozen=True, slots=True)
class AccountPolicies:
    """What is in force in an account, and the resource group of each of its instances."""

    access: Mapping[str, tuple[AuthorizationPolicy, ...]] = field(default_factory=dict)
    """Policies of users by IAM id."""
    authorizations: tuple[AuthorizationPolicy, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, reader: Reader, account: str) -> "AccountPolicies":
        """Everything in force as the reader sees it."""
        access: dict[str, tuple[AuthorizationPolicy, ...]] = {}
        authorizations: list[AuthorizationPolicy] = []
        for row in reader.all(_POLICIES, {"account": account}):
            found = parse_policy({**row.document, "id": row.id, "type": row.type})
            if row.type == "authorization":
                authorizations.append(found)
            else:
                who = attribute(found.subject, "iam_id")
                access[who] = (*access.get(who, ()), found)
        groups = {row.guid: row.group_id for row in reader.all(_GROUPS, {"account": account})}
        return cls(access, tuple(authorizations), groups)

    def facts(self, crn: Crn, group: str | None, ring: str | None) -> dict[str, str]:
        """What policies can ask of a target in this account."""
        known = group if group is not None else self.groups.get(crn.instance, "")
        facts: dict[str, Any] = facts_of(crn, resource_group=known, key_ring=ring or "")
        facts["serviceType"] = "service" if services.service(crn.service) else "platform_service"
        return facts

    def of_user(self, iam_id: str, target: Mapping[str, str]) -> list[AuthorizationPolicy]:
        """The user's policies that reach the target."""
        return [
            found
            for found in self.access.get(iam_id, ())
            if all(entry.matches(target) for entry in found.resource) and found.resource
        ]

    def of_instance(self, source: Mapping[str, str], target: Mapping[str, str]) -> list[AuthorizationPolicy]:
        """The authorizations that let a service instance reach the target."""
        return [found for found in self.authorizations if covers(found, source, target)]


def actions_of(policies: list[AuthorizationPolicy], service: str) -> frozenset[str]:
    """Everything that the roles of these policies contain at a service."""
    names = {crn.rpartition(":")[2] for found in policies for crn in found.roles}
    return frozenset().union(*(roles.role_actions(service, name) for name in names))

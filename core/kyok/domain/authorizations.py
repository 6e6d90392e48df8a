"""Authorization policies in one shape, whichever API version wrote them, and what they cover.

Source: reference/iam-and-resources.md sections 4.2 to 4.8. The attribute order of a policy is kept (clients compare
the first subject and resource with what they sent) but never matters for a decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from kyok.domain import roles, services
from kyok.domain.crn import Crn
from kyok.domain.translation import tr

Operator = Literal["stringEquals", "stringMatch", "stringExists", "stringEqualsAnyOf", "stringMatchAnyOf"]

SUBJECT_ATTRIBUTES: frozenset[str] = frozenset(
    {"accountId", "serviceName", "serviceInstance", "region", "resourceType", "resource", "resourceGroupId"}
)
RESOURCE_ATTRIBUTES: frozenset[str] = SUBJECT_ATTRIBUTES | {"keyRing"}
OPERATORS: frozenset[str] = frozenset(
    {"stringEquals", "stringMatch", "stringExists", "stringEqualsAnyOf", "stringMatchAnyOf"}
)
VALUE_MAX = 1000
_OF_KEYS = frozenset({"keyRing", "resourceType", "resource"})
"""Attributes of a target that tell keys of one instance apart."""

Facts = Mapping[str, str]
"""Attribute values of a caller or target: `serviceName`, `accountId`, `serviceInstance`..."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a subject or resource; several values only for the `AnyOf` operators."""

    name: str
    values: tuple[str, ...]
    operator: str = "stringEquals"

    @property
    def value(self) -> str:
        """The only value."""
        return self.values[0] if self.values else ""

    def matches(self, facts: Facts) -> bool:
        """Whether the facts have a value that this attribute accepts."""
        actual = facts.get(self.name, "")
        if self.operator == "stringExists":
            return bool(actual) == (self.value.lower() == "true")
        if not actual:
            return False
        if self.operator in ("stringMatch", "stringMatchAnyOf"):
            return any(_wildcard(value).fullmatch(actual) is not None for value in self.values)
        return actual in self.values


@dataclass(frozen=True, slots=True)
class AuthorizationPolicy:
    """A policy of type `authorization` (or `access`, whose subject then names an IAM id)."""

    id: str
    type: str
    subject: tuple[Attribute, ...]
    resource: tuple[Attribute, ...]
    roles: tuple[str, ...]
    """Role CRNs."""
    state: str = "active"
    description: str = ""
    version: Literal["v1", "v2"] = "v1"
    created_at: str = ""
    created_by: str = ""
    modified_at: str = ""
    modified_by: str = ""

    @property
    def active(self) -> bool:
        """Whether the policy is in force."""
        return self.state == "active"

    @property
    def source_service(self) -> str:
        """Service name of the subject, empty when any."""
        return attribute(self.subject, "serviceName")

    @property
    def source_instance(self) -> str:
        """Instance GUID of the subject; empty means all service instances."""
        return attribute(self.subject, "serviceInstance")

    @property
    def source_account(self) -> str:
        """Account id of the subject."""
        return attribute(self.subject, "accountId")

    @property
    def target_service(self) -> str:
        """Service name of the resource, empty when any."""
        return attribute(self.resource, "serviceName")

    @property
    def target_instance(self) -> str:
        """Instance GUID of the resource; empty means all service instances."""
        return attribute(self.resource, "serviceInstance")

    @property
    def account(self) -> str:
        """Account id of the resource: the account that the policy belongs to."""
        return attribute(self.resource, "accountId")

    @property
    def role_names(self) -> tuple[str, ...]:
        """Display names of the roles."""
        return roles.role_names(self.roles)


@dataclass(frozen=True, slots=True)
class KeyUser:
    """An instance that uses a root key of another service, as far as `dependents` needs to know it.

    Groups are those of the two instances, the ring is that of the key: no CRN says them.
    """

    crn: Crn
    name: str
    kms_instance: Crn
    kms_key: str
    resource_group: str = ""
    kms_resource_group: str = ""
    key_ring: str = ""


def attribute(attributes: Iterable[Attribute], name: str) -> str:
    """The value of the attribute with this name, or an empty text."""
    return next((entry.value for entry in attributes if entry.name == name), "")


def parse_policy(body: Mapping[str, Any]) -> AuthorizationPolicy:
    """A v1 or v2 policy object of the API in our one shape. Missing parts become empty ones; see `policy_problem`."""
    if "subject" in body or "resource" in body or "control" in body:
        subject, resource, version = body.get("subject"), body.get("resource"), "v2"
        grant = _mapping(_mapping(body.get("control")).get("grant"))
        role_list = grant.get("roles")
    else:
        subject, resource = _only(body.get("subjects")), _only(body.get("resources"))
        role_list, version = body.get("roles"), "v1"
    return AuthorizationPolicy(
        id=str(body.get("id", "")),
        type=str(body.get("type", "")),
        subject=_attributes(subject),
        resource=_attributes(resource),
        roles=tuple(str(_mapping(role).get("role_id", "")) for role in _list(role_list)),
        state=str(body.get("state") or "active"),
        description=str(body.get("description") or ""),
        version="v2" if version == "v2" else "v1",
        created_at=str(body.get("created_at") or ""),
        created_by=str(body.get("created_by_id") or ""),
        modified_at=str(body.get("last_modified_at") or ""),
        modified_by=str(body.get("last_modified_by_id") or ""),
    )


def policy_body(policy: AuthorizationPolicy, version: Literal["v1", "v2"] = "v1") -> dict[str, Any]:
    """The request body that creates this policy in the given API version."""
    body: dict[str, Any] = {"type": policy.type}
    if policy.description:
        body["description"] = policy.description
    role_list = [{"role_id": crn} for crn in policy.roles]
    if version == "v2":
        body["subject"] = {"attributes": [_v2(entry) for entry in policy.subject]}
        body["resource"] = {"attributes": [_v2(entry) for entry in policy.resource]}
        body["control"] = {"grant": {"roles": role_list}}
        return body
    body["subjects"] = [{"attributes": [{"name": entry.name, "value": entry.value} for entry in policy.subject]}]
    body["roles"] = role_list
    body["resources"] = [{"attributes": [_v1(entry) for entry in policy.resource]}]
    return body


@dataclass(frozen=True, slots=True)
class Scopes:
    """What narrows both sides of an authorization; empty texts narrow nothing. Instances are GUIDs, groups ids.

    Of one side an instance excludes a group; of the target a single key excludes a key ring, since it is in one.
    """

    source_instance: str = ""
    source_group: str = ""
    target_instance: str = ""
    target_group: str = ""
    key_ring: str = ""
    key: str = ""

    @property
    def subject(self) -> dict[str, str]:
        """The attributes of the source, in the order in which they are sent."""
        return {"serviceInstance": self.source_instance, "resourceGroupId": self.source_group}

    @property
    def resource(self) -> dict[str, str]:
        """The attributes of the target, in the order in which they are sent."""
        return {
            "serviceInstance": self.target_instance,
            "resourceGroupId": self.target_group,
            "keyRing": self.key_ring,
            "resourceType": "key" if self.key else "",
            "resource": self.key,
        }


def scopes_of(policy: AuthorizationPolicy) -> Scopes | None:
    """What narrows this authorization; None when it is narrowed in a way that `Scopes` cannot say.

    That is: a region, another type of resource, wildcards, several values.
    """
    subject, resource = policy.subject, policy.resource
    found = Scopes(
        source_instance=attribute(subject, "serviceInstance"),
        source_group=attribute(subject, "resourceGroupId"),
        target_instance=attribute(resource, "serviceInstance"),
        target_group=attribute(resource, "resourceGroupId"),
        key_ring=attribute(resource, "keyRing"),
        key=attribute(resource, "resource"),
    )
    said = scoped_authorization(
        policy.account, policy.source_service, policy.target_service, found, source_account=policy.source_account
    )
    return found if same_grant(said, replace(policy, type=said.type)) else None


def authorization(
    account: str,
    source_service: str,
    target_service: str,
    *,
    source_instance: str = "",
    target_instance: str = "",
    role_crns: Sequence[str] = (roles.READER.crn,),
    source_account: str = "",
    description: str = "",
) -> AuthorizationPolicy:
    """A policy from instance to instance. Empty ones mean all service instances; instances are GUIDs, not CRNs."""
    scopes = Scopes(source_instance=source_instance, target_instance=target_instance)
    return scoped_authorization(
        account,
        source_service,
        target_service,
        scopes,
        role_crns=role_crns,
        source_account=source_account,
        description=description,
    )


def scoped_authorization(
    account: str,
    source_service: str,
    target_service: str,
    scopes: Scopes,
    *,
    role_crns: Sequence[str] = (roles.READER.crn,),
    source_account: str = "",
    description: str = "",
) -> AuthorizationPolicy:
    """The policy that the wizard makes, with every scope that it offers."""
    subject = [Attribute("accountId", (source_account or account,)), Attribute("serviceName", (source_service,))]
    resource = [Attribute("accountId", (account,)), Attribute("serviceName", (target_service,))]
    subject += [Attribute(name, (value,)) for name, value in scopes.subject.items() if value]
    resource += [Attribute(name, (value,)) for name, value in scopes.resource.items() if value]
    return AuthorizationPolicy(
        id="",
        type="authorization",
        subject=tuple(subject),
        resource=tuple(resource),
        roles=tuple(role_crns),
        description=description,
    )


def facts_of(crn: Crn, *, resource_group: str = "", key_ring: str = "") -> dict[str, str]:
    """What policies can ask of a CRN. Resource group and key ring stand in no CRN: the caller looks them up."""
    values = {
        "accountId": crn.account,
        "serviceName": crn.service,
        "serviceInstance": crn.instance,
        "region": crn.location,
        "resourceType": crn.resource_type,
        "resource": crn.resource,
        "resourceGroupId": resource_group,
        "keyRing": key_ring,
    }
    return {name: value for name, value in values.items() if value}


def covers(policy: AuthorizationPolicy, source: Crn | Facts, target: Crn | Facts) -> bool:
    """Whether an active policy lets this source reach this target, whatever its roles.

    Every subject attribute must match the source and every resource attribute the target; an attribute that the
    policy does not name matches anything.
    """
    return (
        policy.active
        and policy.type == "authorization"
        and bool(policy.subject)
        and bool(policy.resource)
        and _all_match(policy.subject, source)
        and _all_match(policy.resource, target)
    )


def grants(policy: AuthorizationPolicy, action: str, source: Crn | Facts, target: Crn | Facts) -> bool:
    """Whether the policy covers source and target and one of its roles contains the action."""
    if not covers(policy, source, target):
        return False
    service = target.service if isinstance(target, Crn) else target.get("serviceName", "")
    return any(action in roles.role_actions(service, crn.rpartition(":")[2]) for crn in policy.roles)


def grants_some_key(policy: AuthorizationPolicy, action: str, source: Crn | Facts, instance: Facts) -> bool:
    """Whether the policy grants the action on some key of an instance: all of them, those of a ring, or one."""
    if attribute(policy.resource, "resourceType") not in ("", "key"):
        return False
    wide = tuple(entry for entry in policy.resource if entry.name not in _OF_KEYS)
    return grants(replace(policy, resource=wide), action, source, instance)


def same_grant(left: AuthorizationPolicy, right: AuthorizationPolicy) -> bool:
    """Whether two policies are duplicates: same type, subject set and resource set, whatever the roles."""
    return (
        left.type == right.type
        and _as_set(left.subject) == _as_set(right.subject)
        and _as_set(left.resource) == _as_set(right.resource)
    )


def within(narrow: AuthorizationPolicy, wide: AuthorizationPolicy) -> bool:
    """Whether one authorization lets nobody do anything that the other one does not let him do."""
    return (
        narrow.type == wide.type
        and _as_set(wide.subject) <= _as_set(narrow.subject)
        and _as_set(wide.resource) <= _as_set(narrow.resource)
        and set(narrow.roles) <= set(wide.roles)
    )


def lets_use_keys(policy: AuthorizationPolicy, user: KeyUser) -> bool:
    """Whether the policy lets an instance unwrap with its root key."""
    action = f"{user.kms_instance.service}.secrets.unwrap"
    key = user.kms_instance.with_resource("key", user.kms_key)
    target = facts_of(key, resource_group=user.kms_resource_group, key_ring=user.key_ring)
    return grants(policy, action, facts_of(user.crn, resource_group=user.resource_group), target)


def users_of(policy: AuthorizationPolicy, users: Iterable[KeyUser]) -> tuple[KeyUser, ...]:
    """The instances that a policy lets use their root key (`Used by`)."""
    return tuple(user for user in users if lets_use_keys(policy, user))


def dependents(
    policy: AuthorizationPolicy, policies: Iterable[AuthorizationPolicy], users: Iterable[KeyUser]
) -> tuple[KeyUser, ...]:
    """The instances that lose their root key when this policy is removed: those no other active policy covers."""
    others = [other for other in policies if other.id != policy.id and other.active]
    return tuple(user for user in users_of(policy, users) if not any(lets_use_keys(other, user) for other in others))


def policy_problem(policy: AuthorizationPolicy, account: str) -> str | None:
    """What makes an authorization impossible as a sentence, or None. `account` is the caller's (rules of 4.6)."""
    checks: tuple[Callable[[AuthorizationPolicy, str], str | None], ...] = (
        _attribute_problem,
        _account_problem,
        _scope_problem,
        _role_problem,
    )
    return next((problem for check in checks if (problem := check(policy, account))), None)


def pair_problem(source: str, target: str) -> str | None:
    """Why no authorization can exist between two services, or None."""
    if roles.supported_pair(source, target):
        return None
    return tr(
        "{source} cannot be authorized to use {target}: there is no role for this pair.",
        source=services.display_name(source),
        target=services.display_name(target),
    )


def _attribute_problem(policy: AuthorizationPolicy, account: str) -> str | None:
    if policy.type != "authorization":
        return tr("The policy type must be “authorization”.")
    if not policy.subject or not policy.resource:
        return tr("An authorization needs exactly one subject and one resource with attributes.")
    for entries, known in ((policy.subject, SUBJECT_ATTRIBUTES), (policy.resource, RESOURCE_ATTRIBUTES)):
        names = [entry.name for entry in entries]
        for entry in entries:
            if entry.name not in known:
                return tr("The attribute “{name}” cannot be used here.", name=entry.name)
            if entry.operator not in OPERATORS:
                return tr("The operator “{operator}” is not known.", operator=entry.operator)
            if not entry.values or any(not 1 <= len(value) <= VALUE_MAX for value in entry.values):
                return tr(
                    "The value of “{name}” must have 1 to {value_max} characters.", name=entry.name, value_max=VALUE_MAX
                )
        if len(set(names)) != len(names):
            return tr("The same attribute is given twice.")
    return None


def _account_problem(policy: AuthorizationPolicy, account: str) -> str | None:
    if not policy.source_account:
        return tr("The subject needs an accountId.")
    if not policy.account:
        return tr("The resource needs an accountId.")
    if policy.account != account:
        return tr("The target must be in the account in which the authorization is made.")
    return None


def _scope_problem(policy: AuthorizationPolicy, account: str) -> str | None:
    if not policy.source_service and not attribute(policy.subject, "resourceGroupId"):
        return tr("The subject needs a serviceName or a resourceGroupId.")
    for entries in (policy.subject, policy.resource):
        if attribute(entries, "serviceInstance") and attribute(entries, "resourceGroupId"):
            return tr("serviceInstance and resourceGroupId contradict each other: give one of them.")
    if policy.source_service and policy.target_service:
        return pair_problem(policy.source_service, policy.target_service)
    return None


def _role_problem(policy: AuthorizationPolicy, account: str) -> str | None:
    if not policy.roles:
        return tr("An authorization needs at least one role.")
    offered = {role.crn for role in roles.offered_roles(policy.source_service, policy.target_service)}
    for crn in policy.roles if policy.source_service and policy.target_service else ():
        if crn not in offered:
            return tr(
                "The role {role_names} is not offered for this pair of services.",
                role_names=roles.role_names([crn])[0] or crn,
            )
    return None


def _all_match(attributes: Iterable[Attribute], side: Crn | Facts) -> bool:
    facts = facts_of(side) if isinstance(side, Crn) else side
    return all(entry.matches(facts) for entry in attributes)


def _as_set(attributes: Iterable[Attribute]) -> frozenset[tuple[str, frozenset[str], str]]:
    return frozenset((entry.name, frozenset(entry.values), entry.operator) for entry in attributes)


@lru_cache(maxsize=1024)
def _wildcard(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(char, re.escape(char)) for char in pattern), re.DOTALL)


def _attributes(side: object) -> tuple[Attribute, ...]:
    return tuple(_attribute(_mapping(entry)) for entry in _list(_mapping(side).get("attributes")))


def _attribute(entry: Mapping[str, Any]) -> Attribute:
    raw = entry.get("value", "")
    values = tuple(str(value) for value in raw) if isinstance(raw, list | tuple) else (_text(raw),)
    name = entry.get("name") or entry.get("key") or ""
    return Attribute(str(name), values, str(entry.get("operator") or "stringEquals"))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _v1(entry: Attribute) -> dict[str, str]:
    body = {"name": entry.name, "value": entry.value}
    if entry.operator != "stringEquals":
        body["operator"] = entry.operator
    return body


def _v2(entry: Attribute) -> dict[str, Any]:
    several = entry.operator.endswith("AnyOf")
    return {"key": entry.name, "operator": entry.operator, "value": list(entry.values) if several else entry.value}


def _only(items: object) -> object:
    entries = _list(items)
    return entries[0] if len(entries) == 1 else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

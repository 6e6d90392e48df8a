"""What the authorizations pages know of the account: read in one go by a worker, then only looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kyok.domain.authorizations import KeyUser, dependents, lets_use_keys, users_of
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_rules import NodeKeyStatus
from kyok_gui.told import people_of

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.access import Policy
    from kyok.client.records.databases import DatabaseSummary
    from kyok.client.records.emulator import InstanceUsage
    from kyok.client.records.resources import ResourceGroup, ServiceInstance
    from kyok.domain.authorizations import AuthorizationPolicy

_GONE = frozenset({InstanceState.REMOVED, InstanceState.PENDING_RECLAMATION, InstanceState.FAILED})


@dataclass(frozen=True, slots=True)
class Missing:
    """Instances that stand still because no authorization lets them use the keys of `target`."""

    target: ServiceInstance
    source_service: str
    databases: tuple[DatabaseSummary, ...]


@dataclass(frozen=True)
class AccessFacts:
    """Authorizations, instances, and who uses which root key. Real clouds tell no users: `usage_known` is False."""

    account_id: str
    account_name: str
    policies: tuple[Policy, ...] = ()
    removed: tuple[Policy, ...] = ()
    groups: tuple[ResourceGroup, ...] = ()
    instances: Mapping[str, ServiceInstance] = field(default_factory=dict)
    usage: Mapping[str, InstanceUsage] = field(default_factory=dict)
    databases: Mapping[str, DatabaseSummary] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    usage_known: bool = True

    @property
    def users(self) -> tuple[KeyUser, ...]:
        """The instances that use a root key of another service."""
        return tuple(
            self._user(one, Crn.parse(one.kms_instance), one.kms_key)
            for one in self.databases.values()
            if one.kms_instance and one.kms_key and one.instance_state not in _GONE
        )

    def _user(self, one: DatabaseSummary, kms: Crn, key: str) -> KeyUser:
        target = self.instances.get(kms.instance)
        return KeyUser(
            Crn.parse(one.crn),
            one.name,
            kms,
            key,
            resource_group=one.resource_group_id,
            kms_resource_group=target.resource_group_id if target is not None else "",
            key_ring=one.kms_key_ring,
        )

    def name_of(self, guid: str) -> str:
        """Name of an instance; nothing for one that does not exist."""
        found = self.instances.get(guid)
        return found.name if found is not None else ""

    def instances_of(self, service: str) -> list[ServiceInstance]:
        """The instances of a service by name."""
        return sorted((one for one in self.instances.values() if one.service == service), key=lambda one: one.name)

    def used_by(self, policy: Policy) -> list[DatabaseSummary]:
        """The instances that this authorization lets use their root key."""
        return self._summaries(users_of(policy.grant, self.users))

    def depending_on(self, policy: Policy) -> list[DatabaseSummary]:
        """Those of them that no other authorization covers."""
        grants = [one.grant for one in self.policies]
        return self._summaries(dependents(policy.grant, grants, self.users))

    def stopped_by(self, policy: Policy, wanted: AuthorizationPolicy) -> list[DatabaseSummary]:
        """The running instances that nothing covers any more once the authorization is changed to this."""
        grants = [*(one.grant for one in self.policies), replace(wanted, id="")]
        found = self._summaries(dependents(policy.grant, grants, self.users))
        return [one for one in found if one.running_nodes]

    def group_name(self, ident: str) -> str:
        """Name of a resource group; its id when it is not there any more."""
        return next((group.name for group in self.groups if group.id == ident), ident)

    def asked_about(self, instance: str, service: str) -> str:
        """What a role must be held on for an authorization of this target: the instance while there is one."""
        return instance if instance in self.instances else service

    def policy(self, policy_id: str) -> Policy | None:
        """One authorization in force."""
        return next((one for one in self.policies if one.id == policy_id), None)

    def _summaries(self, users: tuple[KeyUser, ...]) -> list[DatabaseSummary]:
        found = [self.databases[user.crn.instance] for user in users]
        return sorted(found, key=lambda one: one.name)

    def waiting_for(self, wanted: AuthorizationPolicy) -> list[DatabaseSummary]:
        """The stopped instances that this authorization would start again."""
        waiting = {one.guid for one in self.unauthorized()}
        return [one for one in self._summaries(users_of(wanted, self.users)) if one.guid in waiting]

    def unauthorized(self) -> list[DatabaseSummary]:
        """The instances that stand still because no authorization is there."""
        waiting = {user.crn.instance for user in self.users if not self._covered(user)}
        found = (one for one in self.databases.values() if one.guid in waiting)
        return sorted(
            (one for one in found if one.key_status is NodeKeyStatus.NOT_AUTHORIZED), key=lambda one: one.name
        )

    def _covered(self, user: KeyUser) -> bool:
        return any(lets_use_keys(one.grant, user) for one in self.policies)

    def missing(self) -> list[Missing]:
        """What lacks an authorization, one entry for each instance that holds keys and each source service."""
        groups: dict[tuple[str, str], list[DatabaseSummary]] = {}
        for one in self.unauthorized():
            target = Crn.parse(one.kms_instance or "").instance
            if target in self.instances:
                groups.setdefault((target, Crn.parse(one.crn).service), []).append(one)
        return [
            Missing(self.instances[target], service, tuple(databases))
            for (target, service), databases in groups.items()
        ]


def read_facts(api: CloudApi, account_id: str, account_name: str) -> AccessFacts:
    """Reads everything; runs in a worker."""
    policies = api.iam.authorizations()
    instances = {one.guid: one for one in api.resources.listed()}
    known = api.emulator.available
    return AccessFacts(
        account_id=account_id,
        account_name=account_name,
        policies=policies,
        removed=tuple(sorted(api.iam.authorizations(removed=True), key=_moment, reverse=True)),
        groups=api.resources.groups(),
        instances=instances,
        usage={one.guid: one for one in api.emulator.usage()} if known else {},
        databases={one.guid: one for one in api.databases.summaries()} if known else {},
        people=people_of(api),
        usage_known=known,
    )


def _moment(policy: Policy) -> datetime:
    return policy.modified_at or datetime.min.replace(tzinfo=UTC)

"""Which KMS instances and root keys a new database instance can be encrypted under, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kyok.domain import authorizations, databases, services, texts
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState
from kyok.domain.translation import tr
from kyok_gui.widgets import Choice

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.access import Policy
    from kyok.client.records.emulator import InstanceUsage
    from kyok.client.records.keys import Key
    from kyok.client.records.resources import ServiceInstance
    from kyok.domain.authorizations import AuthorizationPolicy

AUTOMATIC = "automatic"
"""Id of the first choice in both pickers: a random key, kept by the service."""

SOURCE = services.short_name(services.DBAAS_POSTGRESQL)


@dataclass(frozen=True, slots=True)
class KmsOption:
    """A KMS instance. `reason` says why it cannot be chosen at all."""

    guid: str
    crn: Crn
    name: str
    units: int = 0
    initialised: bool = True
    active_keys: int = 0
    resource_group: str = ""

    @property
    def title(self) -> str:
        """`acme-hpcs (us-south, 2 crypto units)`."""
        more = texts.plural(self.units, "crypto unit") if self.units else services.short_name(self.crn.service)
        return f"{self.name} ({self.crn.location}, {more})"

    @property
    def reason(self) -> str:
        """Why the instance cannot be chosen."""
        if not self.initialised:
            return tr("Not initialized: initialize its crypto units first")
        if not self.active_keys:
            return tr("No active root key: create or import one first")
        return ""

    @property
    def choice(self) -> Choice:
        """The line of the picker."""
        keys = texts.plural(self.active_keys, "active root key") if not self.reason else ""
        return Choice(self.guid, self.title, detail=keys, reason=self.reason)


@dataclass(frozen=True, slots=True)
class KmsOptions:
    """All KMS instances of the account, and the authorizations that decide about them."""

    instances: tuple[KmsOption, ...] = ()
    policies: tuple[Policy, ...] = ()

    def option(self, guid: str) -> KmsOption | None:
        """One instance."""
        return next((option for option in self.instances if option.guid == guid), None)

    def choices(self) -> list[Choice]:
        """The picker of KMS instances."""
        first = Choice(AUTOMATIC, tr(databases.AUTOMATIC_KEY), detail=tr("Random, kept by the service"))
        return [first, *(option.choice for option in self.instances)]

    def policy_for(self, option: KmsOption, region: str, resource_group: str = "") -> AuthorizationPolicy | None:
        """The authorization under which a new database instance may use keys of a KMS instance; None without one."""
        source, action = _source(option, region, resource_group), f"{option.crn.service}.secrets.wrap"
        target = authorizations.facts_of(option.crn, resource_group=option.resource_group)
        grants = (each.grant for each in self.policies)
        return next((one for one in grants if authorizations.grants_some_key(one, action, source, target)), None)

    def lets_use(self, option: KmsOption, key: Key, region: str, resource_group: str = "") -> bool:
        """Whether a new database instance may use this key: an authorization may be for a ring or a single key."""
        source, action = _source(option, region, resource_group), f"{option.crn.service}.secrets.wrap"
        crn = option.crn.with_resource("key", key.id)
        target = authorizations.facts_of(crn, resource_group=option.resource_group, key_ring=key.ring)
        return any(authorizations.grants(each.grant, action, source, target) for each in self.policies)


def _source(option: KmsOption, region: str, resource_group: str) -> dict[str, str]:
    crn = Crn.of_instance(services.DBAAS_POSTGRESQL, region, option.crn.account, "")
    return authorizations.facts_of(crn, resource_group=resource_group)


def load_options(api: CloudApi) -> KmsOptions:
    """Reads KMS instances, their use and the authorizations; runs in a worker."""
    usage = {entry.guid: entry for entry in api.emulator.usage()}
    instances = [
        _option(entry, usage.get(entry.guid))
        for entry in api.resources.listed()
        if entry.service in services.KEY_SERVICES and entry.state is InstanceState.ACTIVE
    ]
    return KmsOptions(tuple(sorted(instances, key=lambda option: option.name)), api.iam.authorizations())


def _option(entry: ServiceInstance, used: InstanceUsage | None) -> KmsOption:
    option = KmsOption(entry.guid, entry.crn, entry.name, resource_group=entry.resource_group_id)
    if used is None:
        return option
    active = used.root_keys_in(KeyState.ACTIVE)
    return replace(option, units=used.units, initialised=used.initialised, active_keys=active)


def key_choices(keys: Sequence[Key], allowed: Sequence[Key]) -> list[Choice]:
    """The picker of root keys; those that no authorization covers say so."""
    usable = {key.id for key in allowed}
    return [
        Choice(
            key.id,
            tr("{key} (Active, key ring {ring})", key=key.name, ring=key.ring),
            reason="" if key.id in usable else tr("No authorization covers this key"),
        )
        for key in keys
        if key.usable
    ]


def key_helper(keys: Sequence[Key], allowed: Sequence[Key]) -> str:
    """What stands under the root key picker."""
    count = sum(key.usable for key in keys)
    words = tr("{keys}. Standard keys are not offered.", keys=texts.plural(count, "active root key"))
    if len(allowed) == count:
        return words
    return f"{words} {tr('The authorization covers {count} of them.', count=len(allowed))}"

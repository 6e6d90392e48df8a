"""What the overview of a key instance reads, and the words it makes of it. Nothing here knows a widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.key_states import LIVE_STATES, KeyState
from kyok.domain.regions import region
from kyok.domain.services import HS_CRYPTO, display_name
from kyok.domain.texts import listed, plural
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.pages.keys.units import holds_master_key, units_if_allowed
from kyok_gui.told import people_of

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.crypto_units import CryptoUnits
    from kyok.client.records.databases import DatabaseSummary
    from kyok.client.records.keys import Key
    from kyok.client.records.resources import ServiceInstance


@dataclass(frozen=True, slots=True)
class Counts:
    """How many keys there are: root keys by state, and live standard keys."""

    root: dict[KeyState, int]
    standard: int = 0

    @property
    def live_root(self) -> int:
        """Root keys that are not destroyed."""
        return sum(count for state, count in self.root.items() if state in LIVE_STATES)

    @property
    def destroyed(self) -> int:
        """Root keys that are destroyed and not purged yet."""
        return self.root.get(KeyState.DESTROYED, 0)

    def live_in_words(self) -> str:
        """`11: 9 active, 2 suspended`, or `2 active`, or `None`."""
        parts = [
            f"{count:,} {state.word.lower()}" for state, count in self.root.items() if count and state in LIVE_STATES
        ]
        if len(parts) > 1:
            return f"{self.live_root:,}: {', '.join(parts)}"
        return parts[0] if parts else tr("None")


@dataclass(frozen=True, slots=True)
class Overview:
    """An instance that holds keys. `units` is None where the provider runs the hardware (Key Protect)."""

    instance: ServiceInstance
    units: CryptoUnits | None
    """None for an instance without its own, and for whoever may not look at them."""
    counts: Counts
    databases: tuple[DatabaseSummary, ...]
    address: str
    group: str = ""
    creator: str = ""
    initialised: bool = True

    @property
    def ready(self) -> bool:
        """Whether keys can be made and used."""
        return self.initialised and (self.units is None or self.units.usable)


def read_overview(api: CloudApi, guid: str) -> Overview:
    """Reads everything that the page shows; runs in a worker."""
    instance = api.resources.instance(guid)
    hsm = instance.service == HS_CRYPTO
    units = units_if_allowed(api, guid) if hsm else None
    summaries = api.databases.summaries() if api.emulator.available else ()
    users = tuple(one for one in summaries if guid_in(one.kms_instance) == guid)
    groups = {group.id: group.name for group in api.resources.groups()}
    return Overview(
        instance=instance,
        units=units,
        counts=_counts(api, instance, units),
        databases=tuple(sorted(users, key=lambda one: one.name)),
        address=api.profile.kms_url(instance.crn),
        group=groups.get(instance.resource_group_id, instance.resource_group_id),
        creator=people_of(api).get(instance.created_by, ""),
        initialised=not hsm or units is not None or holds_master_key(api, guid),
    )


def _counts(api: CloudApi, instance: ServiceInstance, units: CryptoUnits | None) -> Counts:
    if units is not None and not units.usable:
        return Counts({})
    if api.emulator.available:
        for usage in api.emulator.usage():
            if usage.guid == instance.guid:
                return Counts({state: usage.root_keys_in(state) for state in KeyState}, usage.standard_keys)
    return counts_of(api.keys.every(instance.crn, states=tuple(KeyState)))


def counts_of(keys: Sequence[Key]) -> Counts:
    """Counted from the list, where no cloud counts them for us."""
    root = dict.fromkeys(KeyState, 0)
    for key in keys:
        if key.root:
            root[key.state] += 1
    return Counts(root, sum(key.standard and key.state in LIVE_STATES for key in keys))


def guid_in(crn: str | None) -> str:
    """The instance of a CRN text, or nothing."""
    parts = (crn or "").split(":")
    return parts[7] if len(parts) > 7 else ""


def units_in_words(units: CryptoUnits) -> str:
    """`2, both agree`."""
    count = len(units.units)
    if not units.initialised:
        return tr("{count}, in imprint mode", count=count)
    if not units.agree:
        return tr("{count}, they differ", count=count)
    agree = {1: f"{count}", 2: tr("{count}, both agree", count=count)}
    return agree.get(count, tr("{count}, all agree", count=count))


def administrators_in_words(units: CryptoUnits) -> str:
    """Names of the administrators of all units, or that there are none."""
    names = dict.fromkeys(entry.name for unit in units.units for entry in unit.administrators)
    return listed(list(names)) or tr("None")


def location(instance: ServiceInstance) -> str:
    """`Dallas (us-south)`."""
    found = region(instance.region)
    return found.label if found is not None else instance.region


def public_address(instance: ServiceInstance) -> str:
    """Where the instance would answer in IBM Cloud, as its extensions say."""
    endpoints = instance.extensions.get("endpoints")
    value = endpoints.get("public", "") if isinstance(endpoints, dict) else ""
    return str(value)


def service_of(instance: ServiceInstance) -> str:
    """The name of the service."""
    return display_name(instance.service)


@dataclass(frozen=True, slots=True)
class Obstacles:
    """The keys that keep an instance from being deleted, and how many authorizations name it."""

    keys: tuple[Key, ...]
    authorizations: int = 0

    def in_words(self) -> str:
        """`11 root keys and 4 standard keys`."""
        root = sum(key.root for key in self.keys)
        standard = len(self.keys) - root
        parts = [plural(root, "root key")] if root else []
        return listed(parts + ([plural(standard, "standard key")] if standard else []))


def read_obstacles(api: CloudApi, overview: Overview) -> Obstacles:
    """Reads what depends on an instance that is to be deleted."""
    guid = overview.instance.guid
    named = sum(policy.grant.target_instance == guid for policy in api.iam.authorizations())
    if not overview.ready:
        return Obstacles((), named)
    try:
        return Obstacles(api.keys.every(overview.instance.crn, states=tuple(LIVE_STATES)), named)
    except KyokError as error:
        if getattr(error, "not_found", False):
            return Obstacles((), named)
        raise

"""What the resource list shows, read from the services; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.authorizations import AuthorizationPolicy, attribute
from kyok.domain.cluster import InstanceState
from kyok.domain.regions import region_name
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KEY_SERVICES, short_name
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.account_reader import database_state, service_icon, unless_refused
from kyok_gui.places import Place
from kyok_gui.widgets.status import Status, instance_state, key_status

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.activity import Event
    from kyok.client.records.databases import DatabaseSummary
    from kyok.client.records.emulator import InstanceUsage
    from kyok.client.records.resources import ServiceInstance

LOCKED = Status(noted("Locked"), "locked", "iconPrimary")
RESTORED = f"{DBAAS_POSTGRESQL}.database.restore"


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One resource. Status and key status are two things: an instance can be well and its key not."""

    guid: str
    name: str
    service: str
    service_name: str
    location: str
    status: Status
    key: Status | None
    key_text: str
    icon: str
    place: Place | None
    crn: str = ""
    region: str = ""
    group: str = ""
    group_id: str = ""
    tags: tuple[str, ...] = ()
    locked: bool = False
    created_at: datetime | None = None

    @property
    def lock(self) -> Status | None:
        """The mark of a locked instance."""
        return LOCKED if self.locked else None


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of "Start here" that exists already: what it left behind."""

    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything of the account that the page shows. `steps` by the ids of `steps.START_HERE`."""

    rows: tuple[ResourceRow, ...]
    steps: dict[str, StepDone]
    key_instance: str = ""
    """GUID of the key instance to make a root key in, when there is one without."""
    uninitialised: str = ""
    """GUID of an HPCS instance that waits for its initialisation."""
    authorized: str = ""
    """GUID of a key instance that database instances may use, and that holds a root key."""


def read_account(api: CloudApi, *, log: bool = True) -> Account:
    """Asks the services; runs in a worker. `log`: whether the signed-in person may read the activity log."""
    instances = api.resources.listed()
    emulated = api.profile.has_emulator
    databases = {one.guid: one for one in unless_refused(api.databases.summaries)} if emulated else {}
    usage = {one.guid: one for one in unless_refused(api.emulator.usage)} if emulated else {}
    grants = [policy.grant for policy in unless_refused(api.iam.authorizations)]
    names = {one.guid: one.name for one in instances}
    groups = {group.id: group.name for group in unless_refused(api.resources.groups)}
    rows = tuple(
        _row(one, databases.get(one.guid), usage.get(one.guid), groups.get(one.resource_group_id, ""))
        for one in instances
    )
    steps = _steps(names, list(databases.values()), list(usage.values()), grants)
    if emulated and log and unless_refused(lambda: _restored(api)):
        steps["rehearse"] = StepDone(tr("A backup was restored into a new instance"))
    waiting = [one.guid for one in usage.values() if one.service == HS_CRYPTO and not one.initialised]
    ready = [one.guid for one in usage.values() if one.initialised]
    holding = [one.guid for one in usage.values() if one.live_root_keys]
    by_guid = {one.guid: one for one in instances}
    allowed = [guid for guid in holding if any(_lets_databases_use(grant, by_guid.get(guid)) for grant in grants)]
    return Account(rows, steps, (ready or [""])[0], (waiting or [""])[0], (allowed or [""])[0])


def _lets_databases_use(grant: AuthorizationPolicy, holder: ServiceInstance | None) -> bool:
    """Whether database instances, or some of them, may use keys of an instance."""
    if holder is None or grant.source_service != DBAAS_POSTGRESQL or grant.target_service not in KEY_SERVICES:
        return False
    group = attribute(grant.resource, "resourceGroupId")
    return grant.target_instance in ("", holder.guid) and group in ("", holder.resource_group_id)


def _restored(api: CloudApi) -> tuple[Event, ...]:
    from kyok.client.activity import EventFilter

    return api.activity.events(EventFilter(actions=(RESTORED,), outcomes=("success",)), limit=1).events


def _steps(
    names: dict[str, str],
    databases: list[DatabaseSummary],
    usage: list[InstanceUsage],
    grants: list[AuthorizationPolicy],
) -> dict[str, StepDone]:
    """What is done is read from what exists, never from what was clicked."""
    steps: dict[str, StepDone] = {}
    holders = [one for one in usage if one.live_root_keys]
    if holders:
        count = holders[0].live_root_keys
        steps["root-key"] = StepDone(
            tr(
                "{keys} in {name}",
                keys=plural(count, "root key"),
                name=names.get(holders[0].guid, tr("an instance")),
            )
        )
    allowing = [one for one in grants if one.source_service == DBAAS_POSTGRESQL and one.target_service in KEY_SERVICES]
    if allowing:
        grant = allowing[0]
        target = names.get(grant.target_instance or "", short_name(grant.target_service))
        steps["authorize"] = StepDone(f"{short_name(grant.source_service)} → {target}")
    own = [one for one in databases if one.kms_key and one.instance_state is InstanceState.ACTIVE]
    if own:
        steps["instance"] = StepDone(f"{own[0].name}, {key_status(str(own[0].key_status)).word.lower()}")
    return steps


def _row(
    instance: ServiceInstance, database: DatabaseSummary | None, usage: InstanceUsage | None, group: str
) -> ResourceRow:
    status, key, key_text, place = instance_state(str(instance.state)), None, "", None
    if database is not None:
        place = Place(places.NODES, instance.guid)
        if instance.state is InstanceState.ACTIVE and database.nodes:
            key = key_status(str(database.key_status))
            key_text = key.word
            status = database_state(instance.state, database)
    elif usage is not None:
        place = Place(places.KEYS, instance.guid)
        key_text = plural(usage.live_root_keys, "root key") if usage.live_root_keys else tr("None")
        if usage.service == HS_CRYPTO and not usage.initialised:
            status = instance_state("not initialized")
            place = Place(places.CRYPTO_UNITS, instance.guid)
    return ResourceRow(
        guid=instance.guid,
        name=instance.name,
        service=instance.service,
        service_name=instance.service_display_name,
        location=region_name(instance.region),
        status=status,
        key=key,
        key_text=key_text,
        icon=service_icon(instance.service),
        place=place,
        crn=instance.crn_text,
        region=instance.region,
        group=group,
        group_id=instance.resource_group_id,
        tags=instance.tags,
        locked=instance.locked,
        created_at=instance.created_at,
    )

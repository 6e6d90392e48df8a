"""Reads what exists in the account into the directory; runs in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.role_words import roles_sentence
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.directory import Entry, RootKey
from kyok_gui.people import Person
from kyok_gui.widgets.status import Status, instance_state, key_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyok.client import CloudApi
    from kyok.client.records.databases import DatabaseSummary
    from kyok.client.records.emulator import InstanceUsage
    from kyok.client.records.resources import ServiceInstance

T = TypeVar("T")

ICONS = {
    "hs-crypto": "hardware-security-module",
    "kms": "password",
    "hyperp-dbaas-postgresql": "ibm-cloud--hyper-protect-dbaas",
    "hyperp-dbaas-mongodb": "ibm-cloud--hyper-protect-dbaas",
}
"""Icon of a service by its name."""

_SIDES = {"hs-crypto": "kms", "kms": "kms", "hyperp-dbaas-postgresql": "database"}


def service_icon(service: str) -> str:
    """Icon of a service; a plain one when it has none of its own."""
    return ICONS.get(service, "list--boxes")


def unless_refused(read: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
    """What is read, or nothing where the signed-in person may not read it: one part must not take the rest away."""
    from kyok.client.errors import ApiError

    try:
        return read()
    except ApiError as error:
        if not error.denied:
            raise
        return ()


def read_entries(api: CloudApi) -> list[Entry]:
    """Every instance of the account with its state and what is linked to it."""
    instances = api.resources.listed()
    emulated = api.profile.has_emulator
    summaries = unless_refused(api.databases.summaries) if emulated else ()
    databases = {summary.guid: summary for summary in summaries}
    usage = {one.guid: one for one in unless_refused(api.emulator.usage)} if emulated else {}
    users: dict[str, list[str]] = {}
    for guid, summary in databases.items():
        users.setdefault(_guid_of(summary.kms_instance), []).append(guid)
    return [_entry(one, databases.get(one.guid), usage.get(one.guid), users.get(one.guid, [])) for one in instances]


def read_people(api: CloudApi) -> list[Person]:
    """Every user of every account with his roles in words."""
    names = {one.guid: one.name for one in api.resources.listed()}
    return [
        Person(
            user.iam_id,
            user.email,
            user.name,
            roles_sentence(user.roles, lambda guid: names.get(guid, guid)),
            account.id,
        )
        for account in api.emulator.identities().accounts
        for user in account.users
    ]


def _guid_of(crn: str | None) -> str:
    parts = (crn or "").split(":")
    return parts[7] if len(parts) > 7 else ""


def _entry(
    instance: ServiceInstance, database: DatabaseSummary | None, usage: InstanceUsage | None, users: list[str]
) -> Entry:
    status, line = instance_state(str(instance.state)), ""
    linked: tuple[str, ...] = tuple(users)
    if database is not None:
        status, line = _database_words(instance, database)
        linked = (_guid_of(database.kms_instance),) if database.kms_instance else ()
    elif usage is not None and usage.service == "hs-crypto":
        status, line = _hsm_words(usage)
    return Entry(
        guid=instance.guid,
        crn=instance.crn_text,
        name=instance.name,
        service=instance.service,
        service_name=instance.service_display_name,
        region=instance.region,
        side=_SIDES.get(instance.service, ""),
        status=status,
        status_line=line,
        linked=linked,
        icon=service_icon(instance.service),
        root_key=_root_key(database) if database is not None else None,
    )


def _root_key(database: DatabaseSummary) -> RootKey | None:
    """The key that the database uses, as far as the list of databases names it."""
    if not database.kms_key or not database.kms_key_name:
        return None
    return RootKey(database.kms_key.rpartition(":")[2], database.kms_key_name, _guid_of(database.kms_instance))


def database_state(state: InstanceState, database: DatabaseSummary) -> Status:
    """The state of a database instance in tables: of an active one how many of its nodes run."""
    running, total = database.running_nodes, len(database.nodes)
    if state is not InstanceState.ACTIVE or not total or running == total:
        return instance_state(state.value)
    if not running:
        return instance_state("stopped")
    return instance_state("degraded").saying(tr("{running} of {count} nodes", running=running, count=total))


def _database_words(instance: ServiceInstance, database: DatabaseSummary) -> tuple[Status, str]:
    """As "Running, key connected", "Stopped, not authorized", "Provisioning"."""
    if str(instance.state) != "active":
        status = instance_state(str(instance.state))
        return status, status.word
    found, total = database.key_status, len(database.nodes)
    status = key_status(found)
    if not total:
        return instance_state("provisioning"), tr("Creating the nodes")
    gone = found in (NodeKeyStatus.DISABLED, NodeKeyStatus.DELETED)
    word = tr("key {state}", state=found.in_sentence) if gone else found.in_sentence
    if database.running_nodes == 0:
        return status, tr("Stopped, {word}", word=word)
    if database.running_nodes < total:
        well = found in (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY)
        running = tr("{running} of {total} nodes run", running=database.running_nodes, total=total)
        return instance_state("degraded") if well else status, running
    away = [node.number for node in database.nodes if node.key_status == found]
    if len(away) == 1 and total > 1:
        return status, tr("Running, node {number} {word}", number=away[0], word=word)
    if found is NodeKeyStatus.CONNECTED:
        return status, tr("Running, key connected")
    return status, tr("Running, {word}", word=word)


def _hsm_words(usage: InstanceUsage) -> tuple[Status, str]:
    """As "Active, 2 crypto units", or that it is not initialized."""
    if not usage.initialised:
        return instance_state("not initialized"), tr("Active, not initialized")
    units = plural(usage.units, "crypto unit")
    return instance_state("active"), tr("Active, {units}", units=units)

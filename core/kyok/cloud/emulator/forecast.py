"""What turning the clock forward will make happen: everything that is due between now and then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from kyok.cloud.store import Reader
from kyok.cloud.store.tables import backup, database, instance, key, node, reclamation, setting
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain.cluster import ClusterState, InstanceState
from kyok.domain.databases import BACKUP_INTERVAL, FREE_PERIOD
from kyok.domain.key_states import PURGE_DELAY, PURGE_PERIOD, RESTORE_PERIOD, KeyState
from kyok.domain.services import DBAAS_POSTGRESQL, service
from kyok.domain.texts import listed

NAMED = 3
"""Things that a line names; of more, it says how many."""
_LIVING = (ClusterState.PROVISIONED.value, ClusterState.STOPPED.value)


@dataclass(frozen=True, slots=True)
class Coming:
    """One kind of thing that will happen. `at`: when to the first of them."""

    at: datetime
    what: str
    loses: bool = False


def forecast(reader: Reader, ahead: timedelta) -> list[dict[str, Any]]:
    """What will happen within that time, earliest first."""
    until = reader.now + ahead
    found = sorted((coming for part in _PARTS for coming in part(reader, until)), key=lambda coming: coming.at)
    return [{"at": rfc3339_ms(max(each.at, reader.now)), "what": each.what, "loses": each.loses} for each in found]


def _line(
    due: list[tuple[datetime, str]], until: datetime, one: str, many: str, *, loses: bool = False
) -> Iterator[Coming]:
    """A line for all that is due by then; `{}` in the words stands for the names of the first ones, by name."""
    here = sorted((each for each in due if each[0] <= until), key=lambda each: each[0])
    if not here:
        return
    names = list(dict.fromkeys(name for _, name in here))
    shown = [*sorted(names[:NAMED]), *([f"{len(names) - NAMED:,} more"] if len(names) > NAMED else [])]
    yield Coming(here[0][0], (one if len(names) == 1 else many).format(listed(shown)), loses)


def _backups(reader: Reader, until: datetime) -> Iterator[Coming]:
    hours = reader.scalar(select(setting.c.value).where(setting.c.name == "backup_interval_hours"))
    interval = timedelta(hours=hours) if hours else BACKUP_INTERVAL
    newest = (
        select(instance.c.name, func.max(backup.c.created_at).label("at"))
        .join(database, database.c.guid == instance.c.guid)
        .join(backup, backup.c.guid == instance.c.guid)
        .where(database.c.state == ClusterState.PROVISIONED.value)
        .group_by(instance.c.guid, instance.c.name)
    )
    due = [(moment(row.at) + interval, row.name) for row in reader.all(newest)]
    yield from _line(due, until, "{} is backed up, if it runs", "{} are backed up, if they run")
    statement = select(instance.c.name, backup.c.expires_at).join(instance, instance.c.guid == backup.c.guid)
    ends = [(moment(row.expires_at), row.name) for row in reader.all(statement)]
    words = "Backups of {} expire: they cannot be restored any more"
    yield from _line(ends, until, words, words, loses=True)


def _grace(reader: Reader, until: datetime) -> Iterator[Coming]:
    statement = (
        select(instance.c.name, node.c.number, node.c.document)
        .join(instance, instance.c.guid == node.c.guid)
        .join(database, database.c.guid == node.c.guid)
        .where(database.c.state.in_(_LIVING), node.c.key_status == "not-connected")
    )
    due = []
    for row in reader.all(statement):
        ends = row.document["standing"]["grace_until"]
        if ends is not None:
            due.append((moment(ends), row.name))
    words = "The grace period of nodes of {} ends: what still cannot reach its key stops"
    yield from _line([each for each in due if each[0] > reader.now], until, words, words)


def _keys(reader: Reader, until: datetime) -> Iterator[Coming]:
    expiring = select(key.c.name, key.c.expires_at).where(
        key.c.state == int(KeyState.ACTIVE), key.c.expires_at.is_not(None), key.c.expires_at <= milliseconds(until)
    )
    due = [(moment(row.expires_at), row.name) for row in reader.all(expiring)]
    yield from _line(due, until, "The key {} expires", "The keys {} expire")
    gone = reader.all(select(key.c.name, key.c.deleted_at).where(key.c.deleted_at.is_not(None)))
    deleted = [(moment(row.deleted_at), row.name) for row in gone]
    steps = (
        (PURGE_DELAY, "The deleted key {} may be purged by hand", "The deleted keys {} may be purged by hand", False),
        (RESTORE_PERIOD, "The deleted key {} cannot be restored any more", "{} cannot be restored any more", True),
        (PURGE_PERIOD, "The deleted key {} is purged", "The deleted keys {} are purged", True),
    )
    for age, one, many, loses in steps:
        ahead = [(at + age, name) for at, name in deleted if at + age > reader.now]
        yield from _line(ahead, until, one, many, loses=loses)


def _instances(reader: Reader, until: datetime) -> Iterator[Coming]:
    statement = select(instance.c.name, reclamation.c.target_at).join(instance, instance.c.guid == reclamation.c.guid)
    due = [(moment(row.target_at), row.name) for row in reader.all(statement)]
    words = "The deleted instance {} is removed for good", "The deleted instances {} are removed for good"
    yield from _line(due, until, *words, loses=True)
    offered = service(DBAAS_POSTGRESQL)
    free = [plan.id for plan in offered.plans if plan.free] if offered else []
    living = select(instance.c.name, instance.c.created_at).where(
        instance.c.plan_id.in_(free), instance.c.state == InstanceState.ACTIVE.value
    )
    ends = [(moment(row.created_at) + FREE_PERIOD, row.name) for row in reader.all(living)]
    words = "The free instance {} is deleted", "The free instances {} are deleted"
    yield from _line(ends, until, *words, loses=True)


_PARTS = (_backups, _grace, _keys, _instances)

"""Resource groups and what is in them. No widgets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.cluster import InstanceState
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui.widgets import Column

if TYPE_CHECKING:
    from datetime import datetime

    from kyok.client import CloudApi
    from kyok.client.records.resources import ResourceGroup

NAME_MAX = 40
_NAME = re.compile(r"[A-Za-z0-9 _.:-]+")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many instances it holds, and how many of its deleted ones can still be restored."""

    group: ResourceGroup
    instances: int
    waiting: int

    @property
    def name(self) -> str:
        """The group's name."""
        return self.group.name

    @property
    def created_at(self) -> datetime | None:
        """When it was made."""
        return self.group.created_at

    @property
    def in_the_way(self) -> str:
        """Why it cannot be deleted, or nothing."""
        if self.group.default:
            return tr("the default group stays")
        if self.instances:
            return tr("it holds {instances}", instances=plural(self.instances, "instance"))
        if self.waiting:
            return tr(
                "{deleted_instances} can still be restored into it",
                deleted_instances=plural(self.waiting, "deleted instance"),
            )
        return ""


def read_rows(api: CloudApi) -> list[GroupRow]:
    """Reads the groups and counts their instances; runs in a worker."""
    held = Counter(one.resource_group_id for one in api.resources.listed())
    gone = Counter(one.resource_group_id for one in api.resources.instances((InstanceState.PENDING_RECLAMATION,)))
    return [GroupRow(group, held[group.id], gone[group.id]) for group in api.resources.groups()]


def name_problem(name: str, others: Sequence[str]) -> str:
    """What is wrong with the name of a group, or nothing."""
    if not name:
        return tr("Type a name first.")
    if len(name) > NAME_MAX:
        return tr(
            "A group's name has at most {name_max} characters; this one has {count}.",
            name_max=NAME_MAX,
            count=len(name),
        )
    if not _NAME.fullmatch(name):
        return tr("A group's name has only letters, digits, spaces and _ - . :")
    return tr("There is a group {name} already.", name=name) if name in others else ""


COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("name", noted("Name"), lambda row: row.name, icon=lambda row: "group--resource", weight=3, tone="primary"),
    Column(
        "default",
        noted("Default"),
        lambda row: tr("Default group") if row.group.default else "",
        value=lambda row: row.group.default,
        width=136,
    ),
    Column(
        "instances",
        noted("Instances"),
        lambda row: plural(row.instances, "instance") if row.instances else tr("None"),
        kind="link",
        link=lambda row: row.instances > 0,
        sort=lambda row: row.instances,
        value=lambda row: row.instances,
        width=128,
    ),
    Column(
        "waiting",
        noted("Restorable"),
        lambda row: plural(row.waiting, "deleted instance") if row.waiting else "",
        kind="link",
        link=lambda row: row.waiting > 0,
        sort=lambda row: row.waiting,
        value=lambda row: row.waiting,
        width=176,
    ),
    Column("id", "ID", lambda row: row.group.id, kind="mono", weight=3, hide_below=800),
)

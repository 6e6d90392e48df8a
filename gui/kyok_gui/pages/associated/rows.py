"""What the table of associated resources shows, and what is read for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kyok.domain.services import display_name
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.listing import Names, registered, use_of
from kyok_gui.pages.keys.rows import KeyUse
from kyok_gui.times import at, day
from kyok_gui.widgets import CodeValue, Column, Row, Status

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.keys import Registration
    from kyok.domain.crn import Crn

_FIRST = datetime.min.replace(tzinfo=UTC)
KEPT = Status(noted("Enabled"), "locked", "supportCautionMajor")
FREE = Status(noted("Disabled"), "unlocked", "iconSecondary")
_LONG = 24
_PARTS = (
    noted("Service name"),
    noted("Location"),
    noted("Scope"),
    noted("Service instance"),
    noted("Resource type"),
    noted("Resource"),
)
"""Names of the parts of a CRN from its fifth on."""


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource that is registered with a key."""

    entry: Registration
    use: KeyUse
    ring: str = "default"

    @property
    def id(self) -> str:
        """A key and a resource together are one registration."""
        return f"{self.entry.key_id} {self.entry.resource_crn}"

    @property
    def key(self) -> str:
        """The key's name, or its id where the service tells no name."""
        return self.entry.key_name or self.entry.key_id

    @property
    def service(self) -> str:
        """The name of the service that the resource belongs to."""
        parts = self.entry.resource_crn.split(":")
        return display_name(parts[4]) if len(parts) > 4 else ""

    @property
    def retention(self) -> Status:
        """Whether a retention policy of the resource keeps the key from being deleted."""
        return KEPT if self.use.keeps else FREE


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that is registered with the keys of an instance."""

    crn: Crn
    name: str
    rows: tuple[ResourceRow, ...]


def read_resources(api: CloudApi, guid: str, names: Names) -> Resources:
    """All registrations of the instance; runs in a worker."""
    instance = api.resources.instance(guid)
    found, named = registered(api, instance.crn, names)
    rows = [ResourceRow(entry, use_of(entry, named)) for entry in found]
    return Resources(instance.crn, instance.name, tuple(sorted(rows, key=lambda row: (row.use.name, row.key))))


def _day(moment: datetime | None) -> str:
    return day(moment) if moment is not None else ""


COLUMNS: tuple[Column[ResourceRow], ...] = (
    Column("resource", noted("Resource name"), lambda row: row.use.name, kind="link", weight=3),
    Column("key", noted("Key name"), lambda row: row.key, kind="link", weight=3),
    Column("service", noted("Service name"), lambda row: row.service, weight=4, hide_below=900),
    Column(
        "retention",
        noted("Retention policy"),
        lambda row: row.retention.word,
        kind="status",
        status=lambda row: row.retention,
        width=152,
    ),
    Column(
        "updated",
        noted("Last updated"),
        lambda row: _day(row.entry.updated_at),
        sort=lambda row: row.entry.updated_at or _FIRST,
        value=lambda row: row.entry.updated_at,
        width=128,
    ),
    Column("key-id", noted("Key ID"), lambda row: row.entry.key_id, kind="mono", weight=4, optional=True),
    Column(
        "created",
        noted("Created"),
        lambda row: _day(row.entry.created_at),
        sort=lambda row: row.entry.created_at or _FIRST,
        value=lambda row: row.entry.created_at,
        width=128,
        optional=True,
    ),
    Column("description", noted("Description"), lambda row: row.entry.description, weight=3, optional=True),
    Column(
        "version",
        noted("Key version ID"),
        lambda row: row.entry.version.id if row.entry.version is not None else "",
        kind="mono",
        weight=4,
        optional=True,
    ),
)


def detail_rows(row: ResourceRow) -> list[Row]:
    """Everything that the service tells of a registration."""
    entry = row.entry
    rows: list[Row] = [
        (tr("Key ID"), CodeValue(entry.key_id, "associated.panel.key-id")),
        (tr("Retention policy"), row.retention),
        (tr("Description"), entry.description),
        (tr("Created"), at(entry.created_at) if entry.created_at is not None else ""),
        (tr("Last updated"), at(entry.updated_at) if entry.updated_at is not None else ""),
    ]
    if entry.version is not None:
        rows.append((tr("Key version ID"), CodeValue(entry.version.id, "associated.panel.version")))
        made = entry.version.created_at
        rows.append((tr("Key version date"), at(made) if made is not None else ""))
    rows.append((tr("Cloud resource name"), CodeValue(entry.resource_crn, "associated.panel.crn")))
    parts = entry.resource_crn.split(":")[4:]
    for place, (noted_title, part) in enumerate(zip(_PARTS, parts, strict=False)):
        if part:
            rows.append(
                (tr(noted_title), CodeValue(part, f"associated.panel.part-{place}") if len(part) > _LONG else part)
            )
    return rows

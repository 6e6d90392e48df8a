"""What narrows the resource list besides its search: group, service, location, status, tag. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kyok.domain.translation import noted, tr
from kyok_gui.pages.resources.rows import ResourceRow
from kyok_gui.widgets import MenuEntry

FIELDS: Mapping[str, str] = {
    "group": noted("Resource group"),
    "service": noted("Service"),
    "location": noted("Location"),
    "status": noted("Status"),
    "tag": noted("Tag"),
}
"""What can be filtered by, in the order of the menu, and how it is called."""
_SEPARATOR = "="


def values_of(row: ResourceRow, name: str) -> tuple[str, ...]:
    """What a row has in a field; only tags can be several."""
    if name == "tag":
        return tuple(row.tags)
    found = {"group": row.group, "service": row.service_name, "location": row.location, "status": row.status.word}
    return (found[name],) if found[name] else ()


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters in force, one value for each field."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    def matches(self, row: ResourceRow) -> bool:
        """Whether a row passes all of them; tags are compared whatever their case."""
        for name, wanted in self.chosen.items():
            if wanted.casefold() not in {value.casefold() for value in values_of(row, name)}:
                return False
        return True

    def with_value(self, name: str, value: str) -> Filters:
        """One more filter, or another value of it; no value takes it away."""
        kept = {key: one for key, one in self.chosen.items() if key != name}
        return replace(self, chosen={**kept, name: value} if value else kept)

    def chosen_from(self, entry: str) -> Filters:
        """As an entry of the menu says; the one that is in force already goes."""
        name, _, value = entry.partition(_SEPARATOR)
        return self.with_value(name, "" if self.chosen.get(name) == value else value)


def menu(rows: Sequence[ResourceRow], filters: Filters) -> list[MenuEntry]:
    """The menu of the filter button: each field with the values that occur; the one in force has a tick."""
    entries = []
    for name in FIELDS:
        title = tr(FIELDS[name])
        found = {value.casefold(): value for row in rows for value in values_of(row, name)}
        under = tuple(
            MenuEntry(
                f"{name}{_SEPARATOR}{found[key]}",
                found[key],
                icon="checkmark" if filters.chosen.get(name, "").casefold() == key else "",
            )
            for key in sorted(found)
        )
        entries.append(
            MenuEntry(name, title, under=under, reason="" if under else tr("no {title} is in use", title=title.lower()))
        )
    return entries

"""Regions and their availability zones."""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain.translation import tr

ZONES_PER_REGION = 3
"""Every region here has three zones, so that each of an instance's three nodes stands in its own."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the cloud with IBM's display name."""

    id: str
    display_name: str

    @property
    def zones(self) -> tuple[str, ...]:
        """Zone names in order: `us-south-1` to `us-south-3`."""
        return tuple(f"{self.id}-{number}" for number in range(1, ZONES_PER_REGION + 1))

    @property
    def label(self) -> str:
        """Name and id as pickers show them: `Dallas (us-south)`."""
        return f"{self.display_name} ({self.id})"


REGIONS: tuple[Region, ...] = (
    Region("us-south", "Dallas"),
    Region("us-east", "Washington DC"),
    Region("eu-de", "Frankfurt"),
    Region("eu-gb", "London"),
    Region("eu-es", "Madrid"),
    Region("au-syd", "Sydney"),
    Region("jp-tok", "Tokyo"),
    Region("br-sao", "São Paulo"),
    Region("ca-tor", "Toronto"),
)

_BY_ID = {region.id: region for region in REGIONS}


def region(region_id: str) -> Region | None:
    """The region with this id, or None."""
    return _BY_ID.get(region_id)


def region_name(region_id: str) -> str:
    """Display name of a region; the id itself for one that is not listed (`global` becomes `Global`)."""
    found = _BY_ID.get(region_id)
    if found is not None:
        return found.display_name
    return tr("Global") if region_id == "global" else region_id


def zones_of(region_id: str) -> tuple[str, ...]:
    """Zones of a region; a region that is not listed is given three zones by the same pattern."""
    return Region(region_id, region_id).zones

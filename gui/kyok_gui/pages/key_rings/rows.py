"""What the table of key rings shows, and what is read for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.key_states import KeyState
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui.times import day
from kyok_gui.told import people_of
from kyok_gui.widgets import Column

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.key_policies import KeyRing
    from kyok.domain.crn import Crn

_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RingRow:
    """A key ring with how many keys are in it, destroyed ones apart."""

    ring: KeyRing
    live: int = 0
    destroyed: int = 0
    maker: str = ""

    @property
    def id(self) -> str:
        """The ring's id, which is its name."""
        return self.ring.id

    @property
    def default(self) -> bool:
        """Whether it is the one that is always there."""
        return self.ring.id == DEFAULT_KEY_RING

    @property
    def keys(self) -> str:
        """`3 keys, 1 destroyed`."""
        words = plural(self.live, "key") if self.live else tr("No key")
        return tr("{words}, {destroyed} destroyed", words=words, destroyed=self.destroyed) if self.destroyed else words

    @property
    def against_deleting(self) -> str:
        """Why it cannot be deleted; empty when it can."""
        if self.default:
            return tr("it is always there")
        return tr("it holds {keys}", keys=plural(self.live, "key")) if self.live else ""


@dataclass(frozen=True, slots=True)
class Rings:
    """The key rings of an instance."""

    crn: Crn
    name: str
    rows: tuple[RingRow, ...]


def read_rings(api: CloudApi, guid: str) -> Rings:
    """The key rings, `default` first, with their keys counted; runs in a worker."""
    instance = api.resources.instance(guid)
    people = people_of(api)
    rows = tuple(_row(api, instance.crn, ring, people) for ring in api.key_rings.every(instance.crn))
    return Rings(instance.crn, instance.name, tuple(sorted(rows, key=lambda row: (not row.default, row.id))))


def _row(api: CloudApi, instance: Crn, ring: KeyRing, people: Mapping[str, str]) -> RingRow:
    live = api.keys.count(instance, ring=ring.id)
    destroyed = api.keys.count(instance, ring=ring.id, states=(KeyState.DESTROYED,))
    return RingRow(ring, live, destroyed, people.get(ring.created_by, ring.created_by))


COLUMNS: tuple[Column[RingRow], ...] = (
    Column("ring", noted("Key ring ID"), lambda row: row.id, kind="link", icon=lambda row: "keychain", weight=3),
    Column(
        "keys",
        noted("Keys"),
        lambda row: row.keys,
        sort=lambda row: (row.live, row.destroyed),
        weight=2,
        value=lambda row: row.live,
        value_title=noted("Keys, not destroyed"),
    ),
    Column(
        "created",
        noted("Created"),
        lambda row: day(row.ring.created_at) if row.ring.created_at is not None else "",
        sort=lambda row: row.ring.created_at or _FIRST,
        value=lambda row: row.ring.created_at,
        width=136,
    ),
    Column("maker", noted("Created by"), lambda row: row.maker, weight=2),
)

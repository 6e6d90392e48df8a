"""What the keys table shows: one row a key, with who is registered as using it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from kyok.domain.key_states import KeyState
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.times import day, day_word
from kyok_gui.widgets import Column, Status, key_state

if TYPE_CHECKING:
    from kyok.client.records.keys import Key
    from kyok.domain.crn import Crn

NO_REGISTRATION = noted("No registration")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A resource that is registered as using a root key. `side` says which pages it has, "" for none."""

    name: str
    crn: str
    guid: str
    side: str = ""
    since: datetime | None = None
    keeps: bool = False
    """Whether a retention policy of the resource forbids that the key is deleted."""

    @property
    def place(self) -> Place | None:
        """The page of the resource, if the console has one."""
        return Place(places.NODES, self.guid) if self.side == "database" else None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key. `changed` is when it was last updated, in words of the moment the row was made."""

    key: Key
    uses: tuple[KeyUse, ...] = ()
    changed: str = ""

    @property
    def id(self) -> str:
        """The key's id."""
        return self.key.id

    @property
    def name(self) -> str:
        """The key's name."""
        return self.key.name

    @property
    def destroyed(self) -> bool:
        """Whether the key is deleted."""
        return self.key.state is KeyState.DESTROYED

    @property
    def used_by(self) -> str:
        """Who uses it: a name, a number of them, or that there is no registration."""
        if self.key.standard:
            return ""
        if len(self.uses) == 1:
            return self.uses[0].name
        return tr("{count} resources", count=len(self.uses)) if self.uses else tr(NO_REGISTRATION)

    @property
    def aliases(self) -> str:
        """All aliases, with commas."""
        return ", ".join(self.key.aliases)


def key_crn(instance: Crn, key_id: str) -> str:
    """The CRN of a key in an instance; long lists do not keep them."""
    return f"{str(instance).removesuffix('::')}:key:{key_id}"


def row_of(key: Key, uses: tuple[KeyUse, ...], now: datetime) -> KeyRow:
    """The row of a key."""
    moment = key.updated_at or key.created_at
    return KeyRow(key, uses, sys.intern(day_word(moment, now)) if moment is not None else "")


def state_words(key: Key) -> str:
    """The state; of an active key whose deletion waits for a second person, that."""
    return tr("Set for deletion") if key.dual_auth.set_for_deletion else key.state.word


def state_status(row: KeyRow) -> Status:
    """Icon of the state; a clock while a deletion waits for its second person."""
    state = key_state(int(row.key.state))
    return Status(state.word, "time", "supportCautionMajor") if row.key.dual_auth.set_for_deletion else state


def _updated(row: KeyRow) -> datetime:
    return row.key.updated_at or row.key.created_at or _NEVER


def _created(row: KeyRow) -> datetime:
    return row.key.created_at or _NEVER


def _created_at(row: KeyRow) -> datetime | None:
    return row.key.created_at


def _updated_at(row: KeyRow) -> datetime | None:
    return row.key.updated_at or row.key.created_at


def _rotated(row: KeyRow) -> datetime | None:
    return row.key.rotated_at


@lru_cache(maxsize=2048)
def _day(moment: datetime) -> str:
    """A date; keys of one import or rotation share it."""
    return sys.intern(day(moment))


def _date(moment: datetime | None) -> str:
    return _day(moment) if moment is not None else ""


def _truth(value: bool) -> str:
    return tr("True") if value else tr("False")


COLUMNS: tuple[Column[KeyRow], ...] = (
    Column("name", noted("Name"), lambda row: row.name, kind="link", icon=lambda row: icon_of(row.key), weight=4),
    Column("state", noted("State"), lambda row: state_words(row.key), kind="status", status=state_status, width=152),
    Column("type", noted("Type"), lambda row: row.key.type_word, width=120, hide_below=960),
    Column("used", noted("Used by"), lambda row: row.used_by, kind="link", link=lambda row: bool(row.uses), weight=3),
    Column("updated", noted("Last updated"), lambda row: row.changed, sort=_updated, width=136, value=_updated_at),
    Column("origin", noted("Origin"), lambda row: row.key.origin_word, width=104, optional=True),
    Column("ring", noted("Key ring"), lambda row: row.key.ring, width=112),
    Column("alias", noted("Alias"), lambda row: row.aliases, weight=3),
    Column("id", "ID", lambda row: row.id, kind="mono", weight=4, optional=True),
    Column(
        "rotated",
        noted("Last rotated"),
        lambda row: _date(row.key.rotated_at),
        sort=_rotated,
        width=128,
        optional=True,
        value=_rotated,
    ),
    Column(
        "created",
        noted("Created"),
        lambda row: _date(row.key.created_at),
        sort=_created,
        width=120,
        optional=True,
        value=_created_at,
    ),
    Column(
        "dual",
        noted("Dual authorization"),
        lambda row: tr("On") if row.key.dual_auth.enabled else tr("Off"),
        width=160,
        optional=True,
    ),
    Column(
        "set",
        noted("Set for deletion"),
        lambda row: _truth(row.key.dual_auth.set_for_deletion),
        width=144,
        optional=True,
    ),
    Column(
        "expiry",
        noted("Deletion expiration"),
        lambda row: _date(row.key.dual_auth.expires_at),
        sort=lambda row: row.key.dual_auth.expires_at,
        value=lambda row: row.key.dual_auth.expires_at,
        width=160,
        optional=True,
    ),
)
"""The columns that stand for the whole table; names of other services' columns follow IBM's."""


def icon_of(key: Key) -> str:
    """A key for root keys, a sheet for standard keys, which are stored secrets."""
    return "document" if key.standard else "password"

"""Reading the keys of an instance, page by page: what runs in workers. Nothing here knows a widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.key_states import KeyState
from kyok.domain.services import HS_CRYPTO
from kyok.errors import KyokError
from kyok_gui.account_reader import unless_refused
from kyok_gui.directory import Directory
from kyok_gui.pages.keys.rows import KeyRow, KeyUse, row_of
from kyok_gui.pages.keys.units import holds_master_key

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.keys import Key, Registration

FIRST_PAGE = 200
NEXT_PAGES = 500
_LONG = 24
_STATES = tuple(KeyState)

Names = Mapping[str, tuple[str, str]]
"""Name and kind of navigation of every instance of the account, by GUID."""


def names_of(directory: Directory) -> Names:
    """The names that the window knows now, to be handed to a worker."""
    return {entry.guid: (entry.name, entry.side) for entry in directory.entries}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of an instance's keys. `complete`: nothing more is on its way."""

    crn: Crn
    name: str
    rows: tuple[KeyRow, ...] = ()
    initialised: bool = True
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The instance that is read, and what the rows need besides the keys."""

    crn: Crn
    name: str
    uses: Mapping[str, tuple[KeyUse, ...]]
    initialised: bool = True


def read_source(api: CloudApi, guid: str, names: Names) -> Source:
    """The instance, whether its crypto units are initialised, and who is registered with its keys."""
    instance = api.resources.instance(guid)
    crn = instance.crn
    initialised = crn.service != HS_CRYPTO or holds_master_key(api, guid)
    uses = uses_of(*registered(api, crn, names)) if initialised else {}
    return Source(crn, instance.name, uses, initialised)


def registered(api: CloudApi, crn: Crn, names: Names, key_id: str = "") -> tuple[tuple[Registration, ...], Names]:
    """Who is registered with the keys of an instance, or with one of them, and the names of those that have one.

    An instance that is deleted and can be restored is on no list of the window, but stays registered.
    """
    found = api.keys.registrations(crn, key_id)
    if all(_instance_of(entry) in names for entry in found):
        return found, names
    waiting = unless_refused(lambda: api.resources.instances((InstanceState.PENDING_RECLAMATION,)))
    return found, {**{one.guid: (one.name, "") for one in waiting}, **names}


def _instance_of(entry: Registration) -> str:
    try:
        return entry.resource.instance
    except InvalidCrn:
        return ""


def uses_of(registrations: Iterable[Registration], names: Names) -> dict[str, tuple[KeyUse, ...]]:
    """Who uses each key, by key id."""
    found: dict[str, list[KeyUse]] = {}
    for entry in registrations:
        found.setdefault(entry.key_id, []).append(use_of(entry, names))
    return {key: tuple(sorted(uses, key=lambda use: use.name)) for key, uses in found.items()}


def use_of(entry: Registration, names: Names) -> KeyUse:
    """A registration with the name of its resource; one whose name is not known is called by the
    last part of its CRN, else by its GUID.
    """
    try:
        resource = entry.resource
    except InvalidCrn:
        return KeyUse(entry.resource_crn, entry.resource_crn, "", "", entry.created_at, entry.prevent_deletion)
    guid = resource.instance
    name, side = names.get(guid, (resource.resource or _shortened(guid) or entry.resource_crn, ""))
    return KeyUse(name, entry.resource_crn, guid, side, entry.created_at, entry.prevent_deletion)


def read_page(
    api: CloudApi, source: Source, offset: int, now: datetime, before: Sequence[KeyRow] = ()
) -> tuple[tuple[KeyRow, ...], bool]:
    """The keys from an offset on, in the order of the service, and whether more may follow; see `merged`."""
    limit = FIRST_PAGE if offset == 0 else NEXT_PAGES
    page = api.keys.page(source.crn, offset=offset, limit=limit, states=_STATES, brief=True)
    return merged(before, (row_of(key, source.uses.get(key.id, ()), now) for key in page.keys)), page.more


def read_every(api: CloudApi, guid: str, names: Names, now: datetime) -> list[KeyRow]:
    """All keys of an instance, page by page; for a file that shall not wait for the list."""
    source = read_source(api, guid, names)
    rows: list[KeyRow] = []
    more = source.initialised
    while more:
        page, more = read_page(api, source, len(rows), now)
        rows += page
    return rows


def read_some(api: CloudApi, crn: Crn, ids: Iterable[str], names: Names, now: datetime) -> dict[str, KeyRow | None]:
    """A few keys read anew; None for one that is gone."""
    found: dict[str, KeyRow | None] = {}
    for key_id in ids:
        try:
            key = api.keys.key(crn, key_id)
        except KyokError as error:
            if not getattr(error, "not_found", False):
                raise
            found[key_id] = None
            continue
        uses = () if key.standard else uses_of(*registered(api, crn, names, key_id)).get(key_id, ())
        found[key_id] = row_of(key, uses, now)
    return found


def _shortened(guid: str) -> str:
    """A GUID whose instance the account does not list, as people can tell it from others."""
    return f"{guid[:8]}…{guid[-4:]}" if len(guid) > _LONG else guid


def merged(before: Sequence[KeyRow], fresh: Iterable[KeyRow]) -> tuple[KeyRow, ...]:
    """Fresh rows, with the old object kept where nothing changed, so that the table need not look at it again."""
    known = {row.id: row for row in before}
    rows: dict[str, KeyRow] = {}
    for row in fresh:
        old = known.get(row.id)
        rows[row.id] = old if old == row and old is not None else row
    return tuple(rows.values())


def patched(before: Sequence[KeyRow], changed: Mapping[str, KeyRow | None]) -> tuple[KeyRow, ...]:
    """The rows with some of them read anew; keys that were not there come last, those that are gone are left out."""
    if not changed:
        return tuple(before)
    new = dict(changed)
    rows = [new.pop(row.id) if row.id in new else row for row in before]
    return tuple(row for row in [*rows, *new.values()] if row is not None)


def key_of(listing: Listing | None, key_id: str) -> Key | None:
    """A key of the list by its id."""
    rows = listing.rows if listing is not None else ()
    return next((row.key for row in rows if row.id == key_id), None)

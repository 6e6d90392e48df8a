"""What the panel tells of a key: what the list does not hold is read besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.key_states import KeyState
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.listing import Names, registered, use_of
from kyok_gui.pages.keys.rotation_policy import next_rotation
from kyok_gui.pages.keys.rows import KeyRow, KeyUse
from kyok_gui.pages.keys.rules import purge_from, purged_on, restore_until
from kyok_gui.pages.keys.two_people import FirstPerson, first_person
from kyok_gui.places import activity_of
from kyok_gui.times import at, day
from kyok_gui.told import people_of
from kyok_gui.widgets import CodeValue, LinkValue, Row, key_state

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.keys import Key, KeyVersion
    from kyok.domain.crn import Crn


@dataclass(frozen=True, slots=True)
class KeyDetails:
    """The whole key, versions, registrations, who the IAM ids belong to, and who scheduled its deletion."""

    key: Key
    versions: tuple[KeyVersion, ...]
    uses: tuple[KeyUse, ...]
    people: Mapping[str, str]
    first: FirstPerson | None = None


def read_details(api: CloudApi, crn: Crn, row: KeyRow, names: Names) -> KeyDetails:
    """Reads the details of a key; runs in a worker."""
    key, people = api.keys.key(crn, row.id), people_of(api)
    first = first_person(api, crn, key, people)
    if key.standard:
        return KeyDetails(key, (), (), people, first)
    found, named = registered(api, crn, names, row.id)
    uses = tuple(use_of(entry, named) for entry in found)
    return KeyDetails(key, api.keys.versions(crn, row.id), uses, people, first)


def fact_rows(row: KeyRow, details: KeyDetails | None) -> list[Row]:
    """The tab Details."""
    key, whole = row.key, details.key if details is not None else row.key
    rows: list[Row] = [
        (tr("Key ID"), CodeValue(key.id, "keys.panel.id")),
        ("CRN", CodeValue(whole.crn, "keys.panel.crn") if whole.crn else ""),
        (tr("State"), key_state(int(key.state))),
        (tr("Type"), f"{key.type_word}, {key.origin_word.lower()}"),
        (tr("Key ring"), key.ring),
        (tr("Alias"), row.aliases),
        (tr("Description"), key.description),
    ]
    if key.tags:
        rows.append((tr("Tags"), ", ".join(key.tags)))
    if whole.version is not None:
        rows.append((tr("Newest version"), CodeValue(whole.version.id, "keys.panel.version")))
    if key.root:
        rows.append((tr("Rotation policy"), _rotation_words(key)))
    rows.append((tr("Dual authorization"), tr("On: two people delete it") if key.dual_auth.enabled else tr("Off")))
    rows += _moments(key, details)
    if whole.crn:
        there = activity_of(target=whole.crn, name=row.name)
        rows.append((tr("Activity"), LinkValue(tr("Activity of this key"), there.href(), "keys.panel.activity")))
    return rows


def _rotation_words(key: Key) -> str:
    if key.imported:
        return tr("None: imported keys rotate by hand")
    rule = key.rotation
    if rule is None or not rule.enabled:
        return tr("Off")
    moment = next_rotation(key, rule.months)
    every = tr("month") if rule.months == 1 else plural(rule.months, "month")
    return (
        tr("Every {every}, next on {day}", every=every, day=day(moment))
        if moment is not None
        else tr("Every {every}", every=every)
    )


def _moments(key: Key, details: KeyDetails | None) -> list[Row]:
    first = details.first if details is not None else None
    people = details.people if details is not None else {}
    moments: list[tuple[str, datetime | None, str]] = [
        (tr("Created"), key.created_at, people.get(key.created_by, "")),
        (tr("Last rotated"), key.rotated_at, ""),
        (tr("Last updated"), key.updated_at, ""),
        (tr("Expiration date"), key.expires_at, ""),
    ]
    if key.dual_auth.set_for_deletion:
        moments.append((tr("Set for deletion"), first.at if first is not None else None, first.words if first else ""))
        moments.append((tr("Deletion expiration"), key.dual_auth.expires_at, ""))
    if key.state is KeyState.DESTROYED:
        moments += [
            (tr("Deleted"), key.deleted_at, people.get(key.deleted_by, "")),
            (tr("Restorable until"), restore_until(key), ""),
            (tr("Purgeable from"), purge_from(key), ""),
            (tr("Purged by itself"), purged_on(key), ""),
        ]
    return [
        (label, tr("{moment} by {person}", moment=at(moment), person=who) if who else f"{at(moment)}")
        for label, moment, who in moments
        if moment is not None
    ]

"""What is asked of the cloud before and when keys are changed: what runs in workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kyok.domain.key_rules import DeletionRule
from kyok.domain.key_states import KeyAction
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.pages.keys.impact import Affected
from kyok_gui.pages.keys.listing import Names, read_some
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.rules import scheduled
from kyok_gui.pages.keys.travel import for_travel
from kyok_gui.pages.keys.two_people import FirstPerson, first_person
from kyok_gui.told import people_of, told

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.emulator import KeyUsage
    from kyok.domain.crn import Crn

_ASKED_ALWAYS = 5
"""Of more keys than this only the registered ones are asked about: no database uses the others."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the services say before something is done."""

    keys: tuple[Affected, ...]
    rule: DeletionRule
    firsts: Mapping[str, FirstPerson | None] = field(default_factory=dict)
    """Who scheduled a deletion, by key id, for keys whose deletion is scheduled."""


def consequences(api: CloudApi, crn: Crn, ids: Iterable[str], names: Names, now: datetime) -> Consequences:
    """Reads the keys anew, who uses them and which deletion rule holds. A real cloud tells registrations only.

    The table may not know yet what somebody changed a moment ago. Keys that are gone are left out.
    """
    rows = [row for row in read_some(api, crn, ids, names, now).values() if row is not None]
    firsts = _firsts(api, crn, rows, now)
    if not api.emulator.available:
        return Consequences(tuple(Affected(row) for row in rows), DeletionRule.DISCARD, firsts)
    found = []
    for row in rows:
        asked = not row.key.standard and (len(rows) <= _ASKED_ALWAYS or bool(row.uses))
        found.append(Affected(row, _usage(api, crn, row) if asked else None))
    # Who is not told the rule is told the worse of the two.
    rule = told(lambda: api.emulator.settings().deletion_rule, DeletionRule.DISCARD)
    return Consequences(tuple(found), rule, firsts)


def _usage(api: CloudApi, crn: Crn, row: KeyRow) -> KeyUsage | None:
    """Who uses a key; None for somebody who may not know: then the registrations have to do."""
    none: KeyUsage | None = None
    return told(lambda: api.emulator.key_usage(crn.instance, row.id), none)


def _firsts(api: CloudApi, crn: Crn, rows: Sequence[KeyRow], now: datetime) -> Mapping[str, FirstPerson | None]:
    waiting = [row for row in rows if scheduled(row.key, now)]
    people = people_of(api) if waiting else {}
    return {row.id: first_person(api, crn, row.key, people) for row in waiting}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change of several keys."""

    done: tuple[KeyRow, ...]
    refused: tuple[tuple[KeyRow, KyokError], ...] = ()

    def problem(self, verb: str) -> tuple[str, str]:
        """Summary and remedy of what was refused."""
        if len(self.refused) == 1 and not self.done:
            error = self.refused[0][1]
            return error.summary, error.remedy
        count, total = len(self.refused), len(self.refused) + len(self.done)
        summary = (
            tr("{keys} of {total} was not {verb}", keys=plural(count, "key"), total=total, verb=verb)
            if count == 1
            else tr("{keys} of {total} were not {verb}", keys=plural(count, "key"), total=total, verb=verb)
        )
        return summary, " ".join(f"{row.name}: {error.summary}" for row, error in self.refused)


Change = Callable[["CloudApi", "Crn", KeyRow], Any]


CHANGES: dict[KeyAction, Change] = {
    KeyAction.DISABLE: lambda api, crn, row: api.keys.disable(crn, row.id),
    KeyAction.ENABLE: lambda api, crn, row: api.keys.enable(crn, row.id),
    KeyAction.RESTORE: lambda api, crn, row: api.keys.restore(crn, row.id),
    KeyAction.PURGE: lambda api, crn, row: api.keys.purge(crn, row.id),
    KeyAction.ROTATE: lambda api, crn, row: api.keys.rotate(crn, row.id),
    KeyAction.SYNC: lambda api, crn, row: api.keys.sync(crn, row.id),
    KeyAction.SET_FOR_DELETION: lambda api, crn, row: api.keys.schedule_deletion(crn, row.id),
    KeyAction.UNSET_FOR_DELETION: lambda api, crn, row: api.keys.cancel_deletion(crn, row.id),
}


def for_each(rows: Sequence[KeyRow], change: Change) -> Callable[[CloudApi, Crn], Outcome]:
    """Changes one key after the other; a refusal of one does not keep the others."""

    def run(api: CloudApi, crn: Crn) -> Outcome:
        done, refused = [], []
        for row in rows:
            try:
                change(api, crn, row)
            except KyokError as error:
                refused.append((row, error))
            else:
                done.append(row)
        return Outcome(tuple(done), tuple(refused))

    return run


def deletion_of(keys: Sequence[Affected]) -> Change:
    """Deletes keys; those that the dialog called registered are deleted past their registrations."""
    registered = {key.row.id for key in keys if key.registrations}

    def delete(api: CloudApi, crn: Crn, row: KeyRow) -> None:
        api.keys.delete(crn, row.id, force=row.id in registered)

    return delete


def rotation_with(material: Secret, *, sealed: bool = False) -> Change:
    """Rotates an imported key; the material is wiped when it is sent, whatever the answer."""

    def rotate(api: CloudApi, crn: Crn, row: KeyRow) -> None:
        with material:
            api.keys.rotate(crn, row.id, for_travel(api, crn, material, sealed=sealed))

    return rotate

"""Writes keys as a scenario names them: many of one kind, numbered in their names, as one entry."""

import re
from typing import Any

from msgspec import structs
from sqlalchemy import select

from kyok.cloud.keys.records import aliases_of
from kyok.cloud.scenarios.format import Ceremony, Key
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import key, key_policy, key_ring, user
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_states import KeyState
from kyok.domain.texts import plural
from kyok.hsm.status import HsmStatus

_STATES = {KeyState.ACTIVE: "active", KeyState.SUSPENDED: "disabled", KeyState.DESTROYED: "deleted"}
_DAY_MS = 86_400_000
_NUMBERED = re.compile(r"(.*?)(\d+)([^\d]*)")
FEW = 3
"""A run of fewer keys than this is written out."""


class Keys:
    """The keys of one look at the state. `notes` gets what cannot be carried."""

    def __init__(self, reader: Reader, notes: list[str]) -> None:
        self._reader = reader
        self._notes = notes
        self._named: dict[tuple[str, str], str] = {}
        self._policies: dict[int, dict[str, int | None]] = {}
        for row in reader.all(select(key_policy).where(key_policy.c.enabled)):
            self._policies.setdefault(row.key_pk, {})[row.type] = row.months
        self._emails = {row.iam_id: row.email for row in reader.all(select(user.c.iam_id, user.c.email))}

    def name_of(self, guid: str, ref: str) -> str | None:
        """The name of a key, by its id or an alias; None when it is not there any more."""
        return self._named.get((guid, ref))

    def rings(self, guid: str) -> list[str]:
        """The key rings of an instance but `default`, oldest first."""
        statement = select(key_ring.c.id).where(key_ring.c.instance == guid)
        return [row.id for row in self._reader.all(statement.order_by(key_ring.c.created_at, key_ring.c.id))]

    def _with_policies(self, key: Key, row: Any) -> Key:
        policies = self._policies.get(row.pk, {})
        by = self._emails.get(row.deletion_set_by or "", "")
        changes: dict[str, Any] = {}
        if policies.get("rotation"):
            changes["rotation_months"] = policies["rotation"]
        if "dualAuthDelete" in policies and key.state != "deleted":
            changes |= {"dual_authorization": True, "deletion_authorized_by": by if row.deletion_set_at else ""}
        return structs.replace(key, **changes) if changes else key

    def written(self, guid: str, holder: str) -> list[Key]:
        """All keys of an instance, in order of their making."""
        rows = self._reader.all(select(key).where(key.c.instance == guid).order_by(key.c.pk))
        aliases = aliases_of(self._reader, [row.pk for row in rows])
        now = milliseconds(self._reader.now)
        keys, expired, names = [], 0, set()
        for row in rows:
            if row.expires_at is not None and row.expires_at <= now:
                expired += 1
                continue
            for ref in (row.id, *aliases.get(row.pk, [])):
                self._named[guid, ref] = row.name
            if row.name in names:
                self._notes.append(f"Which of the keys called “{row.name}” in {holder} an instance uses.")
            names.add(row.name)
            keys.append(self._with_policies(_key(row, aliases.get(row.pk, []), now), row))
        if expired:
            self._notes.append(f"{plural(expired, 'expired key')} of {holder}.")
        return _folded(keys)


def ceremony(status: HsmStatus) -> Ceremony:
    """How the crypto units were initialised."""
    unit = status.units[0]
    return Ceremony(
        signature_threshold=unit.signature_threshold,
        revocation_threshold=unit.revocation_threshold,
        administrators=[each.name for each in unit.administrators],
    )


def _key(row: Any, aliases: list[str], now: int) -> Key:
    return Key(
        name=row.name,
        type="standard" if row.extractable else "root",
        state=_STATES.get(KeyState(row.state), "active"),  # type: ignore[arg-type]
        description=row.description or "",
        tags=row.tags or [],
        aliases=aliases,
        key_ring=row.ring,
        imported=row.imported,
        rotations=row.version - 1,
        expires_in_days=round((row.expires_at - now) / _DAY_MS, 4) if row.expires_at else None,
    )


def _folded(keys: list[Key]) -> list[Key]:
    """The same keys with runs of `app-001`, `app-002` ... as one entry with `repeat`."""
    folded: list[Key] = []
    at = 0
    while at < len(keys):
        length = _run(keys, at)
        if length >= FEW:
            match = _NUMBERED.fullmatch(keys[at].name)
            before, digits, after = match.groups() if match else ("", "", "")
            width = f":0{len(digits)}" if len(digits) > 1 else ""
            folded.append(structs.replace(keys[at], name=f"{before}{{n{width}}}{after}", repeat=length))
        else:
            folded += keys[at : at + length]
        at += length
    return folded


def _run(keys: list[Key], at: int) -> int:
    """How many keys from here differ only in a number that counts from 1."""
    first = keys[at]
    match = _NUMBERED.fullmatch(first.name)
    if match is None or int(match[2]) != 1 or first.aliases or "{n" in first.name or len(match[2]) > 9:
        return 1
    width = len(match[2])
    length = 1
    while at + length < len(keys):
        wanted = f"{match[1]}{str(length + 1).zfill(width)}{match[3]}"
        if keys[at + length] != structs.replace(first, name=wanted):
            break
        length += 1
    return length

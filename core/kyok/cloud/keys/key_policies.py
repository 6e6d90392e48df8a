"""Policies of single keys: rotation by the clock, and deletion by two people (reference/kms-api.md 2.13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, records, states
from kyok.cloud.keys.policy_errors import DualAuthIsFinal
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_policy
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.key_policies import KeyPolicyType, interval_problem, rotation_due
from kyok.domain.key_states import KeyAction
from kyok.randomness import Randomness, new_uuid


@dataclass(frozen=True, slots=True)
class PolicyInput:
    """What a request says of one policy; None: not said."""

    type: KeyPolicyType
    enabled: bool | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One policy of a key. `months` is there for rotation."""

    id: str
    crn: str
    type: KeyPolicyType
    enabled: bool
    months: int | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class KeyPolicies:
    """Reads and writes the policies of keys."""

    def __init__(self, activity: Activity, randomness: Randomness) -> None:
        self._activity = activity
        self._randomness = randomness

    def read(self, reader: Reader, scope: Scope, only: KeyPolicyType | None = None) -> list[PolicyView]:
        """The policies of the key that were ever set, or the one that is asked for."""
        found = scope.required_key()
        rows = _rows(reader, found.pk)
        return [_view(rows[kind], scope) for kind in KeyPolicyType if kind in rows and only in (None, kind)]

    def write(self, tx: Transaction, scope: Scope, given: Sequence[PolicyInput]) -> list[PolicyView]:
        """Sets some policies, and leaves the others; gives back those that were set.

        Raises:
            ActionInvalidState: the key is deleted, or a policy of two people would be taken back.
            RootKeyRequired, PayloadRequired: the key cannot rotate by itself.
            InvalidField: an interval is missing or out of range.
        """
        found = scope.required_key()
        states.require(KeyAction.WRITE_POLICIES, found.state(tx), standard=found.standard)
        view = records.read(tx, scope.instance, found.pk)
        self.apply(tx, view, given, scope.caller.iam_id)
        tx.execute(update(key).where(key.c.pk == found.pk).values(updated_at=milliseconds(tx.now)))
        said = {policy.type.value: _rule(policy.enabled, policy.months) for policy in given}
        event = scope.event({"keyId": found.id, "keyState": int(found.state(tx)), "keyRingId": found.ring}, said)
        self._activity.record(tx, scope.caller, event)
        tx.changed("key", f"{scope.instance.guid}/{found.id}")
        rows = _rows(tx, found.pk)
        return [_view(rows[policy.type], scope) for policy in given]

    def apply(self, tx: Transaction, view: KeyView, given: Iterable[PolicyInput], by: str) -> None:
        """Stores policies of a key that was read before, without an event: also for a key that is being made."""
        rows = _rows(tx, view.pk)
        for policy in given:
            before = rows.get(policy.type)
            checks = {KeyPolicyType.ROTATION: _checked_rotation, KeyPolicyType.DUAL_AUTH_DELETE: _checked_dual_auth}
            values = checks[policy.type](view, policy, before)
            values |= {"updated_at": milliseconds(tx.now), "updated_by": by}
            if before is not None:
                tx.execute(update(key_policy).where(key_policy.c.id == before.id).values(**values))
                continue
            made = {"id": new_uuid(self._randomness), "key_pk": view.pk, "type": policy.type.value}
            made |= {"created_at": values["updated_at"], "created_by": by}
            tx.execute(insert(key_policy).values(**made, **values))


def rotated(tx: Transaction, pk: int) -> None:
    """Counts the interval of the key's rotation policy from now on."""
    row = _rows(tx, pk).get(KeyPolicyType.ROTATION)
    if row is not None and row.enabled:
        due = milliseconds(rotation_due(tx.now, row.months))
        tx.execute(update(key_policy).where(key_policy.c.id == row.id).values(due_at=due))


def _rows(reader: Reader, pk: int) -> Mapping[KeyPolicyType, Row[Any]]:
    rows = reader.all(select(key_policy).where(key_policy.c.key_pk == pk))
    return {KeyPolicyType(row.type): row for row in rows}


def _checked_rotation(view: KeyView, policy: PolicyInput, before: Row[Any] | None) -> dict[str, Any]:
    if view.standard:
        raise errors.RootKeyRequired()
    if view.imported:
        raise errors.PayloadRequired(
            "The key was imported, so it cannot rotate by itself: each rotation needs new key material.",
            "Rotate the key by hand.",
        )
    months = policy.months if policy.months is not None else before.months if before is not None else None
    problem = "interval_month is missing." if months is None else interval_problem(months)
    if problem or months is None:
        raise errors.InvalidField(problem, target="interval_month")
    enabled = policy.enabled is not False
    due = milliseconds(rotation_due(view.rotated_at or view.created_at, months)) if enabled else None
    return {"enabled": enabled, "months": months, "due_at": due}


def _checked_dual_auth(view: KeyView, policy: PolicyInput, before: Row[Any] | None) -> dict[str, Any]:
    if policy.enabled is None:
        raise errors.InvalidField("enabled is missing.", target="enabled")
    if before is not None and before.enabled and not policy.enabled:
        raise DualAuthIsFinal()
    return {"enabled": policy.enabled, "months": None, "due_at": None}


def _rule(enabled: bool | None, months: int | None) -> dict[str, Any]:
    said = {"enabled": enabled, "interval_month": months}
    return {name: value for name, value in said.items() if value is not None}


def _view(row: Row[Any], scope: Scope) -> PolicyView:
    return PolicyView(
        id=row.id,
        crn=f"{scope.instance.prefix}:policy:{row.id}",
        type=KeyPolicyType(row.type),
        enabled=row.enabled,
        months=row.months,
        created_at=moment(row.created_at),
        created_by=row.created_by,
        updated_at=moment(row.updated_at),
        updated_by=row.updated_by,
    )

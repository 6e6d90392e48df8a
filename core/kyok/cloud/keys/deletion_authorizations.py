"""Deletion by two people: the first authorizes it, another one deletes the key (reference/kms-api.md 4.4).

An authorization lapses after seven days: every read computes that from the clock; the reconciler writes it down.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from kyok.cloud.activity.events import Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import records, states
from kyok.cloud.keys.operations import UNSET_FOR_DELETION
from kyok.cloud.keys.policy_errors import AuthorizationsNotMet, NotDualAuth
from kyok.cloud.keys.purging import MOST, system
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, key
from kyok.cloud.store.times import milliseconds, moment, rfc3339, wire_time
from kyok.domain.crn import Crn
from kyok.domain.key_policies import authorized_until
from kyok.domain.key_states import DUAL_AUTH_PERIOD, KeyAction

CLEARED = {"deletion_set_at": None, "deletion_set_by": None}
_SET = key.c.deletion_set_at.is_not(None)
_STANDING = (
    select(
        key.c.pk,
        key.c.id,
        key.c.name,
        key.c.state,
        key.c.deletion_set_at,
        key.c.deletion_set_by,
        instance.c.guid,
        instance.c.service,
        instance.c.account,
        instance.c.crn,
    )
    .join(instance, instance.c.guid == key.c.instance)
    .where(_SET)
    .order_by(key.c.deletion_set_at)
    .limit(MOST)
)


def require_second(view: KeyView, scope: Scope) -> None:
    """Lets the deletion of a key pass that one person may delete, or that another one has authorized.

    Raises:
        AuthorizationsNotMet: nobody has, it has lapsed, or it was the same person.
    """
    if not view.dual_auth:
        return
    given = view.authorization
    if given is None:
        raise AuthorizationsNotMet()
    if given.by == scope.caller.iam_id:
        raise AuthorizationsNotMet(
            "You authorized the deletion of this key yourself; a second person must delete it.",
            f"Let another Manager delete it before {rfc3339(given.until)}.",
        )


class DeletionAuthorizations:
    """Gives, takes back and ends first authorizations."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity

    def set(self, tx: Transaction, scope: Scope) -> None:
        """The caller authorizes the deletion, for seven days; that replaces an authorization that stands."""
        view = self._checked(tx, scope, KeyAction.SET_FOR_DELETION)
        now = milliseconds(tx.now)
        self._store(tx, scope, view, {"deletion_set_at": now, "deletion_set_by": scope.caller.iam_id})

    def unset(self, tx: Transaction, scope: Scope) -> None:
        """Takes the authorization back, whoever gave it."""
        view = self._checked(tx, scope, KeyAction.UNSET_FOR_DELETION)
        self._store(tx, scope, view, CLEARED)

    def lapse(self, tx: Transaction) -> int:
        """Ends authorizations that are seven days old; returns how many."""
        rows = tx.all(_STANDING.where(key.c.deletion_set_at <= milliseconds(tx.now - DUAL_AUTH_PERIOD)))
        for row in rows:
            until = wire_time(row.deletion_set_at + int(DUAL_AUTH_PERIOD.total_seconds() * 1000))
            told = {"initialValue": {"authID": row.deletion_set_by, "authExpiration": until}, "newValue": {}}
            event = Event(
                action=UNSET_FOR_DELETION.activity(row.service),
                target=str(Crn.parse(row.crn).with_resource("key", row.id)),
                target_name=row.name,
                instance=row.guid,
                response_data={"keyId": row.id, "keyState": row.state, "detail": "seven days are over", **told},
            )
            self._activity.record(tx, system(row.account), event)
            tx.execute(update(key).where(key.c.pk == row.pk).values(**CLEARED, updated_at=milliseconds(tx.now)))
            tx.changed("key", f"{row.guid}/{row.id}")
        return len(rows)

    def _checked(self, tx: Transaction, scope: Scope, action: KeyAction) -> KeyView:
        found = scope.required_key()
        states.require(action, found.state(tx), standard=found.standard)
        view = records.read(tx, scope.instance, found.pk)
        if not view.dual_auth:
            raise NotDualAuth()
        return view

    def _store(self, tx: Transaction, scope: Scope, view: KeyView, values: dict[str, Any]) -> None:
        tx.execute(update(key).where(key.c.pk == view.pk).values(**values, updated_at=milliseconds(tx.now)))
        before, after = view.authorization, records.read(tx, scope.instance, view.pk).authorization
        told = {"initialValue": _told(before), "newValue": _told(after)}
        response = {"keyId": view.id, "keyState": int(view.state), "keyRingId": view.ring, **told}
        self._activity.record(tx, scope.caller, scope.event(response))
        tx.changed("key", f"{scope.instance.guid}/{view.id}")


def next_due(reader: Reader) -> datetime | None:
    """When the next authorization lapses."""
    first = reader.scalar(select(func.min(key.c.deletion_set_at)).where(_SET))
    return None if first is None else authorized_until(moment(first))


def _told(given: records.Authorization | None) -> dict[str, str]:
    return {} if given is None else {"authID": given.by, "authExpiration": rfc3339(given.until)}

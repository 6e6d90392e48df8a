"""Disable, enable, delete, restore and sync: changes of state, their waiting times, and who is told."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, instance_policies, moves, records, states
from kyok.cloud.keys.deletion_authorizations import CLEARED, require_second
from kyok.cloud.keys.minting import Given, Mint
from kyok.cloud.keys.operations import DEREGISTER
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import key, registration
from kyok.cloud.store.times import milliseconds, rfc3339
from kyok.domain.key_states import (
    ENABLE_DELAY,
    RESTORE_DELAY,
    SYNC_DELAY,
    KeyAction,
    KeyState,
    may_enable,
)

_NOTIFIED = update(key).where(key.c.pk == bindparam("of")).values(lifecycle_at=bindparam("at"))
_REGISTRATIONS = select(
    func.count().label("number"), func.max(registration.c.prevent_deletion).label("prevented")
).where(registration.c.key_pk == bindparam("of"))


class Lifecycle:
    """Moves keys from state to state."""

    def __init__(self, activity: Activity, mint: Mint) -> None:
        self._activity = activity
        self._mint = mint

    def disable(self, tx: Transaction, scope: Scope) -> None:
        """Active -> suspended."""
        self._checked(tx, scope, KeyAction.DISABLE)
        self._move(tx, scope, KeyState.SUSPENDED, disabled_at=milliseconds(tx.now))

    def enable(self, tx: Transaction, scope: Scope) -> None:
        """Suspended -> active, 30 s after it was disabled; an expired key stays suspended."""
        view = self._checked(tx, scope, KeyAction.ENABLE)
        disabled_at = view.disabled_at or view.created_at
        _wait(tx.now, disabled_at + ENABLE_DELAY, "Enable operation is allowed 30s after key is disabled.")
        if not may_enable(disabled_at, view.expires_at, tx.now):
            raise errors.ActionInvalidState(
                "The expiration date of the key has passed, so it cannot be enabled.", "Create another key."
            )
        self._move(tx, scope, KeyState.ACTIVE, disabled_at=None)

    def delete(self, tx: Transaction, scope: Scope, *, force: bool) -> KeyView:
        """Any live state -> destroyed; with `force` although resources are registered, but for retention policies.

        Who is refused, and in which order: reference/kms-api.md 2.6. Force replaces no second person.
        """
        view = self._checked(tx, scope, KeyAction.DELETE)
        found = scope.required_key()
        if scope.caller.kind == "service":
            raise errors.ResourceOwner()
        require_second(view, scope)
        row = tx.one(_REGISTRATIONS, {"of": found.pk})
        number = row.number if row is not None else 0
        if row is not None and row.prevented:
            raise errors.PreventsDeletion()
        if number and not force:
            things = "a resource" if number == 1 else f"{number} resources"
            raise errors.ProtectedResource(f"The key protects {things}.")
        if number:
            self._deregister_all(tx, scope)
        now = milliseconds(tx.now)
        data = {"force": True} if force else None
        by = {"deleted_at": now, "deleted_by": scope.caller.iam_id}
        self._move(tx, scope, KeyState.DESTROYED, data, **by, **CLEARED)
        return records.read(tx, scope.instance, found.pk)

    def restore(self, tx: Transaction, scope: Scope, given: Given | None = None) -> KeyView:
        """Destroyed -> active, from 30 s to 30 days after the deletion, while the key has not expired.

        Nobody has to send material; whoever does for an imported key must send that of its newest version.
        """
        view = self._checked(tx, scope, KeyAction.RESTORE)
        times = view.times
        if times is None or view.deleted_at is None:
            raise errors.ActionInvalidState()
        if view.expires_at is not None and tx.now >= view.expires_at:
            raise errors.KeyExpired(detail=f"Key expired on {rfc3339(view.expires_at)}")
        _wait(tx.now, view.deleted_at + RESTORE_DELAY, "Restore operation is allowed 30s after key is deleted.")
        if not times.restorable(tx.now):
            raise errors.RestoreExpired()
        if given is not None:
            self._confirm(tx, scope, given)
        self._move(tx, scope, KeyState.ACTIVE, deleted_at=None, deleted_by=None, disabled_at=None)
        return records.read(tx, scope.instance, view.pk)

    def sync(self, tx: Transaction, scope: Scope) -> None:
        """Tells the users of the key again what state it is in; once an hour, deleted keys too."""
        view = self._checked(tx, scope, KeyAction.SYNC)
        if view.lifecycle_at is not None:
            until = view.lifecycle_at + SYNC_DELAY
            _wait(tx.now, until, f"Sync cannot be performed until at least {rfc3339(until)}.")
        tx.execute(_NOTIFIED, {"of": view.pk, "at": milliseconds(tx.now)})
        self._activity.record(tx, scope.caller, scope.event({"keyId": view.id, "keyState": int(view.state)}))
        tx.changed("key", f"{scope.instance.guid}/{view.id}")

    def _confirm(self, tx: Transaction, scope: Scope, given: Given) -> None:
        found = scope.required_key()
        if not found.imported:
            raise errors.PayloadNotAllowed()
        instance_policies.require_token(tx, scope, given)
        self._mint.confirm(tx, scope, found, given)

    def _checked(self, tx: Transaction, scope: Scope, action: KeyAction) -> KeyView:
        found = scope.required_key()
        states.require(action, found.state(tx), standard=found.standard)
        return records.read(tx, scope.instance, found.pk)

    def _move(
        self, tx: Transaction, scope: Scope, to: KeyState, request: dict[str, Any] | None = None, **values: Any
    ) -> None:
        found = scope.required_key()
        response = {
            "keyId": found.id,
            "keyVersionId": found.newest.handle,
            "keyState": int(to),
            "keyRingId": found.ring,
        }
        event = self._activity.record(tx, scope.caller, scope.event(response, request))
        by = scope.caller.name or scope.caller.iam_id
        moves.move(tx, scope.instance.guid, found, to, by=by, event=event, **values)

    def _deregister_all(self, tx: Transaction, scope: Scope) -> None:
        """A forced deletion ends every registration; each is an event of its own."""
        found = scope.required_key()
        rows = tx.all(select(registration.c.resource_crn).where(registration.c.key_pk == found.pk))
        for row in rows:
            event = scope.event({"keyId": found.id, "resourceCRN": row.resource_crn}, {"force": True}, DEREGISTER)
            self._activity.record(tx, scope.caller, event)
        tx.execute(delete(registration).where(registration.c.key_pk == found.pk))


def _wait(now: datetime, until: datetime, hint: str) -> None:
    if now < until:
        raise errors.TooEarly(hint, f"Try again at {rfc3339(until)} or later.")

"""Key rings: groups of keys that access can be given to as a whole (reference/kms-api.md 2.15).

Every instance has the ring `default`; the others are made and deleted here, and keys are moved between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import bindparam, delete, func, insert, select, update

from kyok.cloud.activity.events import Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.keys import errors, records, states
from kyok.cloud.keys.operations import PATCH
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Deciding, Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_ring
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.crn import Crn
from kyok.domain.key_fields import DEFAULT_KEY_RING, KEY_RINGS_MAX, key_ring_problem
from kyok.domain.key_states import KeyAction, KeyState

_ONE = select(key_ring.c.id).where(key_ring.c.instance == bindparam("guid"), key_ring.c.id == bindparam("ring"))


@dataclass(frozen=True, slots=True)
class RingView:
    """A key ring; `default` has neither date nor maker."""

    id: str
    created_at: datetime | None = None
    created_by: str = ""


@dataclass(frozen=True, slots=True)
class RingPage:
    """Rings, `default` first and the others by age, and how many there are in all."""

    rings: Sequence[RingView]
    total: int


def chosen(reader: Reader, scope: Scope) -> str | None:
    """The key ring that the request names, if it names one.

    Raises:
        KeyRingNotFound: it does not exist.
    """
    ring = scope.address.ring or None
    if ring is not None:
        require(reader, scope.instance.guid, ring)
    return ring


def require(reader: Reader, guid: str, ring: str) -> None:
    """Lets an existing ring pass.

    Raises:
        KeyRingNotFound.
    """
    if ring != DEFAULT_KEY_RING and reader.one(_ONE, {"guid": guid, "ring": ring}) is None:
        raise errors.KeyRingNotFound(f"The key ring “{ring}” does not exist.")


def page(reader: Reader, scope: Scope, *, limit: int, offset: int) -> RingPage:
    """One page of the instance's rings."""
    of_instance = key_ring.c.instance == scope.instance.guid
    rows = reader.all(select(key_ring).where(of_instance).order_by(key_ring.c.created_at, key_ring.c.id))
    rings = [RingView(DEFAULT_KEY_RING), *(RingView(row.id, moment(row.created_at), row.created_by) for row in rows)]
    return RingPage(rings[offset : offset + limit], len(rings))


class Rings:
    """Makes and deletes rings, and moves keys."""

    def __init__(self, activity: Activity, decisions: Deciding) -> None:
        self._activity = activity
        self._decisions = decisions

    def create(self, tx: Transaction, scope: Scope, ring: str) -> None:
        """Makes a ring; an instance has at most 50 beside `default`.

        Raises:
            InvalidField, KeyRingNotUnique, KeyRingQuota.
        """
        problem = key_ring_problem(ring)
        if problem:
            raise errors.InvalidField(problem, target="keyRingID")
        of_instance = key_ring.c.instance == scope.instance.guid
        if ring == DEFAULT_KEY_RING or tx.one(_ONE, {"guid": scope.instance.guid, "ring": ring}) is not None:
            raise errors.KeyRingNotUnique(f"There is a key ring “{ring}” already.")
        if tx.scalar(select(func.count()).select_from(key_ring).where(of_instance)) >= KEY_RINGS_MAX:
            raise errors.KeyRingQuota()
        made = {"created_at": milliseconds(tx.now), "created_by": scope.caller.iam_id}
        tx.execute(insert(key_ring).values(instance=scope.instance.guid, id=ring, **made))
        self._note(tx, scope, ring, {})

    def delete(self, tx: Transaction, scope: Scope, ring: str, *, force: bool) -> None:
        """Deletes an empty ring; with `force` one that holds destroyed keys, which go to `default`.

        Raises:
            InvalidField, KeyRingNotFound, KeyRingNotEmpty, KeyRingKeysNotDeleted, AccessDenied.
        """
        if ring == DEFAULT_KEY_RING:
            raise errors.InvalidField("The key ring “default” cannot be deleted.", target="keyRingID")
        require(tx, scope.instance.guid, ring)
        inside = (key.c.instance == scope.instance.guid, key.c.ring == ring)
        held = tx.scalar(select(func.count()).select_from(key).where(*inside))
        if held and not force:
            raise errors.KeyRingNotEmpty()
        if held:
            living = select(key.c.name).where(*inside, key.c.state != int(KeyState.DESTROYED)).order_by(key.c.name)
            name = tx.scalar(living.limit(1))
            if name is not None:
                raise errors.KeyRingKeysNotDeleted(f"The key ring holds keys that are not deleted, such as “{name}”.")
            self._require_patch(tx, scope, scope.instance.crn, None)
            tx.execute(update(key).where(*inside).values(ring=DEFAULT_KEY_RING, updated_at=milliseconds(tx.now)))
            tx.changed("key", f"{scope.instance.guid}/")
        tx.execute(delete(key_ring).where(key_ring.c.instance == scope.instance.guid, key_ring.c.id == ring))
        self._note(tx, scope, ring, {"keysMoved": held} if held else {})

    def move(self, tx: Transaction, scope: Scope, ring: str) -> KeyView:
        """Moves the key to another ring, on which the caller needs the same right.

        Raises:
            AccessDenied, KeyRingNotFound, ActionInvalidState.
        """
        found = scope.required_key()
        self._require_patch(tx, scope, found.crn, ring)
        require(tx, scope.instance.guid, ring)
        states.require(KeyAction.PATCH, found.state(tx), standard=found.standard)
        if ring != found.ring:
            tx.execute(update(key).where(key.c.pk == found.pk).values(ring=ring, updated_at=milliseconds(tx.now)))
            request = {"initialValue": {"keyRingId": found.ring}, "newValue": {"keyRingId": ring}}
            response = {"keyId": found.id, "keyState": int(found.state(tx)), "keyRingId": ring, "detail": f"to {ring}"}
            self._activity.record(tx, scope.caller, scope.event(response, request))
            tx.changed("key", f"{scope.instance.guid}/{found.id}")
        return records.read(tx, scope.instance, found.pk)

    def _require_patch(self, tx: Transaction, scope: Scope, target: Crn, ring: str | None) -> None:
        action = PATCH.action(scope.instance.service)
        try:
            self._decisions.require(tx, scope.caller, action, target, ring=ring)
        except NotAuthorized:
            raise errors.AccessDenied() from None

    def _note(self, tx: Transaction, scope: Scope, ring: str, response: dict[str, Any]) -> None:
        event: Event = structs.replace(scope.event(response, {"keyRingId": ring}), target_name=ring)
        self._activity.record(tx, scope.caller, event)
        tx.changed("key-settings", f"{scope.instance.guid}/rings")

"""Rotates root keys: by hand, and by themselves when a policy says so (reference/kms-api.md 2.10 and 2.13)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal_column, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, instance_policies, key_policies, minting, states
from kyok.cloud.keys.instances import Instances
from kyok.cloud.keys.minting import Given, Mint
from kyok.cloud.keys.operations import ROTATE
from kyok.cloud.keys.purging import MOST, system
from kyok.cloud.keys.scope import Address, Scope
from kyok.cloud.keys.sealed_keys import SealedKey, SealedKeys
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, key, key_policy
from kyok.cloud.store.times import milliseconds, moment, rfc3339
from kyok.domain.cluster import InstanceState
from kyok.domain.key_states import ROTATE_DELAY, KeyAction
from kyok.errors import KyokError
from kyok.hsm import KeyKind

log = logging.getLogger(__name__)

RETRY = timedelta(hours=1)
"""When a rotation by itself is tried again that failed: the HSM was cut off, or not initialised."""
_USABLE = key.c.state == literal_column("1")
_WAITING = (
    select(key_policy.c.id.label("policy"), key.c.id, instance.c.guid, instance.c.account)
    .join(key, key.c.pk == key_policy.c.key_pk)
    .join(instance, instance.c.guid == key.c.instance)
    .where(_USABLE, instance.c.state == InstanceState.ACTIVE.value)
)


class Rotating:
    """Gives root keys new versions; the old ones go on unwrapping."""

    def __init__(
        self,
        mint: Mint,
        instances: Instances,
        sealed: SealedKeys,
        activity: Activity,
        rotation_limited: Callable[[Reader], bool],
    ) -> None:
        self._mint = mint
        self._instances = instances
        self._sealed = sealed
        self._activity = activity
        self._rotation_limited = rotation_limited

    def rotate(self, tx: Transaction, scope: Scope, given: Given | None) -> None:
        """One more version; an imported key needs new material, any other takes none."""
        found = scope.required_key()
        states.require(KeyAction.ROTATE, found.state(tx), standard=found.standard)
        if found.imported and given is None:
            raise errors.PayloadRequired()
        if given is not None and not found.imported:
            raise errors.PayloadNotAllowed()
        instance_policies.require_token(tx, scope, given)
        self._hold_limit(tx, found)
        number = found.newest.version + 1
        if given is None:
            minted = self._mint.generated(scope, found.id, number, KeyKind.ROOT)
        else:
            minted = self._mint.imported(tx, scope, found.id, number, KeyKind.ROOT, given)
        now = milliseconds(tx.now)
        values: dict[str, Any] = {"version": number, "version_id": minted.handle, "version_at": now}
        values |= {"bits": minted.bits, "rotated_at": now, "updated_at": now, "lifecycle_at": now}
        tx.execute(update(key).where(key.c.pk == found.pk).values(**values))
        minting.store(tx, found.pk, minted)
        key_policies.rotated(tx, found.pk)
        response = {
            "keyId": found.id,
            "keyVersionId": minted.handle,
            "keyVersionCreationDate": rfc3339(tx.now),
            "keyState": int(found.state(tx)),
            "keyRingId": found.ring,
            "detail": f"to version {number}",
        }
        self._activity.record(tx, scope.caller, scope.event(response))
        tx.changed("key", f"{scope.instance.guid}/{found.id}")

    def rotate_due(self, tx: Transaction) -> int:
        """Rotates keys whose policy says that it is time; returns how many.

        One that cannot be rotated now is tried again an hour later, and an event tells why.
        """
        due = _WAITING.where(key_policy.c.due_at <= milliseconds(tx.now)).order_by(key_policy.c.due_at).limit(MOST)
        return sum(self._rotated(tx, row.policy, row.guid, row.id, row.account) for row in tx.all(due))

    def _rotated(self, tx: Transaction, policy: str, guid: str, key_id: str, account: str) -> bool:
        found = self._instances.find(tx, guid)
        sealed = self._sealed.find(tx, found, key_id) if found is not None else None
        if found is None or sealed is None:
            return False
        scope = Scope(system(account), ROTATE, found, Address(guid, key_id), sealed)
        try:
            if self._instances.cut_off(tx, guid):
                raise errors.HsmUnreachable("The HSM of the instance is cut off.")
            self.rotate(tx, scope, None)
        except KyokError as error:
            log.warning("key %s could not rotate by itself: %s", key_id, error.summary)
            told = scope.event({"keyId": key_id}, outcome="failure", status=503, reason=error.summary)
            self._activity.record(tx, scope.caller, told)
            later = milliseconds(tx.now + RETRY)
            tx.execute(update(key_policy).where(key_policy.c.id == policy).values(due_at=later))
            return False
        return True

    def _hold_limit(self, tx: Transaction, found: SealedKey) -> None:
        if not self._rotation_limited(tx):
            return
        rotated_at = tx.scalar(select(key.c.rotated_at).where(key.c.pk == found.pk))
        if rotated_at is not None and tx.now < moment(rotated_at) + ROTATE_DELAY:
            raise errors.RotationNotPermitted()


def next_due(reader: Reader) -> datetime | None:
    """When the next key rotates by itself."""
    first = reader.scalar(_WAITING.with_only_columns(func.min(key_policy.c.due_at)))
    return None if first is None else moment(first)

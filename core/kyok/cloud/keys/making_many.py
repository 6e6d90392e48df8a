"""Makes many keys in one unit of work: what `Making.create` does for one, with one call of the HSM for all.

For scenarios, which hold thousands. Each key has its own material, version, place in the counters and activity event.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from kyok.cloud.activity.events import Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import aliases, counters, instance_policies, records, rings
from kyok.cloud.keys.hsm_calls import translated
from kyok.cloud.keys.key_policies import KeyPolicies, PolicyInput
from kyok.cloud.keys.making import NewKey
from kyok.cloud.keys.minting import GENERATED_BITS
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import key, key_version
from kyok.cloud.store.times import milliseconds, rfc3339
from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.key_states import KeyState
from kyok.hsm import GenerateKey, Hsm, KeyKind, KeyMade
from kyok.hsm.blob import blob_epoch
from kyok.hsm.errors import HsmError
from kyok.randomness import Randomness, new_uuid


class MakingMany:
    """See the module."""

    def __init__(self, hsm: Hsm, activity: Activity, randomness: Randomness, policies: KeyPolicies) -> None:
        self._hsm = hsm
        self._activity = activity
        self._randomness = randomness
        self._policies = policies

    def create(self, tx: Transaction, scope: Scope, wanted: Sequence[NewKey]) -> list[str]:
        """Generates the keys and returns their ids, in order; material is not taken.

        Raises:
            CreationNotAllowed: a policy of the instance forbids one of them; asked first.
            KeysError: the first key that breaks a rule; then none is made.
        """
        kinds = {new.standard for new in wanted}
        for standard in sorted(kinds):
            instance_policies.require_creation(tx, scope, standard=standard, given=None)
        by_instance = {kind: instance_policies.for_new_key(tx, scope, generated_root=not kind) for kind in kinds}
        ring = rings.chosen(tx, scope) or DEFAULT_KEY_RING
        for new in wanted:
            new.check(tx.now)
            aliases.check(tx, scope.instance.guid, new.aliases)
        ids = [new_uuid(self._randomness) for _ in wanted]
        handles = [new_uuid(self._randomness) for _ in wanted]
        made = self._generated(scope, ids, wanted)
        rows = [
            _row(tx, scope, new, ident, handle, ring) for new, ident, handle in zip(wanted, ids, handles, strict=True)
        ]
        before = tx.scalar(select(key.c.pk).order_by(key.c.pk.desc()).limit(1)) or 0
        tx.execute(insert(key), rows)
        found = tx.all(select(key.c.id, key.c.pk).where(key.c.pk > before))
        numbers: dict[str, int] = {row.id: row.pk for row in found}
        tx.execute(
            insert(key_version),
            [
                _version(tx, numbers[ident], handle, each)
                for ident, handle, each in zip(ids, handles, made, strict=True)
            ],
        )
        for standard in (False, True):
            of_kind = [ident for ident, new in zip(ids, wanted, strict=True) if new.standard is standard]
            counters.add_many(tx, scope.instance.guid, of_kind, KeyState.ACTIVE, standard=standard)
        for ident, handle, new in zip(ids, handles, wanted, strict=True):
            aliases.store(tx, scope, numbers[ident], new.aliases)
            policies = by_instance[new.standard] if new.policies is None else new.policies
            if policies:
                view = records.read(tx, scope.instance, numbers[ident])
                self._policies.apply(tx, view, policies, scope.caller.iam_id)
            self._record(tx, scope, new, ident, handle, ring, policies)
        tx.changed("key", f"{scope.instance.guid}/")
        return ids

    def _generated(self, scope: Scope, ids: list[str], wanted: Sequence[NewKey]) -> list[KeyMade]:
        operations = [
            GenerateKey(ident, 1, KeyKind.STANDARD if new.standard else KeyKind.ROOT)
            for ident, new in zip(ids, wanted, strict=True)
        ]
        made: list[KeyMade] = []
        for operation, result in zip(operations, self._hsm.perform(scope.instance.hsm, operations), strict=True):
            if isinstance(result, HsmError):
                raise translated(result, operation)
            made.append(result)
        return made

    def _record(
        self,
        tx: Transaction,
        scope: Scope,
        new: NewKey,
        ident: str,
        handle: str,
        ring: str,
        policies: Sequence[PolicyInput],
    ) -> None:
        request: dict[str, Any] = {"keyType": "standard" if new.standard else "root"}
        for policy in policies:
            months = {} if policy.months is None else {"interval_month": policy.months}
            request[policy.type.value] = {"enabled": policy.enabled is not False, **months}
        response: dict[str, Any] = {
            "keyId": ident,
            "keyVersionId": handle,
            "keyVersionCreationDate": rfc3339(tx.now),
            "keyState": int(KeyState.ACTIVE),
            "keyRingId": ring,
        }
        if new.expires_at is not None:
            response["expirationDate"] = rfc3339(new.expires_at)
            response["daysToKeyExpire"] = (new.expires_at - tx.now).days
        event = Event(
            action=scope.operation.activity(scope.instance.service),
            target=f"{scope.instance.prefix}:key:{ident}",
            target_name=new.name,
            instance=scope.instance.guid,
            request_data=request,
            response_data=response,
        )
        self._activity.record(tx, scope.caller, event)


def _row(tx: Transaction, scope: Scope, new: NewKey, ident: str, handle: str, ring: str) -> dict[str, Any]:
    now = milliseconds(tx.now)
    return {
        "instance": scope.instance.guid,
        "id": ident,
        "name": new.name,
        "description": new.description,
        "tags": list(new.tags) or None,
        "state": int(KeyState.ACTIVE),
        "extractable": new.standard,
        "imported": False,
        "ring": ring,
        "version": 1,
        "version_id": handle,
        "version_at": now,
        "bits": GENERATED_BITS,
        "expires_at": milliseconds(new.expires_at) if new.expires_at else None,
        "created_at": now,
        "created_by": scope.caller.iam_id,
        "updated_at": now,
    }


def _version(tx: Transaction, pk: int, handle: str, made: KeyMade) -> dict[str, Any]:
    return {
        "id": handle,
        "key_pk": pk,
        "number": 1,
        "blob": made.blob,
        "epoch": blob_epoch(made.blob),
        "created_at": milliseconds(tx.now),
    }

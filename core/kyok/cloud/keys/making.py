"""Creates and imports keys, and shows the material of standard keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import insert, select

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import aliases, counters, errors, hsm_calls, instance_policies, minting, records, rings
from kyok.cloud.keys.instances import Instances
from kyok.cloud.keys.key_policies import KeyPolicies, PolicyInput
from kyok.cloud.keys.minting import Given, Mint, Minted
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import key
from kyok.cloud.store.times import milliseconds, rfc3339
from kyok.domain.key_fields import (
    DEFAULT_KEY_RING,
    description_problem,
    expiration_problem,
    name_problem,
    tags_problem,
)
from kyok.domain.key_states import KeyState
from kyok.hsm import Hsm, KeyKind, RevealStandardKey, StoredKey
from kyok.randomness import Randomness, new_uuid


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to be made. `given`: material, for an import; `policies`: instead of those that the instance gives."""

    name: str
    standard: bool = False
    description: str | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    expires_at: datetime | None = None
    given: Given | None = None
    policies: tuple[PolicyInput, ...] | None = None

    def check(self, now: datetime) -> None:
        """Holds the fields against their rules.

        Raises:
            InvalidField: the first one that breaks its rule.
        """
        expiry = expiration_problem(self.expires_at, now) if self.expires_at else None
        for target, problem in (
            ("name", name_problem(self.name)),
            ("description", description_problem(self.description or "")),
            ("tags", tags_problem(self.tags)),
            ("expirationDate", expiry),
        ):
            if problem:
                raise errors.InvalidField(problem, target=target)


class Making:
    """New keys, with the policies that the instance gives them."""

    def __init__(
        self,
        hsm: Hsm,
        mint: Mint,
        instances: Instances,
        activity: Activity,
        randomness: Randomness,
        policies: KeyPolicies,
    ) -> None:
        self._hsm = hsm
        self._mint = mint
        self._cut_off = instances.cut_off
        self._activity = activity
        self._randomness = randomness
        self._policies = policies

    def create(self, tx: Transaction, scope: Scope, new: NewKey, *, reveal: bool = False) -> KeyView:
        """Makes a key; `reveal` asks for the material of a standard key.

        Raises:
            CreationNotAllowed: a policy of the instance forbids it; asked first.
            KeysError: what is wrong with the key that is asked for, or with the HSM.
        """
        instance_policies.require_creation(tx, scope, standard=new.standard, given=new.given)
        ring = rings.chosen(tx, scope) or DEFAULT_KEY_RING
        new.check(tx.now)
        aliases.check(tx, scope.instance.guid, new.aliases)
        key_id = new_uuid(self._randomness)
        kind = KeyKind.STANDARD if new.standard else KeyKind.ROOT
        if new.given is None:
            minted = self._mint.generated(scope, key_id, 1, kind)
        else:
            minted = self._mint.imported(tx, scope, key_id, 1, kind, new.given)
        pk = self._store(tx, scope, new, key_id, ring, minted)
        aliases.store(tx, scope, pk, new.aliases)
        view = records.read(tx, scope.instance, pk)
        chosen = new.policies
        if chosen is None:
            chosen = instance_policies.for_new_key(tx, scope, generated_root=not new.standard and new.given is None)
        if chosen:
            self._policies.apply(tx, view, chosen, scope.caller.iam_id)
            view = records.read(tx, scope.instance, pk)
        tx.changed("key", f"{scope.instance.guid}/{key_id}")
        self._record_creation(tx, scope, view)
        if not (new.standard and reveal):
            return view
        return self._revealed(scope, view, StoredKey(minted.handle, key_id, 1, minted.blob))

    def _store(self, tx: Transaction, scope: Scope, new: NewKey, key_id: str, ring: str, minted: Minted) -> int:
        now = milliseconds(tx.now)
        tx.execute(
            insert(key).values(
                instance=scope.instance.guid,
                id=key_id,
                name=new.name,
                description=new.description,
                tags=list(new.tags) or None,
                state=int(KeyState.ACTIVE),
                extractable=new.standard,
                imported=new.given is not None,
                ring=ring,
                version=1,
                version_id=minted.handle,
                version_at=now,
                bits=minted.bits,
                expires_at=milliseconds(new.expires_at) if new.expires_at else None,
                created_at=now,
                created_by=scope.caller.iam_id,
                updated_at=now,
            )
        )
        counters.add(tx, scope.instance.guid, key_id, KeyState.ACTIVE, standard=new.standard)
        pk = int(tx.scalar(select(key.c.pk).where(key.c.instance == scope.instance.guid, key.c.id == key_id)))
        minting.store(tx, pk, minted)
        return pk

    def read(self, tx: Transaction, scope: Scope) -> KeyView:
        """The key; a standard key with its material, which leaves an event. A deleted key has none to show."""
        found = scope.required_key()
        view = records.read(tx, scope.instance, found.pk)
        if not found.standard or view.state is KeyState.DESTROYED:
            return view
        if self._cut_off(tx, scope.instance.guid):
            raise errors.HsmUnreachable()
        view = self._revealed(scope, view, found.newest)
        response = {"keyId": found.id, "keyState": int(view.state), "keyRingId": found.ring}
        self._activity.record(tx, scope.caller, scope.event(response))
        return view

    def _revealed(self, scope: Scope, view: KeyView, stored: StoredKey) -> KeyView:
        revealed = hsm_calls.run(self._hsm, scope.instance, RevealStandardKey(stored))
        return structs.replace(view, payload=revealed.material)

    def _record_creation(self, tx: Transaction, scope: Scope, view: KeyView) -> None:
        request: dict[str, Any] = {"keyType": "standard" if view.standard else "root"}
        response: dict[str, Any] = {
            "keyId": view.id,
            "keyVersionId": view.version_id,
            "keyVersionCreationDate": rfc3339(view.version_at),
            "keyState": int(view.state),
            "keyRingId": view.ring,
        }
        if view.imported:
            response["detail"] = "imported"
        if view.rotation is not None:
            request["rotation"] = {"enabled": view.rotation.enabled, "interval_month": view.rotation.months}
        if view.dual_auth:
            request["dualAuthDelete"] = {"enabled": True}
        if view.expires_at is not None:
            response["expirationDate"] = rfc3339(view.expires_at)
            response["daysToKeyExpire"] = (view.expires_at - view.now).days
        event = scope.event(response, request)
        self._activity.record(tx, scope.caller, structs.replace(event, target=view.crn, target_name=view.name))

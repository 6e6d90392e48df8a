"""The key management service put together. Every call goes through `within`, which admits it first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import brokers, counters, deletion_authorizations, errors, expiring, rotating
from kyok.cloud.keys.aliases import Aliases
from kyok.cloud.keys.deletion_authorizations import DeletionAuthorizations
from kyok.cloud.keys.import_tokens import ImportTokens
from kyok.cloud.keys.instance_policies import InstancePolicies
from kyok.cloud.keys.instances import Instances
from kyok.cloud.keys.key_policies import KeyPolicies
from kyok.cloud.keys.lifecycle import Lifecycle
from kyok.cloud.keys.making import Making
from kyok.cloud.keys.making_many import MakingMany
from kyok.cloud.keys.minting import Mint
from kyok.cloud.keys.operations import Operation
from kyok.cloud.keys.purging import Purging
from kyok.cloud.keys.registrations import Registrations
from kyok.cloud.keys.rings import Rings
from kyok.cloud.keys.rotating import Rotating
from kyok.cloud.keys.scope import Address, Deciding, Gate, Scope
from kyok.cloud.keys.sealed_keys import SealedKeys
from kyok.cloud.keys.shredding import Resealer, Shredding
from kyok.cloud.keys.units import CryptoUnits
from kyok.cloud.keys.using import Uses
from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import setting
from kyok.domain.key_states import KeyState
from kyok.domain.services import HS_CRYPTO, KMS
from kyok.hsm import Hsm
from kyok.randomness import Randomness

T = TypeVar("T")

_SETTING = select(setting.c.value).where(setting.c.name == bindparam("of"))


@dataclass(frozen=True, slots=True)
class KeyUsage:
    """How many keys an instance holds, by state."""

    root_keys: dict[KeyState, int]
    standard_keys: dict[KeyState, int]


class KeyService:
    """Rules of root keys and standard keys. `resealers` move what other services keep under the provider's HSM."""

    def __init__(
        self,
        store: Store,
        hsm: Hsm,
        decisions: Deciding,
        activity: Activity,
        randomness: Randomness,
        resealers: Sequence[Resealer] = (),
        held_since: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._store = store
        self._hsm = hsm
        self._activity = activity
        instances, sealed = Instances(), SealedKeys()
        store.writer.on_change(Instances.KINDS, instances.on_change)
        store.writer.on_change(("key",), lambda kind: sealed.forget())
        self._gate = Gate(decisions, instances, sealed, randomness)
        self._shredding = Shredding(hsm, store.checkpoint, sealed.forget, resealers, held_since)
        mint = Mint(hsm, randomness, instances.cut_off)
        self.import_tokens = ImportTokens(hsm, activity, randomness)
        self.policies = KeyPolicies(activity, randomness)
        self.instance_policies = InstancePolicies(activity)
        self.making = Making(hsm, mint, instances, activity, randomness, self.policies)
        self.making_many = MakingMany(hsm, activity, randomness, self.policies)
        self.rotating = Rotating(mint, instances, sealed, activity, _rotation_limited)
        self.authorizations = DeletionAuthorizations(activity)
        self.uses = Uses(hsm, activity)
        self.lifecycle = Lifecycle(activity, mint)
        self.purging = Purging(activity, self._shredding)
        self.aliases = Aliases(activity)
        self.registrations = Registrations(activity)
        self.rings = Rings(activity, decisions)
        self.units = CryptoUnits(hsm, activity)
        self.brokers = {
            HS_CRYPTO: brokers.HsmBroker(hsm, self._shredding),
            KMS: brokers.KeyBroker(hsm, self._shredding),
        }
        """For the resource controller, by service name."""

    def within(
        self, reader: Reader, caller: Caller, operation: Operation, address: Address, act: Callable[[Scope], T]
    ) -> T:
        """Runs `act` for an operation that the caller may do; see `Gate.within`."""
        return self._gate.within(reader, caller, operation, address, act)

    def outside(self, scope: Scope, act: Callable[[Scope], T]) -> T:
        """Runs `act` in a scope that was admitted before, outside of any transaction; see `Gate.outside`."""
        return self._gate.outside(scope, act)

    def acknowledge(self, tx: Transaction, scope: Scope, told: dict[str, Any]) -> None:
        """A service has taken a key event to heart; that is written down.

        Raises:
            ServiceOnly: the caller is no service.
        """
        if scope.caller.kind != "service":
            raise errors.ServiceOnly()
        self._activity.record(tx, scope.caller, scope.event({"eventAckData": told}))

    def acknowledge_deletion(self, tx: Transaction, scope: Scope) -> None:
        """The old form of that, for a deletion: the key must be deleted, and registrations went with it.

        Raises:
            ServiceOnly; ActionInvalidState: the key lives.
        """
        state = scope.required_key().state(tx)
        if scope.caller.kind == "service" and state is not KeyState.DESTROYED:
            raise errors.ActionInvalidState("The key is not deleted.", "Acknowledge the deletion of deleted keys only.")
        self.acknowledge(tx, scope, {"eventType": "delete", "keyState": int(state)})

    def start(self) -> None:
        """Repairs what a crash left: orphaned HSMs, a change of a storage epoch that was not finished."""
        with self._store.read() as reader:
            brokers.repair(reader, self._hsm)
        self.settle()

    def settle(self) -> None:
        """What cannot be done inside a transaction: ends open changes of storage epochs. The reconciler calls it."""
        if self._shredding.resume(self._store.writer):
            self._store.writer.perform(self._shredding.note_shredded)

    def expire_and_purge(self, tx: Transaction) -> int:
        """Stores expiries, purges what was deleted 90 days ago, notes what is shredded; returns how many keys."""
        number = expiring.expire(tx, self._activity) + self.purging.purge_due(tx)
        return number + self._shredding.note_shredded(tx)

    def keep_policies(self, tx: Transaction) -> int:
        """Rotates keys by their policies, ends authorizations and tokens whose time is over; returns how many."""
        return self.rotating.rotate_due(tx) + self.authorizations.lapse(tx) + self.import_tokens.forget_expired(tx)

    def next_due(self, reader: Reader) -> datetime | None:
        """When something happens by itself next; None while nothing waits for the clock."""
        waiting = (expiring.next_due(reader), rotating.next_due(reader), deletion_authorizations.next_due(reader))
        return min((moment for moment in waiting if moment is not None), default=None)

    def usage(self, reader: Reader, guid: str) -> KeyUsage:
        """How many keys an instance holds, by stored state."""
        found = counters.by_state(reader, guid)
        root = {state: number for (state, standard), number in found.items() if not standard and number}
        return KeyUsage(root, {state: number for (state, standard), number in found.items() if standard and number})


def _rotation_limited(reader: Reader) -> bool:
    """The setting `rotation_limit`: off unless somebody turned it on."""
    return bool(reader.scalar(_SETTING, {"of": "rotation_limit"}))

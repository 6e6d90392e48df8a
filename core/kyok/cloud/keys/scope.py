"""Who may do what to which key: every operation runs inside a scope that was admitted here.

The order is the API's: permission first (401), then whether the thing exists (404), then everything else. A request
that is both unauthorised and malformed is therefore refused as unauthorised (reference/kms-api.md 2.6 and 6).
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.keys import errors
from kyok.cloud.keys.instances import Instances, KeyInstance
from kyok.cloud.keys.operations import Operation
from kyok.cloud.keys.policy_errors import NetworkRefused
from kyok.cloud.keys.sealed_keys import SealedKey, SealedKeys
from kyok.cloud.store import Reader
from kyok.domain.crn import Crn
from kyok.domain.key_policies import address_allowed
from kyok.domain.services import HS_CRYPTO
from kyok.errors import KyokError
from kyok.randomness import Randomness

T = TypeVar("T")


class Deciding(Protocol):
    """The one decision function of the cloud."""

    def require(self, reader: Reader, caller: Caller, action: str, target: Crn, *, ring: str | None = None) -> None:
        """Raises `NotAuthorized` unless the caller may do the action to the target."""


class Address(Struct, frozen=True):
    """What a request names: the instance, maybe a key (id or alias) and a key ring.

    `public`: it came over the public endpoint.
    """

    guid: str | None
    key: str | None = None
    ring: str | None = None
    public: bool = False


class Scope(Struct):
    """An admitted request. `key` is there for operations on a key that exists."""

    caller: Caller
    operation: Operation
    instance: KeyInstance
    address: Address
    key: SealedKey | None = None

    def required_key(self) -> SealedKey:
        """The addressed key.

        Raises:
            KeyNotFound: there is none; also when the named key ring does not hold it.
        """
        if self.key is None or (self.address.ring and self.address.ring != self.key.ring):
            raise errors.KeyNotFound()
        return self.key

    def event(
        self,
        response: dict[str, Any],
        request: dict[str, Any] | None = None,
        operation: Operation | None = None,
        **more: Any,
    ) -> Event:
        """The success event of the operation, or of another one; `more` are members of `Event`."""
        key, ring = self.key, self.address.ring
        request = dict(request) if request else {}
        if ring:
            request.setdefault("keyRingId", ring)
        return Event(
            action=(operation or self.operation).activity(self.instance.service),
            target=key.crn_text if key else str(self.instance.crn),
            target_name=key.name if key else self.instance.name,
            instance=self.instance.guid,
            request_data=request,
            response_data=response,
            **more,
        )


class Gate:
    """Admits requests."""

    def __init__(self, decisions: Deciding, instances: Instances, keys: SealedKeys, randomness: Randomness) -> None:
        self._decisions = decisions
        self._randomness = randomness
        self._instances = instances
        self._keys = keys

    def within(
        self, reader: Reader, caller: Caller, operation: Operation, address: Address, act: Callable[[Scope], T]
    ) -> T:
        """Runs `act` in the admitted scope; whatever is refused is told with what it was about.

        Raises:
            AccessDenied, InstanceGone, KeyNotFound, HsmUnreachable, and what `act` raises.
        """
        scope: Scope | None = None
        try:
            scope = self._found(reader, caller, operation, address)
            self._admit(reader, scope)
            return act(scope)
        except KyokError as error:
            _tell(error, operation, address, scope)
            raise

    def outside(self, scope: Scope, act: Callable[[Scope], T]) -> T:
        """Runs `act`, which takes long, in a scope that was admitted; refusals are told as those of `within`."""
        try:
            return act(scope)
        except KyokError as error:
            _tell(error, scope.operation, scope.address, scope)
            raise

    def _found(self, reader: Reader, caller: Caller, operation: Operation, address: Address) -> Scope:
        if not address.guid:
            raise errors.InvalidField(
                "The header Bluemix-Instance is missing.",
                "Send the GUID of the service instance in it.",
                target="Bluemix-Instance",
                target_kind=errors.HEADER,
            )
        instance = self._instances.find(reader, address.guid)
        if instance is None or instance.account != caller.account:
            raise errors.AccessDenied()
        key = self._keys.find(reader, instance, address.key) if address.key else None
        return Scope(caller, operation, instance, address, key)

    def _admit(self, reader: Reader, scope: Scope) -> None:
        operation, instance, key = scope.operation, scope.instance, scope.key
        ring = None if operation.whole else scope.address.ring
        named = scope.address.ring
        if key is not None and (not operation.on_key or not named or named == key.ring):
            target, ring = key.crn, key.ring
        elif scope.address.key:  # there is none, or none in the named ring: nobody learns which of the two
            target = instance.crn.with_resource("key", scope.address.key)
        else:
            target = instance.crn
        try:
            self._decisions.require(reader, scope.caller, operation.action(instance.service), target, ring=ring)
        except NotAuthorized:
            raise errors.AccessDenied() from None
        if not instance.active:
            raise errors.InstanceGone()
        self._maybe_fail(reader, instance)
        _require_network(scope)
        if operation.on_key and (key is None or scope.address.ring):
            scope.required_key()
        if operation.data_plane and self._instances.cut_off(reader, instance.guid):
            raise errors.HsmUnreachable(
                "The HSM of the instance is cut off.", "End the fault “hsm-cut” of this instance."
            )

    def _maybe_fail(self, reader: Reader, instance: KeyInstance) -> None:
        percent = self._instances.failing_percent(reader, instance.guid)
        if percent and int.from_bytes(self._randomness.draw(4), "big") % 100 < percent:
            raise errors.HsmUnreachable(
                "The key service failed on this request.", "Try again, or end the fault “errors” of this instance."
            )


def _require_network(scope: Scope) -> None:
    """The instance's policies of networks and addresses; services of the cloud call from inside it."""
    instance, caller = scope.instance, scope.caller
    if caller.kind == "service":
        return
    if instance.private_only and scope.address.public:
        raise NetworkRefused("The instance can be reached over its private endpoint only.")
    if instance.addresses and not address_allowed(caller.address, instance.addresses):
        raise NetworkRefused(
            "The instance does not allow requests from this address.", "Use an address that it allows."
        )


def _tell(error: KyokError, operation: Operation, address: Address, scope: Scope | None) -> None:
    """Leaves on an error what the error body and the activity log say about it."""
    told: Any = error
    told.operation = operation.sentence
    told.activity = operation.activity(scope.instance.service if scope else HS_CRYPTO)
    told.instance = scope.instance.guid if scope else (address.guid or "")[:80]
    if scope is not None:
        told.target_crn = scope.key.crn_text if scope.key else str(scope.instance.crn)
        told.target_name = scope.key.name if scope.key else scope.instance.name
    if address.key and (scope is None or scope.key is None):
        told.request_data = {"keyId": address.key[:90]}

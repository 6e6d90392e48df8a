"""Wrap, unwrap and rewrap: the hot path.

Each runs inside the writer's unit of work, which only reads and owes its activity row, so it costs no savepoint; the
answer leaves when the row is durable. Sealed rows come from a cache; no plaintext is kept anywhere.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, hsm_calls, states
from kyok.cloud.keys.material import plaintext as plaintext_of
from kyok.cloud.keys.scope import Scope
from kyok.cloud.keys.sealed_keys import SealedKey
from kyok.cloud.store import Transaction
from kyok.cloud.store.times import moment, wire_time
from kyok.domain.key_fields import aad_problem
from kyok.domain.key_states import KeyAction
from kyok.hsm import Hsm, Rewrap, Unwrap, Wrap
from kyok.secrets import Secret


class WrapAnswer(Struct):
    """`plaintext` is there when the HSM made it; whoever renders it wipes it."""

    ciphertext: str
    version: str
    plaintext: Secret | None = None


class UnwrapAnswer(Struct):
    """`version` opened the ciphertext; `ciphertext` and `newest` are there when it was an older one."""

    plaintext: Secret
    version: str
    ciphertext: str | None = None
    newest: str | None = None


class RewrapAnswer(Struct):
    """`version` opened the old ciphertext, `newest` made the new one."""

    ciphertext: str
    version: str
    newest: str


class Uses:
    """The cryptographic operations of root keys."""

    def __init__(self, hsm: Hsm, activity: Activity) -> None:
        self._hsm = hsm
        self._activity = activity

    def wrap(self, tx: Transaction, scope: Scope, plaintext: str | None, aad: Sequence[str]) -> WrapAnswer:
        """Wraps the base64 `plaintext`, or 32 bytes that the HSM makes."""
        key = self._usable(tx, scope, KeyAction.WRAP, aad)
        if plaintext:
            with plaintext_of(plaintext) as data:
                wrapped = hsm_calls.run(self._hsm, scope.instance, Wrap(key.newest, data, aad))
        else:
            wrapped = hsm_calls.run(self._hsm, scope.instance, Wrap(key.newest, None, aad))
        version = key.newest.handle
        self._record(tx, scope, key, version, folds=scope.caller.kind == "service")
        return WrapAnswer(wrapped.envelope, version, wrapped.plaintext)

    def unwrap(self, tx: Transaction, scope: Scope, ciphertext: str, aad: Sequence[str]) -> UnwrapAnswer:
        """Opens a ciphertext of whatever version; one of an older version comes back rewrapped, too."""
        key = self._usable(tx, scope, KeyAction.UNWRAP, aad)
        opened = hsm_calls.run(self._hsm, scope.instance, Unwrap(key.versions, ciphertext, aad))
        self._record(tx, scope, key, opened.handle, folds=scope.caller.kind == "service")
        newest = None if opened.rewrapped is None else key.newest.handle
        return UnwrapAnswer(opened.plaintext, opened.handle, opened.rewrapped, newest)

    def rewrap(self, tx: Transaction, scope: Scope, ciphertext: str, aad: Sequence[str]) -> RewrapAnswer:
        """Moves a ciphertext to the newest version; the plaintext stays in the HSM."""
        key = self._usable(tx, scope, KeyAction.REWRAP, aad)
        done = hsm_calls.run(self._hsm, scope.instance, Rewrap(key.versions, ciphertext, aad))
        self._record(tx, scope, key, done.handle, rewrappedKeyVersionId=done.newest)
        return RewrapAnswer(done.envelope, done.handle, done.newest)

    def _usable(self, tx: Transaction, scope: Scope, action: KeyAction, aad: Sequence[str]) -> SealedKey:
        key = scope.required_key()
        states.require(action, key.state(tx), standard=key.standard)
        if aad:
            problem = aad_problem(aad)
            if problem:
                raise errors.InvalidField(problem, "Send fewer or shorter texts.", target="aad")
        return key

    def _record(
        self, tx: Transaction, scope: Scope, key: SealedKey, version: str, *, folds: bool = False, **more: Any
    ) -> None:
        response: dict[str, Any] = {"keyId": key.id, "keyVersionId": version, "keyState": int(key.state(tx)), **more}
        if key.expires_at is not None:
            response["expirationDate"] = wire_time(key.expires_at)
            response["daysToKeyExpire"] = (moment(key.expires_at) - tx.now).days
        self._activity.record(tx, scope.caller, scope.event(response, folds=folds))

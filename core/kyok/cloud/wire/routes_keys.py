"""The key management API: keys and what is done with them (reference/kms-api.md section 2)."""

from typing import Any

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import list_query, listing, operations, records, rings
from kyok.cloud.keys import policy_errors as policies
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import kms_bodies, kms_documents, kms_errors, routes_key_relations
from kyok.cloud.wire.kms_calls import (
    kms_route,
    mutation,
    no_content,
    query,
    wants_representation,
)
from kyok.cloud.wire.kms_members import Members
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route

__all__ = ["ROUTES", "kms_errors"]

# Making ---------------------------------------------------------------------------------------------------------------


def _create(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    new = kms_bodies.new_key(call)
    return call.cloud.keys.making.create(tx, scope, new, reveal=wants_representation(call))


def _create_with_policies(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    """With the policies of the body, if it has any, and none of the instance's."""
    new = kms_bodies.new_key(call, with_policies=True)
    return call.cloud.keys.making.create(tx, scope, new, reveal=wants_representation(call))


def _created(call: Call, view: KeyView) -> Response:
    document = kms_documents.key_document(view, full=wants_representation(call), created=True)
    return kms_documents.collection(kms_documents.KEY, [document], 201)


def _rotate(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.rotating.rotate(tx, scope, kms_bodies.given_material(kms_bodies.members(call)))


# Looking --------------------------------------------------------------------------------------------------------------


def _list(call: Call, reader: Reader, scope: Scope) -> Response:
    asked = list_query.parsed(call.query, rings.chosen(reader, scope))
    return kms_documents.key_page(listing.page(reader, scope.instance, asked))


def _head(call: Call, reader: Reader, scope: Scope) -> Response:
    total = listing.count(reader, scope.instance, list_query.parsed(call.query, rings.chosen(reader, scope)))
    return Response(200, None, {"key-total": str(total)})


def _read(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    view: KeyView = call.cloud.keys.making.read(tx, scope)
    return view


def _metadata(call: Call, reader: Reader, scope: Scope) -> Response:
    return _shown(call, records.read(reader, scope.instance, scope.required_key().pk))


def _shown(call: Call, view: KeyView) -> Response:
    return kms_documents.collection(kms_documents.KEY, [kms_documents.key_document(view)])


def _patch(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    """The key ring is all that can be changed of a key."""
    ring = kms_bodies.members(call).text("keyRingID")
    if not ring:
        raise keys.BadBody("keyRingID is missing.", "It is the only attribute that can be changed.")
    view: KeyView = call.cloud.keys.rings.move(tx, scope, ring)
    return view


# States ---------------------------------------------------------------------------------------------------------------


def _disable(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.lifecycle.disable(tx, scope)


def _enable(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.lifecycle.enable(tx, scope)


def _set_for_deletion(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.authorizations.set(tx, scope)


def _unset_for_deletion(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.authorizations.unset(tx, scope)


def _delete(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    force = list_query.truth(call.query, "force") or False
    view: KeyView = call.cloud.keys.lifecycle.delete(tx, scope, force=force)
    return view


def _restore(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    """The body, which is optional, may bring the material of an imported key along."""
    resources = kms_bodies.members(call).get("resources") or []
    first = resources[0] if isinstance(resources, list) and resources else None
    given = kms_bodies.given_material(Members(first)) if isinstance(first, dict) else None
    view: KeyView = call.cloud.keys.lifecycle.restore(tx, scope, given)
    return view


def _purge(call: Call, tx: Transaction, scope: Scope) -> KeyView:
    view: KeyView = call.cloud.keys.purging.purge(tx, scope)
    return view


def _sync(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.lifecycle.sync(tx, scope)


def _representation(call: Call, view: KeyView) -> Response:
    return _shown(call, view) if wants_representation(call) else no_content(call, view)


def _restored(call: Call, view: KeyView) -> Response:
    """Always with the key: IBM's Go client reads it unconditionally."""
    return kms_documents.collection(kms_documents.KEY, [kms_documents.key_document(view)], 201)


# Cryptography ---------------------------------------------------------------------------------------------------------


def _wrap(call: Call, tx: Transaction, scope: Scope) -> Any:
    body = kms_bodies.members(call)
    return call.cloud.keys.uses.wrap(tx, scope, body.text("plaintext"), kms_bodies.additional_data(body))


def _unwrap(call: Call, tx: Transaction, scope: Scope) -> Any:
    ciphertext, aad = _ciphertext(call)
    return call.cloud.keys.uses.unwrap(tx, scope, ciphertext, aad)


def _rewrap(call: Call, tx: Transaction, scope: Scope) -> Any:
    ciphertext, aad = _ciphertext(call)
    return call.cloud.keys.uses.rewrap(tx, scope, ciphertext, aad)


def _ciphertext(call: Call) -> tuple[str, tuple[str, ...]]:
    if not call.request.body.strip():
        raise keys.NoBody()
    body = kms_bodies.members(call)
    ciphertext = body.text("ciphertext")
    if not ciphertext:
        raise keys.InvalidField("ciphertext is missing.", target="ciphertext")
    return ciphertext, kms_bodies.additional_data(body)


ACTIONS: dict[str, Handler] = {
    "wrap": mutation(operations.WRAP, _wrap, lambda call, answer: kms_documents.wrapped(answer)),
    "unwrap": mutation(operations.UNWRAP, _unwrap, lambda call, answer: kms_documents.unwrapped(answer)),
    "rewrap": mutation(operations.REWRAP, _rewrap, lambda call, answer: kms_documents.rewrapped(answer)),
    "rotate": mutation(operations.ROTATE, _rotate),
    "disable": mutation(operations.DISABLE, _disable),
    "enable": mutation(operations.ENABLE, _enable),
    "sync": mutation(operations.SYNC, _sync),
    "setKeyForDeletion": mutation(operations.SET_FOR_DELETION, _set_for_deletion),
    "unsetKeyForDeletion": mutation(operations.UNSET_FOR_DELETION, _unset_for_deletion),
}
_RESTORE = mutation(operations.RESTORE, _restore, _restored)


def _deprecated(call: Call) -> Outcome:
    """`POST /keys/{id}?action=wrap`: the old form of every action, with the same bodies and answers."""
    action = call.query.get("action", "")
    handler = _RESTORE if action == "restore" else ACTIONS.get(action)
    if handler is None:
        raise keys.InvalidQuery("There is no such action.", target="action")
    return handler(call)


_STATE = (keys.KeyNotFound, keys.ActionInvalidState, keys.AccessDenied)
_USE = (*_STATE, keys.KeyDeleted, keys.RootKeyRequired, keys.InvalidField, keys.MasterKeyMissing, keys.HsmUnreachable)
_CREATION = (keys.BadBody, keys.InvalidField, keys.AliasNotUnique, policies.CreationNotAllowed, keys.AccessDenied)

ROUTES: list[Route] = [
    kms_route(
        "POST", "keys", mutation(operations.CREATE, _create, _created), "Create a key", operations.CREATE, *_CREATION
    ),
    kms_route(
        "POST",
        "keys_with_policy_overrides",
        mutation(operations.CREATE_WITH_POLICIES, _create_with_policies, _created),
        "Create a key with policies of its own",
        operations.CREATE_WITH_POLICIES,
        *(*_CREATION, keys.RootKeyRequired),
    ),
    kms_route("GET", "keys", query(operations.LIST, _list), "List keys", operations.LIST, keys.InvalidQuery),
    kms_route("HEAD", "keys", query(operations.HEAD, _head), "Count keys", operations.HEAD, keys.InvalidQuery),
    kms_route(
        "GET", "keys/{id}", mutation(operations.READ, _read, _shown), "Get a key", operations.READ, keys.KeyNotFound
    ),
    kms_route(
        "GET",
        "keys/{id}/metadata",
        query(operations.METADATA, _metadata),
        "Get the metadata of a key",
        operations.METADATA,
        keys.KeyNotFound,
    ),
    kms_route(
        "PATCH",
        "keys/{id}",
        mutation(operations.PATCH, _patch, _shown),
        "Move a key to another key ring",
        operations.PATCH,
        *(*_STATE, keys.KeyRingNotFound),
    ),
    kms_route(
        "DELETE",
        "keys/{id}",
        mutation(operations.DELETE, _delete, _representation),
        "Delete a key",
        operations.DELETE,
        *(*_STATE, keys.KeyDeleted, keys.ProtectedResource, keys.PreventsDeletion, policies.AuthorizationsNotMet),
    ),
    kms_route(
        "DELETE",
        "keys/{id}/purge",
        mutation(operations.PURGE, _purge, _representation),
        "Purge a deleted key",
        operations.PURGE,
        *(*_STATE, keys.TooEarly),
    ),
    kms_route(
        "POST",
        "keys/{id}/restore",
        _RESTORE,
        "Restore a deleted key",
        operations.RESTORE,
        *(*_STATE, keys.TooEarly, keys.RestoreExpired, keys.KeyExpired),
    ),
    kms_route("POST", "keys/{id}/actions/wrap", ACTIONS["wrap"], "Wrap a data key", operations.WRAP, *_USE),
    kms_route("POST", "keys/{id}/actions/unwrap", ACTIONS["unwrap"], "Unwrap a data key", operations.UNWRAP, *_USE),
    kms_route("POST", "keys/{id}/actions/rewrap", ACTIONS["rewrap"], "Rewrap a data key", operations.REWRAP, *_USE),
    kms_route(
        "POST",
        "keys/{id}/actions/rotate",
        ACTIONS["rotate"],
        "Rotate a root key",
        operations.ROTATE,
        *(*_USE, keys.PayloadRequired, keys.PayloadNotAllowed, keys.RotationNotPermitted),
    ),
    kms_route("POST", "keys/{id}/actions/disable", ACTIONS["disable"], "Disable a key", operations.DISABLE, *_STATE),
    kms_route(
        "POST",
        "keys/{id}/actions/enable",
        ACTIONS["enable"],
        "Enable a key",
        operations.ENABLE,
        *(*_STATE, keys.TooEarly),
    ),
    kms_route(
        "POST",
        "keys/{id}/actions/sync",
        ACTIONS["sync"],
        "Notify the users of a key again",
        operations.SYNC,
        *(*_STATE, keys.TooEarly),
    ),
    kms_route(
        "POST",
        "keys/{id}",
        _deprecated,
        "Change a key in the deprecated way",
        operations.ROTATE,
        keys.InvalidQuery,
    ),
    kms_route(
        "POST",
        "keys/{id}/actions/setKeyForDeletion",
        ACTIONS["setKeyForDeletion"],
        "Authorize the deletion of a key",
        operations.SET_FOR_DELETION,
        *(*_STATE, policies.NotDualAuth),
    ),
    kms_route(
        "POST",
        "keys/{id}/actions/unsetKeyForDeletion",
        ACTIONS["unsetKeyForDeletion"],
        "Take the authorization to delete a key back",
        operations.UNSET_FOR_DELETION,
        *(*_STATE, policies.NotDualAuth),
    ),
    *routes_key_relations.ROUTES,
]

"""The key management API: import tokens (reference/kms-api.md 2.17)."""

import base64
from typing import Any

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import import_errors, import_tokens, operations
from kyok.cloud.keys.import_tokens import TokenView
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Transaction
from kyok.cloud.store.times import rfc3339
from kyok.cloud.wire import kms_bodies, kms_documents
from kyok.cloud.wire.kms_calls import address, kms_route, mutation
from kyok.cloud.wire.route import Call, Job, Outcome, Response, Route, Write


def _create(call: Call) -> Outcome:
    """A key pair takes long to make: it is made between two transactions, and both admit the caller."""
    service, caller, where, operation = call.cloud.keys, call.caller, address(call), operations.IMPORT_TOKEN_CREATE

    def admitted(scope: Scope) -> Scope:
        kms_bodies.token_wish(call)
        return scope

    def work() -> Write:
        with call.cloud.store.read_apart() as reader:
            scope = service.within(reader, caller, operation, where, admitted)
        made = service.outside(scope, lambda scope: service.import_tokens.make(scope.instance))

        def store(tx: Transaction) -> TokenView:
            wish = kms_bodies.token_wish(call)
            view: TokenView = service.within(
                tx, caller, operation, where, lambda scope: service.import_tokens.create(tx, scope, made, wish)
            )
            return view

        return Write(store, lambda view: _shown(call, view))

    return Job(work)


def _retrieve(call: Call, tx: Transaction, scope: Scope) -> TokenView:
    view: TokenView = call.cloud.keys.import_tokens.retrieve(tx, scope)
    return view


def _shown(call: Call, view: TokenView) -> Response:
    document: dict[str, Any] = {
        "id": view.id,
        "creationDate": rfc3339(view.created_at),
        "expirationDate": rfc3339(view.expires_at),
        "maxAllowedRetrievals": view.retrievals,
        "remainingRetrievals": view.remaining,
    }
    if view.public_key:
        document["payload"] = import_tokens.encoded_key(view)
        document["nonce"] = base64.b64encode(view.nonce).decode()
    return Response(200, document, content_type=kms_documents.IMPORT_TOKEN)


ROUTES: list[Route] = [
    kms_route(
        "POST",
        "import_token",
        _create,
        "Create an import token",
        operations.IMPORT_TOKEN_CREATE,
        *(keys.InvalidField, keys.MasterKeyMissing, keys.HsmUnreachable),
    ),
    kms_route(
        "GET",
        "import_token",
        mutation(operations.IMPORT_TOKEN_READ, _retrieve, _shown),
        "Retrieve the import token",
        operations.IMPORT_TOKEN_READ,
        *(import_errors.ImportTokenNotFound, import_errors.ImportTokenExpired),
    ),
]

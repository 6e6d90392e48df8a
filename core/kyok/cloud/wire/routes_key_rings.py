"""The key management API: key rings (reference/kms-api.md 2.15)."""

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import list_query, operations, rings
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import kms_documents
from kyok.cloud.wire.kms_calls import counted, kms_route, mutation, query
from kyok.cloud.wire.route import Call, Response, Route
from kyok.domain.key_fields import LIST_MAX, RINGS_DEFAULT

CREATED = 201


def _rings(call: Call, reader: Reader, scope: Scope) -> Response:
    limit = list_query.number(call.query, "limit", RINGS_DEFAULT, 1, LIST_MAX)
    offset = list_query.number(call.query, "offset", 0, 0, list_query.OFFSET_MAX)
    page = rings.page(reader, scope, limit=limit, offset=offset)
    documents = [kms_documents.ring_document(view) for view in page.rings]
    return kms_documents.collection(kms_documents.RING, documents, total=counted(call, page.total))


def _create(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.rings.create(tx, scope, call.params["ring"])


def _created(call: Call, nothing: None) -> Response:
    return Response(CREATED)


def _delete(call: Call, tx: Transaction, scope: Scope) -> None:
    force = list_query.truth(call.query, "force") or False
    call.cloud.keys.rings.delete(tx, scope, call.params["ring"], force=force)


ROUTES: list[Route] = [
    kms_route("GET", "key_rings", query(operations.RINGS, _rings), "List key rings", operations.RINGS),
    kms_route(
        "POST",
        "key_rings/{ring}",
        mutation(operations.RING_CREATE, _create, _created),
        "Create a key ring",
        operations.RING_CREATE,
        *(keys.InvalidField, keys.KeyRingNotUnique, keys.KeyRingQuota),
    ),
    kms_route(
        "DELETE",
        "key_rings/{ring}",
        mutation(operations.RING_DELETE, _delete),
        "Delete a key ring",
        operations.RING_DELETE,
        *(keys.KeyRingNotFound, keys.KeyRingNotEmpty, keys.KeyRingKeysNotDeleted),
    ),
]

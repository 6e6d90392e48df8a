"""The key management API: versions, aliases, registrations, the broker; and what answers 501."""

from typing import Any
from urllib.parse import unquote

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import list_query, operations, versions
from kyok.cloud.keys.aliases import AliasView
from kyok.cloud.keys.crn_pattern import PARAMETER, CrnPattern
from kyok.cloud.keys.registrations import RegistrationQuery, RegistrationView
from kyok.cloud.keys.scope import Address, Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import kms_bodies, kms_documents
from kyok.cloud.wire.kms_calls import (
    PRIVATE_HOST,
    counted,
    kms_route,
    mutation,
    no_content,
    not_emulated,
    port_of,
    query,
    wants_representation,
)
from kyok.cloud.wire.route import Call, Outcome, Response, Route
from kyok.domain.key_fields import LIST_DEFAULT, LIST_MAX
from kyok.domain.services import HS_CRYPTO

# Versions -------------------------------------------------------------------------------------------------------------


def _versions(call: Call, reader: Reader, scope: Scope) -> Response:
    page = versions.page(
        reader,
        scope,
        limit=list_query.number(call.query, "limit", LIST_DEFAULT, 1, LIST_MAX),
        offset=list_query.number(call.query, "offset", 0, 0, list_query.OFFSET_MAX),
        all_states=list_query.truth(call.query, "allKeyStates") or False,
    )
    documents = [kms_documents.version_document(version) for version in page.versions]
    return kms_documents.collection(kms_documents.VERSION, documents, total=counted(call, page.total))


# Aliases ----------------------------------------------------------------------------------------------------


def _alias_create(call: Call, tx: Transaction, scope: Scope) -> AliasView:
    view: AliasView = call.cloud.keys.aliases.create(tx, scope, call.params["alias"])
    return view


def _alias_created(call: Call, view: AliasView) -> Response:
    return kms_documents.collection(kms_documents.ALIAS, [kms_documents.alias_document(view)], 201)


def _alias_delete(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.aliases.delete(tx, scope, call.params["alias"])


# Registrations --------------------------------------------------------------------------------------------------------


def _registrations(call: Call, reader: Reader, scope: Scope) -> Response:
    given = call.query.get(PARAMETER)
    pattern = None
    if given:
        # The query string is decoded once already; clients encode this value twice.
        pattern = CrnPattern.parse(unquote(given), all_keys="id" not in call.params)
    wanted = RegistrationQuery(
        limit=list_query.number(call.query, "limit", LIST_DEFAULT, 1, LIST_MAX),
        offset=list_query.number(call.query, "offset", 0, 0, list_query.OFFSET_MAX),
        pattern=pattern,
        prevent_deletion=list_query.truth(call.query, "preventKeyDeletion"),
    )
    page = call.cloud.keys.registrations.page(reader, scope, wanted)
    owner = call.caller.kind == "service"
    documents = [kms_documents.registration_document(view, owner=owner) for view in page.registrations]
    return kms_documents.collection(kms_documents.REGISTRATION, documents, total=counted(call, page.total))


def _register(call: Call, tx: Transaction, scope: Scope) -> Any:
    given = kms_bodies.registration_input(call)
    return call.cloud.keys.registrations.create(tx, scope, call.params["crn"], given)


def _merge(call: Call, tx: Transaction, scope: Scope) -> Any:
    given = kms_bodies.registration_input(call)
    return call.cloud.keys.registrations.change(tx, scope, call.params["crn"], given, call.header("if-match"))


def _replace(call: Call, tx: Transaction, scope: Scope) -> Any:
    given = kms_bodies.registration_input(call, whole=True)
    return call.cloud.keys.registrations.change(tx, scope, call.params["crn"], given, call.header("if-match"))


def _deregister(call: Call, tx: Transaction, scope: Scope) -> Any:
    return call.cloud.keys.registrations.remove(tx, scope, call.params["crn"])


def _registered(call: Call, view: RegistrationView) -> Response:
    return _one(view, 201)


def _changed(call: Call, view: RegistrationView) -> Response:
    return _one(view, 200)


def _deregistered(call: Call, view: RegistrationView) -> Response:
    return _one(view, 200) if wants_representation(call) else no_content(call, view)


def _one(view: RegistrationView, status: int) -> Response:
    document = kms_documents.registration_document(view, owner=True)
    response = kms_documents.collection(kms_documents.REGISTRATION, [document], status)
    response.headers["etag"] = view.etag
    return response


def _acknowledge(call: Call, tx: Transaction, scope: Scope) -> None:
    """A service tells that it has taken a key event to heart."""
    resource = kms_bodies.one_resource(call)
    told = {
        name: resource.get(name) for name in ("eventId", "eventType", "keyState", "newKeyVersionId", "oldKeyVersionId")
    }
    call.cloud.keys.acknowledge(tx, scope, {name: value for name, value in told.items() if value is not None})


def _deactivate(call: Call, tx: Transaction, scope: Scope) -> None:
    """`?action=deactivate`: how services acknowledged a deletion before `event_ack`."""
    if call.query.get("action") != "deactivate":
        raise keys.InvalidQuery("action must be deactivate.", target="action")
    call.cloud.keys.acknowledge_deletion(tx, scope)


# Broker ---------------------------------------------------------------------------------------------------------------


def broker(call: Call) -> Outcome:
    """`GET /crypto_v2/instances/{id}`: host names without scheme, as clients expect them. One origin serves all."""
    port = port_of(call)

    def look(scope: Scope) -> Response:
        if not scope.instance.own_hsm:
            raise keys.NoCryptoUnits()
        endpoint = {"public": f"127.0.0.1:{port}", "private": f"{PRIVATE_HOST}:{port}"}
        return Response(200, {"instance_id": scope.instance.guid, "kms": endpoint}, content_type=kms_documents.INSTANCE)

    with call.cloud.store.read() as reader:
        where = Address(call.params["id"])
        answer: Response = call.cloud.keys.within(reader, call.caller, operations.BROKER, where, look)
        return answer


_REGISTRATION = "keys/{id}/registrations/{crn}"
_SERVICE = (keys.ServiceOnly, keys.AccessDenied, keys.KeyNotFound, keys.RegistrationNotFound, keys.RegistrationChanged)

_EMULATED: list[Route] = [
    kms_route(
        "GET",
        "keys/{id}/versions",
        query(operations.VERSIONS, _versions),
        "List the versions of a key",
        operations.VERSIONS,
        *(keys.KeyNotFound, keys.RootKeyRequired, keys.KeyDeleted),
    ),
    kms_route(
        "POST",
        "keys/{id}/aliases/{alias}",
        mutation(operations.ALIAS_CREATE, _alias_create, _alias_created),
        "Give a key an alias",
        operations.ALIAS_CREATE,
        *(keys.KeyNotFound, keys.InvalidField, keys.AliasNotUnique, keys.AliasQuota),
    ),
    kms_route(
        "DELETE",
        "keys/{id}/aliases/{alias}",
        mutation(operations.ALIAS_DELETE, _alias_delete),
        "Take an alias away",
        operations.ALIAS_DELETE,
        *(keys.KeyNotFound, keys.AliasNotFound),
    ),
    kms_route(
        "GET",
        "keys/registrations",
        query(operations.ALL_REGISTRATIONS, _registrations),
        "List the resources that keys protect",
        operations.ALL_REGISTRATIONS,
        keys.InvalidQuery,
    ),
    kms_route(
        "GET",
        "keys/{id}/registrations",
        query(operations.REGISTRATIONS, _registrations),
        "List the resources that a key protects",
        operations.REGISTRATIONS,
        *(keys.KeyNotFound, keys.InvalidQuery, keys.RootKeyRequired),
    ),
    kms_route(
        "POST",
        "keys/{id}/registrations",
        mutation(operations.DEACTIVATE, _deactivate),
        "Acknowledge the deletion of a key in the deprecated way",
        operations.DEACTIVATE,
        *(keys.ServiceOnly, keys.KeyNotFound, keys.ActionInvalidState, keys.InvalidQuery),
    ),
    kms_route(
        "POST",
        _REGISTRATION,
        mutation(operations.REGISTER, _register, _registered),
        "Register a resource",
        operations.REGISTER,
        *(*_SERVICE, keys.RegistrationExists, keys.RegistrationNeedsActiveKey, keys.RegistrationNeedsRootKey),
    ),
    kms_route(
        "PATCH",
        _REGISTRATION,
        mutation(operations.REGISTRATION_MERGE, _merge, _changed),
        "Change a registration",
        operations.REGISTRATION_MERGE,
        *(*_SERVICE, keys.VersionNotNewer),
    ),
    kms_route(
        "PUT",
        _REGISTRATION,
        mutation(operations.REGISTRATION_WRITE, _replace, _changed),
        "Replace a registration",
        operations.REGISTRATION_WRITE,
        *(*_SERVICE, keys.VersionNotNewer),
    ),
    kms_route(
        "DELETE",
        _REGISTRATION,
        mutation(operations.DEREGISTER, _deregister, _deregistered),
        "End a registration",
        operations.DEREGISTER,
        *_SERVICE,
    ),
    kms_route(
        "POST",
        "event_ack",
        mutation(operations.ACKNOWLEDGE, _acknowledge),
        "Acknowledge a key event",
        operations.ACKNOWLEDGE,
        keys.ServiceOnly,
    ),
    Route(
        "GET",
        "/crypto_v2/instances/{id}",
        broker,
        "Get the endpoints of a Hyper Protect Crypto Services instance",
        "kms",
        action=operations.BROKER.action(HS_CRYPTO),
        activity=operations.BROKER.activity(HS_CRYPTO),
        errors=(keys.AccessDenied, keys.NoCryptoUnits),
    ),
]
_KMIP = "kmip_adapters/{adapter}"
_NOT_YET: tuple[tuple[str, str, str, str], ...] = (
    ("GET", "kmip_adapters", "List KMIP adapters", "kmip-management.list"),
    ("POST", "kmip_adapters", "Create a KMIP adapter", "kmip-management.create"),
    ("GET", _KMIP, "Get a KMIP adapter", "kmip-management.read"),
    ("DELETE", _KMIP, "Delete a KMIP adapter", "kmip-management.delete"),
    ("GET", f"{_KMIP}/certificates", "List KMIP certificates", "kmip-management.default"),
    ("POST", f"{_KMIP}/certificates", "Add a KMIP certificate", "kmip-management.default"),
    *(
        (verb.upper(), f"{_KMIP}/{thing}/{{name}}", f"{verb} a {word}", "kmip-management.default")
        for verb in ("Get", "Delete")
        for thing, word in (("certificates", "KMIP certificate"), ("kmip_objects", "KMIP object"))
    ),
    ("GET", f"{_KMIP}/kmip_objects", "List KMIP objects", "kmip-management.list"),
)
ROUTES: list[Route] = [
    *_EMULATED,
    *(not_emulated(method, f"/api/v2/{path}", what, activity) for method, path, what, activity in _NOT_YET),
    not_emulated("GET", "/governance/v1/configs", "Get the governance configuration", "governance-config.read"),
]

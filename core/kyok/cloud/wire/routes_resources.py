"""The resource controller and the resource manager over HTTP."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.resources import errors as rc
from kyok.cloud.resources.groups import quota
from kyok.cloud.resources.instance_rows import document
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import NotEmulated, Wire
from kyok.cloud.wire.paging import page
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route, Write
from kyok.domain.cluster import InstanceState

errors.add(
    {
        rc.InstanceNotFound: Wire(404, "RC-ServiceInstanceNotFound"),
        rc.InstanceInvalid: Wire(400, "RC-InvalidServiceInstance"),
        rc.InstanceLocked: Wire(400, "RC-ServiceInstanceLocked"),
        rc.InstanceRemoved: Wire(410, "RC-ServiceInstanceRemoved"),
        rc.InstancePending: Wire(422, "RC-ServiceInstancePendingReclamation"),
        rc.InstanceInUse: Wire(409, "RC-ServiceBrokerErrorResponse"),
        rc.NotCancelable: Wire(400, "RC-ServiceInstanceNotCancelable"),
        rc.GroupNotFound: Wire(404, "RC-ResourceGroupNotFound"),
        rc.GroupInvalid: Wire(400, "RC-InvalidResourceGroup"),
        rc.GroupInUse: Wire(409, "RC-ResourceGroupInUse"),
        rc.ReclamationNotFound: Wire(404, "RC-ReclamationNotFound"),
        rc.ReclamationActionUnknown: Wire(400, "RC-UnknownReclamationAction"),
        rc.CatalogEntryNotFound: Wire(404, "not_found"),
        rc.FilterInvalid: Wire(400, "RC-InvalidQueryParameter"),
    }
)

_INSTANCES = "/v2/resource_instances"
_ONE = f"{_INSTANCES}/{{id}}"
_GROUPS = "/v2/resource_groups"
_CHANGING = (NotAuthorized, rc.InstanceNotFound, rc.InstanceLocked, rc.InstanceRemoved, rc.InstancePending)


def instance_list(call: Call) -> Outcome:
    """`GET /v2/resource_instances`."""
    with call.cloud.store.read() as reader:
        found = call.cloud.instances.page(reader, call.caller, call.query)
        shown = page(found, call.query, default=100, most=100)
        resources = [document(reader, row) for row in shown.items]
    return Response(200, {"rows_count": len(resources), "next_url": _next(call, shown), "resources": resources})


def instance_create(call: Call) -> Outcome:
    """`POST /v2/resource_instances`: 201, or 202 when the service needs time to bring it up."""
    body = call.json()
    locked = (call.header("entity-lock") or "").lower() == "true"

    def work(tx: Any) -> dict[str, Any]:
        return document(tx, call.cloud.instances.create(tx, call.caller, body, locked=locked))

    return Write(work, lambda made: Response(202 if made["state"] == InstanceState.PROVISIONING else 201, made))


def instance_get(call: Call) -> Outcome:
    """`GET /v2/resource_instances/{id}`."""
    with call.cloud.store.read() as reader:
        return Response(200, document(reader, call.cloud.instances.get(reader, call.caller, call.params["id"])))


def instance_update(call: Call) -> Outcome:
    """`PATCH /v2/resource_instances/{id}`."""
    body = call.json()
    return _changed(lambda tx: call.cloud.instances.update(tx, call.caller, call.params["id"], body))


def instance_lock(call: Call, *, locked: bool) -> Outcome:
    """`POST|DELETE /v2/resource_instances/{id}/lock`."""
    return _changed(lambda tx: call.cloud.instances.lock(tx, call.caller, call.params["id"], locked=locked))


def instance_delete(call: Call) -> Outcome:
    """`DELETE /v2/resource_instances/{id}`: 202 while it waits for its reclamation, 204 when it is gone at once."""

    def work(tx: Any) -> str:
        return str(call.cloud.instances.delete(tx, call.caller, call.params["id"]).state)

    return Write(work, lambda state: Response(204 if state == InstanceState.REMOVED else 202))


def instance_cancel(call: Call) -> Outcome:
    """`DELETE /v2/resource_instances/{id}/last_operation`."""
    with call.cloud.store.read() as reader:
        call.cloud.instances.cancel(reader, call.caller, call.params["id"])
    return Response(202)


def instance_children(call: Call) -> Outcome:
    """Keys, aliases and bindings of an instance: none are emulated."""
    with call.cloud.store.read() as reader:
        call.cloud.instances.get(reader, call.caller, call.params["id"])
    return nothing(call)


def nothing(call: Call) -> Outcome:
    """An empty list."""
    return Response(200, {"rows_count": 0, "next_url": None, "resources": []})


def not_emulated(call: Call) -> Outcome:
    """Documented by IBM, not offered here: never a false success."""
    raise NotEmulated()


def reclamation_list(call: Call) -> Outcome:
    """`GET /v1/reclamations`."""
    with call.cloud.store.read() as reader:
        return Response(200, {"resources": call.cloud.reclamations.page(reader, call.caller, call.query)})


def reclamation_act(call: Call) -> Outcome:
    """`POST /v1/reclamations/{id}/actions/{action}`."""
    body, ident, action = call.json(), call.params["id"], call.params["action"]
    return Write(lambda tx: Response(200, call.cloud.reclamations.act(tx, call.caller, ident, action, body)))


def group_list(call: Call) -> Outcome:
    """`GET /v2/resource_groups`."""
    with call.cloud.store.read() as reader:
        return Response(200, {"resources": call.cloud.groups.page(reader, call.caller, call.query)})


def group_create(call: Call) -> Outcome:
    """`POST /v2/resource_groups`."""
    body = call.json()
    return Write(lambda tx: Response(201, call.cloud.groups.create(tx, call.caller, body)))


def group_get(call: Call) -> Outcome:
    """`GET /v2/resource_groups/{id}`."""
    with call.cloud.store.read() as reader:
        return Response(200, call.cloud.groups.get(reader, call.caller, call.params["id"]))


def group_update(call: Call) -> Outcome:
    """`PATCH /v2/resource_groups/{id}`."""
    body = call.json()
    return Write(lambda tx: Response(200, call.cloud.groups.update(tx, call.caller, call.params["id"], body)))


def group_delete(call: Call) -> Outcome:
    """`DELETE /v2/resource_groups/{id}`."""
    return Write(lambda tx: call.cloud.groups.delete(tx, call.caller, call.params["id"]), lambda result: Response(204))


def quotas(call: Call) -> Outcome:
    """`GET /v2/quota_definitions`."""
    return Response(200, {"resources": [quota()]})


def one_quota(call: Call) -> Outcome:
    """`GET /v2/quota_definitions/{id}`."""
    if call.params["id"] != quota()["id"]:
        raise rc.GroupNotFound("There is no quota definition with this id.")
    return Response(200, quota())


def _changed(work: Callable[[Any], Any]) -> Write:
    return Write(lambda tx: Response(200, document(tx, work(tx))))


def _next(call: Call, shown: Any) -> str | None:
    return None if shown.next is None else f"{_INSTANCES}?limit={shown.limit}&start={shown.next}"


def _route(
    method: str, path: str, handler: Handler, summary: str, action: str, *raised: type[Any], noted: str = ""
) -> Route:
    kind, _, verb = action.partition(".")
    activity = noted or f"resource-controller.{kind}.{'read' if verb == 'retrieve' else verb}"
    return Route(
        method,
        path,
        handler,
        summary,
        "rc",
        action=f"resource-controller.{action}",
        activity=activity,
        errors=(NotAuthorized, *raised),
    )


_KINDS = (("key", "keys"), ("alias", "aliases"), ("binding", "bindings"))
"""What an instance may have: one, and many."""
ROUTES: list[Route] = [
    _route("GET", _INSTANCES, instance_list, "List instances", "instance.retrieve", rc.FilterInvalid),
    _route(
        "POST",
        _INSTANCES,
        instance_create,
        "Create an instance",
        "instance.create",
        rc.InstanceInvalid,
        rc.GroupNotFound,
    ),
    _route("GET", _ONE, instance_get, "Get an instance", "instance.retrieve", rc.InstanceNotFound),
    _route("PATCH", _ONE, instance_update, "Change an instance", "instance.update", rc.InstanceInvalid, *_CHANGING),
    _route("DELETE", _ONE, instance_delete, "Delete an instance", "instance.delete", rc.InstanceInUse, *_CHANGING),
    _route(
        "POST",
        f"{_ONE}/lock",
        partial(instance_lock, locked=True),
        "Lock an instance",
        "instance.update",
        *_CHANGING,
    ),
    _route(
        "DELETE",
        f"{_ONE}/lock",
        partial(instance_lock, locked=False),
        "Unlock an instance",
        "instance.update",
        *_CHANGING,
    ),
    _route(
        "DELETE",
        f"{_ONE}/last_operation",
        instance_cancel,
        "Cancel the last operation of an instance",
        "instance.update",
        rc.InstanceNotFound,
        rc.NotCancelable,
    ),
    *(
        _route(
            "GET",
            f"{_ONE}/resource_{many}",
            instance_children,
            f"List the resource {many} of an instance",
            "instance.retrieve",
            rc.InstanceNotFound,
        )
        for _, many in _KINDS
    ),
    *(
        _route("GET", f"/v2/resource_{many}", nothing, f"List resource {many}", "instance.retrieve")
        for _, many in _KINDS
    ),
    *(
        _route(method, path, not_emulated, f"{verb} a resource {one}", "credential.create", NotEmulated)
        for one, many in _KINDS
        for verb, method, path in (
            ("Create", "POST", f"/v2/resource_{many}"),
            ("Get", "GET", f"/v2/resource_{many}/{{id}}"),
            ("Change", "PATCH", f"/v2/resource_{many}/{{id}}"),
            ("Delete", "DELETE", f"/v2/resource_{many}/{{id}}"),
        )
    ),
    _route("GET", "/v1/reclamations", reclamation_list, "List reclamations", "reclamation.retrieve"),
    _route(
        "POST",
        "/v1/reclamations/{id}/actions/{action}",
        reclamation_act,
        "Restore or reclaim a deleted instance",
        "reclamation.restore",
        rc.ReclamationNotFound,
        rc.ReclamationActionUnknown,
        rc.InstanceLocked,
    ),
    _route("GET", _GROUPS, group_list, "List resource groups", "group.retrieve"),
    _route("POST", _GROUPS, group_create, "Create a resource group", "group.create", rc.GroupInvalid),
    _route("GET", f"{_GROUPS}/{{id}}", group_get, "Get a resource group", "group.retrieve", rc.GroupNotFound),
    _route(
        "PATCH",
        f"{_GROUPS}/{{id}}",
        group_update,
        "Rename a resource group",
        "group.update",
        rc.GroupNotFound,
        rc.GroupInvalid,
    ),
    _route(
        "DELETE",
        f"{_GROUPS}/{{id}}",
        group_delete,
        "Delete a resource group",
        "group.delete",
        rc.GroupNotFound,
        rc.GroupInUse,
    ),
    _route("GET", "/v2/quota_definitions", quotas, "List quota definitions", "group.retrieve"),
    _route(
        "GET", "/v2/quota_definitions/{id}", one_quota, "Get a quota definition", "group.retrieve", rc.GroupNotFound
    ),
]

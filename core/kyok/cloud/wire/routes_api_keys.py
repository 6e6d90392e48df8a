"""API keys over HTTP (reference iam-and-resources.md section 3)."""

from kyok.cloud.iam import errors as iam
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.paging import page
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route, Write
from kyok.cloud.wire.routes_iam import base_address
from kyok.errors import KyokError

errors.add(
    {
        iam.ApiKeyNotFound: Wire(404, "not_found"),
        iam.ApiKeyLocked: Wire(409, "conflict"),
        iam.ApiKeyChanged: Wire(409, "conflict"),
    }
)


def details(call: Call) -> Outcome:
    """`GET /v1/apikeys/details`."""
    with call.cloud.store.read() as reader:
        return Response(200, call.cloud.api_keys.details(reader, call.caller, call.header("iam-apikey") or ""))


def listed(call: Call) -> Outcome:
    """`GET /v1/apikeys`."""
    whole = call.query.get("scope") == "account"
    with call.cloud.store.read() as reader:
        found = call.cloud.api_keys.page(reader, call.caller, call.query.get("iam_id", ""), whole)
    query = {"limit": call.query.get("pagesize", "20"), "start": call.query.get("pagetoken", "0")}
    shown = page(found, query, default=20, most=100)
    first = f"{base_address(call)}/v1/apikeys"
    body = {"offset": 0, "limit": shown.limit, "first": first, "apikeys": list(shown.items)}
    if shown.next is not None:
        body["next"] = f"{first}?pagetoken={shown.next}&pagesize={shown.limit}"
    return Response(200, body)


def create(call: Call) -> Outcome:
    """`POST /v1/apikeys`."""
    body, locked = call.json(), (call.header("entity-lock") or "").lower() == "true"
    return Write(lambda tx: Response(201, call.cloud.api_keys.create(tx, call.caller, body, locked=locked)))


def get(call: Call) -> Outcome:
    """`GET /v1/apikeys/{id}`."""
    with call.cloud.store.read() as reader:
        return Response(200, call.cloud.api_keys.get(reader, call.caller, call.params["id"]))


def remove(call: Call) -> Outcome:
    """`DELETE /v1/apikeys/{id}`."""
    return Write(
        lambda tx: call.cloud.api_keys.remove(tx, call.caller, call.params["id"]), lambda result: Response(204)
    )


def change(call: Call) -> Outcome:
    """`PUT /v1/apikeys/{id}`."""
    body, tag, key_id = call.json(), call.header("if-match"), call.params["id"]
    return Write(lambda tx: Response(200, call.cloud.api_keys.change(tx, call.caller, key_id, body, tag)))


def locking(locked: bool) -> Handler:
    """`POST` and `DELETE /v1/apikeys/{id}/lock`."""

    def handle(call: Call) -> Outcome:
        return Write(
            lambda tx: call.cloud.api_keys.set_locked(tx, call.caller, call.params["id"], locked),
            lambda result: Response(204),
        )

    return handle


def disabling(disabled: bool) -> Handler:
    """`POST` and `DELETE /v1/apikeys/{id}/disable`."""

    def handle(call: Call) -> Outcome:
        return Write(
            lambda tx: call.cloud.api_keys.set_disabled(tx, call.caller, call.params["id"], disabled),
            lambda result: Response(204),
        )

    return handle


def _route(method: str, path: str, handler: Handler, summary: str, verb: str, *raised: type[KyokError]) -> Route:
    activity = f"iam-identity.user-apikey.{verb}"
    return Route(method, f"/v1/apikeys{path}", handler, summary, "iam", activity=activity, errors=raised)


_GONE = (iam.ApiKeyNotFound,)
_HELD = (iam.ApiKeyNotFound, iam.ApiKeyLocked)
ROUTES: list[Route] = [
    _route("GET", "/details", details, "Tell which API key a value is", "read", *_GONE),
    _route("GET", "", listed, "List API keys", "list"),
    _route("POST", "", create, "Create an API key", "create", iam.IdentityInvalid),
    _route("GET", "/{id}", get, "Get an API key", "read", *_GONE),
    _route("PUT", "/{id}", change, "Change an API key", "update", *_HELD, iam.ApiKeyChanged, iam.IdentityInvalid),
    _route("DELETE", "/{id}", remove, "Delete an API key", "delete", *_HELD),
    _route("POST", "/{id}/lock", locking(True), "Lock an API key", "update", *_GONE),
    _route("DELETE", "/{id}/lock", locking(False), "Unlock an API key", "update", *_GONE),
    _route("POST", "/{id}/disable", disabling(True), "Disable an API key", "disable", *_HELD),
    _route("DELETE", "/{id}/disable", disabling(False), "Enable an API key", "enable", *_HELD),
]

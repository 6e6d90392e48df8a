"""The private API over HTTP: who uses which key."""

from kyok.cloud import usage
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route
from kyok.errors import KyokError

errors.add({usage.KeyInstanceUnknown: Wire(404, "INSTANCE_NOT_FOUND")})


def instances(call: Call) -> Outcome:
    """`GET /emulator/v1/usage`."""
    with call.cloud.store.read() as reader:
        return Response(200, usage.instances(call.cloud, reader, call.caller))


def of_key(call: Call) -> Outcome:
    """`GET /emulator/v1/usage/{guid}/keys/{id}`."""
    with call.cloud.store.read() as reader:
        return Response(200, usage.of_key(call.cloud, reader, call.caller, call.params["guid"], call.params["id"]))


def _route(path: str, handler: Handler, summary: str, action: str | None, *raised: type[KyokError]) -> Route:
    return Route(
        "GET",
        path,
        handler,
        summary,
        "emulator",
        action=action,
        activity="kyok.usage.read",
        errors=(NotAuthorized, *raised),
    )


ROUTES = [
    _route("/emulator/v1/usage", instances, "See how key instances are used", None),
    _route(
        "/emulator/v1/usage/{guid}/keys/{id}",
        of_key,
        "See who uses a key",
        "hs-crypto.secrets.readmetadata",
        usage.KeyInstanceUnknown,
    ),
]

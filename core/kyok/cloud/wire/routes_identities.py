"""The private API over HTTP: who there is, going on as somebody else, and what one may do."""

from kyok.cloud.emulator import errors as own
from kyok.cloud.emulator.fields import only
from kyok.cloud.iam.errors import IdentityInvalid, IdentityUnknown
from kyok.cloud.iam.tokens import Issued
from kyok.cloud.store import Transaction
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.private_route import private_route as _route
from kyok.cloud.wire.route import Call, Outcome, Response, Route, Write

errors.add({IdentityUnknown: Wire(404, "IDENTITY_NOT_FOUND")})


def identities(call: Call) -> Outcome:
    """`GET /identities`: everybody for administrators; for others the users of their account, without API keys."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)
        everything = call.cloud.gate.is_administrator(reader, call.caller)
        return Response(200, call.cloud.identities.read(reader, None if everything else call.caller))


def identities_put(call: Call) -> Outcome:
    """`PUT /identities`."""
    body = call.json()
    only(body, "accounts")

    def work(tx: Transaction) -> Response:
        call.cloud.gate.require(tx, call.caller)
        return Response(200, call.cloud.identities.put(tx, call.caller, body))

    return Write(work)


def token(call: Call) -> Outcome:
    """`POST /identities/{iam_id}/token`: an administrator goes on as somebody else, without an API key of his."""
    only(call.json())

    def work(tx: Transaction) -> Issued:
        call.cloud.gate.require(tx, call.caller)
        return call.cloud.grants.act_as(tx, call.caller, call.params["iam_id"])

    return Write(work, lambda issued: Response(200, issued.body(), {"cache-control": "no-store"}))


def decisions(call: Call) -> Outcome:
    """`POST /decisions`: anybody who is signed in may ask what he himself may do."""
    with call.cloud.store.read() as reader:
        return Response(200, call.cloud.questions.answers(reader, call.caller, call.json()))


ROUTES: list[Route] = [
    _route("GET", "/identities", identities, "List accounts and users", "identities.read", action=None),
    _route("PUT", "/identities", identities_put, "Add accounts and users", "identities.update", IdentityInvalid),
    _route("POST", "/identities/{iam_id}/token", token, "Go on as another user", "identity.login", IdentityUnknown),
    _route(
        "POST",
        "/decisions",
        decisions,
        "Ask what one may do",
        "decisions.read",
        own.UnknownField,
        own.BadValue,
        action=None,
    ),
]

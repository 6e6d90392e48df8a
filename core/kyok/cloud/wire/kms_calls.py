"""What the handlers of the key management API have in common: addressing, admission, `Prefer`, and what answers 501."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kyok.cloud.keys import list_query
from kyok.cloud.keys.operations import Operation
from kyok.cloud.keys.scope import Address, Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire.errors import NotEmulated
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route, Write
from kyok.domain.services import HS_CRYPTO
from kyok.errors import KyokError

NO_CONTENT = 204
PRIVATE_HOST = "localhost"
"""One origin serves everything: by this name it is the private endpoint of instances, by its address the public one."""
Act = Callable[[Call, Transaction, Scope], Any]
Look = Callable[[Call, Reader, Scope], Response]
Render = Callable[[Call, Any], Response]


def address(call: Call) -> Address:
    """The instance, key and key ring that a request names, and the endpoint it came over."""
    headers = call.request.headers
    public = _is_public(headers.get("host", ""))
    return Address(headers.get("bluemix-instance"), call.params.get("id"), headers.get("x-kms-key-ring"), public)


@lru_cache(32)
def _is_public(host: str) -> bool:
    return host.partition(":")[0].lower() != PRIVATE_HOST


def port_of(call: Call) -> int:
    """The port that the request was sent to; 443 when it names none."""
    port = (call.header("host") or "").rpartition("]")[2].partition(":")[2]
    return int(port) if port.isdigit() else 443


def no_content(call: Call, result: Any) -> Response:
    """204: a success that has nothing to say."""
    return Response(NO_CONTENT)


def wants_representation(call: Call) -> bool:
    """Whether the client asked for the whole key in the answer (`Prefer: return=representation`)."""
    return "return=representation" in (call.header("prefer") or "").replace(" ", "").lower()


def counted(call: Call, total: int) -> int | None:
    """The number of all there are, when the request asked for it (`totalCount=true`)."""
    return total if list_query.truth(call.query, "totalCount") else None


def mutation(operation: Operation, act: Act, render: Render = no_content) -> Handler:
    """A handler whose work runs on the writer; the body is read after the caller was admitted."""

    def handler(call: Call) -> Outcome:
        keys, caller, where = call.cloud.keys, call.caller, address(call)

        def work(tx: Transaction) -> Any:
            return keys.within(tx, caller, operation, where, lambda scope: act(call, tx, scope))

        return Write(work, lambda result: render(call, result))

    return handler


def query(operation: Operation, look: Look) -> Handler:
    """A handler that only reads, and leaves no event."""

    def handler(call: Call) -> Outcome:
        with call.cloud.store.read() as reader:
            return call.cloud.keys.within(
                reader, call.caller, operation, address(call), lambda scope: look(call, reader, scope)
            )

    return handler


def kms_route(
    method: str, path: str, handler: Handler, summary: str, operation: Operation, *errors: type[KyokError]
) -> Route:
    """A line of the table. The event of a refusal names the service of the instance; here stands the usual one."""
    return Route(
        method,
        f"/api/v2/{path}",
        handler,
        summary,
        "kms",
        action=operation.action(HS_CRYPTO),
        activity=operation.activity(HS_CRYPTO),
        errors=errors,
    )


def not_emulated(method: str, path: str, what: str, activity: str) -> Route:
    """A documented operation that answers 501, whatever is asked."""

    def handler(call: Call) -> Outcome:
        raise NotEmulated(f"{what}: documented by IBM, but not emulated here yet.")

    return Route(method, path, handler, what, "kms", activity=f"{HS_CRYPTO}.{activity}", errors=(NotEmulated,))

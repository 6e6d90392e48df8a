"""What the routes of the private API have in common."""

from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.wire.route import Call, Handler, Route
from kyok.domain.roles import EMULATOR_MANAGE


def require_reader(call: Call) -> None:
    """Lets users in who only look."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)


def private_route(
    method: str,
    path: str,
    handler: Handler,
    summary: str,
    activity: str,
    *raised: type[Exception],
    action: str | None = EMULATOR_MANAGE,
) -> Route:
    """A line of the route table under `/emulator/v1`; no action: for every user."""
    return Route(
        method,
        f"/emulator/v1{path}",
        handler,
        summary,
        "emulator",
        action=action,
        activity=f"kyok.{activity}",
        errors=(NotAuthorized, *raised),  # type: ignore[arg-type]
    )

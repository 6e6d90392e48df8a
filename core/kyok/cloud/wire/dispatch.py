"""From a request to an outcome: who calls, which route, what was refused and where that is written down."""

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.store import Transaction
from kyok.cloud.store.errors import is_of_the_store
from kyok.cloud.wire import errors
from kyok.cloud.wire.error_bodies import error_body
from kyok.cloud.wire.route import Call, Job, Outcome, Request, Response, Route, RouteTable, Wait, Write
from kyok.errors import KyokError
from kyok.randomness import new_uuid

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

log = logging.getLogger(__name__)

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
LONGEST_HOST = 255
"""Characters of a Host that is looked at, and remembered: anybody may send one of many megabytes."""
_SHAPE_BY_PREFIX = (
    ("/api/v2/", "kms"),
    ("/api/v3/", "dbaas"),
    ("/identity/", "token"),
    ("/oidc/", "token"),
    ("/v2/resource", "rc"),
    ("/v1/reclamations", "rc"),
    ("/v1/", "iam"),
    ("/v2/", "iam"),
)


Finished = TypeVar("Finished", bound=Response | Write | Wait)


class Dispatcher:
    """Turns requests into outcomes. Nothing is let through by default: no route, no token, no local host: refused."""

    def __init__(self, cloud: "Cloud", table: RouteTable) -> None:
        self._cloud = cloud
        self._table = table

    def begin(self, request: Request, *, internal: bool = False) -> Outcome:
        """The outcome of a request; refusals come as a `Write` too, since each is an activity event.

        `internal` requests come from the cloud's own services, not over a socket: they carry no Host.
        """
        route, found = self._table.find(request.method, request.path)
        correlation = self._correlation(request)
        try:
            if not internal:
                _require_local(request)
            if route is None:
                raise _no_route(found)
            public = route.public
            caller = _nobody(request, correlation) if public else self._cloud.tokens.caller(request, correlation)
        except KyokError as error:
            return self._refusal(route, request, _nobody(request, correlation), error)
        call = Call(self._cloud, route, request, found, caller)  # type: ignore[arg-type]
        try:
            outcome = route.handler(call)
        except KyokError as error:
            return self._refusal(route, request, caller, error)
        except Exception:
            log.exception("%s %s failed", route.method, route.path)
            return self._refusal(route, request, caller, errors.InternalError())
        if isinstance(outcome, Job):
            return Job(lambda: self._done(call, outcome))
        return self._finished(call, outcome)

    def _done(self, call: Call, job: Job) -> Response | Write:
        """Runs a job to its outcome; a refusal is written down as everybody's."""
        try:
            return self._finished(call, job.work())
        except KyokError as error:
            return self._refusal(call.route, call.request, call.caller, error)
        except Exception:
            log.exception("%s %s failed", call.route.method, call.route.path)
            return self._refusal(call.route, call.request, call.caller, errors.InternalError())

    def _finished(self, call: Call, outcome: Finished) -> Finished | Write:
        if isinstance(outcome, Write):
            return self._audited(call, outcome)
        return _with_correlation(outcome, call.correlation)

    def refuse(self, request: Request, error: KyokError) -> Write:
        """The refusal of a request that the transport itself could not take."""
        route, _ = self._table.find(request.method, request.path)
        correlation = self._correlation(request)
        return self._refusal(route, request, _nobody(request, correlation), error)

    def refuse_call(self, route: Route, request: Request, caller: Caller, error: KyokError) -> Write:
        """The refusal of a call that was let through, and then went wrong outside any transaction."""
        return self._refusal(route, request, caller, error)

    def perform(self, request: Request) -> Response:
        """Runs a request of one of the cloud's own services to its end on the calling thread."""
        outcome = self.begin(request, internal=True)
        if isinstance(outcome, Job):
            outcome = outcome.work()
        if isinstance(outcome, Write):
            return outcome.render(self._cloud.store.writer.perform(outcome.work))
        if isinstance(outcome, Wait):
            raise TypeError("a long poll is for clients")
        return outcome

    def failed(self, request: Request, error: Exception) -> Response:
        """The answer when the writer itself failed (disk full, closing): there is no transaction to write into."""
        route, _ = self._table.find(request.method, request.path)
        if not isinstance(error, KyokError):
            log.error("%s failed", request.method, exc_info=error)
            error = errors.InternalError()
        return _render(route, request, error, self._correlation(request))

    def _audited(self, call: Call, outcome: Write) -> Write:
        """The mutation, with its refusal written in the same transaction that took its writes back."""

        def work(tx: Transaction) -> Any:
            try:
                return outcome.work(tx)
            except KyokError as error:
                refusal = error
            except Exception as error:
                if is_of_the_store(error):
                    raise
                log.exception("%s %s failed", call.route.method, call.route.path)
                refusal = errors.InternalError()
            tx.undo()
            return self._record(tx, call.route, call.request, call.caller, refusal)

        def render(result: Any) -> Response:
            if isinstance(result, _Refused):
                return result.response
            return _correlated(outcome.render(result), call.correlation)

        return Write(work, render)

    def _refusal(self, route: Route | None, request: Request, caller: Caller, error: KyokError) -> Write:
        return Write(lambda tx: self._record(tx, route, request, caller, error), _refused_response)

    def _record(
        self, tx: Transaction, route: Route | None, request: Request, caller: Caller, error: KyokError
    ) -> "_Refused":
        if isinstance(error, NotAuthorized) and route is not None:
            error.about(route.summary)
        wire = errors.wire_of(error, _shape(route, request.path))
        action = (route.activity or route.action if route else None) or "kyok.request.refuse"
        event = getattr(error, "event", None)
        if not isinstance(event, Event):
            event = Event(
                action=getattr(error, "activity", "") or action,
                target=getattr(error, "target_crn", "") or "",
                target_name=getattr(error, "target_name", "") or "",
                instance=getattr(error, "instance", "") or request.headers.get("bluemix-instance", "")[:80],
                outcome="failure",
                status=wire.status,
                reason=error.summary,
                request_data={
                    "method": request.method,
                    "requestURI": request.path[:400],
                    **getattr(error, "request_data", {}),
                },
                folds=caller.kind == "service",
            )
        self._cloud.activity.record(tx, caller, event)
        return _Refused(_render(route, request, error, caller.correlation))

    def _correlation(self, request: Request) -> str:
        given = request.headers.get("correlation-id") or request.headers.get("transaction-id")
        if given and len(given) <= 80 and given.isprintable():
            return given
        return new_uuid(self._cloud.randomness)


class _Refused:
    """Marks a refusal on its way back from the writer."""

    __slots__ = ("response",)

    def __init__(self, response: Response) -> None:
        self.response = response


def _nobody(request: Request, correlation: str) -> Caller:
    agent = request.headers.get("user-agent", "")
    return Caller("", "", "", "nobody", None, agent, request.address, correlation)


def _refused_response(result: _Refused) -> Response:
    return result.response


def _require_local(request: Request) -> None:
    """DESIGN.md 5 "Local API safety": against web pages and DNS rebinding."""
    host = request.headers.get("host", "")
    if len(host) > LONGEST_HOST or not _is_local(host):
        raise errors.ForeignHost()
    if "origin" in request.headers:
        raise errors.ForeignOrigin()


@lru_cache(32)
def _is_local(host: str) -> bool:
    name = host if host.endswith("]") else host.rpartition(":")[0] if ":" in host else host
    return name.lower() in LOCAL_HOSTS


def _no_route(methods: Any) -> KyokError:
    if methods:
        return errors.MethodNotAllowed(allow=", ".join(methods))
    return errors.NoSuchRoute()


def _shape(route: Route | None, path: str) -> str:
    if route is not None:
        return route.shape
    return next((shape for prefix, shape in _SHAPE_BY_PREFIX if path.startswith(prefix)), "emulator")


def _render(route: Route | None, request: Request, error: KyokError, correlation: str) -> Response:
    shape = _shape(route, request.path)
    wire = errors.wire_of(error, shape)
    body, content_type = error_body(shape, error, wire, correlation)
    response = Response(wire.status, body, {}, content_type)
    allow = getattr(error, "allow", None)
    if allow:
        response.headers["allow"] = allow
    return _correlated(response, correlation)


def _correlated(response: Response, correlation: str) -> Response:
    response.headers.setdefault("correlation-id", correlation)
    response.headers.setdefault("transaction-id", correlation)
    return response


def _with_correlation(outcome: Finished, correlation: str) -> Finished:
    if isinstance(outcome, Response):
        _correlated(outcome, correlation)
    return outcome

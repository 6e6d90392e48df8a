"""What a route is, what a handler gets and what it gives back."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

import msgspec

from kyok.cloud.activity.events import Caller
from kyok.cloud.store import Transaction
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

EMPTY: Mapping[str, str] = {}


class BodyNotJson(KyokError):
    """The body is not JSON, or not the object that the operation takes."""

    summary = "The request body is not valid JSON."
    remedy = "Send one JSON object, encoded as UTF-8."


class Request(msgspec.Struct):
    """One request as the transport received it. `path` is still percent-encoded, without the query."""

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = {}  # a new one for each
    """Names in lower case."""
    body: bytes = b""
    address: str = "127.0.0.1"

    def __repr__(self) -> str:
        """Without its token, query and body."""
        return f"Request({self.method} {self.path})"


class Response(msgspec.Struct):
    """One answer. `body` is bytes as they are, or a value that is encoded as JSON; None is no body."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = {}
    content_type: str = "application/json"

    def __repr__(self) -> str:
        """Without its body, which may hold a token or what was unwrapped."""
        return f"Response({self.status})"

    def encoded(self) -> bytes:
        """The body as it goes out."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return _ENCODER.encode(self.body)


_ENCODER = msgspec.json.Encoder()


class Write(msgspec.Struct):
    """A mutation: `work` runs on the writer, `render` turns its result into the answer afterwards."""

    work: Callable[[Transaction], Any]
    render: Callable[[Any], Response] = lambda result: result


class Wait(msgspec.Struct):
    """An answer that comes later (long poll): `ready` gives it, or None while there is nothing to say yet.

    It is asked again after each commit that noted changes, and a last time with `final` true
    when `seconds` of wall time have passed.
    """

    ready: Callable[[bool], Response | None]
    seconds: float


class Job(msgspec.Struct):
    """Work that takes long and belongs into no transaction: it runs on a thread of its own.

    What it gives back is the outcome, usually the `Write` that tells what was done.
    """

    work: Callable[[], "Response | Write"]


Outcome = Response | Write | Wait | Job
Handler = Callable[["Call"], Outcome]


class Call:
    """One request that was let through: who calls, what for, with what."""

    __slots__ = ("__dict__", "caller", "cloud", "correlation", "params", "request", "route")

    def __init__(
        self, cloud: "Cloud", route: "Route", request: Request, params: Mapping[str, str], caller: Caller
    ) -> None:
        self.cloud = cloud
        self.route = route
        self.request = request
        self.params = params
        self.caller = caller
        self.correlation = caller.correlation

    @functools.cached_property
    def query(self) -> dict[str, str]:
        """Query parameters, last value wins; an empty value counts as not given (kms-api.md 1.2)."""
        pairs = parse_qs(self.request.query_string, keep_blank_values=False)
        return {name: values[-1] for name, values in pairs.items()}

    def header(self, name: str) -> str | None:
        """A request header by its lower-case name."""
        return self.request.headers.get(name)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an absent body, `null` and `{}` are all the empty object.

        Raises:
            BodyNotJson: anything else than an object.
        """
        if not self.request.body:
            return {}
        try:
            value = _DECODER.decode(self.request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # nested without end
            raise BodyNotJson() from error
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BodyNotJson()
        return value

    def form(self) -> dict[str, str]:
        """The body as a form (application/x-www-form-urlencoded)."""
        try:
            pairs = parse_qs(self.request.body.decode("utf-8"), keep_blank_values=True)
        except UnicodeDecodeError as error:
            raise BodyNotJson("The request body is not a form.", "Send the fields form-encoded, as UTF-8.") from error
        return {name: values[-1] for name, values in pairs.items()}


_DECODER = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table.

    `action` is the IAM action whose name appears in refusals; the service itself asks for it with
    the target it means. `activity` is the CADF action written when the call is refused.
    `shape` names the error body. `public` routes need no token.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    shape: str
    action: str | None = None
    activity: str | None = None
    public: bool = False
    request: Any = None
    response: Any = None
    errors: tuple[type[KyokError], ...] = ()


REMEMBERED = 1024
LONGEST_REMEMBERED = 300
"""How many paths, and up to which length, are found without a search the next time."""


class RouteTable:
    """Finds the route of a request by its path segments, decoded after splitting.

    A CRN in a path is percent-encoded and holds slashes; so the path is split first (kms-api.md 10.14).
    """

    def __init__(self, routes: list[Route]) -> None:
        self.routes = routes
        self._remembered = functools.lru_cache(REMEMBERED)(self._searched)
        self._root: dict[str, Any] = {}
        for route in routes:
            branch = self._root
            for part in route.path.strip("/").split("/"):
                branch = branch.setdefault("{}" if part.startswith("{") else part, {})
            methods = branch.setdefault("", {})
            if route.method in methods:
                raise ValueError(f"two routes for {route.method} {route.path}")
            names = [part[1:-1] for part in route.path.strip("/").split("/") if part.startswith("{")]
            methods[route.method] = (route, names)

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]] | tuple[None, tuple[str, ...]]:
        """The route and its path parameters; or None and the methods that the path does take (may be none)."""
        return (self._remembered if len(path) <= LONGEST_REMEMBERED else self._searched)(method, path)

    def _searched(self, method: str, path: str) -> tuple[Route, Mapping[str, str]] | tuple[None, tuple[str, ...]]:
        values: list[str] = []
        methods = self._walk(self._root, path.strip("/").split("/"), 0, values)
        if methods is None:
            return None, ()
        hit = methods.get(method)
        if hit is None:
            return None, tuple(sorted(methods))
        route, names = hit
        return route, dict(zip(names, values, strict=True))

    def _walk(self, branch: dict[str, Any], parts: list[str], at: int, values: list[str]) -> dict[str, Any] | None:
        if at == len(parts):
            methods: dict[str, Any] | None = branch.get("")
            return methods
        part = parts[at]
        following = branch.get(part) if part else None
        if following is not None:
            found = self._walk(following, parts, at + 1, values)
            if found is not None:
                return found
        following = branch.get("{}")
        if following is None or not part:
            return None
        values.append(unquote(part))
        found = self._walk(following, parts, at + 1, values)
        if found is None:
            values.pop()
        return found

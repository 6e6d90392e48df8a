"""IBM's Global Tagging API: user tags of service instances."""

from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.resources import errors as rc
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import NotEmulated, Wire
from kyok.cloud.wire.paging import PageInvalid, page
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route, Write
from kyok.domain.roles import TAG_ATTACH, TAG_DETACH
from kyok.errors import KyokError

errors.add({rc.TagInvalid: Wire(400, "invalid_body")})

_TAGS = "/v3/tags"
_CHANGING = (NotAuthorized, rc.TagInvalid, rc.InstanceNotFound, rc.InstancePending, rc.InstanceRemoved)


def tag_list(call: Call) -> Outcome:
    """`GET /v3/tags`."""
    with call.cloud.store.read() as reader:
        names = call.cloud.tags.page(reader, call.caller, call.query)
    query = {"limit": call.query.get("limit", "100"), "start": call.query.get("offset", "0")}
    shown = page(names, query, default=100, most=1000)
    items = [{"name": name} for name in shown.items]
    return Response(
        200, {"total_count": len(names), "offset": int(query["start"]), "limit": shown.limit, "items": items}
    )


def tag_attach(call: Call) -> Outcome:
    """`POST /v3/tags/attach`; with `replace=true` the tags that are not named go."""
    _require_user_tags(call)
    body, replace = call.json(), call.query.get("replace", "").lower() == "true"
    return Write(lambda tx: _results(call.cloud.tags.attach(tx, call.caller, body, replace=replace)))


def tag_detach(call: Call) -> Outcome:
    """`POST /v3/tags/detach`."""
    _require_user_tags(call)
    body = call.json()
    return Write(lambda tx: _results(call.cloud.tags.detach(tx, call.caller, body)))


def not_emulated(call: Call) -> Outcome:
    """Documented by IBM, not offered here: never a false success."""
    raise NotEmulated()


def _require_user_tags(call: Call) -> None:
    if call.query.get("tag_type", "user") != "user":
        raise NotEmulated("Access tags and service tags are not emulated; only user tags are.")


def _results(crns: list[str]) -> Response:
    return Response(200, {"results": [{"resource_id": crn, "is_error": False} for crn in crns]})


def _route(
    method: str, path: str, handler: Handler, summary: str, verb: str, action: str | None, *raised: type[KyokError]
) -> Route:
    return Route(method, path, handler, summary, "iam", action, f"global-search-tagging.tag.{verb}", errors=raised)


ROUTES: list[Route] = [
    _route("GET", _TAGS, tag_list, "List tags", "list", None, rc.InstanceNotFound, PageInvalid),
    _route("POST", f"{_TAGS}/attach", tag_attach, "Attach tags", "attach", TAG_ATTACH, *_CHANGING),
    _route("POST", f"{_TAGS}/detach", tag_detach, "Detach tags", "detach", TAG_DETACH, *_CHANGING),
    *(
        _route(method, path, not_emulated, what, "update", None, NotEmulated)
        for method, path, what in (
            ("POST", _TAGS, "Create access tags"),
            ("DELETE", _TAGS, "Delete unused tags"),
            ("DELETE", f"{_TAGS}/{{tag_name}}", "Delete a tag"),
        )
    ),
]

"""The global catalog over HTTP, mounted under /api/v1 (reference iam-and-resources.md section 1)."""

from kyok.cloud.resources import catalog
from kyok.cloud.resources.errors import CatalogEntryNotFound
from kyok.cloud.wire.paging import page
from kyok.cloud.wire.route import Call, Handler, Outcome, Response, Route


def entries(call: Call) -> Outcome:
    """`GET /api/v1`: the services."""
    return _listed(call, catalog.entries(call.query))


def entry(call: Call) -> Outcome:
    """`GET /api/v1/{id}`."""
    return Response(200, catalog.entry(call.params["id"]))


def children(call: Call) -> Outcome:
    """`GET /api/v1/{id}/{kind}`."""
    return _listed(call, catalog.children(call.params["id"], call.params["kind"]))


def pricing(call: Call) -> Outcome:
    """`GET /api/v1/{id}/pricing`."""
    return Response(200, catalog.pricing(call.params["id"]))


def _listed(call: Call, found: list[dict[str, object]]) -> Response:
    query = {"limit": call.query.get("_limit", "50"), "start": call.query.get("_offset", "0")}
    shown = page(found, query, default=50, most=200)
    return Response(
        200,
        {
            "offset": int(query["start"]),
            "limit": shown.limit,
            "count": len(found),
            "resource_count": len(shown.items),
            "resources": list(shown.items),
        },
    )


def _route(path: str, handler: Handler, summary: str) -> Route:
    return Route(
        "GET", path, handler, summary, "iam", activity="globalcatalog.entry.read", errors=(CatalogEntryNotFound,)
    )


ROUTES: list[Route] = [
    _route("/api/v1", entries, "List the catalog"),
    _route("/api/v1/{id}", entry, "Get a catalog entry"),
    _route("/api/v1/{id}/pricing", pricing, "Get the prices of a plan"),
    _route("/api/v1/{id}/{kind}", children, "List plans or deployments"),
]

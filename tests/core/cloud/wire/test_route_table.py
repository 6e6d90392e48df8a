"""Routes are found by their segments; a named one goes before a wildcard, which still takes what lies beyond it."""

import pytest

from kyok.cloud.wire.route import Call, Outcome, Response, Route, RouteTable


def _nothing(call: Call) -> Outcome:
    return Response()


def table(*paths: str) -> RouteTable:
    return RouteTable([Route(*path.split(" "), _nothing, path, "rc") for path in paths])


ROUTES = table(
    "GET /a/{x}",
    "GET /a/named",
    "POST /a/{x}/b",
    "GET /a/named/c",
    "GET /a/{x}/{y}/d",
    "GET /a/named/{z}/e",
    "GET /{any}/other",
)


@pytest.mark.parametrize(
    ("method", "path", "summary", "values"),
    [
        ("GET", "/a/1", "GET /a/{x}", {"x": "1"}),
        ("GET", "/a/named/", "GET /a/named", {}),
        ("POST", "/a/named/b", "POST /a/{x}/b", {"x": "named"}),
        ("GET", "/a/named/c", "GET /a/named/c", {}),
        ("GET", "/a/named/2/d", "GET /a/{x}/{y}/d", {"x": "named", "y": "2"}),
        ("GET", "/a/named/2/e", "GET /a/named/{z}/e", {"z": "2"}),
        ("GET", "/a/other", "GET /a/{x}", {"x": "other"}),
        ("GET", "/b/other", "GET /{any}/other", {"any": "b"}),
        ("GET", "/a/crn%3Av1%3A%2F1", "GET /a/{x}", {"x": "crn:v1:/1"}),
        ("GET", f"/a/{'1' * 400}", "GET /a/{x}", {"x": "1" * 400}),
    ],
)
def test_a_path_finds_its_route(method: str, path: str, summary: str, values: dict[str, str]) -> None:
    for _ in range(2):
        route, found = ROUTES.find(method, path)
        assert route is not None
        assert (route.summary, found) == (summary, values)


@pytest.mark.parametrize("path", ["/", "/a", "/a//b", "/a/1/2/e", "/c/1/2/3/4"])
def test_what_is_no_route(path: str) -> None:
    assert ROUTES.find("GET", path) == (None, ())


def test_other_methods_of_a_path_are_told() -> None:
    assert ROUTES.find("DELETE", "/a/1/b") == (None, ("POST",))
    assert ROUTES.find("POST", "/a/named") == (None, ("GET",))

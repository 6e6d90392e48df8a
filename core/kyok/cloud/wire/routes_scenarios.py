"""Scenarios over HTTP: the shipped ones, files of one's own, and the present state as a file (docs/scenarios.md)."""

from kyok.cloud.emulator import errors as own
from kyok.cloud.emulator.fields import only
from kyok.cloud.emulator.scenarios import LONGEST_SECONDS, Loading
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.private_route import private_route, require_reader
from kyok.cloud.wire.route import Call, Job, Outcome, Response, Route, Wait
from kyok.domain.names import scenario_title_problem

errors.add(
    {
        own.ScenarioNotFound: Wire(404, "SCENARIO_NOT_FOUND"),
        own.ScenarioInvalid: Wire(400, "SCENARIO_INVALID"),
        own.ScenarioFailed: Wire(424, "SCENARIO_FAILED"),
        own.ScenarioRunning: Wire(409, "SCENARIO_RUNNING"),
        own.ScenarioSlow: Wire(504, "SCENARIO_SLOW"),
    }
)
UNTITLED = "A scenario of mine"


def listed(call: Call) -> Outcome:
    """`GET /scenarios`: which there are, and how far the one is that is being loaded."""
    require_reader(call)
    return Response(200, {"scenarios": call.cloud.scenarios.page(), "loading": call.cloud.scenarios.progress()})


def file_of(call: Call) -> Outcome:
    """`GET /scenarios/{name}`: the file itself."""
    require_reader(call)
    return Response(200, call.cloud.scenarios.named(call.params["name"]).content())


def load_named(call: Call) -> Outcome:
    """`POST /scenarios/{name}`: answers when the state is there."""
    only(call.json())
    _require(call)
    name = call.params["name"]
    return _answered(call.cloud.scenarios.start(name, call.caller, call.cloud.changes.announce), name)


def load_file(call: Call) -> Outcome:
    """`POST /scenarios` with a scenario file as body; with `?check=true` it is only read."""
    _require(call)
    content = bytes(call.request.body)
    if call.query.get("check") == "true":
        return Response(200, call.cloud.scenarios.files.described(content))
    return _answered(call.cloud.scenarios.start_file(content, call.caller, call.cloud.changes.announce), "")


def present(call: Call) -> Outcome:
    """`GET /state?title=...`: the present state as a scenario file, and what is left out of it."""
    _require(call)
    title = call.query.get("title", UNTITLED)[:240]
    if problem := scenario_title_problem(title):
        raise own.BadValue(problem)
    return Job(lambda: Response(200, call.cloud.scenarios.files.present(title)))


def _require(call: Call) -> None:
    with call.cloud.store.read() as reader:
        call.cloud.gate.require(reader, call.caller)


def _answered(loading: Loading, name: str) -> Wait:
    def ready(final: bool) -> Response | None:
        if loading.done:
            return Response(200, {"name": name, "instances": loading.result()})
        if final:
            raise own.ScenarioSlow()
        return None

    return Wait(ready, LONGEST_SECONDS)


_LOADED = (own.ScenarioRunning, own.ScenarioFailed, own.ScenarioSlow)
ROUTES: list[Route] = [
    private_route("GET", "/scenarios", listed, "List scenarios", "scenario.list", action=None),
    private_route(
        "POST", "/scenarios", load_file, "Load a scenario file", "scenario.load", own.ScenarioInvalid, *_LOADED
    ),
    private_route(
        "GET", "/scenarios/{name}", file_of, "Get a scenario's file", "scenario.read", own.ScenarioNotFound, action=None
    ),
    private_route(
        "POST", "/scenarios/{name}", load_named, "Load a scenario", "scenario.load", own.ScenarioNotFound, *_LOADED
    ),
    private_route("GET", "/state", present, "Get the present state as a scenario", "scenario.save", own.BadValue),
]

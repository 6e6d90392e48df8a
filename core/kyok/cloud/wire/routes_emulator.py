"""The private API over HTTP: clock, faults, settings, changes, activity, identities, leases, reset.

Bodies: the plan's private API. Databases, crypto units, usage and scenarios have route modules of their own.
"""

from datetime import timedelta

from kyok.clock import ClockOnlyForward
from kyok.cloud.activity import query as log
from kyok.cloud.activity.errors import EventNotFound, EventQueryInvalid
from kyok.cloud.databases.errors import NodeNotRunning
from kyok.cloud.emulator import errors as own
from kyok.cloud.emulator.change_feed import LONGEST_WAIT
from kyok.cloud.emulator.clock_control import FARTHEST
from kyok.cloud.emulator.fields import only
from kyok.cloud.emulator.forecast import forecast
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.private_route import private_route as _route
from kyok.cloud.wire.private_route import require_reader as _require_reader
from kyok.cloud.wire.route import Call, Job, Outcome, Response, Route, Wait, Write
from kyok.domain.roles import ACTIVITY_READ
from kyok.settings import BadSetting

errors.add(
    {
        own.UnknownField: Wire(400, "UNKNOWN_FIELD"),
        own.BadValue: Wire(400, "BAD_VALUE"),
        own.FaultExists: Wire(409, "FAULT_EXISTS"),
        own.FaultNotFound: Wire(404, "FAULT_NOT_FOUND"),
        own.FaultTargetNotFound: Wire(404, "FAULT_TARGET_NOT_FOUND"),
        NodeNotRunning: Wire(409, "NODE_NOT_RUNNING"),
        ClockOnlyForward: Wire(409, "CLOCK_ONLY_FORWARD"),
        BadSetting: Wire(400, "BAD_VALUE"),
        EventNotFound: Wire(404, "EVENT_NOT_FOUND"),
        EventQueryInvalid: Wire(400, "BAD_VALUE"),
    }
)


def about(call: Call) -> Outcome:
    """`GET /about`."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)

    def work() -> Response:
        with call.cloud.store.read_apart() as reader:
            return Response(200, call.cloud.about.body(reader))

    return Job(work)


def clock_get(call: Call) -> Outcome:
    """`GET /clock`."""
    _require_reader(call)
    return Response(200, call.cloud.clock_control.state())


def clock_put(call: Call) -> Outcome:
    """`PUT /clock`."""
    body = call.json()
    return Write(
        lambda tx: call.cloud.clock_control.turn(tx, call.caller, body),
        lambda result: Response(200, call.cloud.clock_control.state()),
    )


def clock_forecast(call: Call) -> Outcome:
    """`GET /clock/forecast?advance_seconds=N`: what will happen by itself until then, to whosever things."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require(reader, call.caller)
    try:
        seconds = float(call.query.get("advance_seconds", "0"))
    except ValueError as error:
        raise own.BadValue("advance_seconds must be a number.") from error
    if not 0 <= seconds <= FARTHEST:
        raise own.BadValue("advance_seconds must be from 0 to 100 years.")

    def work() -> Response:
        with call.cloud.store.read_apart() as reader:
            return Response(200, {"coming": forecast(reader, timedelta(seconds=seconds))})

    return Job(work)


def fault_list(call: Call) -> Outcome:
    """`GET /faults`: all for administrators, for others those that concern their account."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)
        return Response(200, {"faults": call.cloud.faults.page(reader, call.caller)})


def fault_start(call: Call) -> Outcome:
    """`POST /faults`."""
    body = call.json()
    return Write(lambda tx: Response(201, call.cloud.faults.start(tx, call.caller, body)))


def fault_end(call: Call) -> Outcome:
    """`DELETE /faults/{id}`."""
    return Write(lambda tx: call.cloud.faults.end(tx, call.caller, call.params["id"]), lambda result: Response(204))


def fault_end_all(call: Call) -> Outcome:
    """`DELETE /faults`."""
    return Write(lambda tx: call.cloud.faults.end_all(tx, call.caller), lambda ended: Response(200, {"ended": ended}))


def settings_get(call: Call) -> Outcome:
    """`GET /settings`."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)
        return Response(200, call.cloud.cloud_settings.read(reader))


def settings_put(call: Call) -> Outcome:
    """`PUT /settings`."""
    body = call.json()
    return Write(lambda tx: Response(200, call.cloud.cloud_settings.put(tx, call.caller, body)))


def changes(call: Call) -> Outcome:
    """`GET /changes?after=SEQ&wait=25`: answers at the next change, or when the wait is over."""
    after, seconds = call.query.get("after"), _seconds(call.query.get("wait", "0"))
    feed = call.cloud.change_feed
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_reader(reader, call.caller)
        if after is None:
            return Response(200, feed.present(reader))
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise own.BadValue("after must be the seq of an earlier answer.")
    seen = int(after)

    def ready(final: bool) -> Response | None:
        nonlocal seen
        with call.cloud.store.read() as reader:
            found = feed.since(reader, call.caller.account, seen)
        seen = found["seq"]
        return Response(200, found) if final or found["reset"] or found["changes"] else None

    return Wait(ready, seconds)


def activity(call: Call) -> Outcome:
    """`GET /activity`."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_activity(reader, call.caller)
        return Response(200, log.page(reader, call.caller, call.query))


def activity_facets(call: Call) -> Outcome:
    """`GET /activity-facets`: what the log can be filtered by."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_activity(reader, call.caller)
        return Response(200, log.facets(reader, call.caller))


def activity_event(call: Call) -> Outcome:
    """`GET /activity/{id}`."""
    with call.cloud.store.read() as reader:
        call.cloud.gate.require_activity(reader, call.caller)
        return Response(200, log.event(reader, call.caller, call.params["id"]))


def lease_hold(call: Call) -> Outcome:
    """`PUT /leases/{id}`."""
    only(call.json())
    _require_reader(call)
    return Response(200, call.cloud.leases.hold(call.params["id"]))


def lease_drop(call: Call) -> Outcome:
    """`DELETE /leases/{id}`."""
    _require_reader(call)
    call.cloud.leases.drop(call.params["id"])
    return Response(204)


def reset(call: Call) -> Outcome:
    """`POST /reset`."""
    only(call.json())
    return Write(lambda tx: call.cloud.reset.run(tx, call.caller), lambda result: Response(204))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise own.BadValue("wait must be a number of seconds.") from error
    if not 0 <= seconds <= LONGEST_WAIT:
        raise own.BadValue(f"wait must be from 0 to {LONGEST_WAIT:g} seconds.")
    return seconds


_FAULT = (own.UnknownField, own.BadValue, own.FaultTargetNotFound, own.FaultExists, NodeNotRunning)
ROUTES: list[Route] = [
    _route("GET", "/about", about, "See what this cloud is", "cloud.read", action=None),
    _route("GET", "/clock", clock_get, "Read the clock", "clock.read", action=None),
    _route(
        "PUT",
        "/clock",
        clock_put,
        "Turn the clock forward",
        "clock.update",
        own.UnknownField,
        own.BadValue,
        ClockOnlyForward,
    ),
    _route("GET", "/clock/forecast", clock_forecast, "See what turning the clock will do", "clock.read", own.BadValue),
    _route("GET", "/faults", fault_list, "List faults", "fault.list", action=None),
    _route("POST", "/faults", fault_start, "Start a fault", "fault.create", *_FAULT),
    _route("DELETE", "/faults", fault_end_all, "End every fault", "fault.delete"),
    _route("DELETE", "/faults/{id}", fault_end, "End a fault", "fault.delete", own.FaultNotFound),
    _route("GET", "/settings", settings_get, "Read the settings", "settings.read", action=None),
    _route("PUT", "/settings", settings_put, "Change settings", "settings.update", BadSetting),
    _route("GET", "/changes", changes, "Wait for changes", "changes.read", own.BadValue, action=None),
    _route(
        "GET",
        "/activity",
        activity,
        "Search the activity log",
        "activity.list",
        EventQueryInvalid,
        action=ACTIVITY_READ,
    ),
    _route(
        "GET",
        "/activity-facets",
        activity_facets,
        "List what the activity log can be filtered by",
        "activity.list",
        action=ACTIVITY_READ,
    ),
    _route(
        "GET",
        "/activity/{id}",
        activity_event,
        "Get an activity event",
        "activity.read",
        EventNotFound,
        action=ACTIVITY_READ,
    ),
    _route("PUT", "/leases/{id}", lease_hold, "Hold a lease", "lease.update", own.BadValue, action=None),
    _route("DELETE", "/leases/{id}", lease_drop, "Drop a lease", "lease.delete", action=None),
    _route("POST", "/reset", reset, "Empty the account", "cloud.reset"),
]

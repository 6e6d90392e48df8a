"""Whole states over HTTP: snapshots and the return to them, export and import.

Each of these closes the cloud for a moment; who asked gets his answer from the cloud that is there afterwards.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kyok.cloud.emulator import errors as own
from kyok.cloud.emulator.fields import only, text
from kyok.cloud.keeping import errors as keeping
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.private_route import private_route, require_reader
from kyok.cloud.wire.route import Call, Job, Outcome, Response, Route, Write
from kyok.errors import KyokError
from kyok.sealing.errors import PassphraseTooShort
from kyok.secrets import LONGEST_PASSPHRASE, Secret

log = logging.getLogger(__name__)

errors.add(
    {
        keeping.StateBusy: Wire(409, "STATE_BUSY"),
        keeping.CannotReplace: Wire(501, "NOT_BUILT"),
        keeping.SnapshotNotFound: Wire(404, "SNAPSHOT_NOT_FOUND"),
        keeping.SnapshotDamaged: Wire(409, "SNAPSHOT_DAMAGED"),
        keeping.TooManySnapshots: Wire(409, "TOO_MANY_SNAPSHOTS"),
        keeping.DiskTooFull: Wire(507, "DISK_TOO_FULL"),
        keeping.ExportRefused: Wire(400, "EXPORT_REFUSED"),
        keeping.NotAnExport: Wire(400, "NOT_AN_EXPORT"),
        keeping.ExportNewer: Wire(400, "EXPORT_NEWER"),
        keeping.ExportDamaged: Wire(400, "EXPORT_DAMAGED"),
        keeping.WrongExportPassphrase: Wire(400, "WRONG_PASSPHRASE"),
        PassphraseTooShort: Wire(400, "PASSPHRASE_TOO_SHORT"),
    }
)


def snapshot_list(call: Call) -> Outcome:
    """`GET /snapshots`."""
    require_reader(call)
    return Response(200, {"snapshots": call.cloud.snapshots.page()})


def snapshot_make(call: Call) -> Outcome:
    """`POST /snapshots`."""
    body = call.json()
    only(body, "name")
    name = text(body, "name")
    return _exchange(call, lambda host, acts: Response(201, acts.make_snapshot(host, call.caller, name)))


def snapshot_return(call: Call) -> Outcome:
    """`POST /snapshots/{id}/return`."""
    only(call.json())

    def work(host: Any, acts: Any) -> Response:
        acts.return_to(host, call.caller, call.params["id"])
        return Response(204)

    return _exchange(call, work)


def snapshot_delete(call: Call) -> Outcome:
    """`DELETE /snapshots/{id}`."""
    return Write(
        lambda tx: call.cloud.snapshots.delete(tx, call.caller, call.params["id"]), lambda result: Response(204)
    )


def export(call: Call) -> Outcome:
    """`POST /export`: writes a sealed file on this machine."""
    body = call.json()
    only(body, "path", "passphrase")
    path, passphrase = Path(text(body, "path")), _passphrase(call, body)

    def work(host: Any, acts: Any) -> Response:
        with passphrase:
            return Response(200, _shown(acts.export(host, call.caller, path, passphrase)))

    return _exchange(call, work)


def import_file(call: Call) -> Outcome:
    """`POST /import`: replaces everything; `replace` must be true, for there always is a state."""
    body = call.json()
    only(body, "path", "passphrase", "replace")
    path, passphrase = Path(text(body, "path")), _passphrase(call, body)
    if body.get("replace") is not True:
        raise own.BadValue("replace must be true: the import takes the place of everything that is here.")

    def work(host: Any, acts: Any) -> Response:
        with passphrase:
            return Response(200, _shown(acts.import_file(host, call.caller, path, passphrase)))

    return _exchange(call, work)


def _shown(about: dict[str, Any]) -> dict[str, Any]:
    return {name: about[name] for name in ("path", "size", "account_name", "keys", "exported_at") if name in about}


def _passphrase(call: Call, body: dict[str, Any]) -> Secret:
    """The passphrase, in a place that can be wiped; the request that brought it is let go of."""
    value = Secret(text(body, "passphrase"))
    body["passphrase"], call.request.body = "", b""
    if len(value) > LONGEST_PASSPHRASE:
        raise own.BadValue(f"passphrase has at most {LONGEST_PASSPHRASE} bytes.")
    return value


def _exchange(call: Call, act: Callable[[Any, Any], Response]) -> Job:
    """Runs an act that may leave another cloud behind; that one writes down what was refused, and answers."""

    def work() -> Response:
        from kyok.cloud.keeping import operations  # only who needs it pays for it

        host = call.cloud.host
        if host is None:
            raise keeping.CannotReplace()
        try:
            return act(host, operations)
        except KyokError as error:
            refused = error
        except Exception:
            log.exception("%s failed", call.route.path)
            refused = errors.InternalError()
        cloud = host.cloud
        refusal = cloud.dispatcher.refuse_call(call.route, call.request, call.caller, refused)
        try:
            return refusal.render(cloud.store.writer.perform(refusal.work))
        except KyokError:  # the cloud did not open again: what was refused is the answer still
            return cloud.dispatcher.failed(call.request, refused)

    return Job(work)


_BUSY = (keeping.CannotReplace, keeping.StateBusy)
ROUTES: list[Route] = [
    private_route("GET", "/snapshots", snapshot_list, "List snapshots", "snapshot.list", action=None),
    private_route(
        "POST",
        "/snapshots",
        snapshot_make,
        "Make a snapshot of the whole state",
        "snapshot.create",
        own.BadValue,
        keeping.TooManySnapshots,
        keeping.DiskTooFull,
        *_BUSY,
    ),
    private_route(
        "POST",
        "/snapshots/{id}/return",
        snapshot_return,
        "Return to a snapshot",
        "snapshot.return",
        keeping.SnapshotNotFound,
        keeping.SnapshotDamaged,
        *_BUSY,
    ),
    private_route(
        "DELETE", "/snapshots/{id}", snapshot_delete, "Delete a snapshot", "snapshot.delete", keeping.SnapshotNotFound
    ),
    private_route(
        "POST",
        "/export",
        export,
        "Export the whole state into a sealed file",
        "cloud.export",
        own.BadValue,
        keeping.ExportRefused,
        PassphraseTooShort,
        keeping.DiskTooFull,
        *_BUSY,
    ),
    private_route(
        "POST",
        "/import",
        import_file,
        "Replace the whole state by an export",
        "cloud.import",
        own.BadValue,
        keeping.NotAnExport,
        keeping.ExportNewer,
        keeping.ExportDamaged,
        keeping.WrongExportPassphrase,
        keeping.DiskTooFull,
        *_BUSY,
    ),
]

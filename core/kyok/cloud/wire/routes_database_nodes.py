"""The private API of databases: nodes with their key agents, backups, restore, sample rows, secure deletion."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import msgspec

from kyok.cloud.databases import backups
from kyok.cloud.databases import errors as refusals
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.records import Database
from kyok.cloud.databases.samples import HOURS
from kyok.cloud.databases.service import Added, DatabaseService
from kyok.cloud.databases.views import health
from kyok.cloud.databases.views.detail import detail_body
from kyok.cloud.databases.views.metrics import metrics_body
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.databases.views.summaries import summaries
from kyok.cloud.emulator import fields
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire
from kyok.cloud.wire.restore_request import new_instance
from kyok.cloud.wire.route import Call, Job, Outcome, Response, Route, Write
from kyok.domain.databases import NODES
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.errors import KyokError

BASE = "/emulator/v1/databases"
HEALTH = "/emulator/v1/key-health"
LAST_ROWS = 10
ROWS_AT_ONCE = 10_000
_RETRIEVE = "resource-controller.instance.retrieve"
_READ = f"{DBAAS_POSTGRESQL}.clusters.read"


class NotReadable(KyokError):
    """The rows cannot be read now; the summary says why."""

    summary = "The rows cannot be read: no node runs."
    remedy = "Look at the instance's Nodes page: it says why and what brings the nodes back."


errors.add(
    {
        NotReadable: Wire(409, "NOT_READABLE"),
        refusals.NoCertificate: Wire(409, "NO_CERTIFICATE"),
        refusals.CannotSwitchOver: Wire(409, "CANNOT_SWITCH_OVER"),
        refusals.NothingInClear: Wire(409, "NOTHING_IN_CLEAR"),
    }
)


def listed(call: Call) -> Outcome:
    """Summaries of the account's instances; `all=true` includes deleted ones."""
    everything = call.query.get("all", "").lower() == "true"
    with call.cloud.store.read() as reader:
        found = summaries(reader, call.caller.account, _allowing(call, reader, _RETRIEVE), everything=everything)
    return Response(200, {"databases": found})


def key_health(call: Call) -> Outcome:
    """Key health of every instance of the account; on a thread of its own, since hundreds take their time."""

    def work() -> Response:
        with call.cloud.store.read_apart() as reader:
            seen = _allowing(call, reader, _READ)
            return Response(200, health.health(reader, call.caller.account, call.cloud.hsm, seen))

    return Job(work)


def check_all(call: Call) -> Outcome:
    """Has every node of the account check its key at once."""
    _fields(call, ())

    def work(tx: Transaction) -> dict[str, int]:
        mine = health.listed(tx, call.caller.account, _allowing(call, tx, _READ))
        found = [of for of in mine if of.living and of.uses_kms]
        for of in found:
            _service(call).check_now(tx, of.guid)
        return {"instances": len(found)}

    return Write(work, lambda checked: Response(202, checked))


def detail(call: Call) -> Outcome:
    """Everything about one instance."""
    with call.cloud.store.read() as reader:
        of = _database(call, reader)
        return Response(200, detail_body(reader, of, _service(call).driver, call.cloud.hsm))


def metrics(call: Call) -> Outcome:
    """What was measured of one instance in the last two hours, or (`window=day`) in the last day."""
    with call.cloud.store.read() as reader:
        guid = _database(call, reader).guid
        return Response(200, metrics_body(reader, guid, call.query.get("window", HOURS.name)))


def check(call: Call) -> Outcome:
    """Has every node check its key at once."""
    _fields(call, ())

    def work(tx: Transaction) -> None:
        _service(call).check_now(tx, _database(call, tx).guid)

    return Write(work, lambda _: Response(202, {}))


def certificate(call: Call) -> Outcome:
    """The certificate of the authority that clients trust."""
    with call.cloud.store.read() as reader:
        of = _database(call, reader)
    connection = _service(call).driver.connection(of.guid)
    if connection is None or not connection.authority:
        raise refusals.NoCertificate()
    headers = {"content-disposition": 'attachment; filename="cert.pem"'}
    return Response(200, connection.authority.encode("ascii"), headers, "application/x-pem-file")


def switch_over(call: Call) -> Outcome:
    """Makes another node the primary."""
    number = fields.whole(_fields(call, ("node",)), "node", 1, NODES)
    with call.cloud.store.read() as reader:
        of = _database(call, reader)

    def work() -> Write:
        _service(call).driver.switch_over(of.guid, number)
        return Write(
            lambda tx: _service(call).switched_over(tx, call.caller, of, number),
            lambda _: Response(200, {"primary": number}),
        )

    return Job(work)


def erase_clear(call: Call) -> Outcome:
    """Removes for good what a crash left in clear of a node."""
    number = fields.whole(_fields(call, ("node",)), "node", 1, NODES)
    with call.cloud.store.read() as reader:
        of = _database(call, reader)

    def work() -> Write:
        _service(call).driver.erase_clear(NodeRef(of.guid, number))
        return Write(
            lambda tx: _service(call).erased_clear(tx, call.caller, of, number),
            lambda _: Response(200, {"node": number}),
        )

    return Job(work)


def backup_list(call: Call) -> Outcome:
    """The backups of an instance, newest first."""
    with call.cloud.store.read() as reader:
        found = backups.of_database(reader, _database(call, reader).guid)
    return Response(200, {"backups": [_backup(backup) for backup in found]})


def back_up(call: Call) -> Outcome:
    """Takes a backup."""
    _fields(call, ())

    def work(tx: Transaction) -> dict[str, Any]:
        task = _service(call).back_up(tx, call.caller, _database(call, tx))
        return {"backup_id": task.document["backup_id"], "task_id": task.id}

    return Write(work, lambda body: Response(202, body))


def restore(call: Call) -> Outcome:
    """Makes a new instance with the rows of a backup."""
    body = _fields(
        call,
        (
            "backup_id", "name", "kms_instance", "kms_key", "region", "plan_id", "resource_group_id",
            "memory", "storage", "cpu",
        ),
    )  # fmt: skip

    def work(tx: Transaction) -> dict[str, Any]:
        source = _database(call, tx)
        backup = backups.find_any(tx, source.guid, str(body.get("backup_id", "")))
        guid, crn = new_instance(call, tx, source, body)
        task_id = _service(call).plan_restore(tx, call.caller, source, backup, guid)
        return {"guid": guid, "crn": crn, "task_id": task_id}

    return Write(work, lambda made: Response(202, made))


def rows(call: Call) -> Outcome:
    """Figures and the newest rows, read from the opened volume."""
    with call.cloud.store.read() as reader:
        of = _database(call, reader)

    def work() -> Response:
        try:
            figures, newest = _service(call).rows(of, LAST_ROWS)
        except refusals.NotServing as error:
            raise _unreadable(of) from error
        last = [msgspec.structs.asdict(row) for row in newest]
        return Response(200, {"rows": figures.rows, "digest": figures.digest, "last": last})

    return Job(work)


def add_rows(call: Call) -> Outcome:
    """Adds sample rows; answered when two nodes at least hold them durably."""
    count = fields.whole(_fields(call, ("count",)), "count", 1, ROWS_AT_ONCE)
    with call.cloud.store.read() as reader:
        of = _database(call, reader)

    def work() -> Write:
        try:
            figures = _service(call).add_rows(of, count)
        except refusals.TooFewNodes as error:
            raise NotReadable(error.summary, error.remedy) from error
        except refusals.NotServing as error:
            raise _unreadable(of) from error
        return Write(lambda tx: _service(call).rows_added(tx, call.caller, of, count, figures), _added)

    return Job(work)


def _added(added: Added) -> Response:
    figures = added.figures
    body = {"added": added.added, "rows": figures.rows, "digest": figures.digest, "nodes": list(added.nodes)}
    return Response(201, body)


def _backup(backup: backups.Backup) -> dict[str, Any]:
    body = asdict(backup)
    for secret in ("envelope", "guid"):
        del body[secret]
    body["size_bytes"] = body.pop("size")
    return body | {
        "type": backup.type.value,
        "created_at": wire(backup.created_at),
        "expires_at": wire(backup.expires_at),
    }


def _unreadable(of: Database) -> NotReadable:
    if of.data_lost_at is not None:
        return NotReadable("The rows cannot be read: the data key of this instance is destroyed.", "Restore a backup.")
    return NotReadable(f"The rows cannot be read: {of.reason}." if of.reason else None)


def _fields(call: Call, known: tuple[str, ...]) -> dict[str, Any]:
    body = call.json()
    fields.only(body, *known)
    return body


def _service(call: Call) -> DatabaseService:
    found: DatabaseService = call.cloud.databases
    return found


def _allowing(call: Call, reader: Reader, action: str) -> Callable[[Database], bool]:
    """Which databases the caller may do something to; lists leave the others out."""
    return lambda of: bool(call.cloud.decisions.allows(reader, call.caller, action, of.crn))


def _database(call: Call, reader: Reader) -> Database:
    """The addressed database, once the caller may do to it what the route says."""
    of = _service(call).known(reader, call.caller.account, call.params["guid"])
    call.cloud.decisions.require(reader, call.caller, call.route.action or EMULATOR_MANAGE, of.crn)
    return of


def _route(
    method: str, path: str, handler: Any, summary: str, *raised: type[KyokError], action: str = "clusters.read"
) -> Route:
    known: tuple[type[KyokError], ...] = (refusals.DatabaseNotFound, *raised)
    full = f"{DBAAS_POSTGRESQL}.{action}" if action else None
    return Route(method, f"{BASE}{path}", handler, summary, "emulator", action=full, errors=known)


def _of_account(method: str, path: str, handler: Any, summary: str) -> Route:
    return Route(method, f"{HEALTH}{path}", handler, summary, "emulator", action=None)


ROUTES: list[Route] = [
    _of_account("GET", "", key_health, "See the key health of every database instance"),
    _of_account("POST", "/checks", check_all, "Check the keys of all database instances now"),
    _route("GET", "", listed, "List database instances and the key status of their nodes", action=""),
    _route("GET", "/{guid}", detail, "See a database instance"),
    _route("GET", "/{guid}/metrics", metrics, "See what was measured of a database instance lately", BadValue),
    _route("POST", "/{guid}/checks", check, "Check the key of a database instance now"),
    _route(
        "GET", "/{guid}/certificate", certificate, "Get the certificate of a database instance", refusals.NoCertificate
    ),
    _route(
        "POST",
        "/{guid}/switch-over",
        switch_over,
        "Make another node of a database instance the primary",
        refusals.CannotSwitchOver,
        BadValue,
        action="clusters.configuration.update",
    ),
    _route(
        "POST",
        "/{guid}/erase-clear",
        erase_clear,
        "Erase what a crash left in clear of a database node",
        refusals.NothingInClear,
        refusals.DiskRefused,
        BadValue,
        action="clusters.configuration.update",
    ),
    _route("GET", "/{guid}/backups", backup_list, "List the backups of a database instance", action="backups.list"),
    _route(
        "POST",
        "/{guid}/backups",
        back_up,
        "Take a backup of a database instance",
        refusals.NotServing,
        refusals.TaskRunning,
        action="backups.create",
    ),
    _route(
        "POST",
        "/{guid}/restore",
        restore,
        "Restore a backup into a new database instance",
        refusals.BackupNotFound,
        refusals.BackupExpired,
        refusals.ParametersRefused,
        action="backups.restore",
    ),
    _route("GET", "/{guid}/sample-rows", rows, "Read the sample rows of a database instance", NotReadable),
    _route(
        "POST",
        "/{guid}/sample-rows",
        add_rows,
        "Add sample rows to a database instance",
        NotReadable,
        BadValue,
        refusals.VolumeFull,
        action="clusters.configuration.update",
    ),
]

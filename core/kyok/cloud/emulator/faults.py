"""Faults of the emulated world: what is switched on here, the key service and the nodes look up and obey."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.emulator.errors import BadValue, FaultExists, FaultNotFound, FaultTargetNotFound
from kyok.cloud.emulator.fields import only, text, whole
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import fault, instance, user
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain.cluster import FaultKind, InstanceState
from kyok.domain.databases import NODES
from kyok.domain.regions import REGIONS
from kyok.domain.services import DBAAS_POSTGRESQL, KEY_SERVICES
from kyok.randomness import Randomness, new_uuid

LONGEST_LATENCY = 30_000
"""Milliseconds."""
Kill = Callable[[Transaction, str, int], None]
"""Kills what runs on a node of a database once the transaction is durable; raises when nothing runs there."""
_ZONES = frozenset(zone for region in REGIONS for zone in region.zones)


class Faults:
    """Starts, lists and ends faults. A kill happens once: it is an event, and no fault that goes on."""

    def __init__(self, gate: Gate, activity: Activity, randomness: Randomness, kill: Kill) -> None:
        self._gate = gate
        self._activity = activity
        self._randomness = randomness
        self._kill = kill

    def page(self, reader: Reader, caller: Caller) -> list[dict[str, Any]]:
        """The faults that are on, oldest first: all of them for administrators, who may end them.

        Others are told those of their account's instances, and those that are of every instance. Who started one is
        told to people of the same account.
        """
        rows = reader.all(_JOINED.order_by(fault.c.created_at, fault.c.id))
        if self._gate.is_administrator(reader, caller):
            return [_document(row) for row in rows]
        statement = select(instance.c.guid).where(
            instance.c.account == caller.account, instance.c.guid.in_({_instance_of(row.target) for row in rows})
        )
        own = {row.guid for row in reader.all(statement)} | {""}
        found = [row for row in rows if _instance_of(row.target) in own]
        return [_document(row) | ({} if row.account == caller.account else {"created_by": ""}) for row in found]

    def start(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> dict[str, Any]:
        """Starts a fault.

        Raises:
            UnknownField, BadValue, FaultTargetNotFound, FaultExists, NodeNotRunning, NotAuthorized: nothing breaks.
        """
        self._gate.require(tx, caller)
        only(body, "kind", "target")
        kind = _kind(text(body, "kind"))
        given = body.get("target")
        if not isinstance(given, dict):
            raise BadValue("target must be an object.")
        target = _target(tx, kind, given)
        if kind is FaultKind.NODE_KILL:
            return self._killed(tx, caller, target)
        known = tx.all(select(fault.c.target).where(fault.c.kind == kind.value))
        if any(_place(row.target) == _place(target) for row in known):
            raise FaultExists()
        ident = new_uuid(self._randomness)
        now = milliseconds(tx.now)
        tx.execute(
            insert(fault).values(id=ident, kind=kind.value, target=target, created_at=now, created_by=caller.iam_id)
        )
        self._note(tx, caller, "create", ident, kind.value, target)
        row = tx.one(_JOINED.where(fault.c.id == ident))
        return _document(row) if row is not None else {}

    def _killed(self, tx: Transaction, caller: Caller, target: Mapping[str, Any]) -> dict[str, Any]:
        self._kill(tx, target["database"], target["node"])
        ident = self._note(tx, caller, "create", "", FaultKind.NODE_KILL, target)
        return {
            "id": ident,
            "kind": FaultKind.NODE_KILL.value,
            "target": target,
            "created_at": rfc3339_ms(tx.now),
            "created_by": caller.name,
        }

    def end(self, tx: Transaction, caller: Caller, ident: str) -> None:
        """Ends a fault. Raises `FaultNotFound`, `NotAuthorized`."""
        self._gate.require(tx, caller)
        row = tx.one(select(fault).where(fault.c.id == ident))
        if row is None:
            raise FaultNotFound()
        tx.execute(delete(fault).where(fault.c.id == ident))
        self._note(tx, caller, "delete", ident, row.kind, row.target)

    def end_all(self, tx: Transaction, caller: Caller) -> int:
        """Ends every fault; returns how many there were. Raises `NotAuthorized`."""
        self._gate.require(tx, caller)
        idents = [row.id for row in tx.all(select(fault.c.id).order_by(fault.c.created_at, fault.c.id))]
        for ident in idents:
            self.end(tx, caller, ident)
        return len(idents)

    def _note(
        self, tx: Transaction, caller: Caller, verb: str, ident: str, kind: str, target: Mapping[str, Any]
    ) -> str:
        if ident:
            tx.changed("fault", ident)
        guid = _instance_of(target)
        event = Event(
            f"kyok.fault.{verb}",
            str(self._gate.target()),
            kind,
            instance=guid,
            request_data={"kind": kind, "target": dict(target)},
            response_data={"detail": _words(kind, target)},
        )
        return self._activity.record(tx, caller, event)


_JOINED = select(fault, user.c.email, user.c.account).join(user, user.c.iam_id == fault.c.created_by, isouter=True)


def _document(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "target": row.target,
        "created_at": rfc3339_ms(moment(row.created_at)),
        "created_by": row.email or row.created_by,
    }


def _kind(word: str) -> FaultKind:
    try:
        return FaultKind(word)
    except ValueError as error:
        raise BadValue(f"kind must be one of: {', '.join(FaultKind)}.") from error


def _target(reader: Reader, kind: FaultKind, given: Mapping[str, Any]) -> dict[str, Any]:
    if kind is FaultKind.HSM_CUT:
        only(given, "instance")
        return {"instance": _known(reader, text(given, "instance"), KEY_SERVICES)}
    if kind in (FaultKind.NODE_STOP, FaultKind.NODE_KILL):
        only(given, "database", "node")
        number = whole(given, "node", 1, NODES)
        return {"database": _known(reader, text(given, "database"), frozenset({DBAAS_POSTGRESQL})), "node": number}
    if kind is FaultKind.LATENCY:
        only(given, "instance", "milliseconds")
        return {**_maybe(reader, given), "milliseconds": whole(given, "milliseconds", 1, LONGEST_LATENCY)}
    if kind is FaultKind.ERRORS:
        only(given, "instance", "percent")
        return {**_maybe(reader, given), "percent": whole(given, "percent", 1, 100)}
    only(given, "zone", "instance")
    zone = text(given, "zone")
    if zone not in _ZONES:
        raise FaultTargetNotFound(f"There is no zone “{zone[:60]}”.")
    return {"zone": zone, **_maybe(reader, given)}


def _instance_of(target: Mapping[str, Any]) -> str:
    """The instance that a fault is of; empty when it is of every one."""
    return str(target.get("instance") or target.get("database") or "")


def _place(target: Mapping[str, Any]) -> dict[str, Any]:
    """What breaks, without how much: one place has one fault of a kind."""
    return {name: value for name, value in target.items() if name not in ("milliseconds", "percent")}


def _maybe(reader: Reader, given: Mapping[str, Any]) -> dict[str, str]:
    """The key service instance that is meant; none means every one."""
    if given.get("instance") is None:
        return {}
    return {"instance": _known(reader, text(given, "instance"), KEY_SERVICES)}


def _known(reader: Reader, guid: str, services: frozenset[str]) -> str:
    row = reader.one(select(instance.c.service, instance.c.state).where(instance.c.guid == guid))
    if row is None or row.service not in services or row.state == InstanceState.REMOVED:
        raise FaultTargetNotFound()
    return guid


def _words(kind: str, target: Mapping[str, Any]) -> str:
    keys = "one key service instance" if "instance" in target else "all key services"
    if kind == FaultKind.ZONE_CUT:
        return f"{target['zone']} is cut off from {keys}"
    if kind == FaultKind.HSM_CUT:
        return "the HSM is cut off"
    if kind == FaultKind.LATENCY:
        return f"{keys} {'answers' if 'instance' in target else 'answer'} {target['milliseconds']} ms late"
    if kind == FaultKind.ERRORS:
        return f"{target['percent']} % of the requests to {keys} fail"
    return f"node {target['node']} is {'killed' if kind == FaultKind.NODE_KILL else 'stopped'}"

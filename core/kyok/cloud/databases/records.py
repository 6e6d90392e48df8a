"""Rows of the database tables as records, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import database, instance, key_check, node
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.cluster import ClusterState, InstanceState, NodeState, ReplicaState
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.key_rules import Answer, AnswerKind, KeyStanding, NodeKeyStatus

LIVING = (ClusterState.PROVISIONED, ClusterState.STOPPED)
"""States in which nodes are checked and may run."""


@dataclass(slots=True)
class Database:
    """One cluster with what the resource controller knows of its instance."""

    guid: str
    account: str
    state: ClusterState
    reason: str
    cluster_name: str
    admin_name: str
    version: str
    cpu: int
    memory: str
    storage: str
    endpoints: str
    kms_instance: str | None
    kms_key: str | None
    wrapped_key: str | None
    wrapped_version: str | None
    wrapped_at: datetime | None
    data_lost_at: datetime | None
    created_at: datetime
    updated_at: datetime
    crn: Crn
    name: str
    region: str
    plan_id: str
    instance_state: InstanceState
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def uses_kms(self) -> bool:
        """Whether the data key is wrapped by a root key of the customer."""
        return self.kms_key is not None

    @property
    def kms_guid(self) -> str:
        """The key service instance that holds the root key; empty when there is none, or what was given is no CRN."""
        try:
            return Crn.parse(self.kms_instance).instance if self.kms_instance else ""
        except InvalidCrn:
            return ""

    @property
    def learns_at(self) -> datetime | None:
        """When the nodes learn of a change of their key; until then it answers as before."""
        return _moment(self.document.get("learns_at"))

    @property
    def living(self) -> bool:
        """Whether nodes are checked and may run."""
        return self.state in LIVING


@dataclass(slots=True)
class Node:
    """One node with what its key agent knows."""

    id: str
    guid: str
    number: int
    name: str
    zone: str
    role: ReplicaState
    state: NodeState
    reason: str
    standing: KeyStanding
    created_at: datetime
    updated_at: datetime
    checked_at: datetime | None = None
    passed_at: datetime | None = None
    next_check_at: datetime | None = None
    stopped_at: datetime | None = None
    opened_at: datetime | None = None
    latency_ms: float | None = None
    event_id: str = ""

    @property
    def running(self) -> bool:
        """Whether the node serves its data."""
        return self.state is NodeState.RUNNING

    @property
    def leads(self) -> bool:
        """Whether the node is the primary."""
        return self.role is ReplicaState.PRIMARY


_DATABASE_COLUMNS = (
    *database.c,
    instance.c.crn,
    instance.c.name,
    instance.c.region,
    instance.c.plan_id,
    instance.c.state.label("instance_state"),
)
_DATABASES = select(*_DATABASE_COLUMNS).join(instance, instance.c.guid == database.c.guid)
_ONE = _DATABASES.where(database.c.guid == bindparam("guid"))
_NODES = select(node).order_by(node.c.guid, node.c.number)
_NODES_OF = _NODES.where(node.c.guid == bindparam("guid"))
_UPDATE_NODE = update(node).where(node.c.id == bindparam("of"))


def databases(reader: Reader, guids: Iterable[str] | None = None) -> list[Database]:
    """All databases, or those with the given ids."""
    statement = _DATABASES if guids is None else _DATABASES.where(database.c.guid.in_(list(guids)))
    return [_database(row) for row in reader.all(statement)]


def find(reader: Reader, guid: str) -> Database | None:
    """One database, or None."""
    row = reader.one(_ONE, {"guid": guid})
    return None if row is None else _database(row)


def known(reader: Reader, guids: Iterable[str]) -> set[str]:
    """Those of the given ids that databases have: a reset may have taken what was read before."""
    return {row.guid for row in reader.all(select(database.c.guid).where(database.c.guid.in_(list(guids))))}


def nodes(reader: Reader, guids: Iterable[str]) -> dict[str, list[Node]]:
    """The nodes of several databases, by database, in order."""
    wanted = list(guids)
    found: dict[str, list[Node]] = {guid: [] for guid in wanted}
    for row in reader.all(_NODES.where(node.c.guid.in_(wanted))):
        found[row.guid].append(_node(row))
    return found


def nodes_of(reader: Reader, guid: str) -> list[Node]:
    """The nodes of one database, in order."""
    return [_node(row) for row in reader.all(_NODES_OF, {"guid": guid})]


def find_node(reader: Reader, node_id: str) -> Node | None:
    """One node by its id, or None."""
    row = reader.one(select(node).where(node.c.id == node_id))
    return None if row is None else _node(row)


def set_database(tx: Transaction, guid: str, **values: Any) -> None:
    """Changes columns of a database and notes the change; nothing when a reset took it."""
    of = update(database).where(database.c.guid == guid)
    if tx.execute(of.values(**values, updated_at=milliseconds(tx.now))):
        tx.changed("database", guid)


def set_document(tx: Transaction, guid: str, **values: Any) -> dict[str, Any]:
    """Changes entries of a database's document; None removes an entry. Returns the document."""
    document = dict(tx.scalar(select(database.c.document).where(database.c.guid == guid)) or {})
    for name, value in values.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    set_database(tx, guid, document=document)
    return document


def add_node(tx: Transaction, record: Node) -> None:
    """Writes a new node."""
    tx.execute(insert(node).values(id=record.id, created_at=milliseconds(record.created_at), **_columns(record)))


def save_nodes(tx: Transaction, records: Iterable[Node]) -> None:
    """Writes what is known of nodes."""
    rows = [{"of": record.id, **_columns(record)} for record in records]
    if rows:
        tx.execute(_UPDATE_NODE, rows)


def remove_nodes(tx: Transaction, guid: str) -> None:
    """Removes the nodes of a database with their key checks."""
    of = select(node.c.id).where(node.c.guid == guid)
    tx.execute(delete(key_check).where(key_check.c.node_id.in_(of)))
    tx.execute(delete(node).where(node.c.guid == guid))


def _columns(record: Node) -> dict[str, Any]:
    return {
        "guid": record.guid,
        "number": record.number,
        "name": record.name,
        "zone": record.zone,
        "role": record.role.value,
        "state": record.state.value,
        "key_status": record.standing.status.value,
        "reason": record.reason,
        "updated_at": milliseconds(record.updated_at),
        "document": {
            "standing": standing_document(record.standing),
            "checked_at": _ms(record.checked_at),
            "passed_at": _ms(record.passed_at),
            "next_check_at": _ms(record.next_check_at),
            "stopped_at": _ms(record.stopped_at),
            "opened_at": _ms(record.opened_at),
            "latency_ms": record.latency_ms,
            "event_id": record.event_id,
        },
    }


def standing_document(standing: KeyStanding) -> dict[str, Any]:
    """The stored form of a key standing."""
    answer = standing.answer
    return {
        "status": standing.status.value,
        "since": milliseconds(standing.since),
        "sealed": standing.sealed,
        "grace_until": _ms(standing.grace_until),
        "final": standing.final,
        "answer": None if answer is None else [answer.kind.value, answer.http_status, answer.code, answer.message],
    }


def standing_of(document: Mapping[str, Any]) -> KeyStanding:
    """The key standing of its stored form."""
    given = document["answer"]
    return KeyStanding(
        status=NodeKeyStatus(document["status"]),
        since=moment(document["since"]),
        sealed=document["sealed"],
        grace_until=_moment(document["grace_until"]),
        final=document["final"],
        answer=None if given is None else Answer(AnswerKind(given[0]), given[1], given[2], given[3]),
    )


def _database(row: Row[Any]) -> Database:
    return Database(
        guid=row.guid,
        account=row.account,
        state=ClusterState(row.state),
        reason=row.reason,
        cluster_name=row.cluster_name,
        admin_name=row.admin_name,
        version=row.version,
        cpu=row.cpu,
        memory=row.memory,
        storage=row.storage,
        endpoints=row.endpoints,
        kms_instance=row.kms_instance,
        kms_key=row.kms_key,
        wrapped_key=row.wrapped_key,
        wrapped_version=row.wrapped_version,
        wrapped_at=_moment(row.wrapped_at),
        data_lost_at=_moment(row.data_lost_at),
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
        crn=Crn.parse(row.crn),
        name=row.name,
        region=row.region,
        plan_id=row.plan_id,
        instance_state=InstanceState(row.instance_state),
        document=dict(row.document),
    )


def _node(row: Row[Any]) -> Node:
    document = row.document
    return Node(
        id=row.id,
        guid=row.guid,
        number=row.number,
        name=row.name,
        zone=row.zone,
        role=ReplicaState(row.role),
        state=NodeState(row.state),
        reason=row.reason,
        standing=standing_of(document["standing"]),
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
        checked_at=_moment(document["checked_at"]),
        passed_at=_moment(document["passed_at"]),
        next_check_at=_moment(document["next_check_at"]),
        stopped_at=_moment(document["stopped_at"]),
        opened_at=_moment(document["opened_at"]),
        latency_ms=document["latency_ms"],
        event_id=document["event_id"],
    )


def _ms(when: datetime | None) -> int | None:
    return None if when is None else milliseconds(when)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)

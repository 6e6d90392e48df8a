"""The record of a new cluster, made inside the resource controller's transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from kyok.cloud.databases import naming, records, tasks
from kyok.cloud.databases.errors import ParametersRefused
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import database
from kyok.cloud.store.times import milliseconds
from kyok.domain import databases as rules
from kyok.domain.cluster import ClusterState, NodeState, ReplicaState, TaskType
from kyok.domain.key_rules import fresh, with_default_key
from kyok.domain.regions import zones_of
from kyok.domain.services import Plan
from kyok.postgres.scram import scram_verifier
from kyok.randomness import Randomness, new_hex


def require_good(parameters: Mapping[str, Any], plan: Plan) -> None:
    """Refuses parameters that no cluster can be made from. Whether the key exists is not asked (dbaas.md 3.4).

    Raises:
        ParametersRefused: with the first problem as its summary, and `target` naming the parameter.
    """
    problems = rules.parameter_problems(parameters, plan)
    if problems:
        first = problems[0]
        names = {field.id: field.parameter for field in rules.FORM_FIELDS}
        raise ParametersRefused(first.sentence, target=names.get(first.field) or first.field)


def make(
    tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan, randomness: Randomness
) -> str:
    """Writes the cluster in state CREATING with its `provision` task; returns the task's id.

    Of the password only what PostgreSQL itself would keep (a SCRAM verifier) is written down.
    """
    sizes = rules.sizes_of(parameters, plan)
    task_id = tasks.new_task_id(randomness, tx.now)
    now = milliseconds(tx.now)
    tx.execute(
        insert(database).values(
            guid=guid,
            account=account,
            state=ClusterState.CREATING.value,
            cluster_name=str(parameters["name"]),
            admin_name=str(parameters["admin_name"]),
            version=str(parameters.get("db_version", rules.VERSIONS[0][0])),
            cpu=sizes.cpu,
            memory=rules.size_text(sizes.ram),
            storage=rules.size_text(sizes.disk),
            endpoints=str(parameters.get("service-endpoints", parameters.get("service_endpoints", "public"))),
            kms_instance=parameters.get("kms_instance") or None,
            kms_key=parameters.get("kms_key") or None,
            document={
                "port": naming.port(randomness),
                "free": plan.free,
                "provision_task": task_id,
                "verifier": scram_verifier(str(parameters["password"])),
            },
            created_at=now,
            updated_at=now,
        )
    )
    tasks.begin(tx, task_id, guid, TaskType.PROVISION, {})
    tx.changed("database", guid)
    return task_id


def new_nodes(of: Database, tx: Transaction, randomness: Randomness) -> list[Node]:
    """Three nodes, one a zone, the first of them primary; none has a volume yet."""
    names = naming.machine_names(randomness, rules.NODES)
    standing = fresh(tx.now) if of.uses_kms else with_default_key(tx.now)
    return [
        Node(
            id=new_hex(randomness),
            guid=of.guid,
            number=number,
            name=name,
            zone=zone,
            role=ReplicaState.PRIMARY if number == 1 else ReplicaState.SECONDARY,
            state=NodeState.CREATING,
            reason="",
            standing=standing,
            created_at=tx.now,
            updated_at=tx.now,
        )
        for number, (name, zone) in enumerate(zip(names, zones_of(of.region), strict=True), start=1)
    ]


def begin_again(tx: Transaction, guid: str, randomness: Randomness) -> tuple[Database, list[Node]] | None:
    """The record and the nodes of a cluster that is being created, fresh: what an attempt before left is forgotten.

    None when it is not to be made any more: it was deleted while its making waited for its turn.
    """
    of = records.find(tx, guid)
    if of is None or of.state is not ClusterState.CREATING:
        return None
    records.remove_nodes(tx, guid)
    made = new_nodes(of, tx, randomness)
    for node in made:
        records.add_node(tx, node)
    tx.changed("database", guid)
    return of, made

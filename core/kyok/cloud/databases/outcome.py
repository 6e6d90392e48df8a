"""Writes down what a round of key checks did: records, history, and the events of what changed."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from kyok.cloud.activity.events import Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import events, key_history, records
from kyok.cloud.databases.records import Node
from kyok.cloud.databases.round import Round
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import activity as activity_table
from kyok.cloud.store.times import milliseconds
from kyok.domain import texts
from kyok.domain.cluster import ClusterState, NodeState
from kyok.domain.key_rules import AnswerKind, NodeKeyStatus, worst
from kyok.domain.services import DBAAS_POSTGRESQL

KEY_CHECK = f"{DBAAS_POSTGRESQL}.key.check"


def latest_event(reader: Reader) -> int:
    """The number of the newest activity event; those of a round come after it."""
    return reader.scalar(select(func.max(activity_table.c.seq))) or 0


def write(tx: Transaction, done: Round, activity: Activity, since_event: int) -> None:
    """Writes one round in one transaction; nothing when the instance is no longer one whose nodes are checked."""
    present = records.find(tx, done.guid)
    if present is None or not present.living:
        return
    if done.answers:
        count_checks(tx, done)
        _name_events(tx, done, activity, since_event)
    records.save_nodes(tx, done.nodes)
    if done.discarded:
        _destroy_data_key(tx, done, activity)
    _tell_stops(tx, done, activity)
    _tell_starts(tx, done, activity)
    _tell_promotion(tx, done, activity)
    state, reason = cluster_state(done.nodes)
    records.set_database(tx, done.guid, state=state.value, reason=reason)


def cluster_state(nodes: Sequence[Node]) -> tuple[ClusterState, str]:
    """State of a cluster by its nodes, and why it is stopped."""
    if any(node.running for node in nodes):
        return ClusterState.PROVISIONED, ""
    reasons = dict.fromkeys(node.reason for node in nodes if node.reason)
    return ClusterState.STOPPED, "; ".join(reasons)


def count_checks(tx: Transaction, done: Round) -> None:
    """Counts the answers of the key service in each node's history."""
    if done.database.uses_kms:
        ids = {node.number: node.id for node in done.nodes}
        key_history.count(tx, [(ids[number], heard.answer.kind) for number, heard in done.answers.items()])


def _name_events(tx: Transaction, done: Round, activity: Activity, since: int) -> None:
    """Finds the key service's event of each answer that is news; an agent that reached nobody writes its own."""
    wanted = {}
    for node in done.nodes:
        heard = done.answers.get(node.number)
        if heard is None or heard.answer.kind is AnswerKind.PASSED:
            if heard is not None:
                node.event_id = ""
            continue
        before = done.before[node.number].standing.answer
        if before is not None and (before.kind, before.http_status) == (heard.answer.kind, heard.answer.http_status):
            continue
        if heard.answer.http_status is None:
            node.event_id = _own_event(tx, done, node, activity)
        else:
            node.event_id = ""
            wanted[heard.correlation] = node
    if not wanted:
        return
    found = tx.all(
        select(activity_table.c.event_id, activity_table.c.correlation).where(
            activity_table.c.seq > since, activity_table.c.correlation.in_(list(wanted))
        )
    )
    for row in found:
        wanted[row.correlation].event_id = row.event_id


def _own_event(tx: Transaction, done: Round, node: Node, activity: Activity) -> str:
    answer = done.answers[node.number].answer
    caller = events.instance_caller(done.database.crn, f"Node {node.number}", events.agent_name(node.name))
    event = Event(
        action=KEY_CHECK,
        target=str(done.database.crn),
        target_name=done.database.name,
        outcome="failure",
        status=504,
        reason=answer.message,
        instance=done.guid,
        response_data={"zone": node.zone, "node": node.number},
    )
    return activity.record(tx, caller, event)


def _destroy_data_key(tx: Transaction, done: Round, activity: Activity) -> None:
    records.set_database(tx, done.guid, wrapped_key=None, data_lost_at=milliseconds(tx.now))
    events.record(
        activity,
        tx,
        done.database,
        events.DATA_KEY_DESTROY,
        detail="the root key was deleted",
        data={"keyId": done.database.kms_key},
    )


def _tell_stops(tx: Transaction, done: Round, activity: Activity) -> None:
    stopped = [
        node
        for node in done.nodes
        if _was_up(done.before[node.number]) and node.state in (NodeState.STOPPED, NodeState.FAILED)
    ]
    by_cause: dict[str, list[Node]] = {}
    for node in stopped:
        by_cause.setdefault(_cause(node), []).append(node)
    for cause, group in by_cause.items():
        caller = events.instance_caller(done.database.crn, _who(group))
        status = worst(node.standing.status for node in group).value
        data = {"nodes": [node.number for node in group], "keyStatus": status}
        events.record(activity, tx, done.database, events.NODE_STOP, caller=caller, detail=cause, data=data)


def _tell_starts(tx: Transaction, done: Round, activity: Activity) -> None:
    started = [node for node in done.nodes if node.running and not _was_up(done.before[node.number])]
    if started:
        caller = events.instance_caller(done.database.crn, _who(started))
        data = {"nodes": [node.number for node in started]}
        events.record(activity, tx, done.database, events.NODE_START, caller=caller, data=data)


def _tell_promotion(tx: Transaction, done: Round, activity: Activity) -> None:
    """Another node leads, because the former primary does not run any more; a planned change is told by who asked."""
    former = next((node for node in done.before.values() if node.leads), None)
    leader = next((node for node in done.nodes if node.leads and node.running), None)
    if former is None or leader is None or former.number == leader.number:
        return
    if next(node for node in done.nodes if node.number == former.number).running:
        return
    caller = events.instance_caller(done.database.crn, _who([leader]))
    detail = f"node {leader.number} took over from node {former.number}"
    data = {"node": leader.number, "former": former.number}
    events.record(activity, tx, done.database, events.NODE_PROMOTE, caller=caller, detail=detail, data=data)


def _was_up(node: Node) -> bool:
    """Whether the node ran, or only restarts with the cloud: then nothing is told when it is back."""
    return node.running or (node.state is NodeState.RESTARTING and node.stopped_at is None)


def _cause(node: Node) -> str:
    if node.standing.sealed and node.standing.status is not NodeKeyStatus.CHECKING:
        return node.standing.status.in_sentence
    return node.reason


def _who(nodes: Iterable[Node]) -> str:
    group = list(nodes)
    return f"Node {group[0].number}" if len(group) == 1 else texts.plural(len(group), "node")

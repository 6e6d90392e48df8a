"""The verdict of the Nodes page: one sentence with state, time, cause and person; what it means; what cures it.

Words follow the mock-ups 01 to 04. Rule: never a cure that does not cure. When several things are wrong the node's own
last answer names the status (`key_rules`), the detail names the rest, and the cure is the step that must come first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kyok.domain import texts
from kyok.domain.cluster import InstanceState, NodeState, ReplicaState
from kyok.domain.cures import Cure, backups_left, restore_backup, way_back
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import NodeFacts, Standing, nodes_phrase
from kyok.domain.translation import noted, tr

TWO_ARE_ENOUGH = noted(
    "Two of three nodes are enough to create an instance. The third is made by itself once its key check passes."
)


_USABLE = (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY)
"""Key statuses with which a node may run."""


class Level(StrEnum):
    """How serious it is; picks edge colour and icon of the verdict."""

    SUCCESS = "success"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page says first. `status` gives the icon where the level alone would not."""

    level: Level
    sentence: str
    detail: str
    cure: Cure | None = None
    status: NodeKeyStatus = NodeKeyStatus.CONNECTED


def verdict(standing: Standing) -> Verdict:
    """The verdict on an instance at one moment."""
    found = _of_life_cycle(standing)
    if found is None:
        found = _of_nodes(standing)
    return replace(found, status=standing.worst, detail=" ".join(found.detail.split()))


def headline(standing: Standing) -> str:
    """State and key status in a few words, for the side navigation: `Running, key connected`."""
    if standing.instance_state is not InstanceState.ACTIVE:
        return standing.instance_state.word
    if any(node.state is NodeState.CREATING for node in standing.nodes) or not standing.nodes:
        return tr("Creating nodes")
    status, running = standing.worst, any(node.running for node in standing.nodes)
    words = {
        NodeKeyStatus.DEFAULT_KEY: tr("default key"),
        NodeKeyStatus.CONNECTED: tr("key connected"),
        NodeKeyStatus.DISABLED: tr("key disabled"),
        NodeKeyStatus.DELETED: tr("key deleted"),
    }.get(status, status.in_sentence)
    affected = standing.with_status(status)
    if running and affected and len(affected) < len(standing.nodes):
        words = f"{nodes_phrase(affected, standing).lower()} {status.in_sentence}"
    return tr("Running, {words}", words=words) if running else tr("Stopped, {words}", words=words)


def _of_life_cycle(standing: Standing) -> Verdict | None:
    state = standing.instance_state
    if state is InstanceState.FAILED:
        return Verdict(
            Level.ERROR,
            tr("Provisioning failed: {failure}.", failure=texts.clause(standing.failure) or tr("no reason was given")),
            tr("Nothing half-made remains: no node, no volume, no data key. Delete this instance and create it again."),
        )
    if state is InstanceState.PENDING_RECLAMATION:
        until = standing.restorable_until
        return Verdict(
            Level.WARNING,
            tr("This instance is deleted.")
            + (tr(" It can be restored until {until}.", until=texts.date_time(until)) if until else ""),
            tr("All nodes are disabled. Volumes and backups are kept until then."),
        )
    if state in (InstanceState.REMOVED, InstanceState.PENDING_REMOVAL):
        return Verdict(
            Level.INFO, tr("This instance was deleted for good."), tr("Its volumes, data key and backups are gone.")
        )
    creating = [node for node in standing.nodes if node.state is NodeState.CREATING]
    if not standing.nodes or len(creating) == len(standing.nodes) or state is not InstanceState.ACTIVE:
        ready = sum(node.running for node in standing.nodes)
        total = len(standing.nodes) or 3
        return Verdict(
            Level.INFO,
            tr("Creating the instance: {ready} of {total} nodes are ready.", ready=ready, total=total),
            tr("Each node gets its own volume in its own zone and unwraps the data key itself."),
        )
    return None


def _of_nodes(standing: Standing) -> Verdict:
    alone = _of_one_alone(standing)
    if alone is not None:
        return alone
    for status, judge in _JUDGES:
        nodes = standing.with_status(status)
        if nodes:
            found = judge(standing, nodes)
            return replace(found, detail=f"{found.detail} {_others(standing, nodes)}")
    return _all_well(standing)


def _all_well(standing: Standing) -> Verdict:
    everyone = nodes_phrase(standing.nodes, standing)
    key, hsm = standing.key, standing.hsm
    if key is None or hsm is None:
        return Verdict(
            Level.SUCCESS,
            tr("{everyone} run under the automatic disk encryption key.", everyone=everyone),
            tr("This instance was created without a root key of yours. A key can be chosen only at creation."),
        )
    last = max((node.last_passed_at for node in standing.nodes if node.last_passed_at), default=None)
    checked = tr(": the last key checks passed {last} UTC", last=texts.at(last, standing.now)) if last else ""
    detail = tr(
        "Root key {name} in {hsm_name} protects this instance. Every node checks its access to the key "
        "{check_interval}.",
        name=key.name,
        hsm_name=hsm.name,
        check_interval=texts.every(standing.check_interval),
    )
    if key.state is KeyState.DEACTIVATED:
        return Verdict(
            Level.WARNING,
            tr("{everyone} connected, but {name} has expired.", everyone=everyone, name=key.name),
            tr(
                "The nodes go on: an expired key still unwraps. It wraps nothing new, so no new instance and no "
                "restore can use it."
            ),
        )
    return Verdict(Level.SUCCESS, tr("{everyone} connected{checked}.", everyone=everyone, checked=checked), detail)


def _deleted(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    name, by = _key_name(standing), _by(standing.key.changed_by if standing.key else "")
    gone = standing.key is None or standing.key.state in (KeyState.DESTROYED, None)
    sentence = tr(
        "{stopped}: {name} was deleted{by}.", stopped=_stopped(standing, nodes), name=name, by=by if gone else ""
    )
    if standing.rule is DeletionRule.DISCARD or standing.data_key_destroyed:
        detail = tr("The data here cannot be read again. {backups_left}", backups_left=backups_left(standing))
        return Verdict(Level.ERROR, sentence, detail, restore_backup(standing))
    detail, cure = way_back(standing, NodeKeyStatus.DELETED)
    return Verdict(Level.ERROR, sentence, detail, cure)


def _not_authorized(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    facts, target = standing.authorization, standing.hsm.name if standing.hsm else tr("the key service")
    if facts is None or facts.in_force:
        cause = tr("{target} refused access ({http_status})", target=target, http_status=nodes[0].http_status or 401)
    elif facts.removed_by or facts.removed_at:
        cause = tr("the authorization was removed{by}", by=_by(facts.removed_by))
    else:
        cause = (
            tr("no authorization lets them use {target}", target=target)
            if len(nodes) > 1
            else tr("no authorization lets it use {target}", target=target)
        )
    detail, cure = way_back(standing, NodeKeyStatus.NOT_AUTHORIZED)
    return Verdict(Level.ERROR, f"{_stopped(standing, nodes)}: {cause}.", detail, cure)


def _disabled(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    key = standing.key
    by = _by(key.changed_by) if key and key.state is KeyState.SUSPENDED else ""
    detail, cure = way_back(standing, NodeKeyStatus.DISABLED)
    sentence = tr(
        "{stopped}: {key_name} was disabled{by}.",
        stopped=_stopped(standing, nodes),
        key_name=_key_name(standing),
        by=by,
    )
    return Verdict(Level.ERROR, sentence, detail, cure)


def _not_connected(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    graced = tuple(node for node in nodes if node.in_grace)
    group = graced or nodes
    cause = _unreachable_cause(standing, group)
    if graced:
        since = min((node.since for node in graced if node.since), default=None)
        moment = tr(" since {since}", since=texts.when(since, standing.now)) if since else ""
        sentence = tr(
            "{nodes_phrase} not connected{moment}: {cause}.",
            nodes_phrase=nodes_phrase(graced, standing),
            moment=moment,
            cause=cause,
        )
        way, cure = way_back(standing, NodeKeyStatus.NOT_CONNECTED)
        detail = f"{_unaffected(standing)} {_grace(standing, graced)} {way if cure else ''}"
        return Verdict(Level.WARNING, sentence, detail, cure)
    detail, cure = way_back(standing, NodeKeyStatus.NOT_CONNECTED)
    if all(node.state is NodeState.CREATING for node in nodes):
        detail = tr(TWO_ARE_ENOUGH)
    level = Level.WARNING if standing.well_nodes else Level.ERROR
    return Verdict(level, f"{_stopped(standing, nodes)}: {cause}.", f"{_unaffected(standing)} {detail}", cure)


def _checking(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    who, one = nodes_phrase(nodes, standing), len(nodes) == 1
    if any(node.state is NodeState.CREATING for node in nodes):
        created = tr("{who} is still being created.", who=who) if one else tr("{who} are still being created.", who=who)
        return Verdict(Level.INFO, created, tr("The database serves already."))
    starting = (
        tr("{who} is starting: the first key check is under way.", who=who)
        if one
        else tr("{who} are starting: the first key check is under way.", who=who)
    )
    return Verdict(Level.INFO, starting, tr("A node serves its data as soon as it has unwrapped the data key."))


def _stopped_otherwise(standing: Standing, nodes: tuple[NodeFacts, ...]) -> Verdict:
    returning = tuple(node for node in nodes if node.state is NodeState.RESTARTING)
    if returning:
        who, one = nodes_phrase(returning, standing), len(returning) == 1
        sentence = tr("{who} is restarting.", who=who) if one else tr("{who} are restarting.", who=who)
        return Verdict(Level.INFO, sentence, tr("The key can be used."))
    if any(node.state is NodeState.CREATING for node in nodes):
        return _checking(standing, nodes)
    failed = all(node.state is NodeState.FAILED for node in nodes)
    cause = texts.listed(sorted({node.message for node in nodes if node.message})) or tr("not because of its key")
    stopped = tr("{nodes} failed", nodes=nodes_phrase(nodes, standing)) if failed else _stopped(standing, nodes)
    level = Level.WARNING if standing.well_nodes else Level.ERROR
    rest = _going_on(standing) if standing.well_nodes else tr("No data is lost.")
    return Verdict(level, f"{stopped}: {cause}.", rest)


def _going_on(standing: Standing) -> str:
    """That the others serve the data, and who leads them now."""
    leader = next((node for node in standing.well_nodes if node.role is ReplicaState.PRIMARY), None)
    who = tr(" Node {number} is the primary.", number=leader.number) if leader is not None else ""
    return tr("The other nodes keep the database running.{who}", who=who)


_Judge = Callable[[Standing, tuple[NodeFacts, ...]], Verdict]
_JUDGES: tuple[tuple[NodeKeyStatus, _Judge], ...] = (
    (NodeKeyStatus.DELETED, _deleted),
    (NodeKeyStatus.NOT_AUTHORIZED, _not_authorized),
    (NodeKeyStatus.DISABLED, _disabled),
    (NodeKeyStatus.NOT_CONNECTED, _not_connected),
    (NodeKeyStatus.CHECKING, _checking),
    (NodeKeyStatus.CONNECTED, _stopped_otherwise),
    (NodeKeyStatus.DEFAULT_KEY, _stopped_otherwise),
)


def _stopped(standing: Standing, nodes: tuple[NodeFacts, ...]) -> str:
    if nodes and all(node.state is NodeState.CREATING for node in nodes):
        return (
            tr("{nodes_phrase} is still to be made", nodes_phrase=nodes_phrase(nodes, standing))
            if len(nodes) == 1
            else tr("{nodes_phrase} are still to be made", nodes_phrase=nodes_phrase(nodes, standing))
        )
    moments = [moment for node in nodes if (moment := node.stopped_at or node.since)]
    when = f" {texts.at(max(moments), standing.now)}" if moments else ""
    return tr("{nodes_phrase} stopped{when}", nodes_phrase=nodes_phrase(nodes, standing), when=when)


def _unreachable_cause(standing: Standing, nodes: tuple[NodeFacts, ...]) -> str:
    hsm = standing.hsm
    target = hsm.name if hsm else tr("the key service")
    if hsm is not None and not hsm.exists:
        return tr("{target} is deleted", target=target)
    if hsm is not None and not hsm.initialised:
        return tr("the crypto units of {target} are not initialized", target=target)
    message = texts.listed(sorted({node.message for node in nodes if node.message})) or tr("no answer")
    if len(nodes) == len(standing.nodes):
        return tr("no zone can reach {target} ({message})", target=target, message=message)
    return tr(
        "{nodes} cannot reach {target} ({message})",
        nodes=texts.listed([node.zone for node in nodes]),
        target=target,
        message=message,
    )


def _grace(standing: Standing, nodes: tuple[NodeFacts, ...]) -> str:
    deadline = min(node.grace_until for node in nodes if node.grace_until)
    who, one = nodes_phrase(nodes, standing), len(nodes) == 1
    grace, moment = texts.span_words(standing.grace), texts.at(deadline, standing.now)
    if one:
        noted_words = noted("{who} keeps running for {grace} of grace and stops {moment} unless a check passes first.")
    else:
        noted_words = noted("{who} keep running for {grace} of grace and stop {moment} unless a check passes first.")
    return tr(noted_words, who=who, grace=grace, moment=moment)


def _unaffected(standing: Standing) -> str:
    well = standing.well_nodes
    if not well:
        return ""
    return (
        tr("{nodes_phrase} is not affected.", nodes_phrase=nodes_phrase(well, standing))
        if len(well) == 1
        else tr("{nodes_phrase} are not affected.", nodes_phrase=nodes_phrase(well, standing))
    )


def _others(standing: Standing, named: tuple[NodeFacts, ...]) -> str:
    rest = [node for node in standing.nodes if node not in named and not node.well]
    groups: dict[str, list[NodeFacts]] = {}
    for node in rest:
        groups.setdefault(_what(node), []).append(node)
    words = []
    for what, group in groups.items():
        who = nodes_phrase(tuple(group), standing)
        words.append(
            tr("{nodes_phrase} is {what}.", nodes_phrase=who, what=what)
            if len(group) == 1
            else tr("{nodes_phrase} are {what}.", nodes_phrase=who, what=what)
        )
    return " ".join(words)


def _what(node: NodeFacts) -> str:
    """`not connected`; where the key is not the reason, `stopped: the machine is stopped`."""
    if node.status not in _USABLE:
        return node.status.in_sentence
    state = tr("restarting") if node.state is NodeState.RESTARTING else tr("stopped")
    return tr("{state}: {reason}", state=state, reason=texts.clause(node.message)) if node.message else state


def _of_one_alone(standing: Standing) -> Verdict | None:
    """One node could serve and waits for a second one, which a stopped machine keeps away, not a key alone."""
    waiting = [node for node in standing.nodes if node.state is NodeState.RESTARTING and node.status in _USABLE]
    others = tuple(node for node in standing.nodes if node not in waiting)
    down = [node for node in others if node.state in (NodeState.STOPPED, NodeState.FAILED)]
    by_machine = tuple(node for node in down if node.status in _USABLE)
    cut = tuple(node for node in down if node.status is NodeKeyStatus.NOT_CONNECTED)
    if len(waiting) != 1 or not by_machine or len(by_machine) + len(cut) != len(others) or len(others) == 1:
        return None
    since = max((node.stopped_at for node in others if node.stopped_at), default=None)
    sentence = tr(
        "The database stopped{when}: it needs two nodes, and only node {number} can run.",
        when=f" {texts.at(since, standing.now)}" if since else "",
        number=waiting[0].number,
    )
    why = [tr("No data is lost."), _others(standing, (waiting[0], *cut))]
    if cut:
        who, cause = nodes_phrase(cut, standing), _unreachable_cause(standing, cut)
        why.append(tr("{nodes} is not connected: {cause}.", nodes=who, cause=cause))
    why.append(tr("Node {number} serves again by itself once one of the others is back.", number=waiting[0].number))
    return Verdict(Level.ERROR, sentence, " ".join(why))


def _by(name: str) -> str:
    return tr(" by {name}", name=name) if name else ""


def _key_name(standing: Standing) -> str:
    return standing.key.name if standing.key else tr("the root key")


def stopped_since(standing: Standing) -> datetime | None:
    """When the last of the stopped nodes stopped; None while all run."""
    return max((node.stopped_at for node in standing.nodes if node.stopped_at), default=None)

"""Key health of an account: the words of one row for each database instance, which come first, and the summary.

Words follow the mock-ups 06 and 22. A row says the same as the instance's Nodes page, because both speak from a
`Standing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kyok.domain import texts
from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.key_rules import WK_NOT_INITIALIZED, WORST_FIRST, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import NodeFacts, Standing
from kyok.domain.translation import tr
from kyok.domain.verdict import Level

_SEALING = (NodeKeyStatus.DELETED, NodeKeyStatus.NOT_AUTHORIZED, NodeKeyStatus.DISABLED)
"""Key statuses that stop a node at once."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an instance is as it is, and what the last check said."""

    cause: str
    last_check: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The line above the table. `counts`: nodes by key status, the worst first, without those that nobody has."""

    level: Level
    sentence: str
    counts: tuple[tuple[NodeKeyStatus, int], ...]
    nodes: int


def expired(standing: Standing) -> bool:
    """Whether the root key is expired: nodes go on, but nothing new is wrapped."""
    return standing.key is not None and standing.key.state is KeyState.DEACTIVATED


def needs_attention(standing: Standing) -> bool:
    """Whether something is wrong with a key or a node. An instance that is being made needs none."""
    if standing.instance_state is InstanceState.FAILED:
        return True
    unwell = (node for node in standing.nodes if not node.well and node.state is not NodeState.CREATING)
    return any(unwell) or (expired(standing) and bool(standing.nodes))


def stopped(standing: Standing) -> bool:
    """Whether no node of the instance serves its data any more."""
    made = [node for node in standing.nodes if node.state is not NodeState.CREATING]
    return bool(made) and not any(node.running for node in standing.nodes)


def rank(standing: Standing) -> tuple[int, int, int]:
    """Worst first: by key status, then those that are stopped, then by how many nodes it concerns."""
    well = (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY)
    order = WORST_FIRST.index(standing.worst) * 2
    keyless = standing.worst in well or standing.instance_state is InstanceState.FAILED
    if keyless and needs_attention(standing):
        order = WORST_FIRST.index(NodeKeyStatus.NOT_CONNECTED) * 2 + 1
    unwell = sum(not node.well for node in standing.nodes)
    return order, 0 if stopped(standing) else 1, -unwell


def summary(standings: Iterable[Standing]) -> Summary:
    """What is wrong in the whole account, in one sentence and by counts."""
    every = list(standings)
    attention = [one for one in every if needs_attention(one)]
    halted = sum(stopped(one) for one in attention)
    nodes = [node for one in every for node in one.nodes]
    tally = [(status, sum(node.status is status for node in nodes)) for status in WORST_FIRST]
    counts = tuple(pair for pair in tally if pair[1])
    grave = halted or any(node.status in _SEALING for node in nodes)
    failed = any(one.instance_state is InstanceState.FAILED for one in attention)
    level = Level.SUCCESS
    if attention:
        level = Level.ERROR if grave or failed else Level.WARNING
    return Summary(level, _sentence(len(every), len(attention), halted), counts, len(nodes))


def _sentence(total: int, attention: int, halted: int) -> str:
    if not attention:
        return (
            tr("All {instances} can use their keys.", instances=texts.plural(total, "instance"))
            if total > 1
            else tr("The instance can use its key.")
        )
    instances, need = texts.plural(total, "instance"), f"{attention:,}"
    text = (
        tr("{count} of {instances} needs attention", count=need, instances=instances)
        if attention == 1
        else tr("{count} of {instances} need attention", count=need, instances=instances)
    )
    if not halted:
        return tr("{text}; none is stopped.", text=text)
    if halted == attention:
        return (
            tr("{text}; it is stopped.", text=text)
            if attention == 1
            else tr("{text}; all of them are stopped.", text=text)
        )
    return (
        tr("{text}; {halted} of them is stopped.", text=text, halted=f"{halted:,}")
        if halted == 1
        else tr("{text}; {halted} of them are stopped.", text=text, halted=f"{halted:,}")
    )


def key_words(standing: Standing) -> str:
    """`ledger-root v3`; the bare name of a key that is gone."""
    key = standing.key
    if key is None:
        return tr("None")
    gone = key.state in (KeyState.DESTROYED, None)
    return key.name if gone else f"{key.name} v{key.version}"


def key_state_words(standing: Standing) -> str:
    """`Active`, `Destroyed 14 Nov`, `Purged 03 Dec`, today without the day; `Random key` without a root key."""
    key = standing.key
    if key is None:
        return tr("Random key")
    today = key.changed_at is not None and key.changed_at.date() == standing.now.date()
    when = f" {_day(key.changed_at, standing.now)}" if key.changed_at and not today else ""
    if key.state is None:
        return tr("Purged{when}", when=when) if key.changed_at else tr("Unknown key")
    return f"{key.state.word}{when}" if key.state is KeyState.DESTROYED else key.state.word


def reason(standing: Standing) -> Reason:
    """Why, and what the last check said; an en dash where there is nothing to say."""
    return Reason(_cause(standing) or texts.EN_DASH, _last_check(standing))


def grace_ends(standing: Standing) -> datetime | None:
    """When the first of the nodes in their grace period stops; None when there is none."""
    return min((node.grace_until for node in standing.nodes if node.in_grace and node.grace_until), default=None)


def _cause(standing: Standing) -> str:
    if standing.instance_state is InstanceState.FAILED:
        return (
            tr("Failed: {failure}", failure=texts.clause(standing.failure))
            if standing.failure
            else tr("Provisioning failed")
        )
    if not standing.nodes or all(node.state is NodeState.CREATING for node in standing.nodes):
        return tr("Creating the nodes")
    if standing.worst in _CAUSES:
        return _CAUSES[standing.worst](standing)
    unwell = tuple(node for node in standing.nodes if not node.well)
    if unwell:
        return _stopped_otherwise(unwell)
    return tr("Key expired") if expired(standing) else ""


def _key_change(verb: str, standing: Standing) -> str:
    key = standing.key
    return _done(verb, key.changed_by, key.changed_at, standing.now) if key is not None else verb


def _no_access(standing: Standing) -> str:
    facts = standing.authorization
    if facts is None or facts.in_force:
        return tr("Access refused")
    if facts.removed_at is None:
        return tr("Never authorized")
    return _done(tr("Removed"), facts.removed_by, facts.removed_at, standing.now)


def _unreachable(standing: Standing) -> str:
    nodes, hsm = standing.with_status(NodeKeyStatus.NOT_CONNECTED), standing.hsm
    if hsm is not None and not hsm.exists:
        return tr("{name} is deleted", name=hsm.name)
    if (hsm is not None and not hsm.initialised) or any(node.code == WK_NOT_INITIALIZED for node in nodes):
        return tr("Crypto units not initialized")
    if len(nodes) == len(standing.nodes):
        return tr("No path to {name}", name=hsm.name) if hsm is not None else tr("No path to the key")
    return tr("No path from {nodes}", nodes=texts.listed([node.zone for node in nodes]))


_CAUSES: dict[NodeKeyStatus, Callable[[Standing], str]] = {
    NodeKeyStatus.DELETED: lambda standing: _key_change(tr("Deleted"), standing),
    NodeKeyStatus.DISABLED: lambda standing: _key_change(tr("Disabled"), standing),
    NodeKeyStatus.NOT_AUTHORIZED: _no_access,
    NodeKeyStatus.NOT_CONNECTED: _unreachable,
    NodeKeyStatus.CHECKING: lambda standing: tr("First key check under way"),
}
"""What to say of an instance whose worst node has this key status."""


def _stopped_otherwise(nodes: tuple[NodeFacts, ...]) -> str:
    numbers = texts.listed([str(node.number) for node in nodes])
    word = tr("restarting") if all(node.state is NodeState.RESTARTING for node in nodes) else tr("stopped")
    if all(node.state is NodeState.CREATING for node in nodes):
        word = tr("being created")
    return (
        tr("Node {numbers} {word}", numbers=numbers, word=word)
        if len(nodes) == 1
        else tr("Nodes {numbers} {word}", numbers=numbers, word=word)
    )


def _last_check(standing: Standing) -> str:
    if standing.key is None:
        return tr("Not checked")
    deadline = grace_ends(standing)
    if deadline is not None:
        return tr("Stops {deadline} at the latest", deadline=texts.when(deadline, standing.now))
    unwell = standing.with_status(standing.worst) or standing.nodes
    if standing.data_key_destroyed:
        since = max((node.since for node in unwell if node.since), default=None)
        return tr("Checks ended {day}", day=_day(since, standing.now)) if since else tr("Checks ended")
    checked = max((node.last_check_at for node in unwell if node.last_check_at), default=None)
    if checked is None:
        return tr("No check yet")
    moment = texts.when(checked, standing.now)
    if standing.worst is NodeKeyStatus.CONNECTED:
        return tr("{moment} passed", moment=moment)
    status = next((node.http_status for node in unwell if node.http_status), None)
    if status is None:
        return tr("{moment} no answer", moment=moment)
    return (
        tr("{moment} denied ({status})", moment=moment, status=status)
        if standing.worst in _SEALING
        else tr("{moment} failed ({status})", moment=moment, status=status)
    )


def _done(verb: str, by: str, at: datetime | None, now: datetime) -> str:
    """`Deleted by ben@, 14 Nov`, today `Disabled by anna@ at 09:12`."""
    who = tr(" by {by}@", by=texts.person(by)) if "@" in by else tr(" by {by}", by=by) if by else ""
    if at is None:
        return f"{verb}{who}"
    if at.date() == now.date():
        return tr("{verb}{who} at {at}", verb=verb, who=who, at=texts.time(at))
    return f"{verb}{who}, {_day(at, now)}"


def _day(moment: datetime, now: datetime) -> str:
    """`14 Nov`; with the year when it is not this one; today's time today."""
    if moment.date() == now.date():
        return texts.time(moment)
    return f"{moment:%d %b}" if moment.year == now.year else f"{moment:%d %b %Y}"

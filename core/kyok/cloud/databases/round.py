"""One round of an instance: answers of the key service in, open and closed nodes out.

A `Round` holds what was read, what the agents heard, and what became of it. It changes records and volumes in memory;
writing them down is `outcome`'s work, so that a denied node is sealed before anything waits for a disk.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from kyok.cloud.databases.driver import NodeDriver, NodeRef, Settled
from kyok.cloud.databases.errors import DiskRefused, VolumeDamaged
from kyok.cloud.databases.key_client import Unwrapped
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.world import World
from kyok.domain.cluster import NodeState, ReplicaState
from kyok.domain.key_rules import AnswerKind, DeletionRule, KeyStanding, NodeKeyStatus, after_check, after_grace
from kyok.secrets import wipe

MACHINE_STOPPED = "the machine is stopped"
WAITING = "waits for a second node to confirm what it holds"


@dataclass(slots=True)
class Round:
    """See the module. `force`: every node is checked, due or not."""

    database: Database
    nodes: list[Node]
    force: bool = False
    answers: dict[int, Unwrapped] = field(default_factory=dict)
    before: dict[int, Node] = field(default_factory=dict)
    settled: Settled = field(default_factory=lambda: Settled(None))
    discarded: bool = False
    made: list[int] = field(default_factory=list)
    """Nodes whose volume was made (again) from the primary's rows."""
    damaged: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = {node.number: replace(node) for node in self.nodes}

    @property
    def guid(self) -> str:
        """The instance."""
        return self.database.guid

    def due(self, node: Node, now: datetime) -> bool:
        """Whether this node's agent asks the key service now."""
        if not self.database.living or not self.database.uses_kms or node.standing.final:
            return False
        return self.force or node.next_check_at is None or node.next_check_at <= now

    def unaware(self, now: datetime) -> bool:
        """Whether the key changed and the nodes have yet to learn of it."""
        learns_at = self.database.learns_at
        return learns_at is not None and now < learns_at

    def hear(self, world: World, now: datetime) -> None:
        """Takes the answers into each node's standing; learns that the root key is deleted."""
        for node in self.nodes:
            heard = self.answers.get(node.number)
            if heard is None:
                node.standing = after_grace(node.standing, now)
            elif self.database.uses_kms:
                self._note(node, heard, world, now)
        self._discard(world, now)

    def act(self, driver: NodeDriver, world: World, now: datetime) -> None:
        """Closes what must not be open, opens what may be, elects, and writes the states into the records."""
        try:
            self._close(driver, world)
            self._open(driver, world)
            self.settled = self._settle(driver)
            if self.settled.primary is not None and self._make(driver, world):
                self.settled = self._settle(driver)
        finally:
            self._wipe()
        self._judge(driver, world, now)

    @property
    def changed(self) -> bool:
        """Whether anything but times differs from what was read."""
        return self.discarded or any(_visible(node) != _visible(self.before[node.number]) for node in self.nodes)

    @property
    def rotated(self) -> Unwrapped | None:
        """An answer that shows that the root key has a newer version than the one that wraps the data key."""
        for heard in self.answers.values():
            if heard.answer.kind is AnswerKind.PASSED and heard.newest and heard.newest != heard.version:
                return heard
        return None

    def running(self) -> list[Node]:
        """The nodes that serve the data."""
        return [node for node in self.nodes if node.running]

    def _note(self, node: Node, heard: Unwrapped, world: World, now: datetime) -> None:
        node.standing = after_check(node.standing, heard.answer, now, grace=world.grace, rule=world.rule)
        node.checked_at = now
        node.next_check_at = None if node.standing.final else self._next_check(now, world)
        if heard.answer.kind is AnswerKind.PASSED:
            node.passed_at = now
            node.latency_ms = heard.latency_ms
        else:
            node.latency_ms = None

    def _next_check(self, now: datetime, world: World) -> datetime:
        """The next one by the interval, or when the node learns of a change, if that is sooner."""
        learns_at = self.database.learns_at
        by_interval = now + world.check_interval
        return min(by_interval, learns_at) if learns_at is not None and learns_at > now else by_interval

    def _discard(self, world: World, now: datetime) -> None:
        """The wrapped data key is destroyed as soon as one node learns that the root key is gone: for all nodes."""
        if world.rule is not DeletionRule.DISCARD or self.database.data_lost_at is not None:
            return
        told = next((node for node in self.nodes if node.standing.final), None)
        if told is None:
            return
        self.discarded = True
        for node in self.nodes:
            if not node.standing.final:
                node.standing = KeyStanding(
                    NodeKeyStatus.DELETED, now, sealed=True, final=True, answer=told.standing.answer
                )
            node.next_check_at = None

    def _may_run(self, node: Node, world: World) -> bool:
        return self.database.living and not node.standing.sealed and not world.stopped(self.guid, node.number)

    def _close(self, driver: NodeDriver, world: World) -> None:
        closed = [node.number for node in self.nodes if not self._may_run(node, world)]
        if closed:
            driver.close(self.guid, closed)

    def _open(self, driver: NodeDriver, world: World) -> None:
        for node in self.nodes:
            heard = self.answers.get(node.number)
            if heard is None or heard.dek is None or not self._may_run(node, world):
                continue
            if node.state is NodeState.CREATING:
                continue
            try:
                driver.open(NodeRef(self.guid, node.number), bytearray(heard.dek))
            except VolumeDamaged as error:
                self.damaged[node.number] = error.summary

    def _make(self, driver: NodeDriver, world: World) -> bool:
        """Makes volumes for nodes that have none or a damaged one; they then take over the primary's rows."""
        for node in self.nodes:
            heard = self.answers.get(node.number)
            if heard is None or heard.dek is None or not self._may_run(node, world):
                continue
            if node.state is not NodeState.CREATING and node.number not in self.damaged:
                continue
            try:
                driver.create(NodeRef(self.guid, node.number), bytearray(heard.dek))
            except DiskRefused as error:
                self.damaged[node.number] = error.summary
                continue
            self.damaged.pop(node.number, None)
            self.made.append(node.number)
        return bool(self.made)

    def _settle(self, driver: NodeDriver) -> Settled:
        preferred = next((node.number for node in self.nodes if node.role is ReplicaState.PRIMARY), None)
        try:
            settled = driver.settle(self.guid, preferred)
        except DiskRefused as error:
            for number in driver.close(self.guid, [node.number for node in self.nodes]):
                self.damaged[number] = error.summary
            return Settled(None)
        self.damaged.update(settled.failed)
        return settled

    def _wipe(self) -> None:
        for heard in self.answers.values():
            if heard.dek is not None:
                wipe(heard.dek)
                heard.dek = None

    def _judge(self, driver: NodeDriver, world: World, now: datetime) -> None:
        for node in self.nodes:
            state, reason = self._state(node, driver, world)
            opened = driver.is_open(NodeRef(self.guid, node.number))
            node.opened_at = (node.opened_at or now) if opened else None
            if state is NodeState.RUNNING:
                node.stopped_at = None
            elif state is not NodeState.CREATING and node.stopped_at is None:
                node.stopped_at = now
            if (state, reason) != (node.state, node.reason):
                node.updated_at = now
            node.state, node.reason = state, reason
            if self.settled.primary is not None:
                is_primary = self.settled.primary == node.number
                node.role = ReplicaState.PRIMARY if is_primary else ReplicaState.SECONDARY

    def _state(self, node: Node, driver: NodeDriver, world: World) -> tuple[NodeState, str]:
        opened = driver.is_open(NodeRef(self.guid, node.number))
        if opened and node.number in self.settled.starting:
            return NodeState.RESTARTING, self.settled.starting[node.number]
        if opened and node.number not in self.settled.failed:
            grace = node.standing.answer.message if node.standing.grace_until and node.standing.answer else ""
            if self.settled.primary is not None:
                return NodeState.RUNNING, grace
            return NodeState.RESTARTING, WAITING
        if node.state is NodeState.CREATING:
            return NodeState.CREATING, self._key_words(node)
        if world.stopped(self.guid, node.number):
            return NodeState.STOPPED, MACHINE_STOPPED
        if node.number in self.damaged:
            return NodeState.FAILED, self.damaged[node.number].rstrip(".")
        if node.standing.sealed:
            return NodeState.STOPPED, self._key_words(node)
        return NodeState.RESTARTING, ""

    @staticmethod
    def _key_words(node: Node) -> str:
        return node.standing.answer.message if node.standing.answer else ""


def _visible(node: Node) -> tuple[object, ...]:
    standing = node.standing
    return (node.state, node.role, node.reason, standing.status, standing.grace_until, standing.final)

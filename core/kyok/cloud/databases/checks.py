"""Key checks of many instances at once: every node's agent asks, denied nodes are sealed, passed ones run.

Denied answers seal before anything is written down; the events follow in one transaction for all (DESIGN.md 2 "Rules
of the key").
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from kyok.clock import Clock
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import events, outcome, records, vault
from kyok.cloud.databases.driver import NodeDriver, NodeRef
from kyok.cloud.databases.key_client import KeyClient, KeyUse, Unwrapped
from kyok.cloud.databases.key_errors import TIMED_OUT
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.round import Round
from kyok.cloud.databases.world import World
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_rules import Answer, AnswerKind

log = logging.getLogger(__name__)

ASKED_AT_ONCE = 20
"""Instances whose agents ask together: enough to share commits, few enough to seal the first ones soon."""


class KeyChecks:
    """The key agents of every node."""

    def __init__(
        self,
        store: Store,
        driver: NodeDriver,
        keys: KeyClient,
        hsm: vault.ServiceHsm,
        activity: Activity,
        clock: Clock,
    ) -> None:
        self._store = store
        self._driver = driver
        self._keys = keys
        self._hsm = hsm
        self._activity = activity
        self._clock = clock

    def run(self, rounds: Sequence[Round], world: World) -> None:
        """Checks what is due, acts on the answers and writes both down.

        A group is asked and sealed after the other; nothing is written down before the last one is sealed.
        """
        with self._store.read() as reader:
            since = outcome.latest_event(reader)
        for group in _groups(rounds):
            self._check(group, world)
        for group in _groups(rounds):
            self._keep(group, since)

    def _check(self, rounds: Sequence[Round], world: World) -> None:
        now = self._clock.now()
        self._ask(rounds, world, now)
        for each in rounds:
            each.hear(world, now)
            each.act(self._driver, world, now)

    def _keep(self, rounds: Sequence[Round], since: int) -> None:
        written = [each for each in rounds if each.answers or each.changed]
        if written:
            self._store.writer.perform(lambda tx: self._write(tx, written, since))
        for each in rounds:
            if each.rotated is not None and each.database.living:
                self._rewrap(each.database)

    def _write(self, tx: Transaction, rounds: Sequence[Round], since: int) -> None:
        for each in rounds:
            outcome.write(tx, each, self._activity, since)

    def _ask(self, rounds: Sequence[Round], world: World, now: datetime) -> None:
        asked: list[tuple[Round, Node]] = []
        uses: list[KeyUse] = []
        for each in rounds:
            for node in each.nodes:
                if not each.database.uses_kms:
                    self._default_key(each, node, world)
                elif each.due(node, now) and each.database.wrapped_key is not None:
                    as_before = self._as_before(each, node) if each.unaware(now) else None
                    if world.cut(node.zone, each.database.kms_guid):
                        each.answers[node.number] = Unwrapped(TIMED_OUT, 0, "")
                    elif as_before is not None:
                        each.answers[node.number] = as_before
                    else:
                        asked.append((each, node))
                        uses.append(self.use_of(each.database, node))
        if uses:
            for (each, node), answer in zip(asked, self._keys.unwrap(uses), strict=True):
                each.answers[node.number] = answer

    def _as_before(self, each: Round, node: Node) -> Unwrapped | None:
        """The answer that the node heard last; None when it must ask: it has none, or starts and needs its key."""
        answer = node.standing.answer
        starts = not self._driver.is_open(NodeRef(each.guid, node.number))
        if answer is None or answer.kind is AnswerKind.UNREACHABLE or (answer.kind is AnswerKind.PASSED and starts):
            return None
        return Unwrapped(answer, node.latency_ms or 0, "")

    @staticmethod
    def use_of(database: Database, node: Node) -> KeyUse:
        """What a node's agent asks the key service for."""
        return KeyUse(
            database.crn,
            database.kms_guid,
            database.kms_key or "",
            database.wrapped_key or "",
            events.agent_name(node.name),
        )

    def _default_key(self, each: Round, node: Node, world: World) -> None:
        """A node under the service's own key unwraps its data key when it starts; nothing is checked later."""
        database = each.database
        if not database.living or world.stopped(each.guid, node.number):
            return
        if self._driver.is_open(NodeRef(each.guid, node.number)) or database.wrapped_key is None:
            return
        with self._store.read() as reader:
            key = vault.find(reader, each.guid, vault.VOLUME)
        if key is None:
            log.error("instance %s has lost its service key", each.guid)
            return
        dek = self._hsm.unwrap(key, database.wrapped_key, (str(database.crn),))
        each.answers[node.number] = Unwrapped(Answer(AnswerKind.PASSED, 200), 0, "", dek=dek)

    def _rewrap(self, database: Database) -> None:
        """Has the data key wrapped by the newest version of the root key; nodes are not touched."""
        use = KeyUse(database.crn, database.kms_guid, database.kms_key or "", database.wrapped_key or "", events.AGENT)
        wrapped = self._keys.rewrap(use)
        if wrapped.answer.kind is not AnswerKind.PASSED:
            log.info("instance %s could not rewrap its data key: %s", database.guid, wrapped.answer.message)
            return

        def keep(tx: Transaction) -> bool:
            present = records.find(tx, database.guid)
            if present is None or present.wrapped_key != database.wrapped_key:
                return False  # it was destroyed, or rewrapped, meanwhile
            records.set_database(
                tx,
                database.guid,
                wrapped_key=wrapped.ciphertext,
                wrapped_version=wrapped.version,
                wrapped_at=milliseconds(tx.now),
            )
            return True

        if self._store.writer.perform(keep):
            told = self._keys.registered_version(database.crn, database.kms_guid, use.key_id, wrapped.version)
            if told.kind is not AnswerKind.PASSED:
                log.info("instance %s could not renew its registration: %s", database.guid, told.message)


def _groups(rounds: Sequence[Round]) -> list[Sequence[Round]]:
    return [rounds[start : start + ASKED_AT_ONCE] for start in range(0, len(rounds), ASKED_AT_ONCE)]

"""Makes an instance: a data key under the root key, a registration, three volumes, and the rows of a backup if asked.

Every step may be met by a crash. Until the last transaction the cluster is CREATING and whatever lies on disk or in the
service's key table for it is worthless; so an attempt starts by removing that, and a failure ends by removing it.
"""

import logging
import threading
from dataclasses import dataclass

from kyok.clock import Clock
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import events, instances, making, outcome, records, tasks, vault
from kyok.cloud.databases.checks import KeyChecks
from kyok.cloud.databases.driver import ClusterSpec, NodeDriver, NodeRef
from kyok.cloud.databases.errors import KeyUnusable, NodesFailed, NotMadeAnyMore
from kyok.cloud.databases.failures import failure_sentence
from kyok.cloud.databases.key_client import KeyClient, Unwrapped, Wrapped
from kyok.cloud.databases.key_errors import TIMED_OUT
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.restoring import Restoring
from kyok.cloud.databases.round import Round
from kyok.cloud.databases.simulated import QUORUM
from kyok.cloud.databases.world import World
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import ClusterState, NodeState, TaskType
from kyok.domain.key_rules import Answer, AnswerKind
from kyok.errors import KyokError
from kyok.randomness import Randomness
from kyok.secrets import wipe

log = logging.getLogger(__name__)


@dataclass(slots=True)
class DataKey:
    """The wrapped data key of an instance that is being made, and the service keys that go with it."""

    ciphertext: str
    version: str | None
    volume_key: vault.ServiceKey | None


class Provisioning:
    """Creates clusters, one at a time, on the reconciler's thread."""

    def __init__(
        self,
        store: Store,
        driver: NodeDriver,
        keys: KeyClient,
        hsm: vault.ServiceHsm,
        activity: Activity,
        randomness: Randomness,
        clock: Clock,
        restoring: Restoring,
        stopping: threading.Event,
    ) -> None:
        self._store = store
        self._driver = driver
        self._keys = keys
        self._hsm = hsm
        self._activity = activity
        self._randomness = randomness
        self._clock = clock
        self._restoring = restoring
        self._stopping = stopping

    def run(self, guid: str, world: World) -> bool:
        """Makes the instance, or records why it could not be made; True when it serves.

        Nothing is touched when it is not to be made any more: it may serve, or be deleted.
        """
        begun = self._store.writer.perform(lambda tx: making.begin_again(tx, guid, self._randomness))
        if begun is None:
            return False
        of, nodes = begun
        self._driver.destroy(guid)
        try:
            data_key = self._make_data_key(of)
            done = self._bring_up(of, nodes, data_key, world)
        except KyokError as error:
            if self._stopping.is_set():
                log.info("instance %s is made at the next start: the cloud stops", of.guid)
            else:
                self._give_up(of, error)
            return False
        served: bool = self._store.writer.perform(lambda tx: self._served(tx, of, data_key, done))
        if not served:
            self._driver.destroy(of.guid)  # it was deleted while it was being made
        return served

    def _make_data_key(self, of: Database) -> DataKey:
        if not of.uses_kms:
            volume_key = self._store.writer.perform(lambda tx: self._keep_volume_key(tx, of))
            envelope, dek = self._hsm.wrap(volume_key, (str(of.crn),))
            wipe(dek)
            return DataKey(envelope, None, volume_key)
        if not of.kms_guid:
            raise KeyUnusable("The root key could not be used: the KMS instance is not named by its CRN.")
        wrapped = self._wrap(of)
        self._store.writer.perform(lambda tx: self._registering(tx, of))
        registered = self._keys.register(of.crn, of.kms_guid, of.kms_key or "")
        if registered.kind is not AnswerKind.PASSED:
            raise KeyUnusable(failure_sentence(registered, of.kms_key or "", "The key could not be registered"))
        return DataKey(wrapped.ciphertext, wrapped.version, None)

    def _keep_volume_key(self, tx: Transaction, of: Database) -> vault.ServiceKey:
        """Raises `NotMadeAnyMore`: else the key would outlive an instance that was deleted meanwhile."""
        _require_making(tx, of.guid)
        return self._keep_new(tx, of, vault.VOLUME)

    def _keep_new(self, tx: Transaction, of: Database, purpose: str) -> vault.ServiceKey:
        """Makes a service key in the unit of work that stores it.

        A purge changes the storage epoch of the provider's HSM and moves the keys that are stored then: one that was
        made before and stored after it would be lost.
        """
        made = self._hsm.make(of.guid, purpose)
        vault.keep(tx, made)
        return made

    @staticmethod
    def _registering(tx: Transaction, of: Database) -> None:
        """Notes that there may be a registration from now on, for whoever takes this attempt back.

        Raises `NotMadeAnyMore`: what is gone is not registered.
        """
        _require_making(tx, of.guid)
        of.document = records.set_document(tx, of.guid, registering=True)

    def _wrap(self, of: Database) -> Wrapped:
        wrapped = self._keys.wrap(of.crn, of.kms_guid, of.kms_key or "")
        if wrapped.answer.kind is not AnswerKind.PASSED:
            raise KeyUnusable(failure_sentence(wrapped.answer, of.kms_key or "", "The root key could not be used"))
        return wrapped

    def _bring_up(self, of: Database, nodes: list[Node], data_key: DataKey, world: World) -> Round:
        """Each agent unwraps for itself; two of three nodes are enough, the third follows later (dbaas.md 6)."""
        of.wrapped_key = data_key.ciphertext
        of.state = ClusterState.PROVISIONED
        done = Round(of, nodes, force=True)
        self._unwrap(done, data_key, world)
        now = self._clock.now()
        made = []
        try:
            done.hear(world, now)
            if self._stopping.is_set():
                raise NodesFailed("The cloud stops.")
            self._driver.prepare(of.guid, self._spec(of))
            for node in nodes:
                heard = done.answers[node.number]
                if heard.dek is None or world.stopped(of.guid, node.number):
                    continue
                self._driver.create(NodeRef(of.guid, node.number), bytearray(heard.dek))
                node.state = NodeState.RESTARTING
                made.append(node.number)
            if len(made) < QUORUM:
                raise KeyUnusable(self._too_few(done, made))
        finally:
            self._forget(done)
        self._restoring.fill(of)
        served = self._driver.wait_until_served(of.guid, len(made))
        done.act(self._driver, world, now)
        if done.settled.primary is None or len(done.running()) < QUORUM:
            reasons = [*served.failed.values(), *served.starting.values()]
            raise NodesFailed(f"The nodes could not be started: {reasons[0]}." if reasons else None)
        return done

    @staticmethod
    def _spec(of: Database) -> ClusterSpec:
        return ClusterSpec(of.admin_name, str(of.document.get("verifier", "")), seeded="restore" in of.document)

    def _unwrap(self, done: Round, data_key: DataKey, world: World) -> None:
        of = done.database
        if data_key.volume_key is not None:
            for node in done.nodes:
                dek = self._hsm.unwrap(data_key.volume_key, data_key.ciphertext, (str(of.crn),))
                done.answers[node.number] = Unwrapped(Answer(AnswerKind.PASSED, 200), 0, "", dek=dek)
            return
        reached = []
        for node in done.nodes:
            if world.cut(node.zone, of.kms_guid):
                done.answers[node.number] = Unwrapped(TIMED_OUT, 0, "")
            else:
                reached.append(node)
        heard = self._keys.unwrap([KeyChecks.use_of(of, node) for node in reached])
        done.answers.update({node.number: answer for node, answer in zip(reached, heard, strict=True)})

    @staticmethod
    def _forget(done: Round) -> None:
        for heard in done.answers.values():
            if heard.dek is not None:
                wipe(heard.dek)
                heard.dek = None

    @staticmethod
    def _too_few(done: Round, made: list[int]) -> str:
        words = {
            heard.answer.message
            for number, heard in done.answers.items()
            if number not in made and heard.answer.message
        }
        cause = f": {', '.join(sorted(words))}" if words else ""
        return f"Only {len(made)} of {len(done.nodes)} nodes could be created{cause}."

    def _served(self, tx: Transaction, of: Database, data_key: DataKey, done: Round) -> bool:
        """The last transaction: from here on the instance exists."""
        if not _is_being_made(tx, of.guid):
            return False
        self._keep_new(tx, of, vault.BACKUP)
        records.save_nodes(tx, done.nodes)
        outcome.count_checks(tx, done)
        records.set_database(
            tx,
            of.guid,
            state=ClusterState.PROVISIONED.value,
            reason="",
            wrapped_key=data_key.ciphertext,
            wrapped_version=data_key.version,
            wrapped_at=milliseconds(tx.now),
        )
        instances.finished(tx, of.guid)
        states = [{"id": node.id, "state": node.state.value, "reason": node.reason} for node in done.nodes]
        self._end_task(tx, of, "", {"nodes": states})
        self._restoring.verified(tx, of)
        caller = events.broker(of.account)
        running = [node.number for node in done.running()]
        events.record(self._activity, tx, of, events.CLUSTER_CREATE, caller=caller, data={"nodes": running})
        return True

    def _give_up(self, of: Database, error: KyokError) -> None:
        """Takes back whatever was made, then says why."""
        log.info("instance %s could not be created: %s", of.guid, error.summary)
        self._driver.destroy(of.guid)
        self._unregister(of)

        def failed(tx: Transaction) -> None:
            if not _is_being_made(tx, of.guid):
                return
            records.remove_nodes(tx, of.guid)
            vault.forget(tx, of.guid)
            records.set_database(tx, of.guid, state=ClusterState.FAILED.value, reason=error.summary, wrapped_key=None)
            instances.finished(tx, of.guid, failure=error.summary)
            self._end_task(tx, of, error.summary)
            self._restoring.failed(tx, of, error.summary)
            events.record(
                self._activity,
                tx,
                of,
                events.CLUSTER_CREATE,
                caller=events.broker(of.account),
                outcome="failure",
                status=424,
                reason=error.summary,
            )

        self._store.writer.perform(failed)

    def _unregister(self, of: Database) -> None:
        if not of.document.get("registering"):
            return
        answer = self._keys.deregister(of.crn, of.kms_guid, of.kms_key or "")
        if answer.kind is not AnswerKind.PASSED:
            log.debug("instance %s has no registration to remove: %s", of.guid, answer.message)

    @staticmethod
    def _end_task(tx: Transaction, of: Database, failure: str, document: dict[str, object] | None = None) -> None:
        task = tasks.running(tx, of.guid, TaskType.PROVISION)
        if task is not None:
            tasks.finish(tx, task, failure=failure, document=document)


def _is_being_made(tx: Transaction, guid: str) -> bool:
    """Whether the instance is still to be made: it may have been deleted meanwhile, or taken by a reset."""
    present = records.find(tx, guid)
    return present is not None and present.state is ClusterState.CREATING


def _require_making(tx: Transaction, guid: str) -> None:
    if not _is_being_made(tx, guid):
        raise NotMadeAnyMore()

"""The database service as the wire and the resource controller see it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select

from kyok.clock import Clock
from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import backups, events, records, restoring, tasks, vault
from kyok.cloud.databases.backup_keeper import BackupKeeper
from kyok.cloud.databases.backups import BackupFiles
from kyok.cloud.databases.changes import Changes, parameters_of
from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import NodeDriver, NodeRef
from kyok.cloud.databases.errors import (
    DatabaseNotFound,
    NodeNotFound,
    NodeNotRunning,
    NotServing,
    TaskRunning,
)
from kyok.cloud.databases.exchange import Exchange
from kyok.cloud.databases.jobs import Jobs
from kyok.cloud.databases.lifecycle import Lifecycle
from kyok.cloud.databases.log_files import LogFiles
from kyok.cloud.databases.reconciler import Reconciler
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.rowset import Figures, SampleRow, sample_rows
from kyok.cloud.databases.simulated import SimulatedDriver
from kyok.cloud.databases.workshop import Workshop, key_client
from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import instance
from kyok.domain.cluster import BackupType, ClusterState, NodeState, TaskType
from kyok.domain.crn import Crn
from kyok.domain.services import Plan
from kyok.hsm import Hsm
from kyok.paths import Home
from kyok.randomness import Randomness

log = logging.getLogger(__name__)


class Deciding(Protocol):
    """The one decision function."""

    def require(self, reader: Reader, caller: Caller, action: str, target: Crn) -> None:
        """Raises when the caller may not do it."""


@dataclass(frozen=True, slots=True)
class Added:
    """The answer to an insertion: what the opened volumes hold now, and on which nodes."""

    added: int
    figures: Figures
    nodes: tuple[int, ...]


class DatabaseService:
    """Clusters, their nodes, backups and rows."""

    def __init__(
        self,
        *,
        store: Store,
        home: Home,
        hsm: Hsm,
        decisions: Deciding,
        activity: Activity,
        randomness: Randomness,
        clock: Clock,
        driver: NodeDriver | None = None,
        service_hsm: vault.ServiceHsm | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._activity = activity
        self._randomness = randomness
        self._hsm = service_hsm or vault.ProviderHsm(hsm)
        self.decisions = decisions
        self.driver = driver or SimulatedDriver(home.databases)
        self.files = BackupFiles(home.databases, Disk(), self._hsm)
        self.lifecycle = Lifecycle(activity, randomness)
        self.logs = LogFiles(self.driver, activity)
        self._changes = Changes(store, self.driver, activity, randomness)
        self._keeper = BackupKeeper(store, self.driver, self.files, activity, randomness)
        self._nudge: Callable[[str, bool], None] = _nobody_listens

    def reconciler(
        self,
        exchange: Exchange,
        credential: Callable[[], str],
        *,
        chores: Sequence[Callable[[], object]] = (),
        jobs: Jobs | None = None,
    ) -> Reconciler:
        """The reconciler of this service, which reaches the other services through `exchange`.

        `credential` gives the access token with which the service asks IAM for tokens of its instances. `chores` run
        every 30 seconds of the service clock and whenever it is turned.
        """
        workshop = Workshop(
            store=self._store,
            driver=self.driver,
            files=self.files,
            hsm=self._hsm,
            keys=key_client(exchange, credential),
            activity=self._activity,
            randomness=self._randomness,
            clock=self._clock,
        )
        made = Reconciler(workshop, chores=chores, jobs=jobs)
        self._nudge = lambda guid, force: made.agenda.nudge(guid, force=force)
        return made

    # Of the resource controller ---------------------------------------------------------------------------------------

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> str:
        """Makes the record of a new instance, inside the resource controller's transaction; returns its task's id.

        Raises:
            ParametersRefused: nothing can be made from these parameters.
        """
        task_id = self.lifecycle.created(tx, guid, account, parameters, plan)
        self._after(tx, guid)
        return task_id

    def deleted(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is pending reclamation."""
        self.lifecycle.deleted(tx, guid, caller)
        self._after(tx, guid)

    def restored(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is back from reclamation."""
        self.lifecycle.restored(tx, guid, caller)
        self._after(tx, guid, force=True)

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance is gone for good."""
        self.lifecycle.reclaimed(tx, guid, caller)
        self._after(tx, guid)

    # Of clients -------------------------------------------------------------------------------------------------------

    def known(self, reader: Reader, account: str, guid: str) -> Database:
        """A cluster of the account, in whatever state, removed ones too.

        Raises:
            DatabaseNotFound: never known here.
        """
        of = records.find(reader, guid)
        if of is None or of.account != account:
            raise DatabaseNotFound()
        return of

    def cluster(self, reader: Reader, caller: Caller, account: str, guid: str, action: str) -> Database:
        """A cluster that API v3 still shows, once the caller may do `action` with it.

        Raises:
            DatabaseNotFound: unknown, deleted or of another account. NotAuthorized.
        """
        of = self.known(reader, account, guid)
        self.decisions.require(reader, caller, f"{of.crn.service}.{action}", of.crn)
        if of.state in (ClusterState.DISABLED, ClusterState.DELETED):
            raise DatabaseNotFound()
        return of

    def node(self, reader: Reader, caller: Caller, account: str, node_id: str, action: str) -> tuple[Database, Node]:
        """A node with its cluster, once the caller may do `action` with that.

        Raises:
            NodeNotFound: unknown, of a deleted cluster or of another account. NotAuthorized.
        """
        node = records.find_node(reader, node_id)
        if node is None:
            raise NodeNotFound()
        try:
            return self.cluster(reader, caller, account, node.guid, action), node
        except DatabaseNotFound as error:
            raise NodeNotFound() from error

    def group_of(self, reader: Reader, of: Database) -> str:
        """The resource group of a cluster's instance."""
        return str(reader.scalar(select(instance.c.group_id).where(instance.c.guid == of.guid)))

    def check_now(self, tx: Transaction, guid: str) -> None:
        """Has every node of an instance check its key at once."""
        self._after(tx, guid, force=True)

    def back_up(self, tx: Transaction, caller: Caller, of: Database) -> tasks.Task:
        """Asks for a backup; the task says when it is there.

        Raises:
            NotServing: no node serves the data. TaskRunning: one is being taken.
        """
        if not of.living:
            raise NotServing()
        self.driver.figures(of.guid)
        if tasks.running(tx, of.guid, TaskType.BACKUP) is not None:
            raise TaskRunning()
        nodes = records.nodes_of(tx, of.guid)
        task = self._keeper.ask(tx, of, nodes, BackupType.ON_DEMAND, caller.name)
        self._after(tx, of.guid)
        return task

    def parameters(self, of: Database, nodes: Sequence[Node]) -> Mapping[str, int]:
        """The parameters as the primary has them; as they were set last while no server answers, as at its restart.

        Raises:
            NotServing: every node is stopped (reference/dbaas.md 5.2).
        """
        try:
            found = self.driver.catalog(of.guid)
        except NotServing:
            if not any(node.state in (NodeState.RUNNING, NodeState.RESTARTING) for node in nodes):
                raise
            found = None
        return found.parameters if found else parameters_of(of)

    def change_configuration(self, tx: Transaction, caller: Caller, of: Database, given: object) -> str:
        """Has parameters changed, secondaries first; returns the task's id.

        Raises:
            ChangeMalformed, ChangeRefused, ClusterBusy, NodesNotRunning: nothing is changed.
        """
        task_id = self._changes.ask_configuration(tx, caller, of, given)
        self._after(tx, of.guid)
        return task_id

    def scale(self, tx: Transaction, caller: Caller, of: Database, given: object) -> str:
        """Has the sizes of every node changed; returns the task's id.

        Raises:
            PlanRefused, ChangeMalformed, ChangeRefused, ClusterBusy, NodesNotRunning: nothing is changed.
        """
        task_id = self._changes.ask_sizes(tx, caller, of, given)
        self._after(tx, of.guid)
        return task_id

    def kill(self, tx: Transaction, guid: str, number: int) -> None:
        """Kills what runs on a node, once this transaction is durable.

        Raises:
            NodeNotRunning: nothing runs there.
        """
        node = NodeRef(guid, number)
        if not self.driver.is_open(node):
            raise NodeNotRunning()
        tx.after_commit(lambda: self._kill(node))

    def _kill(self, node: NodeRef) -> None:
        try:
            self.driver.kill(node)
        except NodeNotRunning:
            log.info("node %d of instance %s had ended already", node.number, node.guid)
        self._nudge(node.guid, False)

    def switched_over(self, tx: Transaction, caller: Caller, of: Database, number: int) -> None:
        """Writes down that a node was made the primary."""
        detail = f"node {number}"
        events.record(self._activity, tx, of, events.NODE_PROMOTE, caller=caller, detail=detail, data={"node": number})
        tx.changed("database", of.guid)
        self._after(tx, of.guid)

    def erased_clear(self, tx: Transaction, caller: Caller, of: Database, number: int) -> None:
        """Writes down that what a crash had left in clear of a node was erased."""
        data = {"node": number}
        events.record(self._activity, tx, of, events.CLEAR_ERASE, caller=caller, detail=f"node {number}", data=data)
        tx.changed("database", of.guid)
        self._after(tx, of.guid)

    def plan_restore(
        self, tx: Transaction, caller: Caller, source: Database, backup: backups.Backup, new_guid: str
    ) -> str:
        """Has a new instance, made in this transaction, filled with a backup; returns the task's id."""
        task_id = tasks.new_task_id(self._randomness, tx.now)
        restoring.plan(tx, new_guid, source, backup, caller, task_id)
        return task_id

    def add_rows(self, of: Database, count: int) -> Figures:
        """Adds invented rows; on return two nodes at least hold them durably. Takes its time: not in a transaction.

        Raises:
            NotServing: the data cannot be read. TooFewNodes, VolumeFull, DiskRefused.
        """
        return self.driver.insert(of.guid, sample_rows(self.driver.next_row(of.guid), count, self._randomness))

    def rows_added(self, tx: Transaction, caller: Caller, of: Database, count: int, figures: Figures) -> Added:
        """Writes down that rows were added."""
        nodes = tuple(node.number for node in records.nodes_of(tx, of.guid) if node.running)
        events.record(self._activity, tx, of, events.ROWS_ADD, caller=caller, data={"rows": count})
        tx.changed("database", of.guid)
        return Added(count, figures, nodes)

    def rows(self, of: Database, last: int) -> tuple[Figures, list[SampleRow]]:
        """Figures and the newest rows, read from the opened volume.

        Raises:
            NotServing: the data cannot be read; the summary says why.
        """
        return self.driver.figures(of.guid), self.driver.last_rows(of.guid, last)

    def _after(self, tx: Transaction, guid: str, *, force: bool = False) -> None:
        tx.after_commit(lambda: self._nudge(guid, force))


def _nobody_listens(guid: str, force: bool) -> None:
    del guid, force

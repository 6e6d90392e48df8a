"""Does what must happen by itself: provisioning, key checks, grace, backups, expiry, erasure.

One thread for all instances. It wakes on commits that concern it and at the next due time of the service clock;
`tick` does all that is due and returns, so tests call it instead of waiting.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from kyok.cloud.databases import key_history, propagation, records, tasks
from kyok.cloud.databases.agenda import Agenda, Look
from kyok.cloud.databases.jobs import Inline, Jobs
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.recovery import recover
from kyok.cloud.databases.round import Round
from kyok.cloud.databases.workshop import Workshop
from kyok.cloud.databases.world import World, world
from kyok.domain.cluster import ClusterState, InstanceState, TaskType

log = logging.getLogger(__name__)

CHORES_EVERY = timedelta(seconds=30)
"""How often (service clock) expiry is looked for."""
PASSES = 8
"""A tick goes on while its own work makes more work due, but not for ever."""
RETRY_SECONDS = 5.0
LONGEST_WAIT = 60.0


class Reconciler:
    """See the module. `chores` are other services' periodic duties."""

    def __init__(
        self,
        workshop: Workshop,
        *,
        chores: Sequence[Callable[[], object]] = (),
        jobs: Jobs | None = None,
    ) -> None:
        self._shop = workshop
        self._jobs = jobs or Inline()
        self._store = workshop.store
        self._clock = workshop.clock
        self._chores = tuple(chores)
        self.agenda = Agenda()
        self._chores_due: datetime | None = None
        self._recovered = False
        self._at_work: frozenset[str] = frozenset()
        """Instances that had a job before they were read: what was read may be from before its end."""
        self._heard_meanwhile: set[str] = set()
        """Instances whose key changed while they were being made: their agents ask as soon as they can."""
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._store.writer.subscribe(self.agenda.note)

    def start(self) -> None:
        """Repairs what the last run left, then works on its own thread."""
        self._recover()
        self._thread = threading.Thread(target=self._run, name="kyok-reconciler", daemon=True)
        self._thread.start()

    @property
    def runs(self) -> bool:
        """Whether it works by itself; else somebody calls `tick`."""
        return self._thread is not None

    def stop(self) -> None:
        """Ends the thread after what it does now, and closes every volume."""
        self._stopping.set()
        self._shop.stopping.set()
        self.agenda.wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        # First the nodes: a job that waits for one ends then.
        self._shop.driver.close_all()
        self._jobs.close()
        self._shop.driver.close_all()  # what a job opened meanwhile

    def forget_all(self) -> None:
        """After a reset or a scenario replaced the state: closes what was open and looks at everything anew."""
        self._shop.driver.close_all()
        self._shop.keys.forget_all()
        self.agenda.everything()
        self._recovered = False
        self._chores_due = None

    def tick(self) -> None:
        """Does all that is due now."""
        self._recover()
        for _ in range(PASSES):
            look = self.agenda.take(self._clock.now())
            chores = self._chores_are_due(look)
            if look.empty and not chores:
                return
            try:
                if chores:
                    self._do_chores()
                if not look.empty:
                    self._look(look)
            except Exception:
                self.agenda.give_back(look)
                raise

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.tick()
                wait = self._seconds_until_due()
            except Exception:
                log.exception("the reconciler failed; it tries again")
                wait = RETRY_SECONDS
            if not self._stopping.is_set():
                self.agenda.wake.wait(wait)

    def _seconds_until_due(self) -> float:
        due = [moment for moment in (self.agenda.next_due(), self._chores_due) if moment is not None]
        if not due:
            return LONGEST_WAIT
        return min(max((min(due) - self._clock.now()).total_seconds(), 0.0), LONGEST_WAIT)

    def _recover(self) -> None:
        if self._recovered:
            return
        self._recovered = True  # before: a reset that comes meanwhile asks for it again
        try:
            recover(self._store, self._shop.driver, self._shop.files)
        except BaseException:
            self._recovered = False
            raise

    def _chores_are_due(self, look: Look) -> bool:
        now = self._clock.now()
        return look.clock_turned or self._chores_due is None or self._chores_due <= now

    def _do_chores(self) -> None:
        self._chores_due = self._clock.now() + CHORES_EVERY
        for chore in (*self._chores, self._shop.backups.expire, self._forget_checks, self._shop.samples.take):
            chore()

    def _forget_checks(self) -> None:
        self._store.writer.perform(key_history.forget_old)

    def _look(self, look: Look) -> None:
        self._at_work = self._jobs.running()
        with self._store.read() as reader:
            surroundings = world(reader)
            found = records.databases(reader, None if look.everything else look.guids)
            nodes = records.nodes(reader, [of.guid for of in found])
        present = {of.guid for of in found}
        if look.everything:
            self.agenda.keep_only(present)
        else:
            self.agenda.forget(look.guids - present)
        told = {of.guid for of in found if look.all_told or of.guid in look.told}
        if surroundings.propagation_delay:
            late = [of for of in found if of.guid in told]
            propagation.put_off(self._store, late, nodes, surroundings.propagation_delay)
            told = set()
        living: list[Round] = []
        for of in found:
            heard = look.all_forced or of.guid in look.forced | told | self._heard_meanwhile
            if of.living:
                self._heard_meanwhile.discard(of.guid)
                living.append(Round(of, nodes[of.guid], heard))
            else:
                self._attend(of, nodes[of.guid], surroundings, heard=heard)
        self._shop.checks.run(living, surroundings)
        for each in living:
            self._after(each, surroundings)

    def _attend(self, of: Database, nodes: list[Node], surroundings: World, *, heard: bool) -> None:
        """An instance whose nodes are not checked: being made, disabled, failed or deleted."""
        if of.state is ClusterState.CREATING and of.instance_state is not InstanceState.PENDING_RECLAMATION:
            if of.guid in self._at_work:
                self._heard_meanwhile |= {of.guid} if heard else set()
                return
            self._heard_meanwhile.discard(of.guid)
            self.agenda.plan(of.guid, of.kms_guid, of.kms_key or "", None)
            self._start(of.guid, lambda: self._shop.provisioning.run(of.guid, surroundings))
            return
        self._shop.driver.close(of.guid, [node.number for node in nodes])
        if of.document.get("erasure", {}).get("pending"):
            self._start(of.guid, lambda: self._shop.erasing.run(of))
        self.agenda.forget([of.guid])

    def _start(self, guid: str, work: Callable[[], object]) -> None:
        """Has long work of an instance done; it is looked at again when the work is done.

        Nothing is started on what was read while another job of the instance ran: it may have been done by that job,
        whose end asks for another look.
        """
        if guid in self._at_work:
            return

        def run() -> None:
            work()

        def done(good: bool) -> None:
            if good:
                self.agenda.nudge(guid)
            else:
                self.agenda.try_again(guid, self._clock.now() + timedelta(seconds=RETRY_SECONDS))

        self._jobs.start(guid, run, done)

    def _after(self, done: Round, surroundings: World) -> None:
        of = done.database
        due = [node.next_check_at for node in done.nodes if of.uses_kms]
        due += [node.standing.grace_until for node in done.nodes if not node.standing.sealed]
        self._shop.changes.attend(of, done.nodes, self._start)
        if done.running() or self._backup_asked(of):
            due.append(self._shop.backups.attend(of, done.nodes, surroundings, self._start))
        moments = [moment for moment in due if moment is not None]
        self.agenda.plan(of.guid, of.kms_guid, of.kms_key or "", min(moments, default=None))

    def _backup_asked(self, of: Database) -> bool:
        with self._store.read() as reader:
            return tasks.running(reader, of.guid, TaskType.BACKUP) is not None

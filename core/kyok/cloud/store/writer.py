"""The single writer: many units of work share one durable commit.

A commit costs one disk flush, however many units ride in it; so callers queue their units here,
one thread runs what has gathered in one SQLite transaction and answers everybody after the commit.
Each unit has its own savepoint, so a refused unit takes nothing else down.
"""

import asyncio
import logging
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection, Engine, Integer, bindparam, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from kyok.clock import Clock
from kyok.cloud.store.bulk import BulkInsert
from kyok.cloud.store.contents import Contents
from kyok.cloud.store.errors import StoreDamaged, StoreUnavailable, is_of_the_store, refusal_of
from kyok.cloud.store.gathering import BATCH, Gathering, Jobs, Outcome, Work
from kyok.cloud.store.tables import activity, change
from kyok.cloud.store.transaction import ChangeNote, Transaction
from kyok.errors import KyokError
from kyok.randomness import milliseconds_of

log = logging.getLogger(__name__)
T = TypeVar("T")

WRITES = "kyok_writes"
"""The option of a connection whose transactions take the lock to write when they begin."""

_FOLDED = (
    update(activity)
    .where(activity.c.at == bindparam("of_time"), activity.c.event_id == bindparam("of"))
    .values(folded=activity.c.folded + bindparam("more", type_=Integer))
)
_ACTIVITY = ("event_id", "at", "content", "correlation")


class Writer:
    """Owns the write connection and the only thread that changes the database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._contents = Contents(engine)
        self._activity = BulkInsert(engine, activity, _ACTIVITY)
        self._change = BulkInsert(engine, change, ("kind", "ident"))
        self._queue: SimpleQueue[Jobs | None] = SimpleQueue()
        self._gatherings: dict[asyncio.AbstractEventLoop, Gathering] = {}
        self._listeners: list[Callable[[list[ChangeNote]], None]] = []
        self._on_change: dict[str, list[tuple[Callable[[str], None], Callable[[str], None]]]] = {}
        self._noted: dict[str, None] = {}
        self._closed = False
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="kyok-writer", daemon=True)
        self._thread.start()

    def subscribe(self, listener: Callable[[list[ChangeNote]], None]) -> None:
        """Calls `listener` on the writer's thread after each commit that noted changes."""
        self._listeners.append(listener)

    def on_change(
        self,
        kinds: Iterable[str],
        callback: Callable[[str], None],
        at_end: Callable[[str], None] | None = None,
    ) -> None:
        """Calls `callback(kind)` the moment a unit notes a change of one of these kinds.

        And `at_end` (or `callback` again) after its batch.

        Caches of what was read are dropped by it: at the note for later units of the same batch,
        at the end for readers, who see the change only then. The end comes for notes of undone units
        and failed commits too: what was read meanwhile may never have been true.
        """
        for kind in kinds:
            self._on_change.setdefault(kind, []).append((callback, at_end or callback))

    def perform(self, work: Callable[[Transaction], T]) -> T:
        """Runs `work` and waits until it is durable. Raises what `work` raised."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a unit of work must not wait for another one")
        done = threading.Event()
        told: list[Outcome] = []

        def deliver(outcomes: Sequence[Outcome]) -> None:
            told.extend(outcomes)
            done.set()

        self._submit(Jobs([work], deliver))
        done.wait()
        ((value, error),) = told
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    def post(self, work: Callable[[Transaction], object]) -> None:
        """Queues `work` and waits for nothing; a failure is logged.

        For whoever holds something for which the writer's thread may wait after a commit, as a reset does.
        """

        def deliver(outcomes: Sequence[Outcome]) -> None:
            ((_, error),) = outcomes
            if error is not None:
                log.warning("what was only told could not be written: %s", error)

        self._submit(Jobs([work], deliver))

    def performed(self, work: Callable[[Transaction], T]) -> "asyncio.Future[T]":
        """Queues `work`; the future of the running event loop is set once it is durable."""
        if self._closed:
            raise StoreUnavailable()
        loop = asyncio.get_running_loop()
        gathering = self._gatherings.get(loop)
        if gathering is None:
            gathering = self._gatherings[loop] = Gathering(loop, self._submit)
        return gathering.add(work)

    def close(self) -> None:
        """Finishes what is queued and stops the thread."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _submit(self, jobs: Jobs) -> None:
        with self._door:  # what came in after the end would never be answered
            if self._closed:
                raise StoreUnavailable()
            self._queue.put(jobs)

    def _run(self) -> None:
        with self._engine.connect().execution_options(**{WRITES: True}) as connection:
            while self._serve_next(connection):
                pass

    def _serve_next(self, connection: Connection) -> bool:
        """Serves what comes next; False at the end.

        A function of its own, so that nothing that requests brought is held while the next one is waited for.
        """
        batch, last = self._gather()
        if batch:
            self._serve(connection, batch)
        return not last

    def _gather(self) -> tuple[list[Jobs], bool]:
        """Waits for a unit, then takes what is queued; True when the writer shall end after it."""
        jobs = self._queue.get()
        batch: list[Jobs] = []
        units = 0
        while True:
            if jobs is None:
                return batch, True
            batch.append(jobs)
            units += len(jobs.works)
            if units >= BATCH:
                return batch, False
            try:
                jobs = self._queue.get_nowait()
            except Empty:
                return batch, False

    def _serve(self, connection: Connection, batch: list[Jobs]) -> None:
        """Tells everybody once, however many units he brought: a wake-up for each costs more than the work."""
        outcomes = self._commit(connection, [work for jobs in batch for work in jobs.works])
        at = 0
        for works, deliver in batch:
            deliver(outcomes[at : at + len(works)])
            at += len(works)

    def _commit(self, connection: Connection, works: Sequence[Work]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        units: list[Transaction] = []
        failure: BaseException | None = None
        try:
            with connection.begin():
                now = self._clock.now()  # one moment for all: they become true together
                for work in works:
                    unit = Transaction(connection, now, self._note)
                    outcomes.append(_run_unit(work, unit))
                    units.append(unit)
                self._write_owed(connection, units)
        except (DBAPIError, sqlite3.Error) as error:  # to begin is asked of the driver itself
            failure = refusal_of(error) or error
            log.error("commit failed: %s", failure)
        except Exception as error:
            log.exception("commit failed")
            failure = error
        if failure is not None:
            _end(connection)
        self._finish(units, failed=failure is not None)
        if failure is None:
            return outcomes
        if len(works) > 1 and (isinstance(failure, StoreDamaged) or _is_of_one(failure)):
            # A damaged page, or an event that cannot be written, ends the transaction for all; alone, only those fail
            # that need the page or brought the event.
            return [outcome for work in works for outcome in self._commit(connection, [work])]
        return [(None, failure)] * len(works)

    def _note(self, kind: str) -> None:
        concerned = self._on_change.get(kind)
        if concerned is None:
            return
        self._noted[kind] = None
        for callback, _ in concerned:
            callback(kind)

    def _write_owed(self, connection: Connection, units: list[Transaction]) -> None:
        if any(unit.removes_contents for unit in units):
            self._contents.forget()
        events = [event for unit in units for event in unit.activity]
        numbers = self._contents.numbers(connection, events)
        rows = [
            (event.event_id, event.at, number, event.correlation) for event, number in zip(events, numbers, strict=True)
        ]
        self._activity.run(connection, rows)
        counts = Counter(event_id for unit in units for event_id in unit.folded)
        if counts:
            more = [{"of": of, "of_time": milliseconds_of(of), "more": more} for of, more in counts.items()]
            connection.execute(_FOLDED, more)
        self._change.run(connection, _notes(units))

    def _finish(self, units: list[Transaction], *, failed: bool) -> None:
        noted, self._noted = self._noted, {}
        for kind in noted:
            for _, at_end in self._on_change[kind]:
                at_end(kind)
        if failed:
            self._contents.forget()
            return
        for unit in units:
            for callback in unit.callbacks:
                _shielded(callback)
        if notes := _notes(units):
            for listener in self._listeners:
                _shielded(lambda listener=listener: listener(notes))  # type: ignore[misc]


def _end(connection: Connection) -> None:
    """A COMMIT that the database refuses leaves the transaction open, while SQLAlchemy takes it for ended."""
    try:
        connection.connection.rollback()
    except Exception:
        log.exception("a failed transaction could not be taken back")


def _notes(units: list[Transaction]) -> list[ChangeNote]:
    """What changed, each once; the feed says that the log grew, not by what."""
    notes = dict.fromkeys(note for unit in units for note in unit.changes)
    if any(unit.activity for unit in units):
        notes["activity", ""] = None
    return list(notes)


def _is_of_one(failure: BaseException | None) -> bool:
    """Whether neither disk nor database failed, so that one unit of the batch is to blame."""
    if isinstance(failure, IntegrityError):  # of a constraint that is looked at when the transaction commits
        return True
    return failure is not None and not isinstance(failure, KyokError) and not is_of_the_store(failure)


def _run_unit(work: Work, unit: Transaction) -> Outcome:
    try:
        value = work(unit)
        unit.release()
    except Exception as error:
        if isinstance(error, OperationalError) or refusal_of(error) is not None:
            raise  # the disk or the database, not this unit: the whole batch is off
        unit.undo()  # the error is the caller's, and raised there
        return None, error
    return value, None


def _shielded(callback: Callable[[], None]) -> None:
    """A listener that fails must not make callers believe that their durable change was lost."""
    try:
        callback()
    except Exception:
        log.exception("a listener failed after a commit")

"""A short history of what is measured of each instance, by the service clock.

Twice the same figures: one sample a minute for the last two hours, and one a quarter of an hour for the last day. So an
instance has some two hundred rows at most, however long it lives. Nothing is filled in: while the cloud is stopped, or
when its clock is turned, there are no samples.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.dialects.sqlite import insert

from kyok.clock import Clock
from kyok.cloud.databases import records
from kyok.cloud.databases.driver import NodeDriver, NodeRef
from kyok.cloud.databases.errors import NotServing
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import sample
from kyok.cloud.store.times import milliseconds, moment

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """How far back samples reach, and how far apart they are."""

    name: str
    length: timedelta
    step: timedelta

    @property
    def seconds(self) -> int:
        """The step in seconds."""
        return self.step // timedelta(seconds=1)

    def slot(self, when: datetime) -> int:
        """The moment, in milliseconds, under which a sample of `when` is kept."""
        size = self.step // _MILLISECOND
        return milliseconds(when) // size * size


HOURS = Window("2-hours", timedelta(hours=2), timedelta(minutes=1))
DAY = Window("day", timedelta(days=1), timedelta(minutes=15))
WINDOWS = {window.name: window for window in (HOURS, DAY)}


class Samples:
    """Takes samples; call `take` now and then, at least once a minute."""

    def __init__(self, store: Store, driver: NodeDriver, clock: Clock) -> None:
        self._store = store
        self._driver = driver
        self._clock = clock
        self._taken = 0

    def take(self) -> None:
        """Measures every living instance, once a minute at most."""
        slot = HOURS.slot(self._clock.now())
        if slot == self._taken:
            return
        self._taken = slot
        with self._store.read() as reader:
            found = [of for of in records.databases(reader) if of.living]
            nodes = records.nodes(reader, [of.guid for of in found])
        measured = {of.guid: measure(of, nodes[of.guid], self._driver) for of in found}
        self._store.writer.perform(lambda tx: _keep(tx, measured))


def measure(of: Database, nodes: Sequence[Node], driver: NodeDriver) -> dict[str, Any]:
    """What is measured of an instance now; what a driver does not have is left out."""
    shown, connections = [], None
    for node in nodes:
        facts = driver.facts(NodeRef(of.guid, node.number))
        connections = facts.connections if facts.connections is not None else connections
        figures = {
            "size_bytes": facts.size,
            "memory_bytes": facts.memory or None,
            "lag_bytes": facts.lag_bytes if node.running and not node.leads else None,
            "latency_ms": node.latency_ms,
        }
        known = {name: value for name, value in figures.items() if value is not None}
        shown.append({"number": node.number, "running": node.running, **known})
    document: dict[str, Any] = {"nodes": shown}
    if connections is not None:
        document["connections"] = connections
    try:
        document["rows"] = driver.figures(of.guid).rows
    except NotServing:
        return document
    return document


def history(reader: Reader, guid: str, window: Window) -> list[tuple[datetime, dict[str, Any]]]:
    """The samples of an instance in a window that ends now, oldest first."""
    first = milliseconds(reader.now - window.length)
    rows = reader.all(
        select(sample.c.at, sample.c.document)
        .where(sample.c.guid == guid, sample.c.step == window.seconds, sample.c.at >= first)
        .order_by(sample.c.at)
    )
    return [(moment(row.at), row.document) for row in rows]


def _keep(tx: Transaction, measured: dict[str, dict[str, Any]]) -> None:
    """Writes samples, the newest of a slot in the place of the one before; forgets what no window shows any more.

    An instance that a reset took since it was measured has no history.
    """
    present = records.known(tx, measured)
    rows = [
        {"guid": guid, "step": window.seconds, "at": window.slot(tx.now), "document": document}
        for guid, document in measured.items()
        if guid in present
        for window in WINDOWS.values()
    ]
    if rows:
        statement = insert(sample)
        keys = ["guid", "step", "at"]
        tx.execute(
            statement.on_conflict_do_update(index_elements=keys, set_={"document": statement.excluded.document}), rows
        )
    old = [
        and_(sample.c.step == window.seconds, sample.c.at < milliseconds(tx.now - window.length))
        for window in WINDOWS.values()
    ]
    tx.execute(delete(sample).where(or_(*old)))

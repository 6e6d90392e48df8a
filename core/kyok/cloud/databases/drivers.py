"""Which driver an instance has: decided when it is made, by what the machine offers and the settings wish, for good."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kyok.cloud.databases.driver import (
    ClusterSpec,
    Connection,
    NodeDriver,
    NodeFacts,
    NodeLogs,
    NodeRef,
    Protection,
    Settled,
    Tell,
    Writes,
)
from kyok.cloud.databases.rowset import Figures, SampleRow
from kyok.postgres import metadata
from kyok.postgres.catalog import Catalog


class Drivers:
    """Hands each call to the driver of its instance; satisfies `NodeDriver` itself.

    What the machine offers is found out by `find` when it is first asked for: that takes a moment, and a cloud without
    real servers never needs it. `wants_real` says, given whether real servers can run, if the next instance gets some.
    """

    def __init__(
        self,
        root: Path,
        simulated: NodeDriver,
        find: Callable[[], NodeDriver | None],
        missing: NodeDriver,
        wants_real: Callable[[bool], bool],
    ) -> None:
        self._root = root
        self._simulated = simulated
        self._find = find
        self._missing = missing
        self._wants_real = wants_real
        self._lock = threading.Lock()
        self._found: list[NodeDriver | None] = []

    def look(self) -> NodeDriver | None:
        """The driver of real servers; None where none can run."""
        with self._lock:
            if not self._found:
                self._found.append(self._find())
            return self._found[0]

    def describe(self, guid: str | None = None) -> Protection:
        """In the words of the instance's driver, or of the one that a new instance would get."""
        driver = self._of(guid) if guid is not None else self._next()
        return driver.describe(guid)

    def prepare(self, guid: str, spec: ClusterSpec) -> None:
        """Decides."""
        self._next().prepare(guid, spec)

    def create(self, node: NodeRef, dek: bytearray) -> None:
        """See `NodeDriver`."""
        self._of(node.guid).create(node, dek)

    def open(self, node: NodeRef, dek: bytearray) -> None:
        """See `NodeDriver`."""
        self._of(node.guid).open(node, dek)

    def close(self, guid: str, numbers: Sequence[int]) -> list[int]:
        """See `NodeDriver`."""
        return self._of(guid).close(guid, numbers)

    def is_open(self, node: NodeRef) -> bool:
        """See `NodeDriver`."""
        return self._of(node.guid).is_open(node)

    def settle(self, guid: str, preferred: int | None = None) -> Settled:
        """See `NodeDriver`."""
        return self._of(guid).settle(guid, preferred)

    def figures(self, guid: str) -> Figures:
        """See `NodeDriver`."""
        return self._of(guid).figures(guid)

    def facts(self, node: NodeRef) -> NodeFacts:
        """See `NodeDriver`."""
        return self._of(node.guid).facts(node)

    def connection(self, guid: str) -> Connection | None:
        """See `NodeDriver`."""
        return self._of(guid).connection(guid)

    def known(self) -> list[str]:
        """The instances of all."""
        return self._simulated.known()

    def wait_until_served(self, guid: str, nodes: int) -> Settled:
        """See `NodeDriver`."""
        return self._of(guid).wait_until_served(guid, nodes)

    def insert(self, guid: str, rows: Sequence[SampleRow]) -> Figures:
        """See `NodeDriver`."""
        return self._of(guid).insert(guid, rows)

    def next_row(self, guid: str) -> int:
        """See `NodeDriver`."""
        return self._of(guid).next_row(guid)

    def last_rows(self, guid: str, count: int) -> list[SampleRow]:
        """See `NodeDriver`."""
        return self._of(guid).last_rows(guid, count)

    def backup(self, guid: str, target: Writes) -> Figures:
        """See `NodeDriver`."""
        return self._of(guid).backup(guid, target)

    def restore(self, guid: str, content: Iterator[bytearray]) -> Figures:
        """See `NodeDriver`."""
        return self._of(guid).restore(guid, content)

    def kill(self, node: NodeRef) -> None:
        """See `NodeDriver`."""
        self._of(node.guid).kill(node)

    def logs(self, node: NodeRef) -> NodeLogs:
        """See `NodeDriver`."""
        return self._of(node.guid).logs(node)

    def catalog(self, guid: str) -> Catalog | None:
        """See `NodeDriver`."""
        return self._of(guid).catalog(guid)

    def reconfigure(self, guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        """See `NodeDriver`."""
        self._of(guid).reconfigure(guid, parameters, tell, restart=restart)

    def switch_over(self, guid: str, number: int) -> None:
        """See `NodeDriver`."""
        self._of(guid).switch_over(guid, number)

    def erase_clear(self, node: NodeRef) -> None:
        """See `NodeDriver`."""
        self._of(node.guid).erase_clear(node)

    def destroy(self, guid: str) -> int:
        """Whatever there is of the instance, of either kind: it may be a left-over of an attempt."""
        real = self._of(guid).destroy(guid) if self._is_real(guid) else 0
        return real + self._simulated.destroy(guid)

    def close_all(self) -> None:
        """See `NodeDriver`."""
        with self._lock:
            found = self._found[0] if self._found else None
        if found is not None:
            found.close_all()
        self._simulated.close_all()

    def _is_real(self, guid: str) -> bool:
        return (self._root / guid / metadata.FILE).exists()

    def _of(self, guid: str) -> NodeDriver:
        if not self._is_real(guid):
            return self._simulated
        return self.look() or self._missing

    def _next(self) -> NodeDriver:
        real = self.look()
        if not self._wants_real(real is not None):
            return self._simulated
        return real or self._missing

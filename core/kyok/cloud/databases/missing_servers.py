"""The driver of instances whose PostgreSQL is no longer, or not yet, on this machine: it refuses, and says why."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import (
    ClusterSpec,
    Connection,
    NodeFacts,
    NodeRef,
    Protection,
    Settled,
    Tell,
    Writes,
)
from kyok.cloud.databases.errors import (
    ChangeFailed,
    NodeNotRunning,
    NodeSealed,
    NothingInClear,
    NotServing,
    VolumeDamaged,
)
from kyok.cloud.databases.rowset import Figures, SampleRow
from kyok.postgres.errors import NoPrograms
from kyok.secrets import wipe

_WORDS = Protection(
    driver="missing",
    display_name="PostgreSQL is missing",
    summary="The nodes of this instance are real servers, and no usable PostgreSQL was found on this machine.",
    connectable=False,
    cipher="AES-256-GCM",
    volume="Closed volume, AES-256-GCM",
    guarantees=(),
    warning=NoPrograms.remedy,
)


class MissingServers:
    """See the module; satisfies `NodeDriver`. Volumes are left as they are until the instance is destroyed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def describe(self, guid: str | None = None) -> Protection:
        """That the programs are missing."""
        del guid
        return _WORDS

    def prepare(self, guid: str, spec: ClusterSpec) -> NoReturn:
        """Refuses."""
        del guid, spec
        raise NoPrograms()

    def create(self, node: NodeRef, dek: bytearray) -> NoReturn:
        """Refuses."""
        del node
        wipe(dek)
        raise NoPrograms()

    def open(self, node: NodeRef, dek: bytearray) -> NoReturn:
        """Refuses."""
        del node
        wipe(dek)
        raise VolumeDamaged(NoPrograms.summary, NoPrograms.remedy)

    def close(self, guid: str, numbers: Sequence[int]) -> list[int]:
        """Nothing is open."""
        del guid, numbers
        return []

    def is_open(self, node: NodeRef) -> bool:
        """Nothing is open."""
        del node
        return False

    def settle(self, guid: str, preferred: int | None = None) -> Settled:
        """Nobody serves."""
        del guid, preferred
        return Settled(None)

    def figures(self, guid: str) -> NoReturn:
        """Refuses."""
        del guid
        raise NotServing(NoPrograms.summary, NoPrograms.remedy)

    def facts(self, node: NodeRef) -> NodeFacts:
        """Nothing is measured."""
        del node
        return NodeFacts(0)

    def connection(self, guid: str) -> Connection | None:
        """None."""
        del guid
        return None

    def known(self) -> list[str]:
        """None of its own."""
        return []

    def wait_until_served(self, guid: str, nodes: int) -> Settled:
        """Nobody will serve."""
        del nodes
        return self.settle(guid)

    def insert(self, guid: str, rows: Sequence[SampleRow]) -> NoReturn:
        """Refuses."""
        del rows
        self.figures(guid)

    def next_row(self, guid: str) -> NoReturn:
        """Refuses."""
        self.figures(guid)

    def last_rows(self, guid: str, count: int) -> NoReturn:
        """Refuses."""
        del count
        self.figures(guid)

    def backup(self, guid: str, target: Writes) -> NoReturn:
        """Refuses."""
        del target
        self.figures(guid)

    def restore(self, guid: str, content: Iterator[bytearray]) -> Figures:
        """Refuses."""
        del content
        self.figures(guid)

    def kill(self, node: NodeRef) -> NoReturn:
        """Refuses."""
        del node
        raise NodeNotRunning(NoPrograms.summary, NoPrograms.remedy)

    def logs(self, node: NodeRef) -> NoReturn:
        """Refuses."""
        del node
        raise NodeSealed()

    def catalog(self, guid: str) -> NoReturn:
        """Refuses."""
        self.figures(guid)

    def reconfigure(self, guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> NoReturn:
        """Refuses."""
        del guid, parameters, tell, restart
        raise ChangeFailed(NoPrograms.summary, NoPrograms.remedy)

    def switch_over(self, guid: str, number: int) -> NoReturn:
        """Refuses."""
        del number
        self.figures(guid)

    def erase_clear(self, node: NodeRef) -> NoReturn:
        """Refuses: without the programs nobody knows what a crash left."""
        del node
        raise NothingInClear(NoPrograms.summary, NoPrograms.remedy)

    def destroy(self, guid: str) -> int:
        """Removes the closed volumes."""
        return Disk().remove_folder(self._root / guid)

    def close_all(self) -> None:
        """Nothing is open."""

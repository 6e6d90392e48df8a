"""What runs the database nodes of an instance: the seam between the rules of the service and its machines.

The service decides which node may be open (rules of the key) and in which order things happen; a driver
owns the volumes and what stands on them. `simulated` holds rows in memory, `postgres_driver` runs real servers. Which
one an instance has is decided when it is made, and stays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kyok.cloud.databases.rowset import Figures, SampleRow
from kyok.domain.cluster import TaskNodeState
from kyok.postgres.catalog import Catalog
from kyok.postgres.logs import LogFile

Tell = Callable[[int, TaskNodeState, str], None]
"""Hears how far a change is at a node: its number, the state, and why it failed."""


@dataclass(frozen=True, slots=True)
class NodeRef:
    """One node of one instance; numbers are 1 to 3."""

    guid: str
    number: int


@dataclass(frozen=True, slots=True)
class Guarantee:
    """In which situation the data is protected, and how; for the table "Storage protection"."""

    situation: str
    protection: str


@dataclass(frozen=True, slots=True)
class Protection:
    """What a driver honestly says about itself. `warning`: what weakens it on this very machine."""

    driver: str
    display_name: str
    summary: str
    connectable: bool
    """Whether a database client can connect."""
    cipher: str
    volume: str
    """A node's volume in a few words, for its tile."""
    guarantees: tuple[Guarantee, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ClusterSpec:
    """What a driver must know to make the data of an instance."""

    admin: str
    """Name of the customer's administrator, and of the first database."""
    verifier: str = field(repr=False)
    """The administrator's password as PostgreSQL stores it."""
    seeded: bool = False
    """Whether a backup will fill it: then no empty database is made first."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a client connects, and the certificate (PEM) of the authority that it trusts."""

    host: str
    port: int
    database: str
    authority: str
    server_version: str


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What is measured of one node; None where a driver does not have it."""

    size: int
    """Bytes of the volume on disk."""
    memory: int | None = None
    lag_bytes: int | None = None
    lag_seconds: float | None = None
    pid: int | None = None
    port: int | None = None
    uptime: float | None = None
    """Seconds since the server was started."""
    connections: int | None = None
    """Sessions of clients at the primary, the service's own left out."""
    left_clear: bool = False
    """Whether a crash left the node's data in clear on the disk, and no key may seal it now."""
    doing: str = ""
    """What the machine does while it is not up yet, or why it is not."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How an instance stands after nodes came or went. `primary` None: no node serves the data now.

    `caught_up`: nodes that took over the primary's rows. `waiting`: open nodes that serve nothing until a second one
    confirms what they hold. `starting`: open nodes that are on their way, and what they do. `failed`: nodes that are
    not up, and why.
    """

    primary: int | None
    caught_up: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    starting: Mapping[int, str] = field(default_factory=dict)
    failed: Mapping[int, str] = field(default_factory=dict)


class NodeLogs(Protocol):
    """The log files of one node, by day."""

    def files(self) -> list[LogFile]:
        """What can be read, newest day first. Raises `OSError` when the volume is closed meanwhile."""

    def read(self, name: str) -> bytes | None:
        """The (end of the) content; None when there is no such file. Raises `OSError` as `files`."""


class NodeDriver(Protocol):
    """Volumes and nodes of every instance. All calls are thread-safe.

    Those of the first part are quick: what takes long goes on by itself and shows in `settle`. The others block, and
    are made from threads that may wait.
    """

    def describe(self, guid: str | None = None) -> Protection:
        """What protects the data of an instance, in words; without one, of the next instance that is made."""

    def prepare(self, guid: str, spec: ClusterSpec) -> None:
        """Before the volumes of a new instance are made.

        Raises:
            KyokError: this machine cannot take the instance; nothing is left of it.
        """

    def create(self, node: NodeRef, dek: bytearray) -> None:
        """Makes an empty volume and opens it. Takes `dek` over and wipes it when the volume closes.

        Raises:
            DiskRefused: the volume cannot be written; nothing is left of it.
        """

    def open(self, node: NodeRef, dek: bytearray) -> None:
        """Opens the node's volume. Takes `dek` over; an open volume is left as it is.

        Raises:
            VolumeDamaged: there is no volume, or it does not open with this key.
        """

    def close(self, guid: str, numbers: Sequence[int]) -> list[int]:
        """Stops nodes, forgets their rows and data keys; returns those that were open."""

    def is_open(self, node: NodeRef) -> bool:
        """Whether the node is to run: its key was given and not taken away."""

    def settle(self, guid: str, preferred: int | None = None) -> Settled:
        """Elects the primary (`preferred` if it may be) and brings the other open nodes up to it."""

    def figures(self, guid: str) -> Figures:
        """Count and digest, read from the primary's opened volume.

        Raises:
            NotServing: no node serves the data.
        """

    def facts(self, node: NodeRef) -> NodeFacts:
        """What is measured of a node."""

    def connection(self, guid: str) -> Connection | None:
        """Where clients connect; None when they cannot."""

    def known(self) -> list[str]:
        """Instances that have volumes on disk."""

    def kill(self, node: NodeRef) -> None:
        """Ends what runs on the node as kill -9 does. It comes back by itself.

        Raises:
            NodeNotRunning: nothing runs there.
        """

    def logs(self, node: NodeRef) -> NodeLogs:
        """The node's log files; reading them may take long.

        Raises:
            NodeSealed: its volume is closed.
        """

    # Calls that may take long ----------------------------------------------------------------------------------------

    def wait_until_served(self, guid: str, nodes: int) -> Settled:
        """Waits until the data is served by that many nodes, or cannot be."""

    def insert(self, guid: str, rows: Sequence[SampleRow]) -> Figures:
        """Adds rows; on return two running nodes at least hold them durably.

        Raises:
            NotServing: no primary. TooFewNodes: fewer than two nodes run. VolumeFull, DiskRefused.
        """

    def next_row(self, guid: str) -> int:
        """The id of the next sample row. Raises `NotServing`."""

    def last_rows(self, guid: str, count: int) -> list[SampleRow]:
        """The newest sample rows, newest first.

        Raises:
            NotServing: no node serves the data.
        """

    def backup(self, guid: str, target: "Writes") -> Figures:
        """Writes everything the primary holds, unsealed, into what seals it at once; what it holds, as figures.

        Raises:
            NotServing: no node serves the data.
        """

    def restore(self, guid: str, content: Iterator[bytearray]) -> Figures:
        """Fills the empty nodes of a new instance, whose volumes were just made, with a backup's content.

        Raises:
            BackupDamaged: the content is no backup. NotServing, DiskRefused.
        """

    def catalog(self, guid: str) -> Catalog | None:
        """Roles, databases and parameters as the primary has them; None when there is no server to ask.

        Raises:
            NotServing: no node serves the data.
        """

    def reconfigure(self, guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        """Has every server take parameters, one after the other; `restart` also where they do not need it.

        Raises:
            ChangeFailed: a server did not come up with them; all have the old ones again, where that was possible.
        """

    def switch_over(self, guid: str, number: int) -> None:
        """Makes another running node the primary; on return it is.

        Raises:
            CannotSwitchOver: it does not follow closely enough, or there are no servers.
        """

    def erase_clear(self, node: NodeRef) -> None:
        """Removes for good what a crash left in clear of a node; the volume then opens as it was closed last.

        Raises:
            NothingInClear: there is none. DiskRefused: it could not be removed.
        """

    def destroy(self, guid: str) -> int:
        """Closes and removes every volume of the instance; returns how many files that were."""

    def close_all(self) -> None:
        """Closes every volume; the cloud stops."""


class Writes(Protocol):
    """Takes bytes, and seals them."""

    def write(self, data: bytes, /) -> object:
        """Takes them all."""

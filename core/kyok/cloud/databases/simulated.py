"""The `simulated` driver: rows in memory only while a node is open, sealed on its own volume always.

How nothing acknowledged is lost. A row set carries a stamp (term, sequence). An insertion raises the sequence and is
acknowledged when every running node, two at least, holds it durably. When all nodes were closed, no node serves
until two are open: any two of three include one that holds the newest acknowledged rows, so the newest stamp of the two
wins. The controller then draws a new term, durable before it is used and never used twice, and writes the winning rows
under it to all open nodes; so rows that one node alone took before a crash, and that nobody was told of, can never win
against rows that were acknowledged later. A node that opens while the others serve takes over the primary's rows.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kyok.cloud.databases.disk import Disk
from kyok.cloud.databases.driver import (
    ClusterSpec,
    Connection,
    Guarantee,
    NodeFacts,
    NodeRef,
    Protection,
    Settled,
    Tell,
    Writes,
)
from kyok.cloud.databases.errors import (
    BackupDamaged,
    CannotSwitchOver,
    DiskRefused,
    NodeNotRunning,
    NodeSealed,
    NothingInClear,
    NotServing,
    TooFewNodes,
    VolumeFull,
)
from kyok.cloud.databases.rowset import ROWS_MAX, Figures, RowSet, SampleRow
from kyok.cloud.databases.simulated_logs import SimulatedLogs
from kyok.cloud.databases.volume import Held, Stamp, Volume
from kyok.domain.cluster import TaskNodeState
from kyok.secrets import wipe

QUORUM = 2
"""Nodes that must hold a row before it is acknowledged."""

_PROTECTION = Protection(
    driver="simulated",
    display_name="Simulated nodes",
    summary=(
        "Simulated: psql cannot connect. Each node really keeps its rows sealed on its own volume and opens them in "
        "memory only, with the data key that its own agent unwrapped."
    ),
    connectable=False,
    volume="Sealed object, AES-256-GCM",
    cipher="AES-256-GCM, one random key per object, wrapped by the data key",
    guarantees=(
        Guarantee("Running, disk stolen", "Protected: rows are on disk only sealed."),
        Guarantee("Running, same user or root", "Not protected: rows and data key are in memory."),
        Guarantee("Stopped", "Protected: nothing opens the volume without the root key."),
        Guarantee("After kill -9 or power cut", "Protected: memory is gone, the disk holds sealed objects only."),
        Guarantee("Data loss on a crash", "None of what was acknowledged: two nodes have it on disk by then."),
        Guarantee("Root key destroyed", "Unreadable for ever."),
    ),
)


class _Node:
    """An open node: its volume, its data key, what it holds, and whether that is what the primary holds."""

    __slots__ = ("current", "dek", "held", "volume")

    def __init__(self, volume: Volume, dek: bytearray, held: Held) -> None:
        self.volume = volume
        self.dek = dek
        self.held = held
        self.current = False

    def take(self, held: Held) -> None:
        """Makes `held` durable and holds it from now on."""
        self.volume.store(self.dek, held)
        self.held = held
        self.current = True


class _Cluster:
    """The open nodes of one instance. `serving`: the primary's rows are known to be the newest acknowledged."""

    __slots__ = ("lock", "nodes", "primary", "reached", "serving")

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.nodes: dict[int, _Node] = {}
        self.primary: int | None = None
        self.serving = False
        self.reached = Stamp(0, 0)
        """The newest stamp that was ever tried; a failed insertion's stamp is not used again."""

    def current(self) -> dict[int, _Node]:
        """The nodes that hold what the primary holds."""
        return {number: node for number, node in sorted(self.nodes.items()) if node.current}

    def drop(self, number: int) -> bool:
        """Forgets a node and wipes its key; the instance stops serving with the last node that was up to date."""
        gone = self.nodes.pop(number, None)
        if gone is None:
            return False
        wipe(gone.dek)
        if self.primary == number:
            self.primary = None
        self.serving = self.serving and bool(self.current())
        return True


class SimulatedDriver:
    """See the module; satisfies `NodeDriver`."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._lock = threading.Lock()
        self._clusters: dict[str, _Cluster] = {}

    def describe(self, guid: str | None = None) -> Protection:
        """What protects the data, in words."""
        del guid
        return _PROTECTION

    def prepare(self, guid: str, spec: ClusterSpec) -> None:
        """Nothing to prepare: nobody logs in to a simulated node."""
        del guid, spec

    def create(self, node: NodeRef, dek: bytearray) -> None:
        """Makes an empty volume and opens it."""
        cluster = self._cluster(node.guid)
        with cluster.lock:
            volume = self._volume(node)
            held = Held(Stamp(0, 0), RowSet.of(()))
            try:
                volume.store(dek, held)
            except DiskRefused:
                self._disk.remove_folder(self._folder(node))
                wipe(dek)
                raise
            cluster.nodes[node.number] = _Node(volume, dek, held)

    def open(self, node: NodeRef, dek: bytearray) -> None:
        """Opens the node's volume."""
        cluster = self._cluster(node.guid)
        with cluster.lock:
            if node.number in cluster.nodes:
                wipe(dek)
                return
            volume = self._volume(node)
            try:
                held = volume.load(dek)
            except Exception:
                wipe(dek)
                raise
            cluster.nodes[node.number] = _Node(volume, dek, held)
            cluster.reached = max(cluster.reached, held.stamp)

    def close(self, guid: str, numbers: Sequence[int]) -> list[int]:
        """Stops nodes, forgets their rows and wipes their data keys."""
        cluster = self._cluster(guid)
        with cluster.lock:
            return [number for number in numbers if cluster.drop(number)]

    def is_open(self, node: NodeRef) -> bool:
        """Whether the node runs on an opened volume."""
        cluster = self._cluster(node.guid)
        with cluster.lock:
            return node.number in cluster.nodes

    def settle(self, guid: str, preferred: int | None = None) -> Settled:
        """Elects the primary and brings the other open nodes up to it."""
        cluster = self._cluster(guid)
        with cluster.lock:
            if cluster.serving:
                return self._keep_serving(cluster, preferred)
            if len(cluster.nodes) < QUORUM:
                return Settled(None, waiting=tuple(cluster.nodes))
            return self._begin_serving(guid, cluster, preferred)

    def insert(self, guid: str, rows: Sequence[SampleRow]) -> Figures:
        """Adds rows; on return every running node holds them durably."""
        cluster = self._cluster(guid)
        with cluster.lock:
            leading = self._leading(cluster)
            if len(cluster.current()) < QUORUM:
                raise TooFewNodes()
            if leading.held.rows.figures.rows + len(rows) > ROWS_MAX:
                raise VolumeFull()
            return self._replace(cluster, leading.held.rows.with_rows(rows))

    def figures(self, guid: str) -> Figures:
        """Count and digest, read from the primary's opened volume."""
        cluster = self._cluster(guid)
        with cluster.lock:
            return self._leading(cluster).held.rows.figures

    def facts(self, node: NodeRef) -> NodeFacts:
        """The size of the volume; nothing else is there to be measured. Rows are acknowledged on all running nodes."""
        return NodeFacts(self._volume(node).size(), lag_bytes=0, lag_seconds=0.0)

    def connection(self, guid: str) -> Connection | None:
        """None: no client can connect."""
        del guid
        return None

    def wait_until_served(self, guid: str, nodes: int) -> Settled:
        """Nothing to wait for: simulated nodes run at once."""
        del nodes
        return self.settle(guid)

    def next_row(self, guid: str) -> int:
        """One more than there are rows: ids are given in order, and none is removed."""
        return self.figures(guid).rows + 1

    def last_rows(self, guid: str, count: int) -> list[SampleRow]:
        """The newest rows, newest first."""
        cluster = self._cluster(guid)
        with cluster.lock:
            return list(reversed(self._leading(cluster).held.rows.rows[-count:]))

    def backup(self, guid: str, target: Writes) -> Figures:
        """Writes everything the primary holds, unsealed."""
        cluster = self._cluster(guid)
        with cluster.lock:
            rows = self._leading(cluster).held.rows
        target.write(rows.encoded())
        return rows.figures

    def restore(self, guid: str, content: Iterator[bytearray]) -> Figures:
        """Fills the open nodes of a new instance with a backup's content."""
        try:
            rows = RowSet.decoded(b"".join(content))
        except msgspec.DecodeError as error:
            raise BackupDamaged() from error
        self.settle(guid)
        cluster = self._cluster(guid)
        with cluster.lock:
            self._leading(cluster)
            return self._replace(cluster, rows)

    def kill(self, node: NodeRef) -> None:
        """Forgets what the node holds in memory; its disk is as a power cut leaves it."""
        if not self.close(node.guid, [node.number]):
            raise NodeNotRunning()

    def logs(self, node: NodeRef) -> SimulatedLogs:
        """The two files that every node has, and what they say here."""
        if not self.is_open(node):
            raise NodeSealed()
        return SimulatedLogs()

    def catalog(self, guid: str) -> None:
        """There is no server to ask."""
        del guid

    def reconfigure(self, guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        """Nothing to restart: every node has taken the parameters, the primary last."""
        del parameters, restart
        cluster = self._cluster(guid)
        with cluster.lock:
            for number in sorted(cluster.nodes, key=lambda one: (one == cluster.primary, one)):
                tell(number, TaskNodeState.SUCCEEDED, "")

    def switch_over(self, guid: str, number: int) -> None:
        """Refuses: simulated nodes elect a primary when the present one stops."""
        del guid, number
        raise CannotSwitchOver(
            "The nodes of this instance are simulated: there is no server to switch over to.",
            "Stop the primary instead: another node takes over.",
        )

    def erase_clear(self, node: NodeRef) -> None:
        """Refuses: a simulated volume is never clear on disk."""
        del node
        raise NothingInClear()

    def destroy(self, guid: str) -> int:
        """Closes and removes every volume of the instance."""
        cluster = self._cluster(guid)
        with cluster.lock:
            self.close(guid, list(cluster.nodes))
            removed = 0
            if (self._root / guid).is_dir():
                for folder in sorted((self._root / guid).glob("node-*")):
                    removed += self._disk.remove_folder(folder)
                self._disk.remove(self._term_file(guid))
        with self._lock:
            self._clusters.pop(guid, None)
        return removed

    def known(self) -> list[str]:
        """Instances that have volumes on disk."""
        if not self._root.is_dir():
            return []
        return sorted(entry.name for entry in self._root.iterdir() if entry.is_dir() and any(entry.glob("node-*")))

    def close_all(self) -> None:
        """Closes every volume."""
        with self._lock:
            clusters = list(self._clusters.items())
        for guid, cluster in clusters:
            with cluster.lock:
                self.close(guid, list(cluster.nodes))

    def _cluster(self, guid: str) -> _Cluster:
        with self._lock:
            return self._clusters.setdefault(guid, _Cluster())

    def _folder(self, node: NodeRef) -> Path:
        return self._root / node.guid / f"node-{node.number}"

    def _volume(self, node: NodeRef) -> Volume:
        return Volume(self._folder(node), node, self._disk)

    def _term_file(self, guid: str) -> Path:
        return self._root / guid / "term"

    def _new_term(self, guid: str) -> int:
        file = self._term_file(guid)
        latest = int(file.read_text("ascii")) if file.exists() else 0
        self._disk.put(file, str(latest + 1).encode("ascii"))
        return latest + 1

    def _keep_serving(self, cluster: _Cluster, preferred: int | None) -> Settled:
        current = cluster.current()
        if cluster.primary is None:
            cluster.primary = preferred if preferred in current else next(iter(current))
        return self._follow(cluster, cluster.nodes[cluster.primary].held)

    def _begin_serving(self, guid: str, cluster: _Cluster, preferred: int | None) -> Settled:
        newest = max(node.held.stamp for node in cluster.nodes.values())
        candidates = [number for number, node in sorted(cluster.nodes.items()) if node.held.stamp == newest]
        first = preferred if preferred in candidates else candidates[0]
        leading = Held(Stamp(self._new_term(guid), newest.sequence), cluster.nodes[first].held.rows)
        settled = self._follow(cluster, leading)
        if len(cluster.current()) < QUORUM or first not in cluster.nodes:
            for node in cluster.nodes.values():
                node.current = False
            return Settled(None, waiting=tuple(cluster.nodes), failed=settled.failed)
        cluster.primary, cluster.serving = first, True
        return Settled(first, settled.caught_up, failed=settled.failed)

    @staticmethod
    def _follow(cluster: _Cluster, leading: Held) -> Settled:
        """Writes the leading rows to every open node that holds something else; drops those that cannot take them."""
        caught_up: list[int] = []
        failed: dict[int, str] = {}
        for number, node in sorted(cluster.nodes.items()):
            if node.held.stamp == leading.stamp:
                node.current = True
                continue
            behind = node.held.rows.figures != leading.rows.figures
            try:
                node.take(leading)
            except DiskRefused:
                failed[number] = DiskRefused.summary.rstrip(".")
                continue
            if behind:
                caught_up.append(number)
        for number in failed:
            cluster.drop(number)
        cluster.reached = max(cluster.reached, leading.stamp)
        return Settled(cluster.primary, tuple(caught_up), failed=failed)

    @staticmethod
    def _leading(cluster: _Cluster) -> _Node:
        if not cluster.serving or cluster.primary is None:
            raise NotServing()
        return cluster.nodes[cluster.primary]

    @staticmethod
    def _replace(cluster: _Cluster, rows: RowSet) -> Figures:
        """Makes `rows` durable on every node that is up to date, then lets them be seen.

        When a disk refuses half-way the old rows stay visible, and the stamp that was tried is never used again.
        """
        stamp = Stamp(cluster.reached.term, cluster.reached.sequence + 1)
        cluster.reached = stamp
        held = Held(stamp, rows)
        current = cluster.current().values()
        for node in current:
            node.volume.store(node.dek, held)
        for node in current:
            node.held = held
        return rows.figures

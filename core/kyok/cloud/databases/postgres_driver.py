"""The driver of real servers: a supervisor for each instance, behind the calls of `NodeDriver`.

What it knows of an instance outlives it in `cluster.json`; so an instance whose servers outlived a cloud that crashed
is found again, and goes on until its nodes have proved their key or lost it.
"""

import logging
import shutil
import signal
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
    ChangeFailed,
    DiskRefused,
    NodeNotRunning,
    NodeSealed,
    NothingInClear,
    NotServing,
    TooFewNodes,
)
from kyok.cloud.databases.real_nodes import RealNodes
from kyok.cloud.databases.rowset import Figures, SampleRow
from kyok.domain.databases import NODES
from kyok.postgres import catalog, contents, metadata
from kyok.postgres.catalog import Catalog
from kyok.postgres.cluster import Cluster
from kyok.postgres.contents import Contents
from kyok.postgres.errors import NoRoom, PostgresError
from kyok.postgres.founding import BackupUnreadable, base_backup
from kyok.postgres.leading import QUORUM
from kyok.postgres.logs import AuditSizes, ServerLogs
from kyok.postgres.member import Member, Phase
from kyok.postgres.metadata import Metadata
from kyok.postgres.ports import FIRST, LAST, free_port
from kyok.postgres.sessions import ServerDoesNotAnswer
from kyok.postgres.status import ClusterStatus, NodeStatus
from kyok.postgres.volumes.guarantees import VolumeKind, guarantees
from kyok.postgres.volumes.memory import swap_on
from kyok.secrets import wipe

log = logging.getLogger(__name__)

ROOM = 256 * 1024 * 1024
"""Bytes that the disk must have before an instance is made."""
SERVED_SECONDS = 120.0
HOST = "localhost"


class PostgresDriver:
    """See the module; satisfies `NodeDriver`.

    `on_change` is told when nodes came or went, `on_data` when what they hold may have changed.
    """

    def __init__(
        self,
        root: Path,
        real: RealNodes,
        kind: Callable[[], VolumeKind],
        on_change: Callable[[str], None],
        on_data: Callable[[str], None],
    ) -> None:
        self._root = root
        self._real = real
        self._kind = kind
        self._on_change = on_change
        self._on_data = on_data
        self._lock = threading.Lock()
        self._ending = threading.Lock()  # two that end one instance would remove files under each other's hands
        self._clusters: dict[str, Cluster] = {}
        # Clouds of different homes that make instances at the same time do not run for the same ports.
        self._first_port = FIRST + zlib.crc32(bytes(root.resolve())) % (LAST - FIRST) // 2
        self._audit_sizes = AuditSizes()

    def resume(self) -> None:
        """Takes notice of every instance that there is; call once, before anything else."""
        for guid in self.known():
            try:
                self._cluster(guid)
            except PostgresError as error:
                log.error("instance %s: %s", guid, error.summary)

    def describe(self, guid: str | None = None) -> Protection:
        """What protects the data, in words."""
        meta = self._meta(guid) if guid is not None else None
        kind = VolumeKind(meta.driver) if meta is not None else self._kind()
        said = guarantees(kind, swap=swap_on())
        return Protection(
            driver=kind.value,
            display_name=said.display_name,
            summary=said.summary,
            connectable=True,
            cipher=said.cipher,
            volume=f"{kind.value}, AES-256-GCM",
            guarantees=tuple(Guarantee(row.situation, row.protection) for row in said.rows),
            warning=said.warning,
        )

    def prepare(self, guid: str, spec: ClusterSpec) -> None:
        """Chooses ports and the kind of volume, writes them down, and starts the supervisor."""
        folder = self._root / guid
        if shutil.disk_usage(self._root).free < ROOM:
            raise NoRoom(f"The disk of the data folder has less than {ROOM // 1024**2} MB left.")
        with self._lock:
            taken = self._ports()
            ports: list[int] = []
            for _ in range(1 + NODES):
                ports.append(free_port([*taken, *ports], self._first_port))
            binaries = self._real.kit.programs.binaries
            made = Metadata(
                driver=self._kind().value,
                programs=str(binaries.folder),
                version=binaries.version,
                tls=binaries.tls,
                port=ports[0],
                ports=dict(enumerate(ports[1:], start=1)),
                admin=spec.admin,
                verifier=spec.verifier,
                seeded=spec.seeded,
            )
            metadata.write(folder, made)
            self._clusters[guid] = self._started(guid, made)

    def create(self, node: NodeRef, dek: bytearray) -> None:
        """Has the node's volume made."""
        self._cluster(node.guid).want(node.number, dek, fresh=True)

    def open(self, node: NodeRef, dek: bytearray) -> None:
        """Has the node's volume opened, and its server started."""
        cluster = self._cluster(node.guid)
        if cluster.wants(node.number):
            wipe(dek)
        else:
            cluster.want(node.number, dek)

    def close(self, guid: str, numbers: Sequence[int]) -> list[int]:
        """Ends servers now; their volumes are closed right after."""
        found = self._find(guid)
        return [] if found is None else found.shut(list(numbers))

    def is_open(self, node: NodeRef) -> bool:
        """Whether the node is to run."""
        found = self._find(node.guid)
        return found is not None and found.wants(node.number)

    def settle(self, guid: str, preferred: int | None = None) -> Settled:
        """Has the supervisor look, and tells how it stands now."""
        del preferred  # the supervisor remembers who led
        found = self._find(guid)
        if found is None:
            return Settled(None)
        found.go()
        return _settled(found)

    def figures(self, guid: str) -> Figures:
        """What the supervisor read last."""
        found = self._serving(guid)
        if found.status.contents is None:
            raise NotServing("The database has just started; its rows are being counted.")
        return _figures(found.status.contents)

    def facts(self, node: NodeRef) -> NodeFacts:
        """What the supervisor measured last."""
        found = self._find(node.guid)
        status = found.status.nodes.get(node.number) if found is not None else None
        if found is None or status is None:
            return NodeFacts(0)
        if status.phase is not Phase.UP:
            port = found.members[node.number].port
            return NodeFacts(status.size, port=port, left_clear=status.left_clear, doing=_doing(status))
        figures = status.figures
        return NodeFacts(
            size=status.size,
            memory=figures.memory,
            lag_bytes=figures.lag_bytes,
            lag_seconds=figures.lag_seconds,
            pid=status.pid,
            port=found.members[node.number].port,
            uptime=self._real.kit.now() - status.started_at,
            connections=figures.connections if status.leads else None,
        )

    def connection(self, guid: str) -> Connection | None:
        """Where clients connect."""
        meta = self._meta(guid)
        if meta is None:
            return None
        return Connection(HOST, meta.port, meta.admin, meta.authority, meta.version)

    def known(self) -> list[str]:
        """Instances of real servers."""
        if not self._root.is_dir():
            return []
        return sorted(file.parent.name for file in self._root.glob(f"*/{metadata.FILE}"))

    def wait_until_served(self, guid: str, nodes: int) -> Settled:
        """Waits for that many nodes, or for the first ones to fail."""
        cluster = self._cluster(guid)
        cluster.go()
        numbers = list(cluster.members)

        def decided(status: ClusterStatus) -> bool:
            return not any(cluster.wants(number) for number in numbers) or _is_decided(status, nodes)

        cluster.wait_for(decided, SERVED_SECONDS)
        return _settled(cluster)

    def insert(self, guid: str, rows: Sequence[SampleRow]) -> Figures:
        """Adds rows to the table `payments`; on return two nodes have them on disk."""
        cluster = self._serving(guid)
        if cluster.status.read_only or len(cluster.status.up()) < QUORUM:
            raise TooFewNodes()
        leader = self._leader(cluster)
        admin = cluster.work.meta.admin
        found = [(row.id, row.customer, row.purpose, row.cents, row.reference) for row in rows]
        try:
            contents.add_rows(leader.door(), admin, admin, found)
            return _figures(cluster.work.fresh_contents())
        except ServerDoesNotAnswer as error:
            raise NotServing(error.summary) from error
        finally:
            cluster.go()

    def next_row(self, guid: str) -> int:
        """One more than the highest id."""
        cluster = self._serving(guid)
        try:
            return contents.next_row_id(self._leader(cluster).door(), cluster.work.meta.admin)
        except ServerDoesNotAnswer as error:
            raise NotServing(error.summary) from error

    def last_rows(self, guid: str, count: int) -> list[SampleRow]:
        """The newest sample rows."""
        cluster = self._serving(guid)
        try:
            found = contents.last_rows(self._leader(cluster).door(), cluster.work.meta.admin, count)
        except ServerDoesNotAnswer as error:
            raise NotServing(error.summary) from error
        return [SampleRow(*row) for row in found]

    def backup(self, guid: str, target: Writes) -> Figures:
        """Streams the primary's data. The digest is empty when somebody wrote meanwhile: then it cannot be compared."""
        cluster = self._serving(guid)
        leader = self._leader(cluster)
        try:
            before = contents.contents(leader.door())
            base_backup(leader, target)
            after = contents.contents(leader.door())
        except PostgresError as error:
            raise NotServing(error.summary) from error
        same = (before.rows, before.digest) == (after.rows, after.digest)
        return Figures(after.rows, after.digest if same else "", after.size)

    def restore(self, guid: str, content: Iterator[bytearray]) -> Figures:
        """Replaces the data of the open nodes by a backup's."""
        cluster = self._cluster(guid)
        try:
            return _figures(cluster.restore(content))
        except BackupUnreadable as error:
            raise BackupDamaged() from error
        except OSError as error:
            raise DiskRefused() from error

    def kill(self, node: NodeRef) -> None:
        """Sends SIGKILL to the node's server."""
        found = self._find(node.guid)
        if found is None or found.members[node.number].server.pid is None:
            raise NodeNotRunning()
        found.members[node.number].server.signal(signal.SIGKILL)

    def logs(self, node: NodeRef) -> ServerLogs:
        """The files in the node's open volume."""
        found = self._find(node.guid)
        if found is None or not found.members[node.number].volume.is_open():
            raise NodeSealed()
        return ServerLogs(found.members[node.number].layout.log, self._audit_sizes)

    def catalog(self, guid: str) -> Catalog:
        """Asks the primary."""
        cluster = self._serving(guid)
        try:
            return catalog.catalog(self._leader(cluster).door())
        except ServerDoesNotAnswer as error:
            raise NotServing(error.summary) from error

    def reconfigure(self, guid: str, parameters: Mapping[str, int], tell: Tell, *, restart: bool = False) -> None:
        """Has the supervisor go from server to server."""
        try:
            self._serving(guid).reconfigure(dict(parameters), tell, restart=restart)
        except (PostgresError, NotServing) as error:
            raise ChangeFailed(error.summary) from error

    def switch_over(self, guid: str, number: int) -> None:
        """Has the supervisor do it."""
        try:
            cluster = self._serving(guid)
            if cluster.status.primary == number:
                raise CannotSwitchOver(f"Node {number} is the primary already.", "Choose one of the secondaries.")
            cluster.switch_over(number)
        except (PostgresError, NotServing) as error:
            raise CannotSwitchOver(error.summary) from error
        cluster.wait_for(lambda status: status.primary == number, SERVED_SECONDS)

    def erase_clear(self, node: NodeRef) -> None:
        """Has the supervisor remove it."""
        found = self._find(node.guid)
        try:
            if found is None or not found.erase_clear(node.number):
                raise NothingInClear()
        except PostgresError as error:
            raise DiskRefused(error.summary, error.remedy) from error

    def destroy(self, guid: str) -> int:
        """Ends everything of the instance and removes it."""
        with self._ending:
            found = self._find(guid)
            if found is None:
                if guid not in self.known():
                    return 0
                found = self._made(guid, self._meta_of(guid))
            removed = found.destroy()
            metadata.remove(self._root / guid)
            self._forget(guid, found)
            return removed

    def close_all(self) -> None:
        """Ends every server, seals every volume, closes every port."""
        with self._ending:
            with self._lock:
                clusters = dict(self._clusters)
            with ThreadPoolExecutor(8, "kyok-stop") as together:
                list(together.map(Cluster.stop, clusters.values()))
            for guid, cluster in clusters.items():
                self._forget(guid, cluster)

    def cluster(self, guid: str) -> Cluster:
        """The supervisor of an instance that serves. Raises `NotServing`."""
        return self._serving(guid)

    # Inside -----------------------------------------------------------------------------------------------------------

    def _find(self, guid: str) -> Cluster | None:
        with self._lock:
            return self._clusters.get(guid)

    def _forget(self, guid: str, ended: Cluster) -> None:
        """Only now may the instance get another supervisor: two would open one volume."""
        with self._lock:
            if self._clusters.get(guid) is ended:
                del self._clusters[guid]

    def _cluster(self, guid: str) -> Cluster:
        with self._lock:
            found = self._clusters.get(guid)
            if found is None:
                found = self._clusters[guid] = self._started(guid, self._meta_of(guid))
            return found

    def _started(self, guid: str, meta: Metadata) -> Cluster:
        made = self._made(guid, meta)
        made.start()
        return made

    def _made(self, guid: str, meta: Metadata) -> Cluster:
        return Cluster(guid, self._root / guid, meta, self._real.kit, self._on_change, self._on_data)

    def _meta_of(self, guid: str) -> Metadata:
        found = metadata.read(self._root / guid)
        if found is None:
            raise metadata.MetadataDamaged("A database instance has no file cluster.json.")
        return found

    def _meta(self, guid: str) -> Metadata | None:
        found = self._find(guid)
        return found.work.meta if found is not None else metadata.read(self._root / guid)

    def _ports(self) -> list[int]:
        taken = []
        for guid in self.known():
            meta = metadata.read(self._root / guid)
            if meta is not None:
                taken += [meta.port, *meta.ports.values()]
        return taken

    def _serving(self, guid: str) -> Cluster:
        found = self._find(guid)
        if found is None or found.status.primary is None or not found.wants(found.status.primary):
            raise NotServing()
        return found

    @staticmethod
    def _leader(cluster: Cluster) -> Member:
        leader = cluster.work.primary()
        if leader is None:
            raise NotServing()
        return leader


def _settled(cluster: Cluster) -> Settled:
    status = cluster.status
    starting, failed, waiting = {}, {}, []
    for number, node in status.nodes.items():
        if not cluster.wants(number) and node.phase is not Phase.FAILED:
            continue
        if node.phase is Phase.FAILED:  # also of a node that is to be closed, and cannot be
            failed[number] = node.reason.rstrip(".")
        elif node.phase is not Phase.UP:
            starting[number] = node.reason.rstrip(".") or "starts its database server"
        elif status.primary is None:
            waiting.append(number)
    primary = status.primary if status.primary is not None and cluster.wants(status.primary) else None
    return Settled(primary, waiting=tuple(waiting), starting=starting, failed=failed)


def _doing(status: NodeStatus) -> str:
    if status.phase is Phase.STARTING:
        return status.reason.rstrip(".") or "starts its database server"
    return status.reason.rstrip(".") or "makes its volume"


def _is_decided(status: ClusterStatus, nodes: int) -> bool:
    """Whether waiting on brings nothing new: enough run, or those that do not run have failed."""
    failed = [node for node in status.nodes.values() if node.phase is Phase.FAILED]
    if status.primary is None:
        return bool(failed)
    return not status.read_only and len(status.up()) + len(failed) >= nodes


def _figures(found: Contents) -> Figures:
    return Figures(found.rows, found.digest, found.size)

"""Clusters of real servers on each kind of volume, in folders of their own, ended whatever happens."""

import errno
import os
import signal
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kyok.cloud.databases.real_nodes import RealNodes, real_nodes
from kyok.durable import Disk
from kyok.errors import KyokError
from kyok.postgres import metadata
from kyok.postgres.account import server_account
from kyok.postgres.binaries import find_binaries
from kyok.postgres.cluster import Cluster
from kyok.postgres.member import Phase
from kyok.postgres.metadata import Metadata
from kyok.postgres.ports import free_port
from kyok.postgres.scram import scram_verifier
from kyok.postgres.status import ClusterStatus
from kyok.postgres.volumes.guarantees import VolumeKind

PASSWORD = "passWORD4User19"
ADMIN = "admin"
SECONDS = 60.0
FIRST_PORT = 27000 + 1000 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 5)
"""Each worker has ports of its own: what one lets go of for a moment the other must not take."""
SECRET = "KNOWN-VALUE-5d1c0f7e"


def why_no_servers() -> str:
    """Why no real server can run here; empty when one can."""
    try:
        return "" if find_binaries(server_account()) is not None else "no usable PostgreSQL on this machine"
    except KyokError as error:
        return error.summary


def wait_for(condition: Callable[[], Any], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def files_with(folder: Path, needle: bytes) -> list[Path]:
    """Files that hold it. Servers work in the folder: a file that is gone before it is read holds nothing."""
    found = []
    for place, _, names in os.walk(folder):
        for file in (Path(place, name) for name in names):
            with suppress(FileNotFoundError):
                if file.is_file() and needle in file.read_bytes():
                    found.append(file)
    return found


def following(status: ClusterStatus) -> list[int]:
    """Nodes that stream from the one that leads now."""
    return [
        number
        for number, node in status.nodes.items()
        if node.phase is Phase.UP and node.figures.streaming and not node.leads
    ]


def takes_writes(status: ClusterStatus) -> bool:
    """A write is confirmed now: before the first standby streams it may yet turn out that none does."""
    return status.primary is not None and not status.read_only and bool(following(status))


@dataclass
class Stage:
    """One cluster with the keys of its nodes, and a hand on it."""

    real: RealNodes
    folder: Path
    kind: VolumeKind
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    dek: bytes = field(default_factory=lambda: os.urandom(32))
    cluster: Cluster = field(init=False)
    left: list[Cluster] = field(default_factory=list)
    """Supervisors that were abandoned: this process is still the parent of what they started."""

    def __post_init__(self) -> None:
        ports: list[int] = []
        for _ in range(4):
            ports.append(free_port(ports, FIRST_PORT))
        binaries = self.real.kit.programs.binaries
        meta = Metadata(
            driver=self.kind.value,
            programs=str(binaries.folder),
            version=binaries.version,
            tls=binaries.tls,
            port=ports[0],
            ports=dict(enumerate(ports[1:], start=1)),
            admin=ADMIN,
            verifier=scram_verifier(PASSWORD),
        )
        metadata.write(self.folder / self.guid, meta)
        self.cluster = self._supervisor()
        self.cluster.start()

    def _supervisor(self) -> Cluster:
        meta = metadata.read(self.folder / self.guid)
        assert meta is not None
        return Cluster(self.guid, self.folder / self.guid, meta, self.real.kit, lambda guid: None, lambda guid: None)

    def give_keys(self, *numbers: int, fresh: bool = False) -> None:
        for number in numbers or (1, 2, 3):
            self.cluster.want(number, bytearray(self.dek), fresh=fresh)
        self.cluster.go()

    def make(self) -> "Stage":
        self.give_keys(fresh=True)
        self.all_up()
        return self

    def until(self, condition: Any, seconds: float = SECONDS) -> None:
        met = self.cluster.wait_for(condition, seconds)
        assert met, self.cluster.status

    def all_up(self) -> None:
        self.until(lambda status: takes_writes(status) and len(following(status)) == 2)

    def closed(self, *numbers: int) -> None:
        """Waits until volumes are closed: a node counts as closed before, when its server is gone."""
        members = [self.cluster.members[number] for number in numbers or (1, 2, 3)]
        self.until(lambda status: all(one.phase is Phase.CLOSED and not one.shutting for one in members))

    @property
    def status(self) -> ClusterStatus:
        return self.cluster.status

    def address(self, port: int | None = None, **more: Any) -> dict[str, Any]:
        """How a customer connects: to the stable port, or to one node's."""
        certificate = self.folder / "cert.pem"
        certificate.write_text(self.cluster.work.meta.authority)
        return {
            "host": "localhost",
            "port": port or self.cluster.work.meta.port,
            "user": ADMIN,
            "password": PASSWORD,
            "dbname": ADMIN,
            "sslmode": "verify-full",
            "sslrootcert": str(certificate),
            "connect_timeout": 10,
            "autocommit": True,
        } | (self.plain(port) | more)

    def plain(self, port: int | None = None) -> dict[str, Any]:
        """What differs for a server's own port where the build has no TLS: then only the stable port has it."""
        tls = self.cluster.work.meta.tls or port is None or port == self.cluster.work.meta.port
        return {} if tls else {"sslmode": "disable", "sslrootcert": None}

    def sql(self, statement: str, *parameters: Any, port: int | None = None) -> Any:
        """The first column of the first row, if the statement gives any."""
        with psycopg.connect(**self.address(port)) as connection:
            found = connection.execute(statement, parameters or None)
            row = found.fetchone() if found.description else None
            return row[0] if row else None

    def put_secret(self) -> None:
        """A known value is in a row, and can be read back."""
        self.sql("CREATE TABLE IF NOT EXISTS secrets (text text)")
        self.sql("INSERT INTO secrets VALUES (%s)", SECRET)
        assert self.sql("SELECT text FROM secrets") == SECRET

    def kill_the_primary(self) -> int:
        """Kills its server with kill -9 and waits until another node leads; which node it was."""
        former = self.status.primary
        assert former is not None
        pid = self.status.nodes[former].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        self.until(lambda status: status.primary not in (None, former))
        return former

    def kill_everything(self) -> None:
        """As after kill -9 of the cloud, its servers and whatever serves their volumes."""
        self.abandon()
        for member in self.cluster.members.values():
            for pid in member.server.processes():
                with suppress(ProcessLookupError):  # a backend that ends by itself in this moment
                    os.kill(pid, signal.SIGKILL)
            assert member.server.wait(10)
        helpers = [member.volume for member in self.cluster.members.values()]
        for volume in helpers:
            child = getattr(volume, "_helper", None)
            if child is not None:
                child.kill()
                child.wait(10)

    def abandon(self) -> None:
        """The supervisor is gone as by kill -9; its servers go on."""
        self.cluster._ending = True
        for member in self.cluster.members.values():
            member.wanted = member.left = True  # the last look must leave everything as it is
        self.cluster.go()
        self.cluster._thread.join(20)
        assert not self.cluster._thread.is_alive()
        self.real.fronts.close(self.guid)
        self.real.kit.front.close(self.guid)

    def again(self) -> None:
        """A new supervisor finds what there is."""
        self.left.append(self.cluster)
        self.cluster = self._supervisor()
        self.cluster.start()

    def files_with(self, needle: bytes) -> list[Path]:
        return files_with(self.folder / self.guid, needle)

    def sees(self, expected: Any, statement: str, port: int) -> None:
        """Waits until a node says so: a standby has a row on disk before it shows it."""
        wait_for(lambda: self.sql(statement, port=port) == expected)


@contextmanager
def stage(kind: VolumeKind) -> Iterator[Stage]:
    """A cluster that is not made yet."""
    problem = why_no_servers()
    if problem:
        pytest.skip(problem)
    with tempfile.TemporaryDirectory(prefix="kyok-nodes-") as name:
        real = real_nodes(Path(name))
        assert real is not None
        if kind not in real.kinds:
            real.fronts.stop()
            pytest.skip(real.problems[kind])
        made = Stage(real, Path(name), kind)
        try:
            yield made
        finally:
            made.cluster.destroy()
            made.cluster._thread.join(30)
            for cluster in (*made.left, made.cluster):
                _reap(cluster)
            real.fronts.stop()


def _reap(cluster: Cluster) -> None:
    """Another process would have left its children to the system; here they are ours."""
    for member in cluster.members.values():
        member.leave()
        for child in (member.server._child, member._helper, getattr(member.volume, "_helper", None)):
            if child is not None:
                child.wait(10)


def full_once(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The disk is full when the next file is made durable. Returns which one that was."""
    real, failed = Disk.write, []

    def write(disk: Disk, path: Path, data: bytes | bytearray) -> None:
        if not failed:
            failed.append(path)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(disk, path, data)

    monkeypatch.setattr(Disk, "write", write)
    return failed

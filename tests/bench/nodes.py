"""Bench of real nodes: an instance made, a failover, a key taken away, and pgbench beside an unencrypted cluster."""

import contextlib
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from kyok.aead import Bytes
from kyok.cloud.databases.real_nodes import real_nodes
from kyok.postgres.volumes.common import WithoutLog, give_folder
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.port import Owner, VolumeId
from tests.bench.report import Figure, spread
from tests.nodes.clusters import ADMIN, PASSWORD, Stage, why_no_servers

ROUNDS = 3
SECONDS = 3
CLIENTS = 2
SCALE = 2
DISABLES = 3


class PlainVolume(WithoutLog):
    """A folder in clear: what encrypted volumes are compared with. It exists in this bench only."""

    def __init__(self, sealed: Path, clear: Path, owner: Owner) -> None:
        self.sealed, self.clear, self._owner = sealed, clear, owner

    def create(self, dek: Bytes) -> None:
        del dek
        self.destroy()
        self.sealed.mkdir(parents=True)
        give_folder(self.clear, self._owner)

    def open(self, dek: Bytes) -> None:
        del dek

    def exists(self) -> bool:
        return self.clear.exists()

    def is_open(self) -> bool:
        return self.clear.exists()

    def close(self, dek: Bytes) -> None:
        del dek

    def drop(self) -> None:
        return

    def destroy(self) -> int:
        for folder in (self.sealed, self.clear):
            shutil.rmtree(folder, ignore_errors=True)
        return 0

    def size(self) -> int:
        return 0


def run() -> list[Figure]:
    """Every figure of real nodes; none where no server can run."""
    problem = why_no_servers()
    if problem:
        return [Figure("real nodes", "not measured", "-", None, problem)]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kyok-bench-nodes-")))
        folder.chmod(0o711)
        stages, ready = _made(folder, stack)
        figures = [_ready(name, seconds) for name, seconds in ready.items() if name != "plain"]
        best = next(name for name in stages if name != "plain")
        figures += [_failover(best, stages[best]), _sealed(best, stages[best])]
        return figures + _pgbench(stages)


def _made(folder: Path, stack: contextlib.ExitStack) -> tuple[dict[str, Stage], dict[str, float]]:
    stages: dict[str, Stage] = {}
    ready: dict[str, float] = {}
    real = real_nodes(folder)
    assert real is not None
    stack.callback(real.fronts.stop)
    owner = Owner(real.kit.programs.account.uid, real.kit.programs.account.gid)

    def plain(kind: str, volume: VolumeId, sealed: Path) -> PlainVolume:
        del kind
        return PlainVolume(sealed, folder / f"clear-{volume.guid}.{volume.node}", owner)

    kits = {"plain": (VolumeKind.SEALED_ON_STOP, replace(real, kit=replace(real.kit, volume=plain)))}
    kits |= {kind.value: (kind, real) for kind in real.kinds}
    for name, (kind, with_kit) in kits.items():
        times = []
        for last in (False, True):
            made = Stage(with_kit, folder, kind)
            begin = time.perf_counter()
            made.make()
            times.append(time.perf_counter() - begin)
            if last:
                stages[name] = made
                stack.callback(made.cluster.destroy)
            else:
                made.cluster.destroy()
        ready[name] = min(times)
    return stages, ready


def _ready(name: str, seconds: float) -> Figure:
    account = "servers under an account of their own" if os.geteuid() == 0 else "as a plain user"
    how = f"three nodes made from nothing until they stream and take writes, the better of 2, {account}"
    return Figure(f"first instance ready, {name}", f"{seconds:.1f} s", "-", None, how)


def _failover(name: str, stage: Stage) -> Figure:
    times = []
    for _ in range(ROUNDS):
        stage.all_up()
        begin = time.perf_counter()
        stage.kill_the_primary()
        stage.sql("CREATE TABLE IF NOT EXISTS after_failover (number int)")
        times.append(time.perf_counter() - begin)
    stage.all_up()
    value = statistics.median(times)
    how = f"kill -9 of the primary to the first write through the stable port, {name}, {ROUNDS} times {spread(times)} s"
    return Figure("failover", f"{value:.2f} s", "<= 2 s", max(times) <= 2, how)


def _sealed(name: str, stage: Stage) -> Figure:
    gone, closed = [], []
    for _ in range(DISABLES):
        stage.all_up()
        begin = time.perf_counter()
        stage.cluster.shut([1, 2, 3])
        gone.append(time.perf_counter() - begin)
        stage.closed()
        closed.append(time.perf_counter() - begin)
        stage.give_keys()
    stage.all_up()
    how = (
        f"key denied to three servers gone, {name}, {DISABLES} times {spread(gone)} s; "
        f"volumes closed after {spread(closed)} s"
    )
    return Figure("key denied to all servers gone", f"{max(gone):.2f} s worst", "<= 0.5 s", max(gone) <= 0.5, how)


def _pgbench(stages: dict[str, Stage]) -> list[Figure]:
    rates: dict[str, list[float]] = {name: [] for name in stages}
    with tempfile.TemporaryDirectory() as folder:
        for stage in stages.values():
            _bench(stage, Path(folder), "-i", "-q", "-s", str(SCALE))
        for _ in range(ROUNDS):
            for name, stage in stages.items():
                said = _bench(stage, Path(folder), "-c", str(CLIENTS), "-T", str(SECONDS), "-n")
                rates[name].append(float(re.findall(r"tps = ([0-9.]+)", said)[-1]))
    figures = []
    for name, found in rates.items():
        if name == "plain":
            continue
        ratio = statistics.median(one / other for one, other in zip(found, rates["plain"], strict=True))
        how = (
            f"TPC-B like, scale {SCALE}, {CLIENTS} clients, quorum commit on both, {ROUNDS} interleaved rounds of "
            f"{SECONDS} s: {statistics.median(found):.0f} against {statistics.median(rates['plain']):.0f} per second"
        )
        figures.append(Figure(f"pgbench, {name} against an unencrypted cluster", f"{ratio:.2f}", "-", None, how))
    return figures


def _bench(stage: Stage, folder: Path, *arguments: str) -> str:
    leader = stage.cluster.members[stage.status.primary or 0]
    passfile = folder / "passfile"
    passfile.write_text(f"*:*:*:{ADMIN}:{PASSWORD}\n")
    passfile.chmod(0o600)
    program = stage.real.kit.programs.path("pgbench")
    words = [str(program), "-h", "localhost", "-p", str(leader.port), "-U", ADMIN, *arguments, ADMIN]
    environment = {**os.environ, "PGPASSFILE": str(passfile), "PGSSLMODE": "require"}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout

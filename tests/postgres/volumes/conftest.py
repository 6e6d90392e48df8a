"""A bench for each kind of volume; gocryptfs only where a real mount works."""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kyok.postgres.volumes import mounts
from kyok.postgres.volumes.choice import gocryptfs_problem
from kyok.postgres.volumes.guarantees import VolumeKind
from tests.postgres.volumes.bench import Bench, servers_account


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder that the servers' account may pass through; pytest's own it may not."""
    with tempfile.TemporaryDirectory(prefix="kyok-test-") as folder:
        Path(folder).chmod(0o711)
        try:
            yield Path(folder)
        finally:
            _unmount_all(Path(folder))


def _unmount_all(folder: Path) -> None:
    """Takes away what a failed test left mounted."""
    for line in mounts.TABLE.read_text(encoding="utf-8").splitlines():
        place = Path(line.split(" ")[4])
        if place.is_relative_to(folder):
            mounts.unmount(place)


@cache
def problem_of_gocryptfs() -> str | None:
    """Tried once for all tests."""
    with tempfile.TemporaryDirectory(prefix="kyok-test-") as folder:
        Path(folder).chmod(0o711)
        bench = Bench(VolumeKind.GOCRYPTFS, Path(folder), servers_account())
        return gocryptfs_problem(bench.places, bench.owner)


def bench_of(kind: VolumeKind, root: Path) -> Bench:
    """A bench, or a skip where the kind does not work."""
    bench = Bench(kind, root, servers_account())
    if kind is VolumeKind.GOCRYPTFS:
        problem = problem_of_gocryptfs()
        if problem is not None:
            pytest.skip(problem)
    elif not hasattr(os, "fwalk"):
        pytest.skip("no safe file calls on this system")
    return bench


@pytest.fixture(params=list(VolumeKind))
def bench(request: pytest.FixtureRequest, root: Path) -> Bench:
    """Each kind in turn."""
    return bench_of(request.param, root)


@pytest.fixture
def gocryptfs(root: Path) -> Bench:
    return bench_of(VolumeKind.GOCRYPTFS, root)


@pytest.fixture
def ram(root: Path) -> Bench:
    return bench_of(VolumeKind.RAM_SEALED, root)


@pytest.fixture
def on_stop(root: Path) -> Bench:
    return bench_of(VolumeKind.SEALED_ON_STOP, root)

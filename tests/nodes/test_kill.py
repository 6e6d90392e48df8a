"""kill -9 of the cloud at seeded moments of the walk on real servers (issue of real nodes, 5)."""

import os
from pathlib import Path

import pytest

from kyok.postgres.volumes import mounts
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.places import places_of
from tests.e2e.test_kill import kills_during_the_walk
from tests.nodes.clusters import why_no_servers
from tests.served import ServedProcess


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "kills"), [(VolumeKind.GOCRYPTFS, 16), (VolumeKind.RAM_SEALED, 14)])
def test_thirty_kills_during_the_walk_on_real_servers(tmp_path: Path, kind: VolumeKind, kills: int) -> None:
    """Thirty on two kinds of volumes: what was acknowledged is there, nobody is left without a cloud."""
    problem = why_no_servers()
    if problem:
        pytest.skip(problem)

    def choose(served: ServedProcess) -> None:
        served.rest().json("PUT", "/emulator/v1/settings", {"node_driver": kind.value})

    kills_during_the_walk(tmp_path, kills, longest=6.0, nodes="auto", prepare=choose)
    assert not orphans(tmp_path)


def orphans(folder: Path) -> list[str]:
    """Processes that work for an instance of a home below the folder, and volumes of one that are still open."""
    guids = {entry.name for entry in folder.glob("home-*/databases/*")}
    left = []
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        try:
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if any(guid in words for guid in guids):
            left.append(words.replace("\0", " "))
    for home in folder.glob("home-*"):
        clear = places_of(home, shared=os.geteuid() == 0).mounted.full
        left += [line for line in mounts.TABLE.read_text("utf-8").splitlines() if f" {clear}/" in line]
    return left

"""What can go wrong around real nodes: a clear state and sentence, and nothing lost (issue of real nodes, 8)."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from kyok.postgres.member import Phase
from kyok.postgres.pidfile import read_pidfile
from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import SECRET, Stage, stage, wait_for, why_no_servers
from tests.nodes.test_cloud import House, house_on

MIB = 1024 * 1024


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A file system of `size` MiB at a folder; only root can have one."""
    if os.geteuid() != 0:
        pytest.skip("a small disk of its own needs root")
    options = ["-t", "tmpfs", "-o", f"size={size}m,mode=0711", "tmpfs", str(folder)]
    if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def gocryptfs() -> Iterator[Stage]:
    with stage(VolumeKind.GOCRYPTFS) as found:
        yield found


def row_goes_in(stage: Stage) -> bool:
    """Whether it does; servers that the full disk ended may not be back yet, and a row may be in without an answer."""
    try:
        stage.sql("INSERT INTO secrets VALUES ('after the disk was full')")
    except (psycopg.errors.ReadOnlySqlTransaction, psycopg.OperationalError):
        return False
    return True


def test_a_full_disk_refuses_writes_and_loses_nothing(gocryptfs: Stage) -> None:
    nodes = gocryptfs.folder / gocryptfs.guid
    kept = (nodes / "cluster.json").read_bytes()
    with small_disk(nodes, 420):
        (nodes / "cluster.json").write_bytes(kept)
        gocryptfs.make()
        gocryptfs.put_secret()
        filler = nodes / "filler"
        free = os.statvfs(nodes).f_bavail * os.statvfs(nodes).f_frsize
        filler.write_bytes(b"x" * (free - 2 * MIB))
        with pytest.raises(psycopg.Error):
            gocryptfs.sql("CREATE TABLE big AS SELECT repeat('x', 1000) FROM generate_series(1, 20000)")
        filler.unlink()
        wait_for(lambda: row_goes_in(gocryptfs))
        gocryptfs.all_up()
        gocryptfs.until(lambda status: status.contents is not None)
        assert gocryptfs.sql("SELECT count(*) FROM secrets WHERE text = %s", SECRET) == 1
        assert gocryptfs.sql("SELECT count(DISTINCT text) FROM secrets") == 2
        gocryptfs.cluster.destroy()


def test_a_taken_port_moves_a_server_and_the_stable_port_waits(gocryptfs: Stage) -> None:
    gocryptfs.make()
    gocryptfs.put_secret()
    leader = gocryptfs.cluster.members[gocryptfs.status.primary or 0]
    gocryptfs.cluster.shut([1, 2, 3])
    gocryptfs.closed()
    before = leader.port
    with closing(socket.create_server(("127.0.0.1", before))):
        gocryptfs.give_keys()
        gocryptfs.all_up()
        assert leader.port != before
        assert gocryptfs.sql("SELECT text FROM secrets") == SECRET


def test_a_server_that_may_still_work_is_never_joined_by_a_second_one(gocryptfs: Stage) -> None:
    gocryptfs.make()
    member = gocryptfs.cluster.members[2]
    pid = member.server.pid
    with gocryptfs.cluster._busy:
        member.server._child, kept = None, member.server._child  # the supervisor lost sight of it
        member.phase = Phase.STARTING
    try:
        gocryptfs.cluster.go()
        gocryptfs.until(lambda status: "already works on this volume" in status.nodes[2].reason)
        found = read_pidfile(member.layout.data)
        assert found is not None
        assert found.pid == pid
    finally:
        member.server._child = kept


def test_without_fuse_the_next_best_volume_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kyok.cloud.databases.real_nodes import real_nodes

    monkeypatch.setattr("kyok.postgres.volumes.choice.fuse_problem", lambda: "/dev/fuse is not there")
    found = real_nodes(tmp_path)
    if found is None:
        pytest.skip("no PostgreSQL")
    found.fronts.stop()
    assert VolumeKind.GOCRYPTFS not in found.kinds
    assert found.kinds[-1] is VolumeKind.SEALED_ON_STOP
    assert found.problems[VolumeKind.GOCRYPTFS] == "/dev/fuse is not there."


@pytest.mark.slow
def test_a_cloud_that_finds_no_postgresql_any_more_says_so_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for house in house_on(tmp_path / "home", VolumeKind.RAM_SEALED.value):
        house.make()
        house.put_secret()
        assert house.served.stop() == 0
        monkeypatch.setenv("KYOK_POSTGRES", "/nonexistent")
        house.served.start()
        house.rest = house.served.rest()
        _wait_for_reason(house, "No usable PostgreSQL was found on this machine")
        assert house.detail()["cluster_state"] == "STOPPED"
        assert house.served.stop() == 0
        monkeypatch.delenv("KYOK_POSTGRES")
        house.served.start()
        house.rest = house.served.rest()
        house.running()
        assert house.sql("SELECT text FROM secrets") == SECRET


def _wait_for_reason(house: House, words: str) -> None:
    def told() -> bool:
        nodes = house.detail()["nodes"]
        return {node["reason"]["message"] for node in nodes if node["reason"]} == {words}

    house.rest.wait("the sentence", told)


def test_reset_of_a_home_ends_the_servers_that_a_killed_cloud_left(tmp_path: Path) -> None:
    from kyok.cloud.reset import erase_home

    problem = why_no_servers()
    if problem:
        pytest.skip(problem)
    house = House(tmp_path / "home", VolumeKind.RAM_SEALED.value).make()
    house.put_secret()
    house.served.kill()
    assert house.pids_left(), "the servers outlive their cloud"
    assert "databases" in erase_home(house.served.home)
    assert house.pids_left() == []
    assert not list(Path("/dev/shm").glob(f"*/{house.guid}*"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_volume_whose_helper_was_killed_is_opened_again(gocryptfs: Stage, count: int) -> None:
    gocryptfs.make()
    gocryptfs.put_secret()
    leader = gocryptfs.status.primary or 0
    numbers = sorted((1, 2, 3), key=lambda number: number != leader)[:count]
    before = {number: gocryptfs.status.nodes[number].pid for number in numbers}
    for number in numbers:
        helper = getattr(gocryptfs.cluster.members[number].volume, "_helper", None)
        assert helper is not None
        helper.kill()
        helper.wait(10)
    gocryptfs.cluster.go()
    gocryptfs.until(lambda status: all(status.nodes[number].pid not in (None, before[number]) for number in numbers))
    gocryptfs.all_up()
    assert gocryptfs.sql("SELECT text FROM secrets") == SECRET
    gocryptfs.sql("INSERT INTO secrets VALUES ('goes on')")


@pytest.mark.slow
def test_what_a_crash_left_in_clear_is_kept_told_and_erased_only_when_a_person_asks() -> None:
    with stage(VolumeKind.SEALED_ON_STOP) as fresh:
        fresh.make()
        fresh.put_secret()
        fresh.kill_everything()
        fresh.again()
        fresh.cluster.shut([1, 2, 3])  # the key was denied meanwhile
        fresh.until(lambda status: all(node.left_clear for node in status.nodes.values()))
        views = [member.volume.clear for member in fresh.cluster.members.values()]
        assert all(view.is_dir() for view in views), "nothing is removed that is sealed nowhere"
        assert all("in clear on this disk" in node.reason for node in fresh.status.nodes.values())
        for number in (1, 2, 3):
            assert fresh.cluster.erase_clear(number)
        assert not fresh.cluster.erase_clear(1), "there is nothing any more"
        fresh.until(lambda status: all(node.phase is Phase.CLOSED for node in status.nodes.values()))
        assert not any(view.exists() for view in views)
        assert all(member.volume.exists() for member in fresh.cluster.members.values()), "what is sealed stays"

"""Who leads after everything stopped: the node that holds every acknowledged row, whatever it was doing."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from kyok.postgres.leading import NotAStandby
from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import Stage, stage, takes_writes, wait_for

ROWS, LAST_ROWS = 250_000, 20_000


@pytest.fixture
def gocryptfs() -> Iterator[Stage]:
    with stage(VolumeKind.GOCRYPTFS) as found:
        yield found.make()


@pytest.mark.slow
def test_what_a_standby_has_on_disk_counts_although_it_was_not_replayed_yet(gocryptfs: Stage) -> None:
    leader = gocryptfs.status.primary or 0
    behind, ahead = (number for number in (1, 2, 3) if number != leader)
    gocryptfs.sql("CREATE TABLE numbers (number int, text text)")
    with gocryptfs.cluster.members[ahead].door().connect() as connection:
        connection.execute("SELECT pg_wal_replay_pause()")
    gocryptfs.sql(f"INSERT INTO numbers SELECT n, repeat('x', 200) FROM generate_series(1, {ROWS}) n")
    gocryptfs.cluster.shut([behind])
    gocryptfs.closed(behind)
    gocryptfs.sql(f"INSERT INTO numbers SELECT -n, repeat('x', 200) FROM generate_series(1, {LAST_ROWS}) n")
    gocryptfs.cluster.shut([leader, ahead])
    gocryptfs.closed(leader, ahead)
    gocryptfs.give_keys(behind, ahead)
    gocryptfs.until(lambda status: len(status.up()) == 2 and takes_writes(status))
    assert gocryptfs.status.primary == ahead
    assert gocryptfs.sql("SELECT count(*) FROM numbers") == ROWS + LAST_ROWS
    gocryptfs.give_keys(leader)  # the new primary kept the log that the others need to follow from where they are
    gocryptfs.until(lambda status: all(node.leads or node.figures.streaming for node in status.nodes.values()), 50)


def leads(cluster: Stage, number: int) -> bool:
    """Has a node lead, once it follows."""
    if cluster.status.primary != number:
        with suppress(NotAStandby):
            cluster.cluster.switch_over(number)
    return cluster.status.primary == number


@pytest.mark.parametrize("how", ["rewound", "cloned"])
def test_in_memory_a_node_that_was_made_anew_keeps_what_it_leads_after_a_power_cut(in_memory: Stage, how: str) -> None:
    leader = in_memory.status.primary or 0
    anew = leader if how == "rewound" else next(number for number in (1, 2, 3) if number != leader)
    member = in_memory.cluster.members[anew]
    in_memory.sql("CREATE TABLE numbers (number int, text text)")
    pid = member.server.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    if how == "cloned":
        member.layout.whole.unlink()
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: member.server.pid != pid)
    in_memory.until(lambda status: status.primary != anew and takes_writes(status))
    in_memory.sql("INSERT INTO numbers SELECT n, repeat('x', 200) FROM generate_series(1, 30000) n")
    wait_for(lambda: leads(in_memory, anew))
    in_memory.all_up()
    in_memory.sql("INSERT INTO numbers VALUES (0, 'while it led')")
    last = in_memory.sql("SELECT pg_walfile_name(pg_current_wal_lsn())")
    wait_for(lambda: any(last in file.name for file in member.volume.sealed.iterdir()))
    in_memory.kill_everything()
    for one in in_memory.cluster.members.values():
        shutil.rmtree(one.volume.clear)
    in_memory.again()
    in_memory.give_keys()
    in_memory.until(takes_writes)
    assert in_memory.sql("SELECT count(*) FROM numbers") == 30001


def test_the_timeline_that_counts_is_the_one_that_a_standby_received_last(gocryptfs: Stage) -> None:
    """One standby noted the new timeline in its control file, the other did not: both hold what they hold."""
    former = gocryptfs.status.primary or 0
    second, third = (number for number in (1, 2, 3) if number != former)
    gocryptfs.sql("CREATE TABLE numbers (number int)")
    wait_for(lambda: leads(gocryptfs, second))
    gocryptfs.all_up()
    with gocryptfs.cluster.members[former].door().connect() as connection:
        connection.execute("CHECKPOINT")
    gocryptfs.cluster.shut([former])
    gocryptfs.closed(former)
    gocryptfs.sql("INSERT INTO numbers VALUES (1)")
    for number in (third, second):
        gocryptfs.cluster.members[number].server.signal(signal.SIGKILL)
    gocryptfs.cluster.shut([second, third])
    gocryptfs.closed(second, third)
    gocryptfs.give_keys(former, third)
    gocryptfs.until(lambda status: len(status.up()) == 2 and takes_writes(status))
    assert gocryptfs.status.primary == third
    assert gocryptfs.sql("SELECT count(*) FROM numbers") == 1

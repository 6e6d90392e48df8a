"""A primary that dies under load: nothing acknowledged is lost, and clients go on (issue of real nodes, 4)."""

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kyok.postgres import founding, replication, sessions
from kyok.postgres.leading import NotAStandby
from kyok.postgres.member import Figures, Member
from kyok.postgres.metadata import NotWrittenDown
from kyok.postgres.replication import NobodyCanLead
from kyok.postgres.server import Server
from tests.nodes.clusters import Stage, full_once, takes_writes, wait_for

PAUSE, ROUNDS = 2.0, 3


@dataclass
class Writer:
    """Inserts numbers, one commit each, and connects anew whenever its connection breaks."""

    address: dict[str, Any]
    acknowledged: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = 0
        while not self.ending.is_set():
            try:
                with psycopg.connect(**self.address) as connection:
                    while not self.ending.is_set():
                        number += 1
                        connection.execute("INSERT INTO numbers VALUES (%s)", (number,))
                        self.acknowledged.append(number)
                        self.moments.append(time.monotonic())
            except psycopg.Error:
                continue

    def longest_pause(self, since: float) -> float:
        moments = [since, *(moment for moment in list(self.moments) if moment > since)]
        return max(later - earlier for earlier, later in pairwise(moments))


def multi_host(stage: Stage) -> dict[str, Any]:
    """All three servers in one connection string; the client finds the one that takes writes."""
    ports = [str(member.port) for member in stage.cluster.members.values()]
    more = {"host": ",".join(["localhost"] * 3), "port": ",".join(ports), "target_session_attrs": "read-write"}
    return stage.address() | stage.plain(0) | more | {"connect_timeout": 2}


@pytest.mark.parametrize("through", ["all three servers", "the stable port"])
def test_kill_9_of_the_primary_under_load(fresh: Stage, through: str) -> None:
    """Nothing may be lost in any round; other programs of the machine may hold one up, so the shortest pause counts."""
    fresh.sql("CREATE TABLE numbers (number int PRIMARY KEY)")
    writer = Writer(multi_host(fresh) if through == "all three servers" else fresh.address())
    thread = threading.Thread(target=writer.run)
    thread.start()
    pauses: list[float] = []
    try:
        while len(pauses) < ROUNDS and not (pauses and min(pauses) < PAUSE):
            fresh.all_up()
            former = kill_the_primary(fresh, writer, pauses)
    finally:
        writer.ending.set()
        thread.join(30)
    assert min(pauses) < PAUSE, pauses
    with psycopg.connect(**fresh.address()) as connection:
        held = {row[0] for row in connection.execute("SELECT number FROM numbers").fetchall()}
    assert set(writer.acknowledged) <= held
    fresh.all_up()
    assert fresh.status.nodes[former].leads is False


def kill_the_primary(stage: Stage, writer: Writer, pauses: list[float]) -> int:
    """Waits until the writer goes on with another one, and notes how long it had to wait; which node was killed."""
    going_on(writer)
    killed = time.monotonic()
    former = stage.kill_the_primary()
    going_on(writer)
    pauses.append(writer.longest_pause(killed))
    return former


def going_on(writer: Writer) -> None:
    before = len(writer.acknowledged)
    wait_for(lambda: len(writer.acknowledged) > before + 50)


def test_a_planned_change_loses_nothing_and_needs_a_standby(fresh: Stage) -> None:
    fresh.put_secret()
    leader = fresh.status.primary
    other = next(number for number in (1, 2, 3) if number != leader)
    fresh.until(lambda status: status.nodes[other].figures.streaming)
    fresh.cluster.switch_over(other)
    fresh.until(lambda status: status.primary == other)
    fresh.all_up()
    assert fresh.sql("SELECT count(*) FROM secrets") == 1
    with pytest.raises(NotAStandby):
        fresh.cluster.switch_over(other)


@pytest.mark.parametrize("looks", [5, 200], ids=["soon", "late"])
def test_a_primary_that_was_restarted_waits_for_its_standbys_before_it_refuses_writes(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    """They need a moment to connect; that they streamed before it was restarted says nothing."""
    leader = in_memory.cluster.members[in_memory.status.primary or 0]
    real, asked, refused = replication.standing, 0, []

    def standing(door: Any) -> dict[str, Figures]:
        nonlocal asked
        asked += 1
        return real(door) if asked > looks else {}

    def published(guid: str) -> None:
        refused.extend([in_memory.status] if in_memory.status.read_only else [])

    monkeypatch.setattr(in_memory.cluster, "_on_change", published)
    with in_memory.cluster._busy:
        in_memory.cluster.work.renew(leader, restart=True)
        monkeypatch.setattr(replication, "standing", standing)
    wait_for(lambda: asked > looks)
    in_memory.all_up()
    assert not refused


def receiver(member: Member) -> int:
    """The process of a standby that receives the log of the primary."""
    for pid in member.server.processes()[1:]:
        with suppress(OSError):  # a session that has just ended
            if "walreceiver" in Path(f"/proc/{pid}/cmdline").read_text():
                return pid
    raise AssertionError("the standby does not stream")


def test_a_planned_change_is_refused_while_the_node_has_not_received_everything(in_memory: Stage) -> None:
    leader = in_memory.status.primary or 0
    silent = next(number for number in (1, 2, 3) if number != leader)
    in_memory.sql("CREATE TABLE numbers (number int)")
    pid = receiver(in_memory.cluster.members[silent])
    os.kill(pid, signal.SIGSTOP)
    try:
        in_memory.sql("INSERT INTO numbers SELECT generate_series(1, 100)")
        with pytest.raises(NotAStandby):
            in_memory.cluster.switch_over(silent)
        assert in_memory.cluster.work.meta.primary == leader
        assert in_memory.sql("SELECT count(*) FROM numbers") == 100
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_planned_change_to_a_node_that_just_died_is_refused_and_changes_nothing(in_memory: Stage) -> None:
    leader = in_memory.status.primary or 0
    dead = next(number for number in (1, 2, 3) if number != leader)
    server = in_memory.cluster.members[dead].server
    in_memory.sql("CREATE TABLE numbers (number int)")
    with in_memory.cluster._busy:  # the supervisor does not know yet
        server.signal(signal.SIGKILL)
        assert server.wait(10)
        in_memory.sql("INSERT INTO numbers SELECT generate_series(1, 100)")
        with pytest.raises(NotAStandby):
            in_memory.cluster.switch_over(dead)
        assert in_memory.cluster.remember().primary == leader
        assert in_memory.cluster.work.primary() is in_memory.cluster.members[leader]
    in_memory.all_up()
    assert in_memory.sql("SELECT count(*) FROM numbers") == 100


def test_a_planned_change_has_the_node_lead_that_received_most(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is acknowledged after the node was asked, and before the primary has stopped, may be with the other one."""
    leader = in_memory.status.primary or 0
    behind, ahead = (number for number in (1, 2, 3) if number != leader)
    in_memory.sql("CREATE TABLE numbers (number int)")
    pid = receiver(in_memory.cluster.members[behind])
    monkeypatch.setattr(replication, "has_received", lambda *given: True)
    os.kill(pid, signal.SIGSTOP)
    try:
        with in_memory.cluster._busy:
            in_memory.sql("INSERT INTO numbers SELECT generate_series(1, 100)")
            with in_memory.cluster.members[leader].door().connect() as connection:
                gone = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_replication WHERE application_name = %s"
                connection.execute(gone, (f"n{behind}",))
            with pytest.raises(NotAStandby, match=f"[Nn]ode {ahead} "):
                in_memory.cluster.switch_over(behind)
            assert in_memory.cluster.remember().primary == ahead
        assert in_memory.sql("SELECT count(*) FROM numbers") == 100
    finally:
        os.kill(pid, signal.SIGCONT)
    in_memory.all_up()


def test_a_planned_change_that_nobody_can_judge_has_the_former_primary_lead_again(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third node takes no connections, so that nobody can tell which of the two received most."""
    leader = in_memory.status.primary or 0
    wished, hangs = (number for number in (1, 2, 3) if number != leader)
    in_memory.put_secret()
    pid = in_memory.cluster.members[hangs].server.pid
    assert pid is not None
    monkeypatch.setattr(sessions, "ANSWER_SECONDS", 2)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(NobodyCanLead):
            in_memory.cluster.switch_over(wished)
        in_memory.until(lambda status: status.primary == leader and takes_writes(status))
        in_memory.sql("INSERT INTO secrets VALUES ('goes on')")
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_planned_change_that_cannot_be_written_down_is_not_begun(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = in_memory.status.primary or 0
    pid = in_memory.cluster.members[leader].server.pid
    failed = full_once(monkeypatch)
    with pytest.raises(NotWrittenDown, match="is full"):
        in_memory.cluster.switch_over(next(number for number in (1, 2, 3) if number != leader))
    assert failed
    assert in_memory.cluster.members[leader].server.pid == pid


def test_a_full_disk_holds_a_fail_over_up_only_while_it_is_full(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory.put_secret()
    failed = full_once(monkeypatch)
    in_memory.kill_the_primary()
    in_memory.all_up()
    assert failed
    in_memory.sql("INSERT INTO secrets VALUES ('goes on')")
    assert in_memory.cluster.remember().primary == in_memory.status.primary


def test_a_primary_that_is_still_a_standby_is_promoted_and_not_served(in_memory: Stage) -> None:
    former = in_memory.status.primary or 0
    other = next(number for number in (1, 2, 3) if number != former)
    with in_memory.cluster._busy:
        in_memory.cluster.members[former].server.stop()
        in_memory.cluster.work.meta.primary = other
    in_memory.until(lambda status: status.primary == other)
    in_memory.all_up()
    assert in_memory.sql("SELECT pg_is_in_recovery()") is False


def test_one_node_alone_serves_reads_only_and_writes_return_with_the_second(fresh: Stage) -> None:
    fresh.put_secret()
    leader = fresh.status.primary
    fresh.cluster.shut([number for number in (1, 2, 3) if number != leader])
    fresh.until(lambda status: status.read_only and status.primary == leader)
    assert fresh.sql("SELECT count(*) FROM secrets") == 1
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        fresh.sql("INSERT INTO secrets VALUES ('lost?')")
    fresh.give_keys(*(number for number in (1, 2, 3) if number != leader))
    fresh.all_up()
    fresh.sql("INSERT INTO secrets VALUES ('kept')")
    assert fresh.sql("SELECT count(*) FROM secrets") == 2


def test_the_third_node_follows_later_and_a_lost_volume_is_cloned_anew(fresh: Stage) -> None:
    fresh.put_secret()
    away = next(number for number in (1, 2, 3) if number != fresh.status.primary)
    fresh.cluster.shut([away])
    fresh.closed(away)
    fresh.cluster.members[away].volume.destroy()
    fresh.sql("INSERT INTO secrets VALUES ('while it was away')")
    fresh.give_keys(away)
    fresh.all_up()
    fresh.sees(2, "SELECT count(*) FROM secrets", fresh.cluster.members[away].port)


@pytest.mark.parametrize("failures", [1, 2])
def test_a_standby_that_does_not_start_is_tried_again_before_it_is_cloned(
    in_memory: Stage, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    server = in_memory.cluster.members[next(n for n in (1, 2, 3) if n != in_memory.status.primary)].server
    start, clone, tried, cloned = Server.start, founding.clone, 0, []

    def starts(self: Server) -> None:
        nonlocal tried
        tried += self is server
        if self is not server or tried > failures:
            start(self)

    def clones(member: Member, primary: Member) -> None:
        cloned.append(member.number)
        clone(member, primary)

    monkeypatch.setattr(Server, "start", starts)
    monkeypatch.setattr(founding, "clone", clones)
    server.signal(signal.SIGKILL)
    wait_for(lambda: tried > failures)
    in_memory.all_up()
    assert bool(cloned) is (failures > 1)

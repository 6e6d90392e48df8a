"""On a machine that is slow for a few seconds nothing fails that would go well later, and nothing stays half done."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kyok.domain.cluster import TaskNodeState
from kyok.postgres import catalog, leading, replication, server
from kyok.postgres.leading import Leading, NotAStandby, NotReady
from kyok.postgres.member import Member, Phase
from kyok.postgres.metadata import NotWrittenDown
from kyok.postgres.sessions import ServerDoesNotAnswer
from tests.nodes.clusters import SECRET, Stage, full_once, stage, wait_for
from tests.nodes.conftest import QUICK

PAUSE = 4.0
"""Seconds for which a server does nothing: more than a connection to it takes in any ordinary case."""


@pytest.fixture
def cluster() -> Iterator[Stage]:
    with stage(QUICK) as found:
        yield found


class Pause:
    """Holds a server still when a change begins at its first node, and lets it go on after a while."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._end = threading.Timer(PAUSE, self._go_on)

    def __call__(self, number: int, state: TaskNodeState, reason: str) -> None:
        if self._end.ident is None:
            os.kill(self._pid, signal.SIGSTOP)
            self._end.start()

    def _go_on(self) -> None:
        os.kill(self._pid, signal.SIGCONT)

    def wait(self) -> None:
        self._end.join()


def fails_once(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> list[str]:
    """The first call finds a server that does not answer. Returns who failed so far."""
    real: Callable[..., object] = getattr(where, name)
    failed: list[str] = []

    def unsure(*given: object) -> object:
        if not failed:
            failed.append(name)
            raise ServerDoesNotAnswer()
        return real(*given)

    monkeypatch.setattr(where, name, unsure)
    return failed


@pytest.mark.parametrize("restart", [False, True], ids=["reload", "restart"])
def test_a_change_waits_for_a_server_that_answers_late(cluster: Stage, restart: bool) -> None:
    cluster.make()
    members = cluster.cluster.members
    leader = cluster.status.primary
    first = next(number for number in members if number != leader)
    slow = members[leader or 0 if restart else first].server.pid
    assert slow is not None
    pause = Pause(slow)
    try:
        cluster.cluster.reconfigure({"deadlock_timeout": 1500}, pause, restart=restart)
    finally:
        pause.wait()
    cluster.all_up()
    assert cluster.sql("SHOW deadlock_timeout") == "1500ms"


def test_when_a_change_is_done_the_status_tells_of_the_new_servers(cluster: Stage) -> None:
    cluster.make()
    before = {node.pid for node in cluster.status.nodes.values()}
    cluster.cluster.reconfigure({}, restart=True)
    after = {node.pid for node in cluster.status.nodes.values()}
    assert not after & before
    assert after == {member.server.pid for member in cluster.cluster.members.values()}


def test_a_change_waits_for_a_node_that_is_just_starting(cluster: Stage) -> None:
    cluster.make()
    leader = cluster.status.primary
    member = next(member for number, member in cluster.cluster.members.items() if number != leader)
    with cluster.cluster._busy:
        assert member.server.pid is not None
        os.kill(member.server.pid, signal.SIGKILL)
        assert member.server.wait(10)
        member.phase = Phase.STARTING
        cluster.cluster._publish("")
    cluster.cluster.reconfigure({"deadlock_timeout": 1500})
    assert cluster.sql("SHOW deadlock_timeout") == "1500ms"


def limits(cluster: Stage) -> list[int]:
    """The limit of connections of each server."""
    return [catalog.parameters(member.door())["max_connections"] for member in cluster.cluster.members.values()]


def test_a_change_that_cannot_be_written_down_is_not_begun(cluster: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.make()
    before, pids = limits(cluster), {node.pid for node in cluster.status.nodes.values()}
    failed = full_once(monkeypatch)
    with pytest.raises(NotWrittenDown, match="is full"):
        cluster.cluster.reconfigure({"max_connections": before[0] + 20})
    assert failed
    assert limits(cluster) == before
    assert "max_connections" not in cluster.cluster.work.meta.parameters
    assert {member.server.pid for member in cluster.cluster.members.values()} == pids
    cluster.cluster.reconfigure({"max_connections": before[0] + 20})
    assert limits(cluster) == [before[0] + 20] * 3


def test_servers_go_back_although_that_cannot_be_written_down_at_once(
    cluster: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.make()
    before, failed = limits(cluster), []
    real = Leading.renew

    def renew(work: Leading, member: Member, *, restart: bool) -> None:
        real(work, member, restart=restart)
        if not failed:
            failed.append(full_once(monkeypatch))
            raise NotReady()

    monkeypatch.setattr(Leading, "renew", renew)
    with pytest.raises(NotReady):
        cluster.cluster.reconfigure({"max_connections": before[0] + 20})
    cluster.all_up()
    assert limits(cluster) == before
    wait_for(lambda: "max_connections" not in cluster.cluster.remember().parameters)
    assert failed[0], "there was no room when it went back"


def test_a_promotion_that_broke_off_is_made_at_the_next_look(cluster: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.make()
    cluster.put_secret()
    failed = fails_once(monkeypatch, replication, "promote")
    cluster.kill_the_primary()
    cluster.all_up()
    assert failed
    assert cluster.sql("SELECT pg_is_in_recovery()") is False
    cluster.sql("INSERT INTO secrets VALUES ('goes on')")


def test_a_planned_change_whose_primary_does_not_stop_in_time_promotes_nobody_unseen(
    cluster: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.make()
    cluster.put_secret()
    former = cluster.status.primary
    other = next(number for number in cluster.cluster.members if number != former)
    cluster.until(lambda status: status.nodes[other].figures.streaming)
    pid = cluster.cluster.members[former or 0].server.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(server, "FAST_SECONDS", 0.0)
    with pytest.raises(NotAStandby, match="did not stop in time"):
        cluster.cluster.switch_over(other)
    cluster.until(lambda status: status.primary not in (None, former))
    cluster.all_up()
    assert cluster.sql("SELECT text FROM secrets") == SECRET


@pytest.mark.parametrize(
    ("where", "name"), [(leading, "make_roles"), (replication, "make_slots")], ids=["roles", "slots"]
)
def test_a_cluster_whose_making_broke_off_is_made_at_the_next_look(
    cluster: Stage, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    failed = fails_once(monkeypatch, where, name)
    ports = dict(cluster.cluster.work.meta.ports)
    cluster.make()
    assert failed
    cluster.put_secret()
    assert cluster.cluster.work.meta.ports == ports, "no server of the first try is in the way"

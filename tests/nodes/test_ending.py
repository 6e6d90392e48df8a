"""Ends at awkward moments: in the middle of a look, and while an instance is made."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.databases.postgres_driver import SERVED_SECONDS
from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import Stage, stage, wait_for
from tests.nodes.test_cloud import House, house_on


@pytest.fixture
def cluster() -> Iterator[Stage]:
    with stage(VolumeKind.RAM_SEALED) as found:
        yield found.make()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    for made in house_on(tmp_path / "home", VolumeKind.RAM_SEALED.value):
        for step in (made.walk.hpcs, made.walk.initialise, made.walk.key, made.walk.authorize):
            step()
        yield made


def begin(house: House) -> None:
    """An instance is asked for; it is not waited for."""
    house.walk.order()
    house.rest.wait("its servers", (house.folder / "node-1").exists)


def test_a_stop_in_the_middle_of_a_look_leaves_no_volume_open(cluster: Stage) -> None:
    began, go_on = threading.Event(), threading.Event()
    measure = cluster.cluster.work.measure

    def slow(**named: Any) -> None:
        began.set()
        assert go_on.wait(20)
        measure(**named)

    cluster.cluster.work.measure = slow  # type: ignore[method-assign]
    cluster.cluster.go()
    assert began.wait(20)
    stopping = threading.Thread(target=cluster.cluster.stop)
    stopping.start()
    wait_for(lambda: cluster.cluster._ending)
    go_on.set()
    stopping.join(30)
    assert [member.number for member in cluster.cluster.members.values() if member.volume.is_open()] == []


def test_a_look_that_fails_ends_no_supervision(cluster: Stage) -> None:
    failed = threading.Event()
    lead = cluster.cluster.work.lead

    def broken() -> None:
        failed.set()
        cluster.cluster.work.lead = lead  # type: ignore[method-assign]
        raise ValueError("a file holds no JSON")

    cluster.cluster.work.lead = broken  # type: ignore[method-assign]
    cluster.cluster.go()
    assert failed.wait(20)
    cluster.cluster.shut([1, 2, 3])
    cluster.closed()
    assert [member.number for member in cluster.cluster.members.values() if member.volume.is_open()] == []


def test_an_instance_that_was_being_made_when_the_cloud_stopped_is_made_after_the_next_start(house: House) -> None:
    begin(house)
    assert house.served.stop() == 0
    assert house.pids_left() == []
    assert not list(Path("/dev/shm").glob(f"*/{house.guid}.[123]"))
    house.served.start()
    house.rest = house.walk.rest = house.served.rest()
    house.running()


def test_an_instance_that_is_deleted_while_it_is_made_keeps_nobody_waiting(house: House) -> None:
    begin(house)
    started = time.monotonic()
    house.rest.send("DELETE", f"/v2/resource_instances/{house.guid}")
    house.rest.wait("its end", lambda: not house.pids_left())
    reclamation = house.rest.json("GET", "/v1/reclamations")["resources"][0]["id"]
    house.rest.json("POST", f"/v1/reclamations/{reclamation}/actions/reclaim", {})
    house.rest.wait("its folder to go", lambda: not house.folder.exists())
    assert time.monotonic() - started < SERVED_SECONDS / 2, "a job must not wait for nodes that nobody wants"


def test_a_key_that_is_disabled_while_an_instance_is_made_stops_it_at_once(house: House) -> None:
    begin(house)
    house.act("disable")
    started = time.monotonic()
    house.rest.wait("its end", lambda: house.detail()["cluster_state"] in ("FAILED", "PROVISIONED", "STOPPED"))
    if house.detail()["cluster_state"] != "FAILED":
        house.stopped("disabled")
    assert time.monotonic() - started < 25, "not with the next check, half a minute later"
    house.rest.wait("its servers to go", lambda: not house.pids_left())


def test_nodes_are_stopped_with_many_files_open_and_with_none_left(cluster: Stage) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2000:
        pytest.skip("this machine allows few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2000, hard))
    opened: list[int] = []
    try:
        while len(opened) < 1100:
            opened.append(os.open("/dev/null", os.O_RDONLY))
        assert cluster.cluster.shut([2]) == [2]
        assert cluster.cluster.members[2].server.pid is None
        with pytest.raises(OSError, match="Too many open files"):
            while True:
                opened.append(os.open("/dev/null", os.O_RDONLY))
        assert cluster.cluster.shut([1, 3]) == [1, 3]
        assert all(member.server.pid is None for member in cluster.cluster.members.values())
    finally:
        for descriptor in opened:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    cluster.closed()


def test_a_reset_waits_for_no_change_of_parameters(house: House) -> None:
    begin(house)
    house.running()
    cluster = f"/api/v3/{house.served.account_id}/clusters/{house.guid}"
    wanted = {"configuration": {"max_connections": 200}}
    asked = lambda: house.rest.send("PATCH", f"{cluster}/configuration", wanted).status_code == 202  # noqa: E731
    house.rest.wait("the change to be taken, after the first backup", asked)

    def under_way() -> bool:
        tasks = house.rest.json("GET", f"{cluster}/tasks")["tasks"]
        return any(task["type"] == "configuration_update" and task["state"] == "RUNNING" for task in tasks)

    house.rest.wait("the change", under_way)
    started = time.monotonic()
    house.rest.json("POST", "/emulator/v1/reset", {})
    assert time.monotonic() - started < 40, "each server that is waited for may take a minute"
    assert house.pids_left() == []

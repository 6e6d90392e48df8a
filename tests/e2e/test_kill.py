"""kill -9 of the cloud at seeded moments of the walk: nothing acknowledged is lost, nothing half made stays."""

import random
import threading
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.e2e.walk import Ledger, Walk
from tests.served import ServedProcess

POINTS = 50
SEED = 20261123
SETTLED = {"active", "failed", "pending_reclamation", "removed", "inactive"}


def attempt(served: ServedProcess, ledger: Ledger) -> BaseException | None:
    """Walks on until the end or until the cloud is gone."""
    try:
        Walk(served.rest(), served.account_id, ledger).go()
    except (requests.RequestException, AssertionError) as error:
        return error
    return None


def walk_on(served: ServedProcess, ledger: Ledger, outcome: list[BaseException | None]) -> None:
    """For a thread: leaves in `outcome` how the attempt ended."""
    outcome.append(attempt(served, ledger))


def check_what_is_there(served: ServedProcess, ledger: Ledger) -> None:
    """Every acknowledged step is still true, and nothing is half made."""
    rest = served.rest()
    walk = Walk(rest, served.account_id, ledger)
    instances = rest.json("GET", "/v2/resource_instances?state=active,provisioning,failed,inactive")["resources"]

    def settled() -> bool:
        answer = rest.json("GET", "/v2/resource_instances?state=active,provisioning,failed,inactive")["resources"]
        return all(instance["state"] in SETTLED for instance in answer)

    rest.wait("every instance to settle", settled)
    known = {instance["guid"] for instance in instances} | {"provider"}
    for folder in ("hsm", "databases"):
        there = {entry.name for entry in (served.home / folder).iterdir() if entry.is_dir()}
        assert there <= known, f"{folder} holds what no instance owns: {there - known}"
    facts, done = ledger.facts, set(ledger.done)
    if "hpcs" in facts:
        units = rest.json("GET", f"/tke/v1/instances/{facts['hpcs']}/crypto_units")
        assert units["agree"]
        states = {unit["state"] for unit in units["units"]}
        assert len(states) == 1
        if "initialise" in done:
            assert units["initialised"]
    if "authorize" in done:
        listed = rest.json("GET", f"/v1/policies?account_id={served.account_id}&type=authorization")["policies"]
        assert len(listed) == 1
    for name in ("key", "second_key"):
        if name in facts:
            check_key(walk, facts[name], deleted=name == "key" and "delete key" in done)
    if "instance" in done and "delete key" not in done:
        check_rows(walk, ledger)


def check_key(walk: Walk, key: str, *, deleted: bool) -> None:
    state = walk.kms("GET", f"/keys/{key}/metadata")["resources"][0]["state"]
    if deleted:
        assert state == 5
    if state != 1:
        return
    wrapped = walk.kms("POST", f"/keys/{key}/actions/wrap", {"plaintext": "c2FtZQ=="})
    opened = walk.kms("POST", f"/keys/{key}/actions/unwrap", {"ciphertext": wrapped["ciphertext"]})
    assert opened["plaintext"] == "c2FtZQ=="


def check_rows(walk: Walk, ledger: Ledger) -> None:
    def readable() -> Any:
        detail = walk.detail()
        if detail["key_status"] in {"disabled", "deleted"}:
            return detail
        return detail if detail["data"]["readable"] else None

    detail = walk.rest.wait("the nodes to come back", readable)
    if detail["data"]["readable"]:
        assert detail["data"]["rows"] in {ledger.rows, ledger.rows + ledger.rows_asked}


@pytest.mark.slow
def test_fifty_kills_during_the_walk(tmp_path: Path) -> None:
    kills_during_the_walk(tmp_path, POINTS, longest=1.2)


def kills_during_the_walk(
    folder: Path, points: int, *, longest: float, nodes: str = "simulated", prepare: Any = None
) -> None:
    """Kills the cloud that many times, after at most `longest` seconds each, and looks at what is there afterwards."""
    dice = random.Random(SEED)
    survived = rounds = 0
    while survived < points:
        rounds += 1
        served = ServedProcess(folder / f"home-{rounds}", nodes=nodes)
        try:
            survived += kills_of_one_walk(served, points - survived, dice, longest=longest, prepare=prepare)
        finally:
            served.put_down()


def kills_of_one_walk(served: ServedProcess, points: int, dice: random.Random, *, longest: float, prepare: Any) -> int:
    """Kills it until the walk is done, at most `points` times, and finishes the walk; the number of kills."""
    survived = 0
    ledger = Ledger()
    served.start()
    if prepare is not None:
        prepare(served)
    finished = False
    while not finished and survived < points:
        outcome: list[BaseException | None] = []
        walker = threading.Thread(target=walk_on, args=(served, ledger, outcome))
        walker.start()
        walker.join(dice.uniform(0.05, longest))
        finished = not walker.is_alive()
        served.kill()
        walker.join(60)
        assert not walker.is_alive()
        survived += 1
        served.start()
        check_what_is_there(served, ledger)
        ledger.rows_asked = 0
        if "instance" in ledger.done and "delete key" not in ledger.done:
            detail = Walk(served.rest(), served.account_id, ledger).detail()
            if detail["data"]["readable"]:
                ledger.rows = detail["data"]["rows"]
    error = attempt(served, ledger)
    assert error is None, error
    assert served.stop() == 0
    return survived

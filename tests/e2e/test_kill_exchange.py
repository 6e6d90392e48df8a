"""kill -9 while a whole state is exchanged for another: then the old one is there or the new one, never a mixture.

The two ways: a cloud that serves returns to a snapshot, and `kyok import` runs on a home that no cloud uses.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests

from kyok.cloud.keeping.replacing import ARRIVING, COMING, LEAVING
from tests.e2e.walk import Ledger, Walk
from tests.served import Rest, ServedProcess

SEED = 20261129
RANDOM = 1
"""Kills at any moment, besides those at each step."""
SURE = 4 + RANDOM
"""Kills that come in any case; more come until one was in the middle."""
PASSPHRASE = "correct horse battery"
PLAIN = "c2FtZQ=="
SOON = 0.008
"""Seconds after a step was seen on the disk within which the kill comes."""
_LOOK_EVERY = 0.0005


class Exchange(Protocol):
    """One exchange on its way; `end` says whether it was told to be done."""

    def alive(self, within: float) -> bool: ...
    def end(self, *, kill: bool) -> bool: ...


@dataclass
class Stand:
    """One home with a database under a root key, and what of it can be told apart."""

    served: ServedProcess
    walk: Walk
    sealed: dict[str, str] = field(default_factory=dict)
    """A ciphertext of each key that was ever made."""

    @property
    def home(self) -> Path:
        return self.served.home

    @property
    def rest(self) -> Rest:
        return self.walk.rest

    def start(self) -> None:
        self.served.start()
        self.walk.rest = self.served.rest()

    def mark(self, number: int) -> None:
        """Changes the state in every part that it is made of: the database, the HSMs, the volumes."""
        extra = Walk(self.rest, self.served.account_id, Ledger(), prefix=f"extra-{number}")
        extra.hpcs()
        extra.initialise()
        extra.key()
        self.seal(extra.kms, extra.ledger.facts["key"])
        self.walk.rotate()
        self.seal(self.walk.kms, self.walk.ledger.facts["key"])
        self.rest.wait("the rows", self.rows)  # the nodes come back by themselves, a moment after their cloud does
        self.walk.rows(1)

    def seal(self, kms: Callable[..., Any], key: str) -> None:
        wrapped = kms("POST", f"/keys/{key}/actions/wrap", {"plaintext": PLAIN})
        self.sealed[wrapped["keyVersion"]["id"]] = wrapped["ciphertext"]

    def look(self) -> dict[str, Any]:
        """What the state says everywhere; every key that it holds opens what was sealed under its version."""
        instances = self.rest.json("GET", "/v2/resource_instances")["resources"]
        found: dict[str, Any] = {one["guid"]: (one["name"], one["state"]) for one in instances}
        for folder in ("hsm", "databases"):
            there = {entry.name for entry in (self.home / folder).iterdir() if entry.is_dir()} - {"provider"}
            owners = {guid for guid, (name, _) in found.items() if name.endswith("-db") == (folder == "databases")}
            assert there == owners, f"{folder} and the list of instances are not of one state"
        for guid, (name, _) in list(found.items()):
            if not name.endswith("-db"):
                units = self.rest.json("GET", f"/tke/v1/instances/{guid}/crypto_units")
                assert units["initialised"] and units["agree"]
                found[f"keys of {guid}"] = self.keys(guid)
        found["rows"] = self.rest.wait("the rows", self.rows)
        return found

    def keys(self, guid: str) -> list[tuple[str, int, str]]:
        listed = self.rest.json("GET", "/api/v2/keys?state=0,1,2,3,5", Bluemix_Instance=guid)["resources"]
        for key in listed:
            version = key["keyVersion"]["id"]
            path = f"/api/v2/keys/{key['id']}/actions/unwrap"
            opened = self.rest.json("POST", path, {"ciphertext": self.sealed[version]}, Bluemix_Instance=guid)
            assert opened["plaintext"] == PLAIN
        return sorted((key["id"], key["state"], key["keyVersion"]["id"]) for key in listed)

    def rows(self) -> Any:
        detail = self.walk.detail()
        return (detail["data"]["rows"],) if detail["data"]["readable"] else None

    def folders(self, *names: str) -> bool:
        return any((self.home / name).exists() for name in names)


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    served = ServedProcess(tmp_path_factory.mktemp("cloud") / "home", nodes="simulated").start()
    made = Stand(served, Walk(served.rest(), served.account_id, Ledger()))
    for step in (made.walk.hpcs, made.walk.initialise, made.walk.key, made.walk.authorize, made.walk.instance):
        step()
    made.walk.rows(7)
    made.seal(made.walk.kms, made.walk.ledger.facts["key"])
    try:
        yield made
        assert served.stop() == 0
    finally:
        served.put_down()


def until(stand: Stand, exchange: Exchange, moment: float | str, dice: random.Random) -> None:
    """Waits for so many seconds, or a little longer than until a folder of the exchange is there, or for the end."""
    deadline = time.monotonic() + (moment if isinstance(moment, float) else 30)
    while exchange.alive(_LOOK_EVERY) and time.monotonic() < deadline:
        if isinstance(moment, str) and stand.folders(moment):
            deadline, moment = time.monotonic() + dice.uniform(0, SOON), 0.0


def moments(dice: random.Random, whole: float) -> list[float | str]:
    """At each step of the exchange, and anywhere within the time that it takes as a whole.

    Where the machine held all of these up until the exchange was done, there are more.
    """
    steps: list[float | str] = [COMING, ARRIVING, ARRIVING, LEAVING]
    return [*steps, *(dice.uniform(0, whole) for _ in range(RANDOM)), *(steps * 3)]


def judge(stand: Stand, before: dict[str, Any], new: dict[str, Any], done: bool) -> str:
    """Starts the cloud again: which of the two states is there, and does it work?"""
    stand.start()
    found = stand.look()
    assert not stand.folders(COMING, ARRIVING, LEAVING)
    assert found in (before, new), "this is neither the state before nor the one that came"
    assert found == new or not done, "it was said to be done, and it is not"
    return "new" if found == new else "old"


def kills(stand: Stand, new: dict[str, Any], begin: Callable[[], Exchange]) -> None:
    """Lets one exchange happen, and kills others; every time another state is there before."""
    dice = random.Random(SEED)
    begun = time.monotonic()
    assert begin().end(kill=False)
    whole = time.monotonic() - begun
    assert judge(stand, {}, new, done=True) == "new"
    seen, cut = set(), 0
    for number, moment in enumerate(moments(dice, whole), 1):
        if number > SURE and "old" in seen and cut:
            break
        stand.mark(number)
        before = stand.look()
        exchange = begin()
        until(stand, exchange, moment, dice)
        done = exchange.end(kill=True)
        cut += stand.folders(COMING, ARRIVING, LEAVING)
        seen.add(judge(stand, before, new, done))
    assert "old" in seen and cut, "no kill came in the middle"
    stand.mark(0)


class Returning:
    """A cloud that serves returns to a snapshot."""

    def __init__(self, stand: Stand, path: str) -> None:
        self._served = stand.served
        self._status = 0
        self._thread = threading.Thread(target=self._ask, args=(stand.rest, path))
        self._thread.start()

    def _ask(self, rest: Rest, path: str) -> None:
        try:
            self._status = rest.send("POST", path, {}).status_code
        except requests.RequestException:
            self._status = 0  # the cloud is gone

    def alive(self, within: float) -> bool:
        self._thread.join(within)
        return self._thread.is_alive()

    def end(self, *, kill: bool) -> bool:
        if not kill:
            self._thread.join(60)
        self._served.kill()
        self._thread.join(60)
        assert self._status in (0, 204)
        return self._status == 204


class Importing:
    """`kyok import` on the home of a cloud that was stopped."""

    def __init__(self, stand: Stand, file: Path, passphrase: Path) -> None:
        assert stand.served.stop() == 0
        command = [sys.executable, "-m", "kyok.cli", "import", str(file), "--home", str(stand.home), "--replace"]
        environment = {**os.environ, "KYOK_PASSPHRASE_FILE": str(passphrase)}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def alive(self, within: float) -> bool:
        try:
            return self._process.wait(within) is None
        except subprocess.TimeoutExpired:
            return True

    def end(self, *, kill: bool) -> bool:
        if kill:
            self._process.kill()
        _, said = self._process.communicate(timeout=60)
        assert self._process.returncode in (0, -signal.SIGKILL), said
        return self._process.returncode == 0


@pytest.mark.slow
def test_a_return_to_a_snapshot_is_killed(stand: Stand) -> None:
    new = stand.look()
    snapshot = stand.rest.json("POST", "/emulator/v1/snapshots", {"name": "one"})["id"]
    stand.mark(0)
    kills(stand, new, lambda: Returning(stand, f"/emulator/v1/snapshots/{snapshot}/return"))


@pytest.mark.slow
def test_an_import_is_killed(stand: Stand, tmp_path: Path) -> None:
    new, file, passphrase = stand.look(), tmp_path / "state.kyok", tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    stand.rest.json("POST", "/emulator/v1/export", {"path": str(file), "passphrase": PASSPHRASE})
    stand.mark(0)
    kills(stand, new, lambda: Importing(stand, file, passphrase))

"""The emulated cloud for window tests: one process for the run, emptied before each test."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from kyok.paths import Home
from tests.e2e.walk import Ledger, Walk
from tests.served import Rest, ServedProcess


@dataclass
class EmulatedCloud:
    """What a window test needs of the cloud: where it is, and a second client for evidence."""

    process: ServedProcess
    rest: Rest

    @property
    def home(self) -> Path:
        """Its data folder; a console opened on it attaches to it."""
        return self.process.home

    @property
    def account_id(self) -> str:
        """The account."""
        return self.process.account_id

    def walked(self, until: str) -> Walk:
        """Does the steps of the walk over REST, up to and with the named one."""
        walk = Walk(self.rest, self.account_id, Ledger())
        for name, step in walk.steps:
            step()
            walk.ledger.done.append(name)
            if name == until:
                return walk
        raise AssertionError(f"there is no step {until!r}")

    def delete_key(self, walk: Walk) -> None:
        """Deletes the walk's root key as another administrator would, by force."""
        walk.kms("DELETE", f"/keys/{walk.ledger.facts['key']}?force=true")

    def another_database(self, walk: Walk) -> str:
        """A second HPCS instance with its own authorization and its own database, `other-db`; the database's guid."""
        other = Walk(self.rest, self.account_id, Ledger(), prefix="other")
        for name, step in other.steps:
            step()
            if name == "instance":
                return str(other.ledger.facts["database"])
        raise AssertionError("the walk has no instance")


@pytest.fixture(scope="session")
def cloud_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProcess]:
    process = ServedProcess(tmp_path_factory.mktemp("cloud") / "home").start()
    yield process
    process.stop()


def emptied(process: ServedProcess) -> EmulatedCloud:
    """The run's cloud as it was when it was new, and nothing remembered by the windows of the tests before."""
    rest = process.rest()
    rest.json("POST", "/emulator/v1/reset", {})
    config = Home(process.home).config
    # Through Qt, not by deleting the file: a window of the test before may live on and would write it again.
    remembered = QSettings(str(config / "console.ini"), QSettings.Format.IniFormat)
    remembered.clear()
    remembered.sync()
    (config / "profiles.json").unlink(missing_ok=True)
    return EmulatedCloud(process, rest)


@pytest.fixture
def cloud(cloud_process: ServedProcess) -> EmulatedCloud:
    return emptied(cloud_process)

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.cloud.keeping.hosted import Hosted


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    made = Hosted(tmp_path_factory.mktemp("hosted") / "home")
    yield made
    made.close()


@pytest.fixture
def made(hosted: Hosted) -> dict[str, str]:
    """The scenario of these tests, loaded."""
    for snapshot in hosted.ask("GET", "/emulator/v1/snapshots").json()["snapshots"]:
        hosted.ask("DELETE", f"/emulator/v1/snapshots/{snapshot['id']}")
    return hosted.load()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the home."""
    return tmp_path

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import ServedProcess


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProcess]:
    """`kyok serve` on a home that the tests of one file share."""
    folder: Path = tmp_path_factory.mktemp("served")
    process = ServedProcess(folder / "home").start()
    yield process
    assert process.stop() == 0

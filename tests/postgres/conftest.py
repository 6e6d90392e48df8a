"""The real server that the tests of this folder share."""

from collections.abc import Iterator

import pytest

from tests.postgres.servers import Server, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for all tests that only look at it."""
    with running_server() as started:
        yield started

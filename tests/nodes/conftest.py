"""Real clusters for tests; skipped with the reason where there is no PostgreSQL."""

import logging
from collections.abc import Iterator

import pytest

from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import Stage, stage

QUICK = VolumeKind.RAM_SEALED
KINDS = [
    pytest.param(kind, id=kind.value, marks=[pytest.mark.slow] if kind is not QUICK else []) for kind in VolumeKind
]
"""What tests of all kinds go through: the quickest to make in `make test`, the others in `make proofs`."""


@pytest.fixture(autouse=True)
def told(caplog: pytest.LogCaptureFixture) -> None:
    """What the supervisor saw and did is shown when a test fails: most that goes wrong here cannot be repeated."""
    caplog.set_level(logging.INFO, "kyok.postgres")


@pytest.fixture(scope="module", params=list(VolumeKind), ids=lambda kind: kind.value)
def made(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Three nodes that stream, on each kind of volume in turn."""
    with stage(request.param) as found:
        yield found.make()


@pytest.fixture(params=KINDS)
def fresh(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A cluster of its own for a test that breaks it."""
    with stage(request.param) as found:
        yield found.make()


@pytest.fixture
def in_memory() -> Iterator[Stage]:
    """A cluster of its own on the kind of volume that is made quickest."""
    with stage(QUICK) as found:
        yield found.make()

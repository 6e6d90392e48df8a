"""One cloud per test module; every test makes an instance of its own in it."""

from collections.abc import Iterator

import pytest

from kyok.domain.services import KMS
from tests.core.cloud.keys.stage import Keys, Stage, staged


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("cloud")) as stage:
        yield stage


@pytest.fixture
def keys(stage: Stage) -> Keys:
    """An initialised Hyper Protect Crypto Services instance."""
    return stage.keys()


@pytest.fixture
def kms(stage: Stage) -> Keys:
    """A Key Protect instance."""
    return stage.keys(KMS)

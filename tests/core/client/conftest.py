from collections.abc import Iterator

import pytest

from kyok.client import CloudApi, CloudSession, Profile
from kyok.secrets import Secret
from tests.core.client.fake_cloud import FakeCloud, running


@pytest.fixture
def cloud() -> Iterator[FakeCloud]:
    with running(FakeCloud()) as served:
        yield served


@pytest.fixture
def session(cloud: FakeCloud) -> Iterator[CloudSession]:
    made = CloudSession(Profile.emulated(cloud.url), Secret(b"api-key-of-anna"))
    yield made
    made.close()


@pytest.fixture
def api(session: CloudSession) -> CloudApi:
    return CloudApi(session)

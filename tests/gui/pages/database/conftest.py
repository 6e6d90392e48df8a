"""A canned cloud behind the context of the page tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kyok_gui import places
from kyok_gui.places import Place
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.fakes import FakeApi, FakeCloud, Stage

Open = Callable[..., Stage]


@pytest.fixture
def fake_cloud(context: FakeContext) -> FakeCloud:
    made = FakeCloud()
    context.api = FakeApi(made)
    return made


@pytest.fixture
def open_page(qtbot: Any, context: FakeContext, fake_cloud: FakeCloud) -> Open:
    """Opens a page on a canned state and waits until its tasks are done."""

    def opened(kind: str, state: str = "connected", width: int = 1440, height: int = 900) -> Stage:
        fake_cloud.body = canned.STATES[state]()
        account = kind in (places.CREATE_POSTGRESQL, places.SECURE_DELETION_LIST, places.SETTINGS)
        stage = Stage(context, Place(kind, None if account else canned.DB), width, height)
        show(qtbot, stage, width, height)
        qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
        return stage

    return opened

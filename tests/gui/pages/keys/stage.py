"""A window with one page in it, on a canned cloud whose clock stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kyok_gui.account_reader import read_entries
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.context import Account, PageContext
from kyok_gui.directory import Directory
from kyok_gui.live import Live
from kyok_gui.navigation import Navigator, page_class
from kyok_gui.notices import Notices
from kyok_gui.page import Page
from kyok_gui.places import Place
from kyok_gui.settings_store import SettingsStore
from kyok_gui.tasks import TaskRunner
from kyok_gui.theme import ThemeManager
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import FakeCloud


class StillClock(CloudClock):
    """Stands at the story's moment until a test turns it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, tick=lambda: 0.0)
        self.set(story.NOW)
        self.stop()

    def turn(self, **span: float) -> None:
        """Lets time pass at once."""
        self.set(self.now() + timedelta(**span))
        self.stop()
        self.second.emit()


class World:
    """A context around a canned cloud, and windows that show its pages."""

    def __init__(self, cloud: FakeCloud, home: Path, app: QApplication) -> None:
        self.cloud = cloud
        self.keeper = QObject()
        self.tasks = TaskRunner(self.keeper)
        self.live = Live(self.keeper)
        self.clock = StillClock(self.keeper)
        self.theme = ThemeManager(app, self.keeper)
        api: Any = cloud.api
        self.directory = Directory(self.tasks, self.live, lambda: read_entries(api), self.keeper)
        self.directory.set_entries(read_entries(api))
        self.context = PageContext(
            source=SimpleNamespace(api=api),
            tasks=self.tasks,
            navigator=Navigator(self.keeper),
            notices=Notices(self.keeper),
            live=self.live,
            clock=self.clock,
            directory=self.directory,
            settings=SettingsStore(home / "console.ini", self.keeper),
            theme=self.theme,
            account=Account(story.ACCOUNT, "Acme Bank", "anna@acme.example"),
        )
        self.crashes: list[str] = []
        self.tasks.crashed.connect(self.crashes.append)
        self._stages: list[Stage] = []
        self.qtbot: Any = None

    def show(self, place: Place, width: int = 1440, height: int = 900) -> Stage:
        """A window with the page of a place."""
        self.context.navigator.go(place)
        stage = Stage(self.context, place, width, height)
        self._stages.append(stage)
        stage.show()
        stage.activateWindow()
        return stage

    def rest(self) -> None:
        """Waits until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)
        QApplication.processEvents()

    @property
    def told(self) -> list[str]:
        """The notices so far, title and detail."""
        return [f"{one.title} {one.detail}".strip() for one in self.context.notices.history]

    def close(self) -> None:
        """Ends everything; a fault of the program in a worker fails the test."""
        self.tasks.close()
        for stage in self._stages:
            stage.close()
            stage.deleteLater()
        QApplication.processEvents()
        self.keeper.deleteLater()
        assert not self.crashes, self.crashes


class Stage(QWidget):
    """A window with room for head and side navigation, and one page."""

    def __init__(self, context: PageContext, place: Place, width: int, height: int) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setProperty("zone", "page")
        self.page: Page = page_class(place.kind)(context, place)
        side = 256 if width >= 1056 else 48
        row = QHBoxLayout(self)
        row.setContentsMargins(side, 48, 0, 0)
        row.addWidget(self.page)
        self.resize(width, height)
        self.page.come(place)


@pytest.fixture
def world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[World]:
    """The canned account, and windows on it."""
    made = World(FakeCloud(), tmp_path, qapp)
    made.qtbot = qtbot
    yield made
    made.close()

"""The stage: a whole console, a hand, and page objects; the second client is the cloud fixture's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.screens import Authorizations, Creation, Header, Keys, Nodes, Screen
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.window import ConsoleWindow
from tests.e2e.walk import Walk
from tests.gui.cloud_fixture import EmulatedCloud

HPCS, KEY, DATABASE = "walk-hpcs", "walk-root", "walk-db"
CONNECTED = ["Connected"] * 3


@dataclass
class Stage:
    """One console with its page objects."""

    console: Console
    cloud: EmulatedCloud
    hand: Hand

    @property
    def screen(self) -> Screen:
        return Screen(self.hand)

    @property
    def header(self) -> Header:
        return Header(self.hand)

    @property
    def keys(self) -> Keys:
        return Keys(self.hand)

    @property
    def authorizations(self) -> Authorizations:
        return Authorizations(self.hand)

    @property
    def creation(self) -> Creation:
        return Creation(self.hand)

    @property
    def nodes(self) -> Nodes:
        return Nodes(self.hand)

    def walked(self, until: str) -> Walk:
        """The walk over REST up to a step; the window then stands on the nodes of the instance."""
        walk = self.cloud.walked(until)
        self.open_nodes()
        return walk

    def open_nodes(self, name: str = DATABASE) -> None:
        self.header.open_instance(name)
        self.nodes.arrive("nodes")

    def open_keys(self, name: str = HPCS) -> None:
        self.header.open_instance(name)
        self.keys.arrive("keys")

    def sees_nodes(self, statuses: list[str], states: list[str]) -> None:
        """Waits until the three tiles say this."""
        wait_until(
            lambda: (self.nodes.statuses(), self.nodes.states()) == (statuses, states),
            lambda: f"{statuses} {states}; the window shows {self.nodes.statuses()} {self.nodes.states()}",
        )

    def sees_rows(self, count: int) -> None:
        """Waits until the page says there are so many rows; -1: none can be read."""
        wait_until(lambda: self.nodes.count == count, lambda: f"{count} rows; the window shows {self.nodes.count}")

    def detail(self, walk: Walk) -> Any:
        """What the cloud says of the instance."""
        return walk.detail()


def stage_of(console: Console, cloud: EmulatedCloud) -> Stage:
    return Stage(console, cloud, Hand(console.window, lambda: console.tasks.busy))


@pytest.fixture
def stage(console: Console, cloud: EmulatedCloud) -> Stage:
    return stage_of(console, cloud)


class StrayWindows(QObject):
    """Notes every widget that opens as a window of its own: on a desktop it flashes up and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            stray = watched.windowType() == Qt.WindowType.Window and not isinstance(watched, ConsoleWindow)
            self.seen += [f"{type(watched).__name__} {watched.objectName()}"] if stray else []
        return False


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    watch = StrayWindows()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert watch.seen == []


@pytest.fixture(autouse=True)
def no_faults(console: Console) -> Any:
    """Nothing of the window itself may break on the way."""
    yield
    assert console.window.findChild(type(console.window), "crash") is None

"""A window without a cloud, and a console with a cloud of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kyok.paths import Home
from kyok_gui import window as window_module
from kyok_gui.context import PageContext
from kyok_gui.people import People
from kyok_gui.startup import Console, cloud_of
from kyok_gui.window import ConsoleWindow
from tests.gui.conftest import show
from tests.gui.shell.sample import PERSONS, FakeLink, SamplePage, make_context


@dataclass
class Shell:
    """The window, and what a test turns."""

    window: ConsoleWindow
    context: PageContext
    link: FakeLink

    @property
    def page(self) -> SamplePage:
        """The page in sight."""
        page = self.window.page
        assert isinstance(page, SamplePage)
        return page


@pytest.fixture
def unconnected(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The window before there is a cloud."""
    monkeypatch.setattr(window_module, "page_class", lambda kind: SamplePage)
    context, link = make_context(qapp, tmp_path)
    people = People(context.tasks, context.live, lambda: PERSONS, context.tasks)
    window = ConsoleWindow(context, link, people)
    show(qtbot, window, 1440, 900)
    yield Shell(window, context, link)
    context.live.stop()
    window.toasts.clear()
    window.clock.panel.shut()
    context.clock.stop()
    assert context.tasks.close()


@pytest.fixture
def shell(unconnected: Shell, qtbot: Any) -> Shell:
    """The window, connected, on the resource list."""
    unconnected.link.arrive()
    unconnected.context.live.stop()
    qtbot.waitUntil(lambda: unconnected.context.directory.known)
    return unconnected


@pytest.fixture
def own(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[Console]:
    """A console that starts its own cloud."""
    home = Home(tmp_path / "home")
    made = Console(qapp, home, cloud_of(home, insecure_demo=True))
    made.show()
    qtbot.waitUntil(lambda: made.link.is_connected, timeout=20_000)
    yield made
    made.end()

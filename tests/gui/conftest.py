"""What every GUI test gets: the offscreen platform, shipped fonts, the white theme, and a look for leaks."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kyok.paths import Home
from kyok_gui.startup import Console
from kyok_gui.tasks import TaskRunner
from kyok_gui.theme import ThemeManager
from tests.gui.cloud_fixture import EmulatedCloud, cloud, cloud_process  # noqa: F401 - fixtures
from tests.gui.fakes import FakeContext, fake_context
from tests.gui.shell.sample import NOW

PATIENCE = 30_000
"""Milliseconds after which something counts as not happening."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of some wishes, as raising a menu, that it cannot; nothing is wrong then."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


class PatientBot(QtBot):
    """A loaded machine may take longer than the five seconds for which pytest-qt waits."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def traced_workers() -> Iterator[None]:
    """Coverage follows threads that Python starts; the pool's are Qt's, so each job asks for its trace itself."""
    plain = TaskRunner._job

    def traced(runner: TaskRunner, *given: Any) -> Callable[[], None]:
        job = plain(runner, *given)

        def run() -> None:
            if sys.gettrace() is None:
                sys.settrace(threading.gettrace())
            job()

        return run

    TaskRunner._job = traced  # type: ignore[method-assign]
    yield
    TaskRunner._job = plain  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def theme_manager(qapp: QApplication) -> ThemeManager:
    """The theme of the session; fonts are loaded once."""
    manager = ThemeManager(qapp)
    manager.start("white")
    return manager


@pytest.fixture(autouse=True)
def themed(theme_manager: ThemeManager) -> Iterator[ThemeManager]:
    """White before each test, whatever the test before did."""
    theme_manager.switch("white")
    yield theme_manager
    theme_manager.switch("white")


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication, themed: ThemeManager) -> Iterator[None]:
    """No job may run on and no window may stay after a test. Garbage is swept here, never by another thread.

    What was there before the test is frozen: sweeping a process that has run a thousand tests takes half a second.
    """
    before = {id(widget) for widget in qapp.topLevelWidgets()}
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    settle(qapp)
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "a job of the global pool runs on"
    left = [widget for widget in qapp.topLevelWidgets() if id(widget) not in before and widget.isVisible()]
    reports = [area.toPlainText() for one in left for area in one.findChildren(QPlainTextEdit, "crash.report")]
    assert not left, f"windows left open: {left} {reports}"


def settle(app: QApplication) -> None:
    """Lets deletions happen."""
    for _ in range(3):
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    gc.collect()


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[FakeContext]:
    """A page's context without a cloud; the clock stands at 23 Nov 2026 17:45 UTC."""
    made = fake_context(qapp, tmp_path)
    made.clock.set(NOW)
    made.clock.stop()
    yield made
    made.live.stop()
    made.clock.stop()
    assert made.tasks.close(), "a task runs on"


def show(qtbot: Any, widget: QWidget, width: int = 1440, height: int = 900) -> QWidget:
    """Shows a widget and waits for its first frame; pytest-qt closes it afterwards."""
    qtbot.addWidget(widget)
    qtbot.kept = [*getattr(qtbot, "kept", []), widget]  # pytest-qt itself holds it weakly
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


@pytest.fixture
def console(qapp: QApplication, qtbot: Any, cloud: EmulatedCloud) -> Iterator[Console]:  # noqa: F811 - it is that fixture
    """A whole console on the emulated cloud of the run, connected and on the resource list."""
    made = Console(qapp, Home(cloud.home))
    made.window.resize(1440, 900)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.link.is_connected, timeout=30_000)
    qtbot.waitUntil(lambda: made.context.directory.known, timeout=30_000)
    yield made
    made.end()

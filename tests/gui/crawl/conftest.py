"""A console on a still cloud that nothing can be changed in from the window."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from kyok.client.session import CloudSession
from kyok.errors import KyokError
from kyok.paths import Home
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import wait_until
from tests.gui.crawl.crawler import Crawler
from tests.still_cloud import StillCloud

WIDE = QSize(1440, 900)
_ASKED = re.compile(r"/emulator/v1/(decisions|leases/.*|identities/[^/]+/token)")
"""What is sent though it is no GET: it changes nothing."""


class NotSent(KyokError):
    """What every request gets that would change something."""

    summary = "The crawl changes nothing."
    remedy = "This is how a refusal looks."


@pytest.fixture(scope="module")
def nothing_leaves() -> Iterator[None]:
    """No change is sent, no file is chosen, no program is started."""
    patch = pytest.MonkeyPatch()
    plain = CloudSession.call

    def call(session: CloudSession, base: Any, method: str, path: str, *given: Any, **named: Any) -> Any:
        if method != "GET" and method != "HEAD" and not _ASKED.fullmatch(path):
            raise NotSent()
        return plain(session, base, method, path, *given, **named)

    patch.setattr(CloudSession, "call", call)
    for name in ("getSaveFileName", "getOpenFileName"):
        patch.setattr(QFileDialog, name, lambda *given, **named: ("", ""))
    patch.setattr(QFileDialog, "getExistingDirectory", lambda *given, **named: "")
    patch.setattr(QDesktopServices, "openUrl", lambda url: True)
    patch.setattr(subprocess, "Popen", lambda *given, **named: (_ for _ in ()).throw(OSError("nothing is started")))
    yield
    patch.undo()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StillCloud]:
    cloud = StillCloud(tmp_path_factory.mktemp("still") / "home").start()
    yield cloud
    cloud.stop()


@pytest.fixture
def crawl(
    qapp: QApplication, tmp_path: Path, still: StillCloud, nothing_leaves: None
) -> Iterator[Callable[[str], tuple[Crawler, dict[str, str]]]]:
    """Loads a scenario and opens a console on it; gives the crawler and the scenario's instances by name."""
    consoles: list[Console] = []

    def begin(scenario: str, size: QSize = WIDE) -> tuple[Crawler, dict[str, str]]:
        instances = still.rest().json("POST", f"/emulator/v1/scenarios/{scenario}", {})["instances"]
        console = Console(qapp, Home(tmp_path), lambda: still)  # type: ignore[arg-type,return-value]
        consoles.append(console)
        console.window.resize(size)
        console.show()
        wait_until(lambda: console.link.is_connected and console.context.directory.known, "the console is connected")
        return Crawler(console, Hand(console.window, lambda: console.tasks.busy)), instances

    yield begin
    for console in consoles:
        console.end()

"""The whole console on a real emulated cloud."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from kyok.client.errors import CloudUnreachable
from kyok.paths import Home
from kyok_gui import places
from kyok_gui.directory import Entry
from kyok_gui.places import Place
from kyok_gui.startup import Console, cloud_of
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.cloud_fixture import EmulatedCloud, emptied

_LONG = 20_000


def names(console: Console) -> list[str]:
    return [entry.name for entry in console.context.directory.entries]


def test_what_another_client_makes_is_seen_without_a_restart(
    console: Console, cloud: EmulatedCloud, qtbot: Any
) -> None:
    assert names(console) == []
    made = cloud.rest.json("POST", "/emulator/v1/scenarios/walk-done", {})
    qtbot.waitUntil(lambda: "ledger-db" in names(console), timeout=_LONG)
    guid = made["instances"]["ledger-db"]
    qtbot.waitUntil(
        lambda: console.context.directory.entry(guid).status_line == "Running, key connected", timeout=_LONG
    )
    console.context.navigator.go(Place(places.NODES, guid))
    linked = [item.text() for item in console.window.sidenav.items()]
    assert linked[-1] == "acme-hpcs"
    assert nameless(console.window) == []


def test_the_clock_is_turned_in_the_window_and_by_others(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    before = console.context.clock.now()
    driver.press(console.window, "header.clock")
    driver.press(console.window, "clock.4-h")
    qtbot.waitUntil(lambda: console.context.clock.now() - before > timedelta(hours=3), timeout=_LONG)
    cloud.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 86_400})
    qtbot.waitUntil(lambda: console.context.clock.now() - before > timedelta(hours=27), timeout=_LONG)


def test_a_list_wished_for_at_a_connection_is_read_although_a_reading_before_it_fails(
    console: Console, cloud: EmulatedCloud, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory, link = console.context.directory, console.link
    driver.wait_for(qtbot, lambda: not console.tasks.busy)
    console.live.stop()
    cloud.walked("hpcs")
    plain, begun, go_on = directory._load, threading.Event(), threading.Event()

    def held() -> Sequence[Entry]:
        monkeypatch.setattr(directory, "_load", plain)
        begun.set()
        assert go_on.wait(30)
        raise CloudUnreachable()

    monkeypatch.setattr(directory, "_load", held)
    directory.refresh()
    assert begun.wait(30)
    link._tell_loss()
    with qtbot.waitSignal(link.returned, timeout=_LONG):
        link.open()
    go_on.set()
    driver.wait_for(qtbot, lambda: names(console) == ["walk-hpcs"])


def test_a_fault_on_a_thread_of_qt_is_shown_on_the_windows_own(console: Console, qtbot: Any) -> None:
    def fails() -> None:
        raise ValueError("on another thread")

    pool = QThreadPool()
    pool.start(fails)
    assert pool.waitForDone(20_000)
    assert not driver.exists(console.window, "crash"), "nothing of the window was touched from there"
    driver.wait_for(qtbot, lambda: driver.exists(console.window, "crash"))
    assert driver.find(console.window, "crash").thread() is console.window.thread()
    driver.press(console.window, "crash.cancel")


def test_a_killed_cloud_is_said_restarted_and_loses_nothing(own: Console, qtbot: Any) -> None:
    assert own.window.banner.isVisible(), "a demonstration says so"
    own.link.api.emulator.advance_clock(timedelta(days=3))
    shown = own.link.api.emulator.clock().now
    process = own.link.cloud._child  # type: ignore[union-attr]
    assert process is not None
    shown_then: list[tuple[bool, str]] = []  # a window that was held up sees loss and return at once
    banner = own.window.connection
    own.link.lost.connect(lambda words: shown_then.append((banner.isVisible(), banner.words())))
    process.kill()
    qtbot.waitUntil(lambda: bool(shown_then), timeout=_LONG)
    assert shown_then == [(True, "The emulated cloud stopped. Restarting it…")]
    qtbot.waitUntil(lambda: own.link.is_connected, timeout=_LONG)
    assert "is back" in own.window.connection.words()
    assert own.link.api.emulator.clock().now >= shown


def test_a_second_console_attaches_and_both_may_leave(own: Console, qapp: QApplication, qtbot: Any) -> None:
    home = own.link.cloud.home  # type: ignore[union-attr]
    other = Console(qapp, home, cloud_of(home, insecure_demo=True))
    other.show()
    qtbot.waitUntil(lambda: other.link.is_connected, timeout=_LONG)
    assert not other.link.cloud.child_alive  # type: ignore[union-attr]
    other.end()
    own.link.suspect()
    assert own.link.is_connected


def test_a_window_remembers_nothing_of_the_test_before(console: Console, cloud: EmulatedCloud) -> None:
    settings, file = console.context.settings, Home(cloud.home).config / "console.ini"
    assert settings.value("start_here") == "shown"
    settings.set("start_here", "closed")
    settings.set_table("resources.table", "arranged")
    emptied(cloud.process)
    assert (settings.value("start_here"), settings.table("resources.table")) == ("shown", "")
    settings.save()
    assert "closed" not in file.read_text(encoding="utf-8")

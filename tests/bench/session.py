"""What is measured in an open window: page switches, the filter, a key disabled, the theme, and every event's cost."""

import gc
import os
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from kyok.paths import Home
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.quick_imports import take_the_brake_off
from kyok_gui.startup import Console, quiet_qt
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.screens import Keys, Nodes
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import Text
from tests.bench.large import DATABASE, HOLDER, KEYS, ROOT_KEY
from tests.bench.process import pss

ROUNDS = 5
STROKES = "app-0091"
LONG = 120.0


class Watched(QApplication):
    """Weighs every event: what it takes of the processor time of the window's thread."""

    def __init__(self) -> None:
        super().__init__(["kyok-bench"])
        self.worst: dict[str, float] = {}
        self.part = "start"
        self._inside = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._inside:
            return super().notify(receiver, event)
        self._inside = True
        begin = time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            spent = time.thread_time() - begin
            self._inside = False
            if spent > 0.02:
                what = f"{self.part}: {event.type().name} of {type(receiver).__name__} {receiver.objectName()}".strip()
                self.worst[what] = max(spent, self.worst.get(what, 0.0))


class Window:
    """One console on the home, and a hand on it."""

    def __init__(self, app: QApplication, home: Path) -> None:
        self.console = Console(app, Home(home))
        self.console.window.resize(1440, 900)
        self.console.show()
        wait_until(lambda: self.console.link.is_connected, "the cloud answers", LONG)
        wait_until(lambda: self.console.context.directory.known, "the account is known", LONG)
        self.hand = Hand(self.console.window, lambda: self.console.tasks.busy)
        self.hand.wait_rest()

    def guid(self, name: str) -> str:
        """The GUID of an instance."""
        return next(entry.guid for entry in self.console.context.directory.entries if entry.name == name)

    def go(self, kind: str, instance: str | None = None) -> None:
        """Goes to a page as a link does."""
        self.console.context.navigator.go(Place(kind, instance))

    def painted(self) -> None:
        """Everything that is due is laid out and painted, as the next frame would."""
        QCoreApplication.sendPostedEvents()
        self.console.window.repaint()


def measured(home: Path) -> dict[str, Any]:
    """All figures of a session; `home` is being served and holds the bench's keys and instances."""
    take_the_brake_off()
    quiet_qt()
    app = Watched()
    windows: list[Window] = []
    try:
        windows.append(Window(app, home))
        return _parts(app, home, windows)
    finally:
        for window in reversed(windows):  # each puts back the hook for faults that it found
            window.console.end()


def memory_taken(home: Path) -> float:
    """What one window takes, in MB: all keys in its table, every page visited several times."""
    take_the_brake_off()
    quiet_qt()
    window = Window(QApplication(["kyok-bench"]), home)
    try:
        hpcs = _with_all_keys(window)
        _toured(window, hpcs, window.guid(DATABASE))
        gc.collect()
        return pss(os.getpid())
    finally:
        window.console.end()


def _with_all_keys(window: Window) -> str:
    """Opens the keys and waits for the last of them; answers their instance."""
    hpcs = window.guid(HOLDER)
    window.go(places.KEYS, hpcs)
    shown = window.hand.find("keys.shown", Text)
    wait_until(lambda: window.hand.table(Keys.TABLE).model.total >= KEYS, lambda: f"all keys: {shown.words()}", LONG)
    window.hand.wait_rest()
    return hpcs


def _parts(app: Watched, home: Path, windows: list[Window]) -> dict[str, Any]:
    first = windows[0]
    database = first.guid(DATABASE)
    found: dict[str, Any] = {}
    app.part = "keys"
    hpcs = _with_all_keys(first)
    app.part = "filter"
    found["stroke_ms"] = _strokes(first)
    app.part = "switch"
    found |= _switches(first, hpcs, database)
    app.part = "disable"
    windows.append(Window(app, home))
    found["disable_s"] = _disables(windows, hpcs, database)
    found["worst"] = dict(sorted(app.worst.items(), key=lambda item: -item[1])[:5])
    app.worst.clear()
    app.part = "theme"
    found["theme_ms"] = _themes(first)
    return found


def _strokes(window: Window) -> list[float]:
    """Processor time of the window's thread for each letter, with Enter so that the filter does not rest, and paint."""
    hand = window.hand
    view = hand.table(Keys.TABLE).view.viewport()
    rounds = []
    for _ in range(3):
        hand.type("keys.table.search", "")
        hand.key(Qt.Key.Key_Return)
        hand.wait_rest()
        times = []
        for letter in STROKES:
            begin = time.thread_time()
            hand.key(Qt.Key.Key_unknown, text=letter)
            hand.key(Qt.Key.Key_Return)
            view.repaint()
            times.append((time.thread_time() - begin) * 1000)
        rounds.append(times)
    hand.type("keys.table.search", "")
    hand.key(Qt.Key.Key_Return)
    hand.wait_rest()
    return [min(one) for one in zip(*rounds, strict=True)]


def _switches(window: Window, hpcs: str, database: str) -> dict[str, Any]:
    from statistics import median  # with fractions and decimals half a megabyte, which no console has

    times, spent = _toured(window, hpcs, database)
    slowest = max(times, key=lambda kind: median(times[kind]))
    return {
        "switch_ms": [one for values in times.values() for one in values],
        "switch_cpu_ms": spent,
        "slowest": slowest,
        "slowest_ms": median(times[slowest]),
    }


def _toured(window: Window, hpcs: str, database: str) -> tuple[dict[str, list[float]], list[float]]:
    """From the click on to the frame with the page as it is known; then what was asked for may arrive.

    Times by kind of place, and processor times of the window's thread, in milliseconds; first visits are left out.
    """
    tour = [
        (places.RESOURCES, None),
        (places.KEYS, hpcs),
        (places.HPCS_OVERVIEW, hpcs),
        (places.CRYPTO_UNITS, hpcs),
        (places.NODES, database),
        (places.DB_OVERVIEW, database),
        (places.BACKUPS, database),
        (places.ACTIVITY, None),
        (places.AUTHORIZATIONS, None),
        (places.SETTINGS, None),
    ]
    times: dict[str, list[float]] = {kind: [] for kind, _ in tour}
    spent: list[float] = []
    for turn in range(ROUNDS):
        for kind, instance in tour:
            begin, cpu = time.perf_counter(), time.thread_time()
            window.go(kind, instance)
            window.painted()
            if turn:
                times[kind].append((time.perf_counter() - begin) * 1000)
                spent.append((time.thread_time() - cpu) * 1000)
            window.hand.wait_rest()
    return times, spent


def _disables(windows: list[Window], hpcs: str, database: str) -> list[float]:
    """From the click that confirms in one window to the third tile of the other; the clock lets the key be enabled."""
    first, second = windows
    first.go(places.KEYS, hpcs)
    second.go(places.NODES, database)
    nodes, times = Nodes(second.hand), []
    wait_until(lambda: nodes.statuses() == ["Connected"] * 3, lambda: f"nodes run: {nodes.statuses()}")
    first.hand.wait_rest()
    search = "keys.table.search"
    first.hand.type(search, ROOT_KEY)
    first.hand.key(Qt.Key.Key_Return)
    emulator = first.console.context.api.emulator
    for _ in range(3):
        Keys(first.hand).act(ROOT_KEY, "disable")
        first.hand.find("keys.disable")
        if first.hand.sees("keys.disable.tick"):
            first.hand.press("keys.disable.tick")
        first.hand.wait_rest()
        begin = time.perf_counter()
        first.hand.press("keys.disable.accept")
        wait_until(lambda: nodes.statuses() == ["Disabled"] * 3, lambda: f"nodes stop: {nodes.statuses()}")
        times.append(time.perf_counter() - begin)
        first.hand.wait_gone("keys.disable")
        wait_until(lambda: Keys(first.hand).state_of(ROOT_KEY) == "Suspended", "the key is suspended")
        _enable(first, second, emulator)
    return times


def _enable(first: Window, second: Window, emulator: Any) -> None:
    from datetime import timedelta

    emulator.advance_clock(timedelta(seconds=31))
    nodes = Nodes(second.hand)
    second.hand.wait_rest()
    nodes.cure()
    wait_until(lambda: nodes.statuses() == ["Connected"] * 3, lambda: f"nodes run: {nodes.statuses()}")
    wait_until(lambda: Keys(first.hand).state_of(ROOT_KEY) == "Active", "the key is active")
    first.hand.wait_rest()


def _themes(window: Window) -> list[float]:
    """Processor time of the window's thread for one switch with the keys in sight, painted."""
    times = []
    for _ in range(4):
        begin = time.thread_time()
        window.console.theme.toggle()
        window.painted()
        times.append((time.thread_time() - begin) * 1000)
    return times

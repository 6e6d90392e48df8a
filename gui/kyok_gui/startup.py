"""Builds the window and its helpers, and takes them down again."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, qInstallMessageHandler
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from kyok.client.profiles import Profiles
from kyok.paths import Home
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.cloud_link import CloudLink
from kyok_gui.context import PageContext
from kyok_gui.directory import Directory, Entry
from kyok_gui.garbage import Sweeper
from kyok_gui.heap import share_one_heap
from kyok_gui.live import Live
from kyok_gui.navigation import Navigator
from kyok_gui.notices import Notices
from kyok_gui.people import People, Person
from kyok_gui.platform_plugin import window_lack
from kyok_gui.profile_switch import ProfileSwitch
from kyok_gui.rights import Rights
from kyok_gui.settings_store import SettingsStore
from kyok_gui.single import SingleInstance
from kyok_gui.tasks import TaskRunner, catch_faults
from kyok_gui.theme import ThemeManager
from kyok_gui.translation import use_qt_translators
from kyok_gui.window import ConsoleWindow

if TYPE_CHECKING:
    from kyok.client.local_cloud import LocalCloud
    from kyok.domain.rights import Decision, Question

_SIGNAL_LOOK_MS = 500
_AWAY = 20_000
_HARMLESS = ("This plugin does not support",)


class Console(QObject):
    """One console: its window and everything behind it. Used by the program, the demo and the tests."""

    def __init__(self, app: QApplication, home: Home, make_cloud: Callable[[], LocalCloud] | None = None) -> None:
        super().__init__()
        use_qt_translators()
        self._sweeper = Sweeper(self)
        self.settings = SettingsStore(home.config / "console.ini", self)
        self.theme = ThemeManager(app, self)
        self.theme.start(self.settings.theme)
        self.tasks = TaskRunner(self)
        profiles = Profiles(home.config / "profiles.json")
        self.link = CloudLink(make_cloud or cloud_of(home), self.tasks, self, profile=profiles.active)
        self.live = Live(self)
        self.context = PageContext(
            source=self.link,
            tasks=self.tasks,
            navigator=Navigator(self),
            notices=Notices(self),
            live=self.live,
            clock=CloudClock(self),
            directory=Directory(self.tasks, self.live, self._read_entries, self),
            settings=self.settings,
            theme=self.theme,
            rights=Rights(self.tasks, self.live, self._decide, self),
            profiles=ProfileSwitch(profiles, self.link, self.tasks, self),
        )
        self.people = People(self.tasks, self.live, self._read_people, self)
        self.window = ConsoleWindow(self.context, self.link, self.people)
        if app.platformName() == "offscreen":
            # Without a screen the pointer stands in the corner of the window and would mark what lies there.
            QCursor.setPos(_AWAY, _AWAY)
        self.window.painted.connect(share_one_heap)  # before the first worker starts
        self.window.painted.connect(self.link.open)
        self._undo_catch = catch_faults(self.tasks.crashed.emit)  # a window is the main thread's alone
        self._ended = False

    def _read_entries(self) -> list[Entry]:
        from kyok_gui.account_reader import read_entries

        return read_entries(self.link.api)

    def _read_people(self) -> list[Person]:
        from kyok_gui.account_reader import read_people

        return read_people(self.link.own)

    def _decide(self, questions: Sequence[Question]) -> Sequence[Decision] | None:
        emulator = self.link.api.emulator
        return emulator.decisions(questions) if emulator.available else None

    def show(self) -> None:
        """Shows the window; the cloud is opened after its first frame."""
        self.window.show()

    def end(self) -> None:
        """Lets everything go: feed, lease, threads, cloud."""
        if self._ended:
            return
        self._ended = True
        self._undo_catch()
        self.live.stop()
        self.context.clock.stop()
        self.link.close()
        self.link.release()
        self.tasks.close()
        self.window.toasts.clear()
        self.window.leaving.stop()
        self.window.close()
        self.window.deleteLater()
        self._sweeper.stop()


def cloud_of(home: Home, *, insecure_demo: bool = False) -> Callable[[], LocalCloud]:
    """Makes the process keeper when it is first needed, so that its imports come after the first frame."""

    def make() -> LocalCloud:
        from kyok.client.local_cloud import LocalCloud

        return LocalCloud(home.root, insecure_demo=insecure_demo)

    return make


def run(home: Home, cloud: LocalCloud, *, another: bool = False) -> int:
    """The program: one window for each home, unless `another` is asked for. The cloud has been begun already."""
    quiet_qt()
    lack = window_lack()
    if lack:
        cloud.close()
        sys.stderr.write(f"kyok: {lack}\n")
        return 1
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kyok-console")
    app.setApplicationDisplayName("KYOK Console")
    app.setDesktopFileName("kyok-console")
    single = SingleInstance(home.config)
    if not another and not single.claim():
        cloud.close()
        return 0
    console = Console(app, home, lambda: cloud)
    single.called.connect(console.window.raise_to_front)
    _end_on_signals(app)
    console.window.painted.connect(gc.freeze)  # what the start has built stays: no sweep need look at it again
    console.show()
    code = app.exec()
    console.end()
    cloud.close()
    single.give_up()
    return code


def quiet_qt() -> None:
    """Leaves out a message of the offscreen platform that says nothing; every other one goes to stderr."""

    def handler(kind: object, where: object, text: str) -> None:
        if not any(word in text for word in _HARMLESS):
            sys.stderr.write(f"kyok: Qt: {text}\n")

    qInstallMessageHandler(handler)


def _end_on_signals(app: QApplication) -> None:
    """SIGINT and SIGTERM end the program. Python sees a signal only while its own code runs, hence the timer."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.exit())  # quitting asks the window first, and it may ask a person
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_LOOK_MS)

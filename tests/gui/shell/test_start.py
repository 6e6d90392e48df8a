"""Starting: no display, first frame, one window for each home, and the hold on the cloud."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, QObject, QTimer
from shiboken6 import delete, isValid

from kyok.client.errors import CloudUnreachable
from kyok.client.local_cloud import CloudAddress, CloudNotStarted, PassphraseWanted
from kyok.errors import KyokError
from kyok.paths import Home
from kyok.secrets import Secret
from kyok_gui import app, startup
from kyok_gui.cloud_link import CloudLink
from kyok_gui.connection import Connected
from kyok_gui.context import Account, CloudFacts
from kyok_gui.platform_plugin import window_lack
from kyok_gui.single import SingleInstance
from kyok_gui.tasks import TaskRunner
from tests.gui.conftest import settle
from tests.gui.shell.sample import NOW

LATER = ("PySide6.QtNetwork", "html", "kyok_gui.widgets.table", "kyok_gui.widgets.tearsheet", "kyok_gui.widgets.select")
HEAVY = ("requests", "urllib3", "cryptography", "keyring", "msgspec", "starlette", "sqlalchemy", "uvicorn", "jwt")


def console(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    clean.update({"QT_QPA_PLATFORM": ""} | environment)
    return subprocess.run(
        [sys.executable, "-m", "kyok_gui.app", *arguments],
        capture_output=True,
        text=True,
        env=clean,
        timeout=60,
        check=False,
    )


# display ----------------------------------------------------------------------------


def test_without_a_display_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    done = console("--home", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("kyok: There is no display") and done.stderr.count("\n") == 1


def test_a_display_is_looked_up_without_qt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert not app.display_there()
    monkeypatch.setenv("DISPLAY", "nonsense")
    assert not app.display_there()
    monkeypatch.setenv("DISPLAY", ":9713")
    assert not app.display_there()
    monkeypatch.setenv("DISPLAY", "far.example:0")
    assert app.display_there()
    monkeypatch.setenv("DISPLAY", ":9713")
    (tmp_path / "wayland-0").write_text("")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert app.display_there()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert app.display_there()


def test_an_x_server_is_found_by_its_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X9714")
        server.listen(1)
        monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", ":9714")
        assert app.display_there()


def test_a_qt_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path) -> None:
    ended: list[str] = []

    class Keeper:
        def __init__(self, home: Path, insecure_demo: bool) -> None:
            self.home = home

        def begin(self) -> None:
            ended.append("begun")

        def close(self) -> None:
            ended.append("closed")

    monkeypatch.setattr(app, "LocalCloud", Keeper)
    monkeypatch.setattr(app, "display_there", lambda: True)
    monkeypatch.setitem(sys.modules, "kyok_gui.startup", None)
    assert app.main(["--home", str(tmp_path)]) == 1
    assert "kyok doctor" in capsys.readouterr().err and ended == ["begun", "closed"]


def test_a_plugin_whose_libraries_are_missing_is_told_with_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Taken out of its place, Qt's plugin for X does not find what it is linked with."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    (tmp_path / "platforms").mkdir()
    shutil.copy(plugins / "platforms" / "libqxcb.so", tmp_path / "platforms")
    for chosen in ("xcb", "", "wayland;xcb"):
        monkeypatch.setenv("QT_QPA_PLATFORM", chosen)
        monkeypatch.setenv("DISPLAY", ":9713")
        said = window_lack(tmp_path)
        assert said.startswith("Qt needs system libraries that are not installed here: ") and "libQt6XcbQpa" in said
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert window_lack(tmp_path) == ""


def test_without_the_display_s_plugin_no_application_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    class Keeper:
        closed = False

        def close(self) -> None:
            self.closed = True

    keeper = Keeper()
    monkeypatch.setattr(startup, "window_lack", lambda: "Qt lacks a library.")
    monkeypatch.setattr(startup, "QApplication", None)
    monkeypatch.setattr(startup, "quiet_qt", lambda: None)
    assert startup.run(Home(tmp_path), keeper) == 1  # type: ignore[arg-type]
    assert keeper.closed and capsys.readouterr().err == "kyok: Qt lacks a library.\n"


def test_the_program_runs_until_its_window_is_closed(tmp_path: Path) -> None:
    code = (
        "import sys; from PySide6.QtCore import QTimer; from pathlib import Path; from kyok.paths import Home;"
        "from kyok_gui import startup, window;"
        "from tests.gui.shell.test_start import FakeCloud;"
        "real = window.ConsoleWindow.paintEvent;"
        "window.ConsoleWindow.paintEvent = lambda self, event: (real(self, event), QTimer.singleShot(50, self.close));"
        "sys.exit(startup.run(Home(Path(sys.argv[1])), FakeCloud()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "config" / "console.ini").exists()


def test_pyside_need_not_read_every_source() -> None:
    from kyok_gui import quick_imports

    assert quick_imports.take_the_brake_off()
    assert quick_imports._speaks_of_pyside(quick_imports)
    assert not quick_imports._speaks_of_pyside(json)


# first frame ------------------------------------------------------------------------

_FIRST_FRAME = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from kyok.paths import Home
from kyok_gui import startup
app = QApplication([])
console = startup.Console(app, Home(Path(sys.argv[1])))
console.window.painted.disconnect(console.link.open)
console.window.painted.connect(app.quit)
console.show()
app.exec()
print(json.dumps(sorted(sys.modules)))
console.end()
"""


def test_nothing_heavy_is_imported_before_the_first_frame(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_FRAME, str(tmp_path)],
        capture_output=True,
        text=True,
        env=own | {"QT_QPA_PLATFORM": "offscreen"},  # coverage would import more than the window does
        timeout=60,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)
    assert loaded.isdisjoint(LATER), loaded & set(LATER)


# one for each home ------------------------------------------------------------------


def test_a_second_start_raises_the_first(tmp_path: Path, qtbot: Any) -> None:
    folder = tmp_path / "home" / "config"
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not second.claim()
    other = SingleInstance(tmp_path / "other")
    assert other.claim()
    for one in (first, other):
        one.give_up()
    assert second.claim()
    second.give_up()


_KILLED = """
import os, signal, sys
from pathlib import Path
from kyok_gui.platform_plugin import window_lack
from kyok_gui.single import SingleInstance
assert SingleInstance(Path(sys.argv[1])).claim()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_place_of_a_killed_console_is_taken_over(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL and (tmp_path / "console.lock").exists()
    one = SingleInstance(tmp_path)
    assert one.claim()
    one.give_up()
    assert not (tmp_path / "console.lock").exists()


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    one = SingleInstance(tmp_path / "file" / "config")
    assert one.claim()
    one.give_up()


def test_a_call_that_cannot_be_written_opens_a_second_window(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    (tmp_path / "console.call").unlink()
    (tmp_path / "console.call").symlink_to(tmp_path / "elsewhere")
    assert SingleInstance(tmp_path).claim()
    assert not (tmp_path / "elsewhere").exists()
    first.give_up()


def test_garbage_is_collected_again_when_the_program_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(app, "display_there", lambda: True)
    monkeypatch.setattr(app, "_open", lambda home, **_: seen.append(gc.isenabled()) or 0)
    assert app.main(["--home", str(tmp_path)]) == 0
    assert seen == [False] and gc.isenabled()


# link -------------------------------------------------------------------------------


class FakeEmulator:
    def __init__(self) -> None:
        self.leases: list[str] = []
        self.dropped: list[str] = []
        self.answer: KyokError | None = None

    def hold_lease(self, lease: str) -> float:
        if self.answer is not None:
            raise self.answer
        self.leases.append(lease)
        return 30.0

    def drop_lease(self, lease: str) -> None:
        self.dropped.append(lease)


class FakeApi:
    def __init__(self) -> None:
        self.emulator = FakeEmulator()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class FakeCloud:
    """A process that opens, refuses and ends as the test says."""

    def __init__(self) -> None:
        self.refusals: list[KyokError] = []
        self.opened: list[Secret | None] = []
        self.child_ended = False
        self.closed = threading.Event()
        self.moves_until: threading.Event | None = None
        self.told_moving: Callable[[], object] = lambda: None

    def when_moving(self, told: Callable[[], object]) -> None:
        self.told_moving = told

    def open(self, passphrase: Secret | None = None) -> CloudAddress:
        if self.moves_until is not None:
            self.told_moving()
            self.moves_until.wait(20)
            raise CloudNotStarted()
        self.opened.append(passphrase)
        if self.refusals:
            raise self.refusals.pop(0)
        self.child_ended = False
        return CloudAddress("http://127.0.0.1:9", Path("key"))

    def close(self) -> None:
        self.closed.set()


class TestedLink(CloudLink):
    """A link over a fake cloud and a fake connection."""

    __test__ = False

    def __init__(self, cloud: FakeCloud, tasks: TaskRunner) -> None:
        super().__init__(lambda: cloud, tasks)  # type: ignore[arg-type, return-value]
        self.fake = FakeApi()
        self._fake_cloud = cloud

    def _opened(self) -> Connected:
        self._cloud = self._fake_cloud  # type: ignore[assignment]
        self._fake_cloud.open(self._passphrase)
        self._hold_with(self.fake)  # type: ignore[arg-type]
        return Connected(self.fake, Account("a" * 32), CloudFacts(), NOW)  # type: ignore[arg-type]


@pytest.fixture
def cloud() -> FakeCloud:
    return FakeCloud()


@pytest.fixture
def link(cloud: FakeCloud, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from kyok_gui import cloud_link

    monkeypatch.setattr(cloud_link, "_BACK_OFF_MS", (0, 5, 5))
    monkeypatch.setattr(cloud_link, "WATCH_MS", 10)
    tasks = TaskRunner()
    made = TestedLink(cloud, tasks)
    yield made
    made.close()
    tasks.close()


def test_the_link_connects_and_holds_a_lease(link: TestedLink, qtbot: Any) -> None:
    with pytest.raises(CloudUnreachable):
        _ = link.api
    with qtbot.waitSignal(link.connected):
        link.open()
    assert link.is_connected and link.cloud is not None
    link._renew.timeout.emit()
    qtbot.waitUntil(lambda: len(link.fake.emulator.leases) == 2)
    assert len(set(link.fake.emulator.leases)) == 1


def test_the_end_of_the_child_is_noticed_and_cured(link: TestedLink, cloud: FakeCloud, qtbot: Any) -> None:
    with qtbot.waitSignal(link.connected):
        link.open()
    cloud.refusals = [CloudUnreachable(), CloudUnreachable()]
    with qtbot.waitSignals([link.lost, link.returned], order="strict"):
        cloud.child_ended = True
    assert len(cloud.opened) == 4 and link.is_connected


def test_a_lease_that_finds_nobody_means_loss(link: TestedLink, cloud: FakeCloud, qtbot: Any) -> None:
    with qtbot.waitSignal(link.connected):
        link.open()
    link.fake.emulator.answer = CloudUnreachable()
    with qtbot.waitSignal(link.lost):
        link.suspect()
    link.fake.emulator.answer = None
    qtbot.waitUntil(lambda: link.is_connected)


def test_a_cloud_that_moves_older_data_is_heard_while_it_opens(cloud: FakeCloud, qtbot: Any) -> None:
    tasks, told = TaskRunner(), threading.Event()
    link = CloudLink(lambda: cloud, tasks)  # type: ignore[arg-type, return-value]
    heard: list[str] = []
    link.moving.connect(lambda: (heard.append(threading.current_thread().name), told.set()))
    cloud.moves_until = told
    with qtbot.waitSignal(link.failed):
        link.open()
    assert heard == ["MainThread"]
    link.close()
    tasks.close()


def test_a_cloud_that_says_that_it_moves_data_when_the_console_is_gone_is_not_heard(
    cloud: FakeCloud, qtbot: Any
) -> None:
    tasks = TaskRunner()
    link = CloudLink(lambda: cloud, tasks)  # type: ignore[arg-type, return-value]
    cloud.refusals = [CloudNotStarted()]
    with qtbot.waitSignal(link.failed):
        link.open()
    link.close()
    assert tasks.close()
    delete(link)
    thread = threading.Thread(target=cloud.told_moving, name="kyok-early-start")  # a fault of it would fail the test
    thread.start()
    thread.join(20)


def test_a_lasting_failure_is_told(link: TestedLink, cloud: FakeCloud, qtbot: Any) -> None:
    with qtbot.waitSignal(link.connected):
        link.open()
    cloud.refusals = [CloudNotStarted("The disk is full.", "Make room.")] * 3
    with qtbot.waitSignal(link.failed) as failed:
        cloud.child_ended = True
    assert failed.args[0].summary == "The disk is full."
    qtbot.waitUntil(lambda: link.is_connected)


def test_a_first_start_that_is_refused_waits_for_the_person(link: TestedLink, cloud: FakeCloud, qtbot: Any) -> None:
    cloud.refusals = [CloudNotStarted("The data folder is from a newer version.")]
    with qtbot.waitSignal(link.failed):
        link.open()
    with qtbot.waitSignal(link.connected):
        link.open()


def test_a_passphrase_is_asked_for_and_kept_for_restarts(link: TestedLink, cloud: FakeCloud, qtbot: Any) -> None:
    cloud.refusals = [PassphraseWanted(new=True)]
    with qtbot.waitSignal(link.passphrase_wanted):
        link.open()
    secret = Secret(bytearray(b"three small words"))
    with qtbot.waitSignal(link.connected):
        link.give_passphrase(secret)
    with qtbot.waitSignal(link.returned):
        cloud.child_ended = True
    assert [one is secret for one in cloud.opened[1:]] == [True, True]


def test_ending_drops_the_lease_then_the_cloud(cloud: FakeCloud, qtbot: Any) -> None:
    tasks = TaskRunner()
    link = TestedLink(cloud, tasks)
    with qtbot.waitSignal(link.connected):
        link.open()
    link.close()
    assert tasks.close()
    link.release()
    assert link.fake.emulator.dropped and link.fake.closed and cloud.closed.is_set()
    link.open()


def test_a_window_closed_while_it_connects_leaves_no_lease(cloud: FakeCloud, qtbot: Any) -> None:
    tasks = TaskRunner()
    link = TestedLink(cloud, tasks)
    holding, go_on = threading.Event(), threading.Event()
    hold = link.fake.emulator.hold_lease

    def slow_hold(lease: str) -> float:
        holding.set()
        go_on.wait(30)
        return hold(lease)

    link.fake.emulator.hold_lease = slow_hold  # type: ignore[method-assign]
    link.open()
    assert holding.wait(30)
    link.close()
    link.release()
    go_on.set()
    assert tasks.close()
    emulator = link.fake.emulator
    assert emulator.leases and emulator.dropped == emulator.leases and cloud.closed.is_set()


def test_a_console_can_be_built_and_ended_without_a_cloud(qapp: Any, tmp_path: Path, qtbot: Any) -> None:
    threads, hook, windows = set(threading.enumerate()), sys.excepthook, set(qapp.topLevelWidgets())
    clouds: list[FakeCloud] = []

    def make() -> FakeCloud:
        clouds.append(FakeCloud())
        return clouds[-1]

    made = startup.Console(qapp, Home(tmp_path), make)  # type: ignore[arg-type]
    made.window.painted.disconnect(made.link.open)
    made.show()
    qtbot.waitExposed(made.window)
    assert running_timers(made) and sys.excepthook is not hook
    window = made.window
    made.end()
    assert not window.isVisible()
    settle(qapp)
    assert not isValid(window), "the window is gone"
    assert set(qapp.topLevelWidgets()) <= windows
    assert running_timers(made) == []
    assert made.tasks._pool.activeThreadCount() == 0
    assert set(threading.enumerate()) <= threads
    assert sys.excepthook is hook and clouds == []
    assert made.tasks.run(lambda: None).wanted is False, "no work is taken any more"
    made.end()


def running_timers(root: QObject) -> list[str]:
    """The timers below an object that would still wake the program."""
    return [f"{timer.parent()!r}" for timer in root.findChildren(QTimer) if timer.isActive()]


def test_the_process_keeper_is_made_late(tmp_path: Path) -> None:
    keeper = startup.cloud_of(Home(tmp_path), insecure_demo=True)()
    assert keeper.home.root == tmp_path and not keeper.child_alive


def test_signals_end_the_program(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[int, Any] = {}
    monkeypatch.setattr(signal, "signal", lambda number, handler: handlers.update({number: handler}))
    startup._end_on_signals(qapp)
    assert set(handlers) == {signal.SIGINT, signal.SIGTERM}
    for timer in qapp.children():
        if timer.metaObject().className() == "QTimer":
            timer.stop()
            timer.deleteLater()

"""Background work and the change feed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, QThreadPool
from shiboken6 import delete

from kyok.client.errors import CloudUnreachable
from kyok.errors import KyokError
from kyok_gui import live as live_module
from kyok_gui.directory import Directory
from kyok_gui.live import EVERYTHING, Live
from kyok_gui.tasks import TaskRunner, catch_faults, crash_report
from tests.gui.shell.sample import entries


@pytest.fixture
def tasks(qtbot: Any) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def test_outcomes_arrive_on_the_windows_thread(tasks: TaskRunner, qtbot: Any) -> None:
    here, seen = QThread.currentThread(), []
    busy: list[bool] = []
    tasks.busy_changed.connect(busy.append)
    tasks.run(
        lambda: threading.current_thread().name, lambda name: seen.append((name, QThread.currentThread() is here))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][1] and seen[0][0] != threading.current_thread().name
    assert busy == [True, False] and not tasks.busy


def refuse() -> None:
    raise KyokError("It exists already.", "Nothing to do.")


def test_a_refusal_goes_to_its_caller_or_is_told(tasks: TaskRunner, qtbot: Any) -> None:
    told: list[str] = []
    tasks.run(refuse, None, lambda error: told.append(error.summary))
    qtbot.waitUntil(lambda: told == ["It exists already."])
    with qtbot.waitSignal(tasks.failed_unheard) as heard:
        tasks.run(refuse)
    assert heard.args[0].remedy == "Nothing to do."


def test_a_fault_becomes_a_report_without_values(tasks: TaskRunner, qtbot: Any) -> None:
    def faulty() -> None:
        secret = "hunter2"  # noqa: F841
        raise ValueError("cannot read hunter2")

    with qtbot.waitSignal(tasks.crashed) as crashed:
        tasks.run(faulty)
    report = crashed.args[0]
    assert "ValueError" in report and "test_tasks.py" in report and "hunter2" not in report


def test_reports_keep_messages_that_speak_of_the_program() -> None:
    try:
        getattr(object(), "missing")  # noqa: B009
    except AttributeError as error:
        assert "missing" in crash_report(error)


def test_an_answer_that_was_overtaken_is_left_out(tasks: TaskRunner, qtbot: Any) -> None:
    owner, other = QObject(), QObject()
    go = threading.Event()
    told: list[str] = []

    def slow(word: str) -> str:
        go.wait(20)
        return word

    def slow_refusal() -> str:
        go.wait(20)
        return refuse() or ""

    tasks.read(lambda: slow("old"), told.append, owner=owner)
    tasks.read(slow_refusal, told.append, lambda error: told.append(error.summary), owner=owner)
    tasks.read(lambda: "new", told.append, owner=owner)
    tasks.read(lambda: slow("another's"), told.append, owner=other)
    qtbot.waitUntil(lambda: told == ["new"])
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert told == ["new", "another's"]
    tasks.read(lambda: "newer", told.append, owner=owner)
    qtbot.waitUntil(lambda: told[-1] == "newer")
    with qtbot.waitSignal(tasks.failed_unheard):
        tasks.read(refuse, told.append, owner=owner)


def test_nothing_is_delivered_to_the_dead_or_the_dropped(tasks: TaskRunner, qtbot: Any) -> None:
    go, seen = threading.Event(), []
    owner = QObject()
    tasks.run(lambda: go.wait(5), seen.append, owner=owner)
    dropped = tasks.run(lambda: go.wait(5), seen.append)
    dropped.drop()
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _valid(owner))
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert seen == []


def _valid(thing: QObject) -> bool:
    from shiboken6 import isValid

    return bool(isValid(thing))


def test_after_the_end_nothing_runs(qtbot: Any) -> None:
    runner = TaskRunner()
    assert runner.close()
    assert not runner.run(lambda: 1).wanted


def test_faults_in_slots_are_caught_too() -> None:
    reports: list[str] = []
    undo = catch_faults(reports.append)
    try:
        try:
            raise TypeError("wrong kind")
        except TypeError as error:
            sys.excepthook(TypeError, error, error.__traceback__)
    finally:
        undo()
    assert "wrong kind" in reports[0]


def test_who_ends_out_of_turn_hears_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    first: list[str] = []
    second: list[str] = []
    nobody: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: nobody.append(str(error)))
    undo_first = catch_faults(first.append)
    undo_second = catch_faults(second.append)
    undo_first()
    sys.excepthook(TypeError, TypeError("one"), None)
    undo_second()
    sys.excepthook(TypeError, TypeError("two"), None)
    assert (len(second), first, nobody) == (1, [], ["two"])


def test_work_that_outlives_its_window_is_no_fault(monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    faults: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: faults.append(error))
    runner, go_on, pool = TaskRunner(), threading.Event(), QThreadPool()
    monkeypatch.setattr(runner, "_pool", pool)
    runner.run(lambda: go_on.wait(20))
    delete(runner)
    go_on.set()
    assert pool.waitForDone(20_000)
    assert faults == []


# feed -------------------------------------------------------------------------------


@dataclass
class Change:
    kind: str
    id: str


@dataclass
class Answer:
    seq: int
    changes: list[Change]
    reset: bool = False


class ScriptedFeed:
    """Gives prepared answers; then waits until it is let go."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[int | None] = []
        self.let_go = threading.Event()

    def __call__(self, after: int | None, wait: float) -> Answer:
        self.asked.append(after)
        if not self.answers:
            self.let_go.wait(5)
            raise CloudUnreachable()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def live(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    monkeypatch.setattr(live_module, "_PAUSES", (0.01,))
    made = Live()
    yield made
    made.stop()


def test_changes_become_signals(live: Live, qtbot: Any) -> None:
    feed = ScriptedFeed(
        Answer(5, []), Answer(7, [Change("key", "g/k"), Change("database", "d")]), Answer(9, [], reset=True)
    )
    told: list[tuple[Any, Any]] = []
    live.changed.connect(lambda kinds, ids: told.append((kinds, ids)))
    live.start(feed)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [(frozenset({"key", "database"}), frozenset({"g/k", "d"})), (EVERYTHING, frozenset())]
    assert feed.asked[:3] == [None, 5, 7]
    live.stop()
    feed.let_go.set()
    qtbot.waitUntil(lambda: not live.running())


def test_a_silent_feed_is_told_once_and_polling_takes_over(live: Live, qtbot: Any) -> None:
    feed = ScriptedFeed(CloudUnreachable(), CloudUnreachable(), Answer(1, []))
    lost: list[int] = []
    live.lost.connect(lambda: lost.append(1))
    with qtbot.waitSignal(live.lost):
        live.start(feed)
    assert live._fallback.isActive()
    with qtbot.waitSignal(live.changed):
        live._fallback.timeout.emit()
    qtbot.waitUntil(lambda: len(feed.asked) >= 4 and not live._fallback.isActive())
    assert lost == [1]
    live.stop()
    feed.let_go.set()
    qtbot.waitUntil(lambda: not live.running())


def test_an_old_feed_is_not_heard_any_more(live: Live, qtbot: Any) -> None:
    old, new = ScriptedFeed(Answer(1, [])), ScriptedFeed(Answer(1, []))
    live.start(old)
    qtbot.waitUntil(lambda: len(old.asked) == 2)
    live.start(new)
    with qtbot.assertNotEmitted(live.lost, wait=50):
        old.let_go.set()
    live.tell({"clock"}, {"x"})
    live.stop()
    new.let_go.set()
    qtbot.waitUntil(lambda: not live.running())


# directory --------------------------------------------------------------------------


def test_the_directory_reads_again_when_something_in_it_changed(tasks: TaskRunner, live: Live, qtbot: Any) -> None:
    reads: list[int] = []

    def load() -> Any:
        reads.append(1)
        return entries()

    directory = Directory(tasks, live, load)
    with qtbot.waitSignal(directory.changed):
        directory.refresh()
        directory.refresh()
    qtbot.waitUntil(lambda: len(reads) == 2)
    assert [entry.name for entry in directory.entries] == ["acme-hpcs", "acme-kp", "hr-db", "ledger-db"]
    assert directory.name_of("g-hr") == "hr-db" and directory.name_of("gone", "Instance") == "Instance"
    live.tell({"activity"})
    live.tell({"instance"})
    qtbot.waitUntil(lambda: len(reads) == 3)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert directory.known


def test_a_directory_that_cannot_be_read_keeps_what_it_knows(tasks: TaskRunner, live: Live, qtbot: Any) -> None:
    directory = Directory(tasks, live, refuse)  # type: ignore[arg-type]
    directory.refresh()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert directory.entries == () and not directory.known


def test_a_wish_during_a_reading_that_fails_is_fulfilled(tasks: TaskRunner, live: Live, qtbot: Any) -> None:
    answers: list[Any] = [KyokError("The list is broken."), entries()]
    directory = Directory(tasks, live, lambda: _given(answers.pop(0)))
    heard: list[KyokError] = []
    directory.failed.connect(heard.append)
    directory.refresh()
    directory.refresh()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert directory.known and heard == [], "who wished has the list"
    broken = KyokError("It is broken still.")
    answers += [KyokError("The list is broken."), broken]
    directory.refresh()
    directory.refresh()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert heard == [broken] and answers == []


def _given(answer: Any) -> Any:
    if isinstance(answer, KyokError):
        raise answer
    return answer

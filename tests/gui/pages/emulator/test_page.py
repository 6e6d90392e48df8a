"""The Emulator page on a canned cloud: what is asked before everything is replaced, and what is sent."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from kyok.client.records.emulator import ClockState, Coming, Fault, InstanceUsage, Scenario, ScenarioLoading
from kyok.client.records.states import Exported, PresentState, ScenarioContent, Snapshot
from kyok.domain.cluster import FaultKind
from kyok.domain.rights import Decision
from kyok.domain.scenario_steps import ScenarioStep
from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.pages.emulator.page import EmulatorPage
from kyok_gui.places import Place
from kyok_gui.rights import Rights
from kyok_gui.widgets import SelectField
from kyok_gui.widgets.progress import ProgressBar
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.pages.emulator.emulator_object import FAULTS, SCENARIOS, SNAPSHOTS, Emulator, Files
from tests.gui.shell.sample import NOW, entries

PASSPHRASE = "correct horse battery"


class FakeStates:
    """Remembers what it was asked; `refusal` is raised by the next call that changes something."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.refusal: KyokError | None = None
        self.secrets: list[Secret] = []
        self.loading: ScenarioLoading | None = None
        self.answer = threading.Event()
        """A scenario is loaded once this is set."""
        self.answer.set()
        self.kept = [Snapshot("s1", "Before the rehearsal", NOW, "anna@acme.example", NOW, 15, 9, 1_200_000)]

    def _act(self, *what: Any) -> None:
        self.asked.append(what)
        if self.refusal is not None:
            raise self.refusal

    def snapshots(self) -> tuple[Snapshot, ...]:
        return tuple(self.kept)

    def scenario_file(self, name: str) -> bytes:
        return name.encode()

    def check_scenario(self, content: bytes) -> ScenarioContent:
        self._act("check", content)
        return ScenarioContent("The walk, done", "One of each.", 1, 1, 1, 1)

    def load_scenario(self, content: bytes) -> dict[str, str]:
        self.asked.append(("load", content))
        assert self.answer.wait(30)
        self.loading = None
        if self.refusal is not None:
            raise self.refusal
        return {}

    def present_state(self, title: str) -> PresentState:
        return PresentState('{"title": "x"}\n', ("Key material: each key is made anew.",))

    def make_snapshot(self, name: str) -> Snapshot:
        self._act("snapshot", name)
        return self.kept[0]

    def return_to(self, ident: str) -> None:
        self._act("return", ident)

    def delete_snapshot(self, ident: str) -> None:
        self._act("delete", ident)

    def export(self, path: str, passphrase: Secret) -> Exported:
        self.secrets.append(passphrase)
        self._act("export", path, passphrase.text())
        return Exported(path, 1_234)

    def import_file(self, path: str, passphrase: Secret) -> Exported:
        self.secrets.append(passphrase)
        self._act("import", path, passphrase.text())
        return Exported(path, 1_234, "Acme Bank")


class FakeEmulator:
    """The part of the private API that is no whole state."""

    def __init__(self, states: FakeStates) -> None:
        self.states = states
        self.faults_now: list[Fault] = [
            Fault("f1", FaultKind.ZONE_CUT, {"zone": "us-south-3"}, NOW, "anna@acme.example"),
            Fault("f2", FaultKind.ERRORS, {"instance": "g-hpcs", "percent": 40}, NOW, "ben@acme.example"),
        ]

    def clock(self) -> ClockState:
        return ClockState(NOW, NOW - timedelta(days=2), 2 * 86_400)

    def advance_clock(self, by: timedelta) -> ClockState:
        self.states.asked.append(("turn", by))
        return ClockState(NOW + by, NOW, by.total_seconds())

    def forecast(self, ahead: timedelta) -> tuple[Coming, ...]:
        if ahead < timedelta(days=7):
            return ()
        return tuple(Coming(NOW + timedelta(days=day), f"Thing {day} happens", True) for day in range(1, 10))

    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.faults_now)

    def start_fault(self, kind: FaultKind, target: dict[str, Any]) -> Fault:
        self.states._act("start", kind.value, target)
        return Fault("f3", kind, target, NOW)

    def end_fault(self, ident: str) -> None:
        self.states._act("end", ident)

    def end_faults(self) -> int:
        self.states._act("end all")
        self.faults_now.clear()
        return 2

    def scenarios(self) -> tuple[Scenario, ...]:
        return (Scenario("walk-done", "The walk, done", "One of each."), Scenario("empty-account", "Empty account"))

    def scenario_loading(self) -> ScenarioLoading | None:
        return self.states.loading

    def reset(self) -> None:
        self.states._act("reset")

    def usage(self) -> tuple[InstanceUsage, ...]:
        return (InstanceUsage("g", root_keys={"1": 4, "5": 1}, standard_keys=2),)


@pytest.fixture
def states() -> FakeStates:
    return FakeStates()


@pytest.fixture
def page(qtbot: Any, context: FakeContext, states: FakeStates) -> Emulator:
    context.api = SimpleNamespace(emulator=FakeEmulator(states), states=states)
    context.directory.set_entries(entries())
    made = EmulatorPage(context, Place("emulator"))
    window = show(qtbot, made)
    made.come(Place("emulator"))
    seen = Emulator(qtbot, window)
    seen.until(lambda: len(seen.rows(FAULTS)) == 2)
    seen.until(lambda: not context.tasks.busy)
    return seen


@pytest.fixture
def refused(context: FakeContext) -> FakeContext:
    """Whoever is signed in is no administrator."""
    no = Decision(False, ("Administrator",))
    context.rights = Rights(context.tasks, context.live, lambda questions: [no for _ in questions])
    return context


def test_without_the_role_everything_is_off_and_says_which_role_is_missing(
    refused: FakeContext, page: Emulator, states: FakeStates, qtbot: Any
) -> None:
    page.until(lambda: not driver.find(page.window, "emulator.clock.turn").isEnabled())
    for name in ("fault.start", "scenarios.file", "scenarios.save", "snapshots.make", "export.open", "reset.open"):
        assert not driver.find(page.window, f"emulator.{name}").isEnabled(), name
    for name in ("1-hour", "1-day", "7-days", "30-days", "amount.field", "unit.field"):
        assert not driver.find(page.window, f"emulator.clock.{name}").isEnabled(), name
    words = "What will happen by itself is not shown. Needs the Administrator role in this account."
    page.until(lambda: page.words("emulator.clock.what") == words)
    with pytest.raises(AssertionError):
        page.menu(FAULTS, "Zone cut off", "undo")
    assert states.asked == []


def settle(page: Emulator, context: FakeContext) -> None:
    page.until(lambda: not context.tasks.busy)


def test_the_clock_says_what_turning_it_will_do(page: Emulator, states: FakeStates, context: FakeContext) -> None:
    assert "2 days ahead of wall time" in page.words("emulator.clock.offset")
    assert page.words("emulator.clock.what") == "In 1 day nothing is due but key checks."
    unit = driver.find(page.window, "emulator.clock.unit.field", SelectField)
    assert [choice.title for choice in unit.choices()] == ["minute", "hour", "day"]
    page.press("emulator.clock.7-days")
    assert [choice.title for choice in unit.choices()] == ["minutes", "hours", "days"]
    page.until(lambda: driver.exists(page.window, "emulator.clock.more"))
    assert page.words("emulator.clock.what") == "In 7 days this happens by itself:"
    assert page.forecast()[0][1] == "Thing 1 happens"
    assert page.words("emulator.clock.more") == "And 2 more things."
    page.press("emulator.clock.turn")
    settle(page, context)
    assert states.asked == [("turn", timedelta(days=7))]
    assert context.told[-1].title == "Clock turned forward"


def test_faults_are_listed_in_words_and_undone(page: Emulator, states: FakeStates, context: FakeContext) -> None:
    assert [row[:2] for row in page.rows(FAULTS)] == [
        ["Errors, 40 %", "acme-hpcs"],
        ["Zone cut off", "us-south-3 from every key service"],
    ]
    page.menu(FAULTS, "Zone cut off", "undo")
    settle(page, context)
    page.press("emulator.faults.undo-all")
    page.until(lambda: driver.exists(page.window, "emulator.faults.empty"))
    assert states.asked == [("end", "f1"), ("end all",)]


def test_each_kind_of_fault_asks_for_what_it_needs_and_no_more(
    page: Emulator, states: FakeStates, context: FakeContext
) -> None:
    kms, database = "g-hpcs", "g-hr"
    page.break_something("zone-cut", zone="us-south-2", instance=kms)
    settle(page, context)
    page.break_something("hsm-cut", hsm=kms)
    settle(page, context)
    page.break_something("latency")
    settle(page, context)
    page.break_something("errors", instance=kms)
    settle(page, context)
    page.break_something("node-stop", database=database, node="3")
    settle(page, context)
    assert states.asked == [
        ("start", "zone-cut", {"zone": "us-south-2", "instance": kms}),
        ("start", "hsm-cut", {"instance": kms}),
        ("start", "latency", {"milliseconds": 800, "instance": kms}),
        ("start", "errors", {"instance": kms, "percent": 50}),
        ("start", "node-stop", {"database": database, "node": 3}),
    ]
    assert not driver.exists(page.window, "emulator.fault.percent")


def test_without_instances_the_form_says_why_nothing_can_be_started(page: Emulator, context: FakeContext) -> None:
    context.directory.set_entries([])
    driver.choose(page.window, "emulator.fault.kind", "hsm-cut")
    assert not driver.find(page.window, "emulator.fault.start").isEnabled()
    assert page.words("emulator.fault.reason") == "There is no key service instance yet."
    driver.choose(page.window, "emulator.fault.kind", "node-stop")
    assert page.words("emulator.fault.reason") == "There is no database instance yet."


def test_loading_a_scenario_says_what_is_lost_and_what_comes(
    page: Emulator, states: FakeStates, context: FakeContext
) -> None:
    page.menu(SCENARIOS, "The walk, done", "load")
    said = page.said("emulator.load")
    assert "with 7 keys" in said
    assert "Made anew: 1 key service instance, 1 key and 1 database instance" in said
    page.confirm("emulator.load")
    page.until(lambda: page.gone("emulator.load"))
    settle(page, context)
    assert states.asked == [("check", b"walk-done"), ("load", b"walk-done")]


STATES = (
    "clock.turn",
    "fault.start",
    "faults.undo-all",
    "scenarios.file",
    "scenarios.save",
    "snapshots.make",
    "export.open",
    "import.open",
    "reset.open",
)
"""What would meet half a state while one is being made."""


def switched_on(page: Emulator) -> set[bool]:
    return {driver.find(page.window, f"emulator.{name}").isEnabled() for name in STATES}


def begin_loading(page: Emulator, states: FakeStates) -> None:
    states.answer.clear()
    page.menu(SCENARIOS, "The walk, done", "load")
    page.confirm("emulator.load")
    page.until(lambda: driver.exists(page.window, "emulator.loading"))


def test_while_a_scenario_is_loaded_the_page_says_which_how_far_and_for_how_long(
    page: Emulator, states: FakeStates, context: FakeContext
) -> None:
    begin_loading(page, states)
    assert page.gone("emulator.load"), "a dialog would cover the window"
    assert page.words("emulator.loading.title") == "Loading “The walk, done”"
    assert page.words("emulator.loading.step") == "Step 1 of 7: emptying the account. 0 s so far."
    assert switched_on(page) == {False}
    assert "A scenario is being loaded." in driver.find(page.window, "emulator.reset.open").accessibleDescription()
    assert page.words("emulator.fault.reason") == "A scenario is being loaded."
    for table, text, entry in ((SCENARIOS, "Empty account", "load"), (SNAPSHOTS, "Before the rehearsal", "return")):
        with pytest.raises(AssertionError):
            page.menu(table, text, entry)
    states.loading = ScenarioLoading("The walk, done", ScenarioStep.DATABASES, 12.4)
    words = "Step 4 of 7: making database instances. 12 s so far."
    page.until(lambda: page.words("emulator.loading.step") == words)
    assert driver.find(page.window, "emulator.loading.bar", ProgressBar).percent == 42
    states.answer.set()
    page.until(lambda: page.gone("emulator.loading"))
    assert switched_on(page) == {True}
    assert (context.told[-1].title, context.told[-1].detail) == ("Scenario loaded", "The walk, done")


def test_a_scenario_that_fails_is_told_with_what_became_of_the_account(
    page: Emulator, states: FakeStates, context: FakeContext
) -> None:
    begin_loading(page, states)
    states.refusal = KyokError("The key was refused.", "The account is empty now.")
    states.answer.set()
    page.until(lambda: page.gone("emulator.loading"))
    told = context.told[-1]
    assert (told.level, told.title) == ("error", "The scenario “The walk, done” is not loaded")
    assert told.detail == "The key was refused. The account is empty now."
    assert switched_on(page) == {True}


def test_the_end_of_loading_is_told_when_the_page_is_gone(states: FakeStates, context: FakeContext, qtbot: Any) -> None:
    context.api = SimpleNamespace(emulator=FakeEmulator(states), states=states)
    window = QWidget()
    shown = EmulatorPage(context, Place("emulator"))
    QVBoxLayout(window).addWidget(shown)
    show(qtbot, window)
    shown.come(Place("emulator"))
    seen = Emulator(qtbot, window)
    seen.until(lambda: len(seen.rows(FAULTS)) == 2)
    begin_loading(seen, states)
    shown.deleteLater()
    qtbot.waitUntil(lambda: not isValid(shown))
    states.answer.set()
    qtbot.waitUntil(lambda: bool(context.told))
    assert context.told[-1].title == "Scenario loaded"


def test_what_another_window_loads_is_shown_until_it_is_there(
    page: Emulator, states: FakeStates, context: FakeContext
) -> None:
    states.loading = ScenarioLoading("Training desk", ScenarioStep.KEYS, 3.0)
    context.live.tell({"instance"}, {"x"})
    page.until(lambda: driver.exists(page.window, "emulator.loading"))
    assert page.words("emulator.loading.title") == "Loading “Training desk”"
    assert switched_on(page) == {False}
    states.loading = None
    page.until(lambda: page.gone("emulator.loading"))
    assert switched_on(page) == {True}
    assert context.told == ()


def test_a_wrong_file_is_refused_before_anything_is_asked(
    page: Emulator, states: FakeStates, context: FakeContext, files: Files, tmp_path: Path
) -> None:
    files.open = tmp_path / "mine.json"
    files.open.write_bytes(b"{}")
    states.refusal = KyokError("Line 1: The field “format” is missing.", "Correct the file.")
    page.press("emulator.scenarios.file")
    page.until(lambda: context.told)
    assert (context.told[-1].level, context.told[-1].title) == ("error", "Line 1: The field “format” is missing.")
    assert page.gone("emulator.load")
    files.open = tmp_path / "nowhere.json"
    page.press("emulator.scenarios.file")
    page.until(lambda: "could not be read" in context.told[-1].title)


def test_the_present_state_is_saved_and_what_is_left_out_is_said(page: Emulator, files: Files, tmp_path: Path) -> None:
    files.save_as = tmp_path / "state.json"
    page.press("emulator.scenarios.save")
    page.confirm("emulator.save")
    assert "Key material" in page.said("emulator.saved")
    page.press("emulator.saved.accept")
    assert files.save_as.read_text() == '{"title": "x"}\n'


def test_a_shipped_scenario_is_saved_as_a_file(
    page: Emulator, files: Files, tmp_path: Path, context: FakeContext
) -> None:
    files.save_as = tmp_path / "walk.json"
    page.menu(SCENARIOS, "The walk, done", "save")
    page.until(lambda: files.save_as is not None and files.save_as.exists())
    settle(page, context)
    assert files.save_as.read_bytes() == b"walk-done"


def test_snapshots_are_made_returned_to_and_deleted(page: Emulator, states: FakeStates, context: FakeContext) -> None:
    assert page.rows(SNAPSHOTS)[0][:2] == ["Before the rehearsal", "15 instances, 9 keys"]
    page.press("emulator.snapshots.make")
    driver.write(page.window, "emulator.snapshot.name", "")
    assert not page.dialog("emulator.snapshot").accept_button.isEnabled()
    driver.find(page.window, "emulator.snapshot.name", QLineEdit).setText("Mi\u202ene")  # pasted: no key types it
    assert "A name has no control characters." in page.said("emulator.snapshot")
    assert not page.dialog("emulator.snapshot").accept_button.isEnabled()
    driver.write(page.window, "emulator.snapshot.name", "Mine")
    page.confirm("emulator.snapshot")
    page.until(lambda: page.gone("emulator.snapshot"))
    page.menu(SNAPSHOTS, "Before the rehearsal", "return")
    assert "Back again: 15 instances, 9 keys" in page.said("emulator.return")
    page.confirm("emulator.return")
    page.until(lambda: page.gone("emulator.return"))
    page.menu(SNAPSHOTS, "Before the rehearsal", "delete")
    page.confirm("emulator.delete")
    settle(page, context)
    assert states.asked == [("snapshot", "Mine"), ("return", "s1"), ("delete", "s1")]


def test_a_refused_return_stays_in_its_dialog(page: Emulator, states: FakeStates) -> None:
    states.refusal = KyokError("This snapshot is damaged.", "Nothing was changed.")
    page.menu(SNAPSHOTS, "Before the rehearsal", "return")
    page.confirm("emulator.return")
    page.until(lambda: "This snapshot is damaged." in page.said("emulator.return"))
    page.press("emulator.return.cancel")


def test_the_passphrase_of_an_export_is_typed_twice_sent_once_and_wiped(
    page: Emulator, states: FakeStates, context: FakeContext, files: Files, tmp_path: Path
) -> None:
    files.save_as = tmp_path / "state.kyok"
    page.press("emulator.export.open")
    dialog = page.dialog("emulator.export")
    for first, second, ready in (
        ("short", "short", False),
        (PASSPHRASE, "another", False),
        (PASSPHRASE, PASSPHRASE, True),
    ):
        driver.write(page.window, "emulator.export.passphrase", first)
        driver.write(page.window, "emulator.export.again", second)
        assert dialog.accept_button.isEnabled() is ready
    page.confirm("emulator.export")
    page.until(lambda: page.gone("emulator.export"))
    assert states.asked == [("export", str(files.save_as), PASSPHRASE)]
    assert [len(secret) for secret in states.secrets] == [0]
    assert all(PASSPHRASE not in f"{notice.title} {notice.detail}" for notice in context.told)


def test_an_import_that_is_refused_changes_nothing_and_forgets_what_was_typed(
    page: Emulator, states: FakeStates, files: Files, tmp_path: Path
) -> None:
    files.open = tmp_path / "state.kyok"
    states.refusal = KyokError("The export is damaged or cut short.", "Use another copy of the file.")
    page.press("emulator.import.open")
    page.dialog("emulator.import")
    driver.write(page.window, "emulator.import.passphrase", PASSPHRASE)
    page.confirm("emulator.import")
    page.until(lambda: "damaged or cut short" in page.said("emulator.import"))
    assert [len(secret) for secret in states.secrets] == [0]
    page.press("emulator.import.cancel")
    page.until(lambda: page.gone("emulator.import"))


def test_a_reset_says_what_stays(page: Emulator, states: FakeStates, context: FakeContext) -> None:
    page.press("emulator.reset.open")
    assert "The account, its administrator with his API keys, and the snapshots." in page.said("emulator.reset.ask")
    page.confirm("emulator.reset.ask")
    page.until(lambda: page.gone("emulator.reset.ask"))
    assert states.asked == [("reset",)]

"""Manage > Emulator: clock, faults, scenarios, snapshots, export and import, reset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from kyok.domain import texts
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import noted, tr
from kyok_gui import places, saving
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.parts import FailureNote, PageTile
from kyok_gui.pages.emulator import dialogs
from kyok_gui.pages.emulator.clock import ClockTile
from kyok_gui.pages.emulator.faults import FaultForm, FaultTable
from kyok_gui.pages.emulator.loading import LoadingTile
from kyok_gui.pages.emulator.presenter import EmulatorPresenter, Present, Whole
from kyok_gui.pages.emulator.scenarios import ScenarioTable
from kyok_gui.pages.emulator.snapshots import SnapshotTable
from kyok_gui.places import Place
from kyok_gui.times import at, day
from kyok_gui.widgets import Button, Dialog, InlineNote, SectionHead, Text, escape
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client.records.emulator import ClockState, Fault, Scenario, ScenarioLoading
    from kyok.client.records.states import Exported, PresentState, ScenarioContent, Snapshot
    from kyok.errors import KyokError

_SUBTITLE = noted("Turn the clock, break things, and put whole states in place. No IBM Cloud has this page.")
_SUFFIX = ".kyok"
_FOLD = 880
"""Below this width, in pixels, tiles stand below each other."""


def choose_open(page: Page, title: str, kinds: str) -> Path | None:
    """Asks for a file to read; None when the person changed their mind."""
    chosen = QFileDialog.getOpenFileName(page, title, str(Path.home()), kinds)[0]
    return Path(chosen) if chosen else None


class EmulatorPage(Page):
    """Five parts, from what is used daily to what replaces everything."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"clock", "fault", "snapshot", "instance", "database", "key", "backup", "reclamation"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.header.set_trail(
            [(context.account.name or tr("Account"), Place(places.RESOURCES)), (tr("Emulator"), None)]
        )
        self.header.set_title(tr("Emulator"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._failure = FailureNote(name="emulator.failure")
        self._busy = InlineNote("info", "", name="emulator.busy", compact=True)
        self._busy.hide()
        self._loading = LoadingTile()
        self._working, self._blocked = "", ""
        self._presenter = EmulatorPresenter(context, self)
        self._clock, self._form = ClockTile(context), FaultForm(context)
        self._faults, self._scenarios, self._snapshots = (
            FaultTable(context),
            ScenarioTable(context),
            SnapshotTable(context),
        )
        self._lay_out_parts()
        self._connect()

    def _lay_out_parts(self) -> None:
        self.body.addWidget(self._failure)
        self.body.addWidget(self._busy)
        self.body.addWidget(self._loading)
        row = FoldingRow(_FOLD)
        row.addWidget(self._clock, 1)
        row.addWidget(self._form, 1)
        self.body.addLayout(row)
        for title, detail, part in (
            (tr("Faults in force"), tr("What is broken now, whoever started it."), self._faults),
            (tr("Scenarios"), tr("Known states. Loading one replaces everything that is here."), self._scenarios),
            (tr("Snapshots"), tr(_SNAPSHOT_WORDS), self._snapshots),
        ):
            self.body.addWidget(SectionHead(title, detail))
            self.body.addWidget(part)
        last = FoldingRow(_FOLD)
        last.addWidget(self._carry_tile(), 1)
        last.addWidget(self._reset_tile(), 1)
        self.body.addLayout(last)
        self.body.addStretch(1)

    def _carry_tile(self) -> PageTile:
        tile = PageTile(tr("Export and import"), "emulator.carry")
        tile.body.addWidget(Text(tr(_CARRY_WORDS), "bodyCompact01", "secondary", wrap=True))
        self._export = Button(tr("Export"), "tertiary", name="emulator.export.open", icon="export")
        self._import = Button(tr("Import"), "tertiary", name="emulator.import.open", icon="upload")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._export, self._import):
            row.addWidget(button)
            self.context.rights.guard(button, EMULATOR_MANAGE)
        row.addStretch(1)
        tile.body.addStretch(1)
        tile.body.addLayout(row)
        return tile

    def _reset_tile(self) -> PageTile:
        tile = PageTile(tr("Reset"), "emulator.reset")
        tile.body.addWidget(Text(tr(_RESET_WORDS), "bodyCompact01", "secondary", wrap=True))
        self._reset = Button(tr("Reset"), "danger-tertiary", name="emulator.reset.open", icon="reset")
        self.context.rights.guard(self._reset, EMULATOR_MANAGE)
        tile.body.addStretch(1)
        tile.body.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignLeft)
        return tile

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.loaded.connect(self._show)
        presenter.failed.connect(self._show_failure)
        presenter.foreseen.connect(self._clock.show_forecast)
        presenter.busy.connect(self._show_busy)
        presenter.watch.changed.connect(self._show_loading)
        self._failure.acted.connect(self.look_afresh)
        self._clock.wanted.connect(presenter.foresee)
        self._clock.turned.connect(lambda ahead: presenter.turn(ahead, self._turned))
        self._form.started.connect(lambda kind, target: presenter.start_fault(kind, target, self._started))
        self._faults.undo.connect(presenter.end_fault)
        self._faults.undo_all.connect(lambda: presenter.end_faults(self._undone))
        self._scenarios.load.connect(self._open_scenario)
        self._scenarios.save_file.connect(self._save_shipped)
        self._scenarios.file.clicked.connect(self._open_file)
        self._scenarios.state.clicked.connect(self._save_state)
        self._snapshots.make.clicked.connect(self._make_snapshot)
        self._snapshots.return_wanted.connect(self._return)
        self._snapshots.delete_wanted.connect(self._delete_snapshot)
        self._export.clicked.connect(self._open_export)
        self._import.clicked.connect(self._open_import)
        self._reset.clicked.connect(lambda: presenter.present(self._ask_reset))

    # what Page asks -----------------------------------------------------------------

    def refresh(self) -> None:
        """Reads everything, and what the considered length of time would do."""
        self._presenter.load()
        self._clock.consider()

    # showing ------------------------------------------------------------------------

    def _show(self, whole: Whole) -> None:
        self._failure.hide()
        self._clock.show_clock(whole.clock)
        self._faults.show_faults(whole.faults)
        self._scenarios.show_scenarios(whole.scenarios)
        self._snapshots.show_snapshots(whole.snapshots)

    def _show_failure(self, error: KyokError) -> None:
        for table in (self._faults.table, self._scenarios.table, self._snapshots.table):
            table.set_loading(False)
        self._failure.show_failure(error)

    def _show_busy(self, words: str) -> None:
        self._busy.show_note("info", f"{words}…" if words else "")
        self._busy.setVisible(bool(words))
        self._working = words
        self._block()

    def _show_loading(self, loading: ScenarioLoading | None) -> None:
        self._loading.show_loading(loading)
        reason = tr("A scenario is being loaded.") if loading is not None else ""
        if reason != self._blocked:
            self._blocked = reason
            self._block()

    def _block(self) -> None:
        """What would meet half a state is off while one is being made."""
        reason = self._blocked
        self._clock.set_blocked(reason or self._working)
        for part in (self._form, self._faults, self._scenarios, self._snapshots):
            part.set_blocked(reason)
        for button in (self._export, self._import, self._reset):
            button.set_enabled_because(not reason, reason)

    # clock and faults ---------------------------------------------------------------

    def _turned(self, clock: ClockState) -> None:
        self.context.clock.set(clock.now)
        self.context.notices.success(tr("Clock turned forward"), tr("It is {now}.", now=at(clock.now)))

    def _started(self, fault: Fault) -> None:
        self.context.notices.info(tr("Fault started"), tr("It is listed below until it is undone."))

    def _undone(self, count: int) -> None:
        self.context.notices.success(tr("Faults undone"), texts.plural(count, "fault"))

    # scenarios ----------------------------------------------------------------------

    def _open_scenario(self, scenario: Scenario) -> None:
        self._presenter.file_of(scenario.name, self._check_content)

    def _open_file(self) -> None:
        file = choose_open(self, tr("Load a scenario"), tr("Scenarios (*.json)"))
        if file is not None:
            self._presenter.read_file(file, self._check_content)

    def _check_content(self, content: bytes) -> None:
        self._presenter.check(
            content, lambda comes: self._with_present(lambda now: self._ask_load(content, comes, now))
        )

    def _with_present(self, ask: Callable[[Present], object]) -> None:
        self._presenter.present(ask)

    def _ask_load(self, content: bytes, comes: ScenarioContent, present: Present) -> None:
        dialog = dialogs.loading(comes.title, comes, present)

        def go() -> None:
            dialog.dismiss()
            self._presenter.load_scenario(comes.title, content)
            self.scroll_to_top()

        self._ask(dialog, go)

    def _save_shipped(self, scenario: Scenario) -> None:
        file = saving.choose_file(self, tr("Save the scenario's file"), f"{scenario.name}.json")
        if file is not None:
            self._presenter.file_of(scenario.name, lambda content: self._write(file, content))

    def _save_state(self) -> None:
        title = f"{self.context.account.name or tr('Account')}, {day(self.context.clock.now())}"
        dialog = dialogs.NameDialog(
            tr("Save as scenario"),
            tr("The present state as a file"),
            tr(_SAVE_WORDS),
            name="emulator.save",
            accept=tr("Choose a file"),
            value=title,
        )

        def go() -> None:
            name = dialog.value
            file = saving.choose_file(self, tr("Save as scenario"), "scenario.json")
            dialog.dismiss()
            if file is not None:
                self._presenter.present_state(name, lambda state: self._saved_state(file, state))

        self._ask(dialog, go)

    def _saved_state(self, file: Path, state: PresentState) -> None:
        self._presenter.save(file, state.scenario.encode(), lambda _: self._tell_left_out(file, state))

    def _tell_left_out(self, file: Path, state: PresentState) -> None:
        dialog = Dialog(
            tr("Save as scenario"),
            tr("{name} is written", name=file.name),
            path=str(file.parent),
            name="emulator.saved",
        )
        dialog.add_text(tr("A scenario holds what one makes by API. These things it does not carry:"))
        dialog.add_text("<br>".join(f"• {escape(words)}" for words in state.left_out))
        dialog.set_accept(tr("Close"))
        dialog.cancel.hide()
        self._ask(dialog, dialog.dismiss)

    def _write(self, file: Path, content: bytes) -> None:
        self._presenter.save(file, content, lambda _: self.context.notices.success(tr("File written"), str(file)))

    # snapshots ----------------------------------------------------------------------

    def _make_snapshot(self) -> None:
        dialog = dialogs.NameDialog(
            tr("Make a snapshot"),
            tr("The whole state as it is now"),
            tr(_MAKE_WORDS),
            name="emulator.snapshot",
            accept=tr("Make snapshot"),
            value=tr("At {now}", now=at(self.context.clock.now())),
        )
        make = self._presenter.make_snapshot
        self._ask(dialog, lambda: make(dialog.value, *self._ends(dialog, tr("Snapshot made"), dialog.value)))

    def _return(self, snapshot: Snapshot) -> None:
        def ask(present: Present) -> None:
            dialog = dialogs.returning(snapshot, present)
            act = self._presenter.return_to
            self._ask(dialog, lambda: act(snapshot.id, *self._ends(dialog, tr("Back again"), snapshot.name)))

        self._with_present(ask)

    def _delete_snapshot(self, snapshot: Snapshot) -> None:
        dialog = dialogs.deleting(snapshot)

        def go() -> None:
            dialog.dismiss()
            self._presenter.delete_snapshot(snapshot.id, lambda _: None)

        self._ask(dialog, go)

    # export, import, reset ----------------------------------------------------------

    def _open_export(self) -> None:
        name = f"kyok-{self.context.clock.now():%Y-%m-%d}{_SUFFIX}"
        file = saving.choose_file(self, tr("Export the whole state"), name)
        if file is not None:
            self._ask_carry(dialogs.CarryDialog("export", file), "export", file)

    def _open_import(self) -> None:
        file = choose_open(self, tr("Import a whole state"), tr("Exports (*{suffix});;All files (*)", suffix=_SUFFIX))
        if file is not None:
            self._with_present(lambda now: self._ask_carry(dialogs.CarryDialog("import", file, now), "import", file))

    def _ask_carry(self, dialog: dialogs.CarryDialog, way: str, file: Path) -> None:
        def told(done: Exported) -> None:
            dialog.dismiss()
            if way == "export":
                self.context.notices.success(
                    tr("Exported"), tr("{path}, {size} bytes", path=done.path, size=f"{done.size:,}")
                )
            else:
                self.context.notices.success(
                    tr("Imported"), tr("The account {account_name} is here now.", account_name=done.account_name)
                )

        def failed(error: KyokError) -> None:
            dialog.set_error(error.summary, error.remedy)

        def go() -> None:
            dialog.set_busy(True)
            self._presenter.carry(way, str(file), dialog.taken(), told, failed)

        dialog.gone.connect(dialog.forget)
        self._ask(dialog, go)

    def _ask_reset(self, present: Present) -> None:
        dialog = dialogs.resetting(present)
        self._ask(dialog, lambda: self._presenter.reset(*self._ends(dialog, tr("The account is empty"), "")))

    # dialogs ------------------------------------------------------------------------

    def _ask(self, dialog: Dialog, go: Callable[[], object]) -> None:
        dialog.accepted.connect(go)
        dialog.open_over(self)

    def _ends(
        self, dialog: Dialog, title: str, detail: str
    ) -> tuple[Callable[[object], None], Callable[[KyokError], None]]:
        """What follows a long act: the dialog closes and it is told, or the dialog says what went wrong."""
        dialog.set_busy(True)

        def done(_: object) -> None:
            dialog.dismiss()
            self.context.notices.success(title, detail)

        return done, lambda error: dialog.set_error(error.summary, error.remedy)


_SNAPSHOT_WORDS = noted("Copies to go back to. While one holds a purged key, that key is not shredded.")
_CARRY_WORDS = noted(
    "The whole state as one file under a passphrase, for another machine or for keeping. The same does kyok export "
    "and kyok import on the command line."
)
_RESET_WORDS = noted("Back to an empty account. Its administrator, their API keys and the snapshots stay.")
_SAVE_WORDS = noted(
    "A scenario holds instances, keys, authorizations, databases, people, faults and the clock, but no secrets, no key "
    "material and no content of rows. What else it leaves out is said afterwards."
)
_MAKE_WORDS = noted(
    "Everything is copied inside the data folder, sealed as it is. "
    "Nodes stop for a moment and start again; requests wait."
)

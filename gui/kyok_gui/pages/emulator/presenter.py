"""Reads and changes the emulated cloud as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.emulator.loading import LoadingWatch
from kyok_gui.presenter import Presenter
from kyok_gui.saving import read, save

if TYPE_CHECKING:
    from kyok.client.api import CloudApi
    from kyok.client.records.emulator import ClockState, Fault, Scenario, ScenarioLoading
    from kyok.client.records.states import PresentState, ScenarioContent, Snapshot
    from kyok.domain.cluster import FaultKind
    from kyok.errors import KyokError
    from kyok.secrets import Secret


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that the page shows."""

    clock: ClockState
    faults: tuple[Fault, ...]
    scenarios: tuple[Scenario, ...]
    snapshots: tuple[Snapshot, ...]
    loading: ScenarioLoading | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What a replacement of the state would lose, in numbers."""

    key_services: int
    keys: int
    databases: int


def read_whole(api: CloudApi) -> Whole:
    """Everything that the page shows; runs in a worker."""
    emulator = api.emulator
    return Whole(
        emulator.clock(), emulator.faults(), emulator.scenarios(), api.states.snapshots(), emulator.scenario_loading()
    )


class EmulatorPresenter(Presenter):
    """See the module. Acts answer through `done`, refusals through `failed` of the call or the notices."""

    foreseen = Signal(object)
    """What turning the clock would make happen: a tuple of `Coming`."""
    busy = Signal(str)
    """What takes a while; nothing at its end."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(context, page, read_whole)
        self._forecasts = QObject(self)
        self.watch = LoadingWatch(context, page)
        self.watch.ended.connect(self.load)
        self.loaded.connect(lambda whole: self.watch.see(whole.loading))

    def foresee(self, ahead: timedelta) -> None:
        """Asks what turning the clock so far would make happen."""
        api = self._context.api
        self._context.tasks.read(
            lambda: api.emulator.forecast(ahead), self.foreseen.emit, self.failed.emit, owner=self._forecasts
        )

    def present(self, done: Callable[[Present], object]) -> None:
        """What there is now, for dialogs that say what is lost."""
        api, entries = self._context.api, self._context.directory.entries

        def read() -> Present:
            keys = sum(sum(map(int, one.root_keys.values())) + one.standard_keys for one in api.emulator.usage())
            return Present(
                len([one for one in entries if one.side == "kms"]),
                keys,
                len([one for one in entries if one.side == "database"]),
            )

        self._context.tasks.run(read, done, self._context.notices.failure, owner=self)

    # clock and faults -----------------------------------------------------------

    def turn(self, ahead: timedelta, done: Callable[[ClockState], object]) -> None:
        """Turns the clock forward."""
        api = self._context.api
        self._run(tr("Turning the clock"), lambda: api.emulator.advance_clock(ahead), done)

    def start_fault(self, kind: FaultKind, target: dict[str, Any], done: Callable[[Fault], object]) -> None:
        """Starts a fault."""
        api = self._context.api
        self._run("", lambda: api.emulator.start_fault(kind, target), done)

    def end_fault(self, ident: str) -> None:
        """Ends a fault."""
        api = self._context.api
        self._run("", lambda: api.emulator.end_fault(ident), lambda _: None)

    def end_faults(self, done: Callable[[int], object]) -> None:
        """Ends every fault."""
        api = self._context.api
        self._run("", api.emulator.end_faults, done)

    # whole states ---------------------------------------------------------------

    def read_file(self, file: Path, done: Callable[[bytes], object]) -> None:
        """Reads a scenario file of this machine."""
        self._run("", lambda: read(file), done)

    def check(self, content: bytes, done: Callable[[ScenarioContent], object]) -> None:
        """What a scenario file would make."""
        api = self._context.api
        self._run("", lambda: api.states.check_scenario(content), done)

    def file_of(self, name: str, done: Callable[[bytes], object]) -> None:
        """The file of a shipped scenario."""
        api = self._context.api
        self._run("", lambda: api.states.scenario_file(name), done)

    def present_state(self, title: str, done: Callable[[PresentState], object]) -> None:
        """The state as a scenario file."""
        api = self._context.api
        self._run(tr("Writing the state as a scenario"), lambda: api.states.present_state(title), done)

    def save(self, file: Path, content: bytes, done: Callable[[None], object]) -> None:
        """Writes a file of this machine."""
        self._run("", lambda: save(file, content), done)

    def load_scenario(self, title: str, content: bytes) -> None:
        """Replaces everything by a scenario. How it ends is told wherever one is then: it takes up to a minute."""
        api, notices = self._context.api, self._context.notices

        def over() -> None:
            if isValid(self):
                self.watch.end()
                self.load()

        def done(_: object) -> None:
            notices.success(tr("Scenario loaded"), title)
            over()

        def failed(error: KyokError) -> None:
            words = tr("The scenario “{title}” is not loaded", title=title)
            notices.error(words, f"{error.summary} {error.remedy}".strip())
            over()

        self.watch.begin(title)
        self._context.tasks.run(lambda: api.states.load_scenario(content), done, failed)

    def reset(self, done: Callable[[object], object], failed: Callable[[KyokError], object]) -> None:
        """Back to an empty account."""
        api = self._context.api
        self._run(tr("Emptying the account"), api.emulator.reset, done, failed)

    def make_snapshot(
        self, name: str, done: Callable[[Snapshot], object], failed: Callable[[KyokError], object]
    ) -> None:
        """Keeps the state as it is."""
        api = self._context.api
        self._run(tr("Making the snapshot"), lambda: api.states.make_snapshot(name), done, failed)

    def return_to(self, ident: str, done: Callable[[object], object], failed: Callable[[KyokError], object]) -> None:
        """Replaces everything by a snapshot."""
        api = self._context.api
        self._run(tr("Returning to the snapshot"), lambda: api.states.return_to(ident), done, failed)

    def delete_snapshot(self, ident: str, done: Callable[[object], object]) -> None:
        """Destroys a snapshot."""
        api = self._context.api
        self._run("", lambda: api.states.delete_snapshot(ident), done)

    def carry(
        self,
        way: str,
        path: str,
        passphrase: Secret,
        done: Callable[[Any], object],
        failed: Callable[[KyokError], object],
    ) -> None:
        """Exports to a file, or imports from one (`way`); the passphrase is wiped once it is sent."""
        api = self._context.api
        act = api.states.export if way == "export" else api.states.import_file

        def work() -> Any:
            try:
                return act(path, passphrase)
            finally:
                passphrase.wipe()

        self._run(tr("Exporting") if way == "export" else tr("Importing"), work, done, failed)

    def _run(
        self,
        words: str,
        call: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[KyokError], object] | None = None,
    ) -> None:
        if words:
            self.busy.emit(words)

        def arrived(result: Any) -> None:
            if words:
                self.busy.emit("")
            done(result)
            self.load()

        def refused(error: KyokError) -> None:
            if words:
                self.busy.emit("")
            (failed or self._context.notices.failure)(error)

        self._context.tasks.run(call, arrived, refused, owner=self)

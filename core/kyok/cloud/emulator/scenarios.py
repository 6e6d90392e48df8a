"""Scenarios: known states that can be loaded, by name or as a file. Whoever puts the cloud together says how."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kyok.cloud.activity.events import Caller
from kyok.cloud.emulator.errors import ScenarioNotFound, ScenarioRunning
from kyok.domain.scenario_steps import ScenarioStep
from kyok.errors import KyokError

log = logging.getLogger(__name__)
Instances = dict[str, str]
"""Instance GUIDs by name."""
Tell = Callable[[ScenarioStep], None]
"""Is told each step as it begins."""
Load = Callable[[Caller, Tell], Instances]
"""Replaces the whole state for this caller."""
LONGEST_SECONDS = 110.0
"""How long a request waits for a scenario."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A state with its words. `load` runs on a thread of its own."""

    name: str
    title: str
    summary: str
    load: Load
    content: Callable[[], bytes] = bytes
    """Its file."""


class Files(Protocol):
    """Scenario files: what can be done with their content."""

    def described(self, content: bytes) -> dict[str, Any]:
        """What a file would make, in figures. Raises `ScenarioInvalid`."""

    def load(self, caller: Caller, content: bytes, tell: Tell) -> Instances:
        """Replaces the whole state by what a file says. Raises `ScenarioInvalid`, `ScenarioFailed`."""

    def present(self, title: str) -> dict[str, Any]:
        """The present state as a file, and what is left out of it."""


class Loading:
    """A scenario that is being loaded."""

    def __init__(self, title: str) -> None:
        self.done = False
        self._title = title
        self._step = ScenarioStep.EMPTYING
        self._since = time.monotonic()
        self._instances: Instances = {}
        self._error: BaseException | None = None

    def run(self, load: Load, caller: Caller) -> None:
        """Loads it; what goes wrong is kept for `result`."""
        try:
            self._instances = load(caller, self._tell)
        except KyokError as error:
            log.info("a scenario could not be loaded: %s", error.summary)
            self._error = error
        except Exception as error:
            log.exception("a scenario could not be loaded")
            self._error = error
        self.done = True

    def _tell(self, step: ScenarioStep) -> None:
        self._step = step

    def progress(self) -> dict[str, Any]:
        """What is being loaded, the step that it is at, and for how many seconds of wall time already."""
        seconds = round(time.monotonic() - self._since, 1)
        return {"title": self._title, "step": self._step.value, "seconds": seconds}

    def result(self) -> Instances:
        """The instances that it made; raises what went wrong."""
        if self._error is not None:
            raise self._error
        return self._instances


class Scenarios:
    """The scenarios that this cloud offers; one is loaded at a time."""

    def __init__(self, offered: Sequence[Scenario] = (), files: Files | None = None) -> None:
        self._offered = {scenario.name: scenario for scenario in offered}
        self._files = files
        self._busy = threading.Lock()
        self._loading: Loading | None = None

    def page(self) -> list[dict[str, str]]:
        """Names and words, in their order."""
        return [
            {"name": scenario.name, "title": scenario.title, "summary": scenario.summary}
            for scenario in self._offered.values()
        ]

    def named(self, name: str) -> Scenario:
        """The scenario with this name. Raises `ScenarioNotFound`."""
        found = self._offered.get(name)
        if found is None:
            raise ScenarioNotFound()
        return found

    @property
    def busy(self) -> bool:
        """Whether one is being loaded."""
        return self._busy.locked()

    def progress(self) -> dict[str, Any] | None:
        """How far the scenario is that is being loaded; None while none is."""
        loading = self._loading
        return loading.progress() if loading is not None and not loading.done else None

    @property
    def files(self) -> Files:
        """What can be done with files."""
        if self._files is None:
            raise LookupError("this cloud takes no scenario files")
        return self._files

    def start(self, name: str, caller: Caller, finished: Callable[[], None]) -> Loading:
        """Starts to load a scenario and returns at once; `finished` is called at the end, on the loading thread.

        Raises:
            ScenarioNotFound, ScenarioRunning: nothing happens.
        """
        scenario = self.named(name)
        return self._start(scenario.title, scenario.load, caller, finished)

    def start_file(self, content: bytes, caller: Caller, finished: Callable[[], None]) -> Loading:
        """The same with the content of a file.

        Raises:
            ScenarioInvalid, ScenarioRunning: nothing happens.
        """
        files = self.files
        title = str(files.described(content)["title"])
        return self._start(title, lambda by, tell: files.load(by, content, tell), caller, finished)

    def _start(self, title: str, load: Load, caller: Caller, finished: Callable[[], None]) -> Loading:
        if not self._busy.acquire(blocking=False):
            raise ScenarioRunning()
        loading = self._loading = Loading(title)

        def work() -> None:
            try:
                loading.run(load, caller)
            finally:
                self._busy.release()
                finished()

        threading.Thread(target=work, name="kyok-scenario", daemon=True).start()
        return loading

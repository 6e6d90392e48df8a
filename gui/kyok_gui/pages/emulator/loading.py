"""That a scenario is being loaded: which, at what step, and for how long already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.client.records.emulator import ScenarioLoading
from kyok.domain import texts
from kyok.domain.scenario_steps import ScenarioStep
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.widgets import Text, Tile
from kyok_gui.widgets.progress import ProgressBar

if TYPE_CHECKING:
    from kyok.errors import KyokError

EVERY_MS = 1_000
"""How often it is asked how far it is."""
_NAME = "emulator.loading"


class LoadingTile(Tile):
    """What is being loaded, a bar, and the present step; hidden when nothing is."""

    def __init__(self) -> None:
        super().__init__(name=_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = Text("", "heading01", wrap=True, name=f"{_NAME}.title")
        self._bar = ProgressBar(name=f"{_NAME}.bar")
        self._step = Text("", "label01", "secondary", wrap=True, name=f"{_NAME}.step")
        for part in (self._title, self._bar, self._step):
            self.body.addWidget(part)
        self.hide()

    def show_loading(self, loading: ScenarioLoading | None) -> None:
        """Shows how far it is, or nothing."""
        self.setVisible(loading is not None)
        if loading is None:
            return
        number, steps = loading.step.number, len(ScenarioStep)
        self._title.setText(tr("Loading “{title}”", title=loading.title))
        self._bar.set_percent(100 * (number - 1) // steps)
        self._step.setText(
            tr(
                "Step {number} of {steps}: {what}. {time} so far.",
                number=number,
                steps=steps,
                what=loading.step.word,
                time=texts.span(timedelta(seconds=loading.seconds)),
            )
        )


class LoadingWatch(QObject):
    """Follows a scenario that is being loaded, by this window or by another one, while the page is in sight."""

    changed = Signal(object)
    """How far it is now; None when none is being loaded any more."""
    ended = Signal()
    """What somebody else loaded is there, or could not be loaded."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._present: ScenarioLoading | None = None
        self._mine = False
        self._asking = False
        self._heard = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self, title: str) -> None:
        """This window asks for one to be loaded."""
        self._mine = True
        self._show(ScenarioLoading(title))

    def end(self) -> None:
        """The cloud has answered this window."""
        self._mine = False
        self._show(None)

    def see(self, loading: ScenarioLoading | None) -> None:
        """What the cloud says. That nothing is loaded counts only once the answer to this window is there."""
        if loading is not None or not self._mine:
            self._show(loading)

    def _show(self, loading: ScenarioLoading | None) -> None:
        self._present = loading
        self._heard.start()
        if loading is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.changed.emit(loading)

    def _tick(self) -> None:
        if self._present is None or not self._page.isVisible():
            return
        seconds = self._present.seconds + self._heard.elapsed() / 1_000
        self.changed.emit(replace(self._present, seconds=seconds))
        if not self._asking:
            self._asking = True
            api = self._context.api
            self._context.tasks.run(api.emulator.scenario_loading, self._told, self._failed, owner=self)

    def _told(self, loading: ScenarioLoading | None) -> None:
        self._asking = False
        if self._present is None:
            return  # it ended while this was on its way
        self.see(loading)
        if loading is None and not self._mine:
            self.ended.emit()

    def _failed(self, error: KyokError) -> None:
        """The window itself says when the cloud is lost; this asks again."""
        self._asking = False

"""Pictures of the window, taken only when it is settled: nothing loads, nothing is busy, no toast lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt

from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import StepFailed, live, wait_for_quiet
from kyok_gui.widgets import Skeleton
from kyok_gui.widgets.overlay import Overlay

SIZE = QSize(1440, 900)
"""Of the window, in pixels that the scale multiplies."""
REST = 0.15
"""How long nothing may have happened, in seconds: longer than any page rests before it looks afresh."""
_SECONDS = 20.0


class Photographer:
    """Numbers the pictures and takes each in every theme asked for."""

    def __init__(self, console: Console, hand: Hand, folder: Path, themes: Sequence[str]) -> None:
        self._console = console
        self._hand = hand
        self._folder = folder
        self._themes = tuple(themes)
        self._taken = 0

    def unsettled(self) -> str:
        """Why no picture can be taken now; nothing when one can."""
        console = self._console
        window = console.window
        if not console.link.is_connected:
            return "the cloud answers"
        if console.tasks.busy:
            return "nothing is on its way"
        if any(skeleton.isVisible() for skeleton in window.findChildren(Skeleton)):
            return "everything is loaded"
        if any(overlay.busy for overlay in window.findChildren(Overlay) if overlay.isVisible()):
            return "the dialog is ready"
        return "no notice lies in the window" if window.toasts.shown() else ""

    def settle(self) -> None:
        """Waits until the window has come to rest; notices are closed by their own crosses."""

        def quiet() -> bool:
            self._hand.close_notices()
            return not self.unsettled()

        wait_for_quiet(quiet, lambda: f"{self.unsettled() or 'the window rests'}", REST, _SECONDS)

    def take(self, slug: str) -> list[str]:
        """Takes the picture `NN-slug-theme.png` in every theme and answers the names."""
        self.settle()
        return self.take_as_it_is(slug)

    def take_as_it_is(self, slug: str) -> list[str]:
        """Takes the picture without waiting, as of a step that failed."""
        window = self._console.window
        self._taken += 1
        if not self._hand.covered:
            window.setFocus(Qt.FocusReason.OtherFocusReason)
        names = []
        for theme in self._themes:
            self._console.theme.switch(theme)
            live()
            picture = window.grab()
            name = f"{self._taken:02}-{slug}-{theme}.png"
            if picture.deviceIndependentSize().toSize() != SIZE:
                raise StepFailed(f"The window is {window.width()} x {window.height()}, not 1440 x 900.")
            if not picture.save(str(self._folder / name)):
                raise StepFailed(f"The picture {name} cannot be written to {self._folder}.")
            names.append(name)
        if len(self._themes) > 1:
            self._console.theme.switch(self._themes[0])
        return names

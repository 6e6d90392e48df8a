"""The cloud's clock in the window: read when it was turned elsewhere, turned here."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.times import at

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.emulator import ClockState
    from kyok.errors import KyokError
    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.shell.clock_panel import ClockPanel


class ClockTurning(QObject):
    """Belongs to one window; the panel opens under its clock."""

    def __init__(self, window: QWidget, button: QWidget, context: PageContext, link: CloudLink) -> None:
        super().__init__(window)
        self._window = window
        self._button = button
        self._context = context
        self._link = link

    @cached_property
    def panel(self) -> ClockPanel:
        """Where the clock is turned; made when it is first opened."""
        from kyok_gui.shell.clock_panel import ClockPanel

        made = ClockPanel(self._context.clock, self._window)
        made.turned.connect(self._turn)
        made.guard(self._context.rights)
        return made

    def open(self) -> None:
        """Opens the panel, when there is a cloud; else it is said that there is none."""
        if self._link.is_connected:
            self.panel.open_under(self._button)
        else:
            why = tr("There is no connection to the cloud.")
            self._context.notices.info(tr("The clock cannot be turned now"), why)

    def read(self) -> None:
        """Asks the cloud what time it is."""
        api, own = self._context.api, self._link.own
        self._context.tasks.run(api.emulator.clock, lambda state: self._take(own, state), lambda _: None, owner=self)

    def _take(self, own: CloudApi, state: ClockState) -> None:
        """What a cloud tells that was left meanwhile says nothing of this one."""
        if self._link.is_connected and self._link.own is own:
            self._context.clock.set(state.now)

    def _turn(self, seconds: float) -> None:
        api, own = self._context.api, self._link.own
        self.panel.set_busy(True)
        self._context.tasks.run(
            lambda: api.emulator.advance_clock(timedelta(seconds=seconds)),
            lambda state: self._turned(own, state),
            self._stuck,
            owner=self,
        )

    def _turned(self, own: CloudApi, state: ClockState) -> None:
        self.panel.set_busy(False)
        self.panel.shut()
        self._take(own, state)
        self._context.notices.success(tr("Clock turned forward"), tr("Now {now}", now=at(state.now)))

    def _stuck(self, error: KyokError) -> None:
        self.panel.set_busy(False)
        self._context.notices.failure(error)

"""Asks before what was typed on a page and not applied is lost, by whichever way one leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyok_gui.page import Page
    from kyok_gui.places import Place
    from kyok_gui.window import ConsoleWindow


class Leaving:
    """Belongs to one window. Pages say in `unsaved` what would be lost; `give_up` drops it."""

    def __init__(self, window: ConsoleWindow) -> None:
        self._window = window
        self._asks = True
        self._asking = False

    def may(self, place: Place | None, go_on: Callable[[], object]) -> bool:
        """Whether one may go to `place` now, or away from every page when there is none.

        Else a person is asked, page by page, and `go_on` is done when the answers are to leave.
        """
        page = self._loser(place) if self._asks and not self._window.lock.is_shut else None
        if page is not None and not self._asking:
            self._ask(page, place, go_on)
        return page is None

    def _loser(self, place: Place | None) -> Page | None:
        """The first page that would lose something."""
        pages = (page for page in self._window.pages if place is None or not page.keeps(place))
        return next((page for page in pages if page.unsaved()), None)

    def do(self, act: Callable[[], object]) -> None:
        """Does what takes every page away, now or once the answer is to leave."""
        if self.may(None, act):
            act()

    def stop(self) -> None:
        """The program ends: there is nobody to answer any more."""
        self._asks = False

    def _ask(self, page: Page, place: Place | None, go_on: Callable[[], object]) -> None:
        from kyok_gui.shell.dialogs import leave_dialog

        dialog = leave_dialog(page.title, page.unsaved())

        def leave() -> None:
            dialog.dismiss()
            page.give_up()
            if self.may(place, go_on):
                go_on()

        def answered() -> None:
            self._asking = False

        dialog.accepted.connect(leave)
        dialog.gone.connect(answered)
        self._asking = True
        dialog.open_over(self._window)

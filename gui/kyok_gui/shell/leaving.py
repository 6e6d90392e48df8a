"""Asks before what was typed on a page and not applied is lost, by whichever way one leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyok_gui.page import Page
    from kyok_gui.window import ConsoleWindow


class Leaving:
    """Belongs to one window. Pages say in `unsaved` what would be lost; `give_up` drops it."""

    def __init__(self, window: ConsoleWindow) -> None:
        self._window = window
        self._asks = True
        self._asking = False

    def may(self, go_on: Callable[[], object]) -> bool:
        """Whether one may leave now; else a person is asked, and `go_on` is done when the answer is to leave."""
        page = self._window.page
        lost = page.unsaved() if page is not None and self._asks and not self._window.lock.is_shut else ""
        if page is None or not lost:
            return True
        if not self._asking:
            self._ask(page, lost, go_on)
        return False

    def do(self, act: Callable[[], object]) -> None:
        """Does what takes the page away, now or once the answer is to leave."""
        if self.may(act):
            act()

    def stop(self) -> None:
        """The program ends: there is nobody to answer any more."""
        self._asks = False

    def _ask(self, page: Page, lost: str, go_on: Callable[[], object]) -> None:
        from kyok_gui.shell.dialogs import leave_dialog

        dialog = leave_dialog(page.title, lost)

        def leave() -> None:
            dialog.dismiss()
            page.give_up()
            go_on()

        def answered() -> None:
            self._asking = False

        dialog.accepted.connect(leave)
        dialog.gone.connect(answered)
        self._asking = True
        dialog.open_over(self._window)

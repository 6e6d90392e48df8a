"""Does a change with each of the chosen keys and says what came of it: a notice, the dialog, or a list of failures."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kyok.domain.key_states import KeyAction
from kyok.domain.texts import listed
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.keys.dialogs import done_words
from kyok_gui.pages.keys.doing import CHANGES, Change, Outcome, for_each
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.results import result_dialog
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.widgets import Dialog

DONE = {
    KeyAction.ALIAS: noted("saved"),
    KeyAction.PATCH: noted("moved"),
    KeyAction.WRITE_POLICIES: noted("saved"),
    KeyAction.ROTATE: noted("rotated"),
    KeyAction.SYNC: noted("synchronized"),
    KeyAction.DISABLE: noted("disabled"),
    KeyAction.ENABLE: noted("enabled"),
    KeyAction.SET_FOR_DELETION: noted("set for deletion"),
    KeyAction.UNSET_FOR_DELETION: noted("kept: the deletion is cancelled"),
    KeyAction.DELETE: noted("deleted"),
    KeyAction.RESTORE: noted("restored"),
    KeyAction.PURGE: noted("purged"),
}
_USERS = {
    KeyAction.ENABLE: noted("The nodes of {names} restart by themselves."),
    KeyAction.DISABLE: noted("The nodes of {names} stop."),
    KeyAction.DELETE: noted("The nodes of {names} stop."),
    KeyAction.SYNC: noted("The key's state is told again to the services of {names}."),
}


class Running(QObject):
    """Runs changes for the keys page."""

    changed = Signal()
    """Something was done."""

    def __init__(self, context: PageContext, presenter: KeysPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._presenter = presenter
        self._page = page

    @property
    def way(self) -> list[str]:
        """Account and instance, for the heads of dialogs."""
        listing = self._presenter.listing
        return [part for part in (self._context.account.name, listing.name if listing is not None else "") if part]

    def run(
        self,
        action: KeyAction,
        rows: tuple[KeyRow, ...],
        dialog: Dialog | None,
        change: Change | None = None,
        *,
        notice: tuple[str, str] | None = None,
    ) -> None:
        """Does a change with each key. `notice` is title and detail of the good news, where they are special."""
        if dialog is not None:
            dialog.set_busy(True)

        def finished(outcome: Outcome) -> None:
            if outcome.refused:
                self._refused(action, outcome, dialog)
            else:
                if dialog is not None:
                    dialog.dismiss()
                self._context.notices.success(*(notice or _news(action, outcome.done)))
                self.changed.emit()

        def broke(error: KyokError) -> None:
            self._say(error.summary, error.remedy, dialog)

        touched = [row.id for row in rows]
        self._presenter.do(for_each(rows, change or CHANGES[action]), finished, broke, touched=touched)

    def _refused(self, action: KeyAction, outcome: Outcome, dialog: Dialog | None) -> None:
        if len(outcome.refused) == 1 and not outcome.done:
            self._say(*outcome.problem(tr(DONE[action])), dialog)
            return
        if dialog is not None:
            dialog.dismiss()
        if outcome.done:
            self.changed.emit()
        result_dialog(outcome, tr(DONE[action])).open_over(self._page)

    def _say(self, summary: str, remedy: str, dialog: Dialog | None) -> None:
        if dialog is not None and dialog.isVisible():
            dialog.set_error(summary, remedy)
        else:
            self._context.notices.error(summary, remedy)


def _news(action: KeyAction, rows: tuple[KeyRow, ...]) -> tuple[str, str]:
    title, names = done_words(tr(DONE[action]), rows)
    users = listed(sorted({use.name for row in rows for use in row.uses}))
    about = tr(_USERS[action], names=users) if users and action in _USERS else ""
    return title, " ".join(part for part in (names, about) if part)

"""Rotate key: generated keys at once, imported ones with new material."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyok.domain.key_states import KeyAction
from kyok_gui.context import PageContext
from kyok_gui.pages.keys import dialogs
from kyok_gui.pages.keys.allowed import read_allowed
from kyok_gui.pages.keys.doing import rotation_with
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.running import Running
from kyok_gui.pages.keys.travel import Travel
from kyok_gui.widgets import Dialog


class Rotating(QObject):
    """Asks before keys are rotated."""

    def __init__(self, context: PageContext, presenter: KeysPresenter, running: Running, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._presenter = presenter
        self._running = running
        self._page = page

    def ask(self, rows: tuple[KeyRow, ...]) -> None:
        """Opens the dialog."""
        dialog, field = dialogs.rotation(rows, self._running.way)
        travel = self._travel(dialog) if field is not None else None

        def accepted() -> None:
            if field is None:
                self._running.run(KeyAction.ROTATE, rows, dialog)
            elif not field.problem():
                material = field.take()
                if material is not None:
                    change = rotation_with(material, sealed=travel is not None and travel.sealed)
                    self._running.run(KeyAction.ROTATE, rows, dialog, change)
            else:
                dialog.refit()
                field.setFocus()

        dialog.accepted.connect(accepted)
        if field is not None:
            field.changed.connect(dialog.refit)
            field.submitted.connect(accepted)
            dialog.gone.connect(field.wipe)
        dialog.open_over(self._page)

    def _travel(self, dialog: Dialog) -> Travel:
        """How new material travels; the instance may enforce one way, which only a Manager may know beforehand."""
        api, crn = self._context.api, self._presenter.crn
        travel = dialog.add_widget(Travel(crn.service, name="keys.rotate.travel"))
        travel.changed.connect(dialog.refit)
        self._context.tasks.run(
            lambda: read_allowed(api, crn), lambda allowed: travel.set_enforced(allowed.token_enforced), owner=dialog
        )
        return travel

"""Reads and changes the settings of the emulated cloud. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok_gui.context import PageContext

if TYPE_CHECKING:
    from kyok.client.records.emulator import CloudSettings
    from kyok.errors import KyokError


class SettingsPresenter(QObject):
    """One for each page."""

    loaded = Signal(object)
    """The `CloudSettings` in force."""
    saved = Signal(str)
    """Name of the setting that was changed."""
    refused = Signal(str, object)
    """Name of the setting (nothing: they could not be read), and the `KyokError`."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def load(self) -> None:
        """Asks for the settings in force."""
        api = self._context.api
        self._context.tasks.read(
            api.emulator.settings, self.loaded.emit, lambda error: self.refused.emit("", error), owner=self
        )

    def change(self, name: str, value: object) -> None:
        """Changes one setting at once."""
        api = self._context.api

        def done(settings: CloudSettings) -> None:
            self.loaded.emit(settings)
            self.saved.emit(name)

        def failed(error: KyokError) -> None:
            self.refused.emit(name, error)

        self._context.tasks.run(lambda: api.emulator.change_settings(**{name: value}), done, failed, owner=self)

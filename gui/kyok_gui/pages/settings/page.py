"""Settings: look and lock of the window, the profiles, and the rules of the emulated services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.settings.presenter import SettingsPresenter
from kyok_gui.pages.settings.profiles_tile import ProfilesTile
from kyok_gui.pages.settings.rules import RulesTile
from kyok_gui.pages.settings.window_tiles import LockTile, LookTile
from kyok_gui.places import Place

if TYPE_CHECKING:
    from kyok.client.records.emulator import CloudSettings
    from kyok.errors import KyokError


class SettingsPage(Page):
    """Everything is saved as soon as it is changed."""

    concerns = frozenset({"settings"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        home = places.home_of(context.cloud.kind)
        self.header.set_trail([(context.account.name or tr("Account"), home), (tr("Settings"), None)])
        self.header.set_title(tr("Settings"))
        self.header.set_subtitle(
            tr("The window keeps its own settings; the emulated cloud keeps the rules. Changes are saved at once.")
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(LookTile(context), 1)
        lock = LockTile(context)
        lock.lock_now.connect(self._lock_now)
        row.addWidget(lock, 1)
        self.body.addLayout(row)
        self.body.addWidget(ProfilesTile(context))
        self._rules: RulesTile | None = None
        if context.connected and context.cloud.kind == "emulated":
            self._rules = RulesTile(context)
            self.body.addWidget(self._rules)
            self._presenter = SettingsPresenter(context, self)
            self._presenter.loaded.connect(self._show)
            self._presenter.saved.connect(self._saved)
            self._presenter.refused.connect(self._refused)
            self._rules.changed.connect(self._presenter.change)
        self.body.addStretch(1)

    def _lock_now(self) -> None:
        action = self.window().findChild(QAction, "command.lock")
        if action is not None:
            action.trigger()

    def refresh(self) -> None:
        """Reads the settings in force."""
        if self._rules is not None:
            self._presenter.load()

    def _show(self, settings: CloudSettings) -> None:
        if self._rules is not None:
            self._rules.show_settings(settings)

    def _saved(self, name: str) -> None:
        if self._rules is not None:
            self.context.notices.success(tr("Setting saved"), self._rules.saved_words(name))

    def _refused(self, name: str, error: KyokError) -> None:
        if self._rules is not None:
            self._rules.show_refusal(name, error)

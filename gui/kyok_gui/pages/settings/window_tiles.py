"""Tiles of the settings that the window keeps for itself: look and lock."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.settings.words import first_pages, locks, themes
from kyok_gui.widgets import Button, RadioGroup, SelectField, Text, Tile
from kyok_gui.widgets.row_heights import row_heights


class LookTile(Tile):
    """Theme, height of table rows, first page, language."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(heading=tr("Look"), name="settings.window", padding=24)
        self._context = context
        self._theme = RadioGroup(tr("Theme"), themes(), name="settings.theme")
        self._theme.chosen.connect(self._choose_theme)
        self._height = SelectField(
            tr("Height of table rows"), name="settings.row-height", choices=row_heights(), on="tile"
        )
        self._height.set_helper(tr("For all tables. Rows with two lines are 16 pixels higher."))
        self._height.chosen.connect(self._choose_height)
        self._first = SelectField(tr("First page"), name="settings.first-page", choices=first_pages(), on="tile")
        self._first.set_helper(
            tr("By role: Key health for those who may not create instances, else the resource list.")
        )
        self._first.chosen.connect(self._choose_first)
        self.body.addWidget(self._theme)
        self.body.addSpacing(8)
        self.body.addWidget(self._height)
        self.body.addSpacing(8)
        self.body.addWidget(self._first)
        self.body.addSpacing(8)
        self.body.addWidget(Text(tr("Language"), "label01", "secondary"))
        self.body.addWidget(Text(tr("English. There is no other one yet."), "bodyCompact01", name="settings.language"))
        self.body.addStretch(1)
        context.theme.switched.connect(self.show_values)
        context.settings.changed.connect(self.show_values)
        self.show_values()

    def show_values(self, *_: object) -> None:
        """Shows what is chosen, here or elsewhere."""
        self._theme.set_value(self._context.theme.wish)
        self._height.set_value(self._context.settings.value("row_height"))
        self._first.set_value(self._context.settings.value("first_page"))

    def _choose_first(self, page: str) -> None:
        self._context.settings.set("first_page", page)
        chosen = next(one.title for one in first_pages() if one.id == page)
        self._context.notices.success(tr("First page saved"), chosen)

    def _choose_theme(self, name: str) -> None:
        self._context.theme.switch(name)
        self._context.settings.theme = name
        self._context.notices.success(tr("Theme saved"), next(one.title for one in themes() if one.id == name))

    def _choose_height(self, height: str) -> None:
        self._context.settings.set("row_height", height)
        chosen = next(one.title for one in row_heights() if one.id == height)
        self._context.notices.success(tr("Height of table rows saved"), chosen)


class LockTile(Tile):
    """When the window locks, and what that is worth."""

    lock_now = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(heading=tr("Lock"), name="settings.lock", padding=24)
        self._context = context
        self._after = SelectField(
            tr("Lock the window without input"), name="settings.auto-lock", choices=locks(), on="tile"
        )
        self._after.set_value(str(context.settings.number("auto_lock_minutes")))
        self._after.chosen.connect(self._choose)
        now = Button(tr("Lock now"), "tertiary", name="settings.lock-now", icon="locked")
        now.clicked.connect(self.lock_now)
        nothing = tr("There is nothing to lock before a cloud is connected: the window shows no data and has no token.")
        now.set_enabled_because(context.connected, nothing)  # without a cloud nothing could open the window again
        asks = tr(
            "A locked window hides everything and forgets its token. It opens with the passphrase that was typed at "
            "the start, else with the API key of the profile."
        )
        worth = tr(
            "This keeps people who pass by from the window. It does not stop somebody who can read your files or run "
            "programs as you, and the cloud itself goes on: lock the desktop as well."
        )
        self.body.addWidget(self._after)
        self.body.addWidget(Text(asks, "helperText01", "helper", wrap=True))
        self.body.addWidget(Text(worth, "helperText01", "helper", wrap=True, name="settings.lock.worth"))
        self.body.addWidget(now)
        if not context.connected:
            self.body.addWidget(Text(nothing, "helperText01", "helper", wrap=True, name="settings.lock.nothing"))
        self.body.addStretch(1)

    def _choose(self, minutes: str) -> None:
        self._context.settings.set_number("auto_lock_minutes", int(minutes))
        chosen = next(one.title for one in locks() if one.id == minutes)
        self._context.notices.success(tr("Lock saved"), chosen)

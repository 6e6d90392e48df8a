"""Puts a theme in force and changes it while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from kyok.paths import resources
from kyok_gui.theme import current
from kyok_gui.theme.fonts import font, load_fonts
from kyok_gui.theme.tokens import Theme
from kyok_gui.theme.tones import OTHER_ROLES, TONES

SYSTEM = "system"


def palette(theme: Theme) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    for role, token in [*OTHER_ROLES.items(), *TONES.values()]:
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("textDisabled"))
    return made


class ThemeManager(QObject):
    """The one place that changes the look of the application."""

    switched = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._wish = ""
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def wish(self) -> str:
        """What a person chose: a theme's name, or "system" for the one that the desktop asks for."""
        return self._wish or self.name

    @property
    def name(self) -> str:
        """Name of the theme in force."""
        return current.theme().name

    def start(self, name: str) -> None:
        """Loads fonts and puts the first theme in force; call before the first widget."""
        load_fonts(resources() / "fonts")
        self._app.setStyle("Fusion")
        self._app.setFont(font("bodyCompact01"))
        self._wish = name
        self._apply(self._meant(name))

    def switch(self, name: str) -> None:
        """Changes the theme of all open windows; "system" follows the desktop from now on."""
        if name == self.wish:
            return
        self._wish = name
        self._apply(self._meant(name))
        self.switched.emit()

    def _meant(self, name: str) -> str:
        if name != SYSTEM:
            return name
        return "g100" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "white"

    def _system_changed(self) -> None:
        if self._wish == SYSTEM and self._meant(SYSTEM) != self.name:
            self._apply(self._meant(SYSTEM))
            self.switched.emit()

    def toggle(self) -> None:
        """From light to dark and back."""
        self.switch("white" if current.theme().dark else "g100")

    def _apply(self, name: str) -> None:
        theme = current.put_in_force(name)
        made = palette(theme)
        self._app.setPalette(made)
        QToolTip.setPalette(made)

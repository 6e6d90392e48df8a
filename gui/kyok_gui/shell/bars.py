"""Bars across the window: the demonstration's warning, and the loss of the cloud."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from kyok.domain.translation import noted, tr
from kyok_gui.widgets.basics import Icon, Text, set_look
from kyok_gui.widgets.buttons import Button
from kyok_gui.widgets.frames import Frame

DEMO_WORDS = noted("Demo mode: the sealing secret lies in a file beside the data. Do not keep real keys here.")
LOST_WORDS = noted("The emulated cloud stopped. Restarting it…")
BACK_WORDS = noted("The emulated cloud is back. Nothing acknowledged was lost.")
_BACK_MS = 4_000


class DemoBanner(Frame):
    """Red and permanent."""

    def __init__(self) -> None:
        super().__init__("demo-banner", name="window.demo")
        self.setFixedHeight(32)
        self.setAccessibleName(tr(DEMO_WORDS))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(Icon("warning--filled", "iconOnColor"))
        row.addWidget(Text(tr(DEMO_WORDS), "bodyCompact01", "onColor"), 1)
        self.hide()


class ActingBar(Frame):
    """Stays for as long as one goes on as somebody else, and leads back."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__("acting-bar", name="window.acting")
        self.setFixedHeight(40)
        self._text = Text("", "bodyCompact01", wrap=True, name="window.acting.words")
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.button = Button("", "tool", name="window.acting.back", icon="logout")
        self.button.clicked.connect(self.back)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Icon("user--avatar", "iconPrimary"))
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.hide()

    def words(self) -> str:
        """What the bar says."""
        return self._text.words()

    def show_person(self, title: str, roles: str, own: str) -> None:
        """Shows as whom one goes on, and whom the button leads back to."""
        self._text.setText(
            tr("You are signed in as {title}. {roles}.", title=title, roles=roles)
            if roles
            else tr("You are signed in as {title}.", title=title)
        )
        self.button.setText(tr("Back to {own}", own=own))
        self.setAccessibleName(self._text.words())
        self.show()


class ConnectionBar(Frame):
    """Comes when the cloud is gone and goes by itself after it is back."""

    def __init__(self) -> None:
        super().__init__("lost-bar", name="window.connection")
        self.setFixedHeight(40)
        self._icon = Icon("warning--alt--filled", "supportWarning")
        self._text = Text("", "bodyCompact01", name="window.connection.words")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BACK_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def words(self) -> str:
        """What the bar says."""
        return self._text.words()

    def show_lost(self, words: str = "") -> None:
        """The cloud does not answer."""
        self._timer.stop()
        set_look(self, state="lost")
        self._icon.set_icon("warning--alt--filled", "supportWarning")
        self._say(words or tr(LOST_WORDS))

    def show_back(self) -> None:
        """It answers again."""
        if self.isHidden():
            return
        set_look(self, state="back")
        self._icon.set_icon("checkmark--filled", "supportSuccess")
        self._say(tr(BACK_WORDS))
        self._timer.start()

    def _say(self, words: str) -> None:
        self._text.setText(words)
        self.setAccessibleName(words)
        self.show()

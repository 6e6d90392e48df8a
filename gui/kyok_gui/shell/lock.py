"""The lock screen: asks for what opens the window again.

What it protects: the window, from people who pass by. It does not protect from somebody who can read the files of this
account or run programs in it; the lock of the desktop does more.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.widgets.basics import Icon, Text, named
from kyok_gui.widgets.buttons import Button
from kyok_gui.widgets.fields import PasswordField
from kyok_gui.widgets.frames import Frame

_WIDTH = 448
_LONGEST_WAIT = 32

Outcome = Callable[[KyokError], object]
Unlock = Callable[[Secret, Callable[[], object], Outcome], None]


class LockScreen(QWidget):
    """Stands in the place of everything; asks for what opens the window."""

    def __init__(self, window: QWidget, unlock: Unlock) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        named(self, "lock", tr("The window is locked"))
        self.setAutoFillBackground(True)
        self._unlock = unlock
        self._wrong = 0
        self._refusal = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._may_try_again)
        self.field = PasswordField("", name="lock.field", accessible=tr("What unlocks the window"), on="tile")
        self.button = Button(tr("Unlock"), "primary", name="lock.open", icon="unlocked")
        self._why = Text("", "body01", "secondary", wrap=True, name="lock.why")
        self._lay_out()
        self.field.changed.connect(self._judge)
        self.field.submitted.connect(self._try)
        self.button.clicked.connect(self._try)
        self.hide()

    def _lay_out(self) -> None:
        card = Frame("tile", name="lock.card")
        card.setFixedWidth(_WIDTH)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 32, 32, 32)
        inner.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Icon("locked", "iconPrimary", 24))
        head.addWidget(Text(tr("The window is locked"), "heading03"), 1)
        inner.addLayout(head)
        for part in (self._why, self.field, self.button):
            inner.addWidget(part)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Covers the window, whatever its size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def ask_for(self, what: str) -> None:
        """Asks for the passphrase or for the API key."""
        if what == "passphrase":
            self._why.setText(tr("Type the passphrase of the data folder. Instances and nodes go on meanwhile."))
        else:
            self._why.setText(
                tr("Type the API key that this window signed in with. Instances and nodes go on meanwhile.")
            )
        self.field.wipe()
        self._tell_refusal("")
        self._judge()

    def showEvent(self, event: QShowEvent) -> None:
        """One can type at once."""
        super().showEvent(event)
        self.setGeometry(self.window().rect())
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        waiting = self._wait.isActive()
        reason = tr("Wait a moment.") if waiting else "" if self.field.value() else tr("Type it first.")
        self.button.set_enabled_because(not reason, reason)

    def _try(self) -> None:
        if not self.button.isEnabled():
            return
        given = Secret(bytearray(self.field.value().encode()))
        self.field.wipe()
        self.button.set_enabled_because(False, tr("It is being looked at."))
        self._unlock(given, self._opened, self._refused)

    def _opened(self) -> None:
        self._wrong = 0
        self._tell_refusal("")

    def _tell_refusal(self, summary: str, again: str = "") -> None:
        self._refusal = summary
        self.field.set_error(f"{summary} {again}".strip())

    def _may_try_again(self) -> None:
        self._tell_refusal(self._refusal)
        self._judge()

    def _refused(self, error: KyokError) -> None:
        self._wrong += 1
        seconds = min(_LONGEST_WAIT, 2 ** (self._wrong - 1))
        again = tr("The next try is possible in {seconds} s.", seconds=seconds)
        self._tell_refusal(error.summary, again)
        self._wait.start(seconds * 1_000)
        self._judge()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

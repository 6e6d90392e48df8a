"""Shuts and opens the window: hides all of it, drops the token, and asks for what opens it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kyok.domain.translation import tr
from kyok_gui.context import PageContext

if TYPE_CHECKING:
    from kyok.errors import KyokError
    from kyok.secrets import Secret
    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.shell.lock import LockScreen

_SETTING = "auto_lock_minutes"
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Tells when nobody touched keyboard or mouse for some minutes. Switched off, it costs nothing."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._watching = False

    def set_minutes(self, minutes: int) -> None:
        """How long; 0 switches it off."""
        app = QApplication.instance()
        if minutes and not self._watching and app is not None:
            app.installEventFilter(self)
        elif not minutes and self._watching and app is not None:
            app.removeEventFilter(self)
        self._watching = bool(minutes)
        self._timer.stop()
        if minutes:
            self._timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any touch begins the time anew."""
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start()
        return False


class WindowLock(QObject):
    """Belongs to one window, which `screen` covers."""

    opened = Signal()
    left_alone = Signal()
    """Nobody touched keyboard or mouse for as long as the setting says."""

    def __init__(self, window: QWidget, context: PageContext, link: CloudLink) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._link = link
        self._curtain = Curtain(window)
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self.left_alone)
        context.settings.changed.connect(self._setting_changed)
        self._setting_changed(_SETTING)

    @cached_property
    def screen(self) -> LockScreen:
        """Made when it is first needed: the first frame does not wait for it."""
        from kyok_gui.shell.lock import LockScreen

        return LockScreen(self._window, self._unlock)

    @property
    def is_shut(self) -> bool:
        """Whether the lock screen stands in the place of everything."""
        return self._link.locked

    def shut(self) -> bool:
        """Hides everything and drops the token; answers whether it was open."""
        if self.is_shut:
            return False
        self.screen.ask_for(self._link.opens_with)
        self._link.lock()
        self._context.live.stop()
        self._idle.set_minutes(0)
        self._curtain.draw(self.screen)
        self._window.setWindowTitle(tr("KYOK Console"))
        self.screen.show()
        self.screen.raise_()
        return True

    def say_not_yet(self) -> None:
        """Nobody could open it again: what shows that one may, only a cloud knows."""
        self._context.notices.info(tr("The window cannot be locked yet"), tr("It can be once a cloud has answered."))

    def _unlock(self, given: Secret, right: Callable[[], object], wrong: Callable[[KyokError], object]) -> None:
        def unlocked() -> None:
            right()
            self.screen.hide()
            self._curtain.open()
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)
            self._setting_changed(_SETTING)
            self.opened.emit()

        self._link.unlock(given, unlocked, wrong)

    def _setting_changed(self, name: str) -> None:
        if name == _SETTING and not self.is_shut:
            self._idle.set_minutes(self._context.settings.number(_SETTING))


class Curtain:
    """What of a window is hidden while it is locked, and comes back as it was."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._hidden: list[QWidget] = []

    def draw(self, keep: QWidget) -> None:
        """Hides everything but one part; menus and lists that lie above the window close."""
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        self._hidden = [part for part in _parts(self._window) if part is not keep and not part.isHidden()]
        for part in self._hidden:
            part.hide()

    def open(self) -> None:
        """Shows what was hidden."""
        for part in self._hidden:
            if isValid(part):  # a notice may have gone by itself meanwhile
                part.show()
                part.raise_()
        self._hidden = []


def _parts(window: QWidget) -> list[QWidget]:
    return window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)

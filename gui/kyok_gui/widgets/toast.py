"""Toasts: the result of something, where it covers nothing, gone by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour
from kyok_gui.widgets.basics import Icon, Text
from kyok_gui.widgets.buttons import IconButton
from kyok_gui.widgets.focus_rest import focus_in, in_use

WIDTH, NARROW = 336, 272
_RIGHT, _BOTTOM, _GAP, _LEFT = 32, 24, 8, 8
_SHOWN_MS = {"good": 6_000, "info": 6_000, "warning": 10_000, "error": 15_000}
_EDGES = {
    "good": ("checkmark--filled", "supportSuccessInverse"),
    "info": ("information--filled", "supportInfoInverse"),
    "warning": ("warning--alt--filled", "supportWarningInverse"),
    "error": ("error--filled", "supportErrorInverse"),
}
_MOST = 4


class Toast(QWidget):
    """One notice. It stays while the pointer or the focus is on it."""

    closed = Signal()

    def __init__(self, level: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName(f"{title} {text}".strip())
        self.level = level
        self.title = title
        self._before = focus_in(parent.window())
        icon, token = _EDGES[level]
        self._token = token
        words = QVBoxLayout()
        words.setContentsMargins(0, 5, 0, 0)
        words.setSpacing(3)
        words.addWidget(Text(title, "heading01", "inverse", wrap=True))
        if text:
            words.addWidget(Text(text, "body01", "inverse", wrap=True))
        close = IconButton("close", tr("Close notice"), name="toast.close", size=32, token="iconInverse")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a notice takes no focus by itself, nor by a press on its cross
        close.clicked.connect(self.shut)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(17, 8, 8, 23 if text else 15)
        row.setSpacing(16)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 6, 0, 0)
        mark.addWidget(Icon(icon, token, 20))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS[level])
        self._timer.timeout.connect(self.shut)
        self._timer.start()

    def needed_height(self, width: int) -> int:
        """How tall the notice must be for its words."""
        return max(64, self._row.heightForWidth(width))

    def shut(self) -> None:
        """Takes the notice away; a press on its cross took the focus from where it was."""
        self._timer.stop()
        focused, before = focus_in(self.window()), self._before
        taken = focused is self.window() or (focused is not None and self.isAncestorOf(focused))
        if taken and before is not None and in_use(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits while it is being read."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Counts again."""
        self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground and edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("backgroundInverse"))
        painter.fillRect(0, 0, 3, self.height(), colour(self._token))
        painter.end()


class ToastStack(QObject):
    """Keeps toasts at the foot of a window, newest lowest.

    `aside` gives a part of the window that holds nothing, at the left: they stand there, or else at the lower right.
    """

    def __init__(self, host: QWidget, aside: Callable[[], QRect] = QRect) -> None:
        super().__init__(host)
        self._host = host
        self._aside = aside
        self._toasts: list[Toast] = []
        self.right_room = 0
        host.installEventFilter(self)

    def post(self, level: str, title: str, text: str = "") -> Toast:
        """Shows a notice, in the place of an older one with the same title."""
        for older in self.shown():
            if (older.level, older.title) == (level, title):
                older.shut()
        while len(self._toasts) >= _MOST:
            self._toasts[0].shut()
        toast = Toast(level, title, text, self._host)
        self._toasts.append(toast)
        toast.closed.connect(lambda: self._gone(toast))
        toast.show()
        self.arrange()
        return toast

    def shown(self) -> list[Toast]:
        """The notices in sight, oldest first."""
        return list(self._toasts)

    def clear(self) -> None:
        """Takes all notices away."""
        for toast in self.shown():
            toast.shut()

    def _gone(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
        self.arrange()

    def arrange(self) -> None:
        """Puts the notices in their places; an open panel is left free."""
        if not self._toasts:
            return
        aside = self._aside()
        needed = sum(toast.needed_height(NARROW) + _GAP for toast in self._toasts) + _LEFT
        if needed <= aside.height():
            self._stack(_LEFT, aside.bottom() + 1 - _LEFT, NARROW)
        else:
            left = self._host.width() - _RIGHT - WIDTH - self.right_room
            self._stack(left, self._host.height() - _BOTTOM, WIDTH)

    def _stack(self, left: int, bottom: int, width: int) -> None:
        for toast in reversed(self._toasts):
            height = toast.needed_height(width)
            toast.setGeometry(left, bottom - height, width, height)
            toast.raise_()
            bottom -= height + _GAP

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return super().eventFilter(watched, event)

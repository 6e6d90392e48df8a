"""A small panel that opens under a button and closes by Escape or by a press elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from kyok_gui.widgets.frames import Frame

_EDGE = 8
"""Pixels that stay free at the edges of the window."""


class Popover(Frame):
    """Belongs to a window; the focus goes back to the button."""

    def __init__(self, window: QWidget, *, name: str, accessible: str) -> None:
        super().__init__("popover", name=name)
        self.setParent(window)
        self.setAccessibleName(accessible)
        self.setProperty("rests_focus", True)
        self._owner: QWidget | None = None
        self.hide()

    def open_under(self, owner: QWidget) -> None:
        """Opens under a button, inside the window; a second press closes."""
        if self.isVisible():
            self.shut()
            return
        self._owner = owner
        self.setParent(owner.window())
        self.prepare()
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Under the button, and inside the window."""
        owner, window = self._owner, self.window()
        if owner is None:
            return
        corner = owner.mapTo(window, owner.rect().bottomLeft())
        left = max(_EDGE, min(corner.x(), window.width() - self.width() - _EDGE))
        self.move(left, max(_EDGE, min(corner.y() + 2, window.height() - self.height() - _EDGE)))

    def prepare(self) -> None:
        """Fills the panel; called each time before it opens."""

    def first_focus(self) -> QWidget:
        """Where the focus stands at first."""
        return self

    def keeps_open(self) -> bool:
        """Whether a press elsewhere is meant for a part of the panel, as for an open list of choices."""
        return False

    def shut(self) -> None:
        """Closes and gives the focus back."""
        if self.isVisible():
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self.hide()
            if self._owner is not None:
                self._owner.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press elsewhere closes."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and isinstance(watched, QWidget)
        ):
            inside = watched is self or self.isAncestorOf(watched) or watched is self._owner
            if not inside and watched.window() is self.window() and not self.keeps_open():
                self.shut()
        elif event.type() == QEvent.Type.Resize and watched is self.window():
            QTimer.singleShot(0, self.place)  # after the layout has moved the button
        return False

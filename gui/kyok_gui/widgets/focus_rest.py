"""Where the focus stays when its widget is switched off or goes: Qt would hand it to whatever comes next in the window.

The next one is often far away (the header's menu, a tab, the cross of a notice), and Enter or Space would press it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid


def in_use(widget: QWidget) -> bool:
    """Whether the focus may stand on it."""
    return isValid(widget) and widget.isEnabled() and widget.isVisibleTo(widget.window())


def focus_in(window: QWidget) -> QWidget | None:
    """What has the focus in a window, or will have it when the window comes to the front."""
    return window.focusWidget()


class FocusRest(QObject):
    """Keeps the focus at a part of the window, and gives it back to its widget once that can be used again."""

    def __init__(self, holder: QWidget, lost: QWidget) -> None:
        super().__init__(holder)
        self.holder = holder
        self.lost = lost
        self._name = lost.objectName()
        self._over = False
        holder.setFocus(Qt.FocusReason.OtherFocusReason)
        lost.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]
        redrawn = QTimer(self)  # its turn comes after the events by which layouts show new widgets
        redrawn.setSingleShot(True)
        redrawn.timeout.connect(self._replace)
        redrawn.start(0)

    @property
    def waits(self) -> bool:
        """Whether the focus still stands at the holder."""
        return not self._over and isValid(self) and self.holder.hasFocus()

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self.holder or self._over:
            return  # a window that is left takes the focus along, and brings it back to the holder
        self._over = True
        QApplication.instance().focusChanged.disconnect(self._moved)  # type: ignore[union-attr]
        if isValid(self.lost):
            self.lost.removeEventFilter(self)
        self.deleteLater()

    def _replace(self) -> None:
        """What is drawn afresh has a new widget of the same name."""
        if not self.waits or not self._name or in_use(self.lost):
            return
        for found in self.holder.findChildren(QWidget, self._name):
            if found is not self.lost and in_use(found):
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Gives the focus back."""
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.Show) and self.waits and in_use(self.lost):
            self.lost.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def go_on(self, forwards: bool) -> bool:
        """Tab goes on from where the focus was; whether there was anything to go to."""
        step: QWidget | None = self.lost if isValid(self.lost) else None
        while step is not None:
            step = step.nextInFocusChain() if forwards else step.previousInFocusChain()
            if step is None or step is self.lost:
                return False
            tabs = bool(step.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if tabs and step.focusProxy() is None and in_use(step):
                reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
                step.setFocus(reason)
                return True
        return False


class FocusKeeping(QWidget):
    """The base of a window: it keeps the focus on the page, the panel or the dialog that it is on."""

    stack: QStackedWidget
    _focus_rest: FocusRest | None = None

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab; and Qt, to give away the focus of what is switched off or goes."""
        at = focus_in(self)
        if at is not None and at is not self and not in_use(at):
            self.rest_focus_of(at)
            return True
        rest = self._focus_rest
        if rest is not None and rest.waits and rest.go_on(forwards):
            return True
        return super().focusNextPrevChild(forwards)

    def rest_focus_of(self, lost: QWidget) -> None:
        """Keeps the focus near what has lost it."""
        holder: QWidget | None = lost
        while holder is not None and not (holder.property("rests_focus") and in_use(holder)):
            holder = holder.parentWidget()
        holder = holder or self.stack.currentWidget()
        if holder is not None:
            self._focus_rest = FocusRest(holder, lost)

    def _focus_page(self) -> None:
        page = self.stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            page.focusNextChild()

"""What lies above the page: a dimmed window, one card, and the keyboard kept inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kyok_gui.widgets.basics import named
from kyok_gui.widgets.focus_rest import FocusKeeping, FocusRest, focus_in, in_use
from kyok_gui.widgets.frames import Frame

_DIM = 128


class Overlay(QWidget):
    """Covers the window it is opened over. Escape closes it; the focus goes back to the opener."""

    rejected = Signal()
    gone = Signal()

    def __init__(self, *, name: str, accessible: str) -> None:
        super().__init__()
        named(self, f"{name}.overlay", accessible)
        self.card = Frame("card", name=name)
        self.card.setParent(self)
        self.card.setAccessibleName(accessible)
        self._opener: QWidget | None = None
        self._last: QWidget | None = None
        """What had the focus last in here."""
        self._holds = False
        self._focus_rest: FocusRest | None = None
        self._busy = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def open_over(self, opener: QWidget) -> None:
        """Opens over the window of a widget; the focus returns to it afterwards."""
        window = opener.window()
        focused = QApplication.focusWidget()
        self._opener = focused if focused is not None and focused.window() is window else opener
        self._opener.destroyed.connect(self._forget_opener)
        self.setParent(window)
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self._settle()
        self._first_focus().setFocus(Qt.FocusReason.PopupFocusReason)
        if not self._holds:
            self._holds = True
            QApplication.instance().focusChanged.connect(self._hold_focus)  # type: ignore[union-attr]

    def _hold_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Takes the focus back from what lies below; a list or another dialog that opened later lies above."""
        if before is not None and self.isAncestorOf(before):
            self._last = before
        if now is None or not self.isVisible() or not self._lies_below(now):
            return
        last = self._last
        usable = last is not None and isValid(last) and last.isVisible() and last.isEnabled()
        (last if last is not None and usable else self._first_focus()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lies_below(self, widget: QWidget) -> bool:
        window = self.parentWidget()
        if window is None or widget is window:
            return window is not None
        if not window.isAncestorOf(widget):
            return False
        part = widget
        while (holder := part.parentWidget()) is not None and holder is not window:
            part = holder
        layers = window.children()
        return layers.index(part) < layers.index(self)

    def _settle(self) -> None:
        """Lets new parts find their sizes and places now: the card's height and Tab's order follow from them."""
        for _ in range(2):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self._place()

    def _forget_opener(self) -> None:
        self._opener = None

    def _first_focus(self) -> QWidget:
        """Where the focus stands at first."""
        return self.card

    def _place(self) -> None:
        """Puts the card where it belongs."""

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
            self._place()

    @property
    def busy(self) -> bool:
        """Whether something is being done, so that nothing may be pressed."""
        return self._busy

    def dismiss(self) -> None:
        """Closes for good."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        if self._holds:
            self._holds = False
            QApplication.instance().focusChanged.disconnect(self._hold_focus)  # type: ignore[union-attr]
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if self._opener is not None and (had_focus or focused is None):
            if not in_use(self._opener) and isinstance(window, FocusKeeping):
                window.rest_focus_of(self._opener)
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.gone.emit()
        self.deleteLater()

    def reject(self) -> None:
        """Closes without having done anything."""
        if self.isVisible() and not self._busy:
            self.rejected.emit()
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the size of the window."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._cover()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; no key reaches the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        event.accept()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes round inside the card; what is switched off gets its focus back when it is on again."""
        if not self.isVisible():
            return super().focusNextPrevChild(forwards)
        stops = self._stops()
        focused = focus_in(self.window())
        if focused is not None and self.isAncestorOf(focused) and not in_use(focused):
            self._focus_rest = FocusRest(self, focused)
            return True
        if not stops:
            return True
        if self._focus_rest is not None and self._focus_rest.waits and isValid(self._focus_rest.lost):
            focused = self._step_past(stops, self._focus_rest.lost, forwards)
        while focused is not None and focused not in stops and focused is not self:
            focused = focused.parentWidget()
        at = stops.index(focused) if focused in stops else (-1 if forwards else 0)
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forwards else -1)) % len(stops)].setFocus(reason)
        return True

    def _step_past(self, stops: list[QWidget], lost: QWidget, forwards: bool) -> QWidget:
        """The stop from which one step leads past what has lost the focus."""
        at = self._reading_order(lost)
        earlier = [stop for stop in stops if self._reading_order(stop) < at]
        later = [stop for stop in stops if self._reading_order(stop) > at]
        return (earlier or stops)[-1] if forwards else (later or stops)[0]

    def _stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        found: list[QWidget] = []
        first: QWidget = self
        step = first.nextInFocusChain()
        while step is not None and step is not first:
            tabs = bool(step.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if (
                tabs
                and step.focusProxy() is None
                and step.isVisibleTo(self)
                and step.isEnabled()
                and self.isAncestorOf(step)
            ):
                found.append(step)
            step = step.nextInFocusChain()
        return sorted(found, key=self._reading_order)

    def _reading_order(self, stop: QWidget) -> tuple[int, ...]:
        """From top to bottom and left to right; the cross comes last."""
        corner = stop.mapTo(self, QPoint(0, 0))
        return stop.objectName().endswith(".close"), corner.y() // 8, corner.x()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dims the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _DIM))
        painter.end()

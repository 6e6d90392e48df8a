"""A hand: presses, types and chooses with real mouse and key events on widgets found by their names.

It does only what a person could: what is hidden, off or covered by something else cannot be pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu, QScrollArea, QWidget
from shiboken6 import isValid

from kyok_gui.walkthrough.waiting import PATIENCE, StepFailed, wait_for_quiet, wait_until
from kyok_gui.widgets import Choice, DataTable, InlineNote, SelectField
from kyok_gui.widgets.overlay import Overlay
from kyok_gui.widgets.select import CHOICE, ChoiceList

W = TypeVar("W", bound=QWidget)

_LOOK = 0.08
"""How long nothing may be on its way, in seconds; pages rest half as long before they look afresh."""
_SPACE = 16
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """One pair of hands on one window."""

    def __init__(self, window: QWidget, busy: Callable[[], bool] = lambda: False) -> None:
        self.window = window
        self._busy = busy

    def wait_rest(self) -> None:
        """Waits until what the page asked for has arrived, as a person does who looks before pressing."""
        wait_for_quiet(lambda: not self._busy(), "the page is loaded", _LOOK, PATIENCE)

    # finding --------------------------------------------------------------------

    @overload
    def seen(self, name: str) -> QWidget | None: ...

    @overload
    def seen(self, name: str, kind: type[W]) -> W | None: ...

    def seen(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """The widget of this name that is in sight, if there is one."""
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        return found[0] if found else None

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W]) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget of this name; waits until it is in sight."""
        return wait_until(lambda: self.seen(name, kind), f"{name} is in sight")

    def sees(self, name: str) -> bool:
        """Whether something of this name is in sight."""
        return self.seen(name) is not None

    def wait_gone(self, name: str) -> None:
        """Waits until nothing of this name is in sight.

        Raises:
            StepFailed: it says itself why it stays.
        """

        def gone() -> bool:
            error = self.seen(f"{name}.error", InlineNote)
            if error is not None:
                raise StepFailed(error.words())
            return not self.sees(name)

        wait_until(gone, f"{name} is closed")

    @property
    def covered(self) -> bool:
        """Whether a dialog or an open list lies over the page."""
        parts = [*self.window.findChildren(Overlay), *self.window.findChildren(ChoiceList)]
        return any(part.isVisible() for part in parts)

    def close_notices(self) -> None:
        """Presses the crosses of notices; one below a dialog goes by itself."""
        for close in self.window.findChildren(QWidget, "toast.close"):
            if close.isVisible() and not self._cover(close, _spot(close)):
                self.click(close, _spot(close))

    # mouse ----------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Presses a button, waiting until it is in sight, on, and not covered."""
        wait_until(lambda: not self._against(name), lambda: self._against(name))
        widget = self.find(name)
        self.click(widget, _spot(widget))

    def _against(self, name: str) -> str:
        """Why a button cannot be pressed now."""
        widget = self.seen(name)
        if widget is None:
            return f"{name} is in sight"
        if not widget.isEnabled():
            return f"{name} is on ({widget.accessibleDescription() or 'it does not say why it is off'})"
        self._bring_into_sight(widget)
        cover = self._cover(widget, _spot(widget))
        if cover:
            self.close_notices()
        return cover

    def click(self, widget: QWidget, where: QPoint) -> None:
        """A press and a release of the left button at a point of a widget that nothing covers."""
        self._bring_into_sight(widget)
        cover = self._cover(widget, where)
        if cover:
            raise StepFailed(f"It did not come about: {cover}.")
        _give_focus(widget)
        for kind, held in ((QEvent.Type.MouseButtonPress, _LEFT), (QEvent.Type.MouseButtonRelease, None)):
            if isValid(widget):
                QApplication.sendEvent(widget, _mouse(kind, widget, where, held))

    def _click_patiently(self, widget: QWidget, where: Callable[[], QRect]) -> None:
        """Presses the middle of a part of a widget once nothing covers it; notices are closed."""

        def against() -> str:
            cover = self._cover(widget, where().center())
            if cover:
                self.close_notices()
            return cover

        wait_until(lambda: not against(), against)
        self.click(widget, where().center())

    def scroll_to(self, name: str) -> None:
        """Scrolls until a part of the page stands at the top, with the usual space above it."""
        part = self.find(name)
        for area in self.window.findChildren(QScrollArea):
            inside = area.widget()
            if area.isVisible() and inside is not None and inside.isAncestorOf(part):
                area.verticalScrollBar().setValue(part.mapTo(inside, QPoint(0, 0)).y() - _SPACE)

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Scrolls, as the wheel would."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 0, 24)
            parent = parent.parentWidget()

    def _cover(self, widget: QWidget, where: QPoint) -> str:
        """What would take the press instead; nothing when the way is free."""
        if widget.window() is not self.window:
            return ""
        hit = self.window.childAt(widget.mapTo(self.window, where))
        if hit is not None and (hit is widget or widget.isAncestorOf(hit)):
            return ""
        name = (hit.objectName() or type(hit).__name__) if hit is not None else "the edge of the window"
        return f"{widget.objectName() or type(widget).__name__} is not covered by {name}"

    # keyboard -------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, text: str = "") -> None:
        """Presses a key where the keyboard is."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = self._keyboard()
            QApplication.sendEvent(target, QKeyEvent(kind, key.value, modifiers, text))

    def _keyboard(self) -> QWidget:
        """Where the keyboard is; a window that is not in front has one too."""
        places: list[QWidget | None] = [QApplication.focusWidget(), self.window.focusWidget()]
        return next((place for place in places if place is not None), self.window)

    def type(self, name: str, text: str) -> None:
        """Replaces what a field holds, letter by letter."""
        field = self.find(name)
        self.click(field, QPoint(min(24, field.width() // 2), field.height() // 2))
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Delete)
        for letter in text:
            self.key(Qt.Key.Key_unknown, _NONE, letter)

    # choosing -------------------------------------------------------------------

    def open_choices(self, name: str) -> ChoiceList:
        """Opens a drop-down field."""
        self.press(name)
        return self.find(f"{name}.list", ChoiceList)

    def choose(self, name: str, words: str) -> None:
        """Chooses in a drop-down field the choice whose title begins with these words."""
        field = self.find(f"{name}.field", SelectField)

        def offered() -> Choice | None:
            return next((one for one in field.choices() if one.title.startswith(words) and not one.reason), None)

        wait_until(offered, lambda: f"{name} offers {words}; it offers {[one.title for one in field.choices()]}")
        opened = self.open_choices(name)
        model = opened.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            choice: Choice = index.data(CHOICE)
            if choice.title.startswith(words) and not choice.reason:
                opened.scrollTo(index)
                self.click(opened.viewport(), opened.visualRect(index).center())
                return
        raise StepFailed(f"{name} does not offer {words}.")

    def from_menu(self, name: str, entry: str) -> None:
        """Opens the menu of a button and chooses an entry by its id."""
        self.press(name)
        self._take_entry(entry)

    def _take_entry(self, entry: str) -> None:
        menu = wait_until(_open_menu, "a menu is open")
        action = next((one for one in menu.actions() if str(one.data()) == entry), None)
        if action is None or not action.isEnabled():
            menu.close()
            words = [one.text() for one in menu.actions() if one.text()]
            raise StepFailed(f"The menu does not offer {entry}; it holds {', '.join(words)}.")
        spot = menu.actionGeometry(action).center()
        QApplication.sendEvent(menu, _mouse(QEvent.Type.MouseMove, menu, spot, None))
        self.click(menu, spot)
        wait_until(lambda: _open_menu() is None, "the menu is closed")

    # tables ---------------------------------------------------------------------

    def table(self, name: str) -> DataTable[Any]:
        """A table by the name of its view."""
        found: DataTable[Any] = self.find(f"{name}.frame", DataTable)
        return found

    def row_of(self, name: str, text: str) -> int:
        """The row that shows this text in one of its cells; waits for it."""
        model = self.table(name).model

        def place() -> int | None:
            columns = range(model.columnCount())
            rows = range(model.rowCount())
            hits = [row for row in rows if any(str(model.index(row, column).data()) == text for column in columns)]
            return hits[0] + 1 if hits else None

        return wait_until(place, f"{name} shows {text}") - 1

    def open_row(self, name: str, text: str) -> None:
        """Presses the link in the first column of a row."""
        row, table = self.row_of(name, text), self.table(name)
        view: QAbstractItemView = table.view
        index = table.model.index(row, 0)
        view.scrollTo(index)
        self._click_patiently(view.viewport(), lambda: table.view.cells.link_rect(view.visualRect(index), index))

    def row_menu(self, name: str, text: str, entry: str) -> None:
        """Chooses from the menu at the right end of a row."""
        row, table = self.row_of(name, text), self.table(name)
        cells = table.view.cells
        index = table.model.index(row, cells.last)
        table.view.scrollTo(index)
        view = table.view
        self._click_patiently(view.viewport(), lambda: cells.menu_rect(view.visualRect(index), cells.last))
        self._take_entry(entry)


def _spot(widget: QWidget) -> QPoint:
    """Where a person presses: the middle, or the box of a tick."""
    middle = widget.rect().center()
    ticks = isinstance(widget, QAbstractButton) and widget.isCheckable()
    return QPoint(min(10, middle.x()), middle.y()) if ticks else middle


def _give_focus(widget: QWidget) -> None:
    """Moves the keyboard as a press does; Qt does so by itself only for events of the window system."""
    target: QWidget | None = widget
    while target is not None and not isinstance(target, QMenu):
        if target.isEnabled() and target.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            target.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        target = None if target.isWindow() else target.parentWidget()


def _open_menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def _mouse(kind: QEvent.Type, widget: QWidget, where: QPoint, held: Qt.MouseButton | None) -> QMouseEvent:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
    buttons = held if held is not None else Qt.MouseButton.NoButton
    return QMouseEvent(kind, QPointF(where), QPointF(widget.mapToGlobal(where)), button, buttons, _NONE)

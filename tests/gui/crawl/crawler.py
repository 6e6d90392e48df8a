"""Goes everywhere: opens every place, presses whatever can be pressed there, opens what opens, and looks at all of it.

Nothing is changed by it: requests that would change something end before they leave, with a refusal of their own, so
that the way in which a page tells a failure is seen too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from shiboken6 import isValid

from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import wait_for_quiet
from kyok_gui.widgets import DataTable
from kyok_gui.widgets.dialog import Dialog
from kyok_gui.widgets.overlay import Overlay
from kyok_gui.widgets.panel import Tab
from kyok_gui.widgets.popover import Popover
from kyok_gui.widgets.select import ChoiceList, SelectBox
from tests.gui.crawl.looks import faults
from tests.gui.driver import leave_all_the_same

_REST = 0.05
_SECONDS = 60.0
_ENDS_THE_CRAWL = frozenset({"settings.lock-now"})
_EDGE = 24
"""Pixels that stay free below a dialog."""
_DEPTH = 2
"""How many layers are opened above a page: a panel or dialog, and what opens from it."""


@dataclass
class Crawler:
    """One crawl through one window; `found` collects what is wrong, with the way to it."""

    console: Console
    hand: Hand
    found: dict[str, str] = field(default_factory=dict)
    looked: int = 0
    opened: set[str] = field(default_factory=set)
    tops: WeakKeyDictionary[Dialog, int] = field(default_factory=WeakKeyDictionary)
    """Where the card of each dialog stood when it was last seen."""

    def visit(self, place: Place) -> None:
        """Opens a place and everything on it."""
        self._go(place)
        self._look(place.kind)
        page = self.console.window.page
        if page is not None:
            self._press_all(page, place, place.kind, 1)

    # what is there ----------------------------------------------------------------

    def _press_all(self, root: QWidget, place: Place, way: str, depth: int) -> None:
        for name in [button.objectName() for button in _buttons(root)]:
            if isValid(root) and root.isVisible():
                self._press(root, name, place, f"{way} > {name}", depth)
        tables = [each for each in root.findChildren(DataTable) if each.isVisible()] if isValid(root) else []
        for table in tables:
            if isValid(table):
                self._open_first_row(table, place, way, depth)

    def _press(self, root: QWidget, name: str, place: Place, way: str, depth: int) -> None:
        button = next((each for each in _buttons(root) if each.objectName() == name), None)
        if button is None or name in _ENDS_THE_CRAWL:
            return  # what was pressed before took it away; or nothing could be seen afterwards
        self.hand._bring_into_sight(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=_spot(button))
        self._after(place, way, depth, root)

    def _open_first_row(self, table: DataTable[Any], place: Place, way: str, depth: int) -> None:
        if not table.isVisible() or table.model.rowCount() == 0:
            return
        view, index = table.view, table.model.index(0, 0)
        link = view.cells.link_rect(view.visualRect(index), index)
        if not link.isEmpty():
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
            self._after(place, f"{way} > {view.objectName()} link", depth, table)
        if isValid(table) and table.isVisible() and view.cells.menus and table.model.rowCount():
            view.ask_menu(0, view.viewport().mapToGlobal(QPoint(0, 0)))
            self._after(place, f"{way} > {view.objectName()} menu", depth, table)

    # what came of it --------------------------------------------------------------

    def _after(self, place: Place, way: str, depth: int, root: QWidget) -> None:
        """Looks at what a press opened, goes through it, and closes it again."""
        self._rest()
        self._watch_tops(way)
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._take_menu(menu, place, way, depth)
            return
        layer = self._layer(root)
        if layer is not None:
            self._look(way)
            if depth < _DEPTH and way not in self.opened:
                self.opened.add(way)
                self._press_all(layer, place, way, depth + 1)
            self._close_layers(root)
        if self.console.context.navigator.here != place:
            self._look(way)
            self._go(place)
        self._close_notices()

    def _take_menu(self, menu: QMenu, place: Place, way: str, depth: int) -> None:
        entries = [action.text() for action in _entries(menu)]
        unnamed = [action for action in menu.actions() if not action.isSeparator() and not action.text()]
        if unnamed:
            self.found.setdefault(f"a menu entry without words: {way}", way)
        menu.close()
        self._rest()
        opener = self._reopen(way)
        for entry in entries if opener is not None else []:
            opener()
            shown = QApplication.activePopupWidget()
            if not isinstance(shown, QMenu):
                continue
            action = next((each for each in _entries(shown) if each.text() == entry), None)
            if action is not None:
                action.trigger()
            shown.close()
            self._after(place, f"{way} > {entry}", depth, self.console.window)
            self._close_layers(self.console.window)

    def _reopen(self, way: str) -> Any:
        """Something that opens the menu again: the same button, or the same table's first row."""
        last = way.rsplit(" > ", 1)[-1]
        window = self.console.window
        if last.endswith(" menu"):
            name = last.removesuffix(" menu")

            def ask() -> None:
                for table in window.findChildren(DataTable):
                    if table.isVisible() and table.view.objectName() == name and table.model.rowCount():
                        table.view.ask_menu(0, table.view.viewport().mapToGlobal(QPoint(0, 0)))

            return ask

        def press() -> None:
            button = next((each for each in _buttons(window) if each.objectName() == last), None)
            if button is not None:
                self.hand._bring_into_sight(button)
                QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=_spot(button))

        return press

    def _layers(self) -> Iterator[QWidget]:
        window = self.console.window
        for kind in (Overlay, ChoiceList, Popover):
            yield from (each for each in window.findChildren(kind) if each.isVisible())
        page = window.page
        if page is not None and page.panel is not None:
            yield page.panel

    def _layer(self, below: QWidget) -> QWidget | None:
        """What lies above the part that was pressed."""
        for layer in self._layers():
            if not isValid(below) or (layer is not below and not layer.isAncestorOf(below)):
                return layer
        return None

    def _close_layers(self, below: QWidget) -> None:
        for _ in range(6):
            layer = self._layer(below)
            if layer is None:
                return
            name, target = layer.objectName(), layer.focusWidget() or layer
            QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape.value, _NONE))
            self._rest()
            leave_all_the_same(self.hand)
            self._rest()
        self.found.setdefault(f"stays open: {name}", name)

    # ways -------------------------------------------------------------------------

    def _go(self, place: Place) -> None:
        self._close_layers(self.console.window.stack)
        self.console.context.navigator.go(place)
        self._rest()
        leave_all_the_same(self.hand)
        self._rest()

    def _rest(self) -> None:
        wait_for_quiet(lambda: not self.console.tasks.busy, "the page is loaded", _REST, _SECONDS)

    def _close_notices(self) -> None:
        self.console.window.toasts.clear()

    def _watch_tops(self, way: str) -> None:
        """A dialog does not jump when a message or a field comes into it; it goes up when it needs the room."""
        for dialog in self.console.window.findChildren(Dialog):
            if dialog.isVisible():
                card = dialog.card.geometry()
                top = self.tops.setdefault(dialog, card.top())
                if card.top() != top and (card.top() > top or card.bottom() + 1 + _EDGE < dialog.height()):
                    self.found.setdefault(f"jumps while it is open: {dialog.card.objectName()}", way)
                self.tops[dialog] = card.top()

    def _look(self, way: str) -> None:
        self.looked += 1
        window = self.console.window
        if window.findChild(QWidget, "crash") is not None:
            report = window.findChild(QWidget, "crash.report").toPlainText()  # type: ignore[attr-defined]
            raise AssertionError(f"{way}: {report}")
        if faults(window):
            self._rest()  # words that have just come have their room with the next frame; what stays is amiss
        for fault in faults(window):
            self.found.setdefault(fault, way)


_NONE = Qt.KeyboardModifier.NoModifier


def _buttons(root: QWidget) -> list[QAbstractButton]:
    """What can be pressed, in order; crosses that close the layer itself and parts of other layers are left out."""
    return [
        each
        for each in root.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.objectName() and not _closes(each.objectName())
    ]


def _entries(menu: QMenu) -> list[QAction]:
    """What can be chosen, those of menus inside the menu too."""
    found = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += _entries(inner)
        elif action.isEnabled() and not action.isSeparator():
            found.append(action)
    return found


def _closes(name: str) -> bool:
    return name.endswith((".close", ".cancel")) or name.startswith("toast.")


def _spot(button: QAbstractButton) -> QPoint:
    """The middle; of what ticks, its box."""
    middle = button.rect().center()
    choosing = isinstance(button, Tab | SelectBox)
    return QPoint(min(10, middle.x()), middle.y()) if button.isCheckable() and not choosing else middle

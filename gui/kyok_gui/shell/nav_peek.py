"""The side navigation of a narrow window: a rail that opens over the page, until one goes somewhere or elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kyok_gui.shell.sidenav import RAIL, SideNav


class NavPeek(QObject):
    """Takes the navigation out of its row, leaves the room of the rail there, and lays it over the page."""

    def __init__(self, window: QWidget, nav: SideNav, row: QHBoxLayout, opener: QWidget) -> None:
        super().__init__(nav)
        self._nav = nav
        self._row = row
        self._opener = opener
        self._room = QWidget(window)
        self._room.setFixedWidth(RAIL)
        self._room.hide()
        self.is_open = False
        nav.chosen.connect(self.close)

    def toggle(self) -> None:
        """Opens it, or closes it again; a place without a side navigation has none to open."""
        if self.is_open:
            self.close()
        elif not self._nav.isHidden():
            self._open()

    def _open(self) -> None:
        self.is_open = True
        geometry = self._nav.geometry()
        self._row.replaceWidget(self._nav, self._room)
        self._room.show()
        self._nav.set_rail(False)
        self._nav.move(geometry.topLeft())
        self._nav.resize(self._nav.maximumWidth(), geometry.height())
        self._nav.raise_()
        self._nav.focus_present()
        self._watch(True)

    def close(self) -> None:
        """A rail again."""
        if not self.is_open:
            return
        self.is_open = False
        self._watch(False)
        self._row.replaceWidget(self._room, self._nav)
        self._room.hide()
        self._nav.set_rail(True)

    def _watch(self, watching: bool) -> None:
        """Presses and keys anywhere are seen only while it is open."""
        application = QApplication.instance()
        if application is not None and watching:
            application.installEventFilter(self)
        elif application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape and a press elsewhere close it; it stays as high as its room."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close()
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and self._is_elsewhere(watched):
            self.close()
        if kind == QEvent.Type.Resize and watched is self._room:
            self._nav.resize(self._nav.width(), self._room.height())
        return False

    def _is_elsewhere(self, pressed: QWidget) -> bool:
        inside = pressed is self._nav or self._nav.isAncestorOf(pressed)
        return not inside and pressed is not self._opener

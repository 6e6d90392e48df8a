"""What holds side panels: one at a time, at its right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kyok_gui.widgets.panel import SidePanel


class PanelHost(QWidget):
    """The base of whatever fills the window beside the navigation."""

    panel_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._panel: SidePanel | None = None
        self._opener: QWidget | None = None

    @property
    def panel(self) -> SidePanel | None:
        """The open side panel."""
        return self._panel

    def open_panel(self, panel: SidePanel) -> None:
        """Opens a side panel at the right; another one open is closed."""
        if self._panel is not panel:
            self.close_panel()
            self._panel = panel
            self._opener = QApplication.focusWidget()
            panel.setParent(self)
            panel.closed.connect(self._panel_closed)
        self._place_panel()
        panel.show()
        panel.raise_()
        self.panel_changed.emit(panel.width())
        panel.close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Closes the side panel."""
        if self._panel is not None:
            self._panel.shut()

    def show_help_of(self, kind: str) -> None:
        """Opens the help of a kind of place."""
        from kyok_gui.help_texts import help_text
        from kyok_gui.shell.help_panel import HelpPanel

        text = help_text(kind)
        if text is None:
            raise LookupError(f"resources/help/{kind}.md")
        self.open_panel(HelpPanel(text))

    def _panel_closed(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.closed.disconnect(self._panel_closed)
        opener, self._opener = self._opener, None
        if opener is not None and isValid(opener) and opener.isVisibleTo(self):
            opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.panel_changed.emit(0)

    def _place_panel(self) -> None:
        if self._panel is not None:
            width = min(self._panel.wide, self.width())
            self._panel.setGeometry(self.width() - width, 0, width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel stays at the right, as high as its host."""
        super().resizeEvent(event)
        self._place_panel()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight has no open panel."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.close_panel()

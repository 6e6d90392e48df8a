"""Side panels: the details of one thing, at the right of the page, without stopping the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font
from kyok_gui.widgets.basics import Text, hide_unless, named
from kyok_gui.widgets.buttons import Button, IconButton, paint_focus
from kyok_gui.widgets.frames import Frame, scrolled

if TYPE_CHECKING:
    from kyok_gui.widgets.bars import MissingRoles

PANEL_WIDTH = 480


class Tab(QPushButton):
    """One tab; arrows move between tabs."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__(text)
        named(self, name, text)
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font("heading01"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words and the line below."""
        painter = QPainter(self)
        chosen = self.isChecked()
        painter.setFont(font("heading01" if chosen else "bodyCompact01"))
        painter.setPen(colour("textPrimary" if chosen or self.underMouse() else "textSecondary"))
        painter.drawText(self.rect().adjusted(16, 0, 0, -2), Qt.AlignmentFlag.AlignVCenter, self.text())
        thick = 2
        line = "borderInteractive" if chosen else "borderSubtle01"
        painter.fillRect(0, self.height() - thick, self.width(), thick, colour(line))
        if self.hasFocus():
            paint_focus(painter, self.rect(), False)
        painter.end()


class Tabs(QWidget):
    """Tabs and what they show."""

    changed = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._ids: list[str] = []
        self._group = QButtonGroup(self)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(0)
        self._bar.addWidget(_TabLine(), 1)
        self._ahead = _TabLine()
        self._ahead.setFixedWidth(0)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar.insertWidget(0, self._ahead)
        column.addLayout(self._bar)
        column.addWidget(self.stack, 1)

    def indent(self, width: int) -> None:
        """Starts the first tab further right."""
        self._ahead.setFixedWidth(width)

    def add(self, tab_id: str, title: str, widget: QWidget) -> None:
        """Adds a tab."""
        tab = Tab(title, name=f"{self._name}.tab.{tab_id}")
        self._group.addButton(tab, len(self._ids))
        self._bar.insertWidget(len(self._ids) + 1, tab)
        self._ids.append(tab_id)
        self.stack.addWidget(widget)
        tab.clicked.connect(lambda: self.choose(tab_id))
        if len(self._ids) == 1:
            tab.setChecked(True)

    def choose(self, tab_id: str) -> None:
        """Shows a tab."""
        place = self._ids.index(tab_id)
        self._group.button(place).setChecked(True)
        self.stack.setCurrentIndex(place)
        self.changed.emit(tab_id)

    @property
    def current(self) -> str:
        """Id of the tab shown."""
        return self._ids[self.stack.currentIndex()] if self._ids else ""


class _TabLine(QWidget):
    """The line that goes on behind the last tab."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 2, self.width(), 2, colour("borderSubtle01"))
        painter.end()


class SidePanel(Frame):
    """Opened by `Page.open_panel`; Escape and the cross close it."""

    closed = Signal()

    def __init__(self, title: str, subtitle: str = "", *, name: str, width: int = PANEL_WIDTH) -> None:
        super().__init__("panel", name=name)
        self.setAccessibleName(title)
        self.setProperty("rests_focus", True)
        self._name = name
        self.wide = width
        self.title = Text(title, "heading03", name=f"{name}.title")
        self.subtitle = Text(subtitle, "bodyCompact01", "secondary")
        hide_unless(self.subtitle, subtitle)
        self.close_button = IconButton("close", tr("Close"), name=f"{name}.close", size=40)
        self.close_button.clicked.connect(self.shut)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 8, 16)
        self.heading = QVBoxLayout()
        self.heading.setSpacing(2)
        self.heading.addWidget(self.title)
        self.heading.addWidget(self.subtitle)
        head.addLayout(self.heading, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs = Tabs(name=name)
        self.tabs.indent(8)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._column = column
        self._missing_roles: MissingRoles | None = None
        column.addWidget(self.tabs, 1)
        self._note = Text("", "label01", "secondary", wrap=True, name=f"{name}.note")
        self._note.setContentsMargins(24, 8, 24, 12)
        self._note.hide()
        column.addWidget(self._note)
        column.addLayout(self._foot)

    def set_note(self, text: str) -> None:
        """Words above the buttons, as why one of them has to wait; no words take them away."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Names another thing."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_tab(self, tab_id: str, title: str, widget: QWidget) -> None:
        """Adds a tab; long content scrolls."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(widget)
        column.addStretch(1)
        self.tabs.add(tab_id, title, scrolled(box))

    def set_actions(self, buttons: Sequence[Button]) -> None:
        """Puts buttons flush at the bottom, the dangerous one last."""
        while (item := self._foot.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for button in buttons:
            button.setFixedHeight(64)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._foot.addWidget(button, 1)

    def show_missing(self, missing: Mapping[str, Sequence[str]]) -> None:
        """Says which roles the panel's own controls need."""
        if self._missing_roles is None and missing:
            from kyok_gui.widgets.bars import MissingRoles

            self._missing_roles = MissingRoles(name=f"{self._name}.rights")
            self._column.insertWidget(1, self._missing_roles)
        if self._missing_roles is not None:
            self._missing_roles.show_missing(missing)

    def shut(self) -> None:
        """Closes the panel."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A press inside stays inside."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            event.accept()
            return True
        return super().event(event)

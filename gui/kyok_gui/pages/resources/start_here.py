"""The "Start here" panel: the four steps of the walk, ticked off from what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.steps import START_HERE
from kyok.domain.translation import tr
from kyok_gui.widgets import Icon, IconButton, Link, Text, Tile
from kyok_gui.widgets.basics import set_look
from kyok_gui.widgets.flow import FoldingRow
from kyok_gui.widgets.status import DONE, NONE_YET

if TYPE_CHECKING:
    from kyok.domain.steps import Step
    from kyok_gui.pages.resources.rows import StepDone

_FOLD = 760
"""Below this width, in pixels, there are two steps in a line."""


class StartHere(Tile):
    """Four cards; the first that is not done is the next one."""

    started = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(name="resources.start-here", padding=24)
        self._count = Text("", "body01", "secondary")
        close = IconButton("close", tr("Close Start here"), name="resources.start-here.close")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Start here"), "heading02"))
        head.addSpacing(16)
        head.addWidget(self._count, 1)
        head.addWidget(close)
        self._cards = [StartCard(number, step) for number, step in enumerate(START_HERE.steps, 1)]
        row = FoldingRow(_FOLD)
        for place in range(0, len(self._cards), 2):
            pair = QHBoxLayout()
            pair.setSpacing(16)
            for card in self._cards[place : place + 2]:
                pair.addWidget(card, 1)
                card.started.connect(self.started)
            row.addLayout(pair, 1)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_steps(self, done: dict[str, StepDone]) -> None:
        """Ticks off what exists."""
        following = START_HERE.open_step(set(done))
        count = sum(card.step.id in done for card in self._cards)
        self._count.setText(
            tr(
                "Encrypt a database with a key that only you control. {done} of {count} steps done.",
                done=count,
                count=len(self._cards),
            )
        )
        for card in self._cards:
            card.show_step(done.get(card.step.id), following=card.step.id == following)


class StartCard(Tile):
    """One step: its state and what it leaves behind. A press anywhere starts it; for the keyboard there is the link."""

    started = Signal(str)

    def __init__(self, number: int, step: Step) -> None:
        super().__init__(name=f"resources.start-here.{step.id}", on="background")
        self.step = step
        self._icon = Icon(NONE_YET.icon, NONE_YET.token, 16)
        self._title = Text(f"{number}  {tr(step.title)}", "heading01", wrap=True)
        self._text = Text(tr(step.hint), "label01", "secondary", wrap=True)
        self._state = Text(tr("Done"), "label01", "helper")
        self._start = Link(tr("Start"), name=f"resources.start-here.{step.id}.start", icon="arrow--right")
        self._start.setAccessibleName(tr("Start: {title}", title=tr(step.title)))
        self._start.clicked.connect(lambda _=False: self.started.emit(step.id))
        words = QVBoxLayout()
        words.setSpacing(4)
        for widget in (self._title, self._text, self._state):
            words.addWidget(widget)
        # Aligned, since a widget of fixed width would otherwise keep the whole column as narrow as itself.
        words.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(_at_top(self._icon))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_step(self, done: StepDone | None, *, following: bool) -> None:
        """Done, next, or later."""
        mark = DONE if done else NONE_YET
        self._icon.set_icon(mark.icon, mark.token)
        self._text.setText(done.text if done else tr(self.step.hint))
        self._state.setVisible(done is not None)
        self._start.setVisible(done is None)
        set_look(self, accent="focus" if following else "")
        self.setCursor(Qt.CursorShape.ArrowCursor if done else Qt.CursorShape.PointingHandCursor)
        self._show_hover(self.underMouse())
        self.setAccessibleName(f"{self._title.text()}: {mark.word}")

    def _show_hover(self, inside: bool) -> None:
        set_look(self, on="layerHover01" if inside and not self._start.isHidden() else "background")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows that it can be pressed."""
        super().enterEvent(event)
        self._show_hover(True)

    def leaveEvent(self, event: QEvent) -> None:
        """As before."""
        super().leaveEvent(event)
        self._show_hover(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the press, so that its end comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Starts the step, wherever the tile was pressed."""
        super().mouseReleaseEvent(event)
        pressed = event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint())
        if pressed and not self._start.isHidden():
            self.started.emit(self.step.id)


def _at_top(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setFixedWidth(16)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 2, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return holder

"""Tearsheets: a long flow over the page, step by step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyok.domain.translation import tr
from kyok_gui.widgets.bars import InlineNote
from kyok_gui.widgets.basics import Text, escape
from kyok_gui.widgets.boxes import Tile
from kyok_gui.widgets.buttons import Button, IconButton, Link
from kyok_gui.widgets.frames import Rule, scrolled
from kyok_gui.widgets.overlay import Overlay
from kyok_gui.widgets.steps import ProgressSteps, StepLike

_TOP, _SIDE, _STEPS, _TILE, _FOOT, _HEAD = 88, 64, 271, 280, 64, 95
_BESIDE = 1080
"""Below this width of the card the tile stands under the form."""
_BUTTON, _TIGHT, _TIGHT_STEPS, _TIGHT_BUTTON = 240, 880, 208, 176
"""Below the tight width of the card steps, margins and buttons are narrower."""
_ANY = 16_777_215


class Tearsheet(Overlay):
    """Steps at the left, the present step in the middle, a tile at the right, Cancel, Back and Next below."""

    step_changed = Signal(str)
    finished = Signal()
    cancelled = Signal()

    def __init__(self, title: str, subtitle: str = "", *, name: str, finish: tuple[str, str] = ("", "add")) -> None:
        super().__init__(name=name, accessible=title)
        self._name = name
        self._finish = (finish[0] or tr("Create"), finish[1])
        self._steps: list[StepLike] = []
        self._boxes: list[QWidget] = []
        self._contents: list[QWidget] = []
        self._at = 0
        self._can_go = True
        self._why = ""
        self.guard: Callable[[str], bool] | None = None
        self.progress = ProgressSteps(name=f"{name}.steps")
        self.pages = QStackedWidget()
        self.flat = QWidget()
        self._one_page = False
        self._done: set[str] = set()
        self._left, self._bottom = QWidget(), QWidget()
        self.side = Tile(name=f"{name}.side")
        self.side.setFixedWidth(_TILE)
        self._side_wanted = True
        self._error = InlineNote("error", "", name=f"{name}.error")
        self._reason = Text("", "helperText01", "secondary", wrap=True, name=f"{name}.reason")
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.cancel = Link(tr("Cancel"), name=f"{name}.cancel")
        self.back = Button(tr("Back"), "secondary", name=f"{name}.back", size="xl")
        self.next = Button(tr("Next"), "primary", name=f"{name}.next", icon="arrow--right", size="xl")
        self.close_button = IconButton("close", tr("Close"), name=f"{name}.close", size=40)
        self._lay_out(title, subtitle)
        self.cancel.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.reject)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_next)
        self.rejected.connect(self.cancelled)

    def _lay_out(self, title: str, subtitle: str) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(title, subtitle))
        column.addWidget(Rule())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        left = self._left
        left.setFixedWidth(_STEPS)
        steps = QVBoxLayout(left)
        self._steps_column = steps
        steps.addWidget(self.progress)
        self.below_steps = QVBoxLayout()
        self.below_steps.setContentsMargins(0, 24, 0, 0)
        steps.addLayout(self.below_steps)
        steps.addStretch(1)
        middle.addWidget(left)
        middle.addWidget(Rule(vertical=True))
        middle.addWidget(self._content(), 1)
        column.addLayout(middle, 1)
        column.addWidget(Rule())
        column.addWidget(self._foot())

    def _head(self, title: str, subtitle: str) -> QWidget:
        head = QWidget()
        head.setFixedHeight(_HEAD)
        words = QVBoxLayout()
        words.setContentsMargins(0, 16, 0, 0)
        words.setSpacing(3)
        words.addWidget(Text(title, "heading03", name=f"{self._name}.title"))
        self.subtitle = Text(subtitle, "body01", "secondary")
        words.addWidget(self.subtitle)
        words.addStretch(1)
        row = QHBoxLayout(head)
        row.setContentsMargins(32, 9, 10, 0)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        return head

    def _content(self) -> QWidget:
        inside = QWidget()
        form = QVBoxLayout()
        form.setSpacing(16)
        form.addWidget(self._error)
        self._error.hide()
        form.addWidget(self.pages)
        sections = QVBoxLayout(self.flat)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(24)
        form.addWidget(self.flat)
        self.flat.hide()
        form.addStretch(1)
        tiles = QVBoxLayout()
        tiles.addWidget(self.side)
        tiles.addStretch(1)
        row = QHBoxLayout(inside)
        row.setContentsMargins(32, 32, 32, 32)
        row.setSpacing(56)
        row.addLayout(form, 1)
        row.addLayout(tiles)
        self._row = row
        self._scroll = scrolled(inside)
        return self._scroll

    def _foot(self) -> QWidget:
        foot = self._bottom
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.cancel)
        row.addSpacing(24)
        row.addWidget(self._reason, 1)
        row.addSpacing(24)
        for button in (self.back, self.next):
            button.setFixedWidth(_BUTTON)
            row.addWidget(button)
        return foot

    # steps --------------------------------------------------------------------

    def add_step(self, step: StepLike, widget: QWidget) -> None:
        """Adds a step with what it shows in the middle."""
        self._steps.append(step)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        column.addStretch(1)
        self._boxes.append(box)
        self._contents.append(widget)
        self.pages.addWidget(box)
        self.progress.set_steps(self._steps)
        self._show_step()

    @property
    def step(self) -> str:
        """Id of the present step."""
        return self._steps[self._at].id

    def go_to(self, step_id: str) -> None:
        """Goes to a step."""
        self._at = next(place for place, step in enumerate(self._steps) if step.id == step_id)
        self.set_error("")
        self._show_step()
        self.step_changed.emit(self.step)

    def set_hint(self, step_id: str, text: str) -> None:
        """Changes the words under a step's title, as when its choice is made."""
        self.progress.set_hint(step_id, text)

    def set_side_visible(self, visible: bool) -> None:
        """Shows or hides the tile at the right."""
        self._side_wanted = visible
        self._show_side()

    @property
    def one_page(self) -> bool:
        """Whether all steps stand below each other."""
        return self._one_page

    def set_one_page(self, one_page: bool) -> None:
        """Shows all steps below each other as one form, or one after the other again; the widgets stay the same."""
        if one_page == self._one_page:
            return
        self._one_page = one_page
        sections = self.flat.layout()
        for box in self._boxes:
            if one_page:
                self.pages.removeWidget(box)
                if sections is not None:
                    sections.addWidget(box)
            else:
                self.pages.addWidget(box)
            box.setVisible(True)
        self.pages.setVisible(not one_page)
        self.flat.setVisible(one_page)
        self._show_step()

    def set_done(self, done: set[str]) -> None:
        """Which sections are filled in, for the list of steps of the one-page form."""
        self._done = done
        if self._one_page:
            self.progress.set_done(done)

    def _show_side(self) -> None:
        shown = self._side_wanted
        beside = self.card.width() >= _BESIDE
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.side.setMinimumWidth(_TILE if beside else 0)
        self.side.setMaximumWidth(_TILE if beside else _ANY)
        self.side.setVisible(shown)
        self._row.setSpacing((56 if beside else 32) if shown else 0)
        tight = self.card.width() < _TIGHT
        self._left.setFixedWidth(_TIGHT_STEPS if tight else _STEPS)
        self._steps_column.setContentsMargins(16 if tight else 32, 32, 16, 0)
        for button in (self.back, self.next):
            button.setFixedWidth(_TIGHT_BUTTON if tight else _BUTTON)
        side = 16 if tight else 32
        self._row.setContentsMargins(side, 32, side, 32)

    def _show_step(self) -> None:
        if not self._one_page:
            self.pages.setCurrentIndex(self._at)
        for place, box in enumerate(self._boxes):
            seen = self._one_page or place == self._at
            wanted = QSizePolicy.Policy.Preferred if seen else QSizePolicy.Policy.Ignored
            box.setSizePolicy(QSizePolicy.Policy.Preferred, wanted)
            self._contents[place].setVisible(seen)  # a stack asks also its hidden pages how high they would be
        self.progress.set_current("" if self._one_page else self.step)
        self.progress.set_done(self._done if self._one_page else {step.id for step in self._steps[: self._at]})
        last = self._one_page or self._at == len(self._steps) - 1
        self.back.setVisible(not self._one_page)
        self.back.setEnabled(self._at > 0 and not self._busy)
        self.next.setText(self._finish[0] if last else tr("Next"))
        self.next.set_icon_name(self._finish[1] if last else "arrow--right")
        self.next.set_enabled_because(self._can_go and not self._busy, self._why)

    def _go_back(self) -> None:
        if self._at:
            self.go_to(self._steps[self._at - 1].id)

    def _go_next(self) -> None:
        if self.guard is not None and not self.guard(self.step):
            return
        if self._one_page or self._at == len(self._steps) - 1:
            self.set_error("")
            self.finished.emit()
        else:
            self.go_to(self._steps[self._at + 1].id)

    def set_can_go(self, can_go: bool, reason: str = "") -> None:
        """Whether the present step may be left forwards; the reason stands beside the buttons."""
        self._can_go = can_go
        self._why = reason
        self._reason.setText("" if can_go else reason)
        self._show_step()

    def set_busy(self, busy: bool) -> None:
        """While something is done nothing can be pressed."""
        self._busy = busy
        self.cancel.setEnabled(not busy)
        self.close_button.setEnabled(not busy)
        self._show_step()

    def set_error(self, text: str, remedy: str = "") -> None:
        """Shows what went wrong above the form; the buttons come back."""
        if text:
            self.set_busy(False)
            self._error.show_note("error", text, escape(remedy))
            self._scroll.verticalScrollBar().setValue(0)
        self._error.setVisible(bool(text))

    def _first_focus(self) -> QWidget:
        stops = [stop for stop in self._stops() if self.pages.isAncestorOf(stop)]
        return stops[0] if stops else self.next

    def _reading_order(self, stop: QWidget) -> tuple[int, ...]:
        """Part by part, so that Tab does not jump from a field to the steps beside it and back."""
        parts = (self._left, self.pages, self.flat, self.side, self._bottom)
        part = next((place for place, one in enumerate(parts) if one.isAncestorOf(stop)), 0)
        last, *rest = super()._reading_order(stop)
        return (last, part, *rest)

    def _place(self) -> None:
        side = _SIDE if self.width() >= 1056 else 24
        top = _TOP if self.height() >= 720 else 48
        self.card.setGeometry(side, top, self.width() - 2 * side, self.height() - top)
        self._show_side()

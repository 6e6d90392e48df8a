"""The steps of a long flow, one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui.theme import colour, font, paint_icon

STEP_HEIGHT = 64


class StepLike(Protocol):
    """What a step says of itself; `kyok.domain.steps.Step` fits."""

    @property
    def id(self) -> str:
        """Name of the step in code."""

    @property
    def title(self) -> str:
        """Name of the step for people."""

    @property
    def hint(self) -> str:
        """A few words under the title."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow."""

    id: str
    title: str
    hint: str = ""


_STATES = {"current": noted("current"), "done": noted("done"), "to do": noted("to do")}


class ProgressSteps(QWidget):
    """Which steps are done, which one is being done, and which are to come."""

    def __init__(self, steps: Sequence[StepLike] = (), *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._steps: list[StepLike] = []
        self._hints: dict[str, str] = {}
        self._current = ""
        self._done: frozenset[str] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[StepLike]) -> None:
        """Shows other steps."""
        self._steps = list(steps)
        self._hints = {step.id: tr(step.hint) for step in steps}
        self.setFixedHeight(max(1, len(self._steps)) * STEP_HEIGHT)
        self._tell()

    def set_current(self, step_id: str) -> None:
        """Marks the step being done."""
        self._current = step_id
        self._tell()

    def set_done(self, done: Iterable[str]) -> None:
        """Marks the steps that are done."""
        self._done = frozenset(done)
        self._tell()

    def set_hint(self, step_id: str, hint: str) -> None:
        """Changes the words under a title."""
        self._hints[step_id] = hint
        self._tell()

    def _tell(self) -> None:
        parts = [
            tr("{step}: {state}", step=tr(step.title), state=tr(_STATES[self._state(step.id)])) for step in self._steps
        ]
        self.setAccessibleName(tr("Steps. {steps}", steps=", ".join(parts)))
        self.update()

    def _state(self, step_id: str) -> str:
        return "current" if step_id == self._current else "done" if step_id in self._done else "to do"

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        return QSize(208, max(1, len(self._steps)) * STEP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws line, marks and words."""
        painter = QPainter(self)
        for place, step in enumerate(self._steps):
            top = place * STEP_HEIGHT
            state = self._state(step.id)
            thick = 2 if state == "current" else 1
            token = "interactive" if state != "to do" else "borderSubtle01"
            painter.fillRect(0, top, thick, STEP_HEIGHT, colour(token))
            mark = {"current": "incomplete", "done": "checkmark--outline"}.get(state, "circle-dash")
            tint = "interactive" if state != "to do" else "iconPrimary"
            paint_icon(painter, 12, top + 2, mark, tint, 16)
            painter.setFont(font("heading01" if state == "current" else "bodyCompact01"))
            painter.setPen(colour("textPrimary"))
            line = QRect(40, top, self.width() - 40, 20)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, tr(step.title))
            painter.setFont(font("label01"))
            painter.setPen(colour("textHelper"))
            hint = painter.fontMetrics().elidedText(
                self._hints.get(step.id, ""), Qt.TextElideMode.ElideRight, self.width() - 40
            )
            painter.drawText(QRect(40, top + 21, self.width() - 40, 18), Qt.AlignmentFlag.AlignVCenter, hint)
        painter.end()

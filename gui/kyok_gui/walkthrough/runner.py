"""Takes the steps one after the other, a picture of each, and writes down what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit

from kyok.errors import KyokError
from kyok_gui.startup import Console
from kyok_gui.walkthrough.evidence import Evidence
from kyok_gui.walkthrough.pictures import Photographer
from kyok_gui.walkthrough.steps import STEPS, Step
from kyok_gui.walkthrough.story import Story
from kyok_gui.walkthrough.waiting import StepFailed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one step."""

    step: str
    ok: bool
    seconds: float
    evidence: Evidence | None
    pictures: tuple[str, ...]
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        told: dict[str, Any] = {
            "step": self.step,
            "ok": self.ok,
            "seconds": round(self.seconds, 3),
            "evidence": self.evidence.as_dict() if self.evidence is not None else None,
            "picture": self.pictures[0] if self.pictures else None,
        }
        if len(self.pictures) > 1:
            told["pictures"] = list(self.pictures)
        if self.problem:
            told["problem"] = self.problem
        return told


class Runner:
    """One walk."""

    def __init__(self, story: Story, photographer: Photographer, tell: Callable[[Outcome], None]) -> None:
        self._story = story
        self._photographer = photographer
        self._tell = tell
        self.outcomes: list[Outcome] = []

    def run(self, steps: Sequence[Step] = STEPS) -> bool:
        """Takes the steps until one fails; answers whether none did."""
        for step in steps:
            outcome = self._take(step)
            self.outcomes.append(outcome)
            self._tell(outcome)
            if not outcome.ok:
                return False
        return True

    def _take(self, step: Step) -> Outcome:
        began = time.monotonic()
        evidence: Evidence | None = None
        try:
            proof = step.take(self._story)
            evidence, problem = proof.evidence, proof.differs
            seconds = time.monotonic() - began
            pictures = self._photographer.take(step.picture)
            problem = problem or complaint(self._story.console)
        except KyokError as error:
            seconds = time.monotonic() - began
            problem = complaint(self._story.console) or f"{error.summary} {error.remedy}".strip()
            pictures = self._last_picture(step)
        return Outcome(step.name, not problem, seconds, evidence, tuple(pictures), problem)

    def _last_picture(self, step: Step) -> list[str]:
        """How the window stands after a failure."""
        try:
            return self._photographer.take_as_it_is(step.picture)
        except StepFailed:
            return []


def complaint(console: Console) -> str:
    """What the window itself complained of: a notice of a failure, or a fault of the program."""
    report = console.window.findChild(QPlainTextEdit, "crash.report")
    if report is not None:
        return f"The console itself is at fault: {report.toPlainText().strip().splitlines()[-1]}."
    errors = [notice for notice in console.context.notices.history if notice.level == "error"]
    return f"{errors[-1].title} {errors[-1].detail}".strip() if errors else ""

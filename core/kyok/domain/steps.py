"""Step tables: the order of long flows, without any window.

A flow knows its present step and the steps done; the table says where one may go.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kyok.domain.translation import noted


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `title` names it, `hint` says what it is for while it is not done."""

    id: str
    title: str
    hint: str = ""


class StepState(StrEnum):
    """How a step is drawn."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class StepTable:
    """Steps in order. Functions take and return step ids; an unknown id raises KeyError."""

    steps: tuple[Step, ...]

    @property
    def first(self) -> str:
        """Id of the first step."""
        return self.steps[0].id

    @property
    def last(self) -> str:
        """Id of the last step."""
        return self.steps[-1].id

    def step(self, step_id: str) -> Step:
        """The step with this id."""
        return self.steps[self.index(step_id)]

    def index(self, step_id: str) -> int:
        """Position of a step, counted from 0."""
        for position, step in enumerate(self.steps):
            if step.id == step_id:
                return position
        raise KeyError(step_id)

    def next(self, step_id: str) -> str | None:
        """The step after this one; None after the last."""
        position = self.index(step_id) + 1
        return self.steps[position].id if position < len(self.steps) else None

    def back(self, step_id: str) -> str | None:
        """The step before this one; None before the first."""
        position = self.index(step_id)
        return self.steps[position - 1].id if position else None

    def can_go(self, step_id: str, done: Collection[str]) -> bool:
        """Whether one may go to a step: every step before it is done."""
        return all(step.id in done for step in self.steps[: self.index(step_id)])

    def state(self, step_id: str, current: str, done: Collection[str]) -> StepState:
        """How to draw a step."""
        if step_id == current:
            return StepState.CURRENT
        return StepState.DONE if step_id in done else StepState.TODO

    def open_step(self, done: Collection[str]) -> str | None:
        """The first step that is not done; None when all are."""
        return next((step.id for step in self.steps if step.id not in done), None)


AUTHORIZATION = StepTable(
    (
        Step("source", noted("Source"), noted("Choose who may use it")),
        Step("target", noted("Target"), noted("Choose what may be used")),
        Step("role", noted("Role"), noted("Reader role")),
        Step("review", noted("Review"), noted("Check, then Authorize")),
    )
)
"""Manage > Access (IAM) > Authorizations > Create."""

INITIALISE = StepTable(
    (
        Step("units", noted("Crypto units"), noted("All operational units of the instance")),
        Step("administrators", noted("Administrators"), noted("Who signs commands to the units")),
        Step("thresholds", noted("Thresholds"), noted("How many signatures a command needs")),
        Step("master-key", noted("Master key"), noted("Random, made inside the units")),
    )
)
"""Initialising an HPCS instance through its recovery units (`tke auto-init`)."""

RESTORE = StepTable(
    (
        Step("backup", noted("Backup"), noted("Choose what to bring back")),
        Step("key", noted("Root key"), noted("Choose the key of the new instance")),
        Step("instance", noted("New instance"), noted("Name it and check the sizes")),
    )
)
"""Restoring a backup into a new instance."""

START_HERE = StepTable(
    (
        Step("root-key", noted("Create a root key"), noted("In an instance of your own")),
        Step("authorize", noted("Authorize the database"), noted("Let it use the root key")),
        Step("instance", noted("Create the instance"), noted("Three nodes under your key")),
        Step("rehearse", noted("Rehearse deleting a key"), noted("On a copy, then restore a backup")),
    )
)
"""The panel above the resource list, ticked off from what exists."""

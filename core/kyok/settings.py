"""Every setting of cloud and console, declared once: name, type, default, range and what it does.

Cloud settings live in the cloud's database (`/emulator/v1/settings`) and rule what the services do; console settings
live beside the window and never hold a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kyok.domain.translation import noted, tr
from kyok.errors import KyokError


class Scope(StrEnum):
    """Where a setting lives."""

    CLOUD = "cloud"
    CONSOLE = "console"


class BadSetting(KyokError):
    """A value that a setting does not take, or a setting that does not exist. Attribute `setting` names it."""

    summary = "This setting does not take that value."
    remedy = "Choose one of the values that the settings page offers."


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `choices` for texts that are words of a list, `minimum` and `maximum` for numbers."""

    name: str
    kind: type[str] | type[int] | type[bool]
    default: str | int | bool
    title: str
    description: str
    scope: Scope
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    def problem(self, value: object) -> str | None:
        """What is wrong with a value as a sentence, or None."""
        if not isinstance(value, self.kind) or (self.kind is int and isinstance(value, bool)):
            word = {str: tr("text"), int: tr("a whole number"), bool: tr("true or false")}[self.kind]
            return tr("{title} must be {word}.", title=tr(self.title), word=word)
        if self.choices and value not in self.choices:
            return tr("{title} is one of: {choices}.", title=tr(self.title), choices=", ".join(self.choices))
        if self.minimum is not None and isinstance(value, int) and not self._within(value):
            unit = f" {tr(self.unit)}" if self.unit else ""
            return tr(
                "{title} must be from {minimum} to {maximum}{unit}.",
                title=tr(self.title),
                minimum=f"{self.minimum:,}",
                maximum=f"{self.maximum:,}",
                unit=unit,
            )
        return None

    def _within(self, value: int) -> bool:
        low, high = self.minimum, self.maximum
        return (low is None or value >= low) and (high is None or value <= high)


CLOUD_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "deletion_rule",
        str,
        "discard",
        noted("When a root key is deleted"),
        noted(
            "discard: the database service destroys its data key, so the data is lost even if the key is restored. "
            "keep: nodes return when the key is restored."
        ),
        Scope.CLOUD,
        choices=("discard", "keep"),
    ),
    Setting(
        "check_interval_seconds",
        int,
        30,
        noted("Key check interval"),
        noted("How often each node checks its access to the root key."),
        Scope.CLOUD,
        minimum=1,
        maximum=3_600,
        unit=noted("seconds"),
    ),
    Setting(
        "grace_seconds",
        int,
        60,
        noted("Grace period"),
        noted("How long a node runs on when it cannot reach its root key."),
        Scope.CLOUD,
        minimum=0,
        maximum=86_400,
        unit=noted("seconds"),
    ),
    Setting(
        "propagation_delay_seconds",
        int,
        0,
        noted("Propagation delay"),
        noted(
            "How long after a change of a key or an authorization the nodes learn of it. The real service may take up "
            "to four hours."
        ),
        Scope.CLOUD,
        minimum=0,
        maximum=14_400,
        unit=noted("seconds"),
    ),
    Setting(
        "backup_interval_hours",
        int,
        24,
        noted("Backup interval"),
        noted("How often each instance is backed up by itself."),
        Scope.CLOUD,
        minimum=1,
        maximum=168,
        unit=noted("hours"),
    ),
    Setting(
        "activity_retention_days",
        int,
        365,
        noted("Activity kept for"),
        noted(
            "Events older than this are removed, by the cloud's clock. What only they tell, such as who deleted a key, "
            "is no longer known then."
        ),
        Scope.CLOUD,
        minimum=7,
        maximum=3_650,
        unit=noted("days"),
    ),
    Setting(
        "node_driver",
        str,
        "auto",
        noted("Nodes of new instances"),
        noted(
            "Auto takes real PostgreSQL servers on the best volumes that work on this machine, else simulated nodes. "
            "The others name one kind: where it does not work, creating an instance fails and says so."
        ),
        Scope.CLOUD,
        choices=("auto", "gocryptfs", "ram-sealed", "sealed-on-stop", "simulated"),
    ),
    Setting(
        "rotation_limit",
        bool,
        False,
        noted("One rotation an hour"),
        noted("Refuse a second rotation of a key within an hour, as the real service does."),
        Scope.CLOUD,
    ),
)

CONSOLE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        str,
        "white",
        noted("Theme"),
        noted("Colours of the window."),
        Scope.CONSOLE,
        choices=("system", "white", "g10", "g90", "g100"),
    ),
    Setting(
        "row_height",
        str,
        "page",
        noted("Height of table rows"),
        noted("In pixels; page: as each page suggests. Rows with two lines are 16 pixels higher."),
        Scope.CONSOLE,
        choices=("page", "24", "32", "40", "48"),
    ),
    Setting(
        "auto_lock_minutes",
        int,
        0,
        noted("Lock the window"),
        noted("After how long without a key or a movement of the mouse; 0: never."),
        Scope.CONSOLE,
        minimum=0,
        maximum=480,
        unit=noted("minutes"),
    ),
    Setting(
        "first_page",
        str,
        "auto",
        noted("First page"),
        noted(
            "The page on which the console opens. By role: Key health for those who may not create instances, else the "
            "resource list."
        ),
        Scope.CONSOLE,
        choices=("auto", "resources", "key-health"),
    ),
    Setting("geometry", str, "", noted("Window geometry"), noted("Size and place of the window."), Scope.CONSOLE),
    Setting(
        "start_here",
        str,
        "shown",
        noted("Start here"),
        noted("Whether the resource list shows the four first steps."),
        Scope.CONSOLE,
        choices=("shown", "closed"),
    ),
    Setting(
        "side_navigation",
        str,
        "open",
        noted("Side navigation"),
        noted("Whether the side navigation is open or a rail of icons."),
        Scope.CONSOLE,
        choices=("open", "rail"),
    ),
)

SETTINGS: Mapping[str, Setting] = {setting.name: setting for setting in CLOUD_SETTINGS + CONSOLE_SETTINGS}


def defaults(scope: Scope) -> dict[str, Any]:
    """Every setting of a scope with its default."""
    return {setting.name: setting.default for setting in SETTINGS.values() if setting.scope is scope}


def checked(scope: Scope, values: Mapping[str, object]) -> dict[str, Any]:
    """The values, when all of them are settings of the scope and good. Raises `BadSetting`."""
    for name, value in values.items():
        setting = SETTINGS.get(name)
        if setting is None or setting.scope is not scope:
            raise BadSetting(tr("There is no setting “{name}”.", name=name[:40]), setting=name)
        problem = setting.problem(value)
        if problem:
            raise BadSetting(problem, setting=name)
    return dict(values)

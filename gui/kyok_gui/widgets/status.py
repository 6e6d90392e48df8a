"""States of nodes, keys and instances: word, icon and colour, in this one place.

The tables are those of the mock-ups' README. Icon, shape and word always stand together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui.widgets.basics import Icon, Text
from kyok_gui.widgets.signals import drop_unused_signals


@dataclass(frozen=True, slots=True)
class Status:
    """A state as it is shown."""

    noted_word: str
    icon: str
    token: str

    @property
    def word(self) -> str:
        """The word in the language of the window."""
        return tr(self.noted_word)

    def saying(self, word: str) -> Status:
        """The same state with other words, as in "3 of 3 connected"."""
        return replace(self, noted_word=word)


KEY_STATUS = {
    "default key": Status(noted("Default key"), "locked", "iconSecondary"),
    "connected": Status(noted("Connected"), "checkmark--filled", "supportSuccess"),
    "disabled": Status(noted("Disabled"), "pause--outline--filled", "supportCautionMajor"),
    "not authorized": Status(noted("Not authorized"), "error--filled", "supportError"),
    "not connected": Status(noted("Not connected"), "warning--alt--filled", "supportWarning"),
    "deleted": Status(noted("Deleted"), "misuse--outline", "supportError"),
    "checking": Status(noted("Checking"), "in-progress", "supportInfo"),
}
"""Key status of a node, by the words of `kyok.domain`."""

NODE_STATE = {
    "running": Status(noted("Running"), "checkmark--outline", "supportSuccess"),
    "stopped": Status(noted("Stopped"), "stop--filled--alt", "iconSecondary"),
    "creating": Status(noted("Creating"), "in-progress", "supportInfo"),
    "restarting": Status(noted("Restarting"), "in-progress", "supportInfo"),
    "scaling": Status(noted("Scaling"), "in-progress", "supportInfo"),
    "failed": Status(noted("Failed"), "warning--diamond-fill", "supportError"),
    "disabled": Status(noted("Disabled"), "stop--filled--alt", "iconSecondary"),
    "deleted": Status(noted("Deleted"), "misuse--outline", "iconSecondary"),
    "removed": Status(noted("Removed"), "misuse--outline", "iconSecondary"),
}
"""State of a node."""

KEY_STATE = {
    "pre active": Status("Pre-active", "circle-dash", "supportInfo"),
    "active": Status(noted("Active"), "checkmark--filled", "supportSuccess"),
    "suspended": Status(noted("Suspended"), "pause--outline--filled", "supportCautionMajor"),
    "deactivated": Status(noted("Deactivated"), "warning--diamond-fill", "supportCautionMajor"),
    "destroyed": Status(noted("Destroyed"), "misuse--outline", "supportError"),
}
"""State of a key."""

_KEY_STATE_NUMBERS = {0: "pre active", 1: "active", 2: "suspended", 3: "deactivated", 5: "destroyed"}

INSTANCE_STATE = {
    "active": Status(noted("Active"), "checkmark--filled", "supportSuccess"),
    "running": Status(noted("Running"), "checkmark--filled", "supportSuccess"),
    "inactive": Status(noted("Inactive"), "circle-dash", "iconSecondary"),
    "not initialized": Status(noted("Not initialized"), "circle-dash", "iconSecondary"),
    "provisioned": Status(noted("Active"), "checkmark--filled", "supportSuccess"),
    "provisioning": Status(noted("Provisioning"), "in-progress", "supportInfo"),
    "pre provisioning": Status(noted("Provisioning"), "in-progress", "supportInfo"),
    "restoring": Status(noted("Restoring"), "in-progress", "supportInfo"),
    "pending removal": Status(noted("Being removed"), "in-progress", "supportInfo"),
    "creating": Status(noted("Creating"), "in-progress", "supportInfo"),
    "in progress": Status(noted("In progress"), "in-progress", "supportInfo"),
    "stopped": Status(noted("Stopped"), "stop--filled--alt", "iconSecondary"),
    "disabling": Status(noted("Being disabled"), "in-progress", "supportInfo"),
    "disabled": Status(noted("Disabled"), "stop--filled--alt", "iconSecondary"),
    "deleted": Status(noted("Deleted"), "misuse--outline", "iconSecondary"),
    "degraded": Status(noted("Degraded"), "warning--alt--filled", "supportWarning"),
    "failed": Status(noted("Failed"), "warning--diamond-fill", "supportError"),
    "pending reclamation": Status(noted("Pending reclamation"), "time", "supportCautionMajor"),
    "removed": Status(noted("Removed"), "misuse--outline", "iconSecondary"),
    "reclaimed": Status(noted("Reclaimed"), "misuse--outline", "iconSecondary"),
}
"""State of a service instance."""

OUTCOMES = {
    "success": Status(noted("Success"), "checkmark--filled", "supportSuccess"),
    "failure": Status(noted("Failed"), "error--filled", "supportError"),
    "failed": Status(noted("Failed"), "error--filled", "supportError"),
    "pending": Status(noted("Pending"), "in-progress", "supportInfo"),
}
"""Outcome of an activity event."""

LEVELS = {
    "good": Status(noted("Good"), "checkmark--filled", "supportSuccess"),
    "info": Status(noted("Information"), "information--filled", "supportInfo"),
    "warning": Status(noted("Warning"), "warning--alt--filled", "supportWarning"),
    "error": Status(noted("Error"), "error--filled", "supportError"),
}
"""Levels of verdicts, notes and toasts."""

DONE = Status(noted("Done"), "checkmark--filled", "supportSuccess")
NOW = Status(noted("In progress"), "incomplete", "interactive")
NONE_YET = Status(noted("Not yet"), "circle-dash", "iconSecondary")
"""A step that is done, the step being done, and a step that has not begun."""


def _found(table: dict[str, Status], word: str) -> Status:
    known = table.get(word.lower().replace("-", " ").replace("_", " "))
    return (
        known
        if known is not None
        else Status(word[:1].upper() + word[1:].replace("_", " "), "information--filled", "iconSecondary")
    )


def key_status(word: str) -> Status:
    """Key status of a node."""
    return _found(KEY_STATUS, word)


def node_state(word: str) -> Status:
    """State of a node."""
    return _found(NODE_STATE, word)


def key_state(state: int | str) -> Status:
    """State of a key, by number or word."""
    return _found(KEY_STATE, _KEY_STATE_NUMBERS[int(state)] if isinstance(state, int) else state)


def instance_state(word: str) -> Status:
    """State of a service instance."""
    return _found(INSTANCE_STATE, word)


def outcome(word: str) -> Status:
    """Outcome of an activity event."""
    return _found(OUTCOMES, word)


class StatusLabel(QWidget):
    """A state: icon, then word. `lg` is the large word of tiles; long words that `wrap` go on below."""

    def __init__(
        self, status: Status = NONE_YET, *, size: str = "md", name: str = "", tone: str = "primary", wrap: bool = False
    ) -> None:
        super().__init__()
        drop_unused_signals(self)
        large = size == "lg"
        style = {"lg": "status", "sm": "label01"}.get(size, "bodyCompact01")
        self._icon = Icon(status.icon, status.token, 24 if large else 16)
        self.word = Text("", style, tone, wrap=wrap)
        self.status = status
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12 if large else 8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.word, 1, Qt.AlignmentFlag.AlignVCenter)
        if name:
            self.setObjectName(name)
        self.set_status(status)

    def set_status(self, status: Status, word: str | None = None) -> None:
        """Shows another state, in its own word or in these."""
        self.status = status if word is None else status.saying(word)
        self._icon.set_icon(self.status.icon, self.status.token)
        if self.word.words() != self.status.word:
            self.word.setText(self.status.word)
        self.setAccessibleName(self.status.word)

    def set_tone(self, tone: str) -> None:
        """Changes the colour of the word."""
        self.word.set_tone(tone)

    def words(self) -> str:
        """The word shown."""
        return self.status.word

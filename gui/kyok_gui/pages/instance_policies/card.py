"""What every card has: what the policy says, what a change means, since when it is so, and its own Save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kyok.domain.translation import noted, tr
from kyok_gui.times import at
from kyok_gui.widgets import Button, InlineNote, Text, Tile, escape

if TYPE_CHECKING:
    from kyok.client.records.key_policies import InstancePolicy
    from kyok.errors import KyokError

Value = tuple[bool, dict[str, Any]]
"""Whether the policy holds, and its attributes."""
NEVER = noted("Never set: the service's own rule holds.")


class PolicyCard(Tile):
    """One policy of an instance. Subclasses put their controls into `fields`."""

    save_wanted = Signal()

    def __init__(self, policy: str, heading: str, words: str, meaning: str, *, name: str) -> None:
        super().__init__(heading=heading, name=f"policies.{name}", padding=24)
        self.policy = policy
        self.name = name
        self._known: Value | None = None
        self._sent: Value | None = None
        """What is being saved."""
        self.body.addWidget(Text(words, "bodyCompact01", "secondary", wrap=True))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(8)
        self.fields.setContentsMargins(0, 8, 0, 8)
        self.body.addLayout(self.fields)
        self.meaning = Text(meaning, "helperText01", "helper", wrap=True, name=f"policies.{name}.meaning")
        self.body.addWidget(self.meaning)
        self._problem = InlineNote("error", "", name=f"policies.{name}.problem", compact=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addSpacing(8)
        self.save = Button(tr("Save policy"), "primary", name=f"policies.{name}.save")
        self.save.clicked.connect(self.save_wanted)
        self._since = Text("", "label01", "secondary", wrap=True, name=f"policies.{name}.since")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.save)
        row.addWidget(self._since, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    # what subclasses do ---------------------------------------------------------

    def wanted(self) -> Value:
        """What the controls say."""
        raise NotImplementedError

    def show_value(self, enabled: bool, attributes: Mapping[str, Any]) -> None:
        """Sets the controls."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why what the controls say cannot be saved, or nothing."""
        return ""

    # what the page does ---------------------------------------------------------

    def show_policy(self, policy: InstancePolicy | None, who: str) -> None:
        """Shows what is in force; what a person has changed and not saved yet stays."""
        untouched = self._known is None or self.wanted() == self._known
        if untouched:
            data = policy.data if policy is not None else None
            self.show_value(data.enabled if data is not None else False, data.attributes if data is not None else {})
            self._known = self.wanted()
        elif policy is not None:
            self._known = self._value_of(policy)
        since = at(policy.updated_at) if policy is not None and policy.updated_at is not None else ""
        self._last = (
            (tr("Saved {since} by {who}.", since=since, who=who) if who else tr("Saved {since}.", since=since))
            if since
            else tr(NEVER)
        )
        self.edited()

    def _value_of(self, policy: InstancePolicy) -> Value:
        """What the controls would say of this policy."""
        now = self.wanted()
        self.show_value(policy.data.enabled, policy.data.attributes)
        known = self.wanted()
        self.show_value(*now)
        return known

    def edited(self, *_: object) -> None:
        """A control was changed: the button comes on when there is something to save."""
        if self._known is None:
            return
        changed = self.wanted() != self._known
        problem = self.problem() if changed else tr("Nothing is changed.")
        self.save.set_enabled_because(not problem, problem)
        unsaved = problem or tr("Changed, not saved yet.")
        self._since.setText(unsaved if changed else tr("{last} Nothing is changed.", last=self._last))

    @property
    def unsaved(self) -> bool:
        """Whether the controls say something else than what is being saved or, while nothing is, what is in force."""
        held = self._sent or self._known
        return held is not None and self.wanted() != held

    def give_up(self) -> None:
        """The controls say again what is in force, or is about to be."""
        held = self._sent or self._known
        if held is not None:
            self._problem.hide()
            self.show_value(*held)
            self.edited()

    def sending(self) -> Value:
        """What the controls say is being saved."""
        self._sent = self.wanted()
        self.save.set_enabled_because(False, tr("It is being saved."))
        return self._sent

    def saved(self) -> None:
        """What was being saved is in force now."""
        self._problem.hide()
        self._known, self._sent = self._sent, None

    def refused(self, error: KyokError) -> None:
        """Says in the card why it was not saved."""
        self._sent = None
        self._problem.show_note("error", error.summary, escape(error.remedy))
        self._problem.show()
        self.edited()

"""An authorization that is being changed: as it was read, and what somebody else changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyok.domain.translation import tr
from kyok_gui.pages.access.draft import Draft, differences
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.rows import author

if TYPE_CHECKING:
    from kyok.client.records.access import Policy


class Editing:
    """`base` carries the ETag with which a change is sent; `began` is what it said."""

    def __init__(self, base: Policy, began: Draft) -> None:
        self.base = base
        self.began = began

    def overtaken(self, fresh: Policy, facts: AccessFacts) -> tuple[str, str]:
        """Takes what it says now; answers what happened, and what saving again would do."""
        who = author(fresh, facts) or tr("Somebody")
        if not fresh.grant.active:
            return (
                tr("{who} removed this authorization meanwhile.", who=who),
                tr("What you entered is still here. Restore it under Recently removed first, then save again."),
            )
        now, before = Draft.of_policy(fresh.grant), self.began
        self.base = fresh
        if now is None:
            lines = tr("It now has values that this form does not show.")
        else:
            self.began = now
            lines = ". ".join(differences(before, now, facts)) or tr("Its values are the same again")
        return (
            tr(
                "{who} changed this authorization meanwhile. Nothing of yours is lost, and nothing was saved yet.",
                who=who,
            ),
            tr("{lines}. Save again to put your values in their place, or cancel to leave theirs.", lines=lines),
        )

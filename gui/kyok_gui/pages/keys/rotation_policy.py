"""Edit key rotation policy: a generated root key rotates by itself every few months."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.key_states import ROTATION_MONTH
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.form import FormDialog
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.times import day
from kyok_gui.widgets import NumberField, Text, Toggle

if TYPE_CHECKING:
    from kyok.client.records.keys import Key, RotationRule

MONTHS = (1, 12)
_FIRST_MONTHS = 3


def next_rotation(key: Key, months: int) -> datetime | None:
    """When the key rotates next: so many months of 30 days after it was made or rotated last."""
    last = key.rotated_at or key.created_at
    return last + months * ROTATION_MONTH if last is not None else None


def next_words(key: Key, months: int, now: datetime) -> str:
    """`Next rotation 22 Feb 2027`, or that it is due."""
    moment = next_rotation(key, months)
    if moment is None:
        return ""
    return tr("Next rotation on {day}.", day=day(moment)) if moment > now else tr("The first rotation is due at once.")


class RotationPolicyDialog(FormDialog):
    """A switch, and every how many months."""

    def __init__(self, row: KeyRow, rule: RotationRule | None, path: str, now: datetime) -> None:
        super().__init__(tr("Edit key rotation policy"), row.name, path=path, name="keys.rotation-policy", width=640)
        self._key, self._now = row.key, now
        self._before = (rule is not None and rule.enabled, (rule.months if rule is not None else 0) or _FIRST_MONTHS)
        self.switch = self.add_widget(
            Toggle(tr("Key rotation"), name="keys.rotation-policy.on", checked=self._before[0])
        )
        self.months = self.add_widget(
            NumberField(
                tr("Months between rotations"),
                name="keys.rotation-policy.months",
                minimum=MONTHS[0],
                maximum=MONTHS[1],
                value=self._before[1],
                unit=tr("months"),
            )
        )
        self._next = self.add_widget(
            Text("", "bodyCompact01", "secondary", wrap=True, name="keys.rotation-policy.next")
        )
        self.first = self.switch
        self.switch.toggled.connect(self._look)
        self.months.changed.connect(self._look)
        self.set_accept(tr("Save policy"), "save")
        self._look()

    def wanted(self) -> tuple[bool, int]:
        """On or off, and the months."""
        return self.switch.isChecked(), self.months.value()

    def _look(self, *_: object) -> None:
        on, months = self.wanted()
        self.months.setEnabled(on)
        words = tr("Off: the key rotates only when somebody rotates it.")
        if on:
            rest = tr(
                "A month counts 30 days. Nothing stops at a rotation: databases wrap their data keys again "
                "by themselves."
            )
            words = f"{next_words(self._key, months, self._now)} {rest}"
        changed = (on, months) != self._before if on else on != self._before[0]
        self._next.setText(words if changed else f"{words} {tr('Nothing is changed yet.')}")
        self.set_ready(changed, tr("Nothing is changed."))
        self.refit()


def saved_words(on: bool, months: int) -> str:
    """What the notice says."""
    if not on:
        return tr("rotates only by hand.")
    if months == 1:
        return tr("rotates every month.")
    return tr("rotates every {months}.", months=plural(months, "month"))

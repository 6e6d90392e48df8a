"""Change key ring: for one key or for several."""

from __future__ import annotations

from collections.abc import Sequence

from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.form import FormDialog
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.widgets import Choice, SelectField

_WORDS = noted("Who has access to the new key ring has access to the key then, and nobody else. Nothing stops.")
_LONG = 8


class MoveDialog(FormDialog):
    """Asks for the key ring."""

    def __init__(self, rows: Sequence[KeyRow], rings: Sequence[str], path: str) -> None:
        one = len(rows) == 1
        title = rows[0].name if one else plural(len(rows), "key")
        super().__init__(tr("Change key ring"), title, path=path, name="keys.move", width=640)
        now = {row.key.ring for row in rows}
        here = (
            tr("Now in key ring {ring}.", ring=next(iter(now)))
            if len(now) == 1
            else tr("Now in {count} key rings.", count=len(now))
        )
        self.add_text(f"{here} {tr(_WORDS)}")
        choices = [
            Choice(ring, ring, reason=tr("The keys are in it") if {ring} == now else "") for ring in sorted(rings)
        ]
        self.field = self.add_widget(
            SelectField(tr("Key ring"), name="keys.move.ring", choices=choices, placeholder=tr("Choose a key ring"))
        )
        self.first = self.field
        self.field.chosen.connect(lambda _: self._look())
        self.set_accept(tr("Change key ring"), "keychain")
        if len(rings) < 2:
            self.field.set_blocked(tr("There is no other key ring"))
            self.field.set_helper(tr("Create one on the Key rings page first."))
        self._look()

    def _look(self) -> None:
        self.set_ready(bool(self.field.value()), tr("Choose a key ring."))

"""Edit key aliases: up to five other names of a key, unique within the instance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyok.domain.key_fields import ALIASES_PER_KEY, aliases_problem
from kyok.domain.texts import listed
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.form import FormDialog, aliases_in
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.widgets import TextField

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.domain.crn import Crn

_RULES = noted("Letters, digits, - and _. Unique in this instance, upper and lower case differ.")


class AliasDialog(FormDialog):
    """One line of aliases with commas; says at each stroke what is left and what is wrong."""

    def __init__(self, row: KeyRow, path: str, *, removing: str = "") -> None:
        """`removing`: why the signed-in person may not take aliases away, if so."""
        super().__init__(tr("Edit key aliases"), row.name, path=path, name="keys.aliases", width=640)
        self._before = row.key.aliases
        self._removing = removing
        self.add_text(tr("Wherever a key ID is asked for, an alias does too."))
        self.field = self.add_widget(
            TextField(tr("Key aliases, separated by commas"), name="keys.aliases.names", value=", ".join(self._before))
        )
        self.first = self.field
        self.field.changed.connect(self._look)
        self.field.submitted.connect(self._accept)
        self.set_accept(tr("Save"), "save")
        self._look()

    def wanted(self) -> tuple[str, ...]:
        """The aliases that the key shall have."""
        return aliases_in(self.field.value())

    def _look(self) -> None:
        wanted = self.wanted()
        problem = aliases_problem(wanted) or ""
        gone = [alias for alias in self._before if alias not in wanted]
        if not problem and gone and self._removing:
            problem = tr("{names} cannot be taken away. {reason}.", names=listed(gone), reason=self._removing)
        same = set(wanted) == set(self._before)
        count = tr("{count} of {most}.", count=len(wanted), most=ALIASES_PER_KEY)
        self.field.set_helper(" ".join([count, tr(_RULES), *([tr("Nothing is changed yet.")] if same else [])]))
        self.field.set_error(problem)
        self.set_ready(not problem and not same, problem or tr("Nothing is changed."))
        self.refit()


def alias_changes(before: Sequence[str], wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which aliases go and which come. Going comes first: a key may have five at every moment."""
    return tuple(one for one in before if one not in wanted), tuple(one for one in wanted if one not in before)


def save_aliases(api: CloudApi, instance: Crn, row: KeyRow, wanted: Sequence[str]) -> None:
    """Makes the aliases of a key what is wanted. A refusal in the middle leaves what was done before it."""
    gone, new = alias_changes(row.key.aliases, wanted)
    for alias in gone:
        api.keys.remove_alias(instance, row.id, alias)
    for alias in new:
        api.keys.add_alias(instance, row.id, alias)

"""Create and delete key rings."""

from __future__ import annotations

from collections.abc import Collection

from kyok.domain.key_fields import DEFAULT_KEY_RING, KEY_RINGS_MAX, key_ring_problem
from kyok.domain.services import HS_CRYPTO
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui.pages.key_rings.rows import RingRow
from kyok_gui.pages.keys.form import FormDialog
from kyok_gui.widgets import Dialog, TextField

_FREE = 5
_HELP = noted("2 to 100 letters, digits and dashes. It cannot be renamed later.")


def name_problem(name: str, taken: Collection[str]) -> str:
    """What is wrong with the name of a new key ring, or nothing."""
    if name in taken:
        return tr("There is a key ring {name} already.", name=name)
    return key_ring_problem(name) or ""


class CreateRing(FormDialog):
    """Asks for the name, and says while it is typed what is wrong with it."""

    def __init__(self, path: str, service: str, taken: Collection[str]) -> None:
        super().__init__(tr("Key rings"), tr("Create a key ring"), path=path, name="key-rings.create-dialog", width=640)
        self._taken = taken
        self.add_text(tr("A key ring groups keys, so that access can be given to these keys and to no others."))
        self.field = self.add_widget(
            TextField(tr("Key ring ID"), name="key-rings.id", placeholder="ledger", helper=tr(_HELP))
        )
        self.first = self.field
        if service == HS_CRYPTO:
            self.add_effect(
                "information--filled",
                "supportInfo",
                tr("At the real service key rings can cost money"),
                tr(
                    "Key rings and EP11 keystores together: {free} are free, each further one is about 225 "
                    "USD a month.",
                    free=_FREE,
                ),
            )
        self.field.changed.connect(lambda _: self._look())
        self.field.submitted.connect(self._accept)
        self.set_accept(tr("Create key ring"), "add")
        self._look()

    def _look(self) -> None:
        name = self.field.value().strip()
        problem = name_problem(name, self._taken)
        if len(self._taken) > KEY_RINGS_MAX:
            problem = tr(
                "An instance has at most {most} key rings besides {ring}.",
                most=KEY_RINGS_MAX,
                ring=DEFAULT_KEY_RING,
            )
        self.field.set_error(problem if name else "")
        self.set_ready(not problem, problem)
        self.refit()


def deletion(row: RingRow, path: str) -> Dialog:
    """Asks before a key ring is deleted; says what becomes of destroyed keys in it."""
    dialog = Dialog(tr("Delete key ring"), row.id, path=path, name="key-rings.delete", width=640)
    dialog.add_effect(
        "trash-can",
        "iconPrimary",
        tr("The key ring {id} is gone, no key is lost", id=row.id),
        tr("Access that was given for this key ring reaches nothing any more."),
    )
    if row.destroyed:
        one = row.destroyed == 1
        dialog.add_effect(
            "keychain",
            "iconSecondary",
            (
                tr(
                    "{keys} moves to {ring}",
                    keys=plural(row.destroyed, "destroyed key"),
                    ring=DEFAULT_KEY_RING,
                )
                if one
                else tr(
                    "{keys} move to {ring}",
                    keys=plural(row.destroyed, "destroyed key"),
                    ring=DEFAULT_KEY_RING,
                )
            ),
            tr("There they can be restored and purged as before, by those who have access to that key ring."),
        )
        dialog.add_tick(
            tr("Move it to {ring}", ring=DEFAULT_KEY_RING) if one else tr("Move them to {ring}", ring=DEFAULT_KEY_RING)
        )
    dialog.set_accept(tr("Delete key ring"), "trash-can", danger=True)
    return dialog

"""What is lost, and what comes: asked before everything is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.names import unseen_problem
from kyok.domain.translation import noted, tr
from kyok.secrets import Secret
from kyok_gui.pages.emulator.snapshots import holds
from kyok_gui.times import at
from kyok_gui.widgets import Dialog, PasswordField, TextField, escape

if TYPE_CHECKING:
    from kyok.client.records.states import ScenarioContent, Snapshot
    from kyok_gui.pages.emulator.presenter import Present

SHORTEST = 12
"""Characters of a passphrase, as for the seal of a data folder."""
_BACK = noted("Only a snapshot or an export that you made before can bring them back.")
_TICK = noted("Replace everything that is here")


def _losses(dialog: Dialog, present: Present, *, keeps_people: bool = False) -> None:
    parts = [
        tr(
            "{instances} with {keys}",
            instances=texts.plural(present.key_services, "key service instance"),
            keys=texts.plural(present.keys, "key"),
        ),
        tr(
            "{instances} with all data and backups",
            instances=texts.plural(present.databases, "database instance"),
        ),
    ]
    if present.key_services or present.databases:
        title, text = (
            tr("Lost: {parts}", parts=texts.listed(parts)),
            tr("Authorizations, users, faults and the activity log go too."),
        )
    else:
        title, text = (
            tr("Lost: users, authorizations, faults and the activity log"),
            tr("There is no instance to lose."),
        )
    dialog.add_effect("error--filled", "supportError", title, f"{text} {tr(_BACK)}")


def loading(title: str, comes: ScenarioContent, present: Present) -> Dialog:
    """Asks before a scenario is loaded."""
    dialog = Dialog(tr("Load scenario"), title, path=tr("Emulator / Scenarios"), name="emulator.load")
    _losses(dialog, present)
    made = [
        *([texts.plural(comes.key_services, "key service instance")] if comes.key_services else []),
        *([texts.plural(comes.keys, "key")] if comes.keys else []),
        *([texts.plural(comes.databases, "database instance")] if comes.databases else []),
        *([texts.plural(comes.users, "user")] if comes.users else []),
    ]
    some = bool(comes.key_services or comes.databases)
    words = texts.listed(made) if some else tr("an empty account")
    ahead = tr(" The clock is {hours} hours ahead.", hours=f"{comes.forward_hours:g}") if comes.forward_hours else ""
    many = comes.keys > 2_000 or comes.databases > 40
    wait = tr(" This takes up to a minute.") if many else ""
    dialog.add_effect(
        "add", "iconPrimary", tr("Made anew: {words}", words=words), f"{comes.summary}{ahead}{wait}".strip()
    )
    dialog.add_tick(tr(_TICK))
    dialog.set_accept(tr("Load scenario"), "play", danger=True)
    return dialog


def resetting(present: Present) -> Dialog:
    """Asks before the account is emptied."""
    dialog = Dialog(tr("Reset"), tr("Back to an empty account"), path=tr("Emulator"), name="emulator.reset.ask")
    _losses(dialog, present)
    dialog.add_effect(
        "information--filled",
        "supportInfo",
        tr("What stays"),
        tr("The account, its administrator with his API keys, and the snapshots. The clock goes back to wall time."),
    )
    dialog.add_tick(tr(_TICK))
    dialog.set_accept(tr("Reset"), "trash-can", danger=True)
    return dialog


def returning(snapshot: Snapshot, present: Present) -> Dialog:
    """Asks before a snapshot takes the place of everything."""
    dialog = Dialog(tr("Return to snapshot"), snapshot.name, path=tr("Emulator / Snapshots"), name="emulator.return")
    _losses(dialog, present)
    clock = tr(" The cloud's clock goes back to {clock}.", clock=at(snapshot.clock)) if snapshot.clock else ""
    dialog.add_effect(
        "undo",
        "iconPrimary",
        tr("Back again: {holds}", holds=holds(snapshot)),
        tr("Everything is as it was then.{clock}", clock=clock),
    )
    dialog.add_tick(tr(_TICK))
    dialog.set_accept(tr("Return"), "undo", danger=True)
    return dialog


def deleting(snapshot: Snapshot) -> Dialog:
    """Asks before a snapshot is destroyed."""
    dialog = Dialog(tr("Delete snapshot"), snapshot.name, path=tr("Emulator / Snapshots"), name="emulator.delete")
    dialog.add_effect(
        "warning--alt--filled",
        "supportWarning",
        tr("You cannot return to it any more"),
        tr("What exists now is not touched. Keys that were purged since are gone for good with it."),
    )
    dialog.set_accept(tr("Delete snapshot"), "trash-can", danger=True)
    return dialog


class NameDialog(Dialog):
    """Asks how a snapshot or a scenario is to be called."""

    def __init__(self, label: str, title: str, text: str, *, name: str, accept: str, value: str) -> None:
        super().__init__(label, title, path=tr("Emulator"), name=name, width=560)
        self.add_text(text)
        self.field = self.add_widget(TextField(tr("Name"), name=f"{name}.name", value=value))
        self.field.changed.connect(lambda _: self._check())
        self.field.submitted.connect(self._accept)
        self.set_accept(accept, "save")
        self._check()

    def _check(self) -> None:
        problem = (unseen_problem(tr("name"), self.value) if self.value else tr("Give it a name.")) or ""
        self.field.set_error(problem)
        self.set_ready(not problem, problem)

    @property
    def value(self) -> str:
        """The name."""
        return self.field.value().strip()


class CarryDialog(Dialog):
    """Export or import: where the file is, and the passphrase that seals it. What was typed is wiped at the end."""

    def __init__(self, way: str, path: Path, present: Present | None = None) -> None:
        exports = way == "export"
        title = tr("Export the whole state") if exports else tr("Import a whole state")
        super().__init__(title, path.name, path=str(path.parent), name=f"emulator.{way}", width=640)
        self._exports = exports
        name = f"emulator.{way}"
        if present is not None:
            _losses(self, present)
        self.add_text(escape(tr(_EXPORT_TEXT) if exports else tr(_IMPORT_TEXT)))
        helper = tr("At least {shortest} characters; several words are best.", shortest=SHORTEST) if exports else ""
        self.passphrase = self.add_widget(PasswordField(tr("Passphrase"), name=f"{name}.passphrase", helper=helper))
        self.again: PasswordField | None = None
        if exports:
            self.again = self.add_widget(PasswordField(tr("Passphrase again"), name=f"{name}.again"))
            self.again.changed.connect(lambda _: self._check())
        else:
            self.add_tick(tr(_TICK))
        self.passphrase.changed.connect(lambda _: self._check())
        self.reason = self.add_text("", "secondary")
        self.set_accept(
            tr("Export") if exports else tr("Import"), "export" if exports else "upload", danger=not exports
        )
        self._check()

    def _check(self) -> None:
        problem = self._problem()
        self.set_ready(not problem, problem)
        self.reason.set_html(escape(problem))
        self.reason.setVisible(bool(problem))

    def _problem(self) -> str:
        typed = self.passphrase.value()
        if not typed:
            return tr("Type the passphrase.")
        if self.again is None:
            return ""
        if len(typed) < SHORTEST:
            return tr("The passphrase needs {shortest} characters.", shortest=SHORTEST)
        return "" if self.again.value() == typed else tr("The two passphrases are not the same.")

    def taken(self) -> Secret:
        """The passphrase, as something that can be wiped; the fields forget it."""
        secret = Secret(self.passphrase.value())
        self.forget()
        return secret

    def forget(self) -> None:
        """Wipes what was typed."""
        self.passphrase.wipe()
        if self.again is not None:
            self.again.wipe()


_EXPORT_TEXT = noted(
    "One file with everything: database, crypto units and the nodes' sealed volumes, under this passphrase alone. "
    "Deleted keys and API keys are left out. Keys that you purge later stay readable in this file for whoever has "
    "it and the passphrase. Nobody can recover a lost passphrase. Nodes stop for a moment."
)
_IMPORT_TEXT = noted(
    "The file is opened and proved first: if it is damaged, or the passphrase is wrong, nothing changes. "
    "This console stays signed in as the administrator of what is imported."
)

"""The dialogs of API keys: making and editing one, its value shown once, and deleting."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kyok.client.decode import rfc3339
from kyok.domain.translation import noted, tr
from kyok_gui.pages.identity.api_key_rows import ApiKeyRow
from kyok_gui.widgets import CopyField, Dialog, Text, TextField

if TYPE_CHECKING:
    from kyok.client.api_keys import ApiKey, NewApiKey
    from kyok.secrets import Secret

LABEL = noted("API key")
NAME_MAX = 255
_NO_NAME = noted("Give it a name first.")


class KeyForm(Dialog):
    """Name and description."""

    def __init__(self, title: str, accept: str, icon: str, *, path: str, name: str, key: ApiKey | None = None) -> None:
        super().__init__(tr(LABEL), title, path=path, name=name, width=560)
        first, second = (key.name, key.description) if key is not None else ("", "")
        helper = tr("What will use the key")
        self.key_name = self.add_widget(
            TextField(tr("Name"), name=f"{name}.name", value=first, helper=helper, on="tile")
        )
        described = TextField(tr("Description (optional)"), name=f"{name}.description", value=second, on="tile")
        self.description = self.add_widget(described)
        self.key_name.edit.setMaxLength(NAME_MAX)
        self.description.edit.setMaxLength(1000)
        self.key_name.changed.connect(self._check)
        self.set_accept(accept, icon)
        self._check()

    def _check(self, *_: object) -> None:
        self.set_ready(bool(self.key_name.value().strip()), tr(_NO_NAME))

    def values(self) -> tuple[str, str]:
        """Name and description."""
        return self.key_name.value().strip(), self.description.value().strip()

    def _first_focus(self) -> QWidget:
        return self.key_name.edit


class ValueOnce(Dialog):
    """The value of a new key: copied or saved now, never shown again."""

    def __init__(self, new: NewApiKey, *, path: str, save: Callable[[NewApiKey], object]) -> None:
        super().__init__(
            tr(LABEL), tr("{name} is created", name=new.key.name), path=path, name="api-keys.value", width=640
        )
        self._value: Secret = new.value
        self.add_effect(
            "warning--alt--filled",
            "supportWarning",
            tr("Copy or download the value now"),
            tr("The cloud keeps a digest of it only: it cannot be shown again. Whoever has it can sign in as you."),
        )
        self.field = self.add_widget(
            CopyField(new.value.text(), name="api-keys.value.text", accessible=tr("API key"), lines=True, on="layer02")
        )
        self.saved = self.add_widget(Text("", "label01", "secondary", wrap=True, name="api-keys.value.saved"))
        self.saved.hide()
        self.set_second(tr("Download"), "download")
        self.second.connect(lambda: save(new))
        self.cancel.hide()
        self.set_accept(tr("Close"))
        self.accepted.connect(self.dismiss)
        self.gone.connect(self.forget)

    def show_saved(self, words: str) -> None:
        """Says where the file is."""
        self.saved.setText(words)
        self.saved.setVisible(bool(words))
        self.refit()

    def forget(self) -> None:
        """Nothing of the value stays."""
        self.field.set_text("")
        self._value.wipe()


def deletion(row: ApiKeyRow, *, path: str) -> Dialog:
    """Asks before a key is deleted."""
    dialog = Dialog(tr("Delete API key"), row.key.name, path=path, name="api-keys.delete", width=560)
    dialog.add_effect(
        "error--filled",
        "supportError",
        tr("Nobody can sign in with it any more"),
        tr(
            "Scripts and programs that use it are refused from their next sign-in on. Access tokens that they have "
            "already live for one hour at most."
        ),
    )
    dialog.add_effect(
        "undo", "iconPrimary", tr("How to come back"), tr("Not at all: make another key, and give it to them.")
    )
    dialog.set_accept(tr("Delete"), "trash-can", danger=True)
    return dialog


def file_of(new: NewApiKey) -> bytes:
    """The file as IBM's console gives it."""
    body = {
        "name": new.key.name,
        "description": new.key.description,
        "createdAt": rfc3339(new.key.created_at) if new.key.created_at is not None else "",
        "apiKey": new.value.text(),
    }
    return (json.dumps(body, indent=2) + "\n").encode()

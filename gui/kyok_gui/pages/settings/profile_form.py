"""The form of a new profile: an emulated cloud at an address, or IBM Cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kyok.client.profiles import KnownProfile, ProfileRefused
from kyok.domain.translation import tr
from kyok.secrets import Secret
from kyok_gui.profile_switch import ProfileSwitch, Tried
from kyok_gui.widgets import (
    Button,
    CheckBox,
    Choice,
    Dialog,
    InlineNote,
    PasswordField,
    RadioGroup,
    Text,
    TextField,
    escape,
)

if TYPE_CHECKING:
    from kyok.errors import KyokError


class ProfileForm(Dialog):
    """Nothing is kept before Save; the API key is wiped from the form whatever comes out."""

    kept = Signal(str)

    def __init__(self, switch: ProfileSwitch) -> None:
        super().__init__(tr("Settings"), tr("Add a profile"), name="profile-form", width=640)
        self._switch = switch
        self._kind = self.add_widget(RadioGroup(tr("Which cloud"), _kinds(), name="profile-form.kind", value="url"))
        self._title_field = self.add_widget(TextField(tr("Name"), name="profile-form.name"))
        self._url = self.add_widget(
            TextField(tr("Address"), name="profile-form.url", placeholder="http://127.0.0.1:8080", mono=True)
        )
        self._key = self.add_widget(PasswordField(tr("API key"), name="profile-form.key"))
        self._ask = self.add_widget(
            CheckBox(tr("Do not keep the API key: ask for it at each start"), name="profile-form.ask")
        )
        self._outcome = self.add_widget(InlineNote("info", "", name="profile-form.outcome", compact=True))
        self._try = self.add_widget(
            Button(tr("Test the connection"), "tertiary", name="profile-form.try", icon="connection-signal")
        )
        self._reason_line = self.add_widget(Text("", "helperText01", "helper", wrap=True, name="profile-form.why"))
        self._outcome.hide()
        self.set_accept(tr("Save"), "save")
        self._no_keyring: str | None = None
        self._connect()
        self._show_kind()
        self._show_keeping()
        switch.look_for_keyring(self._keyring_found, self)

    def _connect(self) -> None:
        self._kind.chosen.connect(self._show_kind)
        for field in (self._title_field, self._url, self._key):
            field.changed.connect(self._changed)
        self._ask.toggled.connect(self._show_keeping)
        self._ask.toggled.connect(self._changed)
        self._try.clicked.connect(self._test)
        self.accepted.connect(self._save)
        self.rejected.connect(self._key.wipe)

    def _keyring_found(self, problem: str | None) -> None:
        self._no_keyring = problem
        self._show_keeping()

    def _show_keeping(self, *_: object) -> None:
        """Where the API key will be, said before it is typed."""
        if self._ask.isChecked():
            words = tr("Not kept: the console asks for it when the profile is used.")
        elif self._no_keyring:
            words = tr("{problem}: let the console ask for the API key at each start.", problem=self._no_keyring)
        else:
            words = tr("Kept in the keyring of the operating system, and in no file.")
        self._key.set_helper(words)
        self._settle_later()

    def _changed(self, *_: object) -> None:
        """What was said of the draft before is no longer about this one."""
        self._outcome.hide()
        self._judge()

    def _show_kind(self, *_: object) -> None:
        real = self._kind.value() == "ibm-cloud"
        self._url.setVisible(not real)
        if not self._title_field.value() or self._title_field.value() == "IBM Cloud":
            self._title_field.set_value("IBM Cloud" if real else "")
        self._changed()

    def _judge(self, *_: object) -> None:
        missing = [
            word
            for word, value in (
                (tr("a name"), self._title_field.value().strip()),
                (tr("an address"), self._kind.value() == "ibm-cloud" or self._url.value().strip()),
                (tr("the API key"), self._key.value()),
            )
            if not value
        ]
        reason = tr("Give {what} first.", what=missing[0]) if missing else ""
        needs_key = reason if not self._ask.isChecked() or missing[:1] != [tr("the API key")] else ""
        self.set_ready(not needs_key, needs_key)
        self._try.set_enabled_because(not reason, reason)
        self._reason_line.setText(reason)
        self._reason_line.setVisible(bool(reason))
        self._settle_later()

    def _settle_later(self) -> None:
        """The card is as high as what it shows now."""
        if self.isVisible():
            self._settle()

    # testing and saving -----------------------------------------------------------

    def _draft(self) -> KnownProfile | None:
        try:
            return self._switch.drafted(
                self._kind.value(), self._title_field.value(), self._url.value(), ask_key=self._ask.isChecked()
            )
        except ProfileRefused as error:
            self._say("error", error.summary, error.remedy)
            return None

    def _secret(self) -> Secret:
        return Secret(bytearray(self._key.value().strip().encode()))

    def _test(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        self._wait(True)
        key = self._secret()

        def done(found: Tried) -> None:
            key.wipe()
            self._wait(False)
            words = tr("Signed in as {person}, account {account}.", person=found.person, account=found.account)
            self._say("good", tr("The connection works"), words)

        def failed(error: KyokError) -> None:
            key.wipe()
            self._wait(False)
            self._say("error", error.summary, error.remedy)

        self._switch.try_it(draft, key, done, failed)

    def _save(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        self._wait(True)
        key = self._secret()

        def done() -> None:
            key.wipe()
            self._key.wipe()
            self.dismiss()
            self.kept.emit(draft.name)

        def failed(error: KyokError) -> None:
            key.wipe()
            self._wait(False)
            self._say("error", error.summary, error.remedy)

        self._switch.keep(draft, key, done, failed)

    def _wait(self, busy: bool) -> None:
        self.set_busy(busy)
        self._try.setEnabled(not busy)
        if not busy:
            self._judge()

    def _say(self, level: str, title: str, text: str) -> None:
        self._outcome.show_note(level, title, escape(text))
        self._outcome.show()
        self._settle_later()

    def _first_focus(self) -> QWidget:
        return self._title_field.edit


def _kinds() -> list[Choice]:
    return [
        Choice(
            "url",
            tr("Emulated cloud at an address"),
            tr("Another “kyok serve”, with all that this window does"),
        ),
        Choice(
            "ibm-cloud",
            tr("IBM Cloud"),
            tr("A real account, read only: its Key Protect instances and its authorizations, nothing more"),
        ),
    ]

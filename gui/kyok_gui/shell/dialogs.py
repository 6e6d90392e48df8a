"""Dialogs of the window itself: passphrase, shortcuts, about, leaving, and the report of a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kyok import __version__
from kyok.client.errors import NotSignedIn
from kyok.client.profiles import KnownProfile
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.context import CloudFacts
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.dialog import Dialog, loss_dialog
from kyok_gui.widgets.fields import PasswordField, TextArea


class PassphraseDialog(Dialog):
    """Asks for the passphrase of the data folder; a new one is asked for twice."""

    given = Signal(object)

    def __init__(self, wanted: KyokError, *, new: bool) -> None:
        title = tr("Choose a passphrase") if new else tr("Passphrase")
        from kyok.client.local_cloud import PASSPHRASE_MINIMUM

        self._least = PASSPHRASE_MINIMUM
        super().__init__(tr("Data folder"), title, name="passphrase", width=560)
        self._new = new
        words = (
            tr(
                "The cloud inside this console seals everything it keeps. No working keyring was found, so the seal "
                "needs a passphrase. It cannot be reset: without it the data folder stays closed."
            )
            if new
            else wanted.summary
        )
        again = bool(getattr(wanted, "again", False))
        if not again:
            self.add_widget(Text(words, "body01", "secondary", wrap=True))
        self.field = self.add_widget(PasswordField(tr("Passphrase"), name="passphrase.field"))
        self.repeat: PasswordField | None = None
        if new:
            self.repeat = self.add_widget(PasswordField(tr("The same once more"), name="passphrase.repeat"))
            self.repeat.changed.connect(self._judge)
            self.repeat.submitted.connect(self._accept)
            self.repeat.edit.editingFinished.connect(self._judge_whole)
        elif again:
            self.field.set_error(f"{wanted.summary} {wanted.remedy}".strip())
        self.set_accept(tr("Set the passphrase") if new else tr("Open"), "locked" if new else "unlocked")
        self.field.changed.connect(self._judge)
        self.field.submitted.connect(self._accept)
        self.accepted.connect(self._give)
        self._judge()

    def _judge(self) -> None:
        text = self.field.value()
        if self.repeat is None:
            self.set_ready(bool(text), tr("Type the passphrase first."))
            return
        long_enough = len(text) >= self._least
        same = text == self.repeat.value()
        self.field.set_checks([(tr("{least} characters or more", least=self._least), long_enough)])
        self.repeat.set_checks([(tr("Both are the same"), same and bool(text))])
        self._say_differs(not text.startswith(self.repeat.value()))  # what is its beginning may become the same
        self.set_ready(long_enough and same, tr("Type the same passphrase twice."))

    def _judge_whole(self) -> None:
        """The second entry is not being typed any more: a beginning is not enough."""
        if self.repeat is not None:
            self._say_differs(bool(self.repeat.value()) and self.repeat.value() != self.field.value())

    def _say_differs(self, differs: bool) -> None:
        if self.repeat is not None:
            self.repeat.set_error(tr("The two entries are not the same. Type the passphrase again.") if differs else "")

    def _give(self) -> None:
        secret = Secret(bytearray(self.field.value().encode()))
        self.field.wipe()
        if self.repeat is not None:
            self.repeat.wipe()
        self.dismiss()
        self.given.emit(secret)

    def _first_focus(self) -> QWidget:
        return self.field.edit


class ApiKeyDialog(Dialog):
    """Asks for the API key of a profile."""

    given = Signal(object)

    def __init__(self, profile: KnownProfile | None, wanted: KyokError) -> None:
        super().__init__(tr("Profile"), profile.name if profile is not None else "", name="api-key", width=560)
        if isinstance(wanted, NotSignedIn):
            self.set_error(wanted.summary, wanted.remedy)
        else:
            self.add_widget(Text(f"{wanted.summary} {wanted.remedy}", "body01", "secondary", wrap=True))
        self.field = self.add_widget(PasswordField(tr("API key"), name="api-key.field"))
        self.set_accept(tr("Connect"), "unlocked")
        self.field.changed.connect(self._judge)
        self.field.submitted.connect(self._accept)
        self.accepted.connect(self._give)
        self._judge()

    def _judge(self) -> None:
        self.set_ready(bool(self.field.value()), tr("Type the API key first."))

    def _give(self) -> None:
        secret = Secret(bytearray(self.field.value().strip().encode()))
        self.field.wipe()
        self.dismiss()
        self.given.emit(secret)

    def _first_focus(self) -> QWidget:
        return self.field.edit


def about_dialog(facts: CloudFacts) -> Dialog:
    """What this is, and what it is not."""
    made = Dialog(tr("About"), tr("KYOK Console {version}", version=__version__), name="about", width=560)
    made.add_text(
        tr(
            "A desktop console with its own cloud inside, for databases encrypted under keys that you control. "
            "Everything runs on this machine; nothing is sent anywhere."
        )
    )
    made.add_text(
        tr(
            "This is not an IBM product. IBM's names describe what is mirrored. Icons and theme: Carbon, Apache "
            "License 2.0. Fonts: IBM Plex, SIL Open Font License 1.1. The console itself: Apache License 2.0."
        )
    )
    if facts.url:
        made.add_text(
            tr(
                "Emulated cloud {version} at {url}; database nodes: {node_driver}.",
                version=facts.version,
                url=facts.url,
                node_driver=facts.node_driver,
            )
        )
    _only_close(made)
    return made


def crash_dialog(report: str, copied: Callable[[], object]) -> Dialog:
    """A fault of the program, with a report that can be copied. It holds no values, so no secrets."""
    made = Dialog(tr("Fault"), tr("Something in the console went wrong"), name="crash", width=672)
    made.add_text(tr("What you were doing may not have happened. The cloud is not affected. You can go on working."))
    area = TextArea(tr("Report, without any of your data"), name="crash.report", value=report, rows=10, mono=True)
    area.edit.setReadOnly(True)
    made.add_widget(area)

    def copy() -> None:
        QGuiApplication.clipboard().setText(report)
        copied()
        made.dismiss()

    made.set_accept(tr("Copy the report"), "copy")
    made.accepted.connect(copy)
    made.cancel.setText(tr("Close"))
    return made


def leave_dialog(title: str, lost: str) -> Dialog:
    """Asks whether a page may be left though what was entered there would be lost; staying is the safe answer."""
    return loss_dialog(
        title, tr("Leave this page?"), f"{lost} {tr('If you leave this page, that is lost.')}", tr("Leave")
    )


def _only_close(dialog: Dialog) -> None:
    dialog.cancel.setText(tr("Close"))
    dialog.accept_button.hide()

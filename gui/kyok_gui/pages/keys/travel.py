"""How imported material travels: in the request as it is, or encrypted for an import token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.client.secure_import import SHA_1, algorithm_of
from kyok.domain.translation import noted, tr
from kyok_gui.widgets import Choice, RadioGroup, Text

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.secure_import import SealedMaterial
    from kyok.domain.crn import Crn
    from kyok.secrets import Secret

PLAIN, TOKEN = "plain", "token"
ENFORCED = noted("The instance policy enforces secure import")
ONLY_ROOT = noted("Standard keys cannot be imported with a token")
_WORDS = {
    PLAIN: noted(
        "The material stands in the request as base64 text. Only the connection protects it: whoever reads "
        "the request where the connection ends, as in a proxy or a log, has the key."
    ),
    TOKEN: noted(
        "The service makes a key pair for this import, which can take some seconds. This window encrypts the "
        "material for it, in memory, and sends only that: on the way nobody can read it. What the window "
        "held is wiped after it was sent, as far as Python can."
    ),
}
_HOW = {
    True: noted("For Hyper Protect Crypto Services: RSA-OAEP with SHA-1, the proof with AES-CBC."),
    False: noted("For Key Protect: RSA-OAEP with SHA-256, the proof with AES-GCM."),
}


class Travel(QWidget):
    """The choice, with what it protects from in plain words."""

    changed = Signal()

    def __init__(self, service: str, *, name: str) -> None:
        super().__init__()
        self._how = tr(_HOW[algorithm_of(service) == SHA_1])
        self._standard = self._enforced = False
        self._group = RadioGroup(
            tr("How the material travels"),
            [
                Choice(PLAIN, tr("In the request"), tr("Protected by the connection alone")),
                Choice(TOKEN, tr("Encrypted with an import token"), tr("Readable by the service alone")),
            ],
            name=name,
            value=PLAIN,
        )
        self._text = Text("", "helperText01", "helper", wrap=True, name=f"{name}.words")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._group)
        column.addWidget(self._text)
        self._group.chosen.connect(self._show)
        self._show()

    @property
    def sealed(self) -> bool:
        """Whether the material is encrypted with an import token."""
        return self._group.value() == TOKEN

    def set_standard(self, standard: bool) -> None:
        """The material of standard keys cannot be encrypted with a token."""
        self._standard = standard
        self._restrict()

    def set_enforced(self, enforced: bool) -> None:
        """The instance takes material only with a token."""
        self._enforced = enforced
        self._restrict()

    def problem(self) -> str:
        """Why nothing can be imported in either way, or nothing."""
        return f"{tr(ENFORCED)}. {tr(ONLY_ROOT)}." if self._enforced and self._standard else ""

    def _restrict(self) -> None:
        self._group.set_off(TOKEN, tr(ONLY_ROOT) if self._standard else "")
        self._group.set_off(PLAIN, tr(ENFORCED) if self._enforced else "")
        if self._enforced and not self._standard:
            self._group.set_value(TOKEN)
        elif self._standard:
            self._group.set_value(PLAIN)
        self._show()

    def _show(self, *_: object) -> None:
        words = tr(_WORDS[self._group.value()])
        if self.sealed:
            words = f"{words} {self._how}"
        self._text.setText(self.problem() or words)
        self.changed.emit()


def for_travel(api: CloudApi, instance: Crn, material: Secret, *, sealed: bool) -> Secret | SealedMaterial:
    """The material as it is sent; a token is made for it where it is wanted. Runs in a worker."""
    if not sealed:
        return material
    from kyok.client.secure_import import seal

    return seal(material, api.import_tokens.fresh(instance), instance.service)

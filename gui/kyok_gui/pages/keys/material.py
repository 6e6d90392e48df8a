"""Key material on its way from a person to the cloud: read from a file or pasted, checked, handed over once, wiped."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain import key_fields
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok.secrets import Secret, wipe
from kyok_gui.widgets import Button, Choice, PasswordField, RadioGroup, TextField

FILE_LIMIT = 16 * 1024
"""Bytes read from a file at most: more than the largest material of a standard key as base64 text."""
_BLANKS = b" \t\r\n\v\f"

FROM_FILE, PASTED = "file", "paste"


class MaterialProblem(Exception):
    """What is wrong with a file or a text, as a sentence. It never quotes the material."""


def read_material(path: str, *, standard: bool) -> Secret:
    """The decoded material of a file. Raises `MaterialProblem`."""
    with Secret(_read_limited(path)) as text:
        return decoded(text, standard=standard, raw_hint=True)


def _read_limited(path: str) -> bytearray:
    place = Path(path).expanduser()
    if not place.is_file():
        raise MaterialProblem(
            tr("This is a folder. Choose the file.") if place.is_dir() else tr("There is no such file.")
        )
    room = bytearray(FILE_LIMIT + 1)
    try:
        with place.open("rb", buffering=0) as file:
            size = file.readinto(room) or 0
    except OSError as error:
        raise MaterialProblem(
            tr("The file cannot be read: {strerror}.", strerror=os.strerror(error.errno or 0).lower())
        ) from None
    if size > FILE_LIMIT:
        wipe(room)
        raise MaterialProblem(tr("The file is larger than any key material. Choose the file that holds only the key."))
    del room[size:]
    return room


def decoded(text: bytearray, *, standard: bool, raw_hint: bool = False) -> Secret:
    """The material that base64 text stands for. Raises `MaterialProblem`. The text itself stays the caller's."""
    compact = text.translate(None, _BLANKS)
    try:
        material = key_fields.decode_base64(compact) if compact else None
        if not compact:
            raise MaterialProblem(tr("The file is empty.") if raw_hint else tr("Key material is missing."))
    finally:
        wipe(compact)
    if material is None:
        if raw_hint and len(text) in key_fields.ROOT_MATERIAL_SIZES:
            raise MaterialProblem(
                tr(
                    "The file holds {count} raw bytes. “openssl base64 -A -in FILE” makes base64 text of it.",
                    count=len(text),
                )
            )
        raise MaterialProblem(key_fields.material_text_problem(b"?") or "")
    problem = key_fields.material_problem(material, standard=standard)
    if problem is not None:
        wipe(material)
        raise MaterialProblem(problem)
    return Secret(material)


def size_sentence(size: int, *, standard: bool) -> str:
    """What good material is: `32 bytes, an AES-256 key`."""
    return (
        tr("{bytes}, ready to send", bytes=plural(size, "byte"))
        if standard
        else tr("{size} bytes, an AES-{bits} key", size=size, bits=size * 8)
    )


class MaterialField(QWidget):
    """Asks for key material from a file or pasted, and says at once whether it is right."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._standard = False
        self._from_file: Secret | None = None
        self._touched = False
        self._way = RadioGroup(
            tr("Key material"),
            [
                Choice(FROM_FILE, tr("From a file"), tr("Base64 text, as “openssl rand -base64 32” writes it")),
                Choice(PASTED, tr("Paste it"), tr("Hidden while you type; wiped after it is sent")),
            ],
            name=f"{name}.way",
            value=FROM_FILE,
        )
        self._path = TextField(tr("File"), name=f"{name}.file", placeholder=tr("Path of the file"))
        self._browse = Button(tr("Browse"), "tertiary", name=f"{name}.browse", icon="upload")
        self._paste = PasswordField(tr("Key material, base64"), name=f"{name}.paste")
        self._file_box = QWidget()
        self._lay_out()
        self._way.chosen.connect(self._show_way)
        self._browse.clicked.connect(self._ask_file)
        self._path.changed.connect(self._look_again)
        self._paste.changed.connect(self._look_again)
        self._path.submitted.connect(self.submitted)
        self._paste.submitted.connect(self.submitted)
        self._show_way()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._file_box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._path, 1)
        button = QVBoxLayout()
        button.setContentsMargins(0, 20, 0, 0)
        button.addWidget(self._browse)
        button.addStretch(1)
        line.addLayout(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._way, self._file_box, self._paste):
            column.addWidget(part)

    # what is given --------------------------------------------------------------

    @property
    def from_file(self) -> bool:
        """Whether a file is asked for."""
        return self._way.value() == FROM_FILE

    @property
    def given(self) -> bool:
        """Whether a file is named or something is pasted."""
        return bool((self._path if self.from_file else self._paste).value().strip())

    def set_standard(self, standard: bool) -> None:
        """Which rule the material must meet: that of root keys or that of standard keys."""
        if standard != self._standard:
            self._standard = standard
            self._look(quiet=not self._touched)

    def problem(self) -> str:
        """What is wrong, shown at the field too; nothing when the material can be sent."""
        self._touched = True
        return self._look()

    def take(self) -> Secret | None:
        """The material, handed over: the field keeps nothing. None when there is no good material."""
        if self._look():
            return None
        if self.from_file:
            material, self._from_file = self._from_file, None
        else:
            material = self._pasted()
        self.wipe()
        return material

    def wipe(self) -> None:
        """Forgets what was read or typed."""
        if self._from_file is not None:
            self._from_file.wipe()
            self._from_file = None
        self._touched = False
        for field in (self._path, self._paste):
            field.edit.blockSignals(True)
        self._paste.wipe()
        self._path.set_value("")
        for field in (self._path, self._paste):
            field.edit.blockSignals(False)
            field.set_error("")
            field.set_note("", "iconPrimary", "")

    # checking -------------------------------------------------------------------

    def _look_again(self) -> None:
        self._look()

    def _look(self, *, quiet: bool = False) -> str:
        field: TextField = self._path if self.from_file else self._paste
        given = bool(field.value().strip())
        problem, size = "", 0
        try:
            size = self._size()
        except MaterialProblem as error:
            problem = str(error)
        shown = problem if (given or self._touched) and not quiet else ""
        field.set_error(shown)
        good = "" if problem else size_sentence(size, standard=self._standard)
        field.set_note("checkmark--filled", "supportSuccess", good)
        self.changed.emit()
        return problem

    def _size(self) -> int:
        if self.from_file:
            if self._from_file is not None:
                self._from_file.wipe()
                self._from_file = None
            if not self._path.value().strip():
                raise MaterialProblem(tr("Choose the file that holds the key material."))
            self._from_file = read_material(self._path.value().strip(), standard=self._standard)
            return len(self._from_file)
        pasted = self._pasted()
        size = len(pasted)
        pasted.wipe()
        return size

    def _pasted(self) -> Secret:
        with Secret("".join(self._paste.value().split())) as text:
            return decoded(text, standard=self._standard)

    # choosing -------------------------------------------------------------------

    def _show_way(self) -> None:
        self._file_box.setVisible(self.from_file)
        self._paste.setVisible(not self.from_file)
        other = self._paste if self.from_file else self._path
        self.setFocusProxy(self._path if self.from_file else self._paste)
        other.set_error("")
        if self.from_file:
            self._paste.wipe()
        self.changed.emit()

    def _ask_file(self) -> None:
        path = choose_file(self)
        if path:
            self.set_file(path)

    def set_file(self, path: str) -> None:
        """Reads this file."""
        self._way.set_value(FROM_FILE)
        self._show_way()
        self._path.set_value(path)


def choose_file(parent: QWidget) -> str:
    """Asks the system for a file; empty when the person changed their mind."""
    return QFileDialog.getOpenFileName(parent, tr("File with key material"), str(Path.home()))[0]

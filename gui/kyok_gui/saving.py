"""Writing what the console shows to a file that a person chose."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kyok.domain.translation import tr
from kyok.errors import KyokError


class NotSaved(KyokError):
    """The file could not be written."""

    summary = "The file could not be written."
    remedy = "Choose another folder."


def choose_file(parent: QWidget, title: str, name: str) -> Path | None:
    """Asks where a file is to be kept; None when the person changed their mind."""
    chosen = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name))[0]
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Asks for a folder; None when the person changed their mind."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(chosen) if chosen else None


def save_private(file: Path, content: bytes | bytearray) -> None:
    """As `save`, readable by its owner alone, also where a file of that name was there."""
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as opened:
            os.fchmod(opened.fileno(), 0o600)
            opened.write(content)
    except OSError as error:
        reason = (error.strerror or tr("it is not possible")).lower()
        raise NotSaved(tr("{file} could not be written: {reason}.", file=file, reason=reason)) from error


def save(file: Path, content: bytes) -> None:
    """Writes a file; runs in a worker. Raises `NotSaved`."""
    save_parts(file, (content,))


def save_parts(file: Path, parts: Iterable[bytes]) -> None:
    """Writes a file piece by piece, for what is too long to be held at once. Raises `NotSaved`."""
    try:
        with file.open("wb") as out:
            for part in parts:
                out.write(part)
    except OSError as error:
        reason = (error.strerror or tr("it is not possible")).lower()
        raise NotSaved(tr("{file} could not be written: {reason}.", file=file, reason=reason)) from error


class NotRead(KyokError):
    """The file could not be read."""

    summary = "The file could not be read."
    remedy = "Choose another file."


def read(file: Path) -> bytes:
    """The content of a file that a person chose; runs in a worker. Raises `NotRead`."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = (error.strerror or tr("it is not possible")).lower()
        raise NotRead(tr("{file} could not be read: {reason}.", file=file, reason=reason)) from error

"""What the window remembers: declared once, kept in an ini file of the home, never a secret."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from kyok.settings import CONSOLE_SETTINGS

SETTINGS = {setting.name: setting for setting in CONSOLE_SETTINGS}
"""Every setting of the window, as `kyok.settings` declares it."""


_TABLES = "tables"


class SettingsStore(QObject):
    """Reads and writes the window's settings."""

    changed = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A folder that cannot be made is the cloud's to complain about; the window then forgets its settings.
        with contextlib.suppress(OSError):
            for folder in (file.parent.parent, file.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ini = QSettings(str(file), QSettings.Format.IniFormat)

    def value(self, name: str) -> str:
        """One setting; a bad value in the file counts as none, an unknown name is a fault of the program."""
        setting = SETTINGS[name]
        kept = self._ini.value(name, setting.default)
        return str(setting.default if setting.problem(kept) else kept)

    def number(self, name: str) -> int:
        """A setting that is a number; a bad one in the file counts as none."""
        setting = SETTINGS[name]
        kept = str(self._ini.value(name, setting.default))
        number = int(kept) if kept.isdecimal() else int(setting.default)
        return int(setting.default) if setting.problem(number) else number

    def set_number(self, name: str, value: int) -> None:
        """Remembers a number."""
        if self.number(name) != value:
            self._ini.setValue(SETTINGS[name].name, value)
            self.changed.emit(name)

    def set(self, name: str, value: str) -> None:
        """Remembers a setting."""
        if self.value(name) != value:
            self._ini.setValue(SETTINGS[name].name, value)
            self.changed.emit(name)

    def table(self, name: str) -> str:
        """How a person arranged the table of this name, as `TableLayout` wrote it; nothing when never arranged."""
        return str(self._ini.value(f"{_TABLES}/{name}", ""))

    def set_table(self, name: str, layout: str) -> None:
        """Remembers how a table is arranged; nothing forgets it."""
        if layout == self.table(name):
            return
        if layout:
            self._ini.setValue(f"{_TABLES}/{name}", layout)
        else:
            self._ini.remove(f"{_TABLES}/{name}")
        self.changed.emit(f"{_TABLES}/{name}")

    @property
    def theme(self) -> str:
        """The theme wished for; an unknown one counts as white."""
        return self.value("theme")

    @theme.setter
    def theme(self, name: str) -> None:
        self.set("theme", name)

    @property
    def geometry(self) -> QByteArray:
        """The window's geometry as Qt saved it."""
        return QByteArray.fromBase64(self.value("geometry").encode())

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self.set("geometry", bytes(value.toBase64().data()).decode())

    def save(self) -> None:
        """Writes the file now."""
        self._ini.sync()

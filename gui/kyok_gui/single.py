"""One console for each home: a second start raises the first.

A lock says who has the place; the second start writes into a file that the first one watches. (A local socket would
do as well, and load the network library for it: 10 ms of the start and 3 MB.)
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

_WORD = b"raise\n"
_OPEN = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


class SingleInstance(QObject):
    """Holds the place of the one console of a home; its two files are in the home's folder of settings."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._call = folder / "console.call"
        self._lock = QLockFile(str(folder / "console.lock"))
        self._lock.setStaleLockTime(0)
        self._watcher: QFileSystemWatcher | None = None

    def claim(self) -> bool:
        """Takes the place; False when another console has it, which is then raised.

        The lock of a console that was killed is taken over. A folder that cannot be written is the cloud's to
        complain about; two consoles do no harm there.
        """
        with contextlib.suppress(OSError):
            for folder in (self._folder.parent, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return not self._write(_WORD, os.O_APPEND)
        if self._write(b"", os.O_TRUNC):
            self._watcher = QFileSystemWatcher([str(self._call)], self)
            self._watcher.fileChanged.connect(lambda _: self.called.emit())
        return True

    def _write(self, word: bytes, how: int) -> bool:
        try:
            number = os.open(self._call, _OPEN | how, 0o600)
        except OSError:
            return False
        with os.fdopen(number, "wb") as file:
            file.write(word)
        return True

    def give_up(self) -> None:
        """Leaves the place."""
        if self._watcher is not None:
            self._watcher.removePaths(self._watcher.files())
        self._lock.unlock()

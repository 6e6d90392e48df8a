"""Opening psql in a terminal of the desktop, where there is one. No password is handed over: psql asks for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kyok.domain.translation import tr
from kyok.errors import KyokError

_TERMINALS = (
    ("x-terminal-emulator", "-e"),
    ("gnome-terminal", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "-x"),
    ("mate-terminal", "-x"),
    ("kitty", "-e"),
    ("alacritty", "-e"),
    ("xterm", "-e"),
)
"""Programs, and what stands before the command that one is to run."""
_SCRIPT = '"$1" "$2" || { printf "\\n%s " "$3"; read -r _; }'
"""Keeps the window open when psql could not connect: else nobody could read why."""
_KEPT_BACK = ("KYOK_API_KEY", "PGPASSWORD")


class TerminalNotOpened(KyokError):
    """The terminal program did not start."""

    summary = "The terminal could not be opened."
    remedy = "Copy the command and run it in a terminal of your own."


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal program of this desktop, and the psql that it is to run; all are paths."""

    program: str
    flag: str
    psql: str

    def arguments(self, conninfo: str) -> list[str]:
        """What the program is started with."""
        ended = tr("psql has ended. Press Enter to close this window.")
        return [self.flag, "sh", "-c", _SCRIPT, "psql", self.psql, conninfo, ended]


def find_terminal(
    which: Callable[[str], str | None] = shutil.which, environment: Mapping[str, str] = os.environ
) -> Terminal | None:
    """The first terminal found; None without a desktop, without a terminal, or without psql."""
    psql = which("psql")
    if psql is None or not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    for name, flag in _TERMINALS:
        program = which(name)
        if program is not None:
            return Terminal(program, flag, psql)
    return None


def open_psql(terminal: Terminal, conninfo: str) -> None:
    """Opens a terminal with psql in it and does not wait for it. Raises `TerminalNotOpened`."""
    from PySide6.QtCore import QProcess, QProcessEnvironment

    environment = QProcessEnvironment.systemEnvironment()
    for name in _KEPT_BACK:
        environment.remove(name)
    process = QProcess()
    process.setProgram(terminal.program)
    process.setArguments(terminal.arguments(conninfo))
    process.setProcessEnvironment(environment)
    started: object = process.startDetached()  # some versions of PySide6 answer the process id too
    if not (started[0] if isinstance(started, tuple) else started):
        raise TerminalNotOpened()

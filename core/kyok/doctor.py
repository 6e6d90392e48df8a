"""`kyok doctor`: what is missing on this machine, and the exact line that cures it."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kyok.errors import KyokError
from kyok.paths import Home
from kyok.secrets import probe_keyring

if TYPE_CHECKING:
    from kyok.postgres.binaries import Candidate

MIB = 1024 * 1024
MEMORY = Path("/dev/shm")  # noqa: S108 - asked for its size only
SIMULATED = "Nodes are simulated until there is one."
DISPLAYS = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
ROOM_NEEDED = 256 * MIB
"""Bytes that a home should have left: below it, provisioning a database may fail half way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `cure` is the line to run, empty when all is well."""

    subject: str
    ok: bool
    says: str
    cure: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)

    def line(self) -> str:
        """For people."""
        text = f"{'ok     ' if self.ok else 'missing'} {self.subject}: {self.says}"
        return f"{text}\n        cure: {self.cure}" if self.cure else text


def examine(home: Path) -> list[Finding]:
    """Looks at Python, the window's libraries, the data folder, the disk, the keyring and what nodes need."""
    checks: tuple[Callable[[], Finding], ...] = (
        _python,
        _window,
        lambda: _folder(home),
        lambda: _room(home),
        _keyring,
    )
    return [*(check() for check in checks), *_displays(), *_nodes(), _volumes()]


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", good, f"{version}", "" if good else "apt-get install python3 python3-venv")


def _window() -> Finding:
    if importlib.util.find_spec("PySide6") is None:
        return Finding("window", False, "PySide6 is not installed", "pip install PySide6-Essentials")
    import subprocess

    code = "from PySide6 import QtWidgets, QtSvg, QtNetwork"
    # A child: a missing system library can abort the process that imports it.
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    if result.returncode == 0:
        return Finding("window", True, "Qt's libraries load")
    said = result.stderr.strip().splitlines()
    return Finding("window", False, said[-1] if said else "Qt does not load", "python packaging/system_libraries.py")


def _displays() -> list[Finding]:
    """Whether there is a display, and the libraries that a window on either kind needs: one may come later."""
    on = {name: bool(os.environ.get(variable)) for name, variable in DISPLAYS.items()}
    if sys.platform != "linux" or any(on.values()):
        first = Finding("display", True, "there is one")
    else:
        first = Finding("display", True, "none here; `kyok demo` and `kyok serve` work without one")
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations or sys.platform != "linux":
        return [first]
    plugins = Path(spec.submodule_search_locations[0]) / "Qt" / "plugins"
    return [first, *(_plugin(name, plugins, needed=needed) for name, needed in on.items())]


def _plugin(platform: str, plugins: Path, *, needed: bool) -> Finding:
    """The libraries of one platform plugin; what is missing is a failure where there is such a display."""
    from kyok.qt_libraries import PLUGINS_FOR, install_line, lacking, packages_for

    subject = f"window on {platform}"
    libraries = lacking([plugins / name for name in PLUGINS_FOR[platform] if (plugins / name).exists()])
    if not libraries:
        return Finding(subject, True, "the libraries of Qt's plugin load")
    packages, _unknown = packages_for(libraries)
    says = f"Qt's plugin lacks {', '.join(libraries)}"
    return Finding(subject, not needed, says, install_line(packages) if packages else "")


def _folder(home: Path) -> Finding:
    try:
        Home(home).prepare()
    except KyokError as error:
        return Finding("data folder", False, f"{home}: {error.summary}", error.remedy)
    return Finding("data folder", True, f"{home} can be written")


def _room(home: Path) -> Finding:
    free = shutil.disk_usage(home if home.exists() else home.anchor).free
    says = f"{free // MIB} MiB free"
    if free >= ROOM_NEEDED:
        return Finding("room on the disk", True, says)
    return Finding("room on the disk", False, says, "free some space, or choose another folder with --home")


def _keyring() -> Finding:
    problem = probe_keyring()
    if problem is None:
        return Finding("keyring", True, "the operating system's keyring works and keeps the sealing secret")
    return Finding("keyring", True, f"{problem}; a passphrase seals the data folder instead")


def _nodes() -> list[Finding]:
    """The account for servers, the PostgreSQL that is used, and those that are not usable."""
    from kyok.postgres.account import server_account
    from kyok.postgres.binaries import survey
    from kyok.postgres.errors import NoServerAccount

    try:
        account = server_account()
    except NoServerAccount as error:
        return [
            Finding("server account", False, f"{error.summary} {SIMULATED}", error.remedy),
            Finding("PostgreSQL", False, f"not tried, there is no account for it. {SIMULATED}"),
        ]
    who = f"database servers run as {account.name}"
    candidates = list(survey(account))
    return [Finding("server account", True, who), *_postgres(candidates)]


def _postgres(candidates: "list[Candidate]") -> list[Finding]:
    used = next((each.binaries for each in candidates if each.binaries is not None), None)
    if used is None:
        first = Finding("PostgreSQL", False, f"none that can be used. {SIMULATED}", "python packaging/postgres.py")
    else:
        tls = "TLS built in" if used.tls else "without TLS of its own"
        first = Finding("PostgreSQL", True, f"{used.version} in {used.folder} ({used.source}), {tls}")
    lacks = [
        Finding(f"PostgreSQL in {each.folder}", used is not None, each.problem, each.remedy)
        for each in candidates
        if each.problem
    ]
    return [first, *lacks]


def _volumes() -> Finding:
    from kyok.postgres.fuse import fuse_lack, swap_is_on

    lack = fuse_lack()
    memory = shutil.disk_usage(MEMORY) if MEMORY.is_dir() else None
    room = f"{memory.free // MIB} of {memory.total // MIB} MiB free in {MEMORY}" if memory else f"there is no {MEMORY}"
    swap = "swap is on, so memory may reach the disk" if swap_is_on() else "swap is off"
    how = f"{lack.problem}; nodes' volumes are held in memory instead" if lack else "gocryptfs encrypts nodes' volumes"
    good = lack is None or (memory is not None and memory.free >= ROOM_NEEDED)
    return Finding("volumes", good, f"{how}; {room}; {swap}", lack.cure if lack else "")

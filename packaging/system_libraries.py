#!/usr/bin/env python3
"""Finds the system libraries that Qt misses on this machine, and installs them when it may.

Usage: system_libraries.py [--venv DIR] [--for offscreen|xcb|wayland ...] [--dry-run]

The dynamic loader is asked (through ldd) about the Qt modules that the console imports and about the platform plugins
it may use: offscreen, xcb and wayland, since a display may come later. What is missing is mapped to Debian's packages.
As root, or where sudo needs no password, they are installed with apt-get; anywhere else the one line to run is printed.
Exit codes: 0 nothing is missing (any more), or only what a display would need and there is none, 1 something is,
2 wrong usage.

Only the standard library is used: this runs before anything is known to work.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kyok.qt_libraries import PLUGINS_FOR, explain, files_to_load, missing_in, packages_for

LOCK_PATIENCE = "DPkg::Lock::Timeout=300"  # seconds; a fresh machine often updates itself at its first start


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    code: int
    output: str = ""


def run_quietly(command: Sequence[str]) -> Finished:
    """Run a command and keep what it says."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Finished(done.returncode, done.stdout + done.stderr)


def run_told_on_failure(command: Sequence[str]) -> Finished:
    """Run a command that asks nothing; what it says is shown only when it fails."""
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        print(done.stdout, end="", file=sys.stderr, flush=True)
    return Finished(done.returncode, done.stdout)


@dataclass(frozen=True)
class Machine:
    """What this script asks of the machine; tests give another one."""

    ask: Callable[[Sequence[str]], Finished] = run_quietly
    do: Callable[[Sequence[str]], Finished] = run_told_on_failure
    which: Callable[[str], str | None] = shutil.which
    is_root: bool = field(default_factory=lambda: hasattr(os, "geteuid") and os.geteuid() == 0)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


def platforms_for(environment: Mapping[str, str]) -> list[str]:
    """The Qt platforms that the console needs in this environment."""
    wanted = ["offscreen"]
    if environment.get("DISPLAY"):
        wanted.append("xcb")
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append("wayland")
    return wanted


def find_pyside(venv: Path) -> Path | None:
    """The folder of the PySide6 package inside a virtual environment."""
    return next(iter(sorted(venv.glob("lib/python3.*/site-packages/PySide6"))), None)


def missing_libraries(machine: Machine, files: Sequence[Path]) -> list[str]:
    """Names of the shared libraries that the loader does not find, sorted."""
    if not files:
        return []
    return sorted(missing_in(machine.ask(["ldd", *map(str, files)]).output))


def way_to_root(machine: Machine) -> list[str] | None:
    """What to put before a command that needs root; None when that would need a password."""
    if machine.is_root:
        return []
    if machine.which("sudo") and machine.ask(["sudo", "-n", "true"]).code == 0:
        return ["sudo", "-n"]
    return None


def apt_commands(prefix: Sequence[str], packages: Sequence[str]) -> list[list[str]]:
    """The two commands that install packages without asking anything."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", LOCK_PATIENCE]
    return [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]]


def provide(machine: Machine, files: Sequence[Path], dry_run: bool = False) -> int:
    """Find what is missing and install it; return the exit code."""
    libraries = missing_libraries(machine, files)
    if not libraries:
        return 0
    packages, _unknown = packages_for(libraries)
    has_apt = machine.which("apt-get") is not None
    prefix = way_to_root(machine) if has_apt and packages and not dry_run else None
    if prefix is None:
        print(explain(libraries, packages, has_apt), file=sys.stderr)
        return 1
    print(f"Installing the system libraries that Qt misses: {' '.join(packages)}", flush=True)
    for command in apt_commands(prefix, packages):
        # A failed update is not the end: the lists may be good enough, and the installation tells.
        if machine.do(command).code != 0 and "install" in command:
            print(explain(libraries, packages, has_apt), file=sys.stderr)
            return 1
    left = missing_libraries(machine, files)
    if left:
        print(explain(left, packages_for(left)[0], has_apt), file=sys.stderr)
        return 1
    return 0


def main(arguments: Sequence[str] | None = None, machine: Machine | None = None) -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description="Find and install the system libraries that Qt misses.")
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="the virtual environment that holds PySide6")
    parser.add_argument("--for", dest="platforms", action="append", choices=sorted(PLUGINS_FOR), help="Qt platform")
    parser.add_argument("--dry-run", action="store_true", help="print the line, install nothing")
    options = parser.parse_args(arguments)
    machine = machine or Machine()
    if not sys.platform.startswith("linux") or machine.which("ldd") is None:
        return 0  # elsewhere Qt's wheels bring what they need, or there is nobody to ask
    pyside = find_pyside(options.venv)
    if pyside is None:
        print(f"No PySide6 in {options.venv}: run `make setup` first.", file=sys.stderr)
        return 1
    needed = options.platforms or platforms_for(machine.environment)
    code = provide(machine, files_to_load(pyside, options.platforms or PLUGINS_FOR), options.dry_run)
    # Without a display the tests and the demo run all the same.
    return code if code and missing_libraries(machine, files_to_load(pyside, needed)) else 0


if __name__ == "__main__":
    sys.exit(main())

"""PostgreSQLs that are shell scripts, for what no real installation shows."""

import os
from pathlib import Path

from kyok.postgres.account import ServerAccount

OURSELVES = ServerAccount("ourselves", os.geteuid(), os.getegid(), switch=False)
PROGRAMS = ("postgres", "initdb", "pg_basebackup", "pg_rewind", "psql")
WITH_TLS, WITHOUT_TLS = "HIGH:MEDIUM:+3DES:!aNULL", "none"


def script(path: Path, body: str) -> Path:
    """An executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def installation(folder: Path, version: str = "15.18", ciphers: str = WITH_TLS) -> Path:
    """A folder whose programs say that they are this version."""
    for name in PROGRAMS:
        script(folder / name, f'echo "{name} (PostgreSQL) {version}"')
    described = f"ssl_ciphers\\tsighup\\tConnections and Authentication / SSL\\tSTRING\\t{ciphers}\\t\\t\\tSets.\\t"
    describe = f'if [ "$1" = --describe-config ]; then printf "{described}\\n"; exit; fi'
    script(folder / "postgres", f'{describe}\necho "postgres (PostgreSQL) {version}"')
    return folder


def without_library(folder: Path, name: str, library: str) -> None:
    """One program that speaks as the loader does when a library is missing."""
    said = "cannot open shared object file: No such file or directory"
    script(folder / name, f'echo "{name}: error while loading shared libraries: {library}: {said}" >&2; exit 127')

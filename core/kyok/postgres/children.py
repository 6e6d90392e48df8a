"""How every program of PostgreSQL is started: under which account, with which environment and limits."""

import os
import resource
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TypedDict

from kyok.postgres.account import ServerAccount

NO_HOME = "/nonexistent"
"""Where HOME points: libpq looks there for certificates, passwords and settings of a user, and must find none."""

Stream = int | IO[bytes] | None


class AccountOptions(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that change the account."""

    user: int
    group: int
    extra_groups: Sequence[int]


def environment(
    folder: Path, library_path: Path | None = None, extra: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The whole environment of a child; nothing of ours is handed on. `folder` holds the programs."""
    variables = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": NO_HOME,
        # A file that is there but no plain file, such as /dev/null, makes libpq complain.
        "PGPASSFILE": f"{NO_HOME}/pgpass",
    }
    if library_path is not None:
        variables["LD_LIBRARY_PATH"] = str(library_path)
    return variables | dict(extra or {})


def spawn(
    command: Sequence[str],
    account: ServerAccount,
    variables: Mapping[str, str],
    *,
    stdin: Stream = subprocess.DEVNULL,
    stdout: Stream = subprocess.DEVNULL,
    stderr: Stream = subprocess.DEVNULL,
    handed: Sequence[int] = (),
) -> "subprocess.Popen[bytes]":
    """Starts a program in a session of its own, under the account, without core dumps. It gets the open files `handed`.

    Raises:
        OSError: it cannot be run.
    """
    _forbid_core_dumps()
    options = (
        AccountOptions(user=account.uid, group=account.gid, extra_groups=[]) if account.switch else AccountOptions()
    )
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd="/",
        env=dict(variables),
        start_new_session=True,
        umask=0o077,
        pass_fds=tuple(handed),
        **options,
    )


def end(child: "subprocess.Popen[bytes]") -> None:
    """Kills a child with all that it started in its session, and waits until the child is gone."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _forbid_core_dumps() -> None:
    """Children inherit the limit. A function run between fork and exec would be unsafe: we have threads."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))

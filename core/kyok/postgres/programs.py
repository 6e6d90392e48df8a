"""Running PostgreSQL's programs."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from kyok.postgres import children
from kyok.postgres.account import ServerAccount
from kyok.postgres.binaries import Binaries
from kyok.postgres.errors import ProgramFailed

_ERROR = re.compile(r"(?i)\b(error|fatal|panic): ")
_SECRETS = (
    # password=... of a connection string, PASSWORD '...' of a statement, user:password@ of an address
    (re.compile(r"(?i)\b(\w*password\s*=\s*)('(?:[^'\\]|\\.|'')*'|\S+)"), r"\1..."),
    (re.compile(r"(?i)\b(password\s+)'(?:[^']|'')*('|$)"), r"\1..."),
    (re.compile(r"(://[^\s:/@]+:)[^\s@]*@"), r"\1...@"),
)


class Programs:
    """The programs of one PostgreSQL, run under one account.

    Passwords reach them through files only: never in an argument, never in the environment.
    """

    def __init__(self, binaries: Binaries, account: ServerAccount) -> None:
        self.binaries = binaries
        self.account = account

    def path(self, name: str) -> Path:
        """Where a program lies."""
        return self.binaries.folder / name

    def run(
        self,
        name: str,
        *arguments: str | Path,
        input: bytes | None = None,  # noqa: A002 - subprocess calls it so
        timeout: float = 60,
        extra_env: Mapping[str, str] | None = None,
    ) -> bytes:
        """Runs a program to its end and returns what it wrote to standard output. `timeout` is in seconds.

        Raises:
            ProgramFailed: it could not be started, ended with an error, or not in time; with its last words.
        """
        child = self._spawn(
            name,
            arguments,
            extra_env,
            stdin=subprocess.DEVNULL if input is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with child:
            try:
                output, errors = child.communicate(input, timeout)
            except subprocess.TimeoutExpired as error:
                raise ProgramFailed(f"{name} did not end within {timeout:g} seconds and was stopped.") from error
            finally:
                if child.returncode is None:
                    children.end(child)
        if child.returncode:
            said = last_words(errors).removeprefix(f"{name}: ").removeprefix("error: ")
            raise ProgramFailed(f"{name} failed: {said or _how(child.returncode)}")
        return output

    def start(
        self, name: str, *arguments: str | Path, stdout: int | IO[bytes], stderr: int | IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        """Starts a program that stays, as our child, in a session of its own and without input.

        Raises:
            ProgramFailed: it could not be started.
        """
        return self._spawn(name, arguments, None, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)

    def own(self, path: Path) -> None:
        """Hands a file, or a folder with all that is in it, to the account. Links are not followed.

        Raises:
            OSError: it cannot be handed over.
        """
        if not self.account.switch:
            return
        user, group = self.account.uid, self.account.gid
        os.chown(path, user, group, follow_symlinks=False)
        # By open folders: a path could be bent by the account while we walk it.
        for _, folders, files, descriptor in os.fwalk(path):
            for entry in (*folders, *files):
                os.chown(entry, user, group, dir_fd=descriptor, follow_symlinks=False)

    def _spawn(
        self,
        name: str,
        arguments: tuple[str | Path, ...],
        extra_env: Mapping[str, str] | None,
        *,
        stdin: int,
        stdout: int | IO[bytes],
        stderr: int | IO[bytes],
    ) -> "subprocess.Popen[bytes]":
        command = [str(self.path(name)), *map(str, arguments)]
        variables = children.environment(self.binaries.folder, self.binaries.library_path, extra_env)
        try:
            return children.spawn(command, self.account, variables, stdin=stdin, stdout=stdout, stderr=stderr)
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise ProgramFailed(f"{name} cannot be started: {reason}.") from error


def last_words(errors: bytes) -> str:
    """The last error, else the last line, without what looks like a password; empty when nothing was said."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    # After the error the programs tell what they clean up.
    said = ([line for line in lines if _ERROR.search(line)] or lines or [""])[-1]
    for pattern, instead in _SECRETS:
        said = pattern.sub(instead, said)
    return said


def _how(code: int) -> str:
    return f"it was ended by signal {-code}." if code < 0 else f"it ended with code {code}."

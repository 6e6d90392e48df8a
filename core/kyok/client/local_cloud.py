"""Starts the emulated cloud as a child process, or finds the one that runs in the same home. No Qt, no HTTP.

The child stops with its starter: its stdin is a pipe whose other end only this process holds. A passphrase reaches it
through a pipe of its own, never through arguments or the environment.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok.paths import Home
from kyok.secrets import PASSPHRASE_FILE_VARIABLE, Secret

START_SECONDS = 30.0
"""How long the cloud may take to its first answer; a large home is checked first."""
MOVE_SECONDS = 3600.0
"""How long it may take once it has said that it moves older data to the form of its version."""
STOP_SECONDS = 5.0

PASSPHRASE_MINIMUM = 12
"""Characters of a new passphrase (hsm.md 3.3); the cloud itself refuses shorter ones."""

_NO_PLACE = "no place to keep the secret"
_ABOUT_PASSPHRASE = ("passphrase is wrong", "passphrase is too short", "wrong passphrases")
"""What the child's sentence holds when another passphrase may help; tests compare them with `kyok.sealing`."""


class CloudNotStarted(KyokError):
    """The child ended, or did not answer in time."""

    summary = "The emulated cloud could not be started."
    remedy = "Run `kyok doctor` to see what is missing, or read kyok.log in the data folder."


class PassphraseWanted(KyokError):
    """The cloud needs a passphrase to open or to make its data folder. `again` is true after a wrong one."""

    summary = "The data folder is sealed with a passphrase."
    remedy = "Type it, and the cloud starts."
    again: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class CloudAddress:
    """Where a running cloud answers. `started` is true when this process started it."""

    url: str
    api_key_file: Path
    account_id: str = ""
    hsm: str = ""
    insecure_demo: bool = False
    pid: int = 0
    started: bool = False


class _Early(threading.Thread):
    """An opening that was begun before anybody asked for its outcome."""

    def __init__(self, opening: Callable[[], CloudAddress]) -> None:
        super().__init__(name="kyok-early-start", daemon=True)
        self._opening = opening
        self._address: CloudAddress | None = None
        self._refusal: KyokError | None = None

    def run(self) -> None:
        try:
            self._address = self._opening()
        except KyokError as error:
            self._refusal = error

    def outcome(self) -> CloudAddress:
        """Waits, then gives the address or raises what the opening raised."""
        self.join()
        if self._address is None:
            raise self._refusal or CloudNotStarted()
        return self._address


Command = Callable[[Sequence[str]], list[str]]


def serve_command(options: Sequence[str]) -> list[str]:
    """The command line of the child: this Python with the cloud's module, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "serve", *options]
    return [sys.executable, "-m", "kyok.cli", "serve", *options]


class LocalCloud:
    """The emulated cloud of one home, as seen by a console. Thread-safe: start and stop may come from workers."""

    def __init__(
        self,
        home: Path,
        *,
        insecure_demo: bool = False,
        command: Command = serve_command,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._home = Home(home)
        self._insecure = insecure_demo
        self._command = command
        self._start_seconds = start_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._early: _Early | None = None
        self._starting: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._moves = False
        self._told_moving: Callable[[], object] = lambda: None

    @property
    def home(self) -> Home:
        """The data folder."""
        return self._home

    # finding ------------------------------------------------------------------

    def find(self) -> CloudAddress | None:
        """The cloud that runs in this home already, or None. A file left by a dead process counts as none."""
        told = _read_private(self._home.serve_json)
        if told is None:
            return None
        url, pid = told.get("url"), told.get("pid")
        if not isinstance(url, str) or not isinstance(pid, int) or not _alive(pid):
            return None
        return CloudAddress(url, self._home.api_key_file, pid=pid)

    def needs_passphrase(self) -> bool:
        """Whether this home is known to be sealed with a passphrase that the environment does not name."""
        if os.environ.get(PASSPHRASE_FILE_VARIABLE) or self._insecure or self.find() is not None:
            return False
        try:
            return bool(json.loads(self._home.seal_json.read_text(encoding="utf-8")).get("provider") == "passphrase")
        except (OSError, ValueError, AttributeError):
            return False

    # starting -----------------------------------------------------------------

    def begin(self) -> None:
        """Opens in the background, so that the cloud starts while the window is being built; `open` takes it up."""
        if self._early is None:
            self._early = _Early(self._open)
            self._early.start()

    def open(self, passphrase: Secret | None = None) -> CloudAddress:
        """Attaches to the cloud of this home, or starts one.

        Raises:
            PassphraseWanted: a passphrase must be asked for first.
            CloudNotStarted: the child refused; its own sentence is the summary.
        """
        early, self._early = self._early, None
        if early is not None and passphrase is None:
            return early.outcome()
        return self._open(passphrase)

    def when_moving(self, told: Callable[[], object]) -> None:
        """Calls `told` when a cloud that starts says that it moves older data, which may take long; on any thread.

        Not any more once this one is closed: whoever listened may be gone.
        """
        self._told_moving = told
        if self._moves and not self._closed:  # it was begun before anybody listened
            told()

    def _open(self, passphrase: Secret | None = None) -> CloudAddress:
        with self._lock:
            found = self.find()
            if found is not None:
                return found
            if passphrase is None and self.needs_passphrase():
                raise PassphraseWanted()
            if self._closed:
                raise CloudNotStarted(tr("The emulated cloud is not wanted any more."))
            return self._start(passphrase)

    def _start(self, passphrase: Secret | None) -> CloudAddress:
        self._drop_child()
        options = ["--home", str(self._home.root)]
        if self._insecure:
            options.append("--insecure-demo")
        complaints = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until the child has answered
        read_end = _pipe_with(passphrase) if passphrase is not None else None
        if read_end is not None:
            options += ["--passphrase-fd", str(read_end)]
        try:
            child = subprocess.Popen(
                self._command(options),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                pass_fds=() if read_end is None else (read_end,),
                start_new_session=True,
            )
        except OSError as error:
            complaints.close()
            raise CloudNotStarted() from error
        finally:
            if read_end is not None:
                os.close(read_end)
        self._child = self._starting = child
        if self._closed:
            child.terminate()
        try:
            line = self._ready_line(child)
        except BaseException:
            self._drop_child()
            complaints.close()
            raise
        finally:
            self._starting = None
        if line is None:
            self._refused(child, complaints)
        complaints.close()
        return self._address(line or {}, child.pid)

    def _ready_line(self, child: subprocess.Popen[bytes]) -> dict[str, Any] | None:
        """The ready line; None when the child ended or took too long. One that moves older data says so before it."""
        line = _line(child, self._start_seconds)
        if line is not None and "moving" in line:
            self._moves = True
            try:
                if not self._closed:
                    self._told_moving()
                line = _line(child, MOVE_SECONDS)
            finally:
                self._moves = False
        return line if line is not None and line.get("ready") else None

    def _address(self, ready: Mapping[str, Any], pid: int) -> CloudAddress:
        return CloudAddress(
            url=str(ready.get("url", "")),
            api_key_file=Path(str(ready.get("api_key_file") or self._home.api_key_file)),
            account_id=str(ready.get("account_id", "")),
            hsm=str(ready.get("hsm", "")),
            insecure_demo=bool(ready.get("insecure_demo", self._insecure)),
            pid=pid,
            started=True,
        )

    def _refused(self, child: subprocess.Popen[bytes], complaints: IO[bytes]) -> None:
        """Tells why the child gave no ready line."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.5)
        self._drop_child()
        complaints.seek(0)
        words = complaints.read().decode(errors="replace").strip()
        complaints.close()
        sentence = words.splitlines()[-1].removeprefix("kyok: ") if words else ""
        new = not self._home.seal_json.exists()
        if _NO_PLACE in sentence and new:
            raise PassphraseWanted(
                tr("No passphrase is chosen yet."),
                tr("The cloud seals everything it keeps with one. Choose it, and the cloud starts."),
                new=True,
            )
        if any(words in sentence for words in _ABOUT_PASSPHRASE):
            raise PassphraseWanted(*_split(sentence), again=True, new=new)
        if child.returncode in (None, 0) or not sentence:
            raise CloudNotStarted()
        raise CloudNotStarted(*_split(sentence))

    # living and ending --------------------------------------------------------

    @property
    def child_alive(self) -> bool:
        """Whether the cloud that this process started still runs."""
        return self._child is not None and self._child.poll() is None

    @property
    def child_ended(self) -> bool:
        """Whether this process started a cloud that has ended since."""
        return self._child is not None and self._child.poll() is not None

    def api_key(self) -> Secret:
        """The administrator's API key of this home's cloud.

        Raises:
            CloudNotStarted: the file cannot be read.
        """
        try:
            return Secret(bytearray(self._home.api_key_file.read_bytes().strip()))
        except OSError as error:
            raise CloudNotStarted(tr("The API key of the emulated cloud cannot be read.")) from error

    def close(self) -> None:
        """Lets go of the cloud for good: it stops when no other console holds a lease.

        One that is still starting stops at once, since nobody else can use it yet.
        """
        self._closed = True
        starting = self._starting
        if starting is not None:
            starting.terminate()
        early, self._early = self._early, None
        if early is not None:
            early.join()
        with self._lock:
            child = self._child
            self._child = None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # Another console holds a lease, so the cloud lives on; somebody must still hear of its end.
            threading.Thread(target=child.wait, name="kyok-reaper", daemon=True).start()

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _split(sentence: str) -> tuple[str, str]:
    first, _, rest = sentence.partition(". ")
    return (first if first.endswith(".") else f"{first}."), rest


def _pipe_with(passphrase: Secret) -> int:
    """The reading end of a pipe that holds the passphrase and one line end."""
    read_end, write_end = os.pipe()
    with passphrase.use() as content:
        os.write(write_end, content)
        os.write(write_end, b"\n")
    os.close(write_end)
    return read_end


def _line(child: subprocess.Popen[bytes], seconds: float) -> dict[str, Any] | None:
    """The next JSON object that the child says; None when it says something else, or nothing in time."""
    found: list[bytes] = []
    stdout = child.stdout
    if stdout is None:
        return None

    def read() -> None:
        with contextlib.suppress(OSError, ValueError):
            found.append(stdout.readline())

    reader = threading.Thread(target=read, name="kyok-ready", daemon=True)
    reader.start()
    reader.join(seconds)
    try:
        line = json.loads(found[0]) if found else None
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _read_private(file: Path) -> dict[str, Any] | None:
    """A small JSON object that only the owner can have written; anything else counts as absent."""
    try:
        status = file.stat()
        if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            return None
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except OSError:
        return False
    return True

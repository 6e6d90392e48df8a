"""One PostgreSQL server on an open volume: a direct child of the cloud, or one that outlived a cloud that crashed.

It is started as `postgres -D`, not through `pg_ctl`: so its end is seen at once and it never stays a zombie that its
lock file takes for alive (reference postgres-nodes.md 5).
"""

import contextlib
import logging
import os
import signal
import subprocess
import time
from pathlib import Path

from kyok.postgres.alarm import readable
from kyok.postgres.errors import PostgresError
from kyok.postgres.layout import Layout
from kyok.postgres.pidfile import PidFileUnusable, is_alive, is_ready, is_served, proved, read_pidfile
from kyok.postgres.plain_files import make_plain, opened_folder, read_end
from kyok.postgres.programs import Programs

log = logging.getLogger(__name__)

FAST_SECONDS = 10.0
"""How long a server may take to write its last checkpoint before it is stopped the hard way."""
HARD_SECONDS = 5.0


class ServerStays(PostgresError):
    """A server could not be ended."""

    summary = "A database server could not be stopped."
    remedy = "End its process by hand, then start the instance again."


class Server:
    """The server of one node. Not thread-safe, but for `signal`."""

    def __init__(self, layout: Layout, programs: Programs) -> None:
        self.layout = layout
        self._programs = programs
        self._child: subprocess.Popen[bytes] | None = None
        self._adopted: int | None = None

    @property
    def pid(self) -> int | None:
        """The postmaster that runs, or None."""
        if self._child is not None and self._child.poll() is None:
            return self._child.pid
        if self._adopted is not None and is_alive(self._adopted):
            return self._adopted
        return None

    @property
    def ready(self) -> bool:
        """Whether it takes connections, as a primary or a standby."""
        pid = self.pid
        return pid is not None and is_ready(self.layout.data, pid)

    def adopt(self) -> bool:
        """Takes over a server that runs on this volume already, once its identity is proved; True when there is one."""
        found = self._proved_pid()
        if found is None:
            return False
        if self._child is None or self._child.pid != found:
            self._adopted = found
        return True

    def start(self) -> None:
        """Starts the server; whether it became ready shows later.

        Raises:
            PostgresError: the program does not start.
        """
        self._remove_stale_pid_file()
        try:
            with opened_folder(self.layout.log) as folder:
                said = make_plain(self.layout.start_log.name, folder, self._programs.account)
        except OSError as error:
            raise PostgresError("The folder of the server's log cannot be written.") from error
        with said:
            self._child = self._programs.start(
                "postgres", "-D", str(self.layout.data), stdout=said, stderr=subprocess.STDOUT
            )
        self._adopted = None

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the postmaster, if it runs. From any thread."""
        pid = self.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def wait(self, seconds: float) -> bool:
        """Waits until no postmaster runs; False when it still does."""
        pid = self.pid
        if pid is None:
            return True
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        except OSError:  # too many open files
            end = time.monotonic() + seconds
            while self.pid is not None and time.monotonic() < end:
                time.sleep(0.01)
            return self.pid is None
        try:
            readable([handle], seconds)
        finally:
            os.close(handle)
        if self._child is not None and self._child.pid == pid:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(0.1)
        return self.pid is None

    def stop(self, *, immediate: bool = False) -> bool:
        """Ends the server: fast with a last checkpoint, or at once as after a crash; True when one order was enough.

        Raises:
            ServerStays: it runs on.
        """
        orders = [(signal.SIGQUIT, HARD_SECONDS), (signal.SIGKILL, HARD_SECONDS)]
        if not immediate:
            orders.insert(0, (signal.SIGINT, FAST_SECONDS))
        for order, (number, seconds) in enumerate(orders):
            self.signal(number)
            if self.wait(seconds):
                return order == 0
            log.warning("a database server did not heed %s", number.name)
        raise ServerStays()

    def last_words(self) -> str:
        """What the server said last about why it does not start; no line of a statement is in it."""
        for file in (self.layout.start_log, *sorted(self.layout.log.glob("postgresql-*.log"), reverse=True)[:1]):
            for line in reversed(_tail(file)):
                if "FATAL:" in line or "PANIC:" in line:
                    return line.partition("FATAL:")[2].strip() or line.partition("PANIC:")[2].strip()
        return ""

    def processes(self) -> list[int]:
        """The postmaster and its children."""
        pid = self.pid
        if pid is None:
            return []
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        except OSError:
            return [pid]
        return [pid, *(int(child) for child in children)]

    def memory(self) -> int:
        """Bytes that the server takes, shared pages shared out (PSS)."""
        return sum(_pss(pid) for pid in self.processes())

    def _proved_pid(self) -> int | None:
        try:
            found = read_pidfile(self.layout.data)
        except PidFileUnusable:
            return None
        if found is None or not proved(found, self.layout.data, self._programs.path("postgres")):
            return None
        return found.pid

    def _remove_stale_pid_file(self) -> None:
        """A pid file whose process is another program holds a start up; one that may be a server's stays.

        Raises:
            ServerStays: a server works on this data already: two would destroy it.
        """
        try:
            found = read_pidfile(self.layout.data)
        except PidFileUnusable:
            found = None  # a crash while it was written: its server never came so far
        if found is not None and is_served(found, self.layout.data):
            raise ServerStays("A database server already works on this volume.")
        self.layout.pid_file.unlink(missing_ok=True)


def _tail(file: Path) -> list[str]:
    return read_end(file, 8192).decode("utf-8", "replace").splitlines()


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0  # it has ended meanwhile
    return 0

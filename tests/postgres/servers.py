"""A throw-away PostgreSQL with TLS on loopback, for tests that only mean something beside the real one."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kyok.postgres.certificates import issue_node, make_authority
from kyok.postgres.errors import PortsTaken
from kyok.postgres.pidfile import is_ready
from kyok.postgres.ports import listen

ADMIN = "admin"
PASSWORD = "Only-For-A-Test-2026"
DATABASE = "postgres"
STEP = 0.01
HANDED_OUT: set[int] = set()
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
ssl = on
ssl_cert_file = '{folder}/node.crt'
ssl_key_file = '{folder}/node.key'
password_encryption = 'scram-sha-256'
dynamic_shared_memory_type = mmap
fsync = off
shared_buffers = 1MB
max_connections = 20
"""
PLAIN_DATABASE = "template1"
RULES = f"""
hostssl all all 127.0.0.1/32 scram-sha-256
hostnossl {PLAIN_DATABASE} all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class Server:
    """Where it listens, what a client must trust, and what it is."""

    port: int
    authority: Path
    data: Path
    programs: Path
    process: subprocess.Popen[bytes]

    def options(self, **changed: Any) -> dict[str, Any]:
        """What psycopg needs to be the administrator."""
        given: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "user": ADMIN,
            "password": PASSWORD,
            "dbname": DATABASE,
            "sslmode": "verify-full",
            "sslrootcert": str(self.authority),
            "connect_timeout": 10,
        }
        return given | changed


def wait_for(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """What `condition` says once it says something true."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(STEP)
    return answer


def unused_port() -> int:
    """A port that is free on IPv4 and IPv6, and that was not handed out before."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        if port in HANDED_OUT:
            continue
        HANDED_OUT.add(port)
        try:
            listeners = listen(port)
        except PortsTaken:
            continue
        for listener in listeners:
            listener.close()
        return port


def programs_folder() -> Path:
    """Where `initdb` and `postgres` are; the test is skipped when they are nowhere."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*([Path(on_path).resolve().parent] if on_path else []), *debian]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.skip("PostgreSQL is not installed on this machine")


def account() -> dict[str, Any]:
    """What makes a child run under an account that PostgreSQL accepts; the test is skipped when there is none."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("root needs an account named postgres to run PostgreSQL under")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def running_server() -> Iterator[Server]:
    """One server, gone with all its files afterwards."""
    programs, owner = programs_folder(), account()
    # Not pytest's own folder: nobody but its owner may enter that.
    with tempfile.TemporaryDirectory(prefix="kyok-pg-") as name:
        folder = Path(name)
        owned = (owner.get("user", -1), owner.get("group", -1))
        os.chown(folder, *owned)
        data, port = _initialise(folder, programs, owner), unused_port()
        arguments = [programs / "postgres", "-D", data, "-p", str(port)]
        with (folder / "server.log").open("wb") as log:
            process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(folder),
                start_new_session=True,
                **owner,
            )
        try:
            wait_for(lambda: is_ready(data, process.pid) or process.poll() is not None)
            assert process.poll() is None, (folder / "server.log").read_text()
            yield Server(port, folder / "ca.crt", data, programs, process)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def environment(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C", "PGPASSFILE": os.devnull}


def _initialise(folder: Path, programs: Path, owner: dict[str, Any]) -> Path:
    data, secret = folder / "data", folder / "secret"
    secret.write_text(PASSWORD)
    options = ["--auth=scram-sha-256", f"--pwfile={secret}", "-EUTF8", "--locale=C", "--wal-segsize=1", "--no-sync"]
    authority = make_authority("test")
    node = issue_node(authority, "node")
    (folder / "ca.crt").write_bytes(authority.certificate)
    (folder / "node.crt").write_bytes(node.certificate)
    (folder / "node.key").write_bytes(node.key)
    (folder / "node.key").chmod(0o600)
    for path in folder.iterdir():
        os.chown(path, owner.get("user", -1), owner.get("group", -1))
    done = subprocess.run(
        [programs / "initdb", "-D", data, "-U", ADMIN, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(folder),
        **owner,
    )
    assert done.returncode == 0, done.stderr
    (data / "postgresql.conf").write_text(CONFIGURATION.format(folder=folder))
    (data / "pg_hba.conf").write_text(RULES)
    return data

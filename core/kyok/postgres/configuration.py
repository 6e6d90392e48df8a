"""The configuration files of a server, written whole each time: nothing that another program appended survives.

Flags and their reasons: reference postgres-nodes.md 4. `listen_addresses` is the loopback only; TLS only where the
build has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kyok.domain.configuration import DEFAULTS
from kyok.postgres.layout import Layout

REPLICATOR = "replicator"
SUPERUSER = "postgres"
SILENCE_SECONDS = 20
"""After which a primary and a standby give each other up. The end of either is seen at once, by its connection."""

_UNITS = {"deadlock_timeout": "ms", "shared_buffers": "MB"}


@dataclass(frozen=True, slots=True)
class ServerConf:
    """What the files of one server depend on. `name`: its name as a standby, and of its slot."""

    port: int
    major: int
    name: str
    tls: bool
    layout: Layout
    parameters: Mapping[str, int] = field(default_factory=dict)
    standbys: tuple[str, ...] = ()
    """Names of the standbys of which any one must have a commit before it is acknowledged; empty: none must."""
    primary_port: int | None = None
    """Where this server streams from when it is a standby."""
    read_only: bool = False
    archive: str = ""
    """The shell command that copies a finished WAL segment away; empty: none is archived."""
    restore: str = ""
    """The shell command that brings an archived segment back."""


def conninfo(conf: ServerConf, port: int) -> str:
    """How a standby reaches the server at `port`."""
    tls = f"sslmode=verify-full sslrootcert={quoted(str(conf.layout.ca))}" if conf.tls else "sslmode=disable"
    return (
        f"host=localhost hostaddr=127.0.0.1 port={port} user={REPLICATOR} application_name={conf.name} {tls} "
        f"passfile={quoted(str(conf.layout.passfile))} connect_timeout={SILENCE_SECONDS}"
    )


def postgresql_conf(conf: ServerConf) -> str:
    """The text of postgresql.conf."""
    values = {name: str(value) for name, value in _fixed(conf).items()}
    for name, default in DEFAULTS.items():
        values[name] = f"'{conf.parameters.get(name, default)}{_UNITS.get(name, '')}'"
    lines = [f"{name} = {value}" for name, value in values.items()]
    return "\n".join(["# Written by KYOK Console before each start; changes are lost.", *lines, ""])


def _fixed(conf: ServerConf) -> dict[str, object]:
    waited = f"ANY 1 ({', '.join(conf.standbys)})" if conf.standbys else ""
    values: dict[str, object] = {
        "listen_addresses": "'127.0.0.1'",
        "port": conf.port,
        "unix_socket_directories": "''",
        "password_encryption": "'scram-sha-256'",
        "wal_level": "replica",
        "wal_log_hints": "on",
        "hot_standby": "on",
        "max_wal_senders": 8,
        "max_replication_slots": 8,
        "max_slot_wal_keep_size": "'128MB'",
        "wal_keep_size": "'16MB'",
        "min_wal_size": "'8MB'",
        "max_wal_size": "'64MB'",
        "max_worker_processes": 4,
        "autovacuum_max_workers": 1,
        "huge_pages": "off",
        "jit": "off",
        "recovery_init_sync_method": "syncfs",
        "dynamic_shared_memory_type": "mmap",  # shared pages stay inside the volume
        "wal_receiver_timeout": f"'{SILENCE_SECONDS}s'",
        "wal_sender_timeout": f"'{SILENCE_SECONDS}s'",
        "wal_retrieve_retry_interval": "'200ms'",
        "synchronous_standby_names": f"'{waited}'",
        "default_transaction_read_only": "on" if conf.read_only else "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "logging_collector": "on",
        "log_directory": "'../log'",
        "log_filename": "'postgresql-%Y-%m-%d.log'",
        "log_rotation_age": "'1d'",
        "log_rotation_size": 0,
        "log_file_mode": "0600",
        "log_line_prefix": "'%m [%p] %u@%d '",
        "log_connections": "on",
        "log_disconnections": "on",
        "log_statement": "'ddl'",
    }
    if conf.major >= 18:
        values["io_method"] = "sync"  # three processes less for each node
    return values | _tls(conf) | _archive(conf) | _standby(conf)


def _tls(conf: ServerConf) -> dict[str, object]:
    if not conf.tls:
        return {"ssl": "off"}
    layout = conf.layout
    return {
        "ssl": "on",
        "ssl_min_protocol_version": "'TLSv1.2'",
        "ssl_ca_file": quoted(str(layout.ca)),
        "ssl_cert_file": quoted(str(layout.certificate)),
        "ssl_key_file": quoted(str(layout.key)),
    }


def _archive(conf: ServerConf) -> dict[str, object]:
    if not conf.archive:
        return {"archive_mode": "off"}
    # `always`: each node keeps its own volume whole, whoever leads.
    return {"archive_mode": "always", "archive_command": quoted(conf.archive), "archive_timeout": "'2s'"}


def _standby(conf: ServerConf) -> dict[str, object]:
    values: dict[str, object] = {}
    if conf.restore:
        values["restore_command"] = quoted(conf.restore)
    if conf.primary_port is not None:
        values["primary_conninfo"] = quoted(conninfo(conf, conf.primary_port))
        values["primary_slot_name"] = quoted(slot_of(conf.name))
    values["recovery_target_timeline"] = "'latest'"
    return values


def pg_hba_conf(*, tls: bool) -> str:
    """The text of pg_hba.conf: TLS and SCRAM only, from this machine only."""
    kind = "hostssl" if tls else "host"
    return (
        f"{kind} all all 127.0.0.1/32 scram-sha-256\n"
        f"{kind} replication all 127.0.0.1/32 scram-sha-256\n"
    )  # fmt: skip


def slot_of(name: str) -> str:
    """The replication slot of a standby."""
    return f"slot_{name}"


def quoted(text: str) -> str:
    """A value in single quotes, as postgresql.conf and connection strings both read it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

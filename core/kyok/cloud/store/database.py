"""Opens the store: engine, pragmas, schema version, readers."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kyok.clock import Clock
from kyok.cloud.store.errors import StoreDamaged, StoreReadOnly, StoreTooNew, refusal_of
from kyok.cloud.store.transaction import Reader
from kyok.cloud.store.writer import WRITES, Writer

SCHEMA = "0008"
"""The newest migration of this program."""
KNOWN_SCHEMAS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
_BUSY_MS = 5_000
_CHECKPOINT_MS = 250


class Store:
    """The database of one home: one writer, and a held read connection per thread."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._clock = clock
        self._engine = _engine(url)
        try:
            _require_writable(self._engine)
            prepare(self._engine, url)
        except (DBAPIError, sqlite3.Error) as error:
            self._engine.dispose()
            raise refusal_of(error) or StoreDamaged() from error
        self._local = threading.local()
        self._held: list[Connection] = []
        self._held_lock = threading.Lock()
        self.writer = Writer(self._engine, clock)

    @classmethod
    def in_folder(cls, file: Path, clock: Clock) -> "Store":
        """The SQLite store in `file`.

        Raises:
            StoreReadOnly: it may not be written. SQLite would open it, and leave files beside it that may not either.
            StoreFailed, StoreBusy, StoreDamaged, StoreTooNew: see there.
        """
        if file.exists() and not os.access(file, os.W_OK):
            raise StoreReadOnly()
        return cls(f"sqlite:///{file}", clock)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent view of what is durable now, on this thread's own connection."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._engine.connect()
            self._local.connection = connection
            with self._held_lock:
                self._held.append(connection)
        with _said(), connection.begin():
            yield Reader(connection, self._clock.now())

    @contextmanager
    def read_apart(self) -> Iterator[Reader]:
        """As `read`, on a connection of its own: for caches that are filled while this thread already reads."""
        with _said(), self._engine.connect() as connection, connection.begin():
            yield Reader(connection, self._clock.now())

    def checkpoint(self) -> bool:
        """Empties the write-ahead log into the file; True when no older page copy is left in it.

        With `secure_delete` on, rows deleted before are then gone from both files (hsm.md 3.6).
        """
        with self._engine.connect() as connection:
            # While it waits for readers it holds the write lock: it must give up long before the writer does.
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_CHECKPOINT_MS}")
            try:
                row = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS}")
        return row is not None and row[0] == 0

    def close(self) -> None:
        """Ends the writer after what is queued, then every connection."""
        self.writer.close()
        with self._held_lock:
            for connection in self._held:
                connection.close()
            self._held.clear()
        self._engine.dispose()


@contextmanager
def _said() -> Iterator[None]:
    """Says a failing disk or a damaged file in words; what is a bug stays what it is."""
    try:
        yield
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def _require_writable(engine: Engine) -> None:
    """Fails now, not at the first change, when the file is read-only or another program holds it."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("PRAGMA user_version=1")  # the lock alone is to be had where nothing can be written
        cursor.execute("ROLLBACK")
    finally:
        connection.close()


def is_older(file: Path) -> bool:
    """Whether an earlier version wrote the store in `file`; to open it then takes as long as moving its data takes."""
    if not file.exists():
        return False
    try:
        # Else SQLite would leave files beside it, with the rights of this one: maybe none to write.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return False  # whoever opens it tells what is wrong
    return row is not None and row[0] in KNOWN_SCHEMAS[:-1]


def prepare(engine: Engine, url: str) -> None:
    """Brings the schema to this program's version.

    Raises:
        StoreTooNew: a newer program wrote it.
    """
    with engine.connect() as connection:
        version = None
        if inspect(connection).has_table("alembic_version"):
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version == SCHEMA:
        return
    if version is not None and version not in KNOWN_SCHEMAS:
        raise StoreTooNew()
    # Alembic takes longer to import than an empty cloud takes to start, and is needed once per version.
    from kyok.cloud.store.migrate import upgrade

    upgrade(engine, SCHEMA)


def _engine(url: str) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,  # an error's text goes to the log; the values of a statement must not
        connect_args={"check_same_thread": False} if url.startswith("sqlite") else {},
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
    )
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
    return engine


def _tune(connection: DBAPIConnection, record: object) -> None:
    # Python's sqlite3 would open transactions by itself, and only before writes: readers would see no snapshot.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        # Four times the default: each checkpoint waits for the disk twice, and the activity log fills pages quickly.
        "wal_autocheckpoint=4000",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
        "cell_size_check=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    # A unit of the writer that reads first and then waits for a checkpoint's lock would be refused, not made to wait.
    how = "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN"
    driver.execute(how)  # through SQLAlchemy it would take longer than most of the reads that follow

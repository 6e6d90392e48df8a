"""Connections of the supervisor to a server, and the passwords it uses. A password is never in argv or a log."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kyok.postgres.configuration import REPLICATOR, SUPERUSER
from kyok.postgres.errors import PostgresError
from kyok.postgres.layout import Layout

if TYPE_CHECKING:
    from psycopg import Connection

MAINTENANCE = "postgres"
"""The database that is always there."""
ANSWER_SECONDS = 20
"""How long a connection may take to come about. It is long, because a server that ended refuses at once: one that lets
wait is slow, as its machine is."""

_OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "default_transaction_read_only=off",
        "log_statement=none",
        "log_disconnections=off",  # it looks every second
        "synchronous_commit=local",
    )
)


class ServerDoesNotAnswer(PostgresError):
    """A server refused or broke off a connection of the supervisor."""

    summary = "The database server does not answer."


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the two roles that the service itself uses."""

    superuser: str = field(repr=False)
    replicator: str = field(repr=False)

    @classmethod
    def new(cls) -> "Passwords":
        """Fresh ones."""
        return cls(secrets.token_hex(24), secrets.token_hex(24))

    @classmethod
    def read(cls, layout: Layout) -> "Passwords":
        """Those that lie in an open volume."""
        return cls(**json.loads(layout.passwords.read_text("utf-8")))

    def files(self) -> dict[str, str]:
        """Names and contents of the files below a volume that hold them."""
        return {
            "passwords.json": json.dumps({"superuser": self.superuser, "replicator": self.replicator}),
            "passfile": f"*:*:*:{REPLICATOR}:{self.replicator}\n*:*:*:{SUPERUSER}:{self.superuser}\n",
        }


@dataclass(frozen=True, slots=True)
class Door:
    """How the supervisor reaches one server."""

    port: int
    layout: Layout
    passwords: Passwords = field(repr=False)
    tls: bool = True

    @contextmanager
    def connect(self, database: str = MAINTENANCE) -> Iterator["Connection[Any]"]:
        """A connection of the superuser that commits each statement; closed at the end.

        Its commits wait for the disk but for no standby: what the supervisor does must not hang when none is there.

        Raises:
            ServerDoesNotAnswer: none came about, or it broke, or a statement failed.
        """
        import psycopg

        try:
            with self.opened(database) as connection:
                yield connection
        except psycopg.Error as error:
            raise ServerDoesNotAnswer(f"The database server refused: {first_line(error)}") from None

    def opened(self, database: str = MAINTENANCE) -> "Connection[Any]":
        """A connection that the caller closes. Raises `psycopg.Error`."""
        import psycopg

        tls = {"sslmode": "verify-full", "sslrootcert": str(self.layout.ca)} if self.tls else {"sslmode": "disable"}
        return psycopg.connect(
            host="localhost",
            hostaddr="127.0.0.1",
            port=self.port,
            user=SUPERUSER,
            password=self.passwords.superuser,
            dbname=database,
            connect_timeout=ANSWER_SECONDS,
            application_name="kyok-supervisor",
            autocommit=True,
            require_auth="scram-sha-256",  # whoever else sits at the port must prove to know the password, too
            options=_OPTIONS,
            **tls,  # type: ignore[arg-type]
        )


class KeptDoor:
    """A door whose connection stays open between looks: a new one each second would fill the server's log.

    For one thread at a time; other databases than the usual one are entered and left as by `Door`.
    """

    def __init__(self) -> None:
        self._door: Door | None = None
        self._kept: Connection[Any] | None = None

    def to(self, door: Door) -> "KeptDoor":
        """The same connection if it leads there, else none yet."""
        if self._door is None or self._door.port != door.port:
            self.close()
        self._door = door
        return self

    @contextmanager
    def connect(self, database: str = MAINTENANCE) -> Iterator["Connection[Any]"]:
        """See `Door.connect`."""
        import psycopg

        if self._door is None:
            raise ServerDoesNotAnswer()
        if database != MAINTENANCE:
            with self._door.connect(database) as connection:
                yield connection
            return
        try:
            if self._kept is None or self._kept.closed:
                self._kept = self._door.opened()
            yield self._kept
        except psycopg.Error as error:
            self.close()
            raise ServerDoesNotAnswer(f"The database server refused: {first_line(error)}") from None

    def close(self) -> None:
        """Ends the connection."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()


def value(door: Door | KeptDoor, query: str, *parameters: Any) -> Any:
    """The first column of the first row. Raises `ServerDoesNotAnswer`."""
    with door.connect() as connection:
        row = connection.execute(query, parameters or None).fetchone()
    return None if row is None else row[0]


def first_line(error: Exception) -> str:
    """What an error says first; PostgreSQL's details may repeat a value of a row."""
    text = str(error).strip().splitlines()
    return text[0] if text else type(error).__name__

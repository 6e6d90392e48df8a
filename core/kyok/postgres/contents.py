"""What a cluster holds, as figures that can be compared: rows, a digest over all tables, bytes.

The digest is over the text of every row, whatever its order in the table: a restored backup has the same one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kyok.postgres.sessions import MAINTENANCE, Door, KeptDoor

if TYPE_CHECKING:
    from psycopg import Connection

EXACT_UP_TO = 128 * 1024 * 1024
"""Bytes of user tables up to which every row is read for the digest; above, rows are PostgreSQL's estimate."""
Row = tuple[int, str, str, int, str]
"""One row of the sample table `payments`: id, customer, purpose, cents, reference."""

_DATABASES = "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname"
_TABLES = """
SELECT n.nspname, c.relname, c.reltuples::bigint, pg_table_size(c.oid)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.relpersistence = 'p'
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
 ORDER BY 1, 2
"""
_TRAFFIC = """
SELECT sum(tup_inserted + tup_updated + tup_deleted), count(*)
  FROM pg_stat_database
"""
_MAKE = """
CREATE TABLE IF NOT EXISTS payments (
    id bigint PRIMARY KEY,
    customer text NOT NULL,
    purpose text NOT NULL,
    cents bigint NOT NULL,
    reference text NOT NULL UNIQUE
)
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows of all tables, their digest (empty when it was not computed), bytes of all databases."""

    rows: int
    digest: str
    size: int

    @property
    def exact(self) -> bool:
        """Whether every row was read."""
        return bool(self.digest)


def traffic(door: Door | KeptDoor) -> tuple[Any, ...]:
    """Something that differs whenever rows may have changed since."""
    with door.connect() as connection:
        row = connection.execute(_TRAFFIC).fetchone()
        return tuple(row) if row is not None else ()


def contents(door: Door | KeptDoor) -> Contents:
    """Reads everything once.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        names = [row[0] for row in connection.execute(_DATABASES).fetchall()]
        size = connection.execute("SELECT sum(pg_database_size(oid)) FROM pg_database").fetchone()
    total, exact, digest = 0, True, hashlib.sha256()
    for name in names:
        with door.connect(name) as connection:
            tables = connection.execute(_TABLES).fetchall()
            readable = sum(table[3] for table in tables) <= EXACT_UP_TO
            exact = exact and readable
            for line, rows in _lines(connection, tables, readable=readable):
                total += rows
                if name != MAINTENANCE or rows:
                    digest.update(f"{name}\x1f{line}\n".encode())
    return Contents(total, digest.hexdigest() if exact else "", int(size[0]) if size else 0)


def _lines(
    connection: "Connection[Any]", tables: Sequence[Sequence[Any]], *, readable: bool
) -> Iterable[tuple[str, int]]:
    from psycopg import sql

    for schema, table, estimate, _ in tables:
        if not readable:
            yield f"{schema}\x1f{table}", max(int(estimate), 0)
            continue
        query = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM ONLY {} t").format(
            sql.Identifier(schema, table)
        )
        row = connection.execute(query).fetchone()
        count, total = (row[0], row[1]) if row is not None else (0, 0)
        yield f"{schema}\x1f{table}\x1f{count}\x1f{total}", int(count)


def add_rows(door: Door, database: str, owner: str, rows: Sequence[Row]) -> None:
    """Adds rows to the sample table, which is made when it is not there; on return they are acknowledged.

    Raises:
        ServerDoesNotAnswer: refused or broken off; then none of the rows is there.
    """
    from psycopg import sql

    with door.connect(database) as connection, connection.transaction():
        connection.execute("SET LOCAL synchronous_commit = on")  # acknowledged means: on two nodes
        connection.execute(_MAKE)
        connection.execute(sql.SQL("ALTER TABLE payments OWNER TO {}").format(sql.Identifier(owner)))
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY payments (id, customer, purpose, cents, reference) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def next_row_id(door: Door, database: str) -> int:
    """One more than the highest id of the sample table; 1 when there is none."""
    with door.connect(database) as connection:
        if connection.execute("SELECT to_regclass('payments')").fetchone() == (None,):
            return 1
        row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM payments").fetchone()
        return int(row[0]) if row is not None else 1


def last_rows(door: Door, database: str, count: int) -> list[Row]:
    """The newest sample rows, newest first."""
    with door.connect(database) as connection:
        if connection.execute("SELECT to_regclass('payments')").fetchone() == (None,):
            return []
        found = connection.execute(
            "SELECT id, customer, purpose, cents, reference FROM payments ORDER BY id DESC LIMIT %s", (count,)
        )
        return [(int(row[0]), row[1], row[2], int(row[3]), row[4]) for row in found.fetchall()]

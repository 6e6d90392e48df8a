"""Inserts rows of one shape with few statements, each compiled once.

SQLAlchemy builds and checks its parameters anew for each row, which costs several times what the database takes; the
activity log, which grows by a row with every wrap, cannot afford that. And many rows go with one statement: SQLite's
module lets go of the interpreter's lock for each one, and with a busy thread beside it that costs a switch there and
back, more than the row itself.

A row that cannot be inserted ends the caller's transaction, as any failure of the log does. So SQLite is told to FAIL
instead of taking back the rows before it: for that it would copy every page that the statement changes, and beyond
64 KiB into a file that it makes for the purpose (https://www.sqlite.org/tempfiles.html, 2.5 and 2.6).
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

ROWS = (64, 32, 16, 8, 4, 2, 1)
"""How many rows a statement may hold: few forms, so that the database keeps them all prepared."""


class BulkInsert:
    """`INSERT` of named columns, in the order of the table, for transactions that end when it fails."""

    def __init__(self, engine: Engine, table: Table, columns: Sequence[str]) -> None:
        dialect = engine.dialect
        statement = insert(table).prefix_with("OR FAIL", dialect="sqlite")
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        self._names = list(columns)
        if self._names != [column.name for column in table.c if column.name in columns]:
            raise ValueError(f"the columns of {table.name} stand in another order")
        self._sql = str(compiled)
        start, _, values = self._sql.rpartition(" VALUES ")
        self._many = {rows: f"{start} VALUES {', '.join([values] * rows)}" for rows in ROWS}
        self._positional = dialect.positional
        found = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self._names]
        self._processors = [(at, process) for at, process in enumerate(found) if process is not None]

    def run(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        """Inserts the rows, whose values stand in the order of the columns."""
        if not rows:
            return
        if self._processors:
            rows = [self._prepared(row) for row in rows]
        if not self._positional:
            named = [dict(zip(self._names, row, strict=True)) for row in rows]
            connection.exec_driver_sql(self._sql, named)
            return
        at = 0
        for size in ROWS:
            while len(rows) - at >= size:
                connection.exec_driver_sql(self._many[size], tuple(chain.from_iterable(rows[at : at + size])))
                at += size

    def _prepared(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, process in self._processors:
            values[at] = process(values[at])
        return values

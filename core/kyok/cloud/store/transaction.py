"""A unit of work inside the writer's batch, and a reader's view of the last commit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, NestedTransaction, Row

from kyok.cloud.store.contents import Owed

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
ChangeNote = tuple[str, str]


class Reader:
    """Reads on one connection; `now` is the service clock, fixed for the whole unit."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def one(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """The first row, or None."""
        return self.connection.execute(statement, params).first()

    def all(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """All rows."""
        return self.connection.execute(statement, params).all()

    def scalar(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(statement, params).scalar()


class Transaction(Reader):
    """One unit of work: its own savepoint in the writer's batch, with the activity rows it owes.

    The savepoint is opened at the first write, so a unit that only reads and records its
    activity row (wrap, unwrap) costs none.
    """

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        on_change: Callable[[str], None] = lambda kind: None,
    ) -> None:
        super().__init__(connection, now)
        self._savepoint: NestedTransaction | None = None
        self._on_change = on_change
        self.changes: list[ChangeNote] = []
        self.activity: list[Owed] = []
        self.folded: list[str] = []
        self.callbacks: list[Callable[[], None]] = []
        self.removes_contents = False
        """To be set by whoever removes rows of `activity_content`."""

    def execute(self, statement: Executable, params: Params = None) -> int:
        """Runs a writing statement; returns the number of rows it touched."""
        if self._savepoint is None:
            self._savepoint = self.connection.begin_nested()
        return self.connection.execute(statement, params).rowcount

    def changed(self, kind: str, ident: str) -> None:
        """Notes for the change feed that something of `kind` with this id is different now."""
        self.changes.append((kind, ident))
        self._on_change(kind)

    def record(self, event: Owed) -> None:
        """Owes one event of the activity log to this transaction."""
        self.activity.append(event)

    def fold(self, event_id: str) -> None:
        """Counts one more on an event of the activity log, which may be owed by a unit of the same batch."""
        self.folded.append(event_id)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Runs `callback` on the writer's thread once the batch is durable, before callers hear of it."""
        self.callbacks.append(callback)

    def undo(self) -> None:
        """Takes back everything this unit did so far; the unit may go on (to record a refusal)."""
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._savepoint = None
        self.changes.clear()
        self.activity.clear()
        self.folded.clear()
        self.callbacks.clear()

    def release(self) -> None:
        """Ends the unit: its writes stay in the batch."""
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None

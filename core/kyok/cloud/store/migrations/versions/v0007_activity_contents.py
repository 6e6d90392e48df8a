"""What events say is written once for all that say the same, and an event names it by its number."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SAME = ("account", "action", "outcome", "severity", "initiator", "initiator_id", "instance", "target", "folds")
_AT_ONCE = 1000
_Serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the two tables, fills them from the one that is there, and removes that."""
    op.rename_table("activity", "activity_before")
    for name in ("activity_of_instance", "activity_at", "activity_narrow", "activity_folding"):
        op.drop_index(name)
    content = op.create_table(
        "activity_content",
        sa.Column("id", _Serial, primary_key=True),
        *(sa.Column(name, sa.Boolean if name == "folds" else sa.Text, nullable=False) for name in _SAME),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    event = op.create_table(
        "activity",
        sa.Column("seq", _Serial, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("content", _Serial, sa.ForeignKey("activity_content.id"), nullable=False),
        sa.Column("correlation", sa.Text, nullable=False),
        sa.Column("folded", sa.Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    _fill(op.get_bind(), content, event)
    op.drop_table("activity_before")
    op.create_index("activity_content_of_instance", "activity_content", ["instance"])
    op.create_index("activity_content_narrow", "activity_content", list(_SAME))
    op.create_index("activity_content_folding", "activity_content", ["id"], sqlite_where=sa.text("folds IS 1"))
    op.create_index("activity_at", "activity", ["at"])
    op.create_index("activity_of_content", "activity", ["content", "seq"])


def _fill(connection: sa.Connection, content: sa.Table, event: sa.Table) -> None:
    numbers: dict[bytes, int] = {}  # by a digest: a long log has more different contents than fit in memory
    last = 0
    while True:
        statement = sa.text("SELECT * FROM activity_before WHERE seq > :last ORDER BY seq LIMIT :count")
        rows = connection.execute(statement, {"last": last, "count": _AT_ONCE}).all()
        if not rows:
            break
        last = rows[-1].seq
        contents, events = [], []
        for row in rows:
            said = _said(row)
            key = hashlib.sha256(json.dumps(said).encode()).digest()
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                contents.append({"id": numbers[key], **said, "document": json.loads(said["document"])})
            events.append(
                {"seq": row.seq, "event_id": row.event_id, "at": row.at, "content": numbers[key]}
                | {"correlation": row.correlation, "folded": row.folded}
            )
        if contents:
            connection.execute(sa.insert(content), contents)
        connection.execute(sa.insert(event), events)
    if connection.dialect.name == "sqlite":  # the numbers go on where they were, also when the newest events are gone
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'activity'"))
        connection.execute(sa.text("UPDATE sqlite_sequence SET name = 'activity' WHERE name = 'activity_before'"))


def _said(row: sa.Row[Any]) -> dict[str, Any]:
    document = json.loads(row.document)
    for name in ("id", "eventTime", "correlationId"):
        document.pop(name, None)
    words = f" {row.words} "
    if row.correlation:  # a client chose it: it may be a part of any word
        words = words.replace(f" {row.correlation.lower()} ", " ")
    return {
        **{name: getattr(row, name) for name in _SAME},
        "folds": bool(row.folds),
        "words": words.strip(),
        "document": json.dumps(document, ensure_ascii=False),
    }

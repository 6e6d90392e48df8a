"""Events of the activity log are found by the time that their ids begin with; no index holds the ids any more."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_Serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the table anew, since SQLite cannot take a unique constraint away."""
    op.rename_table("activity", "activity_before")
    for name in ("activity_at", "activity_of_content"):
        op.drop_index(name)
    op.create_table(
        "activity",
        sa.Column("seq", _Serial, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column(
            "content",
            _Serial,
            sa.ForeignKey("activity_content.id", deferrable=True, initially="DEFERRED"),
            nullable=False,
        ),
        sa.Column("correlation", sa.Text, nullable=False),
        sa.Column("folded", sa.Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO activity (seq, event_id, at, content, correlation, folded) "
        "SELECT seq, event_id, at, content, correlation, folded FROM activity_before ORDER BY seq"
    )
    if op.get_bind().dialect.name == "sqlite":  # numbers go on where they were, also when the newest events are gone
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'activity'")
        op.execute("UPDATE sqlite_sequence SET name = 'activity' WHERE name = 'activity_before'")
    op.drop_table("activity_before")
    op.create_index("activity_at", "activity", ["at"])
    op.create_index("activity_of_content", "activity", ["content", "seq"])
    # The ids of older events say no time, and to count one more check on such an event would be to look for it in the
    # whole log: agents write a new one at their next check.
    op.execute("DELETE FROM activity_fold")

"""What the activity log is searched by, and the indexes that keep its pages quick."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NARROW = "seq, at, account, action, outcome, severity, initiator, initiator_id, instance, correlation, folds, folded"


def upgrade() -> None:
    """Adds the columns, fills them for the events that are there, and adds the indexes."""
    for name in ("initiator_id", "words"):
        op.add_column("activity", sa.Column(name, sa.Text, nullable=False, server_default=""))
    _fill(op.get_bind())
    op.create_index("activity_at", "activity", ["at"])
    op.create_index("activity_narrow", "activity", _NARROW.split(", "))
    op.create_index("activity_folding", "activity", ["seq"], sqlite_where=sa.text("folds IS 1"))


def _fill(connection: sa.Connection) -> None:
    rows = connection.execute(sa.text("SELECT seq, target, instance, document FROM activity")).all()
    values = [_values(row.seq, row.target, row.instance, json.loads(row.document)) for row in rows]
    if values:
        connection.execute(
            sa.text("UPDATE activity SET initiator_id = :who, words = :words, instance = :instance WHERE seq = :of"),
            values,
        )


def _values(seq: int, target: str, instance: str, document: dict[str, Any]) -> dict[str, Any]:
    """Frozen with this migration: what the program writes may change later."""
    initiator, about = document["initiator"], document["target"]
    parts = (
        document["action"],
        document["message"],
        initiator["name"],
        initiator["id"],
        about["name"],
        about["id"],
        (document.get("reason") or {}).get("reasonForFailure", ""),
        document["correlationId"],
    )
    segments = target.split(":")
    return {
        "of": seq,
        "who": initiator["id"],
        "words": " ".join(part for part in parts if part).lower(),
        "instance": instance or (segments[7] if len(segments) == 10 else ""),
    }

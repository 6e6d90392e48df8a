"""Key checks of each node, counted in buckets of a quarter of an hour."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key_check
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_rules import AnswerKind

BUCKET = timedelta(minutes=15)
KEPT = timedelta(days=2)
"""The strip shows one day; the rest is for a window that is behind."""
_LETTERS = (("denied", "d"), ("unreachable", "u"), ("passed", "p"))


def bucket_start(when: datetime) -> int:
    """The start of the bucket that holds a moment, in milliseconds."""
    size = BUCKET // timedelta(milliseconds=1)
    return milliseconds(when) // size * size


def count(tx: Transaction, checks: Iterable[tuple[str, AnswerKind]]) -> None:
    """Counts checks (node id, result) in the present bucket."""
    start = bucket_start(tx.now)
    for node_id, kind in checks:
        first = {name: int(name == kind.value) for name in ("passed", "denied", "unreachable")}
        statement = insert(key_check).values(node_id=node_id, bucket_at=start, **first)
        column = key_check.c[kind.value]
        tx.execute(
            statement.on_conflict_do_update(index_elements=["node_id", "bucket_at"], set_={column.name: column + 1})
        )


def strip(reader: Reader, node_ids: list[str], now: datetime, buckets: int = 96) -> dict[str, str]:
    """One letter a bucket for each node, oldest first, the running bucket last; the worst check of a bucket wins."""
    last = bucket_start(now)
    size = BUCKET // timedelta(milliseconds=1)
    first = last - (buckets - 1) * size
    lines = {node_id: ["-"] * buckets for node_id in node_ids}
    statement = select(key_check).where(key_check.c.node_id.in_(node_ids), key_check.c.bucket_at >= first)
    for row in reader.all(statement):
        index = (row.bucket_at - first) // size
        if index < buckets:
            letter = next(letter for name, letter in _LETTERS if getattr(row, name) or name == "passed")
            lines[row.node_id][index] = letter
    return {node_id: "".join(line) for node_id, line in lines.items()}


def totals(reader: Reader, node_ids: list[str], since: datetime) -> dict[str, int]:
    """How many checks of these nodes passed, were denied and reached nobody, by whole buckets since a moment."""
    sums = [func.coalesce(func.sum(key_check.c[kind.value]), 0).label(kind.value) for kind in AnswerKind]
    statement = select(*sums).where(key_check.c.node_id.in_(node_ids), key_check.c.bucket_at >= bucket_start(since))
    row = reader.one(statement)
    return {kind.value: int(getattr(row, kind.value)) if row is not None else 0 for kind in AnswerKind}


def forget_old(tx: Transaction) -> int:
    """Removes buckets that no strip shows any more."""
    return tx.execute(delete(key_check).where(key_check.c.bucket_at < milliseconds(tx.now - KEPT)))

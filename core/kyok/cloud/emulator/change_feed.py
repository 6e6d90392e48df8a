"""The change feed: what became different, in order, so that open windows refresh what they show."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, func, or_, select

from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import change, instance, policy, reclamation

KEPT = 10_000
"""How many changes are kept; who asks for older ones is told to read everything anew."""
SLACK = 1_000
"""How many more may gather before the old ones are removed."""
MOST = 500
"""Most changes in one answer."""
RESET = "reset"
"""The kind that says that the whole state was replaced."""
LONGEST_WAIT = 25.0
"""Seconds of wall time."""
_OF_THE_CLOUD = ("settings",)
"""Kinds whose ids every user may know: he can read these things."""
_GUID = 36
"""Length of an instance's GUID, with which the id of whatever is in an instance begins."""
_owner = func.coalesce(instance.c.account, policy.c.account, reclamation.c.account)
_SINCE = (
    select(
        change.c.seq,
        change.c.kind,
        case((or_(_owner.is_not(None), change.c.kind.in_(_OF_THE_CLOUD)), change.c.ident), else_="").label("ident"),
    )
    .outerjoin(instance, instance.c.guid == func.substr(change.c.ident, 1, _GUID))
    .outerjoin(policy, policy.c.id == change.c.ident)
    .outerjoin(reclamation, reclamation.c.id == change.c.ident)
    .where(change.c.seq > bindparam("after"), or_(_owner.is_(None), _owner == bindparam("account")))
    .order_by(change.c.seq)
    .limit(MOST)
)
"""Changes of one account. Whose they are is asked here, by primary keys, so that noting one costs nothing more."""


class ChangeFeed:
    """Reads the feed and keeps it short."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def present(self, reader: Reader) -> dict[str, Any]:
        """Where a client starts."""
        return _answer(_last(reader))

    def since(self, reader: Reader, account: str, after: int) -> dict[str, Any]:
        """What an account may know of what came after a sequence number.

        Changes of other accounts are left out. Of what belongs to nobody, or is gone, it tells the kind alone.
        """
        last = _last(reader)
        oldest = reader.scalar(select(func.min(change.c.seq))) or 0
        replaced = select(change.c.seq).where(change.c.kind == RESET, change.c.seq > after).limit(1)
        if after > last or after < oldest - 1 or reader.scalar(replaced) is not None:
            return _answer(last, reset=True)
        rows = reader.all(_SINCE, {"after": after, "account": account})
        return _answer(rows[-1].seq if len(rows) == MOST else last, rows)

    def tidy(self) -> bool:
        """Removes old changes when enough have gathered; True when it did. For the reconciler's thread."""
        with self._store.read() as reader:
            oldest = reader.scalar(select(func.min(change.c.seq))) or 0
            if _last(reader) - oldest < KEPT + SLACK:
                return False
        self._store.writer.perform(prune)
        return True


def prune(tx: Transaction) -> None:
    """Removes all but the newest changes."""
    tx.execute(delete(change).where(change.c.seq <= _last(tx) - KEPT))


def _last(reader: Reader) -> int:
    return int(reader.scalar(select(func.max(change.c.seq))) or 0)


def _answer(seq: int, rows: Sequence[Row[Any]] = (), *, reset: bool = False) -> dict[str, Any]:
    changes = [{"seq": row.seq, "kind": row.kind, "id": row.ident} for row in rows]
    return {"seq": seq, "reset": reset, "changes": changes}

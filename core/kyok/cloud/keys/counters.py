"""How many keys an instance has, by state, type and first byte of the id; kept in the transaction of each change.

The first byte is what makes any offset of a list quick to find: ids are random, so a bucket holds a 256th of the keys
(docs/adr/0020).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_count
from kyok.domain.key_states import KeyState

BUCKETS = 256

_ADD = insert(key_count).values(
    instance=bindparam("guid"),
    state=bindparam("of_state"),
    extractable=bindparam("standard"),
    bucket=bindparam("of_bucket"),
    number=bindparam("of_number"),
)
_ADD = _ADD.on_conflict_do_update(
    index_elements=["instance", "state", "extractable", "bucket"],
    set_={"number": key_count.c.number + _ADD.excluded.number},
)
_TAKE = (
    update(key_count)
    .where(
        key_count.c.instance == bindparam("guid"),
        key_count.c.state == bindparam("of_state"),
        key_count.c.extractable == bindparam("standard"),
        key_count.c.bucket == bindparam("of_bucket"),
    )
    .values(number=key_count.c.number - 1)
)


def bucket_of(key_id: str) -> int:
    """The bucket of a key id: its first byte."""
    return int(key_id[:2], 16)


def add(tx: Transaction, guid: str, key_id: str, state: KeyState, *, standard: bool) -> None:
    """Counts a new key."""
    tx.execute(_ADD, {**_place(guid, key_id, state, standard), "of_number": 1})


def add_many(tx: Transaction, guid: str, key_ids: Iterable[str], state: KeyState, *, standard: bool) -> None:
    """Counts many new keys."""
    per_place = Counter(bucket_of(key_id) for key_id in key_ids)
    places = [
        {"guid": guid, "of_state": int(state), "standard": standard, "of_bucket": bucket, "of_number": number}
        for bucket, number in per_place.items()
    ]
    if places:
        tx.execute(_ADD, places)


def take(tx: Transaction, guid: str, key_id: str, state: KeyState, *, standard: bool) -> None:
    """Counts a key that is no more."""
    tx.execute(_TAKE, _place(guid, key_id, state, standard))


def move(tx: Transaction, guid: str, key_id: str, states: tuple[KeyState, KeyState], *, standard: bool) -> None:
    """Counts a key that went from the first state to the second."""
    take(tx, guid, key_id, states[0], standard=standard)
    add(tx, guid, key_id, states[1], standard=standard)


def _place(guid: str, key_id: str, state: KeyState, standard: bool) -> dict[str, Any]:
    return {"guid": guid, "of_state": int(state), "standard": standard, "of_bucket": bucket_of(key_id)}


def per_bucket(reader: Reader, guid: str, states: Iterable[KeyState], standard: bool | None) -> list[tuple[int, int]]:
    """Bucket and number of keys in these states (and of this type), buckets in order; empty ones are left out."""
    statement = (
        select(key_count.c.bucket, func.sum(key_count.c.number).label("number"))
        .where(key_count.c.instance == guid, key_count.c.state.in_(sorted(int(state) for state in states)))
        .group_by(key_count.c.bucket)
        .order_by(key_count.c.bucket)
    )
    if standard is not None:
        statement = statement.where(key_count.c.extractable == standard)
    return [(row.bucket, int(row.number)) for row in reader.all(statement)]


def total(reader: Reader, guid: str, states: Iterable[KeyState], standard: bool | None = None) -> int:
    """How many keys there are in these states (and of this type)."""
    return sum(number for _, number in per_bucket(reader, guid, states, standard))


def by_state(reader: Reader, guid: str) -> dict[tuple[KeyState, bool], int]:
    """How many keys there are, by stored state and whether they are standard keys."""
    statement = (
        select(key_count.c.state, key_count.c.extractable, func.sum(key_count.c.number).label("number"))
        .where(key_count.c.instance == guid)
        .group_by(key_count.c.state, key_count.c.extractable)
    )
    return {(KeyState(row.state), bool(row.extractable)): int(row.number) for row in reader.all(statement)}


def recount(tx: Transaction, guid: str) -> None:
    """Counts from the keys themselves, for repairs."""
    tx.execute(delete(key_count).where(key_count.c.instance == guid))
    statement = select(key.c.id, key.c.state, key.c.extractable).where(key.c.instance == guid)
    for row in tx.all(statement):
        add(tx, guid, row.id, KeyState(row.state), standard=row.extractable)

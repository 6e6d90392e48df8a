"""The one place where a key's stored state changes: row, counters and change feed together."""

from typing import Any, Protocol

from sqlalchemy import update

from kyok.cloud.keys import counters
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import key
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_states import KeyState


class Movable(Protocol):
    """What has to be known of a key to move it."""

    @property
    def pk(self) -> int:
        """The key's number."""

    @property
    def id(self) -> str:
        """The key's id."""

    @property
    def stored(self) -> KeyState:
        """The state in its row, which the counters go by."""

    @property
    def standard(self) -> bool:
        """Whether it is a standard key."""


def move(
    tx: Transaction, guid: str, moved: Movable, to: KeyState, *, by: str, event: str | None, **values: Any
) -> None:
    """Stores the new state, who brought the key into it, and the event that tells of it."""
    now = milliseconds(tx.now)
    tx.execute(
        update(key)
        .where(key.c.pk == moved.pk)
        .values(state=int(to), updated_at=now, state_at=now, state_by=by, state_event=event, lifecycle_at=now, **values)
    )
    counters.move(tx, guid, moved.id, (moved.stored, to), standard=moved.standard)
    tx.changed("key", f"{guid}/{moved.id}")

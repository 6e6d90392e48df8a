"""The versions of a root key (reference/kms-api.md 2.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kyok.cloud.keys import states
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import key_version
from kyok.cloud.store.times import moment
from kyok.domain.key_states import KeyAction, KeyState


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version."""

    id: str
    number: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Versions of one key, newest first, and how many there are in all."""

    versions: Sequence[VersionView]
    total: int


def page(reader: Reader, scope: Scope, *, limit: int, offset: int, all_states: bool) -> VersionPage:
    """One page of versions; those of a deleted key only when `all_states` asks for them."""
    found = scope.required_key()
    state = found.state(reader)
    if not (all_states and state is KeyState.DESTROYED and not found.standard):
        states.require(KeyAction.VERSIONS, state, standard=found.standard)
    of_key = key_version.c.key_pk == found.pk
    statement = select(key_version.c.id, key_version.c.number, key_version.c.created_at).where(of_key)
    rows = reader.all(statement.order_by(key_version.c.number.desc()).limit(limit).offset(offset))
    total = reader.scalar(select(func.count()).select_from(key_version).where(of_key))
    return VersionPage([VersionView(row.id, row.number, moment(row.created_at)) for row in rows], int(total))

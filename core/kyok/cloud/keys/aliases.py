"""Aliases: other names of a key, unique within the instance (reference/kms-api.md 2.15 and 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, states
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_alias
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_fields import ALIASES_PER_INSTANCE, ALIASES_PER_KEY, alias_problem, aliases_problem
from kyok.domain.key_states import KeyAction


@dataclass(frozen=True, slots=True)
class AliasView:
    """An alias that was made."""

    key_id: str
    alias: str
    created_by: str
    created_at: datetime


def check(reader: Reader, guid: str, names: Sequence[str]) -> None:
    """Holds the aliases of a new key against their rules.

    Raises:
        InvalidField, AliasNotUnique, AliasQuota.
    """
    if not names:
        return
    problem = aliases_problem(names)
    if problem:
        raise errors.InvalidField(problem, target="aliases")
    taken = reader.scalar(select(key_alias.c.alias).where(key_alias.c.instance == guid, key_alias.c.alias.in_(names)))
    if taken is not None:
        raise errors.AliasNotUnique(f"The alias “{taken}” belongs to a key of this instance already.")
    number = reader.scalar(select(func.count()).select_from(key_alias).where(key_alias.c.instance == guid))
    if number + len(names) > ALIASES_PER_INSTANCE:
        raise errors.AliasQuota()


def store(tx: Transaction, scope: Scope, pk: int, names: Sequence[str]) -> None:
    """Stores checked aliases of a key."""
    for name in names:
        tx.execute(
            insert(key_alias).values(
                instance=scope.instance.guid,
                alias=name,
                key_pk=pk,
                created_at=milliseconds(tx.now),
                created_by=scope.caller.iam_id,
            )
        )


class Aliases:
    """Gives aliases to existing keys and takes them away."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity

    def create(self, tx: Transaction, scope: Scope, alias: str) -> AliasView:
        """One more alias; a key has at most five."""
        found = scope.required_key()
        states.require(KeyAction.ALIAS, found.state(tx), standard=found.standard)
        problem = alias_problem(alias)
        if problem:
            raise errors.InvalidField(problem, target="alias")
        number = tx.scalar(select(func.count()).select_from(key_alias).where(key_alias.c.key_pk == found.pk))
        if number >= ALIASES_PER_KEY:
            raise errors.AliasQuota(f"The key has {ALIASES_PER_KEY} aliases already.")
        check(tx, scope.instance.guid, [alias])
        store(tx, scope, found.pk, [alias])
        self._note(tx, scope, alias)
        return AliasView(found.id, alias, scope.caller.iam_id, tx.now)

    def delete(self, tx: Transaction, scope: Scope, alias: str) -> None:
        """Takes an alias away; it can be given again at once."""
        found = scope.required_key()
        states.require(KeyAction.ALIAS, found.state(tx), standard=found.standard)
        gone = tx.execute(delete(key_alias).where(key_alias.c.key_pk == found.pk, key_alias.c.alias == alias))
        if not gone:
            raise errors.AliasNotFound()
        self._note(tx, scope, alias)

    def _note(self, tx: Transaction, scope: Scope, alias: str) -> None:
        found = scope.required_key()
        tx.execute(update(key).where(key.c.pk == found.pk).values(updated_at=milliseconds(tx.now)))
        self._activity.record(tx, scope.caller, scope.event({"keyId": found.id}, {"alias": alias}))
        tx.changed("key", f"{scope.instance.guid}/{found.id}")

"""What may be done with a key now, and when not, why, in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kyok.domain.key_states import (
    ENABLE_DELAY,
    RESTORE_DELAY,
    KeyAction,
    deleted_key_times,
    refusal,
)
from kyok.domain.texts import listed
from kyok.domain.translation import noted, tr
from kyok_gui.times import day, span

if TYPE_CHECKING:
    from kyok.client.records.keys import Key
    from kyok_gui.pages.keys.rows import KeyRow

WAITS, STATE, ONLY_ROOT = "waits", "state", "type"
"""Kinds of reasons: of time, of the state of a key, of its type."""
_ROOT_WORDS = frozenset({KeyAction.ROTATE, KeyAction.DISABLE, KeyAction.ENABLE, KeyAction.SYNC})


class Against(str):
    """Why an action does not fit a key, in a few words; it can also be said of one key or of several by their names."""

    kind: str
    _noted: tuple[str, str]
    _values: dict[str, object]

    def __new__(cls, words: str, one: str = "", many: str = "", kind: str = "", **values: object) -> Against:
        """`one` and `many` are noted texts with a place for `who`."""
        made = super().__new__(cls, words)
        made.kind, made._noted, made._values = kind, (one, many or one), values
        return made

    def said_of(self, who: str, count: int) -> str:
        """`hr-root is suspended`, `hr-root and b-root are suspended`."""
        noted_words = self._noted[0 if count == 1 else 1]
        return tr(noted_words, who=who, **self._values) if noted_words else f"{who}: {self}"


May = Callable[[KeyAction, str], str]
"""Why the signed-in person may not do something with keys of a key ring; empty when they may."""


def anything(action: KeyAction, ring: str) -> str:
    """Of a person who may do everything."""
    return ""


def scheduled(key: Key, now: datetime) -> bool:
    """Whether a first person has authorized the deletion, and that still holds."""
    until = key.dual_auth.expires_at
    return key.dual_auth.set_for_deletion and (until is None or now < until)


def reason_against(action: KeyAction, key: Key, now: datetime) -> str:
    """Why the action cannot be done with this key now, in a few words; empty when it can."""
    if refusal(action, key.state, standard=key.standard) is not None:
        if key.standard and action in _ROOT_WORDS:
            return _only_root()
        state = key.state.word.lower()
        one, many = noted("{who} is {state}"), noted("{who} are {state}")
        return Against(tr("it is {state}", state=state), one, many, STATE, state=state)
    check = _CHECKS.get(action)
    return check(key, now) if check is not None else ""


def _only_root() -> Against:
    one, many = noted("{who} is a standard key"), noted("{who} are standard keys")
    return Against(tr("only root keys"), one, many, ONLY_ROOT)


def row_reason(action: KeyAction, row: KeyRow, now: datetime, may: May = anything) -> str:
    """As `reason_against`, with the resources that keep the key and what the signed-in person may do."""
    against = reason_against(action, row.key, now)
    if not against and action is KeyAction.DELETE:
        against = kept_words(row)
    return against or may(action, row.key.ring)


def kept_words(row: KeyRow) -> str:
    """`vault-bucket keeps it by a retention policy`; empty when nothing keeps the key."""
    keepers = [use.name for use in row.uses if use.keeps]
    if not keepers:
        return ""
    if len(keepers) == 1:
        return Against(tr("{name} keeps it by a retention policy", name=keepers[0]))
    return Against(tr("{names} keep it by a retention policy", names=listed(keepers)))


def _against_enabling(key: Key, now: datetime) -> str:
    if key.expires_at is not None and now >= key.expires_at:
        expired = day(key.expires_at)
        return Against(tr("it expired on {day}", day=expired), noted("{who} expired on {day}"), day=expired)
    moment = enable_from(key)
    return _wait(moment, now) if moment is not None else ""


def enable_from(key: Key) -> datetime | None:
    """From when on a suspended key can be enabled.

    The API does not tell when it was disabled. Whatever changed it last, disabling it was not later: 30 seconds after
    that are always enough. Times are told in whole seconds, so one more is waited for.
    """
    return key.updated_at + ENABLE_DELAY + timedelta(seconds=1) if key.updated_at is not None else None


def _against_restoring(key: Key, now: datetime) -> str:
    if key.deleted_at is None:
        return ""
    last = restore_until(key)
    if last is not None and now > last:
        return Against(tr("that was possible until {day}", day=day(last)))
    moment = restore_from(key)
    return _wait(moment, now) if moment is not None else ""


def restore_from(key: Key) -> datetime | None:
    """From when on a deleted key can be restored. Times are told in whole seconds, so one more is waited for."""
    return key.deleted_at + RESTORE_DELAY + timedelta(seconds=1) if key.deleted_at is not None else None


def restore_until(key: Key) -> datetime | None:
    """Until when a deleted key can be restored."""
    if key.restore_until is not None or key.deleted_at is None:
        return key.restore_until
    return deleted_key_times(key.deleted_at, key.expires_at).restore_until


def purge_from(key: Key) -> datetime | None:
    """From when on a deleted key can be purged."""
    if key.purge_from is not None or key.deleted_at is None:
        return key.purge_from
    return deleted_key_times(key.deleted_at).purge_from


def purged_on(key: Key) -> datetime | None:
    """When a deleted key is purged by itself."""
    if key.purged_at is not None or key.deleted_at is None:
        return key.purged_at
    return deleted_key_times(key.deleted_at).purged_at


def _against_purging(key: Key, now: datetime) -> str:
    moment = purge_from(key)
    return _wait(moment, now) if moment is not None else ""


def _against_deleting(key: Key, now: datetime) -> str:
    if not key.dual_auth.enabled or scheduled(key, now):
        return ""
    return Against(
        tr("it needs two people, and the first has to schedule the deletion"),
        noted("{who} needs two people, and the first has to schedule the deletion"),
        noted("{who} need two people, and the first has to schedule the deletion"),
    )


def _against_scheduling(key: Key, now: datetime) -> str:
    if not key.dual_auth.enabled:
        return tr("one person is enough to delete it")
    return tr("it is scheduled already") if scheduled(key, now) else ""


def _against_cancelling(key: Key, now: datetime) -> str:
    return "" if scheduled(key, now) else tr("no deletion is scheduled")


def _against_rotation_policy(key: Key, now: datetime) -> str:
    if key.standard:
        return _only_root()
    return tr("it was imported: the service cannot make its material") if key.imported else ""


def _wait(moment: datetime, now: datetime) -> str:
    if now >= moment:
        return ""
    # Whole seconds, upwards: what is possible in 0.4 seconds is not possible yet.
    left = timedelta(seconds=-(-(moment - now) // timedelta(seconds=1)))
    words = span(left, parts=1)
    wait = noted("{who} must wait, possible in {span}")
    return Against(tr("possible in {span}", span=words), wait, wait, WAITS, span=words)


_CHECKS: dict[KeyAction, Callable[[Key, datetime], str]] = {
    KeyAction.ENABLE: _against_enabling,
    KeyAction.RESTORE: _against_restoring,
    KeyAction.PURGE: _against_purging,
    KeyAction.DELETE: _against_deleting,
    KeyAction.SET_FOR_DELETION: _against_scheduling,
    KeyAction.UNSET_FOR_DELETION: _against_cancelling,
    KeyAction.WRITE_POLICIES: _against_rotation_policy,
}


def first_reason(action: KeyAction, rows: Iterable[KeyRow], now: datetime, may: May = anything) -> str:
    """Why the action cannot be done with all of these keys; empty when it can."""
    return next((reason for row in rows if (reason := row_reason(action, row, now, may))), "")

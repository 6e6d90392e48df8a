"""The bar above ticked keys: which actions fit all of them, and of the others, which keys are in the way and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kyok.domain.key_states import KeyAction, KeyState
from kyok.domain.texts import listed
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.rules import ONLY_ROOT, STATE, WAITS, Against, May, anything, row_reason

TITLES = {
    KeyAction.ROTATE: noted("Rotate"),
    KeyAction.PATCH: noted("Move to key ring"),
    KeyAction.DISABLE: noted("Disable"),
    KeyAction.ENABLE: noted("Enable"),
    KeyAction.RESTORE: noted("Restore"),
    KeyAction.DELETE: noted("Delete"),
}
"""What can be done with several keys at once."""
ICONS = {
    KeyAction.ROTATE: "rotate",
    KeyAction.PATCH: "keychain",
    KeyAction.DISABLE: "pause--outline--filled",
    KeyAction.ENABLE: "play",
    KeyAction.RESTORE: "undo",
    KeyAction.DELETE: "trash-can",
}
_NEEDS = {
    KeyAction.ROTATE: KeyState.ACTIVE,
    KeyAction.DISABLE: KeyState.ACTIVE,
    KeyAction.ENABLE: KeyState.SUSPENDED,
    KeyAction.RESTORE: KeyState.DESTROYED,
}
_NAMED = 3
"""So many keys are named for each cause; of more, only how many."""


@dataclass(frozen=True, slots=True)
class BatchState:
    """What the bar offers: each action with why it is off, the sentence that says so below, and whose ticks are in
    the way (none when every key is: taking all ticks away helps nobody).
    """

    reasons: dict[KeyAction, str]
    sentence: str = ""
    misfits: tuple[KeyRow, ...] = ()
    waits: bool = False
    """Whether some action is only a matter of time."""


def batch_state(rows: Sequence[KeyRow], now: datetime, may: May = anything) -> BatchState:
    """What can be done with all these keys. Keys that are all suspended can be enabled, others disabled."""
    groups = _alike(rows)
    causes = {action: _causes(action, groups, now, may) for action in _offered(rows)}
    reasons = {action: _in_words(found) for action, found in causes.items()}
    named = {row.id for found in causes.values() for rows_of in found.values() for row in rows_of}
    misfits = tuple(row for row in rows if row.id in named)
    waits = any(_kind(reason) == WAITS for found in causes.values() for reason in found)
    return BatchState(reasons, _sentence(causes, len(rows)), misfits if len(misfits) < len(rows) else (), waits)


def _offered(rows: Sequence[KeyRow]) -> tuple[KeyAction, ...]:
    states = {row.key.state for row in rows}
    if states == {KeyState.DESTROYED}:
        return (KeyAction.RESTORE,)
    turn = KeyAction.ENABLE if states == {KeyState.SUSPENDED} else KeyAction.DISABLE
    return (KeyAction.ROTATE, KeyAction.PATCH, turn, KeyAction.DELETE)


_Causes = dict[str, list[KeyRow]]
"""The keys that an action does not fit, by the reason."""


def _alike(rows: Sequence[KeyRow]) -> list[list[KeyRow]]:
    """The keys in groups that every action fits or does not fit for the same reason: of ten thousand ticked keys only
    a few are looked at for each action.
    """
    groups: dict[object, list[KeyRow]] = {}
    for row in rows:
        key = row.key
        waits = key.updated_at if key.state is KeyState.SUSPENDED else key.deleted_at
        keeps = row.id if any(use.keeps for use in row.uses) else ""
        like = (key.state, key.standard, key.imported, key.ring, key.dual_auth, key.expires_at, waits, keeps)
        groups.setdefault(like, []).append(row)
    return list(groups.values())


def _causes(action: KeyAction, groups: Sequence[list[KeyRow]], now: datetime, may: May) -> _Causes:
    found: _Causes = {}
    alone = len(groups) == 1 and len(groups[0]) == 1
    for rows in groups:
        reason = row_reason(action, rows[0], now, may)
        if not reason and action is KeyAction.ROTATE and rows[0].key.imported and not alone:
            reason = Against(
                tr("it was imported, so it is rotated alone, with new material"),
                noted("{who} was imported, so it is rotated alone, with new material"),
                noted("{who} were imported, so each is rotated alone, with new material"),
            )
        if reason:
            found.setdefault(reason, []).extend(rows)
    return found


def _in_words(causes: _Causes) -> str:
    """`hr-root is suspended, and b-secret is a standard key`."""
    parts = [_cause(reason, rows) for reason, rows in causes.items()]
    return "; ".join(parts)


def _cause(reason: str, rows: Sequence[KeyRow]) -> str:
    names = [row.name for row in rows]
    who = listed(names if len(names) <= _NAMED else [*names[:_NAMED], tr("{count} more", count=len(names) - _NAMED)])
    if isinstance(reason, Against):
        return reason.said_of(who, len(rows))
    return reason[0].lower() + reason[1:]  # about the person, not about a key


def _kind(reason: str) -> str:
    return reason.kind if isinstance(reason, Against) else ""


def _sentence(causes: dict[KeyAction, _Causes], count: int) -> str:
    """`Rotate and Disable are off: hr-root is suspended. Both need keys that are all active.`"""
    off: dict[str, list[KeyAction]] = {}
    kinds: dict[str, str] = {}
    for action, found in causes.items():
        for reason, rows in found.items():
            words = _cause(reason, rows)
            off.setdefault(words, []).append(action)
            kinds[words] = _kind(reason)
    parts = []
    for words, actions in off.items():
        titles = [tr(TITLES[action]) for action in actions]
        if len(titles) == 1:
            parts.append(tr("{action} is off: {words}.", action=titles[0], words=words))
        else:
            parts.append(tr("{actions} are off: {words}.", actions=listed(titles), words=words))
        if kinds[words] in (STATE, ONLY_ROOT) and count > 1:
            parts.append(_need(actions, kinds[words]))
    return " ".join(part for part in parts if part)


def _need(off: Sequence[KeyAction], kind: str) -> str:
    needs = {_NEEDS.get(action) for action in off}
    needed = needs.pop()
    if needs or needed is None:
        return ""
    if kind == ONLY_ROOT:
        words = {1: tr("It needs root keys."), 2: tr("Both need root keys.")}
        return words.get(len(off), tr("All need root keys."))
    state = needed.word.lower()
    one, two = (
        tr("It needs keys that are all {state}.", state=state),
        tr("Both need keys that are all {state}.", state=state),
    )
    return {1: one, 2: two}.get(len(off), tr("All need keys that are all {state}.", state=state))

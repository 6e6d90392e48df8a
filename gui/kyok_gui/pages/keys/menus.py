"""The menu of a key: daily things first, what destroys last."""

from __future__ import annotations

from datetime import datetime

from kyok.domain.key_states import KeyAction, KeyState
from kyok.domain.translation import tr
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.rules import May, anything, restore_until, row_reason, scheduled
from kyok_gui.times import day
from kyok_gui.widgets import MenuEntry

DETAILS = "details"
ASSOCIATED = "associated"
TWO_PEOPLE = "two-people"

_ICONS = {
    KeyAction.ALIAS: "edit",
    KeyAction.ROTATE: "rotate",
    KeyAction.WRITE_POLICIES: "event--schedule",
    KeyAction.PATCH: "keychain",
    KeyAction.SYNC: "renew",
    KeyAction.ENABLE: "play",
    KeyAction.DISABLE: "pause--outline--filled",
    KeyAction.SET_FOR_DELETION: "two-person-lift",
    KeyAction.UNSET_FOR_DELETION: "undo",
    KeyAction.RESTORE: "undo",
}


def row_entries(row: KeyRow, now: datetime, may: May = anything) -> list[MenuEntry]:
    """What can be done with a key; what cannot be done now says why."""
    key = row.key

    def entry(action: KeyAction, title: str, *, danger: bool = False) -> MenuEntry:
        reason = row_reason(action, row, now, may)
        return MenuEntry(str(action), title, danger, reason, _ICONS.get(action, "trash-can"))

    entries = [MenuEntry(DETAILS, tr("View key details"), icon="view")]
    if key.state is KeyState.DESTROYED:
        last = restore_until(key)
        title = tr("Restore key, until {day}", day=day(last)) if last is not None and now <= last else tr("Restore key")
        return [*entries, entry(KeyAction.RESTORE, title), entry(KeyAction.PURGE, tr("Purge key"), danger=True)]
    entries.append(entry(KeyAction.ALIAS, tr("Edit key aliases")))
    entries.append(entry(KeyAction.ROTATE, tr("Rotate key")))
    entries.append(entry(KeyAction.WRITE_POLICIES, tr("Edit key rotation policy")))
    entries.append(entry(KeyAction.PATCH, tr("Change key ring")))
    if key.root:
        entries.append(MenuEntry(ASSOCIATED, tr("View associated resources"), icon="link"))
        entries.append(entry(KeyAction.SYNC, tr("Synchronize associated resources")))
    suspended = key.state is KeyState.SUSPENDED
    entries.append(
        entry(KeyAction.ENABLE, tr("Enable key")) if suspended else entry(KeyAction.DISABLE, tr("Disable key"))
    )
    if not key.dual_auth.enabled:
        reason = may(KeyAction.WRITE_POLICIES, key.ring)
        entries.append(
            MenuEntry(TWO_PEOPLE, tr("Require two people for deletion"), reason=reason, icon="two-person-lift")
        )
    # Under dual authorization the first person schedules; until the second one deletes, that can be cancelled.
    if key.dual_auth.enabled and not scheduled(key, now):
        return [*entries, entry(KeyAction.SET_FOR_DELETION, tr("Schedule key deletion"), danger=True)]
    if key.dual_auth.enabled:
        entries.append(entry(KeyAction.UNSET_FOR_DELETION, tr("Cancel deletion")))
    return [*entries, entry(KeyAction.DELETE, tr("Delete key"), danger=True)]

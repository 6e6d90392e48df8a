"""Which IAM action each deed with a key is, and why the signed-in person may not do it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.key_states import KeyAction
from kyok_gui.context import PageContext

CREATE: Final = "secrets.create"
IAM_ACTIONS: Final = {
    KeyAction.ALIAS: "secrets.createalias",
    KeyAction.ROTATE: "secrets.rotate",
    KeyAction.WRITE_POLICIES: "policies.write",
    KeyAction.PATCH: "secrets.patch",
    KeyAction.SYNC: "secrets.sync",
    KeyAction.DISABLE: "secrets.disable",
    KeyAction.ENABLE: "secrets.enable",
    KeyAction.SET_FOR_DELETION: "secrets.setkeyfordeletion",
    KeyAction.UNSET_FOR_DELETION: "secrets.unsetkeyfordeletion",
    KeyAction.DELETE: "secrets.delete",
    KeyAction.RESTORE: "secrets.restore",
    KeyAction.PURGE: "secrets.purge",
}
REMOVE_ALIAS: Final = "secrets.deletealias"


class KeyRights:
    """Asks about the keys of one instance, by key ring: ten thousand keys in a ring are one question."""

    def __init__(self, context: PageContext, guid: str) -> None:
        self._context = context
        self._guid = guid

    def may(self, action: KeyAction, ring: str) -> str:
        """Why the action is not allowed with keys of this ring; empty when it is, or when it is not known yet."""
        iam = IAM_ACTIONS.get(action)
        return self._context.rights.reason(iam, self._guid, ring=ring) if iam is not None else ""

    def may_remove_aliases(self, ring: str) -> str:
        """As `may`, for taking aliases away, which needs more than giving them."""
        return self._context.rights.reason(REMOVE_ALIAS, self._guid, ring=ring)

    def learn(self, rings: Iterable[str] = (DEFAULT_KEY_RING,)) -> None:
        """Asks everything about these rings at once, so that menus know when they open."""
        for ring in rings:
            for action in IAM_ACTIONS:
                self.may(action, ring)
            self.may_remove_aliases(ring)

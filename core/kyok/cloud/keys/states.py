"""The state/action table, raised (reference/kms-api.md 4.2)."""

from kyok.cloud.keys import errors
from kyok.domain.key_states import KeyAction, KeyState, Refusal, refusal

_DONE = {
    KeyAction.DISABLE: "disabled",
    KeyAction.ENABLE: "enabled",
    KeyAction.DELETE: "deleted",
    KeyAction.RESTORE: "restored",
    KeyAction.PURGE: "purged",
    KeyAction.ROTATE: "rotated",
    KeyAction.WRAP: "used to wrap",
    KeyAction.UNWRAP: "used to unwrap",
    KeyAction.REWRAP: "used to rewrap",
    KeyAction.ALIAS: "given or deprived of an alias",
    KeyAction.PATCH: "changed",
}


def require(action: KeyAction, state: KeyState, *, standard: bool) -> None:
    """Lets an allowed action pass.

    Raises:
        RootKeyRequired, KeyDeleted, ActionInvalidState.
    """
    problem = refusal(action, state, standard=standard)
    if problem is None:
        return
    if problem is Refusal.ROOT_KEY_REQUIRED:
        raise errors.RootKeyRequired()
    if problem is Refusal.DELETED:
        raise errors.KeyDeleted()
    done = _DONE.get(action, "used for this")
    raise errors.ActionInvalidState(
        f"The key is {state.word.lower()}, and a key in this state cannot be {done}.", state.meaning
    )

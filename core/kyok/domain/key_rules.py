"""Rules of the key: what one node's unwrap answer means for its key status, and when the node is sealed.

Source: DESIGN.md section 2 "Rules of the key". Pure: `after_check` and `after_grace` map a node's key standing to the
next one; whoever keeps the standing (the cloud) and whoever explains it (the window) agree because both use them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kyok.domain.translation import noted, tr

DEFAULT_CHECK_INTERVAL = timedelta(seconds=30)
DEFAULT_GRACE = timedelta(seconds=60)

WK_NOT_INITIALIZED = "CKR_IBM_WK_NOT_INITIALIZED"
"""What an HSM without a master key says; it reaches clients inside a 400."""

AUTHORIZATION_NOTE = noted("Changes apply at once in this cloud, within 10 minutes in a real one.")


def propagation_note(delay_seconds: float, learns_at: str = "") -> str:
    """When nodes react to a change of their key. `learns_at`: when they learn of one that is on its way."""
    note = (
        tr(
            "A real service may take up to four hours to react to a change of its key; this cloud reacts after "
            "{seconds} seconds, as the settings say.",
            seconds=f"{delay_seconds:,.0f}",
        )
        if delay_seconds
        else tr("A real service may take up to four hours to react to a change of its key; this cloud reacts at once.")
    )
    coming = tr("The nodes learn of the last change at {moment}.", moment=learns_at) if learns_at else ""
    return f"{note} {coming}".rstrip()


class NodeKeyStatus(StrEnum):
    """Whether a node can use the root key. Values are those of the private API."""

    DEFAULT_KEY = "default-key"
    CONNECTED = "connected"
    DISABLED = "disabled"
    NOT_AUTHORIZED = "not-authorized"
    NOT_CONNECTED = "not-connected"
    DELETED = "deleted"
    CHECKING = "checking"

    @property
    def word(self) -> str:
        """The word standing alone: `Not authorized`."""
        return tr(_STATUS_WORDS[self][0])

    @property
    def in_sentence(self) -> str:
        """The word inside a sentence: `not authorized`."""
        return tr(_STATUS_WORDS[self][1])


_STATUS_WORDS = {
    NodeKeyStatus.DEFAULT_KEY: (noted("Default key"), noted("default key")),
    NodeKeyStatus.CONNECTED: (noted("Connected"), noted("connected")),
    NodeKeyStatus.DISABLED: (noted("Disabled"), noted("disabled")),
    NodeKeyStatus.NOT_AUTHORIZED: (noted("Not authorized"), noted("not authorized")),
    NodeKeyStatus.NOT_CONNECTED: (noted("Not connected"), noted("not connected")),
    NodeKeyStatus.DELETED: (noted("Deleted"), noted("deleted")),
    NodeKeyStatus.CHECKING: (noted("Checking"), noted("checking")),
}
"""The word standing alone, and inside a sentence."""

WORST_FIRST: tuple[NodeKeyStatus, ...] = (
    NodeKeyStatus.DELETED,
    NodeKeyStatus.NOT_AUTHORIZED,
    NodeKeyStatus.DISABLED,
    NodeKeyStatus.NOT_CONNECTED,
    NodeKeyStatus.CHECKING,
    NodeKeyStatus.CONNECTED,
    NodeKeyStatus.DEFAULT_KEY,
)


def worst(statuses: Iterable[NodeKeyStatus]) -> NodeKeyStatus:
    """The key status of an instance: the worst of its nodes'. Without nodes it is being checked."""
    present = set(statuses)
    return next((status for status in WORST_FIRST if status in present), NodeKeyStatus.CHECKING)


class StoppedReason(StrEnum):
    """The `stopped_reason` of a node in the database API."""

    NONE = ""
    EXTERNAL_KEY_DELETED = "EXTERNAL_KEY_DELETED"
    EXTERNAL_KEY_UNKNOWN = "EXTERNAL_KEY_UNKNOWN"
    UNKNOWN = "UNKNOWN"


_STOPPED = {
    NodeKeyStatus.DELETED: StoppedReason.EXTERNAL_KEY_DELETED,
    NodeKeyStatus.DISABLED: StoppedReason.EXTERNAL_KEY_UNKNOWN,
    NodeKeyStatus.NOT_AUTHORIZED: StoppedReason.EXTERNAL_KEY_UNKNOWN,
    NodeKeyStatus.NOT_CONNECTED: StoppedReason.EXTERNAL_KEY_UNKNOWN,
}


def stopped_reason(status: NodeKeyStatus, *, running: bool = False) -> StoppedReason:
    """Why a node is stopped; empty while it runs, `UNKNOWN` when its key is not the cause."""
    return StoppedReason.NONE if running else _STOPPED.get(status, StoppedReason.UNKNOWN)


class AnswerKind(StrEnum):
    """What came back from an unwrap."""

    PASSED = "passed"
    DENIED = "denied"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a node's own unwrap call. `http_status` is None when there was none."""

    kind: AnswerKind
    http_status: int | None = None
    code: str | None = None
    message: str = ""


_DENYING = frozenset({401, 403, 404, 409, 410})


def classify(http_status: int | None, code: str | None = None, message: str = "") -> Answer:
    """Sort an unwrap answer: passed, denied (the key service said no) or unreachable (no usable answer).

    `http_status` None means that nothing answered: cut, refused or timed out. Everything that is neither a success
    nor a denial counts as unreachable, because it says nothing about the key: 5xx, 429, and the 400 of an HSM without
    master key, which is then named by the code `CKR_IBM_WK_NOT_INITIALIZED`.
    """
    if http_status is not None and 200 <= http_status < 300:
        return Answer(AnswerKind.PASSED, http_status)
    if http_status in _DENYING:
        return Answer(AnswerKind.DENIED, http_status, code, message)
    if WK_NOT_INITIALIZED in message or code == WK_NOT_INITIALIZED:
        code = WK_NOT_INITIALIZED
    return Answer(AnswerKind.UNREACHABLE, http_status, code, message)


def status_of(answer: Answer) -> NodeKeyStatus:
    """The key status that an answer names.

    Only a plain statement that the key is gone (410, or 404 for the key itself) is `deleted`, because data may be
    destroyed on it; a 404 for anything else is a denial without such a statement.
    """
    if answer.kind is AnswerKind.PASSED:
        return NodeKeyStatus.CONNECTED
    if answer.kind is AnswerKind.UNREACHABLE:
        return NodeKeyStatus.NOT_CONNECTED
    if answer.http_status in (401, 403):
        return NodeKeyStatus.NOT_AUTHORIZED
    if answer.http_status == 409:
        return NodeKeyStatus.DISABLED
    if answer.http_status == 410 or answer.code == "KEY_NOT_FOUND_ERR":
        return NodeKeyStatus.DELETED
    return NodeKeyStatus.NOT_CONNECTED


class DeletionRule(StrEnum):
    """What the database service does when it learns that its root key is deleted (a setting)."""

    DISCARD = "discard"
    KEEP = "keep"

    @property
    def consequence(self) -> str:
        """One sentence for dialogs and pages."""
        if self is DeletionRule.DISCARD:
            return tr("Restoring the key does not bring the data back: the database service destroys its data key.")
        return tr("The database service keeps its data key: nodes return when the key is restored.")


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """What a node knows about its key. `sealed` nodes hold no data key and do not run.

    `since`: when the status began. `grace_until`: when an unreachable node will be sealed. `final`: no check will ever
    be made again, because the wrapped data key is destroyed.
    """

    status: NodeKeyStatus
    since: datetime
    sealed: bool = False
    grace_until: datetime | None = None
    final: bool = False
    answer: Answer | None = None


def fresh(at: datetime) -> KeyStanding:
    """The standing of a node that starts: sealed until its first unwrap passes."""
    return KeyStanding(NodeKeyStatus.CHECKING, at, sealed=True)


def with_default_key(at: datetime) -> KeyStanding:
    """The standing, never checked, of a node whose instance uses a random key of the service."""
    return KeyStanding(NodeKeyStatus.DEFAULT_KEY, at)


def after_check(
    before: KeyStanding,
    answer: Answer,
    at: datetime,
    *,
    grace: timedelta = DEFAULT_GRACE,
    rule: DeletionRule = DeletionRule.DISCARD,
) -> KeyStanding:
    """The standing after one key check.

    The answer to the node's own last unwrap alone names the status, whatever else is wrong. A denial seals at once;
    an unreachable key service seals when the grace period, counted from the first such check, is over. A sealed node
    stays sealed until a check passes. `deleted` under `discard` is final.
    """
    if before.final or before.status is NodeKeyStatus.DEFAULT_KEY:
        return before
    status = status_of(answer)
    since = before.since if before.status is status else at
    if answer.kind is AnswerKind.PASSED:
        return KeyStanding(status, since, answer=answer)
    if answer.kind is AnswerKind.DENIED:
        final = status is NodeKeyStatus.DELETED and rule is DeletionRule.DISCARD
        return KeyStanding(status, since, sealed=True, final=final, answer=answer)
    if before.sealed:
        return KeyStanding(status, since, sealed=True, answer=answer)
    deadline = before.grace_until if before.grace_until is not None else at + grace
    return after_grace(KeyStanding(status, since, grace_until=deadline, answer=answer), at)


def after_grace(before: KeyStanding, now: datetime) -> KeyStanding:
    """The standing once time has passed: sealed when the grace period is over, else unchanged."""
    if before.grace_until is None or before.sealed or now < before.grace_until:
        return before
    return replace(before, sealed=True, grace_until=None)

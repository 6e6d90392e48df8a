"""The words of one node's tile: key status, why, and the figures below. Words follow the mock-ups 01 to 04."""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain import texts
from kyok.domain.key_rules import WK_NOT_INITIALIZED, NodeKeyStatus
from kyok.domain.standing import NodeFacts, Standing
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says. `pill` is the count-down of a grace period, empty when there is none."""

    word: str
    reason: str
    pill: str
    last_unwrap: str
    latency: str
    next_label: str
    next_value: str
    role: str
    zone: str
    state: str
    lag: str


def tile(node: NodeFacts, standing: Standing) -> Tile:
    """The words of a node's tile at the standing's moment."""
    next_label, next_value = _next(node, standing)
    deadline = node.grace_until
    pill = tr("Stops in {deadline}", deadline=texts.span(deadline - standing.now)) if deadline and node.in_grace else ""
    passed = (
        tr("{last_passed_at} UTC", last_passed_at=texts.time(node.last_passed_at, seconds=True))
        if node.last_passed_at
        else texts.EN_DASH
    )
    latency, lag = node.latency_ms, node.lag_seconds
    return Tile(
        word=node.status.word,
        reason=reason(node, standing),
        pill=pill,
        last_unwrap=passed,
        latency=tr("{latency} ms", latency=f"{latency:.0f}")
        if latency is not None and latency >= 1
        else _short(latency),
        next_label=next_label,
        next_value=next_value,
        role=node.role.word,
        zone=node.zone,
        state=node.state.word,
        lag=f"{lag} s" if lag is not None and node.running else texts.EN_DASH,
    )


def reason(node: NodeFacts, standing: Standing) -> str:
    """Why the node's key status is what it is, as one short sentence."""
    key = standing.key
    by = tr(" by {changed_by}", changed_by=key.changed_by) if key is not None and key.changed_by else ""
    since = tr(" since {since}", since=texts.time(node.since, seconds=True)) if node.since else ""
    message = node.message
    match node.status:
        case NodeKeyStatus.NOT_AUTHORIZED:
            return tr(
                "Access denied ({http_status}): {message}.",
                http_status=node.http_status or 401,
                message=message or tr("no authorization"),
            )
        case NodeKeyStatus.DISABLED:
            return tr("Root key disabled{by}.", by=by)
        case NodeKeyStatus.DELETED:
            return tr("Root key destroyed{by}.", by=by)
        case NodeKeyStatus.NOT_CONNECTED:
            if node.code == WK_NOT_INITIALIZED:
                message = tr("crypto units not initialized")
            return f"{_capital(message or tr('no answer'))}{since}."
        case NodeKeyStatus.CHECKING:
            return tr("First key check under way.")
    if not node.running and message:
        return f"{_capital(message)}."
    return (
        tr("No problem found.") if node.status is NodeKeyStatus.CONNECTED else tr("The service keeps this key itself.")
    )


def _next(node: NodeFacts, standing: Standing) -> tuple[str, str]:
    if node.in_grace and node.grace_until is not None:
        return tr("Stops at"), tr("{grace_until} UTC", grace_until=texts.time(node.grace_until, seconds=True))
    if node.next_check_at is None:
        return tr("Next check"), tr("none")
    if node.next_check_at <= standing.now:
        return tr("Next check"), tr("now")
    return tr("Next check"), tr("in {next_check_at}", next_check_at=texts.span(node.next_check_at - standing.now))


def _short(latency: float | None) -> str:
    return texts.EN_DASH if latency is None else "< 1 ms"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

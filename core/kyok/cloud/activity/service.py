"""Writes CADF events, in the transaction of what they tell of."""

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.words import instance_of, message_of, searched
from kyok.cloud.store import Transaction
from kyok.cloud.store.contents import Owed
from kyok.cloud.store.tables import activity_fold
from kyok.cloud.store.times import milliseconds
from kyok.domain.events import severity as severity_of
from kyok.randomness import Randomness, ordered_uuid

LONGEST_AGENT = 400
"""Characters kept of what a client calls itself: anybody could fill the log with it, even without a token."""

_encoded = msgspec.json.Encoder().encode
_FOLD = select(activity_fold).where(activity_fold.c.fold_key == bindparam("fold_key"))


class Activity:
    """The log that every service writes to."""

    def __init__(self, randomness: Randomness) -> None:
        self._randomness = randomness

    def record(self, tx: Transaction, caller: Caller, event: Event) -> str:
        """Owes the event to the transaction and returns the id under which it is found.

        A folding event whose outcome is that of the one before it is counted on that one.
        """
        if event.folds:
            known = self._fold(tx, caller, event)
            if known is not None:
                return known
        at = _milliseconds(tx.now)
        event_id = ordered_uuid(self._randomness, at)
        content = _same_as(caller, event)
        tx.record(Owed(event_id, at, caller.correlation, content, partial(_content, caller, event)))
        if event.folds:
            statement = insert(activity_fold).values(
                fold_key=_fold_key(caller, event), event_id=event_id, outcome=_fold_outcome(event)
            )
            tx.execute(
                statement.on_conflict_do_update(
                    index_elements=["fold_key"], set_={"event_id": event_id, "outcome": _fold_outcome(event)}
                )
            )
        return event_id

    def _fold(self, tx: Transaction, caller: Caller, event: Event) -> str | None:
        row = tx.one(_FOLD, {"fold_key": _fold_key(caller, event)})
        if row is None or row.outcome != _fold_outcome(event):
            return None
        tx.fold(row.event_id)
        return str(row.event_id)


def _same_as(caller: Caller, event: Event) -> Hashable:
    """Equal for events that differ in nothing but id, time and correlation."""
    return (
        caller.iam_id,
        caller.account,
        caller.name,
        caller.kind,
        caller.agent[:LONGEST_AGENT],
        caller.address,
        event.action,
        event.target,
        event.target_name,
        event.outcome,
        event.status,
        event.reason,
        event.message,
        event.instance,
        event.severity,
        event.folds,
        _encoded(event.request_data) if event.request_data else b"",
        _encoded(event.response_data) if event.response_data else b"",
    )


def _content(caller: Caller, event: Event) -> dict[str, Any]:
    """The row of what an event says."""
    severity = event.severity or str(severity_of(event.action, event.status))
    message = event.message or message_of(event)
    service, _, rest = event.action.partition(".")
    reason: dict[str, Any] = {"reasonCode": event.status}
    if event.reason:
        reason["reasonForFailure"] = event.reason
    document = {
        "eventType": "activity",
        "action": event.action,
        "outcome": event.outcome,
        "severity": severity,
        "message": message,
        "initiator": {
            "id": caller.iam_id,
            "name": caller.name,
            "typeURI": "service/security/account/" + ("user" if caller.kind == "user" else "serviceid"),
            "host": {"address": caller.address, "agent": caller.agent[:LONGEST_AGENT]},
            "credential": {"type": "token"},
        },
        "target": {
            "id": event.target,
            "name": event.target_name,
            "typeURI": f"{service}/{rest.partition('.')[0]}",
        },
        "observer": {"name": "ActivityTracker"},
        "reason": reason,
        "requestData": event.request_data,
        "responseData": event.response_data,
    }
    return {
        "account": caller.account,
        "action": event.action,
        "outcome": event.outcome,
        "severity": severity,
        "initiator": caller.name or caller.iam_id,
        "initiator_id": caller.iam_id,
        "target": event.target,
        "instance": event.instance or instance_of(event.target),
        "folds": event.folds,
        "words": searched(caller, event, message),
        "document": document,
    }


def _fold_key(caller: Caller, event: Event) -> str:
    return f"{caller.iam_id}|{caller.agent}|{event.action}|{event.target}"


def _fold_outcome(event: Event) -> str:
    return f"{event.outcome} {event.status} {event.reason}"


@lru_cache(8)
def _milliseconds(now: datetime) -> int:
    """A moment in the database's form; the units of a batch have theirs in common."""
    return milliseconds(now)

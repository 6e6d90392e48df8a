"""What happened to a root key, read back from the activity log: it outlives the key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kyok.cloud.databases.records import Database
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import activity, activity_content, activity_log
from kyok.cloud.store.times import moment
from kyok.domain.crn import Crn

VERBS = ("rotate", "disable", "enable", "delete", "restore", "purge", "expire")
LABELS = {
    "rotate": "rotated",
    "disable": "disabled",
    "enable": "enabled",
    "delete": "root key deleted",
    "restore": "root key restored",
    "purge": "root key purged",
    "expire": "expired",
}


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One thing that was done to a key."""

    verb: str
    at: datetime
    by: str
    event_id: str
    key_name: str
    detail: str
    forced: bool

    @property
    def label(self) -> str:
        """`rotated to version 3`, `disabled`, `root key deleted`."""
        return f"{LABELS[self.verb]} {self.detail}".strip() if self.verb == "rotate" else LABELS[self.verb]


def key_crn(of: Database, key_id: str) -> Crn:
    """The address of an instance's root key."""
    return Crn.parse(of.kms_instance or "").with_resource("key", key_id)


def key_events(reader: Reader, of: Database, key_id: str) -> list[KeyEvent]:
    """Everything that was done to the key, oldest first."""
    crn = key_crn(of, key_id)
    actions = [f"{crn.service}.secrets.{verb}" for verb in VERBS]
    rows = reader.all(
        select(activity_log)
        .where(
            activity_content.c.instance == of.kms_guid,
            activity_content.c.target == str(crn),
            activity_content.c.outcome == "success",
            activity_content.c.action.in_(actions),
        )
        .order_by(activity.c.seq)
    )
    found = []
    for row in rows:
        document = row.document
        request, response = document.get("requestData") or {}, document.get("responseData") or {}
        found.append(
            KeyEvent(
                verb=row.action.rpartition(".")[2],
                at=moment(row.at),
                by=row.initiator,
                event_id=row.event_id,
                key_name=document["target"]["name"],
                detail=str(response.get("detail", "")),
                forced=str(request.get("force", "")).lower() == "true",
            )
        )
    return found


def last(events: Iterable[KeyEvent], *verbs: str) -> KeyEvent | None:
    """The newest event with one of the verbs (any, when none is named)."""
    found = None
    for event in events:
        if not verbs or event.verb in verbs:
            found = event
    return found

"""The strip of key checks of the last 24 hours, with what happened to the key in that time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from kyok.cloud.databases.key_history import BUCKET, bucket_start, strip
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.views.access_facts import event_of
from kyok.cloud.databases.views.key_past import KeyEvent
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import fault
from kyok.cloud.store.times import moment
from kyok.domain.cluster import FaultKind

BUCKETS = 96
_BREAKS = {"disable": "error", "delete": "error", "purge": "error"}


def strip_body(
    reader: Reader, of: Database, nodes: list[Node], past: list[KeyEvent], policies: list[Any], hsm_name: str
) -> dict[str, Any]:
    """`strip` of the detail."""
    begin = moment(bucket_start(reader.now)) - (BUCKETS - 1) * BUCKET
    lines = strip(reader, [node.id for node in nodes], reader.now, BUCKETS)
    markers = _of_key(past) + _of_policies(reader, policies) + _of_faults(reader, of, nodes, hsm_name)
    recent = sorted((marker for marker in markers if marker[0] >= begin), key=lambda marker: marker[0])
    return {
        "from": wire(begin),
        "to": wire(reader.now),
        "bucket_seconds": BUCKET // timedelta(seconds=1),
        "nodes": [{"number": node.number, "buckets": lines[node.id]} for node in nodes],
        "markers": [
            {"at": wire(at), "label": label, "level": level, "event_id": event_id}
            for at, label, level, event_id in recent
        ],
    }


_Marker = tuple[datetime, str, str, str | None]


def _of_key(past: list[KeyEvent]) -> list[_Marker]:
    states = [event for event in past if event.verb != "rotate"]
    holds = states[-1] if states else None
    return [
        (event.at, event.label, _BREAKS.get(event.verb, "neutral") if event is holds else "neutral", event.event_id)
        for event in past
    ]


def _of_policies(reader: Reader, policies: list[Any]) -> list[_Marker]:
    rows = [row for _, row in policies]
    in_force = any(row.state == "active" for row in rows)
    removals = sorted(row.modified_at for row in rows if row.state != "active")
    markers: list[_Marker] = []
    for row in rows:
        if row.state != "active":
            level = "error" if not in_force and row.modified_at == removals[-1] else "neutral"
            event_id = event_of(reader, row.id, "delete", row.modified_at)
            markers.append((moment(row.modified_at), "authorization removed", level, event_id))
        if removals and row.created_at > removals[0]:
            event_id = event_of(reader, row.id, "create", row.created_at)
            markers.append((moment(row.created_at), "authorization restored", "neutral", event_id))
    return markers


def _of_faults(reader: Reader, of: Database, nodes: list[Node], hsm_name: str) -> list[_Marker]:
    zones = {node.zone for node in nodes}
    markers: list[_Marker] = []
    for row in reader.all(select(fault)):
        target = row.target
        concerned = target.get("instance") in (None, "", of.kms_guid)
        if row.kind == FaultKind.ZONE_CUT and concerned and target.get("zone") in zones:
            markers.append((moment(row.created_at), f"{target['zone']} loses {hsm_name}", "warning", None))
        elif row.kind == FaultKind.HSM_CUT and target.get("instance") == of.kms_guid:
            markers.append((moment(row.created_at), f"{hsm_name} is cut off", "warning", None))
    return markers

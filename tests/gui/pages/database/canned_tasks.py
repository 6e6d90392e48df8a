"""What the smaller pages of ledger-db are told: its tasks, what was measured of it, what happened to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kyok.client.records.metrics import Metrics, NodeSample, Sample
from tests.gui.pages.database.canned import ANNA, DB_CRN, NOW, Json, t

SCALING = "11111111-da1b-11eb-9433-755fe141f81f"
FAILING = "22222222-da1b-11eb-9433-755fe141f81f"
BACKUP = "33333333-da1b-11eb-9433-755fe141f81f"
MAKING = "44444444-da1b-11eb-9433-755fe141f81f"


def part(number: int, state: str, begun: str = "", ended: str = "", reason: str = "") -> Json:
    """A task at one node."""
    times = {"started_at": t(begun)} if begun else {}
    times |= {"finished_at": t(ended)} if ended else {}
    return {"id": f"{number:032x}", "state": state, "reason": reason, **times}


def task(task_id: str, kind: str, state: str, begun: str, ended: str = "", **more: Any) -> Json:
    """A task in the shape of API v3."""
    times = {"finished_at": t(ended)} if ended else {}
    return {"id": task_id, "type": kind, "state": state, "reason": "", "started_at": t(begun), **times, **more}


def tasks() -> list[Json]:
    """A change of sizes that went well, one of parameters that did not, a backup, the making."""
    sizes = {"resource": {"cpu": 2, "memory": "4gib", "storage": "24gib"}}
    done = [
        part(2, "SUCCEEDED", "17:30:00", "17:30:04"),
        part(3, "SUCCEEDED", "17:30:04", "17:30:09"),
        part(1, "SUCCEEDED", "17:30:09", "17:30:15"),
    ]
    broken = [
        part(1, "PENDING"),
        part(2, "PENDING", reason="Has its former values again: another node did not come up."),
        part(3, "FAILED", "17:20:05", "17:20:30", "no memory"),
    ]
    words = "The database server does not start: no memory"
    return [
        task(SCALING, "resource_scale", "SUCCEEDED", "17:30:00", "17:30:15", nodes=done, spec=sizes),
        task(
            FAILING,
            "configuration_update",
            "FAILED",
            "17:20:00",
            "17:20:31",
            reason=words,
            nodes=broken,
            spec={"configuration": {"shared_buffers": 1600}},
        ),
        task(BACKUP, "backup", "SUCCEEDED", "02:00:00", "02:00:01", nodes=[], spec={"backup_id": "b7"}),
        task(MAKING, "provision", "SUCCEEDED", "01:00:00", "01:00:02", nodes=[], spec={}),
    ]


def running_scale() -> Json:
    """The second node's turn."""
    nodes = [
        part(1, "PENDING"),
        part(2, "SUCCEEDED", "17:44:40", "17:44:45"),
        part(3, "RUNNING", "17:44:45"),
    ]
    spec = {"resource": {"cpu": 4, "memory": "4gib", "storage": "24gib"}}
    return task("99999999-da1b-11eb-9433-755fe141f81f", "resource_scale", "RUNNING", "17:44:40", nodes=nodes, spec=spec)


def metrics(count: int, *, day: bool, real: bool = False, checked: bool = True) -> Metrics:
    """Samples up to now with a gap in the middle; none for a count of nothing."""
    step = timedelta(minutes=15 if day else 1)
    length = timedelta(days=1) if day else timedelta(hours=2)
    places = [place for place in range(count) if count < 6 or place not in (count // 2, count // 2 + 1)]
    samples = [Sample(NOW - (count - 1 - place) * step, _nodes(place, real, checked), 3 if real else None, 100 + place)
               for place in places]  # fmt: skip
    return Metrics(NOW - length, NOW, step // timedelta(seconds=1), tuple(samples))


def _nodes(place: int, real: bool, checked: bool) -> tuple[NodeSample, ...]:
    return tuple(
        NodeSample(
            number,
            True,
            20480 + 1024 * place,
            (30 + number) * 2**20 if real else None,
            None if number == 1 else 512 * number,
            4.0 + number + place % 3 if checked else None,
        )
        for number in (1, 2, 3)
    )


def events() -> list[Json]:
    """Two events of the instance."""
    service = "hyperp-dbaas-postgresql"
    return [
        {
            "seq": 9,
            "id": "e-scale",
            "eventTime": t("17:30:15"),
            "action": f"{service}.cluster.resource.scale",
            "outcome": "success",
            "initiator": {"id": "IBMid-anna", "name": ANNA},
            "target": {"id": DB_CRN, "name": "ledger-db"},
        },
        {
            "seq": 8,
            "id": "e-config",
            "eventTime": t("17:20:31"),
            "action": f"{service}.configuration.update",
            "outcome": "failure",
            "initiator": {"id": "IBMid-anna", "name": ANNA},
            "target": {"id": DB_CRN, "name": "ledger-db"},
        },
    ]

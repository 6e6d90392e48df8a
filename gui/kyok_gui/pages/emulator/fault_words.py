"""Faults in words: what breaks, what it does, and what each kind of fault asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.cluster import FaultKind
from kyok.domain.translation import noted, tr
from kyok_gui.widgets import Choice, Column, Status

if TYPE_CHECKING:
    from kyok.client.records.emulator import Fault

_MARK = Status("", "warning--alt--filled", "supportWarning")
EVERY = ""
"""The choice of a target that means all of them."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of fault. `needs` names the fields that its form shows."""

    title: str
    noted_effect: str
    needs: tuple[str, ...]


KINDS: dict[FaultKind, KindWords] = {
    FaultKind.ZONE_CUT: KindWords(
        noted("Cut a zone off"),
        noted("Nodes in the zone cannot reach the key service. They run on for the grace period, then they stop."),
        ("zone", "key-service"),
    ),
    FaultKind.HSM_CUT: KindWords(
        noted("Cut an HSM off"),
        noted("Nobody can use the keys of the instance. Nodes under them run on for the grace period, then they stop."),
        ("one-key-service",),
    ),
    FaultKind.LATENCY: KindWords(
        noted("Make key services slow"),
        noted("Requests to keys take longer. After five seconds a node counts its key service as unreachable."),
        ("key-service", "milliseconds"),
    ),
    FaultKind.ERRORS: KindWords(
        noted("Have key services fail"),
        noted("Some of the requests to keys are answered with an error, for nodes, programs and this window alike."),
        ("key-service", "percent"),
    ),
    FaultKind.NODE_STOP: KindWords(
        noted("Stop a node"),
        noted("The node ends in good order and stays stopped until this is undone."),
        ("database", "node"),
    ),
    FaultKind.NODE_KILL: KindWords(
        noted("Kill a node"),
        noted(
            "The server of the node ends at once, as by a crash, and is started again. This happens "
            "once: nothing to undo."
        ),
        ("database", "node"),
    ),
}


def kind_choices() -> list[Choice]:
    """The kinds, in the order of the form."""
    return [Choice(kind.value, tr(words.title)) for kind, words in KINDS.items()]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault in force."""

    id: str
    what: str
    target: str
    since: str
    at: datetime | None
    by: str


def row_of(fault: Fault, name_of: Callable[[str], str], now: datetime) -> FaultRow:
    """A fault as a line of the table; `name_of` names an instance."""
    target = fault.target
    where = name_of(str(target["instance"])) if target.get("instance") else tr("every key service")
    what, place = {
        FaultKind.ZONE_CUT: (tr("Zone cut off"), tr("{zone} from {where}", zone=target.get("zone"), where=where)),
        FaultKind.HSM_CUT: (tr("HSM cut off"), where),
        FaultKind.LATENCY: (tr("Slow, {milliseconds} ms", milliseconds=target.get("milliseconds")), where),
        FaultKind.ERRORS: (tr("Errors, {percent} %", percent=target.get("percent")), where),
        FaultKind.NODE_STOP: (
            tr("Node stopped"),
            tr(
                "Node {number} of {name}",
                number=target.get("node"),
                name=name_of(str(target.get("database", ""))),
            ),
        ),
    }.get(fault.kind, (fault.kind.value, where))
    since = texts.when(fault.created_at, now) if fault.created_at else ""
    return FaultRow(fault.id, what, place, since, fault.created_at, fault.created_by)


FAULT_COLUMNS: tuple[Column[FaultRow], ...] = (
    Column("what", noted("Fault"), lambda row: row.what, icon=lambda row: _MARK, weight=3),
    Column("target", noted("Where"), lambda row: row.target, weight=5),
    Column(
        "since", noted("Since"), lambda row: row.since, sort=lambda row: row.at, width=120, value=lambda row: row.at
    ),
    Column("by", noted("Started by"), lambda row: row.by, weight=4, hide_below=700),
)

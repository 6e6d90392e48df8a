"""The training menu of the Nodes page: what can be broken here, what is broken now, and another primary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kyok.domain import texts
from kyok.domain.cluster import FaultKind, InstanceState, NodeState, ReplicaState
from kyok.domain.translation import tr
from kyok_gui.widgets import MenuEntry

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail
    from kyok.client.records.emulator import Fault

_END, _SWITCH = "end:", "switch-over:"
SWITCHING = "clusters.configuration.update"
"""What making another node the primary needs; faults need the cloud's administrator."""


@dataclass(frozen=True, slots=True)
class Breakage:
    """A fault that can be started here, as the private API takes it. `effect` says what it does."""

    id: str
    title: str
    effect: str
    kind: FaultKind
    target: tuple[tuple[str, Any], ...]
    ending: str = ""
    """What the menu calls its end; a fault without one is over as soon as it has happened."""

    @property
    def body(self) -> dict[str, Any]:
        """The target as the API takes it."""
        return dict(self.target)

    def is_in(self, fault: Fault) -> bool:
        """Whether a fault in force is this one; one without an instance cuts the zone off from every HSM."""
        if fault.kind is not self.kind:
            return False
        wanted = self.body
        return all(wanted.get(name) == value for name, value in fault.target.items() if value is not None)


def breakages(detail: DatabaseDetail) -> list[Breakage]:
    """Everything that can be broken around this instance: zones, the HSM, nodes."""
    if detail.instance_state is not InstanceState.ACTIVE:
        return []
    return [*_cuts(detail), *_stops(detail), *_kills(detail)]


def _cuts(detail: DatabaseDetail) -> list[Breakage]:
    hsm = detail.hsm
    if hsm is None or not hsm.exists:
        return []
    grace = detail.checks.grace
    when = tr("after {span} of grace", span=texts.span_words(grace)) if grace else tr("at once")
    zones = [
        Breakage(
            f"zone-cut:{node.zone}",
            tr("Cut {zone} off from {hsm}", zone=node.zone, hsm=hsm.name),
            tr("node {number} stops {when}", number=node.number, when=when),
            FaultKind.ZONE_CUT,
            (("zone", node.zone), ("instance", hsm.guid)),
            tr("Reconnect {zone} to {hsm}", zone=node.zone, hsm=hsm.name),
        )
        for node in detail.nodes
    ]
    return [
        *zones,
        Breakage(
            "hsm-cut",
            tr("Cut {hsm} off from every zone", hsm=hsm.name),
            tr("all nodes stop {when}", when=when),
            FaultKind.HSM_CUT,
            (("instance", hsm.guid),),
            tr("Reconnect {hsm}", hsm=hsm.name),
        ),
    ]


def _stops(detail: DatabaseDetail) -> list[Breakage]:
    return [
        Breakage(
            f"node-stop:{node.number}",
            tr("Stop node {number}", number=node.number),
            tr("it ends in good order and stays stopped until it is started here"),
            FaultKind.NODE_STOP,
            (("database", detail.guid), ("node", node.number)),
            tr("Start node {number} again", number=node.number),
        )
        for node in detail.nodes
    ]


def _kills(detail: DatabaseDetail) -> list[Breakage]:
    """A server can be killed where there is one."""
    return [
        Breakage(
            f"node-kill:{node.number}",
            tr("Kill node {number}", number=node.number),
            tr("it crashes and is started again, another node takes over")
            if node.role is ReplicaState.PRIMARY
            else tr("it crashes and is started again"),
            FaultKind.NODE_KILL,
            (("database", detail.guid), ("node", node.number)),
        )
        for node in detail.nodes
        if node.server is not None and node.state is NodeState.RUNNING
    ]


def switch_targets(detail: DatabaseDetail) -> list[int]:
    """Nodes that may become the primary: secondaries that run on real servers."""
    if detail.instance_state is not InstanceState.ACTIVE or not detail.data.readable:
        return []
    return [
        node.number
        for node in detail.nodes
        if node.server is not None and node.state is NodeState.RUNNING and node.role is ReplicaState.SECONDARY
    ]


def in_force(detail: DatabaseDetail, faults: Sequence[Fault]) -> list[tuple[Fault, Breakage]]:
    """The faults that concern this instance."""
    return [(fault, one) for one in breakages(detail) for fault in faults if one.is_in(fault)]


def entries(detail: DatabaseDetail, faults: Sequence[Fault]) -> list[MenuEntry]:
    """The menu: what ends a fault stands first, what harms nothing last."""
    present = in_force(detail, faults)
    broken = {one.id for _, one in present}
    groups = [
        [MenuEntry(f"{_END}{fault.id}", one.ending, icon="restart") for fault, one in present if one.ending],
        *(
            [MenuEntry(one.id, f"{one.title}: {one.effect}") for one in group if one.id not in broken]
            for group in _groups(detail)
        ),
        [
            MenuEntry(
                f"{_SWITCH}{number}",
                tr("Switch over to node {number}: it becomes the primary, no row is lost", number=number),
            )
            for number in switch_targets(detail)
        ],
    ]
    return [
        replace(entry, rule_above=bool(place == 0 and any(groups[:rank])))
        for rank, group in enumerate(groups)
        for place, entry in enumerate(group)
    ]


def with_reasons(found: Sequence[MenuEntry], breaking: str, switching: str) -> list[MenuEntry]:
    """The menu with the roles that are missing: for faults, and for another primary."""
    return [replace(entry, reason=switching if entry.id.startswith(_SWITCH) else breaking) for entry in found]


def _groups(detail: DatabaseDetail) -> list[list[Breakage]]:
    kinds = ((FaultKind.ZONE_CUT, FaultKind.HSM_CUT), (FaultKind.NODE_STOP,), (FaultKind.NODE_KILL,))
    return [[one for one in breakages(detail) if one.kind in group] for group in kinds]


def button_words(detail: DatabaseDetail, faults: Sequence[Fault]) -> str:
    """What the menu button says."""
    count = len(in_force(detail, faults))
    if not count:
        return tr("Break something")
    return tr("1 fault in force") if count == 1 else tr("{count} faults in force", count=count)


def fault_to_end(entry_id: str) -> str:
    """Id of the fault that an entry ends, or nothing."""
    return entry_id.removeprefix(_END) if entry_id.startswith(_END) else ""


def switch_target(entry_id: str) -> int | None:
    """The node that an entry makes the primary, or None."""
    return int(entry_id.removeprefix(_SWITCH)) if entry_id.startswith(_SWITCH) else None

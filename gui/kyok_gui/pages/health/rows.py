"""Rows of the Key health page: one instance each, with its nodes as columns; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import key_health, services
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.parts import authorizations_place, key_place, wizard_place
from kyok_gui.places import HPCS_OVERVIEW, NODES, Place
from kyok_gui.times import countdown
from kyok_gui.widgets import EN_DASH, Column, Status, key_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kyok.client.records.detail import DatabaseDetail
    from kyok.domain.standing import NodeFacts, Standing

NODE_COLUMNS = ("node1", "node2", "node3")
_NODES = (
    (noted("Node 1"), noted("Node 1 stops")),
    (noted("Node 2"), noted("Node 2 stops")),
    (noted("Node 3"), noted("Node 3 stops")),
)
MISSING, CREATE = noted("Missing"), noted("Create")


@dataclass(frozen=True, slots=True)
class NodeCell:
    """One node: its key status, and how long it still runs on without its key."""

    status: Status
    left: str
    zone: str


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One instance as the table shows it. `places`: where its cells lead, by column."""

    guid: str
    crn: str
    name: str
    region: str
    key: str
    key_state: str
    key_lost: bool
    authorization: str
    scope: str
    hsm: str
    hsm_detail: str
    nodes: tuple[NodeCell | None, ...]
    cause: str
    last_check: str
    place_of: tuple[tuple[str, Place], ...]
    statuses: frozenset[NodeKeyStatus]
    attention: bool
    stopped: bool
    counting: bool
    """Whether a node counts down."""

    @property
    def missing(self) -> bool:
        """Whether the authorization is missing."""
        return self.authorization == tr(MISSING)

    def place(self, column: str) -> Place | None:
        """Where a cell leads."""
        return dict(self.place_of).get(column)


def rows_of(details: Iterable[DatabaseDetail], now: datetime) -> list[HealthRow]:
    """The instances at a moment, the worst first."""
    told = [(detail, detail.standing(now)) for detail in details]
    told.sort(key=lambda pair: (key_health.rank(pair[1]), pair[0].name, pair[0].guid))
    return [row_of(detail, standing) for detail, standing in told]


def row_of(detail: DatabaseDetail, standing: Standing) -> HealthRow:
    """One instance."""
    why, known = key_health.reason(standing), detail.authorization
    missing = known is not None and not known.in_force
    words = _authorization(detail)
    return HealthRow(
        guid=detail.guid,
        crn=detail.crn_text,
        name=detail.name,
        region=detail.region,
        key=key_health.key_words(standing),
        key_state=key_health.key_state_words(standing),
        key_lost=standing.key is not None and standing.key.state in (KeyState.DESTROYED, None),
        authorization=words[0],
        scope=words[1],
        hsm=detail.hsm.name if detail.hsm else tr("None"),
        hsm_detail=_hsm_detail(detail),
        nodes=_cells(standing),
        cause=why.cause,
        last_check=why.last_check,
        place_of=tuple(_places(detail, missing=missing)),
        statuses=frozenset(node.status for node in standing.nodes),
        attention=key_health.needs_attention(standing),
        stopped=key_health.stopped(standing),
        counting=key_health.grace_ends(standing) is not None,
    )


def _cells(standing: Standing) -> tuple[NodeCell | None, ...]:
    by_number = {node.number: node for node in standing.nodes}
    wanted = (by_number.get(number) for number in range(1, len(NODE_COLUMNS) + 1))
    return tuple(_cell(node, standing.now) if node is not None else None for node in wanted)


def _cell(node: NodeFacts, now: datetime) -> NodeCell:
    left = (
        tr("Stops in {countdown}", countdown=countdown(node.grace_until, now))
        if node.in_grace and node.grace_until
        else ""
    )
    return NodeCell(key_status(str(node.status)), left, node.zone)


def _authorization(detail: DatabaseDetail) -> tuple[str, str]:
    """Both lines of the cell."""
    known = detail.authorization
    if known is None:
        return tr("Not needed"), tr("Default key")
    if known.in_force:
        return known.role, tr("All instances") if known.all_instances else tr("One only")
    return tr(MISSING), tr(CREATE) if _can_cure(detail) else tr("HSM is deleted")


def _can_cure(detail: DatabaseDetail) -> bool:
    """Whether an authorization can be created: one for an instance that is gone would bring nothing back."""
    return detail.hsm is not None and detail.hsm.exists


def _hsm_detail(detail: DatabaseDetail) -> str:
    if detail.hsm is None:
        return EN_DASH
    if not detail.hsm.exists:
        return tr("Deleted")
    return detail.hsm.region if detail.hsm.service == services.HS_CRYPTO else services.short_name(detail.hsm.service)


def _places(detail: DatabaseDetail, *, missing: bool) -> Iterable[tuple[str, Place]]:
    nodes = Place(NODES, detail.guid)
    yield "instance", nodes
    if detail.hsm is not None and detail.hsm.exists:
        key = key_place(detail)
        if key is not None:
            yield "key", key
        yield "hsm", Place(HPCS_OVERVIEW, detail.hsm.guid)
    if missing and detail.hsm is not None and _can_cure(detail):
        yield "authorization", wizard_place(detail.hsm.service, detail.hsm.guid)
    elif detail.authorization is not None and not missing:
        yield "authorization", authorizations_place(detail)
    for node in detail.nodes:
        yield f"node{node.number}", nodes


def words_beside(row: HealthRow) -> str:
    """What the filter finds although no column shows it: ids and zones."""
    return " ".join([row.guid, *(cell.zone for cell in row.nodes if cell is not None)])


def _leads(column: str) -> Callable[[HealthRow], bool]:
    return lambda row: row.place(column) is not None


def _node_column(place: int) -> Column[HealthRow]:
    name = NODE_COLUMNS[place]

    def cell(row: HealthRow) -> NodeCell | None:
        return row.nodes[place]

    return Column[HealthRow](
        name,
        _NODES[place][0],
        lambda row: found.status.word if (found := cell(row)) is not None else "",
        detail=lambda row: found.left if (found := cell(row)) is not None else "",
        detail_title=_NODES[place][1],
        kind="status",
        status=lambda row: found.status if (found := cell(row)) is not None else None,
        link=_leads(name),
        small=True,
        width=134,
    )


COLUMNS = (
    Column[HealthRow](
        "instance",
        noted("Instance"),
        lambda r: r.name,
        detail=lambda r: r.region,
        detail_title=noted("Location"),
        kind="link",
        link=_leads("instance"),
        weight=3,
        whole=True,
    ),
    Column[HealthRow](
        "key",
        noted("Root key"),
        lambda r: r.key,
        detail=lambda r: r.key_state,
        detail_title=noted("Root key state"),
        kind="link",
        link=_leads("key"),
        alarm=lambda r: 2 if r.key_lost else 0,
        weight=3,
        whole=True,
    ),
    Column[HealthRow](
        "authorization",
        noted("Authorization"),
        lambda r: r.authorization,
        detail=lambda r: r.scope,
        detail_title=noted("Scope"),
        kind="link",
        link=_leads("authorization"),
        alarm=lambda r: 1 if r.missing else 0,
        second_leads=lambda r: r.scope == tr(CREATE),
        width=122,
    ),
    Column[HealthRow](
        "hsm",
        "HSM",
        lambda r: r.hsm,
        detail=lambda r: r.hsm_detail,
        detail_title=noted("HSM region"),
        kind="link",
        link=_leads("hsm"),
        weight=3,
        whole=True,
        hide_below=1000,
    ),
    *(_node_column(place) for place in range(len(NODE_COLUMNS))),
    Column[HealthRow](
        "reason",
        noted("Reason and last check"),
        lambda r: r.cause,
        detail=lambda r: r.last_check,
        detail_title=noted("Last check"),
        width=196,
        small=True,
        tone="primary",
    ),
)
"""Columns in the order of the mock-up."""

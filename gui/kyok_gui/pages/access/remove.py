"""Asks before an authorization is removed: who stops, for whom nothing changes, and how to come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kyok.domain.key_rules import WORST_FIRST, NodeKeyStatus
from kyok.domain.texts import listed, plural
from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.account_reader import service_icon
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.rows import AuthorizationRow
from kyok_gui.pages.keys.effects import understood
from kyok_gui.places import Place
from kyok_gui.widgets import Dialog, LinkValue, Status, key_status

if TYPE_CHECKING:
    from kyok.client.records.databases import DatabaseSummary

_WIDTHS = (168, 168, 0)


def removal(row: AuthorizationRow, facts: AccessFacts) -> tuple[Dialog, list[DatabaseSummary]]:
    """The dialog, and the instances that stop."""
    path = " / ".join([facts.account_name, tr("Access (IAM)"), tr("Authorizations"), row.id[:13]])
    dialog = Dialog(tr("Remove authorization"), f"{row.title}, {row.role}", path=path, name="authorizations.remove")
    depending = facts.depending_on(row.policy)
    stops = [one for one in depending if one.running_nodes]
    still = [one for one in depending if not one.running_nodes]
    covered = [one for one in facts.used_by(row.policy) if one not in depending]
    _add_stops(dialog, stops, facts.usage_known)
    if still:
        _add_still(dialog, still, more=bool(stops))
    if covered:
        names, instances = listed([one.name for one in covered]), plural(len(covered), "instance")
        title = (
            tr("{instances} is covered by another authorization", instances=instances)
            if len(covered) == 1
            else tr("{instances} are covered by another authorization", instances=instances)
        )
        dialog.add_effect(
            "information--filled", "supportInfo", title, tr("{names}. Nothing changes there.", names=names)
        )
    text = (
        tr("Restore it here under Recently removed, or from the Nodes page. The nodes then restart by themselves.")
        if depending
        else tr("Restore it here under Recently removed.")
    )
    dialog.add_effect("undo", "iconPrimary", tr("How to come back"), text)
    if stops:
        dialog.add_tick(understood([one.name for one in stops]))
    dialog.set_accept(tr("Remove authorization"), "trash-can", danger=True)
    return dialog, stops


def _add_stops(dialog: Dialog, stops: Sequence[DatabaseSummary], known: bool) -> None:
    if not stops:
        title = tr("No running instance stops") if known else tr("Instances that use it stop")
        text = (
            tr("No running instance depends on this authorization.") if known else tr("This cloud does not tell which.")
        )
        dialog.add_effect("information--filled", "supportInfo", title, text)
        return
    one = len(stops) == 1
    nodes = sum(stop.running_nodes for stop in stops)
    title = (
        tr(
            "{running_instances} stops within a minute ({nodes} nodes)",
            running_instances=plural(len(stops), "running instance"),
            nodes=nodes,
        )
        if one
        else tr(
            "{running_instances} stop within a minute ({nodes} nodes)",
            running_instances=plural(len(stops), "running instance"),
            nodes=nodes,
        )
    )
    text = tr("Its database closes. No data is lost.") if one else tr("Their databases close. No data is lost.")
    dialog.add_effect("error--filled", "supportError", title, text)
    rows = [
        (
            (service_icon(stop.crn.split(":")[4]), LinkValue(stop.name, Place(places.NODES, stop.guid).href())),
            stop.kms_key_name or "",
            now_status(stop),
        )
        for stop in stops
    ]
    dialog.add_evidence((tr("Instance"), tr("Root key"), tr("Now")), rows, widths=_WIDTHS, row_height=40)


def now_status(one: DatabaseSummary) -> Status:
    """`3 nodes connected`, `2 connected, 1 not connected`, `Stopped, disabled`; the icon is that of the worst node."""
    status = key_status(one.key_status)
    if not one.running_nodes:
        return status.saying(tr("Stopped, {state}", state=one.key_status.in_sentence))
    return status.saying(_of_each(Counter(node.key_status for node in one.nodes)))


def _of_each(counts: Mapping[NodeKeyStatus, int]) -> str:
    """How many nodes have which key status, what works first, as Key health shows them one by one."""
    present = [status for status in reversed(WORST_FIRST) if counts.get(status)]
    if len(present) == 1:
        nodes = plural(counts[present[0]], "node")
        return tr("{nodes} {state}", nodes=nodes, state=present[0].in_sentence)
    return ", ".join(tr("{count} {state}", count=counts[status], state=status.in_sentence) for status in present)


def _add_still(dialog: Dialog, still: Sequence[DatabaseSummary], *, more: bool) -> None:
    names = listed([tr("{name} (key {state})", name=one.name, state=one.key_status.in_sentence) for one in still])
    count, text = len(still), tr("{names}. For them nothing changes now.", names=names)
    if count == 1:
        text = tr("{names}. For it nothing changes now.", names=names)
        title = (
            tr("{count} more instance uses it and is stopped already", count=count)
            if more
            else tr("{count} instance uses it and is stopped already", count=count)
        )
    elif more:
        title = tr("{count} more instances use it and are stopped already", count=count)
    else:
        title = tr("{count} instances use it and are stopped already", count=count)
    dialog.add_effect("information--filled", "supportInfo", title, text)

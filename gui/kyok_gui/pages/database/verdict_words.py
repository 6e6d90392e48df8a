"""The verdict as the page shows it: its sentence, its detail with links, and its button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.cluster import InstanceState
from kyok.domain.cures import Cure
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.translation import tr
from kyok.domain.verdict import Level, verdict
from kyok_gui import places
from kyok_gui.pages.database.cures import waiting_words
from kyok_gui.pages.database.machine_words import READ_ONLY, read_only
from kyok_gui.pages.database.node_words import event_href
from kyok_gui.pages.database.parts import hsm_place, key_place
from kyok_gui.places import Place
from kyok_gui.widgets import Status, escape, key_status, link_html

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

WHY = "why:"
"""The link that explains why deleted data does not come back."""

_LEVELS = {Level.SUCCESS: "good", Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "error"}


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """What the verdict bar shows. `waiting` says why the button is off; `mark` has the icon if not the level's own."""

    level: str
    sentence: str
    detail_html: str
    cure: Cure | None
    waiting: str
    mark: Status | None = None


def shown_verdict(detail: DatabaseDetail, now: datetime) -> ShownVerdict:
    """The verdict at a moment."""
    found = verdict(detail.standing(now))
    words = _linked(escape(found.detail), detail) if found.level is Level.SUCCESS else escape(found.detail)
    if read_only(detail):
        words += f" {tr(READ_ONLY)}"
    waiting = waiting_words(found.cure, now)
    if waiting:
        words += f" {escape(waiting)}"
    onward = _onward(detail)
    if onward:
        words += f" {onward}"
    elif found.status is NodeKeyStatus.DELETED and _lost(detail):
        words += " " + link_html(tr("Why"), WHY)
    elif found.level is Level.ERROR and _event(detail, found.status):
        words += " " + link_html(tr("View event"), event_href(_event(detail, found.status)))
    paused = found.level is Level.ERROR and found.status is NodeKeyStatus.DISABLED
    mark = key_status(found.status) if paused else None  # the icon of that level says "not authorized" on the tiles
    return ShownVerdict(_LEVELS[found.level], found.sentence, words, found.cure, waiting, mark)


def _linked(html: str, detail: DatabaseDetail) -> str:
    """The names of key and KMS instance become links."""
    for thing, place in ((detail.root_key, key_place(detail)), (detail.hsm, hsm_place(detail))):
        if thing is not None and place is not None:
            name, link, plain = escape(thing.name), link_html(thing.name, place.href()), html
            for before, after in (("key ", " in "), ("in ", " protects")):
                html = html.replace(f"{before}{name}{after}", f"{before}{link}{after}", 1)
            there = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?![^<]*>)", html)
            if html == plain and there is not None:  # another language has other words around it
                html = html[: there.start()] + link + html[there.end() :]
    return html


def _onward(detail: DatabaseDetail) -> str:
    """Where an instance that is not in use is dealt with."""
    if detail.instance_state is InstanceState.FAILED:
        return link_html(tr("Overview"), Place(places.DB_OVERVIEW, detail.guid).href())
    if detail.instance_state in (InstanceState.PENDING_RECLAMATION, InstanceState.REMOVED):
        return link_html(tr("Secure deletion"), Place(places.SECURE_DELETION, detail.guid).href())
    return ""


def _lost(detail: DatabaseDetail) -> bool:
    return detail.checks.deletion_rule is DeletionRule.DISCARD or detail.data_key.destroyed_at is not None


def _event(detail: DatabaseDetail, status: NodeKeyStatus) -> str | None:
    """The event that explains the state: of the authorization, of the key, or of the first node concerned."""
    if status is NodeKeyStatus.NOT_AUTHORIZED and detail.authorization and not detail.authorization.in_force:
        return detail.authorization.event_id
    if status in (NodeKeyStatus.DISABLED, NodeKeyStatus.DELETED) and detail.root_key:
        return detail.root_key.event_id
    reasons = (node.reason for node in detail.nodes if node.key_status is status and node.reason)
    return next((reason.event_id for reason in reasons if reason.event_id), None)

"""What a node's tile says: its reason in one sentence, its next check, and when it stops. Words only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.texts import EN_DASH
from kyok.domain.translation import tr
from kyok_gui.pages.database.machine_words import of_machine, sentence
from kyok_gui.places import ACTIVITY, Place
from kyok_gui.widgets.basics import escape, link_html

if TYPE_CHECKING:
    from kyok.client.records.databases import NodeDetail, RootKeyDetail


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, its short form for narrow tiles, and the event that proves it."""

    text: str
    short: str
    link: str = ""
    event_id: str | None = None
    least: str = ""
    """The shortest words of the link; the link itself when empty."""

    @property
    def linked(self) -> bool:
        """Whether there is an event to show."""
        return bool(self.link and self.event_id)

    def wordings(self) -> list[tuple[str, str]]:
        """Sentence and link from long to short; a tile takes the first that fits."""
        if not self.linked:
            return [(self.text, ""), (self.short, "")]
        return [(self.text, self.link), (self.short, self.link), ("", self.link), ("", self.least or self.link)]

    def html(self, fits: Callable[[str], bool]) -> str:
        """The longest wording that fits, with its link."""
        found = self.wordings()
        text, link = next((pair for pair in found if fits(" ".join(pair).strip())), found[-1])
        return f"{escape(text)} {link_html(link, event_href(self.event_id))}".strip() if link else escape(text)


def event_href(event_id: str | None) -> str:
    """The link to an event in the activity table."""
    return Place(ACTIVITY).with_query(event=event_id or "").href()


def reason_of(node: NodeDetail, key: RootKeyDetail | None, now: datetime) -> Reason:
    """Why a node's key status is what it is."""
    status, why = node.key_status, node.reason
    machine = of_machine(node)
    if machine:
        return _plain(machine)
    if status is NodeKeyStatus.DEFAULT_KEY:
        return _plain(tr("Random key, kept by the service."))
    if status is NodeKeyStatus.CHECKING:
        return _plain(tr("The first key check is under way."))
    if status is NodeKeyStatus.CONNECTED:
        return _connected(node, now)
    if why is None:
        return _plain(tr("The last key check did not pass."))
    when = tr("Event {moment}", moment=texts.when(why.at, now)) if why.at else tr("View event")
    if status is NodeKeyStatus.DELETED:
        event = (key.event_id if key is not None else None) or why.event_id
        moment = key.changed_at if key is not None and key.changed_at else why.at
        label = tr("Event {moment}", moment=texts.when(moment, now)) if moment else tr("View event")
        short = tr("Root key destroyed.")
        by = key.changed_by if key is not None else ""
        return Reason(tr("Root key destroyed by {person}.", person=by) if by else short, short, label, event)
    if status is NodeKeyStatus.NOT_CONNECTED:
        words = why.message[:1].upper() + why.message[1:] if why.message else tr("No answer")
        since = texts.time(node.since, seconds=True) if node.since else ""
        text = tr("{words} since {moment}.", words=words, moment=since) if since else f"{words}."
        return Reason(text, f"{words}.", tr("View event"), why.event_id)
    code = f" ({why.http_status})" if why.http_status else ""
    cause = f": {why.message}" if why.message else ""
    return Reason(
        tr("Access denied{code}{cause}.", code=code, cause=cause),
        tr("Access denied{code}.", code=code),
        when,
        why.event_id,
    )


def _plain(text: str) -> Reason:
    return Reason(text, text)


def _connected(node: NodeDetail, now: datetime) -> Reason:
    last = node.last_event
    if last is None:
        return _plain(tr("No problem found."))
    link = f"{last.label} {texts.when(last.at, now)}"
    return Reason(
        tr("No problem found."), tr("No problem."), tr("Last event: {link}", link=link), last.event_id, sentence(link)
    )


@dataclass(frozen=True, slots=True)
class NextCheck:
    """Label and value of the third figure, and the pill that counts down to the stop."""

    label: str
    value: str
    pill: str = ""
    short_pill: str = ""


def next_check(node: NodeDetail, now: datetime) -> NextCheck:
    """When the key is checked next, or when the node stops."""
    if node.key_status is NodeKeyStatus.DEFAULT_KEY:
        return NextCheck(tr("Next check"), tr("none"))
    if node.grace_until is not None:
        left = node.grace_until - now
        going = left.total_seconds() >= 1
        pill = tr("Stops in {span}", span=texts.span(left)) if going else tr("Stopping")
        short = texts.span(left) if going else pill
        return NextCheck(
            tr("Stops at"), tr("{moment} UTC", moment=texts.time(node.grace_until, seconds=True)), pill, short
        )
    if node.final:
        return NextCheck(tr("Next check"), tr("none"))
    if node.next_check_at is None:
        return NextCheck(tr("Next check"), EN_DASH)
    left_seconds = (node.next_check_at - now).total_seconds()
    return NextCheck(
        tr("Next check"), tr("in {span}", span=texts.span(node.next_check_at - now)) if left_seconds >= 1 else tr("now")
    )


def last_unwrap(node: NodeDetail, now: datetime) -> str:
    """When the node unwrapped its data key last."""
    passed = node.last_passed_at
    if passed is None:
        return EN_DASH
    if passed.date() == now.date():
        return tr("{moment} UTC", moment=texts.time(passed, seconds=True))
    return texts.when(passed, now)


def latency(node: NodeDetail) -> str:
    """How long the last passed unwrap took."""
    if node.latency_ms is None:
        return EN_DASH
    return tr("{value} ms", value=f"{node.latency_ms:.0f}" if node.latency_ms >= 1 else f"{node.latency_ms:.1f}")

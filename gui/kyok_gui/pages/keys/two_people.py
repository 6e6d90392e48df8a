"""Dual authorization: the first of two people schedules the deletion of a key, the second one deletes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.client.activity import EventFilter
from kyok.domain.key_states import DUAL_AUTH_PERIOD
from kyok.domain.roles import ACTIVITY_READ
from kyok.domain.texts import span_words
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.pages.keys.effects import Effect
from kyok_gui.times import at
from kyok_gui.told import why_not

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.keys import Key
    from kyok.domain.crn import Crn

_ICON = "two-person-lift"


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Who scheduled a deletion, read from the activity log, and whether that is the one who looks."""

    id: str
    name: str = ""
    at: datetime | None = None
    me: bool = False

    @property
    def words(self) -> str:
        """`anna@acme.example`, or the id where no name is known."""
        return self.name or self.id


def first_person(api: CloudApi, instance: Crn, key: Key, people: Mapping[str, str]) -> FirstPerson | None:
    """Who scheduled the deletion of a key; None when nobody has, or when the log is not told to this person.

    The key management API itself does not say it. Runs in a worker.
    """
    if not key.dual_auth.set_for_deletion:
        return None
    wanted = EventFilter(
        actions=(f"{instance.service}.secrets.setkeyfordeletion",), outcomes=("success",), target=key.id
    )
    try:
        if why_not(api, ACTIVITY_READ):
            return None
        found = api.activity.events(wanted, limit=1).events
        me = api.session.identity().iam_id
    except KyokError:
        return None
    if not found:
        return None
    who = found[0].initiator
    return FirstPerson(who.id, people.get(who.id, who.name), found[0].time, who.id == me)


def of_requiring() -> tuple[Effect, ...]:
    """What dual authorization means for a key that gets it."""
    return (
        Effect(
            _ICON,
            "iconPrimary",
            tr("Nobody can delete the key alone any more"),
            tr(
                "One person schedules the deletion; a different one with the Manager role deletes the key within "
                "{span}.",
                span=span_words(DUAL_AUTH_PERIOD),
            ),
        ),
        Effect(
            "warning--alt--filled",
            "supportWarning",
            tr("This cannot be taken back"),
            tr("The key keeps it as long as it exists, whatever the policy of the instance says. Nothing stops now."),
        ),
    )


def of_scheduling(now: datetime) -> Effect:
    """What the first of two people does."""
    until = at(now + DUAL_AUTH_PERIOD)
    return Effect(
        _ICON,
        "supportCautionMajor",
        tr("You are the first of two people"),
        tr(
            "Nothing changes yet. A different person with the Manager role deletes the key, until {until}. After "
            "those {span} it has to be scheduled again. Until then it can be cancelled.",
            until=until,
            span=span_words(DUAL_AUTH_PERIOD),
        ),
    )


def of_second(key: Key, first: FirstPerson | None) -> Effect:
    """What the second of two people does, or why it must be somebody else."""
    expires = key.dual_auth.expires_at
    until = tr("That holds until {moment}.", moment=at(expires)) if expires is not None else ""
    if first is None:
        text = tr("If that was you, the service refuses: the second person must be a different one.")
        title = tr("One person has scheduled this deletion")
        return Effect(_ICON, "supportCautionMajor", title, f"{until} {text}".strip())
    moment = at(first.at) if first.at is not None else ""
    if first.me:
        text = tr("A different person with the Manager role has to delete the key.")
        title = tr("You scheduled this deletion yourself")
        title = tr("You scheduled this deletion yourself on {moment}", moment=moment) if moment else title
        return Effect("error--filled", "supportError", title, f"{text} {until}".strip())
    text = tr("You are the second of two people.")
    title = tr("{person} scheduled this deletion", person=first.words)
    if moment:
        title = tr("{person} scheduled this deletion on {moment}", person=first.words, moment=moment)
    return Effect(_ICON, "supportCautionMajor", title, f"{text} {until}".strip())


def panel_words(key: Key, first: FirstPerson | None) -> str:
    """What the panel of a key says while its deletion waits."""
    expires = key.dual_auth.expires_at
    if first is None:
        begun = tr("One person has scheduled the deletion.")
        other = tr("a different person")
    elif first.me:
        begun = tr("You have scheduled the deletion.")
        other = tr("somebody other than you")
    else:
        begun = tr("{person} has scheduled the deletion.", person=first.words)
        other = tr("anybody but {person}", person=first.words)
    second = tr("The second, {other} with the Manager role, can delete the key.", other=other)
    if expires is not None:
        second = tr(
            "The second, {other} with the Manager role, can delete the key until {moment}.",
            other=other,
            moment=at(expires),
        )
    return f"{begun} {second}"

"""What an authorization grants, in sentences: beside the form, in its review, and in the role step."""

from __future__ import annotations

from kyok.domain import roles
from kyok.domain.services import short_name
from kyok.domain.texts import listed, plural
from kyok.domain.translation import noted, tr
from kyok_gui.pages.access.draft import Draft
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.times import at
from kyok_gui.widgets import escape

MAY = noted("list, wrap, unwrap and rewrap")
MAY_NOT = noted("create, read out, change, disable or delete a key")
MAY_ALONE = noted("wrap, unwrap and rewrap")
"""What is left when single keys or rings are authorized: nobody may list the others."""


def whole(name: str) -> str:
    """A name that is not broken at its hyphens when the line ends."""
    return name.replace("-", "\N{NON-BREAKING HYPHEN}")


def _bold(name: str) -> str:
    return f"<b>{escape(whole(name))}</b>"


def side_html(draft: Draft, facts: AccessFacts) -> str:
    """What this grants, as far as it is chosen."""
    if not draft.source:
        return tr("Choose a service first. What it will be allowed to do stands here.")
    who = _who(draft, facts, each=False)
    if not draft.target_instance:
        return tr("{who} may use the keys of the instance you choose next.", who=who)
    keys = _keys(draft, facts, tr("the keys"))
    if draft.reader:
        return tr("{who} may use {keys}, with the {role} role.", who=who, keys=keys, role=_bold(roles.READER.name))
    return tr("{who} may use {keys}, with the role you choose next.", who=who, keys=keys)


def waiting_lines(draft: Draft, facts: AccessFacts) -> list[str]:
    """The instances that wait for it, each with how long it stands still."""
    if not (draft.source and draft.target_instance):
        return []
    return [
        tr("{name}, stopped since {moment}", name=one.name, moment=at(one.headline_since))
        if one.headline_since is not None
        else tr("{name}, stopped", name=one.name)
        for one in facts.waiting_for(draft.policy(facts.account_id))
    ]


def review_html(draft: Draft, facts: AccessFacts) -> str:
    """What it may, what it may not, and how to undo it."""
    may = tr(MAY_ALONE) if draft.key or draft.key_ring else tr(MAY)
    granted = tr(
        "{who} may {may} with {keys}, and register that it uses them. It may <b>not</b> {may_not}.",
        who=_who(draft, facts, each=True),
        may=_bold(may),
        keys=_keys(draft, facts, tr("the root keys")),
        may_not=tr(MAY_NOT),
    )
    then = (
        tr("You can remove this at any time; the instances then stop within a minute.")
        if draft.every_source
        else tr("You can remove this at any time; it then stops within a minute.")
    )
    return f"{granted} {then}"


def _who(draft: Draft, facts: AccessFacts, *, each: bool) -> str:
    if draft.source_guid:
        return _bold(facts.name_of(draft.source_guid) or tr("This instance"))
    service, group = escape(short_name(draft.source)), _bold(facts.group_name(draft.source_group))
    account = facts.account_name or tr("this account")
    if each and draft.source_group:
        return tr("Every {service} instance in resource group {group}", service=service, group=group)
    if each:
        return tr("Every {service} instance in {account}", service=service, account=escape(account))
    if draft.source_group:
        return tr("<b>All</b> {service} instances in resource group {group}", service=service, group=group)
    return tr("<b>All</b> {service} instances in {account}", service=service, account=_bold(account))


def _keys(draft: Draft, facts: AccessFacts, keys: str) -> str:
    if not draft.target_guid:
        service, group = escape(short_name(draft.target)), _bold(facts.group_name(draft.target_group))
        if not draft.target_group:
            return tr("{keys} of <b>all</b> {service} instances", keys=keys, service=service)
        return tr(
            "{keys} of <b>all</b> {service} instances in resource group {group}",
            keys=keys,
            service=service,
            group=group,
        )
    name = _bold(facts.name_of(draft.target_guid) or tr("an instance that is not found"))
    if draft.key:
        return tr("<b>one key</b> of {name}", name=name)
    if draft.key_ring:
        return tr("{keys} in key ring {key_ring} of {name}", keys=keys, key_ring=_bold(draft.key_ring), name=name)
    return tr("{keys} of {name}", keys=keys, name=name)


def stop_words(draft: Draft, facts: AccessFacts) -> str:
    """Which running instances a change would stop; nothing for a new authorization or when none does."""
    known = facts.policy(draft.policy_id) if draft.policy_id else None
    if known is None or draft.first_problem(facts):
        return ""
    stops = [one.name for one in facts.stopped_by(known, draft.policy(facts.account_id))]
    if not stops:
        return ""
    if len(stops) == 1:
        return tr("{name} stops within a minute: the changed authorization no longer covers it", name=stops[0])
    names = listed(stops)
    return tr("{names} stop within a minute: the changed authorization no longer covers them", names=names)


def role_lines(draft: Draft) -> list[tuple[str, str]]:
    """What the Reader role contains, for the role step."""
    count = len(roles.role_actions(draft.target, roles.READER.name))
    return [
        (tr("May"), tr("List root keys; wrap, unwrap and rewrap data keys with them; register that it uses them")),
        (tr("May not"), tr("Create, read out, change, disable or delete a key")),
        (tr("Actions"), plural(count, "action") if count else tr("Depends on the target service")),
    ]

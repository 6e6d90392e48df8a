"""What the menus of the authorization form offer, and why each of it is or is not useful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kyok.domain import roles, services
from kyok.domain.key_states import KeyState
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KEY_SERVICES
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.pages.access.draft import EVERY, Draft
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.rows import ALL_INSTANCES, NOT_FOUND
from kyok_gui.widgets import DONE, NONE_YET, Choice

if TYPE_CHECKING:
    from kyok.client.records.keys import Key
    from kyok.client.records.resources import ServiceInstance

ANY = "-"
"""Id of the choice that narrows nothing: menus know no empty ids."""


def source_choices() -> list[Choice]:
    """Services that may be given access: those that can be created here first, then all others by name."""
    known = sorted(services.sources(), key=lambda one: (not one.creatable, one.display_name.lower()))
    return [Choice(one.name, one.display_name) for one in known]


def source_instance_choices(draft: Draft, facts: AccessFacts) -> list[Choice]:
    """All service instances, then each instance of the source service."""
    if not draft.source:
        return []
    every = Choice(
        EVERY,
        tr(ALL_INSTANCES),
        tr("Also those that are created later in {account_name}", account_name=facts.account_name),
    )
    if draft.source_group:
        every = Choice(
            EVERY,
            tr(ALL_INSTANCES),
            tr("Those of resource group {group_name}", group_name=facts.group_name(draft.source_group)),
        )
    found = [Choice(one.guid, one.name, one.region) for one in facts.instances_of(draft.source)]
    return [every, *_gone(draft.source_guid, found), *found]


def target_choices(draft: Draft) -> list[Choice]:
    """The services that can protect an instance of the source service."""
    found = [one for one in services.targets() if not draft.source or roles.supported_pair(draft.source, one.name)]
    return [Choice(one.name, one.display_name) for one in found]


def target_instance_choices(draft: Draft, facts: AccessFacts) -> list[Choice]:
    """The instances of the target service; each says why it is or is not useful. All of them only with a group."""
    if not draft.target:
        return []
    found = [_target_choice(draft, facts, one) for one in facts.instances_of(draft.target)]
    if draft.target_instance == EVERY:
        group = facts.group_name(draft.target_group)
        detail = (
            tr("Those of resource group {group}", group=group) if group else tr("Also those that are created later")
        )
        found.insert(0, Choice(EVERY, tr(ALL_INSTANCES), detail))
    return [*_gone(draft.target_guid, found), *found]


def _gone(guid: str, found: Sequence[Choice]) -> list[Choice]:
    """An instance that an authorization names and that is not there (any more) stays a choice while it is changed."""
    if not guid or guid in {choice.id for choice in found}:
        return []
    return [Choice(guid, tr(NOT_FOUND), guid)]


def _target_choice(draft: Draft, facts: AccessFacts, one: ServiceInstance) -> Choice:
    alone = replace(draft, target_instance=one.guid, target_group="", key_ring="", key="")
    if alone.duplicate_problem(facts):
        words = tr("{region}. Authorized already: nothing more is needed", region=one.region)
        return Choice(one.guid, one.name, words, icon=DONE)
    usage = facts.usage.get(one.guid)
    if usage is None or one.service not in KEY_SERVICES:
        return Choice(one.guid, one.name, one.region, icon=DONE)
    units = f", {plural(usage.units, 'crypto unit')}" if one.service == HS_CRYPTO else ""
    if not usage.initialised:
        words = tr(
            "{region}{units}. Can be authorized now, offers no keys before it is initialized",
            region=one.region,
            units=units,
        )
        return Choice(one.guid, one.name, words, icon=NONE_YET)
    active = usage.root_keys_in(KeyState.ACTIVE)
    if not active:
        words = tr("{region}{units}. Can be authorized now, has no active root key yet", region=one.region, units=units)
        return Choice(one.guid, one.name, words, icon=NONE_YET)
    return Choice(one.guid, one.name, f"{one.region}{units}, {plural(active, 'active root key')}", icon=DONE)


def group_choices(facts: AccessFacts, chosen: str) -> list[Choice]:
    """Any resource group, or one of them."""
    found = [Choice(group.id, group.name) for group in facts.groups]
    return [Choice(ANY, tr("Any resource group")), *_named(chosen, found, tr("Not found")), *found]


def ring_choices(rings: Sequence[str], chosen: str) -> list[Choice]:
    """Any key ring, or one of them."""
    found = [Choice(ring, ring) for ring in rings]
    return [Choice(ANY, tr("Any key ring")), *_named(chosen, found, chosen), *found]


def key_choices(keys: Sequence[Key], chosen: str) -> list[Choice]:
    """Any key, or one of the root keys."""
    found = [Choice(key.id, key.name, tr("Key ring {ring}, {id}", ring=key.ring, id=key.id)) for key in keys]
    return [Choice(ANY, tr("Any key")), *_named(chosen, found, tr("Key not found")), *found]


def _named(chosen: str, found: Sequence[Choice], title: str) -> list[Choice]:
    if not chosen or chosen in {choice.id for choice in found}:
        return []
    return [Choice(chosen, title, "" if title == chosen else chosen)]


def usual_first(facts: AccessFacts) -> Draft | None:
    """The authorization that an account most likely needs first; None without an instance that holds keys."""
    best = sorted(
        (one for service in (HS_CRYPTO, services.KMS) for one in facts.instances_of(service)),
        key=lambda one: -_usefulness(facts, one),
    )
    if not best:
        return None
    return Draft(DBAAS_POSTGRESQL, EVERY, best[0].service, best[0].guid, reader=True)


def _usefulness(facts: AccessFacts, one: ServiceInstance) -> int:
    usage = facts.usage.get(one.guid)
    if usage is None:
        return 0
    return 2 if usage.root_keys_in(KeyState.ACTIVE) else int(usage.initialised)

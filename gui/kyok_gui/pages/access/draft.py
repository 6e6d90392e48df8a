"""The authorization being made or changed: its values, what is wrong with them, and the policy that they mean.

One draft stands behind the wizard and the one-page form; it knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kyok.domain import roles
from kyok.domain.authorizations import (
    AuthorizationPolicy,
    Scopes,
    pair_problem,
    same_grant,
    scoped_authorization,
    scopes_of,
    within,
)
from kyok.domain.services import display_name, short_name
from kyok.domain.translation import noted, tr
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.rows import ALL_INSTANCES, NOT_FOUND

EVERY = "*"
"""Stands for All service instances in the menu; a GUID stands for one."""
DESCRIPTION_MAX = 300
"""Characters; the service takes no more."""

SOURCE, TARGET, ROLE, REVIEW = "source", "target", "role", "review"


@dataclass(frozen=True, slots=True)
class Draft:
    """The values of the form; an empty text means nothing is chosen yet, for groups, ring and key: no narrowing."""

    source: str = ""
    source_instance: str = EVERY
    target: str = ""
    target_instance: str = ""
    reader: bool = False
    source_group: str = ""
    target_group: str = ""
    key_ring: str = ""
    key: str = ""
    description: str = ""
    policy_id: str = ""
    """The authorization that is changed; empty for a new one."""

    @classmethod
    def of_query(cls, query: Mapping[str, str]) -> Draft:
        """The values that a link carries."""
        return cls(
            source=query.get("source", ""),
            source_instance=query.get("source_instance", "") or EVERY,
            target=query.get("target", ""),
            target_instance=query.get("target_instance", ""),
            reader=query.get("role", "") == roles.READER.name,
        )

    @classmethod
    def of_policy(cls, policy: AuthorizationPolicy) -> Draft | None:
        """The values of an authorization; None when the form cannot show all that it says."""
        scopes = scopes_of(policy)
        if scopes is None or policy.roles != (roles.READER.crn,) or policy.source_account != policy.account:
            return None
        return cls(
            source=policy.source_service,
            source_instance=scopes.source_instance or EVERY,
            target=policy.target_service,
            target_instance=scopes.target_instance or EVERY,
            reader=True,
            source_group=scopes.source_group,
            target_group=scopes.target_group,
            key_ring=scopes.key_ring,
            key=scopes.key,
            description=policy.description,
            policy_id=policy.id,
        )

    @property
    def source_guid(self) -> str:
        """GUID of the source instance; empty for all."""
        return "" if self.source_instance == EVERY else self.source_instance

    @property
    def target_guid(self) -> str:
        """GUID of the target instance; empty for all."""
        return "" if self.target_instance == EVERY else self.target_instance

    @property
    def every_source(self) -> bool:
        """Whether it is for all instances of the source service, or of a resource group."""
        return self.source_instance == EVERY

    @property
    def narrowed(self) -> bool:
        """Whether anything under "More options" is in use."""
        return bool(self.source_group or self.target_group or self.key_ring or self.key)

    # changing ---------------------------------------------------------------------

    def with_source(self, service: str) -> Draft:
        """Another source service; what hangs on it is forgotten."""
        if service == self.source:
            return self
        kept = replace(self, source=service, source_instance=EVERY)
        return kept if roles.supported_pair(service, self.target) else kept.with_target("")

    def with_source_instance(self, choice: str) -> Draft:
        """One source instance, or all; one instance excludes a resource group."""
        return replace(self, source_instance=choice, source_group="" if choice != EVERY else self.source_group)

    def with_source_group(self, group: str) -> Draft:
        """A resource group as source: all its instances."""
        return replace(self, source_group=group, source_instance=EVERY if group else self.source_instance)

    def with_target(self, service: str) -> Draft:
        """Another target service; its instance is chosen anew."""
        if service == self.target:
            return self
        return replace(self, target=service, target_group="").with_target_instance("")

    def with_target_instance(self, choice: str) -> Draft:
        """One target instance, or all; rings and keys are those of one instance."""
        if choice == self.target_instance:
            return self
        group = self.target_group if choice == EVERY else ""
        return replace(self, target_instance=choice, target_group=group, key_ring="", key="")

    def with_target_group(self, group: str) -> Draft:
        """A resource group as target: all its instances of the service."""
        if group:
            return replace(self.with_target_instance(EVERY), target_group=group)
        return replace(self.with_target_instance(""), target_group="")

    def with_key_ring(self, ring: str) -> Draft:
        """The keys of one ring only."""
        return replace(self, key_ring=ring, key="" if ring else self.key)

    def with_key(self, key: str) -> Draft:
        """One key only, whatever ring it is in."""
        return replace(self, key=key, key_ring="" if key else self.key_ring)

    # meaning ----------------------------------------------------------------------

    def policy(self, account: str) -> AuthorizationPolicy:
        """The authorization that these values mean."""
        scopes = Scopes(
            self.source_guid, self.source_group, self.target_guid, self.target_group, self.key_ring, self.key
        )
        made = scoped_authorization(account, self.source, self.target, scopes, description=self.description.strip())
        return replace(made, id=self.policy_id)

    def duplicate_problem(self, facts: AccessFacts) -> str:
        """That the same authorization exists already, or nothing."""
        if not (self.source and self.target and self.target_instance):
            return ""
        wanted = self.policy(facts.account_id)
        if not any(same_grant(one.grant, wanted) for one in facts.policies if one.id != self.policy_id):
            return ""
        what = self.target_words(facts) or tr("this instance")
        return tr(
            "There is an authorization for {source_words} and {what} already. Nothing more is needed.",
            source_words=self.source_words(facts),
            what=what,
        )

    def covered_words(self, facts: AccessFacts) -> str:
        """That a wider authorization grants all of this already; no fault, but worth knowing."""
        if not (self.source and self.target and self.target_instance and self.narrows_something):
            return ""
        wanted = self.policy(facts.account_id)
        for one in facts.policies:
            if one.id != self.policy_id and within(wanted, one.grant) and not same_grant(one.grant, wanted):
                wide = Draft.of_policy(one.grant)
                if wide is not None:
                    who, what = wide.source_words(facts), wide.target_words(facts)
                    return tr(
                        "An authorization for {who} and {what} grants this already: this one adds nothing.",
                        who=who,
                        what=what,
                    )
        return ""

    @property
    def narrows_something(self) -> bool:
        """Whether a wider authorization could exist beside it."""
        return self.narrowed or bool(self.source_guid or self.target_guid)

    # what is wrong --------------------------------------------------------------

    def problem(self, step: str, facts: AccessFacts) -> str:
        """Why a step is not done, as a sentence; nothing when it is."""
        if step == SOURCE:
            return "" if self.source else tr("Choose the source service.")
        if step == TARGET:
            return self._target_problem(facts)
        if step == ROLE:
            return "" if self.reader else tr("Enable the Reader role.")
        return self.first_problem(facts)

    def first_problem(self, facts: AccessFacts) -> str:
        """The first thing that is missing or wrong in the whole form."""
        found = next((found for step in (SOURCE, TARGET, ROLE) if (found := self.problem(step, facts))), "")
        if not found and len(self.description.strip()) > DESCRIPTION_MAX:
            return tr("Shorten the description to {description_max} characters.", description_max=DESCRIPTION_MAX)
        return found

    def _target_problem(self, facts: AccessFacts) -> str:
        if not self.target:
            return tr("Choose the target service.")
        pair = pair_problem(self.source, self.target) if self.source else None
        if pair:
            return pair
        if not self.target_instance:
            return tr("Choose the target service instance.")
        return self.duplicate_problem(facts)

    # words ----------------------------------------------------------------------

    def source_words(self, facts: AccessFacts) -> str:
        """`all PostgreSQL instances`, `the PostgreSQL instances of team`, `ledger-db`."""
        if self.source_guid:
            return facts.name_of(self.source_guid) or tr("this instance")
        if self.source_group:
            return tr(
                "the {short_name} instances of {group_name}",
                short_name=short_name(self.source),
                group_name=facts.group_name(self.source_group),
            )
        return tr("all {short_name} instances", short_name=short_name(self.source))

    def target_words(self, facts: AccessFacts) -> str:
        """`acme-hpcs`, `one key of acme-hpcs`, `all HPCS instances of team`; nothing while none is chosen."""
        if not self.target_instance:
            return ""
        name = facts.name_of(self.target_guid) or tr("this instance")
        if self.target_guid and self.key:
            return tr("one key of {name}", name=name)
        if self.target_guid and self.key_ring:
            return tr("key ring {key_ring} of {name}", key_ring=self.key_ring, name=name)
        if self.target_guid:
            return name
        group = tr(" of {group_name}", group_name=facts.group_name(self.target_group)) if self.target_group else ""
        return tr("all {short_name} instances{group}", short_name=short_name(self.target), group=group)

    def source_hint(self, facts: AccessFacts) -> str:
        """`PostgreSQL, all instances`: what the first step chose, under its title."""
        if not self.source:
            return ""
        name = facts.name_of(self.source_guid) or tr(NOT_FOUND) if self.source_guid else tr("all instances")
        group = tr(" of {group_name}", group_name=facts.group_name(self.source_group)) if self.source_group else ""
        return f"{short_name(self.source)}, {name}{group}"

    def target_hint(self, facts: AccessFacts) -> str:
        """What the second step chose: "acme-hpcs", "acme-hpcs, ring payments"."""
        if not self.target_guid:
            return self.target_words(facts)
        less = tr("one key") if self.key else tr("ring {key_ring}", key_ring=self.key_ring) if self.key_ring else ""
        name = facts.name_of(self.target_guid)
        return f"{name}, {less}" if less else name

    def values(self, facts: AccessFacts) -> tuple[tuple[str, str], ...]:
        """The five values under their labels."""
        source = facts.name_of(self.source_guid) or tr(NOT_FOUND) if self.source_guid else tr(ALL_INSTANCES)
        target = facts.name_of(self.target_guid) or tr(NOT_FOUND) if self.target_guid else tr(ALL_INSTANCES)
        return (
            (tr("Source service"), display_name(self.source) if self.source else ""),
            (tr("Source service instance"), source if self.source else ""),
            (tr("Target service"), display_name(self.target) if self.target else ""),
            (tr("Target service instance"), target if self.target_instance else ""),
            (tr("Role"), tr("Reader role") if self.reader else ""),
        )

    def more_values(self, facts: AccessFacts) -> tuple[tuple[str, str], ...]:
        """What is set under "More options", and the description."""
        found = (
            (tr("Source resource group"), facts.group_name(self.source_group)),
            (tr("Target resource group"), facts.group_name(self.target_group)),
            (tr("Key ring"), self.key_ring),
            (tr("Key"), self.key),
            (tr("Description"), self.description.strip()),
        )
        return tuple((label, value) for label, value in found if value)


_LABELS = {
    "source": noted("Source service"),
    "source_instance": noted("Source service instance"),
    "source_group": noted("Source resource group"),
    "target": noted("Target service"),
    "target_instance": noted("Target service instance"),
    "target_group": noted("Target resource group"),
    "key_ring": noted("Key ring"),
    "key": noted("Key"),
    "reader": noted("Role"),
    "description": noted("Description"),
}


def changed_fields(before: Draft, after: Draft) -> list[str]:
    """Labels of the fields that hold something else; blanks around a description do not count."""
    after = replace(after, description=after.description.strip())
    return [
        tr(noted_label) for field, noted_label in _LABELS.items() if getattr(before, field) != getattr(after, field)
    ]


def differences(before: Draft, after: Draft, facts: AccessFacts) -> list[str]:
    """What somebody changed, one sentence for each value: "Key ring: was payments, is not set now"."""
    old = dict((*before.values(facts), *before.more_values(facts)))
    new = dict((*after.values(facts), *after.more_values(facts)))
    lines = []
    for label in dict.fromkeys((*old, *new)):
        was, now = old.get(label, ""), new.get(label, "")
        if was != now:
            lines.append(
                tr("{label}: was {was}, is {now} now", label=label, was=was or tr("not set"), now=now or tr("not set"))
            )
    return lines

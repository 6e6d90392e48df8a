"""What the table of authorizations shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kyok.domain.authorizations import same_grant
from kyok.domain.services import display_name, short_name
from kyok.domain.texts import listed, plural
from kyok.domain.translation import noted, tr
from kyok_gui.times import day
from kyok_gui.widgets import Column

if TYPE_CHECKING:
    from kyok.client.records.access import Policy
    from kyok.domain.authorizations import Attribute, AuthorizationPolicy
    from kyok_gui.pages.access.facts import AccessFacts

ALL_INSTANCES = noted("All service instances")
NOT_FOUND = noted("Instance not found")
UNUSED = noted("Unused")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AuthorizationRow:
    """One authorization in words."""

    policy: Policy
    source: str
    source_instance: str
    target: str
    target_instance: str
    role: str
    account: str
    type: str
    used: int
    used_by: str
    modified: str
    by: str
    source_detail: str
    target_detail: str
    scope: str
    description: str

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.policy.id

    @property
    def title(self) -> str:
        """`PostgreSQL → acme-hpcs`, as dialogs and panels name it."""
        grant = self.policy.grant
        source = short_name(grant.source_service) if grant.source_service else tr("All services")
        if grant.source_instance and self.source_instance != tr(NOT_FOUND):
            source = self.source_instance
        target = self.target_instance
        if target in (tr(ALL_INSTANCES), tr(NOT_FOUND)):
            target = short_name(grant.target_service)
        return f"{source} → {target}"


def rows_of(facts: AccessFacts) -> list[AuthorizationRow]:
    """The rows, the oldest first as IAM lists them."""
    return [row_of(policy, facts) for policy in facts.policies]


def row_of(policy: Policy, facts: AccessFacts) -> AuthorizationRow:
    """One row."""
    grant = policy.grant
    users = facts.used_by(policy)
    used_by = plural(len(users), "instance") if users else tr(UNUSED)
    source_instance, target_instance = _source_instance(grant, facts), _instance(grant.target_instance, facts)
    source_scope, target_scope = scope_words(grant, facts)
    if not facts.usage_known:
        used_by = ""
    return AuthorizationRow(
        policy=policy,
        source=display_name(grant.source_service) if grant.source_service else tr("All services"),
        source_instance=source_instance,
        target=display_name(grant.target_service),
        target_instance=target_instance,
        role=", ".join(grant.role_names),
        account=tr("This account") if grant.source_account == facts.account_id else grant.source_account,
        type=policy.type_word,
        used=len(users),
        used_by=used_by,
        modified=day(policy.modified_at) if policy.modified_at is not None else "",
        by=tr("by {author}", author=author(policy, facts)) if author(policy, facts) else "",
        source_detail=_detail(source_instance, source_scope),
        target_detail=_detail(target_instance, target_scope),
        scope="; ".join(words for words in (source_scope, target_scope) if words),
        description=grant.description,
    )


def scope_words(grant: AuthorizationPolicy, facts: AccessFacts) -> tuple[str, str]:
    """What narrows source and target besides their instances: "group team", "ring payments"; else nothing."""
    return _narrowing(grant.subject, facts), _narrowing(grant.resource, facts)


def _narrowing(entries: Sequence[Attribute], facts: AccessFacts) -> str:
    words: dict[str, Callable[[str], str]] = {
        "resourceGroupId": lambda value: tr("group {group_name}", group_name=facts.group_name(value)),
        "keyRing": lambda value: tr("ring {value}", value=value),
        "resource": lambda value: tr("key {value}", value=value[:8]),
        "region": lambda value: tr("region {value}", value=value),
    }
    found = []
    for entry in entries:
        say = words.get(entry.name)
        if say is not None:
            found.append(tr(" or ").join(say(value) for value in entry.values))
        elif entry.operator != "stringEquals":
            found.append(tr("{name} like {values}", name=entry.name, values=tr(" or ").join(entry.values)))
    return ", ".join(found)


def _detail(instance: str, narrowing: str) -> str:
    """`acme-hpcs, ring payments`; a group stands in the place of "All service instances"."""
    if not narrowing:
        return instance
    return narrowing[:1].upper() + narrowing[1:] if instance == tr(ALL_INSTANCES) else f"{instance}, {narrowing}"


def _source_instance(grant: AuthorizationPolicy, facts: AccessFacts) -> str:
    """The instance; of another account nobody here knows more than its id."""
    if grant.source_account == facts.account_id:
        return _instance(grant.source_instance, facts)
    return tr(
        "{source_instance}, account {source_account}",
        source_instance=grant.source_instance or tr(ALL_INSTANCES),
        source_account=grant.source_account[:6],
    )


def _instance(guid: str, facts: AccessFacts) -> str:
    if not guid:
        return tr(ALL_INSTANCES)
    return facts.name_of(guid) or tr(NOT_FOUND)


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A removed authorization. `again` says that the same one was made anew, so that it need not be restored."""

    row: AuthorizationRow
    again: bool
    waiting: str

    @property
    def effect(self) -> str:
        """What restoring it would do."""
        if self.again:
            return tr("The same exists again")
        return tr("{waiting} may start", waiting=self.waiting) if self.waiting else tr("Nothing waits for it")

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.row.id


def removed_rows(facts: AccessFacts) -> list[RemovedRow]:
    """Removed authorizations, the one removed last first."""
    return [
        RemovedRow(
            row_of(policy, facts),
            any(same_grant(policy.grant, one.grant) for one in facts.policies),
            listed([one.name for one in facts.waiting_for(replace(policy.grant, state="active"))]),
        )
        for policy in facts.removed
    ]


def author(policy: Policy, facts: AccessFacts) -> str:
    """Who changed it last: `anna@`, or the service that made it; nothing when nobody may know."""
    if policy.by_service:
        return tr("the service")
    email = facts.people.get(policy.modified_by, "")
    return f"{email.partition('@')[0]}@" if email else ""


COLUMNS: tuple[Column[AuthorizationRow], ...] = (
    Column("source", noted("Source"), lambda row: row.source, detail=lambda row: row.source_detail, width=264),
    Column(
        "target",
        noted("Target"),
        lambda row: row.target,
        detail=lambda row: row.target_detail,
        width=224,
        tone="primary",
    ),
    Column("role", noted("Role"), lambda row: row.role, width=80, tone="primary"),
    Column("scope", noted("Scope"), lambda row: row.scope, optional=True),
    Column("description", noted("Description"), lambda row: row.description, width=160, hide_below=1000),
    Column("account", noted("Source account"), lambda row: row.account, width=136, optional=True),
    Column("type", noted("Type"), lambda row: row.type, width=120, hide_below=1000),
    Column(
        "used",
        noted("Used by"),
        lambda row: row.used_by,
        kind="link",
        link=lambda row: row.used > 0,
        sort=lambda row: row.used,
        value=lambda row: row.used,
        value_title=noted("Used by, instances"),
        width=112,
    ),
    Column(
        "modified",
        noted("Last modified"),
        lambda row: row.modified,
        detail=lambda row: row.by,
        sort=lambda row: row.policy.modified_at or _NEVER,
        value=lambda row: row.policy.modified_at,
        detail_title=noted("Modified by"),
    ),
)
"""The columns that IBM's documentation names, in our order."""

REMOVED_COLUMNS: tuple[Column[RemovedRow], ...] = (
    Column("source", noted("Source"), lambda one: one.row.source, detail=lambda one: one.row.source_detail, weight=3),
    Column(
        "target",
        noted("Target"),
        lambda one: one.row.target,
        detail=lambda one: one.row.target_detail,
        weight=3,
        tone="primary",
    ),
    Column("role", noted("Role"), lambda one: one.row.role, width=80, tone="primary"),
    Column("description", noted("Description"), lambda one: one.row.description, weight=2, hide_below=1000),
    Column(
        "removed",
        noted("Removed"),
        lambda one: one.row.modified,
        detail=lambda one: one.row.by,
        sort=lambda one: one.row.policy.modified_at or _NEVER,
        weight=2,
    ),
    Column(
        "effect",
        noted("When restored"),
        lambda one: one.effect,
        weight=3,
    ),
)

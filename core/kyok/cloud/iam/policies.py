"""Policies: authorizations between services and access of users, through both versions of the API.

Rules: reference iam-and-resources.md sections 4.4 to 4.7. A change is in force with its commit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam import policy_rows
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.errors import (
    AccountIdMissing,
    NotAuthorized,
    PolicyChanged,
    PolicyConflict,
    PolicyInvalid,
    PolicyNotFound,
    QueryInvalid,
)
from kyok.cloud.iam.policy_bodies import body_of
from kyok.cloud.iam.policy_rows import Api, StoredPolicy
from kyok.cloud.iam.policy_rules import checked
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import policy
from kyok.domain import services
from kyok.domain.authorizations import AuthorizationPolicy, attribute, parse_policy
from kyok.domain.crn import Crn
from kyok.domain.roles import role_actions
from kyok.randomness import Randomness, new_uuid

_SORTS = {
    "id": policy.c.id,
    "type": policy.c.type,
    "href": policy.c.id,
    "state": policy.c.state,
    "created_at": policy.c.created_at,
    "created_by_id": policy.c.created_by,
    "last_modified_at": policy.c.modified_at,
    "last_modified_by_id": policy.c.modified_by,
}


class Policies:
    """Creates, lists, changes, removes and restores policies."""

    def __init__(self, decisions: Decisions, activity: Activity, randomness: Randomness) -> None:
        self._decisions = decisions
        self._activity = activity
        self._randomness = randomness

    def create(self, tx: Transaction, caller: Caller, body: Mapping[str, Any], api: Api) -> StoredPolicy:
        """Makes a policy.

        Raises:
            PolicyInvalid, NotAuthorized, PolicyConflict: nothing is made.
        """
        document = checked(body, api, caller.account)
        grant = parse_policy(document)
        self._require_may_create(tx, caller, grant)
        self._require_unique(tx, caller.account, grant)
        made = policy_rows.add(tx, new_uuid(self._randomness), caller.account, api, document, caller.iam_id)
        self._record(tx, caller, "create", made, 201)
        return made

    def get(self, reader: Reader, caller: Caller, policy_id: str) -> StoredPolicy:
        """One policy of the caller's account, deleted ones too.

        Raises:
            PolicyNotFound, NotAuthorized: see there.
        """
        known = policy_rows.find(reader, caller.account, policy_id)
        if known is None:
            raise PolicyNotFound()
        self._decisions.require(reader, caller, "iam.policy.read", known.target, group=known.target_group)
        return known

    def page(self, reader: Reader, caller: Caller, query: Mapping[str, str]) -> list[StoredPolicy]:
        """The policies that the filters leave; those that the caller may not read are left out without a word."""
        account = query.get("account_id")
        if not account:
            raise AccountIdMissing()
        if account != caller.account:
            return []
        statement = select(policy).where(policy.c.account == account, policy.c.state == query.get("state", "active"))
        if "type" in query:
            statement = statement.where(policy.c.type == query["type"])
        found = [policy_rows.of_row(row) for row in reader.all(statement.order_by(*_order(query.get("sort", ""))))]
        return [
            known
            for known in found
            if _passes(known.grant, query)
            and self._decisions.allows(reader, caller, "iam.policy.read", known.target, group=known.target_group)
        ]

    def replace(
        self, tx: Transaction, caller: Caller, policy_id: str, body: Mapping[str, Any], api: Api, if_match: str | None
    ) -> StoredPolicy:
        """`PUT`: the whole policy anew; its type stays."""
        known = self._for_change(tx, caller, policy_id, "iam.policy.update", if_match)
        if not known.grant.active:
            raise PolicyNotFound("This policy was removed.", "Restore it first: PATCH with state active.")
        document = checked(body, api, caller.account)
        grant = parse_policy(document)
        if grant.type != known.grant.type:
            raise PolicyInvalid("The type of a policy cannot be changed.")
        self._require_may_create(tx, caller, grant)
        self._require_unique(tx, caller.account, grant, besides=known.id)
        changed = policy_rows.change(
            tx, known, caller.iam_id, document=document, api=api, identity_key=policy_rows.identity_key(grant)
        )
        self._record(tx, caller, "update", changed)
        return changed

    def restore(
        self, tx: Transaction, caller: Caller, policy_id: str, body: Mapping[str, Any], if_match: str | None
    ) -> StoredPolicy:
        """`PATCH {"state": "active"}`: brings a removed policy back."""
        if body.get("state") != "active":
            raise PolicyInvalid("The only change by PATCH is state “active”.")
        known = self._for_change(tx, caller, policy_id, "iam.policy.update", if_match)
        if known.grant.active:
            return known
        self._require_unique(tx, caller.account, known.grant)
        changed = policy_rows.change(tx, known, caller.iam_id, state="active")
        self._record(tx, caller, "update", changed, detail="restored")
        return changed

    def remove(self, tx: Transaction, caller: Caller, policy_id: str) -> None:
        """`DELETE`: it is in force no longer, and can be restored."""
        known = self._for_change(tx, caller, policy_id, "iam.policy.delete", None, matched=True)
        if not known.grant.active:
            raise PolicyNotFound()
        self._record(tx, caller, "delete", policy_rows.change(tx, known, caller.iam_id, state="deleted"))

    def _for_change(
        self,
        tx: Transaction,
        caller: Caller,
        policy_id: str,
        action: str,
        if_match: str | None,
        *,
        matched: bool = False,
    ) -> StoredPolicy:
        known = policy_rows.find(tx, caller.account, policy_id)
        if known is None:
            raise PolicyNotFound()
        try:
            self._decisions.require(tx, caller, action, known.target, group=known.target_group)
        except NotAuthorized as refusal:
            refusal.target_crn = str(known.crn)  # type: ignore[attr-defined]
            raise
        if not matched and (if_match or "").strip().removeprefix("W/").strip('"') != known.etag:
            raise PolicyChanged(None if if_match else "The header If-Match is missing.", target_crn=str(known.crn))
        return known

    def _require_may_create(self, tx: Transaction, caller: Caller, grant: AuthorizationPolicy) -> None:
        """Administrators of the target may; others may pass on what they have themselves (4.7)."""
        target, group = policy_rows.target_of(grant, caller.account), policy_rows.target_group_of(grant)
        names = [crn.rpartition(":")[2] for crn in grant.roles]
        if grant.type == "authorization" and self.passes_on(tx, caller, target, names, group=group):
            return
        self._decisions.require(tx, caller, "iam.policy.create", target, group=group)

    def passes_on(
        self, reader: Reader, caller: Caller, target: Crn, role_names: Sequence[str], *, group: str | None = None
    ) -> bool:
        """Whether a user has himself, on the target, everything that these roles would grant."""
        granted = [role_actions(target.service, name) for name in role_names]
        if caller.kind != "user" or not target.service or not all(granted):
            return False  # what a role contains is known of a service alone: without one it is no part of anything
        held = self._decisions.actions(reader, caller, target, group=group)
        return all(actions <= held for actions in granted)

    def _require_unique(self, tx: Transaction, account: str, grant: AuthorizationPolicy, *, besides: str = "") -> None:
        existing = policy_rows.in_force(tx, account, grant.type, policy_rows.identity_key(grant))
        if existing is not None and existing.id != besides:
            conflict = {"etag": existing.etag, "policy": body_of(existing, "v2", "https://iam.cloud.ibm.com")}
            raise PolicyConflict(details={"conflicts_with": conflict}, target_crn=str(existing.crn))

    def _record(
        self, tx: Transaction, caller: Caller, verb: str, known: StoredPolicy, status: int = 200, detail: str = ""
    ) -> None:
        data = {"policyId": known.id, "roles": list(known.grant.role_names)}
        self._activity.record(
            tx,
            caller,
            Event(
                f"iam-am.policy.{verb}",
                str(known.crn),
                _name(known.grant),
                status=status,
                instance=known.grant.target_instance,
                request_data={"type": known.grant.type},
                response_data=data | ({"detail": detail} if detail else {}),
            ),
        )


def _name(grant: AuthorizationPolicy) -> str:
    """`PostgreSQL to HPCS`, or whose access it is."""
    target = services.short_name(grant.target_service) if grant.target_service else "all services"
    if grant.type == "access":
        return f"{attribute(grant.subject, 'iam_id')} to {target}"
    return f"{services.short_name(grant.source_service)} to {target}"


def _order(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if sort and name not in _SORTS:
        raise QueryInvalid(f"Policies cannot be sorted by “{name[:40]}”.")
    column = _SORTS.get(name, policy.c.created_at)
    return [column.desc() if sort.startswith("-") else column, policy.c.id]


def _passes(grant: AuthorizationPolicy, query: Mapping[str, str]) -> bool:
    wanted_service = query.get("service_name")
    if wanted_service is not None and grant.target_service != wanted_service:
        return False
    wanted_user = query.get("iam_id")
    if wanted_user is not None and attribute(grant.subject, "iam_id") != wanted_user:
        return False
    kind = query.get("service_type")
    if kind is not None:
        known = services.service(grant.target_service) is not None
        if kind != ("service" if known or not grant.target_service else "platform_service"):
            return False
    # What no policy here can have: access groups, service groups, access tags.
    return not any(name in query for name in ("access_group_id", "service_group_id", "tag_name", "tag_value"))

"""The authorization under which an instance uses its root key, or the one that it lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from kyok.cloud.databases.records import Database
from kyok.cloud.databases.views.moments import wire_ms
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import activity, activity_content, activity_log, instance, key, policy, user
from kyok.domain.authorizations import AuthorizationPolicy, KeyUser, lets_use_keys, parse_policy
from kyok.domain.crn import Crn

Policies = list[tuple[AuthorizationPolicy, Any]]
"""Authorizations as the rules see them, each with its row."""


def authorizations(reader: Reader, account: str) -> Policies:
    """Every authorization that an account has or had, removed ones included; oldest first."""
    rows = reader.all(
        select(policy)
        .where(policy.c.account == account, policy.c.type == "authorization")
        .order_by(policy.c.created_at, policy.c.id)
    )
    return [(parse_policy({**row.document, "id": row.id, "type": row.type, "state": "active"}), row) for row in rows]


def covering(reader: Reader, of: Database) -> Policies:
    """Authorizations, removed ones included, that let or let once the instance use its key; oldest first."""
    guids = select(instance.c.guid, instance.c.group_id).where(instance.c.guid.in_([of.guid, of.kms_guid]))
    groups = {row.guid: row.group_id for row in reader.all(guids)}
    ring = reader.scalar(select(key.c.ring).where(key.c.instance == of.kms_guid, key.c.id == of.kms_key))
    user_of_key = key_user(of, groups, ring or "")
    return [found for found in authorizations(reader, of.account) if lets_use_keys(found[0], user_of_key)]


def key_user(of: Database, groups: Mapping[str, str], ring: str) -> KeyUser:
    """An instance as the rules of authorizations see it; `groups` by instance, `ring` is the key ring of its key."""
    return KeyUser(
        of.crn,
        of.name,
        Crn.parse(of.kms_instance or ""),
        of.kms_key or "",
        resource_group=groups.get(of.guid, ""),
        kms_resource_group=groups.get(of.kms_guid, ""),
        key_ring=ring,
    )


def authorization_body(reader: Reader, found: Policies) -> dict[str, Any]:
    """`authorization` of the detail: the one in force, else the one removed last."""
    body, removed = in_force_or_last(found)
    if removed is not None:
        body["removed_by"] = emails(reader, [removed.modified_by])[removed.modified_by]
        body["event_id"] = event_of(reader, removed.id, "delete", removed.modified_at)
    return body


def in_force_or_last(found: Policies) -> tuple[dict[str, Any], Any]:
    """The authorization in force, else the one removed last with its row; the row tells who removed it."""
    active = [(parsed, row) for parsed, row in found if row.state == "active"]
    if active:
        parsed, row = active[0]
        return _body(parsed, row.id, in_force=True), None
    removed = max(found, key=lambda item: item[1].modified_at, default=None)
    if removed is None:
        return _nothing(), None
    parsed, row = removed
    body = _body(parsed, row.id, in_force=False)
    body["removed_at"] = wire_ms(row.modified_at)
    return body, row


def emails(reader: Reader, iam_ids: Iterable[str]) -> dict[str, str]:
    """E-mail addresses of people by their IAM id; who is not known stands under the id itself."""
    wanted = set(iam_ids)
    rows = reader.all(select(user.c.iam_id, user.c.email).where(user.c.iam_id.in_(wanted))) if wanted else ()
    return {iam_id: iam_id for iam_id in wanted} | {row.iam_id: row.email for row in rows}


def event_of(reader: Reader, policy_id: str, verb: str, at: int) -> str | None:
    """The activity event of a change of a policy, which has the very moment of the change."""
    found: str | None = reader.scalar(
        select(activity.c.event_id)
        .select_from(activity_log)
        .where(
            activity.c.at == at,
            activity_content.c.action.like(f"%policy.{verb}"),
            activity_content.c.outcome == "success",
            activity_content.c.target.contains(policy_id, autoescape=True),
        )
        .limit(1)
    )
    return found


def _body(parsed: AuthorizationPolicy, policy_id: str, *, in_force: bool) -> dict[str, Any]:
    names = parsed.role_names
    return _nothing() | {
        "in_force": in_force,
        "policy_id": policy_id,
        "role": names[0] if names else "Reader",
        "all_instances": not parsed.source_instance,
    }


def _nothing() -> dict[str, Any]:
    return {
        "in_force": False,
        "policy_id": None,
        "role": "Reader",
        "all_instances": True,
        "removed_at": None,
        "removed_by": "",
        "event_id": None,
    }

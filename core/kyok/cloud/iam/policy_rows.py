"""Policies as rows of the store: made, changed, read, named."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import msgspec
from sqlalchemy import Row, insert, select, update

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import policy
from kyok.cloud.store.times import milliseconds
from kyok.domain.authorizations import Attribute, AuthorizationPolicy, parse_policy
from kyok.domain.crn import Crn

Api = Literal["v1", "v2"]


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy with what was sent for it and its history."""

    grant: AuthorizationPolicy
    account: str
    api: Api
    document: Mapping[str, Any]
    """The body as it was sent, reduced to what is known; attributes in their order."""
    revision: int
    created_at: int
    created_by: str
    modified_at: int
    modified_by: str

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.grant.id

    @property
    def etag(self) -> str:
        """`<revision>-<32 hex>`; it changes with every change."""
        content = f"{self.id} {self.revision} {self.grant.state}".encode() + msgspec.json.encode(self.document)
        return f"{self.revision}-{hashlib.sha256(content).hexdigest()[:32]}"

    @property
    def crn(self) -> Crn:
        """What activity events name."""
        place = Crn(service="iam-access-management", scope=f"a/{self.account}")
        return place.with_resource("policy", self.id)

    @property
    def target(self) -> Crn:
        """What the policy gives access to."""
        return target_of(self.grant, self.account)

    @property
    def target_group(self) -> str | None:
        """The resource group that the policy gives access to, when it names one."""
        return target_group_of(self.grant)


def target_of(grant: AuthorizationPolicy, account: str) -> Crn:
    """What a policy gives access to, as far as it names one thing: what decides who may change it.

    Several values and wildcards name nothing: whoever may change such a policy is in charge of everything.
    """
    return Crn.of_instance(_one(grant, "serviceName"), "", account, _one(grant, "serviceInstance"))


def target_group_of(grant: AuthorizationPolicy) -> str | None:
    """The resource group whose instances a policy gives access to; None when it does not name a single one."""
    return _one(grant, "resourceGroupId") or None


def _one(grant: AuthorizationPolicy, name: str) -> str:
    """The one value that an attribute of the resource lets pass; empty when it lets several pass, or a pattern."""
    found = next((entry for entry in grant.resource if entry.name == name), None)
    plain = found is not None and found.operator == "stringEquals" and len(found.values) == 1
    return found.value if found is not None and plain else ""


def of_row(row: Row[Any]) -> StoredPolicy:
    """The policy of a row of the table."""
    grant = parse_policy({**row.document, "id": row.id, "type": row.type, "state": row.state})
    return StoredPolicy(
        grant,
        row.account,
        cast("Api", row.api),
        row.document,
        row.revision,
        row.created_at,
        row.created_by,
        row.modified_at,
        row.modified_by,
    )


def find(reader: Reader, account: str, policy_id: str) -> StoredPolicy | None:
    """The account's policy with this id, deleted ones too; None when there is none."""
    row = reader.one(select(policy).where(policy.c.id == policy_id, policy.c.account == account))
    return of_row(row) if row is not None else None


def in_force(reader: Reader, account: str, kind: str, identity: str) -> StoredPolicy | None:
    """The active policy with this identity key."""
    row = reader.one(
        select(policy).where(
            policy.c.account == account,
            policy.c.type == kind,
            policy.c.state == "active",
            policy.c.identity_key == identity,
        )
    )
    return of_row(row) if row is not None else None


def add(tx: Transaction, policy_id: str, account: str, api: Api, document: Mapping[str, Any], by: str) -> StoredPolicy:
    """Writes a new active policy."""
    grant = parse_policy(document)
    now = milliseconds(tx.now)
    tx.execute(
        insert(policy).values(
            id=policy_id,
            account=account,
            type=grant.type,
            state="active",
            api=api,
            identity_key=identity_key(grant),
            revision=1,
            document=dict(document),
            created_at=now,
            created_by=by,
            modified_at=now,
            modified_by=by,
        )
    )
    tx.changed("policy", policy_id)
    return _again(tx, account, policy_id)


def change(tx: Transaction, known: StoredPolicy, by: str, **values: Any) -> StoredPolicy:
    """Changes columns of a policy and counts the change."""
    tx.execute(
        update(policy)
        .where(policy.c.id == known.id)
        .values(revision=known.revision + 1, modified_at=milliseconds(tx.now), modified_by=by, **values)
    )
    tx.changed("policy", known.id)
    return _again(tx, known.account, known.id)


def identity_key(grant: AuthorizationPolicy) -> str:
    """Equal for two policies that are duplicates: same subject set and resource set, whatever the roles."""
    sides = [_side(grant.subject), _side(grant.resource)]
    return hashlib.sha256(msgspec.json.encode(sides)).hexdigest()


def _side(attributes: tuple[Attribute, ...]) -> list[list[Any]]:
    return sorted([entry.name, entry.operator, sorted(set(entry.values))] for entry in attributes)


def _again(tx: Transaction, account: str, policy_id: str) -> StoredPolicy:
    found = find(tx, account, policy_id)
    if found is None:
        raise LookupError("a policy that was just written is gone")
    return found

"""Policies of an instance (reference/kms-api.md 2.14): they act on keys that are made later, and on who gets in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors
from kyok.cloud.keys.key_policies import PolicyInput
from kyok.cloud.keys.minting import Given
from kyok.cloud.keys.policy_errors import CreationNotAllowed, FeatureRestricted
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance_policy
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.key_policies import (
    AllowedNetwork,
    InstancePolicyType,
    KeyPolicyType,
    access_refusal,
    address_allowed,
    addresses_problem,
    interval_problem,
)

_ALL = select(instance_policy).where(instance_policy.c.instance == bindparam("guid"))
_RULE = select(instance_policy.c.attributes).where(
    instance_policy.c.instance == bindparam("guid"),
    instance_policy.c.type == bindparam("of_type"),
    instance_policy.c.enabled.is_(True),
)


@dataclass(frozen=True, slots=True)
class InstancePolicyInput:
    """What a request says of one policy."""

    type: InstancePolicyType
    enabled: bool
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstancePolicyView:
    """One policy of an instance; one that was disabled says nothing but that."""

    type: InstancePolicyType
    enabled: bool
    attributes: Mapping[str, Any]
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class InstancePolicies:
    """Reads and writes the policies of instances."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity

    def read(self, reader: Reader, scope: Scope, only: InstancePolicyType | None = None) -> list[InstancePolicyView]:
        """The policies that were ever set, or the one that is asked for."""
        rows = _rows(reader, scope.instance.guid)
        return [_view(rows[kind]) for kind in InstancePolicyType if kind in rows and only in (None, kind)]

    def write(self, tx: Transaction, scope: Scope, given: Sequence[InstancePolicyInput]) -> None:
        """Sets some policies, whole, and leaves the others.

        Raises:
            InvalidField, FeatureRestricted: nothing is changed.
        """
        rows = _rows(tx, scope.instance.guid)
        before, after = {}, {}
        for policy in given:
            attributes = _checked(scope, policy)
            if policy.type in rows:
                before[policy.type.value] = _told(rows[policy.type].enabled, rows[policy.type].attributes)
            after[policy.type.value] = _told(policy.enabled, attributes)
            self._store(tx, scope, policy, attributes, known=policy.type in rows)
        self._activity.record(tx, scope.caller, scope.event({}, {"initialValue": before, "newValue": after}))
        tx.changed("key-settings", f"{scope.instance.guid}/policies")

    def _store(
        self, tx: Transaction, scope: Scope, policy: InstancePolicyInput, attributes: dict[str, Any], *, known: bool
    ) -> None:
        now, by = milliseconds(tx.now), scope.caller.iam_id
        values = {"enabled": policy.enabled, "attributes": attributes, "updated_at": now, "updated_by": by}
        place = {"instance": scope.instance.guid, "type": policy.type.value}
        if known:
            where = [instance_policy.c[name] == value for name, value in place.items()]
            tx.execute(update(instance_policy).where(*where).values(**values))
        else:
            tx.execute(insert(instance_policy).values(**place, **values, created_at=now, created_by=by))


def rule(reader: Reader, guid: str, kind: InstancePolicyType) -> Mapping[str, Any] | None:
    """The attributes of an enabled policy; None when there is none."""
    found: Mapping[str, Any] | None = reader.scalar(_RULE, {"guid": guid, "of_type": kind.value})
    return found


def require_creation(reader: Reader, scope: Scope, *, standard: bool, given: Given | None) -> None:
    """Lets a new key pass that `keyCreateImportAccess` allows.

    Raises:
        CreationNotAllowed.
    """
    attributes = rule(reader, scope.instance.guid, InstancePolicyType.KEY_CREATE_IMPORT_ACCESS)
    if attributes is None:
        return
    token = given is not None and given.with_token
    problem = access_refusal(attributes, standard=standard, imported=given is not None, with_token=token)
    if problem:
        raise CreationNotAllowed(problem)


def require_token(reader: Reader, scope: Scope, given: Given | None) -> None:
    """Lets material for an existing key pass, unless the instance takes it with an import token only.

    Raises:
        CreationNotAllowed.
    """
    if given is None or given.with_token:
        return
    attributes = rule(reader, scope.instance.guid, InstancePolicyType.KEY_CREATE_IMPORT_ACCESS)
    if attributes is not None and attributes.get("enforce_token"):
        raise CreationNotAllowed("The instance takes key material with an import token only.")


def for_new_key(reader: Reader, scope: Scope, *, generated_root: bool) -> tuple[PolicyInput, ...]:
    """The policies that a new key gets: two people for all, rotation for generated root keys."""
    guid, given = scope.instance.guid, list[PolicyInput]()
    if rule(reader, guid, InstancePolicyType.DUAL_AUTH_DELETE) is not None:
        given.append(PolicyInput(KeyPolicyType.DUAL_AUTH_DELETE, enabled=True))
    rotation = rule(reader, guid, InstancePolicyType.ROTATION) if generated_root else None
    if rotation is not None:
        given.append(PolicyInput(KeyPolicyType.ROTATION, enabled=True, months=int(rotation["interval_month"])))
    return tuple(given)


def _checked(scope: Scope, policy: InstancePolicyInput) -> dict[str, Any]:
    """The attributes to keep. Those of a disabled policy are dropped, but for the network, which is always needed."""
    given = policy.attributes
    if policy.type is InstancePolicyType.ALLOWED_NETWORK:
        if given.get("allowed_network") not in set(AllowedNetwork):
            raise errors.InvalidField(
                f"allowed_network must be {' or '.join(AllowedNetwork)}; it is always needed.", target="allowed_network"
            )
        return dict(given)
    if policy.type is InstancePolicyType.ALLOWED_IP and scope.instance.own_hsm:
        raise FeatureRestricted()
    if not policy.enabled:
        return {}
    if policy.type is InstancePolicyType.ROTATION:
        months = given.get("interval_month")
        problem = "interval_month is missing." if months is None else interval_problem(months)
        if problem:
            raise errors.InvalidField(problem, target="interval_month")
    if policy.type is InstancePolicyType.ALLOWED_IP:
        _check_addresses(scope, given.get("allowed_ip") or ())
    return dict(given)


def _check_addresses(scope: Scope, addresses: Sequence[str]) -> None:
    problem = addresses_problem(addresses)
    if problem is None and not address_allowed(scope.caller.address, addresses):
        # Ours: everybody here calls from this machine, so nobody could ever take such a policy back.
        problem = f"Your own address {scope.caller.address} is not among them, so you could not undo this."
    if problem:
        raise errors.InvalidField(problem, target="allowed_ip")


def _told(enabled: bool, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {"enabled": enabled, **attributes}


def _rows(reader: Reader, guid: str) -> Mapping[InstancePolicyType, Row[Any]]:
    return {InstancePolicyType(row.type): row for row in reader.all(_ALL, {"guid": guid})}


def _view(row: Row[Any]) -> InstancePolicyView:
    return InstancePolicyView(
        type=InstancePolicyType(row.type),
        enabled=row.enabled,
        attributes=row.attributes,
        created_at=moment(row.created_at),
        created_by=row.created_by,
        updated_at=moment(row.updated_at),
        updated_by=row.updated_by,
    )

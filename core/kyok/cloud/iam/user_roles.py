"""The roles of users: access policies in the same table as authorizations, so that one function decides on both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from kyok.cloud.iam import policy_rows
from kyok.cloud.iam.errors import IdentityInvalid
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import policy
from kyok.domain import services
from kyok.domain.authorizations import attribute
from kyok.domain.roles import Role, role_by_name, role_names
from kyok.randomness import Randomness, new_uuid


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role on every service (`service` None) or on one, on all of its instances or on one."""

    role: str
    service: str | None = None
    instance: str | None = None

    def resolved(self) -> Role:
        """The role meant.

        Raises:
            IdentityInvalid: no service has it.
        """
        names = (self.service,) if self.service else (services.HS_CRYPTO, services.KMS, services.DBAAS_POSTGRESQL)
        found = next((role for name in names if (role := role_by_name(name, self.role)) is not None), None)
        if found is None:
            place = f" of {services.display_name(self.service)}" if self.service else ""
            raise IdentityInvalid(f"There is no role “{self.role[:60]}”{place}.")
        return found


def replace_roles(
    tx: Transaction, account: str, iam_id: str, grants: Iterable[RoleGrant], by: str, randomness: Randomness
) -> None:
    """Gives a user exactly these roles; one policy for each target."""
    for known in _policies_of(tx, account, iam_id):
        tx.execute(delete(policy).where(policy.c.id == known.id))
        tx.changed("policy", known.id)
    targets: dict[tuple[str | None, str | None], list[str]] = {}
    for grant in grants:
        targets.setdefault((grant.service, grant.instance), []).append(grant.resolved().crn)
    for (service, instance), roles in targets.items():
        resource = [("accountId", account), ("serviceName", service), ("serviceInstance", instance)]
        document = {
            "type": "access",
            "subject": {"attributes": [_attribute("iam_id", iam_id)]},
            "resource": {"attributes": [_attribute(name, value) for name, value in resource if value]},
            "control": {"grant": {"roles": [{"role_id": crn} for crn in dict.fromkeys(roles)]}},
        }
        policy_rows.add(tx, new_uuid(randomness), account, "v2", document, by)
    tx.changed("identities", "")


def roles_of(reader: Reader, account: str, iam_id: str) -> list[dict[str, Any]]:
    """The user's roles as the private API names them."""
    return [
        {"role": name, "service": known.grant.target_service or None, "instance": known.grant.target_instance or None}
        for known in _policies_of(reader, account, iam_id)
        for name in role_names(known.grant.roles)
    ]


def _policies_of(reader: Reader, account: str, iam_id: str) -> list[policy_rows.StoredPolicy]:
    rows = reader.all(
        select(policy)
        .where(policy.c.account == account, policy.c.type == "access", policy.c.state == "active")
        .order_by(policy.c.created_at, policy.c.id)
    )
    found = [policy_rows.of_row(row) for row in rows]
    return [known for known in found if attribute(known.grant.subject, "iam_id") == iam_id]


def _attribute(name: str, value: str) -> dict[str, str]:
    return {"key": name, "operator": "stringEquals", "value": value}

"""What is read before a key is made: the key rings to choose from, and what the instance policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.texts import listed, plural
from kyok.domain.translation import noted, tr
from kyok_gui.told import told, why_not

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.key_policies import InstancePolicy
    from kyok.domain.crn import Crn

READ_POLICIES = "instancepolicies.read"
FORBIDDEN = noted("The instance policy does not allow it")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Key rings, and the policy of creating and importing as far as it is told: only Managers may read it."""

    rings: tuple[str, ...] = (DEFAULT_KEY_RING,)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    two_people: bool = False
    """Whether new keys need two people for their deletion."""
    months: int = 0
    """Every how many months new generated root keys rotate by themselves; 0: they do not."""

    def against(self, *, imported: bool, standard: bool) -> str:
        """Why such a key cannot be made; empty when it can, as far as is known."""
        what = f"{'import' if imported else 'create'}_{'standard' if standard else 'root'}_key"
        return tr(FORBIDDEN) if self.attributes.get(what, True) is False else ""

    @property
    def token_enforced(self) -> bool:
        """Whether imported material must be encrypted with an import token."""
        return self.attributes.get("enforce_token") is True

    def inherits(self, *, imported: bool, standard: bool) -> str:
        """What a new key gets from the policies of the instance, in a sentence; empty for nothing."""
        parts = [tr("two people are needed to delete it")] if self.two_people else []
        if self.months and not imported and not standard:
            every = tr("it rotates every month"), tr("it rotates every {months}", months=plural(self.months, "month"))
            parts.append(every[0 if self.months == 1 else 1])
        return tr("By the instance policies {rules}.", rules=listed(parts)) if parts else ""


def read_allowed(api: CloudApi, instance: Crn) -> Allowed:
    """Reads both; runs in a worker."""
    rings = tuple(ring.id for ring in api.key_rings.every(instance))
    none: dict[str, InstancePolicy] = {}
    known = not why_not(api, READ_POLICIES, instance.instance)
    policies = told(lambda: api.key_policies.of_instance(instance), none) if known else none
    held = {name: policy.data.attributes for name, policy in policies.items() if policy.data.enabled}
    months = held.get("rotation", {}).get("interval_month", 0)
    return Allowed(
        rings,
        held.get("keyCreateImportAccess", {}),
        two_people="dualAuthDelete" in held,
        months=months if isinstance(months, int) else 0,
    )

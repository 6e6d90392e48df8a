"""Questions of the kind "may I?", and their answers in words. The one decision function answers them, nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kyok.domain.texts import listed
from kyok.domain.translation import tr

Scope = Literal["instance", "service", "account"]


@dataclass(frozen=True, slots=True)
class Question:
    """May the signed-in person do this?

    `action` is an IAM action; the prefix of the target's service may be left out (`secrets.create`).
    `target` is the GUID or CRN of an instance, the CRN of something in one, the name of a service (all of it, as for
    creating an instance), or nothing: the account. `ring` is the key ring of a key. `grants` is, for
    `iam.policy.create`, the role that an authorization would grant: people may pass on what they have themselves.
    """

    action: str
    target: str = ""
    ring: str = ""
    grants: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the decision function answered: `roles` would allow it, on what `scope` and `name` say."""

    allowed: bool
    roles: tuple[str, ...] = ()
    scope: Scope = "account"
    name: str = ""

    @property
    def reason(self) -> str:
        """As "Needs the Manager role on acme-hpcs"; nothing when it is allowed."""
        if self.allowed:
            return ""
        if not self.roles:
            return tr("No role allows this on {name}", name=self.name) if self.name else tr("No role allows this")
        where = {"instance": tr("on {name}", name=self.name), "service": tr("for {name}", name=self.name)}.get(
            self.scope, tr("in this account")
        )
        return tr("Needs the {roles} role {where}", roles=listed(self.roles, "or"), where=where)

"""The one function that decides whether somebody may do something. Every service asks it, and nothing else.

Users act by their access policies, service instances by authorizations (reference iam-and-resources.md 4.8). Roles do
not inherit; nobody may do anything by default.

Results are remembered per epoch. An epoch ends the moment a unit of work notes a change of policies, identities or
instances, and a new one begins after its batch was committed. In between there is no epoch: then everybody decides by
what his own connection sees, so that the writer sees the changes of its batch and readers see none of them.
"""

from dataclasses import dataclass, field

from kyok.cloud.activity.events import Caller
from kyok.cloud.iam.compiled import AccountPolicies, actions_of
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.store import Reader, Store, Transaction
from kyok.domain.crn import Crn
from kyok.domain.roles import granting
from kyok.domain.texts import listed

KINDS = frozenset({"policy", "identities", "instance"})
"""Kinds of changes that can change a decision."""
REMEMBERED = 50_000
_Question = tuple[str, Crn, str | None, str | None]


@dataclass(slots=True)
class _Epoch:
    """What was read and decided since the last change. A dead epoch may still be written to: nobody reads it again."""

    accounts: dict[str, AccountPolicies] = field(default_factory=dict)
    allowed: dict[_Question, frozenset[str]] = field(default_factory=dict)


class Decisions:
    """Decides by the policies in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._epoch: _Epoch | None = _Epoch()
        store.writer.on_change(KINDS, self._noted, self._settled)

    def require(
        self,
        reader: Reader,
        caller: Caller,
        action: str,
        target: Crn,
        *,
        group: str | None = None,
        ring: str | None = None,
    ) -> None:
        """Lets the caller do it, or refuses. See `allows`.

        Raises:
            NotAuthorized: with `action`, `target_crn` and `instance`.
        """
        if not self.allows(reader, caller, action, target, group=group, ring=ring):
            raise _refusal(caller, action, target)

    def allows(
        self,
        reader: Reader,
        caller: Caller,
        action: str,
        target: Crn,
        *,
        group: str | None = None,
        ring: str | None = None,
    ) -> bool:
        """Whether a role of the caller on the target contains the action.

        `group` is the target's resource group: needed where the target is no instance yet (creation), else it is
        looked up. `ring` is the key ring of a key.
        """
        return action in self.actions(reader, caller, target, group=group, ring=ring)

    def actions(
        self, reader: Reader, caller: Caller, target: Crn, *, group: str | None = None, ring: str | None = None
    ) -> frozenset[str]:
        """Everything that the caller may do to the target."""
        epoch = self._epoch
        if epoch is None:
            return self._decide(reader, None, caller, target, group, ring)
        question = (caller.iam_id, target, group, ring)
        known = epoch.allowed.get(question)
        if known is None:
            if len(epoch.allowed) >= REMEMBERED:
                epoch.allowed.clear()
            known = self._decide(reader, epoch, caller, target, group, ring)
            epoch.allowed[question] = known
        return known

    def _decide(
        self,
        reader: Reader,
        epoch: _Epoch | None,
        caller: Caller,
        target: Crn,
        group: str | None,
        ring: str | None,
    ) -> frozenset[str]:
        if not target.account:
            return frozenset()
        policies = self._policies(reader, epoch, target.account)
        facts = policies.facts(target, group, ring)
        if caller.kind == "user" and caller.account == target.account:
            return actions_of(policies.of_user(caller.iam_id, facts), target.service)
        if caller.kind == "service" and caller.crn is not None:
            home = self._policies(reader, epoch, caller.crn.account)
            if caller.crn.instance not in home.groups:
                return frozenset()  # the instance was never made, or a reset took it
            source = home.facts(caller.crn, None, None)
            return actions_of(policies.of_instance(source, facts), target.service)
        return frozenset()

    def _policies(self, reader: Reader, epoch: _Epoch | None, account: str) -> AccountPolicies:
        if epoch is None:
            return AccountPolicies.read(reader, account)
        known = epoch.accounts.get(account)
        if known is None:
            known = self._fresh(reader, account)
            epoch.accounts[account] = known
        return known

    def _fresh(self, reader: Reader, account: str) -> AccountPolicies:
        """The policies as they are now: a reader's own view may be older than the epoch, so it is not used."""
        if isinstance(reader, Transaction):
            return AccountPolicies.read(reader, account)
        with self._store.read_apart() as now:
            return AccountPolicies.read(now, account)

    def _noted(self, kind: str) -> None:
        self._epoch = None

    def _settled(self, kind: str) -> None:
        self._epoch = _Epoch()


def _refusal(caller: Caller, action: str, target: Crn) -> NotAuthorized:
    """Says which role is missing, and whom to ask for it."""
    who, names = caller.name or "Nobody", [role.display_name for role in granting(target.service, action)]
    role = f"the {listed(names, 'or')} role"
    missing = f"{who} needs {role}" if names else f"{who} is not authorized"
    remedy = f"Ask an administrator of the account for {role}." if names else None
    context = {"action": action, "target_crn": str(target), "instance": target.instance}
    return NotAuthorized(f"{missing} to do this.", remedy, missing=missing, **context)

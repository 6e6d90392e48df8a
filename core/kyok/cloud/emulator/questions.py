"""What the caller may do: the console asks before it offers something. The one decision function gives the answers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kyok.cloud.activity.events import Caller
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.emulator.fields import only
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.policies import Policies
from kyok.cloud.resources import groups, instance_rows
from kyok.cloud.store import Reader
from kyok.domain import roles, services
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.rights import Decision, Question, Scope

MOST = 500
_GRANT = "iam.policy.create"
_GROUP = "this resource group"


class _Target(NamedTuple):
    """What a question is about, and how it is called."""

    crn: Crn
    scope: Scope
    name: str = ""
    group: str | None = None
    """The id of a resource group, when the question is about one."""


class Questions:
    """Answers for the caller himself, never for others."""

    def __init__(self, decisions: Decisions, policies: Policies, gate: Gate) -> None:
        self._decisions = decisions
        self._policies = policies
        self._gate = gate

    def answers(self, reader: Reader, caller: Caller, body: Mapping[str, Any]) -> dict[str, Any]:
        """The body of the answer: one decision for each question, in order.

        Raises:
            BadValue, UnknownField: a question that cannot be understood; none is answered then.
        """
        only(body, "questions")
        asked = body.get("questions")
        if not isinstance(asked, list) or len(asked) > MOST:
            raise BadValue(f"questions is a list of at most {MOST} objects.")
        decided = [self.decide(reader, caller, _question(one)) for one in asked]
        return {
            "decisions": [
                {"allowed": one.allowed, "roles": list(one.roles), "scope": one.scope, "name": one.name}
                for one in decided
            ]
        }

    def decide(self, reader: Reader, caller: Caller, question: Question) -> Decision:
        """One answer. A target that is not there is refused, and no role would help.

        Raises:
            BadValue: no role of the service contains the action.
        """
        target = self._target(reader, caller, question)
        if target is None:
            return Decision(False, (), "instance", _GROUP if _group(question.target) else "this instance")
        service = target.crn.service
        action = roles.action_at(service, question.action)
        if not action:
            raise BadValue(f"No role of {service or 'this account'} contains the action “{question.action[:80]}”.")
        allowed = self._decisions.allows(
            reader, caller, action, target.crn, group=target.group, ring=question.ring or None
        )
        granting = [role.display_name for role in roles.granting(service, action)]
        if question.grants and action == _GRANT:
            allowed = allowed or self._policies.passes_on(reader, caller, target.crn, [question.grants])
            granting = _passing_on(service, question.grants) + granting
        return Decision(allowed, tuple(granting), target.scope, target.name)

    def _target(self, reader: Reader, caller: Caller, question: Question) -> _Target | None:
        named = question.target
        if not named:
            if question.action == roles.EMULATOR_MANAGE:
                return _Target(self._gate.target(), "account")
            return _Target(Crn.of_account(_platform(question.action), caller.account), "account")
        if services.service(named) is not None:
            return _Target(Crn.of_account(named, caller.account), "service", services.display_name(named))
        crn = _parsed(named)
        if crn is not None and (group := _group(named)):
            name = groups.name_of(reader, caller.account, group)
            return None if name is None else _Target(crn, "instance", name, group)
        row = instance_rows.find(reader, caller.account, crn.instance if crn is not None else named)
        if row is None:
            return None
        return _Target(crn if crn is not None else Crn.parse(row.crn), "instance", row.name)


def _platform(action: str) -> str:
    """The platform service that decides about the account itself."""
    return roles.RESOURCE_CONTROLLER if action.startswith(roles.RESOURCE_CONTROLLER) else "iam-identity"


def _passing_on(service: str, granted: str) -> list[str]:
    """Roles that have everything the granted one would give."""
    given = roles.role_actions(service, granted)
    return [
        role.display_name
        for role in roles.roles_of(service)
        if given and given <= roles.role_actions(service, role.name) and role.name != roles.ADMINISTRATOR.name
    ]


def _group(target: str) -> str:
    """The id of the resource group that a target is; nothing when it is something else."""
    crn = _parsed(target)
    return crn.resource if crn is not None and crn.resource_type == "resource-group" else ""


def _parsed(text: str) -> Crn | None:
    if not text.startswith("crn:"):
        return None
    try:
        return Crn.parse(text)
    except InvalidCrn as error:
        raise BadValue("target must be a GUID, a CRN, the name of a service, or absent.") from error


def _question(given: Any) -> Question:
    if not isinstance(given, dict):
        raise BadValue("Each question is an object.")
    only(given, "action", "target", "ring", "grants")
    if not all(isinstance(text, str) for text in given.values()) or not given.get("action"):
        raise BadValue("A question has an action and, as texts too, a target, a ring and the role it grants.")
    return Question(**given)

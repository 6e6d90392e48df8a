"""Every route of the route table, asked by each of the four roles: let in or refused as the table of actions says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kyok.cloud.iam.tokens import Principal
from kyok.cloud.wire.route import Route
from kyok.cloud.wire.table import route_table
from kyok.domain.roles import RESOURCE_CONTROLLER, ROLE_ACTIONS, role_actions
from kyok.domain.services import DBAAS_POSTGRESQL, service
from tests.core.cloud.keys.stage import Stage

ROLES = ("Viewer", "Reader", "Writer", "Manager")
REFUSED = (401, 403)
HIDDEN = {
    ("GET", "/v1/policies"), ("GET", "/v2/policies"), ("GET", "/v2/resource_instances"), ("GET", "/v1/reclamations"),
    ("GET", "/v2/resource_groups"), ("GET", "/v2/quota_definitions"), ("GET", "/v2/quota_definitions/{id}"),
    ("GET", "/v2/resource_keys"), ("GET", "/v2/resource_aliases"), ("GET", "/v2/resource_bindings"),
    ("GET", "/v2/resource_groups/{id}"),
}  # fmt: skip
"""Lists leave out what one may not see, and groups are for every user: nobody is refused."""
GONE = ("/v2/resource_instances/{id}", "/v3/tags/")
"""What one may not see is not there: whatever is asked of it, 404, as the resource controller answers."""
NEVER = {
    ("POST", "/api/v2/keys/{id}/registrations/{crn}"), ("PATCH", "/api/v2/keys/{id}/registrations/{crn}"),
    ("PUT", "/api/v2/keys/{id}/registrations/{crn}"), ("DELETE", "/api/v2/keys/{id}/registrations/{crn}"),
}  # fmt: skip
"""Registrations are the services' own: users are refused whatever their roles."""
NOTHING_THERE = {
    ("GET", "/api/v3/{account_id}/nodes/{node_id}/logs"),
    ("GET", "/api/v3/{account_id}/nodes/{node_id}/logs/{log_name}"),
    ("POST", "/v1/reclamations/{id}/actions/{action}"), ("DELETE", "/v2/resource_instances/{id}/last_operation"),
}  # fmt: skip
"""No node, no reclamation and nothing to cancel in this account: tests of the services ask these."""
NOT_BUILT = 501
ACTIONS = frozenset[str]().union(*(actions for roles in ROLE_ACTIONS.values() for actions in roles.values()))


@dataclass
class Account:
    """A cloud with one of everything that a path can name."""

    stage: Stage
    hpcs: str
    database: str
    key: str
    policy: str
    group: str
    people: dict[str, Principal]

    def path(self, route: Route) -> str:
        names = {
            "account_id": self.stage.account,
            "guid": self.hpcs if route.path.startswith(("/tke", "/emulator/v1/usage")) else self.database,
            "cluster_id": self.database,
            "iam_id": "IBMid-1",
            "crn": quote(f"crn:v1:bluemix:public:{DBAAS_POSTGRESQL}:us-south:a/x:y::", safe=""),
            "action": "restore",
        }
        kinds = {
            "/api/v2/": self.key,
            "/emulator/v1/usage": self.key,
            "/v1/policies": self.policy,
            "/v2/policies": self.policy,
            "/v2/resource_instances": self.hpcs,
            "/v2/resource_groups": self.group,
            "/crypto_v2": self.hpcs,
        }
        names["id"] = next((value for start, value in kinds.items() if route.path.startswith(start)), "unknown")
        parts = route.path.split("/")
        path = "/".join(names.get(part[1:-1], "unknown") if part.startswith("{") else part for part in parts)
        return f"{path}?action=rotate" if (route.method, route.path) == ("POST", "/api/v2/keys/{id}") else path


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    folder: Path = tmp_path_factory.mktemp("roles")
    stage = Stage(folder)
    keys = stage.keys()
    stage.authorize(keys.guid)
    policy = stage.send("GET", f"/v1/policies?account_id={stage.account}&type=authorization").body["policies"][0]["id"]
    group = stage.send("GET", "/v2/resource_groups").body["resources"][0]["id"]
    people = {role: stage.person(role) for role in ROLES}
    yield Account(stage, keys.guid, database(stage), keys.create(), policy, group, people)
    stage.close()


def database(stage: Stage) -> str:
    """A database instance that is being provisioned: enough to be refused or let in at."""
    found, secret = service(DBAAS_POSTGRESQL), "Password1234567A"
    assert found is not None
    parameters = {"name": "cluster01", "admin_name": "admin", "password": secret, "confirm_password": secret}
    body = {
        "name": "ledger-db",
        "target": "us-south",
        "resource_group": stage.send("GET", "/v2/resource_groups").body["resources"][0]["id"],
        "resource_plan_id": found.plans[0].id,
        "parameters": parameters | {"cpu": 2, "memory": "4GiB", "storage": "24GiB"},
    }
    answer = stage.send("POST", "/v2/resource_instances", body)
    assert answer.status == 202, answer.body
    return str(answer.body["guid"])


def may(role: str, action: str) -> bool:
    named = action.partition(".")[0]
    return action in role_actions(named if named in ROLE_ACTIONS else RESOURCE_CONTROLLER, role)


def asked() -> list[Route]:
    return [route for route in route_table().routes if not route.public]


def bodies(account: Account) -> dict[str, Any]:
    """What must be well formed before anybody asks who sent it."""
    crn = account.stage.send("GET", f"/v2/resource_instances/{account.hpcs}").body["crn"]
    role = {"role_id": "crn:v1:bluemix:public:iam::::role:Viewer"}
    owner, mine = {"value": "IBMid-1"}, {"value": account.stage.account}
    v1 = {
        "type": "access",
        "subjects": [{"attributes": [owner | {"name": "iam_id"}]}],
        "roles": [role],
        "resources": [{"attributes": [mine | {"name": "accountId"}]}],
    }
    same = {"operator": "stringEquals"}
    v2 = {
        "type": "access",
        "subject": {"attributes": [owner | same | {"key": "iam_id"}]},
        "resource": {"attributes": [mine | same | {"key": "accountId"}]},
        "control": {"grant": {"roles": [role]}},
    }
    tags = {"tag_names": ["a"], "resources": [{"resource_id": crn}]}
    plan = service(DBAAS_POSTGRESQL)
    assert plan is not None
    made = {"name": "x", "target": "us-south", "resource_group": account.group, "resource_plan_id": plan.plans[0].id}
    return {
        "POST /v1/policies": v1,
        "POST /v2/policies": v2,
        "PATCH /v1/policies/{id}": {"state": "active"},
        "PATCH /v2/policies/{id}": {"state": "active"},
        "POST /v3/tags/attach": tags,
        "POST /v3/tags/detach": tags,
        "POST /v2/resource_instances": made,
        "POST /emulator/v1/databases/{guid}/switch-over": {"node": 2},
        "POST /emulator/v1/databases/{guid}/sample-rows": {"count": 1},
        "POST /emulator/v1/databases/{guid}/erase-clear": {"node": 2},
        "POST /emulator/v1/snapshots": {"name": "x"},
        "POST /emulator/v1/export": {"path": "/nowhere/x", "passphrase": "a long passphrase 1"},
        "POST /emulator/v1/import": {"path": "/nowhere/x", "passphrase": "a long passphrase 1", "replace": True},
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_its_actions_say_so_and_nowhere_else(account: Account, role: str) -> None:
    wrong: list[str] = []
    refused = allowed = 0
    given, who = bodies(account), account.people[role]
    for route in asked():
        place = (route.method, route.path)
        body = given.get(" ".join(place), {})
        answer = account.stage.send(
            route.method, account.path(route), body, who=who, bluemix_instance=account.hpcs, if_match="none"
        )
        if answer.status == NOT_BUILT or place in NOTHING_THERE:
            continue
        if place in NEVER:
            assert answer.status >= 400, place
            continue
        permitted = route.action is None or may(role, route.action) or place in HIDDEN
        hidden = route.path.startswith(GONE) and answer.status == 404
        let_in = answer.status not in REFUSED and not hidden
        if permitted != let_in:
            wrong.append(f"{role}: {route.method} {route.path} ({route.action}) answered {answer.status} {answer.body}")
        raw = [action for action in ACTIONS if answer.status in REFUSED and action in str(answer.body)]
        assert not raw, f"{place}: people read {answer.body}"
        refused += not let_in
        allowed += let_in
    assert not wrong, "\n".join(["A new route that asks for its body first gets one in bodies().", *wrong])
    assert refused > 20 and allowed > 30, "the table was really asked"

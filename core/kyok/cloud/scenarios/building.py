"""Makes what a scenario says, through the services, so that their rules hold and each act is in the activity log.

The order is that of the walk: keys, people, authorizations, databases; then what has become of them since: keys
disabled or deleted, authorizations removed, instances deleted; faults last.
"""

import secrets
from typing import TYPE_CHECKING, Any

from kyok.cloud.emulator.scenarios import Instances, Tell
from kyok.cloud.scenarios.asking import Asking, Question
from kyok.cloud.scenarios.expanding import Expanded
from kyok.cloud.scenarios.format import Authorization, Database, Document, Fault
from kyok.cloud.scenarios.key_building import KeyBuilding
from kyok.cloud.scenarios.waiting import Waiting
from kyok.domain.authorizations import authorization, policy_body
from kyok.domain.regions import region as known_region
from kyok.domain.roles import READER, role_by_name
from kyok.domain.scenario_steps import ScenarioStep
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, service

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

ROWS_AT_ONCE = 10_000
"""Sample rows that one request makes."""


class Building:
    """Builds one scenario on an account that was just emptied. Used once."""

    def __init__(self, cloud: "Cloud", document: Document, made: Expanded, tell: Tell) -> None:
        self._document = document
        self._made = made
        self._tell = tell
        self._ask = Asking(cloud)
        self._wait = Waiting(cloud)
        self._keys = KeyBuilding(cloud, self._ask)
        self._guids: Instances = {}
        self._crns: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        self._people_by_email: dict[str, str] = {}

    def run(self) -> Instances:
        """Makes everything; instance GUIDs by name. Raises `ScenarioFailed`."""
        self._surroundings()
        self._tell(ScenarioStep.KEYS)
        self._key_services()
        self._tell(ScenarioStep.ACCESS)
        self._people()
        temporary = self._authorize()
        self._tell(ScenarioStep.DATABASES)
        self._databases()
        self._tell(ScenarioStep.AFTERMATH)
        self._aftermath(temporary)
        self._tell(ScenarioStep.NODES)
        self._wait.until_quiet()
        return self._guids

    # Surroundings ----------------------------------------------------------------------------------------------------

    def _surroundings(self) -> None:
        document, send = self._document, self._ask.send
        if document.clock.forward_hours:
            send("PUT", "/emulator/v1/clock", {"offset_seconds": document.clock.forward_hours * 3600})
        if document.settings:
            send("PUT", "/emulator/v1/settings", document.settings)
        for name in document.resource_groups:
            send("POST", "/v2/resource_groups", {"name": name, "account_id": self._ask.account}, about=name)
        listed = send("GET", f"/v2/resource_groups?account_id={self._ask.account}")["resources"]
        self._groups = {group["name"]: group["id"] for group in listed}
        self._groups[""] = next(group["id"] for group in listed if group["default"])

    def _people(self) -> None:
        users = [
            {
                "email": person.email,
                **({"name": person.name} if person.name else {}),
                "roles": [
                    {
                        "role": grant.role,
                        **({"service": grant.service} if grant.service else {}),
                        **({"instance": self._guids[grant.instance]} if grant.instance in self._guids else {}),
                    }
                    for grant in person.roles
                ],
            }
            for person in self._document.users
        ]
        if users:
            body = {"accounts": [{"id": self._ask.account, "users": users}]}
            answer = self._ask.send("PUT", "/emulator/v1/identities", body, about="users")
            listed = next(entry["users"] for entry in answer["accounts"] if entry["id"] == self._ask.account)
            self._people_by_email = {person["email"]: person["iam_id"] for person in listed}

    # Keys ------------------------------------------------------------------------------------------------------------

    def _key_services(self) -> None:
        holders = self._made.holders
        self._create(
            [
                (each.spec.name, each.spec.service, each.spec, {"units": each.spec.units} if _units(each.spec) else {})
                for each in holders
            ]
        )
        for holder in holders:
            self._keys.initialise(holder.spec, self._guids[holder.spec.name])
        for holder in holders:
            self._keys.make(holder, self._guids[holder.spec.name])

    # Authorizations --------------------------------------------------------------------------------------------------

    def _authorize(self) -> list[str]:
        """Makes the authorizations, and for the time of making those that are needed and not in the file; their ids."""
        broad = [grant for grant in self._document.authorizations if not grant.source_instance]
        gone = [self._grant(grant) for grant in broad if grant.removed]
        for grant in broad:
            if not grant.removed:
                self._grant(grant)
        covered = {self._target(grant) for grant in broad}
        for database, _ in self._made.databases:
            holder = database.key.partition("/")[0]
            of_service = self._service_of(holder)
            if holder and not covered & {(of_service, holder), (of_service, "")}:
                covered.add((of_service, holder))
                gone.append(self._grant(Authorization(target_instance=holder)))
        return gone

    def _target(self, grant: Authorization) -> tuple[str, str]:
        return grant.target or self._service_of(grant.target_instance), grant.target_instance

    def _service_of(self, name: str) -> str:
        found = (holder.spec.service for holder in self._made.holders if holder.spec.name == name)
        return next(found, HS_CRYPTO)

    def _grant(self, grant: Authorization) -> str:
        target, instance = self._target(grant)
        role = role_by_name(target, grant.role)
        policy = authorization(
            self._ask.account,
            grant.source,
            target,
            source_instance=self._guids.get(grant.source_instance, ""),
            target_instance=self._guids.get(instance, ""),
            role_crns=(role.crn if role else READER.crn,),
        )
        about = f"authorization of {grant.source_instance or grant.source}"
        return str(self._ask.send("POST", "/v1/policies", policy_body(policy), about=about)["id"])

    # Databases -------------------------------------------------------------------------------------------------------

    def _databases(self) -> None:
        databases = [database for database, _ in self._made.databases]
        self._create([(each.name, DBAAS_POSTGRESQL, each, self._parameters(each)) for each in databases])
        self._wait.until_active([self._guids[each.name] for each in databases])
        self._tell(ScenarioStep.DATA)
        self._wait.until_backed_up([self._guids[each.name] for each in databases])
        self._ask.send_all(
            [
                Question(
                    "POST",
                    f"/emulator/v1/databases/{self._guids[each.name]}/sample-rows",
                    {"count": min(ROWS_AT_ONCE, each.rows - there)},
                    about=each.name,
                )
                for each in databases
                for there in range(0, each.rows, ROWS_AT_ONCE)
            ]
        )
        for each in databases:
            for _ in range(each.backups):
                self._wait.until_backed_up([self._guids[each.name]])
                self._ask.send("POST", f"/emulator/v1/databases/{self._guids[each.name]}/backups", {}, about=each.name)
        self._wait.until_backed_up([self._guids[each.name] for each in databases])

    def _parameters(self, database: Database) -> dict[str, Any]:
        # Nobody ever has this password: a scenario holds no secret.
        password = f"Scenario{secrets.token_hex(8)}1A"
        holder, _, key = database.key.partition("/")
        keys = {"kms_instance": self._crns[holder], "kms_key": self._keys.id_of(holder, key)} if holder else {}
        return {
            "name": database.cluster_name,
            "admin_name": database.admin_name,
            "password": password,
            "confirm_password": password,
            **_sizes(database),
            **keys,
        }

    def _create(self, wanted: list[tuple[str, str, Any, dict[str, Any]]]) -> None:
        """Orders instances: name, service, what the file says of it, parameters."""
        questions = []
        for name, service_name, spec, parameters in wanted:
            found = service(service_name)
            if found is None or known_region(spec.region) is None:
                raise LookupError(service_name)  # the file was checked
            plan = found.plan(getattr(spec, "plan", "")) or found.plans[0]
            body = {
                "name": name,
                "target": spec.region,
                "resource_group": self._groups[spec.resource_group],
                "resource_plan_id": plan.id,
                "tags": spec.tags,
                "parameters": parameters,
            }
            questions.append(Question("POST", "/v2/resource_instances", body, about=name))
        for (name, *_), answer in zip(wanted, self._ask.send_all(questions), strict=True):
            self._guids[name], self._crns[name] = answer["guid"], answer["crn"]

    # What has become of it -------------------------------------------------------------------------------------------

    def _aftermath(self, temporary: list[str]) -> None:
        for grant in self._document.authorizations:
            if grant.source_instance:
                made = self._grant(grant)
                temporary += [made] if grant.removed else []
        for holder in self._made.holders:
            self._keys.bring_to_state(holder, self._guids[holder.spec.name], self._people_by_email)
        self._ask.send_all([Question("DELETE", f"/v1/policies/{ident}") for ident in temporary])
        self._ask.send_all(
            [
                Question("DELETE", f"/v2/resource_instances/{self._guids[database.name]}", about=database.name)
                for database, _ in self._made.databases
                if database.state == "deleted"
            ]
        )
        if self._document.faults:
            self._wait.until_quiet()  # nodes that are cut off would not learn what came before
        for fault in self._document.faults:
            body = {"kind": fault.kind, "target": self._fault_target(fault)}
            self._ask.send("POST", "/emulator/v1/faults", body, about=f"fault {fault.kind}")

    def _fault_target(self, fault: Fault) -> dict[str, Any]:
        target: dict[str, Any] = {
            name: getattr(fault, name) for name in ("zone", "node", "milliseconds", "percent") if getattr(fault, name)
        }
        if fault.instance:
            target["instance"] = self._guids[fault.instance]
        if fault.database:
            target["database"] = self._guids[fault.database]
        return target


def _sizes(database: Database) -> dict[str, Any]:
    """The sizes, but on the free plan, which has one size only."""
    offered = service(DBAAS_POSTGRESQL)
    plan = offered.plan(database.plan) if offered else None
    if plan is not None and plan.free:
        return {}
    return {
        "cpu": database.cpu,
        "memory": f"{database.memory_gib}GiB",
        "storage": f"{database.storage_gib}GiB",
    }


def _units(spec: Any) -> bool:
    return bool(spec.service == HS_CRYPTO)

"""Writes the present state as a scenario, and says what a scenario cannot carry."""

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from kyok.cloud.databases import backups, records
from kyok.cloud.databases.errors import NotServing
from kyok.cloud.databases.records import Database as Cluster
from kyok.cloud.iam import policy_rows
from kyok.cloud.scenarios.checks import deletion_problem
from kyok.cloud.scenarios.format import FORMAT, Authorization, Clock, Database, Document, Fault, Grant, KeyService, User
from kyok.cloud.scenarios.key_writing import Keys, ceremony
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import fault, instance, policy, resource_group
from kyok.domain.cluster import ClusterState, InstanceState
from kyok.domain.databases import parse_size
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KEY_SERVICES, service
from kyok.domain.texts import plural
from kyok.settings import Scope, defaults

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

_GONE = (InstanceState.REMOVED.value, InstanceState.FAILED.value, InstanceState.PROVISIONING.value)
ALWAYS = (
    "Key material: each key is made anew when the scenario is loaded.",
    "What is in the rows: as many sample rows are made as there are now.",
    "Backups, tasks, log files and the activity log.",
    "API keys and passwords.",
)
"""What no scenario carries."""


def present_state(cloud: "Cloud", title: str) -> dict[str, Any]:
    """The state as a scenario document, and sentences on what is left out of it."""
    with cloud.store.read_apart() as reader:
        writing = _Writing(cloud, reader)
        document = writing.document(title)
    content = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return {"scenario": content.decode() + "\n", "left_out": [*ALWAYS, *writing.notes]}


class _Writing:
    """One look at the state."""

    def __init__(self, cloud: "Cloud", reader: Reader) -> None:
        self._cloud = cloud
        self._reader = reader
        self.notes: list[str] = []
        account = cloud.identities.account_id
        self._rows = reader.all(
            select(instance)
            .where(instance.c.account == account, instance.c.state.not_in(_GONE))
            .order_by(instance.c.seq)
        )
        self._account = account
        self._groups = {
            row.id: "" if row.is_default else row.name
            for row in reader.all(select(resource_group).where(resource_group.c.account == account))
        }
        self._names: dict[str, str] = {}
        for row in self._rows:
            self._names[row.guid] = self._unique(row.name)
        self._keys = Keys(reader, self.notes)

    def document(self, title: str) -> Document:
        """Everything."""
        state, users = self._cloud.clock_control.state(), self._users()
        services = [
            self._authorized(self._key_service(row), users)
            for row in self._rows
            if row.service in KEY_SERVICES and row.state == "active"
        ]
        self._say_other_instances()
        databases = [made for of in self._clusters() if (made := self._database(of)) is not None]
        return Document(
            format=FORMAT,
            title=title,
            summary="",
            clock=Clock(forward_hours=round(state["offset_seconds"] / 3600, 4)),
            settings=self._settings(),
            resource_groups=[name for name in self._groups.values() if name],
            users=users,
            key_services=services,
            authorizations=self._authorizations(),
            databases=databases,
            faults=self._faults(),
        )

    def _unique(self, name: str) -> str:
        taken = set(self._names.values())
        number, free = 2, name
        while free in taken:
            free = f"{name} - {number}"
            number += 1
        if free != name:
            self.notes.append(f"The name “{name}” is there twice: the second one is called “{free}”.")
        return free

    def _settings(self) -> dict[str, Any]:
        usual = defaults(Scope.CLOUD)
        present = self._cloud.cloud_settings.read(self._reader)
        return {name: value for name, value in present.items() if value != usual[name]}

    def _users(self) -> list[User]:
        identities = self._cloud.identities
        accounts = identities.read(self._reader)["accounts"]
        if len(accounts) > 1:
            self.notes.append("Other accounts: a scenario has one.")
        people = next(entry["users"] for entry in accounts if entry["id"] == self._account)
        return [
            User(email=person["email"], name=person["name"], roles=[self._role(role) for role in person["roles"]])
            for person in people
            if person["iam_id"] != identities.administrator_id
        ]

    def _role(self, role: dict[str, Any]) -> Grant:
        named = self._names.get(role["instance"] or "", "")
        return Grant(role=role["role"], service=role["service"] or "", instance=named)

    # Key services ----------------------------------------------------------------------------------------------------

    def _key_service(self, row: Any) -> KeyService:
        own = row.service == HS_CRYPTO
        status = self._cloud.hsm.status(row.guid) if own else None
        initialized = status is None or status.initialised
        keys = self._keys.written(row.guid, row.name)
        if keys and not initialized:
            self.notes.append(f"The keys of {row.name}: its crypto units are not initialized.")
        return KeyService(
            name=self._names[row.guid],
            service=row.service,
            region=row.region,
            resource_group=self._groups.get(row.group_id, ""),
            tags=row.tags,
            units=len(status.units) if status else 2,  # type: ignore[arg-type]
            initialized=initialized,
            ceremony=ceremony(status) if status and initialized else None,
            key_rings=self._keys.rings(row.guid),
            keys=keys if initialized else [],
        )

    def _authorized(self, made: KeyService, users: list[User]) -> KeyService:
        """The same without authorizations to delete a key that no user of the file could give."""
        people, keys = {person.email: person for person in users}, []
        for key in made.keys:
            by = key.deletion_authorized_by
            if by and deletion_problem(by, people.get(by), made):
                self.notes.append(f"Who authorized the deletion of the key “{key.name}” in {made.name}.")
                keys.append(msgspec.structs.replace(key, deletion_authorized_by=""))
            else:
                keys.append(key)
        return msgspec.structs.replace(made, keys=keys)

    def _say_other_instances(self) -> None:
        waiting = [row.name for row in self._rows if row.service in KEY_SERVICES and row.state != "active"]
        if waiting:
            self.notes.append(f"Deleted key service instances that can still be restored: {', '.join(waiting)}.")

    # Authorizations --------------------------------------------------------------------------------------------------

    def _authorizations(self) -> list[Authorization]:
        rows = self._reader.all(
            select(policy)
            .where(policy.c.account == self._account, policy.c.type == "authorization", policy.c.state == "active")
            .order_by(policy.c.created_at, policy.c.id)
        )
        made, others = [], 0
        for row in rows:
            grant = policy_rows.of_row(row).grant
            simple = {"accountId", "serviceName", "serviceInstance"}
            plain = all(each.name in simple for each in (*grant.subject, *grant.resource))
            source, target = grant.source_instance, grant.target_instance
            if not plain or not {source, target} - {""} <= set(self._names) or len(grant.role_names) != 1:
                others += 1
                continue
            made.append(
                Authorization(
                    source=grant.source_service,
                    source_instance=self._names.get(source, ""),
                    target=grant.target_service,
                    target_instance=self._names.get(target, ""),
                    role=grant.role_names[0],
                )
            )
        if others:
            self.notes.append(f"{plural(others, 'authorization')} whose scope a scenario has no words for.")
        return made

    # Databases -------------------------------------------------------------------------------------------------------

    def _clusters(self) -> list[Cluster]:
        found = {of.guid: of for of in records.databases(self._reader)}
        return [found[row.guid] for row in self._rows if row.guid in found]

    def _database(self, of: Cluster) -> Database | None:
        key = ""
        if of.uses_kms:
            name = self._keys.name_of(of.kms_guid, of.kms_key or "")
            if name is None or of.kms_guid not in self._names:
                self.notes.append(f"The instance {of.name}: its root key is gone for good.")
                return None
            key = f"{self._names[of.kms_guid]}/{name}"
        row = next(row for row in self._rows if row.guid == of.guid)
        offered = service(DBAAS_POSTGRESQL)
        plan = offered.plan(row.plan_id) if offered else None
        usual = offered is not None and plan == offered.plans[0]
        return Database(
            name=self._names[of.guid],
            key=key,
            region=row.region,
            resource_group=self._groups.get(row.group_id, ""),
            tags=row.tags,
            plan="" if usual or plan is None else plan.name,
            cluster_name=of.cluster_name,
            admin_name=of.admin_name,
            cpu=of.cpu,
            memory_gib=parse_size(of.memory) or 4,
            storage_gib=parse_size(of.storage) or 24,
            rows=self._row_count(of),
            state="deleted" if of.state is ClusterState.DISABLED else "active",
        )

    def _row_count(self, of: Cluster) -> int:
        """As many as there are; of an instance that cannot be read, as many as its newest backup has."""
        try:
            return self._cloud.databases.driver.figures(of.guid).rows
        except NotServing:
            known = backups.of_database(self._reader, of.guid)
            return max(known, key=lambda each: each.created_at).rows if known else 0

    # Faults ----------------------------------------------------------------------------------------------------------

    def _faults(self) -> list[Fault]:
        made = []
        for row in self._reader.all(select(fault).order_by(fault.c.created_at, fault.c.id)):
            fields = dict(row.target)
            for field in ("instance", "database"):
                if field in fields:
                    fields[field] = self._names.get(fields[field], "")
            if "" not in fields.values():
                made.append(Fault(kind=row.kind, **fields))
        return made

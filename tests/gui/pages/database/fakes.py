"""A cloud that answers from canned bodies and notes what it is asked, and a stage that shows one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.client.decode import decode, decode_all
from kyok.client.errors import ApiError
from kyok.client.records.access import Policy
from kyok.client.records.activity import Event, EventPage
from kyok.client.records.clusters import (
    ConfigurationItem,
    DatabaseAccess,
    DatabaseSize,
    DatabaseUser,
    LogFile,
    Task,
)
from kyok.client.records.databases import Backup, DatabaseSummary, NewDatabase, RowsAdded, SampleRows
from kyok.client.records.detail import DatabaseDetail
from kyok.client.records.emulator import CloudSettings, Fault, InstanceUsage
from kyok.client.records.keys import Key
from kyok.client.records.metrics import Metrics
from kyok.client.records.resources import Reclamation, ResourceGroup, ServiceInstance
from kyok.cloud.databases.views.clusters import configuration_body
from kyok.domain import authorizations
from kyok.domain.authorizations import Scopes
from kyok.domain.cluster import FaultKind
from kyok.domain.configuration import DEFAULTS
from kyok.domain.key_states import KeyState
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO
from kyok_gui.context import PageContext
from kyok_gui.navigation import page_class
from kyok_gui.page import Page
from kyok_gui.places import PLACES, Place
from tests.gui.pages.database import canned, canned_tasks
from tests.gui.pages.database.canned import ACCOUNT, DB, EU, EU_CRN, HPCS, HPCS_CRN, KEY, Json

ROWS = [
    {"id": 120, "customer": "Amber Bakery", "purpose": "Invoice 2231", "cents": 125000, "reference": "P-000120"},
    {"id": 119, "customer": "Birch Tools", "purpose": "Monthly rent", "cents": 89950, "reference": "P-000119"},
    {"id": 118, "customer": "Cedar Optics", "purpose": "Refund", "cents": 4500, "reference": "P-000118"},
    {"id": 117, "customer": "Delta Foods", "purpose": "Invoice 2230", "cents": 231075, "reference": "P-000117"},
    {"id": 116, "customer": "Elm Press", "purpose": "Subscription", "cents": 1900, "reference": "P-000116"},
]


CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
LOGS = [
    {"filename": "postgresql.log", "size": 1887437, "last_modified": "2026-11-23T17:44:00.000Z"},
    {"filename": "postgresql-2026-11-22.log", "size": 20480, "last_modified": "2026-11-22T23:59:00.000Z"},
]


def refusal(status: int, code: str, summary: str, remedy: str = "") -> ApiError:
    """What the client raises for an answer of the cloud."""
    return ApiError(summary, remedy, status=status, code=code)


class FakeCloud:
    """State of the canned cloud. `calls` holds what was asked for that changes something."""

    def __init__(self, body: Json | None = None) -> None:
        self.body = body if body is not None else canned.connected()
        self.others: list[Json] = []
        self.empty = False
        self.fault_list: list[Json] = []
        self.log_files = LOGS
        self.tasks: list[Json] = canned_tasks.tasks()
        self.parameters: dict[str, int] = {}
        self.samples = 30
        self.own_key = True
        self.settings: Json = {"node_driver": "auto"}
        self.calls: list[tuple[Any, ...]] = []
        self.fail: dict[str, Exception] = {}
        self.policies = [policy(HPCS)]
        self.usage = [
            {
                "guid": HPCS,
                "service": HS_CRYPTO,
                "units": 2,
                "initialised": True,
                "root_keys": {"1": 9, "2": 1, "5": 1},
            },
            {"guid": EU, "service": HS_CRYPTO, "units": 2, "initialised": True, "root_keys": {"1": 2}},
        ]
        self.instances = [instance(HPCS, HPCS_CRN, "acme-hpcs"), instance(EU, EU_CRN, "acme-hpcs-eu", "eu-de")]
        self.keys = [
            {"id": KEY, "name": "ledger-root", "state": 1, "keyRingID": "ledger", "extractable": False},
            {"id": "k2", "name": "atm-root", "state": 1, "keyRingID": "default", "extractable": False},
        ]

    def done(self, name: str, *arguments: Any) -> None:
        self.calls.append((name, *arguments))
        if name in self.fail:
            raise self.fail[name]

    def names(self) -> list[str]:
        return [call[0] for call in self.calls]


def instance(guid: str, crn: str, name: str, region: str = "us-south", state: str = "active") -> Json:
    return {"guid": guid, "crn": crn, "name": name, "region_id": region, "state": state, "account_id": ACCOUNT}


def policy(target: str, policy_id: str = canned.POLICY, scopes: Scopes | None = None) -> Policy:
    wanted = scopes or Scopes(target_instance=target)
    made = authorizations.scoped_authorization(ACCOUNT, DBAAS_POSTGRESQL, HS_CRYPTO, wanted)
    return Policy.of({**authorizations.policy_body(made), "id": policy_id, "state": "active"}, "etag-1")


class _Part:
    def __init__(self, cloud: FakeCloud) -> None:
        self._cloud = cloud


class FakeDatabases(_Part):
    def detail(self, guid: str) -> DatabaseDetail:
        if "detail" in self._cloud.fail:
            raise self._cloud.fail["detail"]
        bodies = [self._cloud.body, *self._cloud.others]
        return decode(DatabaseDetail, next((body for body in bodies if body["guid"] == guid), self._cloud.body))

    def key_health(self) -> tuple[DatabaseDetail, ...]:
        if "key_health" in self._cloud.fail:
            raise self._cloud.fail["key_health"]
        bodies = () if self._cloud.empty else (self._cloud.body, *self._cloud.others)
        return decode_all(DatabaseDetail, list(bodies))

    def check_all(self) -> int:
        self._cloud.done("check_all")
        return 1 + len(self._cloud.others)

    def summaries(self, *, everything: bool = False) -> tuple[DatabaseSummary, ...]:
        if self._cloud.empty:
            return ()
        return decode_all(DatabaseSummary, [canned.summary(body) for body in (self._cloud.body, *self._cloud.others)])

    def sample_rows(self, guid: str) -> SampleRows:
        if "sample_rows" in self._cloud.fail:
            raise self._cloud.fail["sample_rows"]
        return decode(
            SampleRows,
            {"rows": self._cloud.body["data"]["rows"], "digest": self._cloud.body["data"]["digest"], "last": ROWS},
        )

    def add_sample_rows(self, guid: str, count: int) -> RowsAdded:
        self._cloud.done("add_sample_rows", guid, count)
        self._cloud.body["data"]["rows"] += count
        return decode(RowsAdded, {"added": count, "rows": self._cloud.body["data"]["rows"], "nodes": [1, 2, 3]})

    def certificate(self, guid: str) -> str:
        self._cloud.done("certificate", guid)
        return CERTIFICATE

    def switch_over(self, guid: str, node: int) -> None:
        self._cloud.done("switch_over", guid, node)

    def logs(self, node_id: str, region: str = "us-south") -> tuple[LogFile, ...]:
        if f"logs {node_id}" in self._cloud.fail:
            raise self._cloud.fail[f"logs {node_id}"]
        return decode_all(LogFile, self._cloud.log_files)

    def log(self, node_id: str, name: str, region: str = "us-south") -> bytes:
        self._cloud.done("log", node_id, name)
        return f"lines of {name}".encode()

    def _answer(self, name: str) -> None:
        if name in self._cloud.fail:
            raise self._cloud.fail[name]

    def tasks(self, guid: str, region: str = "us-south") -> tuple[Task, ...]:
        self._answer("tasks")
        return decode_all(Task, [{k: v for k, v in one.items() if k != "nodes"} for one in self._cloud.tasks])

    def task(self, guid: str, task_id: str, region: str = "us-south") -> Task:
        return decode(Task, next(one for one in self._cloud.tasks if one["id"] == task_id))

    def configuration(self, guid: str, region: str = "us-south") -> tuple[ConfigurationItem, ...]:
        self._answer("configuration")
        ram = self._cloud.body["sizes"]["ram"]
        body = configuration_body({**DEFAULTS, **self._cloud.parameters}, ram)["configuration"]
        return tuple(decode(ConfigurationItem, {**item, "name": name}) for name, item in sorted(body.items()))

    def change_configuration(self, guid: str, values: Mapping[str, int], region: str = "us-south") -> str:
        self._cloud.done("change_configuration", guid, dict(values))
        return "t-new"

    def scale(self, guid: str, *, ram: int, disk: int, cpu: int, region: str = "us-south") -> str:
        self._cloud.done("scale", guid, ram, disk, cpu)
        return "t-new"

    def databases_of(self, guid: str, region: str = "us-south") -> tuple[DatabaseSize, ...]:
        self._answer("databases")
        return (DatabaseSize("admin", 8_650_752), DatabaseSize("ledger", 2_883_584))

    def users(self, guid: str, region: str = "us-south") -> tuple[DatabaseUser, ...]:
        self._answer("users")
        return (
            DatabaseUser("admin", ("Create role", "Create DB", "Replication")),
            DatabaseUser("ben", ()),
            DatabaseUser("ibm-cloud-admin", ("Create role", "Create DB", "Cannot login")),
        )

    def user(self, guid: str, name: str, region: str = "us-south") -> DatabaseUser:
        found = next(user for user in self.users(guid) if user.name == name)
        return replace(found, db_access=(DatabaseAccess("ledger", ("CONNECT",)), DatabaseAccess("admin")))

    def metrics(self, guid: str, *, day: bool = False) -> Metrics:
        real, checked = self._cloud.body["connectable"], self._cloud.own_key
        return canned_tasks.metrics(self._cloud.samples, day=day, real=real, checked=checked)

    def erase_clear(self, guid: str, node: int) -> None:
        self._cloud.done("erase_clear", guid, node)
        self._cloud.body["nodes"][node - 1]["volume"]["left_clear"] = False

    def check_now(self, guid: str) -> None:
        self._cloud.done("check_now", guid)

    def backups(self, guid: str) -> tuple[Backup, ...]:
        return decode_all(Backup, canned.backups(self._cloud.body))

    def back_up(self, guid: str) -> str:
        self._cloud.done("back_up", guid)
        return "t9"

    def restore(
        self, guid: str, backup_id: str, name: str, *, kms_instance: str = "", kms_key: str = ""
    ) -> NewDatabase:
        self._cloud.done("restore", guid, backup_id, name, kms_instance, kms_key)
        return decode(NewDatabase, {"guid": "new-guid", "crn": canned.DB_CRN, "task_id": "t1"})

    def create(self, request: Any) -> ServiceInstance:
        with request.password.use() as raw:
            typed = bytes(raw).decode()
        self._cloud.done("create", request, typed)
        return decode(
            ServiceInstance, instance("new-guid", canned.DB_CRN, request.name, request.region, "provisioning")
        )


class FakeActivity(_Part):
    def events(self, wanted: Any = None, *, limit: int = 50, before: int | None = None) -> EventPage:
        assert wanted.instance == canned.DB
        if "events" in self._cloud.fail:
            raise self._cloud.fail["events"]
        return EventPage(decode_all(Event, canned_tasks.events()))


class FakeEmulator(_Part):
    def faults(self) -> tuple[Fault, ...]:
        return decode_all(Fault, self._cloud.fault_list)

    def start_fault(self, kind: FaultKind, target: Mapping[str, Any]) -> Fault:
        self._cloud.done("start_fault", str(kind), dict(target))
        fault = {"id": "f1", "kind": str(kind), "target": dict(target)}
        if kind is not FaultKind.NODE_KILL:  # which is over as soon as it has happened
            self._cloud.fault_list.append(fault)
        return decode(Fault, fault)

    def end_fault(self, fault_id: str) -> None:
        self._cloud.done("end_fault", fault_id)
        self._cloud.fault_list.clear()

    def settings(self) -> CloudSettings:
        return decode(CloudSettings, self._cloud.settings)

    def change_settings(self, **values: object) -> CloudSettings:
        self._cloud.done("change_settings", values)
        self._cloud.settings.update(values)
        return self.settings()

    def usage(self) -> tuple[InstanceUsage, ...]:
        return decode_all(InstanceUsage, self._cloud.usage)


class FakeKeys(_Part):
    def enable(self, crn: Any, key_id: str) -> None:
        self._cloud.done("enable", str(crn), key_id)

    def restore(self, crn: Any, key_id: str) -> None:
        self._cloud.done("restore_key", str(crn), key_id)

    def delete(self, crn: Any, key_id: str, *, force: bool = False) -> None:
        self._cloud.done("delete_key", str(crn), key_id, force)

    def purge(self, crn: Any, key_id: str) -> None:
        self._cloud.done("purge", str(crn), key_id)

    def usable_root_keys(self, crn: Any) -> tuple[Key, ...]:
        return tuple(key for key in decode_all(Key, self._cloud.keys) if key.state is KeyState.ACTIVE)


class FakeIam(_Part):
    def authorizations(self) -> tuple[Policy, ...]:
        return tuple(self._cloud.policies)

    def restore(self, policy_id: str) -> None:
        self._cloud.done("restore_policy", policy_id)


class FakeResources(_Part):
    def listed(self) -> tuple[ServiceInstance, ...]:
        return decode_all(ServiceInstance, self._cloud.instances)

    def groups(self) -> tuple[ResourceGroup, ...]:
        return (ResourceGroup("default", "Default", default=True), ResourceGroup("g2", "Payments"))

    def delete(self, instance_id: str) -> None:
        self._cloud.done("delete", instance_id)

    def restore(self, reclamation_id: str) -> Reclamation:
        self._cloud.done("restore_instance", reclamation_id)
        return Reclamation(reclamation_id, DB)

    def reclaim(self, reclamation_id: str) -> Reclamation:
        self._cloud.done("reclaim", reclamation_id)
        return Reclamation(reclamation_id, DB)


class FakeApi:
    """Has the parts of `kyok.client.CloudApi` that these pages use."""

    def __init__(self, cloud: FakeCloud) -> None:
        self.databases = FakeDatabases(cloud)
        self.emulator = FakeEmulator(cloud)
        self.keys = FakeKeys(cloud)
        self.iam = FakeIam(cloud)
        self.resources = FakeResources(cloud)
        self.activity = FakeActivity(cloud)


class Stage(QWidget):
    """A window with room for head and side navigation, and one page."""

    def __init__(self, context: PageContext, place: Place, width: int = 1440, height: int = 900) -> None:
        super().__init__()
        self.setProperty("zone", "page")
        self.page: Page = page_class(place.kind)(context, place)
        side = 0 if PLACES[place.kind].side == "none" else 256 if width >= 1056 else 48
        row = QHBoxLayout(self)
        row.setContentsMargins(side, 48, 0, 0)
        row.addWidget(self.page)
        self.resize(width, height)
        self.page.come(place)

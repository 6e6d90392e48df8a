"""A database service with everything around it, on a clock that stands still."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from kyok.clock import ManualClock
from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import backups, records, tasks
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.databases.rowset import Figures
from kyok.cloud.databases.service import Added, DatabaseService
from kyok.cloud.databases.simulated import SimulatedDriver
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.tables import activity, activity_log, fault, instance, resource_group, setting
from kyok.cloud.store.times import milliseconds
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, Plan, service
from kyok.hsm import Hsm
from kyok.paths import Home
from kyok.randomness import SeededRandomness, new_uuid
from kyok.sealing.key import SealingKey
from tests.core.cloud.databases.fake_keys import FakeKey, FakeKeys

ACCOUNT = "2f4c1d" + "0" * 26
ANNA = Caller("IBMid-anna", ACCOUNT, "anna@acme.example", "user")
GOOD = {"name": "cluster01", "admin_name": "admin", "password": "passWORD4User19"}


class Everybody:
    """Lets everybody do everything; who may do what is tested where it is decided."""

    def require(self, reader: Any, caller: Caller, action: str, target: Crn) -> None:
        return None


class House:
    """What a cloud would put together, without IAM and key service."""

    def __init__(self, root: Path, clock: ManualClock | None = None, seed: int = 1) -> None:
        self.root = root
        self.clock = clock or ManualClock()
        self.home = Home(root)
        self.home.prepare()
        self.randomness = SeededRandomness(seed)
        self.store = Store.in_folder(self.home.database, self.clock)
        self.activity = Activity(self.randomness)
        self.keys = FakeKeys()
        self.driver = SimulatedDriver(self.home.databases)
        self.hsm = Hsm(self.home.hsm)
        self.hsm.unlock(SealingKey("insecure-demo", bytearray(os.urandom(32))))
        self.hsm.create("provider", 1, ["provider"], initialised_by_provider=True)
        self._open()
        self._seed()

    def _open(self) -> None:
        self.service = DatabaseService(
            store=self.store,
            home=self.home,
            hsm=self.hsm,
            decisions=Everybody(),
            activity=self.activity,
            randomness=self.randomness,
            clock=self.clock,
            driver=self.driver,
        )
        self.chores = 0
        self.reconciler = self.service.reconciler(self.keys, lambda: "internal", chores=[self._chore])

    def _chore(self) -> None:
        self.chores += 1

    def killed(self) -> "House":
        """The same home after kill -9: memory is gone, nothing was closed properly."""
        keys = self.keys
        self.store.close()
        again = House.__new__(House)
        again.root, again.clock, again.home = self.root, self.clock, self.home
        again.randomness = SeededRandomness(int(self.clock.now().timestamp()))
        again.store = Store.in_folder(self.home.database, self.clock)
        again.activity = Activity(again.randomness)
        again.keys = keys
        again.driver = SimulatedDriver(self.home.databases)
        again.hsm = self.hsm
        again.kms_crn = self.kms_crn
        again._open()
        return again

    def close(self) -> None:
        self.reconciler.stop()
        self.store.close()

    def _seed(self) -> None:
        def work(tx: Transaction) -> None:
            tx.execute(
                insert(resource_group).values(
                    id="group", account=ACCOUNT, name="Default", is_default=True, created_at=0
                )
            )

        if self.store.writer.perform(lambda tx: tx.one(select(resource_group))) is None:
            self.store.writer.perform(work)
        self.kms_crn = self._instance("acme-hpcs", HS_CRYPTO, "active")

    def _instance(self, name: str, kind: str, state: str, plan: str = "") -> Crn:
        guid = new_uuid(self.randomness)
        crn = Crn.of_instance(kind, "us-south", ACCOUNT, guid)
        self.store.writer.perform(lambda tx: self._insert(tx, crn, name, state, plan))
        return crn

    def _insert(self, tx: Transaction, crn: Crn, name: str, state: str, plan: str) -> None:
        now = milliseconds(tx.now)
        number = len(tx.all(select(instance.c.guid))) + 1
        tx.execute(
            insert(instance).values(
                guid=crn.instance,
                seq=number,
                account=ACCOUNT,
                crn=str(crn),
                name=name,
                service=crn.service,
                plan_id=plan,
                region="us-south",
                group_id="group",
                state=state,
                parameters={},
                tags=[],
                last_operation={},
                locked=False,
                created_at=now,
                created_by=ANNA.iam_id,
                updated_at=now,
                updated_by=ANNA.iam_id,
            )
        )
        tx.changed("instance", crn.instance)

    def order(self, key: FakeKey | None = None, name: str = "ledger-db", free: bool = False, **parameters: Any) -> str:
        """Orders an instance; the reconciler has not seen it yet."""
        entry = service(DBAAS_POSTGRESQL)
        assert entry is not None
        plan: Plan = entry.plans[1 if free else 0]
        guid = new_uuid(self.randomness)
        crn = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", ACCOUNT, guid)
        wanted = GOOD | parameters
        if key is not None:
            wanted |= {"kms_instance": str(self.kms_crn), "kms_key": key.id}

        def work(tx: Transaction) -> None:
            self._insert(tx, crn, name, "provisioning", plan.id)
            self.service.created(tx, guid, ACCOUNT, wanted, plan)

        self.store.writer.perform(work)
        return guid

    def plan(self, plan_id: str) -> Plan:
        entry = service(DBAAS_POSTGRESQL)
        assert entry is not None
        found = entry.plan(plan_id)
        assert found is not None
        return found

    def new_crn(self) -> Crn:
        return Crn.of_instance(DBAAS_POSTGRESQL, "us-south", ACCOUNT, new_uuid(self.randomness))

    def ready(self, key: FakeKey | None = None, **more: Any) -> str:
        """Orders an instance and has it made."""
        guid = self.order(key, **more)
        self.tick()
        return guid

    def tick(self) -> None:
        self.reconciler.tick()

    def later(self, **parts: float) -> None:
        """Turns the clock and lets what is due happen."""
        self.clock.advance(timedelta(**parts))
        self.note("clock", "")
        self.tick()

    def note(self, kind: str, ident: str) -> None:
        """Notes a change as the service that made it would."""
        self.store.writer.perform(lambda tx: tx.changed(kind, ident))

    def key_changed(self, key: FakeKey, refusal: tuple[int, str] | None) -> None:
        """The key service answers differently from now on, and says that the key changed."""
        key.refusal = refusal
        self.note("key", f"{self.kms_crn.instance}/{key.id}")
        self.tick()

    def set(self, name: str, value: Any) -> None:
        def work(tx: Transaction) -> None:
            tx.execute(insert(setting).values(name=name, value=value))
            tx.changed("settings", "")

        self.store.writer.perform(work)

    def break_(self, kind: str, **target: Any) -> str:
        """Begins a fault."""
        ident = new_uuid(self.randomness)

        def work(tx: Transaction) -> None:
            now = milliseconds(tx.now)
            tx.execute(insert(fault).values(id=ident, kind=kind, target=target, created_at=now, created_by="anna"))
            tx.changed("fault", ident)

        self.store.writer.perform(work)
        self.tick()
        return ident

    def mend(self, ident: str) -> None:
        """Ends a fault."""

        def work(tx: Transaction) -> None:
            tx.execute(fault.delete().where(fault.c.id == ident))
            tx.changed("fault", ident)

        self.store.writer.perform(work)
        self.tick()

    def hook(self, name: str, guid: str, state: str) -> None:
        """The resource controller deletes, restores or reclaims."""

        def work(tx: Transaction) -> None:
            tx.execute(update(instance).where(instance.c.guid == guid).values(state=state))
            getattr(self.service, name)(tx, guid, ANNA)
            tx.changed("instance", guid)

        self.store.writer.perform(work)
        self.tick()

    def restore(self, source: str, backup_id: str, key: FakeKey | None = None) -> str:
        """Orders a new instance with the rows of a backup and has it made."""
        guid = self.order(key, name="restored-db")

        def work(tx: Transaction) -> None:
            of = self.service.known(tx, ACCOUNT, source)
            self.service.plan_restore(tx, ANNA, of, backups.find_any(tx, source, backup_id), guid)

        self.store.writer.perform(work)
        self.tick()
        return guid

    def add_rows(self, guid: str, count: int) -> Added:
        with self.store.read() as reader:
            of = self.service.known(reader, ACCOUNT, guid)
        figures = self.service.add_rows(of, count)
        return self.store.writer.perform(lambda tx: self.service.rows_added(tx, ANNA, of, count, figures))

    def back_up(self, guid: str) -> tasks.Task:
        def work(tx: Transaction) -> tasks.Task:
            return self.service.back_up(tx, ANNA, self.service.known(tx, ACCOUNT, guid))

        return self.store.writer.perform(work)

    def database(self, guid: str) -> Database:
        with self.store.read() as reader:
            found = records.find(reader, guid)
        assert found is not None
        return found

    def nodes(self, guid: str) -> list[Node]:
        with self.store.read() as reader:
            return records.nodes_of(reader, guid)

    def statuses(self, guid: str) -> list[str]:
        """Key status and state of each node: `connected RUNNING`."""
        return [f"{node.standing.status.value} {node.state.value}" for node in self.nodes(guid)]

    def figures(self, guid: str) -> Figures:
        return self.driver.figures(guid)

    def backups(self, guid: str) -> list[backups.Backup]:
        with self.store.read() as reader:
            return backups.of_database(reader, guid)

    def tasks(self, guid: str) -> list[tasks.Task]:
        with self.store.read() as reader:
            return tasks.of_database(reader, guid)

    def instance(self, guid: str) -> Any:
        with self.store.read() as reader:
            return reader.one(select(instance).where(instance.c.guid == guid))

    def events(self, *verbs: str) -> list[Any]:
        """Activity events whose action ends with one of the verbs, oldest first."""
        with self.store.read() as reader:
            rows = reader.all(select(activity_log).order_by(activity.c.seq))
        return [row for row in rows if not verbs or row.action.split(".", 1)[1] in verbs]

    def holds(self, needle: bytes) -> list[str]:
        """Files of the home that hold some bytes."""
        return [str(file) for file in self.root.rglob("*") if file.is_file() and needle in file.read_bytes()]

    def database_in(self, reader: Any, guid: str) -> Database:
        found = records.find(reader, guid)
        assert found is not None
        return found

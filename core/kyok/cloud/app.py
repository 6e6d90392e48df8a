"""Puts the services of the emulated cloud together; decides nothing itself."""

import secrets
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kyok.clock import ServiceClock
from kyok.cloud.activity.retention import expire
from kyok.cloud.activity.service import Activity
from kyok.cloud.changes import ChangeSignal
from kyok.cloud.databases import DatabaseService, vault
from kyok.cloud.databases.jobs import Jobs, Threads
from kyok.cloud.databases.node_choice import NodeChoice
from kyok.cloud.emulator.about import About
from kyok.cloud.emulator.change_feed import ChangeFeed
from kyok.cloud.emulator.clock_control import ClockControl
from kyok.cloud.emulator.cloud_settings import CloudSettings
from kyok.cloud.emulator.faults import Faults
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.emulator.latency import Latency
from kyok.cloud.emulator.leases import Leases
from kyok.cloud.emulator.questions import Questions
from kyok.cloud.emulator.reset import Reset
from kyok.cloud.emulator.scenarios import Scenarios
from kyok.cloud.iam.api_keys import ApiKeys
from kyok.cloud.iam.bootstrap import bootstrap
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.grants import Grants
from kyok.cloud.iam.identities import Identities
from kyok.cloud.iam.policies import Policies
from kyok.cloud.iam.service_credentials import ServiceCredential
from kyok.cloud.iam.signing import SigningKey
from kyok.cloud.iam.tokens import Tokens
from kyok.cloud.keeping.snapshots import Snapshots
from kyok.cloud.keys.service import KeyService
from kyok.cloud.resources.broker import ServiceBroker
from kyok.cloud.resources.groups import Groups
from kyok.cloud.resources.instances import Instances, system
from kyok.cloud.resources.reclamations import Reclamations
from kyok.cloud.resources.tags import Tags
from kyok.cloud.starting_over import starting_over
from kyok.cloud.store import Store, Transaction
from kyok.cloud.whole_home import require_database, require_whole
from kyok.cloud.wire.asgi import application
from kyok.cloud.wire.dispatch import Dispatcher
from kyok.cloud.wire.in_process import InProcess
from kyok.cloud.wire.table import route_table
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.hsm import Hsm
from kyok.paths import Home
from kyok.randomness import Randomness, SystemRandomness
from kyok.secrets import Secret

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kyok.cloud.keeping.host import Host
    from kyok.sealing.key import SealingKey

PROVIDER = vault.PROVIDER


class Cloud:
    """One emulated cloud on one home. `start` begins what must happen by itself; `close` ends everything."""

    def __init__(
        self,
        home: Home,
        sealing: "SealingKey",
        clock: ServiceClock,
        *,
        randomness: Randomness | None = None,
        api_key: Secret | None = None,
        real_nodes: bool = False,
        jobs: Jobs | None = None,
        took: Callable[[float], float] | None = None,
    ) -> None:
        self.home = home
        self.host: Host | None = None
        """Who can put another state in the place of this one; None where nobody can."""
        self._took = took
        self._real_nodes = real_nodes
        self._jobs = jobs or Threads()
        self.clock = clock
        self.randomness = randomness or SystemRandomness()
        self.nonce = secrets.token_hex(16)
        self.insecure = sealing.insecure
        require_database(home)
        self.store = Store.in_folder(home.database, clock)
        try:
            self._put_together(sealing, api_key)
        except BaseException:
            self.store.close()
            raise

    def _put_together(self, sealing: "SealingKey", api_key: Secret | None) -> None:
        with self.store.read() as reader:
            require_whole(self.home, reader)
        self.changes = ChangeSignal()
        self.store.writer.subscribe(lambda notes: self.changes.announce())
        self.leases = Leases()
        self.activity = Activity(self.randomness)
        self.decisions = Decisions(self.store)
        self._open_hsm(sealing)
        self._make_iam(sealing)
        self._make_services()
        self._make_emulator()
        self.dispatcher = Dispatcher(self, route_table())
        self.exchange = InProcess(self.dispatcher, self.store.writer, took=self._took, late=self.latency.seconds)
        self.reconciler = self.databases.reconciler(
            self.exchange, self._credential, chores=self._chores(), jobs=self._jobs
        )
        self._bootstrap(api_key)
        self.keys.start()

    def start(self) -> None:
        """Begins what must happen by itself."""
        if self._real_nodes:
            threading.Thread(target=self.node_choice.look, name="kyok-look-for-postgres", daemon=True).start()
        self.reconciler.start()

    def close(self) -> None:
        """Ends what runs, closes the nodes' volumes, then the store."""
        self.changes.close()
        self.reconciler.stop()
        self.store.close()
        self.api_keys.close()
        self.hsm.lock()

    def application(self) -> "Starlette":
        """The ASGI application that serves every API."""
        return application(self.dispatcher, self.store.writer, self.changes, self.latency.seconds)

    def _open_hsm(self, sealing: "SealingKey") -> None:
        self.hsm = Hsm(self.home.hsm)
        self.hsm.unlock(sealing)
        if not self.hsm.exists(PROVIDER):
            self.hsm.create(PROVIDER, 1, ["provider"], initialised_by_provider=True)

    def _make_iam(self, sealing: "SealingKey") -> None:
        self.api_keys = ApiKeys(self.decisions, self.activity, self.randomness, sealing)
        self.signing = SigningKey.open(self.home.token_key, sealing)
        self.tokens = Tokens(self.store, self.signing, self.randomness)
        self._credential = ServiceCredential(DBAAS_POSTGRESQL)
        self.grants = Grants(self.tokens, self.api_keys, self.activity, [self._credential])
        self.policies = Policies(self.decisions, self.activity, self.randomness)
        self.identities = Identities(self.api_keys, self.activity, self.randomness)

    def _held_since(self) -> int | None:
        return self.snapshots.holding_since()

    @cached_property
    def snapshots(self) -> Snapshots:
        """Copies of the whole state inside the home."""
        return Snapshots(self.home, self.gate, self.activity)

    def _make_services(self) -> None:
        self.node_choice = NodeChoice(self.home, self.store, self._nudge)
        self.databases = DatabaseService(
            store=self.store,
            home=self.home,
            hsm=self.hsm,
            decisions=self.decisions,
            activity=self.activity,
            randomness=self.randomness,
            clock=self.clock,
            driver=self.node_choice.drivers() if self._real_nodes else None,
        )
        self.keys = KeyService(
            self.store,
            self.hsm,
            self.decisions,
            self.activity,
            self.randomness,
            resealers=[vault.reseal],
            held_since=self._held_since,
        )
        brokers: dict[str, ServiceBroker] = {**self.keys.brokers, DBAAS_POSTGRESQL: self.databases}
        self.tags = Tags(self.decisions, self.activity)
        self.groups = Groups(self.decisions, self.activity, self.randomness)
        self.reclamations = Reclamations(self.decisions, self.activity, self.randomness, brokers)
        self.instances = Instances(
            self.decisions, self.activity, self.randomness, self.groups, self.reclamations, brokers
        )

    def _nudge(self, guid: str) -> None:
        """Has the reconciler look at an instance whose nodes came or went."""
        self.reconciler.agenda.nudge(guid)

    def _make_emulator(self) -> None:
        self.gate = Gate(self.decisions, self.identities)
        self.questions = Questions(self.decisions, self.policies, self.gate)
        self.clock_control = ClockControl(self.clock, self.gate, self.activity)
        self.cloud_settings = CloudSettings(self.gate, self.activity)
        self.faults = Faults(self.gate, self.activity, self.randomness, self.databases.kill)
        self.latency = Latency(self.store)
        self.snapshots.tidy()
        self.change_feed = ChangeFeed(self.store)
        driver = self.databases.driver
        self.about = About(self.identities, self.clock.now(), self.insecure, lambda: driver.describe().driver)
        self.reset = Reset(self.gate, self.identities, self.clock_control, self.activity, [self._start_over])
        with self.store.read() as reader:
            self.clock_control.resume(reader)

    @cached_property
    def scenarios(self) -> Scenarios:
        """Known states that can be loaded by name."""
        from kyok.cloud.scenarios.loading import scenarios  # a start has no need of it

        return scenarios(self)

    def _bootstrap(self, api_key: Secret | None) -> None:
        bootstrap(
            self.store,
            self.identities,
            self.api_keys,
            self.activity,
            api_key_file=self.home.api_key_file,
            api_key=api_key,
            also=self._default_group,
        )

    def _default_group(self, tx: Transaction, account: str) -> None:
        self.groups.add(tx, account, "Default", default=True)

    def _chores(self) -> list[Callable[[], object]]:
        """What the reconciler does now and then for the other services."""
        perform = self.store.writer.perform
        return [
            lambda: perform(lambda tx: self.reclamations.reclaim_due(tx, system)),
            lambda: perform(self.instances.delete_outlived),
            lambda: perform(self.keys.expire_and_purge),
            lambda: perform(self.keys.keep_policies),
            self.keys.settle,
            self.change_feed.tidy,
            lambda: expire(self.store),
        ]

    def _start_over(self, tx: Transaction) -> None:
        starting_over(tx, self)

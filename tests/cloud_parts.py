"""IAM, resource controller and private API put together without key or database service, for their own tests."""

import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import uvicorn

from kyok.clock import ClockOnlyForward
from kyok.cloud.activity import query as log
from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.changes import ChangeSignal
from kyok.cloud.emulator.about import About
from kyok.cloud.emulator.change_feed import ChangeFeed
from kyok.cloud.emulator.clock_control import ClockControl
from kyok.cloud.emulator.cloud_settings import CloudSettings
from kyok.cloud.emulator.faults import Faults
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.emulator.leases import Leases
from kyok.cloud.emulator.questions import Questions
from kyok.cloud.emulator.reset import Reset
from kyok.cloud.emulator.scenarios import Scenario, Scenarios
from kyok.cloud.iam.api_keys import ApiKeys
from kyok.cloud.iam.bootstrap import bootstrap
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.grants import Grants
from kyok.cloud.iam.identities import Identities
from kyok.cloud.iam.policies import Policies
from kyok.cloud.iam.service_credentials import ServiceCredential
from kyok.cloud.iam.signing import SigningKey
from kyok.cloud.iam.tokens import Principal, Tokens
from kyok.cloud.resources.broker import ServiceBroker
from kyok.cloud.resources.groups import DEFAULT, Groups
from kyok.cloud.resources.instances import Instances
from kyok.cloud.resources.reclamations import Reclamations
from kyok.cloud.resources.tags import Tags
from kyok.cloud.store import Store, Transaction
from kyok.cloud.wire import (
    routes_api_keys,
    routes_catalog,
    routes_emulator,
    routes_iam,
    routes_identities,
    routes_resources,
    routes_scenarios,
    routes_tags,
)
from kyok.cloud.wire.asgi import application
from kyok.cloud.wire.dispatch import Dispatcher
from kyok.cloud.wire.route import Request, RouteTable
from kyok.domain.services import DBAAS_POSTGRESQL, Plan
from kyok.randomness import SeededRandomness
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from kyok.secrets import Secret

API_KEY = "test-api-key-0123456789"
START = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


class TurnedClock:
    """Stands still at wall time `START` plus what it was turned by."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return START + self.offset

    def set_offset(self, offset: timedelta) -> None:
        if offset < self.offset:
            raise ClockOnlyForward()
        self.offset = offset

    def start_over(self) -> None:
        self.offset = timedelta(0)


class Noting:
    """A broker that remembers what it was told; `refusal` is raised by the hook of that name."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.parameters: Mapping[str, Any] = {}
        self.refusals: dict[str, Exception] = {}

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> None:
        self.parameters = parameters
        self._hear("created", guid)

    def may_delete(self, tx: Transaction, guid: str) -> None:
        if "may_delete" in self.refusals:
            raise self.refusals["may_delete"]

    def deleted(self, tx: Transaction, guid: str, caller: Caller) -> None:
        self._hear("deleted", guid)

    def restored(self, tx: Transaction, guid: str, caller: Caller) -> None:
        self._hear("restored", guid)

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        self._hear("reclaimed", guid)

    def _hear(self, hook: str, guid: str) -> None:
        if hook in self.refusals:
            raise self.refusals[hook]
        self.heard.append((hook, guid))


@cache
def signing_key() -> SigningKey:
    """One key for all tests: making one takes long."""
    return SigningKey.generate()


class Parts:
    """A cloud of its own home; `wall` is the wall time of its tokens."""

    def __init__(self, folder: Path, brokers: Mapping[str, ServiceBroker] | None = None) -> None:
        self.wall: Callable[[], float] = START.timestamp
        self.api_key_file = folder / "api-key"
        self.clock = TurnedClock()
        self.store = Store.in_folder(folder / "cloud.sqlite", self.clock)
        self.randomness = SeededRandomness(7)
        self.insecure = True
        self.killed: list[tuple[str, int]] = []
        self.sealing = SealingKey(INSECURE_DEMO, bytearray(32))
        self.activity = Activity(self.randomness)
        self.decisions = Decisions(self.store)
        self.tokens = Tokens(self.store, signing_key(), self.randomness, self.wall_time)
        self.api_keys = ApiKeys(self.decisions, self.activity, self.randomness, self.sealing)
        self.identities = Identities(self.api_keys, self.activity, self.randomness)
        self.credential = ServiceCredential(DBAAS_POSTGRESQL)
        self.grants = Grants(self.tokens, self.api_keys, self.activity, [self.credential])
        self.policies = Policies(self.decisions, self.activity, self.randomness)
        self.tags = Tags(self.decisions, self.activity)
        self.groups = Groups(self.decisions, self.activity, self.randomness)
        self.brokers: Mapping[str, ServiceBroker] = brokers or {}
        self.reclamations = Reclamations(self.decisions, self.activity, self.randomness, self.brokers)
        self.instances = Instances(
            self.decisions, self.activity, self.randomness, self.groups, self.reclamations, self.brokers
        )
        self._private_api()
        self.new = bootstrap(
            self.store,
            self.identities,
            self.api_keys,
            self.activity,
            api_key_file=self.api_key_file,
            api_key=Secret(API_KEY),
            also=lambda tx, account: str(self.groups.add(tx, account, DEFAULT, default=True)) and None,
        )

    def _private_api(self) -> None:
        self.changes = ChangeSignal()
        self.store.writer.subscribe(lambda notes: self.changes.announce())
        self.gate = Gate(self.decisions, self.identities)
        self.questions = Questions(self.decisions, self.policies, self.gate)
        self.clock_control = ClockControl(self.clock, self.gate, self.activity, lambda: START)
        self.cloud_settings = CloudSettings(self.gate, self.activity)
        self.faults = Faults(self.gate, self.activity, self.randomness, self._kill)
        self.change_feed = ChangeFeed(self.store)
        self.leases = Leases()
        self.reset = Reset(self.gate, self.identities, self.clock_control, self.activity)
        self.scenarios = Scenarios(
            [
                Scenario("empty-account", "Empty account", "Nothing.", lambda caller, tell: {"who": caller.iam_id}),
                Scenario("broken", "Broken", "Fails.", lambda caller, tell: {}["missing"]),
            ]
        )
        self.about = About(self.identities, START, self.insecure)
        modules = (
            routes_iam,
            routes_api_keys,
            routes_resources,
            routes_tags,
            routes_catalog,
            routes_emulator,
            routes_identities,
            routes_scenarios,
        )
        routes = [route for module in modules for route in module.ROUTES]
        self.dispatcher = Dispatcher(self, RouteTable(routes))  # type: ignore[arg-type]

    def _kill(self, tx: Any, guid: str, number: int) -> None:
        self.killed.append((guid, number))

    @property
    def account_id(self) -> str:
        return self.identities.account_id

    @property
    def administrator(self) -> Caller:
        return self.user(self.identities.administrator_id, "admin@local.example")

    def user(self, iam_id: str, name: str = "somebody", account: str = "") -> Caller:
        return Caller(iam_id, account or self.account_id, name, "user", correlation="test")

    def default_group(self) -> str:
        with self.store.read() as reader:
            return str(self.groups.page(reader, self.administrator, {"default": "true"})[0]["id"])

    def seed_user(self, email: str, *roles: dict[str, Any], account: str = "") -> Caller:
        """A user with these roles, given through the private API's own function."""
        entry: dict[str, Any] = {"users": [{"email": email, "roles": list(roles)}]}
        entry |= {"name": account} if account else {"id": self.account_id}
        answer = self.store.writer.perform(
            lambda tx: self.identities.put(tx, self.administrator, {"accounts": [entry]})
        )
        for known in answer["accounts"]:
            for person in known["users"]:
                if person["email"] == email and (known["name"] == account or not account):
                    return self.user(person["iam_id"], email, known["id"])
        raise AssertionError("the user was not made")

    def bearer(self, who: Caller | None = None) -> str:
        """The Authorization header of somebody (default: the administrator)."""
        who = who or self.administrator
        principal = Principal(who.iam_id, who.account, who.name, "service" if who.crn else "user", who.crn)
        return f"Bearer {self.tokens.issue(principal, 'test').value}"

    def send(
        self, method: str, path: str, body: Any = None, *, who: Caller | None = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """A request of a signed-in user (default: the administrator): status, decoded body, headers."""
        named = {"host": "127.0.0.1:1", "authorization": self.bearer(who), "user-agent": "test"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        place, _, query = path.partition("?")
        answer = self.dispatcher.perform(Request(method, place, query, named, content))
        encoded = answer.encoded()
        return answer.status, msgspec.json.decode(encoded) if encoded else None, answer.headers

    def wall_time(self) -> float:
        return self.wall()

    def events(self, **query: str) -> list[dict[str, Any]]:
        """The activity log, newest first."""
        with self.store.read() as reader:
            return list(log.page(reader, self.administrator, query)["events"])

    def perform(self, work: Callable[[Transaction], Any]) -> Any:
        return self.store.writer.perform(work)

    def app(self) -> Any:
        return application(self.dispatcher, self.store.writer, self.changes)

    def close(self) -> None:
        self.changes.close()
        self.store.close()


class Served:
    """A `Parts` behind uvicorn on a thread."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        parts.wall = time.time  # SDKs look at the end of their token themselves
        self.api_key = API_KEY
        self.account_id = parts.account_id
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(parts.app(), log_config=None, access_log=False, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def start(self) -> "Served":
        self._thread.start()
        end = time.monotonic() + 20
        while not self._server.started:
            assert time.monotonic() < end, "uvicorn did not start"
            self._thread.join(0.01)
        return self

    def stop(self) -> None:
        self.parts.changes.close()
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()

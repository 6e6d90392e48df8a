"""What is photographed: every place in its main states, each made from a scenario, and what is done there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kyok.domain.services import KMS, service
from kyok_gui import places
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.screens import Authorizations, Creation, Keys
from tests.served import Rest

HPCS, DATABASE = "acme-hpcs", "ledger-db"


@dataclass(frozen=True)
class Stand:
    """Where a scene is set up: the scenario's instances by name, a client, and a hand on the window."""

    instances: dict[str, str]
    rest: Rest
    hand: Hand

    def key_of(self, instance: str = HPCS) -> str:
        """The id of the first key of an instance."""
        found = self.rest.json("GET", "/api/v2/keys?state=0,1,2,3,5", Bluemix_Instance=self.instances[instance])
        return str(found["resources"][0]["id"])

    def act_on_key(self, action: str) -> None:
        """An action on the root key, as another administrator would."""
        path = f"/api/v2/keys/{self.key_of()}/actions/{action}"
        self.rest.json("POST", path, Bluemix_Instance=self.instances[HPCS])

    def wait_status(self, status: str, guid: str = "") -> None:
        """Waits until every node of the database has a key status."""
        path = f"/emulator/v1/databases/{guid or self.instances[DATABASE]}"
        told = lambda: {node["key_status"] for node in self.rest.json("GET", path)["nodes"]} == {status}  # noqa: E731
        self.rest.wait(f"nodes {status}", told)


Act = Callable[[Stand], None]


def nothing(stand: Stand) -> None:
    """The place as one comes to it."""


@dataclass(frozen=True)
class Scene:
    """One picture. `before` happens before one goes there, `there` when one has arrived."""

    name: str
    kind: str
    instance: str = ""
    scenario: str = "walk-done"
    query: tuple[tuple[str, str], ...] = ()
    before: Act = nothing
    there: Act = nothing
    item: Callable[[Stand], str | None] = field(default=lambda stand: None)
    account: str = ""
    """Of IBM Cloud, whose part the still cloud plays without its private API: "read", or "refused" with a wrong key."""
    also: bool = False
    """A further state of a place: photographed once wide and white, once narrow and dark, at scale 1."""


def disabled(stand: Stand) -> None:
    stand.act_on_key("disable")
    stand.wait_status("disabled")


def unauthorized(stand: Stand) -> None:
    for policy in stand.rest.json("GET", f"/v1/policies?account_id={_account(stand)}&type=authorization")["policies"]:
        stand.rest.json("DELETE", f"/v1/policies/{policy['id']}")
    stand.wait_status("not-authorized")


def instance_deleted(stand: Stand) -> None:
    stand.rest.send("DELETE", f"/v2/resource_instances/{stand.instances[DATABASE]}")


def _account(stand: Stand) -> Any:
    return stand.rest.json("GET", "/emulator/v1/identities")["accounts"][0]["id"]


def press(name: str) -> Act:
    """Presses a button of the place."""
    return lambda stand: stand.hand.press(name)


def row_menu(table: str, row: str, entry: str, then: str) -> Act:
    """Chooses from a row's menu what opens a dialog or a panel."""

    def act(stand: Stand) -> None:
        stand.hand.row_menu(table, row, entry)
        stand.hand.find(then)

    return act


def wizard(step: str) -> Act:
    """The wizard of an authorization, at its target or its review."""

    def act(stand: Stand) -> None:
        page = Authorizations(stand.hand)
        page.start()
        page.choose_source("Hyper Protect DBaaS for PostgreSQL")
        page.choose_target("Hyper Protect Crypto Services", HPCS)
        if step == "review":
            page.next()
            page.grant_reader()
            page.next()
        stand.hand.wait_rest()

    return act


def blocked(stand: Stand) -> None:
    """The creation page, with an instance chosen that nobody authorized."""
    page = Creation(stand.hand)
    page.fill_in("second-db", "passWORD4User19")
    page.pickers.choose_instance(HPCS)
    stand.hand.wait_rest()


def deleting(stand: Stand) -> None:
    Keys(stand.hand).act("ledger-root", "delete")
    stand.hand.find("keys.delete")


def adding(entry: str) -> Act:
    def act(stand: Stand) -> None:
        stand.hand.from_menu("keys.add", entry)
        stand.hand.find(f"keys.{entry}")

    return act


def key_open(stand: Stand) -> None:
    stand.hand.open_row("keys.table", "ledger-root")
    stand.hand.find("keys.panel")


def two_key_protects(stand: Stand) -> None:
    """Instances as a bank may have them, one in each of two places."""
    found = service(KMS)
    assert found is not None
    (group, *_) = stand.rest.json("GET", f"/v2/resource_groups?account_id={_account(stand)}")["resources"]
    for name, region in (("bank-keys", "us-south"), ("bank-keys-frankfurt", "eu-de")):
        body = {"name": name, "target": region, "resource_group": group["id"], "resource_plan_id": found.plans[0].id}
        stand.rest.json("POST", "/v2/resource_instances", body)


def settings_instead(stand: Stand) -> None:
    """Gives no API key, and looks into the settings before any cloud is connected."""
    stand.hand.press("api-key.cancel")
    stand.hand.press("sidenav.settings")
    stand.hand.find("settings.lock.nothing")


DESK = "operations-desk"
SCENES: tuple[Scene, ...] = (
    Scene("resources", places.RESOURCES),
    Scene("resources-many", places.RESOURCES, scenario=DESK, also=True),
    Scene("resources-empty", places.RESOURCES, scenario="empty-account", also=True),
    Scene("key-health", places.KEY_HEALTH, scenario=DESK),
    Scene("activity", places.ACTIVITY),
    Scene(
        "activity-open",
        places.ACTIVITY,
        query=(("search", "hs-crypto.secrets.create"),),
        there=row_menu("activity.table", "ledger-root", "open", "activity.panel"),
        also=True,
    ),
    Scene("authorizations", places.AUTHORIZATIONS),
    Scene("authorizations-missing", places.AUTHORIZATIONS, scenario="authorization-missing", also=True),
    Scene("authorizations-empty", places.AUTHORIZATIONS, scenario="empty-account", also=True),
    Scene("authorization-taken", places.AUTHORIZATIONS, there=wizard("target"), also=True),
    Scene(
        "authorization-target",
        places.AUTHORIZATIONS,
        scenario="authorization-missing",
        there=wizard("target"),
        also=True,
    ),
    Scene(
        "authorization-review",
        places.AUTHORIZATIONS,
        scenario="authorization-missing",
        there=wizard("review"),
        also=True,
    ),
    Scene(
        "authorization-remove",
        places.AUTHORIZATIONS,
        there=row_menu("authorizations.table", "Hyper Protect DBaaS for PostgreSQL", "remove", "authorizations.remove"),
        also=True,
    ),
    Scene("api-keys", places.API_KEYS),
    Scene("users", places.USERS, scenario=DESK),
    Scene("emulator", places.EMULATOR),
    Scene("emulator-cut", places.EMULATOR, scenario="zone-cut", also=True),
    Scene("reclamation", places.RECLAMATION, before=instance_deleted),
    Scene("resource-groups", places.RESOURCE_GROUPS),
    Scene("settings", places.SETTINGS),
    Scene("settings-unconnected", places.SETTINGS, account="refused", there=settings_instead, also=True),
    Scene("real-cloud", places.REAL_CLOUD, before=two_key_protects, account="read"),
    Scene("real-cloud-empty", places.REAL_CLOUD, scenario="empty-account", account="read", also=True),
    Scene("real-cloud-refused", places.REAL_CLOUD, account="refused", also=True),
    Scene("real-cloud-left", places.REAL_CLOUD, account="refused", there=press("api-key.cancel"), also=True),
    Scene("catalog", places.CATALOG),
    Scene("create-hpcs", places.CREATE_HPCS),
    Scene("create-key-protect", places.CREATE_KEY_PROTECT),
    Scene("create-postgresql", places.CREATE_POSTGRESQL),
    Scene("create-blocked", places.CREATE_POSTGRESQL, scenario="authorization-missing", there=blocked, also=True),
    Scene("hpcs-overview", places.HPCS_OVERVIEW, HPCS),
    Scene("keys", places.KEYS, HPCS),
    Scene("keys-two-people", places.KEYS, HPCS, scenario="dual-authorization", also=True),
    Scene("keys-disabled", places.KEYS, HPCS, before=disabled, also=True),
    Scene("key-open", places.KEYS, HPCS, there=key_open, also=True),
    Scene("key-create", places.KEYS, HPCS, there=adding("create"), also=True),
    Scene("key-import", places.KEYS, HPCS, there=adding("import"), also=True),
    Scene("key-delete", places.KEYS, HPCS, there=deleting, also=True),
    Scene("key-rings", places.KEY_RINGS, HPCS),
    Scene("associated-resources", places.ASSOCIATED_RESOURCES, HPCS),
    Scene("instance-policies", places.INSTANCE_POLICIES, HPCS),
    Scene("crypto-units", places.CRYPTO_UNITS, HPCS),
    Scene("getting-started", places.GETTING_STARTED, DATABASE),
    Scene("db-overview", places.DB_OVERVIEW, DATABASE),
    Scene("db-resources", places.DB_RESOURCES, DATABASE),
    Scene("configuration", places.CONFIGURATION, DATABASE),
    Scene("databases", places.DATABASES, DATABASE),
    Scene("db-users", places.DB_USERS, DATABASE),
    Scene("nodes", places.NODES, DATABASE),
    Scene("nodes-help", places.NODES, DATABASE, there=press("page.help"), also=True),
    Scene("nodes-disabled", places.NODES, DATABASE, before=disabled, also=True),
    Scene("nodes-not-authorized", places.NODES, DATABASE, before=unauthorized, also=True),
    Scene("nodes-zone-cut", places.NODES, DATABASE, scenario="zone-cut", also=True),
    Scene("nodes-deleted", places.NODES, DATABASE, scenario="key-deleted", also=True),
    Scene("backups", places.BACKUPS, DATABASE),
    Scene("tasks", places.TASKS, DATABASE),
    Scene("log-files", places.LOG_FILES, DATABASE),
    Scene("observability", places.OBSERVABILITY, DATABASE),
    Scene("secure-deletion", places.SECURE_DELETION, DATABASE, before=instance_deleted),
    Scene("secure-deletion-list", places.SECURE_DELETION_LIST, before=instance_deleted),
)

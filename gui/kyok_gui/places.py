"""The places of the console: what they are called, which page draws them, and where they stand in the navigation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from kyok.domain.translation import noted, tr

RESOURCES: Final = "resources"
KEY_HEALTH: Final = "key-health"
CATALOG: Final = "catalog"
CREATE_HPCS: Final = "create-hpcs"
CREATE_KEY_PROTECT: Final = "create-key-protect"
CREATE_POSTGRESQL: Final = "create-postgresql"
HPCS_OVERVIEW: Final = "hpcs-overview"
CRYPTO_UNITS: Final = "crypto-units"
KEYS: Final = "keys"
KEY_RINGS: Final = "key-rings"
ASSOCIATED_RESOURCES: Final = "associated-resources"
INSTANCE_POLICIES: Final = "instance-policies"
AUTHORIZATIONS: Final = "authorizations"
API_KEYS: Final = "api-keys"
USERS: Final = "users"
DB_OVERVIEW: Final = "db-overview"
GETTING_STARTED: Final = "getting-started"
DB_RESOURCES: Final = "db-resources"
CONFIGURATION: Final = "configuration"
DATABASES: Final = "databases"
DB_USERS: Final = "db-users"
NODES: Final = "nodes"
BACKUPS: Final = "backups"
TASKS: Final = "tasks"
LOG_FILES: Final = "log-files"
OBSERVABILITY: Final = "observability"
SECURE_DELETION: Final = "secure-deletion"
SECURE_DELETION_LIST: Final = "secure-deletion-list"
RECLAMATION: Final = "reclamation"
RESOURCE_GROUPS: Final = "resource-groups"
ACTIVITY: Final = "activity"
SETTINGS: Final = "settings"
EMULATOR: Final = "emulator"
REAL_CLOUD: Final = "real-cloud"

_SCHEME = "place:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: kind of page, instance (its guid), item in it, and what the page was asked."""

    kind: str
    instance: str | None = None
    item: str | None = None
    query: tuple[tuple[str, str], ...] = ()

    def value(self, key: str, default: str = "") -> str:
        """One value of the query."""
        return dict(self.query).get(key, default)

    def with_query(self, **pairs: str) -> Place:
        """The same place with another query."""
        return replace(self, query=tuple(pairs.items()))

    @property
    def page_key(self) -> tuple[str, str | None, str | None]:
        """Places with the same key share one page."""
        return self.kind, self.instance, self.item

    def href(self) -> str:
        """The place as a link for `Prose` and tables."""
        parts = [self.kind, self.instance or "", self.item or ""]
        path = "/".join(quote(part, safe="") for part in parts).rstrip("/")
        return f"{_SCHEME}{path}" + (f"?{urlencode(self.query)}" if self.query else "")

    @classmethod
    def of_href(cls, href: str) -> Place | None:
        """The place that a link means, or None when it means something else."""
        if not href.startswith(_SCHEME):
            return None
        path, _, query = href.removeprefix(_SCHEME).partition("?")
        parts = [unquote(part) for part in path.split("/")] + ["", ""]
        if parts[0] not in PLACES:
            return None
        return cls(parts[0], parts[1] or None, parts[2] or None, tuple(parse_qsl(query, keep_blank_values=True)))


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """What is known of a kind of place before its page is built."""

    noted_title: str
    factory: str
    side: str
    icon: str = ""
    noted_words: str = ""
    cloud: str = "emulated"
    """Which cloud the page is for: "emulated", "real" or "any"; the last needs none at all."""

    @property
    def title(self) -> str:
        """What people call the page."""
        return tr(self.noted_title)

    @property
    def words(self) -> str:
        """What else the search finds it by."""
        return tr(self.noted_words)

    @property
    def needs_cloud(self) -> bool:
        """Whether there is no such page before a cloud answers."""
        return self.cloud != "any"

    def fits(self, cloud_kind: str) -> bool:
        """Whether the page works with a cloud of this kind ("emulated" or "ibm-cloud")."""
        return self.cloud in ("any", "real" if cloud_kind == "ibm-cloud" else "emulated")


# side: which navigation stands beside the page: the account's, an HPCS's (also Key Protect's), a database's, or none.
PLACES: Final[dict[str, PlaceKind]] = {
    RESOURCES: PlaceKind(
        noted("Resource list"),
        "kyok_gui.pages.resources.page:ResourcesPage",
        "account",
        "list--boxes",
        noted("home instances start here"),
    ),
    KEY_HEALTH: PlaceKind(
        noted("Key health"),
        "kyok_gui.pages.health.page:KeyHealthPage",
        "account",
        "health-cross",
        noted("key status nodes instances operators"),
    ),
    ACTIVITY: PlaceKind(
        noted("Activity"), "kyok_gui.pages.activity.page:ActivityPage", "account", "activity", noted("events audit log")
    ),
    SECURE_DELETION_LIST: PlaceKind(
        noted("Secure deletion"),
        "kyok_gui.pages.database.secure_deletion_list:SecureDeletionListPage",
        "account",
        "list--checked",
        noted("reclamation evidence erase"),
    ),
    RECLAMATION: PlaceKind(
        noted("Reclamation"),
        "kyok_gui.pages.reclamation.page:ReclamationPage",
        "account",
        "reset",
        noted("deleted instances restore undelete"),
    ),
    RESOURCE_GROUPS: PlaceKind(
        noted("Resource groups"),
        "kyok_gui.pages.groups.page:GroupsPage",
        "account",
        "group--resource",
        noted("account groups"),
    ),
    AUTHORIZATIONS: PlaceKind(
        noted("Authorizations"),
        "kyok_gui.pages.access.page:AuthorizationsPage",
        "account",
        "user--access",
        noted("iam access policy reader"),
    ),
    API_KEYS: PlaceKind(
        noted("API keys"),
        "kyok_gui.pages.identity.api_keys:ApiKeysPage",
        "account",
        "password",
        noted("iam sign in token script"),
    ),
    USERS: PlaceKind(
        noted("Users"),
        "kyok_gui.pages.identity.users:UsersPage",
        "account",
        "user--multiple",
        noted("iam people roles access"),
    ),
    EMULATOR: PlaceKind(
        noted("Emulator"),
        "kyok_gui.pages.emulator.page:EmulatorPage",
        "account",
        "laptop",
        noted("clock fault scenario reset snapshot export import break zone"),
    ),
    SETTINGS: PlaceKind(
        noted("Settings"),
        "kyok_gui.pages.settings.page:SettingsPage",
        "account",
        "settings",
        noted("theme profile row height language deletion rule lock"),
        cloud="any",
    ),
    REAL_CLOUD: PlaceKind(
        noted("IBM Cloud, read only"),
        "kyok_gui.pages.real_cloud.page:RealCloudPage",
        "account",
        "view",
        noted("key protect instances authorizations"),
        cloud="real",
    ),
    SECURE_DELETION: PlaceKind(
        noted("Secure deletion"), "kyok_gui.pages.database.secure_deletion:SecureDeletionPage", "account"
    ),
    CATALOG: PlaceKind(
        noted("Catalog"), "kyok_gui.pages.catalog.page:CatalogPage", "none", "catalog", noted("create services")
    ),
    CREATE_HPCS: PlaceKind(
        noted("Create Hyper Protect Crypto Services"),
        "kyok_gui.pages.catalog.create_hpcs:CreateHpcsPage",
        "none",
        "ibm-cloud--hyper-protect-crypto-services",
        noted("hpcs hsm"),
    ),
    CREATE_KEY_PROTECT: PlaceKind(
        noted("Create Key Protect"),
        "kyok_gui.pages.catalog.create_key_protect:CreateKeyProtectPage",
        "none",
        "ibm-cloud--key-protect",
        noted("kms byok"),
    ),
    CREATE_POSTGRESQL: PlaceKind(
        noted("Create Hyper Protect DBaaS for PostgreSQL"),
        "kyok_gui.pages.database.create:CreatePostgresqlPage",
        "none",
        "ibm-cloud--hyper-protect-dbaas",
        noted("database instance"),
    ),
    HPCS_OVERVIEW: PlaceKind(noted("Overview"), "kyok_gui.pages.keys.overview:HpcsOverviewPage", "kms", "dashboard"),
    KEYS: PlaceKind(noted("KMS keys"), "kyok_gui.pages.keys.page:KeysPage", "kms", "password", noted("root key")),
    KEY_RINGS: PlaceKind(
        noted("Key rings"),
        "kyok_gui.pages.key_rings.page:KeyRingsPage",
        "kms",
        "keychain",
        noted("kms key rings groups access"),
    ),
    ASSOCIATED_RESOURCES: PlaceKind(
        noted("Associated resources"),
        "kyok_gui.pages.associated.page:AssociatedResourcesPage",
        "kms",
        "link",
        noted("kms registrations retention synchronize"),
    ),
    CRYPTO_UNITS: PlaceKind(
        noted("Crypto units"),
        "kyok_gui.pages.crypto_units.page:CryptoUnitsPage",
        "kms",
        "hardware-security-module",
        noted("initialize hsm"),
    ),
    INSTANCE_POLICIES: PlaceKind(
        noted("Instance policies"),
        "kyok_gui.pages.instance_policies.page:InstancePoliciesPage",
        "kms",
        "policy",
        noted("dual authorization rotation import token network"),
    ),
    GETTING_STARTED: PlaceKind(
        noted("Getting started"),
        "kyok_gui.pages.database.getting_started:GettingStartedPage",
        "database",
        "flag",
        noted("first steps"),
    ),
    DB_OVERVIEW: PlaceKind(
        noted("Overview"),
        "kyok_gui.pages.database.overview:DatabaseOverviewPage",
        "database",
        "dashboard",
        noted("manage connection"),
    ),
    DB_RESOURCES: PlaceKind(
        noted("Resources"),
        "kyok_gui.pages.database.scaling:ScalingPage",
        "database",
        "chart--line",
        noted("scale ram disk vcpu cost plan"),
    ),
    CONFIGURATION: PlaceKind(
        noted("Configuration"),
        "kyok_gui.pages.database.configuration:ConfigurationPage",
        "database",
        "settings",
        noted("parameters max_connections shared_buffers"),
    ),
    DATABASES: PlaceKind(
        noted("Databases"), "kyok_gui.pages.database.databases:DatabasesPage", "database", "data--base", "sizes"
    ),
    DB_USERS: PlaceKind(
        noted("Users"),
        "kyok_gui.pages.database.users:UsersPage",
        "database",
        "user--multiple",
        noted("roles privileges"),
    ),
    NODES: PlaceKind(
        noted("Nodes"), "kyok_gui.pages.database.nodes:NodesPage", "database", "network--3", noted("key status")
    ),
    BACKUPS: PlaceKind(
        noted("Backups"), "kyok_gui.pages.database.backups:BackupsPage", "database", "data-backup", "restore"
    ),
    TASKS: PlaceKind(
        noted("Tasks"), "kyok_gui.pages.database.tasks:TasksPage", "database", "task", noted("progress running")
    ),
    LOG_FILES: PlaceKind(
        noted("Log files"),
        "kyok_gui.pages.database.log_page:LogFilesPage",
        "database",
        "document",
        noted("audit postgresql.log"),
    ),
    OBSERVABILITY: PlaceKind(
        noted("Observability"),
        "kyok_gui.pages.database.observability:ObservabilityPage",
        "database",
        "view",
        noted("metrics charts events monitoring"),
    ),
}
"""Every kind of place, in the order of the navigation."""

ACCOUNT_PAGES: Final = (RESOURCES, KEY_HEALTH, ACTIVITY, SECURE_DELETION_LIST, RECLAMATION, RESOURCE_GROUPS)
ACCESS_PAGES: Final = (AUTHORIZATIONS, API_KEYS, USERS)
CONSOLE_PAGES: Final = (EMULATOR, SETTINGS)
KMS_PAGES: Final = (HPCS_OVERVIEW, KEYS, KEY_RINGS, ASSOCIATED_RESOURCES, CRYPTO_UNITS, INSTANCE_POLICIES)


DATABASE_PAGES: Final = (
    GETTING_STARTED,
    DB_OVERVIEW,
    DB_RESOURCES,
    CONFIGURATION,
    DATABASES,
    DB_USERS,
    NODES,
    BACKUPS,
    TASKS,
    LOG_FILES,
    OBSERVABILITY,
)

HOME: Final = Place(RESOURCES)
"""Where the console opens, unless the first page is another one."""


def first_page(chosen: str, *, operates: bool) -> Place:
    """Where the console opens: as the setting `first_page` says, or by role (docs/adr/0031)."""
    if chosen == "auto":
        chosen = KEY_HEALTH if operates else RESOURCES
    return Place(chosen)


def activity_of(*, instance: str = "", target: str = "", name: str = "", search: str = "") -> Place:
    """The page with all activity of an instance (its GUID) or of one thing (its CRN), whatever its age.

    `name` is what people call it; `search` narrows it to what names an id, as that of a backup or a task.
    """
    pairs = {"period": "all", "search": search, "instance": instance, "target": target, "name": name}
    return Place(ACTIVITY).with_query(**{key: value for key, value in pairs.items() if value})


def home_of(cloud_kind: str) -> Place:
    """Where the console opens on a cloud of this kind."""
    return Place(REAL_CLOUD) if cloud_kind == "ibm-cloud" else HOME
